"""Text made comparable, and where in its sentence a figure stands."""

from __future__ import annotations

from functools import lru_cache

from report.observations.normalise import normalise
from report.observations.observation import Observation
from report.sources.sentences import Clause, Sentence, clauses

NUMERALS = frozenset("0123456789.%〇零一二三四五六七八九十百千万亿兆两半几")


@lru_cache(8192)  # a sentence is asked for by each of its figures, and by what each is compared with
def compact(text: str) -> str:
    """The text normalised and without white space."""
    return "".join(normalise(text).split())


@lru_cache(8192)
def squeeze(text: str) -> str:
    """The text compact and in lower case: equal for equal words."""
    return compact(text).lower()


def words_only(text: str) -> str:
    """The text squeezed, punctuation left out: what stands directly beside a figure, whatever mark is between."""
    return "".join(char for char in squeeze(text) if char.isalnum() or char in "%+-")


def outer_words(figure: str) -> tuple[str, str]:
    """What a figure's text has before its first and after its last numeral (高达, 左右), squeezed."""
    text = words_only(figure)
    numerals = [index for index, char in enumerate(text) if char in NUMERALS]
    return (text[: numerals[0]], text[numerals[-1] + 1 :]) if numerals else ("", "")


def place_in_sentence(found: Observation) -> int:
    """Index of the figure in `found.sentence`.

    A sentence that a page's notes cut in two is shorter than its stretch of the source, so the figure may stand
    further to the left than its offset says; it is looked for as far as the sentence is short.
    """
    nominal = found.start - found.sentence_start
    gap = found.sentence_end - found.sentence_start - len(found.sentence)
    place = found.sentence.rfind(found.text, max(nominal - max(gap, 0), 0), nominal + len(found.text))
    return max(place, 0) if place >= 0 else min(max(nominal, 0), len(found.sentence))


def clause_at(sentence: str, place: int) -> Clause:
    """The clause of the sentence that holds the character at `place`; the last before it where a mark stands there."""
    found = _clauses(sentence)
    return next((clause for clause in reversed(found) if clause.start_index <= place), found[0])


@lru_cache(256)
def _clauses(sentence: str) -> list[Clause]:
    whole = Sentence(sentence, range(len(sentence)), 0, len(sentence))
    return clauses(whole) or [Clause(sentence, 0, len(sentence))]
