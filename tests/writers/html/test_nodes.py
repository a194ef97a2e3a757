"""What an author can write beyond plain text, on the web page: tables with joined cells, pages referred to, lists."""

from __future__ import annotations

from report.content.nodes import (
    Block,
    Box,
    Cell,
    Column,
    Content,
    Contents,
    Front,
    Heading,
    ListBlock,
    Note,
    NoteMark,
    PageRef,
    Paragraph,
    Part,
    Table,
    Text,
    TextStyle,
)
from report.theme.theme import Theme
from report.verify.read_html import read_html
from report.writers.html.write import write_html

from .page import Page

LABELS = {"figure": "图", "table": "表", "contents": "目录", "notes": "注释", "back": "回到正文", "skip": "跳到正文"}


def words(text: str, style: TextStyle = "") -> tuple[Text, ...]:
    return (Text(text=text, style=style),) if text else ()


def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(inlines=words(text), columns=columns, rows=rows)


def table(**more: object) -> Table:
    """Two head rows, joined cells, a decimal column."""
    fields: dict[str, object] = {
        "id": "t", "number": 1, "caption": words("题"), "columns": (Column(), Column(align="decimal"), Column()),
        "head": ((cell("类别", rows=2), cell("数量", columns=2)), (cell("上年"), cell("备注"))),
        "rows": (
            (cell("甲", rows=2), Cell(inlines=(*words("1,203.5"), NoteMark(note="n"))), cell("同上", rows=2)),
            (cell("98.25"),),
            (cell("乙"), cell("—"), cell("")),
        ),
        "notes": (words("注：一。"), words("注：二。")), "source": words("资料来源：文献[1]。"),
    }  # fmt: skip
    return Table(**(fields | more))  # type: ignore[arg-type]


def page_of(theme: Theme, *blocks: Block, parts: tuple[Part, ...] = ()) -> Page:
    front = Front(title="题", serial="一", code="", series="系列", kind="行业报告", date="2025-01-01", date_text="",
                  issuer="", author="")  # fmt: skip
    content = Content(front=front, parts=(*parts, Part(role="body", blocks=blocks)), labels=LABELS,
                      notes={"n": Note(inlines=words("注"))}, evidence={}, sources=())  # fmt: skip
    return Page(write_html(content, theme, {}))


def test_joined_cells_and_what_heads_name(theme: Theme) -> None:
    page = page_of(theme, table())
    heads = [(one.text, one["scope"], one.attributes.get("colspan"), one.attributes.get("rowspan"))
             for one in page.root.all("th")]  # fmt: skip

    assert heads == [
        ("类别", "col", None, "2"), ("数量", "colgroup", "2", None), ("上年", "col", None, None),
        ("备注", "col", None, None), ("甲", "rowgroup", None, "2"), ("乙", "row", None, None),
    ]


def test_a_figure_is_filled_up_to_the_longest_of_its_column(theme: Theme) -> None:
    """With room for the digits it lacks, which no reader and no check reads."""
    page = page_of(theme, table())
    pads = [(one["data-rest"], one.text) for one in page.root.all("span", "pad")]

    assert pads == [("5", "")]  # 1,203.5 beside 98.25
    assert "98.255" not in "".join(passage.text for passage in read_html(page.source).passages)


def test_notes_stand_before_the_source(theme: Theme) -> None:
    page = page_of(theme, table())

    assert [one.text for one in page.root.all("p", "source-note")] == ["注：一。", "注：二。", "资料来源：文献[1]。"]


def test_a_page_is_called_by_what_stands_on_it(theme: Theme) -> None:
    """There are no pages here; the link leads to the table."""
    page = page_of(theme, Paragraph(inlines=(*words("见"), PageRef(target="t", label="表1"))), table())
    [link] = page.root.all("a", "ref")

    assert (link.text, link["href"]) == ("表1", "#t")


def test_a_list_of_tables_stands_in_the_page(theme: Theme) -> None:
    """That of headings is the sidebar."""
    headed = (Heading(level=1, id="tables", number="", inlines=words("表目录")), Contents(kind="tables"))
    listed = (Heading(level=1, id="contents", number="", inlines=words("目录")), Contents())
    parts = (Part(role="contents", blocks=listed), Part(role="contents", blocks=headed))
    page = page_of(theme, table(), parts=parts)
    [entries] = page.root.all("ol", "captions")

    assert [(one.text, one["href"]) for one in entries.all("a")] == [("表1　题", "#t")]
    assert [one.text for one in page.root.all("h2", "heading-1")] == ["表目录"]


def test_lists_nest_and_styles_are_told(theme: Theme) -> None:
    inner = ListBlock(ordered=True, items=((Paragraph(role="box-body", inlines=words("乙")),),))
    outer = ListBlock(ordered=True, items=((Paragraph(role="box-body", inlines=words("甲")), inner),))
    styled = Paragraph(inlines=(*words("2", "superscript"), *words("2", "subscript"), *words("点", "dots")))
    page = page_of(theme, Box(title=words("题"), blocks=(outer,)), styled)

    nested = [one for one in page.root.all("ol", "list") if any(up.tag == "li" for up in one.ancestors())]
    assert [one.text for one in nested] == ["乙"]
    assert [one.text for one in page.root.all("sup")] == ["2"]
    assert [one.text for one in page.root.all("sub")] == ["2"]
    assert [one.text for one in page.root.all("span", "dots")] == ["点"]


def test_an_entry_shows_its_number_and_a_table_that_lies_across_scrolls(theme: Theme) -> None:
    entry = Paragraph(role="reference", inlines=words("[1] 甲. 题"))
    page = page_of(theme, entry, table().changed({"landscape": True}))

    assert [one.text for one in page.root.all("span", "entry")] == ["[1]"]
    assert [one.text for one in page.root.all("p", "reference")] == ["[1]甲. 题"]
    assert [one["id"] for one in page.root.all("figure", "across")] == ["t"]
