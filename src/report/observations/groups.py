"""Groups of people and bodies that a figure counts or is a part of."""

from __future__ import annotations

import re

from report.observations.lexicon import either, read_table
from report.observations.nominal import begins_with_verb, holds_verb, is_thing
from report.observations.timewords import without_times

_TABLE = read_table("subjects")
_GROUP = f"(?:{either(_TABLE['groups'])})"
_HEAD = re.compile(f"{_GROUP}(?!{_GROUP}|的|[们之])")
_GROUP_END = re.compile(f"{_GROUP}$")
_SURVEYS = re.compile(f"(?:{either(_TABLE['surveys'])})了?[^,，。]{{0,8}}$")
_LIMITS = ("以上", "以下", "以内")
_LIMITED = re.compile(
    "[^,，。;；、的0-9]{0,4}(?:以上|以下|以内)的?(?P<name>[^,，。;；、的0-9]{2,16}?)(?=的|占|达|为|,|，)"
)
_PHRASE = re.compile("的?(?P<phrase>[^,，。;；:：()（）、]{1,30})")
_BASE = re.compile(
    "(?:在|这|那|上述|[,，;；。]|^)(?P<base>(?:[0-9]{1,9}[多余]?[名位家个人])[^,，。;；0-9]{1,14}?)"
    "(?:之中|当中|中)(?=[,，有仅约近超0-9])"
)


def group_behind(right: str) -> str:
    """The group of people or bodies that the words behind a figure begin with; "" for none."""
    found = _PHRASE.match(right)
    if not found:
        return ""
    phrase = found["phrase"]
    head = _HEAD.search(phrase)
    if head is None or head.end() < 2:
        return ""
    name = phrase[: head.end()]
    if "了" in name or begins_with_verb(name) or holds_verb(name) and "的" not in name:
        return ""
    return without_times(name).strip("的 ")


def is_group(name: str) -> bool:
    """Whether a name ends as that of a group of people or bodies does."""
    return bool(_GROUP_END.search(name))


def surveyed(clause: str) -> bool:
    """Whether the clause before a count makes the counted group its subject (追踪了675名学者)."""
    return bool(_SURVEYS.search(clause))


def limited(right: str, qualifier: str) -> str:
    """The thing that a limit belongs to (50万年薪以上的技术职位, 300km以下续航乘用车); "" for a figure that is none."""
    found = _LIMITED.match(qualifier + right if qualifier in _LIMITS else right)
    return found["name"].strip("的 ") if found and is_thing(found["name"]) and not holds_verb(found["name"]) else ""


def base_of(left: str) -> str:
    """The group that a count is taken from (这87位留美精英中, 41人); "" for none."""
    bases = [match["base"] for match in _BASE.finditer(left)]
    return bases[-1] if bases else ""
