"""`python -m tests.benchmarks.word`: our Word file beside Pandoc's, 600 pages with 750 notes and 200 pictures.

The same words in each one's own source; whole processes in turn, medians. Ours brings what Pandoc's lacks: the filled
contents list, numbered captions with references, sections with running headers, content controls, the theme's look.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image

from report.content.nodes import (
    Block,
    Content,
    Contents,
    Figure,
    Front,
    Heading,
    Link,
    Note,
    NoteMark,
    Paragraph,
    Part,
    Text,
)
from report.content.walk import plain
from tests.benchmarks import emitted
from tests.benchmarks.typesetting import Command, race
from tests.charts.made import theme

CHAPTERS, SECTIONS = 25, 20  # a section is a heading, some paragraphs and, of five in two, a picture
PARAGRAPHS, NOTES, PICTURES = 1300, 750, 200
LINES, MEASURE = 22, 27  # of a page
WORDS = (
    "河湾港去年吞吐量的增幅放缓，上游来水偏少、船期拉长，是各家码头都提到的原因。调查走访的30家企业里，多数把仓储搬到了"
    "离铁路更近的地方，少数仍留在江边，理由是江边的地价还没有涨上来。企业的说法是“江边太远”，货主的说法是“铁路太满”；"
    "两种说法都有道理，也都只说了一半。往后看三年，铁路的时刻表每季一变，仓库的租期却一签五年，这中间的错位要由谁来承担，"
    "眼下还没有答案，只能一步一步地看。"
)


def manuscript() -> Content:
    """The book."""
    notes = {f"n{i}": Note(inlines=(Text(text=f"访谈记录第{i}号，见"), _link(i))) for i in range(NOTES)}
    body = Part(role="body", blocks=tuple(_blocks()))
    contents = Part(role="contents", blocks=(Contents(levels=2),))
    front = Front(title="河湾港货运与仓储", serial="2026-T", code="", series="", kind="", date="2026-11-20",
                  date_text="2026年11月", issuer="", author="")  # fmt: skip
    return Content(front=front, parts=(contents, body), notes=notes, evidence={}, sources=(), labels={"figure": "图"})


def _link(number: int) -> Link:
    url = f"https://example.org/records/{number}"
    return Link(url=url, text=url)


def _blocks() -> Iterator[Block]:
    for section in range(CHAPTERS * SECTIONS):
        if section % SECTIONS == 0:
            yield _heading(1, f"c{section}", f"第{section // SECTIONS}章的题目")
        yield _heading(2, f"s{section}", f"第{section}节的题目")
        for index in _share(PARAGRAPHS, section, CHAPTERS * SECTIONS):
            marks = [NoteMark(note=f"n{i}") for i in _share(NOTES, index, PARAGRAPHS)]
            yield Paragraph(inlines=(Text(text=f"第{index}段。{WORDS}"), *marks))
        for number in _share(PICTURES, section, CHAPTERS * SECTIONS):
            yield Figure(id=f"f{number}", number=number + 1, chart=f"p{number}", alt=f"第{number}幅图",
                         caption=(Text(text=f"第{number}幅图的题目"),), source=())  # fmt: skip


def _share(things: int, place: int, places: int) -> range:
    """The numbers of those of many things that fall to one of many places."""
    return range(things * place // places, things * (place + 1) // places)


def _heading(level: int, name: str, title: str) -> Heading:
    return Heading(level=level, id=name, number="", inlines=(Text(text=title),))


def pictures(folder: Path) -> None:
    """200 pictures, no two alike."""
    folder.mkdir()
    for number in range(PICTURES):
        picture = Image.effect_noise((400, 240), 20 + number % 30).convert("P")
        picture.putpixel((number, 0), number)
        picture.save(folder / f"p{number}.png")


def commands(folder: Path) -> dict[str, Command]:
    """Both competitors, ready to run; ours after the PDF that gives it its page numbers."""
    content = manuscript()
    pictures(folder / "charts")
    (folder / "content.json").write_text(content.to_json(), "utf-8")
    (folder / "source.md").write_text(emitted.markdown(content, folder / "charts"), "utf-8")
    given = [str(folder / "content.json"), "--theme", str(folder / "theme.json"), "--charts", str(folder / "charts")]
    ours = (sys.executable, "-m", "report", "write-docx", *given, "--layout", str(folder / "layout.json"),
            "--output", str(folder / "Ours.docx"))  # fmt: skip
    _lay_out(content, folder)
    pandoc = ("pandoc", str(folder / "source.md"), "-o", str(folder / "Pandoc.docx"))
    return {"Ours": ours, "Pandoc": pandoc}


def _lay_out(content: Content, folder: Path) -> None:
    """A layout such as the PDF's: lines of 27 characters, 22 to a page; a picture is as high as ten."""
    pages: list[dict[str, Any]] = [_page(0)]
    room = 0
    for block in content.parts[1].blocks:
        role, words, lines = _set(block)
        if room < min(lines, LINES):
            pages.append(_page(len(pages)))
            room = LINES
        if isinstance(block, Heading | Figure):
            pages[-1]["anchors"].append(block.id)
        for start in range(0, len(words), MEASURE):
            if not room:
                pages.append(_page(len(pages)))
                room = LINES
            text = words[start : start + MEASURE]
            pages[-1]["lines"].append({"text": text, "role": role, "x": 0, "y": LINES - room, "width": 0, "size": 16})
            room -= 1
        room = max(0, room - (lines if isinstance(block, Figure) else 0))
    (folder / "layout.json").write_text(json.dumps({"pages": pages}, ensure_ascii=False), "utf-8")


def _page(number: int) -> dict[str, Any]:
    return {"number": str(number) if number else None, "blank": False, "lines": [], "notes": [], "headings": [],
            "anchors": []}  # fmt: skip


def _set(block: Block) -> tuple[str, str, int]:
    """Role, words, and the lines that must be free for it."""
    match block:
        case Heading(level=level, inlines=inlines):
            return f"heading-{level}", plain(inlines), LINES if level == 1 else 2
        case Figure(number=number, caption=words):
            return "caption-figure", f"图{number}　{plain(words)}", 10
        case Paragraph(inlines=inlines):
            return "body", plain(inlines), 1
        case _:
            raise AssertionError(block.type)


def made(folder: Path, name: str) -> str:
    """Notes, pictures and size of what a competitor wrote."""
    path = folder / f"{name}.docx"
    with zipfile.ZipFile(path) as archive:
        notes = archive.read("word/footnotes.xml").count(b"<w:footnote ") - 2
        pictures = sum(entry.startswith("word/media/") for entry in archive.namelist())
    return f"{notes} notes, {pictures} pictures, {path.stat().st_size // 1024} KB"


def main() -> None:
    """Race."""
    if not shutil.which("pandoc"):
        sys.exit("Pandoc is not installed: there is nobody to race")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "theme.json").write_text(theme().to_json(), "utf-8")
        race("600 pages, 750 notes, 200 pictures", commands(folder), lambda one: made(folder, one), "Pandoc")


if __name__ == "__main__":
    main()
