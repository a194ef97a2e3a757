"""Why hostile text cannot slow the grammar down: no pattern can backtrack far, and the work grows with the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from report.observations import (
    amounts,
    bare,
    calendar,
    figures,
    masks,
    measuring,
    normalise,
    numerals,
    page,
    qualifying,
    ranks,
    shares,
    signs,
    suppressing,
)
from report.observations.figures import figures_in
from report.observations.lexicon import qualifiers, read_table, units

from .counting import calls, grows_with

_MODULES = (
    amounts, bare, calendar, figures, masks, measuring, normalise, numerals, page, qualifying, ranks, shares,
    signs, suppressing,
)
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT)
_MOST = 1000  # a repetition bounded by no more than this is no danger


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in (*_MODULES, units(), qualifiers()):
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{getattr(module, '__name__', type(module).__name__)}.{name}", value
    for number, pattern in enumerate(read_table("names")["patterns"], 1):
        yield f"names.{number}", re.compile(pattern, re.MULTILINE)


def _endless(sequence: Any, last: bool = True) -> Iterator[str]:
    """The repetitions without bound behind which something may still fail, or which repeat more than one character."""
    items = list(sequence)
    for place, (code, argument) in enumerate(items):
        ends = last and place == len(items) - 1
        if code in _REPEATS:
            _, most, inner = argument
            endless = most is codes.MAXREPEAT or most > _MOST
            if endless and not (ends and len(inner) == 1 and inner[0][0] not in (codes.SUBPATTERN, codes.BRANCH)):
                yield str(argument)
            yield from _endless(inner, ends and most == 1)
        elif code is codes.SUBPATTERN:
            yield from _endless(argument[-1], ends)
        elif code is codes.BRANCH:
            for branch in argument[1]:
                yield from _endless(branch, ends)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _endless(argument[1], False)


_PATTERNS = [pytest.param(pattern, id=name) for name, pattern in sorted(_patterns(), key=lambda pair: pair[0])]


@pytest.mark.parametrize("pattern", _PATTERNS)
def test_a_pattern_repeats_without_bound_only_at_its_end(pattern: re.Pattern[str]) -> None:
    assert not list(_endless(parser.parse(pattern.pattern, pattern.flags)))


_PIECES = [
    "1", "一", "1,", "1.", "1、", "一、", "十", "万", "1亿", "2025年", "2025-", "1-", "a", "a-", "a.", "A1",
    "约", "第", "前1", "三分之", "半", "http://", " ", "\n", "(", "（", "[", "《", "》", "1至", "1月", "百分之",
    "1 000 ", "000 ", "。", "1%、", "翻", "翻一", "@", "的", "1家", "0-", "-1", ".", "…", "年", "%", "亿", "至",
    "点", "从1元至", "指数", "民国", "①", "I", "1/", "1:", "\x00", "𝟏", "1和", "同比",
]


@pytest.mark.parametrize("piece", _PIECES)
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    figures_in(piece)  # tables and patterns are read once
    size = 1200 // len(piece)
    once, twice = (calls(partial(figures_in, piece * size * times)) for times in (1, 2))
    assert grows_with(once, twice), (once, twice)


@pytest.mark.parametrize("text", ["1" * 100_000 + "家", "一" * 100_000 + "家", "1," * 50_000, "12345" * 6 + "元"])
def test_a_number_without_end_is_none(text: str) -> None:
    assert all(figure.end - figure.start < 100 for figure in figures_in(text))
