"""Figures of one label: what two sentences say of the same indicator, entity and period."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from report.dataset.agreement import agrees
from report.dataset.aliases import contrast, entity_key, indicator_key, opposed, ways_apart, without_ways
from report.dataset.contradictions import HEADING as LABEL
from report.dataset.contradictions import check_pair, clause_words, near, one_time, times_told
from report.dataset.matching import squeeze
from report.dataset.mention import Mention, alike, make_check
from report.dataset.models import Check
from report.dataset.places import places_apart
from report.dataset.repeats import check_repeat
from report.dataset.wording import either
from report.observations.observation import Observation

KINDS = frozenset(("percent", "money", "count", "other", "ratio"))
# Of an indicator's words those that tell no two indicators apart.
EMPTY = re.compile("(?:总额|总量|总数|数量|人数|[额量数])$|较上年|比上年")
RATE = re.compile("(?:同比|按年|年)?(?:增长率|增幅|增速|涨幅|升幅|增率|增长)")
EXPECTED = re.compile(either("another_statement"))
FORESEEN = re.compile("预测|预计|预期|目标|有望|展望")
GROWTH = re.compile("同比|环比|增长|下降|上升|上年同期|去年同期")
SHARED = 0.5  # of the letter pairs of the shorter clause, before two figures of one label are said to be at odds
VERY = 0.6  # of those of the longer one, where no period is told
LONELY = 0.8  # the same, where no entity is told
FAR = 10  # times the one figure, at most, that another way of counting makes of it
HEADING = 40  # letters of a heading, at most
NEIGHBOURS = 8  # of a bucket that one figure is compared with
Key = tuple[str, ...]


def check_labelled(mentions: Sequence[Mention]) -> list[Check]:
    """One finding for each figure that another sentence tells of the same label: the same, another, or another way of
    counting."""
    buckets: dict[Key, list[Mention]] = defaultdict(list)
    by_doc: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.single and mention.found.kind in KINDS and (key := _key(mention)):
            buckets[key].append(mention)
            by_doc[mention.found.doc].append(mention)
    return [check for bucket in buckets.values() if len(bucket) > 1 for check in _compare(bucket, by_doc)]


def _key(mention: Mention) -> Key | None:
    """Indicator without its way of counting, entity, period, kind and unit; None where the indicator is not told.

    Undated figures, and those of no entity, meet in their own document only (the dated ones of none in any).
    """
    assert mention.size is not None
    found = mention.found
    indicator = without_ways(EMPTY.sub("", RATE.sub("", squeeze(found.indicator)).removesuffix("率")))
    labels = (indicator_key(indicator), _entity(mention), found.period or found.doc)
    kind = "增长率" if RATE.search(found.indicator) else "百分点" if found.unit == "百分点" else ""
    return (*labels, mention.size.kind, kind) if indicator else None


def _entity(mention: Mention) -> str:
    return entity_key(LABEL.sub("", mention.found.entity))


def _compare(bucket: Sequence[Mention], by_doc: Mapping[str, Sequence[Mention]]) -> Iterator[Check]:
    """Each figure with the nearest before it that it agrees with, else with the first that it cannot agree with."""
    for place, second in enumerate(bucket):
        before = [one for one in bucket[max(place - NEIGHBOURS, 0) : place][::-1]
                  if one.sentence != second.sentence and alike(one, second)
                  and not opposed(one.found.sentence, second.found.sentence) and not places_apart(one, second)]
        same = next((one for one in before if agrees(one.found, second.found)), None)
        if same is not None:
            if _is_retold(same, second):
                yield check_repeat(same, second)
        elif other := next((one for one in before if _at_odds(one, second)
                            or _is_contradicted(one, second, by_doc[one.found.doc])), None):
            yield check_pair(other, second)
        elif other := _other_money(second, bucket[max(place - NEIGHBOURS, 0) : place]):
            text = f"{other.name}作{other.text}，{second.name}作{second.text}，单位不同，不能直接比较。"
            yield make_check("same-figure", "not-comparable", (other, second), (text, "单位不同"))


def _other_money(second: Mention, before: Sequence[Mention]) -> Mention | None:
    """The same thing told in like words by another document, in another currency only: 75亿元, 75亿美元."""
    if second.found.kind != "money" or not _entity(second) or not second.found.period:
        return None
    apart = [one for one in before if one.found.kind == "money" and one.found.doc != second.found.doc]
    if any(alike(one, second) for one in apart):
        return None
    theirs = clause_words(second)
    return next((one for one in apart[::-1] if one_time(one, second)
                 and not opposed(one.found.sentence, second.found.sentence)
                 and len(clause_words(one) & theirs) >= max(VERY * max(len(clause_words(one)), len(theirs)), 1)), None)


def _is_retold(first: Mention, second: Mention) -> bool:
    """Whether two figures that agree are one: what is foreseen only where it is equal, for many foresee."""
    foreseen = any(FORESEEN.search(squeeze(one.found.sentence)) for one in (first, second))
    if foreseen and first.value != second.value:
        return False
    return bool(_entity(second)) or first.found.doc == second.found.doc and one_time(first, second)


def _at_odds(first: Mention, second: Mention) -> bool:
    """Whether two figures of one label are of one thing: both stated, in like words, of a like size; of any size
    where their sentences name two ways of counting."""
    apart = ways_apart(first.found.sentence, second.found.sentence)
    if not near(first, second, FAR) if apart else not near(first, second):
        return False
    if not one_time(first, second) or not apart and any(_expected(one.found.sentence) for one in (first, second)):
        return False
    if not apart and indicator_words(first) != indicator_words(second):
        return False
    ours, theirs = clause_words(first), clause_words(second)
    poorer, richer = sorted((len(ours), len(theirs)))
    if not _entity(first):
        wanted = max(LONELY * richer, 1)
    else:
        wanted = SHARED * poorer if first.found.period or apart else VERY * richer
    rates = not poorer and bool(_entity(first)) and _is_rate(first) and _is_rate(second)
    alike_words = rates or poorer and len(ours & theirs) >= wanted
    return bool(alike_words) and not contrast(first.head + first.tail, second.head + second.tail)


def indicator_words(mention: Mention) -> str:
    """The indicator's name, its empty words left out, its way of counting kept."""
    return indicator_key(EMPTY.sub("", RATE.sub("", squeeze(mention.found.indicator)).removesuffix("率")))


def _is_contradicted(heading: Mention, body: Mention, document: Sequence[Mention]) -> bool:
    """Whether a heading or a summary tells a figure otherwise than the body, which tells it of the same time and
    nowhere so."""
    if not _is_heading(heading.found) or _is_heading(body.found) or heading.found.doc != body.found.doc:
        return False
    if not near(heading, body) or indicator_words(heading) != indicator_words(body):
        return False
    ours, theirs = times_told(heading), times_told(body)
    timed = one_time(heading, body) if ours or not LABEL.match(heading.line) else not heading.found.period
    if not timed or ours and not ours & theirs:
        return False
    return not any(agrees(heading.found, one.found) for one in document
                   if one.sentence != heading.sentence and alike(heading, one))


def _is_heading(found: Observation) -> bool:
    told = found.sentence.strip()
    return bool(LABEL.match(told)) or len(told) <= HEADING and not re.search("[。！？!?；;…]$", told)


@lru_cache(8192)  # a sentence is asked for by each of its figures, and by what each is compared with
def _expected(sentence: str) -> bool:
    """Whether a sentence, words of growth left out, makes another statement: what is planned, foreseen, the rest."""
    return bool(EXPECTED.search(GROWTH.sub("", sentence)))


def _is_rate(mention: Mention) -> bool:
    return bool(RATE.search(mention.found.indicator))
