"""The evidence behind every figure that the report prints."""

from __future__ import annotations

from report.content.ledger import Ledger
from report.content.nodes import Evidence, Witness
from report.dataset.models import BoundValue, Check
from report.dataset.values import clause_of
from report.observations.observation import Observation
from report.templates.slots import DOCUMENT_COUNT

VERDICTS = {"agrees": "一致", "single": "单一来源", "conflicts": "不一致", "not-comparable": "不可比"}
DERIVED = "推算"
FINDING = "核校:"  # no value's name holds a colon
CLAUSE = 60  # characters of a source quoted for one figure, at most
_SIGNS = {"difference": "－", "sum": "＋", "ratio": "÷", "share": "÷", "growth": "比", "count": "、"}
_TAILS = {"share": "，以百分数计", "growth": "的增幅", "count": "，计其项数"}


def collect_evidence(ledger: Ledger) -> dict[str, Evidence]:
    """Evidence by name: for the values used, for the number of documents, and for each finding (`核校:1`, …)."""
    found = {name: _evidence(ledger.values[name], ledger) for name in ledger.used}
    found[DOCUMENT_COUNT] = Evidence(
        label="本报告使用的文献", text=count_text(ledger), verdict=DERIVED, formula="参考文献所列文献，计其项数"
    )
    for index, check in enumerate(ledger.checks, 1):
        found[finding_name(index)] = _finding(check, ledger)
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


def _evidence(value: BoundValue, ledger: Ledger) -> Evidence:
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
        witnesses=tuple(_witness(found, ledger) for found in ledger.witnesses(value.name)),
    )


def _finding(check: Check, ledger: Ledger) -> Evidence:
    """A finding's evidence: its sentence, and the words of every source it rests on."""
    known = [ledger.observations[name] for name in check.observations if name in ledger.observations]
    return Evidence(
        label=_reason(check.reason, ledger),
        text=_reason(check.text, ledger),
        verdict=VERDICTS[check.verdict],
        reason=_reason(check.reason, ledger),
        witnesses=tuple(_witness(found, ledger) for found in known),
    )


def _witness(found: Observation, ledger: Ledger) -> Witness:
    return Witness(
        observation=found.id,
        doc=found.doc,
        source=ledger.numbers[found.doc],
        text=found.text,
        sentence=found.sentence,
        clause=clause_of(found, CLAUSE - 2).replace("…", "……").rstrip("。"),
        citations=found.citations,
    )


def _reason(text: str, ledger: Ledger) -> str:
    return name_documents(text, ledger)


def name_documents(text: str, ledger: Ledger) -> str:
    """A sentence of the dataset with document ids replaced by numbers of the source list."""
    for doc in sorted(ledger.numbers, key=len, reverse=True):
        text = text.replace(doc, f"文献[{ledger.numbers[doc]}]")
    return text
