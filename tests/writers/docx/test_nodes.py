"""What an author can write beyond plain text, in Word: lists in levels, pages referred to, lists of tables, notes under
a table, a page that lies across."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document as open_docx
from docx.document import Document
from docx.oxml.ns import qn

from report.content.nodes import (
    Block,
    Box,
    Cell,
    Column,
    Contents,
    ListBlock,
    NoteMark,
    PageRef,
    Part,
    Quote,
    Table,
)
from report.errors import ReportError
from report.theme.theme import Theme
from report.writers.docx.lint import lint_docx
from report.writers.docx.write import write_docx
from report.writers.docx.xml import Element

from .sample import cell, h, make_content, make_layout, make_picture, p, row, t
from .test_text import instructions, paragraphs, style_of, texts


def write(theme: Theme, *blocks: Block, front: tuple[Part, ...] = (), anchors: tuple[str, ...] = ()) -> Document:
    """The sample with these blocks as its last chapter, on page 8; sound by the lint."""
    layout: dict[str, Any] = make_layout()
    layout["pages"].append({"number": "8", "blank": False, "lines": [], "notes": [], "headings": [],
                            "anchors": ["more", *anchors]})  # fmt: skip
    content = make_content()
    body = next(part for part in content.parts if part.role == "body")
    longer = body.changed({"blocks": (*body.blocks, h(1, "三、", "另一章", "more"), *blocks)})
    parts = tuple(longer if part is body else part for part in content.parts)
    data = write_docx(content.changed({"parts": (*front, *parts)}), theme, layout, {"throughput": make_picture()})
    assert lint_docx(data) == []
    return open_docx(io.BytesIO(data))


def table(**more: Any) -> Table:
    fields: dict[str, Any] = {
        "id": "extra", "number": 2, "caption": (t("另一张表"),), "columns": (Column(), Column(align="decimal")),
        "head": (row("码头", "装卸量"),), "rows": (row("江边", "12.5"), row("铁路旁", "3")), "source": (),
    }  # fmt: skip
    return Table(**(fields | more))


def levels(document: Document, name: str) -> list[tuple[str, str]]:
    """The paragraphs of a list style: level and text."""
    path = f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}"
    return [(e.find(path).get(qn("w:val")), texts(e)) for e in paragraphs(document, name) if e.find(path) is not None]


def nested(ordered: bool, words: str = "甲乙丙") -> ListBlock:
    """A list in a list in a list, one item each."""
    inner: tuple[Block, ...] = ()
    for word in reversed(words):
        inner = (ListBlock(ordered=ordered, items=((p(word), *inner),)),)
    [block] = inner
    assert isinstance(block, ListBlock)
    return block


def labels(document: Document, style: str) -> list[str]:
    """The labels of a list style's levels, as its numbering says them."""
    numbering = document.part.numbering_part.element
    linked = next(level for level in numbering.iter(qn("w:lvl"))
                  if (mark := level.find(qn("w:pStyle"))) is not None and mark.get(qn("w:val")) == style)  # fmt: skip
    return [level.find(qn("w:lvlText")).get(qn("w:val")) for level in linked.getparent().iter(qn("w:lvl"))]


def test_every_level_of_a_list_has_its_label(theme: Theme) -> None:
    document = write(theme, nested(ordered=True), nested(ordered=False))

    assert levels(document, "ListNumber")[-3:] == [("0", "甲"), ("1", "乙"), ("2", "丙")]
    assert levels(document, "ListBullet")[-3:] == [("0", "甲"), ("1", "乙"), ("2", "丙")]
    assert labels(document, "ListNumber") == ["%1.", "（%2）", *(f"%{level}" for level in range(3, 10))]
    assert labels(document, "ListBullet") == ["•", "–", *"◦◦◦◦◦◦◦"]


def test_what_follows_in_an_item_begins_under_its_words(theme: Theme) -> None:
    inner = ListBlock(ordered=True, items=((p("甲"), p("续甲")),))
    document = write(theme, ListBlock(ordered=True, items=((p("外"), inner, p("续外")),)))
    found = {texts(e): e.find(f"{qn('w:pPr')}/{qn('w:ind')}") for e in paragraphs(document, "ListContinue")}
    level = list(document.part.numbering_part.element.iter(qn("w:abstractNum")))[2].findall(qn("w:lvl"))[1]

    assert found["续外"] is None  # as the style has it
    assert found["续甲"].get(qn("w:left")) == level.find(f"{qn('w:pPr')}/{qn('w:ind')}").get(qn("w:left"))


def test_a_list_ten_levels_deep_keeps_words_and_nine_levels(theme: Theme) -> None:
    """Word counts nine levels; what is deeper stands at the ninth, but further in."""
    document = write(theme, nested(ordered=True, words="一二三四五六七八九十"))
    assert levels(document, "ListNumber")[-10:] == list(zip("0123456788", "一二三四五六七八九十", strict=True))
    own = [e.find(f"{qn('w:pPr')}/{qn('w:ind')}") for e in paragraphs(document, "ListNumber")[-10:]]
    ninth = indents(document, "ListNumber")[8]
    assert own[:9] == [None] * 9 and int(own[9].get(qn("w:left"))) > int(ninth["left"])


def indents(document: Document, style: str) -> list[dict[str, str]]:
    """The indents of the levels of the list that is linked to a style."""
    numbering = document.part.numbering_part.element
    linked = next(level for level in numbering.iter(qn("w:lvl"))
                  if (mark := level.find(qn("w:pStyle"))) is not None and mark.get(qn("w:val")) == style)  # fmt: skip
    found = (level.find(f"{qn('w:pPr')}/{qn('w:ind')}") for level in linked.getparent().iter(qn("w:lvl")))
    return [{key.rpartition("}")[2]: value for key, value in indent.attrib.items()} for indent in found]


def test_a_nested_list_in_a_box_keeps_the_boxes_edge(theme: Theme) -> None:
    """Another edge would part the box's border; the lines of all levels hang from the box's own indent."""
    document = write(theme, Box(title=(t("题"),), blocks=(nested(ordered=True),)))
    boxed = [e for style in ("BoxList", "BoxEnd") for e in paragraphs(document, style) if texts(e) in "甲乙丙"]
    edge = document.styles["专栏正文"].element.find(f"{qn('w:pPr')}/{qn('w:ind')}").get(qn("w:left"))
    hung = indents(document, "BoxList")

    assert [texts(e) for e in boxed] == ["甲", "乙", "丙"]
    assert all(e.find(f"{qn('w:pPr')}/{qn('w:ind')}") is None for e in boxed)
    assert {int(level["left"]) - int(level["hanging"]) for level in hung} == {int(edge)}
    assert [int(level["hanging"]) for level in hung] == sorted({int(level["hanging"]) for level in hung})
    starts = [len(label) - len(label.lstrip()) for label in labels(document, "BoxList")]
    assert starts == sorted(set(starts)) and starts[0] == 0  # what is deeper begins further in


def test_a_box_goes_on_round_a_table_and_a_quotation(theme: Theme) -> None:
    """The table stands in a cell with the box's ground and bar; what follows it is the box's again."""
    quote = Quote(blocks=(p("引来的话。"),))
    document = write(theme, Box(title=(t("题"),), blocks=(p("甲。"), table(), quote, p("乙。"))))
    start = next(e for e in paragraphs(document, "BoxTitle") if texts(e) == "题")
    parts = [start, *(e for e, _ in zip(start.itersiblings(), range(4), strict=False))]
    frame = parts[2]

    assert [style_of(e) if e.tag == qn("w:p") else "frame" for e in parts] == [
        "BoxTitle", "BoxBody", "frame", "BoxQuote", "BoxEnd"]  # fmt: skip
    assert frame.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}").get(qn("w:val")) == "BoxFrame"
    inner = frame.find(f".//{qn('w:tbl')}")
    assert "铁路旁" in texts(inner) and width(inner) < width(frame) - 2 * 20 * theme.box.padding + 1


def test_a_table_that_ends_a_box_has_white_below_it(theme: Theme) -> None:
    document = write(theme, Box(title=(t("题"),), blocks=(table(),)), p("后。"))
    frame = next(e for e in paragraphs(document, "BoxTitle") if texts(e) == "题").getnext()

    assert frame.tag == qn("w:tbl") and style_of(frame.getnext()) == "Break"


def test_a_box_in_all_its_styles_has_the_same_edges(document: Document, theme: Theme) -> None:
    """A border's place is the indent less its distance; Word joins paragraphs whose edges agree."""
    styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}
    edges = set()
    for name in ("BoxTitle", "BoxBody", "BoxQuote"):
        indent, border = styles[name].find(f".//{qn('w:ind')}"), styles[name].find(f".//{qn('w:pBdr')}")
        edges |= {(side, int(indent.get(qn(f"w:{side}"))) - 20 * int(border.find(qn(f"w:{side}")).get(qn("w:space"))))
                  for side in ("left", "right")}  # fmt: skip
    assert edges == {("left", round(20 * theme.box.bar)), ("right", 0)}


def test_a_page_is_a_field_that_is_filled_in(theme: Theme) -> None:
    ref = PageRef(target="extra", before="第", after="页", label="表2")
    document = write(theme, p("见", ref, "。"), table(), anchors=("extra",))
    line = next(e for e in paragraphs(document, "BodyText") if texts(e).startswith("见第"))
    bookmark = paragraphs(document, "TableCaption")[-1].find(qn("w:bookmarkStart")).get(qn("w:name"))

    assert texts(line) == "见第8页。"
    assert instructions(line) == [f"PAGEREF {bookmark} \\h"]


def test_a_page_of_nothing_is_told(theme: Theme) -> None:
    with pytest.raises(ReportError, match="找不到“表9”所在的页"):
        write(theme, p(PageRef(target="nothing", label="表9")))


def test_a_number_that_a_title_brings_is_counted(theme: Theme) -> None:
    """附表1 can be referred to and counted anew; a number that Word would not count stays words."""
    titles = ("附表1　用语", "附表2　数据", "附表4　分歧", "数据")
    tables = [table(id=f"a{i}", number=0, caption=(t(words),), style="annex") for i, words in enumerate(titles)]
    found = paragraphs(write(theme, *tables), "TableCaption")[-4:]

    assert [texts(e) for e in found] == list(titles)
    assert [instructions(e) for e in found] == [["SEQ 附表 \\* ARABIC"]] * 2 + [[]] * 2
    marks = [e.find(qn("w:bookmarkStart")) for e in found]
    assert [mark is not None for mark in marks] == [True, True, False, False]


def test_tables_are_listed_with_their_pages(theme: Theme) -> None:
    front = Part(role="contents", title="表目录", blocks=(h(1, "", "表目录", "tables"), Contents(kind="tables")))
    document = write(theme, table(), front=(front,), anchors=("extra",))
    lines = paragraphs(document, "TableofFigures")

    names = [line.find(qn("w:hyperlink")).get(qn("w:anchor")) for line in lines]
    whole = [e[1] for e in paragraphs(document, "TableCaption") if e[1].tag == qn("w:bookmarkStart")]

    assert [texts(line) for line in lines] == ["表1　四个码头的装卸量2", "表2　另一张表8"]
    assert [mark.get(qn("w:name")) for mark in whole] == names and all(name.startswith("_Toc") for name in names)
    assert instructions(lines[0])[0] == 'TOC \\h \\z \\c "表"'


def test_a_table_tells_its_columns_and_has_a_title_always(theme: Theme) -> None:
    document = write(theme, table(), table(id="bare", number=0, caption=()), anchors=("extra", "bare"))
    told = [[table._tbl.tblPr.find(qn(f"w:{tag}")).get(qn("w:val")) for tag in ("tblCaption", "tblDescription")]
            for table in document.tables if [c.text for c in table.rows[0].cells] == ["码头", "装卸量"]]  # fmt: skip

    assert told == [["另一张表", "各列：码头、装卸量"], ["码头、装卸量", "各列：码头、装卸量"]]


def test_a_list_style_leaves_the_indents_to_its_levels(theme: Theme) -> None:
    """Indents in characters outweigh those of the list's levels, wherever they stand."""
    document = write(theme, nested(ordered=True))
    for name in ("List Number", "List Bullet"):
        indent = document.styles[name].element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
        assert [key for key in indent.attrib if key.endswith("Chars")] == []


def test_notes_stand_under_their_table(theme: Theme) -> None:
    notes = ((t("注：口径不一。"),), (t("又注。"),))
    document = write(theme, table(notes=notes, source=(t("资料来源：文献1。"),)))
    below = extra_table(document).itersiblings()

    assert [(style_of(e), texts(e)) for e, _ in zip(below, range(3), strict=False)] == [
        ("TableNote", "注：口径不一。"), ("TableNote", "又注。"), ("TableSource", "资料来源：文献1。")]  # fmt: skip


def extra_table(document: Document) -> Element:
    """The table that `table()` makes."""
    found: list[Element] = [e for e in document.element.body.iter(qn("w:tbl")) if "江边12.5" in texts(e)]
    return found[-1]


def test_a_table_across_the_page_has_a_section_of_its_own(theme: Theme) -> None:
    document = write(theme, p("前。"), table(landscape=True), p("后。"))
    sizes = [section.find(qn("w:pgSz")) for section in document.element.body.iter(qn("w:sectPr"))]
    turned = [i for i, size in enumerate(sizes) if size.get(qn("w:orient")) == "landscape"]
    wide = extra_table(document)

    assert len(turned) == 1
    assert sizes[turned[0]].get(qn("w:w")) == sizes[0].get(qn("w:h"))
    assert width(wide) > 8164 > width(document.tables[0]._tbl) - 100


def width(table: Element) -> int:
    return int(table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}").get(qn("w:w")))


def test_superscripts_and_marks_in_cells(theme: Theme) -> None:
    marked = Cell(inlines=(t("12.5"), NoteMark(note="n1")))
    document = write(theme, p("面积", t("m"), t("2", "superscript"), t("2", "subscript")),
                     table(rows=((Cell(inlines=(t("江边"),)), marked),)))  # fmt: skip
    line = next(e for e in paragraphs(document, "BodyText") if texts(e).startswith("面积"))
    styles = [e.get(qn("w:val")) for e in line.iter(qn("w:rStyle"))]

    assert styles == ["Superscript", "Subscript"]
    assert any(style_of(e) == "TableCell" and list(e.iter(qn("w:footnoteReference")))
               for e in document.element.body.iter(qn("w:p")))  # fmt: skip


def kept(document: Document) -> list[bool]:
    """Of each row of the extra table, whether it stays with the next."""
    rows = extra_table(document).findall(qn("w:tr"))
    return [all(p.find(f"{qn('w:pPr')}/{qn('w:keepNext')}") is not None for p in row.iter(qn("w:p"))) for row in rows]


def test_a_low_table_is_not_cut(theme: Theme) -> None:
    assert kept(write(theme, table(source=(t("来源"),)))) == [False, True, True]  # its head keeps by style


def test_a_higher_table_is_kept_together_at_its_ends_only(theme: Theme) -> None:
    """Else it would move whole to the next page and leave a hole."""
    rows = tuple(row(*pair) for pair in [("江边", "12.5"), *((f"第{i}处", "1.5") for i in range(11))])
    assert kept(write(theme, table(rows=rows))) == [False, True, *[False] * 9, True, False]


def test_rows_that_a_cell_joins_stay_together(theme: Theme) -> None:
    joined = [row(cell("江边", rows=3), "12.5"), row("2.5"), row("3.5")]
    rows = [*joined, *(row(f"第{i}处", "1.5") for i in range(9)), row(cell("合处", rows=2), "1.5"), row("2.5")]
    assert kept(write(theme, table(rows=tuple(rows)))) == [False, True, True, *[False] * 10, True, False]
