"""What cannot be set, told where its author wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from report.charts.drawing import Drawing
from report.content.nodes import (
    Block,
    Box,
    Content,
    Contents,
    Figure,
    ListBlock,
    NoteMark,
    PartRole,
    Quote,
)
from report.content.walk import inlines_of
from report.errors import Issue, ReportError
from report.theme.fonts import LACKING, FontLibrary
from report.writers.pdf.book import frames_of
from report.writers.pdf.column import Column
from report.writers.pdf.cover import Cover
from report.writers.pdf.flow import Flow
from report.writers.pdf.glyphs import NEAR
from report.writers.pdf.pages import PageBuilder
from report.writers.pdf.runs import Typesetter
from report.writers.pdf.structure import DOCUMENT
from report.writers.pdf.wording import UNSEEN

JOINED = "\u200d\ufe0e\ufe0f"  # what joins signs to one emoji
CHARACTER = re.compile(r"U\+[0-9A-F]+ (.)$")  # as report.theme.fonts spells it
LABEL = re.compile(r"\S*\d+\u3000")  # 表1　 before the title that its author wrote


def placed(
    error: ReportError, content: Content, library: FontLibrary, drawings: Mapping[str, Drawing]
) -> ReportError:
    """The error with all else that cannot be set; file and line of each issue that names words of the report."""
    found = every_mistake(content, library, drawings, error.issues)
    return ReportError.all_of(found)


def every_mistake(
    content: Content, library: FontLibrary, drawings: Mapping[str, Drawing], known: Iterable[Issue] = ()
) -> list[Issue]:
    """All that cannot be set, each where it stands: the characters that no font has, and the blocks that fit no page,
    tried one by one, figures without a drawing left out; `known` is what is known already."""
    lacking = list(_lacking(content, library))
    told = "".join(issue.problem for issue in lacking)
    others = (*known, *_unset(content, library, drawings))
    issues = [*lacking, *(issue for issue in others if issue.problem.removeprefix(LACKING) not in told)]
    # a font that is bad is met at every character
    return list(dict.fromkeys(issue.changed({"where": _place(issue, content)}) for issue in issues))


def _unset(content: Content, library: FontLibrary, drawings: Mapping[str, Drawing]) -> Iterator[Issue]:
    """The mistakes of each block, set on pages of its own."""
    typesetter = Typesetter(content, library.theme, library, {})
    for part in content.parts:
        trial = _Trial(typesetter, part.role, drawings)
        if part.role == "cover":
            yield from trial.mistakes(partial(Cover(typesetter, DOCUMENT).place, part.blocks))
        else:
            yield from trial.blocks(part.blocks)


@dataclass(frozen=True)
class _Trial:
    """Sets the blocks of a part one by one."""

    typesetter: Typesetter
    part: PartRole
    drawings: Mapping[str, Drawing]

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Issue]:
        """The mistakes of blocks, those inside a list, box or quotation too where it cannot be set."""
        for block in blocks:
            if isinstance(block, Contents) or (isinstance(block, Figure) and block.chart not in self.drawings):
                continue
            found = list(self.mistakes(partial(self._set, block)))
            yield from found
            told = {issue.where for issue in found}
            if found:
                yield from (issue for issue in self.blocks(_inside(block)) if issue.where not in told)

    def mistakes(self, make: Callable[[], object]) -> Iterator[Issue]:
        """What is told when it is made."""
        try:
            make()
        except ReportError as error:
            yield from error.issues

    def _set(self, block: Block) -> None:
        type_ = self.typesetter
        column = Column(type_.left, type_.width, DOCUMENT)
        units = Flow(type_, self.drawings, self.part).units([block], column)
        PageBuilder(*frames_of(type_.theme), first_odd=True).build(units)


def _inside(block: Block) -> Iterator[Block]:
    match block:
        case ListBlock():
            yield from (inner for item in block.items for inner in item)
        case Quote() | Box():
            yield from block.blocks
        case _:
            return


def _lacking(content: Content, library: FontLibrary) -> Iterator[Issue]:
    """A mistake for each word or sign of which the font of body text lacks characters, and all it falls back on."""
    font, known = library.theme.roles["body"].font, dict[str, ReportError | None]()
    told = set[str]()
    for text in (inline.text for inline in inlines_of(content) if not isinstance(inline, NoteMark)):
        for char in set(text) - known.keys():
            known[char] = _refused(char, font, library)
        bad = "".join(sorted(char for char in set(text) if known[char] is not None))
        for found in re.finditer(f"[{re.escape(bad)}][{re.escape(bad)}{JOINED}]*", text) if bad else ():
            chars = [char for char in dict.fromkeys(found[0]) if char in bad and char not in told]
            told.update(chars)
            errors = [error for error in map(known.get, chars) if error is not None]
            if errors:
                yield _gathered(errors, text[max(0, found.start() - NEAR) : found.end() + NEAR])


def _refused(char: str, font: str, library: FontLibrary) -> ReportError | None:
    """Why the character cannot be set; None where it can, or is never seen."""
    if not char.isprintable() or UNSEEN.fullmatch(char):
        return None
    try:
        library.choose(font, char)
    except ReportError as error:
        return error
    return None


def _gathered(errors: Sequence[ReportError], near: str) -> Issue:
    """One mistake of characters that stand together."""
    first, problems = errors[0].issues[0], [error.issues[0].problem for error in errors]
    spelt = [problem.removeprefix(LACKING) for problem in problems if problem.startswith(LACKING)]
    if not spelt:  # the font is bad
        return first
    return first.changed({"where": f"“{near.strip()}”", "problem": LACKING + "、".join(spelt)})


def _place(issue: Issue, content: Content) -> str:
    """`file:line` and the words, where a section holds them (or the one character that is wrong); else what the issue
    says."""
    words = LABEL.sub("", issue.where.strip("“”"), count=1)
    for sought in filter(None, (words, *CHARACTER.findall(issue.problem))):
        for section in content.sections:
            for number, line in enumerate(re.split("\r\n|\r|\n", section.text), section.first_line):
                if sought in line:
                    return f"{section.file}:{number}: {issue.where}"
    return issue.where
