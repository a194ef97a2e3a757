"""Inlines as HTML. Text is escaped by Markup.format; nothing else writes a tag."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import takewhile
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
        """Inlines as HTML; no line ends before a note mark, or between a value and the punctuation that belongs to it
        (CLREQ, prohibition rules for line start and line end)."""
        parts: list[Markup | str] = []
        for group in _groups(inlines):
            html = Markup("").join(map(self._inline, group))
            if isinstance(group[0], NoteMark):
                parts.append(JOINER)
            parts.append(Markup('<span class="held">{}</span>').format(html) if len(group) > 1 else html)
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
        place = Markup(' id=".mark-{}"').format(note) if first else ""
        row = Markup('<sup class="mark"><a{} href="#.note-{}" role="doc-noteref">{}</a></sup>')
        return row.format(place, note, mark)


def _groups(inlines: Inlines) -> list[list[Inline]]:
    """Inlines with what must stay on one line put together: a browser takes a value's button for a picture, and lets
    a line break on both of its sides."""
    groups: list[list[Inline]] = []
    for unit in _units(inlines):
        if groups and _is_held(groups[-1], unit):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    return groups


def _units(inlines: Inlines) -> Iterator[Inline]:
    """Inlines, the punctuation next to a value cut off from its text."""
    for before, inline, after in zip((None, *inlines), inlines, (*inlines[1:], None), strict=False):
        if not isinstance(inline, Text):
            yield inline
            continue
        text = inline.text
        head = _edge(text, _NO_START) if isinstance(before, Value) else 0
        tail = _edge(text[head:][::-1], _NO_END) if isinstance(after, Value) else 0
        middle = len(text) - tail
        for piece in (text[:head], text[head:middle], text[middle:]):
            if piece:
                yield inline.model_copy(update={"text": piece})


def _is_held(group: list[Inline], unit: Inline) -> bool:
    if any(isinstance(inline, Value) for inline in group):
        return isinstance(unit, NoteMark) or (isinstance(unit, Text) and _edge(unit.text, _NO_START) == len(unit.text))
    return isinstance(unit, Value) and _edge(plain(tuple(group)), _NO_END) == len(plain(tuple(group))) > 0


def _edge(text: str, categories: tuple[str, ...]) -> int:
    """How many characters at the start of a text are of these categories."""
    return sum(1 for _ in takewhile(lambda char: unicodedata.category(char) in categories, text))


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
    row = '<button type="button" class="value" popovertarget=".evidence-{}" aria-haspopup="dialog">{}</button>'
    return Markup(row).format(anchor(name), text)


def link(url: str, text: str) -> Markup:
    """A link to another site; ReportError for anything but http(s)."""
    if not url.startswith(("https://", "http://")):
        raise ReportError(url, "不是网址", "链接只能以 http:// 或 https:// 开头")
    return Markup('<a class="link" href="{}" rel="noreferrer">{}</a>').format(url, text)


def anchor(name: str) -> str:
    """A value's name as part of an HTML id: characters that an id may not hold become their code."""
    return "".join(char if char.isalnum() or char in "-_" else f".{ord(char):x}" for char in name)
