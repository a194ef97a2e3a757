"""Inlines as HTML. Text is escaped by Markup.format; nothing else writes a tag."""

from __future__ import annotations

import unicodedata
from typing import assert_never

from markupsafe import Markup

from report.content.nodes import Direction, Inline, Inlines, Link, NoteMark, Ref, Text, Value
from report.errors import ReportError

STYLES = {"strong": "strong", "emphasis": "em", "dots": "span class=dots"}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
JOINER = "\u2060"  # word joiner: no line may end here
_NO_START = ("Pe", "Pf", "Po")  # general categories of closing and stopping punctuation
_NO_END = ("Ps", "Pi")  # of opening punctuation


class InlineSetter:
    """Sets inlines, and remembers which values and notes they met, in order."""

    def __init__(self) -> None:
        self.used: dict[str, None] = {}
        self.notes: list[str] = []

    def set(self, inlines: Inlines) -> Markup:
        """Inlines as HTML, with joiners where a line must not break (see `_is_joined`)."""
        parts: list[Markup | str] = []
        for index, inline in enumerate(inlines):
            if index and _is_joined(inlines[index - 1], inline):
                parts.append(JOINER)
            parts.append(self._inline(inline))
        return Markup("").join(parts)

    def _inline(self, inline: Inline) -> Markup:
        match inline:
            case Text():
                return _styled(inline.text, inline.style)
            case Value():
                self.used[inline.name] = None
                return _value(inline)
            case Direction():
                return Markup('<span class="direction">{}</span>').format(inline.text)
            case Link():
                return link(inline.url, inline.text)
            case Ref():
                return Markup('<a class="ref" href="#{}">{}</a>').format(inline.target, inline.text)
            case NoteMark():
                return self._mark(inline.note)
            case _:
                assert_never(inline)

    def _mark(self, note: str) -> Markup:
        first = note not in self.notes
        if first:
            self.notes.append(note)
        mark = circled(self.notes.index(note) + 1)
        place = Markup(' id="mark-{}"').format(note) if first else ""
        row = Markup('<sup class="mark"><a{} href="#note-{}" role="doc-noteref">{}</a></sup>')
        return row.format(place, note, mark)


def _is_joined(before: Inline, after: Inline) -> bool:
    """Whether no line may break between two inlines: before a note mark, and between a value and the punctuation
    that belongs to it (CLREQ, prohibition rules for line start and line end): a browser sees the value's button as a
    picture, and lets a line break on both of its sides."""
    if isinstance(after, NoteMark):
        return True
    if isinstance(before, NoteMark) or not (isinstance(before, Value) or isinstance(after, Value)):
        return False
    return unicodedata.category(before.text[-1:] or " ") in _NO_END or (
        unicodedata.category(after.text[:1] or " ") in _NO_START
    )


def circled(number: int) -> str:
    """The circled numeral of a note; ReportError beyond ㊿, which Unicode lacks."""
    if number > len(CIRCLED):
        raise ReportError("report.html", f"一章里的脚注超过 {len(CIRCLED)} 条", "合并注释，或把这一章分成两章")
    return CIRCLED[number - 1]


def plain(inlines: Inlines) -> str:
    """The words of inlines, note marks left out."""
    return "".join(inline.text for inline in inlines if not isinstance(inline, NoteMark))


def _styled(text: str, style: str) -> Markup:
    if not style:
        return Markup("{}").format(text)
    tag = STYLES[style]
    return Markup(f"<{tag}>{{}}</{tag.split()[0]}>").format(text)


def _value(value: Value) -> Markup:
    button = evidence_button(value.name, value.text)
    return Markup("<strong>{}</strong>").format(button) if value.style else button


def evidence_button(name: str, text: str) -> Markup:
    """A value as the button that opens its evidence."""
    row = '<button type="button" class="value" popovertarget="evidence-{}" aria-haspopup="dialog">{}</button>'
    return Markup(row).format(anchor(name), text)


def link(url: str, text: str) -> Markup:
    """A link to another site; ReportError for anything but http(s)."""
    if not url.startswith(("https://", "http://")):
        raise ReportError(url, "不是网址", "链接只能以 http:// 或 https:// 开头")
    return Markup('<a class="link" href="{}" rel="noreferrer">{}</a>').format(url, text)


def anchor(name: str) -> str:
    """A value's name as part of an HTML id: characters that an id may not hold become their code."""
    return "".join(char if char.isalnum() or char in "-_" else f".{ord(char):x}" for char in name)
