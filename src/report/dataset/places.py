"""The place that a figure is told of, where it is no entity of its own but stands in the words: 甲市出口额."""

from __future__ import annotations

import re

from report.dataset.aliases import entity_key
from report.dataset.matching import squeeze
from report.dataset.mention import Mention

# Not 上市, 全市, 两国, 市场, 国家.
PLACE = re.compile(
    r"(?:^|[，,。；;：:、（(年月日末底初度在])(?P<place>(?![上超股楼车都全本我该各]市|[全本我该各]省|[全本该各]县|[全各本我两外出回归跨多邻他]国)"
    r"[㐀-鿿]{1,5}?(?:省|(?<!城)市|县|自治州|自治区|新区|国))(?![场级域内际家有外民资企产立债税值])")
SUFFIX = re.compile("(?:省|市|县|自治州|自治区|新区)$")


def places_apart(first: Mention, second: Mention) -> bool:
    """Whether two figures of different documents are of two places, or of one that only the one document names."""
    if first.found.doc == second.found.doc:
        return False
    ours, theirs = _place(first), _place(second)
    if ours and theirs:
        return entity_key(ours) != entity_key(theirs) and ours not in theirs and theirs not in ours
    return _foreign(ours, second) or _foreign(theirs, first)


def _foreign(place: str, other: Mention) -> bool:
    """Whether a figure that bears no entity stands in a sentence without the place."""
    return bool(place) and not other.found.entity and place not in squeeze(other.line)


def _place(mention: Mention) -> str:
    """The place in the figure's entity or indicator, else the last one before it in its sentence; "" for none."""
    for words in (mention.found.entity, mention.found.indicator):
        if named := PLACE.match(squeeze(words)):
            return SUFFIX.sub("", named["place"])
    told = [] if mention.found.entity else list(PLACE.finditer(squeeze(mention.before)))
    return SUFFIX.sub("", told[-1]["place"]) if told else ""
