"""Large numbers without a unit (超1600亿, 9.4万): money or a count, told by the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from report.observations.figure import Figure
from report.observations.lexicon import either, read_table
from report.observations.observation import Kind
from report.observations.page import Page

_CLAUSE = re.compile("[,，。;；!?！？\n]")
_SENTENCE = re.compile("[。!?！？\n]")
_AFTER = 8
_NOUN = 16  # how long the noun phrase behind a number may be whose last word tells money (1100亿国土安全特别预算)
_SUM = 10**8  # what is this much, counts no noun and has no other cue near is money
_WINDOW = 400


@dataclass(frozen=True)
class _Cues:
    """Words that tell money, words that tell a count with the unit each gives, and patterns for both."""

    money: frozenset[str]
    units: dict[str, str]
    pattern: re.Pattern[str]
    right_before: re.Pattern[str]


@cache
def _known() -> _Cues:
    table = read_table("bare")
    money, units = frozenset(table["money"]), table["count"]
    right_before = re.compile(f"({either([*money, *units])})(?:[为达是约共有至到]|总计|合计)?\\Z")
    return _Cues(money, units, re.compile(either([*money, *units])), right_before)


def settle_bare(page: Page, figures: Iterable[Figure]) -> list[Figure]:
    """Figures of the rule `bare` made money or counts: by the nearest cue of the clause, else of the sentence, else
    as the last large number of the paragraph before them was."""
    settled: list[Figure] = []
    last: Figure | None = None
    for figure in figures:
        if figure.rule == "bare":
            figure = _settle(page.text, figure, last)
        if figure.kind in ("money", "count") and isinstance(figure.value, int) and figure.value >= 10_000:
            last = figure
        settled.append(figure)
    return settled


def _settle(text: str, figure: Figure, last: Figure | None) -> Figure:
    known = _known()
    before = known.right_before.search(text[max(0, figure.start - _AFTER) : figure.start])
    if before and before[1] in known.money:
        return _told(figure, "money", "元", "money-implied")
    units = known.units
    near = _cues(text, figure, _CLAUSE)
    cues = near or _cues(text, figure, _SENTENCE)
    if _counts_a_noun(text, figure):
        cues = [cue for cue in cues if cue in units] or ["数量"]
    cue = cues[0] if cues else ""
    if cue in units:
        unit = next((units[word] for word in near if units.get(word)), "")
        return _told(figure, "count", unit, "count-cue")
    if cue:
        return _told(figure, "money", "元", "money-implied")
    if last and last.kind == "money" and _in_reach(text, last, figure):
        return _told(figure, "money", last.unit, "money-implied")
    least = figure.value[0] if isinstance(figure.value, tuple) else figure.value
    if not cues and isinstance(least, int) and least >= _SUM:
        return _told(figure, "money", "元", "money-implied")
    return replace(figure, rule="count-bare")


def _in_reach(text: str, last: Figure, figure: Figure) -> bool:
    """Whether the figure stands in the same paragraph, and not far off."""
    return figure.start - last.end < _WINDOW and "\n" not in text[last.end : figure.start]


def _told(figure: Figure, kind: Kind, unit: str, rule: str) -> Figure:
    """The figure with what it is; of a range (500万至1000万) both ends are."""
    figure = replace(figure, unit=unit, rule=rule)
    return replace(figure, base=kind) if figure.kind == "range" else replace(figure, kind=kind)


_GOES_ON = (
    "占反其均被把给创冲超突获引推带使令让仍都已将就也但而又还则可能需与和及较比至到用大减增升降涨跌上下左的"
    "是为在并且或等以从由相同约，"
)


def _counts_a_noun(text: str, figure: Figure) -> bool:
    """Whether a word that is no cue of money follows (880万标准机架): it is what is counted."""
    after = text[figure.end : figure.end + _NOUN]
    end = _CLAUSE.search(after)
    after = after[: end.start()] if end else after
    money = any(cue in _known().money for cue in _known().pattern.findall(after))
    return not money and "\u4e00" <= after[:1] <= "\u9fff" and after[0] not in _GOES_ON


def _cues(text: str, figure: Figure, stop: re.Pattern[str]) -> list[str]:
    """The cues within the stops around the figure, nearest first; one right behind it is nearest of all."""
    after = text[figure.end : figure.end + _AFTER]
    end = stop.search(after)
    following = _known().pattern.search(after[: end.start()] if end else after)
    before = text[max(0, figure.start - _WINDOW // 2) : figure.start]
    stops = list(stop.finditer(before))
    cues = [str(cue) for cue in _known().pattern.findall(before[stops[-1].end() :] if stops else before)][::-1]
    if following and (following.start() <= 2 or not cues):
        return [following[0], *cues]
    return cues
