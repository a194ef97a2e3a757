"""The evidence behind every figure that the report prints."""

from __future__ import annotations

from collections.abc import Mapping

from report.content.ledger import Ledger
from report.content.nodes import Evidence, Witness
from report.dataset.mention import short_names
from report.dataset.models import BoundValue, Check
from report.dataset.values import clause_of
from report.observations.observation import Observation
from report.templates.slots import DOCUMENT_COUNT

VERDICTS = {"agrees": "一致", "single": "单一来源", "conflicts": "不一致", "not-comparable": "不可比"}
DERIVED = "推算"
FINDING = "核校:"  # no value's name holds a colon
CLAUSE = 60  # characters of a source quoted for one figure, at most
SHORTEST = 10  # and at least, where a document lends many figures: less would not hold the figure
SHARE = 10  # of a document's characters, at most one in so many is quoted in all
_SIGNS = {"difference": "－", "sum": "＋", "ratio": "÷", "share": "÷", "growth": "比", "count": "、"}
_TAILS = {"share": "，以百分数计", "growth": "的增幅", "count": "，计其项数"}


def collect_evidence(ledger: Ledger) -> dict[str, Evidence]:
    """Evidence by name: for the values used, for the number of documents, and for each finding (`核校:1`, …)."""
    limits = _limits(ledger)
    found = {name: _evidence(ledger.values[name], ledger, limits) for name in ledger.used}
    found[DOCUMENT_COUNT] = Evidence(
        label="本报告使用的文献", text=count_text(ledger), verdict=DERIVED, formula="参考文献所列文献，计其项数"
    )
    for index, check in enumerate(ledger.checks, 1):
        found[finding_name(index)] = _finding(check, ledger, limits)
    return found


def finding_name(index: int) -> str:
    """The key of a finding's evidence, counted from 1."""
    return f"{FINDING}{index}"


def is_finding(name: str) -> bool:
    """Whether a key of the evidence is a finding's."""
    return name.startswith(FINDING)


def count_text(ledger: Ledger) -> str:
    """How many documents the report uses, as printed."""
    return f"{len(ledger.numbers)}份"


def formula_parts(value: BoundValue, ledger: Ledger) -> list[str | BoundValue]:
    """A derived value's formula: words, and the parents to print in their places."""
    parts: list[str | BoundValue] = []
    operation = value.operation or "count"
    for parent in value.parents:
        parts += [_SIGNS[operation]] if parts else []
        parts += [ledger.values[parent].label, ledger.values[parent]]
    return [*parts, _TAILS.get(operation, "")]


def quoted(found: Evidence) -> tuple[Witness, ...]:
    """The witnesses whose words the annex prints: the winner, and all where they disagree."""
    return found.witnesses if found.verdict == VERDICTS["conflicts"] else found.witnesses[:1]


def _limits(ledger: Ledger) -> dict[str, int]:
    """How many characters a clause of each document may have, so that the annex quotes no more than a tenth of it."""
    clauses: dict[str, list[Observation]] = {}
    for name in ledger.used:
        value = ledger.values[name]
        found = ledger.witnesses(name)
        for witness in found if value.verdict == "conflicts" else found[:1]:
            clauses.setdefault(witness.doc, []).append(witness)
    return {doc: _limit(found, ledger.sources[doc].length or CLAUSE * SHARE * len(found))
            for doc, found in clauses.items()}


def _limit(found: list[Observation], length: int) -> int:
    """The longest limit at which the clauses, each counted once, stay under a tenth of `length`."""
    for limit in range(CLAUSE, SHORTEST, -1):
        if sum(map(len, {_clause(one, limit) for one in found})) * SHARE <= length:
            return limit
    return SHORTEST


def _clause(found: Observation, limit: int) -> str:
    """The clause that holds the figure, at most `limit` characters (or the figure), …… counted; no full stop."""
    return clause_of(found, max(limit - 2, len(found.text) + 2)).replace("…", "……").rstrip("。")


def _evidence(value: BoundValue, ledger: Ledger, limits: Mapping[str, int]) -> Evidence:
    if value.operation:
        parts = formula_parts(value, ledger)
        formula = "".join(part if isinstance(part, str) else part.text for part in parts)
        return Evidence(
            label=value.label, text=value.text, verdict=DERIVED, reason=value.reason, parents=value.parents,
            formula=formula or "来源文献，计其项数",
        )
    return Evidence(
        label=value.label,
        text=value.text,
        verdict=VERDICTS[value.verdict],
        reason=_reason(value.reason, ledger),
        witnesses=tuple(_witness(found, ledger, limits) for found in ledger.witnesses(value.name)),
    )


def _finding(check: Check, ledger: Ledger, limits: Mapping[str, int]) -> Evidence:
    """A finding's evidence: its sentence, and the words of every source it rests on."""
    known = [ledger.observations[name] for name in check.observations if name in ledger.observations]
    return Evidence(
        label=_reason(check.reason, ledger),
        text=_reason(check.text, ledger),
        verdict=VERDICTS[check.verdict],
        reason=_reason(check.reason, ledger),
        witnesses=tuple(_witness(found, ledger, limits) for found in known),
    )


def _witness(found: Observation, ledger: Ledger, limits: Mapping[str, int]) -> Witness:
    return Witness(
        observation=found.id,
        doc=found.doc,
        source=ledger.numbers[found.doc],
        text=found.text,
        sentence=found.sentence,
        clause=_clause(found, limits.get(found.doc, CLAUSE)),
        citations=found.citations,
    )


def _reason(text: str, ledger: Ledger) -> str:
    return name_documents(text, ledger)


def name_documents(text: str, ledger: Ledger) -> str:
    """A sentence of the dataset, where documents go by their ids, with their numbers in the source list instead."""
    names = short_names(sorted(ledger.sources))
    for doc, number in sorted(ledger.numbers.items(), key=lambda item: -len(names[item[0]])):
        text = text.replace(names[doc], f"文献[{number}]").replace(doc, f"文献[{number}]")
    return text
