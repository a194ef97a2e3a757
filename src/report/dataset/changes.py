"""Changes: one quantity before and after, and the figures that say by how much, as the sources' grammar tells them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile

from report.dataset.aliases import entity_key, indicator_key
from report.dataset.matching import compact
from report.dataset.mention import Mention, alike, between, is_amount
from report.dataset.times import Time, base_time, is_time, time_in, time_of
from report.dataset.wording import either

RISE, FALL = either("rise"), either("fall")
WEAK = "(?:了|出|率|额|达到?|为|约|逾|近|超过?|幅|分别)*$"  # between such a word and the figure
MOVED = re.compile(
    f"(?:(?P<up>{RISE}|多)|(?P<down>{FALL}|少))[^，,。；;、速幅率额量]{{0,4}}?(?:至|到|为|成|$)了?")
START = re.compile("(?:从|由(?!于|此)|自(?![主动己身然]))[^，,]{0,30}$")
AGAINST = re.compile(r"(?:较|(?<![同环])比(?![重例率值]))[^，,。；;]{0,24}$")
GROWS = re.compile(either("grows") + WEAK)
FALLS = re.compile(either("falls") + WEAK)
TIMES_OF = re.compile(rf"[，,]?(?:已|约)?(?:是|为|达到?|相当于)(?:了|{either('former')}的?|约|近)+")
# Rates of another kind: a mean over years, in constant prices, against another base.
OTHER_RATE = re.compile(either("other_rates"))
YEARLY_MEAN = re.compile("年均|年复合|年平均|复合|CAGR|每年|平均每年")
CONSTANT = re.compile("可比价|不变价|扣除价格|实际(?:同比)?[增下]")
REAL = re.compile(either("constant_prices"))
# 2024年为120亿元，2023年为100亿元: a clause that only dates the same thing.
_BARE = (
    rf"(?:而|但|其中|[在到至]|同[期月季]|则|仅|只|已|便|约|近|逾|超过?|分别|{either('last_year')}|今年|本年度?|(?:19|20)\d\d年?|全年"
    rf"|第?[一二三四1-4]季度?|[上下]半年|上个?月|上个?季度?|上一季度?|(?:\d{{1,2}}[-—～~至到])?\d{{1,2}}月份?|年?[底末]|[的度]|录得|有|增长|下降|{RISE}|{FALL}|[加长少低]|为|是|达到?|至|[（(]"
    r"|(?:这一|该|这个|上述)(?:比例|比重|占比|数字|数据|指标|数值))")
BARE = re.compile(f"{_BARE}*+")
TIMED = re.compile(f"{_BARE}++")
# What may stand before a change that is said of the figures just told.
COUNTED = re.compile(
    rf"[较比].*|{either('last_year')}(?:同期)?|(?:十?[一二三四五六七八九十]|\d+)年[间来里内]?|{either('former')}"
    rf"|{either('beside_change')}")
VERB = re.compile(r"(?:为|是|有|达到?|约|近|超过?|仅|已|至|到|实现|录得|完成|共)+$")
CONSTANT_BEFORE = re.compile("[，,](?:按|以)?(?:可比价格?|不变价格?)(?:计算)?[，,]?[^，,。；;0-9]{0,12}$")
POINTS_BEHIND = re.compile(
    rf"[^，,。；;0-9]{{0,24}}[，,](?:较|比){either('last_year')}(?:同期)?(?:{either('grows')}|{either('falls')})了?")
YEARS_AGO = re.compile(r"[，,]?(?:较|(?<![同环])比)[^，,。；;]{0,8}年前的?(?:约|近)?")
BASIS = "基点"  # a hundredth of a percentage point
TO_START = re.compile("[，,]?(?:即|也就是)?(?:从|由|自)[^，,。；;]{0,8}")
NEAR = 12  # words between the second figure and what is said of the change
REACH = 200  # characters of source between a level and the base that is told beside it
FIGURES = 6  # figures on either side of a level among which its base is looked for
QUANTITIES = frozenset(("percent", "money", "count", "ratio", "score", "other", "range"))


@dataclass(frozen=True)
class Change:
    """One quantity before and after; `rises` what the verb says, None where no verb does."""

    before: Mention
    after: Mention
    rises: bool | None = None

    @property
    def times(self) -> float:
        return self.after.value / self.before.value

    @property
    def told(self) -> str:
        """In words: 产值由100亿元增至120亿元."""
        verb = "增至" if self.times > 1 else "降至" if self.times < 1 else "到"
        return f"{self.after.topic or self.before.topic}由{self.before.text}{verb}{self.after.text}"

    @property
    def real(self) -> bool:
        """Whether growth of such a quantity is usually told in constant prices."""
        return bool(REAL.search(self.before.before[-40:] + self.after.head))


@dataclass(frozen=True)
class Said:
    """A figure by which something rose (`sign` 1) or fell (−1); `yearly` in every year on average, `real` in prices of
    another year than the two figures."""

    mention: Mention
    sign: int
    yearly: bool = False
    real: bool = False


Told = tuple[Change, list[Said]]


def find_changes(mentions: Sequence[Mention]) -> list[Told]:
    """Every change told, with what is said of its size.

    Told by a verb or a comparison (relations of the figures), by two dated figures of one thing, or by a rate beside
    its level while the base stands in another sentence.
    """
    found: list[Told] = []
    for _, group in groupby(mentions, lambda mention: mention.found.doc):
        figures = [one for one in group if one.single and one.found.kind in QUANTITIES]
        found += _Reader(figures).changes()
    return found


class _Reader:
    """The figures of one document, in order, with the relations between them."""

    def __init__(self, figures: Sequence[Mention]) -> None:
        self._figures = figures
        self._place = {one.found.id: place for place, one in enumerate(figures)}
        self._rates: dict[str, list[Mention]] = defaultdict(list)
        self._dated: dict[tuple[str, ...], list[Mention]] = defaultdict(list)
        for one in figures:
            for relation in one.found.relations:
                if relation.kind == "change-of" and relation.of in self._place:
                    self._rates[relation.of].append(one)
            self._dated[self._key(one, one.found.period)].append(one)
        for level, rate in zip(figures, figures[1:], strict=False):
            if _in_constant_prices(level, rate) or _points_of(level, rate):
                self._rates[level.found.id].append(rate)

    def changes(self) -> Iterator[Told]:
        """In order of the figures that the changes lead to."""
        for after in self._figures:
            before = self._related(after)
            if before is not None:
                change, said = self._told(before, after)
                bases = {one.mention.found.id: self._own_base(one.mention, change) for one in said}
                yield change, [one for one in said if bases[one.mention.found.id] is None]
                for one in said:  # 比上季的A增长X%，比去年同期的B下降Y%
                    if (base := bases[one.mention.found.id]) is not None:
                        yield Change(base, after), [one]
            else:
                yield from self._by_times(after)

    def _related(self, after: Mention) -> Mention | None:
        """The figure that the sentence's grammar says this one changed from, or is set against."""
        if any(relation.kind == "change-of" for relation in after.found.relations):
            return None
        place = self._place[after.found.id]
        previous = self._figures[max(place - 1, 0)]
        for behind in self._figures[place + 1 : place + 2]:
            if _years_ago(after, behind):
                return behind
        for relation in after.found.relations:
            if relation.kind in ("changed-from", "compared-with") and relation.of in self._place:
                before = self._figures[self._place[relation.of]]
                step = relation.kind == "compared-with" and _changes(after, before)
                if alike(before, after) and before.value and not step:
                    return before
        return previous if _from_to(previous, after) else None

    def _told(self, before: Mention, after: Mention) -> Told:
        rises: bool | None = None
        if any(told.kind == "changed-from" for told in after.found.relations) or _from_to(before, after):
            verb = list(MOVED.finditer(between(before, after)))
            rises = bool(verb[-1]["up"]) if verb else None
        return Change(before, after, rises), self._said(before, after)

    def _own_base(self, rate: Mention, change: Change) -> Mention | None:
        """The figure directly before a rate, where it is set against that one and not against the change's own base."""
        place = self._place[rate.found.id]
        for one in self._figures[max(place - 1, 0) : place]:
            other = one is not change.before and one is not change.after and one.sentence == rate.sentence
            base = other and not _changes(change.after, one) and _is_like(change.after, one)
            if base and AGAINST.search(one.head) and len(between(one, rate)) <= NEAR:
                return one
        return None

    def _said(self, before: Mention, after: Mention) -> list[Said]:
        """The figures that are said of the change: related to its end, or directly behind it.

        In A，上年为B，增长X% they are related to B, which stands last.
        """
        last = before.found.start > after.found.start and before.sentence == after.sentence
        ends = [after, before] if last else [after]
        related = [_sized(one) for end in ends for one in self._rates[end.found.id] if not _other_rate(one, end)]
        if len(related) > 1 and "分别" in related[0].mention.head and alike(related[0].mention, related[1].mention):
            related = []  # 男性由A升至B，女性由C升至D，分别提高P和Q
        known = {one.mention.found.id for one in related}
        related += [Said(one, 1) for one in self._announced(before) if one.found.id not in known]
        return related + [one for one in self._behind(before, after) if one.mention.found.id not in known]

    def _announced(self, before: Mention) -> Iterator[Mention]:
        """下调25个基点，由A降至B: the size told first."""
        place = self._place[before.found.id]
        for one in self._figures[max(place - 1, 0) : place]:
            basis = one.sentence == before.sentence and BASIS in compact(one.found.unit)
            if basis and TO_START.fullmatch(between(one, before)):
                yield one

    def _behind(self, before: Mention, after: Mention) -> Iterator[Said]:
        """The figures directly behind both that their own words call the change's size; the first other one ends it."""
        last = max(before, after, key=lambda one: one.found.start)
        for one in self._figures[self._place[last.found.id] + 1 :][:3]:
            levels = ("", before.found.id, after.found.id, last.found.id)
            if one.sentence != last.sentence or self._level_of(one) not in levels:
                return
            gap = between(last, one)
            up, down = GROWS.search(gap) or _multiplies(gap, one), FALLS.search(gap)
            own = _own_words(gap)
            foreign = own not in before.head + after.head or OTHER_RATE.search(own) or "分别" in gap
            if len(gap) > NEAR or re.search("[。;；]", gap) or not (up or down) or foreign:
                return
            yield Said(one, 1 if up else -1, bool(YEARLY_MEAN.search(gap)))
            last = one

    @staticmethod
    def _level_of(one: Mention) -> str:
        return next((told.of for told in one.found.relations if told.kind == "change-of"), "")

    def _by_times(self, level: Mention) -> Iterator[Told]:
        """A level whose base is told by its time: beside it, or wherever a figure of the same label has that period."""
        beside = self._beside(level)
        if beside is not None:
            yield Change(beside, level), self._said(beside, level)
            return
        for rate in self._rates[level.found.id]:
            before = self._base_of(level, rate)
            if before is not None and CONSTANT.search(rate.before[-2 * NEAR :]):
                yield Change(before, level), [replace(_sized(rate), real=True)]
            elif before is not None and not _other_rate(rate, level, "环比"):
                yield Change(before, level), [_sized(rate)]

    def _beside(self, level: Mention) -> Mention | None:
        """The next figure but those of the change (比上年增加D), where its clause only dates the same thing a year or
        more before; else the one directly before."""
        place = self._place[level.found.id]
        steps = list(takewhile(lambda one: _is_step(level, one), self._figures[place + 1 : place + 3]))
        for other in self._figures[place + len(steps) + 1 : place + len(steps) + 2]:
            nearest = steps[-1] if steps else level
            words = _clause(nearest, other) if other.sentence == level.sentence else ""
            same = BARE.fullmatch(words) or _thing_in(words) and _thing(level).endswith(_thing_in(words))
            if words and same and _is_like(level, other) and _is_former(time_in(words), time_of(level)):
                return other
        for other in self._figures[max(place - 1, 0) : place]:
            words = _clause(other, level) if other.sentence == level.sentence else ""
            now = bool(BARE.fullmatch(words)) and time_in(words).year == 0 and _is_like(level, other)
            if now and time_in(other.head).year == -1:  # 去年为A，今年为B
                return other
            if words and _is_like(level, other) and _is_year_on(other, level, words):
                return other
        return None

    def _base_of(self, level: Mention, rate: Mention) -> Mention | None:
        """The figure that a rate of the level is counted from; None where none or several are told."""
        periods = [told.period for one in (rate, level) for told in one.found.relations
                   if told.kind == "compared-with" and told.period and not told.of]
        labelled = [one for period in periods[:1] if level.found.period
                    for one in self._dated[self._key(level, period)] if _is_like(level, one)]
        if len({one.value for one in labelled}) == 1:
            return labelled[0]
        words = rate.head if rate.found.start > level.found.start else ""
        own = time_of(level)
        wanted = base_time(own, words)
        near = [one for one in self._near(level) if wanted and is_time(wanted, own, time_of(one))]
        return near[0] if len({one.value for one in near}) == 1 else None

    def _near(self, level: Mention) -> Iterator[Mention]:
        """The figures about the level that tell of the same thing."""
        place = self._place[level.found.id]
        for one in self._figures[max(place - FIGURES, 0) : place + FIGURES + 1]:
            close = abs(one.found.start - level.found.start) <= REACH and one is not level
            changes = any(relation.kind == "change-of" for relation in one.found.relations)
            if close and not changes and _is_like(level, one) and _same_thing(level, one):
                yield one

    @staticmethod
    def _key(one: Mention, period: str) -> tuple[str, ...]:
        return indicator_key(one.found.indicator), entity_key(one.found.entity), period


def _in_constant_prices(level: Mention, rate: Mention) -> bool:
    """A亿元，按可比价格计算，比上年增长X%."""
    assert rate.size is not None
    related = any(told.kind == "change-of" for told in rate.found.relations)
    if related or rate.sentence != level.sentence or rate.size.kind != "percent" or not is_amount(level):
        return False
    return bool(CONSTANT_BEFORE.match(between(level, rate)) and GROWS.search(rate.head))


def _points_of(share: Mention, points: Mention) -> bool:
    """58%的企业计划增资，比上年提高4个百分点."""
    assert share.size is not None
    related = any(told.kind == "change-of" for told in points.found.relations)
    if related or points.sentence != share.sentence or points.found.unit != "百分点" or share.found.unit == "百分点":
        return False
    return share.size.kind == "percent" and bool(POINTS_BEHIND.fullmatch(between(share, points)))


def _years_ago(level: Mention, base: Mention) -> bool:
    """已达A，较十年前的B翻了一番."""
    if base.sentence != level.sentence or not alike(level, base) or not base.value:
        return False
    return bool(YEARS_AGO.fullmatch(between(level, base)))


def _from_to(before: Mention, after: Mention) -> bool:
    """由三月的48%跌至六月的41%."""
    if before.sentence != after.sentence or before is after or not alike(before, after) or not before.value:
        return False
    gap = between(before, after)
    verb = MOVED.search(gap) if len(gap) <= 2 * NEAR and not re.search("[。;；]", gap) else None
    return verb is not None and bool(re.search("[至到]", verb[0])) and bool(START.search(before.head))


def _changes(level: Mention, one: Mention) -> bool:
    """Whether the words before a figure behind a level make it the amount of a change (比上年增产120万吨)."""
    later = one.sentence == level.sentence and one.found.start > level.found.start
    return later and bool(GROWS.search(one.head) or FALLS.search(one.head))


def _is_step(level: Mention, one: Mention) -> bool:
    """Whether a figure behind a level is by how much it changed, and not what it changed to (增加到)."""
    return _changes(level, one) and not re.search("[至到为成]了?$", one.head)


def _sized(one: Mention) -> Said:
    return Said(one, -1 if FALLS.search(one.head) else 1)


def _other_rate(rate: Mention, level: Mention, fitting: str = "") -> bool:
    """Whether a rate is of another kind than new over old, by the words before it; `fitting` is one that is not."""
    apart = rate.sentence != level.sentence or rate.found.start < level.found.start
    words = rate.head[-NEAR:] if apart else between(level, rate)
    return bool(OTHER_RATE.search(words.replace(fitting, "")))


def _is_like(level: Mention, other: Mention) -> bool:
    return alike(level, other) and bool(other.value) and (is_amount(level) or level.found.kind == "percent")


def _clause(first: Mention, second: Mention) -> str:
    """The words between two figures, without the mark before them."""
    return between(first, second).lstrip("，,；;、（(")


def _is_former(base: Time, level: Time) -> bool:
    if base.part not in ("", "same") and base.part != level.part:
        return False
    return base.year == -1 and level.year != -1 or 0 < (base.year or 0) < (level.year or 0)


def _is_year_on(base: Mention, level: Mention, clause: str) -> bool:
    """2023年甲市出口额为A，2024年出口额为B: the same thing, named again and dated a year on."""
    then, now, thing = time_in(base.head), time_in(clause), _thing_in(clause)
    dated = bool(then.year and now.year) and (now.year or 0) - (then.year or 0) == 1 and then.part == now.part
    return dated and len(thing) > 1 and _thing(base).endswith(thing)


def _same_thing(level: Mention, other: Mention) -> bool:
    """Whether two figures tell of one thing: by the labels, by the words of their clauses, or by none of its own."""
    if BARE.fullmatch(other.head):
        return other.found.start > level.found.start
    one, two = _thing(level), _thing(other)
    return bool(one and two) and (one.endswith(two) or two.endswith(one)) and len(min(one, two, key=len)) > 1


def _thing(mention: Mention) -> str:
    """The words of the clause before the figure that say what it is, times and verbs left out."""
    return _thing_in(mention.head)


def _thing_in(clause: str) -> str:
    words = VERB.sub("", clause)
    time = TIMED.match(words)
    return words[time.end() :] if time else words


def _own_words(gap: str) -> str:
    """What the words before a change say beside the change itself: what it is a change of."""
    words = FALLS.sub("", GROWS.sub("", YEARLY_MEAN.sub("", gap))).strip("，,、（()）")
    return COUNTED.sub("", words)


def _multiplies(gap: str, mention: Mention) -> bool:
    """是原来的3倍, ，翻了两番."""
    doubled = "翻" in mention.found.text and len(gap) <= 4
    return doubled or mention.found.kind == "ratio" and bool(TIMES_OF.fullmatch(gap))
