"""A native chart's own part: plot, axes, series, figures at the points (DrawingML charts: ECMA-376 part 1, 21.2)."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import nsdecls

from report.charts.native.plot import SPACE, Place, Plot, Point, Series, Tag
from report.theme.theme import Theme
from report.writers.docx.charts_format import GENERAL, number_format
from report.writers.docx.charts_table import Cell, Remainder, Source, Span, Table, number
from report.writers.docx.charts_words import (
    NO_FILL,
    NO_LINE,
    fill,
    in_scheme,
    share,
    stroke,
    tag,
    text,
    text_properties,
)
from report.writers.docx.xml import DECLARED, printable

ACROSS, UP = 111111111, 222222222  # ids of the two axes
SLIT, BASE, LINE, DOT = 1.2, 0.8, 2.0, 6  # points, as the drawing has them
_PLACES: dict[Place, str] = {"end": "outEnd", "middle": "ctr", "above": "t", "below": "b", "right": "r"}
_NO_LEADERS = (  # no lines from moved labels to their marks
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" xmlns:c15='
    '"http://schemas.microsoft.com/office/drawing/2012/chart"><c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
_SHOWN = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")


def chart_xml(plot: Plot, table: Table, theme: Theme, book: str, beside: str) -> bytes:
    """The chart part; `book` and `beside` are its relations to the workbook and to the words beside the marks."""
    chart = tag(
        "c:chart", tag("c:autoTitleDeleted", val=1), _area(plot, table, theme),
        tag("c:plotVisOnly", val=1), tag("c:dispBlanksAs", val="span" if plot.form == "lines" else "gap"),
    )  # fmt: skip
    look = tag("c:spPr", NO_FILL, NO_LINE)
    words = text_properties(theme, "chart-label", theme.colour(theme.roles["chart-label"].colour))
    data = f'<c:externalData r:id="{book}"><c:autoUpdate val="0"/></c:externalData><c:userShapes r:id="{beside}"/>'
    xml = (
        f"{DECLARED}<c:chartSpace {nsdecls('c', 'a', 'r')}>"
        f'<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>{chart}{look}{words}{data}'
        "</c:chartSpace>"
    )
    return in_scheme(xml, theme).encode()


def _area(plot: Plot, table: Table, theme: Theme) -> str:
    left, top, width, height = plot.inner
    places = (("x", left, plot.width), ("y", top, plot.height), ("w", width, plot.width), ("h", height, plot.height))
    layout = tag("c:layout", tag(
        "c:manualLayout", tag("c:layoutTarget", val="inner"), tag("c:xMode", val="edge"), tag("c:yMode", val="edge"),
        *(tag(f"c:{name}", val=share(length, whole)) for name, length, whole in places),
    ))  # fmt: skip
    series = "".join(_series(plot, n, source, table, theme) for n, source in enumerate(table.sources))
    return tag("c:plotArea", layout, _group(plot, series), *_axes(plot, theme), tag("c:spPr", NO_FILL, NO_LINE))


def _group(plot: Plot, series: str) -> str:
    """The series in the way they are drawn."""
    axes = tag("c:axId", val=ACROSS) + tag("c:axId", val=UP)
    plain = tag("c:varyColors", val=0)
    match plot.form:
        case "lines":
            return tag("c:lineChart", tag("c:grouping", val="standard"), plain, series, tag("c:marker", val=1), axes)
        case "scatter":
            return tag("c:scatterChart", tag("c:scatterStyle", val="lineMarker"), plain, series, axes)
        case "bars" | "shares":
            stacking = "clustered" if plot.form == "bars" else "percentStacked"
            gap = min(500, round((1 / plot.thick - 1) * 100))
            return tag(
                "c:barChart", tag("c:barDir", val="bar"), tag("c:grouping", val=stacking), plain, series,
                tag("c:gapWidth", val=gap), tag("c:overlap", val=100), axes,
            )  # fmt: skip


# ---------------------------------------------------------------- axes


def _axes(plot: Plot, theme: Theme) -> Iterator[str]:
    if plot.form == "scatter":
        yield _figures((ACROSS, UP), (plot.first, plot.last), "b", stroke(plot.axis, BASE))
    else:
        yield _names(plot, theme)
    upright = plot.form in ("lines", "scatter")
    yield _figures((UP, ACROSS), (plot.low, plot.high), "l" if upright else "t", open_end=plot.open_end)


def _names(plot: Plot, theme: Theme) -> str:
    """The axis of categories, first at the top or left; bars of shares have their names above them instead."""
    lines = plot.form == "lines"
    role = "chart-note" if lines else "chart-label"
    colour = theme.colour(theme.roles[role].colour)  # type: ignore[index]
    way, place = ("minMax", "b") if lines else ("maxMin", "l")
    line = stroke(plot.axis, BASE) if plot.axis else NO_LINE
    every = tag("c:tickLblSkip", val=plot.every) + tag("c:tickMarkSkip", val=plot.every)
    return tag(
        "c:catAx", tag("c:axId", val=ACROSS), tag("c:scaling", tag("c:orientation", val=way)),
        tag("c:delete", val=int(plot.form == "shares")), tag("c:axPos", val=place), *_ticks("low"),
        tag("c:spPr", NO_FILL, line), text_properties(theme, role, colour, axis=True),
        tag("c:crossAx", val=UP), tag("c:crosses", val="autoZero"), tag("c:auto", val=0), tag("c:lblAlgn", val="ctr"),
        tag("c:lblOffset", val=100), every, tag("c:noMultiLvlLbl", val=1),
    )  # fmt: skip


def _figures(ids: tuple[int, int], ends: tuple[float, float], place: str, line: str = "",
             *, open_end: bool = False) -> str:  # fmt: skip
    """An axis without figures, for they stand at the points; not shown where it has no `line`. `ids` are its own and
    the other axis'; where both ends are the same, the program finds them, and the upper one where it is open."""
    low, high = ends
    limits = "" if open_end else tag("c:max", val=number(high))
    limits = limits + tag("c:min", val=number(low)) if low < high else ""
    crossing = tag("c:crosses", val="autoZero") + tag("c:crossBetween", val="between" if place == "t" else "midCat")
    return tag(
        "c:valAx", tag("c:axId", val=ids[0]), tag("c:scaling", tag("c:orientation", val="minMax"), limits),
        tag("c:delete", val=int(not line)), tag("c:axPos", val=place), *_ticks("none"),
        tag("c:spPr", NO_FILL, line or NO_LINE), tag("c:crossAx", val=ids[1]), crossing,
    )  # fmt: skip


def _ticks(labels: str) -> Iterator[str]:
    yield tag("c:numFmt", formatCode=GENERAL, sourceLinked=0)
    yield tag("c:majorTickMark", val="none")
    yield tag("c:minorTickMark", val="none")
    yield tag("c:tickLblPos", val=labels)


# ---------------------------------------------------------------- series


def _series(plot: Plot, place: int, source: Source, table: Table, theme: Theme) -> str:
    series = plot.series[place]
    head = tag("c:idx", val=place) + tag("c:order", val=place) + tag("c:tx", _words(source.name, table))
    labels = _labels(plot, series, theme)
    if plot.form in ("bars", "shares"):
        solid = tag("c:spPr", fill(series.colour), _edge(plot))
        data = tag("c:cat", _words(source.across, table)) + tag("c:val", _numbers(source.figures, table))
        return tag("c:ser", head, solid, tag("c:invertIfNegative", val=0), *_colours(plot, series), labels, data)
    across, up = ("cat", "val") if plot.form == "lines" else ("xVal", "yVal")
    given = _words(source.across, table) if plot.form == "lines" else _numbers(source.across, table)
    data = tag(f"c:{across}", given) + tag(f"c:{up}", _numbers(source.figures, table))
    return tag("c:ser", head, *_line(series, theme), labels, data, tag("c:smooth", val=0))


def _edge(plot: Plot) -> str:
    return stroke(plot.axis, SLIT) if plot.form == "shares" else NO_LINE


def _colours(plot: Plot, series: Series) -> Iterator[str]:
    """The points that have another colour than their series."""
    upright = tag("c:invertIfNegative", val=0) + tag("c:bubble3D", val=0)
    for place, point in enumerate(series.points):
        if point.colour and point.colour != series.colour:
            yield tag("c:dPt", tag("c:idx", val=place), upright, tag("c:spPr", fill(point.colour), _edge(plot)))


def _line(series: Series, theme: Theme) -> Iterator[str]:
    """The line and its dots; neither where a series only bears words."""
    if not series.drawn:
        yield tag("c:spPr", NO_LINE)
        yield tag("c:marker", tag("c:symbol", val="none"))
        return
    yield tag("c:spPr", stroke(series.colour, LINE))
    dot = tag("c:spPr", fill(series.colour), stroke(theme.colour("paper"), BASE))
    yield tag("c:marker", tag("c:symbol", val="circle"), tag("c:size", val=DOT), dot)


# ---------------------------------------------------------------- figures at the points


def _labels(plot: Plot, series: Series, theme: Theme) -> str:
    """A label for each point that tells something. Bars tell every figure, so that a new row is told too."""
    tags = [point.tag for point in series.points if point.tag]
    common = tags[0] if tags and plot.form == "bars" else None
    single = [
        _label(plot, n, point, theme) for n, point in enumerate(series.points) if point.tag or (common and _told(point))
    ]
    if common is None:
        return tag("c:dLbls", *single, *_show(), _NO_LEADERS)
    look = (_unprinted(theme, common), tag("c:dLblPos", val=_PLACES[common.place]))
    return tag("c:dLbls", *single, *look, *_show("Val"), _NO_LEADERS)


def _told(point: Point) -> bool:
    return point.value is not None or point.rest is not None


def _unprinted(theme: Theme, common: Tag) -> str:
    format = tag("c:numFmt", formatCode=GENERAL, sourceLinked=0)
    return format + tag("c:spPr", NO_FILL, NO_LINE) + text_properties(theme, common.role, common.colour)


def _label(plot: Plot, place: int, point: Point, theme: Theme) -> str:
    told = point.tag
    if told is None:
        return tag("c:dLbl", tag("c:idx", val=place), tag("c:delete", val=1))
    moved = (tag("c:x", val=share(told.dx, plot.width)), tag("c:y", val=share(told.dy, plot.height)))
    layout = tag("c:layout", tag("c:manualLayout", *moved))
    format = number_format(told.printed, point.value or 0)
    shown = (("Val",) if told.printed else ()) + (("SerName",) if told.named else ())
    return tag(
        "c:dLbl", tag("c:idx", val=place), layout if told.dx or told.dy else "",
        tag("c:numFmt", formatCode=printable(format), sourceLinked=0), tag("c:spPr", NO_FILL, NO_LINE),
        text_properties(theme, told.role, told.colour), tag("c:dLblPos", val=_PLACES[told.place]),
        *_show(*shown), tag("c:separator", SPACE) if len(shown) > 1 else "",
    )  # fmt: skip


def _show(*shown: str) -> Iterator[str]:
    for name in _SHOWN:
        yield tag(f"c:show{name}", val=int(name in shown))


# ---------------------------------------------------------------- data


def _words(span: Span, table: Table) -> str:
    """Cells of words, and what stands in them."""
    return _cached("c:str", span, [text(str(cell)) if cell is not None else None for cell in table.cells(span)])


def _numbers(span: Span, table: Table) -> str:
    """Cells of numbers, and what stands in them."""
    format = tag("c:formatCode", GENERAL)
    return _cached("c:num", span, [_cell(cell) for cell in table.cells(span)], format)


def _cell(cell: Cell) -> str | None:
    match cell:
        case Remainder():
            return number(cell.value)
        case float() | int():
            return number(cell)
    return None


def _cached(kind: str, span: Span, cells: list[str | None], format: str = "") -> str:
    points = (tag("c:pt", tag("c:v", cell), idx=n) for n, cell in enumerate(cells) if cell is not None)
    cache = tag(f"{kind}Cache", format, tag("c:ptCount", val=len(cells)), *points)
    return tag(f"{kind}Ref", tag("c:f", span.reference), cache)
