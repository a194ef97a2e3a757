"""The finished files of a report, opened once, and each read the way its readers will."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report.charts.drawing import Drawing
from report.content.nodes import Content
from report.theme.theme import Theme
from report.verify.passage import Reading
from report.verify.read_docx import read_docx
from report.verify.read_html import read_html
from report.verify.read_pdf import read_pdf

FORMATS = ("pdf", "docx", "html")


@dataclass(frozen=True)
class Finished:
    """Everything built for a report: its folder, the content and theme it was built from, and the bytes of each format
    and what they say."""

    folder: Path
    content: Content
    theme: Theme
    layout: dict[str, Any]
    drawings: dict[str, Drawing]
    data: dict[str, bytes]
    readings: dict[str, Reading]


def open_finished(folder: Path) -> Finished:
    """The files in a report's output folder."""
    data = {kind: (folder / f"report.{kind}").read_bytes() for kind in FORMATS}
    return Finished(
        folder=folder,
        content=Content.from_json((folder / "content.json").read_text("utf-8")),
        theme=Theme.from_json((folder / "theme.json").read_bytes()),
        layout=json.loads((folder / "layout.json").read_text("utf-8")),
        drawings={
            path.stem: Drawing.from_json(path.read_text("utf-8")) for path in sorted(folder.glob("charts/*.json"))
        },
        data=data,
        readings={
            "pdf": read_pdf(data["pdf"]),
            "docx": read_docx(data["docx"]),
            "html": read_html(data["html"].decode("utf-8")),
        },
    )
