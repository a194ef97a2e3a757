"""The difference between two builds of a report: values, sentences, sources and findings, each with where it shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeVar

from report.content.evidence import is_finding
from report.content.nodes import Content, Evidence
from report.dataset.models import Check, Dataset, Source
from report.models import Model
from report.review.passages import Told, passages_of

T = TypeVar("T")
_SENTENCE = re.compile("[^。！？]*[。！？]+[”’」』）]*|[^。！？]+$")
GENERATED = ("annex", "sources")  # parts that follow from values and sources, which are compared themselves
LIKE = 0.4  # of the characters, for a sentence rewritten rather than one gone and another come


class Build(NamedTuple):
    """What one build left: its content and its dataset."""

    content: Content
    dataset: Dataset


class Change(Model):
    """One thing told differently: `old` is "" for what appeared, `new` for what vanished; `where` says where."""

    where: str
    old: str = ""
    new: str = ""


class ValueChange(Model):
    """A value of the report: as printed before and now, the clauses of its witnesses, the headings it stands under.

    Where the figure is the same, its evidence differs: other witnesses, other words, another verdict.
    """

    name: str
    label: str
    old: str
    new: str
    old_evidence: tuple[str, ...] = ()
    new_evidence: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class SourceChange(Model):
    """A source document that came, went or changed; `figures` are what it says differently, clause by clause."""

    doc: str
    kind: str  # 新增 / 撤去 / 改动
    title: str
    figures: tuple[Change, ...] = ()


class Difference(Model):
    """Everything that differs, each list empty where nothing does."""

    values: tuple[ValueChange, ...]
    sentences: tuple[Change, ...]
    sources: tuple[SourceChange, ...]
    findings: tuple[Change, ...]

    @property
    def empty(self) -> bool:
        """Whether the two builds say the same."""
        return not (self.values or self.sentences or self.sources or self.findings)


def compare(old: Build, new: Build) -> Difference:
    """What changed from `old` to `new`, in the order of the newer report (what vanished stands where it stood)."""
    return Difference(
        values=tuple(_values(old, new)),
        sentences=tuple(_sentences(_told(old.content), _told(new.content))),
        sources=tuple(_sources(old.dataset, new.dataset)),
        findings=tuple(_findings(old.dataset.checks, new.dataset.checks)),
    )


# ---------------------------------------------------------------- values


def _values(old: Build, new: Build) -> Iterator[ValueChange]:
    before, after = old.content.evidence, new.content.evidence
    places = {**_places(old.content), **_places(new.content)}
    for name in (*after, *(name for name in before if name not in after)):
        one, two = before.get(name), after.get(name)
        if is_finding(name) or _shown(one) == _shown(two):
            continue
        yield ValueChange(
            name=name, label=(two or one or _NOTHING).label, old=one.text if one else "", new=two.text if two else "",
            old_evidence=_shown(one)[1:], new_evidence=_shown(two)[1:], places=tuple(places.get(name, ())),
        )  # fmt: skip


_NOTHING = Evidence(label="", text="", verdict="")


def _shown(evidence: Evidence | None) -> tuple[str, ...]:
    """The figure, then each witness in words, then the verdict."""
    if evidence is None:
        return ()
    witnesses = (f"{witness.doc}：{witness.clause}" for witness in evidence.witnesses)
    verdict = "；".join(filter(None, (evidence.verdict, evidence.reason)))
    return evidence.text, *witnesses, *filter(None, (evidence.formula, verdict))


def _places(content: Content) -> Mapping[str, list[str]]:
    """The headings (and figures) under which each value is printed, in order, each once."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for passage in passages_of(content):
        if passage.part not in GENERATED:
            for name in passage.values:
                found[name][passage.where] = None
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


def _sources(old: Dataset, new: Dataset) -> Iterator[SourceChange]:
    before, after = _by_id(old.sources), _by_id(new.sources)
    for doc in sorted({*before, *after}):
        one, two = before.get(doc), after.get(doc)
        figures = tuple(_figures(old, new, doc))
        if one and two and one.model_copy(update={"file": two.file}) == two and not figures:
            continue
        kind = "改动" if one and two else "新增" if two else "撤去"
        yield SourceChange(doc=doc, kind=kind, title=_title(two or one), figures=figures if one and two else ())


def _by_id(sources: Iterable[Source]) -> dict[str, Source]:
    return {source.id: source for source in sources}


def _title(source: Source | None) -> str:
    return (source.title or source.file) if source else ""


def _figures(old: Dataset, new: Dataset, doc: str) -> Iterator[Change]:
    """The sentences with figures of one document that differ; a correction of a figure shows as its reading."""
    before, after = _said(old, doc), _said(new, doc)
    for gone, come in _runs(before, after, "".join):
        for one, two in _paired(gone, come, lambda said: said[0]):
            same = bool(one and two and one[0] == two[0])
            yield Change(
                where="读法" if same else "原文",
                old=one[same] if one else "", new=two[same] if two else "",
            )  # fmt: skip


def _said(dataset: Dataset, doc: str) -> list[tuple[str, str]]:
    """The sentences of a document that hold figures, each with what was read from it."""
    found: dict[tuple[int, str], list[str]] = {}
    for one in dataset.observations:
        if one.doc == doc:
            read = "，".join(filter(None, (one.text, str(one.value), one.unit, one.entity, one.indicator, one.period)))
            found.setdefault((one.sentence_start, one.sentence), []).append(read)
    return [(sentence, "；".join(read)) for (_, sentence), read in found.items()]


def _findings(old: Sequence[Check], new: Sequence[Check]) -> Iterator[Change]:
    before, after = ([check.text for check in checks if check.verdict != "agrees"] for checks in (old, new))
    for gone, come in _runs(before, after, str):
        for one, two in _paired(gone, come, str):
            yield Change(where="核校", old=one or "", new=two or "")
