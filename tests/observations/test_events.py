"""Dated events: sentences in events/*.yaml, the events of the seeds, and laws that hold for any text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from report.observations.event import Event
from report.observations.events import find_events
from report.observations.extract import extract_observations
from report.sources.document import Document
from report.sources.reader import read_source

from .counting import calls, grows_with
from .test_relations import document

HERE = Path(__file__).parent
CASES = [case for path in sorted((HERE / "events").glob("*.yaml"))
         for case in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]
SEEDS = sorted((HERE.parents[1] / "seeds").glob("*.txt"))
FACTS = YAML(typ="safe").load((HERE / "seeds" / "events.yaml").read_text(encoding="utf-8"))
TODAY = "2026-03-02"
PIECES = [
    *("2024年", "去年", "1月", "3月5日", "今天（", "）", "《", "》", "“", "”", "某某法案", "发布", "签署", "由"),
    *("于", "在", "的", "，", "。", "同年", "会上，", "成立", "自", "起", "以来", "该法案", "他", "将", "预计", "政府"),
    *("、", "和", "\n", "12家", "通过", "举行", "公司"),
]
WORDS = ["（", "《", "由甲主办、", "其中并，", "2024年发布", "会上，", "将把", "今天（", "的发布《"]



def events_of(made_up: Document) -> list[Event]:
    return find_events(made_up, extract_observations(made_up))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"].split("\n")[0])
def test_every_event_and_no_other(case: dict[str, Any]) -> None:
    found = events_of(document(case["text"], case.get("date", TODAY)))
    fields = ("date", "kind", "actor", "action", "instrument")
    assert [{field: getattr(event, field) for field in fields} for event in found] == case["events"]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: f"{fact['doc']}-{fact['date']}")
def test_events_of_the_seeds(fact: dict[str, str]) -> None:
    path = next(path for path in SEEDS if path.name.startswith(fact["doc"]))
    found = [event for event in events_of(read_source(path)) if event.date == fact["date"]]
    assert any(fact.get("actor", "") in event.actor and fact.get("instrument", "") in event.instrument
               and fact.get("action", "") in event.action for event in found), found


def test_citations_of_an_event_are_those_of_its_words() -> None:
    report = events_of(read_source(next(path for path in SEEDS if path.name.startswith("003"))))
    cited = {event.instrument: event.citations for event in report}
    assert ["macropolo" in url for url in cited["全球 AI 人才追踪 2.0 报告"]] == [True]
    assert ["cea" in url for url in cited["人工智能人才报告"]] == [True]


def check(made_up: Document, found: list[Event]) -> None:
    assert len({event.id for event in found}) == len(found)
    for event in found:
        assert event.text == made_up.source[event.start : event.end] != ""
        assert event.sentence_start <= event.start < event.end <= event.sentence_end
        assert re.fullmatch(r"[0-9]{4}(-[0-9Q][0-9]?(-[0-9]{2})?|-H[12])?(/[0-9-]+)?", event.date), event.date
        assert event.actor or event.instrument or event.action
        assert 0 < event.confidence <= 1 and event.rule
        assert re.fullmatch("evt-[0-9a-f]{12}", event.id)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.sampled_from(PIECES), max_size=40).map("".join)))
def test_the_laws_hold_for_any_text(text: str) -> None:
    made_up = document(text, TODAY)
    check(made_up, events_of(made_up))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_the_laws_hold_for_the_seeds(path: Path) -> None:
    seed = read_source(path)
    check(seed, events_of(seed))
    assert events_of(seed) == events_of(seed)


@pytest.mark.parametrize("word", WORDS)
def test_a_line_of_one_word_takes_linear_work(word: str) -> None:
    lines = ("2025年1月，" + word * (size // len(word)) + "签署《某法》。" for size in (2000, 4000))
    once, twice = (calls(_finding(line)) for line in lines)
    assert grows_with(once, twice), (once, twice)


def _finding(text: str) -> Callable[[], None]:
    made_up = document(text, TODAY)
    observations = extract_observations(made_up)
    return lambda: check(made_up, find_events(made_up, observations))
