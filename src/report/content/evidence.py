"""The evidence behind every figure that the report prints."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

from report.content.ledger import Ledger
from report.content.nodes import Evidence, Witness
from report.content.taken import choice, decision
from report.content.verdicts import finding_reasons, findings_of, judge
from report.dataset.excerpts import DOTS, SHARE, clause_of, plan_excerpts
from report.dataset.mention import short_names
from report.dataset.models import BoundValue, Check
from report.dataset.standing import VERDICT_WORDS
from report.dataset.together import tell_together
from report.observations.observation import Observation
from report.templates.slots import DOCUMENT_COUNT

CORRECTED = "已更正"  # said of a figure that a person set right
FINDING = "核校:"  # no value's name holds a colon
QUOTATION = re.compile("“[^”]*”")
_SIGNS = {"difference": "－", "sum": "＋", "ratio": "÷", "share": "÷", "growth": "比", "count": "、"}
# Of an implied value: what stands between its parents and after them, by how it is implied.
_IMPLIED = {
    "growth": ("÷（1＋", "）"), "fall": ("÷（1－", "）"), "times": ("÷", ""), "times-more": ("÷（1＋", "）"),
    "more": ("－", ""), "less": ("＋", ""), "share": ("÷", ""),
}  # fmt: skip
_TAILS = {"share": "，以百分数计", "growth": "的增幅", "count": "，计其项数"}


def collect_evidence(ledger: Ledger, excerpts: Mapping[str, str]) -> dict[str, Evidence]:
    """Evidence by name: for the values used, for the number of documents, and for each finding (`核校:1`, …).
    `excerpts` are the words of the sources that the annex quotes, by observation."""
    found = {name: _evidence(ledger.values[name], ledger, excerpts) for name in ledger.used}
    found[DOCUMENT_COUNT] = Evidence(
        label="本报告使用的文献", text=count_text(ledger), verdict=VERDICT_WORDS["derived"],
        formula="参考文献所列文献，计其项数",
    )
    concerned = _concerned(ledger)
    for index, (group, text) in enumerate(zip(ledger.findings, _texts(ledger), strict=True), 1):
        found[finding_name(index)] = _finding(group, text, concerned[index], ledger, excerpts)
    return found


def _concerned(ledger: Ledger) -> Mapping[int, list[str]]:
    """The values used that each finding concerns, by its number."""
    found: dict[int, list[str]] = defaultdict(list)
    for name in ledger.used:
        for number in dict.fromkeys(number for number, _ in findings_of(name, ledger)):
            found[number].append(name)
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
    """A derived value's formula: words, and the parents to print in their places. What counts the dataset itself has no
    parents: its label says what is counted."""
    parts: list[str | BoundValue] = [] if value.parents else [value.label]
    operation = value.operation or "count"
    sign, tail = _IMPLIED[value.sense] if value.sense else (_SIGNS[operation], _TAILS.get(operation, ""))
    for parent in value.parents:
        parts += [sign] if parts else []
        parts += [ledger.values[parent].label, ledger.values[parent]]
    return [*parts, tail]


def quoted(found: Evidence) -> tuple[Witness, ...]:
    """The witnesses whose words the annex prints: the winner, and all where they disagree."""
    return found.witnesses if found.taken else found.witnesses[:1]


def excerpts_of(ledger: Ledger) -> dict[str, str]:
    """The words that the annex quotes of every source, by observation: no more than a tenth of a document in all, with
    what the findings quote of it beside. An observation for which that leaves no words has none."""
    wanted: list[Observation] = []
    for name in ledger.used:
        found = ledger.witnesses(name)
        all_of_them = ledger.values[name].verdict == "conflicts"
        # A document that has the winner's very words is quoted with it, whoever is named.
        wanted += [one for one in found if all_of_them or clause_of(one) == clause_of(found[0])]
    planned = dict.fromkeys((one.id for one in wanted), "")
    told: Mapping[str, set[str]] | None = None
    # A figure that gets no words of its own may be told in a finding's: each round leaves the excerpts less room.
    while (now := _told_in_findings(ledger, planned)) != told:
        told = now
        planned = plan_excerpts(wanted, {
            doc: max(source.length - SHARE * sum(map(len, told.get(doc, ()))), 1) if source.length else 0
            for doc, source in ledger.sources.items()
        })
    return planned


def _told_in_findings(ledger: Ledger, planned: Container[str]) -> Mapping[str, set[str]]:
    """What the findings quote by document, of figures whose words the excerpts do not bring."""
    told: dict[str, set[str]] = defaultdict(set)
    for group, text in list(zip(ledger.findings, _texts(ledger), strict=True))[: ledger.told]:
        cited = [words[1:-1] for words in QUOTATION.findall(text)]
        for found in (one for one in _observations(group, ledger) if one.id not in planned):
            told[found.doc].update(words for words in cited if _holds(found.sentence, words))
    return told


def _texts(ledger: Ledger) -> list[str]:
    """What is told of each gap. Where the sentences so quoted are more than half of what may be quoted of a document,
    the figures alone stand for the further ones."""
    spent: dict[str, int] = defaultdict(int)

    def kept(match: re.Match[str]) -> str:
        words = match[0][1:-1]
        found = next((one for one in members if one.text in words and _holds(one.sentence, words)), None)
        if found is None or not (length := ledger.sources[found.doc].length):
            return match[0]
        if 2 * SHARE * (spent[found.doc] + len(words)) > length:
            return f"“{found.text}”"
        spent[found.doc] += len(words)
        return match[0]

    texts: list[str] = []
    for group in ledger.findings:
        members = _observations(group, ledger)
        texts.append(QUOTATION.sub(kept, tell_together(group)))
    return texts


def _observations(group: Sequence[Check], ledger: Ledger) -> list[Observation]:
    """The observations that the checks of one gap are about, each once."""
    names = dict.fromkeys(name for check in group for name in check.observations)
    return [ledger.observations[name] for name in names if name in ledger.observations]


def _holds(sentence: str, quoted: str) -> bool:
    """Whether the words quoted are of a sentence, white space and marks aside."""
    letters = _letters(sentence)
    return all(_letters(part) in letters for part in quoted.split(DOTS))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _evidence(value: BoundValue, ledger: Ledger, excerpts: Mapping[str, str]) -> Evidence:
    if value.operation:
        parts = formula_parts(value, ledger)
        formula = "".join(part if isinstance(part, str) else part.text for part in parts)
        return Evidence(
            label=value.label, text=value.text, verdict=VERDICT_WORDS["derived"],
            reason=name_documents(value.reason, ledger), parents=value.parents, formula=formula,
        )
    return Evidence(
        label=value.label,
        text=value.text,
        verdict=judge(value.name, ledger).short,
        reason=name_documents("；".join(filter(None, (value.reason, *finding_reasons(value.name, ledger)))), ledger),
        witnesses=tuple(_witness(found, ledger, excerpts) for found in ledger.witnesses(value.name)),
        taken=name_documents(choice(value.name, ledger), ledger),
    )


def _finding(
    group: Sequence[Check], text: str, concerned: Sequence[str], ledger: Ledger, excerpts: Mapping[str, str]
) -> Evidence:
    """The evidence of one gap: what is told of it (`text`), and the words of every source it rests on."""
    reason = name_documents("；".join(dict.fromkeys(check.reason for check in group)), ledger)
    return Evidence(
        label=reason,
        text=name_documents(text, ledger),
        verdict=VERDICT_WORDS[group[0].verdict],
        reason=reason,
        witnesses=tuple(_witness(found, ledger, excerpts) for found in _observations(group, ledger)),
        taken=decision([doc for check in group for doc in check.docs], concerned, ledger),
        touches=tuple(concerned),
    )


def _witness(found: Observation, ledger: Ledger, excerpts: Mapping[str, str]) -> Witness:
    return Witness(
        observation=found.id,
        doc=found.doc,
        source=ledger.numbers[found.doc],
        text=found.text,
        sentence=found.sentence,
        clause=excerpts.get(found.id) or clause_of(found),
        citations=found.citations,
        correction=found.correction,
    )


def name_documents(text: str, ledger: Ledger) -> str:
    """A sentence of the dataset, where documents go by their ids, with their numbers in the source list instead."""
    names = short_names(sorted(ledger.sources))
    for doc, number in sorted(ledger.numbers.items(), key=lambda item: -len(names[item[0]])):
        text = text.replace(names[doc], f"文献[{number}]").replace(doc, f"文献[{number}]")
    return text
