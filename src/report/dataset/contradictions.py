"""One thing told twice with two figures: a headline or a summary against the body, one document against another."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from report.dataset.agreement import agrees
from report.dataset.aliases import contrast, entity_key, opposed, ways_apart
from report.dataset.excerpts import clause_of
from report.dataset.mention import Mention, alike, make_check, word_pairs
from report.dataset.models import Check
from report.dataset.places import places_apart
from report.dataset.wording import either

GENERIC = re.compile(
    "[年月日其中数据显示据了解报告称为达约近超过的了仅共有已将在至到总计]+|[增降]速|[增降减涨跌]幅|提高|加快|放缓|扩大|收窄|回落|个?百分点"
    "|比第?[上一二三四1-4]个?[季月年]度?|(?:数量?|家数|人数|总数|总额)(?= )")
ANOTHER = re.compile(either("another_statement") + "|第[一二三四1-4]季")
HEADING = re.compile(f"^{either('summary_labels')}[:：]?")
LAST_YEAR = re.compile(either("last_year"))
WHEN = re.compile(
    r"(?:19|20)\d\d|第?[一二三四1-4]季度|\d{1,2}月|前[一二三四两]季度?|前\d+个?月|" + either("relative_times"))
SHARED = 5  # pairs of letters that the two clauses have in common, at least
TOLD = 0.8  # of the shorter clause's pairs, that the other sentence has too
TELLS = 0.65  # of the longer clause's pairs, that the shorter has too
NEAR = 1.5  # times the one figure, at most, that the other may be
CROWD = 24  # a pair of letters that more figures share says nothing
LONGEST = 40  # letters of a clause that is compared


def check_contradictions(mentions: Sequence[Mention]) -> list[Check]:
    """A conflict for each figure whose clause another sentence repeats in almost all its words, with another figure."""
    told = [one for one in mentions if one.single and one.found.kind in ("percent", "money", "count", "other")
            and not ANOTHER.search(one.head + one.tail)]
    words = {one.found.id: clause_words(one) for one in told}
    sentences: dict[tuple[str, int], list[Mention]] = defaultdict(list)
    for one in mentions:
        sentences[one.sentence].append(one)
    taken: set[str] = set()
    checks: list[Check] = []
    for first, second in _candidates(told, words):
        if not taken & {first.found.id, second.found.id} and _contradict(first, second, words, sentences):
            taken |= {first.found.id, second.found.id}
            checks.append(check_pair(first, second))
    return checks


def clause_words(mention: Mention) -> set[str]:
    """The letter pairs of a figure's clause that say what it is a figure of."""
    clause = HEADING.sub("", mention.head[-LONGEST:]) + " " + mention.tail[:LONGEST]
    return word_pairs(GENERIC.sub(" ", clause))


def _candidates(told: Sequence[Mention], words: dict[str, set[str]]) -> Iterator[tuple[Mention, Mention]]:
    """Pairs that share enough rare words, each once, in order of place."""
    buckets: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, one in enumerate(told):
        assert one.size is not None
        for pair in words[one.found.id]:
            buckets[one.size.kind, pair].append(place)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in buckets.values():
        if 1 < len(places) <= CROWD:
            for both in combinations(places, 2):
                shared[both] += 1
    for (first, second), number in sorted(shared.items()):
        if number >= SHARED:
            yield told[first], told[second]


def _contradict(
    first: Mention, second: Mention, words: dict[str, set[str]], sentences: dict[tuple[str, int], list[Mention]],
) -> bool:
    if first.sentence == second.sentence or not alike(first, second) or agrees(first.found, second.found):
        return False
    if not near(first, second) or not _one_thing(first, second, words):
        return False
    return not any(agrees(one.found, other.found) for one, others in
                   ((first, sentences[second.sentence]), (second, sentences[first.sentence]))
                   for other in others if other.size is not None and other.single and alike(one, other))


def near(first: Mention, second: Mention, times: float = NEAR) -> bool:
    """Whether two figures are of a like size, as two tellings of one thing are."""
    low, high = sorted((abs(first.value), abs(second.value)))
    return 0 < high <= times * low


def _one_thing(first: Mention, second: Mention, words: dict[str, set[str]]) -> bool:
    """Almost the same words, no other time, no other subject."""
    ours, theirs = words[first.found.id], words[second.found.id]
    shared = len(ours & theirs)
    alike_words = shared >= TOLD * min(len(ours), len(theirs)) and shared >= TELLS * max(len(ours), len(theirs))
    if not alike_words or opposed(first.found.sentence, second.found.sentence) or places_apart(first, second):
        return False
    if contrast(first.head + first.tail, second.head + second.tail):
        return False
    return one_time(first, second) and _one_subject(first, second)


def one_time(first: Mention, second: Mention) -> bool:
    """Whether the words before two figures, and their periods, can tell of one time."""
    ours, theirs = times_told(first), times_told(second)
    told = not ours or not theirs or ours <= theirs or theirs <= ours
    told = told and bool(LAST_YEAR.search(first.before)) == bool(LAST_YEAR.search(second.before))
    one, two = first.found.period, second.found.period
    return told and (not one or not two or one.startswith(two) or two.startswith(one))


def times_told(mention: Mention) -> set[str]:
    """The words of the sentence before a figure that tell a time."""
    return set(WHEN.findall(mention.before))


def _one_subject(first: Mention, second: Mention) -> bool:
    one, two = (entity_key(HEADING.sub("", mention.found.entity)) for mention in (first, second))
    return not one or not two or one in two or two in one


def check_pair(first: Mention, second: Mention) -> Check:
    """The conflict of two figures of one thing; not to be compared where their sentences name two ways of counting."""
    where = f"{first.name}与{second.name}" if first.name != second.name else f"{first.name}前后两处"
    told = f"一处作“{_clause(first)}”，一处作“{_clause(second)}”"
    ways = ways_apart(first.found.sentence, second.found.sentence)
    if ways:
        text = f"{where}所指不同：{told}，{ways[0]}一为“{ways[1]}”，一为“{ways[2]}”，不能直接比较。"
        reason = f"{ways[0]}不同：{ways[1]}与{ways[2]}"
        return make_check("same-figure", "not-comparable", (first, second), (text, reason))
    return make_check("same-figure", "conflicts", (first, second), (f"{where}说法不一：{told}。", "同一事项，数值不同"))


def _clause(mention: Mention) -> str:
    """The clause in the source's own characters, cut as an excerpt is."""
    return clause_of(mention.found, LONGEST).strip("，,。；;：:、")
