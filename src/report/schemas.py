"""JSON Schemas of the files that authors write, made from the models that read them, so that an editor completes and
checks the YAML while it is typed. `python -m report.schemas` renews templates/schema/."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from report.charts.spec import ChartSpec
from report.digest.sentences import Sentences
from report.files import write_files
from report.models import Written
from report.opening import TEMPLATES
from report.records import canonical_json
from report.templates.models import ReportFile, Strings, Wording
from report.templates.values import Entry
from report.theme.layers import EXTENDS, OVER
from report.theme.theme import Theme
from report.validate import model_of
from report.yaml import read_yaml

DIALECT = "https://json-schema.org/draft/2020-12/schema"
WORDS = Path(__file__).with_name("schemas.yaml")
LEFT_OUT = ("title", "default", "description")  # pydantic's, in English or for programs
ONE_OR_MORE = {("Entry", "find"), ("Find", "words")}  # lists of which one member may stand without brackets
Schema = dict[str, Any]


def schemas() -> dict[str, str]:
    """The text of every schema by its file name.

    Files that are laid over one another (report.yaml over series.yaml, theme.yaml, strings.yaml) may leave anything
    out: what is missing in the end, the press tells.
    """
    return {f"{name}.json": canonical_json({"$schema": DIALECT, **make()}) for name, make in _FILES.items()}


def _layer(model: type[BaseModel]) -> Schema:
    """The schema of a file that may hold any part of a model."""
    return _Words(model, whole=False).schema()


def _named(model: type[BaseModel]) -> Schema:
    """The schema of a file whose entries, under names of the author's, each are one of a model."""
    entry = _Words(model, whole=True).schema()
    definitions = entry.pop("$defs", {})
    return {"type": "object", "additionalProperties": entry, "$defs": definitions}


def _theme() -> Schema:
    """The schema of theme.yaml, which also says upon which theme it lies."""
    schema = _layer(model_of(Theme))
    for key in (EXTENDS, OVER):
        schema["properties"][key] = {"type": "string", "description": _told("Theme", key)}
    return schema


_FILES: Mapping[str, Callable[[], Schema]] = {
    "report": lambda: _layer(ReportFile),
    "strings": lambda: _layer(Strings),
    "wording": lambda: _layer(Wording),
    "values": lambda: _named(Entry),
    "charts": lambda: _named(ChartSpec),
    "theme": _theme,
    "sentences": lambda: _layer(Sentences),
}
_WORDS = read_yaml(WORDS).data


def _told(model: str, field: str) -> str:
    """What a field is, in an author's words. KeyError where nobody has said."""
    return str(_WORDS[model][field])


class _Words:
    """A model's schema with its fields told in Chinese; `whole`: what the model requires must be there."""

    def __init__(self, model: type[BaseModel], whole: bool) -> None:
        self.model, self.whole = model, whole
        self.typed = issubclass(model, Written)  # there a number is taken where words are wanted

    def schema(self) -> Schema:
        """The schema of the model with all that it refers to."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # defaults that JSON cannot hold: they are left out
            made = self.model.model_json_schema()
        definitions = {name: self._record(name, about) for name, about in made.pop("$defs", {}).items()}
        return {**self._record(self.model.__name__, made), **({"$defs": definitions} if definitions else {})}

    def _record(self, name: str, about: Schema) -> Schema:
        properties = {
            field: {**self._type(name, field, kind), "description": _told(name, field)}
            for field, kind in about["properties"].items()
        }
        required = {"required": about["required"]} if self.whole and "required" in about else {}
        return {"type": "object", "properties": properties, **required, "additionalProperties": False}

    def _type(self, name: str, field: str, kind: Schema) -> Schema:
        found = self._plain(kind)
        return {"anyOf": [found["items"], found]} if (name, field) in ONE_OR_MORE else found

    def _plain(self, kind: Any) -> Any:
        """A type without what only programs read."""
        if isinstance(kind, list):
            return [self._plain(one) for one in kind if one != {"type": "null"}]
        if not isinstance(kind, dict):
            return kind
        found = {key: self._plain(value) for key, value in kind.items() if key not in LEFT_OUT}
        if self.typed and found.get("type") == "string" and not found.keys() & {"enum", "pattern", "const"}:
            found["type"] = ["string", "number"]
        return found["anyOf"][0] if len(found.get("anyOf", ())) == 1 else found


if __name__ == "__main__":
    write_files({TEMPLATES / "schema" / name: text for name, text in schemas().items()})
