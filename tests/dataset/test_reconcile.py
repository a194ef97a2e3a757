"""Facts: what is gathered, what is kept apart, who wins, and that order and size do not matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from report.dataset.models import Dataset, Source
from report.dataset.places import homes_of
from report.dataset.precedence import Precedence, precedence_of
from report.dataset.reconcile import reconcile, source_of
from report.dataset.witnesses import settle
from report.errors import ReportError
from report.observations.observation import Observation
from report.records import canonical_json
from report.sources.reader import read_source

from .make import observation

SEEDS = Path(__file__).parents[2] / "seeds"
LABELS = {"indicator": "发电量占比", "entity": "海风公司", "period": "2024"}


def told(text: str, doc: str, **fields: str) -> Observation:
    sentence = f"海风公司2024年的发电量在全省占比{text}。"
    return observation(text, doc=doc, start=20, sentence=sentence, **{**LABELS, **fields})


def verdicts(*found: Observation) -> list[tuple[int, str]]:
    return [(len(fact.observations), fact.verdict) for fact in settle(found)[0]]


def test_same_labels_gather() -> None:
    assert verdicts(told("34%", "a"), told("约34%", "b")) == [(2, "agrees")]
    assert verdicts(told("34%", "a"), told("39%", "b")) == [(2, "conflicts")]


@pytest.mark.parametrize("field, other", [("indicator", "装机量占比"), ("entity", "陆风公司"), ("period", "2019")])
def test_another_label_stays_apart(field: str, other: str) -> None:
    assert verdicts(told("34%", "a"), told("34%", "b", **{field: other})) == [(1, "single"), (1, "single")]


@pytest.mark.parametrize("field", ["indicator", "entity", "period"])
def test_a_missing_label_joins_nothing(field: str) -> None:
    assert verdicts(told("34%", "a", **{field: ""}), told("39%", "b", **{field: ""})) == [(1, "single")] * 2


@pytest.mark.parametrize("homes, facts", [
    ({}, [(2, "conflicts")]),
    ({"a": "海州", "b": "海州"}, [(2, "conflicts")]),
    ({"a": "海州"}, [(2, "conflicts")]),
    ({"a": "海州", "b": "溪城"}, [(1, "single"), (1, "single")]),
])
def test_what_every_place_has_is_that_of_its_document(homes: dict[str, str], facts: list[tuple[int, str]]) -> None:
    pair = told("34%", "a", entity="第一产业"), told("39%", "b", entity="第一产业")
    assert [(len(fact.observations), fact.verdict) for fact in settle(pair, homes=homes)[0]] == facts


@pytest.mark.parametrize("entity", ["全市", "规模以上工业", "城镇居民", "初步核算", "按常住地分"])
def test_such_a_thing_is_known_by_its_words(entity: str) -> None:
    pair = told("34%", "a", entity=entity), told("39%", "b", entity=entity)
    assert {fact.verdict for fact in settle(pair, homes={"a": "海州", "b": "溪城"})[0]} == {"single"}


def test_a_company_is_the_same_in_the_papers_of_two_places() -> None:
    pair = told("34%", "a"), told("39%", "b")
    assert [fact.verdict for fact in settle(pair, homes={"a": "海州", "b": "溪城"})[0]] == ["conflicts"]


@pytest.mark.parametrize("title, home", [
    ("海州市2024年国民经济和社会发展统计公报", "海州"), ("溪城县机器人产业简析", "溪城"),
    ("全市工业企业利润增长", ""), ("机器人产业观察", ""),
])
def test_a_title_names_the_place(title: str, home: str) -> None:
    card = Source(id="a", file="a.txt", sha256="", script="Hans", title=title)
    assert homes_of([card]) == {"a": home}


def test_like_labels_in_unlike_sentences_stay_apart() -> None:
    other = observation("39%", doc="b", start=20, sentence="同一时期股东大会的到会比例升到了39%。", **LABELS)
    assert verdicts(told("34%", "a"), other) == [(1, "single")] * 2


def test_points_are_not_percent() -> None:
    assert verdicts(told("3%", "a"), told("3个百分点", "b")) == [(1, "single")] * 2


def test_aliases_gather() -> None:
    pair = told("34%", "a", entity="中国", indicator="占比"), told("34%", "b", entity="我国", indicator="比重")
    assert verdicts(*pair) == [(2, "agrees")]


def test_scripts_gather() -> None:
    pair = (told("34%", "a", entity="浦東新區", indicator="產業規模"),
            told("34%", "b", entity="浦东", indicator="产业规模"))
    assert verdicts(*pair) == [(2, "agrees")]


def test_names_of_the_gazetteer_gather() -> None:
    assert verdicts(told("34%", "a", entity="印尼"), told("34%", "b", entity="印度尼西亞")) == [(2, "agrees")]
    assert verdicts(told("34%", "a", entity="印尼"), told("34%", "b", entity="印度")) == [(1, "single")] * 2


def test_precedence_then_care_chooses_the_winner() -> None:
    exact, careful = told("34%", "a"), told("约34%", "b")
    assert settle((exact, careful))[0][0].observations == (careful.id, exact.id)
    named = Precedence({"a": 0}, {}, {})
    assert settle((exact, careful), named)[0][0].observations == (exact.id, careful.id)


@pytest.mark.parametrize("ours, theirs, winner, why", [
    ({}, {"reliability": "primary"}, "b", "一手来源先于未注明类别的来源"),
    ({"reliability": "媒体"}, {"reliability": "智库"}, "b", "智库先于媒体"),
    ({"reliability": "press"}, {"reliability": "转载"}, "a", "媒体先于转载"),
    ({"date": "2024-05"}, {"date": "2025-01-03"}, "b", "文献b较晚"),
    ({"date": "2024-05"}, {}, "a", "文献a较晚"),
    ({"date": "2024-05"}, {"date": "2025-01-03", "date_kind": "event"}, "a", "文献a较晚"),
])
def test_the_catalogue_chooses_the_winner(
    ours: dict[str, Any], theirs: dict[str, Any], winner: str, why: str,
) -> None:
    cards = [Source(id=doc, file=f"{doc}.txt", sha256="", script="Hans", **told)
             for doc, told in (("a", ours), ("b", theirs))]
    [fact], [check] = settle((told("34%", "a"), told("39%", "b")), precedence_of(cards, ()))
    assert fact.observations[0] == f"obs-{winner}-20"
    assert check.reason == f"同一事项，数值不同；以文献{winner}为准：{why}"


def test_a_larger_open_figure_is_not_the_more_precise() -> None:
    """Nor is a figure of four digits more precise than one of three, where both are told to the last."""
    coarse, fine = told("超过1000亿元", "a"), told("860亿元", "b")
    [fact], [check] = settle((coarse, fine))
    assert fact.observations[0] == fine.id and "文献b的数更精确" in check.reason
    [fact], [check] = settle((told("1000亿元", "a"), told("860亿元", "b")))
    assert check.reason == "同一事项，数值不同"


def test_a_conflict_of_a_fact_is_a_finding_with_its_subject() -> None:
    [fact], [check] = settle((told("420家", "a"), told("380家", "b")))
    assert (check.rule, check.verdict) == ("same-figure", "conflicts")
    assert check.text == "2024年海风公司的发电量占比：文献a作420家，文献b作380家。" and check.text not in check.reason
    assert (fact.verdict, fact.reason) == ("conflicts", check.text.rstrip("。"))


def test_witnesses_of_a_fact_that_agree_are_a_finding() -> None:
    [fact], [check] = settle((told("34%", "a"), told("34%", "b"), told("34.2%", "c")))
    assert check.verdict == "agrees" and check.text.endswith("文献c作34.2%，文献a、文献b都作34%，一致。")
    assert fact.verdict == "agrees"


def test_a_figure_with_its_source_comes_before_a_finer_one_without() -> None:
    bare, cited = told("34.1%", "a"), told("34%", "b").changed({"citations": ("https://example.org",)})
    [fact] = settle((bare, cited))[0]
    assert fact.observations[0] == cited.id


def test_an_unknown_reliability_is_told() -> None:
    card = Source(id="a", file="a.txt", sha256="", script="Hans", reliability="很好")
    with pytest.raises(ReportError, match="a.txt: reliability 写的“很好”不认得 — 可选：一手、智库、媒体、转载"):
        precedence_of([card], ())


def test_reason_is_in_words() -> None:
    [fact] = settle((told("34%", "a"), told("39%", "b")))[0]
    assert fact.reason == "2024年海风公司的发电量占比：文献a作34%，文献b作39%"


def test_every_observation_is_in_one_fact(seeds: Dataset) -> None:
    ids = [id for fact in seeds.facts for id in fact.observations]
    assert sorted(ids) == sorted(found.id for found in seeds.observations)
    assert len({fact.id for fact in seeds.facts}) == len(seeds.facts)


def test_seeds_gather_careful_and_careless(seeds: Dataset) -> None:
    texts = {found.id: found.text for found in seeds.observations}
    gathered = [[texts[id] for id in fact.observations] for fact in seeds.facts if len(fact.observations) > 1]
    assert ["约 57%", "57%"] in gathered


def test_origin_2019_and_institution_2022_never_meet(seeds: Dataset) -> None:
    found = {one.id: one for one in seeds.observations}
    for fact in seeds.facts:
        assert len({found[id].period[:4] for id in fact.observations if found[id].value in (28, 29, 42)}) <= 1


def test_order_of_input_does_not_matter(seeds: Dataset) -> None:
    documents = [read_source(path) for path in sorted(SEEDS.glob("*.txt"), reverse=True)]
    told = reconcile(map(source_of, documents), seeds.observations[::-1], events=seeds.events[::-1])
    assert told.to_json() == seeds.to_json()


def test_only_the_documents_given(dataset_of: Callable[[Mapping[str, str]], Dataset], tmp_path: Path) -> None:
    whole = dataset_of({"a": "占比为3%。", "b": "占比为4%。"})
    part = reconcile([source_of(read_source(tmp_path / "b.txt"))], whole.observations)
    assert [found.doc for found in part.observations] == ["b"]


def test_unknown_precedence() -> None:
    documents = [source_of(read_source(path)) for path in sorted(SEEDS.glob("*.txt"))]
    with pytest.raises(ReportError, match="没有编号以“9”开头的文献"):
        reconcile(documents, (), precedence=["9"])
    with pytest.raises(ReportError) as caught:
        reconcile(documents, (), precedence=["9", "003", "8"], where=["r.yaml:4", "r.yaml:5", "r.yaml:6"])
    assert [issue.where for issue in caught.value.issues] == ["r.yaml:4", "r.yaml:6"]


def test_a_document_named_twice_in_precedence() -> None:
    documents = [source_of(read_source(path)) for path in sorted(SEEDS.glob("*.txt"))]
    with pytest.raises(ReportError) as caught:
        reconcile(documents, (), precedence=["001", "003", "001_"], where=["r.yaml:4", "r.yaml:5", "r.yaml:6"])
    [issue] = caught.value.issues
    assert issue.where == "r.yaml:6" and "“001_”与“001”是同一份文献" in issue.problem


def test_twenty_thousand_observations() -> None:
    seven = [told(f"{number}%", "a") for number in range(1, 8)]
    many = [seven[place % 7].changed({"id": f"obs-{place}", "doc": f"d{place}"}) for place in range(20_000)]
    facts = settle(many)[0]
    assert sum(len(fact.observations) for fact in facts) == len(many)


def test_the_dataset_is_written_as_any_record(seeds: Dataset) -> None:
    assert seeds.to_json() == canonical_json(seeds)
    assert Dataset.from_json(seeds.to_json()) == seeds
