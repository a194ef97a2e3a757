"""The span grammar on made-up sentences: a case is an entry of cases/*.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.observations.figure import Figure
from report.observations.figures import figures_in

CASES = Path(__file__).parent / "cases"


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        entries = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        found += [pytest.param(entry, id=f"{path.stem}-{number}") for number, entry in enumerate(entries, 1)]
    return found


def _seen(sentence: str, figure: Figure) -> dict[str, Any]:
    value = list(figure.value) if isinstance(figure.value, tuple) else figure.value
    return {
        "text": sentence[figure.start : figure.end], "kind": figure.kind, "base": figure.base, "value": value,
        "unit": figure.unit, "qualifier": figure.qualifier, "bound": figure.bound,
    }


@pytest.mark.parametrize("case", _cases())
def test_figures_of_a_sentence(case: dict[str, Any]) -> None:
    sentence = case["sentence"]
    found = [_seen(sentence, figure) for figure in figures_in(sentence)]
    assert [figure["text"] for figure in found] == [
        wanted.get("text", figure["text"]) for wanted, figure in zip(case["figures"], found, strict=False)
    ] and len(found) == len(case["figures"]), found
    for wanted, figure in zip(case["figures"], found, strict=True):
        for key, value in wanted.items():
            expected = pytest.approx(value, rel=1e-5) if isinstance(value, int | float) else value
            assert figure[key] == expected, (key, figure)
