"""Words of a chart in DrawingML: the small XML layer, fonts of a role, and the words that stand beside the marks."""

from __future__ import annotations

from itertools import count
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from report.charts.native.plot import Caption, Plot, Rule, Run
from report.theme.theme import Theme
from report.writers.docx.drawing_theme import scheme
from report.writers.docx.units import emu
from report.writers.docx.xml import DECLARED, printable

_BESIDE = 'xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"'
_SLOTS = {"dk1": "tx1", "lt1": "bg1", "dk2": "tx2", "lt2": "bg2"}  # as charts name them (ECMA-376 part 1, 20.1.10.54)
_LINKS = ("hlink", "folHlink")
TURNED = -60000000  # as the program chooses
_INSETS = ("lIns", "tIns", "rIns", "bIns")
_NAMES = {"chart-title": "标题", "chart-subtitle": "副标题", "chart-note": "注"}
NO_FILL = "<a:noFill/>"
NO_LINE = "<a:ln><a:noFill/></a:ln>"


def tag(name: str, /, *children: str, **attributes: object) -> str:
    """An element; children are XML already, attributes are escaped."""
    told = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{told}>{''.join(children)}</{name}>" if children else f"<{name}{told}/>"


def text(words: str) -> str:
    """Words as XML, without what XML cannot hold."""
    return escape(printable(words))


def fill(colour: str) -> str:
    """A plain fill of #rrggbb."""
    return tag("a:solidFill", tag("a:srgbClr", val=colour.lstrip("#").upper()))


def in_scheme(xml: str, theme: Theme) -> str:
    """The XML with colours of the document's scheme named by their slots, so that they change with it in Word."""
    for slot, name in scheme(theme).items():
        if slot not in _LINKS:
            named = tag("a:solidFill", tag("a:schemeClr", val=_SLOTS.get(slot, slot)))
            xml = xml.replace(fill(theme.colour(name)), named)
    return xml


def stroke(colour: str, width: float) -> str:
    """A line of #rrggbb, `width` in points."""
    return tag("a:ln", fill(colour), tag("a:round"), w=emu(width), cap="flat")


def characters(name: str, theme: Theme, role: str, colour: str) -> str:
    """Character properties (rPr, defRPr): size, weight and both fonts of a role."""
    look = theme.roles[role]  # type: ignore[index]
    font = theme.fonts[look.font]
    return tag(
        name, fill(colour), tag("a:latin", typeface=font.word_latin), tag("a:ea", typeface=font.word_han),
        lang="zh-CN", altLang="en-US", sz=round(look.size * 100), b=int(theme.heavy(look.font)), i=0,
    )  # fmt: skip


def text_properties(theme: Theme, role: str, colour: str, *, axis: bool = False) -> str:
    """How all words of an axis or a label look: those of an axis are turned and broken as the program thinks best
    (LibreOffice then leaves out what has no room), labels never."""
    how = {"rot": TURNED, "wrap": "square"} if axis else {"rot": 0, "wrap": "none", **dict.fromkeys(_INSETS, 0)}
    body = tag("a:bodyPr", **how, spcFirstLastPara=1, vertOverflow="overflow", horzOverflow="overflow", vert="horz",
               anchor="ctr", anchorCtr=1)  # fmt: skip
    paragraph = tag("a:p", tag("a:pPr", characters("a:defRPr", theme, role, colour)), tag("a:endParaRPr", lang="zh-CN"))
    return tag("c:txPr", body, tag("a:lstStyle"), paragraph)


# ---------------------------------------------------------------- words and rules beside the marks


def words_beside(plot: Plot, theme: Theme) -> bytes:
    """The part that holds them, each where it stands in shares of the chart (ECMA-376 part 1, 21.3)."""
    number = count(2)
    shapes = [_caption(caption, next(number), plot, theme) for caption in plot.captions]
    shapes += [_rule(rule, next(number), plot) for rule in plot.rules]
    xml = f"{DECLARED}<c:userShapes {nsdecls('c', 'a')} {_BESIDE}>{''.join(shapes)}</c:userShapes>"
    return in_scheme(xml, theme).encode()


def _caption(caption: Caption, number: int, plot: Plot, theme: Theme) -> str:
    box = (caption.left, caption.top, caption.width, caption.leading * len(caption.lines))
    body = tag("a:bodyPr", wrap="none", **dict.fromkeys(_INSETS, 0), anchor="t", rtlCol=0)
    lines = "".join(_line(line, caption.leading, theme) for line in caption.lines)
    shape = tag(
        "cdr:sp",
        tag("cdr:nvSpPr", tag("cdr:cNvPr", id=number, name=_name(caption, number)), tag("cdr:cNvSpPr", txBox=1)),
        tag("cdr:spPr", _frame(box), tag("a:prstGeom", tag("a:avLst"), prst="rect"), NO_FILL, NO_LINE),
        tag("cdr:txBody", body, tag("a:lstStyle"), lines), macro="", textlink="",
    )  # fmt: skip
    return _anchored(box, plot, shape)


def _name(caption: Caption, number: int) -> str:
    """What an editor who looks for these words finds them under (Word's selection pane)."""
    role = next((run.role for line in caption.lines for run in line), "")
    return f"{_NAMES.get(role, '文字')} {number}"


def _line(line: tuple[Run, ...], leading: float, theme: Theme) -> str:
    spacing = tag("a:pPr", tag("a:lnSpc", tag("a:spcPts", val=round(leading * 100))), algn="l")
    runs = (tag("a:r", characters("a:rPr", theme, r.role, r.colour), tag("a:t", text(r.text))) for r in line)
    return tag("a:p", spacing, *runs)


def _rule(rule: Rule, number: int, plot: Plot) -> str:
    box = (rule.left, rule.top, rule.right - rule.left, rule.bottom - rule.top)
    shape = tag(
        "cdr:cxnSp",
        tag("cdr:nvCxnSpPr", tag("cdr:cNvPr", id=number, name=f"线 {number}"), tag("cdr:cNvCxnSpPr")),
        tag("cdr:spPr", _frame(box), tag("a:prstGeom", tag("a:avLst"), prst="line"), stroke(rule.colour, rule.width)),
        macro="",
    )  # fmt: skip
    return _anchored(box, plot, shape)


def _frame(box: tuple[float, float, float, float]) -> str:
    left, top, width, height = map(emu, box)
    return tag("a:xfrm", tag("a:off", x=left, y=top), tag("a:ext", cx=width, cy=height))


def _anchored(box: tuple[float, float, float, float], plot: Plot, shape: str) -> str:
    left, top, width, height = box
    ends = (("cdr:from", left, top), ("cdr:to", left + width, top + height))
    return tag("cdr:relSizeAnchor", *(
        tag(name, tag("cdr:x", share(x, plot.width)), tag("cdr:y", share(y, plot.height))) for name, x, y in ends
    ), shape)  # fmt: skip


def share(length: float, whole: float) -> str:
    """A part of the chart's width or height, as DrawingML counts places in it."""
    return f"{length / whole:.5f}"
