"""What a web page's head says of the page: title, date, publisher, author, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML

from report.sources.dates import find_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

TABLE: dict[str, Any] = YAML(typ="safe", pure=True).load(
    (Path(__file__).parent / "page.yaml").read_text(encoding="utf-8")
)
SHORT = 4  # characters of a column's name: 新闻, 要闻
DEEPEST = 6  # levels of an application/ld+json object that are looked into
_tail = re.compile(rf" ?[{re.escape(TABLE['site_marks'])}] ?| [-–—] |-(?=[^-]{{2,20}}(?:-|$))")
_address = re.compile(r"https?://[^\s<>\"']+")


def page_metadata(tree: HtmlElement) -> dict[str, str]:
    """Fields of Metadata that the page's meta elements and its schema.org record give; the date is ISO."""
    metas = _metas(tree)
    said = {field: next((metas[name.lower()] for name in names if name.lower() in metas), "")
            for field, names in TABLE["meta"].items()}  # fmt: skip
    for record in _records(tree):
        for field, key in TABLE["schema"].items():
            said[field] = said.get(field) or _name(record.get(key))
    said["title"] = title_alone(said["title"] or _text(tree.find(".//title")), said["publisher"])
    said["date"] = find_date(said["date"])[0]
    said["url"] = _link(tree, metas) or said.get("url", "")
    return {field: value for field, value in said.items() if value and _is_fit(field, value)}


def title_alone(title: str, site: str) -> str:
    """A page's title without the names of column and site behind it: 甲市去年增长一成_某某网 → 甲市去年增长一成."""
    end = len(title)
    for mark in reversed(list(_tail.finditer(title))):
        name = title[mark.end() : end]
        if not mark.start() or not (name == site or len(name) <= SHORT or name.endswith(tuple(TABLE["sites"]))):
            break
        end = mark.start()
    return title[:end]


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Content by name of the page's meta elements, the first of a name; names in small letters."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = " ".join(meta.get("content", "").split())
        for name in (meta.get("property"), meta.get("name"), meta.get("itemprop")):
            if name and content:
                found.setdefault(name.lower(), content)
    return found


def _records(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The schema.org objects of the page that describe a text."""
    for script in tree.iter("script"):
        if script.get("type", "").strip().lower() == "application/ld+json":
            try:
                found = json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
            yield from _articles(found, DEEPEST)


def _articles(found: Any, deep: int) -> Iterator[Mapping[str, Any]]:
    if isinstance(found, Mapping):
        if str(found.get("@type", "")).strip("[]'").endswith(tuple(TABLE["types"])):
            yield found
        found = list(found.values())
    if isinstance(found, list) and deep:
        for one in found:
            yield from _articles(one, deep - 1)


def _name(value: Any) -> str:
    """The text of a schema.org value: itself, the name of a person or body, or the names of several."""
    if isinstance(value, Mapping):
        value = value.get("name", "")
    if isinstance(value, list):
        return "、".join(filter(None, map(_name, value)))
    return " ".join(value.split()) if isinstance(value, str) else ""


def _link(tree: HtmlElement, metas: Mapping[str, str]) -> str:
    """The page's own address: the canonical one."""
    links = (link.get("href", "") for link in tree.iter("link") if "canonical" in link.get("rel", "").lower().split())
    return next((url for url in (*links, metas.get("og:url", "")) if _address.fullmatch(url)), "")


def _is_fit(field: str, value: str) -> bool:
    """Whether a value can be what its field is for: an author's page is no author, a relative address is none."""
    is_address = bool(_address.fullmatch(value))
    return is_address if field == "url" else not is_address


def _text(element: HtmlElement | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())
