"""Inlines as HTML. Text is escaped by Markup.format; nothing else writes a tag."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import assert_never

from markupsafe import Markup

from report.content.labels import CIRCLED, SOMEWHERE
from report.content.nodes import Direction, Inline, Inlines, Link, NoteMark, PageRef, Ref, Text, Value
from report.errors import ReportError

STYLES = {
    "strong": "strong", "emphasis": "em", "dots": "span class=dots", "superscript": "sup", "subscript": "sub",
}  # fmt: skip
SHORT = 5  # ems: a value up to this long is not parted from its unit, nor is a cell of a table
OPENING = re.compile("[0-9A-Za-z“‘（《〈「『【〔]")
JOINT = re.compile("(?<=[/?&=._@#-])(?=[^/?&=._@#-])")
JOINER = "\u2060"  # word joiner: no line may end here


class InlineSetter:
    """Sets inlines, and remembers which values and notes they met, in order."""

    def __init__(self) -> None:
        self.used: dict[str, None] = {}
        self.notes: dict[str, str] = {}  # the chapter's, with what each is called in the page
        self.told = Counter[str]()  # how many chapters have told each note

    def set(self, inlines: Inlines) -> Markup:
        """Inlines as HTML; no line ends before a note mark (CLREQ, prohibition rules for line start), but one may after
        it, also where a numeral or an opening bracket follows."""
        parts: list[Markup | str] = []
        for before, inline in zip((None, *inlines), inlines, strict=False):
            if isinstance(inline, NoteMark):
                parts.append(JOINER)
            elif isinstance(before, NoteMark) and OPENING.match(inline.text):
                parts.append(Markup("<wbr>"))
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
            case PageRef():
                return Markup('<a class="ref" href="#{}">{}</a>').format(inline.target, inline.label or SOMEWHERE)
            case NoteMark():
                return self._mark(inline.note)
            case _:
                assert_never(inline)

    def _mark(self, note: str) -> Markup:
        first = note not in self.notes
        if first:
            self.told[note] += 1
            self.notes[note] = f"{note}-{self.told[note]}" if self.told[note] > 1 else note
        mark, name = ringed(list(self.notes).index(note) + 1), self.notes[note]
        place = Markup(' id=".mark-{}"').format(name) if first else ""
        row = Markup('<sup class="mark"><a{} href="#.note-{}" role="doc-noteref">{}</a></sup>')
        return row.format(place, name, mark)


def circled(number: int) -> str:
    """The circled numeral of a note, in words; beyond ㊿, which Unicode lacks, the numeral alone."""
    return CIRCLED[number - 1] if number <= len(CIRCLED) else str(number)


def ringed(number: int) -> Markup:
    """The mark of a note; beyond ㊿ a numeral that the style sheet draws a ring about."""
    text = circled(number)
    row = "{}" if text in CIRCLED else '<span class="ring" data-mark="{}"></span>'
    return Markup(row).format(text)


def _styled(text: str, style: str) -> Markup:
    if not style:
        return Markup("{}").format(text)
    tag = STYLES[style]
    return Markup(f"<{tag}>{{}}</{tag.split()[0]}>").format(text)


def _value(value: Value) -> Markup:
    words = value_words(value.name, value.text)
    return Markup("<strong>{}</strong>").format(words) if value.style else words


def value_words(name: str, text: str) -> Markup:
    """A value as words that open its evidence.

    A browser sets a button like a picture, with a line end allowed on both its sides and none within. So the words are
    the label of a button that takes no room: they are justified as text and, unless short, break as text; a click on
    them presses the button, and the button is what the keyboard and a screen reader meet.
    """
    row = (
        '<label class="value"><button type="button" class="opener" popovertarget=".evidence-{}" aria-haspopup="dialog"'
        ' aria-label="{}"></button><span{} aria-hidden="true">{}</span></label>'
    )
    whole = Markup(' class="short"') if is_short(text) else ""
    return Markup(row).format(anchor(name), text, whole, text)


def is_short(text: str) -> bool:
    """Whether a text is so short that no line should end in it."""
    return ems(text) <= SHORT


def ems(text: str) -> float:
    """About how wide a text is, in em: half an em for an ASCII character."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def link(url: str, text: str) -> Markup:
    """A link to another site; ReportError for anything but http(s)."""
    if not url.startswith(("https://", "http://")):
        raise ReportError(url, "不是网址", "链接只能以 http:// 或 https:// 开头")
    if text != url:
        return Markup('<a class="link" href="{}" rel="noreferrer">{}</a>').format(url, text)
    return Markup('<a class="link url" href="{}" rel="noreferrer">{}</a>').format(url, _jointed(url))


def _jointed(url: str) -> Markup:
    """An address that may be broken after its joints, but not in its scheme nor right before its end, as in print."""
    joints = [found.start() for found in JOINT.finditer(url, url.index("//") + 3, len(url) - 2)]
    return Markup("<wbr>").join(url[start:end] for start, end in pairwise([0, *joints, len(url)]))


def anchor(name: str) -> str:
    """A value's name as part of an HTML id: characters that an id may not hold become their code."""
    return "".join(char if char.isalnum() or char in "-_" else f".{ord(char):x}" for char in name)
