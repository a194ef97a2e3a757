"""How figures hang on one another: sentences in relations/*.yaml, and laws that hold for any text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from report.observations.extract import extract_observations
from report.observations.observation import Observation
from report.observations.passages import Passages
from report.observations.relations import relate
from report.sources.document import Block, Document, Metadata
from report.sources.reader import read_source

from .counting import calls, grows_with

FILES = sorted((Path(__file__).parent / "relations").glob("*.yaml"))
CASES = [case for path in FILES for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]
SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PIECES = [
    *("其中", "，", "。", "、", "和", "100人", "87人", "3位", "中，", "较", "比", "上年的", "由", "从", "升至"),
    *("降至", "增长", "5%", "12.5%", "0.3个百分点", "同比", "环比", "是德国的", "3倍", "翻倍", "占全国", "合计"),
    *("共", "分别为", "820亿元", "90亿元", "2024年", "2025年9月", "低于", "与", "相当", "（", "）", "增幅", "年均"),
    *("\n", "另有", "其余", "7万辆", "出口", "来看，"),
]
WORDS = ["同比年增", "较比", "的", "（", "其中", "100人中", "5%，", "由从自", "下降至", "8月份、"]


def document(text: str, date: str = "") -> Document:
    """A document of one paragraph a line."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(kind="paragraph", text=line, spans=((start, start + len(line)),)))
        start += len(line) + 1
    return Document(id="made-up", file="made-up.txt", sha256="0" * 64, encoding="utf-8", metadata=Metadata(date=date),
                    source=text, blocks=tuple(blocks))


def ordered(row: dict[str, str]) -> dict[str, str]:
    return {key: row[key] for key in sorted(row)}


def told(observations: list[Observation]) -> list[dict[str, str]]:
    """Every relation as the case files write it: period and entity only where no figure tells the base."""
    texts = {found.id: found.text for found in observations} | {"": ""}
    rows = []
    for found in observations:
        for relation in found.relations:
            row = {"text": found.text, "kind": relation.kind, "of": texts[relation.of]}
            names = {} if relation.of else {"period": relation.period, "entity": relation.entity}
            rows.append(ordered(row | {key: value for key, value in names.items() if value}))
    return rows


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].split("\n")[0])
def test_every_relation_and_no_other(case: dict[str, Any]) -> None:
    found = told(extract_observations(document(case["text"])))
    assert sorted(found, key=repr) == sorted(map(ordered, case["relations"]), key=repr)


def check(observations: list[Observation]) -> None:
    """The laws: a target is another figure of the document, and what a change began at stands before it."""
    by_id = {found.id: found for found in observations}
    for found in observations:
        assert len(set(found.relations)) == len(found.relations)
        for relation in found.relations:
            assert relation.of or relation.period or relation.entity
            if not relation.of:
                continue
            base = by_id[relation.of]
            assert base.id != found.id and base.doc == found.doc
            assert relation.period in ("", base.period) and relation.entity in ("", base.entity)
            assert base.kind not in ("date", "year") and found.kind not in ("date", "year")
            if relation.kind != "part-of":
                assert base.sentence_start == found.sentence_start
            if relation.kind == "changed-from":
                assert base.start < found.start
            if relation.kind == "part-of" and base.kind == found.kind == "count":
                assert isinstance(found.value, tuple) or float(found.value) <= float(str(base.value))


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_the_laws_hold_for_any_text(text: str) -> None:
    check(extract_observations(document(text)))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_the_laws_hold_for_the_seeds(path: Path) -> None:
    check(extract_observations(read_source(path)))


def test_relations_of_the_seeds() -> None:
    """Whole and parts, change and base, multiple and base, as the documents tell them."""
    seeds = {path.name[:3]: told(extract_observations(read_source(path))) for path in SEEDS}
    assert {"text": "87位", "of": "100位", "kind": "part-of"} in seeds["001"]
    assert {"text": "28%", "of": "11%", "kind": "changed-from"} in seeds["001"]
    assert {"text": "28%", "of": "42%", "kind": "compared-with"} in seeds["001"]
    assert {"text": "12 倍", "of": "", "kind": "compared-with", "entity": "中国"} in seeds["003"]
    assert {"text": "近7成", "of": "", "kind": "part-of", "entity": "新區"} in seeds["004"]


@pytest.mark.parametrize("word", WORDS)
def test_a_line_of_one_word_takes_linear_work(word: str) -> None:
    once, twice = (calls(_relating("规模达100亿元，" + word * (size // len(word)) + "增长5%")) for size in (1500, 3000))
    assert grows_with(once, twice), (once, twice)


def _relating(text: str) -> Callable[[], None]:
    made_up = document(text)
    passages = Passages(made_up)
    placed = [(found, passages.at(found.start, found.end)) for found in extract_observations(made_up)]
    return lambda: check(relate(placed))
