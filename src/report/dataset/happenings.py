"""Events told twice: does one document date what was done as another does?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from report.dataset.aliases import entity_key
from report.dataset.matching import squeeze
from report.dataset.mention import Mention, make_check, word_pairs
from report.dataset.models import Check
from report.dataset.periods import print_period
from report.dataset.wording import rows
from report.observations.event import Event

ALIKE = 0.6  # of the letter pairs of the poorer action, that the other has too
SHARED = 2  # such pairs, at least
CROWD = 20  # events of one actor and verb, or of one instrument, that are compared
VERB = 2  # letters at the beginning of an action that are its verb
# Verbs of acts that are done once to a thing; what is held, said or reported is done again and again.
ONCE = frozenset(("law", "order", "release", "founding", "deal"))
TOLD = 24  # letters of an action, in messages


def check_events(events: Sequence[Event], mentions: Sequence[Mention]) -> list[Check]:
    """A conflict for every event that two sentences date differently; its figures are the two dates.

    One event: the same act on the same instrument, or by the same actor on the same thing. A date that only lacks the
    other's day agrees and is not told here.
    """
    by_doc: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        by_doc[mention.found.doc].append(mention)
    buckets: dict[tuple[str, ...], list[Event]] = defaultdict(list)
    for event in events:
        if event.kind in ONCE and event.date[:4].isdecimal():
            for key in _keys(event):
                buckets[key].append(event)
    pairs = {(first.id, second.id): (first, second) for bucket in buckets.values()
             for first, second in combinations(bucket[:CROWD], 2)}
    return [check for first, second in pairs.values() if _differ(first, second) and _one(first, second)
            for check in _check(first, second, by_doc)]


def _keys(event: Event) -> Iterator[tuple[str, ...]]:
    act = _act(event)
    if act and event.instrument:
        yield "instrument", squeeze(event.instrument), act
    if act and event.actor:
        yield "actor", *sorted(_actors(event)), act


def _act(event: Event) -> str:
    """The act, one word for all that mean it; "" for one that the table does not know."""
    verb = squeeze(event.action)[:VERB]
    return next((row[0] for row in rows("same_acts") if verb in row), "")


def _differ(first: Event, second: Event) -> bool:
    one, two = first.date, second.date
    apart = (first.doc, first.sentence_start) != (second.doc, second.sentence_start)
    return apart and "/" not in one + two and not one.startswith(two) and not two.startswith(one)


def _one(first: Event, second: Event) -> bool:
    """Whether two events of one bucket are one: nothing told of the one is another thing in the other."""
    one, two = squeeze(first.instrument), squeeze(second.instrument)
    if one and two:
        return one == two and _agree(first, second)
    ours, theirs = _object(first), _object(second)
    poorer = min(len(ours), len(theirs))
    if not ours and not theirs:
        return first.kind == "founding" and _agree(first, second)
    return _agree(first, second) and len(ours & theirs) >= max(SHARED, ALIKE * poorer)


def _object(event: Event) -> set[str]:
    """The letter pairs of what the act was done to."""
    return word_pairs(squeeze(event.action)[VERB:].removeprefix("了") or squeeze(event.instrument))


def _agree(first: Event, second: Event) -> bool:
    """Whether the actors can be one; one untold is no obstacle beside an instrument."""
    one, two = _actors(first), _actors(second)
    return not one or not two or one == two or len(one) == len(two) == 1 and ("".join(one) in "".join(two)
                                                                             or "".join(two) in "".join(one))


def _actors(event: Event) -> frozenset[str]:
    """Who acted: 甲与乙 is 乙和甲."""
    return frozenset(entity_key(name) for name in re.split("[与和及、跟同]", event.actor) if name)


def _check(first: Event, second: Event, by_doc: dict[str, list[Mention]]) -> Iterator[Check]:
    dates = [_date(event, by_doc[event.doc]) for event in (first, second)]
    one, two = dates
    if one is None or two is None:
        return
    where = f"{one.name}与{two.name}" if one.name != two.name else f"{one.name}前后两处"
    thing = f"《{first.instrument}》" if first.instrument and first.instrument not in first.action else ""
    what = f"{first.actor}{first.action}"[:TOLD] + thing
    text = f"{where}所记“{what}”的日期不同：一处作{print_period(first.date)}，一处作{print_period(second.date)}。"
    yield make_check("same-figure", "conflicts", (one, two), (text, "同一事件，日期不同"))


def _date(event: Event, mentions: Sequence[Mention]) -> Mention | None:
    """The figure that dates an event; None where a word does (去年, 同日)."""
    place = bisect_left(mentions, event.start, key=lambda mention: mention.found.start)
    near = mentions[max(place - 1, 0) : place + 3]
    return next((one for one in near if one.found.start < event.end and event.start < one.found.end
                 and (one.found.base or one.found.kind) in ("date", "year")), None)
