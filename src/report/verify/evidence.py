"""The chain from a printed figure back to the source: sentences, files, references, and how much is quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from report.content.evidence import is_finding
from report.content.nodes import Content, Evidence, Link, Paragraph, Reference, Table, Text, Value, Witness
from report.content.walk import blocks_of, inlines_of
from report.dataset.excerpts import DOTS
from report.dataset.models import Dataset
from report.dataset.periods import print_period
from report.observations.figures import figures_in
from report.observations.observation import Number, Observation
from report.sources.document import Document
from report.verify.expected import QUOTATION
from report.verify.models import CheckResult, Finding, result
from report.verify.passage import squeeze

SHARE = 10  # of a document's characters, at most one in so many is quoted in the annex
FEWER = "少用这份文献的数据，或在 values.yaml 的 find 里用 doc 给部分数据指定别的文献"
_QUOTES = str.maketrans("“”‘’", "‘’“”")  # marks inside a quotation change places (GB/T 15834 §4.8.3)


def check_evidence(content: Content, dataset: Dataset, documents: Mapping[str, Document]) -> CheckResult:
    """Every witness is an observation whose text and sentence stand in the source where they say, and the winner's
    number is the one printed."""
    known = {found.id: found for found in dataset.observations}
    findings: list[Finding] = []
    count = 0
    for name, evidence in content.evidence.items():
        if not evidence.witnesses and not evidence.parents and not evidence.formula:
            findings.append(Finding(where=name, text="没有依据"))
        for witness in evidence.witnesses:
            count += 1
            findings += [Finding(where=name, text=text) for text in _wrong(witness, known, documents)]
        findings += [Finding(where=name, text=text) for text in _misprinted(name, evidence, known)]
        findings += [Finding(where=name, text=text) for text in _misnamed(name, content, known)]
    return result("evidence", f"{len(content.evidence)} 个数据，{count} 处原文", findings)


def _wrong(witness: Witness, known: Mapping[str, Observation], documents: Mapping[str, Document]) -> Iterator[str]:
    found = known.get(witness.observation)
    document = documents.get(witness.doc)
    if found is None or document is None or found.doc != witness.doc:
        yield f"没有这条数据：{witness.observation}"
        return
    if document.source[found.start : found.end] != found.text or witness.text != found.text:
        yield f"原文对不上：{witness.text}"
    if not _says(document, witness.sentence) or witness.text not in witness.sentence:
        yield f"原文里没有这一句：{witness.sentence[:40]}"
    if not all(part in squeeze(witness.sentence) for part in squeeze(witness.clause).split("……")):
        yield f"原句里没有这一段：{witness.clause}"


def _says(document: Document, sentence: str) -> bool:
    texts = chain((block.text for block in document.blocks), (note.text for note in document.notes))
    return any(sentence in text for text in texts)


def _misprinted(name: str, evidence: Evidence, known: Mapping[str, Observation]) -> Iterator[str]:
    """What is printed for a value, where it is another number than its first witness's."""
    if is_finding(name) or not evidence.witnesses or evidence.witnesses[0].observation not in known:
        return
    value = known[evidence.witnesses[0].observation].value
    printed = [figure.value for figure in figures_in(evidence.text)]
    if printed != [value] and not (not printed and _number(evidence.text) == value):
        yield f"印作“{evidence.text}”，原文是“{evidence.witnesses[0].text}”"


def _number(text: str) -> float | None:
    """A bare number, which the extractor by itself takes for none (a score); None for anything else."""
    try:
        return float(text)
    except ValueError:
        return None


def _misnamed(name: str, content: Content, known: Mapping[str, Observation]) -> Iterator[str]:
    """Figures in a value's label that neither its period nor its sources tell."""
    label = content.evidence[name].label
    told = list(_told(name, content, known))
    said = squeeze("".join(told))
    numbers = _numbers(told, len(content.evidence[name].parents))
    for figure in () if is_finding(name) else figures_in(label):
        words = label[figure.core_start : figure.core_end]
        if figure.kind in ("year", "date"):
            if words not in said:
                yield f"名称里的“{words}”不是它的时间"
        elif figure.base not in ("year", "date") and figure.value not in numbers:
            yield f"名称里的“{words}”不见于它的原文"


def _numbers(told: Iterable[str], parents: int) -> set[Number | tuple[Number, Number]]:
    """The numbers that a label may hold: those of the sources; of a derived value also how many values it is derived
    from (两届之差), and how many years lie between what is told of them."""
    found = [figure for text in told for figure in figures_in(text)]
    values = {figure.value for figure in found}
    years = [figure.value for figure in found if figure.kind == "year" and isinstance(figure.value, int)]
    apart = {last - first for first in years for last in years if last > first}
    return {*values, parents, *apart} if parents else values


def _told(name: str, content: Content, known: Mapping[str, Observation]) -> Iterator[str]:
    """Period and sentence of every witness of a value, and of those it is derived from."""
    evidence = content.evidence[name]
    for witness in evidence.witnesses:
        yield witness.sentence
        if witness.observation in known:
            yield print_period(known[witness.observation].period)
    for parent in evidence.parents:
        yield from _told(parent, content, known)


def check_values(content: Content, dataset: Dataset) -> CheckResult:
    """Every value node prints its evidence's figure (whole or without its words), a witness's, or its period."""
    known = {found.id: found for found in dataset.observations}
    findings: list[Finding] = []
    nodes = [inline for inline in inlines_of(content) if isinstance(inline, Value)]
    for node in nodes:
        if node.name not in content.evidence:
            findings.append(Finding(where=node.name, text=f"“{node.text}”没有依据"))
        elif not any(squeeze(node.text) in squeeze(text) for text in printable(node.name, content, known)):
            said = content.evidence[node.name].text
            findings.append(Finding(where=node.name, text=f"“{node.text}”与依据不符：{said}"))
    return result("values", f"{len(nodes)} 处", findings)


def printable(name: str, content: Content, known: Mapping[str, Observation]) -> Iterator[str]:
    """What a value node of that name may print, or a part of."""
    evidence = content.evidence[name]
    yield evidence.text
    for witness in evidence.witnesses:
        yield witness.text
        if witness.observation in known:
            yield print_period(known[witness.observation].period)
    for parent in evidence.parents:
        yield from printable(parent, content, known)


def check_references(content: Content, documents: Mapping[str, Document]) -> CheckResult:
    """Every document used stands in the source list, as printed, with what is known of it and the sha256 of the file
    read."""
    listed = {reference.doc: reference for reference in content.sources}
    used = {witness.doc for evidence in content.evidence.values() for witness in evidence.witnesses}
    findings = [Finding(where=doc, text="不在文献表里") for doc in sorted(used - set(listed))]
    printed = [
        squeeze("".join(inline.text for inline in block.inlines if isinstance(inline, Text | Link)))
        for block in blocks_of(content)
        if isinstance(block, Paragraph) and block.role == "reference"
    ]
    for doc, reference in listed.items():
        if not any(line.startswith(squeeze(reference.text)) for line in printed):
            findings.append(Finding(where=doc, text="文献表没有印出"))
        findings += [Finding(where=doc, text=text) for text in _unlike(reference, documents.get(doc))]
    return result("references", f"{len(listed)} 份文献", findings)


def _unlike(reference: Reference, document: Document | None) -> Iterator[str]:
    if document is None:
        yield "没有这份文献"
        return
    if document.sha256 != reference.sha256:
        yield "sha256 与所读文件不同"
    told = {"题名": reference.title, "发布者": reference.publisher, "日期": reference.date, "网址": reference.url}
    about = document.metadata
    there = {"题名": about.title, "发布者": about.publisher, "日期": about.date, "网址": about.url}
    for what, known in there.items():
        if known and told[what] != known:
            yield f"{what}与文献不同：{told[what] or '空'}"


def check_quotations(content: Content, documents: Mapping[str, Document]) -> CheckResult:
    """What the annex quotes of each document, each clause once, against a tenth of the document's characters."""
    printed = set(_quotations(content))
    quoted: dict[str, set[str]] = {}
    for evidence in content.evidence.values():
        for witness in evidence.witnesses:
            if squeeze(witness.clause.translate(_QUOTES)) in printed:
                quoted.setdefault(witness.doc, set()).add(witness.clause)
    findings: list[Finding] = []
    shares: list[str] = []
    for reference in (reference for reference in content.sources if reference.doc in documents):
        share = sum(map(_words, quoted.get(reference.doc, ()))) / max(1, len(documents[reference.doc].source))
        shares.append(f"文献[{reference.number}] {share:.1%}")
        if share * SHARE > 1:
            findings.append(Finding(where=reference.doc, text=f"附录共引 {share:.1%}，超过十分之一：{FEWER}"))
    return result("quotations", "，".join(shares), findings)


def _words(clause: str) -> int:
    """How many characters of the source a clause repeats."""
    return len(clause.replace(DOTS, ""))


def _quotations(content: Content) -> Iterator[str]:
    """What stands between quotation marks in the annex's tables."""
    tables = [block for part in content.parts for block in part.blocks if isinstance(block, Table)]
    for row in (row for table in tables if table.style == "annex" for row in table.rows):
        for cell in row:
            words = "".join(inline.text for inline in cell.inlines if isinstance(inline, Text | Value))
            yield from (squeeze(match[0][1:-1]) for match in QUOTATION.finditer(words))
