"""Figures that a demonstrative takes up (在这87位学者中, 这一87%的留存率) against those told just before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from report.dataset.following import judge, ratio
from report.dataset.mention import Mention, alike, is_amount, make_check, tidy
from report.dataset.models import Check

THIS = re.compile(r"(?:这|该|上述)$")
THIS_RATE = re.compile(r"(?:这一|该|这个|上述)[^，,。；;]{0,8}$")
RATE = re.compile(r"^[^，,。；;]{0,8}?率|^的?(?:占比|比[例重])|[率比][例重]?[^，,。；;]{0,4}$")
OTHER_RATE = re.compile("[增涨跌降升][长幅速]?|[利税费汇]率|概率|关税")  # no part of a whole
HAN = re.compile("[\u3400-\u9fff]")
EMPTY = frozenset("人名位个家所的了中里在是为有这该和与及其共等者仅")  # letters that say nothing of what is counted
REACH = 600  # characters of source between a figure and the words that take it up
FIGURES = 12  # amounts before the demonstrative that it may take up
LIKE = 1.15  # times the one number, at most, that another telling of it is
POINTS = 3  # that a rate may be out and still be meant of a part and its whole
NOUNS = 8  # letters behind a figure that say what it counts


def check_taken_up(mentions: Sequence[Mention]) -> list[Check]:
    """A conflict for each number of things, and each rate, that points back to figures which say otherwise.

    Nothing is found where any figure before it, or a sum of neighbours, is what it says.
    """
    checks: list[Check] = []
    for _, group in groupby(mentions, lambda mention: mention.found.doc):
        amounts: list[Mention] = []
        for one in (one for one in group if one.single):
            if one.found.bound == "exact" and is_amount(one) and THIS.search(one.head):
                checks += _count(one, _near(one, amounts), amounts)
            elif _is_rate(one):
                checks += _rate(one, _near(one, amounts))
            if is_amount(one):
                amounts.append(one)
    return checks


def _near(one: Mention, amounts: Sequence[Mention]) -> list[Mention]:
    """The amounts of the sentences before, the last first."""
    return [told for told in amounts[: -FIGURES - 1 : -1]
            if told.sentence != one.sentence and one.found.start - told.found.end <= REACH]


def _is_rate(one: Mention) -> bool:
    percent = one.found.kind == "percent" and one.found.unit != "百分点"
    told = one.head + one.tail
    back = THIS_RATE.search(one.head) and (RATE.search(one.tail) or RATE.search(one.head))
    return percent and bool(back) and not OTHER_RATE.search(told)


def _count(one: Mention, near: Sequence[Mention], amounts: Sequence[Mention]) -> Iterator[Check]:
    """这N位 against the amounts before it; the document may have told N long before."""
    like = [told for told in near if alike(told, one) and told.found.unit]
    known = {told.value for told in amounts if alike(told, one)} | set(_sums(like))
    meant = [told for told in like if told.found.bound == "exact" and _one_thing(told, one)]
    if one.value in known or not meant or not one.found.unit:
        return
    told = min(meant, key=lambda told: abs(told.value - one.value))
    text = f"{one.name}先说“{told.described}”，后称“这{one.described}”，所指相同，数目不同。"
    yield make_check("same-figure", "conflicts", (told, one), (text, "同一事项，数值不同"),
                     (tidy(told.value), tidy(one.value)))


def _sums(amounts: Sequence[Mention]) -> Iterator[float]:
    """What neighbours add up to: 男生40人，女生30人；这70人."""
    for place in range(len(amounts)):
        yield from accumulate(told.value for told in amounts[place:])


def _one_thing(told: Mention, one: Mention) -> bool:
    """Of a like number, and with a letter of the same name."""
    low, high = sorted((told.value, one.value))
    ours = set(HAN.findall(one.tail[:NOUNS])) - EMPTY
    return 0 < high <= LIKE * low and bool(ours.intersection(told.head + told.tail))


def _rate(share: Mention, near: Sequence[Mention]) -> Iterator[Check]:
    """这一X%的…率 against the shares that the counts before it are of their wholes: near one of them, and fits none."""
    pairs = [(part, whole) for place, part in enumerate(near) for whole in near[place + 1 :]
             if part.found.kind == "count" and alike(part, whole) and 0 < part.value < whole.value]
    ends = [found for part, whole in pairs if (found := ratio(part, whole))]
    if not ends or any(judge(share, (low * 100, high * 100)) != "conflicts" for low, high in ends):
        return
    part, whole = min(pairs, key=lambda pair: abs(pair[0].value / pair[1].value * 100 - share.value))
    computed = part.value / whole.value * 100
    if abs(computed - share.value) > POINTS or share.found.bound != "exact":
        return
    text = f"{share.name}：{part.plain}÷{whole.plain}＝{tidy(round(computed, 2))}%，后文称“{share.text}”，不符。"
    yield make_check("share", "conflicts", (part, whole, share), (text, "按数值推算与所述比例不符"),
                     (tidy(share.value), tidy(computed)))
