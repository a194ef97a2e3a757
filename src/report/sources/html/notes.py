"""A web page's notes: the linked marks in its text, put with the notes that they lead to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from report.sources.draft import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

LONGEST_NOTE = 2000  # characters; a longer block is a part of the text that a link leads to
_mark = re.compile(r"[\[(（〔]?(?:注|註|note ?)?\d{0,3}[①-⑳㉑-㉟㊱-㊿*†‡]?[\])）〕]?", re.IGNORECASE)
_back = re.compile(r"^[\s^↑↩⤴︎️]+|[\s↑↩⤴︎️]+$")
NOTE_BLOCKS = ("li", "p", "dd", "div", "td", "section", "aside")


def take_notes(tree: HtmlElement) -> dict[str, str]:
    """Take the notes out of the page and write `[^1]` for each mark that leads to one; label → the note's text.

    A mark is a link with a number, to a place further down whose block is the note.
    """
    order = {element: index for index, element in enumerate(tree.iter())}
    places = {name: element for element in order for name in (element.get("id"), element.get("name")) if name}
    labels: dict[HtmlElement, str] = {}
    blocks: dict[HtmlElement, HtmlElement | None] = {}
    for link in list(tree.iter("a")):
        target = places.get(link.get("href", "")[1:]) if link.get("href", "").startswith("#") else None
        if target is None or order[target] <= order[link] or not _is_mark(one_line(link.text_content())):
            continue
        if target not in blocks:
            blocks[target] = _block(target)
        block = blocks[target]
        if block is not None and block not in link.iterancestors():
            _set_mark(link, labels.setdefault(block, str(len(labels) + 1)))
    return {label: _take(block) for block, label in labels.items()}


def _is_mark(text: str) -> bool:
    return bool(text) and any(char.isnumeric() or char in "*†‡注註" for char in text) and bool(_mark.fullmatch(text))


def _block(target: HtmlElement) -> HtmlElement | None:
    """The block that a note's anchor opens; None where it is none of a note's size."""
    block = target if target.tag in NOTE_BLOCKS else next(target.iterancestors(*NOTE_BLOCKS), None)
    if block is None or len(block.text_content()) > LONGEST_NOTE or not one_line(block.text_content()):
        return None
    return block


def _set_mark(link: HtmlElement, label: str) -> None:
    """The mark in place of the link, or of the raised text that holds nothing else."""
    parent = link.getparent()
    alone = (
        parent is not None and parent.tag == "sup" and one_line(parent.text_content()) == one_line(link.text_content())
    )
    element = parent if alone else link
    tail, element.tail = element.tail, None
    for child in list(element):
        element.remove(child)
    element.attrib.clear()
    element.tag, element.text, element.tail = "span", f"[^{label}]", tail


def _take(block: HtmlElement) -> str:
    """The note's text without its own mark and the way back, the addresses that links hide written out.

    The block is taken out of the page.
    """
    for link in list(block.iter("a")):
        address = link.get("href", "")
        if address.startswith("#"):
            link.text = ""
            for child in list(link):
                link.remove(child)
        elif address.startswith(("http://", "https://")) and address not in block.text_content():
            link.tail = f"（{address}）{link.tail or ''}"
    text = _back.sub("", one_line(block.text_content()))
    block.drop_tree()
    return text
