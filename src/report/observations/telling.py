"""What single clauses tell of their subject: a partner in trade, a founded body, a base, what is compared with."""

from __future__ import annotations

import re

from report.observations.groups import is_group
from report.observations.naming import is_place, names_in
from report.observations.nominal import is_thing
from report.observations.speakers import spoken
from report.observations.timewords import without_times

MARK = re.compile("[,，;；:：。!?！？\n(（]")
_SPACE = re.compile("(?<=[\u4e00-\u9fff]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) (?=[\u4e00-\u9fff])")
_BRACKETS = re.compile("\\([^()]{0,80}\\)|（[^（）]{0,80}）|【[^【】]{0,30}】|\\^?[①-⑳]|\\[[0-9]{1,3}\\]")
_SEPARATOR = re.compile("[、和与及，,;；]")
_AGAINST = re.compile("(?:超过|高于|低于|不及|少于|多于|优于|落后于|领先于)(?P<name>[^,，0-9的]{2,12})的?$")
_BASE_CLAUSE = re.compile("(?:在|从|另外|其中)*(?:主要的?|这些?|上述)?(?P<base>.{2,24}?)(?:之中|当中|中)")
_TRADE = re.compile(
    "(?:对|与|同|向|自|从)(?P<with>[^,，对与]{2,16}?)的?(?:货物|商品|服务)?(?:分别|合计)?"
    "(?:进出口|出口|进口|贸易额?)(?!商|企业|管制|总值占)"
)
_FOUNDED = re.compile("(?:创办|创立|创建|成立|设立|收购|并购)了?(?P<what>[^,，。;；的]{2,24})")


def clauses_of(text: str) -> list[tuple[str, str]]:
    """Who says it and what is said, of each clause of a text without what stands in brackets."""
    return [spoken(clause) for clause in MARK.split(_SPACE.sub("", unbracketed(text)))]


def unbracketed(text: str) -> str:
    """The text without what stands in brackets."""
    return _BRACKETS.sub("", text)


def partner(clause: str) -> str:
    """The other side of a trade (我国对东盟进出口); "" for none."""
    found = _TRADE.search(without_times(clause))
    whom = found["with"].strip("“”\" ") if found else ""
    names = names_in(whom)
    return whom if names and names[0].start == 0 and is_place(names[0].text) else ""


def founded(clause: str) -> str:
    """What somebody has founded or bought, where nothing but that is told before (他创办了月之暗面, 获得…)."""
    found = _FOUNDED.search(clause)
    names = names_in(found["what"]) if found else ()
    return names[0].text if names and names[0].start == 0 else ""


def against(clause: str) -> str:
    """The place or body that a clause compares with right before its figure (超过美国的); "" for none."""
    found = _AGAINST.search(clause)
    return found["name"] if found and any(name.start == 0 for name in names_in(found["name"])) else ""


def base_clause(clause: str, share: bool = False) -> str:
    """The group or thing that a clause such as 在这些毕业生中 takes its figures from, before a `share` whatever it is;
    "" for none."""
    found = _BASE_CLAUSE.fullmatch(without_times(clause).strip())
    return found["base"] if found and (share or is_group(found["base"]) or is_thing(found["base"])) else ""


def stretch(between: str, clause: str) -> str:
    """The words between the figure before it and this one where both stand in one clause, else the clause."""
    if MARK.search(between):
        return clause
    marks = list(_SEPARATOR.finditer(between))
    words = between[marks[-1].end() :] if marks else ""
    return "" if words.endswith("的") else words
