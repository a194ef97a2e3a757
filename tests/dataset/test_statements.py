"""Single statements that are wrong, each with its one finding, and as many that are right: `statements/*.yaml`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.dataset.models import Check, Dataset

FILES = [YAML(typ="safe").load(path) for path in sorted(Path(__file__).with_name("statements").glob("*.yaml"))]
Build = Callable[[Mapping[str, str]], Dataset]


def _findings(texts: str | list[str], dataset_of: Build) -> list[Check]:
    told = [texts] if isinstance(texts, str) else texts
    documents = {name: f"{text}\n" for name, text in zip("abcdef", told, strict=False)}
    return [check for check in dataset_of(documents).checks if check.verdict != "agrees"]


def _said(wanted: dict[str, Any]) -> str | list[str]:
    said: str | list[str] = wanted.get("text") or wanted["texts"]
    return said


def _name(told: str | list[str]) -> str:
    return (told if isinstance(told, str) else told[0])[:16]


@pytest.mark.parametrize("wanted", [one for file in FILES for one in file["wrong"]], ids=lambda one: _name(_said(one)))
def test_a_wrong_statement_is_found(wanted: dict[str, Any], dataset_of: Build) -> None:
    found = _findings(_said(wanted), dataset_of)
    assert [check.rule for check in found] == [wanted["rule"]], [check.text for check in found]
    assert found[0].verdict == wanted.get("verdict", "conflicts")
    assert found[0].computed == wanted.get("computed", found[0].computed)


@pytest.mark.parametrize("text", [one for file in FILES for one in file["right"]], ids=_name)
def test_a_right_statement_is_left_alone(text: str | list[str], dataset_of: Build) -> None:
    assert [check.text for check in _findings(text, dataset_of)] == []


@pytest.mark.parametrize("wanted", [one for file in FILES for one in file["wrong"]], ids=lambda one: _name(_said(one)))
def test_a_finding_is_a_sentence_without_signs(wanted: dict[str, Any], dataset_of: Build) -> None:
    """No arrows and no minus signs: a fall is told in words."""
    for check in _findings(_said(wanted), dataset_of):
        assert not set("→－−") & set(check.text + check.reason), check.text
        assert not re.search("[算降增少为]-[0-9]", check.text), check.text


def test_what_is_told_in_the_same_words_is_one_entry(dataset_of: Build) -> None:
    passage = "全县粮食产量由100万吨增至120万吨，增长20%。"
    checks = dataset_of({"a": f"{passage}\n\n后文又说，{passage}\n"}).checks
    found = [check for check in checks if check.rule == "growth"]
    assert [len(check.observations) for check in found] == [6], [check.text for check in found]


def test_that_ages_run_upwards_is_no_finding(dataset_of: Build) -> None:
    told = dataset_of({"a": "受访者年龄介乎18岁至62岁，月薪为8000元至12000元。\n"}).checks
    assert ["8000" in check.text for check in told if check.rule == "range-order"] == [True]


@pytest.mark.parametrize("other", ["2024年乙市出口额为120亿元。", "乙市出口额从2023年的100亿元增至2024年的120亿元。"])
def test_two_cities_never_agree(other: str, dataset_of: Build) -> None:
    told = dataset_of({"a": "2023年甲市出口额为100亿元，2024年出口额为120亿元。\n", "b": f"{other}\n"}).checks
    assert [check.text for check in told if len(check.docs) > 1] == []


def test_one_city_agrees(dataset_of: Build) -> None:
    told = dataset_of({"a": "2024年甲市出口额为120亿元。\n", "b": "据统计，2024年甲市出口额为120亿元。\n"}).checks
    assert [check.verdict for check in told if len(check.docs) > 1] == ["agrees"]
