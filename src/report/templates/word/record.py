"""What `report export-template` wrote, kept in the file itself: only what differs from it did the author change."""

from __future__ import annotations

from typing import Any

import msgspec

from report.records import Record

NAMESPACE = "urn:policy-press:template"


class ExportedStyle(Record, kw_only=True):
    """A style as exported: its name as Word's menus show it, the role it sets ("" for none), whether it is the one to
    change of that role, and its traits."""

    shown: str
    role: str = ""
    main: bool = False
    traits: dict[str, str | float]


class Exported(Record, kw_only=True):
    """A template as exported. `styles` by canonical name; `direct`: by style, the traits of paragraphs that are set
    directly there by the press itself, each with the values it may have; `page`, `table` and `box` as read; `looks` and
    `lengths` what the theme said of roles and of the page; `scheme` slot of Word's colours → name in the palette,
    `colours` slot → rrggbb; `words`: by style, the words of its paragraphs on cover, series page and closing page;
    `texts`: those of all other paragraphs; `furniture`: the words of headers and footers; `logo`: the sha256 of the
    cover's picture ("": none)."""

    styles: dict[str, ExportedStyle]
    direct: dict[str, dict[str, tuple[str | float, ...]]] = {}
    page: dict[str, str | float]
    table: dict[str, str | float] = {}
    looks: dict[str, dict[str, Any]] = {}
    lengths: dict[str, float] = {}
    scheme: dict[str, str] = {}
    colours: dict[str, str] = {}
    words: dict[str, tuple[str, ...]] = {}
    texts: tuple[str, ...] = ()
    furniture: tuple[str, ...] = ()
    logo: str = ""

    def compact(self) -> str:
        """The record on one line."""
        return msgspec.json.encode(self).decode()
