"""The chain from a printed figure back to the source: sentences, files, references, and how much is quoted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from report.content.nodes import Content, Table
from report.dataset.models import Dataset
from report.sources.document import Document
from report.verify.models import CheckResult, Finding, result

SHARE = 10  # at most one character in so many of a document is quoted in the annex


def check_evidence(content: Content, dataset: Dataset, documents: Mapping[str, Document]) -> CheckResult:
    """Every value's witnesses are observations whose text stands in the source where they say."""
    known = {found.id: found for found in dataset.observations}
    findings: list[Finding] = []
    count = 0
    for name, evidence in content.evidence.items():
        if not evidence.witnesses and not evidence.parents and not evidence.formula:
            findings.append(Finding(where=name, text="没有依据"))
        for witness in evidence.witnesses:
            count += 1
            found = known.get(witness.observation)
            if found is None or documents[found.doc].source[found.start : found.end] != found.text:
                findings.append(Finding(where=name, text=f"原文对不上：{witness.text}"))
    return result("evidence", f"{len(content.evidence)} 个数据，{count} 处原文", findings)


def check_references(content: Content, documents: Mapping[str, Document]) -> CheckResult:
    """Every document used stands in the source list, with the sha256 of the file that was read."""
    listed = {reference.doc: reference for reference in content.sources}
    used = {witness.doc for evidence in content.evidence.values() for witness in evidence.witnesses}
    findings = [Finding(where=doc, text="不在文献表里") for doc in sorted(used - set(listed))]
    findings += [
        Finding(where=doc, text="sha256 与所读文件不同")
        for doc, reference in listed.items()
        if documents[doc].sha256 != reference.sha256
    ]
    return result("references", f"{len(listed)} 份文献", findings)


def check_quotations(content: Content, documents: Mapping[str, Document]) -> CheckResult:
    """What the annex quotes of each document, against a tenth of its characters."""
    printed = "".join(_annex_words(content))
    quoted: dict[str, set[str]] = {}
    for evidence in content.evidence.values():
        for witness in evidence.witnesses:
            if witness.clause.replace("“", "‘").replace("”", "’") in printed or witness.clause in printed:
                quoted.setdefault(witness.doc, set()).add(witness.clause)
    shares = {doc: sum(map(len, clauses)) / len(documents[doc].source) for doc, clauses in sorted(quoted.items())}
    findings = [
        Finding(where=doc, text=f"附录共引 {share:.1%}，超过十分之一") for doc, share in shares.items() if share * SHARE > 1
    ]
    return result("quotations", "，".join(f"{doc[:3]} {share:.1%}" for doc, share in shares.items()), findings)


def _annex_words(content: Content) -> Sequence[str]:
    return [
        inline.text
        for part in content.parts
        for table in part.blocks
        if isinstance(table, Table) and table.style == "annex"
        for row in table.rows
        for cell in row
        for inline in cell.inlines
        if inline.type != "note-mark"
    ]
