"""The numbers that Word sets before paragraphs and that stand in no text: 第一章, 一、, （一）, 1., a)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from report.sources.docx.package import child, children, number_of, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

DIGITS = "〇一二三四五六七八九"
ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
LARGEST = 9999
_place = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, its form of number, and its text (%1 stands for the first level's)."""

    start: int
    form: str
    text: str


@dataclass
class Numbers:
    """The lists of a document and how far each has come."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_id: str, depth: int) -> str:
        """The number before the next paragraph of a list at a depth (0: the first); "- " for a bullet, "" for none."""
        levels = self.levels.get(list_id, {})
        if depth not in levels:
            return ""
        counts = self.counts.setdefault(self.same[list_id], {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        if levels[depth].form == "bullet":
            return "- "
        return _place.sub(lambda match: self._count(levels, counts, int(match[1]) - 1), levels[depth].text)

    def _count(self, levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth)
        return written(counts.get(depth, level.start), level.form) if level else ""


def read_numbers(numbering: _Element | None) -> Numbers:
    """The lists that a numbering part defines (ECMA-376-1 §17.9); lists of one definition count on together."""
    numbers = Numbers()
    if numbering is None:
        return numbers
    abstract = {value_of(one, "abstractNumId"): _levels(one) for one in children(numbering, "abstractNum")}
    for num in children(numbering, "num"):
        name, base = value_of(num, "numId"), value_of(child(num, "abstractNumId"))
        overrides = list(children(num, "lvlOverride"))
        levels = dict(abstract.get(base, {}))
        for override in overrides:
            depth, start = number_of(override, 0, "ilvl"), child(override, "startOverride")
            if value_of(start) and depth in levels:
                levels[depth] = Level(number_of(start, 1), levels[depth].form, levels[depth].text)
        numbers.levels[name] = levels
        numbers.same[name] = f"num {name}" if overrides else base
    return numbers


def _levels(abstract: _Element) -> dict[int, Level]:
    return {
        number_of(level, 0, "ilvl"): Level(
            number_of(child(level, "start"), 1),
            value_of(child(level, "numFmt")) or "decimal",
            value_of(child(level, "lvlText")),
        )
        for level in children(abstract, "lvl")
    }


def written(number: int, form: str) -> str:
    """A number in one of Word's forms (ECMA-376-1 §17.18.59); in digits where the form is not one of ours."""
    return FORMS.get(form, str)(number) if 0 < number <= LARGEST else str(number)


def chinese(number: int) -> str:
    """The number as one counts: 十二, 一百零三."""
    digits = [int(digit) for digit in str(number)]
    text = "".join(
        DIGITS[digit] + "千百十"[-place] if digit and place else DIGITS[digit]
        for place, digit in zip(range(len(digits) - 1, -1, -1), digits, strict=True)
    )
    text = re.sub("〇+", "零", text).rstrip("零")
    return text.removeprefix("一") if 10 <= number < 20 else text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)


def _roman(number: int) -> str:
    text = ""
    for value, sign in ROMAN:
        text += sign * (number // value)
        number %= value
    return text


def _circled(number: int) -> str:
    return chr(0x245F + number) if number <= 20 else str(number)


FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: "".join(DIGITS[int(digit)] for digit in str(number)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "none": lambda number: "",
    "decimalZero": lambda number: f"{number:02}",
}
