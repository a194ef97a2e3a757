"""Events: what a document says was done on a date, by whom, and by which instrument."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Day
from datetime import timedelta

from report.observations.actors import PRONOUNS
from report.observations.acts import Act, read_act, read_further, title_years
from report.observations.event import Event
from report.observations.lexicon import either, read_table
from report.observations.naming import is_place, names_in
from report.observations.observation import Observation
from report.observations.outline import CLOSED, Outline, Span
from report.observations.passages import Passage, Passages
from report.observations.periods import MONTHS, YEARS, relative
from report.sources.document import Document

_TABLE = read_table("events")
_KINDS = ("paragraph", "heading")
_CONFIDENCE = {"verb": 0.95, "verb-before-date": 0.95, "title": 0.8, "title-year": 0.8, "bracket": 0.9, "goes-on": 0.75}
_WORD = re.compile(
    f"(?P<year>{either([*YEARS, *MONTHS])})(?!同期|[0-9度以来])|(?P<today>{either(_TABLE['today'])})"
    f"|(?:^|(?<=[，,。;；:：在于]))(?:(?P<same>随后(?=[，,])|(?!随后)(?:{either(_TABLE['same'])}))(?![0-9内上下全])"
    f"|.{{0,6}}?(?P<venue>{either(_TABLE['venues'])})(?=[，,]))"
)
_AT_WORD = re.compile(f"(?:{either([*_TABLE['today'], '日前', '近日', '当天', '当日', '当地时间'])}) ?\\($")
_EXACT = re.compile("[0-9]{4}-[0-9]{2}")
_NEXT_YEAR = re.compile("(?:次年|翌年) ?$")
_PERSON = re.compile(
    f"(?:^|[是以像如、，,:：的]|{either(_TABLE['persons_after'])})([{_TABLE['surnames']}][\u4e00-\u9fff]{{1,2}})"
    "(?=$|[。，,、）)]|为例|这|等|的|在|于|曾|教授|博士|表示)"
)
_BACK = 4  # passages back in which a person that 他 stands for is looked for
_VENUE_REACH = 12  # passages behind a meeting in which 会上 means it


@dataclass(frozen=True)
class _Date:
    """A date in a sentence: its span there, its ISO date, and the span that belongs to it (今天(11月15日))."""

    span: Span
    iso: str
    whole: Span
    rule: str = ""


@dataclass(frozen=True)
class _Told:
    """What the document told before: the last date and event, the last meeting; the passages of the last two."""

    iso: str = ""
    actor: str = ""
    instrument: str = ""
    meeting: str = ""
    met: int = -99
    told: int = -99


def find_events(
    document: Document, observations: Sequence[Observation], passages: Passages | None = None
) -> list[Event]:
    """The dated events a document tells of, in order of place; `observations` are its own, as extracted, and so are
    `passages`, where the caller has them.

    An event needs a date (a figure's resolved period, or a word such as 去年 or 同日 that the document dates), a verb
    of something done or the title of a law, and who did it or the instrument. A statistic, an aim, a forecast and what
    is denied are no events, nor is a date line of the page.
    """
    return list(_Finder(document, observations, passages or Passages(document)).events())


class _Finder:
    """Walks through the sentences and remembers what 同日, 会上, 他 and 该法案 stand for."""

    def __init__(self, document: Document, observations: Sequence[Observation], passages: Passages) -> None:
        self._document = document
        self._figures: dict[int, list[Observation]] = defaultdict(list)
        for found in observations:
            self._figures[found.sentence_start].append(found)
        self._citations = passages.citations
        self._told = _Told()
        self._passages = [passage for passage in passages if passage.kind in _KINDS]
        self._number = 0
        self._seen: Counter[str] = Counter()
        self._titled: set[str] = set()

    def events(self) -> Iterator[Event]:
        """The events of one sentence after the other."""
        for number, passage in enumerate(self._passages):
            self._number = number
            yield from self._events_of(passage)

    def _events_of(self, passage: Passage) -> Iterator[Event]:
        outline = Outline.of(passage.text)
        dates = self._dates(passage, outline)
        figures = self._other_figures(passage)
        verbs: set[Span] = set()
        for date, act in _acts(outline, dates, figures):
            if act.verb in verbs:
                continue
            verbs.add(act.verb)
            if act.rule == "title-year" and self._known(outline.text[slice(*act.verb)]):
                continue
            event = self._event(passage, outline, date, act)
            if event:
                yield event
        main = [date.iso for date in dates if not date.rule]
        if main and passage.kind == "paragraph":
            self._told = replace(self._told, iso=main[-1])

    def _known(self, title: str) -> bool:
        """Whether the year of the title was told before; a title tells it once, however often it is cited."""
        known = title in self._titled
        self._titled.add(title)
        return known

    def _dates(self, passage: Passage, outline: Outline) -> list[_Date]:
        found = list(self._figure_dates(passage, outline))
        for word in _WORD.finditer(outline.flat):
            start, end = word.span(word.lastgroup or 0)
            told = [date.iso for date in found if date.span[1] <= start and not date.rule]
            iso = self._word_date(word, told[-1] if told else self._told.iso)
            if iso and not any(start < date.whole[1] and date.whole[0] < end for date in found):
                found.append(_Date((start, end), iso, (start, end), "" if word["year"] or word["today"] else "goes-on"))
        return sorted(found, key=lambda date: date.span)

    def _figure_dates(self, passage: Passage, outline: Outline) -> Iterator[_Date]:
        for found in self._figures[passage.sentence.start]:
            if (found.base or found.kind) not in ("date", "year") or not found.period[:4].isdigit():
                continue
            start, end = passage.index(found.start), passage.index(found.end - 1) + 1
            iso = found.period
            if _NEXT_YEAR.search(passage.text, 0, start) and self._told.iso[:4].isdigit():
                iso = str(int(self._told.iso[:4]) + 1) + iso[4:]
            at = _AT_WORD.search(passage.text, 0, start)
            whole = (at.start(), end + 1) if at and passage.text[end : end + 1] == ")" else (start, end)
            yield _Date((start, end), iso, whole)

    def _word_date(self, word: re.Match[str], before: str) -> str:
        """The ISO date of a word, `before` being the date told last; "" where nothing dates it."""
        today = self._document.metadata.date
        if word["year"]:
            return relative(word["year"], today)
        if word["today"]:
            return _day(today, _TABLE["today"][word["today"]])
        if word["venue"]:
            return self._told.meeting if self._number - self._told.met <= _VENUE_REACH else ""
        return _same(before, _TABLE["same"][word["same"]])

    def _other_figures(self, passage: Passage) -> list[Span]:
        return [(passage.index(found.start), passage.index(found.end - 1) + 1)
                for found in self._figures[passage.sentence.start]
                if (found.base or found.kind) not in ("date", "year", "ordinal", "duration")]

    def _event(self, passage: Passage, outline: Outline, date: _Date, act: Act) -> Event | None:
        """The event of an act; None where neither an actor nor an instrument is told."""
        if "/" in date.iso and act.kind != "meeting":
            return None
        written = passage.sentence.text
        instrument = written[slice(*act.instrument)] if act.instrument else ""
        actor = "、".join(written[slice(*span)] for span in act.actors)
        if act.subject:
            actor, instrument = self._stood_for(passage, act, actor, instrument)
        if act.bare and not instrument and self._number - self._told.told < 2:
            instrument = self._told.instrument
        same = act.rule == "goes-on" or bool(date.rule) and self._told.told == self._number
        if not actor and (same or outline.text[slice(*act.verb)] in _TABLE["of_governments"]):
            actor = self._before(same)
        if not actor and not instrument and not act.binding:
            return None
        self._remember(date.iso, actor, instrument, act)
        return self._built(passage, date, act, actor, instrument)

    def _before(self, same: bool) -> str:
        """Who acted last where a clause goes on from it, else the place told of last, whose government it must be."""
        if same:
            return self._told.actor
        for other in reversed(self._passages[max(0, self._number - 2) : self._number]):
            places = [name for name in names_in(other.text) if is_place(name.text)]
            if places:
                return other.sentence.text[places[-1].start : places[-1].end]
        return ""

    def _stood_for(self, passage: Passage, act: Act, actor: str, instrument: str) -> tuple[str, str]:
        """Who or what the pronoun of an act stands for."""
        assert act.subject
        if passage.text[slice(*act.subject)] not in PRONOUNS:
            return actor, instrument or self._told.instrument
        return self._person(passage, act.subject[0]) or self._told.actor, instrument

    def _person(self, passage: Passage, place: int) -> str:
        """The person named last before `place`, in the sentence or a few sentences before it; "" for none."""
        for other in [passage, *reversed(self._passages[max(0, self._number - _BACK) : self._number])]:
            end = place if other is passage else len(other.text)
            names = [match.span(1) for match in _PERSON.finditer(other.text[:end])]
            if names:
                return other.sentence.text[slice(*names[-1])]
        return ""

    def _remember(self, iso: str, actor: str, instrument: str, act: Act) -> None:
        told = self._told
        met = act.kind == "meeting" and len(iso) == 10
        self._told = _Told(iso, actor or told.actor, instrument or told.instrument,
                           iso if met else told.meeting, self._number if met else told.met, self._number)

    def _built(self, passage: Passage, date: _Date, act: Act, actor: str, instrument: str) -> Event:
        sentence = passage.sentence
        start, end = sentence.span(*date.span)
        action = "".join(sentence.text[slice(*span)] for span in act.action)
        rule = date.rule or act.rule
        confidence = _CONFIDENCE[rule] * (1 if actor else 0.9) * (0.8 if act.planned else 1)
        key = "\x1f".join((self._document.id, self._document.source[start:end], sentence.text, action))
        self._seen[key] += 1
        key += f"\x1f{self._seen[key]}" if self._seen[key] > 1 else ""
        return Event(
            id=f"evt-{hashlib.sha256(key.encode()).hexdigest()[:12]}", doc=self._document.id, start=start, end=end,
            text=self._document.source[start:end], date=date.iso, kind=act.kind, actor=actor, action=action,
            instrument=instrument, sentence=sentence.text, sentence_start=sentence.start, sentence_end=sentence.end,
            citations=self._citations.at(passage.block, sentence.offsets[act.verb[0]]), confidence=round(confidence, 2),
            rule=f"{rule}; planned" if act.planned else rule,
        )


def _acts(outline: Outline, dates: Sequence[_Date], figures: Sequence[Span]) -> Iterator[tuple[_Date, Act]]:
    """Every date of the sentence with what was done on it, then the years in titles."""
    for number, date in enumerate(dates):
        following = [other.whole[0] for other in dates[number + 1 :] if outline.flat[other.whole[0]] != CLOSED]
        act = read_act(outline, date.whole, figures, bool(_EXACT.match(date.iso)))
        if act and (not following or act.verb[0] < following[0]):
            yield date, act
            for more in read_further(outline, act, following[0] if following else len(outline.text)):
                yield date, more
    for span, act in title_years(outline):
        yield _Date(span, outline.text[span[0] : span[0] + 4], span), act


def _day(today: str, days: int) -> str:
    """The ISO date so many days from `today`; "" where that is not known to the day."""
    try:
        return (Day.fromisoformat(today) + timedelta(days)).isoformat()
    except ValueError:
        return ""


def _same(iso: str, span: str) -> str:
    """The year, month or day of an ISO date, or the one after it (`year+1`); "" where it is not so precise."""
    unit, _, more = span.partition("+")
    size = {"year": 4, "month": 7, "day": 10}[unit]
    if len(iso) < size or "/" in iso or not re.fullmatch("[0-9-]+", iso[:size]):
        return ""
    if not more:
        return iso[:size]
    if unit == "year":
        return str(int(iso[:4]) + 1)
    if unit == "month":
        months = int(iso[:4]) * 12 + int(iso[5:7])
        return f"{months // 12}-{months % 12 + 1:02d}"
    return _day(iso[:10], 1)
