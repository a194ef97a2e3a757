"""The house's wording, a sentence a case."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from report.content.nodes import (
    Content,
    Evidence,
    Front,
    Heading,
    Inline,
    Note,
    NoteMark,
    Paragraph,
    Part,
    Quote,
    Text,
    Value,
    Witness,
)
from report.content.wording import check_wording
from report.templates.load import load_report
from report.templates.models import Body, Wording

ROOT = Path(__file__).parents[2]
CASES = YAML(typ="safe").load((Path(__file__).parent / "cases/wording.yaml").read_text("utf-8"))
WITNESS = Witness(observation="o", doc="d", source=1, text="57%", sentence="甲国首次超过乙国，占57%", clause="占57%")
FRONT = Front(
    title="题", serial="", code="", series="", kind="", date="2025-01-01", date_text="", issuer="", author=""
)


def report_of(*blocks: Heading | Paragraph | Quote) -> Content:
    """A report of these blocks, with one value 数 and one note 注."""
    return Content(
        front=FRONT,
        parts=(Part(role="body", title="正文", blocks=blocks),),
        notes={"注": Note(inlines=(Text(text="出处。"),))},
        evidence={"数": Evidence(label="", text="57%", verdict="单一来源", witnesses=(WITNESS,))},
        sources=(),
    )


def paragraph(text: str) -> Paragraph:
    """A paragraph with 〔数〕 and 〔注〕 in their places."""
    inlines: list[Inline] = []
    for part in text.replace("〔", "\0〔").replace("〕", "〕\0").split("\0"):
        known: dict[str, Inline] = {"〔数〕": Value(name="数", text="57%"), "〔注〕": NoteMark(note="注")}
        inlines.append(known.get(part) or Text(text=part))
    return Paragraph(inlines=tuple(inlines))


@pytest.fixture(scope="module")
def wording() -> Wording:
    """The base's word list."""
    return load_report(ROOT / "tests/fixtures/mini/reports/mini", ROOT / "templates/series").wording


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_a_sentence_is_judged(case: dict[str, list[str]], wording: Wording) -> None:
    """What is said of it, and nothing else."""
    issues = check_wording(report_of(paragraph(str(case["text"]))), wording, {})

    assert len(issues) == len(case["told"]), issues
    for issue, told in zip(issues, case["told"], strict=True):
        assert issue.problem.startswith(told)
        assert issue.hint


def test_a_quotation_set_apart_is_not_judged(wording: Wording) -> None:
    """What others say stays as they said it."""
    assert check_wording(report_of(Quote(blocks=(paragraph("弯道超车,唯一"),))), wording, {}) == []


def test_a_mistake_is_told_once_where_it_stands() -> None:
    """A note by the heading over its mark, the cover by one name, though its words stand in two places of the tree."""
    content = report_of(
        Heading(level=1, id="a", number="一、", inlines=(Text(text="出路"),)), paragraph("可以。〔注〕"),
        Quote(blocks=(paragraph("弯道,超车。〔注〕"),)),
    )
    cover = Part(role="cover", title="", blocks=(Paragraph(role="cover-statement", inlines=(Text(text="样稿,甲"),)),))
    content = content.changed({
        "front": FRONT.changed({"statement": "样稿,甲"}), "parts": (cover, *content.parts),
        "notes": {"注": Note(inlines=(Text(text="出处,在此。"),))},
    })
    told = [(issue.where, issue.problem) for issue in check_wording(content, Wording(), {})]
    assert told == [("封面", "半角标点：“样稿,甲”"), ("一、出路的脚注", "半角标点：“出处,在此。”")]


def test_an_original_name_is_given_once() -> None:
    """The second bracket is told, across paragraphs."""
    wording = Wording(bodies={"甲所": Body(original="A Inst.")})
    content = report_of(paragraph("甲所（A Inst.）说。"), paragraph("甲所（A Inst.）又说。"))

    assert [issue.problem for issue in check_wording(content, wording, {})] == ["再次括注原名：甲所（A Inst.）"]


def test_the_texts_of_charts_are_judged(wording: Wording) -> None:
    """A chart is named by its id."""
    issues = check_wording(report_of(), wording, {"去向": ["美国,中国"]})

    assert [(issue.where, issue.problem[:4]) for issue in issues] == [("图 去向", "半角标点")]
