"""The parts that the press makes itself: cover, series page, source list and closing page."""

from __future__ import annotations

from collections.abc import Mapping

from report.content.fill import Filler
from report.content.nodes import Block, Front, Heading, Inline, Link, Paragraph, Reference, Text
from report.content.walk import plain
from report.dataset.models import Source
from report.dataset.periods import print_date
from report.templates.models import ReportFile, ReportTemplate, Strings

DIGITS = 12  # of a file's sha256, printed
UNDATED = "〔日期〕"


def make_front(report: ReportFile, filler: Filler, where: str) -> Front:
    """What the report says of itself."""
    return Front(
        title=report.title,
        subtitle=report.subtitle,
        serial=report.serial,
        code=report.code,
        series=report.series,
        kind=report.kind,
        date=report.date,
        date_text=print_date(report.date[:-3]) or UNDATED,
        logo=report.logo,
        issuer=report.issuer,
        author=report.author,
        stamp=report.stamp,
        statement=plain(filler.text(report.statement, where)),
        keywords=report.keywords,
    )


def cover_blocks(front: Front, filler: Filler, statement: str, where: str) -> tuple[Block, ...]:
    """The cover's lines in their roles; a line without words is left out."""
    lines = (
        ("cover-serial", front.serial),
        ("cover-code", front.code),
        ("cover-stamp", front.stamp),
        ("cover-series", front.series),
        ("cover-title", front.title),
        ("cover-subtitle", front.subtitle or f"{front.kind}系列"),
        ("cover-logo", front.logo),
        ("cover-issuer", front.issuer),
        ("cover-author", front.author),
        ("cover-date", front.date_text),
    )
    cover = [Paragraph(role=role, inlines=(Text(text=text),)) for role, text in lines if text]
    if statement:
        cover.append(Paragraph(role="cover-statement", inlines=filler.text(statement, where)))
    return tuple(cover)


def series_blocks(template: ReportTemplate, filler: Filler) -> tuple[Block, ...]:
    """The page that tells what the series is."""
    page = template.strings.series_page
    title = [Paragraph(role="front-title", inlines=(Text(text=page.title),))] if page.title else []
    texts = [
        filler.text(text, template.words.where("series_page", "paragraphs", index))
        for index, text in enumerate(page.paragraphs)
    ]
    return (*title, *(Paragraph(role="front-body", inlines=inlines) for inlines in texts))


def source_blocks(
    references: tuple[Reference, ...], sources: Mapping[str, Source], strings: Strings
) -> tuple[Block, ...]:
    """The source list: entries after GB/T 7714, each with the beginning of the sha256 of the file it was read from
    (the page for sign-off names the files)."""
    heading = Heading(
        level=1, id="references", number="", inlines=(Text(text=strings.headings["sources"]),)
    )
    told = strings.sources_intro
    intro = [Paragraph(role="reference-intro", inlines=(Text(text=told),))] if told else []
    entries = [
        Paragraph(role="reference", inlines=_entry(reference, sources[reference.doc])) for reference in references
    ]
    return (heading, *intro, *entries)


def _entry(reference: Reference, source: Source) -> tuple[Inline, ...]:
    file = f"（文件校验码\u00a0{source.sha256[:DIGITS]}）"  # no line ends before the value
    before, found, after = reference.text.partition(reference.url) if reference.url else (reference.text, "", "")
    link = [Link(url=found, text=found), Text(text=after + file)] if found else [Text(text=file)]
    return (Text(text=before), *link)


def closing_blocks(template: ReportTemplate, front: Front, filler: Filler) -> tuple[Block, ...]:
    """The closing page: lines to sign, left empty, and the statement."""
    closing = template.strings.closing
    title = [Paragraph(role="closing-label", inlines=(Text(text=closing.title),))] if closing.title else []
    lines = [Paragraph(role="closing-line", inlines=(Text(text=f"{line}："),)) for line in closing.lines]
    statement = filler.text(closing.statement, template.words.where("closing", "statement"))
    return (*title, *lines, Paragraph(role="closing-statement", inlines=statement))
