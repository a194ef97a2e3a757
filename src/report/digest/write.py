"""Writes the template of a digest: what the documents say by topic, their events, and what agrees or does not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from report.content.loose import loose_figures
from report.dataset.dated import dates_of_events
from report.dataset.models import Check, Dataset
from report.dataset.printing import print_observation
from report.dataset.tally import tally
from report.digest.charting import Picture, choose, compositions
from report.digest.draft import Draft, entries, joined, slot, table
from report.digest.picking import Datum, labels, pick
from report.digest.plotting import plotted
from report.digest.sentences import Sentences
from report.digest.subjects import Homes, homes_of
from report.digest.topics import Topic, group
from report.digest.words import HOLE, Speech
from report.observations.event import Event
from report.observations.normalise import normalise
from report.observations.observation import Observation
from report.templates.models import Wording

PICTURES = 2  # of a topic
WHOLES = 4  # that are shown with their parts
ROWS = 10  # of a topic's table, of the events, of what agrees and of what does not
OTHERS = 16  # rows of what belongs to no topic
SURE = 0.5  # confidence of a figure that stands among strangers
NAMED = 3  # topics in a title, indicators that stand for a document
FIRSTS = 2  # facts that a topic is told by, in the abstract and where it has no picture
PHRASE = 44  # letters of an event
FIGURES = 6  # of one finding
STRONG = ("parts-of-whole", "share", "growth", "multiple", "point-change", "difference")
FILES = ("report.yaml", "values.yaml", "charts.yaml", "sections/摘要.md", "sections/正文.md")
COUNTED = ("figures", "events", "calendar", "unsure")  # of which the abstract tells how many there are
# the head of a paper's own news, behind the paper's name
_WIRE = r"(?:记者)?[^，。；]{0,12}?\d{1,2}日?(?:讯|电|报道|消息)|(?:讯|电|记者)[ 　]"
_HEAD = "# 由程序写成，重做时覆盖。要改写，把这个文件夹复制到 templates/reports/ 下，另起一个名字。\n"


@dataclass(frozen=True)
class _Matter:
    """What there is to write of: `wholes` are pictured by themselves, `topics` are of the other facts, `others` are
    those of no topic that were surely read."""

    dataset: Dataset
    data: tuple[Datum, ...]
    wholes: tuple[Picture, ...]
    topics: tuple[Topic, ...]
    others: tuple[Datum, ...]
    known: Mapping[str, Observation]
    homes: Homes


def write_digest(dataset: Dataset, words: Sentences, wording: Wording) -> dict[str, str]:
    """The files of a report's template, by their places in its folder (see FILES).

    `words` are its sentences, `wording` the house's list of words. Every figure is a value that an observation's id
    binds, so that the report is made and verified as any other.
    """
    speech = Speech(wording)
    data = pick(dataset, speech)
    wholes = compositions(data, dataset.checks, WHOLES)
    drawn = {id(one) for picture in wholes for one in picture.data}
    topics, others = group([one for one in data if id(one) not in drawn and not one.is_trifle])
    others = tuple(_best([one for one in others if one.found.confidence >= SURE], OTHERS))
    known = {found.id: found for found in (*dataset.observations, *dates_of_events(dataset))}
    matter = _Matter(dataset, data, wholes, topics, others, known, homes_of(dataset))
    draft = Draft(speech, words, tuple(source.id for source in dataset.sources))
    abstract = _abstract(matter, draft)
    body = [*_documents(matter, draft), *_topics(matter, draft), *_events(matter, draft), *_checks(matter, draft)]
    notes = ["\n".join(draft.notes)] if draft.notes else []
    texts = "\n".join([*abstract, *body, *notes, entries(draft.charts)])
    values = {name: entry for name, entry in draft.values.items() if re.search(rf"{name}(?!\d)", texts)}
    return {
        "report.yaml": _HEAD + entries(_about(matter, draft)),
        "values.yaml": _HEAD + entries(values),
        "charts.yaml": _HEAD + entries(draft.charts),
        "sections/摘要.md": "---\npart: abstract\n---\n" + "\n\n".join(abstract) + "\n",
        "sections/正文.md": "\n\n".join([*body, *notes]) + "\n",
    }


def _about(matter: _Matter, draft: Draft) -> dict[str, object]:
    named = [topic.title for topic in matter.topics]
    title = draft.words.title.replace("{题}", _listed(named, draft.words)) if named else _plain_title(matter, draft)
    return {"extends": "digest", "title": title, "date": "", "keywords": named,
            "sections": [name.partition("/")[2] for name in FILES if name.endswith(".md")]}


def _plain_title(matter: _Matter, draft: Draft) -> str:
    """Where there is no topic: that of the only document, if it can be printed."""
    only = matter.dataset.sources[0].title if len(matter.dataset.sources) == 1 else ""
    printed = draft.speech.printed(only, PHRASE)
    return draft.words.only_title.replace("{文}", printed) if printed else draft.words.plain_title


def _listed(names: Sequence[str], words: Sentences) -> str:
    more = words.and_more if len(names) > NAMED else ""
    return words.joint.join(names[:NAMED]) + more


# ---------------------------------------------------------------- abstract, documents


def _abstract(matter: _Matter, draft: Draft) -> list[str]:
    words = draft.words
    lines = [_opening(matter, draft)]
    if matter.topics:
        told = [f"- **{topic.title}**　{_told(_firsts(topic), draft)}" for topic in matter.topics]
        lines += [words.themes, "\n".join(told)]
    if _at_odds(matter, draft) or any(_told_otherwise(matter, draft)):
        lines.append(draft.fill(words.odds, {"章": words.checks}))
    return lines


def _opening(matter: _Matter, draft: Draft) -> str:
    """How much was read, and what of it is not told one by one."""
    words = draft.words
    there = [name for name in COUNTED if name == "figures" or tally(matter.dataset, name)]
    said = {name: draft.count(name, words.counted[name]) for name in there}
    parts = [words.opening, words.happened if "events" in there else ""]
    left = [part for name, part in (("calendar", words.calendar), ("unsure", words.unsure)) if name in there]
    if not (matter.wholes or matter.topics or matter.others):
        parts.append(words.nothing)
    else:
        parts += [words.left_out[0], *left, words.left_out[1]]
    return draft.fill("".join(parts), said)


def _documents(matter: _Matter, draft: Draft) -> list[str]:
    words, name = draft.words, "documents"
    rows = [(draft.sources([doc]), _mostly(doc, matter, draft)) for doc in draft.docs]
    options = 'align="left,left" widths="9,8"'
    return [f"# {words.documents}", draft.fill(words.documents_lead, {"表": f"[](#{name})"}),
            table(words.documents_caption, name, words.documents_columns, rows, options)]


def _mostly(doc: str, matter: _Matter, draft: Draft) -> str:
    """The themes that a document has most figures of."""
    themes = Counter(one.theme for one in matter.data if one.found.doc == doc)
    found = [theme for theme, _ in sorted(themes.items(), key=lambda item: (-item[1], item[0]))[:NAMED]]
    return draft.words.joint.join(found) or draft.words.none


# ---------------------------------------------------------------- topics


def _topics(matter: _Matter, draft: Draft) -> list[str]:
    words = draft.words
    blocks = [block for picture in matter.wholes for block in plotted(picture, "", draft)]
    blocks = [f"# {words.wholes}", *blocks] if blocks else []
    blocks += [block for number, topic in enumerate(matter.topics, 1) for block in _topic(number, topic, draft)]
    if matter.others:
        blocks += [f"# {words.others}", draft.fill(words.others_lead, {"表": "[](#others)"}),
                   _data_table(words.others_table, "others", matter.others, draft)]
    return blocks


def _topic(number: int, topic: Topic, draft: Draft) -> Iterator[str]:
    words = draft.words
    yield f"# {topic.title}"
    pictures = choose(topic.data, PICTURES)
    drawn = {id(one) for picture in pictures for one in picture.held}
    rows = _best([one for one in topic.data if id(one) not in drawn], ROWS)
    name = f"topic-{number}"
    rest = draft.fill(words.rest if pictures else words.data, {"表": f"[](#{name})"}) if rows else ""
    for picture in pictures:
        yield from plotted(picture, rest if picture is pictures[-1] else "", draft)
    if not pictures:
        firsts = _firsts(topic)
        yield _told(firsts, draft) + draft.note(firsts) + rest
    if rows:
        yield _data_table(words.table.replace("{题}", topic.title), name, rows, draft)


def _firsts(topic: Topic) -> list[Datum]:
    """The facts of a topic that a reader gets most of, of two indicators."""
    first: dict[str, Datum] = {}
    for one in sorted(topic.data, key=lambda one: one.weight, reverse=True):
        first.setdefault(one.theme, one)
    return list(first.values())[:FIRSTS]


def _told(data: Iterable[Datum], draft: Draft) -> str:
    """A sentence for each fact."""
    words = draft.words
    return "".join(draft.fill(words.first if one.period else words.first_undated, draft.said(one)) for one in data)


def _best(data: Sequence[Datum], most: int) -> list[Datum]:
    """Those that a reader gets most of, in the order of the documents."""
    chosen = sorted(range(len(data)), key=lambda at: data[at].weight, reverse=True)[:most]
    return [data[at] for at in sorted(chosen)]


def _data_table(caption: str, name: str, rows: Sequence[Datum], draft: Draft) -> str:
    told: list[tuple[str, ...]] = []
    before = ("", "")
    for one in _together(rows):
        same = (one.scope, one.entity) == before
        before = one.scope, one.entity
        told.append(("^" if same else one.entity, one.indicator, draft.period(one), slot(draft.datum(one)),
                     draft.sources(one.docs)))
    if len({one.docs for one in rows}) == 1:  # the line beneath tells it
        return table(caption, name, draft.words.columns[:-1], [row[:-1] for row in told],
                     'align="left,left,left,right" widths="6,8,6,5"')
    return table(caption, name, draft.words.columns, told, 'align="left,left,left,right,left" widths="6,7,5,5,4"')


def _together(rows: Sequence[Datum]) -> list[Datum]:
    """Those of one subject together, of them those of one indicator, by time; else in the order that they had."""
    keys = [((one.scope, one.entity), (one.scope, one.entity, one.indicator)) for one in rows]
    subjects, measures = ({key: at for at, key in reversed(list(enumerate(told)))} for told in zip(*keys, strict=True))
    order = sorted(range(len(rows)), key=lambda at: (
        subjects[keys[at][0]], measures[keys[at][1]], rows[at].found.period, at))
    return [rows[at] for at in order]


# ---------------------------------------------------------------- events


def _events(matter: _Matter, draft: Draft) -> list[str]:
    words = draft.words
    told: dict[tuple[str, str], tuple[str, ...]] = {}
    dates = {(one.doc, one.start): one for one in matter.known.values() if (one.base or one.kind) in ("year", "date")}
    for event in sorted(matter.dataset.events, key=lambda one: (one.date, one.doc, one.start)):
        date = dates.get((event.doc, event.start))
        phrase = _phrase(event, matter, draft) if date and event.date[:4].isdecimal() else ""
        if date and phrase:
            told.setdefault((event.date, phrase), (_when(date, draft), phrase, draft.sources([event.doc])))
    if not told:
        return []
    return [f"# {words.events}", draft.fill(words.events_lead, {"表": "[](#events)"}),
            table(words.events_table, "events", words.events_columns, list(told.values())[-2 * ROWS :],
                  'align="left,left,left" widths="5,15,4"')]


def _when(date: Observation, draft: Draft) -> str:
    """The slot of an event's date, of its period where the date lacks its year."""
    name = draft.figure(date)
    return slot(f"{name}|时期" if str(date.value).startswith("--") else name)


def _phrase(event: Event, matter: _Matter, draft: Draft) -> str:
    """Who did what, every figure in it bound; "" where that cannot be printed or says too little."""
    instrument = f"《{event.instrument}》" if event.instrument and event.instrument not in event.action else ""
    if not (event.actor or instrument) or _is_dateline(event):
        return ""
    inside = [found for found in matter.known.values() if found.doc == event.doc
              and event.sentence_start <= found.start < event.sentence_end and found.text in event.action]
    text = event.actor + event.action + instrument
    inside = [found for found in inside if text.count(found.text) == 1]
    for found in inside:
        text = text.replace(found.text, HOLE)
    said = draft.speech.printed(text, PHRASE)
    if len(said) < len(event.actor) + 4 or said.count(HOLE) != len(inside):
        return ""
    inside.sort(key=lambda found: found.start)
    if not _stays_bound(said, [print_observation(found).text for found in inside]):
        return ""
    slots = iter(slot(draft.figure(found)) for found in inside)
    return re.sub(HOLE, lambda _: next(slots), said)


def _is_dateline(event: Event) -> bool:
    """Whether the actor is the paper that tells of it: 某报4月21日电 某公司21日宣布."""
    return bool(event.actor) and bool(re.search(f"{re.escape(event.actor)}(?:{_WIRE})", normalise(event.sentence)))


def _stays_bound(said: str, figures: Sequence[str]) -> bool:
    """Whether the figures, printed in their places, make no other figure with the words around them."""
    text, spans = "", []
    for words, figure in zip_longest(said.split(HOLE), figures, fillvalue=""):
        spans.append((len(text + words), len(text + words + figure)))
        text += words + figure
    return not loose_figures(text, spans, frozenset())[1]


# ---------------------------------------------------------------- what agrees and what does not


def _checks(matter: _Matter, draft: Draft) -> list[str]:
    words = draft.words
    odds, ones = (_findings(found, matter, draft) for found in (_at_odds(matter, draft), _at_one(matter, draft)))
    odds = [*_told_otherwise(matter, draft), *odds][:ROWS]
    options = 'align="left,left,left,left" widths="7,8,6,4"'
    blocks: list[str] = []
    if odds:
        blocks += [f"## {words.conflicts}", draft.fill(words.conflicts_lead, {"表": "[](#odds)"}),
                   table(words.conflicts_table, "odds", words.conflicts_columns, odds, options)]
    if ones:
        blocks += [f"## {words.agreements}", draft.fill(words.agreements_lead, {"表": "[](#ones)"}),
                   table(words.agreements_table, "ones", words.agreements_columns, ones, options)]
    return [f"# {words.checks}", *blocks] if blocks else []


def _told_otherwise(matter: _Matter, draft: Draft) -> Iterator[tuple[str, ...]]:
    """A row for each thing that documents tell by one name and with different figures, where no finding says so:
    公司 in one is what another names."""
    known = {frozenset(check.observations) for check in _at_odds(matter, draft)}
    told: dict[tuple[str, ...], list[Datum]] = defaultdict(list)
    for one in matter.data:
        if one.firm and not one.scope and one.period:
            told[one.entity, one.indicator, one.period, one.found.unit].append(one)
    for same in told.values():
        named = {one.ids[0] for one in same}
        if len({one.found.doc for one in same}) > 1 and not any(named <= check for check in known):
            figures = draft.words.joint.join(slot(draft.datum(one)) for one in same)
            docs = [doc for one in same for doc in one.docs]
            yield joined(same[0].entity, same[0].indicator), figures, draft.words.differing, draft.sources(docs)


def _findings(found: Iterable[Check], matter: _Matter, draft: Draft) -> list[tuple[str, ...]]:
    """A row for each finding that can be told, the first few."""
    rows: dict[tuple[str, ...], None] = {}
    for check in found:
        if len(rows) == ROWS:
            break
        if row := _finding(check, matter, draft):
            rows[row] = None
    return list(rows)


def _at_odds(matter: _Matter, draft: Draft) -> list[Check]:
    """The findings of conflicts, those between documents first; none of documents that mean different subjects."""
    found = [check for check in matter.dataset.checks if check.verdict == "conflicts" and _of_one(check, matter, draft)]
    return sorted(found, key=lambda check: -len(check.docs))


def _of_one(check: Check, matter: _Matter, draft: Draft) -> bool:
    """Whether the documents that tell of one thing mean one place: 全市 of two cities' bulletins does not."""
    found = [matter.known[name] for name in check.observations if name in matter.known]
    told = [(matter.homes.subject(labels(one, draft.speech)[0], one.doc).name, one.doc) for one in found]
    places = {place for name, doc in told if (place := matter.homes.places.get(doc, "")) and name.startswith(place)}
    return check.rule != "same-figure" or all(name.startswith(place) for name, _ in told for place in places)


def _at_one(matter: _Matter, draft: Draft) -> list[Check]:
    """The findings that bear a figure out: another document has it, or it follows from others."""
    found = [check for check in matter.dataset.checks if check.verdict == "agrees" and _of_one(check, matter, draft)
             and (check.rule in STRONG or check.rule == "same-figure" and len(check.docs) > 1)]
    return sorted(found, key=lambda check: (-len(check.docs), STRONG.index(check.rule) if check.rule in STRONG else 9))


def _finding(check: Check, matter: _Matter, draft: Draft) -> tuple[str, ...]:
    """A row: what it is of, its figures, in what they agree or not, and who says so; () where that cannot be said."""
    found = [matter.known[name] for name in check.observations if name in matter.known]
    thing = _thing(found, matter.homes, draft) if found else ""
    if not thing:
        return ()
    once = {(str(one.value), one.unit): one for one in reversed(found)}
    figures = [slot(draft.figure(one)) for one in reversed(list(once.values()))][:FIGURES]
    rule = draft.words.rules[check.rule] + draft.words.verdict[check.verdict == "agrees"]
    named = any(doc in check.reason for doc in draft.docs)  # by its id: here documents go by their numbers
    reason = "" if named else draft.speech.printed(check.reason, PHRASE)
    return thing, draft.words.joint.join(figures), reason or rule, draft.sources(check.docs)


def _thing(found: Sequence[Observation], homes: Homes, draft: Draft) -> str:
    """What the figures of a finding are of: the first's subject and indicator; of several subjects the indicator."""
    told = [(one, *labels(one, draft.speech)) for one in found]
    one, entity, indicator = next(((one, who, what) for one, who, what in told if what), (found[0], "", ""))
    several = len({one.entity for one in found}) > 1
    indicator = homes.measure(indicator)
    return indicator if several else joined(homes.subject(entity, one.doc).name, indicator)
