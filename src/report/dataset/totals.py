"""Totals of amounts and shares: 合计 of a list, exports and imports, 其中 beyond the whole, shares with a remainder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from report.dataset.following import Interval, judge_sum, loose
from report.dataset.matching import squeeze
from report.dataset.mention import Mention, alike, between, is_amount, like_number, make_check, sentences_of, tidy
from report.dataset.models import Check
from report.dataset.wording import either

TOTAL = re.compile(
    rf"[，,、；;。（(]*(?:{either('totals')}|[两三四五][者项]合计)[^，,。；;0-9]{{0,6}}?(?:为|达到?|约|有)*")
AMONG = "其中"
WHOLE = re.compile(either("wholes"))
LISTS = re.compile("其中|包括|分为|[:：]")
REST = re.compile(r"(?:其余|其他|其它|剩余|余下|剩下)[^，,。；;]{0,12}$")
RATE = re.compile("增长|下降|同比|增速|增幅|涨|跌|提高|上升|百分点|环比|增加|减少|较|比上")
SHARE = re.compile("占|比[例重]|份额|为|有")
OVERLAP = re.compile("其中|同时|又|也有|还有|以及同时|多选|交叉|兼")
REACH = 120  # characters of source between a whole and its first part
FAR = 0.2  # a sum farther from the whole than this part of it is no sum of it


def check_totals(mentions: Sequence[Mention]) -> list[Check]:
    """Findings on amounts that a sentence adds up, that make up a whole by their nature, or that 其中 puts under one
    they exceed, and on shares whose last is what is left."""
    checks = [check for figures in sentences_of(mentions)
              for check in (*_added(figures), *_exceeding(figures), *_left_over(figures))]
    for _, group in groupby(mentions, lambda mention: mention.found.doc):
        amounts = [mention for mention in group if is_amount(mention)]
        checks += _by_nature(amounts)
    return checks


def _added(figures: Sequence[Mention]) -> Iterator[Check]:
    """A、B和C，合计T: T against the list before it, as long as one agrees or all are parts."""
    for place, total in enumerate(figures):
        if place < 2 or not is_amount(total) or not TOTAL.fullmatch(between(figures[place - 1], total)):
            continue
        parts = [one for one in figures[:place] if is_amount(one) and alike(one, total)]
        if len(parts) == place and len(parts) > 1 and not any(OVERLAP.search(part.head) for part in parts):
            yield from _judge(total, parts)


def _exceeding(figures: Sequence[Mention]) -> Iterator[Check]:
    """W，其中A、B: two or more parts under one 其中 that are together more than the whole."""
    for place, whole in enumerate(figures):
        rest = figures[place + 1 :]
        told = is_amount(whole) and WHOLE.search(whole.head + whole.found.text)
        if not told or not rest or not LISTS.search(between(whole, rest[0])):
            continue
        parts = [one for one in rest if is_amount(one) and alike(whole, one)]
        simple = sum(AMONG in part.head for part in parts) <= 1 and len(parts) == len(rest) > 1
        total = sum(part.value for part in parts)
        if simple and all(part.value < whole.value for part in parts) and total >= whole.value:
            yield from _judge(whole, parts)


def _by_nature(amounts: Sequence[Mention]) -> Iterator[Check]:
    """Exports and imports under the trade they make up, the three sectors under the output."""
    for place, whole in enumerate(amounts):
        for parts_words, whole_words in _partitions():
            if whole_words and not any(word in squeeze(whole.head) for word in whole_words):
                continue
            parts = _told_parts(whole, amounts[place + 1 : place + 1 + len(parts_words)], parts_words)
            if parts and (whole_words or AMONG in parts[0].head):
                yield from _judge(whole, parts)


def _told_parts(whole: Mention, followers: Sequence[Mention], words: Sequence[str]) -> list[Mention]:
    """The next amounts, one for every word, in the order of the words or turned round; [] where they are not there."""
    parts = list(followers)
    near = len(parts) == len(words) and parts[0].found.start - whole.found.end <= REACH
    if not near or parts[-1].found.start - parts[0].found.start > 2 * REACH:
        return []
    if not all(alike(whole, part) and part.value < whole.value for part in parts):
        return []
    last = whole
    names: list[str] = []
    for part in parts:
        own = between(last, part) if last.sentence == part.sentence else part.before
        told = [word for word in words if word in own]
        names += told if len(told) == 1 else [""]
        last = part
    return parts if sorted(names) == sorted(words) else []


def _left_over(figures: Sequence[Mention]) -> Iterator[Check]:
    """甲占X%，乙占Y%，其余占Z%: shares that must make a hundred."""
    shares: list[Mention] = []
    for mention in figures:
        assert mention.size is not None
        if mention.size.kind != "percent" or mention.found.unit == "百分点" or RATE.search(mention.head):
            shares = []
        elif shares and REST.search(mention.head):
            yield from _hundred([*shares, mention])
            shares = []
        elif SHARE.search(mention.head) and AMONG not in mention.head:
            shares.append(mention)


def _hundred(shares: Sequence[Mention]) -> Iterator[Check]:
    exact = all(share.found.bound == "exact" for share in shares)
    total = sum(share.value for share in shares)
    slack = sum(float(share.size.step) for share in shares if share.size) / 2 + 1e-9
    fits = any(abs(sum(share.value for share in shares[start:]) - 100) <= slack for start in range(len(shares) - 1))
    if not exact or abs(total - 100) > 100 * FAR:
        return
    told = "＋".join(share.plain for share in shares) + f"＝{tidy(total)}%"
    text = f"{shares[0].name}：各部分占比分列{told}，" + ("合为百分之百。" if fits else "不是百分之百。")
    yield make_check(
        "parts-of-whole", "agrees" if fits else "conflicts", shares,
        (text, "各部分占比之和" + ("为百分之百" if fits else "不是百分之百")), (100, tidy(total)))


def _judge(whole: Mention, parts: Sequence[Mention]) -> Iterator[Check]:
    """The sum against the whole; nothing where they are too far apart to belong together."""
    total = sum(part.value for part in parts)
    if not whole.value or abs(total / whole.value - 1) > FAR:
        return
    verdict = judge_sum(whole, _sum(parts), tuple(parts))
    if verdict is None:
        return
    holds = verdict == "agrees"
    told = "＋".join(part.plain for part in parts) + f"＝{like_number(total, whole)}"
    text = f"{whole.name}：“{whole.plain}”分列{told}，" + ("与总数相符。" if holds else "与总数不符。")
    yield make_check(
        "parts-of-whole", verdict, (whole, *parts),
        (text, "各部分之和" + ("等于总数" if holds else "不等于总数")), (tidy(whole.value), tidy(total)))


def _sum(parts: Sequence[Mention]) -> Interval:
    ends = [loose(part) for part in parts]
    return sum(low for low, _ in ends), sum(high for _, high in ends)


@cache
def _partitions() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    from ruamel.yaml import YAML  # here: the writers, which import this room's models, must not pay for it

    table = YAML(typ="safe").load(Path(__file__).with_name("partitions.yaml"))
    return tuple((tuple(row["parts"]), tuple(map(squeeze, row.get("whole", ())))) for row in table)
