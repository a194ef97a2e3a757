"""Excerpts: within their limit and a tenth of the document, never cut inside a figure, a Latin word or a pair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.dataset.excerpts import LONGEST, SHARE, clause_of, plan_excerpts
from report.dataset.matching import compact
from report.dataset.models import Dataset
from report.observations.figures import figures_in
from report.observations.observation import Observation

from .make import observation


def _in(sentence: str, *texts: str) -> list[Observation]:
    return [observation(text, sentence=sentence, start=100 + sentence.index(text)).changed(
        update={"id": text, "sentence_start": 100, "sentence_end": 100 + len(sentence)}) for text in texts]


@pytest.mark.parametrize("limit", [8, 12, 30, 60])
def test_the_figure_is_whole_within_the_limit(seeds: Dataset, limit: int) -> None:
    for found in seeds.observations:
        clause = clause_of(found, limit)
        assert compact(found.text) in compact(clause)
        assert len(clause) <= limit or len(clause) <= len(found.text) + 14  # …… and the figure that it belongs to
        assert all(piece in compact(found.sentence) for piece in map(compact, clause.split("……")))


@pytest.mark.parametrize("limit", range(8, 61, 4))
def test_nothing_is_cut_in_two(seeds: Dataset, limit: int) -> None:
    for found in seeds.observations:
        sentence, clause = compact(found.sentence), compact(clause_of(found, limit))
        words = clause.strip("…").rstrip("。")
        places = [at for at in range(len(sentence)) if sentence.startswith(words, at)]
        assert any(_is_clean(sentence, at, at + len(words)) for at in places), (clause, found.sentence)


def _is_clean(sentence: str, start: int, end: int) -> bool:
    """Whether no figure, Latin word or number goes on over either end (white space between the two is lost)."""
    figures = [(figure.start, figure.end) for figure in figures_in(sentence)]
    through = any(first < at < last for first, last in figures for at in (start, end))
    pairs = [sentence[at - 1 : at + 1] for at in (start, end) if 0 < at < len(sentence)]
    letters = any(pair.isascii() and (pair.isalpha() or pair.isdecimal()) for pair in pairs)
    return not through and not letters


def test_a_long_clause_keeps_what_stands_before_the_figure() -> None:
    sentence = "由两家研究机构共同发布的年度统计显示的沿海城市机器人企业总数已从上年的120家增加了许多并且分布在各个园区"
    [found] = _in(sentence, "120家")
    assert clause_of(found, 20) == "……已从上年的120家增加了……"


def test_a_short_clause_takes_in_its_subject() -> None:
    [found] = _in("2024年，机器人企业的研发人员总数持续增加，占三成。", "三成")
    assert clause_of(found) == "机器人企业的研发人员总数持续增加，占三成" or clause_of(found).startswith("2024年")


def test_figures_of_one_sentence_share_an_excerpt() -> None:
    found = _in("下载量占比从2021年的25%升至2024年的63%，引起关注。", "25%", "63%")
    planned = plan_excerpts(found, {"a": 1000})
    assert planned["25%"] == planned["63%"] == "下载量占比从2021年的25%升至2024年的63%"


def test_brackets_and_quotation_marks_stay_in_pairs() -> None:
    sentence = "41人任职于本地企业（超半数进入甲、乙、丙、丁、戊等七大公司，其余在初创企业，分布很广），另有别的去向。"
    [found] = _in(sentence, "41人")
    for limit in range(10, 61):
        assert clause_of(found, limit).count("（") == clause_of(found, limit).count("）")


def test_all_excerpts_of_a_document_stay_within_a_tenth(seeds: Dataset) -> None:
    lengths = {source.id: source.length for source in seeds.sources}
    some = [found for number, found in enumerate(seeds.observations) if number % 6 == 0]
    planned = plan_excerpts(some, lengths)
    for doc, length in lengths.items():
        texts = {planned[found.id] for found in some if found.doc == doc}
        assert sum(map(len, texts)) * SHARE <= length and max(map(len, texts)) <= LONGEST


def test_a_roomy_document_is_quoted_by_whole_clauses() -> None:
    [found] = _in("据统计，园区去年新增的机器人企业达到120家，同比持平。", "120家")
    assert plan_excerpts([found], {"a": 10_000}) == {"120家": "园区去年新增的机器人企业达到120家"}


def test_where_there_is_no_room_for_words_that_tell_the_dearest_is_left_out() -> None:
    """Rather a place than a figure nobody could check; what is quoted says what it is."""
    first, second = "园区的机器人企业增至120家。", "另据主管部门在年底会议上所作的口头通报，研发人员占到38%。"
    [one], [two] = _in(first, "120家"), _in(second, "38%")
    found = [one, two.changed({"start": two.start + 100, "sentence_start": 200})]
    planned = plan_excerpts(found, {"a": 150})
    assert planned == {"38%": "研发人员占到38%"}
    assert set(plan_excerpts(found, {"a": 300})) == {"120家", "38%"}


@given(st.text("一二三的，、（）“”《》 AZ19%人", max_size=40), st.text("丁戊，、）”》 bz7%家", max_size=40))
def test_no_sentence_upsets_the_cutter(before: str, after: str) -> None:
    sentence = f"甲{before}，共57家{after}"
    found = observation("57家", sentence=sentence, start=sentence.rindex("，共57家") + 2)
    for limit in (8, 20, 60):
        assert "57" in clause_of(found, limit)
