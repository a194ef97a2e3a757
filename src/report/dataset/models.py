"""The dataset as saved: sources, observations, what agrees and what does not, and values bound for a report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from report.models import Model
from report.observations.event import Event
from report.observations.observation import Bound, Kind, Number, Observation
from report.records import Record, listed

Verdict = Literal["single", "agrees", "conflicts", "not-comparable"]
Rule = Literal[
    "parts-of-whole", "share", "growth", "multiple", "point-change", "difference",
    "range-order", "same-figure", "qualifier", "direction",
]
Operation = Literal["difference", "sum", "ratio", "growth", "share", "count", "base", "whole"]
# How a base is implied by what is said of a change: 增长X%, 下降X%, 是…的X倍, 增长X倍, 增加X, 减少X.
Sense = Literal["growth", "fall", "times", "times-more", "more", "less", "share"]


class Source(Record):
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


class Fact(Record):
    """Observations of the same indicator, entity, period and base: one value with its witnesses, the winner first.

    `verdict` and `reason` are the gravest of all findings about any of them: what every product says of the figure."""

    id: str
    observations: tuple[str, ...]
    verdict: Verdict
    reason: str


class Check(Record, kw_only=True):
    """One finding about what the sources say (an entry of checks.json), the agreeing ones too.

    `verdict` is agrees, conflicts or not-comparable; `text` says the finding in one plain Chinese sentence. `about` are
    the figures whose sense it concerns, where those are not all that it looked at.
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
    about: tuple[str, ...] = ()


class Dataset(Record):
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
        for number, name in enumerate(self.__struct_fields__):
            yield (",\n" if number else "\n") + f' "{name}": '
            yield from listed(getattr(self, name), " ")
        yield "\n}\n"


class Query(Model):
    """Which observations a value may be read from. Every condition given must hold; texts are matched normalised
    (full width = half width, Traditional = Simplified).

    `id` is that of one observation. `doc` is a document id or an unambiguous beginning of one.
    `event` finds the date of a dated event: it occurs in the
    event's instrument, actor or action. `unit`, `entity`, `period` are compared as printed in
    the observation (entity: contained in). `words` must all occur in the clause that holds the figure; `before` and
    `after` are the words that stand directly before and after the number, punctuation left out (24 characters at most).
    """

    id: str = ""
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
    `digits` after the decimal point, 0 to 6, rounding half to even; None for as many as an implied figure needs (those
    of the level it follows from, and what keeps it inside its interval), for none otherwise."""

    operation: Operation
    of: tuple[str, ...]
    digits: int | None = None


class ValueSpec(Model):
    """One entry of values.yaml: exactly one of `find` and `derive`.

    `label` says in words what the value is (annex, evidence); `unit` the unit to print where the source's is not the
    house's (位 → 人); `prefer` names documents whose figure holds where candidates disagree, best first; `optional`:
    that no document states it is no mistake.
    """

    label: str
    find: tuple[Query, ...] = ()
    derive: Derivation | None = None
    prefer: tuple[str, ...] = ()
    unit: str = ""
    optional: bool = False


class BoundValue(Model):
    """A value with its evidence: found in observations (winner first in `observations`) or derived from `parents`.

    `text` is the figure as printed, qualifier and unit included (约57%); `plain` without qualifier (57%);
    `number` digits only (57); `period` as printed (2024年), "" where the observation has none.
    `verdict`/`reason` tell how the witnesses compare.
    `interval` is what the true value may be by rounding and qualifiers (see extent), in the unit of `value`, which
    lies in it; None for dates, ranges, places in a row and counts of values. `sense` tells how an implied value (推算)
    follows from its parents. `why` is what puts the first witness before one that disagrees, in words.
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
    why: str = ""
