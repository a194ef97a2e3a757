"""Where a figure stands: its place in its sentence, its clause, and the clause cut to length."""

from __future__ import annotations

import pytest

from report.dataset.matching import clause_of, compact, place_in_sentence
from report.dataset.models import Dataset

from .make import observation


def test_every_seed_figure_is_found_in_its_sentence(seeds: Dataset) -> None:
    for found in seeds.observations:
        place = place_in_sentence(found)
        assert found.sentence[place : place + len(found.text)] == found.text, found


def test_second_of_two_like_figures() -> None:
    found = observation("3%", sentence="甲占3%，乙占3%。", start=7)
    assert place_in_sentence(found.model_copy(update={"sentence_start": 0, "sentence_end": 10})) == 7


def test_a_sentence_that_notes_cut_in_two_is_shorter_than_its_stretch() -> None:
    found = observation("49%", sentence="在总体成本中，人力成本占比达49%。", start=14)
    moved = found.model_copy(update={"start": 214, "end": 217, "sentence_end": found.sentence_end + 200})
    assert place_in_sentence(moved) == 14


@pytest.mark.parametrize("limit", [12, 30, 60])
def test_clause_holds_the_figure_within_its_limit(seeds: Dataset, limit: int) -> None:
    for found in seeds.observations:
        clause = clause_of(found, limit)
        assert len(clause) <= limit and "\n" not in clause
        if limit == 60:
            assert compact(found.text) in compact(clause), clause


def test_clause_cut_on_both_sides() -> None:
    found = observation("57%", sentence="一" * 80 + "57%" + "二" * 80, start=80)
    clause = clause_of(found)
    assert len(clause) == 60 and clause.startswith("…一") and clause.endswith("二…") and "57%" in clause


def test_clause_ends_at_commas_but_not_inside_numbers() -> None:
    found = observation("1,200家", sentence="去年新增企业1,200家，同比持平。", start=6)
    assert clause_of(found) == "去年新增企业1,200家"
