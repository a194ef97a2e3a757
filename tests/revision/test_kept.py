"""What stays as it was written while an editor changes what is beside it: notes with several marks, ids of headings,
levels of lists, references."""

from __future__ import annotations

import copy

import pytest
from docx.oxml.ns import qn

from report.writers.docx.xml import Element, field, text_run, w

from ..project import Project
from .test_edits import added, come_back, removed
from .word import Word, text_of


def repeated(paragraph: Element, bookmark: str) -> None:
    """A field that repeats the mark of the note at a bookmark, at the end of a paragraph."""
    paragraph.extend(field(f"NOTEREF {bookmark} \\f \\h", [text_run("①")]))


def test_a_repeated_mark_keeps_its_note_where_the_first_is_gone(finished: Project) -> None:
    def edit(word: Word) -> None:
        mark = next(word.paragraph("研究机构称出口额").iter(qn("w:footnoteReference")))
        note = next(one for one in word.notes if one.get(qn("w:id")) == mark.get(qn("w:id")))
        word.notes.remove(note)
        paragraph = word.paragraph("研究机构称出口额")
        paragraph.remove(mark.getparent())
        repeated(paragraph, "_Ref1")

    assert come_back(finished, edit) == "没有改动。\n"


def test_a_comment_on_a_mark_does_not_part_it_from_its_bookmark(finished: Project) -> None:
    def edit(word: Word) -> None:
        mark = next(word.paragraph("其中整机企业").iter(qn("w:footnoteReference"))).getparent()
        mark.addprevious(w("bookmarkStart", id=77, name="_Ref1"))
        mark.addprevious(w("commentRangeStart", id=77))
        mark.addnext(w("bookmarkEnd", id=77))
        repeated(word.paragraph("临港的企业数和产值"), "_Ref1")

    told = come_back(finished, edit)
    assert added(told) == ["临港的企业数和产值都已成形，人员的去留有一份追踪可查。[^census]"]


@pytest.mark.parametrize(("was", "style", "line"), [
    ("企业有规模，人员留得住", "标题 1 无编号", "# 企业有规模，人员留得住 {#people .unnumbered}"),
    ("人员", "heading 3", "### 人员 {#staff}"),
])  # fmt: skip
def test_a_heading_keeps_its_id_whatever_number_it_gets(finished: Project, was: str, style: str, line: str) -> None:
    def edit(word: Word) -> None:
        heading = next(p for p in word.body.iter(qn("w:p")) if text_of(p) == was)
        heading.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").set(qn("w:val"), word.document.styles[style].style_id)

    assert added(come_back(finished, edit)) == [line]


def test_an_unnumbered_heading_that_got_a_number_comes_back_with_it(finished: Project) -> None:
    def edit(word: Word) -> None:
        heading = next(p for p in word.body.iter(qn("w:p")) if text_of(p) == "结语")
        heading.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").set(qn("w:val"), "Heading1")

    told = come_back(finished, edit)
    assert any(".unnumbered" in line for line in removed(told)) and ".unnumbered" not in "".join(added(told))


def test_an_item_of_a_deeper_level_comes_back_as_one(finished: Project) -> None:
    def edit(word: Word) -> None:
        item = word.paragraph("转到外地的")
        new = copy.deepcopy(item)
        new[1:] = [text_run("其中多数在本省。")]
        new.find(f".//{qn('w:ilvl')}").set(qn("w:val"), "1")
        item.addnext(new)

    assert added(come_back(finished, edit)) == ["  - 其中多数在本省。"]


def test_words_that_took_the_place_of_a_reference_are_taken_over(finished: Project) -> None:
    def edit(word: Word) -> None:
        word.paragraph("出口额的说法不一")[1:] = [text_run(text)]

    text = "出口额的说法不一，差别在统计范围。第二个企业数没有这个问题。"
    assert added(come_back(finished, edit)) == [text]
