"""The marks of footnotes, in the running text and before the notes: their forms, and how sure each is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from report.sources.lines import Line

CIRCLED = "①-⑳㉑-㉟㊱-㊿"
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
STARS = "*＊†‡※"
STOPS = "。，、；：！？.,;:!?）)》”」』"
# A caret or [^…] is always a mark. [1], 〔1〕 and a bare ① also number lists: marks only where a note follows.
SURE = re.compile(
    rf"\^\[?(?P<circled>[{CIRCLED}])\]?|\[\^(?P<label>[^\]\s]{{1,20}})\]|<sup>\[?(?P<sup>\d{{1,3}})\]?</sup>"
)
WEAK = re.compile(rf"(?P<bare>[{CIRCLED}])|[\[〔](?P<number>\d{{1,3}})[\]〕]")
# （1）, * and ¹ mean much else besides, 注1 may stand for the note itself: marks where a stop stands beside them, and
# only where a note follows that is one by its words or its place.
LOOSE = re.compile(
    rf"[（(](?P<round>\d{{1,2}})[)）]|(?<![*＊])(?P<star>[*＊†‡※])(?![*＊])|(?P<raised>[{RAISED_DIGITS}]{{1,3}})"
    r"|[（(\[〔【]\s?(?:注|註)\s?(?P<word>\d{1,3})\s?[)）\]〕】]"
)
WORD_NOTE = re.compile(r"[（(\[〔【]?\s?(?:注|註)\s?(?P<word>\d{1,3})\s?[)）\]〕】]?(?=[：:.．、\s\u3000])")
SEVERAL = re.compile(r"[\[〔]\d{1,3}(?:\s?[,，、]\s?\d{1,3})+[\]〕]")
LAST_MARKS = re.compile(
    rf"(?:\^?\[?[{CIRCLED}]\]?|\[\^[^\]\s]{{1,20}}\]|<sup>\[?\d{{1,3}}\]?</sup>|[\[〔]\d{{1,3}}[\]〕]|[{RAISED_DIGITS}*＊†‡※]"
    r"|[（(\[〔【]\s?(?:注|註)\s?\d{1,3}\s?[)）\]〕】])+$"
)
NO_MARK_BEFORE = "式表图圖例第"  # 式（1）, 表[2]

Key = tuple[str, str]  # the form of the mark, and its number or label


@dataclass(frozen=True)
class Mark:
    """A mark in the running text or before a note: `source[start:end] == text`. Marks that stand in one pair of
    brackets, [2,3], have one `group`, the place of the bracket; -1 for a mark alone."""

    key: Key
    start: int
    end: int
    text: str
    group: int = -1


def marks_in(line: Line, goes_on: bool = False) -> list[Mark]:
    """The marks in a line of running text; a weak one that opens the line or a clause numbers a list instead, unless
    the line goes on with words of the line above."""
    first = 0 if goes_on else -1
    weak = [m for m in WEAK.finditer(line.text) if m.start() == first or _follows_text(line.text, m.start())]
    lone = {sign for sign in STARS if line.text.count(sign) == 1}  # others are *emphasis*, or factors in a product
    loose = [
        m for m in LOOSE.finditer(line.text)
        if m["word"] and m.start() == first or (not m["star"] or m["star"] in lone) and _stands_as_mark(line.text, m)
    ]
    found = [_mark(line, match) for match in [*SURE.finditer(line.text), *weak, *loose]]
    found += [mark for match in SEVERAL.finditer(line.text) for mark in _several(line, match)]
    found.sort(key=lambda mark: mark.start)
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def opening_mark(line: Line) -> Mark | None:
    """The mark that opens the line, of whatever form."""
    forms = (SURE, WEAK, WORD_NOTE, LOOSE)
    match = next(filter(None, (form.match(line.text) for form in forms)), None)
    return _mark(line, match) if match else None


def _mark(line: Line, match: re.Match[str]) -> Mark:
    form, name = next((form, value) for form, value in match.groupdict().items() if value is not None)
    if match.re in (SURE, WEAK):
        form = "sure" if match.re is SURE else "weak"
    return Mark((form, _number(name)), line.start + match.start(), line.start + match.end(), match.group())


def _number(name: str) -> str:
    if all(char in RAISED_DIGITS for char in name):
        return unicodedata.normalize("NFKC", name)
    return str(unicodedata.numeric(name, name)) if len(name) == 1 and not name.isdecimal() else name


def _several(line: Line, match: re.Match[str]) -> Iterator[Mark]:
    """The marks in [2,3], the first with the bracket before it, each with what stands behind it."""
    numbers = list(re.finditer(r"\d+", match.group()))
    edges = [match.start(), *(match.start() + one.start() for one in numbers[1:]), match.end()]
    for one, start, end in zip(numbers, edges[:-1], edges[1:], strict=True):
        place = line.start + match.start()
        yield Mark(("weak", one.group()), line.start + start, line.start + end, line.text[start:end], place)


def _follows_text(text: str, start: int) -> bool:
    return start > 0 and text[start - 1] not in "：:；;　 、\t"


def _stands_as_mark(text: str, match: re.Match[str]) -> bool:
    """Whether a loose mark stands where a mark does: behind words, with a stop or the line's end beside it."""
    start, end = match.span()
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before.strip() or before in NO_MARK_BEFORE:
        return False
    if match["raised"]:
        return not before.isascii()
    return bool(match["word"]) or before in STOPS and before not in "、；;：:" or not after.strip() or after in STOPS
