"""Single statements that are wrong, each with its one finding, and as many that are right: `statements/*.yaml`."""

from __future__ import annotations

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
