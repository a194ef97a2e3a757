"""The table styles: 三线表, and the frame that goes on with a box round a table or figure in it."""

from __future__ import annotations

from report.theme.theme import Theme
from report.writers.docx.looks import line, shading
from report.writers.docx.units import twips
from report.writers.docx.xml import Element, w

MARGIN = 0.75  # of the padding, above and below a cell, as in the PDF
FRAME = "BoxFrame"


def three_rules(theme: Theme) -> Element:
    """三线表: a rule above, one below the head, one at the foot; hairlines between rows; no verticals."""
    look = theme.table
    borders = w(
        "tblBorders",
        line(theme, "top", look.top, look.colour),
        line(theme, "bottom", look.bottom, look.colour),
        line(theme, "insideH", look.hairline, "hairline"),
    )
    head = w("tcPr", w("tcBorders", head_rule(theme)))
    return _style("ThreeRules", "三线表", [
        w("tblPr", w("tblInd", w=0, type="dxa"), borders, cell_margins(theme, MARGIN)),
        w("tblStylePr", head, type="firstRow"),
    ])  # fmt: skip


def box_frame(theme: Theme) -> Element:
    """One cell with the ground and the bar of a box, as wide as the box."""
    box = theme.box
    inner = margins(0, twips(box.padding))
    bar = w("tblBorders", line(theme, "left", box.bar, box.accent))
    place = w("tblInd", w=twips(box.bar / 2), type="dxa")
    return _style(FRAME, "专栏框", [w("tblPr", place, bar, inner), w("tcPr", shading(theme, box.ground))])


def _style(name: str, shown: str, properties: list[Element]) -> Element:
    return w("style", w("name", val=shown), w("basedOn", val="TableNormal"), w("uiPriority", val=42), w("qFormat"),
             *properties, type="table", customStyle=1, styleId=name)  # fmt: skip


def head_rule(theme: Theme) -> Element:
    """The rule under a table's head."""
    return line(theme, "bottom", theme.table.middle, theme.table.colour)


def hairline(theme: Theme) -> Element:
    """The line between the rows of a head."""
    return line(theme, "bottom", theme.table.hairline, "hairline")


def cell_margins(theme: Theme, above: float, beside: float = 1) -> Element:
    """White in cells: shares of the look's padding, above and below, and at the sides."""
    padding = twips(theme.table.padding)
    return margins(round(padding * above), round(padding * beside))


def margins(vertical: int, horizontal: int) -> Element:
    """White in cells, in twips."""
    sides = (("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal))
    return w("tblCellMar", *(w(side, w=size, type="dxa") for side, size in sides))
