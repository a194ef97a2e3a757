"""Who did what a sentence tells of: names without the words that lead to them and follow them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from report.observations.lexicon import either, read_table
from report.observations.outline import CLOSED, Outline, Span

_TABLE = read_table("events")
PRONOUNS = frozenset(_TABLE["pronouns"])
_CIRCUMSTANCES = tuple(_TABLE["circumstances"])


def any_of(words: Sequence[str]) -> str:
    """Any of the table's entries, which may be patterns, longest first."""
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_LEADS = re.compile(f"(?:(?:{any_of(_TABLE['leads'])})[，, ]?|[(【]{CLOSED}*[)】]|[，, 、-])+")
_TRAILS = re.compile(f"(?:{either(_TABLE['trails'])})$")
_PREPOSITION = re.compile(any_of(_TABLE["prepositions"]))
ADVERB = re.compile(any_of(_TABLE["adverbs"]))
_HOST = re.compile(f"(?:由|、|,|，|和|及|与|^)([^由、,，]{{2,40}}?)(?:{either(_TABLE['hosts'])})")
_AGENT = re.compile(f"(?:{any_of(_TABLE['agents'])})([^由被获经，,]{{2,30}})$")
_NAME = 40  # longest name of an actor


def hosts(outline: Outline, start: int, end: int) -> tuple[Span, ...]:
    """由甲指导、乙主办的: who is behind a meeting."""
    return tuple(match.span(1) for match in _HOST.finditer(outline.flat[:end], start) if match[1].strip())


def agent(outline: Outline, start: int, end: int) -> tuple[Span, ...]:
    """由甲(发布), 获甲(通过): who did it, told behind the date."""
    while trail := _TRAILS.search(outline.flat, start, end):
        end = trail.start()
    found = _AGENT.search(outline.flat, start, end)
    span = trimmed(outline, *found.span(1)) if found else None
    return (span,) if span and found and not found[1].startswith(_CIRCUMSTANCES) else ()


def trimmed(outline: Outline, start: int, end: int) -> Span | None:
    """A name without the words that lead to it and the adverbs that follow it; None where no name is left."""
    flat = outline.flat
    lead = _LEADS.match(flat, start, end)
    start = lead.end() if lead else start
    while trail := _TRAILS.search(flat, start, end):
        end = trail.start()
    if _PREPOSITION.match(flat, start, end):
        return None
    cut = ADVERB.search(flat, min(start + 1, end), end)
    end = cut.start() if cut else end
    while trail := _TRAILS.search(flat, start, end):
        end = trail.start()
    if end - start > _NAME and flat[start:end].rstrip().endswith(f"{CLOSED})"):
        end = flat.rindex("(", start, end)
    name = flat[start:end].strip()
    if not 2 <= len(name) <= _NAME and name not in PRONOUNS:
        return None
    return (start, start + len(flat[start:end].rstrip())) if name else None
