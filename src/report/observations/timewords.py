"""The words for times in a text: dates, and words such as 去年."""

from __future__ import annotations

import re
from functools import lru_cache

_NUMBER = "[0-9一二三四五六七八九十两几]{1,3}"
_DIGITS = "[〇零一二三四五六七八九十]"
_YEAR = f"(?:(?:(?:19|20)[0-9]{{2}}(?:[/-](?:19|20)?[0-9]{{2}})?|(?:民国)?[0-9]{{2,3}}|{_DIGITS}{{4}}) ?财?年度?)"
_MONTH = f"(?:(?<![0-9])[0-9]{{1,2}}(?:-[0-9]{{1,2}})? ?月份?|(?<!{_DIGITS}){_DIGITS}{{1,3}}月份?)"
_PART = f"(?:第?[一二三四1-4]季度?|[前首]{_NUMBER}个?(?:月|季度?)|[上下]半年|全年)"
_DATE = (
    f"(?:{_YEAR}(?:{_MONTH}|{_PART})?|(?:19|20)[0-9]{{2}}[届Q][1-4]?|[0-9]{{2}}Q[1-4]|{_MONTH})"
    f"(?:[0-9]{{1,2}} ?日)?{_PART}?"
)
_RELATIVE = (
    "(?:[0-9一二三四五]{1,2}年)?任期内|[今去前明]年度?|(?:上一?|本|前一|下一?)(?:财|季)?年度?|[上本当]个?月|[上本]周|(?:去年|上年)?同[期月]|"
    "(?<![0-9])[0-9]{1,2} ?日|[今昨]天|[今昨同当]日|年[内初底末]|期内|月内|全年|"
    "首季|第[一二三四1-4]季度?|[一二三四]季度|"
    "[0-9一二三四五]{1,2}年(?:期间|来)|20世纪[0-9]0年代|本世纪|"
    f"[前首]{_NUMBER}个?(?:月|季度)|[上下]半年|(?:过去|未来|近|最近|前|先前){_NUMBER}个?[年月周天](?:间|来|内|里)?|[目当]前|"
    "[“\"]?十[二三四五]五[”\"]?(?:期间|时期|末)?"
)
_TIME = re.compile(
    f"(?:截至|截止|早在|[自从到在于至])? ?(?:{_DATE}|{_RELATIVE})(?:(?:[至到和、-]|以及)(?:{_DATE}|{_RELATIVE}))*"
    "(?:期间|以来|[间底末初起前内后]|为止)*(?:的(?![\u4e00-\u9fff]?(?:确|士)))?|按[^,，的]{2,8}计算"
)
_KEPT = 512  # texts whose reading is kept: each figure of a sentence reads those before it again


@lru_cache(maxsize=_KEPT)
def without_times(text: str) -> str:
    """The text without the dates and words such as 去年 in it."""
    return _TIME.sub("", text)


def first_time(text: str) -> re.Match[str] | None:
    """The first word for a time of a text."""
    return _TIME.search(text)
