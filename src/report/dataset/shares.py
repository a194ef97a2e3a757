"""Shares: does A of B agree with the share that the source states?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby

from report.dataset.agreement import DOWNWARD, UPWARD, same_unit
from report.dataset.aliases import names_entity
from report.dataset.following import judge, ratio
from report.dataset.mention import (
    Mention,
    alike,
    between,
    is_amount,
    like_number,
    make_check,
    runs_of,
    sentences_of,
    shared_words,
    tidy,
)
from report.dataset.models import Check
from report.dataset.parts import Listing, find_listings

SHARE_WORD = re.compile(r"率|占|比[例重]|成$|人数")
OF_WHOLE = re.compile(r"占(?:到|了|据)?(?P<whole>[^占,，的比]{1,8}?)(?:总[量数额])?(?:的|比重|比例)?$")
HOLDS = re.compile(r"(?:占|相当于|仅[是为])[^，,。；;]{0,12}$")  # 占全市总产值(1600亿元)的X%
OF_IT = re.compile(r"的(?:约|近|比[例重]为?|份额为?)*")
AMONG = re.compile(r"其中|[当之]?中[，,]?(?:有|共有)?$|[当之]?中[，,][^，,。；;]{0,12}$")
OF_ALL = re.compile(
    r"[^，,。；;0-9]{0,20}[，,（(]约?占(?:比|总[^，,的]{0,6}的|其[^，,的]{0,6}的|全部[^，,的]{0,4}的)?[例重]?"
    r"(?:为|达到?|约|近)*")
RATE = re.compile(r"[，,][^，,]{0,6}?([^，,的]{2})[率比]例?(?:为|是|达到?|约|近)*$")
NEAR_RATE = 16
BACK_REFERENCE = re.compile("这一|该比例|人数")
NEAR = 600  # characters of source between a list and a share stated of it
BACK = 400  # characters of source in which the whole stands before its part


def check_shares(mentions: Sequence[Mention]) -> list[Check]:
    """Shares stated beside a list of parts, and shares stated of a named whole (占新区近7成)."""
    percents = [mention for mention in mentions if mention.size is not None and mention.size.kind == "percent"
                and len(mention.size.values) == 1 and mention.found.unit != "百分点"]
    by_doc: dict[str, list[Mention]] = defaultdict(list)
    for percent in percents:
        by_doc[percent.found.doc].append(percent)
    stated = [check for figures in sentences_of(mentions) for check in _of_stated_wholes(figures)]
    listed = [check for listing in find_listings(mentions)
              for check in _of_listing(listing, by_doc[listing.whole.found.doc])]
    return listed + stated + [check for _, group in groupby(mentions, lambda mention: mention.found.doc)
                     for check in _of_named_wholes(list(group))]


def _of_listing(listing: Listing, percents: Sequence[Mention]) -> Iterator[Check]:
    """For each part the first share near the list that equals it and speaks of it: an agreement told once."""
    whole = listing.whole
    for part in listing.parts:
        computed = part.value / whole.value * 100
        for share in _near(part, percents):
            if _speaks_of(share, part) and share.found.bound == "exact" and _equals(share, computed):
                text = f"{share.name}：{part.plain}÷{whole.plain}＝{_round(computed)}%，与文中的{share.text}相符。"
                yield make_check(
                    "share", "agrees", (part, whole, share),
                    (text, "按数值推算与所述比例相符"), (tidy(share.value), tidy(computed)))
                break


def _near(part: Mention, percents: Sequence[Mention]) -> Sequence[Mention]:
    """The percentages of the part's document, in order of place, not farther than NEAR characters from it."""
    start = part.found.start
    first = bisect_left(percents, start - NEAR, key=lambda mention: mention.found.start)
    return percents[first : bisect_right(percents, start + NEAR, key=lambda mention: mention.found.start)]


def _speaks_of(share: Mention, part: Mention) -> bool:
    """A rate or share that points back or uses the part's own words."""
    clause = share.head + share.tail
    refers = bool(BACK_REFERENCE.search(clause)) or bool(shared_words(clause, part.tail))
    return bool(SHARE_WORD.search(clause)) and refers


def _equals(share: Mention, computed: float) -> bool:
    assert share.size is not None
    return abs(share.value - computed) <= float(share.size.step) / 2


def _of_named_wholes(mentions: Sequence[Mention]) -> Iterator[Check]:
    """`A达1140亿元，占新区近7成`: A is the figure before, the whole the nearest larger one that bears the name.

    In a list (A、B分别占全市的X%和Y%) every share has its own part.
    """
    places = {mention.found.id: place for place, mention in enumerate(mentions)}
    for figures in sentences_of(mentions):
        for run in runs_of(figures):
            named = OF_WHOLE.search(run[0].head) if _is_share(run[0]) else None
            parts = [one for one in figures[: figures.index(run[0])] if is_amount(one)][-len(run) :] if named else []
            if named is None or len(parts) < len(run) or len(run) > 1 and "分别" not in run[0].head:
                continue
            for part, share in zip(parts, run, strict=True):
                whole = _before(mentions, places[parts[0].found.id], partial(_is_whole, part, named["whole"]))
                if whole is not None and (check := _judge(part, mentions[whole], share)):
                    yield check


def _is_share(mention: Mention) -> bool:
    assert mention.size is not None
    return mention.size.kind == "percent" and mention.found.unit != "百分点"


def _before(mentions: Sequence[Mention], place: int, wanted: Callable[[Mention], bool]) -> int | None:
    """Index of the nearest mention before `place` that is wanted, not farther than BACK characters."""
    for index in range(place - 1, -1, -1):
        if mentions[place].found.start - mentions[index].found.end > BACK:
            return None
        if wanted(mentions[index]):
            return index
    return None


def _is_whole(part: Mention, name: str, mention: Mention) -> bool:
    """A larger figure of the part's kind and unit whose clause or entity names the whole."""
    if not is_amount(mention) or mention.found.kind != part.found.kind or mention.value <= part.value:
        return False
    named = names_entity(mention.head + mention.tail, name) or names_entity(mention.found.entity, name)
    return named and same_unit(mention.found.unit, part.found.unit)


def _of_stated_wholes(figures: Sequence[Mention]) -> Iterator[Check]:
    """Shares whose part and whole stand in their sentence: A占W的X%; W，其中A，占比X%; W中A…率X%."""
    for place, share in enumerate(figures):
        if not _is_share(share) or place < 2:
            continue
        before, last = figures[place - 2], figures[place - 1]
        gap = between(last, share)
        if HOLDS.search(between(before, last)) and OF_IT.fullmatch(gap):
            trio = before, last, share
        elif whole := _whole_of(figures[: place - 1], last, gap):
            trio = last, whole, share
        else:
            continue
        if alike(trio[0], trio[1]) and is_amount(trio[0]) and trio[0].value <= trio[1].value:
            yield from filter(None, [_judge(*trio)])


def _whole_of(earlier: Sequence[Mention], part: Mention, gap: str) -> Mention | None:
    """The one figure that a part after 其中 or 中 can be a part of; None for none or several."""
    among = AMONG.search(between(earlier[-1], part))
    rate = RATE.search(gap)
    told = OF_ALL.fullmatch(gap) or (rate and len(gap) <= NEAR_RATE and rate[1] in part.tail.removesuffix(gap))
    if not among or not told or not is_amount(part):
        return None
    larger = [one for one in earlier if is_amount(one) and alike(one, part) and one.value >= part.value]
    return larger[0] if len(larger) == 1 else None


def _judge(part: Mention, whole: Mention, share: Mention) -> Check | None:
    """None where the figures are so far apart that they hardly belong together."""
    assert part.size and whole.size and share.size
    computed = part.value / whole.value * 100
    stated = share.value
    if not stated / 2 <= computed <= stated * 2 or not stated:
        return None
    interval = ratio(part, whole)
    if interval is None:
        return None
    verdict = judge(share, (interval[0] * 100, interval[1] * 100))
    wrong_side = _wrong_side(share, computed)
    sum_words = f"{share.name}：{part.plain}÷{whole.plain}＝{_round(computed)}%，文中称“{share.text}”"
    numbers = tidy(stated), tidy(computed)
    if verdict is None:
        return None
    if verdict == "agrees" and not (wrong_side and _open(part, whole)):
        text = f"{sum_words}，相符。"
        return make_check("share", "agrees", (part, whole, share), (text, "按数值推算与所述比例相符"), numbers)
    if wrong_side and _open(part, whole):
        needed = like_number(part.value / stated * 100, whole, places=1)
        text = f"{sum_words}，方向不合；只有“{whole.text}”实为{needed}{wrong_side}时才成立。"
        return make_check("direction", "conflicts", (part, whole, share), (text, "推算值在限定词的另一侧"), numbers)
    text = f"{sum_words}，不符。"
    return make_check("share", "conflicts", (part, whole, share), (text, "推算值与所述比例不符"), numbers)


def _wrong_side(share: Mention, computed: float) -> str:
    """What the whole would have to be, in words, where the computed share lies beyond the stated bound; else ""."""
    if share.found.bound in DOWNWARD and computed > share.value:
        return "以上"
    return "以下" if share.found.bound in UPWARD and computed < share.value else ""


def _open(part: Mention, whole: Mention) -> bool:
    """Whether the figures' own qualifiers leave room for the stated side."""
    return part.found.bound != "exact" or whole.found.bound != "exact"


def _round(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
