"""What cannot be set, told where its author wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from report.content.nodes import Content, NoteMark
from report.content.walk import inlines_of
from report.errors import Issue, ReportError
from report.theme.fonts import FontLibrary

NEAR = 8  # characters of text on each side of one that no font has
CHARACTER = re.compile(r"U\+[0-9A-F]+ (.)$")  # as report.theme.fonts spells it
LABEL = re.compile(r"\S*\d+\u3000")  # 表1　 before the title that its author wrote


def placed(error: ReportError, content: Content, library: FontLibrary) -> ReportError:
    """The error with file and line of each issue that names words of the report; all characters that no font has are
    told at once."""
    lacking = list(_lacking(content, library))
    told = {issue.problem for issue in lacking}
    issues = [*lacking, *(issue for issue in error.issues if issue.problem not in told)]
    return ReportError.all_of(issue.changed({"where": _place(issue, content)}) for issue in issues)


def lacking(content: Content, library: FontLibrary) -> list[Issue]:
    """The characters that no font has, each where it stands."""
    return [issue.changed({"where": _place(issue, content)}) for issue in _lacking(content, library)]


def _lacking(content: Content, library: FontLibrary) -> Iterator[Issue]:
    """A mistake for each character that the font of body text has not, nor any of those it falls back on."""
    font, seen = library.theme.roles["body"].font, set[str]()
    for text in (inline.text for inline in inlines_of(content) if not isinstance(inline, NoteMark)):
        for char in sorted(filter(str.isprintable, set(text) - seen)):
            at = text.find(char)
            try:
                library.choose(font, char, text[max(0, at - NEAR) : at + NEAR])
            except ReportError as error:
                yield from error.issues
        seen.update(text)


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
