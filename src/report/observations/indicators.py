"""What a figure measures: rules of its clause, most specific first, else what the figures before it measured."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from report.observations.alignment import Part
from report.observations.changes import change, growth, plain, prefixed, push, signed, towards
from report.observations.clauses import QUANTITY, Clause, SignedSentence
from report.observations.counts import among, counted, elliptic, noun_before
from report.observations.figure import Figure
from report.observations.heads import SAME_ROW, TABLE, head_of, is_weak
from report.observations.levels import (
    behind,
    behind_empty,
    beside,
    compared,
    deed,
    far,
    goods,
    held,
    level,
    loose,
    own,
)
from report.observations.lexicon import either
from report.observations.passages import Passage
from report.observations.phrases import trimmed
from report.observations.proportions import (
    and_share,
    as_much,
    bare_share,
    first_share,
    share_in,
    share_of,
)
from report.observations.reading import Before, Reading
from report.observations.standings import standing

# How far each rule can be trusted; 1 for the rest.
WEIGHTS = {
    "carried": 0.85, "far": 0.85, "carried-far": 0.7, "goods": 0.7, "held": 0.9, "loose": 0.8, "beside": 0.85,
    "elliptic": 0.85, "among": 0.85, "share-beside": 0.85, "unit": 0.6,
}
_UNITS: dict[str, str] = TABLE["units"]
_SORTS: dict[str, str] = TABLE["sorts"]
_ROW = re.compile(f"(?:(?:[、和与及跟]|以及)+ ?{QUANTITY})*")
_AS_MUCH = re.compile("(?:为|是|相当于|等于)[^,，]{1,12}的$")
_AMOUNTS = ("level", "held", "deed", "counted", "noun-before")
_SHARE = re.compile(f"(?:{either(TABLE['realms'])})?(?:占比|比重)")
_LIMITS = re.compile("的?[\u4e00-\u9fff]")
_OWN_RATIO = re.compile("(?<!占)比$")
_TO = re.compile(f"{QUANTITY} ?(?:可?[兑換换]|可兑|兑换|折合|合)(?:换)?$")
_FOR = re.compile(f" ?(?:可?兑换?|折合)(?:约|为)?{QUANTITY}")
_RATES = re.compile("[\u4e00-\u9fff]{0,4}(?:汇率|中间价|汇价)")
_VALUED = re.compile(f"{QUANTITY}$")
_WITHIN = re.compile("其中|分[^,，]{1,6}看")
_COUNTS = re.compile(f"(?:{either(TABLE['numbered'])})$")
_PAIRS: dict[str, list[str]] = TABLE["pairs"]


class Indicators:
    """Walks through the quantities of a document in order and remembers what they measured."""

    def __init__(self, placed: Sequence[tuple[Figure, Passage]]) -> None:
        self._figures: dict[int, list[Figure]] = {}
        for figure, passage in placed:
            self._figures.setdefault(passage.sentence.start, []).append(figure)
        self._sentence = -2
        self._last = self._topic = Reading()
        self._same: dict[str, Reading] = {}
        self._kin: dict[str, Reading] = {}
        self._whole: dict[str, Reading] = {}
        self._far: dict[str, Reading] = {}

    def take(self, figure: Figure, passage: Passage, parts: Sequence[Part] = ()) -> Reading:
        """What the next figure measures; `parts` are the members of lists that it belongs to."""
        self._enter(passage)
        clause = self._signed.around(figure, parts)
        key = clause.sort if clause.sort in ("rate", "money") else figure.unit
        before = Before(
            self._last, self._topic, self._same.get(key, Reading()), self._kin.get(clause.sort, Reading()),
            self._far.get(key, Reading()),
        )
        reading = _finished(_read(clause, before), clause, before)
        if not reading.rule.startswith("share"):
            self._topic = reading
        self._last = self._same[key] = self._kin[clause.sort] = reading
        if key not in self._whole or not _WITHIN.search(clause.earlier + clause.left):
            self._whole[key] = reading
        return reading

    def _enter(self, passage: Passage) -> None:
        if passage.sentence.start == self._sentence:
            return
        self._sentence = passage.sentence.start
        self._signed = SignedSentence(passage, self._figures[self._sentence])
        self._far |= self._whole
        self._last, self._topic, self._same, self._kin, self._whole = Reading(), Reading(), {}, {}, {}


def _read(clause: Clause, before: Before) -> Reading:
    if _LIMITS.match(clause.right) and clause.figure.bound in ("at-least", "at-most") and clause.sort == "volume":
        named = behind(clause, before) if clause.figure.unit != "岁" else None
        return named or Reading(_UNITS.get(clause.figure.unit) or _SORTS[clause.sort], "unit")
    return (
        _exchange(clause)
        or standing(clause, before)
        or first_share(clause)
        or growth(clause)
        or share_of(clause, before)
        or as_much(clause)
        or push(clause)
        or towards(clause, before)
        or signed(clause, before)
        or change(clause, before)
        or behind(clause, before)
        or and_share(clause)
        or share_in(clause)
        or level(clause)
        or _multiple(clause, before)
        or bare_share(clause, before)
        or counted(clause, before)
        or compared(clause, before)
        or deed(clause)
        or elliptic(clause, before)
        or beside(clause, before)
        or noun_before(clause, before)
        or held(clause)
        or _bracketed(clause)
        or among(clause)
        or far(clause)
        or own(clause)
        or goods(clause)
        or _carried(before.same, "carried")
        or behind_empty(clause)
        or loose(clause)
        or _outside(clause)
        or _carried(before.far, "carried-far")
        or Reading(_UNITS.get(clause.figure.unit) or _SORTS[clause.sort], "unit")
    )


def _exchange(clause: Clause) -> Reading | None:
    """1美元兑7.1元人民币: the one is the rate of the other."""
    if clause.sort != "money" or not (_TO.search(clause.left) or _FOR.match(clause.right)):
        return None
    named = _RATES.findall(clause.left)
    return Reading(named[-1] if named else "汇率", "exchange")


def _multiple(clause: Clause, before: Before) -> Reading | None:
    """约为中国的12倍: compares with what the figure before it measured."""
    times = clause.figure.unit == "倍" or (clause.figure.kind == "ratio" and _AS_MUCH.search(clause.left))
    if not times or not plain(before):
        return None
    if clause.figure.rule == "double":
        return Reading(f"{plain(before)}增长倍数", "multiple", plain(before))
    name = plain(before).removesuffix("之比").split("占")[0] or before.topic.level or plain(before)
    return Reading(f"{name}之比", "multiple", name)


def _outside(clause: Clause) -> Reading | None:
    """第一产业增加值(3亿元): what stands before the bracket."""
    if not clause.outside:
        return None
    outer = replace(clause, left=clause.outside, outside="")
    return level(outer) or loose(outer)


def _bracketed(clause: Clause) -> Reading | None:
    """本地生产总值的增速(3.1%): a bracket that holds nothing else gives the value of the head noun before it."""
    alone = clause.outside and not clause.left and not clause.right and not _VALUED.search(clause.outside)
    return level(replace(clause, left=clause.outside, outside="")) if alone else None


def _carried(reading: Reading, rule: str) -> Reading | None:
    return replace(reading, rule=rule) if reading.indicator else None


def _finished(reading: Reading, clause: Clause, before: Before) -> Reading:
    """The reading worded for its figure, at most twenty characters."""
    name = reading.indicator
    if reading.rule in ("level", "held", "far"):
        if name.startswith("与") and name.endswith("之比"):
            name = f"{plain(before)}{name}"
        name = _with_amount(prefixed(name, before), before)
        name = _in_full(name, before) if clause.sort == "rate" else name
        if clause.sort == "people" and reading.rule == "level" and not _COUNTS.search(name):
            name += "人数"
        if clause.figure.unit == "倍" and name == reading.indicator and not _OWN_RATIO.search(name):
            name += "增长倍数" if clause.figure.rule == "double" else "之比"
    kept = reading.level or ("" if reading.rule == "change" else name)
    return replace(reading, sort=clause.sort, indicator=trimmed(_one_of_pair(name, clause)), level=kept)


def _in_full(name: str, before: Before) -> str:
    """录用率 behind NeurIPS会议录用率: the same, named in short."""
    full, head = before.same.level or before.same.indicator, head_of(name, "rate")
    if len(head) > 1 and is_weak(head) and head != name:
        return name
    return full if len(name) <= 4 and full.endswith(name) and len(full) <= 14 else name


def _with_amount(name: str, before: Before) -> str:
    """占比60.66% alone, behind an amount: the amount's share."""
    amount = plain(before) if before.last.rule in _AMOUNTS and before.last.sort not in ("rate", "rank") else ""
    return f"{amount.removesuffix('数')}{name}" if _SHARE.fullmatch(name) and len(amount) < 15 else name


def _one_of_pair(name: str, clause: Clause) -> str:
    """产销量分别为9万辆和8万辆: the first value is one indicator's, the second the other's."""
    word = next((word for word in _PAIRS if word in name), "")
    row = SAME_ROW.search(clause.left)
    second = len(re.findall(QUANTITY, row[0])) if row else 0
    others = len(re.findall(QUANTITY, _ROW.match(clause.right)[0]))  # type: ignore[index]
    if not word or "分别" not in clause.left or second + others != 1:
        return name
    return name.replace(word, _PAIRS[word][second], 1)
