"""Two figures and what is said of both: 是…的N倍, 相差, 顺差 and 逆差."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from report.dataset.following import difference, judge, judge_sum, ratio
from report.dataset.mention import Mention, alike, between, is_amount, like_number, make_check, sentences_of, tidy
from report.dataset.models import Check, Rule

IS_TIMES = re.compile(r"[，,](?:约|仅|已)?(?:是|为|相当于|达)[^，,。；;0-9]{1,10}$")  # 1091亿，是乙省91亿的12倍
OF_IT = re.compile("的(?:约|近)*")
APART = re.compile(r"[，,；;](?:两者|二者|两地|双方|两国|前后)?(?:相差|差距|差额|之差)(?:为|达|约|近|到)*$")
SURPLUS = re.compile("(?P<plus>顺差|盈余)|(?P<minus>逆差)")
NEAR = 100  # characters of source between exports, imports and their balance


def check_pairs(mentions: Sequence[Mention]) -> list[Check]:
    """Findings on multiples and differences of two figures that stand directly before, and on trade balances."""
    checks = [check for figures in sentences_of(mentions)
              for trio in zip(figures, figures[1:], figures[2:], strict=False)
              for check in (*_times(trio), *_apart(trio))]
    for _, group in groupby(mentions, lambda mention: mention.found.doc):
        amounts = [mention for mention in group if is_amount(mention)]
        checks += [check for trio in zip(amounts, amounts[1:], amounts[2:], strict=False) for check in _balance(trio)]
    return checks


def _times(trio: tuple[Mention, Mention, Mention]) -> Iterator[Check]:
    first, second, times = trio
    multiple = times.found.kind == "ratio" and times.found.text.endswith("倍")
    if not multiple or not alike(first, second) or not OF_IT.fullmatch(between(second, times)):
        return
    interval = ratio(first, second)
    verdict = interval and judge(times, interval)
    if verdict and IS_TIMES.search(between(first, second)):
        computed = first.value / second.value
        yield _check("multiple", trio, verdict == "agrees", f"{first.text}÷{second.text}＝{computed:.2f}倍", computed)


def _apart(trio: tuple[Mention, Mention, Mention]) -> Iterator[Check]:
    first, second, gap = trio
    assert gap.size is not None and first.size is not None
    points = gap.found.unit == "百分点" and first.size.kind == "percent"
    if not alike(first, second) or not (points or alike(second, gap)) or not APART.search(between(second, gap)):
        return
    lower, upper = sorted((first, second), key=lambda one: one.value)
    verdict = judge_sum(gap, difference(lower, upper), (first, second))
    if verdict:
        computed = upper.value - lower.value
        result = f"{tidy(computed)}个百分点" if points else like_number(computed, first)
        told = f"{first.text}与{second.text}相差{result}"
        yield _check("point-change" if points else "difference", trio, verdict == "agrees", told, computed)


def _balance(trio: tuple[Mention, Mention, Mention]) -> Iterator[Check]:
    """出口A，进口B，顺差C."""
    exports, imports, balance = trio
    if "进口" in exports.head and "出口" in imports.head:
        exports, imports = imports, exports
    word = SURPLUS.search(balance.head[-8:])
    told = word and exports.head.endswith(("出口", "出口额")) and imports.head.endswith(("进口", "进口额"))
    near = balance.found.start - min(exports.found.start, imports.found.start) <= NEAR
    if not word or not told or not near or not (alike(exports, imports) and alike(imports, balance)):
        return
    lower, upper = (imports, exports) if word["plus"] else (exports, imports)
    verdict = judge_sum(balance, difference(lower, upper), (exports, imports))
    if verdict:
        computed = upper.value - lower.value
        said = f"{upper.plain}－{lower.plain}＝{like_number(computed, balance)}"
        yield _check("difference", (exports, imports, balance), verdict == "agrees", said, computed)


def _check(rule: Rule, trio: tuple[Mention, Mention, Mention], holds: bool, told: str, computed: float) -> Check:
    stated = trio[2]
    text = f"{stated.name}：{told}，文中称{stated.text}，" + ("相符。" if holds else "不符。")
    return make_check(
        rule, "agrees" if holds else "conflicts", trio, (text, "推算与所述" + ("相符" if holds else "不符")),
        (tidy(stated.value), tidy(computed)))
