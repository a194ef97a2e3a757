"""The tables of a document: rows between upright strokes as a table, with the caption above and the source below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from report.content.nodes import Cell, Column, Inlines, NoteMark, Table
from report.sources.classify import cells_apart, is_row

STROKE = re.compile(r"(?<!\\)\|")
HTML_ROW = re.compile(r"<tr\b[^<>]{0,200}>(.*?)</tr>", re.IGNORECASE | re.DOTALL)
HTML_CELL = re.compile(r"<t[dh]\b([^<>]{0,200})>(.*?)</t[dh]>", re.IGNORECASE | re.DOTALL)
HTML_SPAN = re.compile(r"\b(col|row)span\s?=\s?[\"']?(\d{1,2})")
MOST = 40  # columns of a table
FIGURE = re.compile(r"[约近超逾<>≥≤+\-−]?\s?\d[\d,，.]*\s?[^\d\s，。]{0,6}|[-—–/]*")


def cells(row: str) -> list[tuple[int, int]]:
    """Where each cell's words stand in a row `| a | b |`, or in one that wide space parts, without the space around
    them."""
    if not is_row(row):
        return cells_apart(row)
    strokes = [found.start() for found in STROKE.finditer(row)]
    found = []
    for start, end in zip(strokes, strokes[1:], strict=False):
        words = row[start + 1 : end]
        begin = start + 1 + len(words) - len(words.lstrip())
        found.append((begin, begin + len(words.strip())))
    return found


def grid_rows(source: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """Where the words of each cell stand in the rows of a table in HTML; of a cell over several columns or rows, the
    words stand in its first, and nothing in the others."""
    below: dict[int, int] = {}  # by column: how many rows a cell from above still takes
    for row in HTML_ROW.finditer(source, start, end):
        line: list[tuple[int, int]] = []
        for cell in HTML_CELL.finditer(source, *row.span(1)):
            while below.get(len(line), 0):
                below[len(line)] -= 1
                line.append((row.end(), row.end()))
            spans = {name: int(count) for name, count in HTML_SPAN.findall(cell[1])}
            for place in range(min(spans.get("col", 1), MOST)):
                below[len(line)] = spans.get("row", 1) - 1
                line.append(cell.span(2) if place == 0 else (cell.end(), cell.end()))
        yield line


def make_table(name: str, rows: Sequence[Sequence[Inlines]], caption: Inlines, source: Inlines) -> Table:
    """The table: the first of several rows is its head; columns of figures line up on the decimal point."""
    if len(rows) > 1 and len(rows[0]) + 1 == len(rows[1]):
        rows = [((), *rows[0]), *rows[1:]]  # nothing stands over the names
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
