"""One figure told twice: in two documents, or in a summary and in the body."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product

from report.dataset.agreement import Measure, same_unit, sizes_agree
from report.dataset.aliases import contrast, entity_key, opposed
from report.dataset.matching import compact
from report.dataset.mention import Mention, make_check, word_pairs
from report.dataset.models import Check
from report.dataset.places import places_apart
from report.observations.observation import Observation

NAME = 16  # letters of an indicator, at most, that a message tells
REACH = 16  # characters before and after the figure that say what it is
SHARED = 4  # pairs of letters that two tellings of one figure have in common, at least
ALIKE = 0.3  # of the pairs of the poorer telling
VERY_ALIKE = 0.6  # where the figures agree but within rounding and qualifiers
CROWD = 40  # a pair of letters that more figures share says nothing
# Words that stand beside any figure and say nothing of what it is.
GENERIC = re.compile(
    "占比|比重|比例|从|由|自|到|至|为|达|年的|提高|上升|下降|增加|增长|减少|其中|数据|显示|报告|超过|约|近"
)
NUMBER_OF = frozenset("总的数量个家所")  # letters of the name of a number that do not say what it counts
TELLING: frozenset[str] = frozenset(("percent", "money", "count", "ratio", "range", "score", "other"))


def check_repeats(mentions: Sequence[Mention]) -> list[Check]:
    """Findings on figures told twice in like words: the same, the same but for a qualifier, or defined differently."""
    told = [mention for mention in mentions if mention.size is not None and mention.found.kind in TELLING]
    checks: list[Check] = []
    known: set[tuple[str, ...]] = set()  # definitions that part two documents, said once
    for first, second in find_repeats(told):
        words = contrast(_clause(told[first]), _clause(told[second])) or ()
        ways = (told[first].found.doc, told[second].found.doc, *words)
        checks.append(check_repeat(told[first], told[second], () if ways in known else words))
        known.add(ways)
    return checks


def find_repeats(told: Sequence[Mention]) -> list[tuple[int, int]]:
    """Pairs of places in `told` whose figures agree and whose words are alike, the best match of each only."""
    scored: list[tuple[float, int, int]] = []
    for (first, second), (shared, poorer) in _candidates(told).items():
        if _same_telling(told[first], told[second]):
            score = shared / poorer
            if score >= (ALIKE if _equal(told[first], told[second]) else VERY_ALIKE):
                scored.append((-score, first, second))
    taken: set[tuple[int, str]] = set()
    found = list(_best(sorted(scored), told, taken))
    return sorted([*found, *_neighbours(found, told, taken)])


def _neighbours(
    found: Sequence[tuple[int, int]], told: Sequence[Mention], taken: set[tuple[int, str]],
) -> Iterator[tuple[int, int]]:
    """In two sentences of two documents that tell one figure alike: the other figures that they both tell, too.

    Counts are left out: small ones are equal by chance, and lists of them have rules of their own.
    """
    by_sentence: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, mention in enumerate(told):
        by_sentence[mention.sentence].append(place)
    for first, second in found:
        if told[first].found.doc == told[second].found.doc:
            continue
        ours, theirs = by_sentence[told[first].sentence], by_sentence[told[second].sentence]
        for one, two in product(ours, theirs):
            keys = {(one, told[two].found.doc), (two, told[one].found.doc)}
            if not keys & taken and _only_one(one, two, ours, theirs, told):
                taken |= keys
                yield one, two


def _only_one(one: int, two: int, ours: Sequence[int], theirs: Sequence[int], told: Sequence[Mention]) -> bool:
    """Whether these two are the same telling, of a figure that stands once in either sentence."""
    alone = all(sum(_equal(told[place], told[other]) for other in sentence) == 1
                for place, sentence in ((one, ours), (two, theirs)))
    counted = told[one].found.kind == "count"
    return not counted and alone and _equal(told[one], told[two]) and _same_telling(told[one], told[two])


def _words(mention: Mention) -> set[str]:
    """The pairs of letters round the figure that may say what it is."""
    sides = mention.before[-REACH:], mention.after[:REACH]
    return set().union(*(word_pairs(GENERIC.sub(" ", side)) for side in sides))


def _best(
    scored: Sequence[tuple[float, int, int]], told: Sequence[Mention], taken: set[tuple[int, str]],
) -> Iterator[tuple[int, int]]:
    """Each figure's best counterpart in every document; what others join already is not told again in a third."""
    home: dict[int, int] = {}
    for _, first, second in scored:
        keys = {(first, told[second].found.doc), (second, told[first].found.doc)}
        one, two = _home(home, first), _home(home, second)
        if not keys & taken and one != two:
            taken |= keys
            home[max(one, two)] = min(one, two)
            yield first, second


def _home(home: dict[int, int], place: int) -> int:
    """The first of the tellings that a telling is joined with."""
    while place in home:
        home[place] = home.get(home[place], home[place])
        place = home[place]
    return place


def _candidates(told: Sequence[Mention]) -> dict[tuple[int, int], tuple[int, int]]:
    """How many pairs of letters any two figures of like size share, and how many the poorer telling has.

    Crowded pairs are left out, and one class of sizes is looked at at a time: no all-pairs, and little memory.
    """
    classes: dict[tuple[str, int], list[int]] = defaultdict(list)
    for place, mention in enumerate(told):
        for key in _sizes(mention):
            classes[key].append(place)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for places in classes.values():
        words = {place: _words(told[place]) for place in places} if len(places) > 1 else {}
        buckets: dict[str, list[int]] = defaultdict(list)
        for place, pairs in words.items():
            for pair in pairs:
                buckets[pair].append(place)
        shared = Counter(both for inside in buckets.values() if 1 < len(inside) <= CROWD
                         for both in combinations(inside, 2))
        found |= {both: (number, min(len(words[both[0]]), len(words[both[1]])))
                  for both, number in shared.items() if number >= SHARED}
    return found


def _sizes(mention: Mention) -> list[tuple[str, int]]:
    """Kind and size class: steps of a third, overlapping, so that 超一半 and 50.4% meet."""
    assert mention.size is not None
    number = float(max(abs(value) for value in mention.size.values))
    step = math.floor(math.log(number, 1.3)) if number else -1000
    return [(mention.size.kind, step), (mention.size.kind, step + 1)]


def _same_telling(first: Mention, second: Mention) -> bool:
    one, two = first.found, second.found
    if first.sentence == second.sentence:
        return False
    assert first.size and second.size
    alike = _like_periods(one, two) and _comparable(first.size, second.size) and not _other_things(one, two)
    if alike and not _equal(first, second) and not _one_subject(one, two):
        return False
    return alike and not opposed(one.sentence, two.sentence) and not places_apart(first, second)


def _other_things(one: Observation, two: Observation) -> bool:
    """Whether two numbers count things of different names: 企业450家, 学校450所. People go by many names."""
    if one.kind != "count" or two.kind != "count" or same_unit(one.unit, "人"):
        return False
    ours, theirs = (set(compact(found.indicator)) - NUMBER_OF for found in (one, two))
    return bool(ours and theirs) and ours.isdisjoint(theirs)


def _one_subject(one: Observation, two: Observation) -> bool:
    """Whether two figures that are equal only within rounding can be of one entity."""
    ours, theirs = entity_key(one.entity), entity_key(two.entity)
    return not ours or not theirs or ours in theirs or theirs in ours


def _comparable(one: Measure, two: Measure) -> bool:
    return same_unit(one.unit, two.unit) and sizes_agree(one, two)


def _equal(first: Mention, second: Mention) -> bool:
    assert first.size and second.size
    return first.size.kind == second.size.kind and first.size.values == second.size.values


def _like_periods(one: Observation, two: Observation) -> bool:
    """The same year; a period that is only the year of its document's date says nothing against it."""
    guessed = any(not found.period or found.as_of.startswith(found.period) for found in (one, two))
    return guessed or one.period[:4] == two.period[:4]


def _clause(mention: Mention) -> str:
    return mention.head + mention.tail


def check_repeat(first: Mention, second: Mention, words: Sequence[str] = ()) -> Check:
    """The agreement of two tellings of one figure, but for a qualifier or for the `words` that define it."""
    where = (f"{first.name}与{second.name}" if first.name != second.name else f"{first.name}前后两处")
    pair = (first, second)
    same = f"都作{first.text}" if first.text == second.text else f"分别作{first.text}和{second.text}"
    if name := _name(first, second):
        where += f"所记{name}"
    if words:
        text = f"{where}{same}，所指却有“{words[0]}”与“{words[1]}”之别。"
        return make_check("same-figure", "not-comparable", pair, (text, "数值相同，口径用词不同"))
    if first.found.bound != second.found.bound and first.plain == second.plain:
        exact, careful = sorted(pair, key=lambda mention: mention.found.bound != "exact")
        text = f"{where}数值相同，一处作{careful.text}，一处作{exact.text}；取保留限定词的一处。"
        return make_check("qualifier", "agrees", pair, (text, "限定词脱落"))
    return make_check("same-figure", "agrees", pair, (f"{where}{same}，{_exactly(first, second)}。", "数值一致"))


def _name(first: Mention, second: Mention) -> str:
    """What both are a figure of: the name that both have, or the one that the other's begins or ends with; ""
    for none."""
    names = sorted((compact(one.found.indicator) for one in (first, second)), key=len)
    short, long = names
    fits = len(short) > 1 and (long.startswith(short) or long.endswith(short))
    entity = compact(first.found.entity)
    of = f"{entity}的" if entity == compact(second.found.entity) and entity not in short and len(entity) <= NAME else ""
    return (of if entity else "") + short if fits and len(short) <= NAME else ""


def _exactly(first: Mention, second: Mention) -> str:
    return "数值一致" if _equal(first, second) else "在取整和约数的范围内一致"
