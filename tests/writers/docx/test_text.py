"""What stands in the document: headings, notes, references, contents, sections, tables, as a reader would get them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document as open_docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from report.content.nodes import Column, Content, Figure, Heading, Link, NoteMark, Part, Table
from report.content.walk import plain
from report.errors import ReportError
from report.theme.theme import Theme
from report.writers.docx.columns import column_widths, grid_rows
from report.writers.docx.contents import target_pages
from report.writers.docx.inlines import text_runs
from report.writers.docx.lint import lint_docx
from report.writers.docx.order import as_shown
from report.writers.docx.package import footnotes_part
from report.writers.docx.write import write_docx
from report.writers.docx.xml import Element, serialise

from .sample import NOTES, cell, h, make_content, make_layout, make_picture, p, row


def texts(element: Element) -> str:
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def style_of(paragraph: Element) -> str:
    return str(paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")))


def paragraphs(document: Document, style: str) -> list[Element]:
    return [e for e in document.element.body.iter(qn("w:p")) if style_of(e) == style]


def instructions(element: Element) -> list[str]:
    return [(node.text or "").strip() for node in element.iter(qn("w:instrText"))]


def test_headings_are_word_headings(document: Document) -> None:
    found = [(p.style.name, p.text) for p in document.paragraphs if p.style and "eading" in p.style.name]
    assert found == [
        ("TOC Heading", "目　录"),
        ("Heading 1", "货运：总量见顶，结构在变"),
        ("Heading 2", "码头与铁路"),
        ("Heading 3", "铁路改变了什么"),
        ("Heading 2", "仓储搬家"),
        ("Heading 1", "企业怎么办"),
        ("Heading 2", "短期"),
        ("Heading 2", "所用数据"),
    ]
    unnumbered = [p.text for p in document.paragraphs if p.style and p.style.name == "标题 1 无编号"]
    assert unnumbered == ["结语", "附录　数据核校", "参考文献"]


def test_a_value_is_a_content_control_with_its_name(document: Document) -> None:
    """python-docx leaves out what stands in a control: the words are read from the XML."""
    paragraph = next(p for p in document.paragraphs if "吞吐量为" in p.text)
    assert texts(paragraph._p).startswith("去年吞吐量为约1422万吨，高于前年。企业的说法是“江边太远”，见")
    [control] = paragraph._p.iter(qn("w:sdt"))
    properties = control.find(qn("w:sdtPr"))
    assert {child.tag: child.get(qn("w:val")) for child in properties if child.tag != qn("w:id")} == {
        qn("w:alias"): "吞吐量", qn("w:tag"): "吞吐量",
    }  # fmt: skip
    assert texts(control) == "约1422万吨"


def test_notes_are_footnotes_in_order(document: Document, content: Content) -> None:
    marks = [mark.get(qn("w:id")) for mark in document.element.body.iter(qn("w:footnoteReference"))]
    assert marks == [str(i) for i in range(1, len(NOTES) + 1)]
    notes = [note for note in footnotes_part(document).element if note.get(qn("w:type")) is None]
    inlines = [i for part in content.parts for block in part.blocks for i in getattr(block, "inlines", ())]
    keys = [i.note for i in inlines if isinstance(i, NoteMark)]
    assert [texts(note).strip() for note in notes] == [plain(NOTES[key].inlines) for key in keys]


def test_a_notes_link_goes_where_it_says(document: Document) -> None:
    part = footnotes_part(document)
    link = next(iter(part.element.iter(qn("w:hyperlink"))))
    relation = part.rels[link.get(qn("r:id"))]
    assert relation.is_external and relation.target_ref == "https://example.org/port?year=2024&lang=zh"


def test_notes_are_circled_and_restart_in_every_section(document: Document) -> None:
    sections = list(document.element.body.iter(qn("w:sectPr")))
    assert len(sections) == 7
    for section in [*sections, document.settings.element]:
        numbers = section.find(qn("w:footnotePr"))
        assert numbers.find(qn("w:numFmt")).get(qn("w:val")) == "decimalEnclosedCircleChinese"
        assert numbers.find(qn("w:numRestart")).get(qn("w:val")) == "eachPage"


def test_contents_are_filled_with_the_layouts_pages(document: Document, content: Content) -> None:
    entries = [*paragraphs(document, "TOC1"), *paragraphs(document, "TOC2")]
    shown = {texts(entry) for entry in entries}
    pages = target_pages(content, make_layout())
    headings = {b.id: b for part in content.parts for b in part.blocks if isinstance(b, Heading)}
    assert shown == {headings[key].number + plain(headings[key].inlines) + page for key, page in pages.items()}
    assert set(pages.values()) == {"1", "3", "5", "7", "9", "10", "12"}
    assert all(any(i.startswith("PAGEREF _Toc") for i in instructions(entry)) for entry in entries)
    assert instructions(entries[0])[0] == 'TOC \\o "1-2" \\h \\z \\t "标题 1 无编号,1,标题 2 无编号,2"'


def test_captions_count_and_references_point_at_them(document: Document) -> None:
    figure, table = paragraphs(document, "FigureCaption")[0], paragraphs(document, "TableCaption")[0]
    assert (texts(figure), texts(table)) == ("图1　河湾港吞吐量", "表1　四个码头的装卸量")
    assert instructions(figure) == ["SEQ 图 \\* ARABIC"]
    names = [e.find(qn("w:bookmarkStart")).get(qn("w:name")) for e in (figure, table)]
    referring = next(e for e in paragraphs(document, "BodyText") if "江边太远" in texts(e))
    assert instructions(referring) == [f"REF {name} \\h" for name in names]


def test_a_reference_to_a_heading_is_a_link(document: Document) -> None:
    target = paragraphs(document, "Heading1")[1].find(qn("w:bookmarkStart")).get(qn("w:name"))
    body = document.element.body
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink")) if texts(link) == "第二章"]
    assert links == [target] and target.startswith("_Ref")  # LibreOffice makes a page number of a link to a _Toc


def test_pictures_have_words(document: Document) -> None:
    drawing = next(iter(document.element.body.iter(qn("wp:docPr"))))
    assert drawing.get("descr") == "柱形图：吞吐量从2020年的900万吨升到2024年的1422万吨。"


def test_table_repeats_its_head_and_keeps_its_rows(document: Document) -> None:
    table = document.tables[0]
    heads = [r._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for r in table.rows]
    assert heads == [True, True, False, False, False, False]
    assert all(r._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for r in table.rows)
    assert [c.text for c in table.rows[0].cells] == ["码头", "位置", "装卸量", "装卸量"]
    assert [c.text for c in table.rows[1].cells] == ["码头", "位置", "2024年（万吨）", "增幅"]
    assert [c.text for c in table.rows[3].cells] == ["江边", "二号码头", "87.25", "约12%"]
    assert [c.text for c in table.rows[5].cells] == ["合计", "合计", "1422.75", "5%"]


def test_figures_line_up_on_a_decimal_tab(document: Document) -> None:
    """A cell with one decimal tab has its text set on it, unasked (Word); elsewhere the indents do it."""
    cells = [r.cells[2]._tc for r in document.tables[0].rows[2:]]
    tabs = [[(tab.get(qn("w:val")), tab.get(qn("w:pos"))) for tab in cell.iter(qn("w:tab"))] for cell in cells]
    assert [len(found) for found in tabs] == [1] * len(cells) and len({found[0] for found in tabs}) == 1
    assert tabs[0][0][0] == "decimal" and not any(list(cell.iter(qn("w:jc"))) for cell in cells)
    whole = [texts(cell).partition(".")[0] for cell in cells]
    starts = [int(next(cell.iter(qn("w:ind"))).get(qn("w:left"))) for cell in cells]
    points = [start + round(len(words) / 2 * 10.5 * 20) for words, start in zip(whole, starts, strict=True)]
    assert max(points) - min(points) <= 1 and 0 <= int(tabs[0][0][1]) - points[0] <= 1.05 * 10.5 * 20


def test_each_ordered_list_counts_from_one(document: Document) -> None:
    path = f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}"
    first, second, other = (e.find(path).get(qn("w:val")) for e in paragraphs(document, "ListNumber"))
    assert first == second != other


def test_a_box_is_paragraphs_of_one_border(document: Document) -> None:
    styles = [style_of(e) for e in document.element.body.iter(qn("w:p"))]
    start = styles.index("BoxTitle")
    assert styles[start : start + 5] == ["BoxTitle", "BoxBody", "BoxList", "BoxList", "BoxEnd"]


def test_every_section_with_notes_keeps_the_rule_over_them(document: Document) -> None:
    """LibreOffice wants a separator in the section, right after the first mark; Word takes the choice: none."""
    fallbacks = [e.getparent() for e in document.element.body.iter(qn("w:separator"))]
    choices = [e.getprevious() for e in fallbacks]
    assert [(e.get("Requires"), len(e)) for e in choices] == [("w15", 0)]
    hidden = [e.getparent().getparent() for e in fallbacks]
    assert [e.find(f"{qn('w:rPr')}/{qn('w:rStyle')}").get(qn("w:val")) for e in hidden] == ["Hidden"]
    assert [e.getprevious().find(qn("w:footnoteReference")).get(qn("w:id")) for e in hidden] == ["1"]


# ---------------------------------------------------------------- the PDF's order


def shown(*lines: tuple[str, str]) -> dict[str, Any]:
    """A layout of one page with these lines (role, words), top to bottom."""
    page = [{"role": role, "text": text, "x": 0, "y": 20 * i, "width": 0, "size": 16} for i, (role, text) in
            enumerate(lines)]  # fmt: skip
    return {"pages": [{"number": "1", "blank": False, "lines": page, "notes": [], "headings": []}]}


def sample_body() -> Content:
    figure = next(b for part in make_content().parts for b in part.blocks if isinstance(b, Figure))
    blocks = (
        h(1, "一、", "港", "a"),
        p("第一段说的是码头。"),
        figure,
        p("第二段说的是铁路，长到要分页。"),
        p("第三段。"),
    )
    return make_content().changed({"parts": (Part(role="body", blocks=blocks),)})


def test_a_figure_stands_where_the_pdf_shows_it() -> None:
    layout = shown(("contents-1", "一、港"), ("heading-1", "一、港"), ("body", "第一段说的是码头"), ("body", "。"),
                   ("body", "第二段说的是铁路，"), ("caption-figure", "图1　河湾港吞吐量"), ("body", "长到要分页。"),
                   ("body", "第三段。"))  # fmt: skip
    kinds = [block.type for block in as_shown(sample_body(), layout).parts[0].blocks]
    assert kinds == ["heading", "paragraph", "paragraph", "figure", "paragraph"]


def test_order_is_kept_where_the_layout_is_another_texts() -> None:
    layout = shown(("heading-1", "一、港"), ("body", "另一篇文章。"), ("caption-figure", "图1　河湾港吞吐量"))
    assert as_shown(sample_body(), layout) == sample_body()


# ---------------------------------------------------------------- laws


def test_shared_punctuation_of_chinese_text_is_marked_chinese() -> None:
    def hinted(text: str, han: bool = True) -> list[tuple[str, bool]]:
        return [
            (texts(run), run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") is not None) for run in text_runs(text, han=han)
        ]

    assert hinted("所谓“江边”") == [("所谓“江边”", True)]
    assert hinted("见Smith’s书") == [("见Smith", True), ("’", False), ("s书", True)]
    assert hinted("“Port”", han=False) == [("“Port”", False)]
    assert hinted("只有句号。") == [("只有句号。", False)]


@given(
    st.lists(
        st.lists(
            st.tuples(st.text("一二ab", max_size=6), st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=4
        ),
        min_size=1,
        max_size=5,
    ),
    st.integers(1, 5),
)
def test_every_row_fills_the_grid(rows: list[list[tuple[str, int, int]]], columns: int) -> None:
    node = Table(id="t", number=1, caption=(), columns=(Column(),) * columns, head=(),
                 rows=tuple(row(*(cell(*c) for c in r)) for r in rows))  # fmt: skip
    for slots in grid_rows(node):
        assert sum(slot.columns for slot in slots) == columns
        assert [slot.column for slot in slots] == [sum(s.columns for s in slots[:i]) for i in range(len(slots))]
    widths, _ = column_widths(node, list(grid_rows(node)), 8164, 38.9, 0.8)
    assert sum(widths) == 8164 and min(widths) > 0


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1))
def test_text_comes_back_as_it_went_in(text: str) -> None:
    assert "".join(texts(run) for run in text_runs(text)) == text


@given(st.text())
def test_no_text_breaks_the_xml(text: str) -> None:
    assert all(parse_xml(serialise(run)) is not None for run in text_runs(text))


def with_link(theme: Theme, url: str) -> Document:
    content = make_content()
    part = Part(role="series", blocks=(p(Link(url=url, text="网址")),))
    made = content.changed({"parts": (*content.parts, part)})
    data = write_docx(made, theme, make_layout(), {"throughput": make_picture()})
    assert lint_docx(data) == []
    return open_docx(io.BytesIO(data))


def test_links_are_http_only(theme: Theme) -> None:
    with pytest.raises(ReportError, match="javascript"):
        with_link(theme, "javascript:alert(1)")


def test_what_no_address_may_hold_is_escaped(theme: Theme) -> None:
    """Word asks to repair a file whose relationships hold it; what is escaped already stays as it is."""
    document = with_link(theme, 'https://example.org/a b?q="<x>"&r={1}|\\^`\x07%20[2]港')
    targets = {relation.target_ref for relation in document.part.rels.values() if relation.is_external}
    assert targets == {"https://example.org/a%20b?q=%22%3Cx%3E%22&r=%7B1%7D%7C%5C%5E%60%20[2]港"}


def test_source_notes_of_tables_start_at_the_left(document: Document, theme: Theme) -> None:
    assert theme.roles["source-note"].align == "center"
    styles = {s.get(qn("w:styleId")): s for s in document.styles.element.iter(qn("w:style"))}
    assert styles["TableSource"].find(f"{qn('w:pPr')}/{qn('w:jc')}").get(qn("w:val")) == "left"
    tables = document.element.body.findall(qn("w:tbl"))
    after = [style_of(table.getnext()) for table in tables if table.getnext().tag == qn("w:p")]
    assert "TableSource" in after and "SourceNote" not in after


def test_a_decimal_column_of_mixed_units_is_set_right_and_clear_of_the_next(theme: Theme) -> None:
    node = Table(
        id="t", number=1, caption=(), columns=(Column(), Column(align="decimal"), Column()),
        head=(), rows=(row("甲", "约60%", "2024年"), row("乙", "175台", "2025年"), row("丙", "约64亿美元", "")),
    )  # fmt: skip
    content = make_content()
    body = next(part for part in content.parts if part.role == "body")
    longer = body.changed({"blocks": (*body.blocks, node)})
    parts = tuple(longer if part is body else part for part in content.parts)
    made = write_docx(content.changed({"parts": parts}), theme, make_layout(), {"throughput": make_picture()})
    table = next(t for t in open_docx(io.BytesIO(made)).element.body.iter(qn("w:tbl")) if "175台" in texts(t))
    cells = [tr.findall(qn("w:tc"))[1].find(f"{qn('w:p')}/{qn('w:pPr')}") for tr in table.iter(qn("w:tr"))]
    assert {cell.find(qn("w:pStyle")).get(qn("w:val")) for cell in cells} == {"TableNumber"}
    [white] = {side.get(qn("w:w")) for cell in table.iter(qn("w:tcMar")) for side in cell}
    assert int(white) == round((1.5 * theme.roles["table-cell"].size + theme.table.padding) * 20)
