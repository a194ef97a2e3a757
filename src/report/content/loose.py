"""Figures in a text that no value vouches for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace

from report.content.typed import NAME
from report.observations.figure import Figure
from report.observations.figures import figures_in
from report.observations.lexicon import qualifiers

Span = tuple[int, int]
JOINTS = frozenset("由从自到至和与、—～-间")  # words that may join two values in one figure: 由11%到28%
OWN = "删去；{{ 值名 }} 自带原文的限定词"
NAMING = ("year", "date", "ordinal")  # kinds of figures that a name may hold


def loose_figures(text: str, values: Iterable[Span], titles: Set[str], shown: str = "") -> tuple[int, list[str]]:
    """How many figures stand in a text, and what of them no value vouches for, each told with its surroundings: a
    figure, or a qualifier that somebody typed beside a value and that makes it say more or less (`超过` before 57%).
    `shown` is the text to quote from where it differs: what is exempt in it has been made neutral."""
    held = {place for start, end in values for place in range(start, end)}
    found = list(_figures(text, titles))
    told: list[str] = []
    for figure in found:
        words = _typed_words(text, figure, held)
        if not all(place in held or text[place] in JOINTS for place in range(figure.core_start, figure.core_end)):
            told.append(around(shown or text, (figure.core_start, figure.core_end)))
        elif words:
            told.append(f"限定词“{words}”是手写的：{around(shown or text, (figure.start, figure.end))}（{OWN}）")
    return len(found), told


def _figures(text: str, titles: Set[str]) -> Iterator[Figure]:
    """The figures in a text; those in a title only where they are no part of a name and no source writes it so."""
    named = list(NAME.finditer(text))
    for figure in figures_in(text):
        if not any(match.start() <= figure.core_start < match.end() for match in named):
            yield figure
    for match in named:
        if match[0] not in titles:
            for figure in figures_in(match[0][1:-1]):  # by itself: the extractor masks titles
                if (figure.base or figure.kind) not in NAMING:
                    yield _shifted(figure, match.start() + 1)


def _shifted(figure: Figure, by: int) -> Figure:
    return replace(
        figure, start=figure.start + by, end=figure.end + by,
        core_start=figure.core_start + by, core_end=figure.core_end + by,
    )  # fmt: skip


def _typed_words(text: str, figure: Figure, held: Set[int]) -> str:
    """What of a figure's qualifiers stands in no value; "" where it only stresses (仅, 高达)."""
    sides = (range(figure.start, figure.core_start), range(figure.core_end, figure.end))
    words = ["".join(text[place] for place in side if place not in held) for side in sides]
    return "…".join(word for word in words if word and qualifiers().bounds.get(word) != "exact")


def around(text: str, span: Span) -> str:
    """A place in a text between 【】, with a few words of what stands around it."""
    start, end = span
    return f"{text[max(start - 12, 0) : start]}【{text[start:end]}】{text[end : end + 12]}"
