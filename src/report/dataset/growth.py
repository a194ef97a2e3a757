"""Is a change as large, and does it go the way, that its source says: growth, points, differences, multiples."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from report.dataset.changes import BASIS, FALL, FALLS, GROWS, NEAR, OTHER_RATE, RISE, Change, Said, find_changes
from report.dataset.following import Interval, difference, growth, judge, judge_sum, ratio
from report.dataset.matching import compact
from report.dataset.mention import (
    Mention,
    agreeing,
    alike,
    between,
    is_amount,
    like_number,
    make_check,
    shared_words,
    tidy,
)
from report.dataset.models import Check, Rule, Verdict
from report.dataset.places import places_apart
from report.dataset.wording import either
from report.dataset.yearly import check_yearly

SLACK = 0.1  # 翻倍 holds from 1.8 to 2.2 times
OR = re.compile(r"[，,（(]?(?:即|或|相当于|约合)")  # 减少138亿元，即4.1%
SHARED = 3  # pairs of letters that two tellings of one change have in common, at least
LONG = 24  # words behind a change that may tell it again
HALVED = re.compile(r"[，,]?(?:几乎|近乎|几近|接近|将近|近)?(?P<word>腰斩|减半)")
MOVES = re.compile(
    rf"[，,](?:较|比){either('last_year')}(?:同期)?(?:有所|略有|略|明显|大幅|显著|小幅|进一步)*(?:(?P<up>{RISE})|(?P<down>{FALL}))(?![^，,。；;]*\d)")
AS_MANY = re.compile(rf"(?:[至到]|达到?|[是为]|相当于)(?:了|{either('former')}的?|约|近)*$")


def check_changes(mentions: Sequence[Mention]) -> list[Check]:
    """Findings on the direction of every change told, and on what is said of its size, there and elsewhere."""
    found = find_changes(mentions)
    checks = [_direction(change) for change, _ in found if change.rises is not None]
    checks += [check for change, said in found for one in said if not one.yearly and (check := _size(change, one))]
    checks += check_yearly(found, mentions)
    checks += [check for change, _ in found for check in _in_words(change)]
    by_id = {mention.found.id: mention for mention in mentions if mention.single}
    checks += _both_told(by_id, {change.after.found.id for change, said in found if said})
    judged = {one.mention.found.id for _, said in found for one in said}
    others = [mention for id, mention in by_id.items() if id not in judged]
    return checks + list(_elsewhere([change for change, _ in found], by_id, others))


def _direction(change: Change) -> Check:
    word = "上升" if change.rises else "下降"
    holds = change.times > 1 if change.rises else change.times < 1
    told = f"{change.after.topic}由{change.before.text}到{change.after.text}"
    text = f"{change.before.name}：{told}，文中说{word}，" + ("与数值一致。" if holds else "与数值相反。")
    points = tidy(change.after.value - change.before.value) if change.after.found.kind == "percent" else None
    return make_check(
        "direction", "agrees" if holds else "conflicts", (change.before, change.after),
        (text, "动词方向与数值" + ("一致" if holds else "相反")), (None, points))


def _in_words(change: Change) -> Iterator[Check]:
    """腰斩 and 减半 behind a fall; 较去年有所提升 behind two years."""
    last = max(change.before, change.after, key=lambda one: one.found.start)
    behind = last.after[:LONG]
    if change.times < 1 and (word := HALVED.match(behind)):
        holds = abs(change.times - 0.5) <= SLACK
        text = (f"{last.name}：{change.told}，下降幅度为{_percent((1 - change.times) * 100)}，文中称“{word['word']}”，"
                + ("相符。" if holds else "不符。"))
        yield make_check("multiple", "agrees" if holds else "conflicts", (change.before, change.after),
                         (text, "推算的变化与所述" + ("相符" if holds else "不符")), (0.5, tidy(change.times)))
    elif change.rises is None and (word := MOVES.match(behind)) and change.times != 1:
        yield _direction(Change(change.before, change.after, bool(word["up"])))


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
        verb = ("上升", "下降") if points else ("增加", "减少")
        result = f"{tidy(abs(computed))}个百分点" if points else like_number(abs(computed), change.after)
    elif stated.size.kind == "percent" and not points and not _rates(change):
        rule, computed, verb = "growth", said.sign * (change.times - 1) * 100, ("增长", "下降")
        verdict, result = _judge(stated, growth(change.before, change.after), said.sign), _percent(computed)
    elif BASIS in compact(stated.found.unit) and _rates(change):
        return _basis_points(change, said)
    elif stated.size.kind == "percent" and not points:
        return _not_points(change, said)
    elif _is_multiple(stated) and said.sign > 0:
        return _times(change, stated)
    else:
        return None
    if verdict == "conflicts" and said.real:
        text = (f"{stated.name}：{change.told}，按这两个数推算{verb[0] if change.times > 1 else verb[1]}{result}，"
                f"文中的{stated.text}按可比价格计算，口径不同，不能相互核对。")
        return make_check(rule, "not-comparable", (change.before, change.after, stated),
                          (text, "价格口径不同：现价与可比价"), (tidy(stated.value), tidy(computed)))
    if verdict is None or verdict == "conflicts" and rule == "growth" and change.real:
        return None
    holds = verdict == "agrees"
    told = verb[0] if said.sign > 0 else verb[1]
    text = (f"{stated.name}：{change.told}，推算{verb[0] if change.times > 1 else verb[1]}{result}，"
            f"文中称{told}{stated.text}，" + (f"{agreeing(stated, computed)}。" if holds else "不符。"))
    return make_check(
        rule, verdict, (change.before, change.after, stated),
        (text, "推算的变化与所述" + ("相符" if holds else "不符")), (tidy(stated.value), tidy(computed)))


def _basis_points(change: Change, said: Said) -> Check:
    """由4.75%降至4.5%，下调25个基点: hundredths of a percentage point, whichever way."""
    stated, computed = said.mention, abs(change.after.value - change.before.value) * 100
    finest = min(float(one.size.step) * 100 for one in (change.before, change.after) if one.size)
    holds = abs(computed - stated.value) <= finest + 1e-6
    said_so = compact(stated.found.text) + ("，相符。" if holds else "，不符。")
    text = f"{stated.name}：{change.told}，推算变动{tidy(round(computed, 1))}个基点，文中称{said_so}"
    return make_check(
        "point-change", "agrees" if holds else "conflicts", (change.before, change.after, stated),
        (text, "推算的变化与所述" + ("相符" if holds else "不符")), (tidy(stated.value), tidy(computed)))


def _not_points(change: Change, said: Said) -> Check | None:
    """从60%提高到65%，提高5%: a difference of percentages told as a percentage."""
    stated = said.mention
    relative = _judge(stated, growth(change.before, change.after), said.sign)
    points = said.sign * (change.after.value - change.before.value)
    if relative != "conflicts" or abs(points - stated.value) > float(stated.size.step if stated.size else 0) / 2:
        return None
    text = (f"{stated.name}：{change.told}，{'上升' if said.sign > 0 else '下降'}{tidy(points)}个百分点"
            f"（增减幅{_percent((change.times - 1) * 100)}），文中称{stated.text}，单位当作“个百分点”。")
    return make_check(
        "point-change", "conflicts", (change.before, change.after, stated), (text, "百分点误作百分数"),
        (tidy(stated.value), tidy(points)))


def _percent(number: float) -> str:
    """A computed change without its sign, to a tenth: 31.6%, 20%."""
    return f"{tidy(round(abs(number), 1))}%"


def _fold(times: float, told: float) -> str:
    """A computed multiple as a report prints one, 约2.5倍; with as many digits as part it from the one `told`."""
    digits = next((digits for digits in (1, 2, 3) if round(times, digits) != told), 1)
    rounded = round(times, digits)
    return ("" if math.isclose(rounded, times) else "约") + f"{tidy(rounded)}倍"


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
    if "翻" in stated.found.text and abs(change.times - stated.value) <= SLACK * stated.value:
        verdict = "agrees"
    if verdict is None:
        return None
    computed = change.times - more
    holds = verdict == "agrees"
    how = "增长" if more else "后者是前者的"
    text = (f"{stated.name}：{change.told}，推算{how}{_fold(computed, stated.value)}，文中称{stated.text}，"
            + (f"{agreeing(stated, computed)}。" if holds else "不符。"))
    return make_check(
        "multiple", verdict, (change.before, change.after, stated),
        (text, "推算的倍数与所述" + ("相符" if holds else "不符")), (tidy(stated.value), tidy(computed)))


def _both_told(by_id: dict[str, Mention], known: Container[str]) -> Iterator[Check]:
    """B，比上年增加D，增长G%, in either order: does D over B without D make G? Not where the base is `known`."""
    figures = list(by_id.values())
    for place, step in enumerate(figures):
        level = _level_of(step, by_id) or _stepped(figures[max(place - 2, 0) : place], step)
        if level is None or level.found.id in known or not is_amount(step):
            continue
        if not alike(level, step) or step.value >= level.value:
            continue
        sign = -1 if FALLS.search(step.head) else 1
        behind = [one for one in figures[place + 1 : place + 2] if _says_again(step, one, sign)]
        related = [one for one in figures[max(place - 2, 0) : place + 3]
                   if _is_rate(one) and _level_of(one, by_id) is level and not OTHER_RATE.search(one.head[-NEAR:])]
        for rate in (related or behind)[:1]:
            yield from _share_of_base(level, step, rate, sign)


def _stepped(before: Sequence[Mention], step: Mention) -> Mention | None:
    """The level that an amount of change stands behind, with a rate between them (1320万吨，增长10%，增产120万吨)."""
    between_them = len(before) == 2 and _is_rate(before[1]) and before[0].sentence == step.sentence
    changes = GROWS.search(step.head) or FALLS.search(step.head)
    return before[0] if between_them and changes and is_amount(before[0]) else None


def _says_again(step: Mention, rate: Mention, sign: int) -> bool:
    """Whether a rate directly behind an amount of change tells the same change (即4.1%, 增长率为1.5%)."""
    gap = between(step, rate) if rate.sentence == step.sentence else ""
    verb = (GROWS if sign > 0 else FALLS).search(gap) or OR.fullmatch(gap)
    return _is_rate(rate) and 0 < len(gap) <= NEAR and bool(verb) and not OTHER_RATE.search(gap)


def _level_of(change: Mention, by_id: dict[str, Mention]) -> Mention | None:
    """The level that the sentence's grammar says a rate or an amount is the change of."""
    return next((by_id[told.of] for told in change.found.relations
                 if told.kind == "change-of" and told.of in by_id), None)


def _share_of_base(level: Mention, step: Mention, rate: Mention, sign: int) -> Iterator[Check]:
    low, high = sorted((level.span[0] - sign * step.span[1], level.span[1] - sign * step.span[0]))
    if low <= 0 or step.span[0] < 0:
        return
    verdict = judge(rate, (step.span[0] / high * 100, step.span[1] / low * 100))
    if verdict is None:
        return
    computed = step.value / (level.value - sign * step.value) * 100
    word, holds = ("增加" if sign > 0 else "减少"), verdict == "agrees"
    told = f"{level.topic}{level.text}，{word}{step.text}"
    text = (f"{rate.name}：{told}，推算{word}{_percent(computed)}，文中称{rate.text}，"
            + (f"{agreeing(rate, computed)}。" if holds else "不符。"))
    yield make_check(
        "growth", verdict, (level, step, rate),
        (text, "增减量与增减幅" + ("相符" if holds else "不符")), (tidy(rate.value), tidy(computed)))


def _elsewhere(
    changes: Sequence[Change], by_id: dict[str, Mention], told: Sequence[Mention],
) -> Iterator[Check]:
    """翻倍至B, 增长X%至B and B，增长X% (of those `told`) against the changes to the same B that share words with them,
    anywhere."""
    targets: dict[tuple[str, float], list[Change]] = defaultdict(list)
    for change in changes:
        assert change.after.size is not None
        targets[change.after.size.kind, change.after.value].append(change)
    for stated in told if targets else ():
        target = _level_of(stated, by_id)
        if target is None or not (_is_rate(stated) or _is_multiple(stated)):
            continue
        assert target.size is not None
        for change in targets[target.size.kind, target.value]:
            if stated.sentence not in (change.after.sentence, change.before.sentence) and _one_change(change, target):
                yield from _compare(change, stated, target, -1 if FALLS.search(stated.head) else 1)
                break


def _one_change(change: Change, target: Mention) -> bool:
    ours, theirs = change.after.found, target.found
    dated = not ours.period or not theirs.period or ours.period[:4] == theirs.period[:4]
    words = shared_words(change.before.before + change.after.head, target.before + target.tail)
    return dated and len(words) >= SHARED and alike(change.after, target) and not places_apart(change.after, target)


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
        word = "增长" if sign > 0 else "下降"
        text = (f"{stated.name}称{target.topic}{target.text}{word}{stated.text}，{source}说{change.told}，"
                f"推算{'增长' if change.times > 1 else '下降'}{_percent(computed)}，"
                + (f"{agreeing(stated, computed)}。" if holds else "不符。"))
        yield make_check(
            "growth", "agrees" if holds else "conflicts", (stated, target, change.before, change.after),
            (text, "推算的变化与所述" + ("相符" if holds else "不符")), (tidy(stated.value), tidy(computed)))


def _doubling(change: Change, stated: Mention, target: Mention) -> Check:
    times, told = change.times, stated.value
    holds = abs(times - told) <= SLACK * told
    source = "" if change.after.name == stated.name else f"{change.after.name}说"
    text = (f"{stated.name}称“{stated.text}至{target.text}”，{source}{change.told}，"
            f"后者是前者的{_fold(times, told)}，" + ("相符。" if holds else f"不是{tidy(told)}倍。"))
    return make_check(
        "multiple", "agrees" if holds else "conflicts", (stated, target, change.before, change.after),
        (text, "所述倍数与前后数值" + ("相符" if holds else "不符")), (tidy(told), tidy(times)))
