"""The figures of a sentence as they hang on one another: levels and changes, in rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from report.observations.lexicon import either, read_table
from report.observations.observation import Observation, Relation
from report.observations.passages import Passage

TABLE: dict[str, Any] = read_table("relations")
MOVE = f"(?<![多少])(?:{either([*TABLE['rises'], *TABLE['falls']])})"  # 同比多增 compares two changes
_TO_FIGURE = f"(?:{either(TABLE['to_figure'])}){{0,4}}"
_TO_RATE = f"(?:{either([*TABLE['to_figure'], *TABLE['to_rate']])}){{0,4}}"
_RATE_OF = f"(?:{either(TABLE['rates'])}){_TO_RATE}"
_CHANGE = re.compile(f"(?:(?:{MOVE}){_TO_FIGURE}|{_RATE_OF}|(?:同比|环比|按年|按季|按月)[+-]?)$")
_RATE = re.compile(f"(?:增长|下降|增加|减少|上升|下跌)(?:了|率)?(?:{either(TABLE['to_rate'])}){_TO_FIGURE}$")
AGAINST = f"(?<![同环占])(?:{either(TABLE['against'])})"
_DIFFERENCE = re.compile(
    f"{AGAINST}[^,，;；0-9]{{1,20}}(?:{either(TABLE['differences'])}){_TO_FIGURE}$"
)
_ROW = re.compile("[、和与及跟,，]|以及| ")
_BRACKET = re.compile(r"\([^()]{0,60}\)")
_SAME = re.compile(r"\( ?(?:[约折]?合|相当于).{0,6}$")  # the same amount in another currency
_DATES = ("year", "date", "ordinal")
_NEAR = 40  # characters before a figure in which a word can make it a change
_UNITS = {unit: units[0] for units in TABLE["same_units"] for unit in units}


@dataclass(frozen=True)
class Spot:
    """A figure at [start, end) of its sentence's normalised text; `change` says that it is a rate or amount of change.

    `key` is what makes two figures comparable: points, share, multiple, or kind and unit.
    """

    found: Observation
    start: int
    end: int
    key: str
    change: bool

    @property
    def value(self) -> float:
        """The number, the upper end of a range."""
        value = self.found.value[-1] if isinstance(self.found.value, tuple) else self.found.value
        return float(value)


Found = tuple[Spot, Relation]
Row = tuple[Spot, ...]


@dataclass(frozen=True)
class Line:
    """A sentence with its figures: `rows` are runs of like figures with nothing but a comma or 和 between them, `dates`
    its dates; all in order."""

    passage: Passage
    rows: tuple[Row, ...]
    dates: tuple[Spot, ...]

    @property
    def text(self) -> str:
        """The normalised sentence."""
        return self.passage.text

    def named(self, start: int, end: int) -> str:
        """The sentence's own words at [start, end)."""
        return self.passage.sentence.text[start:end].strip()


def line_of(placed: Sequence[tuple[Observation, Passage]]) -> Line:
    """The line of one sentence's observations."""
    passage = placed[0][1]
    spots = [_spot(found, passage) for found, _ in placed]
    figures = [spot for spot in spots if spot.key and not _SAME.search(passage.text[: spot.start + 2])]
    return Line(passage, tuple(_rows(figures, passage.text)), tuple(spot for spot in spots if not spot.key))


def _spot(found: Observation, passage: Passage) -> Spot:
    start, end = passage.index(found.start), passage.index(found.end - 1) + 1
    key = _key(found)
    before = passage.text[max(0, start - _NEAR) : start]
    return Spot(found, start, end, key, bool(key) and _changes(found, key, before))


def _changes(found: Observation, key: str, before: str) -> bool:
    """Whether the words before a figure make it a change; 翻倍 is one by itself."""
    if "翻" in found.text or _CHANGE.search(before) or _DIFFERENCE.search(before):
        return True
    return key in ("share", "multiple", "points") and bool(_RATE.search(before))


def _key(found: Observation) -> str:
    """What the figure may be compared with; "" for dates and places in an order."""
    kind = found.base or found.kind
    numbers = found.value if isinstance(found.value, tuple) else (found.value,)
    if kind in _DATES or any(isinstance(number, str) for number in numbers):
        return ""
    if found.unit == "百分点":
        return "points"
    if kind == "ratio" and ("倍" in found.text or "翻" in found.text):
        return "multiple"
    if kind in ("percent", "ratio"):
        return "share"
    return f"{kind}:{_UNITS.get(found.unit, found.unit)}"


def _rows(figures: Sequence[Spot], text: str) -> list[Row]:
    rows: list[list[Spot]] = []
    for spot in figures:
        last = rows[-1][-1] if rows else None
        if last and last.key == spot.key and _joined(text[last.end : spot.start]):
            rows[-1].append(_like(spot, last))
        else:
            rows.append([spot])
    return [tuple(row) for row in rows]


def _joined(between: str) -> bool:
    """Whether nothing but a comma or 和 stands between two figures, brackets left out."""
    return bool(_ROW.fullmatch(_BRACKET.sub("", between).strip() or " "))


def _like(spot: Spot, first: Spot) -> Spot:
    """A figure in a row is a change where the first of the row is one."""
    return Spot(spot.found, spot.start, spot.end, spot.key, spot.change or first.change)
