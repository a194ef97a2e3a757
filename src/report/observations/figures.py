"""The span grammar: every figure of a plain text, longest and most specific first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from report.observations.amounts import amounts_at
from report.observations.bare import settle_bare
from report.observations.calendar import dates_at
from report.observations.figure import Figure
from report.observations.numerals import CHINESE_CHAR
from report.observations.page import Page
from report.observations.qualifying import as_written, qualify
from report.observations.ranks import ordinal_at, score_at
from report.observations.shares import double_at, fraction_at, half_at
from report.observations.signs import SIGN, sign_at

# Where a figure can begin: a run of digits, a run of Chinese numerals, 半, 翻, Q3, FY2026, ½.
_ANCHOR = re.compile(
    f"(?P<run>[0-9][0-9,.]*|(?:[数几](?=[十百千万亿]))?{CHINESE_CHAR}+)|"
    f"半|翻|倍(?=增)|首(?=季)|Q(?=[1-4])|FY(?=[0-9 ])|{SIGN}"
)
_TIERS = (dates_at, sign_at, ordinal_at, fraction_at, half_at, double_at, amounts_at, score_at)


def figures_in(text: str) -> list[Figure]:
    """Every figure of the text, in order, without overlap; names, list numbers, phones and references are none.

    Offsets are those of `text`. Needs no document; money without a currency is told by the words around it.
    """
    return figures_on(Page.of(text))


def figures_on(page: Page) -> list[Figure]:
    """The figures of a page already normalised and masked (see `figures_in`)."""
    found: list[Figure] = []
    place = 0
    while anchor := _ANCHOR.search(page.text, place):
        figures = _figures_at(page, anchor.start(), found[-1].end if found else 0)
        found.extend(figures)
        place = max(anchor.end() if not figures else 0, found[-1].end if figures else 0)
    return settle_bare(page, found)


def _figures_at(page: Page, start: int, free: int) -> Iterable[Figure]:
    """What the first tier that takes the place makes of it; nothing that reaches back over `free`."""
    for tier in _TIERS:
        figures = tier(page, start)
        if figures:
            figures = [as_written(page, qualify(page.text, figure)) for figure in figures]
            return [figure for figure in figures if figure.core_start >= free]
    return []
