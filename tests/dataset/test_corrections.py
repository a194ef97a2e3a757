"""Corrections: what each action does, and that a correction whose source has changed stops the build."""

from __future__ import annotations

from typing import Any

import pytest

from report.dataset.corrections import Correction, apply_corrections
from report.errors import ReportError

from .make import observation

SENTENCE = "港口吸纳了约46%的劳动力，船厂占3%，酒店占3%。"
FOUND = (
    observation("约46%", doc="001_port", start=105, sentence=SENTENCE, rule="percent"),
    observation("3%", doc="001_port", start=117, sentence=SENTENCE),
    observation("3%", doc="001_port", start=123, sentence="酒店占3%。"),
)


def correction(**fields: Any) -> Correction:
    return Correction.model_validate(
        {"doc": "001", "text": "约46%", "action": "override", "fields": {"entity": "港口"}, "reason": "主语",
         "where": "corrections.yaml:4", **fields})


def test_override_changes_fields_and_keeps_the_place() -> None:
    [changed, *rest] = apply_corrections(FOUND, [correction(fields={"entity": "港口", "period": "2024"})])
    assert (changed.entity, changed.period, changed.rule) == ("港口", "2024", "percent;corrected:主语")
    assert (changed.id, changed.text, changed.start) == (FOUND[0].id, "约46%", 105)
    assert tuple(rest) == FOUND[1:]


def test_drop_and_flag() -> None:
    kept = apply_corrections(FOUND, [correction(action="drop"), correction(text="3%", at=117, action="flag")])
    assert [one.id for one in kept] == [FOUND[1].id, FOUND[2].id]
    assert kept[0].confidence == 0.3 and kept[0].value == 3


def test_text_is_matched_whatever_its_width_and_spaces() -> None:
    [changed, *_] = apply_corrections(FOUND, [correction(text="約 46％")])
    assert changed.entity == "港口"


@pytest.mark.parametrize("fields, problem", [
    ({"text": "47%"}, "没有对应的观测"),
    ({"doc": "009"}, "没有对应的观测"),
    ({"at": 9}, "没有对应的观测"),
    ({"text": "3%"}, "有2处：001_port:117、001_port:123"),
    ({"expect": {"value": 45}}, "value现为46，不是预期的45"),
    ({"expect": {"colour": 1}}, "没有字段“colour”"),
    ({"fields": {"sentence": "改写"}}, "不能更正的字段：sentence"),
    ({"fields": {}}, "不能更正的字段"),
    ({"fields": {"kind": "colour"}}, "kind"),
])
def test_mistakes(fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(ReportError) as caught:
        apply_corrections(FOUND, [correction(**fields)])
    [issue] = caught.value.issues
    assert issue.where == "corrections.yaml:4" and problem in issue.problem and issue.hint


def test_expectation_that_holds() -> None:
    [changed, *_] = apply_corrections(FOUND, [correction(expect={"value": 46, "bound": "approx"})])
    assert changed.entity == "港口"


def test_one_figure_is_corrected_once_and_all_mistakes_are_told() -> None:
    with pytest.raises(ReportError) as caught:
        apply_corrections(FOUND, [correction(), correction(where="corrections.yaml:9"), correction(text="9%")])
    assert [issue.where for issue in caught.value.issues] == ["corrections.yaml:9", "corrections.yaml:4"]


def test_a_dropped_figure_cannot_be_corrected_again() -> None:
    with pytest.raises(ReportError, match="没有对应的观测"):
        apply_corrections(FOUND, [correction(action="drop"), correction()])
