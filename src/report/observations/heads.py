"""The words that indicators are named with: head nouns by the sort of figure they fit, links, adverbs, changes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from report.observations.clauses import QUANTITY, TIME
from report.observations.lexicon import either, read_table


def guarded(forms: Iterable[str]) -> str:
    """A pattern for words some of which, behind a <, tell the characters they may not follow (据<数: not in 数据)."""
    words = sorted((form.partition("<") for form in forms), key=lambda word: (-len(word[0]), word[0]))
    return "|".join((f"(?<![{guard}])" if guard else "") + re.escape(word) for word, _, guard in words)


TABLE = read_table("wording")
_FIELDS: dict[str, list[str]] = {
    sort: [head for heads in (fields.values() if isinstance(fields, dict) else [fields]) for head in heads]
    for sort, fields in TABLE["heads"].items()
}
_ALL = [head for heads in _FIELDS.values() for head in heads]


def _heads(sort: str) -> list[str]:
    """The head nouns for a sort of figure: all for a rank."""
    if sort == "rank":
        return _ALL
    return [*_FIELDS[sort], *(_FIELDS["any"] if sort not in ("rate", "score") else [])]


_SORTS = ("rate", "money", "people", "count", "volume", "score", "rank")
HEADS = {sort: re.compile(either(_heads(sort))) for sort in _SORTS}
_HEADS_END = {sort: re.compile(f"(?:{either(_heads(sort))})$") for sort in _SORTS}
ANY_HEAD_END = re.compile(f"(?:{either(_ALL)})$")
AMOUNT = either([*_FIELDS["volume"], *_FIELDS["money"], *_FIELDS["count"]])
_WEAK = re.compile(f"(?:{either(TABLE['weak'])})")
_WHEN = f"(?:(?:截至|截止|在|于|自|从|由)?{TIME}(?:{TIME}|-)*+(?:的|里|内|中(?!国)|间|期间|时|底|末|初|为止)*+)"
_EACH = f"每(?:{either(TABLE['each'])})"
FILLED = f"(?:{guarded(TABLE['fillers'])}|{_EACH}|{_WHEN})"
LINK = f"(?:{guarded(TABLE['links'])})"
LINKED = f"(?:{guarded([*TABLE['links'], *TABLE['fillers'], '了'])}|{_EACH}|{_WHEN})"
_VERBS = either(verb for way in ("rise", "fall") for verbs in TABLE[way].values() for verb in verbs if len(verb) > 1)
# What becomes of a level, behind it.
GOES = re.compile(f"(?:大幅|小幅|逐步)?(?:{_VERBS})(?![值量幅额])|[升降增减跌涨调提]至")
SAME_ROW = re.compile(f"(?:{QUANTITY}(?:[、和与及跟或]|以及| )++)++$")  # the figures before it in a row


def fits(name: str, sort: str) -> bool:
    """Whether the name ends with a head for the sort of figure."""
    return bool(_HEADS_END[sort].search(name))


def head_of(name: str, sort: str) -> str:
    """The head for the sort of figure that the name ends with; "" for none."""
    found = _HEADS_END[sort].search(name)
    return found[0] if found else ""


def is_weak(name: str) -> bool:
    """Whether the name is a head that says nothing alone (比值)."""
    return bool(_WEAK.fullmatch(name))
