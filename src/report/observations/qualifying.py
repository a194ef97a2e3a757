"""Qualifying words next to a figure (约, 超过, 以上, …) and the bound they set."""

from __future__ import annotations

import re
from dataclasses import replace

from report.observations.figure import Figure
from report.observations.lexicon import qualifiers
from report.observations.observation import Bound, Kind
from report.observations.page import Page

_REACH = 10
_APART = 18  # how far before the number a qualifier apart from it may stand
_APART_AFTER = re.compile("(?:年薪|月薪|年收入|学历)(以上|以下|左右|以内)")
# 排名前10%; but in 疫情前30%, 危机前, 目前, 年前 the word tells a time
_FIRST_SHARE = re.compile("(?<![之以此目年月日天期战情机革])前 ?\\Z")
_PER = re.compile("每(?:英寸|平方公里|平方米|立方米|公里|吨|桶) ?\\Z")


def qualify(text: str, figure: Figure) -> Figure:
    """The figure with the qualifiers that stand before and after it in the masked text, or apart from it."""
    kind = figure.base or figure.kind
    if kind in ("year", "date", "ordinal"):
        return figure
    start = figure.core_start
    per = _PER.search(text[max(0, start - 6) : start]) if kind == "other" else None
    if per:
        start -= len(per[0])
    before = _before(text, start, figure, kind)
    after = _after(text, figure.core_end, kind)
    if before is None and after is None:
        figure = _apart(text, figure)
        return replace(figure, start=start) if start < figure.start else figure
    words = [word for word in (before[0] if before else "", figure.qualifier, after[0] if after else "") if word]
    bounds = [_bound(word) for word in words]
    return replace(
        figure,
        start=before[1] if before else min(start, figure.start),
        end=after[1] if after else figure.end,
        qualifier="…".join(words),
        bound=next((bound for bound in bounds if bound != "exact"), "exact"),
    )


def as_written(page: Page, figure: Figure) -> Figure:
    """The figure with its qualifier in the characters of the text (超過), not in the normalised ones."""
    if not figure.qualifier:
        return figure
    parts, place = [], max(0, figure.start - _APART)
    for word in figure.qualifier.split("…"):
        found = page.text.find(word, place, figure.end + _APART)
        if found < 0:
            return figure
        parts.append(page.original[found : found + len(word)])
        place = found + len(word)
    return replace(figure, qualifier="…".join(parts))


def _bound(word: str) -> Bound:
    return qualifiers().bounds.get(word, "approx")


def _before(text: str, start: int, figure: Figure, kind: Kind) -> tuple[str, int] | None:
    """The qualifier right before and where it starts: the longest chain of them (仅约, 已超过)."""
    left = max(0, start - _REACH)
    found = qualifiers().before.search(text[left:start])
    if not found:
        share = _FIRST_SHARE.search(text[left:start]) if kind == "percent" else None
        return ("前", left + share.start()) if share else None
    word = found[0].strip()
    if kind == "duration" and word == "近":
        return None  # 近三年 is the last three years
    if word in qualifiers().bare_only and text[figure.core_start] not in "百千万亿半":
        return None
    return word, left + found.start()


def _after(text: str, end: int, kind: Kind) -> tuple[str, int] | None:
    found = qualifiers().after.match(text, end)
    if not found:
        return None
    word = found[0].strip()
    kinds = qualifiers().after_kinds.get(word)
    return None if kinds is not None and kind not in kinds else (word, found.end())


def _apart(text: str, figure: Figure) -> Figure:
    """约为中国的12倍, 仅占一成: the qualifier stands apart and the span stays as it is."""
    if figure.qualifier:
        return figure
    found = qualifiers().apart.search(text[max(0, figure.core_start - _APART) : figure.core_start])
    found = found or _APART_AFTER.match(text, figure.core_end)
    return replace(figure, qualifier=found[1], bound=_bound(found[1])) if found else figure
