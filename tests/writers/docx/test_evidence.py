"""Who says so, in Word: a control round every bound number, evidence as comments, the record of what was written."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from report.content.nodes import Content, Value
from report.content.walk import inlines_of
from report.opening import open_content
from report.sources.docx.package import open_item
from report.theme.theme import Theme
from report.writers.docx.controls import Controls, tag_of
from report.writers.docx.lint import lint_docx
from report.writers.docx.package import footnotes_part
from report.writers.docx.record import NAMESPACE
from report.writers.docx.remarks import AUTHOR
from report.writers.docx.write import write_docx
from report.writers.docx.xml import text_run

from ...project import Project


@pytest.fixture(scope="module")
def mini(built: Project) -> Content:
    return open_content(built.out / "mini/content.json")


@pytest.fixture(scope="module")
def reviewed(built: Project, mini: Content) -> bytes:
    """The miniature with its evidence."""
    folder = built.out / "mini"
    theme = Theme.from_json((folder / "theme.json").read_bytes())
    charts = {path.stem: path.read_bytes() for path in (folder / "charts").glob("*.png")}
    layout = json.loads((folder / "layout.json").read_text("utf-8"))
    return write_docx(mini, theme, layout, charts, evidence=True)


@pytest.fixture
def word(reviewed: bytes) -> Document:
    return docx.Document(io.BytesIO(reviewed))


def controls(document: Document) -> list[tuple[str, str]]:
    """Name and words of each control, in the text and in the notes."""
    found = []
    for root in (document.element.body, footnotes_part(document).element):
        for control in root.iter(qn("w:sdt")):
            tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
            if tag is not None:
                found.append((tag.get(qn("w:val")), "".join(t.text or "" for t in control.iter(qn("w:t")))))
    return found


def test_every_bound_number_is_a_control_that_bears_its_name(word: Document, mini: Content) -> None:
    values = [(inline.name, inline.text) for inline in inlines_of(mini) if isinstance(inline, Value)]
    assert sorted(controls(word)) == sorted(values) and len(values) > 30


def test_controls_have_ids_of_their_own(word: Document) -> None:
    roots = (word.element.body, footnotes_part(word).element)
    ids = [int(one.get(qn("w:val"))) for root in roots for one in root.iter(qn("w:id")) if one.get(qn("w:val"))]
    assert len(set(ids)) == len(ids) and all(0 < number < 2**31 for number in ids)


def test_equal_names_get_equal_ids_in_every_run_and_clashes_give_way() -> None:
    first, second = Controls(), Controls()
    for controls_ in (first, second):
        for name in ("甲", "甲", "乙"):
            controls_.around(name, [text_run("1")])
    assert first.taken == second.taken and len(first.taken) == 3
    crowded = Controls(taken=set(first.taken))
    crowded.around("甲", [text_run("1")])
    assert len(crowded.taken) == 4


def test_a_long_name_is_a_tag_that_word_takes() -> None:
    one, other = tag_of("长" * 80), tag_of("长" * 81)
    assert len(one) == len(other) == 64 and one != other and tag_of("短") == "短"


def test_the_file_with_evidence_is_valid(reviewed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "reviewed.docx"
    path.write_bytes(reviewed)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert lint_docx(reviewed) == []


def test_every_number_outside_the_annex_is_answered(word: Document, mini: Content) -> None:
    told = list(word.comments)
    assert {comment.author for comment in told} == {AUTHOR} and {comment.initials for comment in told} == {"核"}
    assert {str(comment.timestamp)[:10] for comment in told} == {mini.front.date}
    body = word.element.body
    starts = [one.get(qn("w:id")) for one in body.iter(qn("w:commentRangeStart"))]
    ends = [one.get(qn("w:id")) for one in body.iter(qn("w:commentRangeEnd"))]
    marks = [one.get(qn("w:id")) for one in body.iter(qn("w:commentReference"))]
    assert starts == ends == marks == [str(comment.comment_id) for comment in told]


def test_a_comment_says_who_says_so(word: Document, mini: Content) -> None:
    evidence = mini.evidence["产业规模"]
    told = ["\n".join(p.text for p in comment.paragraphs) for comment in word.comments]
    first = next(text for text in told if text.startswith(f"{evidence.label} {evidence.text}："))
    assert all(f"“{witness.sentence}”" in first for witness in evidence.witnesses)
    again = [text for text in told if text.startswith(f"{evidence.label} {evidence.text}：") and text != first]
    assert again and all(text.endswith("前文已注。") and len(text.splitlines()) == 1 for text in again)


def test_a_derived_figure_is_answered_with_what_it_comes_of(word: Document, mini: Content) -> None:
    evidence = mini.evidence["研发占比变化"]
    told = ["\n".join(p.text for p in comment.paragraphs) for comment in word.comments]
    text = next(text for text in told if text.startswith(f"{evidence.label} "))
    assert f"算法：{evidence.formula}" in text
    assert mini.evidence[evidence.parents[0]].witnesses[0].sentence in text


def test_without_the_option_there_are_no_comments(built: Project) -> None:
    with zipfile.ZipFile(built.out / "mini/report.docx") as archive:
        assert "word/comments.xml" not in archive.namelist()


def test_the_record_holds_the_content_but_not_the_evidence(built: Project, mini: Content) -> None:
    item = open_item((built.out / "mini/report.docx").read_bytes(), NAMESPACE)
    assert item is not None
    kept = Content.from_json(item.text or "")
    assert kept.sections == mini.sections and kept.report == "mini" and not kept.evidence and not kept.sources
