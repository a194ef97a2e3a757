"""What cannot be set, told where its author wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.content.nodes import Content, NoteMark
from report.content.walk import inlines_of
from report.errors import Issue, ReportError
from report.theme.fonts import LACKING, FontLibrary
from report.writers.pdf.glyphs import NEAR
from report.writers.pdf.wording import UNSEEN

JOINED = "\u200d\ufe0e\ufe0f"  # what joins signs to one emoji
CHARACTER = re.compile(r"U\+[0-9A-F]+ (.)$")  # as report.theme.fonts spells it
LABEL = re.compile(r"\S*\d+\u3000")  # 表1　 before the title that its author wrote


def placed(error: ReportError, content: Content, library: FontLibrary) -> ReportError:
    """The error with file and line of each issue that names words of the report; all characters that no font has are
    told at once."""
    lacking = list(_lacking(content, library))
    told = "".join(issue.problem for issue in lacking)
    issues = [*lacking, *(issue for issue in error.issues if issue.problem.removeprefix(LACKING) not in told)]
    places = (issue.changed({"where": _place(issue, content)}) for issue in issues)
    return ReportError.all_of(dict.fromkeys(places))  # a font that is bad is met at every character


def lacking(content: Content, library: FontLibrary) -> list[Issue]:
    """The characters that no font has, each where it stands."""
    return [issue.changed({"where": _place(issue, content)}) for issue in _lacking(content, library)]


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
