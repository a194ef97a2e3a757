"""Figures in running text: what is a value's, what may stand, and what nobody vouches for."""

from __future__ import annotations

import pytest

from report.content.nodes import (
    Cell,
    Column,
    Content,
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
    expected = expected_passages(tree)
    passages = [Passage("paragraph", one.bare if bare else one.text) for one in expected]
    return [finding.text for finding in check_figures("docx", passages, expected).findings]


GOOD: dict[str, Inlines] = {
    "a value": (Text(text="共有"), value("20家"), Text(text="。")),
    "two values in one figure": (Text(text="由"), value("11%"), Text(text="到"), value("28%"), Text(text="。")),
    "a range of years": (value("2019年"), Text(text="至"), value("2022年"), Text(text="间")),
    "digits of a value, the unit beside them": (Text(text="近"), value("50%"), Text(text="的人")),
    "a reference before a word like 只": (Ref(target="a", text="图3"), Text(text="只列文献里写明的")),
    "a year in the title of a law": (Text(text="据《2022年芯片法案》"),),
    "an address": (Link(url="https://example.org/2024/20", text="https://example.org/2024/20"),),
}
BAD: dict[str, tuple[Inlines, str]] = {
    "typed": ((Text(text="共有20家。"),), "【20家】"),
    "typed in Chinese": ((Text(text="共有二十家企业。"),), "【二十家】"),
    "half a value": ((value("28"), Text(text="%的人")), "【28%】"),
    "a digit before a value": ((Text(text="1"), value("20家")), "【120家】"),
    "a typed half of a range": ((value("11%"), Text(text="到28%。")), "28%】"),
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
    assert findings(content(annex("另有20家"))) == ["另有【20家】"]


def test_a_table_of_the_body_may_not() -> None:
    table = annex("“2022年占28%”").model_copy(update={"style": "", "number": 1})
    assert len(findings(content(table))) == 2
