"""Ranks told in words: 居首位 in one place and 前三名 in another, of the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.dataset.matching import compact
from report.dataset.mention import Mention, make_check, word_pairs
from report.dataset.models import Check

AMONG = re.compile(r"前[二三四五六七八九十2-9]\d*[名位]?|前\d{2,}[名位]?")
FIRST = re.compile(
    r"(?P<subject>[^，,。；;：:、]{4,30}?)(?:位居|位列|稳居|高居|居于|居|排名|排在|列)"
    r"(?:全球|世界|全国|国际|亚洲)?(?:首位|第一位?|榜首)(?![大批次届轮])"
)
LIKE = 0.5  # of the letter pairs of the one subject, that the other sentence has too
WORDS = 12  # of a clause before the rank, in messages
SHARED = 3  # such pairs, at least


def check_ranks(mentions: Sequence[Mention]) -> list[Check]:
    """A conflict for each place among the first few (前三名) of what another sentence says to stand first."""
    claims = list(_claims(mentions))
    checks: list[Check] = []
    for mention in mentions:
        if mention.found.kind == "ordinal" and AMONG.fullmatch(mention.plain):
            checks += [_check(mention, name, said) for name, place, said, subject in claims
                       if place != mention.sentence and _same_subject(mention, subject)][:1]
    return checks


def _claims(mentions: Sequence[Mention]) -> Iterator[tuple[str, tuple[str, int], str, str]]:
    """Document's name, sentence, words and subject of every claim to the first place, in sentences with a figure."""
    seen: set[tuple[str, int]] = set()
    for mention in mentions:
        if mention.sentence not in seen:
            seen.add(mention.sentence)
            for match in FIRST.finditer("".join(mention.found.sentence.split())):
                yield mention.name, mention.sentence, match[0], match["subject"]


def _same_subject(mention: Mention, subject: str) -> bool:
    pairs = word_pairs(subject)
    shared = pairs & word_pairs(mention.before)
    entity = compact(mention.found.entity)
    named = entity in compact(subject) or entity not in mention.before  # an inferred entity tells no two subjects apart
    return named and len(shared) >= SHARED and len(shared) >= LIKE * len(pairs)


def _check(mention: Mention, name: str, said: str) -> Check:
    where = f"{mention.name}一处" if name == mention.name else name
    other = "另一处" if name == mention.name else mention.name
    words = mention.head if len(mention.head) <= WORDS else ""
    text = f"{where}称“{said}”，{other}作“{words}{mention.text}”，名次说法不一。"
    return make_check("same-figure", "conflicts", (mention,), (text, "名次说法不一"))
