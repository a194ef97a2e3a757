"""Native charts in the document: the chart, its workbook and its words as parts, and the drawing that shows them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, nsmap
from docx.oxml.parser import parse_xml

from report.charts.drawing import Drawing
from report.charts.native.plot import Plot
from report.theme.theme import Theme
from report.writers.docx.charts_table import evidence_rows, table_of, workbook
from report.writers.docx.charts_words import tag, words_beside
from report.writers.docx.charts_xml import chart_xml
from report.writers.docx.measures import figure_height
from report.writers.docx.relations import new_part, relate
from report.writers.docx.units import emu
from report.writers.docx.xml import Element, printable


def shown_charts(
    theme: Theme, drawings: Mapping[str, Drawing], pictures: Mapping[str, bytes]
) -> dict[str, bytes | Plot]:
    """By chart id what Word is to draw itself, or the picture: where the theme wants pictures, where Word has no such
    kind of chart, and where it would be too high for a page, since a picture can be made smaller."""
    room = figure_height(theme)
    native = {
        name: drawing.native for name, drawing in drawings.items()
        if drawing.native and drawing.native.height <= room and theme.word.charts == "native"
    }  # fmt: skip
    return {**pictures, **native}


class Shown(NamedTuple):
    """A drawing in the document: its id, its name, what it shows, for those who cannot see it, and how wide it may
    be (points)."""

    id: int
    name: str
    described: str
    measure: float


def inline_chart(document: WordDocument, plot: Plot, theme: Theme, shown: Shown) -> Element:
    """A chart in the line of text, as high as it is drawn and as wide as there is room."""
    relation = relate(document.part, RT.CHART, _chart_part(document, plot, theme))
    extent = {"cx": emu(min(plot.width, shown.measure)), "cy": emu(plot.height)}
    xml = tag(
        "wp:inline", tag("wp:extent", **extent), tag("wp:effectExtent", l=0, t=0, r=0, b=0),
        tag("wp:docPr", id=shown.id, name=printable(shown.name), descr=printable(shown.described)),
        tag("wp:cNvGraphicFramePr"),
        tag("a:graphic", tag("a:graphicData", f'<c:chart r:id="{relation}"/>', uri=nsmap["c"])),
        distT=0, distB=0, distL=0, distR=0,
    )  # fmt: skip
    inline = parse_xml(xml.replace("<wp:inline", f"<wp:inline {nsdecls('wp', 'a', 'c', 'r')}", 1))
    assert isinstance(inline, Element)
    return inline


def _chart_part(document: WordDocument, plot: Plot, theme: Theme) -> Part:
    """The chart with what belongs to it, as parts of the document's package."""
    number = sum(relation.reltype == RT.CHART for relation in document.part.rels.values()) + 1
    table = table_of(plot)

    data = workbook(table, evidence_rows(plot))
    book = new_part(document, f"word/embeddings/Microsoft_Excel_Worksheet{number}.xlsx", CT.SML_SHEET, data)
    words = words_beside(plot, theme)
    beside = new_part(document, f"word/drawings/drawing{number}.xml", CT.DML_CHARTSHAPES, words)
    chart = new_part(document, f"word/charts/chart{number}.xml", CT.DML_CHART, b"")
    relations = chart.relate_to(book, RT.PACKAGE), chart.relate_to(beside, RT.CHART_USER_SHAPES)
    chart._blob = chart_xml(plot, table, theme, *relations)
    return chart
