"""A round figure beside the precise one it stands for: 超一半 in a summary, 50.4% in the body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from report.dataset.agreement import agrees, fineness
from report.dataset.aliases import entity_key, opposed
from report.dataset.matching import squeeze
from report.dataset.mention import Mention, make_check
from report.dataset.models import Check

TAIL = 3  # letters at the end of an indicator that two names of it have in common (芯片市场份额, 全球市场份额)
CROWD = 30  # figures under one ending that are looked at


def check_coarse(mentions: Sequence[Mention]) -> list[Check]:
    """Agreements of a round, directed figure with a precise one of like indicator and entity in one document."""
    buckets: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        name = squeeze(mention.found.indicator)
        if mention.size is not None and mention.size.kind == "percent" and len(name) >= TAIL:
            buckets[mention.found.doc, name[-TAIL:]].append(mention)
    return [_check(coarse, precise) for bucket in buckets.values() if len(bucket) <= CROWD
            for coarse, precise in _pairs(bucket)]


def _pairs(bucket: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Each round figure with the first precise one that it can stand for."""
    for coarse in bucket:
        if coarse.found.bound == "exact" or fineness(coarse.found) > 1:
            continue
        for precise in bucket:
            if _stands_for(coarse, precise):
                yield coarse, precise
                break


def _stands_for(coarse: Mention, precise: Mention) -> bool:
    ours, theirs = entity_key(coarse.found.entity), entity_key(precise.found.entity)
    finer = fineness(precise.found) > fineness(coarse.found) and precise.found.bound == "exact"
    apart = coarse.sentence != precise.sentence and not opposed(coarse.found.sentence, precise.found.sentence)
    return finer and apart and (ours in theirs or theirs in ours) and agrees(coarse.found, precise.found)


def _check(coarse: Mention, precise: Mention) -> Check:
    text = f"{coarse.name}：概括作“{coarse.text}”，另处作{precise.text}，一致。"
    return make_check("same-figure", "agrees", (coarse, precise), (text, "概数与确数一致"))
