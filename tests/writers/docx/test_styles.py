"""Word's styles are the theme's looks, and nothing but styles gives the text its form."""

from __future__ import annotations

import pytest
from docx.document import Document
from docx.oxml.ns import qn

from report.theme.theme import ROLES, Theme
from report.writers.docx.styles import style_of_role, style_table, styles_xml
from report.writers.docx.xml import Element

SET = [role for role in ROLES if not role.startswith("chart-")]
BUILT_IN = {"body": "Body Text", "heading-1": "heading 1", "contents-2": "toc 2", "note": "footnote text"}
OWN = {"caption-figure": "图题", "caption-table": "表题", "source-note": "资料来源", "cover-title": "封面标题"}


def style(document: Document, id: str) -> Element:
    elements: list[Element] = list(document.styles.element.iter(qn("w:style")))
    return next(s for s in elements if s.get(qn("w:styleId")) == id)


def resolved(document: Document, id: str, path: str) -> Element | None:
    """A property of a style or of the nearest style it is based on."""
    while True:
        element = style(document, id)
        found: Element | None = element.find("/".join(qn(f"w:{name}") for name in path.split("/")))
        based = element.find(qn("w:basedOn"))
        if found is not None or based is None:
            return found
        id = based.get(qn("w:val"))


def value(document: Document, id: str, path: str, attribute: str = "val") -> str | None:
    found = resolved(document, id, path)
    return None if found is None else found.get(qn(f"w:{attribute}"))


@pytest.mark.parametrize(("role", "name"), (BUILT_IN | OWN).items())
def test_styles_bear_the_names_word_users_know(document: Document, role: str, name: str) -> None:
    element = style(document, style_of_role(role))
    assert element.find(qn("w:name")).get(qn("w:val")) == name
    assert (element.get(qn("w:customStyle")) == "1") == (role in OWN)


def test_a_changed_theme_changes_the_style(theme: Theme) -> None:
    look = theme.roles["heading-1"].changed({"size": 22.5, "colour": "vermilion"})
    changed = theme.changed({"roles": theme.roles | {"heading-1": look}})
    heading = next(s for s in styles_xml(changed) if s.get(qn("w:styleId")) == "Heading1")
    assert heading.find(f"{qn('w:rPr')}/{qn('w:sz')}").get(qn("w:val")) == "45"
    assert heading.find(f"{qn('w:rPr')}/{qn('w:color')}").get(qn("w:val")) == "B5342B"


def test_normal_is_never_indented(document: Document) -> None:
    assert resolved(document, "Normal", "pPr/ind") is None
    assert resolved(document, "FootnoteText", "pPr/ind") is None


def test_headings_are_numbered_by_the_list_engine(document: Document) -> None:
    levels = list(document.part.numbering_part.element.iter(qn("w:lvl")))[:4]
    assert [level.find(qn("w:lvlText")).get(qn("w:val")) for level in levels] == ["", "%2、", "（%3）", "%4."]
    assert [level.find(qn("w:numFmt")).get(qn("w:val")) for level in levels] == [
        "none", "chineseCountingThousand", "chineseCountingThousand", "decimal"]  # fmt: skip
    linked = ["Heading1Plain", "Heading1", "Heading2", "Heading3"]
    assert [level.find(qn("w:pStyle")).get(qn("w:val")) for level in levels] == linked
    assert [value(document, name, "pPr/numPr/ilvl") for name in linked] == ["0", "1", "2", "3"]
    assert value(document, "Heading2Plain", "pPr/numPr/numId") == "0"


def test_text_bears_no_formatting_of_its_own(document: Document) -> None:
    """Runs have a character style or the hint for shared punctuation, and nothing else."""
    for properties in document.element.body.iter(qn("w:rPr")):
        for child in properties:
            assert child.tag in (qn("w:rStyle"), qn("w:rFonts"))
            if child.tag == qn("w:rFonts"):
                assert dict(child.attrib) == {qn("w:hint"): "eastAsia"}


def test_body_paragraphs_bear_no_formatting_of_their_own(document: Document) -> None:
    allowed = {qn("w:pStyle"), qn("w:numPr"), qn("w:sectPr")}
    for properties in document.element.body.findall(f"{qn('w:p')}/{qn('w:pPr')}"):
        if properties.find(qn("w:pStyle")).get(qn("w:val")).startswith(("Cover", "Closing")):
            continue  # cover and closing page are placed line by line
        assert {child.tag for child in properties} <= allowed


def test_cells_bear_no_formatting_of_their_own(document: Document) -> None:
    """Their alignment is a style's. What stays: which rows are kept together, and where the points of a decimal column
    stand, which depends on its figures."""
    found = set()
    for properties in document.element.body.iterfind(f".//{qn('w:tc')}/{qn('w:p')}/{qn('w:pPr')}"):
        own = {child.tag for child in properties} - {qn("w:pStyle"), qn("w:keepNext")}
        assert own in (set(), {qn("w:tabs"), qn("w:ind")})
        found.add(properties.find(qn("w:pStyle")).get(qn("w:val")))
    assert found >= {"TableCell", "TableNumber", "TableHeadCentre", "AnnexCell"}
    assert [value(document, name, "pPr/jc") for name in ("TableNumber", "TableCentre")] == ["right", "center"]


def test_every_style_used_is_defined(document: Document) -> None:
    known = {s.get(qn("w:styleId")) for s in document.styles.element.iter(qn("w:style"))}
    used = {e.get(qn("w:val")) for tag in ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next")
            for root in (document.element, document.styles.element) for e in root.iter(qn(tag))}  # fmt: skip
    assert used <= known


def test_the_table_of_styles_covers_every_role() -> None:
    roles = {entry.get("role") for entry in style_table()["paragraph"]}
    assert set(SET) <= roles


def test_what_the_theme_sets_medium_is_bold_in_word(document: Document) -> None:
    for id in ("Strong", "Heading2", "Caption", "FigureCaption", "TableCaption", "TOC1"):
        assert resolved(document, id, "rPr/b") is not None, id
    for id in ("BodyText", "Emphasis", "TableCell", "SourceNote"):
        assert resolved(document, id, "rPr/b") is None, id


@pytest.mark.parametrize("hang", [True, False])
def test_marks_hang_where_the_theme_says(theme: Theme, hang: bool) -> None:
    styles = styles_xml(theme.changed({"setting": theme.setting.changed({"hang": hang})}))
    normal = next(s for s in styles if s.get(qn("w:styleId")) == "Normal")
    assert normal.find(f"{qn('w:pPr')}/{qn('w:overflowPunct')}").get(qn("w:val")) == str(int(hang))
