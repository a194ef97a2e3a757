"""What a reprinted report says of itself: the lines of its cover in their roles, and its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.content.nodes import Block as Node
from report.content.nodes import Front, Paragraph
from report.content.reprint.outline import Outline
from report.content.reprint.words import inlines_of
from report.sources.classify import is_credit
from report.sources.dates import find_date
from report.sources.document import Block, Document
from report.sources.genre import GENRE
from report.sources.head import is_dateline, names_body

ORDER = ("cover-serial", "cover-code", "cover-series", "cover-title", "cover-subtitle", "cover-issuer",
         "cover-author", "cover-date", "cover-statement")  # from top to foot
STAMP = "重排测试稿"
APART = re.compile("(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")  # 姓名 姓名
DASHES = re.compile(r"\s*(?:——|――|--)\s*")
LANGUAGES = {"Hans": "zh-CN", "Hant": "zh-Hant"}


def make_front(document: Document, found: Outline) -> Front:
    """The report's metadata; the title of a text that has none is its file's name. `stamp` says what a reprint is."""
    about = document.metadata
    title, subtitle = split_title(about.title or document.id)
    return Front(
        title=title,
        subtitle=subtitle,
        serial=about.serial,
        code=about.code,
        series=about.series,
        kind="",
        date=about.date if about.date_kind == "stated" else "",
        date_text="",
        issuer=about.publisher,
        author=about.author,
        stamp=STAMP,
        statement=f"{STAMP}：据{document.file}的文字重新排版",
        language=LANGUAGES[about.script],
        keywords=(STAMP, *found.keywords),
    )


def split_title(title: str) -> tuple[str, str]:
    """A title and its subtitle, which a dash opens; "" for none."""
    parts = DASHES.split(title, maxsplit=1)
    return (parts[0], f"——{parts[1]}") if len(parts) == 2 and all(parts) else (title, "")


def cover_lines(document: Document, blocks: Sequence[Block]) -> tuple[Node, ...]:
    """The cover's lines in their roles, from top to foot, each in the source's words."""
    lines: list[tuple[str, str]] = []
    for index, block in enumerate(blocks):
        above = any(later.kind == "title" for later in blocks[index + 1 :])
        lines += _roles(document, block, above)
    lines.sort(key=lambda line: ORDER.index(line[0]))
    return tuple(Paragraph(role=role, inlines=inlines_of(APART.sub("\u3000", text))) for role, text in lines)


def _roles(document: Document, block: Block, above: bool) -> Iterator[tuple[str, str]]:
    """The roles and words of one line; `above`: it stands over the title."""
    about, text = document.metadata, block.text
    if block.kind == "title":
        title, subtitle = split_title(text)
        yield "cover-title", title
        if subtitle:
            yield "cover-subtitle", subtitle
    elif text in (about.serial, about.code, about.series):
        yield {about.serial: "cover-serial", about.code: "cover-code"}.get(text, "cover-series"), text
    else:
        yield _role(text, above), text


def _role(text: str, above: bool) -> str:
    if is_credit(text):
        return "cover-author"
    if is_dateline(text):
        _, start, end = find_date(text)
        rest = text[:start] + text[end:]
        return "cover-statement" if any(map(str.isalnum, rest.replace("日", ""))) else "cover-date"
    if GENRE.pattern("names").fullmatch(text) and not above:
        return "cover-author"
    if GENRE.pattern("cover_state").fullmatch(text):
        return "cover-code"
    if names_body(text) or text.endswith(GENRE.words("issuers")) or GENRE.pattern("cover_maker").fullmatch(text):
        return "cover-issuer" if above else "cover-author"
    return "cover-series" if above else "cover-subtitle"
