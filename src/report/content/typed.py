"""Finds what an author typed that only the data may say: figures, and words of direction between values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from report.charts.chart import Chart, text_runs
from report.content.prose import Anchor, Cross, Hole, Piece, Pieces, Prose, Tabled, Words, runs, walk
from report.errors import Issue
from report.observations.figures import figures_in
from report.observations.normalise import normalise
from report.observations.numerals import NUMBER
from report.templates.merge import Layered
from report.templates.slots import COMMANDS
from report.yaml import Key

VALUE = "\ufffc"  # stands for a filled slot: no letter, no digit
BIND = "在 values.yaml 里绑定后用 {{ 值名 }}"
NAME = re.compile(r"《[^》]*》")  # years and figures in names of laws and publications may stand
DIRECTION = re.compile(
    "高于|低于|多于|少于|大于|小于|高出|低出|(?:上升|下降|增加|减少|提高|降低|回落|攀升|扩大|缩小|跃升)(?:至|到)"
    "|(?:升|降|增|减)(?:至|到)"
)
_SLOT = re.compile(r"\{\{[^{}]{0,200}\}\}")
_SENTENCE = re.compile("[^。！？]+[。！？]?")
_LONE = re.compile(f"[约近超逾+-]*(?:{NUMBER.pattern})(?:[-~至到](?:{NUMBER.pattern}))?")  # 57, -3, 12-15


def check_typed(prose: Prose) -> list[Issue]:
    """Every figure typed by hand in the section, and every literal direction word in a sentence of two values."""
    issues: list[Issue] = []
    for pieces in _all_runs(prose):
        issues += _figures(pieces, prose.file)
        issues += _directions(pieces, prose.file)
    for block in walk(prose.blocks):
        issues += _lone_numbers(block, prose.file) if isinstance(block, Tabled) else []
    return issues


def check_typed_in_chart(chart: Chart, where: str) -> list[Issue]:
    """Every figure typed by hand in a chart's texts; `where` is the chart's place."""
    issues: list[Issue] = []
    for label in text_runs(chart):
        text = "".join(VALUE if segment.value else segment.text for segment in label)
        issues += (
            Issue(where=where, problem=f"图 {chart.id} 里的“{found}”是手写的数字", hint=BIND)
            for found in figures_typed(text)
        )
    return issues


def check_typed_in_strings(words: Layered) -> Iterator[Issue]:
    """Every figure typed by hand in strings.yaml, at its place."""
    for place, text in _texts(words.data):
        for found in figures_typed(_SLOT.sub(VALUE, text)):
            problem = f"“{found}”是手写的数字"
            yield Issue(where=words.where(*place), problem=problem, hint="改用 {{ 文献数 }}，或不写数字")


def _texts(data: Any, place: tuple[Key, ...] = ()) -> Iterator[tuple[tuple[Key, ...], str]]:
    """The texts of a file with their places."""
    if isinstance(data, str):
        yield place, data
    elif isinstance(data, Mapping | list):
        for key, inner in data.items() if isinstance(data, Mapping) else enumerate(data):
            yield from _texts(inner, (*place, key))


def figures_typed(text: str) -> list[str]:
    """The figures in a text whose slots are masked; names in 《》 may hold some."""
    masked = _mask_names(text)
    return [masked[figure.start : figure.end] for figure in figures_in(masked)]


def _mask_names(text: str) -> str:
    return NAME.sub(lambda match: VALUE * len(match[0]), text)


def _all_runs(prose: Prose) -> Iterator[Pieces]:
    for block in walk(prose.blocks):
        yield from runs(block)
    yield from prose.notes.values()


def _figures(pieces: Pieces, file: str) -> Iterator[Issue]:
    text = _mask_names("".join(map(_masked, pieces)))
    for figure in figures_in(text):
        line = _line_at(pieces, figure.core_start)
        yield Issue(
            where=f"{file}:{line}",
            problem=f"“{text[figure.start : figure.end]}”是手写的数字",
            hint=BIND,
        )


def _lone_numbers(table: Tabled, file: str) -> list[Issue]:
    """Cells that are a number and nothing else: in prose no figure (what is counted?), in a table one."""
    issues: list[Issue] = []
    for cell in (cell for row in (*table.head, *table.rows) for cell in row):
        text = "".join(map(_masked, cell.pieces))
        if _LONE.fullmatch(normalise(text).replace(" ", "")) and not figures_in(text):
            issues.append(Issue(where=f"{file}:{cell.line}", problem=f"“{text}”是手写的数字", hint=BIND))
    return issues


def _directions(pieces: Pieces, file: str) -> Iterator[Issue]:
    text = "".join(map(_masked, pieces))
    for sentence in _SENTENCE.finditer(text):
        if _values_between(pieces, sentence.start(), sentence.end()) < 2:
            continue
        for match in DIRECTION.finditer(sentence[0]):
            line = _line_at(pieces, sentence.start() + match.start())
            yield Issue(
                where=f"{file}:{line}",
                problem=f"“{match[0]}”是手写的比较，数据变了它不会变",
                hint="写成 {{ 高低: 值一, 值二 }}，或多少、升降、增减、大小",
            )


def _masked(piece: Piece) -> str:
    match piece:
        case Words():
            return piece.text
        case Anchor():
            return "" if piece.text == piece.url else piece.text
        case Cross():
            return piece.text
        case Hole():
            return VALUE
        case _:
            return ""


def _places(pieces: Pieces) -> Iterator[tuple[int, Piece]]:
    start = 0
    for piece in pieces:
        yield start, piece
        start += len(_masked(piece))


def _line_at(pieces: Pieces, index: int) -> int:
    return [piece.line for start, piece in _places(pieces) if start <= index][-1]


def _values_between(pieces: Pieces, start: int, end: int) -> int:
    return sum(
        isinstance(piece, Hole) and piece.slot.name not in COMMANDS
        for place, piece in _places(pieces) if start <= place < end
    )
