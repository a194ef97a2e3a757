"""Sets a structured source report anew: opens it, composes, writes the files — a test of the press, made on request."""

from __future__ import annotations

from pathlib import Path

from report.content.reprint.compose import Reprint
from report.content.reprint.compose import reprint as composed
from report.files import write_files
from report.opening import TEMPLATES, open_source
from report.records import canonical_json
from report.templates.layers import load_series_theme
from report.theme.fonts import FontLibrary
from report.theme.load import load_theme
from report.writers.docx.write import write_docx
from report.writers.pdf.layout import Layout
from report.writers.pdf.write import write_pdf

SERIES = "reprint"
FREE = {"keep_headings": True, "widows": 2, "orphans": 2, "breaking": "optimal", "squeeze": True, "gap": 0.25}


def reprint(seed: Path, output: Path) -> str:
    """A structured source report → the same set anew: report.pdf, report.docx and layout.json in the folder `output`.

    Tells what of the source's old pages is not printed, and what is wrong in its text.
    """
    made = composed(open_source(seed))
    layers = load_series_theme(SERIES, TEMPLATES / "series")
    theme = load_theme((file.data for file in layers.files), layers.where)
    theme = theme.changed({"setting": theme.setting.changed({"chapters": made.chapters})})
    data, pages = write_pdf(made.content, theme, FontLibrary(theme), {})
    if not _followed(made, pages):
        theme = theme.changed({"setting": theme.setting.changed(FREE)})
        data, pages = write_pdf(made.content, theme, FontLibrary(theme), {})
    layout = pages.to_data()
    write_files({
        output / "report.pdf": data,
        output / "report.docx": write_docx(made.content, theme, layout, {}),
        output / "layout.json": canonical_json(layout),
    })
    return "\n".join([f"{len(pages.pages)} 页，{len(made.content.notes)} 条注释", *made.told()])


def _followed(made: Reprint, pages: Layout) -> bool:
    """Whether the pages are those of the printed book. Where they are not, or none are known, lines and pages are set
    as the series sets its own."""
    return made.follows((heading.title, page.number or "") for page in pages.pages for heading in page.headings)
