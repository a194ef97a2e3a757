"""Lists of amounts with their shares: does every row imply the same total?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from report.dataset.agreement import same_unit
from report.dataset.mention import Mention, between, make_check, tidy
from report.dataset.models import Check

ROWS = 4  # rows at least, before one may be told to be out of line
CLOSE = 0.05  # how far the other rows' totals may lie from their median
FAR = 0.15  # from where on a row is out of line
JOINT = re.compile(r"[、，,(（]?(?:占比?|占全[国市球]|比重)?[为达]?")


@dataclass(frozen=True)
class Row:
    """An amount and the share that stands beside it."""

    amount: Mention
    share: Mention

    @property
    def total(self) -> float:
        """The whole that amount and share imply."""
        return self.amount.value / self.share.value * 100


def check_rows(mentions: Sequence[Mention]) -> list[Check]:
    """One finding for each list (甲80亿元、20%；乙60亿元、15%…): an agreement, or every row out of line."""
    checks: list[Check] = []
    for _, group in groupby(mentions, lambda mention: mention.sentence):
        rows = list(_rows([mention for mention in group if mention.size is not None]))
        if len(rows) >= ROWS and all(same_unit(rows[0].amount.found.unit, row.amount.found.unit) for row in rows):
            checks += _judge(rows)
    return checks


def _rows(figures: Sequence[Mention]) -> Iterator[Row]:
    for amount, share in zip(figures, figures[1:], strict=False):
        assert amount.size and share.size
        paired = amount.found.kind in ("money", "count", "other") and share.size.kind == "percent"
        plain = share.found.unit != "百分点" and len(amount.size.values) == len(share.size.values) == 1
        positive = paired and plain and share.value > 0 and amount.value > 0
        if positive and JOINT.fullmatch(between(amount, share)):
            yield Row(amount, share)


def _judge(rows: Sequence[Row]) -> Iterator[Check]:
    """Nothing where the rows do not share a total at all (shares of different wholes, growth rates)."""
    middle = median(row.total for row in rows)
    out = [row for row in rows if abs(row.total / middle - 1) > FAR]
    inside = [row for row in rows if abs(row.total / middle - 1) <= CLOSE]
    everything = [mention for row in rows for mention in (row.amount, row.share)]
    if len(inside) < max(ROWS - 1, len(rows) - 2):
        return
    for row in out:
        computed = row.amount.value / middle * 100
        text = (f"{row.share.name}：{row.amount.plain}占{row.share.plain}，"
                f"与同列其余{len(inside)}项不合；按其余各项推算应为{computed:.1f}%。")
        yield make_check(
            "share", "conflicts", (row.amount, row.share),
            (text, "与同列其余各行所含总数不合"), (tidy(row.share.value), tidy(computed)))
    if not out:
        text = f"{rows[0].share.name}：所列{len(rows)}项数额除以各自的占比，所得总数彼此一致。"
        yield make_check("share", "agrees", everything, (text, "各行数额与占比相符"), (None, tidy(middle)))
