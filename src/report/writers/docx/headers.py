"""Running headers and folios: one part for all sections that have the same, which names the chapter by its style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from docx.parts.story import StoryPart

from report.content.nodes import Heading
from report.content.walk import plain
from report.theme.theme import Theme
from report.writers.docx.columns import ems
from report.writers.docx.draft import Draft
from report.writers.docx.inlines import text_runs
from report.writers.docx.measures import text_width
from report.writers.docx.sections import Section, chapter_name, header_width
from report.writers.docx.units import twips
from report.writers.docx.xml import Element, field, field_tail, in_word, paragraph, related, serialise, text_run, w

APART = 2  # em: the least space between the two halves of a running header
CUT = "……"  # what ends a title cut short
UNCOUNTED = "标题 1 无编号"
_VARIABLE = "chapter"
Page = Literal["default", "even", "first"]
Kind = Literal["header", "footer"]


class Furniture:
    """What stands above and below the text of one document."""

    def __init__(self, draft: Draft, plan: Iterable[Section]) -> None:
        """`plan`: all sections, for sections with one header share its words."""
        self.draft = draft
        self._relations: dict[tuple[Kind, bytes], str] = {}  # of what is made already
        self._standing: dict[tuple[Kind, Page], bytes] = {}  # what the section before has
        self._chapters: dict[frozenset[bool], list[Heading]] = {}  # what a header names, on one page or another
        for section in plan:
            found = self._chapters.setdefault(self._counted(section), [])
            found += [heading for heading in section.chapters if self._fits(heading) and heading not in found]

    def references(self, section: Section) -> Iterator[Element]:
        """The headers and footers that a section does not share with the one before: what it does not name it inherits
        (17.10.1), so that an editor alters them in one place."""
        pages: list[Page] = ["first"] if section.role == "cover" else _sides(self.draft.theme)
        for page in pages:
            yield from self._reference("header", page, self._header(section, page))
        for page in pages:
            yield from self._reference("footer", page, self._folio(section, page))

    def _reference(self, kind: Kind, page: Page, element: Element) -> Iterator[Element]:
        look = serialise(element)
        if self._standing.get((kind, page)) == look:
            return
        self._standing[kind, page] = look
        if (kind, look) not in self._relations:
            story = self.draft.document.part
            part, relation = story.add_header_part() if kind == "header" else story.add_footer_part()  # type: ignore[no-untyped-call]
            _fill(part, element)
            self._relations[kind, look] = relation
        yield related(f"{kind}Reference", self._relations[kind, look], type=page)

    # ------------------------------------------------------------ headers

    def _header(self, section: Section, page: Page) -> Element:
        """The report's title at the left; at the right the chapter. Where there is no room for both, the chapter alone;
        where pages have two sides, each on its own, as in the PDF."""
        if not section.header:
            return paragraph("Break" if page == "first" else "HeaderBlank")
        element = paragraph("Header", _wide_tabs(self.draft.theme) if section.landscape else None)
        wide = header_width(self.draft.theme, landscape=section.landscape)
        title, names = self.draft.content.front.title, self._names(section)
        longest = max(map(ems, names), default=0.0)
        two = self.draft.theme.setting.sides == "two"
        if page == "even" or not names or (not two and ems(title) + APART + longest <= wide):
            element.extend(_title(title, wide))
        if page != "even" and names:
            element.append(text_run("\t"))
            element.extend(self._chapter(section) if longest <= wide else text_runs(_cut(names[0], wide)))
        return element

    def _names(self, section: Section) -> list[str]:
        """What the header names at its right. Of several chapters none, where a line could not hold one of them."""
        if not section.chapters:
            return [section.title] if section.title not in ("", self.draft.content.front.title) else []
        if all(map(self._fits, section.chapters)):
            return [chapter_name(heading) for heading in self._chapters[self._counted(section)]]
        return [chapter_name(section.chapters[0])] if len(section.chapters) == 1 else []

    def _fits(self, heading: Heading) -> bool:
        return ems(chapter_name(heading)) <= header_width(self.draft.theme)

    def _counted(self, section: Section) -> frozenset[bool]:
        """Whether the section's chapters are counted: all, none, or some."""
        return frozenset(heading.id in self.draft.heading_lists for heading in section.chapters)

    def _chapter(self, section: Section) -> Iterator[Element]:
        """The chapter, as fields that follow the text; other programs than Word are given what LibreOffice can follow.

        Chapters that follow on with numbers and without stand in one section: Word would begin a page at the break
        between two where a note stands above it (17.18.77). There the page tells which of the two styles to ask.
        """
        if not section.chapters:
            yield from text_runs(section.title)
            return
        named = self._chapters[self._counted(section)]
        if len(named) == 1:
            yield from _named(named[0].id in self.draft.heading_lists, named[0])
            return
        runs = [(counted, next(group)) for counted, group in
                groupby(section.chapters, key=lambda heading: heading.id in self.draft.heading_lists)]  # fmt: skip
        yield in_word(self._by_page(runs), field(f"REF {_VARIABLE}", ()))

    def _by_page(self, runs: Sequence[tuple[bool, Heading]]) -> Iterator[Element]:
        """The chapter of the last of these runs whose first heading stands on this page or before it."""
        *before, (counted, opening) = runs
        if not before:
            yield from _named(counted)
            return
        name = self.draft.bookmarks.name(opening.id, "Toc")
        yield w("r", w("fldChar", fldCharType="begin"))
        yield text_run(" IF ", tag="instrText")
        yield from field("PAGE", [text_run("1")])
        yield text_run(" < ", tag="instrText")
        yield from field(f"PAGEREF {name}", [text_run(self.draft.pages.get(opening.id, ""))])
        yield text_run(' "', tag="instrText")
        yield from self._by_page(before)
        yield text_run('" "', tag="instrText")
        yield from _named(counted)
        yield text_run('" ', tag="instrText")
        yield w("r", w("fldChar", fldCharType="separate"))
        yield field_tail()

    # ------------------------------------------------------------ folios

    def _folio(self, section: Section, page: Page) -> Element:
        """The page's number: where the theme sets it, or at the outer edge where pages have two sides."""
        sides = {"even": "left", "default": "right"} if self.draft.theme.setting.sides == "two" else {}
        if page == "first":
            return paragraph("Break")
        folio = paragraph("Footer", w("jc", val=sides[page]) if page in sides else None)
        if section.folio != "none":
            before, after = self.draft.theme.setting.folio.split("{}")
            number = field("PAGE", [text_run("I" if section.folio == "roman" else "1")])
            folio.extend([*text_runs(before), *number, *text_runs(after)])
        return folio


def _sides(theme: Theme) -> list[Page]:
    """The pages of a section that have headers and folios of their own: `default` are all, or the odd ones."""
    return ["even", "default"] if theme.setting.sides == "two" else ["default"]


def _named(counted: bool, only: Heading | None = None) -> Iterator[Element]:
    """The chapter in force. `STYLEREF 1` is heading 1 in every language of Word; \\n brings its number.

    Of several chapters the fields hold none until Word fills them, page by page: whoever cannot would show what they
    hold on all pages.
    """
    number, words = (only.number, plain(only.inlines)) if only else ("", "")
    if counted:
        yield from field("STYLEREF 1 \\n", text_runs(number))
        yield from field("STYLEREF 1", text_runs(words))
    else:
        yield from field(f'STYLEREF "{UNCOUNTED}"', text_runs(number + words))


def chapter_variable(heading: Heading) -> Element:
    """A chapter's name where it begins, as a variable that LibreOffice's headers show as it stands on each page: up to
    7.4 it knows no STYLEREF. Word does not see it."""
    name = chapter_name(heading).replace('"', "”")
    return in_word((), field(f'SET {_VARIABLE} "{name}"', ()))


def _title(title: str, wide: float) -> Iterator[Element]:
    """The title as a field: an editor who alters it does so once, in the file's properties. Cut short, it is words."""
    cut = _cut(title, wide)
    yield from field("TITLE", text_runs(title)) if cut == title else text_runs(cut)


def _cut(text: str, wide: float) -> str:
    """The text, or as much of it as there is room for."""
    if ems(text) <= wide:
        return text
    while ems(text) + len(CUT) > wide:
        text = text[:-1]
    return text + CUT


def _wide_tabs(theme: Theme) -> Element:
    """The right end of the header of a page that lies across."""
    clear = w("tab", val="clear", pos=twips(text_width(theme)))
    return w("tabs", clear, w("tab", val="right", pos=twips(text_width(theme, landscape=True))))


def _fill(part: StoryPart, content: Element) -> None:
    for child in list(part.element):
        part.element.remove(child)
    part.element.append(content)
