"""Comparisons in words (虽低于美国的42%) against the figures they stand between, and the order of ranges."""

from __future__ import annotations

import re
from collections.abc import Sequence

from report.dataset.agreement import same_unit
from report.dataset.mention import Mention, alike, between, make_check, sentences_of
from report.dataset.models import Check

WORD = re.compile(r"(?P<above>高于|超过|多于|大于|领先于|超出)|(?P<below>低于|少于|小于|不及|不如|落后于)")
TO = re.compile(r"[至到~～\-—–－]+")
IN = re.compile(r"(?:在|介[乎于]|为|达|约)$")
IS = re.compile(r"(?:^|[^由从自])(?:年龄|区间|范围|介[乎于])[^由从自，,0-9]{0,4}$")
IS_ONE = re.compile("(?:为|在|约|占比|比[例重]|[涨跌增降升]幅|增速|[率比])$")  # 占比为30%至20%, 涨幅13%—10%
CHANGED = re.compile("[从由自变]|[降升跌涨增减调][低高长]?(?!幅|速|率|长率)|回落|扩大|收窄")
END = re.compile("[，,。；;）)]|$")
AMID = re.compile("之间|不等|区间|的区间|之內|以内|范围")
TIMES = frozenset(("岁", "歲", "周岁", "年", "月", "日", "时", "点", "届", "世纪"))
REACH = 24  # characters of the sentence from the first figure to the second
BREAK = re.compile(r"[。;；]")


def check_comparisons(mentions: Sequence[Mention]) -> list[Check]:
    """`A…低于…B`, both figures of one kind in a sentence: does the word hold?"""
    found = []
    figures = [mention for mention in mentions if mention.size is not None and len(mention.size.values) == 1]
    for first, second in zip(figures, figures[1:], strict=False):
        word = comparing_word(first, second)
        if word:
            found.append(_check(first, second, word))
    return found


def check_ranges(mentions: Sequence[Mention]) -> list[Check]:
    """Every range of quantities: is its lower end the first? One told the wrong way round is read as two figures."""
    checks = [_range(mention) for mention in mentions if mention.size is not None and len(mention.size.values) == 2
              and not (_in_order(mention) and mention.found.unit in TIMES)]  # of ages and years nobody asks
    for figures in sentences_of(mentions):
        checks += [_turned(first, second) for first, second in zip(figures, figures[1:], strict=False)
                   if _is_turned(first, second)]
    return checks


def comparing_word(first: Mention, second: Mention) -> re.Match[str] | None:
    """The comparing word between two neighbouring figures that it compares; None where there is none."""
    assert first.size and second.size
    like = first.size.kind == second.size.kind and same_unit(first.size.unit, second.size.unit)
    if first.sentence != second.sentence or not like:
        return None
    gap = between(first, second)
    if len(gap) > REACH or BREAK.search(gap):
        return None
    return WORD.search(gap)


def _check(first: Mention, second: Mention, word: re.Match[str]) -> Check:
    holds = first.value > second.value if word["above"] else first.value < second.value
    text = f"{first.name}：{first.plain}{word[0]}{second.plain}，" + ("与数值一致。" if holds else "与数值相反。")
    return make_check(
        "direction", "agrees" if holds else "conflicts", (first, second),
        (text, "比较词与数值" + ("一致" if holds else "相反")))


def _is_turned(first: Mention, second: Mention) -> bool:
    """在13%至10%之间: no change from one to the other."""
    joined = TO.fullmatch(between(first, second)) and alike(first, second) and first.value > second.value
    amid = IN.search(first.head) and AMID.match(second.tail) or IS.search(first.head) and END.match(second.tail)
    told = IS_ONE.search(first.head) and not CHANGED.search(first.head) and END.match(second.tail)
    return bool(joined and (amid or told))


def _turned(first: Mention, second: Mention) -> Check:
    text = f"{first.name}：区间{first.text}至{second.text}前大后小。"
    return make_check("range-order", "conflicts", (first, second), (text, "区间次序有误"))


def _in_order(mention: Mention) -> bool:
    assert mention.size is not None
    low, high = mention.size.values
    return low < high


def _range(mention: Mention) -> Check:
    holds = _in_order(mention)
    text = f"{mention.name}：区间{mention.text}" + ("由小到大。" if holds else "前大后小或两端相同。")
    return make_check(
        "range-order", "agrees" if holds else "conflicts", (mention,),
        (text, "区间次序" + ("正常" if holds else "有误")))
