"""Is a change as large, and does it go the way, that its source says: growth, points, differences, multiples."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from report.dataset.changes import FALLS, GROWS, NEAR, OTHER_RATE, START, Change, Said, find_changes
from report.dataset.following import Interval, difference, growth, judge, judge_sum, ratio
from report.dataset.mention import (
    Mention,
    alike,
    between,
    is_amount,
    like_number,
    make_check,
    sentences_of,
    shared_words,
    tidy,
)
from report.dataset.models import Check, Rule, Verdict
from report.dataset.wording import either

SLACK = 0.1  # 翻倍 holds from 1.8 to 2.2 times
TARGET = re.compile(r".{0,3}[至到]")
LEVEL = re.compile(r"[，,（(]?(?:同比|较上年|较去年|比上年|比去年|按年)?[^，,。；;0-9]{0,4}")
OR = re.compile(r"[，,（(]?(?:即|或|相当于|约合)")  # 减少138亿元，即4.1%
LONG = 24  # words between a level and the amount by which it grew
SHARED = 3  # pairs of letters that two tellings of one change have in common, at least
AS_MANY = re.compile(rf"(?:[至到]|达到?|[是为]|相当于)(?:了|{either('former')}的?|约|近)*$")


def check_changes(mentions: Sequence[Mention]) -> list[Check]:
    """Findings on the direction of every change told, and on what is said of its size, there and elsewhere."""
    found = find_changes(mentions)
    checks = [_direction(change) for change, _ in found if change.rises is not None]
    checks += [check for change, said in found for one in said if (check := _size(change, one))]
    checks += [check for figures in sentences_of(mentions) for check in _both_told(figures)]
    return checks + list(_elsewhere([change for change, _ in found], mentions))


def _direction(change: Change) -> Check:
    word = "上升" if change.rises else "下降"
    holds = change.times > 1 if change.rises else change.times < 1
    text = f"{change.before.name}：{change.told}，文中说{word}，" + ("与数值一致。" if holds else "与数值相反。")
    points = tidy(change.after.value - change.before.value) if change.after.found.kind == "percent" else None
    return make_check(
        "direction", "agrees" if holds else "conflicts", (change.before, change.after),
        (text, "动词方向与数值" + ("一致" if holds else "相反")), (None, points))


def _size(change: Change, said: Said) -> Check | None:
    """What is said of a change's size against its two figures; None where nothing can be said."""
    stated = said.mention
    assert stated.size is not None and change.after.size is not None
    points = stated.found.unit == "百分点"
    if alike(change.after, stated) and stated.size.kind != "percent" or points and _rates(change):
        rule: Rule = "point-change" if points else "difference"
        low, high = sorted(said.sign * end for end in difference(change.before, change.after))
        verdict = judge_sum(stated, (low, high), (change.before, change.after))
        computed = said.sign * (change.after.value - change.before.value)
        result = f"{tidy(computed)}个百分点" if points else like_number(computed, change.after)
    elif stated.size.kind == "percent" and not points and not _rates(change):
        rule, computed = "growth", said.sign * (change.times - 1) * 100
        verdict, result = _judge(stated, growth(change.before, change.after), said.sign), f"{computed:.1f}%"
    elif _is_multiple(stated) and said.sign > 0:
        return _times(change, stated)
    else:
        return None
    if verdict is None or verdict == "conflicts" and rule == "growth" and change.real:
        return None
    holds = verdict == "agrees"
    text = f"{stated.name}：{change.told}，推算为{result}，文中称{stated.text}，" + ("相符。" if holds else "不符。")
    return make_check(
        rule, verdict, (change.before, change.after, stated),
        (text, "推算的变化与所述" + ("相符" if holds else "不符")), (tidy(stated.value), tidy(computed)))


def _judge(stated: Mention, computed: Interval | None, sign: int = 1) -> Verdict | None:
    return computed and judge(stated, computed, sign)


def _rates(change: Change) -> bool:
    assert change.after.size is not None
    return change.after.size.kind == "percent"


def _times(change: Change, stated: Mention) -> Check | None:
    """增长2倍 is three times as much, 增至2倍 twice."""
    interval = ratio(change.after, change.before)
    more = 0 if AS_MANY.search(stated.head) or "翻" in stated.found.text else 1
    if interval is None:
        return None
    verdict = judge(stated, (interval[0] - more, interval[1] - more))
    if verdict is None:
        return None
    computed = change.times - more
    holds = verdict == "agrees"
    text = (f"{stated.name}：{change.told}，推算为{'增长' if more else ''}{computed:.2f}倍，文中称{stated.text}，"
            + ("相符。" if holds else "不符。"))
    return make_check(
        "multiple", verdict, (change.before, change.after, stated),
        (text, "推算的倍数与所述" + ("相符" if holds else "不符")), (tidy(stated.value), tidy(computed)))


def _both_told(figures: Sequence[Mention]) -> Iterator[Check]:
    """B，比上年增加D，增长G%: does D over B without D make G? A share may stand after B."""
    for place in range(2, len(figures)):
        step, rate = figures[place - 1], figures[place]
        level = next((one for one in figures[max(place - 3, 0) : place - 1][::-1] if not _is_rate(one)), None)
        if level is None or not is_amount(step) or not _is_rate(rate) or not alike(level, step):
            continue
        gap, after = between(figures[place - 2], step), between(step, rate)
        rises, falls = GROWS.search(gap), FALLS.search(gap)
        same = OR.fullmatch(after) or (GROWS if rises else FALLS).search(after)
        plain = len(gap) <= LONG and len(after) <= NEAR and same and not OTHER_RATE.search(gap + after)
        if plain and (rises or falls) and not START.search(level.head) and step.value < level.value:
            yield from _share_of_base(level, step, rate, 1 if rises else -1)


def _share_of_base(level: Mention, step: Mention, rate: Mention, sign: int) -> Iterator[Check]:
    low, high = sorted((level.span[0] - sign * step.span[1], level.span[1] - sign * step.span[0]))
    if low <= 0 or step.span[0] < 0:
        return
    verdict = judge(rate, (step.span[0] / high * 100, step.span[1] / low * 100))
    if verdict is None:
        return
    computed = step.value / (level.value - sign * step.value) * 100
    word, holds = ("增加" if sign > 0 else "减少"), verdict == "agrees"
    text = (f"{rate.name}：{level.text}，{word}{step.text}，推算{word}{computed:.2f}%，文中称{rate.text}，"
            + ("相符。" if holds else "不符。"))
    yield make_check(
        "growth", verdict, (level, step, rate),
        (text, "增减量与增减幅" + ("相符" if holds else "不符")), (tidy(rate.value), tidy(computed)))


def _elsewhere(changes: Sequence[Change], mentions: Sequence[Mention]) -> Iterator[Check]:
    """翻倍至B, 增长X%至B and B，增长X% against the changes to the same B that share words with them, anywhere."""
    targets: dict[tuple[str, float], list[Change]] = defaultdict(list)
    for change in changes:
        assert change.after.size is not None
        targets[change.after.size.kind, change.after.value].append(change)
    for stated, target, sign in _to_targets(mentions) if targets else ():
        assert target.size is not None
        for change in targets[target.size.kind, target.value]:
            if change.after.sentence != target.sentence and _one_change(change, target):
                yield from _compare(change, stated, target, sign)
                break


def _one_change(change: Change, target: Mention) -> bool:
    ours, theirs = change.after.found, target.found
    dated = not ours.period or not theirs.period or ours.period[:4] == theirs.period[:4]
    words = shared_words(change.before.before + change.after.head, target.before + target.tail)
    return dated and len(words) >= SHARED and alike(change.after, target)


def _to_targets(mentions: Sequence[Mention]) -> Iterator[tuple[Mention, Mention, int]]:
    """A growth or multiple and the figure it leads to or is said of, with its sign: neighbours in one clause."""
    for figures in sentences_of(mentions):
        for first, second in zip(figures, figures[1:], strict=False):
            gap = between(first, second)
            if _is_rate(first) and not _is_rate(second) and not _is_multiple(second) and TARGET.fullmatch(gap):
                yield first, second, -1 if FALLS.search(first.head) else 1
            elif _is_multiple(first) and TARGET.fullmatch(gap):
                yield first, second, 1
            elif _is_rate(second) and not _is_rate(first) and _grown_by(gap):
                yield second, first, -1 if FALLS.search(gap) else 1


def _grown_by(gap: str) -> bool:
    return bool(LEVEL.fullmatch(gap) and (GROWS.search(gap) or FALLS.search(gap))) and not OTHER_RATE.search(gap)


def _is_rate(mention: Mention) -> bool:
    assert mention.size is not None
    return mention.size.kind == "percent" and mention.found.unit != "百分点"


def _is_multiple(mention: Mention) -> bool:
    return mention.found.kind == "ratio" and bool(re.search("翻|倍", mention.found.text))


def _compare(change: Change, stated: Mention, target: Mention, sign: int) -> Iterator[Check]:
    if _is_multiple(stated):
        yield _doubling(change, stated, target)
    elif (GROWS.search(stated.head) or sign < 0) and not OTHER_RATE.search(stated.head) and not _rates(change):
        verdict = _judge(stated, growth(change.before, change.after), sign)
        if verdict is None or verdict == "conflicts" and change.real:
            return
        computed, holds = sign * (change.times - 1) * 100, verdict == "agrees"
        source = "另处" if change.after.name == stated.name else change.after.name
        text = (f"{stated.name}称{target.text}{'增长' if sign > 0 else '下降'}{stated.text}，{source}作{change.told}，"
                f"推算为{computed:.1f}%，" + ("相符。" if holds else "不符。"))
        yield make_check(
            "growth", "agrees" if holds else "conflicts", (stated, target, change.before, change.after),
            (text, "推算的变化与所述" + ("相符" if holds else "不符")), (tidy(stated.value), tidy(computed)))


def _doubling(change: Change, stated: Mention, target: Mention) -> Check:
    times, told = change.times, stated.value
    holds = abs(times - told) <= SLACK * told
    source = "" if change.after.name == stated.name else f"{change.after.name}作"
    text = (f"{stated.name}称“{stated.text}至{target.text}”，{source}{change.told}，"
            f"为{times:.2f}倍，" + ("相符。" if holds else f"不是{tidy(told)}倍。"))
    return make_check(
        "multiple", "agrees" if holds else "conflicts", (stated, target, change.before, change.after),
        (text, "所述倍数与前后数值" + ("相符" if holds else "不符")), (tidy(told), tidy(times)))
