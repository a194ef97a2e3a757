"""Where a figure stands in its sentence."""

from __future__ import annotations

from report.dataset.matching import place_in_sentence
from report.dataset.models import Dataset

from .make import observation


def test_every_seed_figure_is_found_in_its_sentence(seeds: Dataset) -> None:
    for found in seeds.observations:
        place = place_in_sentence(found)
        assert found.sentence[place : place + len(found.text)] == found.text, found


def test_second_of_two_like_figures() -> None:
    found = observation("3%", sentence="甲占3%，乙占3%。", start=7)
    assert place_in_sentence(found.changed({"sentence_start": 0, "sentence_end": 10})) == 7


def test_a_sentence_that_notes_cut_in_two_is_shorter_than_its_stretch() -> None:
    found = observation("49%", sentence="在总体成本中，人力成本占比达49%。", start=14)
    moved = found.changed({"start": 214, "end": 217, "sentence_end": found.sentence_end + 200})
    assert place_in_sentence(moved) == 14
