"""Numbers as Chinese texts write them: Arabic, Chinese and mixed, and the value they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

DIGITS = {char: value for value, row in enumerate(
    ("零〇○", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for char in row}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
TENS = {"廿": 20, "卅": 30}
LARGE = {"万": 10**4, "亿": 10**8, "兆": 10**12}

CHINESE_DIGIT = "[" + "".join(DIGITS) + "]"
_CHINESE_CHARS = "".join(DIGITS) + "".join(SMALL) + "".join(TENS) + "万亿兆"
CHINESE_CHAR = f"[{_CHINESE_CHARS}]"
# Twenty-four digits are more than any figure has: what is longer is a serial.
ARABIC = (
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,7}(?:\.[0-9]{1,16})?(?![0-9])"
    r"|(?<![0-9.])[0-9]{1,3}(?: [0-9]{3}){1,7}(?= ?[\u4e00-\u9fff])|[0-9]{1,24}(?:\.[0-9]{1,16})?(?![0-9]))"
)
# 3万8,066人 counts on to the last digit.
_REST = r"(?:(?:[0-9],[0-9]{3}|[0-9]{3,4})(?= ?(?![年月日])[\u4e00-\u9fff]))?"
# 兆 and 千 before these begin a unit (兆瓦, 千克), 百 before these a percentage (百分点).
_MEGA = "兆(?!瓦|赫|帕|字节|比特|欧(?!元)|伏|焦|牛|位|宽带)"
_KILO = "[百千](?!瓦|克|米|卡|焦|赫|伏|帕|字节|比特|牛|分点|分之)"
_SCALE = f"(?: ?[余多来几]? ?(?:[十百千]?(?:万亿|[万亿]|{_MEGA})|{_KILO}))"
_WORDS = {"thousand": 10**3, "million": 10**6, "mn": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12}
_SCALED = f"{_SCALE}{{1,3}}(?: ?零?{ARABIC}{_SCALE}{{1,2}}){{0,3}}{_REST}"
_MIXED = f"{ARABIC}(?: ?(?:{'|'.join(_WORDS)})(?![A-Za-z])|{_SCALED})?"
# In Chinese numerals 三千米 are 3000 m, but 十一千瓦时 are 11 kWh.
_SPOKEN_CHAR = (
    f"(?:[{re.sub('[百千兆]', '', _CHINESE_CHARS)}]|百(?!分点)|{_MEGA}"
    "|千(?!瓦|克|卡|焦|赫|伏|帕|字节|比特|牛|乏))"
)
_SPOKEN = (
    f"(?:[数几](?=[十百千万亿]))?{_SPOKEN_CHAR}{{1,40}}(?:[余多来几][万亿]{{1,2}})?"
    f"(?:[点.‧·・]{CHINESE_DIGIT}{{1,12}}(?:[万亿]{{1,2}}|{_MEGA})?)?"
)
NUMBER = re.compile(f"{_MIXED}|{_SPOKEN}")
_POINTS = str.maketrans(".‧·・", "点点点点")
_TOKEN = re.compile(r"[0-9]{1,3}(?:[, ][0-9]{3}){1,7}(?![0-9])(?:\.[0-9]{1,16})?|[0-9]{1,24}(?:\.[0-9]{1,16})?|.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a written number says: its value, or two values where it is a spoken range (二三十 is 20 to 30).

    `scale` is the multiplier its last digits carry (1150亿 → 1e8); `bare` has no digit of its own (百亿);
    `qualifier` is a word inside (余, 多, 数, 几), "" where there is none.
    """

    value: Decimal
    high: Decimal | None
    scale: int
    arabic: bool
    bare: bool
    qualifier: str


@dataclass(frozen=True, slots=True)
class Numeral(Reading):
    """A reading and the place where it stands in a text."""

    start: int
    end: int


def numeral_at(text: str, place: int) -> Numeral | None:
    """The number that starts at `place` of a normalised text; None where none does."""
    found = NUMBER.match(text, place)
    reading = _reading(found[0]) if found else None
    if not found or reading is None:
        return None
    return Numeral(
        reading.value, reading.high, reading.scale, reading.arabic, reading.bare, reading.qualifier,
        found.start(), found.end(),
    )


@lru_cache(maxsize=4096)
def _reading(written: str) -> Reading | None:
    values = _values(written)
    if values is None:
        return None
    qualifier = next((char for char in written if char in "余多来几数"), "")
    bare = not any(char in DIGITS or char.isdigit() for char in written)
    high = values[1] if len(values) > 1 else None
    return Reading(values[0], high, _scale(written), written[0] in "0123456789", bare, qualifier)


def _values(written: str) -> tuple[Decimal, ...] | None:
    spoken = re.search(f"({CHINESE_DIGIT})({CHINESE_DIGIT})(?!{CHINESE_DIGIT}|[点.‧·・])", written)
    if spoken and not re.search(f"{CHINESE_DIGIT}{{3}}|[点.‧·・]", written):
        low, high = DIGITS[spoken[1]], DIGITS[spoken[2]]
        if low and (high == low + 1 or (low, high) == (3, 5)):
            head, tail = written[: spoken.start()], written[spoken.end() :]
            ends = parse_number(head + spoken[1] + tail), parse_number(head + spoken[2] + tail)
            return None if None in ends else tuple(end for end in ends if end is not None)
    value = parse_number(written)
    return None if value is None else (value,)


def _scale(written: str) -> int:
    """What the multiplying characters at the end come to: 亿 → 10**8, 千万 → 10**7."""
    if word := _word(written):
        return _WORDS[word]
    tail = re.search(r"[余多来几 ]*([十百千]?[万亿兆]*|[十百千])$", written.rstrip("余多来几 "))
    scale = 1
    for char in tail[1] if tail and written[0] in "0123456789" else _large_tail(written):
        scale *= SMALL.get(char) or LARGE[char]
    return scale


def _large_tail(written: str) -> str:
    tail = re.search("[万亿兆]*$", written)
    return tail[0] if tail else ""


def parse_number(text: str) -> Decimal | None:
    """The value of a written number (5亿2310万, 三千多万, 2,310.5, 二〇二五, 三点五); None where it is none.

    Words of approximation inside (余, 多, 几, 数, 来) do not change it: 数百 is 100, 二十余 is 20.
    """
    if word := _word(text):
        value = parse_number(text.removesuffix(word).rstrip())
        return None if value is None else value * _WORDS[word]
    spoken = text.translate(_POINTS) if text[:1] in _CHINESE_CHARS else ""
    whole, _, fraction = spoken.partition("点")
    if fraction:
        return _with_fraction(whole, fraction)
    parts = _Parts()
    for token in _TOKEN.findall(text):
        if not parts.take(token):
            return None
    return parts.total()


def _word(text: str) -> str:
    """The English multiplier at the end (US$1.2 billion), "" where there is none."""
    return next((word for word in _WORDS if text.endswith(word)), "")


def _with_fraction(whole: str, fraction: str) -> Decimal | None:
    digits = fraction.rstrip("万亿兆")
    head = parse_number(whole)
    if head is None or not digits or any(char not in DIGITS for char in digits):
        return None
    value = head + Decimal("0." + "".join(str(DIGITS[char]) for char in digits))
    for char in fraction[len(digits) :]:
        value *= LARGE[char]
    return value


class _Parts:
    """The sum of a number's parts so far, largest first; a multiplier takes what is smaller before it."""

    def __init__(self) -> None:
        self._parts: list[Decimal] = []
        self._last = ""  # what the previous token was: digit, arabic, small, large
        self._unit = 1
        self._tail: Decimal | None = None

    def take(self, token: str) -> bool:
        if token in DIGITS:
            self._digit(DIGITS[token])
        elif token in TENS:
            self._parts.append(Decimal(TENS[token]))
            self._last = "small"
        elif token in SMALL:
            self._multiply(SMALL[token], "small")
        elif token in LARGE:
            self._multiply(LARGE[token], "large")
        elif token[0].isdecimal():
            self._parts.append(Decimal(token.replace(",", "").replace(" ", "")))
            self._last = "arabic"
        else:
            return token in "余多来几数 "
        return True

    def _digit(self, digit: int) -> None:
        if self._last == "digit":
            self._parts[-1] = self._parts[-1] * 10 + digit
            self._unit = 1
        else:
            self._unit = 1 if digit == 0 or self._last == "zero" else self._unit
            self._parts.append(Decimal(digit))
        self._last = "digit" if digit or len(self._parts) == 1 or self._parts[-1] else "zero"

    def _multiply(self, by: int, last: str) -> None:
        taken = Decimal(0)
        chained = self._last == "arabic" or last == "large" and self._last in ("small", "large")
        while self._parts and (self._parts[-1] < by or chained):
            taken += self._parts.pop()
            chained = False
        self._parts.append((taken or Decimal(1)) * by)
        self._last, self._unit = last, by

    def total(self) -> Decimal | None:
        """The value; a single digit after a multiplier counts tenths of it (两万五 is 25000)."""
        if not self._parts:
            return None
        if self._last == "digit" and len(self._parts) > 1 and 1 <= self._parts[-1] < 10 and self._unit >= 100:
            self._parts[-1] *= self._unit // 10
        return sum(self._parts, Decimal(0))
