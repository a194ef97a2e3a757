"""A figure in its sentence, made ready for the checking rules."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import add

from report.dataset.agreement import Measure, measure, same_unit
from report.dataset.matching import clause_at, compact, place_in_sentence
from report.dataset.models import Check, Rule, Verdict
from report.dataset.printing import SCALE_WORDS, exact, print_observation, scale_of
from report.observations.observation import Number, Observation

COMMON = frozenset(("中国", "美国", "全球", "一个", "其中", "已经", "分别"))
JOINT = re.compile(r"[、,，]?(?:和|及|以及|与|跟)?")
BEYOND = re.compile("[突冲衝]?破[了]? ?$")
WORDS = 16  # of the clause after a figure, in messages
NOWHERE: Mapping[str, str] = {}
WINDOW = 400  # characters of a sentence on either side of a figure that are looked at

Numbers = tuple[Number | None, Number | tuple[Number, Number] | None]


@dataclass(frozen=True)
class Mention:
    """An observation with its sentence compact (`line`, shared by the figures of one): `head`/`tail` are its clause
    before and after the figure, `before`/`after` the whole sentence, WINDOW characters at most. `name` is what its
    document is called in messages, `home` the place that the document is of ("" where its title names none).
    """

    found: Observation
    name: str
    line: str
    clause: tuple[int, int]
    place: tuple[int, int]
    home: str = ""

    @property
    def head(self) -> str:
        """The clause before the figure."""
        return self.line[max(self.clause[0], self.place[0] - WINDOW) : self.place[0]]

    @property
    def tail(self) -> str:
        """The clause after the figure."""
        return self.line[self.place[1] : min(self.clause[1], self.place[1] + WINDOW)]

    @property
    def before(self) -> str:
        """The sentence before the figure."""
        return self.line[max(self.place[0] - WINDOW, 0) : self.place[0]]

    @property
    def after(self) -> str:
        """The sentence after the figure."""
        return self.line[self.place[1] : self.place[1] + WINDOW]

    @cached_property
    def size(self) -> Measure | None:
        """The figure as a number; None for dates and years."""
        return measure(self.found)

    @cached_property
    def text(self) -> str:
        """The figure as the house prints it."""
        return print_observation(self.found).text

    @cached_property
    def plain(self) -> str:
        """The same without its qualifier."""
        return print_observation(self.found).plain

    @property
    def single(self) -> bool:
        """Whether the figure is one number (no date, no range)."""
        return self.size is not None and len(self.size.values) == 1

    @property
    def span(self) -> tuple[float, float]:
        """What the true value may be by the figure's words, in the measure's unit."""
        assert self.size is not None
        low, high = self.size.span()
        return float(low), float(high)

    @property
    def sentence(self) -> tuple[str, int]:
        """The sentence it stands in: document and offset."""
        return self.found.doc, self.found.sentence_start

    @property
    def described(self) -> str:
        """The figure with the words that follow it: 87位留美精英."""
        words = re.split(r"[（(“,，、。；]|(?<=.)中$", self.tail)[0]
        return self.plain + (words if len(words) <= WORDS else words[:WORDS] + "…")

    @property
    def topic(self) -> str:
        """What it is a figure of, for messages: the indicator where the sentence says it in so many words, else ""."""
        name = compact(self.found.indicator)
        return name if name in self.line and 1 < len(name) <= WORDS and self.size is not None else ""

    @property
    def value(self) -> float:
        """The number, in the measure's unit (fractions in percent); only for a figure with one number."""
        assert self.size is not None
        return float(self.size.values[0])


def mentions_of(
    observations: Iterable[Observation], names: Mapping[str, str], homes: Mapping[str, str] = NOWHERE,
) -> list[Mention]:
    """Every observation with its surroundings, by document and place; `names` and `homes` by document."""
    ordered = sorted(observations, key=lambda one: (one.doc, one.start, one.end))
    mentions: list[Mention] = []
    for (doc, _), group in groupby(ordered, key=lambda one: (one.doc, one.sentence)):
        own = list(group)
        line = compact(own[0].sentence)
        mentions += [replace(_mention(found, names.get(doc, doc), line), home=homes.get(doc, "")) for found in own]
    return mentions


def as_told(found: Observation) -> Observation:
    """The observation with the bound that a verb before it sets, which is no part of the figure: 营收破3兆元."""
    place = place_in_sentence(found)
    if found.bound != "exact" or not BEYOND.search(found.sentence, max(place - 3, 0), place):
        return found
    return found.changed({"bound": "more-than", "qualifier": "突破"})


def short_names(docs: Sequence[str]) -> dict[str, str]:
    """A short name for each document in messages: 文献 and its number where the ids begin with one each."""
    heads = [doc.split("_")[0] for doc in docs]
    return {doc: f"文献{head if heads.count(head) == 1 else doc}" for doc, head in zip(docs, heads, strict=True)}


def make_check(
    rule: Rule, verdict: Verdict, mentions: Sequence[Mention], words: tuple[str, str], numbers: Numbers = (None, None),
) -> Check:
    """One finding; `words` are its text and its reason, `numbers` what is stated and what is computed.

    Its id depends on the rule and the observations only.
    """
    ids = tuple(mention.found.id for mention in mentions)
    digest = hashlib.sha256("\n".join((rule, *ids)).encode()).hexdigest()[:12]
    return Check(
        id=f"check-{digest}", rule=rule, verdict=verdict, reason=words[1], text=words[0], observations=ids,
        docs=tuple(dict.fromkeys(mention.found.doc for mention in mentions)),
        values=tuple(mention.found.value for mention in mentions), stated=numbers[0], computed=numbers[1],
    )


def between(first: Mention, second: Mention) -> str:
    """The words between two figures of one sentence, the first before the second."""
    return second.line[first.place[1] : second.place[0]]


def sentences_of(mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """The figures of each sentence that are one number, in order."""
    for _, group in groupby(mentions, lambda mention: mention.sentence):
        yield [mention for mention in group if mention.single]


def runs_of(figures: Sequence[Mention]) -> list[list[Mention]]:
    """The figures of a sentence in lists: neighbours of one kind and unit with nothing but 、 or 和 between."""
    runs: list[list[Mention]] = []
    for mention in figures:
        if runs and alike(runs[-1][-1], mention) and JOINT.fullmatch(between(runs[-1][-1], mention)):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def is_amount(mention: Mention) -> bool:
    """Whether the figure tells a size that can be added up: money, a number of things, a quantity."""
    return mention.found.kind in ("money", "count", "other") and mention.single


def alike(first: Mention, second: Mention) -> bool:
    """Whether two single figures are of one kind and unit; 10亿 without a unit may be money."""
    assert first.size and second.size
    kinds = first.size.kind == second.size.kind or (
        is_amount(first) and is_amount(second) and not (first.size.unit and second.size.unit))
    points = (first.size.unit == "百分点") == (second.size.unit == "百分点")
    return kinds and points and same_unit(first.size.unit, second.size.unit)


def like_number(number: float, like: Mention, places: int = 2) -> str:
    """A computed number with the scale word and unit of a figure: 1628.6亿元."""
    scale = scale_of(like.plain)
    digits = f"{exact(number).scaleb(-scale):.{places}f}".rstrip("0").rstrip(".")
    return digits + SCALE_WORDS[scale] + compact(like.found.unit)


def agreeing(stated: Mention, computed: float) -> str:
    """In words, that a stated figure agrees with a computed one: as printed, or by rounding and qualifiers only."""
    assert stated.size is not None
    close = abs(abs(computed) - abs(stated.value)) <= float(stated.size.step) / 2 * (1 + 1e-9)
    return "相符" if close else "在取整和约数的范围内相符"


def shared_words(first: str, second: str) -> set[str]:
    """Pairs of letters or characters that stand in both texts, digits, signs and the commonest names left out."""
    return word_pairs(first) & word_pairs(second)


def word_pairs(text: str) -> set[str]:
    """Every two neighbouring letters of the text in lower case, but for `COMMON` ones."""
    low = text.lower()
    return set(filter(str.isalpha, map(add, low, low[1:]))) - COMMON


def tidy(number: float) -> float | int:
    """A computed number at four places, whole numbers as such."""
    rounded = round(number, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def _mention(found: Observation, name: str, line: str) -> Mention:
    place = place_in_sentence(found)
    found = as_told(found)
    clause = clause_at(found.sentence, place)
    ends = (clause.start_index, place, place + len(found.text), clause.end_index)
    if len(line) < len(found.sentence):  # white space is left out of the line
        start, first, last, end = (len("".join(found.sentence[:index].split())) for index in ends)
    else:
        start, first, last, end = ends
    return Mention(found, name, line, (start, max(end, last)), (first, last))
