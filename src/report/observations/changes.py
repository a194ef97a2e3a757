"""Indicators of changes: 产量同比增长8.1%, 较去年减少5亿元, 拉动经济增长0.3个百分点."""

from __future__ import annotations

import re

from report.observations.clauses import QUANTITY, TIME, Clause
from report.observations.heads import ANY_HEAD_END, FILLED, SAME_ROW, TABLE
from report.observations.lexicon import either
from report.observations.phrases import Phrase, headed, is_name, phrase_at_end, points_back, unlinked
from report.observations.reading import Before, Reading

_RISE: dict[str, str] = {verb: noun for noun, verbs in TABLE["rise"].items() for verb in verbs}
_FALL: dict[str, str] = {verb: noun for noun, verbs in TABLE["fall"].items() for verb in verbs}
_BASE = f"(?P<base>{either(TABLE['bases'])})"
_VERB = f"(?P<verb>(?<![至最])(?:{either([*_RISE, *_FALL])}))"
_ADVERB = "(?:了|约|近|均|都|也|已|仍|分别|超过|逾|超|高达|达到|达|接近|大约|平均|的|" + TIME + ")"
CHANGE = re.compile(f"(?:{_BASE}{FILLED}{{0,3}})?{_VERB}{_ADVERB}{{0,4}}$")
_TOWARDS = re.compile(f"(?:{_BASE}{FILLED}{{0,3}})?{_VERB}了?{QUANTITY}[,，]?(?:至|到|达|为){FILLED}{{0,2}}$")
_SIGNED = re.compile("(?P<base>同比|环比)(?:为|:)?[+＋-]?$")
_LOOKS = re.compile(f"(?:{either(TABLE['looks'])})$")
_PARTLY = re.compile("其中|分[^,，]{1,6}看")
_SECTOR = re.compile("(?:业|部门|企业|产品|品|类|区|省|市)$")
_ASPECT = re.compile("(?P<what>[^,，;；]{2,14}?)(?:方面|来看|看)$")
_KEPT = ("同比", "环比", "年均", "按年", "按月", "按季")
_GROWTH = re.compile(f"的[\u4e00-\u9fff]{{0,4}}?(?P<verb>{either([*_RISE, *_FALL])})(?![\u4e00-\u9fff])")
_THEN = re.compile("(?:至|到|达|达到|为)$")
_COMPARED = re.compile(
    "(?:(?<![占对环同0-9\ue000-\ue7ff])比(?![重例率值])|较(?![大快高低好多少强为])|相比(?:于|之下)?|相较|同(?=[^比期样])|与(?=.{1,12}相比)"
    "|由|从(?!业))[^,，较]{0,24}$"
)
_PUSH = re.compile(
    f"(?:{either(TABLE['pushes'])})(?P<what>[^,，]{{0,16}}?)(?:{either([*_RISE, *_FALL])})?{FILLED}{{0,3}}$"
)
_NESTED = re.compile("(?:增速|增幅|降幅|涨幅|跌幅|升幅)$")
_PLAIN = re.compile(
    "(?:同比|环比|年均)?(?:增长率?|增速|增幅|涨幅|升幅|降幅|减幅|跌幅|增加额|减少额|增加人数|减少人数|增加数|减少数|增加量"
    "|减少量|变化)$"
)
_CHANGES = re.compile("^(?:累计|累积|平均)?(?:增速|增幅|降幅|涨幅|跌幅|升幅|减幅|增长率)$")
_SHARES = ("占比", "比重", "份额", "比例")
_TAKING = re.compile("(?:增长|增速|增幅)$")


def change(clause: Clause, before: Before) -> Reading | None:
    """产量同比增长8.1%: the change of what stands before it; a clause that begins with the verb changes what the figure
    before it measured, or the noun behind it (增加七成预算)."""
    text = SAME_ROW.sub("", clause.left)
    found = CHANGE.search(text)
    if not found:
        return None
    left = text[: found.start()]
    subject = _COMPARED.sub("", left)
    phrase = phrase_at_end(clause, subject)
    if is_name(phrase.name) or points_back(subject):
        phrase = Phrase()
    behind = _behind(clause)
    if clause.sort in ("people", "count") and clause.right[:1].isalnum() and not ANY_HEAD_END.search(phrase.name):
        return None
    if behind and not ANY_HEAD_END.search(phrase.name):
        phrase = Phrase(behind)
    if _LOOKS.search(phrase.name) or (_PARTLY.match(clause.earlier + clause.left) and _SECTOR.search(phrase.name)):
        phrase = Phrase("" if _LOOKS.search(phrase.name) else _measured(before) or phrase.name)
    level = prefixed(phrase.name, before) or _earlier(clause) or plain(before)
    if clause.sort != "rate" and not phrase.name and level.endswith(_SHARES):
        level = plain(Before(before.same)) or level
    if clause.figure.unit == "百分点":
        return _points(clause, before, (level, bool(phrase.name)), (left[len(subject) :], found))
    what = what_changes(clause, found["verb"], level)
    if not level or level.endswith(what):
        return Reading(level or what, "change")
    base = found["base"] if found["base"] in _KEPT else ""
    if what == "增长率":
        level = _TAKING.sub("", level) or level
    short = level.removesuffix("人数") if what.endswith("人数") else level
    return Reading(f"{short}{base}{what}", "change", level)


def _measured(before: Before) -> str:
    """What the sentence before 其中 measured, where that ends with a head."""
    name = before.same.level or before.far.level
    return name if ANY_HEAD_END.search(name) else ""


def _points(clause: Clause, before: Before, level: tuple[str, bool], how: tuple[str, re.Match[str]]) -> Reading:
    """增速较上季度提高1.4个百分点: what it is compared with and the verb stay in the name; a change of a growth rate is
    one of the 增速."""
    name, own = level
    compared, found = how
    grown = not own and before.last.rule == "change" and before.last.indicator.endswith(("增长率", "增幅"))
    name = f"{_TAKING.sub('', name)}增速" if grown else name
    base = re.sub("[比较由从]", "较", clause.restored(compared).strip(), count=1)
    base = re.sub("(?:分别|均|也|又|再|还|进一步|的)+$", "", base)
    if compared and compared[0] in "比较" and len(base) <= 7 and len(name) + len(base) <= 18:
        return Reading(f"{name}{base}{found['verb']}", "change", name)
    return Reading(f"{name}{what_changes(clause, found['verb'], name)}", "change", name)


def signed(clause: Clause, before: Before) -> Reading | None:
    """营业收入285亿元(同比+41.3%): a rate with a sign for its verb."""
    found = _SIGNED.search(clause.left) if clause.sort == "rate" else None
    if not found:
        return None
    phrase = phrase_at_end(clause, clause.left[: found.start()])
    level = phrase.name if not is_name(phrase.name) and phrase.name else plain(before)
    what = "变化" if clause.figure.unit == "百分点" else "增长率"
    return Reading(f"{level}{found['base']}{what}", "change", level)


def growth(clause: Clause) -> Reading | None:
    """产量均实现了50%以上的高速增长: the noun of the change stands behind the figure."""
    found = _GROWTH.match(clause.right) if clause.sort == "rate" else None
    if not found:
        return None
    phrase = phrase_at_end(clause, unlinked(clause.left)[0])
    if not phrase.name or is_name(phrase.name):
        return None
    noun = _RISE.get(found["verb"]) or _FALL[found["verb"]]
    return Reading(f"{phrase.name}{noun}", "change", phrase.name)


def prefixed(name: str, before: Before) -> str:
    """A change's noun that stands alone (增幅近7.7%) with what changes: what the figure before it measured."""
    what = plain(Before(before.last)) if not before.last.rule.startswith("share-") else ""
    return f"{what}{name}" if _CHANGES.match(name) and not what.endswith(name) else name


def _behind(clause: Clause) -> str:
    """The head noun right behind the figure (增加七成预算, 增加的2亿元开支)."""
    found = re.match("(?:的)?(?P<name>[\u4e00-\u9fff]{2,10})", clause.right)
    phrase = headed(clause, found["name"], "money") if found else Phrase()
    return phrase.name if found and phrase.name and found["name"].startswith(phrase.name) else ""


def _earlier(clause: Clause) -> str:
    """The head noun of the clauses between the figure before and this one."""
    between = re.split(QUANTITY, clause.earlier)[-1][-30:]
    aspect = _ASPECT.search(between)
    if aspect and (name := phrase_at_end(clause, aspect["what"]).name):
        return name
    for sort in ("money", "volume", "people", "rate"):
        phrase = headed(clause, between, sort)
        if phrase.name and not is_name(phrase.name):
            return phrase.name
    return ""


def plain(before: Before) -> str:
    """What the figure before it measured, without its change."""
    last = before.last if before.last.indicator else before.far
    return last.level or _PLAIN.sub("", last.indicator)


def what_changes(clause: Clause, verb: str, level: str) -> str:
    """The noun for the change: 增长率, 减幅, 增加额, 变化."""
    rise = verb in _RISE
    if clause.sort == "rate":
        if clause.figure.unit == "百分点" and _NESTED.search(level):
            return "变化"
        noun = _RISE.get(verb) or _FALL[verb]
        return {"增长率": "增幅"}.get(noun, noun) if clause.figure.unit in ("百分点", "倍") else noun
    word = "增加" if rise else "减少"
    return word + {"money": "额", "people": "人数", "count": "数"}.get(clause.sort, "量")


def towards(clause: Clause, before: Before) -> Reading | None:
    """增加7.1%至250.6亿元; 增加32%，至10.9亿元: the level that a change leads to."""
    found = _TOWARDS.search(clause.left)
    if found:
        phrase = phrase_at_end(clause, _COMPARED.sub("", clause.left[: found.start()]))
        name = phrase.name if phrase.name and not is_name(phrase.name) else plain(before)
        return Reading(name, "towards") if name else None
    if _THEN.fullmatch(clause.left.strip()) and before.last.rule == "change" and plain(before):
        return Reading(plain(before), "towards")
    return None


def push(clause: Clause) -> Reading | None:
    """拉动国内生产总值增长2.1个百分点."""
    found = _PUSH.search(clause.left) if clause.figure.unit == "百分点" else None
    if not found:
        return None
    what = phrase_at_end(clause, found["what"]).name
    word = next(word for word in TABLE["pushes"] if found[0].startswith(word))
    return Reading(f"{word}{what}{'' if what.endswith(('增长', '增速', '增幅')) else '增长'}", "push")
