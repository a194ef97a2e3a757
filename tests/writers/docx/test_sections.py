"""Sections, running headers, folios and the numbers of headings, as Word finds them in the file."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from typing import Any

import pytest
from docx import Document as open_docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section as WordSection

from report.content.nodes import Block, Column, Content, Part, Table
from report.theme.theme import Theme
from report.writers.docx.lint import lint_docx
from report.writers.docx.numbering import han_number, heading_lists
from report.writers.docx.write import write_docx
from report.writers.docx.xml import Element

from .sample import LONG, h, make_content, make_layout, make_picture, p, row
from .test_text import instructions, style_of, texts

TITLE = "河湾港货运与仓储的变化及其对企业的影响"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
COUNTED = ["TITLE", "STYLEREF 1 \\n", "STYLEREF 1"]
PLAIN = ["TITLE", 'STYLEREF "标题 1 无编号"']


def written_with(content: Content, theme: Theme) -> Document:
    """The file of a content whose headings all stand on a page."""
    layout = make_layout()
    layout["pages"][-1]["anchors"] += [getattr(block, "id", "") for part in content.parts for block in part.blocks]
    data = write_docx(content, theme, layout, {"throughput": make_picture()})
    assert lint_docx(data) == []
    return open_docx(io.BytesIO(data))


def set_theme(theme: Theme, **setting: str) -> Theme:
    return theme.changed({"setting": theme.setting.changed(setting)})


def with_body(*blocks: Block) -> Content:
    """The sample with another body."""
    content = make_content()
    body = Part(role="body", title=TITLE, blocks=blocks)
    return content.changed({"parts": tuple(body if part.role == "body" else part for part in content.parts)})


def header(section: WordSection) -> tuple[str, list[str]]:
    """The words of a section's header as Word reads it, inherited or not, and its fields. (The cover has none:
    python-docx would add one.)"""
    element = copy.deepcopy(section.header.paragraphs[0]._p)
    for fallback in list(element.iter(f"{MC}Fallback")):
        fallback.getparent().remove(fallback)
    return texts(element), instructions(element)


def headers_of_their_own(document: Document) -> list[int]:
    """Of which sections, that of the cover's first page included."""
    sections = document.element.body.iter(qn("w:sectPr"))
    return [i for i, section in enumerate(sections) if section.find(qn("w:headerReference")) is not None]


def starts(document: Document) -> list[str]:
    return [s.find(qn("w:type")).get(qn("w:val")) for s in document.element.body.iter(qn("w:sectPr"))]


# ---------------------------------------------------------------- sections


def test_there_are_no_more_sections_than_headers_and_counts(document: Document) -> None:
    """Cover, series, abstract, contents; the numbered chapters; 结语, annex and sources; closing page."""
    found = [s.find(qn("w:pgNumType")) for s in document.element.body.iter(qn("w:sectPr"))]
    kinds = [None if n is None else (n.get(qn("w:fmt")), n.get(qn("w:start"))) for n in found]
    assert kinds == [None, None, ("upperRoman", "1"), ("upperRoman", None), ("decimal", "1"), ("decimal", None), None]
    assert starts(document) == ["nextPage"] * 4 + ["oddPage"] + ["nextPage"] * 2


@pytest.mark.parametrize(("chapters", "begins"), [("any", True), ("odd", True), ("continuous", False)])
def test_a_chapter_begins_a_page_by_its_style(theme: Theme, chapters: str, begins: bool) -> None:
    """So one that an editor adds begins one as its siblings do."""
    document = written_with(make_content(), set_theme(theme, chapters=chapters))
    styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}
    breaks = [styles[name].find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") for name in ("Heading1", "Heading1Plain")]
    assert [found is not None for found in breaks] == [begins] * 2
    assert styles["Heading2"].find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is None


def test_chapters_that_begin_odd_pages_are_sections(theme: Theme) -> None:
    document = written_with(make_content(), set_theme(theme, chapters="odd"))
    assert starts(document)[4:] == ["oddPage"] * 3 + ["nextPage"] * 3
    assert headers_of_their_own(document) == [0, 1, 4, 6, 9]


def test_chapters_may_follow_on(theme: Theme) -> None:
    """No section ends between two: Word would begin a page there where a note stands above (17.18.77)."""
    content = make_content()
    document = written_with(content, set_theme(theme, chapters="continuous"))
    assert len(document.sections) == len(content.parts) and "continuous" not in starts(document)


def test_a_table_across_the_page_has_a_header_as_wide_as_its_page(theme: Theme) -> None:
    wide = Table(id="wide", number=2, caption=(), columns=(Column(), Column()), head=(), rows=(row("甲", "乙"),),
                 landscape=True)  # fmt: skip
    document = written_with(with_body(h(1, "一、", "港", "a"), p(LONG), wide, p(LONG), h(1, "二、", "路", "b")), theme)
    upright, across, again = document.sections[4:7]
    assert [header(one) for one in (upright, across, again)] == [(TITLE, COUNTED)] * 3
    parts = [one.header.part.partname for one in (upright, across, again)]
    assert parts[0] == parts[2] != parts[1]


# ---------------------------------------------------------------- headers and folios


def test_headers_name_report_and_chapter_in_one_place(document: Document) -> None:
    """The fields hold no chapter where there are several: Word fills them, page by page."""
    blank: tuple[str, list[str]] = ("", [])
    found = [header(section) for section in list(document.sections)[1:]]
    assert found == [blank] * 3 + [(TITLE, COUNTED), (TITLE, PLAIN), blank]
    assert headers_of_their_own(document) == [0, 1, 4, 5, 6]
    kinds = [relation.reltype.rpartition("/")[2] for relation in document.part.rels.values()]
    assert (kinds.count("header"), kinds.count("footer")) == (4, 4)


def test_a_header_of_one_chapter_holds_it(theme: Theme) -> None:
    document = written_with(with_body(h(1, "一、", "港", "a"), p(LONG)), theme)
    assert header(document.sections[4]) == (f"{TITLE}一、港", COUNTED)


def test_parts_whose_headers_are_alike_share_one(theme: Theme) -> None:
    document = written_with(make_content(), set_theme(theme, chapters="continuous"))
    assert [header(section) for section in document.sections[5:7]] == [(TITLE, PLAIN)] * 2
    assert headers_of_their_own(document) == [0, 1, 4, 5, 7]


def test_a_header_without_room_for_both_names_the_chapter(content: Content, theme: Theme) -> None:
    """In one line, as on paper: the longest chapter of a section is 13 em, 结语 and its like are less."""
    long = content.changed({"front": content.front.changed({"title": "甲" * 37})})
    document = written_with(long, theme)
    assert [header(section) for section in document.sections[4:6]] == [("", COUNTED[1:]), ("甲" * 37, PLAIN)]


def test_a_chapter_too_long_for_the_header_is_cut(theme: Theme) -> None:
    body = with_body(h(1, "一、", "港", "a"), p(LONG), h(1, "", "甲" * 60, "long"), p(LONG), h(1, "", "结语", "end"))
    document = written_with(body, theme)
    assert [header(section) for section in document.sections[4:7]] == [
        (f"{TITLE}一、港", COUNTED), ("甲" * 46 + "……", []), (TITLE, PLAIN)]  # fmt: skip
    flowing = written_with(body, set_theme(theme, chapters="continuous"))
    assert header(flowing.sections[4]) == (TITLE, ["TITLE"])


def test_pages_with_two_sides(content: Content, theme: Theme) -> None:
    """Mirrored margins; the title on the left page, the chapter on the right one, each folio at the outer edge."""
    document = written_with(content, set_theme(theme, sides="two"))
    settings = document.settings.element
    chapter = document.sections[4]

    assert [settings.find(qn(f"w:{tag}")) is not None for tag in ("mirrorMargins", "evenAndOddHeaders")] == [True] * 2
    assert "".join(p.text for p in chapter.even_page_header.paragraphs) == content.front.title
    assert header(chapter) == ("", COUNTED[1:])
    assert [footer.paragraphs[0]._p.pPr.jc.val.name for footer in (chapter.even_page_footer, chapter.footer)] == [
        "LEFT", "RIGHT"]  # fmt: skip


def test_one_side_needs_none_of_it(document: Document) -> None:
    settings = document.settings.element
    assert [settings.find(qn(f"w:{tag}")) for tag in ("mirrorMargins", "evenAndOddHeaders")] == [None, None]


def test_the_cover_has_a_first_page_of_its_own(document: Document) -> None:
    cover, *others = document.sections
    assert cover.different_first_page_header_footer and not any(s.different_first_page_header_footer for s in others)
    assert not cover.first_page_header.is_linked_to_previous and not cover.first_page_header.paragraphs[0].text


def test_folios_are_set_in_one_place(document: Document) -> None:
    """A section counts with the footer of the one before where it counts alike."""
    own = [i for i, section in enumerate(document.sections) if not section.footer.is_linked_to_previous]
    assert own == [1, 2, 4, 6]  # none, roman, arabic, none again


def test_chapters_that_follow_on_with_and_without_number_are_told_apart_by_the_page(theme: Theme) -> None:
    """Word asks where 结语 begins; LibreOffice, which would print the question, shows what each chapter sets."""
    flowing = set_theme(theme, chapters="continuous")
    section = written_with(make_content(), flowing).sections[4]
    element = section.header.paragraphs[0]._p
    choice, fallback = (next(element.iter(f"{MC}{name}")) for name in ("Choice", "Fallback"))
    ending = next(e for e in open_docx_body(section) if texts(e) == "结语" and style_of(e) == "Heading1Plain")
    name = ending.find(qn("w:bookmarkStart")).get(qn("w:name"))
    assert choice.get("Requires") == "w15"
    assert " ".join(instructions(choice)).split() == (
        f'IF PAGE < PAGEREF {name} " {" ".join(COUNTED[1:])} " " {PLAIN[1]} "').split()  # fmt: skip
    assert instructions(fallback) == ["REF chapter"] and texts(fallback) == ""
    assert in_fields(choice) == in_fields(fallback) == 0


def open_docx_body(section: WordSection) -> list[Element]:
    root: Any = section._sectPr.getroottree().getroot()
    return list(root.iter(qn("w:p")))


def in_fields(element: Element) -> int:
    """How many fields are begun and not ended."""
    kinds = [char.get(qn("w:fldCharType")) for char in element.iter(qn("w:fldChar"))]
    return kinds.count("begin") - kinds.count("end")


def test_libreoffice_is_told_each_chapter_where_it_begins(document: Document) -> None:
    """As a variable, which Word does not read: test_libreoffice.py shows what becomes of it."""
    told = [(instructions(fallback), texts(fallback)) for e in document.element.body.iter(qn("w:p"))
            if style_of(e) in ("Heading1", "Heading1Plain") for fallback in e.iter(f"{MC}Fallback")]  # fmt: skip
    chapters = ["一、货运：总量见顶，结构在变", "二、企业怎么办", "结语", "附录　数据核校", "参考文献"]
    assert told == [([f'SET chapter "{chapter}"'], "") for chapter in chapters]


# ---------------------------------------------------------------- numbers of headings


def counted(document: Document, styles: Sequence[str] | None = None) -> list[str]:
    """The number that Word's list engine sets before each heading (17.9): by its style, or its own list; of further
    paragraphs at the end in these styles too."""
    numbering: Any = document.part.numbering_part.element
    base = {n.get(qn("w:numId")): n.find(qn("w:abstractNumId")).get(qn("w:val")) for n in numbering.iter(qn("w:num"))}
    levels = {a.get(qn("w:abstractNumId")): list(a.iter(qn("w:lvl"))) for a in numbering.iter(qn("w:abstractNum"))}
    by_style = {s.get(qn("w:styleId")): s.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
                for s in document.styles.element.iter(qn("w:style"))}  # fmt: skip
    found = []
    counts: dict[int, int] = {}
    headings = [(style_of(e), e.find(f"{qn('w:pPr')}/{qn('w:numPr')}")) for e in document.element.body.iter(qn("w:p"))
                if style_of(e).startswith("Heading")]  # fmt: skip
    for style, own in [*headings, *((style, None) for style in styles or ())]:
        number = by_style[style] if own is None else own
        list_id = number.find(qn("w:numId")).get(qn("w:val"))
        if list_id == "0":
            found.append("")
            continue
        assert list_id == "1", "a list of its own"
        at = int(number.find(qn("w:ilvl")).get(qn("w:val")))
        counts[at] = counts.get(at, 0) + 1
        counts = {deep: count for deep, count in counts.items() if deep <= at or not restarts(levels["0"][deep], at)}
        assert base["1"] == "0"
        text = levels["0"][at].find(qn("w:lvlText")).get(qn("w:val"))
        form = levels["0"][at].find(qn("w:numFmt")).get(qn("w:val"))
        shown = str(counts[at]) if form == "decimal" else han_number(counts[at])
        found.append(text.replace(f"%{at + 1}", shown))
    return found


def restarts(level: Element, above: int) -> bool:
    """Whether a level counts anew after one above it: after any, unless it says after which, 0 for none (17.9.10)."""
    rule = level.find(qn("w:lvlRestart"))
    return rule is None or above < int(rule.get(qn("w:val")))


def test_word_counts_the_numbers_that_are_printed(theme: Theme) -> None:
    body = (h(1, "", "引言", "a"), h(1, "一、", "甲", "b"), h(2, "（一）", "乙", "c"), h(3, "1.", "丙", "d"),
            h(3, "2.", "丁", "e"), h(2, "（二）", "戊", "f"), h(3, "1.", "己", "g"), h(1, "", "专论", "i"),
            h(2, "（一）", "庚", "j"), h(1, "二、", "辛", "k"), h(2, "（一）", "壬", "l"),
            h(1, "", "结语", "m"))  # fmt: skip
    document = written_with(with_body(*body), theme)
    printed = [heading.number for heading in body]
    assert counted(document)[: len(body)] == printed and "二、" in printed


def test_what_an_editor_adds_under_an_uncounted_chapter_counts_from_one(document: Document) -> None:
    """The annex counts by its styles alone, and so does a heading added to it or behind 参考文献."""
    assert counted(document)[-3:] == ["", "（一）", ""]
    added = counted(document, ["Heading2", "Heading2", "Heading1", "Heading2"])[-4:]
    assert added == ["（一）", "（二）", "三、", "（一）"]
    numbered = [e for e in document.element.body.iter(qn("w:p")) if style_of(e).startswith("Heading")
                and e.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None]  # fmt: skip
    assert numbered == []


def test_a_number_word_would_not_count_is_written_out() -> None:
    body = Part(role="body", blocks=(h(1, "一、", "甲", "a"), h(1, "三、", "乙", "b"), h(1, "二、", "丙", "c"),
                                     h(2, "（一）", "丁", "d"), h(2, "1、", "戊", "e")))  # fmt: skip
    content = make_content().changed({"parts": (body,)})
    assert heading_lists(content) == {"a": 0, "c": 0, "d": 0}


def test_lists_of_their_own_only_where_a_style_would_count_on() -> None:
    parts = (
        Part(role="body", blocks=(h(1, "一、", "甲", "a"), h(2, "（一）", "乙", "b"), h(2, "（二）", "丙", "c"))),
        Part(role="annex", blocks=(h(1, "", "附录", "d"), h(2, "（一）", "丁", "e"), h(2, "（一）", "戊", "f"))),
        Part(role="annex", blocks=(h(1, "二、", "己", "g"), h(2, "（一）", "庚", "i"))),
    )
    content = make_content().changed({"parts": parts})
    assert heading_lists(content) == {"a": 0, "b": 0, "c": 0, "e": 0, "f": 1, "g": 0, "i": 0}


def test_the_titles_of_front_pages_do_not_count_anew() -> None:
    """Their style is no heading's."""
    parts = (
        Part(role="abstract", blocks=(h(1, "", "摘要", "a"), h(2, "（一）", "乙", "b"))),
        Part(role="contents", blocks=(h(1, "", "目录", "c"), h(2, "（二）", "丁", "d"))),
    )
    assert heading_lists(make_content().changed({"parts": parts})) == {"b": 0, "d": 0}


def test_han_numbers() -> None:
    assert [han_number(n) for n in (1, 9, 10, 11, 20, 35, 99)] == ["一", "九", "十", "十一", "二十", "三十五", "九十九"]
