"""Markdown as an author writes it: what is read, and what is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from report.content.markdown import parse_section
from report.content.nodes import Column
from report.content.prose import (
    Anchor,
    Boxed,
    Celled,
    Cross,
    Head,
    Hole,
    Items,
    Mark,
    Para,
    Pictured,
    Piece,
    Prose,
    Quoted,
    Tabled,
    Words,
    walk,
)
from report.errors import ReportError
from report.templates.models import Section
from report.templates.slots import Slot

CASES = YAML(typ="safe").load((Path(__file__).parent / "cases/markdown_mistakes.yaml").read_text("utf-8"))

READ = YAML(typ="safe").load((Path(__file__).parent / "cases/markdown_read.yaml").read_text("utf-8"))


def parse(text: str, first_line: int = 1) -> Prose:
    """A section of that text."""
    return parse_section(Section(file="一.md", text=text, first_line=first_line))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["told"][0])
def test_a_mistake_is_told_with_its_line(case: dict[str, list[str]]) -> None:
    """Every mistake of the section at once, in the order of lines."""
    with pytest.raises(ReportError) as caught:
        parse(str(case["text"]))

    lines = str(caught.value).split("\n")
    assert len(lines) == len(case["told"])
    for line, told in zip(lines, case["told"], strict=True):
        assert line.startswith(f"一.md:{told}")


def test_a_heading_has_a_name_and_may_have_no_number() -> None:
    """`{#id .unnumbered}` at its end."""
    assert parse("# 人才{{ 率 }} {#a}\n\n## 结语 {.unnumbered}\n", 5).blocks == (
        Head(1, "a", True, (Words("人才", 5), Hole(Slot("率"), 5)), 5),
        Head(2, "", False, (Words("结语", 7),), 7),
    )


def test_emphasis_works_between_chinese_characters() -> None:
    """Where CommonMark wants a space beside the stars, Chinese has none."""
    (block,) = parse("甲**“乙”**丙*丁*，**{{ 戊 }}**。").blocks

    assert isinstance(block, Para)
    assert block.pieces == (
        Words("甲", 1), Words("“乙”", 1, "strong"), Words("丙", 1), Words("丁", 1, "emphasis"), Words("，", 1),
        Hole(Slot("戊"), 1, "strong"), Words("。", 1),
    )


def test_lines_are_counted_inside_a_paragraph() -> None:
    """A slot on the third line of a paragraph is on that line of the file."""
    (block,) = parse("甲\n乙\n{{ 丙 }}\n", 10).blocks

    assert isinstance(block, Para)
    assert block.pieces[-1] == Hole(Slot("丙"), 12)


def test_links_references_and_notes() -> None:
    """Addresses stay as typed, a bare one in angles prints itself, an empty one refers to a block."""
    prose = parse("[甲](https://a.b/丙?x=1)和<https://c.d>，见[](#图)[^一]。\n\n[^一]: {{ 出处: 甲 }}。\n")

    (block,) = prose.blocks
    assert isinstance(block, Para)
    assert block.pieces == (
        Anchor("https://a.b/丙?x=1", "甲", 1), Words("和", 1), Anchor("https://c.d", "https://c.d", 1),
        Words("，见", 1), Cross("图", "", 1), Mark("一", 1), Words("。", 1),
    )
    assert prose.notes == {"一": (Hole(Slot("出处", "", ("甲",)), 3), Words("。", 3))}


def test_a_table_keeps_the_bar_of_a_slot() -> None:
    """`{{ 值|数值 }}` in a cell is one cell; widths become shares."""
    (table,) = parse(
        '::: table 题 {#t align="left,decimal" widths="3,1"}\n'
        "| 甲 | 乙 |\n|---|---|\n| 丙 | {{ 丁|数值 }} |\n\n注：戊。\n:::\n"
    ).blocks

    assert table == Tabled(
        "t", (Words("题", 1),), (Column(align="left", width=0.75), Column(align="decimal", width=0.25)),
        ((Celled((Words("甲", 2),), 2), Celled((Words("乙", 2),), 2)),),
        ((Celled((Words("丙", 4),), 4), Celled((Hole(Slot("丁", "数值"), 4),), 4)),),
        ((Words("注：戊。", 6),),), 1,
    )


def test_lists_quotes_boxes_and_charts() -> None:
    """Blocks may hold blocks."""
    prose = parse("- 甲\n- 乙\n\n1. 丙\n\n> 丁\n\n::: box 题\n- 戊\n:::\n\n![己](chart:庚)\n")

    kinds = [type(block) for block in prose.blocks]
    assert kinds == [Items, Items, Quoted, Boxed, Pictured]
    assert prose.blocks[3] == Boxed((Words("题", 8),), (Items(False, ((Para((Words("戊", 9),), 9),),), 9),), 8)
    assert prose.blocks[4] == Pictured("庚", (Words("己", 12),), 12)


def shown(piece: Piece) -> str:
    """A piece as the cases write it."""
    match piece:
        case Words(text=text, style=style):
            return f"{style}|{text}" if style else text
        case Hole(slot=slot):
            return f"{{{slot.name}}}"
        case Mark(note=note):
            return f"^{note}"
        case Cross(target=target, text=text, page=page):
            return f"@{target}" + (f"#{text}" if page else "")
        case Anchor(url=url):
            return url


@pytest.mark.parametrize("case", READ, ids=lambda case: case["text"][:12])
def test_a_run_of_text_is_read(case: dict[str, list[str]]) -> None:
    """Superscripts and subscripts, 着重号, references to blocks and pages."""
    (block,) = parse(str(case["text"])).blocks

    assert isinstance(block, Para)
    joined: list[str] = []
    for piece in block.pieces:
        plain = isinstance(piece, Words) and not piece.style
        if plain and joined and joined[-1][:1] not in "@^" and "|" not in joined[-1]:
            joined[-1] += shown(piece)
        else:
            joined.append(shown(piece))
    assert joined == case["read"]


def grid(rows: tuple[tuple[Celled, ...], ...]) -> list[list[tuple[str, int, int]]]:
    """The cells' words and spans."""
    return [[("".join(map(shown, cell.pieces)), cell.columns, cell.rows) for cell in row] for row in rows]


def test_cells_are_joined_left_and_up() -> None:
    """In a head of several rows and in the body; the rule tells where the head ends."""
    (table,) = parse(
        "::: table 题[^a]\n| 类别 | 数量 | < | 备注 |\n| ^ | 上年 | 本年 | ^ |\n|:--|--:|:-:|---|\n"
        "| 甲[^b] | 一 | 二 | 同上 |\n| 乙 | < | 三 | ^ |\n:::\n\n[^a]: 一。\n\n[^b]: 二。\n"
    ).blocks

    assert isinstance(table, Tabled)
    assert grid(table.head) == [[("类别", 1, 2), ("数量", 2, 1), ("备注", 1, 2)], [("上年", 1, 1), ("本年", 1, 1)]]
    assert grid(table.rows) == [
        [("甲^b", 1, 1), ("一", 1, 1), ("二", 1, 1), ("同上", 1, 2)], [("乙", 2, 1), ("三", 1, 1)]
    ]
    assert [column.align for column in table.columns] == ["left", "right", "center", "left"]
    assert list(map(shown, table.caption)) == ["题", "^a"]


def test_a_block_may_hold_blocks_of_its_kind_of_fence() -> None:
    """A table in a box: both end with three colons; and a list three deep."""
    (box, after) = parse(
        "::: box 题\n甲\n\n::: table 表\n| 乙 |\n|---|\n| 丙 |\n\n注：丁。\n\n又注。\n:::\n\n1. 戊\n"
        "   - 己\n     1. 庚\n:::\n\n辛\n"
    ).blocks

    assert isinstance(box, Boxed) and isinstance(after, Para)
    assert [type(block) for block in box.blocks] == [Para, Tabled, Items]
    assert isinstance(box.blocks[1], Tabled) and len(box.blocks[1].notes) == 2
    assert [(type(block), block.line) for block in walk(box.blocks) if isinstance(block, Items)] == [
        (Items, 14), (Items, 15), (Items, 16)
    ]


def test_a_table_may_lie_across_the_page() -> None:
    """`{.landscape}` after its caption."""
    (table,) = parse("::: table 题 {#宽 .landscape}\n| 甲 |\n|---|\n| 乙 |\n:::\n").blocks

    assert isinstance(table, Tabled) and table.landscape and table.id == "宽"


@given(st.text("甲乙|*_^~=[](){}#:!<>`\\\n -1.", max_size=120))
def test_whatever_is_typed_is_read_or_told(text: str) -> None:
    """No text stops the reader but with lines that say where."""
    try:
        parse(text)
    except ReportError as error:
        assert all(re.match(r"一\.md:\d+: ", line) for line in str(error).split("\n"))
