"""LibreOffice opens the file and sets its headings on the pages that the contents name, give or take one."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest

from report.content.nodes import Content, Heading
from report.content.walk import LISTED
from report.theme.theme import Theme
from report.writers.docx.contents import target_pages
from report.writers.docx.inlines import plain
from report.writers.docx.write import write_docx

from ...tools import need
from .sample import make_content, make_layout, make_picture

pytestmark = pytest.mark.long


def pages(docx: bytes, folder: Path) -> list[str]:
    """The text of each page as LibreOffice sets it."""
    path = folder / "report.docx"
    path.write_bytes(docx)
    home = f"-env:UserInstallation=file://{folder}/office"
    command = [need("soffice"), home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120, env={**os.environ, "HOME": str(folder)})
    with pypdfium2.PdfDocument(folder / "report.pdf") as pdf:
        return [re.sub(r"\s+", "", page.get_textpage().get_text_range()) for page in pdf]


def found_pages(content: Content, pages: list[str]) -> dict[str, int]:
    """Heading id → page, counted from the first page of the body."""
    headings = [b for part in content.parts if part.role in LISTED for b in part.blocks if isinstance(b, Heading)]
    first = next(i for i, page in enumerate(pages) if "去年吞吐量为" in page)
    found: dict[str, int] = {}
    place = first
    for heading in headings:
        words = re.sub(r"\s+", "", heading.number + plain(heading.inlines))
        place = next(i for i in range(place, len(pages)) if words in body_text(pages[i]))
        found[heading.id] = place - first + 1
    return found


def body_text(page: str) -> str:
    """A page without its running header, which names the chapter too."""
    title = "河湾港货运与仓储的变化及其对企业的影响"
    return page.replace(title, "", 1) if page.startswith(title) else page


def layout_of(content: Content, found: dict[str, int]) -> dict[str, Any]:
    pages = [{"number": str(page), "lines": [], "anchors": [name]} for name, page in found.items()]
    return {"pages": pages}


def test_contents_agree_with_libreoffice(theme: Theme, tmp_path: Path) -> None:
    content = make_content()
    pictures = {"throughput": make_picture()}
    found = found_pages(content, pages(write_docx(content, theme, make_layout(), pictures), tmp_path))
    shown = target_pages(content, layout_of(content, found))
    again = found_pages(content, pages(write_docx(content, theme, layout_of(content, found), pictures), tmp_path))
    assert all(abs(again[key] - int(page)) <= 1 for key, page in shown.items())
    assert max(again.values()) > 5
