"""Cells over many rows: where a page ends within one, its text stands within each page's part of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.content.nodes import Cell, Note, NoteMark, Table, Text
from report.writers.pdf.layout import Layout, Page, TextLine

from . import laws
from .pressed import Press, lines, set_
from .sample import row
from .test_tables import table

NOTE = {"n": Note(inlines=(Text(text="注文"),))}


def joined(words: str, rows: int, **more: object) -> Table:
    """A table of which the first column is one cell."""
    first = Cell(inlines=(Text(text=words),), rows=rows)
    return table("lll", (first, "项1", "数"), *((f"项{n}", "数") for n in range(2, rows + 1)),
                 head=("类别", "项", "说明"), **more)


def parts(layout: Layout) -> list[tuple[Page, list[TextLine], list[TextLine]]]:
    """Each page that has cells of the table, their lines in the first column and in the second."""
    found = []
    for page in layout.pages:
        cells = lines(page, "table-cell")
        rows = [line for line in cells if line.text.startswith("项")]
        if rows:
            edge = min(line.start for line in rows)
            found.append((page, [line for line in cells if line.end < edge], rows))
    return found


def check(layout: Layout, press: Press) -> None:
    """The laws that a table may break."""
    for page in layout.pages:
        laws.stands_in_the_text_block(page, press[0])
        laws.overlaps_nowhere(page)


@pytest.mark.parametrize("rows, landscape", [(34, False), (36, False), (60, False), (45, True), (120, False)])
def test_a_name_stands_in_the_middle_of_what_each_page_has_of_its_cell(
    press: Press, rows: int, landscape: bool
) -> None:
    layout = set_(press, [joined("组名甲", rows, landscape=landscape)])
    check(layout, press)
    pages = parts(layout)

    assert len(pages) > 1
    for _, names, others in pages:
        assert [line.text for line in names] == ["组名甲"]
        assert names[0].y == pytest.approx((others[0].y + others[-1].y) / 2, abs=0.1)
    assert [bool(names[0].artifact) for _, names, _ in pages] == [False] + [True] * (len(pages) - 1)


def test_half_of_a_page_that_lies_across_is_the_most_that_stays_together(press: Press) -> None:
    """Ten rows and then thirteen of one cell: more than half of such a page, less than half of an upright one."""
    plain = [("单", f"项{n}", "数") for n in range(10)]
    group = [(Cell(inlines=(Text(text="组名甲"),), rows=13), "项", "数"), *[("项", "数")] * 12]
    made = table("lll", *plain, *group, head=("类别", "项", "说明"), landscape=True)
    layout = set_(press, [made])
    check(layout, press)

    assert [sum(line.text == "组名甲" for line in names) for _, names, _ in parts(layout)] == [1, 1]


def test_a_note_in_such_a_cell_stands_on_its_first_page_alone(press: Press) -> None:
    first = Cell(inlines=(Text(text="组名甲"), NoteMark(note="n")), rows=60)
    cells = table("ll", (first, "项1"), *((f"项{n}",) for n in range(2, 61)), head=("类别", "项"))
    pages = parts(set_(press, [cells], NOTE))

    assert [names[0].text for _, names, _ in pages] == ["组名甲①"] + ["组名甲"] * (len(pages) - 1)
    assert [len(page.notes) for page, _, _ in pages] == [1] + [0] * (len(pages) - 1)


def test_a_text_longer_than_half_a_page_runs_on_from_row_to_row(press: Press) -> None:
    words = "".join(chr(0x4E00 + n) for n in range(900))
    for rows in (2, 45):
        layout = set_(press, [joined(words, rows)])
        check(layout, press)
        printed = "".join(line.text for page in layout.pages for line in lines(page, "table-cell")
                          if line.text[0] not in "项数")
        assert printed == words


@st.composite
def spans(draw: st.DrawFn) -> Table:
    """A table whose first two columns are cells over any rows, staggered as they come."""
    count = draw(st.integers(30, 80))
    grid: list[list[str | Cell]] = [[] for _ in range(count)]
    for column in range(2):
        at = 0
        while at < count:
            rows = min(draw(st.integers(1, 50)), count - at)
            words = chr(ord("甲") + column) * draw(st.integers(1, 40))
            grid[at].append(Cell(inlines=(Text(text=words),), rows=rows))
            at += rows
    return table("lll", head=("类别", "组", "项")).changed(
        {"rows": tuple(row(*cells, f"项{n}") for n, cells in enumerate(grid, 1))}
    )


@given(made=spans())
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_cell_stands_within_its_rows(press: Press, made: Table) -> None:
    layout = set_(press, [made])
    check(layout, press)
    told = [line.text for page in layout.pages for line in lines(page, "table-cell") if not line.artifact]
    wanted = "".join(inline.text for cells in made.rows for cell in cells for inline in cell.inlines)  # type: ignore[union-attr]

    assert sorted("".join(told)) == sorted(wanted)
    for page in layout.pages:
        rows = [line for line in lines(page, "table-cell") if line.text.startswith("项")]
        assert all(one.y < other.y for one, other in pairwise(rows))
