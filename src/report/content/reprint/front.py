"""What a reprinted report says of itself: the lines of its cover in their roles, and its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from report.content.nodes import Block as Node
from report.content.nodes import Front, Paragraph
from report.content.reprint.marks import widened
from report.content.reprint.outline import FURNITURE, LABELS, LeftOut, Outline
from report.content.reprint.words import inlines_of
from report.sources.classify import is_credit
from report.sources.dates import find_date
from report.sources.document import Block, Document, Note
from report.sources.genre import GENRE
from report.sources.head import is_dateline, names_body
from report.sources.persons import persons_in

ORDER = ("cover-serial", "cover-code", "cover-series", "cover-title", "cover-subtitle", "cover-issuer",
         "cover-author", "cover-date", "cover-statement")  # from top to foot
STAR = "＊"
STAMP = "重排测试稿"
APART = re.compile("(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")  # 姓名 姓名
DASHES = re.compile(r"\s*(?:——|――|──|--)\s*")
LANGUAGES = {"Hans": "zh-CN", "Hant": "zh-Hant"}


def make_front(document: Document, found: Outline) -> Front:
    """The report's metadata; the title of a text that has none is its file's name. `stamp` says what a reprint is."""
    about = document.metadata
    title, subtitle = split_title(widened(about.title) or document.id)
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


def cover_lines(document: Document, found: Outline, notes: Sequence[Note]) -> tuple[Node, ...]:
    """The cover's lines in their roles, from top to foot, each in the source's words; the labels of a byline (作者：)
    are left out. The `notes` on its lines stand at its foot, their marks as stars."""
    lines: list[tuple[str, str]] = []
    for index, block in enumerate(found.cover):
        above = any(later.kind == "title" for later in found.cover[index + 1 :])
        text = _starred(block, notes)
        if block.kind == "title":
            lines += _titles(text)
        elif block.text == document.metadata.serial:
            lines.append(("cover-serial", text))
        else:
            lines += [(_role(document, part, name, above), part) for name, part in _parts(text, found)]
    lines += [("cover-statement", f"{STAR * number}{note.text}") for number, note in enumerate(notes, 1)]
    lines.sort(key=lambda line: ORDER.index(line[0]))
    return tuple(Paragraph(role=role, inlines=inlines_of(APART.sub("\u3000", text))) for role, text in lines)


def _starred(block: Block, notes: Sequence[Note]) -> str:
    """The line with a star where each note's mark stands, two for the second note."""
    text = block.text
    for number, note in reversed(list(enumerate(notes, 1))):
        if block.spans[0][0] <= note.mark_start <= block.spans[-1][1]:
            at = block.index(note.mark_start)
            text = text[:at] + STAR * number + text[at:]
    return text


def _titles(text: str) -> Iterator[tuple[str, str]]:
    title, subtitle = split_title(text)
    yield "cover-title", title
    if subtitle:
        yield "cover-subtitle", subtitle


def _parts(text: str, found: Outline) -> Iterator[tuple[str, str]]:
    """The parts of one line 作者：甲｜2025-01-02, each with the name of the field that its label gives it, "" for none.
    """
    for part in filter(None, (part.strip(" \u3000") for part in re.split("[|｜]", text.lstrip("># ")))):
        labels = list(GENRE.label.finditer(part))
        if not labels or part[: labels[0].start()].strip():
            yield "", part
            continue
        for label, end in zip(labels, [*(later.start() for later in labels[1:]), len(part)], strict=True):
            found.left_out.append(LeftOut(LABELS, label[0]))
            value = part[label.end() : end].strip()
            if GENRE.label_of[label[1]] == "other":
                found.left_out.append(LeftOut(FURNITURE, value))
            elif value:
                yield GENRE.label_of[label[1]], value


def _role(document: Document, text: str, name: str, above: bool) -> str:
    """The role of a line or a part of one; `above`: it stands over the title."""
    about = document.metadata
    if text == about.code or text == about.series:
        return "cover-code" if text == about.code else "cover-series"
    if name in ("author", "date") or is_credit(text):
        return "cover-date" if name == "date" else "cover-author"
    if is_dateline(text):
        _, start, end = find_date(text)
        rest = text[:start] + text[end:]
        return "cover-statement" if any(map(str.isalnum, rest.replace("日", ""))) else "cover-date"
    if persons_in(text) and not above:
        return "cover-author"
    if GENRE.pattern("cover_state").fullmatch(text):
        return "cover-code"
    if _names_maker(text):
        return "cover-issuer" if above else "cover-author"
    return "cover-series" if above else "cover-statement" if name else "cover-subtitle"


def _names_maker(text: str) -> bool:
    """Whether a line names a body, in brackets under the authors' names as well: （1.某大学 某学院，某市 100000）."""
    if text[0] in "（(" and text[-1] in "）)" and any(body in text for body in GENRE.words("bodies")):
        return True
    ends = text.endswith((*GENRE.words("bodies"), *GENRE.words("issuers")))
    return ends or names_body(text) or bool(GENRE.pattern("cover_maker").fullmatch(text))
