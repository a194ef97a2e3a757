"""Two figures and what is said of both: 甲是乙的N倍, 甲比乙多N, 相差, 顺差 and 逆差."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from report.dataset.aliases import names_entity
from report.dataset.following import difference, judge, judge_sum, ratio
from report.dataset.mention import Mention, alike, between, is_amount, like_number, make_check, tidy
from report.dataset.models import Check, Rule

AS = "(?:约|仅|已|则|大约|大致)?(?:是|为|相当于|达到?)"
WHEN = r"(?:(?:19|20)\d\d年?的?)?"
# 1091亿，是乙省91亿的12倍: the second figure stands inside the comparison
INSIDE = re.compile(rf"[，,]{AS}{WHEN}[^，,。；;0-9]{{0,10}}$")
OF_IT = re.compile("的?(?:约|近)*")
TIMES = re.compile(rf"(?P<one>[^，,。；;：:、0-9]{{0,16}}?){AS}(?P<two>[^，,。；;0-9]{{1,12}}?)的(?:约|近)*$")
MORE = re.compile(
    r"(?P<one>[^，,。；;：:、0-9]{0,12}?)比(?P<two>[^，,。；;0-9]{1,12}?)(?:要|共)?(?:(?P<more>多|高|增加|长|大)|(?P<less>少|低|短|小))[^，,。；;0-9]{0,3}$")
FORMER, LATTER = ("前者",), ("后者",)
APART = re.compile(r"[，,；;](?:两者|二者|两地|双方|两国|前后)?(?:相差|差距|差额|之差)(?:为|达|约|近|到)*$")
SURPLUS = re.compile(
    "(?P<plus>顺差|盈余|出超|结余|净流入|自然增加|自然增长|人口增加)|(?P<minus>逆差|入超|差短|短差|赤字|短绌|净流出|自然减少|人口减少)")
# What is sold and earned, and what is bought and spent, of one balance.
SIDES = (("出口", "进口"), ("岁入", "岁出"), ("收入", "支出"), ("出生", "死亡"), ("流入", "流出"), ("迁入", "迁出"))
COLON = re.compile("[：:，,][^，,。；;0-9]{2,12}")
VERB = re.compile("(?:的|为|是|有|达到?|约|共)+$")
NEAR = 160  # characters of source between two figures and what is said of them
BACK = 4  # figures before a statement among which the two are looked for


def check_pairs(mentions: Sequence[Mention]) -> list[Check]:
    """Findings on multiples and differences of two figures that stand before, and on balances."""
    checks: list[Check] = []
    for _, group in groupby((one for one in mentions if one.single), lambda mention: mention.found.doc):
        figures = list(group)
        for place, stated in enumerate(figures):
            before = [one for one in figures[max(place - BACK, 0) : place]
                      if stated.found.start - one.found.end <= NEAR]
            checks += [*_times(before, stated), *_apart(before, stated), *_balance(before, stated)]
            behind = [one for one in figures[place + 1 : place + 3] if one.sentence == stated.sentence]
            checks += _times_of(_announced(stated, behind), stated)
    return checks


def _times(before: Sequence[Mention], stated: Mention) -> Iterator[Check]:
    """甲…A，乙…B，甲是乙的N倍; A，是乙的B的N倍."""
    if stated.found.kind != "ratio" or not stated.found.text.endswith("倍") or len(before) < 2:
        return
    first, second = before[-2:]
    here = stated.sentence == second.sentence == first.sentence
    if here and OF_IT.fullmatch(between(second, stated)) and INSIDE.search(between(first, second)):
        pair: tuple[Mention, Mention] | None = (first, second)
    else:
        pair = _meant(TIMES.search(stated.head), before)
    yield from _times_of(pair, stated)


def _announced(stated: Mention, behind: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """甲省的投入是乙省的N倍：甲省为A，乙省为B."""
    words = TIMES.search(stated.head) if stated.found.kind == "ratio" and stated.found.text.endswith("倍") else None
    if not words or len(behind) < 2 or not COLON.fullmatch(between(stated, behind[0])):
        return None
    heads = [VERB.sub("", one.head) for one in behind]
    named = zip((words["one"], words["two"]), heads, strict=True)
    return (behind[0], behind[1]) if all(len(head) > 1 and name.startswith(head) for name, head in named) else None


def _times_of(pair: tuple[Mention, Mention] | None, stated: Mention) -> Iterator[Check]:
    """The finding on a multiple of the first figure over the second, where both are known."""
    if pair and alike(*pair) and (interval := ratio(*pair)) and (verdict := judge(stated, interval)):
        computed = pair[0].value / pair[1].value
        told = f"{pair[0].text}是{pair[1].text}的{tidy(round(computed, 2))}倍"
        yield _check("multiple", (*pair, stated), verdict == "agrees", told, computed)


def _meant(words: re.Match[str] | None, before: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """The two figures that a comparison names: 前者 and 后者, or the nearest whose clauses bear the names; without a
    first name the figure directly before is compared."""
    if not words:
        return None
    names = words["one"], words["two"]
    if names in ((*FORMER, *LATTER), (*LATTER, *FORMER)):
        first, second = before[-2:]
        return (first, second) if names[0] in FORMER else (second, first)
    two = _named(names[1], before)
    others = [other for other in before if two and other is not two and alike(other, two)]
    one = _named(names[0], others) if names[0] else next((other for other in others if other is before[-1]), None)
    return (one, two) if one and two and _one_thing(one, two, names) else None


def _named(name: str, figures: Sequence[Mention]) -> Mention | None:
    """The one figure whose clause, or whose entity, bears the name; None for several."""
    bare = name.rstrip("的")
    told = [one for one in figures if bare and bare in one.head]
    told = told or [one for one in figures if bare and names_entity(one.found.entity, bare)]
    return told[0] if len(told) == 1 else None


def _one_thing(first: Mention, second: Mention, names: tuple[str, str]) -> bool:
    """Whether the two clauses tell the same of the two: the later one nothing else than the earlier, its name apart."""
    one, two = (re.sub(r"(?:约|为|是|有|达到?|仅|则|而|共)+$", "", figure.head) for figure in (first, second))
    bare = [words.removeprefix("而").replace(name, "", 1) if name else words
            for words, name in zip((one, two), names, strict=True)]
    later = bare[0] if first.found.start > second.found.start else bare[1]
    earlier = bare[1] if later == bare[0] else bare[0]
    return not later or earlier.endswith(later) or later.endswith(earlier[-4:])


def _apart(before: Sequence[Mention], stated: Mention) -> Iterator[Check]:
    """A，B，两者相差D; 甲比乙多D."""
    if len(before) < 2:
        return
    first, second = before[-2:]
    here = stated.sentence == second.sentence == first.sentence
    if here and APART.search(between(second, stated)):
        pair: tuple[Mention, Mention] | None = (first, second) if first.value > second.value else (second, first)
    else:
        words = MORE.search(stated.head)
        pair = _meant(words, before)
        pair = pair if not words or words["more"] or not pair else (pair[1], pair[0])
    if pair is None:
        return
    points = stated.found.unit == "百分点" and pair[0].size is not None and pair[0].size.kind == "percent"
    if not alike(*pair) or not (points or alike(pair[0], stated)):
        return
    verdict = judge_sum(stated, difference(pair[1], pair[0]), pair)
    if verdict:
        computed = pair[0].value - pair[1].value
        result = f"{tidy(abs(computed))}个百分点" if points else like_number(abs(computed), pair[0])
        told = f"{pair[0].text}比{pair[1].text}{'多' if computed >= 0 else '少'}{result}"
        yield _check("point-change" if points else "difference", (*pair, stated), verdict == "agrees", told, computed)


def _balance(before: Sequence[Mention], stated: Mention) -> Iterator[Check]:
    """出口A，进口B，顺差C."""
    word = None if re.search("其中|[对與与]", stated.head) else SURPLUS.search(stated.head[-8:])
    amounts = [one for one in before if word and is_amount(one) and is_amount(stated) and alike(one, stated)]
    for earning, spending in SIDES if len(amounts) > 1 else ():
        gains = [one for one in amounts if re.search(f"{earning}[^，,0-9]{{0,4}}$", one.head)]
        costs = [one for one in amounts if re.search(f"{spending}[^，,0-9]{{0,4}}$", one.head)]
        if word and len(gains) == len(costs) == 1:
            upper, lower = (gains[0], costs[0]) if word["plus"] else (costs[0], gains[0])
            verdict = judge_sum(stated, difference(lower, upper), (gains[0], costs[0]))
            computed = upper.value - lower.value
            said = f"{upper.plain}比{lower.plain}{'多' if computed >= 0 else '少'}{like_number(abs(computed), stated)}"
            if verdict:
                yield _check("difference", (gains[0], costs[0], stated), verdict == "agrees", said, computed)


def _check(rule: Rule, trio: tuple[Mention, Mention, Mention], holds: bool, told: str, computed: float) -> Check:
    stated = trio[2]
    text = f"{stated.name}：{told}，文中称{stated.text}，" + ("相符。" if holds else "不符。")
    return make_check(
        rule, "agrees" if holds else "conflicts", trio, (text, "推算与所述" + ("相符" if holds else "不符")),
        (tidy(stated.value), tidy(computed)))
