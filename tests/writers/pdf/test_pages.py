"""Laws that hold of every page of every report, on reports made up by hypothesis."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.content.nodes import (
    Content,
    Note,
    NoteMark,
    Part,
)
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.book import lay_out
from report.writers.pdf.layout import Layout, Page, Picture, TextLine
from report.writers.pdf.pages import MARKS
from report.writers.pdf.write import write_pdf

from .reports import Made, reports
from .sample import content, drawing, heading, paragraph, prose, text
from .test_text import letters
from .tree import check_tree

POINT = 72 / 25.4
FURNITURE = ("running-header", "folio")


DRAWINGS = {"low": drawing(80), "middle": drawing(240), "tall": drawing(560)}
STARTS = st.sampled_from(["odd", "any", "continuous"])


@given(made=reports(), starts=STARTS)
@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_laws_of_the_page(request: pytest.FixtureRequest, made: Made, starts: str) -> None:
    theme, library = request.getfixturevalue("theme"), request.getfixturevalue("library")
    theme = theme.model_copy(update={"setting": theme.setting.model_copy(update={"chapters": starts})})

    layout = lay_out(made.content, theme, library, DRAWINGS)

    for page in layout.pages:
        _stands_in_the_text_block(page, theme)
        _overlaps_nowhere(page)
        _has_the_notes_of_its_marks(page)
        _does_not_end_with_a_heading(page)
        _has_body_lines_on_the_grid(page, theme)
    _says_everything_once(layout, made.content)
    _goes_on_with_cut_notes(layout)
    _begins_chapters_where_told(layout, starts)


def _lines(page: Page) -> list[TextLine]:
    return [item for item in page.items if isinstance(item, TextLine) and item.role not in FURNITURE]


def _box(item: TextLine | Picture) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is seen."""
    if isinstance(item, Picture):
        return item.x, item.y, item.x + item.width, item.y + item.height
    return item.start, item.y - 0.8 * item.size, item.end, item.y + 0.1 * item.size


def _stands_in_the_text_block(page: Page, theme: Theme) -> None:
    paper = theme.page
    for item in (item for item in page.items if isinstance(item, Picture) or item in _lines(page)):
        left, top, right, bottom = _box(item)
        assert left >= paper.left * POINT - 0.51 * 16
        assert right <= (paper.width - paper.right) * POINT + 0.51 * 16
        assert top >= paper.top * POINT - 0.1
        assert bottom <= (paper.height - paper.bottom) * POINT + 0.1


def _overlaps_nowhere(page: Page) -> None:
    boxes = [_box(item) for item in page.items if isinstance(item, Picture)] + [_box(line) for line in _lines(page)]
    boxes.sort(key=lambda box: box[1])
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            if other[1] >= one[3] - 0.1:
                break
            assert one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1, (one, other)


def _has_the_notes_of_its_marks(page: Page) -> None:
    seen = [char for line in _lines(page) if line.role != "note" for char in line.text if char in MARKS]
    printed = [note.mark for note in page.notes if not note.continued]

    assert sorted(seen, key=MARKS.index) == printed == list(MARKS[: len(printed)])


def _does_not_end_with_a_heading(page: Page) -> None:
    lines = [line for line in _lines(page) if line.role != "note"]
    lowest = max(lines, key=lambda line: line.y, default=None)
    assert lowest is None or not lowest.role.startswith(("heading", "caption-table", "box-title"))


def _has_body_lines_on_the_grid(page: Page, theme: Theme) -> None:
    grid = theme.roles["body"].leading / 2
    offsets = {round((line.y - theme.page.top * POINT - 21.68) % grid, 1) % round(grid, 1)
               for line in _lines(page) if line.role == "body"}
    assert offsets <= {0.0}


def _says_everything_once(layout: Layout, report: Content) -> None:
    printed = Counter(
        char for page in layout.pages for line in _lines(page) if not line.artifact for char in line.text
    )
    expected = Counter("".join(_texts(report)))
    for char in [*MARKS, " ", "\u00a0", "　", "\n", *"0123456789."]:  # marks and labels are the writer's own
        del printed[char], expected[char]
    del printed["图"], printed["表"], expected["图"], expected["表"]
    assert printed == expected


def _texts(node: object) -> Iterator[str]:
    """All words of a piece of content."""
    if isinstance(node, Content):
        for part in node.parts:
            yield from _texts(part.blocks)
        for note in node.notes.values():
            yield from _texts(note.inlines)
    elif isinstance(node, tuple):
        for one in node:
            yield from _texts(one)
    elif hasattr(node, "text"):
        yield str(node.text)
    else:
        for name in ("number", "title", "inlines", "caption", "head", "rows", "source", "items", "blocks"):
            value = getattr(node, name, None)
            if isinstance(value, tuple):
                yield from _texts(value)
            elif isinstance(value, str):
                yield value


def _goes_on_with_cut_notes(layout: Layout) -> None:
    for before, page in pairwise(layout.pages):
        if any(note.continued for note in page.notes):
            assert before.notes
            assert page.notes[0].continued


def _begins_chapters_where_told(layout: Layout, starts: str) -> None:
    for number, page in enumerate(layout.pages, 1):
        assert page.blank == (not page.items)
        assert page.number == (None if page.blank else str(number))
        if any(h.level == 1 for h in page.headings) and starts != "continuous":
            first = next(line for line in _lines(page) if line.role != "note")
            assert first.role == "heading-1"
            assert starts == "any" or number % 2 == 1


@given(made=reports())
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_tree_and_text_of_the_file_agree_with_the_layout(request: pytest.FixtureRequest, made: Made) -> None:
    theme, library = request.getfixturevalue("theme"), request.getfixturevalue("library")

    data, layout = write_pdf(made.content, theme, library, DRAWINGS)

    with pikepdf.open(io.BytesIO(data)) as pdf:
        check_tree(pdf)
    for page, laid in zip(pypdfium2.PdfDocument(data), layout.to_data()["pages"], strict=True):
        assert letters(page.get_textpage().get_text_range()) == letters("".join(x["text"] for x in laid["lines"]))


def test_a_blank_page_is_not_made_twice(theme: Theme, library: FontLibrary) -> None:
    theme = theme.model_copy(update={"setting": theme.setting.model_copy(update={"chapters": "odd"})})
    blocks = [b for i in range(3) for b in (heading(1, f"c{i}", "一、", "港口"), paragraph(prose(0, 2)))]

    layout = lay_out(content([Part(role="body", blocks=tuple(blocks))]), theme, library, {})

    assert [page.blank for page in layout.pages] == [False, True, False, True, False]


@pytest.mark.parametrize("count", [21, 50])
def test_marks_beyond_twenty(count: int, theme: Theme, library: FontLibrary) -> None:
    notes = {f"n{i}": Note(inlines=text("见")) for i in range(count)}
    small = {**theme.roles, "note": theme.roles["note"].model_copy(update={"leading": 9.0, "size": 8.0})}
    theme = theme.model_copy(update={"roles": small})
    words = paragraph(*(part for name in notes for part in ("港", NoteMark(note=name))))

    layout = lay_out(content([Part(role="body", blocks=(words,))], notes), theme, library, {})

    assert [note.mark for note in layout.pages[0].notes] == list(MARKS[:count])
