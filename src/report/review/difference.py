"""The difference between two builds of a report: values, sentences, sources and findings, each with where it shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from report.content.evidence import is_finding
from report.content.nodes import Content, Evidence, Witness
from report.content.passages import GENERATED, Told, passages_of
from report.dataset.models import Dataset, Source
from report.dataset.standing import VERDICT_WORDS
from report.models import Model
from report.review.build import Build, names_of, renamed
from report.review.readings import read_otherwise

T = TypeVar("T")
_SENTENCE = re.compile("[^。！？]*[。！？]+[”’」』）]*|[^。！？]+$")
VERDICT = "核校"
LIKE = 0.4  # of the characters, for a sentence rewritten rather than one gone and another come


class Change(Model):
    """One thing told differently: `old` is "" for what appeared, `new` for what vanished; `where` says where, or what
    of it."""

    where: str
    old: str = ""
    new: str = ""


class ValueChange(Model):
    """A value of the report: as printed before and now, what is different in its evidence, the places it is printed.

    Where the figure is the same, only its evidence differs: other witnesses, other words, another verdict.
    """

    name: str
    label: str
    old: str
    new: str
    evidence: tuple[Change, ...] = ()
    places: tuple[str, ...] = ()


class SourceChange(Model):
    """A source document that came, went or changed: `figures` are the sentences with figures that say otherwise,
    `readings` the figures in unchanged sentences that are read otherwise, a line each."""

    doc: str
    kind: str  # 新增 / 撤去 / 改动
    title: str
    figures: tuple[Change, ...] = ()
    readings: tuple[str, ...] = ()


class Difference(Model):
    """Everything that differs, each list empty where nothing does; values that are printed otherwise come first."""

    values: tuple[ValueChange, ...]
    sentences: tuple[Change, ...]
    sources: tuple[SourceChange, ...]
    findings: tuple[Change, ...]

    @property
    def empty(self) -> bool:
        """Whether the two builds say the same."""
        return not (self.values or self.sentences or self.sources or self.findings)


def compare(old: Build, new: Build) -> Difference:
    """What changed from `old` to `new`, in the order of the newer report (what vanished stands where it stood).

    Documents go by their numbers in the newer report's source list.
    """
    names = names_of(new, old)
    values = list(_values(old, new, names))
    return Difference(
        values=tuple(sorted(values, key=lambda one: one.old == one.new)),
        sentences=tuple(_sentences(_told(old.content), _told(new.content))),
        sources=tuple(_sources(old.dataset, new.dataset, names)),
        findings=tuple(_findings(old.dataset, new.dataset, names)),
    )


# ---------------------------------------------------------------- values


def _values(old: Build, new: Build, names: Mapping[str, str]) -> Iterator[ValueChange]:
    before, after = old.content.evidence, new.content.evidence
    places = {**_places(old.content), **_places(new.content)}
    for name in (*after, *(name for name in before if name not in after)):
        if is_finding(name):
            continue
        one, two = before.get(name, _NOTHING), after.get(name, _NOTHING)
        evidence = tuple(_evidence(one, two, names))
        if one.text != two.text or evidence:
            yield ValueChange(
                name=name, label=two.label or one.label, old=one.text, new=two.text, evidence=evidence,
                places=tuple(places.get(name, ())),
            )  # fmt: skip


_NOTHING = Evidence(label="", text="", verdict="")


def _evidence(one: Evidence, two: Evidence, names: Mapping[str, str]) -> Iterator[Change]:
    """What the witnesses say otherwise, document by document; how the value is computed; its verdict."""
    before, after = _by_document(one), _by_document(two)
    for doc in (*after, *(doc for doc in before if doc not in after)):
        gone, come = before.get(doc, []), after.get(doc, [])
        if set(map(_said_by, gone)) != set(map(_said_by, come)) and _clauses(gone) != _clauses(come):
            yield Change(where=names.get(doc, doc), old=_clauses(gone), new=_clauses(come))
        for witness in come:
            if witness.correction and witness.correction not in {other.correction for other in gone}:
                yield Change(where=f"{names.get(doc, doc)}更正", new=witness.correction)
    if one.text and two.text and one.formula != two.formula:
        yield Change(where="算式", old=one.formula, new=two.formula)
    if one.text and two.text and one.verdict != two.verdict:
        yield Change(where=VERDICT, old=one.verdict, new=two.verdict)


def _by_document(evidence: Evidence) -> dict[str, list[Witness]]:
    found: dict[str, list[Witness]] = {}
    for witness in evidence.witnesses:
        found.setdefault(witness.doc, []).append(witness)
    return found


def _said_by(witness: Witness) -> tuple[str, str]:
    """What a witness says: how much of it the annex has room to quote is no part of it."""
    return witness.text, witness.sentence


def _clauses(witnesses: Iterable[Witness]) -> str:
    return "、".join(dict.fromkeys(f"“{witness.clause}”" for witness in witnesses))


def _places(content: Content) -> Mapping[str, list[str]]:
    """Where each value is printed, in short and in order, each place once."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for passage in passages_of(content):
        if passage.part not in GENERATED:
            for name in passage.values:
                found[name][passage.near] = None
    return {name: list(places) for name, places in found.items()}


# ---------------------------------------------------------------- sentences


def _told(content: Content) -> list[Told]:
    """The report's own sentences, one by one."""
    return [
        passage._replace(text=sentence)
        for passage in passages_of(content)
        if passage.part not in GENERATED
        for sentence in _SENTENCE.findall(passage.text)
    ]


def _sentences(old: Sequence[Told], new: Sequence[Told]) -> Iterator[Change]:
    for gone, come in _runs(old, new, lambda told: told.text):
        for one, two in _paired(gone, come, lambda told: told.text):
            place = two or one
            yield Change(where=place.where if place else "", old=one.text if one else "", new=two.text if two else "")


def _runs(old: Sequence[T], new: Sequence[T], key: Callable[[T], str]) -> Iterator[tuple[Sequence[T], Sequence[T]]]:
    """The runs that differ: what stood there, what stands there now."""
    matcher = SequenceMatcher(None, [key(one) for one in old], [key(one) for one in new], autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield old[start:end], new[first:last]


def _paired(gone: Sequence[T], come: Sequence[T], key: Callable[[T], str]) -> Iterator[tuple[T | None, T | None]]:
    """Old and new of a run, in order: each new one with the first old one like it that is left, else alone."""
    left = list(gone)
    for new in come:
        like = next((old for old in left if _alike(key(old), key(new))), None)
        if like is not None:
            for old in left[: left.index(like)]:
                yield old, None
            left = left[left.index(like) + 1 :]
        yield like, new
    for old in left:
        yield old, None


def _alike(old: str, new: str) -> bool:
    return SequenceMatcher(None, old, new, autojunk=False).ratio() >= LIKE


# ---------------------------------------------------------------- sources and findings


def _sources(old: Dataset, new: Dataset, names: Mapping[str, str]) -> Iterator[SourceChange]:
    before, after = _by_id(old.sources), _by_id(new.sources)
    for doc in sorted({*before, *after}):
        one, two = before.get(doc), after.get(doc)
        kind = "改动" if one and two else "新增" if two else "撤去"
        figures = tuple(_figures(old, new, doc)) if one and two and one.sha256 != two.sha256 else ()
        readings = tuple(read_otherwise(old, new, doc)) if one and two else ()
        if one and two and one.changed({"file": two.file}) == two and not figures and not readings:
            continue
        yield SourceChange(doc=doc, kind=kind, title=_title(two or one, names), figures=figures, readings=readings)


def _by_id(sources: Iterable[Source]) -> dict[str, Source]:
    return {source.id: source for source in sources}


def _title(source: Source | None, names: Mapping[str, str]) -> str:
    """`文献[2]《题名》`."""
    if source is None:
        return ""
    title = f"《{source.title or source.file}》"
    return title if names[source.id] == title else names[source.id] + title


def _figures(old: Dataset, new: Dataset, doc: str) -> Iterator[Change]:
    """The sentences with figures of one document that differ."""
    for gone, come in _runs(_said(old, doc), _said(new, doc), str):
        for one, two in _paired(gone, come, str):
            yield Change(where="原文", old=one or "", new=two or "")


def _said(dataset: Dataset, doc: str) -> list[str]:
    """The sentences of a document that hold figures, in order."""
    return [sentence for _, sentence in dict.fromkeys(
        (one.sentence_start, one.sentence) for one in dataset.observations if one.doc == doc)]


def _findings(old: Dataset, new: Dataset, names: Mapping[str, str]) -> Iterator[Change]:
    """The findings, agreeing ones too, that are told otherwise, each with its verdict."""
    before, after = _checks(old, names), _checks(new, names)
    for gone, come in _runs(before, after, " ".join):
        for one, two in _paired(gone, come, lambda told: told[1]):
            verdicts = dict.fromkeys(told[0] for told in (one, two) if told)
            yield Change(where=" → ".join(verdicts), old=one[1] if one else "", new=two[1] if two else "")


def _checks(dataset: Dataset, names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Verdict and text of every check, each once, the documents by the names they have here."""
    told = ((VERDICT_WORDS[check.verdict], renamed(check.text, dataset, names)) for check in dataset.checks)
    return list(dict.fromkeys(told))
