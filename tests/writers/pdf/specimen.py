"""The specimen of hard cases (fixtures/specimen): every line and block that is hard to set, on a few pages."""

from __future__ import annotations

from pathlib import Path

from report.content.blocks import Builder
from report.content.fill import Filler
from report.content.ledger import open_ledger
from report.content.markdown import parse_section
from report.content.nodes import Content, Contents, Note, Part
from report.content.numbering import number_blocks
from report.dataset.models import Dataset
from report.templates.models import Section

from .sample import content, heading

FOLDER = Path(__file__).parents[2] / "fixtures/specimen"
LABELS = {"figure": "图", "table": "表", "source": "资料来源："}


def specimen() -> Content:
    """Its content; the figures in it are typed, which a report's sections may not."""
    proses = tuple(
        parse_section(Section(file=path.name, part="body", title="", text=path.read_text("utf-8")))
        for path in sorted(FOLDER.glob("*.md"))
    )
    numbering, issues = number_blocks(proses, LABELS)
    nothing = Dataset(sources=(), observations=(), facts=(), checks=())
    filler = Filler(open_ledger(proses, nothing, {}, {}), numbering.refs, issues)
    builder = Builder(filler, numbering, {}, LABELS)
    blocks = tuple(block for prose in proses for block in builder.build(prose))
    assert not issues
    notes = {name: Note(inlines=inlines) for name, inlines in filler.notes.items()}
    lists = Part(role="contents", blocks=(heading(1, "contents", "", "目录"), Contents(levels=2)))
    return content([lists, Part(role="body", title="疑难样张", blocks=blocks)], notes)
