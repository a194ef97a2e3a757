"""Figures in running text: what is a value's, what may stand, and what nobody vouches for."""

from __future__ import annotations

import pytest

from report.content.nodes import (
    Cell,
    Column,
    Content,
    Direction,
    Evidence,
    Figure,
    Front,
    Heading,
    Inline,
    Link,
    Paragraph,
    Part,
    Ref,
    Table,
    Text,
    Value,
)  # fmt: skip
from report.verify.expected import expected_passages
from report.verify.figures import check_figures
from report.verify.passage import Passage

Inlines = tuple[Inline, ...]
TITLES = frozenset(("《30座冷库的一年》",))


def value(text: str) -> Value:
    return Value(name="数", text=text)


def content(*blocks: Heading | Paragraph | Figure | Table) -> Content:
    front = Front(title="", serial="", code="", series="", kind="", date="", date_text="", issuer="", author="")
    evidence = {"数": Evidence(label="2022年会议作者的占比", text="28%", verdict="推算", formula="略")}
    return Content(
        front=front, parts=(Part(role="body", blocks=blocks),), notes={}, evidence=evidence, sources=(),
        labels={"figure": "图", "table": "表"},
    )  # fmt: skip


def findings(tree: Content, *, bare: bool = False) -> list[str]:
    """What is found in a file that says exactly what the content says (`bare`: numbers left to a list engine)."""
    expected = expected_passages(tree, None)
    passages = [Passage("paragraph", one.bare if bare else one.text) for one in expected]
    return [finding.text for finding in check_figures("docx", passages, expected, TITLES).findings]


GOOD: dict[str, Inlines] = {
    "a value": (Text(text="共有"), value("20家"), Text(text="。")),
    "two values in one figure": (Text(text="由"), value("11%"), Text(text="到"), value("28%"), Text(text="。")),
    "a range of years": (value("2019年"), Text(text="至"), value("2022年"), Text(text="间")),
    "stress": (Text(text="仅"), value("50%"), Text(text="，高达"), value("12万台")),
    "its own qualifiers": (Text(text="共"), value("近50%"), Text(text="，"), value("18座以上"), Text(text="的人")),
    "a qualifier parted by words": (Text(text="约为整体职位的"), value("3倍")),
    "a direction that the data chose": (Direction(text="高于", values=("数", "数")), value("50%")),
    "a reference before a word like 只": (Ref(target="a", text="图3"), Text(text="只列文献里写明的")),
    "a value in a title": (Text(text="《"), value("99座"), Text(text="冷库》")),
    "a title that a source writes": (Text(text="据《30座冷库的一年》"),),
    "the number of a congress": (Text(text="《第14届大会报告》"),),
    "a year in the title of a law": (Text(text="据《2022年芯片法案》"),),
    "an address": (Link(url="https://example.org/2024/20", text="https://example.org/2024/20"),),
}
BAD: dict[str, tuple[Inlines, str]] = {
    "typed": ((Text(text="共有20家。"),), "【20家】"),
    "typed in Chinese": ((Text(text="共有二十家企业。"),), "【二十家】"),
    "half a value": ((value("28"), Text(text="%的人")), "【28%】"),
    "a digit before a value": ((Text(text="1"), value("20家")), "【120家】"),
    "a typed half of a range": ((value("11%"), Text(text="到28%。")), "28%】"),
    "a count in a title": ((Text(text="见《99座冷库》。"),), "《【99座】冷库》"),
    "a share in a title after a year": ((Text(text="见《2025年减少30%》。"),), "减少【30%】》"),
    "a qualifier before": ((Text(text="进口不足"), value("12万台")), "限定词“不足”是手写的：进口【不足12万台】"),
    "a qualifier beside": ((Text(text="冷库"), value("18座"), Text(text="以上")), "限定词“以上”是手写的"),
    "qualifiers on both sides": ((Text(text="约"), value("18座"), Text(text="左右")), "限定词“约…左右”是手写的"),
    "a qualifier turned round": ((Text(text="不"), value("超过18座")), "限定词“不”是手写的"),
    "the words of a link": ((Link(url="https://example.org", text="共20家"),), "【20家】"),
}


@pytest.mark.parametrize("case", GOOD)
def test_what_values_vouch_for(case: str) -> None:
    assert findings(content(Paragraph(inlines=GOOD[case]))) == []


@pytest.mark.parametrize("case", BAD)
def test_what_nobody_vouches_for(case: str) -> None:
    inlines, told = BAD[case]
    found = findings(content(Paragraph(inlines=inlines)))
    assert len(found) == 1 and told in found[0]


@pytest.mark.parametrize("role", ["cover-title", "cover-subtitle"])
def test_a_title_may_hold_a_year_and_nothing_else(role: str) -> None:
    assert findings(content(Paragraph(role=role, inlines=(Text(text="2025年冷链产业"),)))) == []
    assert findings(content(Paragraph(role=role, inlines=(Text(text="2025年的99座冷库"),)))) == ["2025年的【99座】冷库"]


@pytest.mark.parametrize("bare", [False, True])
def test_a_number_does_not_run_into_its_caption(bare: bool) -> None:
    caption = (Text(text="百位研究者的去向"),)
    figure = Figure(id="a", number=1, chart="a", caption=caption, source=(), alt="")
    alone = findings(content(Paragraph(inlines=caption)))
    assert findings(content(figure), bare=bare) == alone
    heading = Heading(level=3, id="b", number="1.", inlines=(value("20家"), Text(text="企业")))
    assert findings(content(heading), bare=bare) == []


def annex(*cells: str | Inlines) -> Table:
    row = tuple(Cell(inlines=(Text(text=cell),) if isinstance(cell, str) else cell) for cell in cells)
    return Table(id="t", number=0, caption=(), columns=(Column(),), head=(), rows=(row,), style="annex")


def test_the_annex_may_quote_and_name() -> None:
    assert findings(content(annex("2022年会议作者的占比", (value("28%"),), "[1]", "“2022年占28%”", "推算"))) == []
    assert findings(content(annex("原文第3段第2句", "同第12行", "第14—16字"))) == []
    assert findings(content(annex("另有20家"))) == ["另有【20家】"]


def test_a_table_of_the_body_may_not() -> None:
    table = annex("“2022年占28%”").changed({"style": "", "number": 1})
    assert len(findings(content(table))) == 2


@pytest.mark.parametrize(("before", "shown", "after"), [("", "6", "0"), ("1", "87人", ""), ("", "12", "%")])
def test_digits_typed_beside_a_value_are_found_though_another_value_prints_them_so(
    before: str, shown: str, after: str
) -> None:
    def row(*inlines: Inline) -> tuple[Cell, ...]:
        return (Cell(inlines=inlines),)

    whole = before + shown + after
    rows = (row(Text(text=before), value(shown), Text(text=after)), row(value(whole)))
    table = Table(id="t", number=1, caption=(Text(text="数"),), columns=(Column(),), head=(), rows=rows)
    assert any("手写接上去" in text for text in findings(content(table)))
    assert not findings(content(table.changed({"rows": rows[1:]})))
