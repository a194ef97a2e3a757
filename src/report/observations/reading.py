"""What a rule reads off a clause: the indicator of a figure, and what the figures before it measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """An indicator and the rule that read it; "" and `none` where no rule read one.

    `level` is the indicator without the change or rank that the figure states of it (预算 of 预算增幅), `sort` the sort
    of the figure.
    """

    indicator: str = ""
    rule: str = "none"
    level: str = ""
    sort: str = ""


@dataclass(frozen=True)
class Before:
    """What the figures before it measured: the last of the sentence, the last that is no share of a whole (`topic`),
    the last of its sort and unit (`same`), of its sort in any unit (`kin`); `far` is the last before the sentence.
    """

    last: Reading = Reading()
    topic: Reading = Reading()
    same: Reading = Reading()
    kin: Reading = Reading()
    far: Reading = Reading()
