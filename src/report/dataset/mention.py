"""A figure in its sentence, made ready for the checking rules."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from report.dataset.agreement import Measure, measure
from report.dataset.matching import clause_at, compact, place_in_sentence
from report.dataset.models import Check, Rule, Verdict
from report.dataset.printing import SCALE_WORDS, exact, print_observation, scale_of
from report.observations.observation import Number, Observation

COMMON = frozenset(("中国", "美国", "全球", "一个", "其中", "已经", "分别"))
WORDS = 16  # of the clause after a figure, in messages

Numbers = tuple[Number | None, Number | tuple[Number, Number] | None]


@dataclass(frozen=True)
class Mention:
    """An observation with its sentence compact: `head`/`tail` are its clause before and after the figure,
    `before`/`after` the whole sentence. `name` is what its document is called in messages."""

    found: Observation
    name: str
    head: str
    tail: str
    before: str
    after: str

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
    def sentence(self) -> tuple[str, int]:
        """The sentence it stands in: document and offset."""
        return self.found.doc, self.found.sentence_start

    @property
    def described(self) -> str:
        """The figure with the words that follow it: 87位留美精英."""
        words = re.split(r"[（(“,，、。；]|(?<=.)中$", self.tail)[0]
        return self.plain + (words if len(words) <= WORDS else words[:WORDS] + "…")

    @property
    def value(self) -> float:
        """The number, in the measure's unit (fractions in percent); only for a figure with one number."""
        assert self.size is not None
        return float(self.size.values[0])


def mentions_of(observations: Iterable[Observation], names: dict[str, str]) -> list[Mention]:
    """Every observation with its surroundings, by document and place."""
    return [_mention(found, names.get(found.doc, found.doc))
            for found in sorted(observations, key=lambda one: (one.doc, one.start, one.end))]


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


def like_number(number: float, like: Mention, places: int = 2) -> str:
    """A computed number with the scale word and unit of a figure: 1628.6亿元."""
    scale = scale_of(like.plain)
    digits = f"{exact(number).scaleb(-scale):.{places}f}".rstrip("0").rstrip(".")
    return digits + SCALE_WORDS[scale] + compact(like.found.unit)


def shared_words(first: str, second: str) -> set[str]:
    """Pairs of letters or characters that stand in both texts, digits, signs and the commonest names left out."""
    return word_pairs(first) & word_pairs(second)


def word_pairs(text: str) -> set[str]:
    """Every two neighbouring letters of the text in lower case, but for `COMMON` ones."""
    low = text.lower()
    return {pair for pair in map("".join, zip(low, low[1:], strict=False)) if pair.isalpha()} - COMMON


def tidy(number: float) -> float | int:
    """A computed number at four places, whole numbers as such."""
    rounded = round(number, 4)
    return int(rounded) if rounded == int(rounded) else rounded


def _mention(found: Observation, name: str) -> Mention:
    place = place_in_sentence(found)
    clause = clause_at(found.sentence, place)
    end = place + len(found.text)
    return Mention(
        found, name, head=compact(found.sentence[clause.start_index : place]),
        tail=compact(found.sentence[end : clause.end_index]),
        before=compact(found.sentence[:place]), after=compact(found.sentence[end:]),
    )
