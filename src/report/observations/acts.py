"""What a sentence says was done on one of its dates: the verb, who did it, and by which instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from report.observations.actors import ADVERB, PRONOUNS, agent, any_of, hosts, trimmed
from report.observations.event import EventKind
from report.observations.lexicon import either, read_table
from report.observations.outline import CLOSED, Outline, Span

_TABLE: dict[str, Any] = read_table("events")


_KIND: dict[str, EventKind] = {
    verb: kind for kind in get_args(EventKind) for verb in _TABLE["verbs"].get(kind, ())
}
_VERB = re.compile(either(_KIND))
_NOT_BEFORE = {verb: re.compile(pattern) for verb, pattern in _TABLE["not_before"].items()}
_NEEDS = {verb: re.compile(pattern) for verb, pattern in _TABLE["needs"].items()}
_DENIED = re.compile(f"(?:{either(_TABLE['denied'])})(?:[能会得曾再被]|进一步|正式)?$")
_FORESEEN = re.compile(either(_TABLE["foreseen"]))
_PLANNED = re.compile(any_of(_TABLE["planned"]))
_NOT_AFTER = re.compile(f"(?:{either(_TABLE['not_after'])}) ?$")
_LIMITS = re.compile(f"(?:{any_of(_TABLE['limits'])})")
_TIMES = re.compile(f"(?:{any_of(_TABLE['times'])}| )*")
_CIRCUMSTANCE = re.compile(f"(?:{either(_TABLE['circumstances'])})")
_OCCASION = re.compile(f"(?:{either(_TABLE['occasions'])})$")
_NO_ACTOR = re.compile(any_of(_TABLE["no_actors"]))
_AFTER_TITLE = re.compile("》(?:和|、|与|及|以及|,|，)")
_VERB_FIRST = re.compile(f"(?:{either(_KIND)})(?:了)?(?:于|自|在)$")
_THINGS: dict[str, EventKind] = {
    thing: kind for kind in get_args(EventKind) for thing in _TABLE["things"].get(kind, ())
}
_THING = re.compile(either(_THINGS))
_HANDLED = re.compile("不再|(?<![即必])将(?![于在会自从军]|正式|首次|再次|全面|开始)[^,，将]{2,30}$|把")  # 将甲列入清单
_WITHIN = re.compile(f"(?:{either(_THINGS)})?中(?![,，]?(?:{any_of(_TABLE['speaks'])}))")
_DATED = re.compile("[0-9] ?[年月日]")
_SPREAD = re.compile(f"以来[，,]?[^，,；;]*?(?:{either(_TABLE['spread'])})")
_OBJECT = re.compile("将|把")
_JOINS = re.compile(f"([^,，;；]{{2,30}}?)(?:{either(_TABLE['joins'])})[^,，;；]{{2,40}}$")  # 甲国联合乙国、丙国，组建…
_VOTES = re.compile(f"(?:{either(_TABLE['votes'])})$")
_TAIL = re.compile(f"(?:[(]{CLOSED}*[)])?(?:的)?((?:{either(_THINGS)}){{0,2}})")
_SAYS = re.compile(any_of(_TABLE["says"]))
_LOOSE = re.compile(f"(?:{any_of(_TABLE['loose'])})+$")
_GOES_ON = re.compile(f"[ ]?(?:{either(_TABLE['goes_on'])})")
_YEAR_FIRST = re.compile(f"((?:19|20)[0-9]{{2}}) ?年(?!度)[^()]*(?:{either(_TABLE['acts'])})$")
_YEAR_LAST = re.compile(
    f"(?:{either(_TABLE['acts'])})\\(((?:19|20)[0-9]{{2}}) ?年?(?:{either(_TABLE['enacted'])})\\)$"
)
_CLAUSES = 3  # how many clauses behind the date may tell what was done
_SUBJECT = 20  # where a sentence's subject ends at the latest
_ACTION = 60  # longest action
POINTING = frozenset(_TABLE["pointing"])


@dataclass(frozen=True)
class Act:
    """What was done. Spans are of the sentence: `actors` and `action` in pieces; `instrument` None where unnamed.

    `subject` is a pronoun or a pointing phrase that stands for the actor or the instrument (其, 该法案), else None.
    `binding` says that the act was done to a rule or an agreement: it is told even where neither is named; `bare` that
    something named before took effect or was made public.
    """

    kind: EventKind
    verb: Span
    rule: str
    actors: tuple[Span, ...] = ()
    action: tuple[Span, ...] = ()
    instrument: Span | None = None
    subject: Span | None = None
    planned: bool = False
    binding: bool = False
    bare: bool = False


def read_act(outline: Outline, date: Span, figures: Sequence[Span], exact: bool) -> Act | None:
    """What was done on the date at `date`; None where the sentence tells nothing of the kind.

    `figures` are the sentence's other figures; `exact` says that the date is finer than a year: a year with a verb and
    a number behind it is a statistic (2024年签署协议120项).
    """
    if outline.flat[date[0]] == CLOSED:
        return _in_bracket(outline, date)
    start, _ = outline.clause(date[0])
    if _DATED.search(outline.flat, start, date[0]):  # a date of its own before it: 甲年乙通过、丙年丁批准
        start = max(start, outline.flat.rfind("、", start, date[0]) + 1)
    head = outline.flat[start : date[0]]
    bounds = _NOT_AFTER.search(head) or _LIMITS.match(outline.flat, date[1])
    if bounds or _SPREAD.match(outline.flat, date[1]) or _FORESEEN.search(head):
        return None
    act = _verb_first(outline, date, start) or _verb_behind(outline, date, start) or _bare_title(outline, date)
    return act if act and not _is_statistic(outline, act, figures, exact) else None


def _in_bracket(outline: Outline, date: Span) -> Act | None:
    """《某法》(2024年8月生效): a verb behind the date in a bracket, said of the title before it."""
    for start, end in outline.brackets:
        if not start <= date[0] < end:
            continue
        verb = _VERB.search(outline.text, date[1], end)
        title = next((span for span in outline.titles if span[1] == start - 2), None)
        if verb and title:
            return Act(_KIND[verb[0]], verb.span(), "bracket", action=(verb.span(),), instrument=title)
    return None


def _verb_first(outline: Outline, date: Span, start: int) -> Act | None:
    """成立于1998年: the verb stands right before the date, its subject before it or behind 的."""
    verb = _VERB_FIRST.search(outline.flat, start, date[0])
    found = _VERB.match(outline.flat, verb.start()) if verb else None
    if not found:
        return None
    subject = trimmed(outline, _segment(outline, start, found.start()), found.start())
    if subject is None and outline.flat.startswith("的", date[1]):
        subject = trimmed(outline, date[1] + 1, outline.clause(date[1])[1])
    act = Act(_KIND[found[0]], found.span(), "verb-before-date", action=(found.span(),))
    return _with_subject(outline, act, subject)


def _verb_behind(outline: Outline, date: Span, start: int) -> Act | None:
    """2025年1月，某机构发布《…》: the first verb behind the date that nothing but circumstances separates from it."""
    after_date = _times(outline, date[1])
    partner: Span | None = None
    for number, (first, last) in enumerate(outline.clauses_from(date[1])):
        if number >= _CLAUSES:
            return None
        begin = max(first, after_date)
        verb = next(verbs_in(outline, begin, last), None)
        if verb and _FORESEEN.search(outline.flat, begin, verb.start()):
            return None
        if verb:
            return _act(outline, verb, partner or ((start, date[0]) if not number else (first, first)), begin)
        joined = _JOINS.match(outline.flat, begin, last)
        partner = joined.span(1) if joined else partner
        if begin < last and not joined and not _is_circumstance(outline.flat[begin:last]):
            return None
    return None


def verbs_in(outline: Outline, start: int, end: int) -> Iterator[re.Match[str]]:
    """The verbs of a stretch of a clause that tell of something done."""
    for verb in _VERB.finditer(outline.flat, start, end):
        before, behind = outline.flat[start : verb.start()], outline.flat[verb.end() : end]
        if _NOT_BEFORE["*"].match(behind) or _DENIED.search(before):
            continue
        stop, needs = _NOT_BEFORE.get(verb[0]), _NEEDS.get(verb[0])
        handled = needs and _OBJECT.search(before) and needs.search(before)  # 将基准利率维持在…
        fits = needs is None or needs.search(behind) or verb[0] == "通过" and _VOTES.search(before)
        if handled or fits and not (stop and stop.match(behind)):
            yield verb


def _times(outline: Outline, place: int) -> int:
    """Behind the words that still belong to a date (上午, 起)."""
    found = _TIMES.match(outline.flat, place)
    return found.end() if found else place


def _is_circumstance(clause: str) -> bool:
    return bool(_CIRCUMSTANCE.match(clause.lstrip()) or _OCCASION.search(clause.rstrip()))


def _act(outline: Outline, verb: re.Match[str], before: Span, begin: int) -> Act:
    """The act of a verb: its subject stands in `before` (the clause up to the date) or between `begin` and the verb."""
    left = _segment(outline, *before)
    by_hosts = hosts(outline, begin, verb.start())
    by_agent = agent(outline, begin, verb.start()) or agent(outline, left, before[1])
    subject = trimmed(outline, left, before[1]) or (None if by_agent else trimmed(outline, begin, verb.start()))
    planned = any(_PLANNED.search(outline.flat[first:last]) for first, last in ((begin, verb.start()), before))
    act = Act(_KIND[verb[0]], verb.span(), "verb", planned=planned)
    act = _with_object(outline, act, begin)
    if by_hosts:
        return replace(act, actors=by_hosts)
    if by_agent:
        return _done_by(outline, act, by_agent, subject)
    if subject and _holds(outline, act, before):
        return act
    if subject is None and act.instrument is None:
        subject = _of_sentence(outline, before[0])
    return _with_subject(outline, act, subject)


def _holds(outline: Outline, act: Act, before: Span) -> bool:
    """Whether the subject only stands in what was published (某地在今年发布的《…》中居首), and did not publish it."""
    if act.instrument is None or not outline.flat[before[0] : before[1]].rstrip().endswith("在"):
        return False
    behind = outline.flat[act.instrument[1] + 1 :]
    return outline.flat.startswith("的", act.verb[1]) and bool(_WITHIN.match(behind))


def _done_by(outline: Outline, act: Act, actors: tuple[Span, ...], subject: Span | None) -> Act:
    """The act of an agent told with 由: what stands before it is what the act was done to (某公司由某人创办)."""
    done = _with_subject(outline, act, subject)
    whole = done.actors and not act.instrument and outline.clause(act.verb[0])[1] == act.verb[1]
    return replace(done, actors=actors, action=(act.verb, *done.actors) if whole else done.action)


def _of_sentence(outline: Outline, end: int) -> Span | None:
    """The subject of the sentence's first clause, where a preposition or an adverb behind it shows it to be one."""
    last = outline.clause(0)[1]
    if last >= end:
        return None
    owner = outline.flat.rfind("的", 0, last) + 1
    if owner and any(verb.end() < owner for verb in verbs_in(outline, 0, last)):
        return trimmed(outline, owner, last)
    subject = trimmed(outline, 0, last)
    return subject if subject and ADVERB.match(outline.flat, subject[1]) and subject[1] < _SUBJECT else None


def _segment(outline: Outline, start: int, end: int) -> int:
    """Where the words about a date begin in its clause: behind an earlier title that 和 or 、 sets beside them."""
    return max((mark.end() for mark in _AFTER_TITLE.finditer(outline.flat, start, end)), default=start)


def _with_subject(outline: Outline, act: Act, span: Span | None) -> Act:
    """The act with its subject as what it is: a title, a pronoun, or who did it."""
    if span is None:
        return act
    name = outline.flat[slice(*span)]
    titles = [title for title in outline.titles if span[0] <= title[0] and title[1] <= span[1]]
    titles += [quote for quote in outline.quotes if (quote[0] - 1, quote[1] + 1) == span and _is_thing(outline, quote)]
    if titles and act.instrument is None:
        tail = outline.flat[titles[-1][1] + 1 : span[1]]
        act = replace(act, instrument=titles[-1], kind=_thing(outline, titles[-1], tail) or act.kind)
    if titles:
        before = trimmed(outline, span[0], titles[0][0] - 1) if titles[0][0] - 1 > span[0] else None
        return replace(act, actors=(before,)) if before and outline.flat[before[1]] != "的" else act
    if name in PRONOUNS or name in POINTING:
        return replace(act, subject=span)
    if _NO_ACTOR.match(name) or _OCCASION.search(name) or re.fullmatch("[0-9 .年月日%-]*", name):
        return act
    return replace(act, actors=(span,))


def _with_object(outline: Outline, act: Act, begin: int) -> Act:
    """The act with what it was done to: title or quoted name, action, and the kind the thing gives."""
    start, end = act.verb[1], outline.clause(act.verb[0])[1]
    instrument, title = _named(outline, act.verb, end, begin)
    if start == end and outline.flat[slice(*act.verb)] == "宣布":
        end = outline.clause(end + 1)[1]
    inside = instrument if instrument and start <= instrument[0] else None
    behind = _TAIL.match(outline.flat, inside[1] + 1, end) if inside else None
    tail = behind.span(1) if behind and behind[1] else (end, end)
    pieces = _pieces(outline, _action_start(outline, begin, act.verb), (start, end), inside, tail)
    word = outline.flat[slice(*tail)]
    thing = _thing(outline, instrument, word) if instrument else _thing_in(outline.flat[start:end])
    if act.kind == "release" and thing == "deal" and instrument is None:
        thing = None  # 公布订单金额: figures of a trade made public, not a trade
    bare = instrument is None and start == end and outline.flat[slice(*act.verb)] in _TABLE["effects"]
    binding = not outline.flat.startswith("的", start) and _ends_as(outline.flat[start:end]) in _TABLE["binding"]
    decides = act.kind in _TABLE["decided"] and outline.flat[slice(*act.verb)] not in _TABLE["keeps"]
    kind = thing if thing and decides else act.kind
    return replace(act, instrument=instrument, action=_action(outline, pieces), kind=kind, binding=binding, bare=bare)


def _pieces(outline: Outline, first: int, rest: Span, inside: Span | None, tail: Span) -> tuple[Span, ...]:
    """The action from `first` through the `rest` behind the verb, without 的 and without a title `inside` it, which is
    told by itself; `tail` is the word for the thing behind that (签署《…》行政令)."""
    start, end = rest
    of = outline.flat.startswith("的", start)
    if inside is None:
        return ((first, start), (start + 1, end)) if of else ((first, end),)
    if inside in outline.titles:
        return (first, start if tail[0] < tail[1] else inside[0] - 1), tail
    last = tail[1] if tail[0] < tail[1] else inside[1] + 1
    return ((first, start), (inside[0] - 1, last)) if of else ((first, end),)


def _action_start(outline: Outline, begin: int, verb: Span) -> int:
    """Where the action begins: at the verb, at 不再 or 将… before it, or at what is tightened (针对…的审查收紧)."""
    if outline.flat[slice(*verb)] in _TABLE["of_governments"] and verb[1] == outline.clause(verb[0])[1]:
        return begin
    handled = _HANDLED.search(outline.flat[begin : verb[0]])
    return begin + handled.start() if handled else verb[0]


def _named(outline: Outline, verb: Span, end: int, begin: int) -> tuple[Span | None, bool]:
    """The instrument and whether it is a title: the title in the object, a quoted name there or right before the verb
    that a thing's name ends or follows, else the title before the verb."""
    quotes = [span for span in outline.quotes if _is_thing(outline, span)]
    objects = [(span, True) for span in outline.titles] + [(span, False) for span in quotes]
    for span, title in objects:
        if verb[1] <= span[0] and span[1] <= end:
            return span, title
    before = [(span, title) for span, title in objects if begin <= span[0] and span[1] < verb[0]]
    return before[-1] if before else (None, False)


def _is_thing(outline: Outline, quote: Span) -> bool:
    """Whether a quoted name is that of something done or held: a thing's name ends or follows it."""
    tail = re.sub(f"^{CLOSED}*[”」』\"]?(?:\\({CLOSED}*\\))?", "", outline.flat[quote[1] : quote[1] + 40])
    name = outline.text[slice(*quote)]
    return bool(_THING.match(tail)) or _ends_as(name) is not None or _thing_in(name) == "meeting"


def _thing(outline: Outline, title: Span, tail: str) -> EventKind | None:
    """The kind that a title or the word behind it gives (《…》行政令, 《…法案》)."""
    behind = _THING.match(tail.lstrip("的"))
    if behind:
        return _THINGS[behind[0]]
    return _ends_as(outline.text[slice(*title)]) or _thing_in(outline.text[slice(*title)])


def _ends_as(name: str) -> EventKind | None:
    """The kind of the thing that a name ends in, what stands in its last bracket apart."""
    name = re.sub(r"\([^()]*\)$", "", name)
    ends = [thing for thing in _THINGS if name.endswith(thing)]
    return _THINGS[max(ends, key=len)] if ends else None


def _thing_in(text: str) -> EventKind | None:
    found = list(_THING.finditer(text))
    return _THINGS[found[-1][0]] if found else None


def _action(outline: Outline, pieces: Sequence[Span]) -> tuple[Span, ...]:
    """The pieces up to what they report or list, without the particles at their ends, cut where they are long."""
    kept = []
    for start, end in pieces:
        end = min(end, start + _ACTION)
        says = _SAYS.search(outline.flat, start, end)
        end = says.start() if says else end
        loose = _LOOSE.search(outline.flat, start, end)
        end = loose.start() if loose else end
        if start < end and any(char.isalnum() for char in outline.text[start:end]):
            kept.append((start, end))
    return tuple(kept)


def read_further(outline: Outline, act: Act, end: int) -> Iterator[Act]:
    """What the clauses behind an act tell was done besides, up to `end`: by a subject of their own, or to a title."""
    for start, last in outline.clauses_from(outline.clause(act.verb[1])[1] + 1):
        if start >= end:
            return
        verb = next(verbs_in(outline, start, min(last, end)), None)
        if not verb or outline.flat.startswith("的", verb.end()) or _FORESEEN.search(outline.flat, start, verb.start()):
            continue
        more = _act(outline, verb, (start, start), start)
        titled = more.instrument is not None and verb.end() <= more.instrument[0]
        own = bool(more.actors) and (titled or outline.flat.startswith("了", verb.end()))
        joined = titled and bool(_GOES_ON.match(outline.flat, start, verb.start()))
        if own or joined:
            yield replace(more, rule="goes-on")


def _bare_title(outline: Outline, date: Span) -> Act | None:
    """2020年，《某法案》作为…: a title of a legal or political act right behind the date."""
    place = _times(outline, date[1])
    place += len(re.match("[，, ]?的?", outline.flat[place:])[0])  # type: ignore[index]
    title = next((span for span in outline.titles if span[0] == place + 1), None)
    if title is None:
        return None
    end = outline.clause(title[1])[1]
    tail = outline.flat[title[1] + 1 : end]
    kind = _thing(outline, title, tail)
    if kind is None or kind == "release":
        return None
    return Act(kind, title, "title", action=_action(outline, ((title[1] + 1, end),)), instrument=title)


def _is_statistic(outline: Outline, act: Act, figures: Sequence[Span], exact: bool) -> bool:
    """A verb with a number of things right behind it, told of a year and without a name."""
    if exact or act.instrument:
        return False
    start, end = act.verb[1], outline.clause(act.verb[0])[1]
    return any(start <= figure[0] < min(end, start + 12) for figure in figures)


def title_years(outline: Outline) -> Iterator[tuple[Span, Act]]:
    """《2018年某某法案》, 《某某法(2019年修订)》: the year that the title of a law bears, and the law."""
    for start, end in outline.titles:
        title = outline.text[start:end]
        year = _YEAR_FIRST.match(title) or _YEAR_LAST.search(title)
        if year:
            first, last = year.span(1)
            last += len(re.match(" ?年?", title[last:])[0])  # type: ignore[index]
            yield (start + first, start + last), Act("law", (start, end), "title-year", instrument=(start, end))
