"""Whose figure holds: documents named in report.yaml, then the kind of source, then care, precision and date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from report.dataset.agreement import coarseness
from report.dataset.matching import squeeze
from report.dataset.models import Source
from report.errors import Issue, ReportError
from report.observations.observation import Observation


@dataclass(frozen=True)
class Precedence:
    """The standing of documents: `named` their rank in report.yaml's `precedence`, `levels` their rank by the
    catalogue's `reliability` (as far as told), `dates` when they were published (as far as they say)."""

    named: Mapping[str, int]
    levels: Mapping[str, int]
    dates: Mapping[str, str]

    def declared(self, found: Observation) -> tuple[int, int]:
        """Rank of an observation's document by what a person declared, 0 the best; equal where nothing was."""
        return self.named.get(found.doc, len(self.named)), self.levels.get(found.doc, len(_levels()))

    def ordered(self, group: Iterable[Observation]) -> list[Observation]:
        """The witnesses of one value, the one that holds first: declared, with its source cited, more precise, with
        its qualifier, of the later document, in order of place."""
        return sorted(group, key=lambda one: (
            *self.declared(one), not one.citations, coarseness(one), one.bound == "exact",
            _later(self.dates.get(one.doc, "")), one.doc, one.start))

    def why(self, winner: Observation, other: Observation, name: str) -> str:
        """In words, what puts the winner, whose document goes by `name`, before another witness; "" where it only
        stands first."""
        ours, theirs = self.declared(winner), self.declared(other)
        if ours[0] != theirs[0]:
            return f"report.yaml 写明以{name}为先"
        if ours[1] != theirs[1]:
            return f"{_name(ours[1])}先于{_name(theirs[1])}"
        if bool(winner.citations) != bool(other.citations):
            return f"{name}注明了出处"
        if coarseness(winner) != coarseness(other):
            return f"{name}的数更精确"
        if (winner.bound == "exact") != (other.bound == "exact"):
            return f"{name}保留了限定词"
        return f"{name}较晚" if self.dates.get(winner.doc, "") > self.dates.get(other.doc, "") else ""


NOBODY = Precedence({}, {}, {})


def precedence_of(sources: Sequence[Source], named: Sequence[str]) -> Precedence:
    """The standing of these documents; ReportError for every `reliability` that is none of the known words."""
    issues = [
        Issue(where=source.file, problem=f"reliability 写的“{source.reliability}”不认得", hint=hint)
        for source in sources if source.reliability and (hint := unknown_level(source.reliability))
    ]
    if issues:
        raise ReportError.all_of(issues)
    levels = {source.id: level for source in sources if (level := _level(source.reliability)) is not None}
    return Precedence({doc: place for place, doc in enumerate(named)}, levels,
                      {source.id: source.date for source in sources if source.date_kind == "stated"})


def unknown_level(word: str) -> str:
    """What may be written instead, for a `reliability` that is none of the known words; "" for a known one."""
    return "" if _level(word) is not None else "可选：" + "、".join(words[1] for _, words in _levels())


def _level(word: str) -> int | None:
    told = squeeze(word)
    return next((rank for rank, (_, words) in enumerate(_levels()) if told in words), None)


def _name(level: int) -> str:
    return _levels()[level][0] if level < len(_levels()) else "未注明类别的来源"


def _later(date: str) -> tuple[int, ...]:
    """Sorts later dates first, the undated last."""
    return tuple(-int(part) for part in date.split("-") if part.isdecimal()) or (0,)


@cache
def _levels() -> tuple[tuple[str, tuple[str, ...]], ...]:
    from ruamel.yaml import YAML  # here: the writers, which import this room's models, must not pay for it

    rows = YAML(typ="safe").load(Path(__file__).with_name("precedence.yaml"))
    return tuple((row["name"], tuple(map(squeeze, row["words"]))) for row in rows)
