"""Excerpts: the words of a source that hold its figures, within a limit, cut only where Chinese may be cut."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

from report.dataset.matching import place_in_sentence
from report.observations.figures import figures_in
from report.observations.observation import Observation
from report.sources.sentences import Sentence, clauses

LONGEST = 80  # characters of one excerpt, …… counted
SHORTEST = 8
SHARE = 10  # of a document's characters, at most one in so many is quoted in all
TELLING = 9  # letters beside the figures that say what they are; an excerpt with fewer takes in more clauses
FLOOR = 6  # letters beside the figures without which an excerpt is nothing that a reader could check
BARE = 2  # letters at most beside the figure in a clause that only dates the next
MORE = 3  # clauses that an excerpt takes in on either side, at most
DOTS = "……"
_HAN = "\u3400-\u9fff"
# Where a clause may be cut: after 、, a closing mark or a particle, before an opening mark or an adverb, and between
# scripts.
_CUT = re.compile(
    f"(?<=[、）)」”》])|(?=[（(「“《])|(?<=[的与與及或])(?=[{_HAN}])|(?<=了)(?=[{_HAN}])(?![解不])"
    f"|(?<=[{_HAN}])(?<![存现現正内內所潜潛])(?=在[{_HAN}])|(?<=[{_HAN}])(?=[已将將仅僅从從仍占])|(?<=[{_HAN}])(?=[A-Za-z])|(?<=[A-Za-z])(?=[{_HAN}])"
)
_ENDS = "。！？”’」）)"
_PAIRS = {"（": "）", "(": ")", "“": "”", "《": "》", "「": "」"}

Span = tuple[int, int]


@dataclass(frozen=True)
class _Line:
    """A sentence without needless white space: its clauses, its figures, those `known` by the observation's id and of
    these the `wanted`, and where it may be cut."""

    text: str
    known: tuple[tuple[str, Span], ...]
    wanted: tuple[tuple[str, Span], ...]
    clauses: tuple[Span, ...]
    figures: tuple[Span, ...]
    cuts: tuple[int, ...]


@dataclass(frozen=True)
class _Excerpt:
    """A stretch of a line with the observations that it holds, as printed, and how many letters it has beside the
    figures, up to the end of the clause in which the last stands: what follows says nothing of them."""

    text: str
    holds: tuple[str, ...]
    letters: int


def clause_of(found: Observation, limit: int = LONGEST) -> str:
    """The words that hold the figure, at most `limit` characters (or the figure itself), …… where a clause is cut."""
    return _cut_sentence(_read([found]), limit)[0].text


def plan_excerpts(observations: Iterable[Observation], lengths: Mapping[str, int]) -> dict[str, str]:
    """The excerpt for each observation, by id; figures of one sentence share one where it is short enough.

    All excerpts of a document together are at most a tenth of its `lengths` (characters; 0 or missing: no bound), every
    figure with a like part of it. Where that is too little for words that say what each figure is, the dearest are left
    out: of a bare figure nobody could tell what it says.
    """
    by_doc: dict[str, dict[int, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    for found in sorted({found.id: found for found in observations}.values(), key=lambda one: (one.doc, one.start)):
        by_doc[found.doc][found.sentence_start].append(found)
    planned: dict[str, str] = {}
    for doc, groups in by_doc.items():
        for excerpt in _spend([_read(group) for group in groups.values()], lengths.get(doc) or 0):
            planned = dict.fromkeys(excerpt.holds, excerpt.text) | planned
    return planned


def _spend(lines: Sequence[_Line], length: int) -> Iterator[_Excerpt]:
    """Excerpts of all sentences: the shortest that tell, then each lengthened in turn as long as the whole stays within
    its share."""
    floors = [_telling(line) if length else LONGEST for line in lines]
    chosen = [_cut_sentence(line, floor) for line, floor in zip(lines, floors, strict=True)]
    kept = _spare(list(lines), floors, chosen, length) if length else lines
    total = sum(map(_size, chosen))
    for limit in range(SHORTEST + 1, LONGEST + 1) if length else ():
        for place, line in enumerate(kept):
            wider = _cut_sentence(line, limit) if limit > floors[place] else chosen[place]
            change = _size(wider) - _size(chosen[place])
            if (total + change) * SHARE <= length or change < 0:
                chosen[place], total = wider, total + change
    for excerpts in chosen:
        yield from excerpts


def _telling(line: _Line) -> int:
    """The limit from which on the excerpts of a sentence say what their figures are, as far as it says so."""
    return next((limit for limit in range(SHORTEST, LONGEST)
                 if all(one.letters >= FLOOR for one in _cut_sentence(line, limit))), LONGEST)


def _spare(lines: list[_Line], floors: Sequence[int], chosen: list[list[_Excerpt]], length: int) -> list[_Line]:
    """Leaves out of `chosen` the excerpts that take most letters for a figure until the rest keep within the share:
    the lines with what is still wanted of them."""
    while sum(map(_size, chosen)) * SHARE > length:
        place, dear = max(
            ((place, one) for place, excerpts in enumerate(chosen) for one in excerpts),
            key=lambda found: (_size([found[1]]) / len(found[1].holds), found[0]),
        )
        wanted = tuple(one for one in lines[place].wanted if one[0] not in dear.holds)
        lines[place] = replace(lines[place], wanted=wanted)
        chosen[place] = _cut_sentence(lines[place], floors[place])
    return lines


def _size(excerpts: Iterable[_Excerpt]) -> int:
    """How many characters of the source the excerpts repeat; …… is none of them."""
    return sum(len(text.replace(DOTS, "")) for text in {excerpt.text for excerpt in excerpts})


def _cut_sentence(line: _Line, limit: int) -> list[_Excerpt]:
    """Excerpts of one sentence, from left to right, each holding as many figures as `limit` for each allows."""
    excerpts: list[_Excerpt] = []
    places = list(line.wanted)
    while places:
        count = max(n for n in range(1, len(places) + 1) if n == 1 or _fits(line, places[:n], limit))
        core = _core(line, places[:count])
        start, end = _grown(line, core, min(limit * count, LONGEST))
        inside = [name for name, span in line.known if start <= span[0] and span[1] <= end]
        own = min(end, line.clauses[_clauses_of(line, core)[1]][1])
        excerpts.append(_Excerpt(_printed(line, start, end), tuple(inside), _letters(line, start, own)))
        places = [(name, span) for name, span in places if name not in inside]
    return excerpts


def _fits(line: _Line, places: Sequence[tuple[str, Span]], limit: int) -> bool:
    """Whether the figures can share an excerpt: bare where one clause holds them all, else with their clauses.

    Like figures (2人, 2人) do not: the excerpt is to tell which of them is meant.
    """
    if len({line.text[slice(*span)] for _, span in places}) < len(places):
        return False
    core = _core(line, places)
    first, last = _clauses_of(line, core)
    span = core if first == last else (line.clauses[first][0], line.clauses[last][1])
    return len(_printed(line, *span)) <= min(limit * len(places), LONGEST)


def _read(observations: Sequence[Observation]) -> _Line:
    """The sentence of these observations as a line."""
    sentence = observations[0].sentence
    kept = [index for index, char in enumerate(sentence) if not char.isspace() or _parts_words(sentence, index)]
    text = "".join(" " if sentence[index].isspace() else sentence[index] for index in kept)
    wanted: list[tuple[str, Span]] = []
    for found in observations:
        start = place_in_sentence(found)
        inside = [new for new, old in enumerate(kept) if start <= old < start + len(found.text)]
        wanted.append((found.id, (inside[0], inside[-1] + 1)))
    figures = [*_spans(text), *(span for _, span in wanted)]
    cuts = (match.start() for match in _CUT.finditer(text))
    whole = Sentence(text, range(len(text)), 0, len(text))
    return _Line(
        text=text, known=tuple(wanted), wanted=tuple(wanted), figures=tuple(figures),
        clauses=tuple((clause.start_index, clause.end_index) for clause in clauses(whole)) or ((0, len(text)),),
        cuts=tuple(cut for cut in cuts if not any(start < cut < end for start, end in figures)),
    )


@lru_cache(1024)  # a sentence that is at odds with one is at odds with others
def _spans(text: str) -> tuple[Span, ...]:
    return tuple((figure.start, figure.end) for figure in figures_in(text))


def _parts_words(text: str, index: int) -> bool:
    """Whether the white space parts two Latin words; any other is no text (CLREQ §3.2.2)."""
    around = text[index - 1 : index], text[index + 1 : index + 2]
    return all(char.isascii() and char.isalnum() for char in around) and all(around)


def _core(line: _Line, places: Sequence[tuple[str, Span]]) -> Span:
    """The stretch that holds these figures, each whole: its qualifier and its unit belong to it."""
    start, end = min(span[0] for _, span in places), max(span[1] for _, span in places)
    touched = [span for span in line.figures if span[0] < end and span[1] > start]
    start, end = min([start, *(s for s, _ in touched)]), max([end, *(e for _, e in touched)])
    for first, second in _PAIRS.items():
        inside = line.text[start:end]
        if inside.count(first) > inside.count(second) and line.text[end : end + len(second)] == second:
            end += len(second)
    return start, end


def _clauses_of(line: _Line, core: Span) -> Span:
    """The first and the last of the clauses that hold the core, as indices."""
    first = max((index for index, (start, _) in enumerate(line.clauses) if start <= core[0]), default=0)
    last = min((index for index, (_, end) in enumerate(line.clauses) if end >= core[1]), default=len(line.clauses) - 1)
    return first, max(first, last)


def _grown(line: _Line, core: Span, limit: int) -> Span:
    """The core with its clauses, and with more where they hardly say a word; cut inside them where they are too long.

    Clauses before the figure are preferred to those after it: there stands what it is a figure of.
    """
    first, last = _clauses_of(line, core)
    fitting: list[tuple[bool, bool, int, int, Span]] = []
    for before, after in product(range(min(first, MORE) + 1), range(min(len(line.clauses) - 1 - last, MORE) + 1)):
        span = min(line.clauses[first - before][0], core[0]), max(line.clauses[last + after][1], core[1])
        if len(_printed(line, *span)) <= limit and _whole(line.text[slice(*span)]):
            dull = _letters(line, *span) < TELLING
            twice = line.text[slice(*span)].count(line.text[slice(*core)]) > 1
            fitting.append((twice, dull, -(before + after) if dull else before + after, after, span))
    best = min(fitting)[-1] if fitting else _trimmed(line, core, limit, last)
    if last + 1 < len(line.clauses) and _letters(line, *best) <= BARE:
        longer = _trimmed(line, core, limit, last + 1)
        best = longer if _letters(line, *longer) > 2 * BARE else best
    previous = max((span for span in line.clauses if span[1] <= best[0]), default=best)
    timed = previous[0], best[1]  # 2025年，
    return timed if _letters(line, *previous) <= BARE and len(_printed(line, *timed)) <= limit else best


def _letters(line: _Line, start: int, end: int) -> int:
    """How many letters a stretch has beside its figures."""
    held = {place for s, e in line.figures for place in range(s, e)}
    return sum(line.text[place].isalpha() and place not in held for place in range(start, end))


def _trimmed(line: _Line, core: Span, limit: int, last: int) -> Span:
    """The stretch from the core's first clause to the `last` that fits and keeps most, what stands before the figure
    counting most."""
    first, _ = _clauses_of(line, core)
    clause = min(line.clauses[first][0], core[0]), max(line.clauses[last][1], core[1])
    starts = [clause[0], *(cut for cut in line.cuts if clause[0] < cut < core[0]), core[0]]
    ends = [core[1], *(cut for cut in line.cuts if core[1] < cut < clause[1]), clause[1]]
    fitting = [(start, end) for start in starts for end in ends
               if len(_printed(line, start, end)) <= limit and _whole(line.text[start:end])]
    return max(fitting, key=lambda span: (3 * (core[0] - span[0]) + span[1] - core[1], span), default=core)


def _whole(text: str) -> bool:
    """Whether every bracket and quotation mark in the text has its counterpart."""
    return all(text.count(first) == text.count(second) for first, second in _PAIRS.items())


def _printed(line: _Line, start: int, end: int) -> str:
    """The stretch, with …… where it begins or ends inside a clause."""
    before = DOTS if any(s < start < e for s, e in line.clauses) else ""
    after = DOTS if any(s < end < e and line.text[end:e].strip(_ENDS) for s, e in line.clauses) else ""
    return before + line.text[start:end].rstrip("。") + after
