"""The marks of footnotes, in the running text and before the notes: their forms, and how sure each is."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from report.sources.lines import Line

CIRCLED = "①-⑳㉑-㉟㊱-㊿"
RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
STAR = re.compile(r"[*＊]+|[†‡※]")
RANGE = "-–—~～"
STOPS = "。，、；：！？.,;:!?）)》”」』"
# A caret or [^…] is always a mark. [1], 〔1〕 and a bare ① also number lists: marks only where a note follows.
SURE = re.compile(
    rf"\^\[?(?P<circled>[{CIRCLED}])\]?|\[\^(?P<label>[^\]\s]{{1,20}})\]|<sup>\[?(?P<sup>\d{{1,3}}|[{CIRCLED}])\]?</sup>"
    rf"|\^\[(?P<caret>\d{{1,3}})\]|\$\^\{{\s?(?:\[(?P<tex>\d{{1,3}})\]|(?P<round>[{CIRCLED}]))\s?\}}\$"
)
OPENS, CLOSES = r"\[〔【［", r"\]〕】］"
WEAK = re.compile(rf"(?P<bare>[{CIRCLED}])|[{OPENS}](?P<number>\d{{1,3}})[{CLOSES}]")
# （1）, * and ¹ mean much else besides, 注1 may stand for the note itself: marks where a stop stands beside them, and
# only where a note follows that is one by its words or its place.
LOOSE = re.compile(
    rf"[（(](?P<round>\d{{1,2}})[)）]|(?<![*＊])(?P<star>[*＊]{{1,3}}|[†‡※])(?![*＊])|(?P<raised>[{RAISED_DIGITS}]{{1,3}})"
    r"|\$\^\{\s?(?P<power>\d{1,3})\s?\}\$|\^(?P<caret>\d{1,3})(?![\d\]])"
    r"|[（(\[〔【]\s?(?:注|註)\s?(?P<word>\d{1,3})\s?[)）\]〕】]"
)
WORD_NOTE = re.compile(r"[（(\[〔【]?\s?(?:注|註)\s?(?P<word>\d{1,3})\s?[)）\]〕】]?(?=[：:.．、\s\u3000])")
PLAIN = re.compile(r"(?P<plain>\d{1,3})(?:[.．、)）]\s?|[ \t\u3000]+)(?=\D)")  # where notes stand for certain: 1. 某书
SEVERAL = re.compile(rf"[{OPENS}]\d{{1,3}}(?:\s?[,，、\-–—~～]\s?\d{{1,3}})+[{CLOSES}]")
MOST = 9  # notes between the ends of [2-5]
LAST_MARKS = re.compile(
    rf"(?:\^?\[?[{CIRCLED}]\]?|\[\^[^\]\s]{{1,20}}\]|<sup>\[?\d{{1,3}}\]?</sup>|[{OPENS}]\d{{1,3}}[{CLOSES}]|[{RAISED_DIGITS}*＊†‡※]"
    r"|\$\^\{[^{}$]{1,7}\}\$|\^\[?\d{1,3}\]?|(?<=[。！？”」])[（(]\d{1,2}[)）]"
    r"|[（(\[〔【]\s?(?:注|註)\s?\d{1,3}\s?[)）\]〕】])+$"
)
CLAUSES = "：:；;　 、\t"
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


def marks_in(line: Line, above: str = "") -> list[Mark]:
    """The marks in a line of running text; a weak one that opens the line or a clause numbers a list instead, unless
    the line goes on with words of the line above, whose last character is `above`."""
    first = 0 if above else -1
    listed = _listed(line.text)
    weak = [
        m for m in WEAK.finditer(line.text)
        if m.start() == first or m.start() == 0 and line.text[m.end() :][:1] in tuple("。，；")
        or m.start() and m.start() not in listed
    ]
    stars = Counter(STAR.findall(line.text))
    lone = {sign for sign, count in stars.items() if count == 1}  # others are *emphasis*, or factors in a product
    loose = [
        m for m in LOOSE.finditer(line.text)
        if m["word"] and m.start() == first
        or (not m["star"] or m["star"] in lone) and (m.start() == first or m.start() not in listed)
        and _stands_as_mark(line.text, m, above)
    ]
    found = [_mark(line, match) for match in [*SURE.finditer(line.text), *weak, *loose]]
    found += [mark for match in SEVERAL.finditer(line.text) for mark in _several(line, match)]
    found.sort(key=lambda mark: mark.start)
    kept: list[Mark] = []
    for mark in found:
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def opening_mark(line: Line, plain: bool = False) -> Mark | None:
    """The mark that opens the line, of whatever form; `plain`: a number without sign or bracket is one too."""
    forms = (SURE, WEAK, WORD_NOTE, LOOSE, *([PLAIN] if plain else []))
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
    if len(name) == 1 and unicodedata.numeric(name, None) is not None:
        return str(int(unicodedata.numeric(name)))
    return name.replace("＊", "*")


def _several(line: Line, match: re.Match[str]) -> Iterator[Mark]:
    """The marks in [2,3], the first with the bracket before it, each with what stands behind it."""
    numbers = list(re.finditer(r"\d+", match.group()))
    edges = [match.start(), *(match.start() + one.start() for one in numbers[1:]), match.end()]
    place = line.start + match.start()
    last = 0
    for one, start, end in zip(numbers, edges[:-1], edges[1:], strict=True):
        number, sign = int(one.group()), match.group()[one.start() - 1]
        between = range(last + 1, number) if last and sign in RANGE and number - last <= MOST else range(0)
        for inner in between:
            yield Mark(("weak", str(inner)), line.start + start, line.start + start, "", place)
        yield Mark(("weak", one.group()), line.start + start, line.start + end, line.text[start:end], place)
        last = number


def _listed(text: str) -> set[int]:
    """Where signs stand that number the clauses of a list: at the line's start, behind a colon or a space, or behind a
    semicolon where the number before or after it is such a one too: 分为：①甲；②乙."""
    found: dict[int, Key] = {}
    for form in (WEAK, LOOSE):
        for match in form.finditer(text):
            name = next((key for key in ("bare", "number", "round") if match.groupdict().get(key)), "")
            if name and text[max(match.start() - 1, 0)] in CLAUSES or name and match.start() == 0:
                found[match.start()] = (name, _number(match[name]))
    keys = set(found.values())
    beside = {start: {(name, str(int(number) + step)) for step in (-1, 1)} for start, (name, number) in found.items()}
    return {start for start in found if not start or text[start - 1] not in "；;" or not keys.isdisjoint(beside[start])}


def _stands_as_mark(text: str, match: re.Match[str], above: str) -> bool:
    """Whether a loose mark stands where a mark does: behind words, with a stop or the line's end beside it."""
    start, end = match.span()
    before, after = text[start - 1 : start] if start else above, text[end : end + 1]
    if not before.strip() or before in NO_MARK_BEFORE:
        return False
    if match["raised"] or match["power"] or match["caret"]:
        return not (before.isascii() and before.isalnum())
    return bool(match["word"]) or before in STOPS and before not in "、：:" or not after.strip() or after in STOPS
