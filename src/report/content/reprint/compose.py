"""Composes a reprint: the document of a structured report becomes the content tree that every writer sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from report.content.nodes import Block as Node
from report.content.nodes import Content, Contents, Heading, Note, Part, PartRole, Text
from report.content.reprint.blocks import WIDE, Builder
from report.content.reprint.front import LANGUAGES, cover_lines, make_front
from report.content.reprint.outline import LeftOut, Outline, bare, outline
from report.content.reprint.pointers import Place, pointed, pointing
from report.content.reprint.warnings import warnings
from report.content.reprint.words import Words
from report.errors import Issue, ReportError
from report.sources.classify import ends_sentence
from report.sources.document import Document

LEVELS = 2  # of the contents, where none is printed
MET = 0.75  # of the printed pages: a text that meets more of them is in the measure of the printed book
TRADITIONAL = "繁体文本：文件标作 zh-Hant；所用字体只有大陆字形，逗号、句号居左下"
Chapters = Literal["odd", "any", "continuous"]
TITLES = {"Hans": ("摘要", "目录"), "Hant": ("摘要", "目錄")}


@dataclass(frozen=True)
class Reprint:
    """A report set anew: `chapters` says where chapters start, `printed` the old page of each heading whose contents
    name it (title without space → number), `pointed` which notes point to which by number, `left_out` what belongs to
    the old pages, `warnings` what is wrong in its text."""

    content: Content
    chapters: Chapters
    printed: Mapping[str, int]
    pointed: Mapping[str, tuple[str, ...]]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[Issue, ...]

    def follows(self, headings: Iterable[tuple[str, str]]) -> bool:
        """Whether headings, as (title, page number), stand on the printed pages: nearly all that the contents name."""
        pages = {_plain(title): number for title, number in headings}
        met = sum(pages.get(title) == str(page) for title, page in self.printed.items())
        return met > MET * len(self.printed)

    def placed(self, places: Mapping[str, Place]) -> Content:
        """The content with notes that point to others naming them as they are printed."""
        notes = {
            key: Note(inlines=pointing(self.content.notes[key].inlines, places[key], tuple(map(places.get, targets))))
            for key, targets in self.pointed.items() if key in places
        }
        return self.content.changed({"notes": self.content.notes | notes}) if notes else self.content

    def told(self) -> list[str]:
        """A line for each reason for which lines were left out, what the fonts lack, then the warnings."""
        reasons = Counter(left.reason for left in self.left_out)
        script = [TRADITIONAL] if self.content.front.language == LANGUAGES["Hant"] else []
        left = (f"未印{reason}：{count} 行" for reason, count in reasons.items())
        return [*left, *script, *map(str, self.warnings)]


def reprint(document: Document) -> Reprint:
    """The document as a report, from its text alone.

    Raises ReportError for a text without any heading: it is no structured report.
    """
    found = outline(document)
    if not any(block.kind == "heading" for block in found.body):
        hint = "给各章写上标题，如“一、概况”；散文不必重排"
        raise ReportError(document.file, "没有章节标题，不是成篇的报告", hint)
    words = Words(document, found.cover)
    book = _Book(document, found, Builder(document, words, found.labelled))
    content = Content(
        front=make_front(document, found),
        parts=tuple(book.parts()),
        notes={key: Note(inlines=inlines) for key, inlines in words.notes.items()},
        evidence={},
        sources=(),
    )
    printed = {_plain(entry.title): entry.page for entry in found.listed if entry.page}
    pointers = pointed(words.notes, words.numbers)
    return Reprint(
        content, _chapters(found), printed, pointers, tuple(found.left_out), tuple(warnings(document, found)),
    )  # fmt: skip


@dataclass(frozen=True)
class _Book:
    document: Document
    found: Outline
    builder: Builder

    def parts(self) -> Iterator[Part]:
        """The parts in the order of the series, those without a word left out."""
        made: dict[PartRole, tuple[Node, ...]] = {
            "cover": cover_lines(self.document, self.found, self.builder.words.on_cover),
            "series": self.builder.build(self.found.series, "front-body"),
            "abstract": self._abstract(),
            "contents": self._contents(),
            "body": (*self.builder.build(self.found.body), *self.builder.build(self.found.signature, "signature")),
            "closing": tuple(self._closing()),
        }
        body = self.document.metadata.title
        for role, blocks in made.items():
            if blocks:
                yield Part(role=role, title=body if role == "body" else "", blocks=blocks)

    def _abstract(self) -> tuple[Node, ...]:
        if not self.found.abstract:
            return ()
        title = bare(self.found.heading.text) if self.found.heading else self._label()
        return (_heading("abstract", title), *self.builder.build(self.found.abstract))

    def _label(self) -> str:
        """What the abstract calls itself before its first words (提要：); 摘要 where it does not."""
        for block in self.found.abstract:
            if length := self.found.labelled.get(block.spans[0][0], 0):
                return bare(block.text[:length]).strip("【】[]（）()：:")
        return TITLES[self.document.metadata.script][0]

    def _contents(self) -> tuple[Node, ...]:
        found = self.found
        title = bare(found.contents.text) if found.contents else TITLES[self.document.metadata.script][1]
        listed = {_plain(entry.title) for entry in found.listed}
        levels = [block.level for block in found.body if block.kind == "heading" and _plain(block.text) in listed]
        return (_heading("contents", title), Contents(levels=max(levels, default=LEVELS)))

    def _closing(self) -> Iterator[Node]:
        for block in self.found.closing:
            role = "closing-statement" if ends_sentence(block.text) else "closing-line"
            yield from self.builder.build([block], role)


def _chapters(found: Outline) -> Chapters:
    """Where chapters start in the printed book, as its contents show: on odd pages, on new ones, or anywhere."""
    chapters = {_plain(block.text) for block in found.body if block.kind == "heading" and block.level == 1}
    pages = [entry.page for entry in found.listed if _plain(entry.title) in chapters]
    if len(pages) < 2 or len(set(pages)) < len(pages):
        return "continuous"
    return "odd" if all(page % 2 for page in pages) else "any"


def _heading(name: str, title: str) -> Heading:
    return Heading(level=1, id=name, number="", inlines=(Text(text=title),))


def _plain(title: str) -> str:
    return bare(title).translate(WIDE)
