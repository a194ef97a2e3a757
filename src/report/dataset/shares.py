"""Shares: does A of B agree with the share that the source states?"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from report.dataset.agreement import DOWNWARD, UPWARD
from report.dataset.aliases import names_entity
from report.dataset.changes import FALLS, GROWS
from report.dataset.following import judge, ratio
from report.dataset.mention import (
    Mention,
    agreeing,
    alike,
    between,
    is_amount,
    like_number,
    make_check,
    runs_of,
    shared_words,
    tidy,
)
from report.dataset.models import Check
from report.dataset.parts import Listing, find_listings

SHARE_WORD = re.compile(r"率|占|比[例重]|成$|人数")
# 占新区的X%, 占全部收入比重为X%, 超过员工总数的一半
OF_WHOLE = re.compile(
    r"(?:占(?:到|了|据)?|(?P<over>超过|多于|高于)|(?P<under>不足|不到|低于|少于))(?P<whole>[^占,，。；;比0-9]{0,14}?)"
    r"(?:的?比[例重]|的)?(?:分别)?(?:为|达到?|约|近|超过?|仅)*$")
ALL = re.compile(
    "^(?:其|全部|总|全(?![国省市县区球港台])|所有|当[年月期]|本[年月]|该)*|(?:总[量数额值]?|[的量数额值])$")
RATE = re.compile(r"(?:^|[，,])[^，,]{0,8}?([^，,的]{2})[率比]例?(?:为|是|达到?|约|近)*$")
PLAIN = re.compile(r"(?P<own>[^，,、（(]*?)(?:约|已|共)*(?:占比?|所占比[例重]|比[例重])(?:为|达到?|约|近|超过?|仅)*$")
HOLDS = re.compile(r"(?:占|相当于|仅[是为])[^，,。；;]{0,12}$")  # 占全市总产值(1600亿元)的X%
OF_IT = re.compile(r"的?(?:约|近|比[例重]为?|份额为?|分别|为)*")
AMONG = re.compile(r"其中|[当之]?中(?:[，,]?(?:有|共有)?$|[，,])")
BACK_REFERENCE = re.compile("这一|该比例|人数")
NEAR = 600  # characters of source between a list and a share stated of it
BACK = 400  # characters of source in which the whole stands before its part, or behind it where it is named
FIGURES = 12  # figures on either side among which the whole is looked for
EXACT = 0.1  # a share told to so many points is no chance agreement with a whole that nothing names
SURE, LIKELY = 4, 2  # times by which a share may be out and still be one, by how its whole is known


def check_shares(mentions: Sequence[Mention]) -> list[Check]:
    """Shares stated beside a list of parts, and shares stated of an amount whose whole is related, named or near."""
    percents = [mention for mention in mentions if mention.single and _is_share(mention)]
    by_doc: dict[str, list[Mention]] = defaultdict(list)
    for percent in percents:
        by_doc[percent.found.doc].append(percent)
    listed = [check for listing in find_listings(mentions)
              for check in _of_listing(listing, by_doc[listing.whole.found.doc])]
    known = {check.observations[0] for check in listed}
    for _, group in groupby((one for one in mentions if one.single), lambda mention: mention.found.doc):
        reader = _Reader(list(group))
        listed += [check for check in reader.checks() if check.observations[0] not in known]
    return listed


class _Reader:
    """The figures of one document that are one number, in order: what each share is a share of."""

    def __init__(self, figures: Sequence[Mention]) -> None:
        self._figures = figures
        self._place = {one.found.id: place for place, one in enumerate(figures)}
        self._last: Mention | None = None  # the whole of the last share

    def checks(self) -> Iterator[Check]:
        """One finding for each share whose part and whole are known."""
        for _, group in groupby(self._figures, lambda mention: mention.sentence):
            sentence = list(group)
            place, self._last = 0, None
            for run in runs_of(sentence):
                if _is_share(run[0]) and not _is_change(run[0]):
                    yield from self._of_run(sentence[max(place - FIGURES, 0) : place], run)
                place += len(run)

    def _of_run(self, told: Sequence[Mention], run: Sequence[Mention]) -> Iterator[Check]:
        """A的X%; A、B…的X%、Y%: every share has its own part, and all have one whole; `told` stands before them."""
        before = [one for one in told if is_amount(one)]
        if len(before) > len(run) and HOLDS.search(between(before[-2], before[-1])) and OF_IT.fullmatch(
                between(before[-1], run[0])):
            whole: Mention | None = before[-1]
            before = before[:-1]
        else:
            whole = None
        parts = before[-len(run) :]
        if len(parts) < len(run) or len(run) > 1 and "分别" not in run[0].head + parts[0].head:
            return
        if any(_is_share(one) and not _is_change(one) for one in told if one.found.start > parts[-1].found.start):
            return
        yield from self._of_whole(parts, run, whole)

    def _of_whole(self, parts: Sequence[Mention], run: Sequence[Mention], whole: Mention | None) -> Iterator[Check]:
        """The findings on shares that have one whole: the one given, the related, the named one, the only one near."""
        head, largest = run[0].head, max(parts, key=lambda part: part.value)
        named, plain, rate = OF_WHOLE.search(head), PLAIN.search(head), RATE.search(head)
        plain = plain if plain and plain["own"].removeprefix("其") in parts[0].head else None  # not 全球占比
        rate = rate if rate and rate[1] in parts[0].head[-6:] + parts[0].tail[:6] else None
        name = ALL.sub("", ALL.sub("", named["whole"])) if named else ""
        if whole is None and (named or plain or rate):
            related = self._related(largest)
            whole = related if related and (not name or _bears(related, name)) else None
            whole = whole or (self._named(largest, name) if len(name) > 1 else None)
        if whole is None and plain and not plain["own"] and self._last and _holds(largest, self._last):
            whole = self._last  # 甲8亿元，占岁出的8%；乙6亿元，占6%
        if whole is not None:
            self._last = whole
            for part, share in zip(parts, run, strict=True):
                if _holds(part, whole):
                    yield from filter(None, [_directed(part, whole, share, named) or _judge(part, whole, share, SURE)])
        elif (plain or rate or self._totals(named)) and len(run) == 1:
            yield from filter(None, [self._only(parts[0], run[0], bool(rate))])

    @staticmethod
    def _totals(named: re.Match[str] | None) -> bool:
        """Whether the words name the whole as such (占总数, 占其), not by what it is."""
        return bool(named) and named is not None and named["whole"] in ("总数", "其", "总量", "总额", "全部", "总体")

    def _related(self, part: Mention) -> Mention | None:
        """The figure that the sentence's grammar says this one is a part of."""
        places = [self._place[told.of] for told in part.found.relations
                  if told.kind == "part-of" and told.of in self._place]
        wholes = [self._figures[place] for place in places]
        return next((one for one in wholes if _holds(part, one)), None)

    def _named(self, part: Mention, name: str) -> Mention | None:
        """The nearest larger like figure whose clause bears the name of the whole."""
        return next((one for one in self._near(part) if _bears(one, name)), None)

    def _near(self, part: Mention) -> Iterator[Mention]:
        """The larger like figures before the part, the nearest first, then those behind it."""
        place = self._place[part.found.id]
        before = self._figures[max(place - FIGURES, 0) : place][::-1]
        behind = self._figures[place + 1 : place + FIGURES]
        for one in (*before, *behind):
            if abs(one.found.start - part.found.start) <= BACK and _holds(part, one) and not _is_change(one):
                yield one

    def _only(self, part: Mention, share: Mention, told: bool) -> Check | None:
        """Of a whole that nothing names: the one larger figure of its sentence that the part stands under (`told`: by
        the name of the share, 合格率); else any before it with which the share agrees to the tenth of a percent."""
        near = [one for one in self._near(part) if one.found.start < part.found.start]
        here = [one for one in near if one.sentence == part.sentence]
        if len(here) == 1 and (told or AMONG.search(between(here[0], part)) or _same_noun(here[0], part)):
            return _judge(part, here[0], share, LIKELY)
        assert share.size is not None
        fine = float(share.size.step) <= EXACT
        return next((_judge(part, one, share, LIKELY) for one in near
                     if fine and _equals(share, part.value / one.value * 100)), None)


def _holds(part: Mention, whole: Mention) -> bool:
    return is_amount(whole) and alike(part, whole) and whole.value >= part.value > 0 and whole is not part


def _bears(whole: Mention, name: str) -> bool:
    """Whether the clause of a figure, or its entity, is called by the name of a whole."""
    clause = whole.head + whole.tail[:8]
    return names_entity(clause, name) or names_entity(whole.found.entity, name) and len(name) < 4


def _same_noun(whole: Mention, part: Mention) -> bool:
    """行政村240个，已通光纤的行政村228个."""
    return len(part.head) > 3 and whole.head[-2:] == part.head[-2:]


def _is_share(mention: Mention) -> bool:
    assert mention.size is not None
    return mention.size.kind == "percent" and mention.found.unit != "百分点"


def _is_change(mention: Mention) -> bool:
    changes = any(told.kind == "change-of" for told in mention.found.relations)
    return changes or bool(GROWS.search(mention.head) or FALLS.search(mention.head))


def _directed(part: Mention, whole: Mention, share: Mention, named: re.Match[str] | None) -> Check | None:
    """超过员工总数的一半: the bound stands apart from the figure."""
    if not named or not (named["over"] or named["under"]) or share.found.bound != "exact":
        return None
    computed = part.value / whole.value * 100
    holds = computed > share.value if named["over"] else computed < share.value
    text = (f"{share.name}：{part.plain}÷{whole.plain}＝{_round(computed)}%，文中称“{named[0].removesuffix('的')}的"
            f"{share.text}”，" + ("相符。" if holds else "方向不合。"))
    return make_check("share" if holds else "direction", "agrees" if holds else "conflicts", (part, whole, share),
                      (text, "按数值推算与所述比例相符" if holds else "推算值在限定词的另一侧"),
                      (tidy(share.value), tidy(computed)))


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


def _judge(part: Mention, whole: Mention, share: Mention, factor: int) -> Check | None:
    """None where the figures are more than `factor` times apart and so hardly belong together."""
    assert part.size and whole.size and share.size
    computed = part.value / whole.value * 100
    stated = share.value
    if not stated / factor <= computed <= stated * factor or not stated:
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
        text = f"{sum_words}，{agreeing(share, computed)}。"
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
