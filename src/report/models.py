"""Base of everything saved on disk: frozen, unknown keys refused, written as canonical JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict

M = TypeVar("M", bound="Model")


class Model(BaseModel):
    """A frozen record. Two equal records have equal bytes (`to_json`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def to_json(self) -> str:
        """Canonical JSON: fields in order of declaration, one space of indent, UTF-8 as is, newline at the end."""
        return canonical_json(self.model_dump(mode="json"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The record that `to_json` wrote; pydantic.ValidationError where it is not one."""
        return cls.model_validate_json(text)


class Many(Model):
    """A record of which there are very many: all with the same fields set share one set of their names, which would
    otherwise be most of a record's size."""

    def model_post_init(self, context: Any, /) -> None:
        """Exchange the record's own set for the shared one."""
        names = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _NAMES.setdefault(frozenset(names), names))


_NAMES: dict[frozenset[str], set[str]] = {}


class Written(Model):
    """What a person types: a number where words are wanted is taken as typed (serial: 12)."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


def canonical_json(data: Any) -> str:
    """Plain data as canonical JSON (see `Model.to_json`)."""
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def to_jsonl(records: Iterable[Model]) -> str:
    """One compact JSON object a line; "" for no record."""
    return "".join(record.model_dump_json() + "\n" for record in records)


def from_jsonl(kind: type[M], text: str) -> list[M]:
    """The records that `to_jsonl` wrote. Only a line feed ends a line: U+2028 and the like may stand in a text."""
    return [kind.model_validate_json(line) for line in text.split("\n") if line]
