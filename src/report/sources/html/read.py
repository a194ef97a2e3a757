"""A saved web page → its title, byline and main text, written down line by line.

What of the page is its main text is trafilatura's judgement; notes are put together before it, for it would drop them.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from report.sources.classify import is_credit
from report.sources.draft import Draft, Written, one_line
from report.sources.encoding import Decoded, decode
from report.sources.head import is_dateline
from report.sources.html.layout import BLOCKS, unfold_layout
from report.sources.html.metadata import TABLE, page_metadata
from report.sources.html.notes import take_notes
from report.sources.notes import raised

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

SHORTEST = 30  # letters and digits; a page with fewer has no text of its own
SHORTEST_TITLE = 5  # characters; a shorter one is a column's name
BYLINES = 6
LONGEST_BYLINE = 120
LAST_PARTS = 4  # pieces of a line before a raised text that tell what stands before it
SILENT = ("script", "style", "noscript", "template", "svg", "iframe", "form", "button", "select")


class NoMainText(Exception):
    """The page has no text to read: scripts alone fill it, or it is a list of links."""


def decode_page(data: bytes) -> Decoded | None:
    """The page's text, by its byte order mark, as UTF-8, as it declares itself, or as detected; None for none."""
    declared = re.search(TABLE["declared"].encode(), data[:4096], re.IGNORECASE)
    return decode(data, declared[1].decode("ascii", "replace") if declared else "")


def is_archive(text: str) -> bool:
    """Whether the file is a page with its pictures in one (MHTML) and no page."""
    return bool(re.search(TABLE["archive"], text[:2000], re.IGNORECASE | re.MULTILINE))


def read_page(decoded: Decoded) -> Written:
    """The page's main text under its title and byline, notes last. Raises NoMainText."""
    tree = _parse(decoded.text)
    said = page_metadata(tree)
    saved_from = re.search(TABLE["saved_from"], decoded.text[:4096])
    if saved_from:
        said.setdefault("url", saved_from[1])
    page = list(_block_texts(tree))
    notes = take_notes(tree)
    unfold_layout(tree)
    body = _main_text(tree)
    draft = Draft()
    title = _write_top(draft, said.get("title", ""), page, body)
    _write_body(draft, body, title)
    for label, text in notes.items():
        draft.add(f"[^{label}]: {text}")
    return draft.written(f"html {decoded.encoding}", said)


def _parse(text: str) -> HtmlElement:
    """The page's tree without what no reader sees (scripts, but for its records) and without comments."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except etree.LxmlError:
        raise NoMainText from None
    return tree


def _block_texts(tree: HtmlElement) -> Iterator[str]:
    """What stands in each of the page's blocks, in order; a line break parts blocks too."""
    from lxml import etree

    etree.strip_elements(tree, *SILENT, with_tail=False)
    run: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag in BLOCKS or element.tag == "br" and event == "end":
            text = one_line("".join(run))
            run = []
            if text:
                yield text
        run.append((element.text if event == "start" else element.tail) or "")


@cache
def _settings() -> Any:
    """Trafilatura's own, but for the length under which it takes a whole page for the text: Chinese is shorter."""
    from trafilatura.settings import DEFAULT_CONFIG

    settings = copy.deepcopy(DEFAULT_CONFIG)
    settings["DEFAULT"]["MIN_EXTRACTED_SIZE"] = "60"
    return settings


def _main_text(tree: HtmlElement) -> _Element:
    """The main text as trafilatura's tree of head, p, list, table, quote. It asks no network, no clock and no file."""
    from trafilatura import bare_extraction

    options: dict[str, Any] = {"include_comments": False, "include_formatting": True, "favor_recall": True}
    try:
        found = bare_extraction(tree, output_format="xml", config=_settings(), **options)
    except RecursionError:
        raise NoMainText from None
    body = getattr(found, "body", None)
    if body is None or sum(char.isalnum() for char in "".join(body.itertext())) < SHORTEST:
        raise NoMainText
    return body


def _write_top(draft: Draft, said: str, page: list[str], body: _Element) -> str:
    """Write the page's title, and the byline between it and the text; the title as written. `said`: in the head."""
    texts = filter(None, (one_line("".join(part.itertext())) for part in body))
    first = _squashed(next((text for text in texts if text not in said), ""))[:20]
    at = next((index for index, text in enumerate(page) if first in _squashed(text)), 0)
    title = next((text for text in page[:at] if len(text) >= SHORTEST_TITLE and text in said), "")
    under = page.index(title) + 1 if title else max(at - BYLINES, 0)
    draft.add(title or said, "title")
    short = (text for text in page[under:at] if len(text) <= LONGEST_BYLINE)
    for text in [text for text in short if is_credit(text) or is_dateline(text)][:BYLINES]:
        draft.add(text, "boilerplate")
    return title or said


def _squashed(text: str) -> str:
    return "".join(text.split())


@dataclass
class _Writing:
    """Where the writer stands in the main text: what it has of the current line, and what that line is."""

    draft: Draft
    run: list[str]
    sign: str = ""
    title: str = ""
    raised_at: int = 0
    row: list[str] | None = None


def _write_body(draft: Draft, body: _Element, title: str) -> None:
    """The main text less the title: headings with #, list items with -, a table's rows between strokes."""
    from lxml import etree

    at = _Writing(draft, [], title=title)
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            _open(at, element)
            at.run.append(element.text or "")
        else:
            _close(at, element)
            at.run.append(element.tail or "")
    _end_line(at)


def _open(at: _Writing, element: _Element) -> None:
    match element.tag:
        case "hi" if element.get("rend") == "#sup":
            at.raised_at = len(at.run)
        case "row":
            _end_line(at)
            at.row = []
        case "cell":
            at.run = []
        case "head" | "item":
            _end_line(at)
            at.sign = "- " if element.tag == "item" else "#" * max(int(element.get("rend", "h2")[1:]), 2) + " "
        case "hi" | "ref" | "del" | "code" | "graphic":
            pass
        case _:
            _end_line(at)


def _close(at: _Writing, element: _Element) -> None:
    match element.tag:
        case "hi" if element.get("rend") == "#sup":
            inner = "".join(at.run[at.raised_at :])
            before = "".join(at.run[max(at.raised_at - LAST_PARTS, 0) : at.raised_at])
            at.run[at.raised_at :] = [raised(before, inner)]
        case "cell" if at.row is not None:
            at.row.append("".join(at.run))
            at.run = []
        case "row":
            at.draft.add_row(at.row or [])
            at.row, at.run = None, []
        case "hi" | "ref" | "del" | "code" | "graphic":
            pass
        case _:
            _end_line(at)


def _end_line(at: _Writing) -> None:
    """Write down the line so far; in a table's cell a new line is a space."""
    if at.row is not None:
        at.run.append(" ")
        return
    text = "".join(at.run)
    at.run = []
    if text.strip():
        if one_line(text) != at.title:
            at.draft.add(at.sign + text.strip() if at.sign else text.strip(" \n\t\r"))
        at.sign = ""
