"""Words that date without a number: 去年, 上年同期, 五年前, 次年, 近五年, 十四五时期, 上一财年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from report.observations.fiscal import FISCAL_WORDS
from report.observations.lexicon import either, read_table
from report.observations.numerals import CHINESE_DIGIT, parse_number
from report.observations.periods import LEAN_MONTHS, LEAN_YEARS, MONTHS, YEARS, first_month, leaning, relative, shifted

_TABLE = read_table("periods")
_SAME: dict[str, int] = _TABLE["same_span"]
_FISCAL: dict[str, int] = FISCAL_WORDS
_PARTS: dict[str, str] = _TABLE["parts"]
_PLANS: dict[str, str] = _TABLE["plans"]
_QUARTERS: dict[str, int] = _TABLE["quarters"]
_LEANING = {*LEAN_YEARS, *LEAN_MONTHS, *_TABLE["lean_whole"]}
_NOT_BACK = {*YEARS, *MONTHS, *_QUARTERS, *LEAN_YEARS, *LEAN_MONTHS, *_TABLE["lean_whole"], *_PARTS}
_NOT_AFTER: dict[str, str] = _TABLE["not_after"]
_NOT_BEFORE: dict[str, str] = _TABLE["not_before"]
_BEFORE_THAT = frozenset(_TABLE["before_that"])
STANDING = frozenset(_TABLE["standing"])
JOINED = frozenset(("至今", *(word for word, part in _PARTS.items() if not part)))  # add nothing to a date


def _word(word: str) -> str:
    short = word.removesuffix("度")
    after = _NOT_AFTER.get(word, _NOT_AFTER.get(short))
    before = _NOT_BEFORE.get(word, _NOT_BEFORE.get(short))
    return (f"(?<![{after}])" if after else "") + word + (f"(?![{before}])" if before else "")


_FIRST = "".join(sorted({word[0] for word in _NOT_BACK}))  # looked for first: most places begin none of the words
_ALONE = f"(?=[{_FIRST}])(?:{'|'.join(_word(word) for word in sorted(_NOT_BACK, key=lambda word: (-len(word), word)))})"
_NUMBER = f"(?:[0-9]{{1,2}}|(?:{CHINESE_DIGIT}|十){{1,3}})"
_WORDS = re.compile(
    f"(?:(?P<same>{either(_SAME)})度? ?同[期月季]|(?P<fiscal>{either(_FISCAL)})"
    f"|[\"“「『]?(?P<plan>{either(_PLANS)})[\"”」』]?(?:时期|期间|规划期|以来|(?P<plan_end>末|收官))"
    f"|(?P<span>近|过去|最近|未来|今后) ?的?(?P<length>{_NUMBER}) ?年(?!前|级|轮|期|[度龄长])"
    f"|(?P<since>{_NUMBER}) ?年(?:多)?来|(?:本|新|21) ?世纪(?:以来)?的?[前头] ?(?P<century>{_NUMBER}) ?年"
    f"|(?P<word>{_ALONE})"
    f"|(?P<vague>[几数多半])年(?:以|之)?前|(?P<months>[0-9几数一二两三四五六七八九十半]{{1,3}} ?个月)(?:以|之)?前"
    f"|(?<![0-9.])(?P<near>近 ?)?(?P<years>{_NUMBER}) ?(?P<odd>[余多来几])?"
    "(?:年(?P<half>半)?(?:以|之)?前(?![后几0-9一二三四五六七八九十])))"
)
_APPOSED = 2  # 2024年(去年): a word this near behind a date says it again
_AHEAD = ("未来", "今后")


@dataclass(frozen=True)
class Base:
    """What such a word may count from, ISO periods or "": the sentence's own date and whether the word stands next to
    it, the period in force before the sentence (its paragraph, heading), the date of the document, and the date 今年
    stands for where it has none."""

    sentence: str
    apposed: bool
    before: str
    today: str
    now: str

    @property
    def nearest(self) -> str:
        """The nearest of them."""
        return self.sentence or self.before or self.today[:4]


def words_in(text: str) -> Iterator[re.Match[str]]:
    """Every such word of a normalised text, in order."""
    return _WORDS.finditer(text)


def looks_back(word: re.Match[str]) -> bool:
    """Whether the word compares with the sentence's own date (上年同期, 五年前) and so holds for its clause alone."""
    past = word["fiscal"] and _FISCAL[word["fiscal"]] < 0
    return bool(word["same"] or past or word["years"] or word["vague"] or word["months"])


def leans(word: re.Match[str]) -> bool:
    """Whether the word goes by the date before it (次年, 同期, 全年); 去年 goes by the document's."""
    return word["word"] in _LEANING or word["word"] in _PARTS


def recalls(word: re.Match[str]) -> bool:
    """Whether the word may go by what an earlier paragraph told of (当月, 去年同季, 上季)."""
    return leans(word) or bool(word["same"]) or of_quarter(word)


def of_quarter(word: re.Match[str]) -> bool:
    """Whether the word is 本季 or its like, which go by a quarter named in figures and not by one another."""
    return word["word"] in _QUARTERS


def spans_years(word: re.Match[str]) -> bool:
    """Whether the word is a span of years (近五年, 十四五时期), which the next sentence does not take over."""
    return bool(word["plan"] or word["span"] or word["since"] or word["century"])


def dated(word: re.Match[str], base: Base) -> str:
    """The period the word names; "" where its base is unknown or it says no whole number of years (几年前, 半年前)."""
    if word["same"]:
        return shifted(base.nearest, _SAME[word["same"]])
    if word["fiscal"]:
        shift = _FISCAL[word["fiscal"]]  # 0 for 本财年, which goes by no other fiscal year
        return shifted(base.nearest, shift) if shift and base.nearest.startswith("FY") else ""
    if word["plan"]:
        plan = _PLANS[word["plan"]]
        return plan.partition("/")[2] if word["plan_end"] else plan
    if word["span"] or word["since"] or word["century"]:
        return _span(word, base.sentence if base.sentence.isdigit() else base.today)
    if word["word"]:
        return _alone(word["word"], base)
    if not word["years"] or word["near"] or word["odd"] or word["half"]:
        return ""
    years = parse_number(word["years"])
    then = base.sentence or base.today or base.before
    return shifted(then.removeprefix("FY")[:4], -int(years)) if years is not None else ""


def _span(word: re.Match[str], today: str) -> str:
    """近五年 in a document of 2025 is 2020/2025; 未来三年 2025/2028; 本世纪前十年 2001/2010 in any."""
    length = parse_number(word["length"] or word["since"] or word["century"])
    if length is not None and word["century"]:
        return f"2001/{2000 + int(length)}"
    if length is None or not today[:4].isdigit():
        return ""
    year = int(today[:4])
    return f"{year}/{year + int(length)}" if word["span"] in _AHEAD else f"{year - int(length)}/{year}"


def _alone(word: str, base: Base) -> str:
    if word in _LEANING:
        return leaning(word, base.nearest)
    if word in _PARTS:
        year = base.nearest.removeprefix("FY")[:4]
        return f"{year}-{_PARTS[word]}".removesuffix("-") if year else ""
    if word in _QUARTERS:
        return relative(word, first_month(base.sentence or base.before) or base.today)
    return _counted(word, base)


def _counted(word: str, base: Base) -> str:
    """去年 from the document's date, where it has one; from the sentence's date where that names another year and 去年
    counted from the document would not lie after it (2025年30家, 去年20家 in a text of 2026). 上年 is the year before
    the one that is told of, whatever the document's date."""
    told = relative(word, base.today)
    if (YEARS | MONTHS)[word] >= 0:
        return told or relative(word, base.now)
    if not told:
        return relative(word, base.nearest.removeprefix("FY"))
    other = base.sentence.removeprefix("FY")
    if word in _BEFORE_THAT and (other or base.before):
        return relative(word, other or base.before.removeprefix("FY"))
    if not base.apposed and other and not base.today.startswith(other[: len(told)]) and told <= other[: len(told)]:
        return relative(word, other)
    return told


def apposed(before: str) -> bool:
    """Whether nothing but a bracket or a comma stands between a date and the word."""
    return len(before) <= _APPOSED and not any(char.isalnum() for char in before)
