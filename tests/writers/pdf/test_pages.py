"""Laws that hold of every page of every report, on reports made up by hypothesis."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from report.content.nodes import (
    Note,
    NoteMark,
    Part,
)
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.book import lay_out
from report.writers.pdf.built import MARKS
from report.writers.pdf.write import write_pdf

from . import laws
from .reports import Made, reports
from .sample import content, drawing, heading, paragraph, prose, text
from .test_text import letters
from .tree import check_tree

DRAWINGS = {"low": drawing(80), "middle": drawing(240), "tall": drawing(500), "endless": drawing(900)}
HABITS = st.fixed_dictionaries({
    "chapters": st.sampled_from(["odd", "any", "continuous"]),
    "widows": st.integers(1, 3),
    "orphans": st.integers(1, 3),
    "grid": st.sampled_from([0.5, 0.5, 1, 0]),
})


@given(made=reports(), habits=HABITS)
@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_laws_of_the_page(request: pytest.FixtureRequest, made: Made, habits: dict[str, object]) -> None:
    theme, library = request.getfixturevalue("theme"), request.getfixturevalue("library")
    theme = theme.changed({"setting": theme.setting.changed(habits)})

    layout = lay_out(made.content, theme, library, DRAWINGS)

    for page in layout.pages:
        laws.stands_in_the_text_block(page, theme)
        laws.overlaps_nowhere(page)
        laws.has_the_notes_of_its_marks(page)
        laws.leads_every_heading_to_its_text(page)
        laws.has_body_lines_on_the_grid(page, theme)
    laws.keeps_the_first_and_last_lines_together(layout, theme)
    laws.leaves_no_holes(layout, theme)
    laws.says_everything_once(layout, made)
    laws.says_the_text_in_order(layout, made)
    laws.goes_on_with_cut_notes(layout)
    laws.begins_chapters_where_told(layout, str(habits["chapters"]))
    laws.moves_figures_no_further_than_the_chapter(layout, made)
    laws.lists_what_there_is(layout, made)
    laws.prints_every_reference(layout, made)


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
    theme = theme.changed({"setting": theme.setting.changed({"chapters": "odd"})})
    blocks = [b for i in range(3) for b in (heading(1, f"c{i}", "一、", "港口"), paragraph(prose(0, 2)))]

    layout = lay_out(content([Part(role="body", blocks=tuple(blocks))]), theme, library, {})

    assert [page.blank for page in layout.pages] == [False, True, False, True, False]


@pytest.mark.parametrize("count", [21, 50])
def test_marks_beyond_twenty(count: int, theme: Theme, library: FontLibrary) -> None:
    notes = {f"n{i}": Note(inlines=text("见")) for i in range(count)}
    small = {**theme.roles, "note": theme.roles["note"].changed({"leading": 9.0, "size": 8.0})}
    theme = theme.changed({"roles": small})
    words = paragraph(*(part for name in notes for part in ("港", NoteMark(note=name))))

    layout = lay_out(content([Part(role="body", blocks=(words,))], notes), theme, library, {})

    assert [note.mark for note in layout.pages[0].notes] == list(MARKS[:count])
