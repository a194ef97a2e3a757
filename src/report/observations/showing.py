"""A document as a reader sees it in a terminal: its figures marked in place, under each paragraph what they say."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from report.observations.observation import Number, Observation, Relation
from report.sources.document import Block, Document

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")  # would steer the terminal
_RESET = "\x1b[0m"
_ESCAPE = re.compile("\x1b\\[[0-9;]*m")
_OPENING, _CLOSING = "[（【《〈“‘「『]", "[，。、；：！？）】》〉”’」』⁰¹²³⁴-⁹]"
# What is not broken: a run of Latin letters and digits or one character, with the marks not to be parted from it.
_PIECE = re.compile(
    f"(?:{_ESCAPE.pattern}|{_OPENING}){{0,8}}(?:[!-~]{{1,40}}|.)(?:{_ESCAPE.pattern}|{_CLOSING}){{0,12}}", re.DOTALL
)
_LISTED = ("contents", "boilerplate")  # kinds of blocks whose lines stand together
_HANG = " " * 6  # before the lines that tell of a figure
RELATIONS = {
    "part-of": "所属的整体",
    "changed-from": "变化的起点",
    "change-of": "所变化的数",
    "compared-with": "比较的对象",
}
_BOUNDS = {"approx": "约", "more-than": "多于", "less-than": "少于", "at-least": "不少于", "at-most": "不多于"}


@dataclass(frozen=True)
class Ink:
    """How things are set off: for each what is written before and after it."""

    figure: tuple[str, str] = ("【", "】")
    heading: tuple[str, str] = ("", "")
    faint: tuple[str, str] = ("", "")


PLAIN = Ink()
COLOUR = Ink(("\x1b[1;33m", _RESET), ("\x1b[1m", _RESET), ("\x1b[2m", _RESET))


@dataclass(frozen=True)
class _Marks:
    """The figures of one block: where each stands in its text, and their numbers, which begin anew in each block."""

    spans: tuple[tuple[int, int], ...]
    found: tuple[Observation, ...]
    numbers: Mapping[str, int]


def show(document: Document, observations: Sequence[Observation], ink: Ink, width: int = 0) -> Iterator[str]:
    """The document's lines: every block, its figures marked and numbered, and what was understood of each below.

    `width` is that of the terminal in columns, a Chinese character taking two; 0 lets every paragraph be one line.
    """
    head = f"{document.file}　{len(document.source)} 字　{len(observations)} 条数据"
    yield from (_set(line, ink.heading) for line in wrapped(safe(document.metadata.title or document.id), width))
    yield from (_set(line, ink.faint) for line in wrapped(safe(head), width))
    before = ""
    texts = {one.id: f"“{one.text}”（第 {one.start} 字）" for one in observations}
    for block, marks in _placed(document, observations):
        if block.kind != before or block.kind not in _LISTED:
            yield ""
        before = block.kind
        text = _marked(block, marks, ink)
        if block.kind in ("title", "heading"):
            yield from (_set(line, ink.heading) for line in wrapped(f"{'#' * max(block.level, 1)} {text}", width))
        elif block.kind in _LISTED:
            yield from (_set(line, ink.faint) for line in wrapped(text, width))
        else:
            yield from wrapped(text, width)
        for one in marks.found:
            here = {other: superscript(number) for other, number in marks.numbers.items()}
            yield from _attributes(one, {**{r.of: texts.get(r.of, r.of) for r in one.relations}, **here}, ink, width)


def wrapped(text: str, width: int, indent: str = "") -> Iterator[str]:
    """The text in lines of at most `width` columns, each after `indent`: broken anywhere but inside a Latin word or a
    number, before a closing mark and behind an opening one. One line where `width` is 0 or leaves too little room.

    Escape sequences take no room; a colour is closed at the end of a line and opened anew on the next.
    """
    room = width - columns(indent)
    if room < 20:
        yield indent + text
        return
    line, used = "", 0
    for match in _PIECE.finditer(text):
        piece, size = match[0], columns(match[0])
        if line and used + size > room:
            colour = (_ESCAPE.findall(line) or [""])[-1].removesuffix(_RESET)
            yield indent + line.rstrip() + (_RESET if colour else "")
            line, used = colour + piece.lstrip(" "), columns(piece.lstrip(" "))
        else:
            line, used = line + piece, used + size
    yield indent + line


def columns(text: str) -> int:
    """How many columns of a terminal the text takes (UAX #11: wide and full-width characters take two)."""
    plain = [char for char in _ESCAPE.sub("", text) if not unicodedata.combining(char)]
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in plain)


def _placed(document: Document, observations: Sequence[Observation]) -> Iterator[tuple[Block, _Marks]]:
    """Every block with its figures, in the order of the document."""
    spans = sorted((start, number) for number, block in enumerate(document.blocks) for start, _ in block.spans)
    starts = [start for start, _ in spans]
    found: dict[int, list[Observation]] = {}
    for one in observations:
        place = bisect_right(starts, one.start) - 1
        found.setdefault(spans[max(place, 0)][1], []).append(one)
    for number, block in enumerate(document.blocks):
        here = tuple(found.get(number, ()))
        numbers = {one.id: index for index, one in enumerate(here, 1)}
        yield block, _Marks(tuple(_span(block, one) for one in here), here, numbers)


def _span(block: Block, one: Observation) -> tuple[int, int]:
    """Where in the block's text a figure stands."""
    starts = [start for start, _ in block.spans]
    lengths = [0, *accumulate(end - start for start, end in block.spans)]

    def index(offset: int) -> int:
        piece = max(bisect_right(starts, offset) - 1, 0)
        return lengths[piece] + offset - starts[piece]

    return index(one.start), index(one.end - 1) + 1


def _marked(block: Block, marks: _Marks, ink: Ink) -> str:
    parts: list[str] = []
    end = 0
    for number, (start, after) in enumerate(marks.spans, 1):
        parts += [safe(block.text[end:start]), _set(safe(block.text[start:after]), ink.figure), superscript(number)]
        end = after
    return "".join([*parts, safe(block.text[end:])])


def safe(text: str) -> str:
    """The text with nothing in it that steers a terminal: control and direction characters are shown as □."""
    return _CONTROL.sub("□", re.sub(r"[ \t\r\n]*[\t\r\n][ \t\r\n]*", " ", text))


def superscript(number: int) -> str:
    """The number in raised digits."""
    return str(number).translate(_SUPERSCRIPT)


def _set(text: str, ink: tuple[str, str]) -> str:
    return f"{ink[0]}{text}{ink[1]}" if text else ""


def _attributes(one: Observation, names: Mapping[str, str], ink: Ink, width: int) -> Iterator[str]:
    """A figure's lines: what it is, what it describes, how that was found, and who is cited for it.

    `names`: how it and those it hangs on are called, by id: the number in this paragraph, else text and place.
    """
    told = "　".join(filter(None, (measure(one), _bound(one), *map(safe, described(one)))))
    first, *rest = wrapped(told, width, _HANG)
    yield f"  {names[one.id]}".ljust(len(_HANG)) + first.removeprefix(_HANG)
    yield from rest
    for line in (*_found(one), *(_related(relation, names) for relation in one.relations)):
        yield from (_set(part, ink.faint) for part in wrapped(safe(line), width, _HANG))
    yield from (_set(_HANG + safe(url), ink.faint) for url in one.citations)  # whole, to be opened from the terminal


def measure(one: Observation) -> str:
    """Value, unit and kind: `1,150–1,350 美元　range(money)`."""
    values = one.value if isinstance(one.value, tuple) else (one.value,)
    told = "–".join(_number(value, one.base or one.kind) for value in values)
    kind = f"{one.kind}({one.base})" if one.base and one.kind == "range" else one.kind
    return f"{safe(told)}{f' {safe(one.unit)}' if one.unit else ''}　{kind}"


def _number(value: Number, kind: str) -> str:
    if isinstance(value, str) or kind in ("year", "date"):
        return str(value)
    return f"{int(value):,}" if value == int(value) else f"{round(value, 4):,}"


def described(one: Observation) -> tuple[str, ...]:
    """What a figure describes; — for what is unknown, but for a date, which describes nothing."""
    unknown = "" if (one.base or one.kind) in ("year", "date") else "—"
    told = (("对象", one.entity or unknown), ("指标", one.indicator or unknown), ("时期", one.period or unknown))
    return tuple(f"{name} {text}" for name, text in (*told, ("说于", one.as_of)) if text)


def _bound(one: Observation) -> str:
    direction = _BOUNDS.get(one.bound, "")
    return f"“{safe(one.qualifier)}”{f'（{direction}）' if direction else ''}" if one.qualifier or direction else ""


def _found(one: Observation) -> tuple[str, ...]:
    lines = [f"第 {one.start}–{one.end} 字　把握 {one.confidence:.2f}　{one.rule}"]
    return (*lines, f"已更正：{one.correction}") if one.correction else tuple(lines)


def _related(relation: Relation, names: Mapping[str, str]) -> str:
    told = (names[relation.of], relation.entity, relation.period)
    return f"{RELATIONS[relation.kind]}：" + "　".join(filter(None, told))
