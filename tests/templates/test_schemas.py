"""The schemas in templates/schema are those of the models, take every file that is shipped, and refuse mistakes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema  # type: ignore[import-untyped]
import pytest

from report.schemas import schemas
from report.yaml import parse_yaml, read_yaml
from tests.project import ROOT

TEMPLATES = ROOT / "templates"
PLACES = ("series/*", "themes/*", "reports/*", "specimen")
FILES = sorted(path for place in PLACES for path in TEMPLATES.glob(f"{place}/*.yaml"))


def schema_of(path: Path) -> dict[str, object]:
    """The schema of a file of templates: series.yaml and report.yaml are two layers of one thing."""
    name = "report" if path.stem == "series" else path.stem
    made: dict[str, object] = json.loads((TEMPLATES / "schema" / f"{name}.json").read_text("utf-8"))
    return made


@pytest.mark.parametrize("name", schemas())
def test_schema_is_fresh(name: str) -> None:
    assert (TEMPLATES / "schema" / name).read_text("utf-8") == schemas()[name], "run: python -m report.schemas"


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_schema_takes_what_is_shipped(path: Path) -> None:
    jsonschema.validate(read_yaml(path).data, schema_of(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_file_names_its_schema(path: Path) -> None:
    """In the words that editors look for; the path is from the file itself."""
    head = path.read_text("utf-8").splitlines()[0]
    assert head.startswith("# yaml-language-server: $schema=")
    assert (path.parent / head.partition("=")[2]).resolve().is_file()


@pytest.mark.parametrize(("file", "text"), [
    ("report.yaml", "titel: 甲"),
    ("report.yaml", "contents_levels: 4"),
    ("report.yaml", "parts: [cover, bodi]"),
    ("theme.yaml", "palette: {navy: 蓝}"),
    ("theme.yaml", "roles: {bodi: {size: 14}}"),
    ("theme.yaml", "roles: {body: {size: 大}}"),
    ("theme.yaml", "setting: {chapters: sometimes}"),
    ("values.yaml", "甲: {find: {doc: '000'}}"),
    ("values.yaml", "甲: {label: 甲, find: {kind: procent}}"),
    ("charts.yaml", "甲: {kind: pie, title: 甲, subtitle: 乙, items: []}"),
    ("strings.yaml", "closing: {lines: 初审}"),
    ("wording.yaml", "bodies: {谷歌: {name: Google}}"),
])
def test_schema_refuses_mistakes(file: str, text: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(parse_yaml(text, file).data, schema_of(Path(file)))


@pytest.mark.parametrize(("file", "text"), [
    ("theme.yaml", "over: shanghai\npalette: {navy: '#0b4f3c'}"),
    ("report.yaml", "serial: 12\nsources: [2024]"),
    ("values.yaml", "甲: {label: 甲, find: {words: 企业, period: 2024}}"),
    ("values.yaml", "甲: {label: 甲, find: [{words: [企业]}, {doc: 乙}]}"),
])
def test_schema_takes_short_forms(file: str, text: str) -> None:
    jsonschema.validate(parse_yaml(text, file).data, schema_of(Path(file)))
