"""What a clause is about: the noun phrase before its predicate, and the part of it that owns the indicator."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from report.observations.lexicon import either, read_table
from report.observations.naming import is_body, name_at_start, names_in
from report.observations.timewords import first_time

_TABLE = read_table("subjects")
_ADVERBS = "已均都各仅则也还却将约近逾超较比"
_INDICATORS = read_table("indicators")


def guarded(words: list[str]) -> str:
    """A pattern for words some of which, behind a !, tell what may not follow them."""
    forms = sorted((word.partition("!") for word in words), key=lambda form: (-len(form[0]), form[0]))
    guards = {word: guard for word, _, guard in forms}
    return "|".join(re.escape(word) + (f"(?!{guard})" if guard else "") for word, guard in guards.items())


def _verbs() -> str:
    """The words that begin a predicate; a verb before 和 is a noun (运输和通讯业), an adverb is not."""
    adverbs = [word for word in _TABLE["predicates"] if word[0] in _ADVERBS and word[1:2] in ("", "!")]
    verbs = [word for word in _TABLE["predicates"] if word not in set(adverbs)]
    return f"(?:{guarded(verbs)})(?![和与及、类者型])|{guarded(adverbs)}"


_WITHIN = re.compile(
    "(?:在|从|就|按|分|对|对于|关于|随着|受|因|由于|通过|根据|据|依据|针对|围绕|除|除了|撇除)[^的]{0,24}?"
    "(?:背景下|过程中|[支带推影作情][持动动响用况]下|方面|领域|期间|之[后前中下]|[来角度]*看|而言|来说|拖累|影响|以?外)|"
    "(?:根据|据|依据|按照|按|随着|受|由于|因)[^,，]{0,40}"
    "(?:的(?:数据|统计|资料|报告|测算|标准|规定|拖累|影响|发展|推进|原因|拉动|带动)|拖累|影响|计算|口径)$"
)


_OPENER = re.compile(f"(?:{guarded(_TABLE['openers'])})")
_WHERE = re.compile("在[^,，的]{1,16}的")
HEAD = f"(?:{either([*_INDICATORS['shares'], *_INDICATORS['amounts'], *_TABLE['macro']])})"
_HEADS = frozenset([*_INDICATORS["shares"], *_INDICATORS["amounts"]])
_STEP = re.compile(f"{HEAD}|{either(_TABLE['skips'])}|(?P<verb>{_verbs()})")
_MODIFIERS = f"(?:{either(_TABLE['modifiers'])}|的){{0,5}}"
_HEAD_END = re.compile(f"{_MODIFIERS}{HEAD}$")
_SUFFIX_END = re.compile(f"{_MODIFIERS}[\u4e00-\u9fff]{{1,2}}[率额量值价]$")
_HEAD_ALONE = re.compile(f"{HEAD}$")
_MACRO_END = re.compile(f"{_MODIFIERS}(?:{either(_TABLE['macro'])})$")
_AGGREGATE = re.compile(either(word for word in _TABLE["macro"] if word not in _HEADS))
_THINGS = re.compile(f"(?:{either(_TABLE['things'])})$")
_BASE_BEFORE = re.compile(f"^.*(?:{HEAD}|{either(_TABLE['groups'])})(?:之中|当中|中)(?![国美央心期介间文外])")
_AT = re.compile("(?<![存所实正潜内现旨自外好])在(?![建校线职岗册途研售美华港外内])")
_PREPOSITIONAL = re.compile(
    "对[^,，]{0,12}展望|根据|依据|按照|通过|面对|针对|对于|关于|围绕|随着|由于|鉴于|除了|分布|专门|具体|分[^,，]{1,6}看|若|如果"
)
_NOT_YET = frozenset(("这", "那", "该", "其", "在这", "上述"))  # of a phrase that the figure itself stands in
_POINTERS = frozenset(("这一", "这个", "此"))  # what was said right before
_ENTIRE = re.compile("^(?:整体|总体|整个|全体)(?=.{2})")
_ITSELF = frozenset(("公司", "集团", "本公司", "企业", "该公司", "我们", "它", "它们", "他们"))
_CORPORATE_END = re.compile(f"{_MODIFIERS}(?:{either(_TABLE['corporate'])})$")
TRAILING = re.compile(
    "(?:必须|至今|迄今|今|昨|方面|(?<=会议)上|主要|显著|明显|大幅|持续|继续|稳步|逐[年步渐]|快速|不断|轻微|小幅|首[次度]|一度|实质|最[大高多低快慢少小]?|更|则|也|基本上?|总共|均|各|还|再|(?<!人)才|便|即|已经|平均|分别|总|每|主|已|大){1,6}$"
)
_HEAD_THEN = re.compile(f"(?P<head>{HEAD})(?:总共|共|累计|约)?[在从由自].*$")
_THING_IN = re.compile(either(word for word in [*_TABLE["groups"], *_TABLE["things"]] if len(word) > 1))
_AIMED = re.compile("(?P<name>.{2,14}?)[对在从于向]")
_QUOTES = "「『《“"
_QUOTED = re.compile(f"[{_QUOTES}\"]")
_QUOTED_END = re.compile("[」』》”\"]$")
_MARKET = re.compile(
    f"(?:(?![的和与及、])[\u4e00-\u9fffA-Za-z0-9]){{0,10}}?(?:{either(_TABLE['indexes'])})"
    "(?:[A-Z]{2,4}(?: [A-Z][a-z]+)?)?"
)
_AND = re.compile("[和与及、]")
_TAIL = 6  # characters behind a thing's name that belong to what is measured of it (新能源乘用车终端)
_LATIN = re.compile("(?!AI|IT|GDP|CPI|PPI|PMI|APP)[A-Z][A-Za-z0-9]")
_SHARE_HEADS = ("占比", "比重", "比例", "份额", "占有率", "排名", "第一", "位次")
_SHARES = frozenset(_INDICATORS["shares"])
_WORLD = frozenset(("全球", "世界", "全世界", "国际"))
_OF_WHOLE = re.compile(
    f"(?P<whole>.+?(?:{either(_TABLE['wholes'])}))[^的]{{0,6}}(?:{either(_TABLE['groups'])})$"
)
_SHARE_OF = re.compile("(?:占比|比重)$")
_COUNT_END = re.compile(f"(?:{either(_TABLE['counts'])})$")
_HEAD_FIRST = re.compile(HEAD)
_NOTHING = frozenset(_TABLE["nothing"])
_POINTING = re.compile(
    "该|这[些家个款口座种批届次项一]?|那[些家个]?|其(?!他|它|余|中)|本(?:届|次|期|公司|行|集团)|上述|此次|此类|同一"
)
_RELATIVE_CLAUSE = re.compile(
    "来自|反映|从事|拥有|毕业|就读|任职|参[与加]|使用|接受|获得?|赴|在|由|被|用于|涉及|包括|入境|进入|前往|进口|出口"
)
_EXAMPLE = re.compile("以(?P<name>[^,，]{2,16})为例")
_LOCATED = re.compile("(?:总部)?(?:位于|坐落于|地处|作为|身为|号称|被誉为|被称为)[^,，。]{1,24}?的")
_NUMBERED = re.compile("[0-9]+(?![A-Za-z0-9]|-?[0-9]*岁)|百分")
_ABOUT = re.compile("[赴自在从对于向与同通凭依因由受经以按据把被就将]|过去|多年|近期|迄|如果|若")
_LONGEST = 22
_KEPT = 512  # clauses whose reading is kept: each figure of a sentence reads those before it again
_EDGE = " 的\"“”‘’「」『』*#>、·-"


@dataclass(frozen=True)
class Owner:
    """Whose the indicator is by a phrase: "" where it names nothing of its own.

    `scope` is the known place or body that the name begins with; `pointed` where the phrase points back (该行, 其),
    `whole` where it names an aggregate of what is in force, `macro` one that only a place has (社会消费品零售总额),
    `loose` where the name may be but a part of the indicator (园林水果产量).
    """

    name: str = ""
    scope: str = ""
    pointed: bool = False
    whole: bool = False
    macro: bool = False
    loose: bool = False


@lru_cache(maxsize=_KEPT)
def dated_topic(clause: str) -> Owner:
    """What stands at the beginning of a clause right before a time (甲公司2025年上半年…): the text turns to it."""
    time = first_time(clause)
    phrase = subject_phrase(clause[: time.start()]) if time else ""
    if not time or not phrase or "的" in phrase or not clause[: time.start()].endswith(phrase):
        return Owner()
    owner = owner_of(phrase)
    named = owner.name == phrase or owner.scope
    return replace(owner, scope=owner.scope or owner.name, loose=False) if named else Owner()


@lru_cache(maxsize=_KEPT)
def subject_phrase(clause: str) -> str:
    """The noun phrase before the predicate of a clause that has no times in it; "" for none."""
    example = _EXAMPLE.search(clause)
    if example:
        return example["name"].strip(_EDGE)
    where = _WHERE.match(clause.lstrip("而但"))
    if where and _HEAD_END.search(subject_phrase(clause.lstrip("而但")[where.end() :])):
        return ""
    rest = _opened(clause)
    located = _LOCATED.match(rest)
    rest = rest[located.end() :] if located else rest
    begins = _RELATIVE_CLAUSE.match(rest)
    known = next(iter(names_in(rest)), None)
    behind = known.end if known and not known.start else rest.find("的", 0, _LONGEST) + 1 if begins else 0
    ends = next((match for match in _STEP.finditer(rest, behind) if match["verb"]), None)
    phrase = rest[: ends.start()] if ends else rest
    where = _AT.search(phrase, 2)
    phrase = TRAILING.sub("", (phrase[: where.start()] if where else phrase).strip(_EDGE))
    if _PREPOSITIONAL.match(phrase):
        return ""
    return "" if phrase.endswith("等") or phrase in _NOT_YET else phrase


def _opened(clause: str) -> str:
    """The clause without the words before its subject."""
    rest = clause.strip(" *#>·—-")
    while True:
        found = _WITHIN.match(rest) or _OPENER.match(rest)
        known = names_in(rest)
        if not found or not found.end() or (known and known[0].start == 0):
            return rest
        rest = rest[found.end() :].lstrip(" ,，的")


@lru_cache(maxsize=_KEPT)
def owner_of(phrase: str) -> Owner:
    """Whose indicator a noun phrase names: 律政司的年度预算 → 律政司, 新能源汽车产量 → 新能源汽车, 销量 → "" ."""
    phrase = _HEAD_THEN.sub(lambda match: match["head"], _BASE_BEFORE.sub("", phrase)).strip(_EDGE)
    phrase = _ENTIRE.sub("", phrase)
    pointing = _POINTING.match(phrase)
    if pointing and (pointing[0] != "其" or len(phrase) < 4) or phrase in _ITSELF:
        return Owner("这一" if phrase in _POINTERS else "", pointed=True)
    phrase = phrase if phrase.startswith(("其他", "其它")) else phrase.removeprefix("其")
    market = _MARKET.match(phrase, phrase.rfind("的") + 1)
    if market:
        return Owner(market[0], market[0])
    owner, _, own = phrase.rpartition("的")
    named = name_at_start(own) if owner else None
    if named and named.end == len(own):
        return Owner(named.text, named.text)
    if own in _SHARES and _QUOTED_END.search(owner):
        owner = owner[: max(map(owner.rfind, _QUOTES))] if _QUOTED.search(owner, 1) else ""
        return _headed(owner, None) if owner else Owner()
    begins = name_at_start(owner) if owner else None
    if begins and begins.end == len(owner):
        return Owner(begins.text, begins.text)
    head = _head(own or phrase)
    if not owner:
        return _headed(phrase, head)
    if measured := _head(owner):
        return Owner() if _AND.search(owner) else replace(_headed(owner, measured), loose=False)
    modifier = own[: head.start()] if head else own
    if _RELATIVE_CLAUSE.match(owner) or head is None:
        return _thing(f"{owner}的{modifier}" if modifier else owner)
    return replace(_thing(owner), loose=False)


def _head(phrase: str) -> re.Match[str] | None:
    """The head noun that a phrase ends with, and the words of its own before it."""
    return _HEAD_END.search(phrase) or _SUFFIX_END.search(phrase)


def _headed(phrase: str, head: re.Match[str] | None) -> Owner:
    """The owner in a phrase without 的: the place before its head (浦东AI产业规模), the place with what it makes or
    does (福建锂电池出口), or the thing alone (新能源汽车产量)."""
    if head is None:
        return _thing(phrase)
    alone = _HEAD_ALONE.search(phrase)
    name, begins = phrase[: head.start()], name_at_start(phrase)
    if alone and _THINGS.search(phrase[: alone.start()]):
        name = phrase[: alone.start()]
    if begins and begins.text in _WORLD and _HEAD_END.fullmatch(phrase[begins.end :]) and phrase.endswith(_SHARE_HEADS):
        return Owner()
    if begins and "、" in name:
        return Owner(name, begins.text)
    macro = _MACRO_END.search(phrase)
    if name in _NOTHING or macro and not _THINGS.search(phrase[: macro.start()]):
        return Owner(begins.text, begins.text) if begins else Owner(whole=True, macro=macro is not None)
    part = _OF_WHOLE.match(name) if _SHARE_OF.search(phrase) else None
    if part and not begins:
        return replace(_thing(part["whole"]), loose=False)
    counted = _COUNT_END.search(phrase)
    thing = "" if counted and not begins and not _THINGS.search(name) else _of_thing(name)
    name = thing or name
    if begins and (not thing or counted):
        return Owner(begins.text, begins.text)
    owner, corporate = _thing(name), _CORPORATE_END.search(phrase)
    firm = corporate is not None and corporate.start() > 1
    return replace(owner, scope=owner.scope or owner.name, loose=False) if firm else owner


def _of_thing(name: str) -> str:
    """The name up to the thing that it ends with or nearly so (新能源乘用车终端); "" where there is none."""
    if _THINGS.search(name):
        return name
    ends = [match.end() for match in _THING_IN.finditer(name) if len(name) - match.end() <= _TAIL]
    rest = name[ends[-1] :] if ends else "的"
    return "" if "的" in rest else name if _AND.search(rest) else name[: ends[-1]]


def _thing(name: str) -> Owner:
    """The owner that a phrase without its head names: the place alone before a verb or an empty word."""
    name = name.strip(_EDGE)
    begins = name_at_start(name)
    if begins:
        rest = name[begins.end :].strip(_EDGE)
        verb = _STEP.match(rest)
        bare = rest in _NOTHING or (verb is not None and verb["verb"] is not None) or bool(_ABOUT.match(rest))
        bare = bare or _HEAD_FIRST.match(rest) is not None and not _THINGS.search(rest)
        bare = bare or len(name) > _LONGEST or bool(_QUOTED.search(rest))
        return Owner(begins.text if bare else begins.text + name[begins.end :], begins.text)
    nameless = len(name) < 2 or _NUMBERED.match(name) or _HEAD_FIRST.match(name) and not _THINGS.search(name)
    if name in _NOTHING or nameless:
        return Owner(whole=name in _NOTHING)
    places = [place for place in names_in(name) if not place.short and place.text not in _WORLD]
    aimed = _AIMED.match(name)
    if aimed and _THINGS.search(aimed["name"]):
        name = aimed["name"]
    name = _of_thing(name) or name
    loose = not (_THINGS.search(name) or is_body(name) or _LATIN.search(name))
    if places and (loose or len(name) > _LONGEST or "的" not in name and _RELATIVE_CLAUSE.match(name)):
        return Owner(places[-1].text, places[-1].text)
    if len(name) > _LONGEST:
        return Owner()
    return Owner(name, name if is_body(name) else "", loose=loose)


def without_head(phrase: str) -> str:
    """The phrase without the head noun it ends with: 原油 of 原油产量; the phrase itself where it has none."""
    head = _head(phrase)
    return phrase[: head.start()] if head else phrase


def holds_verb(text: str) -> bool:
    """Whether one of the words that begin a predicate stands in the text."""
    return any(match["verb"] for match in _STEP.finditer(text))


def begins_with_verb(text: str) -> bool:
    """Whether the text begins with a word that begins a predicate, other than of a relative clause (来自…的)."""
    found = _STEP.match(text)
    return bool(found and found["verb"] and not _RELATIVE_CLAUSE.match(text))


def holds_aggregate(text: str) -> bool:
    """Whether the text names an aggregate that only a place has (GDP, 失业率)."""
    return bool(_AGGREGATE.search(text))


def is_thing(name: str) -> bool:
    """Whether a name ends as that of something that can be counted or measured does."""
    return bool(_THINGS.search(name))
