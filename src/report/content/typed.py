"""Finds what an author typed that only the data may say: figures, and words of direction between values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.content.prose import Anchor, Cross, Hole, Piece, Pieces, Prose, Words, runs, walk
from report.errors import Issue
from report.observations.figures import figures_in
from report.templates.slots import COMMANDS

VALUE = "\ufffc"  # stands for a filled slot: no letter, no digit
NAME = re.compile(r"《[^》]*》")  # years and figures in names of laws and publications may stand
DIRECTION = re.compile(
    "高于|低于|多于|少于|大于|小于|高出|低出|(?:上升|下降|增加|减少|提高|降低|回落|攀升|扩大|缩小|跃升)(?:至|到)"
    "|(?:升|降|增|减)(?:至|到)"
)
_SENTENCE = re.compile("[^。！？]+[。！？]?")


def check_typed(prose: Prose) -> list[Issue]:
    """Every figure typed by hand in the section, and every literal direction word in a sentence of two values."""
    issues: list[Issue] = []
    for pieces in _all_runs(prose):
        issues += _figures(pieces, prose.file)
        issues += _directions(pieces, prose.file)
    return issues


def _all_runs(prose: Prose) -> Iterator[Pieces]:
    for block in walk(prose.blocks):
        yield from runs(block)
    yield from prose.notes.values()


def _figures(pieces: Pieces, file: str) -> Iterator[Issue]:
    text = NAME.sub(lambda match: VALUE * len(match[0]), "".join(map(_masked, pieces)))
    for figure in figures_in(text):
        line = _line_at(pieces, figure.core_start)
        yield Issue(
            where=f"{file}:{line}",
            problem=f"“{text[figure.start : figure.end]}”是手写的数字",
            hint="在 values.yaml 里绑定后用 {{ 值名 }}",
        )


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
