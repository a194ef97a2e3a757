"""Parts of a whole, in a sentence and from one sentence to the next: 其中, 100人中, 合计, 占全市近四成."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from report.observations.lexicon import either
from report.observations.normalise import normalise
from report.observations.observation import Relation
from report.observations.spots import TABLE, Found, Line, Row, Spot

_OF_WHICH = re.compile(either(TABLE["of_which"]))
_FRAME = re.compile(f"[^,，;；。:：0-9]{{0,16}}(?:{either(TABLE['frames'])})(?:[,，]|(?=[有仅约近超0-9]))")
_OPENS = re.compile(f"(?:{either(TABLE['opens_part'])}){{0,6}}")
_JOINS = re.compile(f"(?:[^,，;；。0-9]{{0,10}}[,，])?(?:{either(TABLE['joins_part'])})")
_ANNOUNCES = re.compile(either(TABLE["announces"]))
_SUM = re.compile(f"(?:{either(TABLE['sums'])})(?:约|为|达|有|了){{0,2}}$")
_SHARE = re.compile(
    f"{TABLE['share_of']}(?:到|了|据)?(?P<whole>[^,，;；。0-9占比]{{1,10}}?)(?:{either(TABLE['share_tail'])}){{0,3}}$"
)
_OF_PART = re.compile("[^,，;；。0-9率增降减速]{0,12}(?:占比?|比重为?|占到|达|超)?")
_DIRECT = re.compile("[,，(]?(?:约|已|共|合计|总共)?")
_CLAUSE = ",，;；。:：、"
_BASE = re.compile("(?:而|但)(?!其中)|同期|上年|去年|较|(?<![同环占])比|超过")
_STOPS = re.compile(f"[;；。]|{_BASE.pattern}")
_SLACK = 1.005  # parts told in rounded figures may sum to so much of the whole
_REACH = 300  # characters of source between a whole and a list that adds up to it


def parts_in(lines: Sequence[Line]) -> Iterator[Found]:
    """The parts that the sentences of a document name, each with its whole."""
    for number, line in enumerate(lines):
        near = lines[number - 1] if number and _neighbours(lines[number - 1], line) else None
        yield from _of_which(line, near)
        yield from _going_on(lines[max(0, number - 2) : number], line)
        yield from _framed(line, lines[number + 1 : number + 3])
        yield from _announced(line, lines[max(0, number - 2) : number])
        yield from _summed(line)
        yield from _shares(line)
    yield from _listed(lines)


def _neighbours(first: Line, second: Line) -> bool:
    """Whether one sentence goes on from the other: in its block, or in the next one that begins with 其中."""
    apart = second.passage.block - first.passage.block
    return apart == 0 and first.passage.block >= 0 or apart == 1 and bool(_OF_WHICH.match(second.text))


def _levels(line: Line) -> list[Spot]:
    return [spot for row in line.rows for spot in row if not spot.change and ":" in spot.key]


def _part(spot: Spot, whole: Spot) -> Found:
    return spot, Relation(kind="part-of", of=whole.found.id)


def _fits(spot: Spot, whole: Spot) -> bool:
    return spot.key == whole.key and 0 < spot.value <= whole.value and spot.found.id != whole.found.id


def _of_which(line: Line, before: Line | None) -> Iterator[Found]:
    """A其中B…、C…: the whole is the nearest level before the word, in its sentence or the one before."""
    for word in _OF_WHICH.finditer(line.text):
        here = [spot for spot in _levels(line) if spot.end <= word.start()]
        rows = [row for row in line.rows if row[0].start >= word.end() and not row[0].change]
        if here:
            yield from _of_spot(line, word, here, rows)
        elif before and not word.start() and rows:
            yield from _of_rows(before, line, rows[0])


def _of_spot(line: Line, word: re.Match[str], here: Sequence[Spot], rows: Sequence[Row]) -> Iterator[Found]:
    """The levels behind 其中 in one sentence, as far as they list parts of the nearest like level before it."""
    if not rows:
        return
    first = rows[0][0]
    if first.key == "share":
        between = line.text[word.end() : first.start]
        counted = here[-1].found.kind in ("count", "money", "other")
        if counted and _OF_PART.fullmatch(between) and word.start() - here[-1].end < 40:
            yield _part(first, here[-1])
        return
    wholes = [spot for spot in here if spot.key == first.key]
    # 其中出口较去年增长8%，至30亿元: 较 belongs to the change, not to a base
    start = max((row[-1].end for row in line.rows if row[0].change and row[0].start < first.start), default=0)
    if not wholes or _STOPS.search(line.text, max(start, word.end()), first.start):
        return
    yield from _run(line, [spot for row in rows for spot in row], wholes[-1], _STOPS)


def _run(line: Line, spots: Sequence[Spot], whole: Spot, stops: re.Pattern[str]) -> Iterator[Found]:
    """The parts from the first on, as long as they are like it, do not exceed the whole, and nothing `stops` them."""
    total, last = 0.0, spots[0].start
    for spot in spots:
        if ":" not in spot.key:
            continue
        total += spot.value
        stopped = spot is not spots[0] and stops.search(line.text, last, spot.start)
        if stopped or not _fits(spot, whole) or total > whole.value * _SLACK:
            return
        yield _part(spot, whole)
        last = spot.end


def _of_rows(before: Line, line: Line, row: Row) -> Iterator[Found]:
    """其中 at the beginning of a sentence: the one like row of the sentence before, pair by pair."""
    wholes = [whole for whole in before.rows if not whole[0].change and whole[0].key == row[0].key]
    if ":" not in row[0].key or not wholes or len(wholes[0]) not in (1, len(row)):
        return
    likeness = [_same_thing(whole[0], row[0]) for whole in wholes]
    if len(wholes) > 1 and likeness[0] <= max(likeness[1:]):
        return
    if len(wholes[0]) == 1:
        yield from _run(line, [spot for spot in _levels(line) if spot.start >= row[0].start], wholes[0][0], _BASE)
    else:
        pairs = zip(row, wholes[0], strict=True)
        yield from (_part(spot, whole) for spot, whole in pairs if _fits(spot, whole))


def _going_on(before: Sequence[Line], line: Line) -> Iterator[Found]:
    """A分别为5和4。其中，B分别为3和2。C分别为2和2: a third row of the same things that still fits into the first."""
    if len(before) < 2 or not before[1].text.startswith("其中") or not _neighbours(before[1], line) or not line.rows:
        return
    told = {relation.of: spot for spot, relation in _of_which(before[1], before[0])}
    wholes = [spot for spot in _levels(before[0]) if spot.found.id in told]
    row = line.rows[0]
    if len(row) < 2 or len(wholes) != len(row):
        return
    for spot, whole in zip(row, wholes, strict=True):
        fits = _fits(spot, whole) and spot.value + told[whole.found.id].value <= whole.value * _SLACK
        if fits and _same_thing(spot, whole) > 1:
            yield _part(spot, whole)


def _same_thing(first: Spot, second: Spot) -> int:
    """How many characters the names of what two figures measure have in common at their ends."""
    names = normalise(first.found.indicator)[::-1], normalise(second.found.indicator)[::-1]
    differ = (place for place, (one, two) in enumerate(zip(*names, strict=False)) if one != two)
    return next(differ, min(map(len, names)))


def _opens(line: Line, spot: Spot) -> bool:
    """Whether the figure opens its clause."""
    start = max(line.text.rfind(mark, 0, spot.start) for mark in _CLAUSE) + 1
    return bool(_OPENS.fullmatch(line.text, start, spot.start))


def _framed(line: Line, following: Sequence[Line]) -> Iterator[Found]:
    """100位追踪对象中，87位…，仅10位…; a list that 另有 takes up in the next sentences goes on."""
    opening = [spot for spot in _levels(line) if _opens(line, spot)]
    for whole in _levels(line):
        frame = _FRAME.match(line.text, whole.end)
        parts = opening[bisect_left(opening, whole.end, key=lambda spot: spot.start) :]
        if not frame or not parts or not _fits(parts[0], whole) or not _direct(line, frame.end(), parts[0]):
            continue
        yield from (_part(spot, whole) for spot in parts if _fits(spot, whole))
        for other in following:
            joined = [spot for spot in _levels(other) if _opens(other, spot) and _fits(spot, whole)]
            if other.passage.block != line.passage.block or not joined or not _JOINS.match(other.text):
                break
            yield from (_part(spot, whole) for spot in joined)


def _direct(line: Line, start: int, part: Spot) -> bool:
    """Whether the first part follows its frame with nothing but a short clause between them."""
    return part.start - start <= 24 and not re.search("[;；。]", line.text[start : part.start])


def _announced(line: Line, before: Sequence[Line]) -> Iterator[Found]:
    """从分布来看，41人…，40人…，6人…: three parts or more of the nearest larger count that they about make up."""
    parts = [spot for spot in _levels(line) if spot.found.kind == "count" and _opens(line, spot)]
    if len(parts) < 3 or not _ANNOUNCES.search(line.text, 0, parts[0].start) or any(
            part.key != parts[0].key for part in parts):
        return
    counts = [spot for other in before if other.passage.block == line.passage.block for spot in _levels(other)]
    larger = [spot for spot in counts if all(_fits(part, spot) for part in parts)]
    total = sum(part.value for part in parts)
    if larger and abs(total - larger[-1].value) <= larger[-1].value / 5:
        yield from (_part(part, larger[-1]) for part in parts)


def _summed(line: Line) -> Iterator[Found]:
    """甲3人、乙5人，合计8人; 共8人，包括甲3人、乙5人: parts that do add up to a total told as such."""
    levels = _levels(line)
    for place, whole in enumerate(levels):
        if _SUM.search(line.text, max(0, whole.start - 12), whole.start):
            for parts in (levels[:place], levels[place + 1 :]):
                parts = _adding_up(parts if parts and parts[0] is not levels[0] else parts[::-1], whole)
                yield from (_part(spot, whole) for spot in sorted(parts, key=lambda spot: spot.start))


def _adding_up(spots: Sequence[Spot], whole: Spot) -> list[Spot]:
    """The run of at least two like figures, nearest first, that makes the whole; none where none does."""
    found: list[Spot] = []
    for spot in spots:
        if not _fits(spot, whole):
            return []
        found.append(spot)
        total = sum(part.value for part in found)
        if len(found) > 1 and abs(total - whole.value) <= whole.value * (_SLACK - 1):
            return found
    return []


def _shares(line: Line) -> Iterator[Found]:
    """1140亿元，占新区近7成: both are parts of what 占 names."""
    for row in line.rows:
        named = _SHARE.search(line.text, max(0, row[0].start - 24), row[0].start)
        if row[0].key == "share" and not row[0].change and named:
            name = line.named(*named.span("whole"))
            near = [spot for spot in _levels(line) if _DIRECT.fullmatch(line.text, spot.end, named.start())]
            for spot in (*near, *row):
                yield spot, Relation(kind="part-of", entity=name)


def _listed(lines: Sequence[Line]) -> Iterator[Found]:
    """A list of counts, each opening its line or clause, under the count before it that they add up to."""
    levels = [(line, spot) for line in lines for spot in _levels(line) if spot.found.kind == "count"]
    for place, (_, whole) in enumerate(levels):
        run: list[Spot] = []
        for other, spot in levels[place + 1 : place + 12]:
            alone = spot.found.start - whole.found.end <= _REACH and _fits(spot, whole) and _opens(other, spot)
            if not alone or spot.found.sentence_start == whole.found.sentence_start:
                break
            run.append(spot)
            if len(run) > 1 and sum(part.value for part in run) == whole.value:
                yield from (_part(part, whole) for part in run)
                break
