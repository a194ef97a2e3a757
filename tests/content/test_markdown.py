"""Markdown as an author writes it: what is read, and what is refused."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from report.content.markdown import parse_section
from report.content.nodes import Column
from report.content.prose import (
    Anchor,
    Boxed,
    Cross,
    Head,
    Hole,
    Items,
    Mark,
    Para,
    Pictured,
    Prose,
    Quoted,
    Tabled,
    Words,
)
from report.errors import ReportError
from report.templates.models import Section
from report.templates.slots import Slot

CASES = YAML(typ="safe").load((Path(__file__).parent / "cases/markdown_mistakes.yaml").read_text("utf-8"))


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
        ((Words("甲", 2),), (Words("乙", 2),)), (((Words("丙", 4),), (Hole(Slot("丁", "数值"), 4),)),),
        (Words("注：戊。", 6),), 1,
    )


def test_lists_quotes_boxes_and_charts() -> None:
    """Blocks may hold blocks."""
    prose = parse("- 甲\n- 乙\n\n1. 丙\n\n> 丁\n\n::: box 题\n- 戊\n:::\n\n![己](chart:庚)\n")

    kinds = [type(block) for block in prose.blocks]
    assert kinds == [Items, Items, Quoted, Boxed, Pictured]
    assert prose.blocks[3] == Boxed((Words("题", 8),), (Items(False, ((Para((Words("戊", 9),), 9),),), 9),), 8)
    assert prose.blocks[4] == Pictured("庚", (Words("己", 12),), 12)
