"""Which place, body, group or thing each figure of a document is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from report.observations.alignment import Part, singled
from report.observations.figure import Figure
from report.observations.groups import base_of, group_behind, is_group, limited, surveyed
from report.observations.naming import canonical, is_body, is_place, level_of, names_in, short_places
from report.observations.nominal import (
    Owner,
    dated_topic,
    holds_verb,
    is_thing,
    owner_of,
    spoken,
    subject_phrase,
    without_times,
)
from report.observations.passages import Passage

_MARK = re.compile("[,，;；:：。!?！？\n(（]")
_GAP = re.compile("(?<=[\u4e00-\u9fff0-9%]) (?=[\u4e00-\u9fff])")
_SPACE = re.compile("(?<=[\u4e00-\u9fff]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9]) (?=[\u4e00-\u9fff])")
_BRACKETS = re.compile("\\([^()]{0,80}\\)|（[^（）]{0,80}）|【[^【】]{0,30}】|\\^?[①-⑳]|\\[[0-9]{1,3}\\]")
_EDITION = re.compile("(?:的)?(?P<name>[^,，。;；、()在于今昨上将的]{2,24}?)(?=[,，。;；、()在于今昨上将的]|开幕|$)")
_LEVELS = {
    "国": ("全国", "该国"), "省": ("全省", "我省", "该省", "本省"), "市": ("全市", "我市", "该市", "本市"),
    "区": ("全区", "我区", "该区"), "县": ("全县", "我县", "该县"), "香港": ("全港", "本港"),
}
_LEVEL = {word: level for level, words in _LEVELS.items() for word in words}
_HOLDER = re.compile("[\u4e00-\u9fff·]{2,12}(?=的?$)")
_EDITION_NUMBER = re.compile("第[0-9一二三四五六七八九十百]+届")
_SEPARATOR = re.compile("[、和与及，,;；]")
_AGAINST = re.compile("(?:超过|高于|低于|不及|少于|多于|优于|落后于|领先于)(?P<name>[^,，0-9的]{2,12})的?$")
_COMPARING = re.compile("^(?:较|比(?![例重值率])|与|同(?![比期])|相比|高于|低于|超过|多于|少于|相当于)")
_PART_OF = re.compile("(?:约|也|则|已|还|均|共|仅|就|只)*占(?!比)")
_COUNTED = re.compile("^(?:有|共有?|达到?|超过?|约|近|逾|为|已|已有|数|总数|多达|高达| )*$")
_SHARES = ("占比", "比重", "比例", "份额")
_BASE_CLAUSE = re.compile("(?:在|从|另外|其中)*(?:主要的?|这些?|上述)?(?P<base>.{2,24}?)(?:之中|当中|中)")
_ATTENDED = re.compile("(?:出席|参加|参与|报名参加)了?(?P<event>[^,，。;；、()（）的]{3,24})")
_BARE_GROUP = 3  # characters of a group's name that tells nothing of it (研究者)
_BEGINS = re.compile("(?:而|但|另|还|其中|其余|当时|尽管|虽然|恰好|共|约|有|仅|已|,|，| )*")
_TRADE = re.compile(
    "(?:对|与|同|向|自|从)(?P<with>[^,，对与]{2,16}?)的?(?:货物|商品|服务)?(?:分别|合计)?"
    "(?:进出口|出口|进口|贸易额?)(?!商|企业|管制|总值占)"
)
_IN_BRACKET = re.compile(
    "(?:^|[;；,，。、:：为是])[)）]?(?P<name>[^;；,，。:：为是()（）0-9]{2,40})[(（][^()（）0-9]{0,12}$"
)
_LEAD_IN = re.compile("^(?:以及|其中|其次|分别|主要|包括|和|与|及|、)+")
_FOUNDED = re.compile("(?:创办|创立|创建|成立|设立|收购|并购)了?(?P<what>[^,，。;；的]{2,24})")
_BESIDE = re.compile("(?:[为是即、和与及]|(?<!拥)有|包括|^)$")
_GROUPED_UNITS = frozenset(("人", "名", "位", "家", "个", "所", "间", "户"))
_PEOPLE_COUNT = re.compile("(?:人数|人员)$")
_PEOPLE = frozenset(("人", "名", "位"))
_COUNTERS = _GROUPED_UNITS | {"项", "宗", "件", "处", "座", "条", "场", "次", "人次", "篇"}
_MAIN_SHARE = 0.4  # of a document's place names, that its main place has
_TO_RIGHT = 40
# How far each rule can be trusted.
TRUST = {
    "clause": 1.0, "beside": 1.0, "edition": 1.0, "partner": 0.95, "against": 0.95, "attended": 0.95, "bracket": 0.95,
    "group": 0.95, "counted-group": 0.95, "limited": 0.9, "group-of": 0.9, "base": 0.9, "same": 0.9, "sentence": 0.9,
    "founded": 0.85, "pointed": 0.85, "scope": 0.85, "paragraph": 0.8, "heading": 0.75, "document": 0.65, "loose": 0.6,
    "none": 0.7,
}


@dataclass(frozen=True)
class Subject:
    """What a figure is about and the rule that found it; "" and `none` where nothing did."""

    name: str = ""
    rule: str = "none"


def without_subject(indicator: str, subject: str) -> str:
    """The indicator without its subject at the beginning (美国AIaaS市场规模 of 美国), where anything is left of it."""
    for name in (subject, canonical(subject)):
        if name and indicator.startswith(name) and len(indicator) - len(name) > 1:
            return indicator[len(name) :].removeprefix("的")
    return indicator


class Subjects:
    """Walks through the sentences of a document in order and remembers what they are about.

    `scope` is the place or body in force, `topic` the last subject, `group` the last counted group of people.
    """

    def __init__(self, passages: Sequence[Passage], title: str) -> None:
        self._passages = passages
        self._next = 0
        self._place = _main_place(passages, title)
        self._block = self._sentence = -2
        self._scope = self._topic = self._group = self._past = ""
        self._last = ""  # the entity of the figure before it in the sentence
        self._end = 0  # where that figure ends
        self._loose = False  # whether that entity may be but a part of its indicator
        self._before_that = ""  # the entity of the figure before it in the document, which 这一 takes up

    def take(self, figure: Figure, passage: Passage, parts: Sequence[Part]) -> Subject:
        """The subject of the next figure; `parts` are the members of lists that it belongs to."""
        self._enter(passage)
        start, end = passage.index(figure.start), passage.index(figure.core_end - 1) + 1
        found = self._find(figure, passage, (start, end), parts)
        self._loose = found.rule == "loose" or self._loose and found.rule in ("same", "paragraph")
        self._last, self._end = found.name, end
        self._topic = self._before_that = found.name or self._topic
        return found

    def _enter(self, passage: Passage) -> None:
        """Read on to the passage, also over sentences without a figure."""
        if passage.sentence.start == self._sentence:
            return
        while self._next < len(self._passages):
            ahead = self._passages[self._next]
            if ahead.sentence.start > passage.sentence.start:
                break
            self._next += 1
            self._turn(ahead)
            if ahead.sentence.start != passage.sentence.start:
                self._read(ahead)
        self._turn(passage)
        self._sentence, self._last, self._end = passage.sentence.start, "", 0

    def _turn(self, passage: Passage) -> None:
        if passage.block != self._block:
            self._block = passage.block
            self._past = "" if passage.kind == "heading" else self._scope or self._past
            self._scope = self._topic = ""

    def _read(self, passage: Passage) -> None:
        """Remember what a sentence is about whose figures, if any, are done with."""
        for _, clause in _clauses(passage.text)[:3]:
            owner = owner_of(subject_phrase(without_times(clause)))
            if owner.scope:
                self._scope = self._topic = self._resolved(owner.scope)
                return

    def _find(self, figure: Figure, passage: Passage, span: tuple[int, int], parts: Sequence[Part]) -> Subject:
        (start, end), text = span, passage.text
        if passage.kind in ("title", "heading") or text.startswith("title:"):
            text = _GAP.sub("，", text)
        right = _BRACKETS.sub("", text[end : end + 3 * _TO_RIGHT])[:_TO_RIGHT]
        if figure.unit == "届":
            edition = _EDITION.match(right)
            return Subject(edition["name"], "edition") if edition else Subject()
        if figure.unit == "任期" and (holder := _HOLDER.search(text[:start])):
            return Subject(holder[0], "edition")
        clauses = _clauses(singled(text[: min((part.row for part in parts), default=start)], parts))
        self._note(clauses[:-1])
        between = text[self._end : start] if self._end and not parts else ""
        clause = _stretch(between, clauses[-1][1]) if between else clauses[-1][1]
        return (
            self._grouped(figure, clauses, (text[:start], right))
            or self._partner(clause)
            or self._bracketed(text[self._end : start])
            or self._in_clause(figure, clause, clauses[-2][1] if len(clauses) > 1 else "", right)
            or self._before(_clauses(between.lstrip(")）"))[1:-1] if between else clauses[:-1] if parts else [])
            or (Subject(self._last, "same") if self._last else None)
            or self._before(clauses[:-1])
            or self._carried(clauses)
            or self._headed(passage)
        )

    def _note(self, clauses: Sequence[tuple[str, str]]) -> None:
        """Put in force the known place or body that the nearest earlier clause of the sentence is about."""
        for _, clause in reversed(clauses):
            owner = dated_topic(clause)
            owner = owner if owner.scope else owner_of(subject_phrase(without_times(clause)))
            if owner.scope:
                self._scope = self._resolved(owner.scope)
                return

    def _grouped(self, figure: Figure, clauses: Sequence[tuple[str, str]], beside: tuple[str, str]) -> Subject | None:
        """A group of people or bodies: 42%的受访者, 追踪了675名学者, 这87位中41人; `beside` are the words before and
        behind the figure."""
        left, right = beside
        clause = without_times(clauses[-1][1])
        group = group_behind(right)
        if limit := limited(right, figure.qualifier):
            return Subject(limit, "limited")
        if (figure.base or figure.kind) in ("percent", "ratio"):
            return Subject(group, "group") if group and _BEGINS.fullmatch(clause) else None
        if figure.kind != "count" or figure.unit not in _GROUPED_UNITS:
            return None
        if attended := _ATTENDED.match(right):
            return Subject(attended["event"], "attended")
        people = figure.unit in _PEOPLE
        last = self._last if people or clause else ""
        first = not (subject_phrase(clause) or last) and _BEGINS.fullmatch(clause) is not None
        if group and not (people and self._group and left.endswith("这")):
            counted = first or left.endswith("中的") or surveyed(clauses[-1][1])
            return self._counted(figure, group, people) if counted else None
        self._group = people and base_of(left) or self._group
        free = people and (group or not subject_phrase(clause))
        return Subject(self._group, "group-of") if free and self._group else None

    def _counted(self, figure: Figure, group: str, people: bool) -> Subject:
        """The group that a figure counts; a group without a name of its own (研究者) is part of the one before it."""
        whole = self._group if people and len(group) <= _BARE_GROUP else ""
        if people and isinstance(figure.value, (int, float)):
            self._group = f"{figure.value:.0f}{figure.unit}{group}"
        return Subject(whole, "group-of") if whole else Subject(group, "counted-group")

    def _in_clause(self, figure: Figure, clause: str, earlier: str, right: str) -> Subject | None:
        """What the words of the clause right before the figure name; `earlier` is the clause before, `right` the words
        behind."""
        bare = without_times(clause).rstrip()
        against = _AGAINST.search(bare)
        if against and any(name.start == 0 for name in names_in(against["name"])):
            return Subject(against["name"], "against")
        if _COMPARING.match(bare):
            return None
        if within := _base_clause(bare):
            return Subject(within, "base")
        beside = [name for name in names_in(bare) if name.end == len(bare) and _BESIDE.search(bare[: name.start])]
        if beside and (figure.kind != "ordinal" or not beside[-1].start):
            return Subject(beside[-1].text, "beside")
        phrase = subject_phrase(bare)
        owner = owner_of(phrase)
        in_force = self._last or self._topic or self._scope
        counter = figure.kind == "count" and figure.unit in _COUNTERS and not right[:1].isalnum()
        behind = bare[bare.find(phrase) + len(phrase) :]
        if counter and in_force and owner.name and not names_in(owner.name) and _COUNTED.search(behind):
            return Subject(in_force, "scope")
        if figure.kind == "count" and owner.scope and "的" in owner.name and is_place(owner.scope):
            owner = replace(owner, name=owner.scope)
        if owner.loose and owner.name == phrase and _PART_OF.match(behind):
            owner = replace(owner, loose=False)
        if owner.pointed and earlier:
            return None
        if owner.loose and self._group and _PEOPLE_COUNT.search(phrase):
            return Subject(self._group, "group-of")
        dated = dated_topic(clause)
        base = _base_clause(earlier, phrase.endswith(_SHARES))
        return self._owned(dated if dated.name else owner, "clause", base)

    def _partner(self, clause: str) -> Subject | None:
        """The other side of a trade (我国对东盟进出口); the one before it stays in force."""
        found = _TRADE.search(without_times(clause))
        whom = found["with"].strip("“”\" ") if found else ""
        names = names_in(whom)
        return Subject(whom, "partner") if names and names[0].start == 0 and is_place(names[0].text) else None

    def _bracketed(self, between: str) -> Subject | None:
        """What stands before the bracket that the figure stands in (服装(上升7.6%)), where no figure does."""
        found = _IN_BRACKET.search(between)
        if not found or "的" in found["name"][-1:]:
            return None
        name = _LEAD_IN.sub("", without_times(found["name"])).strip(" “”\"「」")
        return Subject(name, "bracket") if 1 < len(name) <= _TO_RIGHT // 2 and not holds_verb(name) else None

    def _before(self, clauses: Sequence[tuple[str, str]]) -> Subject | None:
        """The subject of the nearest of some earlier clauses that has one; one that points back is the last resort."""
        pointed = Owner()
        for _, clause in reversed(clauses):
            if found := self._partner(clause) or _founded(clause):
                return found
            if base := _base_clause(clause):
                return Subject(base, "base")
            owner = owner_of(subject_phrase(without_times(clause)))
            pointed = owner if owner.pointed else pointed
            if not owner.pointed and (found := self._owned(owner, "sentence")):
                return found
        return self._owned(pointed, "sentence")

    def _owned(self, owner: Owner, rule: str, base: str = "") -> Subject | None:
        if owner.pointed:
            name = self._topic or (self._before_that if owner.name else self._past)
            return Subject(name, "pointed") if name else None
        scope = self._scope or self._place
        if owner.name:
            name = self._resolved(owner.name)
            if owner.scope:
                self._scope = self._resolved(owner.scope)
                return Subject(name, rule)
            if base:
                return Subject(base if owner.loose else base + name, "base")
            if owner.loose:
                return self._loosely(name, scope)
            alone = names_in(name) or is_body(scope) or is_group(name)
            return Subject(name if alone else scope + name, rule)
        if owner.whole and (self._last or scope):
            return Subject(scope or self._last, "scope")
        return None

    def _loosely(self, name: str, scope: str) -> Subject:
        """The subject in force for words that may be but a part of the indicator; these words where there is none."""
        carried = [] if self._loose else [self._last]
        carried += [scope] + ([] if self._loose else [self._topic])
        in_force = next((one for one in carried if one), "")
        return Subject(in_force, "scope") if in_force else Subject(name, "loose")

    def _carried(self, clauses: Sequence[tuple[str, str]]) -> Subject | None:
        """The subject of the paragraph, else a place that the sentence names or that its speaker is of."""
        if self._topic:
            return Subject(self._topic, "paragraph")
        named = [name.text for _, clause in clauses for name in names_in(clause)]
        named = named or [name.text for who, _ in clauses for name in names_in(who) if is_place(name.text)]
        return Subject(named[-1], "sentence") if named else None

    def _headed(self, passage: Passage) -> Subject:
        for heading in reversed(passage.headings):
            name = next((name.text for name in names_in(heading)), "") or _subject_of_heading(heading)
            if name:
                return Subject(name, "heading")
        name = self._past or self._place
        return Subject(name, "document") if name else Subject()

    def _resolved(self, name: str) -> str:
        """全省 and the like as the place they stand for, where a place of that level is in force."""
        for word, level in _LEVEL.items():
            if name.startswith(word):
                places = [place for place in (self._scope, self._place) if place and level_of(place) == level]
                return places[0] + name[len(word) :] if places else name
        return name


def _clauses(text: str) -> list[tuple[str, str]]:
    """Who says it and what is said, of each clause of a text without what stands in brackets."""
    return [spoken(clause) for clause in _MARK.split(_SPACE.sub("", _BRACKETS.sub("", text)))]


def _founded(clause: str) -> Subject | None:
    """What somebody has founded or bought, where nothing but that is told before (他创办了月之暗面, 获得…)."""
    found = _FOUNDED.search(clause)
    names = names_in(found["what"]) if found else ()
    return Subject(names[0].text, "founded") if names and names[0].start == 0 else None


def _subject_of_heading(heading: str) -> str:
    """The body or thing that a heading begins with; "" for none."""
    owner = owner_of(subject_phrase(without_times(_EDITION_NUMBER.sub("", heading))))
    return owner.name if owner.scope else ""


def _base_clause(clause: str, share: bool = False) -> str:
    """The group or thing that a clause such as 在这些毕业生中 takes its figures from, before a `share` whatever it is;
    "" for none."""
    found = _BASE_CLAUSE.fullmatch(without_times(clause).strip())
    return found["base"] if found and (share or is_group(found["base"]) or is_thing(found["base"])) else ""


def _stretch(between: str, clause: str) -> str:
    """The words between the figure before it and this one where both stand in one clause, else the clause."""
    if _MARK.search(between):
        return clause
    marks = list(_SEPARATOR.finditer(between))
    stretch = between[marks[-1].end() :] if marks else ""
    return "" if stretch.endswith("的") else stretch


def _main_place(passages: Sequence[Passage], title: str) -> str:
    """The place that the title of a document names (台出口破…), or most of its place names do; "" for none."""
    title = title or next((passage.text for passage in passages if passage.kind == "title"), "")
    counts = Counter(name.text for passage in passages for name in names_in(passage.text) if is_place(name.text))
    named = [(name.start, name.text) for name in names_in(title) if is_place(name.text)]
    named += [(place, name) for place, name in short_places(title) if counts[name] > 1]
    if named:
        return min(named)[1]
    most = max(counts, key=lambda name: (counts[name], name), default="")
    return most if counts[most] >= max(3, _MAIN_SHARE * counts.total()) else ""
