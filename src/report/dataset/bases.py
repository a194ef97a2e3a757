"""Growth over a base that is told (250亿元，较去年的200亿元增加50亿元，增幅25%): do difference and growth follow?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from report.dataset.agreement import same_unit
from report.dataset.mention import Mention, like_number, make_check, tidy
from report.dataset.models import Check, Rule

AGAINST = re.compile(r"(?:较|比|相比|对比)[^较比，,。；;]{0,24}$")
UP = re.compile(r"(?:增加|增长|增|上升|上涨|提高|增幅|升幅|涨幅|多)(?:了|为|达|逾)*$")
DOWN = re.compile(r"(?:减少|下降|降低|减|下跌|降幅|减幅|跌幅|少|缩减)(?:了|为|达|逾)*$")
NEAR = 10  # characters before a difference or growth; farther on the sentence speaks of something else


def check_bases(mentions: Sequence[Mention]) -> list[Check]:
    """Findings on every difference and growth that follow a figure and its base in one sentence."""
    checks: list[Check] = []
    for _, group in groupby(mentions, lambda mention: mention.sentence):
        figures = [mention for mention in group if mention.size is not None and len(mention.size.values) == 1]
        for place in range(len(figures) - 2):
            if _is_base(figures[place], figures[place + 1]):
                checks += _stated(figures[place], figures[place + 1], figures[place + 2 : place + 4])
    return checks


def _is_base(now: Mention, base: Mention) -> bool:
    assert now.size and base.size
    like = now.size.kind == base.size.kind and same_unit(now.size.unit, base.size.unit)
    amounts = now.found.kind in ("money", "count", "other") and base.value > 0
    return like and amounts and bool(AGAINST.search(_between(now, base)))


def _between(first: Mention, second: Mention) -> str:
    return second.before[len(first.before) + len("".join(first.found.text.split())) :]


def _stated(now: Mention, base: Mention, followers: Sequence[Mention]) -> Iterator[Check]:
    """The difference and the growth among the next figures, as far as their own words say so."""
    last = base
    for mention in followers:
        up, down = UP.search(mention.before), DOWN.search(mention.before)
        if len(_between(last, mention)) > NEAR or not (up or down):
            return
        sign = 1 if up else -1
        assert mention.size and now.size
        if mention.size.kind == now.size.kind and same_unit(mention.size.unit, now.size.unit):
            yield _check("difference", (now, base, mention), sign * (now.value - base.value))
        elif mention.size.kind == "percent" and mention.found.unit != "百分点":
            yield _check("growth", (now, base, mention), sign * (now.value / base.value - 1) * 100)
        last = mention


def _check(rule: Rule, trio: tuple[Mention, Mention, Mention], computed: float) -> Check:
    now, base, stated = trio
    assert stated.size is not None
    holds = stated.size.holds(computed)
    result = f"{computed:.1f}%" if rule == "growth" else like_number(computed, now)
    what = "变化" if rule == "growth" else "相差"
    text = f"{now.name}：{now.plain}较{base.plain}，{what}推算为{result}，文中称{stated.text}"
    return make_check(
        rule, "agrees" if holds else "conflicts", trio,
        (text + ("，相符。" if holds else "，不符。"), "推算与所述" + ("相符" if holds else "不符")),
        (tidy(stated.value), tidy(computed)))
