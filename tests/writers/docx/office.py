"""LibreOffice as a second opinion: a Word file as it sets it, and as it saves it again."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]

from report.content.nodes import Content, Heading
from report.content.walk import LISTED, plain

from ...tools import need

OPTIONS = {"ExportBookmarks": "true", "IsSkipEmptyPages": "false"}  # blank pages count too
BOOKMARKS = "pdf:writer_pdf_Export:" + json.dumps(
    {name: {"type": "boolean", "value": value} for name, value in OPTIONS.items()}
)


def converted(docx: bytes, folder: Path, form: str) -> Path:
    """What LibreOffice makes of the file: `pdf` with the headings as bookmarks, or `docx` by any of its filters."""
    path, out = folder / "report.docx", folder / "made"
    path.write_bytes(docx)
    home = f"-env:UserInstallation=file://{folder}/office"
    to = BOOKMARKS if form == "pdf" else form
    command = [need("soffice"), home, "--headless", "--convert-to", to, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env={**os.environ, "HOME": str(folder)})
    return out / f"report.{form.partition(':')[0]}"


def heading_pages(pdf: Path) -> list[tuple[str, int]]:
    """The headings in order, each with its page from 0; numbers that the list engine counts are part of the words."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [("".join(mark.get_title().split()), mark.get_dest().get_index()) for mark in document.get_toc()]


def page_heads(pdf: Path) -> list[str]:
    """The words above the text of each page, without blanks."""
    with pypdfium2.PdfDocument(pdf) as document:
        heads = []
        for page in document:
            width, height = page.get_size()
            heads.append("".join(page.get_textpage().get_text_bounded(0, height - 85, width, height).split()))
        return heads


def misplaced(content: Content, layout: Any, pdf: Path) -> list[tuple[str, str, int]]:
    """Headings that LibreOffice sets more than a page from where the contents say: words, page named, page found."""
    found = heading_pages(pdf)
    named = {name: page["number"] for page in layout["pages"] for name in page["anchors"]}
    headings = [block for part in content.parts if part.role in LISTED for block in part.blocks
                if isinstance(block, Heading)]  # fmt: skip
    words = ["".join((heading.number + plain(heading.inlines)).split()) for heading in headings]
    start = next(i for i, (title, _) in enumerate(found) if title == words[0])
    first = found[start][1]
    pages = dict.fromkeys(words)
    for title, page in found[start:]:
        if pages.get(title, 0) is None:
            pages[title] = page - first + 1
    assert all(pages.values()), pages
    told = [(title, named[heading.id], pages[title]) for heading, title in zip(headings, words, strict=True)]
    return [(title, number, page or 0) for title, number, page in told if abs(int(number) - (page or 0)) > 1]
