"""Base of everything saved on disk: frozen, unknown keys refused, written as canonical JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict

from report.records import canonical_json


class Model(BaseModel):
    """A frozen record. Two equal records have equal bytes (`to_json`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def to_json(self) -> str:
        """Canonical JSON: fields in order of declaration, one space of indent, UTF-8 as is, newline at the end."""
        return canonical_json(self.model_dump(mode="json"))

    @classmethod
    def from_json(cls, text: bytes | str) -> Self:
        """The record that `to_json` wrote; pydantic.ValidationError where it is not one."""
        return cls.model_validate_json(text)

    def changed(self, update: Mapping[str, Any]) -> Self:
        """The record with other values in these fields."""
        return self.model_copy(update=update)


class Written(Model):
    """What a person types: a number where words are wanted is taken as typed (serial: 12)."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)
