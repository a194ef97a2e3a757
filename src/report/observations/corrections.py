"""Corrections (corrections.yaml beside the sources): what a person sets right in what the rules read, and why."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from pydantic import field_validator, model_validator

from report.errors import Issue, ReportError
from report.models import Written
from report.names import did_you_mean
from report.observations.citing import Citations
from report.observations.normalise import normalise
from report.observations.observation import Observation
from report.observations.passages import Passages
from report.observations.settable import set_right
from report.sources.document import Document
from report.validate import checked
from report.yaml import Placed, read_yaml

# What a correction may set; place, text and sentence are the source's.
FIELDS = (
    *("kind", "base", "value", "unit", "qualifier", "bound", "indicator", "entity", "period", "as_of"),
    *("citations", "relations", "confidence"),
)
MARK = "corrected"  # in an observation's rule
_AROUND = 10  # characters of the source shown on either side of a place


class Stanza(Written):
    """One entry of `corrections:`: the figure at offset `at` of the document whose id begins with `doc`, as written
    there (`text`); either `set`, fields of the observation with their values, or `drop`; and the reason.

    Where the rules found no figure, a `set` with kind and value makes one. `expect` are values that must hold before
    anything is changed.
    """

    doc: str
    at: int
    text: str
    set: dict[str, Any] = {}
    drop: bool = False
    expect: dict[str, Any] = {}
    reason: str

    @field_validator("doc", "text", "reason")
    @classmethod
    def _says_something(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("是空的 — 写上文献编号、原文或理由")
        return value

    @model_validator(mode="after")
    def _does_one_thing(self) -> Stanza:
        if bool(self.set) == self.drop:
            raise ValueError("set 和 drop 要写一个，只写一个 — set: {period: \"2024\"} 或 drop: true")
        for name in ("set", "expect"):
            for field in getattr(self, name):
                if field not in FIELDS:
                    raise ValueError(f"{name} 里没有“{field}”这一项 — {did_you_mean(field, FIELDS)}")
        return self


class Correction(Stanza):
    """A stanza with its place in the file (`seeds/corrections.yaml:4`), and that of each field in `set` and `expect`
    (`set.period`) where it stands on another line."""

    where: str
    places: dict[str, str] = {}

    def place(self, part: str, field: str = "") -> str:
        """Where a field of `set` or `expect` stands."""
        return self.places.get(f"{part}.{field}", self.where)


class _File(Written):
    corrections: tuple[dict[str, Any], ...] = ()


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in a file, each with its place. Raises ReportError with every mistake of the file."""
    placed = read_yaml(path)
    issues: list[Issue] = []
    found: list[Correction] = []
    for index, data in enumerate(checked(_File, placed.data, placed.where).corrections):
        try:
            stanza = checked(Stanza, data, lambda *place, at=index: placed.where("corrections", at, *place))
            found.append(_placed(stanza, placed, index))
        except ReportError as error:
            issues += error.issues
    if issues:
        raise ReportError.all_of(issues)
    return tuple(found)


def _placed(stanza: Stanza, file: Placed, index: int) -> Correction:
    where = file.where("corrections", index)
    fields = [(part, field) for part in ("set", "expect") for field in getattr(stanza, part)]
    places = {f"{part}.{field}": file.where("corrections", index, part, field) for part, field in fields}
    apart = {name: place for name, place in places.items() if place != where}
    return Correction(**dict(stanza), where=where, places=apart)


def check_documents(corrections: Iterable[Correction], documents: Iterable[str]) -> None:
    """ReportError with every correction whose `doc` begins the id of none of the documents, or of several."""
    known = sorted(set(documents))
    issues = []
    for one in corrections:
        meant = [document for document in known if document.startswith(one.doc)]
        if not meant:
            issues.append(Issue(where=one.where, problem=f"没有编号以“{one.doc}”开头的文献",
                                hint=did_you_mean(one.doc, known)))
        elif len(meant) > 1 and one.doc not in meant:
            issues.append(Issue(where=one.where, problem=f"不止一份文献的编号以“{one.doc}”开头",
                                hint="写长一些：" + "、".join(meant[:6])))
    if issues:
        raise ReportError.all_of(issues)


def check_applied(corrections: Iterable[Correction], observations: Iterable[Observation]) -> None:
    """ReportError with every correction that the observations do not show: they were extracted without it."""
    wanted = list(corrections)
    found: dict[tuple[int, str], list[Observation]] = {(one.at, one.text): [] for one in wanted}
    for seen in observations:
        if (place := (seen.start, seen.text)) in found:
            found[place].append(seen)
    issues = []
    for one in wanted:
        there = [seen for seen in found[one.at, one.text] if seen.doc.startswith(one.doc)]
        if [seen.correction for seen in there] != ([] if one.drop else [one.reason.strip()]):
            hint = "重新抽取这份文献：report extract … --corrections；doc 和编号写在同一行"
            issues.append(Issue(where=one.where, problem=f"“{one.text}”的更正没有用上", hint=hint))
    if issues:
        raise ReportError.all_of(issues)


def correct(
    document: Document, observations: Sequence[Observation], corrections: Iterable[Correction]
) -> list[Observation]:
    """The document's observations, corrected, in order of place; corrections of other documents are passed over.

    What was set or made has its reason in `correction` and `corrected` in `rule`. Raises ReportError with every
    correction whose text no longer stands at its place, whose `expect` does not hold, whose values are of the wrong
    type, that means no observation and makes none, or that means one already corrected.
    """
    mine = [one for one in corrections if document.id.startswith(one.doc)]
    if not mine:
        return list(observations)
    work = _Work(document, observations)
    # What is made may take the place of what is dropped, wherever the file names it.
    for one in sorted(mine, key=lambda one: not one.drop):
        try:
            work.apply(one)
        except ReportError as error:
            work.issues += error.issues
    if work.issues:
        raise ReportError.all_of(work.issues)
    return work.done()


class _Work:
    """The observations of a document while they are corrected, by place."""

    def __init__(self, document: Document, observations: Sequence[Observation]) -> None:
        self.document = document
        self.found = {(one.start, one.end): one for one in observations}
        self.touched: dict[tuple[int, int], str] = {}
        self.dropped: set[str] = set()
        self.issues: list[Issue] = []

    def apply(self, one: Correction) -> None:
        span = one.at, one.at + len(one.text)
        if self.document.source[one.at : span[1]] != one.text or one.at < 0:
            raise ReportError(one.where, f"“{one.text}”已不在{self.document.id}的第{one.at}字处", self._moved(one))
        if earlier := self.touched.get(span):
            raise ReportError(one.where, f"“{one.text}”已由{earlier}更正", "合并成一条")
        target = self.found.get(span)
        if one.drop:
            self._drop(one, target)
        else:
            self.found[span] = self._set(one, target)
        self.touched[span] = one.where

    def done(self) -> list[Observation]:
        """All that is left, in order of place; no relation names what was dropped."""
        return [self._without_dropped(one) for _, one in sorted(self.found.items())]

    def _without_dropped(self, one: Observation) -> Observation:
        if not any(relation.of in self.dropped for relation in one.relations):
            return one
        kept = [r.changed({"of": ""}) if r.of in self.dropped else r for r in one.relations]
        return one.changed({"relations": tuple(kept)})

    def _drop(self, one: Correction, target: Observation | None) -> None:
        if target is None:
            near = self._near((one.at, one.at + len(one.text)))
            hint = f"这里读作“{near.text}”：改为 at: {near.start}、text: {near.text}" if near else "删去这条更正"
            raise ReportError(one.where, f"“{one.text}”没有读作数据，无可去掉", hint)
        _expect(one, target)
        del self.found[target.start, target.end]
        self.dropped.add(target.id)

    def _set(self, one: Correction, target: Observation | None) -> Observation:
        near = self._near((one.at, one.at + len(one.text)))
        if target is None and near:
            hint = f"更正它（at: {near.start}，text: {near.text}），或先用 drop 去掉它"
            raise ReportError(one.where, f"“{one.text}”与抽取到的“{near.text}”重叠", hint)
        if target is None and not {"kind", "value"} <= one.set.keys():
            hint = "要补上它，set 里写 kind 和 value，有单位的写 unit"
            raise ReportError(one.where, f"“{one.text}”没有读作数据", hint)
        if target is not None:
            _expect(one, target)
        given = msgspec.to_builtins(target) if target else self._new(one)
        told = {"confidence": 1.0, **one.set, "correction": one.reason.strip()}
        data = {**given, **told, "rule": f"{given['rule']}; {MARK}".removeprefix("; ")}
        known = {seen.id for seen in self.found.values()}
        return set_right(data, one.set, known, lambda *place: one.place("set", *map(str, place[:1])))

    def _near(self, span: tuple[int, int]) -> Observation | None:
        """The first observation that overlaps the span."""
        return next((one for _, one in sorted(self.found.items()) if one.start < span[1] and span[0] < one.end), None)

    def _new(self, one: Correction) -> dict[str, Any]:
        passage = Passages(self.document).at(one.at, one.at + len(one.text))
        key = "\x1f".join((self.document.id, one.text, passage.sentence.text, str(one.at - passage.sentence.start)))
        return {
            "id": f"obs-{hashlib.sha256(key.encode()).hexdigest()[:12]}", "doc": self.document.id,
            "start": one.at, "end": one.at + len(one.text), "text": one.text, "rule": "",
            "sentence": passage.sentence.text, "sentence_start": passage.sentence.start,
            "sentence_end": passage.sentence.end, "citations": Citations(self.document).at(passage.block, one.at),
        }  # fmt: skip

    def _moved(self, one: Correction) -> str:
        """Where the text stands now, nearest to where it was: as a figure, but for a correction that makes one."""
        source = self.document.source
        letters = r"\s{0,3}".join(map(re.escape, "".join(normalise(one.text).split())))
        places = [found.span() for found in re.finditer(letters, normalise(source))]
        if not places:
            return "原文里已没有这几个字：核对来源，改写或删去这条更正"
        if not {"kind", "value"} <= one.set.keys():
            places = [place for place in places if place in self.found]
        if not places:
            return "原文别处的这几个字都没有读作数据：照 report trace 印出的几行写 at 和 text"
        start, end = min(places, key=lambda place: abs(place[0] - one.at))
        around = f"{source[max(0, start - _AROUND) : start]}【{source[start:end]}】{source[end : end + _AROUND]}"
        written = "" if source[start:end] == one.text else f"、text: {source[start:end]}"
        return f"若是“{' '.join(around.split())}”这一处，改为 at: {start}{written}"


def _expect(one: Correction, target: Observation) -> None:
    data = msgspec.json.decode(msgspec.json.encode(target))  # lists, as a person writes them
    for field, expected in one.expect.items():
        if data[field] != expected:
            problem = f"“{one.text}”的 {field} 现为 {data[field]!r}，不是预期的 {expected!r}"
            hint = "来源或抽取已变：重新核对后改 expect，或删去这条更正"
            raise ReportError(one.place("expect", field), problem, hint)
