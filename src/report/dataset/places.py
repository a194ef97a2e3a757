"""The place that a figure is told of, where it is no entity of its own but stands in the words (甲市出口额) or only in
the title of its document (甲市2024年统计公报)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from report.dataset.aliases import entity_key
from report.dataset.matching import squeeze
from report.dataset.mention import Mention
from report.dataset.models import Source
from report.observations.observation import Observation

# Not 上市, 全市, 两国, 市场, 国家.
PLACE = re.compile(
    r"(?:^|[，,。；;：:、（(年月日末底初度在])(?P<place>(?![上超股楼车都全本我该各]市|[全本我该各]省|[全本该各]县|[全各本我两外出回归跨多邻他]国)"
    r"[㐀-鿿]{1,5}?(?:省|(?<!城)市|县|自治州|自治区|新区|国))(?![场级域内际家有外民资企产立债税值])")
SUFFIX = re.compile("(?:省|市|县|自治州|自治区|新区)$")
# What every place has: whose it is only the document says.
GENERAL = re.compile(
    "(?:[全我本该][市省县区州].*|第[一二三]产业|规模以上.*|.*(?:产业|行业|工业|农业|制造业|服务业|居民|人口|城镇|农村)"
    "|初步核算|按.{1,6}分)?$"
)


def homes_of(sources: Iterable[Source]) -> dict[str, str]:
    """The place that the title of each document begins with; "" for none."""
    named = {source.id: PLACE.match(squeeze(source.title)) for source in sources}
    return {doc: SUFFIX.sub("", place["place"]) if place else "" for doc, place in named.items()}


def homes_apart(first: Observation, second: Observation, homes: Mapping[str, str]) -> bool:
    """Whether two figures of what every place has are of the places of two documents."""
    ours, theirs = (homes.get(found.doc, "") for found in (first, second))
    general = all(GENERAL.match(squeeze(found.entity)) for found in (first, second))
    return bool(ours and theirs) and general and entity_key(ours) != entity_key(theirs)


def places_apart(first: Mention, second: Mention) -> bool:
    """Whether two figures of different documents are of two places, or of one that only the one document names."""
    if first.found.doc == second.found.doc:
        return False
    ours, theirs = _place(first), _place(second)
    if ours and theirs:
        return entity_key(ours) != entity_key(theirs) and ours not in theirs and theirs not in ours
    if homes_apart(first.found, second.found, {one.found.doc: one.home for one in (first, second)}):
        return True
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
