"""Tables in print: figures that line up, cells that are joined, columns that break nothing, notes beneath."""

from __future__ import annotations

import io
import re

import pikepdf
import pytest

from report.content.nodes import Cell, Column, Note, NoteMark, Part, Table, Text
from report.errors import ReportError
from report.theme.theme import Theme
from report.writers.pdf.layout import Page, Rule, TextLine
from report.writers.pdf.write import write_pdf

from .pressed import Press, lines, set_
from .sample import content, row, spanned_table, text
from .tree import elements

NOTES = {"n": Note(inlines=text("注文"))}


def table(columns: str, *rows: tuple[str | Cell, ...], head: tuple[str | Cell, ...] = (), **more: object) -> Table:
    """A table; `columns` has l, c, r or d for each."""
    aligns = {"l": "left", "c": "center", "r": "right", "d": "decimal"}
    fields = {"id": "t", "number": 1, "caption": text("题"), "source": ()} | more
    return Table(
        columns=tuple(Column(align=aligns[one]) for one in columns),  # type: ignore[arg-type]
        head=(row(*head),) if head else (), rows=tuple(row(*one) for one in rows), **fields,  # type: ignore[arg-type]
    )


def first_page(press: Press, *tables: Table) -> Page:
    """The page on which the first table stands."""
    pages = set_(press, tables, NOTES).pages
    return next(page for page in pages if lines(page, "table-cell"))


def cell_line(page: Page, words: str) -> TextLine:
    """The line of a cell that begins so."""
    return next(line for line in lines(page, "table-cell", "table-head") if line.text.startswith(words))


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize("one, other", [("12.5", "1,203.25"), ("7", "98.75"), ("-3.5", "12.125"), ("约640", "79.6")])
def test_points_stand_below_each_other(press: Press, one: str, other: str) -> None:
    """Whatever stands before and behind: the whole numbers end at the same place."""
    page = first_page(press, table("ld", ("甲", one), ("乙", other)))
    ends = []
    for words in (one, other):
        line = cell_line(page, words)
        tail = len(words.partition(".")[2]) + ("." in words)
        ends.append(line.end - 10.5 * (0.5 * tail - 0.25 * ("." in words)))

    assert ends[0] == pytest.approx(ends[1], abs=0.2)


def test_a_note_mark_moves_no_point(press: Press) -> None:
    marked = Cell(inlines=(Text(text="12.5"), NoteMark(note="n")))
    page = first_page(press, table("ld", ("甲", marked), ("乙", "13.5")))

    assert cell_line(page, "12.5").start == pytest.approx(cell_line(page, "13.5").start, abs=0.01)


def test_what_is_no_number_stands_in_the_middle(press: Press) -> None:
    page = first_page(press, table("ld", ("甲", "12.5"), ("乙", "—"), ("丙", "13.5")))
    dash, figure = cell_line(page, "—"), cell_line(page, "12.5")

    assert (dash.start + dash.end) / 2 == pytest.approx((figure.start + figure.end) / 2, abs=0.5)


# ---------------------------------------------------------------- columns


def test_no_figure_is_parted_from_its_unit(press: Press) -> None:
    """In a table that asks for twice the room there is."""
    words = (
        "《芯片与科学法案》", "商务部工业与安全局（BIS）", "527亿美元", "在美设厂的企业十年内不得扩大先进制程产能",
        "2022年8月9日", "约1,203.5万吨",
    )  # fmt: skip
    head = ("政策", "主管部门", "资金", "豁免情形", "日期", "产能")
    page = first_page(press, table("llllll", *[words] * 3, head=head))
    ends = [line.text for line in lines(page, "table-cell")]

    assert not [end for end in ends if re.search(r"[\d,.约]$", end)]
    assert sum(end.startswith("527亿美元") for end in ends) == 3


def test_no_column_is_one_character_wide(press: Press) -> None:
    long = "在美设厂的企业，十年内不得在受关注国家扩大先进制程产能，已有的成熟制程产能除外，须逐年申报。" * 3
    page = first_page(press, table("llll", ("国家政策", "主管部门", "适用范围说明", long)))
    words = [line.text for line in lines(page, "table-cell")]

    assert "国家政策" in words
    assert min(len(word) for word in words if word not in long) >= 2


def test_no_cell_is_broken_while_its_neighbour_has_room(press: Press) -> None:
    """Not even where the author has named other shares."""
    rows = [("国防高级研究计划局预算", "49.15亿美元", "一个机构"), ("私人投资", "1150亿至1350亿美元", "全国")]
    whole = table("lrl", *rows)
    columns = (Column(align="left", width=0.2), Column(align="right", width=0.2), Column(align="left", width=0.6))
    for one in (whole, whole.changed({"columns": columns})):
        page = first_page(press, one)
        assert [line.text for line in lines(page, "table-cell")] == [cell for row in rows for cell in row]


def test_columns_give_each_other_room_for_fewer_lines(press: Press) -> None:
    """Long words and the verdicts beside them share the room so that each row has two lines."""
    verdict, quoted = "不一致，分项不合（见第一条）", "在企业任职的人数，与高校任职者一并计入总数，" * 2
    annex = table("lll", *[("追踪对象中的人数", quoted, verdict)] * 12, style="annex")
    cells = [line.text for page in set_(press, [annex]).pages for line in lines(page, "annex-cell")]

    assert [max(sum(cell in words for cell in cells) for words in (quoted, verdict))] == [2 * 12]


def test_a_caption_with_a_number_of_its_own_goes_on_with_it(press: Press) -> None:
    rows = [("甲", "乙")] * 90
    annex = table("ll", *rows, head=("项", "数"), style="annex", number=0, caption=text("附表1　数据及其出处"))
    captions = [[line.text for line in lines(page, "caption-table")] for page in set_(press, [annex]).pages]

    assert [found for page in captions for found in page] == ["附表1　数据及其出处", *["续附表1　数据及其出处"] * 2]


def test_a_table_too_wide_is_told_with_what_helps(press: Press) -> None:
    """One that would fit across the page is to lie across; one that would not is to be parted."""
    wide = table("l" + "r" * 13, ("甲", *["12,345.6"] * 13), caption=text("逐年的产量"))
    with pytest.raises(ReportError, match=r"表1　逐年的产量: 14 栏排不下：至少要 \d+ 毫米宽，版心只有 144 毫米.*横排"):
        set_(press, [wide])

    wider = table("l" + "r" * 29, ("甲", *["12,345.6"] * 29), landscape=True)
    with pytest.raises(ReportError, match="表1　题: 30 栏排不下.*拆成几张表"):
        set_(press, [wider])


def test_thirty_short_columns_lie_across_a_page(press: Press) -> None:
    layout = set_(press, [table("l" + "r" * 29, ("甲", *["12"] * 29), landscape=True)])
    page = next(page for page in layout.pages if lines(page, "table-cell"))

    assert len(lines(page, "table-cell")) == 30
    assert max(line.end for line in lines(page, "table-cell")) > 595


# ---------------------------------------------------------------- rows


def test_a_joined_head_stands_over_its_columns_and_in_the_middle(press: Press) -> None:
    page = first_page(press, spanned_table("t", 1))
    over, left, right = (cell_line(page, words) for words in ("期限", "首次", "续签"))
    middle = (over.start + over.end) / 2

    assert left.start < middle < right.end
    assert left.y < cell_line(page, "东部").y
    assert over.y < cell_line(page, "地区").y < left.y  # over two rows: between them


def test_rules_do_not_cross_a_joined_cell(press: Press) -> None:
    page = first_page(press, spanned_table("t", 1))
    east = cell_line(page, "东部")
    near = [rule for rule in page.items if isinstance(rule, Rule) and rule.x1 <= east.start <= rule.x2]
    between = [rule for rule in near if abs(rule.y1 - east.y) < 9]

    assert between == []


def test_notes_stand_under_the_table_before_its_source(press: Press) -> None:
    notes = (text("注：口径不一。"), text("又注：含试运行。"))
    page = first_page(press, table("ll", ("甲", "乙"), notes=notes, source=text("资料来源：文献[1]。")))
    under = [line.text for line in lines(page, "source-note")]

    assert under == ["注：口径不一。", "又注：含试运行。", "资料来源：文献[1]。"]
    assert lines(page, "source-note")[0].y > cell_line(page, "甲").y


# ---------------------------------------------------------------- as read aloud


def test_spans_and_scopes_are_in_the_structure(press: Press, theme: Theme) -> None:
    """TH with its scope; ColSpan and RowSpan where a cell spans (ISO 32000-1, table 349)."""
    data, _ = write_pdf(content([Part(role="body", blocks=(spanned_table("t", 1),))], {}), *press, {})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        cells = [one for one in elements(pdf.Root.StructTreeRoot) if str(one.S) in ("/TH", "/TD")]
        found = [(str(one.S)[1:], *(str(one.A.get(key, "")) for key in ("/Scope", "/ColSpan", "/RowSpan")))
                 if "/A" in one else (str(one.S)[1:], "", "", "") for one in cells]

    assert found[:5] == [
        ("TH", "/Column", "", "2"), ("TH", "/Column", "2", ""), ("TH", "/Column", "", "2"),
        ("TH", "/Column", "", ""), ("TH", "/Column", "", ""),
    ]
    assert ("TH", "/Row", "", "2") in found and ("TD", "", "2", "") in found
