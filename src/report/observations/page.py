"""A text made ready for the grammar: normalised, masked, with what the whole of it tells about its short years."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from report.observations.masks import mask
from report.observations.normalise import normalise

_SHORT_YEAR = re.compile(
    r"(?<![0-9.年])([0-9]{2}) ?年 ?"
    r"(?:第?[一二三四1-4]季|全年|[上下]半年|年?[末初底](?=[,，、的 ])|[QH][1-4]|[0-9]{1,2}(?: ?- ?[0-9]{1,2})? ?月)"
)
_REPUBLIC = re.compile(
    "(?=[民新行立主兆一1])(?:民国|新台币|行政院|立法院|主计|兆元|一[一零〇○][零〇○一二三四五六七八九]年度|"
    "(?<![0-9])1[01][0-9] ?年(?:[0-9]{1,2}月|全年|度|[上下]半|第|底|初))"
)
# Taiwan's own texts speak of it in Traditional characters.
_TAIWAN = re.compile("全台|台湾|台积电")
_TRADITIONAL = re.compile(
    "[國經濟業產億萬會點兩個臺灣較歷來時對於為與過發長開關東車學體實現應將從後還這們說讓選舉黨總統]"
)
_MINUS = "-−－﹣"


@dataclass(frozen=True)
class Page:
    """`original` as given, `text` normalised and masked (same length), and how its years are to be read.

    `short_years`: the two-digit years that stand before a month (18年7月), so that 17年 near them is a year too;
    `republic`: the text counts years of the Republic (民國114年 is 2025).
    """

    original: str
    text: str
    short_years: frozenset[int]
    republic: bool

    @classmethod
    def of(cls, original: str, hidden: Iterable[tuple[int, int]] = ()) -> Page:
        """The page of a text; `hidden` spans are masked besides the names."""
        plain = normalise(original)
        short = frozenset(int(year) for year in _SHORT_YEAR.findall(plain))
        taiwan = _TAIWAN.search(plain) and _TRADITIONAL.search(original)
        return cls(original, mask(plain, hidden), short, bool(taiwan or _REPUBLIC.search(plain)))

    def negative(self, place: int) -> int:
        """How many characters right before `place` make it negative: a minus sign (no dash between words), 负, 零下."""
        if self.text.endswith(("负", "零下"), 0, place):
            return 1 if self.text[place - 1] == "负" else 2
        if not place or self.original[place - 1] not in _MINUS:
            return 0
        before = self.text[place - 2 : place - 1]
        return int(not before or before in " ():,，、为达比是至到%率值\n" or "\u4e00" <= before <= "\u9fff")
