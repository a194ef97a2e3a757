"""values.yaml: queries and arithmetic, and the mistakes in them."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from report.dataset.models import Derivation, Query, ValueSpec
from report.templates.values import try_values
from report.yaml import parse_yaml

CASES = YAML(typ="safe").load((Path(__file__).parent / "cases/values_mistakes.yaml").read_text("utf-8"))


def test_a_query_and_a_derivation_are_read() -> None:
    """A lone query needs no list, a lone word no brackets, a year no quotes."""
    text = (
        "甲: {label: 说明, find: {doc: 003, period: 2024, words: 人}, unit: 人}\n"
        "乙: {label: 说明, find: [{doc: 000}, {doc: 001}], prefer: [001]}\n"
        "丙: {label: 说明, share: [甲, 乙], digits: 1}\n"
        "丁: {label: 说明, count: [sources]}\n"
    )

    values, issues = try_values(parse_yaml(text, "values.yaml"))

    assert issues == []
    assert values == {
        "甲": ValueSpec(label="说明", find=(Query(doc="003", period="2024", words=("人",)),), unit="人"),
        "乙": ValueSpec(label="说明", find=(Query(doc="000"), Query(doc="001")), prefer=("001",)),
        "丙": ValueSpec(label="说明", derive=Derivation(operation="share", of=("甲", "乙"), digits=1)),
        "丁": ValueSpec(label="说明", derive=Derivation(operation="count", of=("sources",))),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["told"][0])
def test_a_mistake_is_told_with_its_line(case: dict[str, list[str]]) -> None:
    """Every mistake of the file at once, one line each."""
    _, issues = try_values(parse_yaml(str(case["text"]), "values.yaml"))

    lines = list(map(str, issues))
    assert len(lines) == len(case["told"])
    for line, told in zip(lines, case["told"], strict=True):
        assert line.startswith(f"values.yaml:{told}")
