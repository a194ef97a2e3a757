"""Values that a statement implies though nobody states them: the base of a growth or multiple, the whole of a share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import product

from report.dataset.agreement import same_unit
from report.dataset.matching import clause_at, compact, place_in_sentence
from report.dataset.models import BoundValue, Sense
from report.errors import ReportError
from report.observations.observation import Observation

HUNDRED = Decimal(100)
STEPS: dict[Sense, Callable[[Decimal, Decimal], Decimal]] = {
    "growth": lambda level, change: level / (1 + change / HUNDRED),
    "fall": lambda level, change: level / (1 - change / HUNDRED),
    "times": lambda level, change: level / change,
    "times-more": lambda level, change: level / (1 + change),
    "more": lambda level, change: level - change,
    "less": lambda level, change: level + change,
    "share": lambda level, change: level / change * HUNDRED,
}
RISING: frozenset[Sense] = frozenset(("fall", "less"))  # the larger the change, the larger what it implies
Ends = tuple[Decimal, Decimal]


def base_sense(level: BoundValue, change: BoundValue, said: Observation | None, where: str) -> Sense:
    """How a base follows from a level and what is said of its change; `said` is the observation of the change.

    ReportError where the second value is no change of the first.
    """
    from report.dataset.changes import FALLS, GROWS  # here: only a base pays for the table of words

    head = said.sentence[: place_in_sentence(said)] if said else ""
    clause = compact(head[clause_at(said.sentence, len(head)).start_index :]) if said else ""
    falls = bool(FALLS.search(clause))
    percent = _percent(change)
    if percent and change.unit != "百分点" and not _percent(level):
        return "fall" if falls else "growth"
    if not percent and change.kind == "ratio":
        return "times-more" if GROWS.search(clause) else "times"
    alike = level.kind == change.kind and same_unit(level.unit, change.unit)
    if alike and not percent or change.unit == "百分点" and _percent(level):
        return "less" if falls else "more"
    raise ReportError(where, f"“{change.name}”（{change.text}）不是“{level.name}”（{level.text}）的变化，推算不出基数",
                      "base: [水平, 增幅、倍数或增减量]")


def check_share(share: BoundValue, where: str) -> None:
    """ReportError where a value is no share of a whole."""
    if not _percent(share) or share.unit == "百分点":
        raise ReportError(where, f"“{share.name}”（{share.text}）不是占比，推算不出总量", "whole: [部分, 占比]")


def _percent(value: BoundValue) -> bool:
    return value.kind == "percent" or value.kind == "ratio" and value.unit != "倍"


def corners(ends: Sequence[Ends], step: Callable[[Sequence[Decimal]], Decimal], divides: bool) -> Ends | None:
    """The least and the greatest result of a step, which is monotonous in each operand, over the ends of its operands;
    None where the last one, by which it `divides`, may be zero or less."""
    if divides and ends[-1][0] <= 0:
        return None
    found = [step(corner) for corner in product(*ends)]
    return min(found), max(found)
