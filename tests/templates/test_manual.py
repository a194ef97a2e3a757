"""The reference part of the manual is true: the press reads its examples, and its tables name all there is."""

import re
from pathlib import Path
from typing import get_args

import pytest

from report.charts.spec import ChartKind, ChartSpec
from report.content.markdown import parse_section
from report.dataset.models import Query
from report.observations.corrections import FIELDS, Stanza
from report.observations.observation import Kind
from report.templates.load import try_section_file
from report.templates.models import ReportFile, Wording
from report.templates.slots import DIRECTIONS, FORMS
from report.templates.values import OPERATIONS, Entry
from report.theme.theme import FontFile, Look, Setting, Theme
from report.yaml import parse_yaml

from .recipes import MANUAL, REFERENCE

LOOKED_UP = MANUAL.read_text("utf-8").partition(REFERENCE)[2]
YAML = re.findall(r"```yaml\n(.*?)```", LOOKED_UP, re.DOTALL)
MARKDOWN = re.findall(r"```markdown\n(.*?)```", LOOKED_UP, re.DOTALL)


def example(key: str) -> dict[str, dict[str, object]]:
    """The first YAML example that has this key."""
    parsed = [parse_yaml(text, "README.md").data for text in YAML]
    return next(data for data in parsed if key in data)


def test_the_examples_of_yaml_are_accepted() -> None:
    """Each by the model that reads such a file; nothing in them is unknown."""
    series = {"series": "", "kind": "", "issuer": "", "author": "", "parts": ["body"]}
    ReportFile.model_validate({**series, **example("title")})
    Wording.model_validate(example("banned"))
    for entry in {**example("样本"), **example("留任率")}.values():
        listed = {**entry, "find": [entry["find"]]} if isinstance(entry.get("find"), dict) else entry
        Entry.model_validate(listed)
    ChartSpec.model_validate(example("去向")["去向"])
    for stanza in example("corrections")["corrections"]:
        Stanza.model_validate(stanza)
    theme = example("palette")
    assert set(theme) <= set(Theme.__struct_fields__)
    assert {key for look in theme["roles"].values() for key in dict(look)} <= set(Look.__struct_fields__)  # type: ignore[call-overload]


@pytest.mark.parametrize("text", MARKDOWN, ids=lambda text: text.strip().split("\n")[0][:12])
def test_the_examples_of_markdown_are_read(text: str, tmp_path: Path) -> None:
    """Front matter and all."""
    path = tmp_path / "一.md"
    path.write_text(text, "utf-8")

    section, issues = try_section_file(path)

    assert section and not issues
    assert parse_section(section).blocks


def test_the_tables_name_all_there_is() -> None:
    """Every kind of chart and of figure, every condition, operation, form and direction, every entry of a look."""
    names = [*get_args(ChartKind), *get_args(Kind), *Query.model_fields, *OPERATIONS, *FORMS, *DIRECTIONS, *FIELDS]
    names += [*Look.__struct_fields__, *Setting.__struct_fields__, *FontFile.__struct_fields__]
    missing = [name for name in names if name != "other" and name not in LOOKED_UP]

    assert missing == []
