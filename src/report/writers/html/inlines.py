"""Inlines as HTML. Text is escaped by Markup.format; nothing else writes a tag."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from markupsafe import Markup

from report.content.nodes import Direction, Inline, Inlines, Link, NoteMark, Ref, Text, Value
from report.errors import ReportError

STYLES = {"strong": "strong", "emphasis": "em", "dots": "span class=dots"}
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


class InlineSetter:
    """Sets inlines, and remembers which values and notes they met, in order."""

    def __init__(self) -> None:
        self.used: dict[str, None] = {}
        self.notes: list[str] = []

    def set(self, inlines: Inlines) -> Markup:
        """Inlines as HTML."""
        return Markup("").join(self._set(inlines))

    def _set(self, inlines: Inlines) -> Iterator[Markup]:
        for inline in inlines:
            yield self._inline(inline)

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
                return _link(inline)
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
        anchor = Markup(' id="mark-{}"').format(note) if first else ""
        return Markup('<sup class="mark"><a{} href="#note-{}" role="doc-noteref">{}</a></sup>').format(
            anchor, note, mark
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
    button = Markup('<button type="button" class="value" popovertarget="evidence-{}">{}</button>')
    set_value = button.format(anchor(value.name), value.text)
    return Markup("<strong>{}</strong>").format(set_value) if value.style else set_value


def _link(link: Link) -> Markup:
    if not link.url.startswith(("https://", "http://")):
        raise ReportError(link.url, "不是网址", "链接只能以 http:// 或 https:// 开头")
    return Markup('<a class="link" href="{}" rel="noreferrer">{}</a>').format(link.url, link.text)


def anchor(name: str) -> str:
    """A value's name as part of an HTML id: characters that an id may not hold become their code."""
    return "".join(char if char.isalnum() or char in "-_" else f".{ord(char):x}" for char in name)
