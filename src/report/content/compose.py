"""Composes a report: template, dataset, values and charts become the content tree that every writer sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from report.charts.chart import Chart
from report.content.annex import annex_blocks
from report.content.blocks import Builder
from report.content.evidence import collect_evidence
from report.content.fill import Filler
from report.content.front import closing_blocks, cover_blocks, make_front, series_blocks, source_blocks
from report.content.ledger import open_ledger
from report.content.markdown import parse_section
from report.content.nodes import (
    Block,
    Content,
    Contents,
    Heading,
    Note,
    Paragraph,
    Part,
    PartRole,
    Text,
)
from report.content.numbering import number_blocks
from report.content.prose import Prose
from report.content.references import reference_list
from report.content.typed import check_typed
from report.dataset.models import BoundValue, Dataset
from report.errors import Issue, ReportError
from report.templates.models import ReportTemplate, Section
from report.templates.validate import line_of


def compose(
    template: ReportTemplate,
    dataset: Dataset,
    values: Mapping[str, BoundValue],
    charts: Mapping[str, Chart],
) -> Content:
    """The report, whole. Raises ReportError with every mistake of all sections at once, each at its file and line:
    Markdown that the press does not set, names that do not exist, figures and directions typed by hand."""
    proses = _parse(template.sections)
    ledger = open_ledger(proses, dataset, values, charts)
    numbering, issues = number_blocks(proses, template.strings.labels)
    refs = {"annex": "附录", "references": template.strings.headings["sources"], **numbering.refs}
    filler = Filler(ledger, refs, issues)
    builder = Builder(filler, numbering, charts, template.strings.labels)
    blocks = {prose.file: builder.build(prose) for prose in proses}
    issues += [issue for prose in proses for issue in check_typed(prose)]
    if issues:
        raise ReportError.all_of(sorted(dict.fromkeys(issues), key=lambda issue: line_of(issue.where)))
    evidence = collect_evidence(ledger)
    references = reference_list(ledger.sources, ledger.numbers)
    where = template.places.where("statement")
    front = make_front(template.report, filler, where)
    strings = template.strings
    made: dict[PartRole, tuple[Block, ...]] = {
        "cover": cover_blocks(front, filler, template.report.statement, where),
        "series": _section_blocks("series", proses, blocks) or series_blocks(strings, filler),
        "abstract": _abstract(template, proses, blocks),
        "contents": _contents(template),
        "body": _section_blocks("body", proses, blocks),
        "annex": (
            _heading("annex", strings.headings["annex"]),
            *_section_blocks("annex", proses, blocks),
            *annex_blocks(ledger, evidence, strings.annex),
        ),
        "sources": source_blocks(references, dict(ledger.sources), strings),
        "closing": closing_blocks(strings, front, filler),
    }
    titles: dict[str, str] = {**strings.headings}  # type: ignore[dict-item]
    titles["body"] = template.report.title
    return Content(
        front=front,
        parts=tuple(
            Part(role=role, title=titles.get(role, ""), blocks=made[role])
            for role in template.report.parts if made[role]
        ),
        notes={name: Note(inlines=inlines) for name, inlines in filler.notes.items()},
        evidence=evidence,
        sources=references,
        labels=strings.labels,
    )


def unused_values(template: ReportTemplate, content: Content) -> list[Issue]:
    """A warning for each value that is defined but stands nowhere in the report, with its place."""
    return [
        Issue(where=template.where[name], problem=f"值“{name}”没有用到", hint="用在正文或图里，或删去")
        for name in template.values if name not in content.evidence
    ]


def _parse(sections: Iterable[Section]) -> tuple[Prose, ...]:
    proses: list[Prose] = []
    issues: list[Issue] = []
    for section in sections:
        try:
            proses.append(parse_section(section))
        except ReportError as error:
            issues += error.issues
    if issues:
        raise ReportError.all_of(issues)
    return tuple(proses)


def _section_blocks(
    part: str, proses: Sequence[Prose], blocks: Mapping[str, tuple[Block, ...]]
) -> tuple[Block, ...]:
    found = tuple(block for prose in proses if prose.part == part for block in blocks[prose.file])
    if part != "series":
        return found
    return tuple(
        block.model_copy(update={"role": "front-body"}) if isinstance(block, Paragraph) else block
        for block in found
    )


def _abstract(
    template: ReportTemplate, proses: Sequence[Prose], blocks: Mapping[str, tuple[Block, ...]]
) -> tuple[Block, ...]:
    found = _section_blocks("abstract", proses, blocks)
    titles = [prose.title for prose in proses if prose.part == "abstract" and prose.title]
    title = titles[0] if titles else template.strings.headings["abstract"]
    if not found or isinstance(found[0], Heading):
        return found
    return (_heading("abstract", title), *found)


def _contents(template: ReportTemplate) -> tuple[Block, ...]:
    title = template.strings.headings["contents"]
    return (_heading("contents", title), Contents(levels=template.report.contents_levels))


def _heading(ident: str, title: str) -> Heading:
    return Heading(level=1, id=ident, number="", inlines=(Text(text=title),))
