"""Observations and values written out by hand."""

from __future__ import annotations

from typing import Any

from report.dataset.models import BoundValue, Dataset, Source
from report.observations.figures import figures_in
from report.observations.observation import Observation


def observation(text: str, *, doc: str = "a", start: int = 0, sentence: str = "", **fields: Any) -> Observation:
    """The observation of the one figure that `text` is, standing in `sentence`."""
    sentence = sentence or f"数值为{text}。"
    figure = (figures_in(text) or figures_in(sentence))[0]
    told: dict[str, Any] = {
        "kind": figure.kind, "base": figure.base, "value": figure.value, "unit": figure.unit,
        "qualifier": figure.qualifier, "bound": figure.bound, **fields,
    }
    sentence_start = start - sentence.index(text)
    return Observation(
        id=f"obs-{doc}-{start}", doc=doc, start=start, end=start + len(text), text=text, sentence=sentence,
        sentence_start=sentence_start, sentence_end=sentence_start + len(sentence), **told)


def dataset(*observations: Observation) -> Dataset:
    """A dataset of these observations alone."""
    docs = sorted({found.doc for found in observations})
    sources = tuple(Source(id=doc, file=f"{doc}.txt", sha256="0" * 64, script="Hans") for doc in docs)
    return Dataset(sources=sources, observations=observations, facts=(), checks=())


def value(name: str, number: float, **fields: Any) -> BoundValue:
    """A bound value with just a number."""
    told: dict[str, Any] = {
        "kind": "percent", "unit": "%", "qualifier": "", "bound": "exact", "text": f"{number}%", "plain": f"{number}%",
        "number": str(number), **fields}
    return BoundValue(name=name, label=name, value=number, observations=(), verdict="single", **told)
