"""Figures not to be set side by side: another base, another period, another area, a headline beyond its sample."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby

from report.dataset.aliases import bases_of
from report.dataset.comparisons import comparing_word
from report.dataset.matching import compact, squeeze
from report.dataset.mention import Mention, alike, between, is_amount, make_check, sentences_of
from report.dataset.models import Check
from report.dataset.wording import either

AGAINST = re.compile(r"(?P<other>[^，,。；;（(的]{2,8})的$")  # 超过美国的20%
YEAR = re.compile(r"((?:19|20)\d\d)年")
SHARE = re.compile(r"占据?(?:全|世界|国际)|份额|占比|比重")
AMOUNT = either("amounts")
THEN_AMOUNT = re.compile(
    rf"的?[^，,。；;]{{0,8}}[，,；;](?:而|其)?((?:19|20)\d\d)年度?[，,]?[^，,。；;0-9]{{0,10}}?的?[^，,。；;0-9]{{0,4}}?{AMOUNT}"
    "(?:为|达到?|约|超过?|近)*")
THEN_SHARE = re.compile(
    r"[，,](?:而|其)?((?:19|20)\d\d)年度?(?:占(?:全|世界|国际)[^，,。；;]{0,8}|(?:市场)?(?:份额|占比)(?:为|达到?)?)"
    r"的?(?:约|近|超过?)*")
AIM = re.compile(r"目标|力争|争取")
REACHES = re.compile(r"(?:将|已|有望|达到?|为|超过?|突破|约|近|力争)+$")
THING = re.compile(r"[\u3400-\u9fff]{4}$")
PLACE = re.compile(r"([\u3400-\u9fff]{2,4}?)(地区|片区|全区|全域|新区|示范区|开发区|高新区|园区|科学城|市|区|县|省|镇)")
NAME = re.compile(r"[\u3400-\u9fffA-Za-z]{1,12}?(?=的|[，,。]|将|到|力争|计划|在|$)")
SAMPLE = re.compile("样本|追踪|跟踪|受访|调查|抽样|问卷|复盘")
TOLD_SAMPLE = re.compile("受访|样本|调查|追踪对象|抽样|问卷|参会|名单")


def check_scopes(mentions: Sequence[Mention]) -> list[Check]:
    """Findings, none of them agreeing, on figures that a reader may take for comparable."""
    checks: list[Check] = []
    for _, group in groupby(mentions, lambda mention: mention.found.doc):
        own = list(group)
        checks += [*_other_bases(own), *_other_places(own)]
    for figures in sentences_of(mentions):
        for first, second in zip(figures, figures[1:], strict=False):
            checks += filter(None, [_other_period(first, second)])
    return checks


def _other_bases(mentions: Sequence[Mention]) -> Iterator[Check]:
    """华裔作者占29%，超过美国的20%; 中国机构占28%，低于美国的42%: one counterpart, two ways of counting."""
    pairs: dict[str, list[tuple[Mention, Mention]]] = defaultdict(list)
    for figures in sentences_of(mentions):
        for first, second in zip(figures, figures[1:], strict=False):
            other = AGAINST.search(_after_word(first, second))
            if other and alike(first, second):
                pairs[other["other"]].append((first, second))
    for name, told in sorted(pairs.items()):
        for (first, base), (second, second_base) in combinations(told[:8], 2):
            ways = _ways(first, second)
            if ways and alike(first, second) and first.found.period[:4] != second.found.period[:4]:
                text = (f"{first.name}：{first.plain}与{name}的{base.plain}按“{ways[0]}”比，"
                        f"{second.plain}与{name}的{second_base.plain}按“{ways[1]}”比，口径和时期都不同，不能连成一个序列。")
                yield make_check("same-figure", "not-comparable", (first, base, second, second_base),
                                 (text, "统计口径不同"))


def _after_word(first: Mention, second: Mention) -> str:
    word = comparing_word(first, second)
    return between(first, second).rpartition(word[0])[2] if word else ""


def _ways(first: Mention, second: Mention) -> tuple[str, str] | None:
    """The words of the two clauses that name different ways of one row; None where they do not differ."""
    ours, theirs = bases_of(first.head), bases_of(second.head)
    rows = {row for row, _ in ours} & {row for row, _ in theirs}
    if not rows or ours & theirs:
        return None
    return _subject(first), _subject(second)


def _subject(mention: Mention) -> str:
    """The words of the clause before its first sign of number or change."""
    return re.split(r"[从由为达约超近]|占比|比重|\d", mention.head)[0][-12:] or mention.head[-12:]


def _other_period(first: Mention, second: Mention) -> Check | None:
    """A share of one year beside the amount of another: no whole follows from them."""
    gap = between(first, second)
    own = YEAR.findall(first.head) or YEAR.findall(first.before)[-1:]
    if is_amount(second) and _is_share(first) and SHARE.search(first.head + gap):
        other, share, amount = THEN_AMOUNT.fullmatch(gap), first, second
    elif is_amount(first) and _is_share(second) and re.search(AMOUNT, first.head):
        other, share, amount = THEN_SHARE.fullmatch(gap), second, first
    else:
        return None
    if not other or len(own) != 1 or own[0] == other[1]:
        return None
    years = (own[0], other[1]) if share is first else (other[1], own[0])
    text = (f"{share.name}：占比{share.plain}是{years[0]}年的，数额{amount.plain}是{years[1]}年的，"
            "时期不同，不能由此推算总量。")
    return make_check("share", "not-comparable", (share, amount), (text, "占比与数额的时期不同"))


def _is_share(mention: Mention) -> bool:
    assert mention.size is not None
    return mention.size.kind == "percent" and mention.found.unit != "百分点"


def _other_places(mentions: Sequence[Mention]) -> Iterator[Check]:
    """A target below what there is already, of a place that bears the same name: another area, no fall."""
    amounts = [one for one in mentions if is_amount(one)]
    levels: dict[str, list[Mention]] = defaultdict(list)
    for one in amounts:
        if not AIM.search(one.before) and (thing := _thing(one)):
            levels[thing].append(one)
    for aim in amounts:
        for level in levels[_thing(aim)] if AIM.search(aim.before) else ():
            names = _names(aim, level)
            if names and alike(aim, level) and aim.value <= level.value:
                text = (f"{aim.name}：{names[0]}的目标{aim.text}低于{names[1]}现有的{level.text}，"
                        "两者所指的范围不同，并非下降。")
                yield make_check("same-figure", "not-comparable", (aim, level), (text, "所指地域范围不同"))
                break


def _thing(mention: Mention) -> str:
    """The four letters before a figure that say what it is (产业规模); "" where there are none."""
    found = THING.search(REACHES.sub("", mention.head))
    return found[0] if found else ""


def _names(aim: Mention, level: Mention) -> tuple[str, str] | None:
    """What the aim's and the level's sentences call two places of one name; None where they are one or unlike."""
    for place in PLACE.finditer(level.before):
        for found in re.finditer(re.escape(place[1]), aim.before):
            rest = NAME.match(aim.before, found.end())
            name = place[1] + (rest[0] if rest else "")
            if rest and not name.startswith(place[0]):
                return name, place[0]
    return None


def check_headlines(mentions: Sequence[Mention], titles: Mapping[str, str], shares: Sequence[Check]) -> list[Check]:
    """A headline that says of everybody what the text found in a sample; `shares` are checks of part, whole, share."""
    by_id = {mention.found.id: mention for mention in mentions}
    first: dict[str, tuple[str, ...]] = {}  # document → part, whole and share of its first such check
    for share in shares:
        if share.rule == "share" and len(share.docs) == 1 and len(share.observations) == 3:
            first.setdefault(share.docs[0], share.observations)
    checks: list[Check] = []
    for mention in mentions:
        title = squeeze(titles.get(mention.found.doc, "")) if mention.found.doc in first else ""
        told = squeeze(mention.found.sentence) if title else ""
        if told and told in title and mention.single and not TOLD_SAMPLE.search(told):
            part, whole, share_of = (by_id[found] for found in first[mention.found.doc])
            checks += _beyond(mention, part, whole, share_of)
    return checks


def _beyond(headline: Mention, part: Mention, whole: Mention, share: Mention) -> Iterator[Check]:
    sampled = SAMPLE.search(whole.found.sentence) or SAMPLE.search(part.found.sentence)
    if sampled and alike(headline, share) and headline.value == share.value:
        text = (f"{headline.name}的题名称“{compact(headline.found.sentence)}”，"
                f"正文说的是{whole.plain}样本中的{part.plain}，题名所指宽于样本。")
        check = make_check("same-figure", "not-comparable", (headline, part, whole), (text, "题名所指宽于样本"))
        yield check.changed({"about": (headline.found.id, share.found.id)})  # who the rate is of, not how many
