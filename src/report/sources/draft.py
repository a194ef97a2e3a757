"""The text that a reader writes down from a web page, a Word file or a PDF, with what it knows of its lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

LineKind = Literal["", "title", "contents", "paragraph", "boilerplate"]
TOP = 60  # lines; no title stands below
TITLE_LINES = 4
_space = re.compile(r"[\s\x00-\x1f\x7f\x85\u200b\u2028\u2029\ufeff]+")

# What Word or a converter puts where nobody has written a title or an author.
_no_title = re.compile(
    r"(?:Microsoft )?(?:Word|PowerPoint) .*|文档\s*\d*|.*\.(?:docx?|wps|indd|pdf)|(?i:untitled).*|无标题.*"
)
_no_author = re.compile(r"(?i:admin\w*|user\w*|python-docx|unknown|microsoft.*|微软.*|用户|作者|.*[@\d].*|[a-z]{1,12})")


@dataclass(frozen=True)
class Written:
    """What a reader hands on.

    `encoding`: how the file was read (utf-8, html gb18030, docx, pdf). `known`: where a line starts whose function the
    file itself tells → that function. `said`: fields of Metadata as the file's own record gives them, less to be
    believed than the text.
    """

    text: str
    encoding: str
    known: Mapping[int, LineKind] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)


class Draft:
    """A text in the making, one paragraph or table's row a line, with an empty line between."""

    def __init__(self) -> None:
        """An empty text."""
        self._parts: list[str] = []
        self._lines: list[tuple[int, str]] = []
        self._length = 0
        self.known: dict[int, LineKind] = {}

    def add(self, text: str, kind: LineKind = "") -> None:
        """One more line; nothing where the text is blank. The two characters' space that opens a paragraph stays."""
        indent = "\u3000\u3000" if text.startswith("\u3000\u3000") else ""
        text = one_line(text)
        if not text:
            return
        start = self._length + len(indent)
        self._lines.append((start, text))
        if kind:
            self.known[start] = kind
        self._parts.append(indent + text + "\n\n")
        self._length += len(self._parts[-1])

    def add_row(self, cells: list[str]) -> None:
        """A table's row, its cells between upright strokes; nothing where all are blank."""
        texts = [one_line(cell).replace("|", "｜") for cell in cells]
        if any(texts):
            self.add(f"| {' | '.join(texts)} |", "paragraph")

    def written(self, encoding: str, said: Mapping[str, str]) -> Written:
        """The text as it stands now. Where lines at the top are the title that the file's record gives, they are it."""
        if said.get("title") and "title" not in self.known.values():
            self.known |= dict.fromkeys(self._lines_of(said["title"]), "title")
        return Written("".join(self._parts), encoding, self.known, {name: text for name, text in said.items() if text})

    def _lines_of(self, title: str) -> list[int]:
        """Where the lines start that make up the title, one or a few in a row; [] where none do."""
        wanted = "".join(title.split())
        for first in range(min(TOP, len(self._lines))):
            run = ""
            for last, (_, text) in enumerate(self._lines[first : first + TITLE_LINES], first + 1):
                run += "".join(text.lstrip("# ").split())
                if run == wanted:
                    return [start for start, _ in self._lines[first:last]]
        return []


def fit_record(title: str, author: str) -> dict[str, str]:
    """Title and author as a file's record gives them, less what programs write there by themselves."""
    title, author = one_line(title), one_line(author)
    said = {"title": "" if _no_title.fullmatch(title) else title, "author": author}
    return said if not _no_author.fullmatch(author) else said | {"author": ""}


def one_line(text: str) -> str:
    """The text on one line, without white space at either end. Between Chinese characters a line break is nothing."""
    return _space.sub(_break, text).strip()


def _break(match: re.Match[str]) -> str:
    """What a run of white space is on one line: itself if it is only spaces, else one space or nothing."""
    run = match.group()
    if not any(char in run for char in "\n\r\t\x0b\x0c\u2028\u2029\x85"):
        return run.translate({0x200B: None, 0xFEFF: None} | dict.fromkeys(range(32)))
    before, after = match.string[: match.start()][-1:], match.string[match.end() :][:1]
    return "" if _is_wide(before) and _is_wide(after) else " "


def _is_wide(char: str) -> bool:
    return char > "\u2e7f" or char in "“”‘’…—"
