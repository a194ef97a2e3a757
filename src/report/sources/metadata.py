"""What a document says of itself: title, date, publisher, author, from its top, its credits and its script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from report.sources.body import is_signature
from report.sources.classify import is_credit
from report.sources.dates import dateline, find_date
from report.sources.document import Block, Metadata, Script
from report.sources.genre import GENRE
from report.sources.head import Head, is_dateline
from report.sources.persons import persons_in

LAST = 12  # blocks at the end among which a date alone on its line dates the text
OPENING = 2  # paragraphs
_OPENING, _CLOSING = "（(", "）)"
_BETWEEN = " \u3000|｜·"  # what stands between a label's value and the next label
_WRAPPED = re.compile(r"[（(]([^（()）]*)[)）]")


def read_metadata(head: Head, blocks: tuple[Block, ...], record: Mapping[str, str]) -> Metadata:
    """The document's own word on itself; where it says nothing, the file's own record; else a field stays ""."""
    page = [block.text for block in blocks if block.kind == "boilerplate"]
    said = dict(_credits(page))
    said |= {name: value for name, value in head.fields.items() if value}
    author, publisher = _author(said.get("author", "") or _signed(page))
    title = "".join(block.text for block in blocks if block.kind == "title") or _unquoted(said.get("title", ""))
    date, kind = _date(said.get("date", ""), blocks, record.get("date", ""))
    return Metadata(
        title=title or record.get("title", ""),
        date=date,
        date_kind=kind,
        publisher=_others(said.get("publisher") or publisher or said.get("site") or _account(page), page)
        or record.get("publisher", ""),
        author=author or record.get("author", ""),
        serial=said.get("serial", ""),
        code=said.get("code", ""),
        series=said.get("series", ""),
        script=script_of("".join(block.text for block in blocks)),
        url=record.get("url", ""),
    )


def script_of(text: str) -> Script:
    """Traditional where more characters of that script only stand in the text than of the simplified one."""
    simplified = sum(map(text.count, GENRE.table["simplified"]))
    return "Hant" if sum(map(text.count, GENRE.table["traditional"])) > simplified else "Hans"


def _credits(page: list[str]) -> Iterator[tuple[str, str]]:
    """Name of field and value for each label in the credits, from the last to the first: the first given is right."""
    for text in reversed(page):
        if is_credit(text) or is_dateline(text):
            end = len(text)
            for label in reversed(list(GENRE.label.finditer(text))):
                value = _unbracketed(text[label.end() : end])
                end = label.start()
                if value:
                    yield GENRE.label_of[label[1]], value


def _unbracketed(value: str) -> str:
    """The value without brackets around it or half a pair at its ends; 甲（某院） stays."""
    value = value.strip(_BETWEEN)
    if match := _WRAPPED.fullmatch(value):
        value = match[1]
    while value and (value[0] in _CLOSING or value[-1] in _CLOSING and _surplus(value) > 0):
        value = (value[1:] if value[0] in _CLOSING else value[:-1]).strip(_BETWEEN)
    while value and (value[-1] in _OPENING or value[0] in _OPENING and _surplus(value) < 0):
        value = (value[:-1] if value[-1] in _OPENING else value[1:]).strip(_BETWEEN)
    return value


def _surplus(value: str) -> int:
    """How many more brackets are closed than opened."""
    return sum(map(value.count, _CLOSING)) - sum(map(value.count, _OPENING))


def _author(text: str) -> tuple[str, str]:
    """Author and publisher in an author's line: 新民晚報 宋寧華; the body in brackets after a name is left out."""
    match = GENRE.pattern("signature").fullmatch(text)
    text = text.split("｜")[0].split("|")[0].strip(_BETWEEN)
    named, _, post = text.partition("，")
    if post and persons_in(named) and not persons_in(text):
        return named, ""  # 沈亦舟，某所副研究员
    first, _, rest = text.partition(" ")
    if rest and first.endswith(GENRE.words("media")):
        return rest.strip(), first
    return (match[1] if match else text), ""


def _signed(page: list[str]) -> str:
    """The author in a signature, or the names that open the lives under 本文作者."""
    for index, text in enumerate(page):
        if is_signature(text):
            return text
        if text.rstrip("：:") in GENRE.table["author_headings"]:
            lives = map(GENRE.pattern("biography").fullmatch, page[index + 1 :])
            return "、".join(life[1] for life in _leading(lives))
    return ""


def _leading(matches: Iterable[re.Match[str] | None]) -> Iterator[re.Match[str]]:
    for match in matches:
        if not match:
            return
        yield match


def _others(publishers: str, page: list[str]) -> str:
    """The publishers without the body that the author's signature names as the author's."""
    places = [match[2] for match in map(GENRE.pattern("signature").fullmatch, page) if match]
    names = [name for name in publishers.split("；") if name not in places]
    return "；".join(names) or publishers


def _account(page: list[str]) -> str:
    match = next(filter(None, map(GENRE.pattern("account").search, page)), None)
    return match[1] if match else ""


def _date(said: str, blocks: tuple[Block, ...], recorded: str) -> tuple[str, Literal["stated", "event"]]:
    """The date in the credits, else alone on a line, else in the file's record; else that of the event in the opening.
    """
    stated = find_date(said)[0] or _dateline(blocks) or recorded
    opening = [block.text for block in blocks if block.kind == "paragraph"][:OPENING]
    event = "" if stated else dateline(opening)
    return (event, "event") if event else (stated, "stated")


def _dateline(blocks: tuple[Block, ...]) -> str:
    """The date alone on a line, at the top before one at the end."""
    page = [block.text for block in blocks if block.kind == "boilerplate" and is_dateline(block.text)]
    if page:
        return find_date(page[0])[0]
    last = [block.text for block in blocks[-LAST:] if is_dateline(block.text)]
    return next((date for text in last if (date := find_date(text)[0])), "")


def _unquoted(title: str) -> str:
    inner = title[1:-1]
    return inner if title.startswith("《") and title.endswith("》") and not set(inner) & set("《》") else title
