"""Ranks and scores: 第八届, 倒数第三名, 位居前三, 指数高达0.51."""

from __future__ import annotations

import re
from dataclasses import replace

from report.observations.building import Measure, built
from report.observations.figure import Figure
from report.observations.numerals import Numeral, numeral_at
from report.observations.page import Page

_UNIT = re.compile(" ?(?P<unit>届|名(?!义|列)|位(?!置)|任期|任|强|次|年(?!级)|代|[家台辆架艘件枚个例](?!人))(?!别)")
_RANKED = re.compile(
    "(?:居|列|入|进|跻身|排名|世界|全球|全国|全市|全省|亚洲|位|行业|占据|稳居|排|前|名|保持|[重跌退冲杀闯升][回返出至]|[保守]住)\\Z"
)
_NO_RANK_BEFORE = tuple("个季月年大家项十%成分天日周百千万亿")
_SCORE_CUE = re.compile(
    "(?:指数|系数|评分|得分|分值|总分|满分|打分|分数|均分|景气度|PMI|BDI|VIX|股指|收于|收报|收在|点位|大盘)"
    "(?:[^,，。;；\n0-9]|[0-9.]{1,12}(?=[升降回]|至)){0,20}\\Z"
)
_SCORE_VERB = re.compile("(?:为|达|至|到|报|于|在|由|从|是|高达|仅|仅为|值|:|约|[增上下升降]|得分|指数|系数) ?\\Z")
_SCORE_BEFORE = tuple("升降回上下和与较高低比是为,，。;；、)")


def ordinal_at(page: Page, place: int) -> list[Figure] | None:
    """第八届, 倒数第三名, 前三名, 位居前三."""
    text = page.text
    numeral = numeral_at(text, place)
    if numeral is None:
        return None
    start = place - 2 if text[place - 2 : place] in ("第 ", "前 ") else place - 1
    mark = text[start] if start >= 0 else ""
    found = _UNIT.match(text, numeral.end)
    unit = found["unit"] if found else ""
    if mark not in ("第", "前") or (mark == "前" and not _is_rank(page, start, numeral.end, unit)):
        return None
    span = (start if mark == "第" else place, found.end() if found else numeral.end)
    figure = built(page, Measure("ordinal", unit, "ordinal"), span, numeral.value)
    if mark == "前":
        return [replace(figure, start=start, qualifier="前", bound="at-most")]
    counted_back = text.endswith("倒数", 0, start)
    return [replace(figure, start=start - 2, qualifier="倒数") if counted_back else figure]


def _is_rank(page: Page, start: int, end: int, unit: str) -> bool:
    """前三 alone is a rank after 位居 and the like; 前三名 always is."""
    after = page.text[end : end + 1]
    alone = bool(_RANKED.search(page.text[max(0, start - 4) : start])) and after not in _NO_RANK_BEFORE
    return unit in ("名", "位", "强") or alone


def score_at(page: Page, place: int) -> list[Figure] | None:
    """An index or score without a unit: 紧缺指数高达0.51, PMI由50.2升至51.4."""
    numeral = numeral_at(page.text, place)
    if numeral is None or not numeral.arabic or not _is_scored(page, numeral):
        return None
    after = page.text[numeral.end : numeral.end + 1]
    if after.isalnum() and after not in _SCORE_BEFORE:
        return None
    return [built(page, Measure("score", "", "score"), (numeral.start, numeral.end), numeral.value)]


def _is_scored(page: Page, numeral: Numeral) -> bool:
    before = page.text[max(0, numeral.start - 32) : numeral.start]
    return bool(_SCORE_VERB.search(before[-4:])) and bool(_SCORE_CUE.search(before))
