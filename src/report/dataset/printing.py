"""Figures as the house prints them: Arabic digits, 万 and 亿, qualifiers in their place (GB/T 15835)."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from report.dataset.periods import print_date, print_dates
from report.observations.normalise import normalise
from report.observations.observation import Bound, Kind, Number, Observation

SCALES = (("万亿", 12), ("兆", 12), ("亿", 8), ("万", 4))
SCALE_WORDS = {12: "万亿", 8: "亿", 4: "万", 0: ""}
MINUS = "\N{MINUS SIGN}"
HAN_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
RANGE_SIGN = re.compile(r"[~～\-—–－]+|到")
VAGUE = frozenset(("数", "几"))  # 数万人 has no digits to print
FLOAT_DIGITS = 12  # of a number, taken from its text beyond that
PART_OF_FIGURE = frozenset(("前", "倒数"))  # without them it is another figure: 倒数第三名, 前2%


@cache
def _words() -> Any:
    """The table of qualifiers, read when the first figure is printed."""
    from ruamel.yaml import YAML  # here: the writers, which import this room's models, must not pay for it

    return YAML(typ="safe").load(Path(__file__).with_name("qualifiers.yaml"))


@cache
def _printed_forms() -> dict[str, tuple[str, str]]:
    """Each qualifying word of a source: its house form and place."""
    return {word: (form, place) for place in ("before", "after", "inside")
            for form, words in _words()[place].items() for word in words}


def derived_word(bound: Bound) -> str:
    """The qualifier that a derived value of that bound is printed with; "" for none."""
    word: str = _words()["derived"][bound]
    return word


class Figure(NamedTuple):
    """What the print and the size of an observation depend on: like figures are printed and measured once."""

    text: str
    kind: Kind
    base: Kind | None
    value: Number | tuple[Number, Number]
    unit: str
    qualifier: str
    bound: Bound


def figure_of(found: Observation) -> Figure:
    """The observation's figure."""
    return Figure(found.text, found.kind, found.base, found.value, found.unit, found.qualifier, found.bound)


@dataclass(frozen=True)
class Printed:
    """A figure as printed: `text` whole, `plain` without qualifier, `number` digits only, `qualifier` in house form."""

    text: str
    plain: str
    number: str
    qualifier: str


@dataclass(frozen=True)
class Qualifiers:
    """The qualifying words of a figure by place: before it, between digits and unit, after it."""

    before: str = ""
    inside: str = ""
    after: str = ""
    scale_after: int = 0  # decimal exponent of the scale word that follows `inside` (4万多亿: 8)

    def __str__(self) -> str:
        return "…".join(filter(None, (self.before, self.inside, self.after)))


def print_observation(found: Observation, unit: str = "") -> Printed:
    """The figure an observation states, in house form; `unit`, where given, replaces the source's unit word."""
    return _printed_figure(figure_of(found), unit)


@lru_cache(8192)
def _printed_figure(found: Figure, unit: str) -> Printed:
    core = core_of(found)
    words = _qualifiers(found)
    base = found.base or found.kind
    if base in ("year", "date"):
        plain, number = _calendar(found)
        words = words if words.before in _words()["before"] else Qualifiers(after=words.after)  # not 今年
    elif normalise(found.qualifier) in VAGUE:
        plain = number = _bare(found.text)
        words = Qualifiers()
    elif in_words(found, core):
        plain, number = _in_words(core, found, unit)
    else:
        return _in_digits(found, core, words, unit or normalise(found.unit))
    if words.before in PART_OF_FIGURE:
        plain, words = words.before + plain, Qualifiers(inside=words.inside, after=words.after)
    return Printed(words.before + plain + words.inside + words.after, plain, number, str(words))


def print_number(value: Decimal, kind: Kind, unit: str, qualifier: str, shape: tuple[int, int]) -> Printed:
    """A derived figure: `shape` is the decimal exponent of the scale word (8: 亿) and the digits after the point."""
    scale, digits = shape
    number = f"{value.scaleb(-scale):.{digits}f}".replace("-", MINUS)
    plain = number + SCALE_WORDS[scale] + _unit_word(kind, unit)
    return Printed(qualifier + plain, plain, number, qualifier)


def scale_of(text: str) -> int:
    """Decimal exponent of the scale word a figure is written with (1.8万亿: 12, 3180亿: 8, 57%: 0)."""
    return next((power for word, power in SCALES if word in text), 0)


def decimals_of(text: str) -> list[int]:
    """For every number in Arabic digits in the text, how many digits stand after its point."""
    return [len(after) for after in re.findall(r"\d[\d,]*(?:\.(\d+))?", text)]


def core_of(found: Figure) -> str:
    """The figure without its qualifying words, Simplified, half width, without spaces."""
    core = _bare(found.text)
    for piece in _pieces(found):
        if core.startswith(piece):
            core = core.removeprefix(piece)
        else:
            head, _, tail = core.rpartition(piece)
            core = head + tail
    return core


def in_words(found: Figure, core: str) -> bool:
    """Whether the figure stays in words: ordinals, 成, fractions, 翻倍, halves (GB/T 15835: set phrases, 概数)."""
    kind = found.base or found.kind
    if kind == "ordinal" or kind == "percent" and "成" in core:
        return True
    if kind == "ratio":
        return "倍" not in core or "翻" in core
    return "半" in core and not decimals_of(core)


def _bare(text: str) -> str:
    return "".join(normalise(text).split())


def _pieces(found: Figure) -> list[str]:
    """The qualifying words that stand in the figure's own text (`高达…左右` is two)."""
    text = _bare(found.text)
    return [piece for piece in re.split(r"…+|\.\.\.", _bare(found.qualifier)) if piece and piece in text]


def _qualifiers(found: Figure) -> Qualifiers:
    """The words to print, each once, emphasis left out; a second word for the same approximation is dropped."""
    places = {"before": "", "inside": "", "after": ""}
    text = _bare(found.text)
    scale = 0
    for piece in re.split(r"…+|\.\.\.", _bare(found.qualifier)):
        form, place = _printed(piece, text)
        if place == "inside":
            head, _, tail = text.rpartition(piece)
            scale = scale_of(tail)
            place = "inside" if _keeps_inside(head, tail, found) else "after"
        if place and not (form == "左右" and places["before"] == "约"):
            places[place] = form
    return Qualifiers(places["before"], places["inside"], places["after"], scale)


def _printed(piece: str, text: str) -> tuple[str, str]:
    """House form and place of one qualifying word; an unknown one stays as and where it is written."""
    if not piece or piece in _words()["emphasis"]:
        return "", ""
    place = "before" if text.startswith(piece) or piece not in text else "after"
    return _printed_forms().get(piece, (piece, place))


def _keeps_inside(head: str, tail: str, found: Figure) -> bool:
    """600余家 keeps its word before the unit; 一倍多 has it after."""
    return bool(tail) or not found.unit or not head.endswith(_bare(found.unit))


def _in_words(core: str, found: Figure, unit: str) -> tuple[str, str]:
    plain = RANGE_SIGN.sub("至", core) if found.kind == "range" else core
    plain = "半数" if plain == "半" else plain
    number = plain
    if "成" in plain:
        plain = re.sub(r"\d成\d?", lambda match: match[0].translate(HAN_DIGITS), plain)
    if isinstance(found.value, float | int) and found.kind != "ratio":
        number = _digits(exact(found.value), 0, 0)
    own = _bare(found.unit)
    if unit and found.kind == "ordinal":
        plain = (plain.removesuffix(own) if own else plain) + unit
    return plain, number


def _in_digits(found: Figure, core: str, words: Qualifiers, unit: str) -> Printed:
    kind = found.base or found.kind
    values = found.value if isinstance(found.value, tuple) else (found.value,)
    numbers, scales = _numbers(values, core)
    word = _unit_word(kind, unit)
    bare = [number + SCALE_WORDS[scale] for number, scale in zip(numbers, scales, strict=True)]
    marked = [_scaled(number, scale, words) for number, scale in zip(numbers, scales, strict=True)]
    joint = "%至" if word == "%" else "至"
    plain, text = joint.join(bare) + word, joint.join(marked) + word
    if words.before in PART_OF_FIGURE:
        plain = words.before + plain
    return Printed(words.before + text + words.after, plain, "至".join(numbers), str(words))


def _numbers(values: tuple[Number, ...], core: str) -> tuple[list[str], list[int]]:
    """Digits and scale exponent of each value as the source scales it; a range's first part borrows the second's."""
    parts = RANGE_SIGN.sub("至", core).split("至") if len(values) == 2 else [core]
    if len(parts) != len(values):
        parts = [core] * len(values)
    scales = [scale_of(part) for part in parts]
    scales = [scale or scales[-1] for scale in scales]
    places = [max(decimals_of(part), default=0) for part in parts]
    amounts = [_as_written(value, part, scale) for value, part, scale in zip(values, parts, scales, strict=True)]
    numbers = [_digits(amount, scale, place) for amount, scale, place in zip(amounts, scales, places, strict=True)]
    return numbers, scales


def _as_written(value: Number, part: str, scale: int) -> Decimal:
    """The value with all the digits that the text gives it, where those are more than a float holds."""
    told = re.findall(r"\d[\d,]*(?:\.\d+)?", part)
    if len(told) == 1 and sum(map(str.isdecimal, told[0])) > FLOAT_DIGITS:
        written = Decimal(told[0].replace(",", "")).scaleb(scale)
        if math.isclose(written, float(value), rel_tol=10.0**-FLOAT_DIGITS):
            return written
    return exact(value)


def _digits(value: Decimal, scale: int, places: int) -> str:
    """The value in units of 10^scale, with at least `places` digits after the point and no zero more than needed."""
    scaled = value.scaleb(-scale)
    exponent = scaled.normalize().as_tuple().exponent
    digits = f"{scaled:.{max(places, -exponent if isinstance(exponent, int) else 0, 0)}f}"
    return digits.replace("-", MINUS)


def exact(value: Number) -> Decimal:
    """The number as a Decimal: a whole one to its last digit, another rid of binary noise beyond twelve digits
    (435000000.00000006 → 4.35e8)."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{float(value):.12g}")


def plain_number(value: Decimal) -> int | float:
    """A Decimal as a record holds it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _scaled(number: str, scale: int, words: Qualifiers) -> str:
    """Digits, the word between digits and unit, and the scale: 4万多亿, 10多万, 1万多."""
    if not words.inside:
        return number + SCALE_WORDS[scale]
    head, tail = {(12, 8): ("万", "亿"), (12, 12): ("", "万亿"), (8, 8): ("", "亿"), (4, 4): ("", "万")}.get(
        (scale, words.scale_after), (SCALE_WORDS[scale], ""))
    return number + head + words.inside + tail


def _unit_word(kind: Kind, unit: str) -> str:
    if kind == "percent":
        return "个百分点" if unit == "百分点" else "%"
    return unit


def _calendar(found: Figure) -> tuple[str, str]:
    """A year, a date or a range of them, with its digits."""
    if isinstance(found.value, tuple):
        plain = print_dates(str(found.value[0]), str(found.value[1]))
    elif found.kind == "year":
        plain = f"{int(exact(found.value))}{'财年' if '财' in normalise(found.unit + found.text) else '年'}"
    else:
        plain = print_date(str(found.value))
    return plain, plain.removesuffix("财年").removesuffix("年")
