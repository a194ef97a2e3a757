"""Made-up reports as they come: headings, notes, page numbers and line breaks in the styles that printers use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from report.content.numbering import han
from report.sources.lines import columns

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
UNBROKEN = re.compile(r"\^?[①-⑳]|（注?\d+）|[\[〔]\d+[\]〕]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|https?://|[!-.0-~]+/?|/|.")
PER_PAGE = 2  # paragraphs


@dataclass(frozen=True)
class Style:
    """How a made-up report is printed. `notes`: circled, caret, bracket, word, round, raised, hollow (〔1〕) or plain
    (marks [1], notes 1.); `width`: characters a line, 0 for paragraphs on one line, which `cut` parts at a page's end;
    `endnotes`: all notes at the end; `header`: a running header over each page; `dense`: no empty lines."""

    headings: str
    cut: bool
    notes: str
    width: int
    endnotes: bool
    header: bool
    contents: bool
    dense: bool = False


@dataclass(frozen=True)
class Section:
    """A heading of level 1 or 2 and its paragraphs, each a list of sentences with or without a note ("")."""

    level: int
    title: str
    paragraphs: tuple[tuple[tuple[str, str], ...], ...]


class Printer:
    """Prints sections in a style."""

    def __init__(self, style: Style, title: str) -> None:
        """An empty report."""
        self.style, self.title = style, title
        self.lines: list[str] = []
        self.waiting: list[tuple[str, str]] = []
        self.marks, self.pages, self.chapters, self.sections = count(1), count(1), 0, 0

    def text(self, sections: tuple[Section, ...]) -> str:
        """The whole report."""
        self.lines += [self.title, "", "某市研究院", "", "2025年3月", ""]
        headings = list(self._headings(sections))
        if self.style.contents:
            entries = (f"{title}……………{place}" for place, title in enumerate(headings, 1))
            self.lines += ["目录", "", *entries, ""]
        printed = 0
        for section, heading in zip(sections, headings, strict=True):
            self.lines += ["", heading, ""]
            for paragraph in section.paragraphs:
                self._paragraph(paragraph)
                printed += 1
                if not self.style.endnotes and printed % PER_PAGE == 0:
                    self._turn()
        self._turn(last=True)
        lines = self.lines
        if self.style.dense:
            lines = [*lines[:6], *filter(None, lines[6:])]
        return "\n".join(lines) + "\n"

    def _headings(self, sections: tuple[Section, ...]) -> Iterator[str]:
        chapter = part = 0
        for section in sections:
            chapter, part = (chapter + 1, 0) if section.level == 1 else (chapter, part + 1)
            yield number(self.style.headings, section.level, chapter, part) + section.title

    def _paragraph(self, sentences: tuple[tuple[str, str], ...]) -> None:
        text = ""
        for sentence, note in sentences:
            text += sentence
            if note:
                sign = self._sign(next(self.marks))
                text += sign
                self.waiting.append((sign, note))
        if self.style.width:
            self.lines += self._wrapped(text, "　　")
        elif self.style.cut and self.waiting and not self.style.endnotes and not sentences[-1][1]:
            middle = text.rindex("，") + 3
            self.lines += ["", text[:middle], ""]
            self._turn()
            self.lines += ["", text[middle:], ""]
        else:
            self.lines += ["", text, ""]

    def _wrapped(self, text: str, indent: str = "") -> list[str]:
        """The text in lines of the style's width; marks, numbers and addresses are not broken, addresses at / are."""
        lines = [indent]
        for piece in UNBROKEN.findall(text):
            if columns(lines[-1] + piece) > 2 * self.style.width:
                lines.append("")
            lines[-1] += piece
        return lines

    def _sign(self, place: int) -> str:
        match self.style.notes:
            case "circled":
                return CIRCLED[place - 1]
            case "caret":
                return f"^{CIRCLED[place - 1]}"
            case "word":
                return f"（注{place}）"
            case "round":
                return f"（{place}）"
            case "raised":
                return "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in str(place))
            case "hollow":
                return f"〔{place}〕"
            case _:
                return f"[{place}]"

    def _turn(self, last: bool = False) -> None:
        """The page's end: notes under a rule, its number, the running header of the next page."""
        if self.waiting:
            self.lines += ["", "注释", ""] if self.style.endnotes else ["", "" if self.style.cut else "────────"]
        for sign, note in self.waiting:
            word = sign.strip("（）") + "："
            before = {"word": word, "plain": f"{sign.strip('[]')}. "}.get(self.style.notes, sign + " ")
            self.lines += self._wrapped(before + note) if self.style.width else [before + note]
        self.waiting = []
        if self.style.endnotes:
            return
        self.marks = count(1)
        if not self.style.cut:
            self.lines.append(f"- {next(self.pages)} -")
        if self.style.header and not self.style.cut and not last:
            self.lines.append(self.title)


def number(form: str, level: int, chapter: int, part: int) -> str:
    """A heading's number in one of the forms that reports use."""
    first, second = {
        "chapter": (f"第{han(chapter)}章 ", f"第{han(max(part, 1))}节 "),
        "han": (f"{han(chapter)}、", f"（{han(max(part, 1))}）"),
        "half": (f"{han(chapter)}、", f"({han(max(part, 1))})"),
        "decimal": (f"{chapter} ", f"{chapter}.{part} "),
        "roman": (f"{'ⅠⅡⅢ'[chapter - 1]}. ", f"{'ABCDEFG'[max(part, 1) - 1]}. "),
        "part": (f"第{han(chapter)}部分 ", f"{han(max(part, 1))}、"),
        "deep": (f"{han(chapter)}、", f"{max(part, 1)}. "),
    }[form]
    return first if level == 1 else second
