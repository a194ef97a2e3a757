"""Changes and comparisons in a sentence: from what a figure rose, what a rate changed, what a level is set against."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from report.observations.lexicon import either
from report.observations.naming import names_in
from report.observations.observation import Relation, RelationKind
from report.observations.periods import shifted
from report.observations.spots import AGAINST, MOVE, TABLE, Found, Line, Row, Spot

_ADVERBS = f"(?:{'|'.join(sorted(TABLE['adverbs'], key=lambda word: (-len(word), word)))}| ){{0,12}}"
_TO_FIGURE = f"(?:{either(TABLE['to_figure'])}){{0,4}}"
_GROWS = f"(?:(?:{MOVE})|(?:{either(TABLE['rates'])})|(?:{either(TABLE['differences'])})){_TO_FIGURE}"
_DATE = (
    "(?:(?:19|20)?[0-9]{2} ?年(?:[0-9]{1,2} ?月份?|全年|上半年|下半年|第?[一二三四]季度)?|[0-9]{1,2} ?月份?"
    "|今年|去年|目前|如今|现在)"
)
_AGAIN = f"(?:{either(TABLE['again'])}|{_DATE}| ){{0,12}}"
_TO = f"(?:{either(TABLE['to'])})"
_FROM = re.compile(f"(?:{either(TABLE['from'])})[^,，;；。]{{0,40}}$")
_MOVED_TO = re.compile(f"{_AGAIN}(?:{MOVE}){_TO}{_AGAIN}")
_ENDS_AT = f"(?:{MOVE})(?:了)?{_TO}[了约近超]?"
# between a level and the level it became: 25%跃升至63%; 占81.1%，而7月份这一比例下降至36.8%
_BECAME = re.compile(f"[^,，;；。]{{0,14}}?{_ENDS_AT}{_AGAIN}|[^,，;；。0-9]{{0,6}}[,，]{_AGAIN}{_ENDS_AT}{_AGAIN}")
_BECAME_FROM = re.compile(f"[^;；。]{{0,40}}?{_ENDS_AT}{_AGAIN}")
_ARRIVES = re.compile(f"[,，]?{_AGAIN}(?:(?:{MOVE})?{_TO}){_AGAIN}|[,，][^,，;；。0-9]{{0,6}}(?:达到?|至|到){_AGAIN}")
# between a level and its change: nothing but adverbs, and a base told by its date or name (，较2023年增长)
_COUNTED = "(?:[^,，;；。0-9较比]{1,10}(?=[,，]))?"  # what is counted, behind its number
_CHANGED = re.compile(
    f"{_COUNTED}[,，、(]?{_ADVERBS}(?:{AGAINST}[^,，;；。较比]{{1,20}}?)?{_ADVERBS}(?:{_GROWS}|[同环]比[+-]?)"
)
_DOUBLED = re.compile(f"{_COUNTED}[,，(]?{_ADVERBS}")
_BASE = re.compile(f"{_COUNTED}[,，(]?{_ADVERBS}{AGAINST}[^,，;；。较比]{{0,24}}")
_OVER = re.compile(
    f"(?:的[^,，;；。0-9]{{1,10}}?)?[,，(]?{_ADVERBS}(?:{either(TABLE['over'])})[^,，;；。0-9]{{0,16}}(?:{_DATE})?[^,，;；。0-9]{{0,6}}"
)
_WITH = re.compile(f"[,，(]?{_ADVERBS}(?:{either(TABLE['with'])})[^,，;；。]{{0,16}}")
_LIKE = re.compile(f"(?:基本|大致|大体|的[^,，;；。0-9]{{1,8}})?(?:{either(TABLE['like'])})")
_BASE_NAME = re.compile(f"{AGAINST}(?P<base>[^,，;；。较比]{{1,24}}?)(?:的|相比)?{_ADVERBS}{_GROWS}$")
_OF_BASE = f"(?P<base>[^,，;；。是为]{{1,16}}?)的{_TO_FIGURE}$"
_TIMES = {
    "multiple": re.compile(f"(?:{either(TABLE['times_of'])}){_OF_BASE}"),
    "share": re.compile(f"(?:{either(TABLE['share_of_base'])}){_OF_BASE}"),
}
_YEARS, _MONTHS = TABLE["years_back"], TABLE["months_back"]
_BACK = re.compile(f"(?<![0-9今去前明当本])(?:{either([*_YEARS, *_MONTHS])})")
_AVERAGE = re.compile(f"(?:{either(TABLE['average'])})")
_SHARE = re.compile(f"[,，(]?{TABLE['share_of']}[^,，;；。0-9]{{0,14}}")  # 15.7亿元，占全市35%，同比增长8%
_YEARLY = re.compile("年均|平均|每年")  # a rate over several years is not that of the level
_NEAR = 40


@dataclass
class _Level:
    """A row of levels, and where what is told of it ends so far; `base` is the row it is set against."""

    row: Row
    end: int
    base: Row = ()


def relate_in(line: Line) -> Iterator[Found]:
    """The changes and comparisons of a sentence."""
    yield from _rises_in_rank(line)
    level: _Level | None = None
    rate: _Level | None = None
    for number, row in enumerate(line.rows):
        before = line.rows[number - 1] if number else ()
        after = line.rows[number + 1] if number + 1 < len(line.rows) else ()
        yield from _named_base(line, row)
        if row[0].change:
            yield from _change_of(line, row, rate if rate and row[0].key == "points" else level, after)
            rate = _Level(row, row[-1].end) if row[0].key == "share" else rate
        elif level and _is_base(line, level, row):
            level.base, level.end = row, row[-1].end
            yield from _pairs("compared-with", level.row, row)
        else:
            yield from _changed_from(line, before, row, line.rows[number - 2] if number > 1 else ())
            yield from _over(line, before, row)
            if level and row[0].key == "share" and _SHARE.fullmatch(line.text[level.end : row[0].start]):
                level.end, rate = row[-1].end, _Level(row, row[-1].end)
            else:
                level, rate = _Level(row, row[-1].end), None


def _pairs(kind: RelationKind, rows: Row, bases: Row) -> Iterator[Found]:
    """One relation each: rows of one length by place, a single base for all."""
    if len(rows) != len(bases) and len(bases) != 1:
        return
    for place, spot in enumerate(rows):
        base = bases[place if len(bases) > 1 else 0].found
        entity = base.entity if kind == "compared-with" and base.entity != spot.found.entity else ""
        period = base.period if kind == "compared-with" and base.period != spot.found.period else ""
        yield spot, Relation(kind=kind, of=base.id, entity=entity, period=period)


def _changed_from(line: Line, before: Row, row: Row, earlier: Row) -> Iterator[Found]:
    """从25%升至63%, 81.1%，而7月份这一比例下降至36.8%; over an amount of change: 由13.88亿减10亿，至3亿."""
    if before and before[0].change and earlier:
        between = line.text[before[-1].end : row[0].start]
        if _begins(line, earlier) and not earlier[0].change and _like(earlier, row) and _ARRIVES.fullmatch(between):
            yield from _pairs("changed-from", row, earlier)
    elif before and _like(before, row) and len(before) == len(row):
        between = line.text[before[-1].end : row[0].start]
        if _BECAME.fullmatch(between) or (_begins(line, before) and _BECAME_FROM.fullmatch(between)):
            yield from _pairs("changed-from", row, before)


def _rises_in_rank(line: Line) -> Iterator[Found]:
    """由第48位升至第39位."""
    places = [spot for spot in line.dates if spot.found.kind == "ordinal"]
    for before, spot in pairwise(places):
        moved = before.found.unit == spot.found.unit and _MOVED_TO.fullmatch(line.text[before.end : spot.start])
        if moved and _FROM.search(line.text, max(0, before.start - _NEAR), before.start):
            yield spot, Relation(kind="changed-from", of=before.found.id)


def _begins(line: Line, row: Row) -> bool:
    """Whether 从, 由 or 自 leads to the row in its clause, past no other figure."""
    start = max((other[-1].end for other in line.rows if other[-1].end <= row[0].start), default=0)
    return bool(_FROM.search(line.text, max(start, row[0].start - _NEAR), row[0].start))


def _like(first: Row, second: Row) -> bool:
    return first[0].key == second[0].key


def _change_of(line: Line, row: Row, level: _Level | None, after: Row) -> Iterator[Found]:
    """增长7.1%至250.6亿元; 1600亿元，同比增长21%."""
    leads = bool(after) and not after[0].change and _fits(after, row)
    if leads and _ARRIVES.fullmatch(line.text[row[-1].end : after[0].start]):
        yield from _pairs("change-of", row, after)
        return
    if level is None or not _fits(level.row, row) or _begins(line, level.row):
        return
    between = line.text[level.end : row[0].start]
    told = _CHANGED.fullmatch(between) or "翻" in row[0].found.text and _DOUBLED.fullmatch(between)
    if told and not _YEARLY.search(between):
        yield from _pairs("change-of", row, level.row)
        if level.base:
            yield from _pairs("compared-with", row, level.base)
        level.end = row[-1].end


def _fits(level: Row, change: Row) -> bool:
    """Whether such a change can be of such a level: points of a share, a rate of an amount, an amount of its like."""
    of_share = level[0].key == "share"
    if change[0].key == "points":
        return of_share
    if change[0].key in ("share", "multiple"):
        return not of_share and level[0].key not in ("points", "multiple") or change[0].key == "multiple" and of_share
    return _like(level, change)


def _is_base(line: Line, level: _Level, row: Row) -> bool:
    """Whether the row is what the level is set against: ，较去年的232.6亿元; ，与2017年的49.2%相当."""
    between = line.text[level.end : row[0].start]
    if not _like(level.row, row) or len(row) not in (1, len(level.row)):
        return False
    alike = _WITH.fullmatch(between) and _LIKE.match(line.text, row[-1].end)
    return bool(_BASE.fullmatch(between) or alike)


def _over(line: Line, before: Row, row: Row) -> Iterator[Found]:
    """28%，虽仍低于美国的42%: the level before the word is set against the one behind it."""
    level = bool(before) and not before[0].change and _like(before, row)
    if level and _OVER.fullmatch(line.text[before[-1].end : row[0].start]):
        yield from _pairs("compared-with", before, row)


def _named_base(line: Line, row: Row) -> Iterator[Found]:
    """A base told by its period or name: 同比增长5%, 较2023年增长, 比全国平均水平高2个百分点, 是美国的3倍."""
    first = row[0]
    start = max((other[-1].end for other in line.rows if other[-1].end <= first.start), default=0)
    before = re.split("[,，;；。]", line.text[max(start, first.start - _NEAR) : first.start])[-1]
    place = first.start - len(before)
    named = _BASE_NAME.search(before) if first.change else None
    named = named or (_TIMES[first.key].search(before) if first.key in _TIMES and not first.change else None)
    if named:
        span = (place + named.start("base"), place + named.end("base"))
        yield from _by_name(line, row, span)
    elif first.change and (word := _BACK.search(before)):
        yield from _by_period(row, [_shift(first, word[0])])


def _by_name(line: Line, row: Row, span: tuple[int, int]) -> Iterator[Found]:
    """The relation to a base of which a date, a word for one, a place or an average is told; none for anything else."""
    if any(span[0] <= spot.start < span[1] for other in line.rows for spot in other):
        return
    dates = [spot.found.period for spot in line.dates if span[0] <= spot.start < span[1] and spot.found.period]
    phrase = line.text[slice(*span)]
    words = [word[0] for word in _BACK.finditer(phrase)]
    if dates:
        yield from _by_period(row, dates)
    elif words:
        yield from _by_period(row, [_shift(row[0], word) for word in words])
    elif names_in(phrase) or _AVERAGE.search(phrase):
        name = line.named(*span)
        for spot in row:
            yield spot, Relation(kind="compared-with", entity=name)


def _by_period(row: Row, periods: list[str]) -> Iterator[Found]:
    """One base for the whole row, or one each (比8月份、9月份分别回升2.3个和2.1个百分点)."""
    for place, spot in enumerate(row):
        period = periods[place if len(periods) == len(row) else 0]
        if period and period != spot.found.period:
            yield spot, Relation(kind="compared-with", period=period)


def _shift(spot: Spot, word: str) -> str:
    """The period that 同比, 去年 or 上月 stands for, counted from the figure's own; "" where that does not tell."""
    period = spot.found.period
    if word in _YEARS:
        return shifted(period, -_YEARS[word])
    month = re.fullmatch("([0-9]{4})-([01][0-9])", period)
    quarter = re.fullmatch("([0-9]{4})-Q([1-4])", period)
    if month and "季" not in word:
        months = int(month[1]) * 12 + int(month[2]) - 2
        return f"{months // 12}-{months % 12 + 1:02d}"
    if quarter and "月" not in word:
        quarters = int(quarter[1]) * 4 + int(quarter[2]) - 2
        return f"{quarters // 4}-Q{quarters % 4 + 1}"
    return ""
