"""The rival: the words of a content tree as plain ReportLab paragraphs, in a CJK font that is not even embedded.

No prohibitions beyond ReportLab's own, no justification, notes, contents, tags, tables or charts. It is what a script
of an afternoon would do, so our time over its time is the price of a typeset, tagged, archival report.
"""

from __future__ import annotations

import html
import json
import sys
from pathlib import Path

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph, SimpleDocTemplate  # type: ignore[import-untyped]

from tests.project import nodes


def words(content: object) -> list[str]:
    """The text of every run of inlines, in order."""
    runs = [node["inlines"] for node in nodes(content) if node.get("inlines")]
    return ["".join(str(inline.get("text", "")) for inline in run) for run in runs]


def write(content: Path, output: Path) -> None:
    """One paragraph a run of inlines, set in one style."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle("body", fontName="STSong-Light", fontSize=16, leading=31.2, wordWrap="CJK")
    story = [Paragraph(html.escape(text), style) for text in words(json.loads(content.read_text("utf-8")))]
    SimpleDocTemplate(str(output), pagesize=A4, invariant=1).build(story)


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
