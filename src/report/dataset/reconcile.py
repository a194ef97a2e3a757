"""From documents and observations to a dataset: like figures gathered into facts, checks made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from report.dataset.models import Dataset, Source
from report.dataset.precedence import precedence_of
from report.dataset.query import document_of
from report.errors import Issue, ReportError
from report.observations.event import Event
from report.observations.observation import Observation
from report.sources.document import Document


def reconcile(
    sources: Iterable[Source], observations: Sequence[Observation], *,
    precedence: Sequence[str] = (), where: Sequence[str] = (),
    events: Sequence[Event] = (),
) -> Dataset:
    """The dataset of the documents with these cards: their observations, facts and checks.

    Observations and events of other documents are left out. `precedence` names documents (by prefix) whose figure
    holds where figures disagree, best first; `where` is the place of each name (file:line), () for none to tell.
    ReportError where a prefix meets nothing or several.
    """
    from report.dataset.arithmetic import check_all  # here: the rules read tables of words, which importing must not
    from report.dataset.places import homes_of
    from report.dataset.witnesses import settle

    cards = tuple(sorted(sources, key=lambda one: one.id))
    ids = {source.id for source in cards}
    kept = [found for found in observations if found.doc in ids]
    kept.sort(key=lambda one: (one.doc, one.start, one.end, one.id))
    preferred = _preferred(precedence, where or ("precedence",) * len(precedence), cards)
    told = tuple(sorted((one for one in events if one.doc in ids), key=lambda one: (one.doc, one.start, one.id)))
    checks = check_all(kept, cards, told)
    facts, checks = settle(kept, precedence_of(cards, preferred), checks, homes_of(cards))
    return Dataset(
        sources=cards, observations=tuple(kept), facts=facts, checks=checks, events=told, precedence=tuple(preferred),
    )


def _preferred(precedence: Sequence[str], where: Sequence[str], sources: Sequence[Source]) -> list[str]:
    """The ids of the documents named; ReportError with all the names that meet none or several, or one again."""
    found: dict[str, str] = {}
    issues: list[Issue] = []
    for prefix, place in zip(precedence, where, strict=True):
        try:
            doc = document_of(prefix, sources, place)
        except ReportError as error:
            issues += error.issues
            continue
        if doc in found:
            issues.append(Issue(where=place, problem=f"precedence 中的“{prefix}”与“{found[doc]}”是同一份文献",
                                hint="每份文献只写一次，删去后一个"))
        found.setdefault(doc, prefix)
    if issues:
        raise ReportError.all_of(issues)
    return list(found)


def source_of(document: Document) -> Source:
    """The card of a document."""
    told = document.metadata
    return Source(
        id=document.id, file=document.file, sha256=document.sha256, script=told.script,
        length=len(document.source), title=told.title, date=told.date, date_kind=told.date_kind,
        publisher=told.publisher, author=told.author, serial=told.serial, series=told.series, url=told.url,
        reliability=told.reliability,
    )
