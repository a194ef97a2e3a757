"""Which place, body, group or thing each figure of a document is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from report.observations.alignment import Part, is_label, singled
from report.observations.figure import Figure
from report.observations.groups import base_of, group_behind, is_group, limited, surveyed
from report.observations.naming import home_of, is_body, is_place, level_of, names_in
from report.observations.nominal import (
    Owner,
    dated_topic,
    holds_aggregate,
    holds_verb,
    is_thing,
    owner_of,
    subject_phrase,
    without_head,
)
from report.observations.passages import Passage
from report.observations.telling import MARK, against, base_clause, clauses_of, founded, partner, stretch, unbracketed
from report.observations.timewords import without_times
from report.observations.topics import PROGRAMMES, first_home, main_matter, main_place, subject_of_heading

_GAP = re.compile("(?<=[\u4e00-\u9fff0-9%]) (?=[\u4e00-\u9fff])")
_SUMMARY = re.compile(  # names nothing; 内容提要：该市企业近120家
    "^[【\\[(（]?(?:内容(?:提要|摘要|简介)|核心(?:提示|观点|要点)|本报?提要|提要|摘要|导读|导语|编者按|要点|概要)(?:[】\\])）][:：]?|[:：])")
_EDITION = re.compile("(?:的)?(?P<name>[^,，。;；、()在于今昨上将的]{2,24}?)(?=[,，。;；、()在于今昨上将的]|开幕|$)")
_LEVELS = {
    "国": ("全国", "该国"), "省": ("全省", "我省", "该省", "本省"), "市": ("全市", "我市", "该市", "本市"),
    "区": ("全区", "我区", "该区"), "县": ("全县", "我县", "该县"), "香港": ("全港", "本港"),
}
_LEVEL = {word: level for level, words in _LEVELS.items() for word in words}
_HOLDER = re.compile("[\u4e00-\u9fff·]{2,12}(?=的?$)")
_COMPARING = re.compile("^(?:较|比(?![例重值率])|与|同(?![比期])|相比|仅次于|高于|低于|超过|多于|少于|相当于)")
_PART_OF = re.compile("(?:约|也|则|已|还|均|共|仅|就|只)*占(?!比)")
_COUNTED = re.compile("^(?:有|共有?|达到?|超过?|约|近|逾|为|已|已有|数|总数|多达|高达| )*$")
_SHARES = ("占比", "比重", "比例", "份额")
_ATTENDED = re.compile("(?:出席|参加|参与|报名参加)了?(?P<event>[^,，。;；、()（）的]{3,24})")
_BARE_GROUP = 3  # characters of a group's name that tells nothing of it (研究者)
_BEGINS = re.compile("(?:而|但|另|还|其中|其余|当时|尽管|虽然|恰好|共|约|有|仅|已|,|，| )*")
_IN_BRACKET = re.compile(
    "(?:^|[;；,，。、:：为是])[)）]?(?P<name>[^;；,，。:：为是()（）0-9]{2,40})[(（][^()（）0-9]{0,12}$"
)
_LEAD_IN = re.compile("^(?:以及|即|如|其中|其次|分别|主要|包括|和|与|及|、)+")
_REASON = re.compile(" *(?:因(?![素子果应])|由于|如果|若(?!干))")
_BESIDE = re.compile("(?:[为是即、和与及]|(?<!拥)有|包括|^)$")
_GROUPED_UNITS = frozenset(("人", "名", "位", "家", "个", "所", "间", "户"))
_PEOPLE_COUNT = re.compile("(?:人数|人员)$")
_PEOPLE = frozenset(("人", "名", "位"))
_COUNTERS = _GROUPED_UNITS | {"项", "宗", "件", "处", "座", "条", "场", "次", "人次", "篇"}
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


class Subjects:
    """Walks through the sentences of a document in order and remembers what they are about.

    `scope` is the place or body in force, `topic` the last subject, `group` the last counted group of people.
    """

    def __init__(self, passages: Sequence[Passage], title: str) -> None:
        self._passages = passages
        self._next = 0
        self._place = main_place(passages, title)
        self._home = self._place or first_home(passages)
        self._matter = main_matter(passages, title)
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
        found = self._of_place(self._find(figure, passage, (start, end), parts), passage.text[self._end : start])
        if is_label(figure, passage):
            return found
        self._loose = found.rule == "loose" or self._loose and found.rule in ("same", "paragraph")
        self._last, self._end = found.name, end
        self._topic = self._before_that = found.name or self._topic
        return found

    def _of_place(self, found: Subject, before: str) -> Subject:
        """The place, where an aggregate of it is told as by a public body (主计总处上修经济成长率)."""
        bodies = [home_of(name.text) for name in names_in(found.name) if not is_place(name.text)]
        told = bodies and bodies[-1] and holds_aggregate(MARK.split(before)[-1])
        return Subject(bodies[-1], "scope") if told else found

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
        for _, clause in clauses_of(passage.text)[:3]:
            owner = owner_of(subject_phrase(without_times(clause)))
            if owner.scope:
                self._scope = self._topic = self._resolved(owner.scope)
                return

    def _find(self, figure: Figure, passage: Passage, span: tuple[int, int], parts: Sequence[Part]) -> Subject:
        (start, end), text = span, passage.text
        if passage.kind in ("title", "heading") or text.startswith("title:"):
            text = _GAP.sub("，", text)
        text = _SUMMARY.sub(lambda label: "，" * len(label[0]), text)
        right = unbracketed(text[end : end + 3 * _TO_RIGHT])[:_TO_RIGHT]
        if figure.unit == "届" and not figure.qualifier and not text[:start].endswith("连续"):
            edition = _EDITION.match(right)
            return Subject(edition["name"], "edition") if edition else Subject()
        if figure.unit == "任期" and (holder := _HOLDER.search(text[:start])):
            return Subject(holder[0], "edition")
        clauses = clauses_of(singled(text[: min((part.row for part in parts), default=start)], parts))
        self._note(clauses[:-1])
        between = text[self._end : start] if self._end and not parts else ""
        clause = stretch(between, clauses[-1][1]) if between else clauses[-1][1]
        return (
            self._grouped(figure, clauses, (text[:start], right))
            or _told(partner(clause), "partner")
            or self._bracketed(text[self._end : start])
            or self._in_clause(figure, clause, clauses[-2][1] if len(clauses) > 1 else "", right)
            or self._before(clauses_of(between.lstrip(")）"))[1:-1] if between else clauses[:-1] if parts else [])
            or (Subject(self._last, "same") if self._last else None)
            or self._before(clauses[:-1])
            or self._carried(clauses)
            or self._headed(passage)
        )

    def _note(self, clauses: Sequence[tuple[str, str]]) -> None:
        """Put in force the known place or body that the nearest earlier clause of the sentence is about."""
        for _, clause in reversed(clauses):
            if _REASON.match(without_times(clause)):
                continue
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
        if figure.kind != "count" or figure.unit and figure.unit not in _GROUPED_UNITS:
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
        if other := against(bare):
            return Subject(other, "against")
        if _COMPARING.match(bare):
            return None
        if within := base_clause(bare):
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
        if whole := self._whole(clause, phrase, earlier):
            return Subject(whole, "base")
        if owner.pointed and earlier:
            return None
        if owner.loose and self._group and _PEOPLE_COUNT.search(phrase):
            return Subject(self._group, "group-of")
        dated = dated_topic(clause)
        base = base_clause(earlier, phrase.endswith(_SHARES))
        return self._owned(dated if dated.name else owner, "clause", base)

    def _whole(self, clause: str, phrase: str, earlier: str) -> str:
        """What a group's share is a share of: the subject before 其中; "" where the clause tells no such share."""
        if not (clause.startswith(("其中", "当中")) and phrase.endswith(_SHARES) and is_group(without_head(phrase))):
            return ""
        group = without_head(subject_phrase(without_times(earlier)))
        return self._last or (group if is_group(group) else "")

    def _bracketed(self, between: str) -> Subject | None:
        """What stands before the bracket that the figure stands in (服装(上升7.6%)), where no figure does."""
        found = _IN_BRACKET.search(without_times(between))
        if not found or "的" in found["name"][-1:]:
            return None
        if "的" in found["name"] or without_head(found["name"]) != found["name"]:
            return self._owned(owner_of(subject_phrase(found["name"])), "bracket")
        name = _LEAD_IN.sub("", without_times(found["name"])).strip(" “”\"「」")
        if self._last and found["name"].endswith(("”", "」", '"')) and not is_thing(name):
            return Subject(self._last, "same")
        return Subject(name, "bracket") if 1 < len(name) <= _TO_RIGHT // 2 and not holds_verb(name) else None

    def _before(self, clauses: Sequence[tuple[str, str]]) -> Subject | None:
        """The subject of the nearest of some earlier clauses that has one; one that points back is the last resort."""
        pointed = Owner()
        for _, clause in reversed(clauses):
            if found := _told(partner(clause), "partner") or _told(founded(clause), "founded"):
                return found
            if base := base_clause(clause):
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
                agent = self._matter and is_body(owner.scope) and home_of(owner.scope)
                self._scope = self._matter if agent else self._resolved(owner.scope)
                return Subject(self._matter if agent else name, rule)
            if base:
                return Subject(base if owner.loose or is_group(name) else base + name, "base")
            if owner.loose:
                return self._loosely(name, scope)
            prefixed = (is_place(self._scope) or level_of(self._scope)) and not (names_in(name) or is_group(name))
            return Subject(self._scope + name if prefixed else name, rule)
        if owner.macro and self._home and (is_body(scope) or not scope):
            return Subject(self._home, "scope")
        if owner.whole and (self._last or scope):
            return Subject(scope or self._last, "scope")
        return None

    def _loosely(self, name: str, scope: str) -> Subject:
        """The subject in force for words that may be but a part of the indicator; these words where there is none.

        A programme of a sentence before owns nothing but what is told of it, unless the document is about it.
        """
        last = "" if self._loose else self._last
        other = scope.endswith(PROGRAMMES) and scope != self._matter
        in_force = last or (self._place if other else scope)
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
            name = next((name.text for name in names_in(heading)), "") or subject_of_heading(heading)
            if name:
                return Subject(name, "heading")
        name = self._matter or self._place or self._past or self._home
        return Subject(name, "document") if name else Subject()

    def _resolved(self, name: str) -> str:
        """全省 and the like as the place they stand for, where a place of that level is in force."""
        for word, level in _LEVEL.items():
            if name.startswith(word):
                places = [place for place in (self._scope, self._place) if place and level_of(place) == level]
                return places[0] + name[len(word) :] if places else name
        return name


def _told(name: str, rule: str) -> Subject | None:
    return Subject(name, rule) if name else None
