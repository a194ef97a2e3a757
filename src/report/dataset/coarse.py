"""A round figure beside the precise one it stands for: 超一半 in a summary, 50.4% in the body."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from report.dataset.agreement import agrees, fineness
from report.dataset.aliases import opposed
from report.dataset.mention import Mention, make_check, word_pairs
from report.dataset.models import Check

GENERIC = re.compile("[占比为达到其中数据显示超约近的了]+")
SHARED = 4  # pairs of letters that the round figure's clause and the precise one's sentence have in common, at least
TOLD = 0.55  # of the pairs of the round figure's clause
CROWD = 30  # precise figures under one pair of letters that are looked at


def check_coarse(mentions: Sequence[Mention]) -> list[Check]:
    """Agreements of a round, directed figure with a precise one of like words in the same document."""
    percents = [one for one in mentions if one.size is not None and one.size.kind == "percent"]
    by_word: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for one in percents:
        if one.found.bound == "exact":
            for pair in word_pairs(one.found.sentence):
                by_word[one.found.doc, pair].append(one)
    return [_check(coarse, precise) for coarse in percents if _is_round(coarse)
            for precise in _best(coarse, by_word)]


def _is_round(mention: Mention) -> bool:
    return mention.found.bound != "exact" and fineness(mention.found) <= 1


def _best(coarse: Mention, by_word: dict[tuple[str, str], list[Mention]]) -> Iterator[Mention]:
    """The first precise figure that the round one can stand for, if any."""
    words = word_pairs(GENERIC.sub(" ", coarse.head + " " + coarse.tail))
    shared: dict[str, int] = defaultdict(int)
    near: dict[str, Mention] = {}
    for pair in sorted(words):
        told = by_word.get((coarse.found.doc, pair), [])
        for precise in told if len(told) <= CROWD else ():
            shared[precise.found.id] += 1
            near[precise.found.id] = precise
    for precise in sorted(near.values(), key=lambda one: one.found.start):
        number = shared[precise.found.id]
        if number >= SHARED and number >= TOLD * len(words) and _stands_for(coarse, precise):
            yield precise
            return


def _stands_for(coarse: Mention, precise: Mention) -> bool:
    finer = fineness(precise.found) > fineness(coarse.found)
    apart = coarse.sentence != precise.sentence and not opposed(coarse.found.sentence, precise.found.sentence)
    return finer and apart and agrees(coarse.found, precise.found)


def _check(coarse: Mention, precise: Mention) -> Check:
    text = f"{coarse.name}：概括作“{coarse.text}”，另处作{precise.text}，一致。"
    return make_check("same-figure", "agrees", (coarse, precise), (text, "概数与确数一致"))
