"""Parts of a whole: do the people, firms or things listed add up to the number they are parts of?"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby

from report.dataset.agreement import same_unit
from report.dataset.aliases import contrast
from report.dataset.matching import compact
from report.dataset.mention import Mention, make_check, shared_words, tidy
from report.dataset.models import Check

# What may stand between the beginning of a clause and a part's number.
LEAD = re.compile(
    r"(?:[（(“「•·-]|其中|另有|还有|另外|此外|其余|其他|剩余|余下|而|并|有|则|包括|分别为?|[一二三四]是)*"
)
REMAINDER = ("其余", "剩余", "余下")
ADDED = ("另有", "还有", "另外", "此外")
GAP = 160  # characters of source between one part and the next
REACH = 300  # characters of source between the whole and its first part
LOOK_BACK = 40  # counts before the list among which the whole is looked for
ANEW = 1.5  # times the one number, at most, that another telling of the same part is
FRAME = re.compile(r"(?:中|里|当中|之中)$")


@dataclass
class Listing:
    """A whole and the parts that a source lists under it, in order."""

    whole: Mention
    parts: list[Mention] = field(default_factory=list)

    @property
    def total(self) -> float:
        return sum(part.value for part in self.parts)

    @property
    def told(self) -> str:
        """The sum in words: 41＋40＋3＝84."""
        return "＋".join(_number(part) for part in self.parts) + f"＝{tidy(self.total)}"

    @property
    def values(self) -> tuple[float, ...]:
        return tuple(part.value for part in self.parts)


def check_parts(mentions: Sequence[Mention]) -> list[Check]:
    """Findings on every list of parts that claims to be whole, and on lists of one whole in two places."""
    listings = find_listings(mentions)
    checks = [check for listing in listings if (check := _check_sum(listing))]
    for first, second in _same_wholes(listings):
        checks += [_compare(first, second), *_definitions(first, second)]
    return checks


def find_listings(mentions: Sequence[Mention]) -> list[Listing]:
    """Lists of counts that each open a clause, with the count before them that they are parts of."""
    found = []
    for _, group in groupby(mentions, lambda mention: mention.found.doc):
        counts = [mention for mention in group if _is_count(mention)]
        found += [listing for run in _runs(counts) if (listing := _listing(run, counts))]
    return found


def _is_count(mention: Mention) -> bool:
    return mention.found.kind == "count" and bool(mention.found.unit) and mention.size is not None


def _is_part(mention: Mention) -> bool:
    """Opens its clause, says something of its own, and is not the frame of a list (100位追踪对象中)."""
    return bool(LEAD.fullmatch(mention.head)) and len(mention.tail) > 1 and not FRAME.search(mention.tail)


def _runs(counts: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Neighbouring parts; a remainder closes its list, 其中 after a part tells of that part only."""
    run: list[Mention] = []
    for mention in counts:
        if not _is_part(mention):
            if FRAME.search(mention.tail):
                yield run
                run = []
            continue
        if run and not _follows(run[-1], mention):
            yield run
            run = []
        nested = run and mention.head.startswith("其中") and mention.value <= run[-1].value
        if not nested:
            run.append(mention)
    yield run


def _follows(last: Mention, mention: Mention) -> bool:
    near = mention.found.start - last.found.end <= GAP
    return near and same_unit(last.found.unit, mention.found.unit) and not last.head.startswith(REMAINDER)


def _listing(run: Sequence[Mention], counts: Sequence[Mention]) -> Listing | None:
    """The run under the nearest count before it that is large enough; None for fewer than two parts or no whole."""
    if len(run) < 2:
        return None
    first, largest = run[0], max(part.value for part in run)
    place = bisect_left(counts, first.found.start, key=lambda mention: mention.found.start)
    for mention in reversed(counts[max(place - LOOK_BACK, 0) : place]):
        distance = first.found.start - mention.found.end
        if distance > REACH:
            break
        whole = distance >= 0 and mention.value > largest and same_unit(mention.found.unit, first.found.unit)
        if whole:
            return Listing(mention, list(run))
    return None


def _claims_to_be_whole(listing: Listing) -> bool:
    """Three parts, or a remainder, that reach four fifths of the whole and not over six fifths of it."""
    remainder = any(part.head.startswith(REMAINDER) for part in listing.parts)
    share = listing.total / listing.whole.value
    return (len(listing.parts) > 2 or remainder) and 0.8 <= share <= 1.2 and _exact(listing)


def _exact(listing: Listing) -> bool:
    return all(mention.found.bound == "exact" for mention in (listing.whole, *listing.parts))


def _check_sum(listing: Listing) -> Check | None:
    if not _claims_to_be_whole(listing):
        return None
    whole, gap = listing.whole, tidy(listing.whole.value - listing.total)
    everything = (whole, *listing.parts)
    text = f"{whole.name}：“{whole.described}”分列{listing.told}"
    stated, computed = tidy(whole.value), tidy(listing.total)
    if not gap:
        return make_check(
            "parts-of-whole", "agrees", everything,
            (f"{text}，与总数相符。", "各部分之和等于总数"), (stated, computed))
    added = [part for part in listing.parts if part.head.startswith(ADDED)]
    rest = listing.total - sum(part.value for part in added)
    if added and rest == whole.value:
        overlap = "、".join(part.plain for part in added)
        text += f"；不计“另有”的{overlap}恰为{stated}，加上则多出{-gap}，这{overlap}当与前几类重叠。"
        reason = "不计另列的部分恰等于总数，另列的部分与前面重叠"
    elif gap > 0:
        text += f"，比总数少{gap}，有{gap}{compact(whole.found.unit)}未作说明。"
        reason = f"各部分之和少于总数{gap}"
    else:
        text += f"，比总数多{-gap}。"
        reason = f"各部分之和多于总数{-gap}"
    return make_check("parts-of-whole", "conflicts", everything, (text, reason), (stated, computed))


def _same_wholes(listings: Sequence[Listing]) -> Iterator[tuple[Listing, Listing]]:
    """Pairs of lists of one whole in two documents that have most parts in common."""
    buckets: dict[float, list[Listing]] = defaultdict(list)
    for listing in listings:
        if len(listing.parts) > 2:
            buckets[listing.whole.value].append(listing)
    for _, bucket in sorted(buckets.items()):
        for first, second in combinations(bucket[:20], 2):
            shared = sum((Counter(first.values) & Counter(second.values)).values())
            apart = first.whole.found.doc != second.whole.found.doc
            if apart and _like(first, second) and 2 * shared >= min(len(first.parts), len(second.parts)):
                yield first, second


def _like(first: Listing, second: Listing) -> bool:
    return same_unit(first.whole.found.unit, second.whole.found.unit)


def _compare(first: Listing, second: Listing) -> Check:
    everything = (first.whole, *first.parts, second.whole, *second.parts)
    text = f"同为{first.whole.plain}，{first.whole.name}分列{first.told}，{second.whole.name}分列{second.told}"
    ours, theirs = Counter(first.values), Counter(second.values)
    if ours == theirs:
        return make_check(
            "parts-of-whole", "agrees", everything,
            (f"{text}，两处一致。", "两处所列各部分相同"), (None, (tidy(first.total), tidy(second.total))))
    only = _apart(first, second, (_without(first, theirs), _without(second, ours)))
    return make_check(
        "parts-of-whole", "conflicts", everything,
        (f"{text}；{only}。", "两处所列各部分不同"),
        (tidy(first.whole.value), (tidy(first.total), tidy(second.total))))


def _apart(first: Listing, second: Listing, extra: tuple[list[Mention], list[Mention]]) -> str:
    """What the lists differ in: a part in the same place told with another number, and parts that one of them lacks."""
    mine, yours = (list(parts) for parts in extra)
    told = []
    for one in extra[0]:
        other = next((part for part in yours if _same_part(first, one, second, part)), None)
        if other is not None:
            mine.remove(one)
            yours.remove(other)
            told.append(f"{one.name}该项作{one.plain}，{other.name}作{other.plain}")
    told += [f"{parts[0].name}另列“{'、'.join(part.described for part in parts)}”" for parts in (mine, yours) if parts]
    return "；".join(told)


def _same_part(first: Listing, one: Mention, second: Listing, other: Mention) -> bool:
    """Whether two parts of like numbers stand in the same place of lists of one length, or are told in like words."""
    placed = len(first.parts) == len(second.parts) and first.parts.index(one) == second.parts.index(other)
    like = max(one.value, other.value) <= ANEW * min(one.value, other.value)
    return like and (placed or bool(shared_words(one.tail, other.tail)))


def _definitions(first: Listing, second: Listing) -> Iterator[Check]:
    """Parts of equal number in the same place of both lists that are told in words of different meaning."""
    for ours, theirs in zip(first.parts, second.parts, strict=False):
        words = contrast(ours.tail, theirs.tail) if ours.value == theirs.value else None
        if words:
            text = (f"{ours.name}作“{ours.described}”，{theirs.name}作“{theirs.described}”，"
                    f"数值相同，所指有“{words[0]}”与“{words[1]}”之别。")
            yield make_check("same-figure", "not-comparable", (ours, theirs), (text, "数值相同，口径用词不同"))


def _without(listing: Listing, other: Counter[float]) -> list[Mention]:
    """The parts of the list that the other list does not have."""
    left = Counter(other)
    extra = []
    for part in listing.parts:
        if left[part.value]:
            left[part.value] -= 1
        else:
            extra.append(part)
    return extra


def _number(part: Mention) -> str:
    return str(tidy(part.value))
