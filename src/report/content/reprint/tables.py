"""The tables of a document: rows between upright strokes as a table, with the caption above and the source below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from report.content.nodes import Cell, Column, Inlines, NoteMark, Table

STROKE = re.compile(r"(?<!\\)\|")
FIGURE = re.compile(r"[约近超逾<>≥≤+\-−]?\s?\d[\d,，.]*\s?[^\d\s，。]{0,6}|[-—–/]*")


def cells(row: str) -> list[tuple[int, int]]:
    """Where each cell's words stand in a row `| a | b |`, without the space around them."""
    strokes = [found.start() for found in STROKE.finditer(row)]
    found = []
    for start, end in zip(strokes, strokes[1:], strict=False):
        words = row[start + 1 : end]
        begin = start + 1 + len(words) - len(words.lstrip())
        found.append((begin, begin + len(words.strip())))
    return found


def make_table(name: str, rows: Sequence[Sequence[Inlines]], caption: Inlines, source: Inlines) -> Table:
    """The table: the first of several rows is its head; columns of figures line up on the decimal point."""
    columns = list(zip_longest(*rows, fillvalue=()))
    square = [tuple(Cell(inlines=inlines) for inlines in row) for row in zip(*columns, strict=True)]
    heads = 1 if len(square) > 1 else 0
    return Table(
        id=name,
        number=0,
        caption=caption,
        columns=tuple(_column(column[heads:]) for column in columns),
        head=tuple(square[:heads]),
        rows=tuple(square[heads:]),
        source=source,
    )


def _column(column: Sequence[Inlines]) -> Column:
    texts = ["".join(one.text for one in inlines if not isinstance(one, NoteMark)).strip() for inlines in column]
    return Column(align="decimal" if any(texts) and all(map(FIGURE.fullmatch, texts)) else "left")
