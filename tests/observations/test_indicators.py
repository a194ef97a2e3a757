"""What figures measure: sentences in indicators/*.yaml with the indicator of each of their quantities, and laws."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from report.observations.alignment import members
from report.observations.figure import Figure
from report.observations.figures import figures_in
from report.observations.indicators import Indicators
from report.observations.passages import Passage, Passages
from report.observations.periods import is_date
from report.observations.phrases import LONGEST, without_owner
from report.observations.reading import Reading
from report.sources.document import Block, Document, Metadata

from .counting import calls, grows_with

FILES = sorted((Path(__file__).parent / "indicators").glob("*.yaml"))
CASES = [case for path in FILES for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]


def _placed(text: str) -> list[tuple[Figure, Passage]]:
    """The figures of a text, each line of which is a paragraph, in their sentences."""
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        words = line.rstrip("\n")
        if words:
            spans = ((start, start + len(words)),)
            blocks.append(Block.model_validate({"kind": "paragraph", "text": words, "spans": spans}))
        start += len(line)
    document = Document(
        id="made-up", file="made-up.txt", sha256="0" * 64, encoding="utf-8", metadata=Metadata(), source=text,
        blocks=tuple(blocks),
    )
    passages = Passages(document)
    return [(figure, passages.at(figure.start, figure.end)) for figure in figures_in(text)]


def _readings(text: str) -> list[tuple[str, Reading]]:
    """Each quantity of the text as written, with what it measures."""
    placed = _placed(text)
    parts, indicators = members(placed), Indicators(placed)
    return [
        (text[figure.start : figure.end], indicators.take(figure, passage, parts.get(figure.start, ())))
        for figure, passage in placed
        if not is_date(figure) and "duration" not in (figure.kind, figure.base)
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_indicator_of_each_quantity(case: dict[str, Any]) -> None:
    found = [[text, reading.indicator] for text, reading in _readings(case["text"])]
    assert found == case["figures"]


@pytest.mark.parametrize(("indicator", "subject", "left"), [
    ("新能源汽车产量", "新能源汽车", "产量"),
    ("储能电池合计产量", "我国动力和储能电池", "产量"),
    ("中国籍作者占比", "中国籍作者", "作者占比"),
    ("大学生就业率", "大学", "大学生就业率"),
    ("研发人员总量", "研发人员", "研发人员总量"),
    ("市场规模", "某国", "市场规模"),
])
def test_subject_is_no_part_of_the_indicator(indicator: str, subject: str, left: str) -> None:
    assert without_owner(indicator, subject) == left


WORDS = st.sampled_from([
    "某市", "产量", "销量", "和", "、", "，", "。", "；", "分别", "为", "达", "到", "了", "占", "的", "比重",
    "同比", "增长", "下降", "至", "从", "由", "较", "去年", "其中", "（", "）", "企业", "5%", "3.2亿元",
    "120人", "8家", "2024年", "第二", "名", "中", "在", "超过", "以上", "约", "1倍", "0.4个百分点", "位居",
    "全球", "万吨", "6万吨", "认为", "规模", "这一比例", "“", "”", "《", "》", "每股",
])


@given(st.lists(WORDS, max_size=40).map("".join))
@settings(max_examples=300)
def test_every_quantity_has_an_indicator_of_plain_words(text: str) -> None:
    for _, reading in _readings(text):
        assert 0 < len(reading.indicator) <= LONGEST and reading.rule != "none"
        assert not any("\ue000" <= char <= "\uf8ff" for char in reading.indicator)


@pytest.mark.parametrize("unit", [
    "达到了", "的", "将有望大幅", "占中国的", "5%、", "（", "了去年", "较比", "每股", "增长至", "产量和",
])
def test_hostile_repetition_stays_linear(unit: str) -> None:
    once, twice = (calls(_taking((unit * (200 // len(unit)) + "3亿元，\n") * times)) for times in (20, 40))
    assert grows_with(once, twice), (once, twice)


def _taking(text: str) -> Callable[[], None]:
    placed = _placed(text)
    indicators = Indicators(placed)

    def take() -> None:
        for figure, passage in placed:
            indicators.take(figure, passage)

    return take
