"""Base of what stages hand on in great numbers: frozen records, read and made many times faster than a `Model`.

A content tree holds ten thousand nodes, and a report of twenty pages is set in the time that importing pydantic takes.
Types are checked where a record is read, not where code makes one: there the type checker does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Self, TypeVar, dataclass_transform

import msgspec

R = TypeVar("R", bound="Record")


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _Kind(msgspec.StructMeta):
    """Makes every record frozen, made by field names, and strict in what it reads; `tag` is its "type" in JSON."""

    def __new__(cls, name: str, bases: tuple[type, ...], names: dict[str, Any], tag: str | None = None,
                kw_only: bool = True) -> Any:
        return super().__new__(
            cls, name, bases, names, frozen=True, kw_only=kw_only, forbid_unknown_fields=True,
            tag=tag, tag_field="type" if tag else None,
        )  # fmt: skip


class Record(msgspec.Struct, metaclass=_Kind):
    """A frozen record. Two equal records have equal bytes (`to_json`)."""

    def to_json(self) -> str:
        """Canonical JSON: fields in order of declaration, one space of indent, UTF-8 as is, newline at the end."""
        return canonical_json(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Self:
        """The record that `to_json` wrote; msgspec.ValidationError where it is not one."""
        read: Self = _decoder(cls).decode(text)
        return read

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """The record that plain data describes; msgspec.ValidationError where it describes none."""
        return msgspec.convert(data, cls)

    def changed(self, update: Mapping[str, Any]) -> Self:
        """The record with other values in these fields."""
        return msgspec.structs.replace(self, **update)


def canonical_json(data: Any) -> str:
    """Records or plain data as canonical JSON (see `Record.to_json`). ValueError for a number that JSON lacks."""
    import json  # here: a process that only reads records need not wait for it

    compact = json.dumps(msgspec.to_builtins(data), ensure_ascii=False, allow_nan=False)
    return msgspec.json.format(compact, indent=1) + "\n"


def listed(records: Iterable[Record | str], indent: str = "") -> Iterator[str]:
    """The records as a list in canonical JSON, piece by piece: of very many only one is held as text at a time.

    `indent` stands before the line that the list begins in; no line feed ends it.
    """
    joint = f"[\n{indent} "
    for record in records:
        yield joint + canonical_json(record).rstrip("\n").replace("\n", f"\n{indent} ")
        joint = f",\n{indent} "
    yield "[]" if joint[0] == "[" else f"\n{indent}]"


def to_jsonl(records: Iterable[Record]) -> bytes:
    """One compact JSON object a line; b"" for no record."""
    return b"".join(msgspec.json.encode(record) + b"\n" for record in records)


def from_jsonl(kind: type[R], text: bytes) -> list[R]:
    """The records that `to_jsonl` wrote; msgspec.ValidationError where a line is none."""
    return [_decoder(kind).decode(line) for line in text.split(b"\n") if line]


@cache
def _decoder(kind: type[Record]) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)
