"""Indicators of levels: [指标]为[值], [值]的[指标], 斥资[值], 由[值][指标]增至[值]."""

from __future__ import annotations

import re
from dataclasses import replace

from report.observations.clauses import QUANTITY, Clause, sort_of
from report.observations.heads import ANY_HEAD_END, FILLED, SAME_ROW, TABLE, fits, head_of, is_weak
from report.observations.lexicon import either
from report.observations.phrases import Phrase, headed, headed_at_start, is_name, phrase_at_end, points_back, unlinked
from report.observations.reading import Before, Reading

_QUANTITY_END = re.compile(f"{QUANTITY}$")
_FROM = re.compile(f"(?:由|从(?!业|事)|自)(?P<was>[^,，由从]{{0,24}}?(?:{QUANTITY})[^,，]{{0,12}})$")
_STARTS = re.compile("(?:由|从|自|较|(?<![占对环同之])比|与|和|同|高于|低于|超过|不及|多于|少于|相当于|优于)$")
_BEHIND = re.compile("(?P<of>(?:以上|左右|以下)?的)?(?P<name>[A-Za-z\u4e00-\u9fff]{1,14})")
_PURPOSE = re.compile("|".join(TABLE["purposes"]))
_STOPPED = re.compile("|".join(TABLE["stops"][1:]))
_AIM = re.compile("的(?:[\u4e00-\u9fff]{0,4})(?P<aim>目标|预期|预测|上限|下限)")
_THING = re.compile("[\u4e00-\u9fff]{2,6}")
_INTO = re.compile("投[资入](?:于|到)?(?P<what>(?!建设)[A-Za-z\u4e00-\u9fff]{2,8})$")
_ALL = re.compile("整体|合计|总计|总共|共计|合共")
_TOPICAL = frozenset(TABLE["topical"])
_USED = re.compile("(?:用于|用以|用作|用来|作为)(?P<name>[A-Za-z\u4e00-\u9fff]{2,14})")
_GOODS = re.compile("(?:的)?(?P<name>[\u4e00-\u9fff]{0,6}?(?:商品|产品|货物|设备|物资|武器|药品|资产))")
_TAXED = re.compile(f"{_GOODS.pattern}(?:加征|征收|开征|课征|征税)")
_EMPTY = re.compile(f"(?:{either(TABLE['empty'])})")
_DEEDS: dict[str, dict[str, str]] = {sort: dict(table) for sort, table in TABLE["deeds"].items()}
_DEED = {
    sort: re.compile(f"(?P<deed>{either(deeds)})(?:了|约|得|共|{FILLED}){{0,3}}$") for sort, deeds in _DEEDS.items()
}
_GROWN = re.compile("(?:增长|增速|增幅|增长率)$")
_COMPARED = re.compile(
    "^[^,，]{0,8}?(?:(?<![占对环同])比(?![重例率值])|较(?![大快高低好多少强为])|高于|低于|超过|远超|超出|距离?|不及|优于"
    "|相较于?|与|同(?![比期]))[^,，]{0,16}的?$"
)


def behind(clause: Clause, before: Before) -> Reading | None:
    """高达87%的留存率, 10亿美元融资, 50万年薪以上: the indicator behind the figure."""
    found = _BEHIND.match(clause.right)
    if not found or clause.sort in ("rank", "people", "count"):
        return None
    if _TAXED.match(clause.right):
        return goods(clause)
    name, named = found["name"], headed_at_start(clause, found["name"], clause.sort)
    if not named:
        return _deed_behind(clause, name)
    alone = clause.sort == "rate" and not found["of"] and not re.fullmatch("[\u4e00-\u9fff]{1,5}率", named)
    alone = alone and clause.right != named
    if alone or _STOPPED.search(named) or _EMPTY.fullmatch(named) or _PURPOSE.match(named):
        return None
    goes_on = clause.right[len(named) :][:1].isalnum() and not found["of"]
    if goes_on and named in _DEEDS.get(clause.sort, {}):
        into = _INTO.match(clause.right)
        return Reading(f"{into['what']}投资额", "behind") if into else None
    if before.same.indicator.endswith(named) and is_weak(named):
        return replace(before.same, rule="carried")
    named = _DEEDS.get(clause.sort, {}).get(named, named)
    return Reading(named, "behind")


def _deed_behind(clause: Clause, name: str) -> Reading | None:
    """300公里以下续航: a verb behind the figure that stands for its indicator; 30%的股份."""
    if clause.sort == "rate" and clause.right.startswith("的"):
        cut = re.split("[^\u4e00-\u9fff]", name)[0]
        tax = f"{cut.removesuffix('费')}{cut[-1]}率" if cut[-1:] in ("税", "费") else ""
        named = tax or next((rate for noun, rate in TABLE["after_rate"].items() if cut.endswith(noun)), "")
        return Reading(named, "behind") if named else None
    deeds = _DEEDS.get(clause.sort, {}) if clause.sort in ("volume", "money") else {}
    named = next((noun for verb, noun in deeds.items() if len(verb) > 1 and name.startswith(verb)), "")
    last = next((verb for verb in deeds if len(verb) > 1 and clause.right == name and name.endswith(verb)), "")
    if last and len(name) <= 8 and not _PURPOSE.match(name):
        named = name.removesuffix(last) + deeds[last]
    return Reading(named, "behind") if named else None


def behind_empty(clause: Clause) -> Reading | None:
    """2%至4%的目标: a word behind the figure that says little, where nothing before it says more."""
    found = _BEHIND.match(clause.right)
    if not found or not found["of"] or clause.sort != "rate" or not _EMPTY.fullmatch(found["name"]):
        return None
    return Reading(found["name"], "behind")


def level(clause: Clause) -> Reading | None:
    """律政司的年度预算为25亿元: what stands before the verb that links it to the figure."""
    text = subject_text(clause)
    if not text or points_back(text):
        return None
    was = _FROM.search(text)
    if was:
        found = level_of(clause, text[: was.start()]) or level_of(clause, re.split(QUANTITY, was["was"])[-1])
        return found or _was(clause, was["was"])
    return level_of(clause, text)


def _was(clause: Clause, text: str) -> Reading | None:
    phrase = headed(clause, text, clause.sort)
    return Reading(phrase.name, "level") if phrase.name else None


def subject_text(clause: Clause) -> str:
    """The clause before the figure without its link, its row of figures and what it is compared with."""
    text = SAME_ROW.sub("", clause.left)
    text = _QUANTITY_END.sub("", unlinked(text)[0])
    return _STARTS.sub("", text)


def level_of(clause: Clause, text: str) -> Reading | None:
    """The indicator that a stretch of text ends with, or else holds."""
    phrase = phrase_at_end(clause, text)
    if phrase.name and fits(phrase.name, clause.sort):
        used = _USED.match(clause.right) if phrase.name in _DEEDS.get(clause.sort, {}) else None
        purpose = headed(clause, used["name"], clause.sort) if used else Phrase()
        return Reading(purpose.name or phrase.name, "level")
    if clause.sort in ("money", "volume", "rate") and (deed := _deed(clause, text)):
        return deed
    if clause.sort == "rate" and _GROWN.search(phrase.name):
        return Reading(_GROWN.sub("", phrase.name) + "增长率", "level", _GROWN.sub("", phrase.name))
    return None


def held(clause: Clause) -> Reading | None:
    """The last head noun anywhere in the clause before the figure."""
    phrase = headed(clause, clause.left, clause.sort)
    return Reading(phrase.name, "held") if phrase.name and not is_name(phrase.name) else None


def _deed(clause: Clause, text: str) -> Reading | None:
    """斥资3亿元, 锂电池出口9亿元: a verb that stands for its indicator."""
    pattern = _DEED.get(clause.sort)
    found = pattern.search(text) if pattern else None
    if not found:
        return None
    if found["deed"] in TABLE["bleak"] and (named := _before_bleak(clause, text[: found.start()])):
        return named
    used = _USED.match(clause.right)
    if used and (purpose := headed(clause, used["name"], clause.sort)).name:
        return Reading(purpose.name, "deed")
    what = phrase_at_end(clause, text[: found.start()])
    what = Phrase() if is_name(what.name) or len(what.name) > 8 else what
    what = Phrase() if ANY_HEAD_END.search(what.name) or found["deed"] not in _TOPICAL else what
    thing = _THING.fullmatch(clause.right) if clause.sort == "volume" and not what.name else None
    what = Phrase(thing[0]) if thing else what
    return Reading(f"{what.name}{_DEEDS[clause.sort][found['deed']]}", "deed")


def _before_bleak(clause: Clause, text: str) -> Reading | None:
    """国防支出编列54亿元: the noun before a verb that says less."""
    phrase = phrase_at_end(clause, text)
    if fits(phrase.name, clause.sort):
        return Reading(phrase.name, "level")
    return far(clause) if not phrase.name else None


def deed(clause: Clause) -> Reading | None:
    """A verb right before the figure that stands for its indicator."""
    return _deed(clause, SAME_ROW.sub("", clause.left))


def beside(clause: Clause, before: Before) -> Reading | None:
    """天然气5万立方米 after 原油日产量200吨: a thing beside its figure measures as the thing before it did."""
    text, linked = unlinked(SAME_ROW.sub("", clause.left))
    phrase = phrase_at_end(clause, text)
    last = before.same if before.same.indicator else before.kin
    if last.sort != clause.sort:
        return None
    if linked or not phrase.name or is_name(phrase.name) or len(phrase.name) > 8 or not last.indicator:
        return None
    head = head_of(last.level or last.indicator, clause.sort)
    return Reading(phrase.name + head, "beside") if head else None


def compared(clause: Clause, before: Before) -> Reading | None:
    """较2019年高峰的11%, 低于美国的42%: what the figure before it measured, of something else."""
    if not _COMPARED.search(clause.left) or not before.same.indicator:
        return None
    aim = _AIM.match(clause.right)
    if not aim:
        return replace(before.same, rule="carried")
    what = (before.same.level or before.same.indicator).removeprefix("平均").removesuffix("率")
    return Reading(f"{what}{aim['aim']}", "carried", what)


def loose(clause: Clause) -> Reading | None:
    """Any noun phrase before the figure that is no name: 数字经济核心产业达5000亿元."""
    text = subject_text(clause)
    phrase = phrase_at_end(clause, text) if not points_back(text) else Phrase()
    if len(phrase.name) < 2 or is_name(phrase.name):
        return None
    return Reading(inverted(phrase.name, clause.sort) or phrase.name, "loose")


def own(clause: Clause) -> Reading | None:
    """A noun phrase before the figure that ends with a head of any sort: it takes nothing from the figures before."""
    found = loose(clause)
    return found if found and ANY_HEAD_END.search(found.indicator) and not is_weak(found.indicator) else None


def goods(clause: Clause) -> Reading | None:
    """对210亿美元商品加征关税: the amount is what the goods behind it are worth."""
    found = _GOODS.match(clause.right) if clause.sort == "money" else None
    return Reading(f"{found['name']}金额", "goods") if found else None


def inverted(name: str, sort: str) -> str:
    """轿车销量 for 销售轿车; "" where the name begins with no such verb."""
    verb = next((verb for verb in TABLE["topical"] if name.startswith(verb) and len(name) > len(verb) + 1), "")
    noun = _DEEDS.get(sort, {}).get(verb, "")
    return f"{name.removeprefix(verb)}{noun}" if noun else ""


def far(clause: Clause) -> Reading | None:
    """A head noun in the clauses between the last figure of the sort and this one."""
    if _ALL.search(clause.left) and any(sort_of(figure) == clause.sort for figure in clause.figures.values()
                                        if figure.start < clause.figure.start):
        return None
    cut = 0
    for number, char in enumerate(clause.earlier):
        figure = clause.figures.get(char)
        if figure and (figure.base or figure.kind) == (clause.figure.base or clause.figure.kind):
            cut = number + 1
    text = clause.earlier[max(cut, len(clause.earlier) - 80) :]
    for piece in reversed(re.split("[,，;；:：。]", text)):
        phrase = headed(clause, piece, clause.sort)
        if phrase.name and not is_name(phrase.name):
            return Reading(phrase.name, "far")
    return None
