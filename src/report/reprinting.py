"""Sets a structured source report anew: opens it, composes, writes the files — a test of the press, made on request."""

from __future__ import annotations

from pathlib import Path

from report.content.nodes import Content
from report.content.reprint.compose import Reprint
from report.content.reprint.compose import reprint as composed
from report.content.reprint.pointers import Place
from report.errors import ReportError
from report.files import write_files
from report.opening import SERIES, open_source
from report.records import canonical_json
from report.theme.fonts import FontLibrary
from report.theme.layers import load_theme_layers
from report.theme.load import load_theme
from report.theme.theme import Theme
from report.writers.docx.write import write_docx
from report.writers.pdf.layout import Layout
from report.writers.pdf.write import write_pdf

NAME = "reprint"  # of the series whose look a report set anew has
ROUNDS = 4  # in which notes that point to others are set with the marks of the round before
FREE = {
    "breaking": "optimal", "squeeze": True, "gap": 0.25,
    "widows": 2, "orphans": 2, "keep_headings": True, "share_space": True, "draw_up": 3,
}  # fmt: skip


def reprint(seed: Path, output: Path) -> str:
    """A structured source report → the same set anew: report.pdf, report.docx and layout.json in the folder `output`.

    Tells what of the source's old pages is not printed, and what is wrong in its text.
    """
    made = composed(open_source(seed))
    layers = load_theme_layers(SERIES / NAME, SERIES)
    theme = load_theme((file.data for file in layers.files), layers.where)
    theme = theme.changed({"setting": theme.setting.changed({"chapters": made.chapters})})
    content, data, pages = _set(made, theme)
    if not _followed(made, pages):
        theme = theme.changed({"setting": theme.setting.changed(FREE)})
        content, data, pages = _set(made, theme)
    layout = pages.to_data()
    write_files({
        output / "report.pdf": data,
        output / "report.docx": write_docx(content, theme, layout, {}),
        output / "layout.json": canonical_json(layout),
    })
    return "\n".join([f"{len(pages.pages)} 页，{len(made.content.notes)} 条注释", *made.told()])


def _set(made: Reprint, theme: Theme) -> tuple[Content, bytes, Layout]:
    """What is set, as PDF, and its pages: again where notes point to others, until they name the marks that those
    have."""
    content, library = made.content, FontLibrary(theme)
    for _ in range(ROUNDS):
        data, pages = write_pdf(content, theme, library, {})
        placed = made.placed(_places(pages))
        if placed == content:
            return content, data, pages
        content = placed
    raise ReportError("脚注里的“同注…”", "所指的注换页不定，写不出页码和注码", "把它所指的出处写全")


def _places(pages: Layout) -> dict[str, Place]:
    """Where each note is first printed."""
    places: dict[str, Place] = {}
    for page in pages.pages:
        owners = dict.fromkeys(owner for _, owner in page.printed)
        begun = (note for note in page.notes if not note.continued)
        for owner, note in zip(owners, begun, strict=True):
            places.setdefault(owner.rpartition("-")[0], Place(page.label, note.mark))
    return places


def _followed(made: Reprint, pages: Layout) -> bool:
    """Whether the pages are those of the printed book. Where they are not, or none are known, lines and pages are set
    as the series sets its own."""
    return made.follows((heading.title, page.number or "") for page in pages.pages for heading in page.headings)
