"""Means over years: does the yearly growth that is told lead from the first figure to the last?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from report.dataset.changes import Change, Said
from report.dataset.following import Interval, difference, judge, ratio
from report.dataset.mention import Mention, agreeing, alike, like_number, make_check, tidy
from report.dataset.models import Check, Rule

SPAN = re.compile("(?:19|20)\\d\\d")


def check_yearly(told: Iterable[tuple[Change, list[Said]]], mentions: Sequence[Mention]) -> list[Check]:
    """Findings on every 年均增长X% (compound) and 年均增加X of a change whose years are told."""
    spans: dict[tuple[str, int], list[Mention]] = defaultdict(list)
    for one in mentions:
        if one.found.kind == "duration" and one.found.unit == "年" and one.single:
            spans[one.sentence].append(one)
    return [check for change, said in told for one in said if one.yearly
            for check in _check(change, one, _years(change, spans[change.after.sentence]))]


def _years(change: Change, spans: Sequence[Mention]) -> tuple[int, ...]:
    """How many years the change may have taken: by the figures' own years, else by a stretch of the sentence, of
    which the first year may be counted or not; () where nothing tells."""
    first, last = (SPAN.findall(one.found.period) for one in (change.before, change.after))
    if len(first) == len(last) == 1 and int(last[0]) > int(first[0]):
        return (int(last[0]) - int(first[0]),)
    if len(last) == 2 and first == last:
        apart = int(last[1]) - int(last[0])
        return (apart, apart + 1)
    told = [int(one.value) for one in spans if one.found.start < change.before.found.start]
    return tuple(number for number in (told[-1], told[-1] - 1) if number > 1) if told else ()


def _check(change: Change, said: Said, years: Sequence[int]) -> Iterator[Check]:
    """An agreement with any of the numbers of years, else a conflict with the first."""
    outcomes = [(_implied(change, said, number), number) for number in years if number > 0]
    judged = [(judge(said.mention, told[0]), told, number) for told, number in outcomes if told]
    if not judged or any(verdict is None for verdict, _, _ in judged):
        return
    verdict, (_, computed), number = next((one for one in judged if one[0] == "agrees"), judged[0])
    assert verdict is not None
    stated, amount = said.mention, alike(change.after, said.mention)
    rule: Rule = "difference" if amount else "growth"
    result = like_number(abs(computed), change.after) if amount else f"{tidy(round(abs(computed), 1))}%"
    word = "增加" if amount else "增长"
    word = word if change.times > 1 else "减少" if amount else "下降"
    text = (f"{stated.name}：{change.told}，历时{number}年，推算年均{word}{result}，文中称{stated.text}，"
            + (f"{agreeing(stated, computed)}。" if verdict == "agrees" else f"不符{_mean(change, said, number)}。"))
    yield make_check(rule, verdict, (change.before, change.after, stated),
                     (text, "推算的年均变化与所述" + ("相符" if verdict == "agrees" else "不符")),
                     (tidy(stated.value), tidy(computed)))


def _implied(change: Change, said: Said, years: int) -> tuple[Interval, float] | None:
    """What the yearly change may be and what it is, both told without sign; None where the figure says neither."""
    stated = said.mention
    assert stated.size is not None and change.after.size is not None
    if alike(change.after, stated):
        low, high = sorted(said.sign * end / years for end in difference(change.before, change.after))
        slack = float(change.after.size.step) / years
        return (low - slack, high + slack), said.sign * (change.after.value - change.before.value) / years
    times = ratio(change.after, change.before)
    if stated.size.kind != "percent" or change.after.size.kind == "percent" or times is None or times[0] <= 0:
        return None
    low, high = sorted(said.sign * (end ** (1 / years) - 1) * 100 for end in times)
    return (low, high), said.sign * (change.times ** (1 / years) - 1) * 100


def _mean(change: Change, said: Said, years: int) -> str:
    """What the stated rate may have come from: the whole growth divided by the years."""
    whole = said.sign * (change.times - 1) * 100 / years
    same = said.mention.size and said.mention.size.kind == "percent" and said.mention.size.holds(whole)
    return "（所述是总增幅按年数的简单平均）" if same else ""
