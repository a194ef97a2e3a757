"""Composes a report: template, dataset, values and charts become the content tree that every writer sets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from report.charts.chart import Chart
from report.content.annex import annex_blocks
from report.content.blocks import Builder
from report.content.evidence import collect_evidence, excerpts_of
from report.content.fill import Filler
from report.content.front import closing_blocks, cover_blocks, make_front, series_blocks, source_blocks
from report.content.ledger import open_ledger
from report.content.markdown import try_section
from report.content.nodes import (
    Block,
    Content,
    Contents,
    Evidence,
    Figure,
    Front,
    Heading,
    Note,
    Origin,
    Paragraph,
    Part,
    PartRole,
    Reference,
    Table,
    Text,
)
from report.content.numbering import number_blocks
from report.content.prose import Prose
from report.content.references import reference_list
from report.content.typed import check_typed, check_typed_in_chart, check_typed_in_strings
from report.content.verdicts import used_first
from report.content.walk import blocks_of, deep
from report.dataset.models import BoundValue, Dataset
from report.errors import Issue, ReportError
from report.templates.models import PartName, ReportTemplate, Section
from report.validate import in_order

_NAMED = re.compile(r"\{[^{}\n]{0,200}?#([\w-]+)")  # {#name}, as headings and tables have it
_Named = Literal["abstract", "contents", "figures", "tables", "annex", "sources"]


def compose(
    template: ReportTemplate,
    dataset: Dataset,
    values: Mapping[str, BoundValue],
    charts: Mapping[str, Chart],
) -> Content:
    """The report, whole. Raises ReportError with every mistake of all sections at once, each at its file and line:
    Markdown that the press does not set, names that do not exist, figures and directions typed by hand."""
    content, issues = try_compose(template, dataset, values, charts)
    if issues or content is None:
        raise ReportError.all_of(issues)
    return content


def try_compose(
    template: ReportTemplate,
    dataset: Dataset,
    values: Mapping[str, BoundValue],
    charts: Mapping[str, Chart],
) -> tuple[Content | None, list[Issue]]:
    """The report as far as it can be composed, None where it cannot be bound at all, and every mistake of its texts
    (see `compose`); of values and charts that failed nothing more is told."""
    written, unread = _parse(template.sections)
    proses, undecided = _decided(template.sections, written, values)
    unread += undecided
    numbering, issues = number_blocks(proses, template.strings.labels)
    issues += unread
    refs = {"annex": "附录", "references": template.strings.headings["sources"], **numbering.refs}
    refs |= {name: "" for name in (*_named(template.sections), *charts) if name not in refs} if unread else {}
    ledger = open_ledger(proses, dataset, values, charts)
    filler = Filler(used_first(ledger) if template.report.findings == "used" else ledger, refs, issues)
    builder = Builder(filler, numbering, charts, template.strings.labels)
    blocks = {prose.file: builder.build(prose) for prose in proses}
    issues += _typed(written, charts, template.where)
    issues += check_typed_in_strings(template.words)
    content: Content | None = None
    for spoken in (template, _unspoken(template)):
        try:
            content = content or _Book(spoken, proses, blocks, filler).bound()
        except ReportError as error:
            issues += error.issues
    return content, in_order(issues)


def unused_values(template: ReportTemplate, content: Content) -> list[Issue]:
    """A warning for each value that is defined but stands nowhere in the report, with its place."""
    written, _ = _parse(template.sections)
    asked = {name for prose in written for name in prose.asked or ()}
    return [
        Issue(where=template.where[name], problem=f"值“{name}”没有用到", hint="用在正文或图里，或删去")
        for name in template.values if name not in content.evidence and name not in asked
    ]


def _unspoken(template: ReportTemplate) -> ReportTemplate:
    """The template without the texts of report.yaml and strings.yaml that hold slots."""
    strings = template.strings
    page = strings.series_page.model_copy(update={"paragraphs": ()})
    closing = strings.closing.model_copy(update={"statement": ""})
    return replace(
        template,
        report=template.report.model_copy(update={"statement": ""}),
        strings=strings.model_copy(update={"series_page": page, "closing": closing}),
    )


def shown_charts(content: Content) -> frozenset[str]:
    """The charts that stand in the report."""
    return frozenset(block.chart for block in blocks_of(content) if isinstance(block, Figure))


def _parse(sections: Iterable[Section]) -> tuple[tuple[Prose, ...], list[Issue]]:
    """What can be read of the sections, so that all mistakes are told in one run, and those of writing."""
    read = [try_section(section) for section in sections]
    return tuple(prose for prose, _ in read), [issue for _, issues in read for issue in issues]


def _decided(
    sections: Iterable[Section], written: Iterable[Prose], values: Mapping[str, BoundValue]
) -> tuple[tuple[Prose, ...], list[Issue]]:
    """The sections with the blocks that stand in the report, and what is wrong of the conditions."""
    read = [
        try_section(section, values) if prose.asked is not None else (prose, [])
        for section, prose in zip(sections, written, strict=True)
    ]
    return tuple(prose for prose, _ in read), [issue for _, issues in read for issue in issues]


def _named(sections: Iterable[Section]) -> Iterator[str]:
    """The names given, also in what could not be read: references to them are no mistakes."""
    return (name for section in sections for name in _NAMED.findall(section.text))


def _typed(proses: Iterable[Prose], charts: Mapping[str, Chart], where: Mapping[str, str]) -> list[Issue]:
    """All that an author typed and only the data may say, in sections and charts."""
    found = [issue for prose in proses for issue in check_typed(prose)]
    for name, chart in charts.items():
        found += check_typed_in_chart(chart, where.get(name, name))
    return found


@dataclass(frozen=True)
class _Book:
    """The pieces of a report, ready to be bound: `blocks` are the sections' nodes by file."""

    template: ReportTemplate
    proses: Sequence[Prose]
    blocks: Mapping[str, tuple[Block, ...]]
    filler: Filler

    def bound(self) -> Content:
        """The content tree: the parts that the template asks for, in its order, those that are empty left out."""
        template, ledger = self.template, self.filler.ledger
        excerpts = excerpts_of(ledger)
        evidence = collect_evidence(ledger, excerpts)
        references = reference_list(ledger.sources, ledger.numbers)
        front = make_front(template.report, self.filler, self._where())
        made = self._made(front, references, evidence, excerpts)
        parts = (
            Part(role=_role(name), title=self._title(name), blocks=made[name]) for name in template.report.parts
        )
        return Content(
            front=front,
            parts=tuple(part for part in parts if part.blocks),
            notes={name: Note(inlines=inlines) for name, inlines in self.filler.notes.items()},
            evidence=evidence,
            sources=references,
            labels=template.strings.labels,
            report=template.name,
            sections=tuple(map(self._origin, template.sections)),
        )

    def _origin(self, section: Section) -> Origin:
        printed = self.filler.filled.get(section.file, {})
        prose = next(prose for prose in self.proses if prose.file == section.file)
        return Origin(
            file=PurePosixPath(section.file).name,
            part=section.part,
            title=section.title,
            text=section.text,
            first_line=section.first_line,
            printed=tuple(printed.get(index, ()) for index in range(max(printed, default=-1) + 1)),
            varies=prose.asked is not None,
            answers=prose.answers,
        )

    def _made(
        self, front: Front, references: tuple[Reference, ...], evidence: Mapping[str, Evidence],
        excerpts: Mapping[str, str],
    ) -> dict[PartName, tuple[Block, ...]]:
        """The blocks of every part."""
        template, strings, filler = self.template, self.template.strings, self.filler
        annex = annex_blocks(filler, evidence, excerpts, strings.annex)
        return {
            "cover": cover_blocks(front, filler, template.report.statement, self._where()),
            "series": self._series() or series_blocks(template, filler),
            "abstract": self._abstract(),
            "contents": (self._heading("contents"), Contents(levels=template.report.contents_levels)),
            "figures": self._captions("figures", Figure),
            "tables": self._captions("tables", Table),
            "body": self._written("body"),
            "annex": (self._heading("annex"), *self._written("annex"), *annex),
            "sources": source_blocks(references, filler.ledger.sources, strings),
            "closing": closing_blocks(template, front, filler),
        }

    def _written(self, part: str) -> tuple[Block, ...]:
        """What the sections of a part hold."""
        return tuple(block for prose in self.proses if prose.part == part for block in self.blocks[prose.file])

    def _captions(self, name: Literal["figures", "tables"], kind: type[Figure | Table]) -> tuple[Block, ...]:
        """The list of figures or tables; () where the report has none that is numbered."""
        found = any(isinstance(block, kind) for blocks in self.blocks.values() for block in deep(blocks))
        return (self._heading(name), Contents(kind=name)) if found else ()

    def _series(self) -> tuple[Block, ...]:
        """The author's own series page, its paragraphs in that page's role."""
        return tuple(
            block.changed({"role": "front-body"}) if isinstance(block, Paragraph) else block
            for block in self._written("series")
        )

    def _abstract(self) -> tuple[Block, ...]:
        found = self._written("abstract")
        if not found or isinstance(found[0], Heading):
            return found
        titles = [prose.title for prose in self.proses if prose.part == "abstract" and prose.title]
        return (self._heading("abstract", *titles[:1]), *found)

    def _heading(self, name: _Named, title: str = "") -> Heading:
        text = title or self.template.strings.headings[name]
        return Heading(level=1, id=name, number="", inlines=(Text(text=text),))

    def _title(self, part: PartName) -> str:
        """What the running header shows in a part."""
        if part == "body":
            return self.template.report.title
        return next((text for name, text in self.template.strings.headings.items() if name == part), "")

    def _where(self) -> str:
        return self.template.places.where("statement")


def _role(part: PartName) -> PartRole:
    """The role of the pages of a part: lists of figures and tables are contents."""
    return "contents" if part == "figures" or part == "tables" else part
