"""The dataset as saved: sources, observations, what agrees and what does not, and values bound for a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from report.models import Many, Model, canonical_json
from report.observations.event import Event
from report.observations.observation import Bound, Kind, Number, Observation

Verdict = Literal["single", "agrees", "conflicts", "not-comparable"]
Rule = Literal[
    "parts-of-whole", "share", "growth", "multiple", "point-change", "difference",
    "range-order", "same-figure", "qualifier", "direction",
]
Operation = Literal["difference", "sum", "ratio", "growth", "share", "count", "base", "whole"]
# How a base is implied by what is said of a change: 增长X%, 下降X%, 是…的X倍, 增长X倍, 增加X, 减少X.
Sense = Literal["growth", "fall", "times", "times-more", "more", "less", "share"]


class Source(Model):
    """The card of one source document; "" where the document does not say. `length` in characters, 0 for unknown."""

    id: str
    file: str
    sha256: str
    script: str
    length: int = 0
    title: str = ""
    date: str = ""
    date_kind: Literal["stated", "event"] = "stated"  # event: no day of publication, but of what the text tells of
    publisher: str = ""
    author: str = ""
    serial: str = ""
    series: str = ""
    url: str = ""
    reliability: str = ""


class Fact(Many):
    """Observations of the same indicator, entity, period and base: one value with its witnesses, the winner first."""

    id: str
    observations: tuple[str, ...]
    verdict: Verdict
    reason: str


class Check(Many):
    """One finding about what the sources say (an entry of checks.json), the agreeing ones too.

    `verdict` is agrees, conflicts or not-comparable; `text` says the finding in one plain Chinese sentence.
    """

    id: str
    rule: Rule
    verdict: Verdict
    reason: str
    docs: tuple[str, ...]
    observations: tuple[str, ...]
    values: tuple[Number | tuple[Number, Number], ...]
    stated: Number | None = None
    computed: Number | tuple[Number, Number] | None = None
    text: str


class Dataset(Model):
    """What a report may draw on: the documents it uses and everything observed in them, reconciled.

    `precedence` are the documents whose figures hold where figures disagree, best first, as the report names them.
    """

    sources: tuple[Source, ...]
    observations: tuple[Observation, ...]
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    events: tuple[Event, ...] = ()
    precedence: tuple[str, ...] = ()

    def to_json(self) -> str:
        """The same text as any record's, made record by record (see `pieces`)."""
        return "".join(self.pieces())

    def pieces(self) -> Iterator[str]:
        """The text of `to_json` piece by piece: of very many observations only one is held as text at a time."""
        yield "{"
        for number, name in enumerate(type(self).model_fields):
            yield (",\n" if number else "\n") + f' "{name}": '
            yield from _listed(getattr(self, name))
        yield "\n}\n"


def _listed(items: Sequence[Model | str]) -> Iterator[str]:
    """The items as canonical JSON, two levels deep."""
    if not items:
        yield "[]"
        return
    for number, item in enumerate(items):
        data = item.model_dump(mode="json") if isinstance(item, Model) else item
        yield (",\n  " if number else "[\n  ") + canonical_json(data).rstrip("\n").replace("\n", "\n  ")
    yield "\n ]"


class Query(Model):
    """Which observations a value may be read from. Every condition given must hold; texts are matched normalised
    (full width = half width, Traditional = Simplified).

    `doc` is a document id or an unambiguous beginning of one. `event` finds the date of a dated event: it occurs in the
    event's instrument, actor or action. `unit`, `entity`, `period` are compared as printed in
    the observation (entity: contained in). `words` must all occur in the clause that holds the figure; `before` and
    `after` are the words that stand directly before and after the number, punctuation left out (24 characters at most).
    """

    doc: str = ""
    kind: Kind | None = None
    unit: str | None = None
    entity: str = ""
    period: str = ""
    words: tuple[str, ...] = ()
    event: str = ""
    before: str = ""
    after: str = ""


class Derivation(Model):
    """How a value follows from others (named): `difference` a−b, `sum`, `ratio` a/b, `growth` (a−b)/b in %,
    `share` a/b in %, `count` how many values are named. Implied, stated by nobody: `base` what a was before the change
    b, or what it is compared with (49.15亿, 增长21.8% → 40.35亿; 1091亿, 12倍 → 91亿), `whole` of what a is the share
    b.
    `digits` after the decimal point, rounding half to even."""

    operation: Operation
    of: tuple[str, ...]
    digits: int = 0


class ValueSpec(Model):
    """One entry of values.yaml: exactly one of `find` and `derive`.

    `label` says in words what the value is (annex, evidence); `unit` the unit to print where the source's is not the
    house's (位 → 人); `prefer` names documents whose figure holds where candidates disagree, best first.
    """

    label: str
    find: tuple[Query, ...] = ()
    derive: Derivation | None = None
    prefer: tuple[str, ...] = ()
    unit: str = ""


class BoundValue(Model):
    """A value with its evidence: found in observations (winner first in `observations`) or derived from `parents`.

    `text` is the figure as printed, qualifier and unit included (约57%); `plain` without qualifier (57%);
    `number` digits only (57); `period` as printed (2024年), "" where the observation has none.
    `verdict`/`reason` tell how the witnesses compare.
    `interval` is what the true value may be by rounding and qualifiers, in base units (fractions in percent), None for
    dates, ranges and counts of values. `sense` tells how an implied value (推算) follows from its parents.
    """

    name: str
    label: str
    kind: Kind
    base: Kind | None = None
    value: Number | tuple[Number, Number]
    unit: str
    qualifier: str
    bound: Bound
    text: str
    plain: str
    number: str
    period: str = ""
    observations: tuple[str, ...]
    parents: tuple[str, ...] = ()
    operation: Operation | None = None
    sense: Sense | None = None
    interval: tuple[float, float] | None = None
    verdict: Verdict
    reason: str = ""
