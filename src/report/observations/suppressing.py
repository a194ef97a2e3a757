"""Numerals with a unit that state no quantity: articles, enumerations of points, 每三年, points of no score."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from report.observations.lexicon import Unit, qualifiers, read_table
from report.observations.measuring import Amount
from report.observations.numerals import Numeral
from report.observations.page import Page

_GRADED = re.compile("(?:评分|得分|分值|总分|满分|打分|分数|均分|考|得|获)[^。!?！？\n]{0,60}\\Z")
_INDEX = re.compile(
    "(?:指数|[股纳道沪深标恒创期]指|大盘|点位|收[于报在市盘]|站上|失守|[台港美日韩Aa]股|恒生|国企指|道琼|标普|纳斯达克)[^。!?！？\n]{0,60}\\Z"
)
_LEAST_POINTS = 20  # in Chinese numerals fewer points are the hour or the points of an argument
_LONE = ("百", "千", "万", "亿", "兆")
_PARTIES = 10  # so many 方 in Chinese numerals are parties (四方联盟), not cubic metres
_SUMMED = re.compile("[、和与及][^,，。;；、]{1,4}[年月]\\Z")
_SUM = re.compile("[,，。;；]|合计|总计|合共|共计|相加|都|均|加起来")
_SPAN_WORDS = ("过去", "为期", "未来", "历时", "最近", "满")


@cache
def _table() -> Any:
    return read_table("suppressions")


@cache
def _points() -> re.Pattern[str]:
    """What follows a number of points made (三个方面, 两大原因)."""
    words: list[str] = _table()["enumerations"]
    short, long = ("|".join(word for word in words if (len(word) > 1) == more) for more in (False, True))
    return re.compile(f"(?:{short})|(?:个|大|项|条|种|类)?[\u4e00-\u9fff]{{0,2}}(?:{long})")


def suppressed(page: Page, amount: Amount) -> bool:
    """Whether the amount counts nothing, by the tables of `suppressions.yaml`."""
    numeral, unit = amount.numeral, amount.unit
    if unit is None:
        return False
    if unit.kind == "score":
        return not _is_score(page, numeral, unit)
    if numeral.arabic or amount.half:
        return False
    written = page.text[numeral.start : numeral.end]
    if not numeral.value:
        return True
    if bool(amount.inside) or qualified(page, numeral):
        return unit.kind == "duration" and _is_habit(page, numeral)
    if written in _LONE:
        return not qualifiers().after.match(page.text, amount.end)
    if unit.kind == "duration":
        return _is_habit(page, numeral) or written == _table()["article"] and not _is_span(page, amount)
    if written == _table()["article"]:
        return unit.kind in ("count", "other")
    if unit.kind == "other":
        return numeral.value <= _PARTIES and page.text.startswith("方", numeral.end)
    if unit.unit == "个" and _resumes(page, amount):
        return True
    return numeral.value <= 10 and unit.kind == "count" and bool(_points().match(page.text, numeral.end))


def _resumes(page: Page, amount: Amount) -> bool:
    """十一、十二月两个合计: counts the members of the list that it stands behind."""
    before = page.text[max(0, amount.numeral.start - 8) : amount.numeral.start]
    return bool(_SUMMED.search(before)) and bool(_SUM.match(page.text, amount.end))


def qualified(page: Page, numeral: Numeral) -> bool:
    """Whether a qualifier stands right before the number."""
    return bool(qualifiers().before.search(page.text[max(0, numeral.start - 8) : numeral.start]))


def _is_score(page: Page, numeral: Numeral, unit: Unit) -> bool:
    cue = _INDEX if unit.unit == "点" else _GRADED
    if not numeral.arabic and (unit.unit != "点" or numeral.value < _LEAST_POINTS):
        return False
    return bool(cue.search(page.text[max(0, numeral.start - 60) : numeral.start]))


def _is_habit(page: Page, numeral: Numeral) -> bool:
    """每三年, 上一年, 前几十年: a habit or a point in time."""
    before = page.text[numeral.start - 1 : numeral.start]
    if not before or before not in _table()["durations_after"]:
        return bool(before) and numeral.value == 1 and before in _table()["one_after"]
    other_word = tuple(_table()["durations_not_after"].get(before, ""))
    return page.text[numeral.start - 2 : numeral.start - 1] not in other_word


def _is_span(page: Page, amount: Amount) -> bool:
    """Whether 一年 is a length: 过去一年, 为期一年, 一年内."""
    before = page.text[max(0, amount.numeral.start - 2) : amount.numeral.start]
    return before.endswith(_SPAN_WORDS) or page.text[amount.end : amount.end + 1] in tuple("内半多")
