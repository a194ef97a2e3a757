"""Indicators of counts: 41人投身工业界, 600余家AI企业, 游客3900万人次, 25个国家参加."""

from __future__ import annotations

import re

from report.observations.clauses import QUANTITY, TIME, Clause
from report.observations.heads import GOES, TABLE
from report.observations.levels import inverted, subject_text
from report.observations.lexicon import either
from report.observations.phrases import Phrase, cleaned, is_known, phrase_at_end, points_back
from report.observations.reading import Before, Reading

_VERB = re.compile(f"(?:{either(TABLE['verbs'])})(?![生者率量额费])")
_LIGHT = re.compile(f"^(?:{either(TABLE['light'])})+")
_RIGHT = re.compile(f"(?:的|左右|以上|{TIME})*(?P<rest>(?![和与及跟同])[A-Za-z0-9\u4e00-\u9fff“\"《][^;；。]{{0,80}})")
_CLOSE = re.compile("[,，、(（\\[【]")
_RELATIVE = re.compile(f"(?:{either(TABLE['modifying'])})")
_PLACE = re.compile("(?P<name>[\u4e00-\u9fffA-Za-z]{2,8}?)(?:上|里|之间|之中|中(?=[0-9 ]))(?![市海升涨述午游下])")
_ATTENDS = re.compile("出席|参加|参与|报名")
_NEW = re.compile("(?:新增|增设|增加|增聘|新设|增添)(?:了)?(?:约|近)?$")
_ENDS = re.compile(f"(?:{either(TABLE['numbered'])})$")
_POINTED = re.compile("^(?:此类|这类|该类|这些|这样的|自己的|的|了|中(?![国东央心外文期欧医学小]))+")
_STANDS = re.compile("(?:位)?居[首次前末]|领先|领跑|排[名在第]|位列|名列|夺[冠魁]|垫底|不等")
_DONE = frozenset(TABLE["alone"])
_AMONG = re.compile("(?P<name>[A-Za-z\u4e00-\u9fff]{2,10})(?:之中|当中|中)$")
_NOUNS = tuple(TABLE["nouns"])
_NOUN, _DOES = 12, 12  # characters of the name for what is counted and for what it does


def counted(clause: Clause, before: Before) -> Reading | None:
    """What is counted stands behind the figure, and what it does: 241名运动员报名参赛."""
    found = _RIGHT.match(clause.right) if clause.sort in ("people", "count") else None
    if not found:
        return None
    if found["rest"].startswith(("此类", "该类", "这类")) or GOES.match(found["rest"]) or _STANDS.match(found["rest"]):
        return None
    rest = _POINTED.sub("", re.split(QUANTITY, found["rest"])[0])
    noun, does = _relative(rest) or _halves(rest)
    noun = _name(clause, noun)[-_NOUN:]
    does = _name(clause, _LIGHT.sub("", does))
    does = re.sub("^在(?![美华英日韩港台])", "", does)[:_DOES]
    if len(noun) + len(does) < 2:
        return None
    people = clause.sort == "people" and clause.figure.unit != "户"
    suffix = "人数" if people else "数"
    if does and not noun and not people and before.same.level and before.same.rule != "unit":
        return Reading(does + before.same.level, "counted", before.same.level)
    if _ATTENDS.match(does) and len(does) > 6:
        does = does[:2]
    new = "新增" if _NEW.search(clause.left) else ""
    if does and noun and len(noun) + len(does) > 14:
        does = "" if not people else does
    name = f"{new}{does}{noun}"
    level = f"{noun}{suffix}" if noun else ""
    return Reading(name if _ENDS.search(name) else name + suffix, "counted", level)


def _relative(rest: str) -> tuple[str, str] | None:
    """来自顶尖高校、科研机构的代表(共聚一堂): the noun that a clause before 的 belongs to."""
    if not _RELATIVE.match(rest):
        return None
    reach = rest.split("，")[0].split(",")[0]
    before, of, noun = reach.rpartition("的")
    if not of or len(noun) < 2 or "了" in before or "自己" in before:
        return None
    return _halves(noun)


def _halves(rest: str) -> tuple[str, str]:
    """The noun and what it does: (运动员, 报名参赛)."""
    rest = re.sub("(?:之中|当中|中|里|以来)?的?$", "", _CLOSE.split(rest)[0])
    verb = _VERB.search(rest)
    verb = None if verb and verb.start() and rest[verb.start() :] in _NOUNS else verb
    noun = rest[: verb.start()] if verb else rest
    place = _PLACE.match(noun)
    if place:
        return place["name"], ""
    return _own(noun), rest[verb.start() :] if verb else ""


def _own(noun: str) -> str:
    """The noun behind the last 的 (国家的贸易关系 counts countries: what stands before it)."""
    before, of, after = noun.rpartition("的")
    return after if of and len(before) > 8 and len(after) > 1 else (before or after) if of else noun


def _name(clause: Clause, text: str) -> str:
    return cleaned(clause.restored(text)).replace("了", "").replace("自己的", "").strip("的")


def elliptic(clause: Clause, before: Before) -> Reading | None:
    """收到57万宗申请，批出40万宗: a verb alone before the figure counts what the figure before it counted."""
    if clause.sort not in ("people", "count") or before.same.rule not in ("counted", "noun-before", "level"):
        return None
    name = phrase_at_end(clause, subject_text(clause)).name
    return Reading(name + before.same.level, "elliptic", before.same.level) if name in _DONE else None


def among(clause: Clause) -> Reading | None:
    """前100名的高校中，甲国有12所: what it is one of."""
    found = _AMONG.search(clause.earlier) if clause.sort in ("people", "count") else None
    if not found:
        return None
    suffix = "人数" if clause.figure.unit in ("人", "名", "位", "人次") else "数"
    return Reading(found["name"].rpartition("的")[2] + suffix, "among")


def noun_before(clause: Clause, before: Before) -> Reading | None:
    """游客超过3900万人次; 重点实验室270多家: what is counted stands before the figure."""
    if clause.sort not in ("people", "count", "volume") or clause.right[:1].isalnum():
        return None
    text = subject_text(clause)
    phrase = phrase_at_end(clause, text) if not points_back(text) else Phrase()
    if len(phrase.name) < 2 or is_known(phrase.name):
        return None
    name = inverted(phrase.name, clause.sort) or phrase.name[-14:]
    if clause.sort == "volume" or _ENDS.search(name):
        return Reading(name, "noun-before")
    people = clause.figure.unit in ("人", "名", "位", "人次")
    return Reading(name + ("人数" if people else "数"), "noun-before")
