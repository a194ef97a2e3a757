"""styles.xml out of the theme: every look becomes a Word style, so that the text itself carries no formatting."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from report.errors import ReportError
from report.theme.theme import Look, Theme
from report.writers.docx.units import MM, eighths, twips
from report.writers.docx.xml import Element, w

ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "both"}
DESCENT = 3.2  # points from a header's or folio's baseline to the foot of its line
RULE_LINE = 10.0  # points: the empty line whose border is the accent on the cover
Entry = dict[str, Any]


@cache
def style_table() -> dict[str, list[Entry]]:
    """The table of styles that stands beside this module."""
    text = (Path(__file__).parent / "styles.yaml").read_text(encoding="utf-8")
    table: dict[str, list[Entry]] = YAML(typ="safe").load(text)
    return table


@cache
def style_of_role(role: str) -> str:
    """The style id in which a role is set. Raises ReportError for a role that is no paragraph's."""
    for entry in style_table()["paragraph"]:
        if entry.get("role") == role:
            return str(entry["id"])
    raise ReportError(f"段落角色 {role}", "Word 里没有对应的样式", "可用的角色见 templates/README.md")


def styles_xml(theme: Theme) -> Element:
    """The whole of styles.xml."""
    table = style_table()
    by_id = {entry["id"]: entry for entry in table["paragraph"]}
    return w(
        "styles",
        _defaults(theme),
        *_base(theme),
        *(_paragraph_style(theme, entry, by_id) for entry in table["paragraph"]),
        *(_character_style(theme, entry) for entry in table["character"]),
        _table_style(theme),
    )


def text_width(theme: Theme, *, landscape: bool = False) -> float:
    """The measure in points; on a page that lies across, the height of the text."""
    page = theme.page
    if landscape:
        return (page.height - page.top - page.bottom) * MM
    return (page.width - page.left - page.right) * MM


def block_space(theme: Theme) -> float:
    """Points of white above and below figures, tables, quotations, as the PDF has them: a quarter of a line."""
    return theme.roles["body"].leading / 4


def header_top(theme: Theme) -> float:
    """Points from the paper's edge to the top of the running header's line, whose baseline the theme gives."""
    return theme.page.header * MM - theme.roles["running-header"].leading + DESCENT


def _defaults(theme: Theme) -> Element:
    body = theme.roles["body"]
    run = w(
        "rPr",
        _fonts(theme, body.font),
        w("kern", val=2),
        *_size(body.size),
        w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault"))


def _base(theme: Theme) -> list[Element]:
    """Normal and the three defaults every Word document has. Normal is never indented: notes, tables and the note
    separators hang on it. Marks may hang (Word's own default): where they may not, LibreOffice drops a mark that
    stands at the end of a justified line."""
    rules = w(
        "pPr",
        w("widowControl", val=int(theme.setting.widows > 1)),
        w("kinsoku"),
        w("overflowPunct"),
        w("autoSpaceDE"),
        w("autoSpaceDN"),
        w("jc", val="both"),
    )
    margins = w("tblCellMar", *(w(side, w=size, type="dxa") for side, size in _sides(0, 108)))
    return [
        w("style", w("name", val="Normal"), w("qFormat"), rules, type="paragraph", default=1, styleId="Normal"),
        w("style", w("name", val="Default Paragraph Font"), w("uiPriority", val=1), w("semiHidden"),
          w("unhideWhenUsed"), type="character", default=1, styleId="DefaultParagraphFont"),
        w("style", w("name", val="Normal Table"), w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"),
          w("tblPr", w("tblInd", w=0, type="dxa"), margins), type="table", default=1, styleId="TableNormal"),
        w("style", w("name", val="No List"), w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"),
          type="numbering", default=1, styleId="NoList"),
    ]  # fmt: skip


def _sides(vertical: int, horizontal: int) -> list[tuple[str, int]]:
    return [("top", vertical), ("left", horizontal), ("bottom", vertical), ("right", horizontal)]


def _paragraph_style(theme: Theme, entry: Entry, by_id: dict[str, Entry]) -> Element:
    same = by_id[entry["same"]] if "same" in entry else None
    look = theme.roles[(same or entry)["role"]]
    parts: dict[str, Element] = {} if same else _paragraph_parts(look)
    parts.update(_structure(entry, look))
    if entry.get("outline") == 0 and theme.setting.chapters != "continuous":
        parts["spacing"] = _spacing(look, before=-look.before)
    if look.leading != theme.roles["body"].leading:
        parts["snapToGrid"] = w("snapToGrid", val=0)
    if "part" in entry:
        PARTS[entry["part"]](theme, look, parts)
    return _style(entry, "paragraph", [
        w("basedOn", val=entry.get("same") or entry.get("based", "Normal")),
        w("next", val=entry["next"]) if "next" in entry else None,
        w("uiPriority", val=entry["priority"]),
        w("qFormat") if entry["priority"] < 99 else None,
        w("pPr", *parts.values()) if parts else None,
        None if same else run_look(theme, look),
    ])  # fmt: skip


def _style(entry: Entry, kind: str, children: list[Element | None]) -> Element:
    attributes = {"type": kind, "styleId": entry["id"]}
    if not entry["name"].isascii():
        attributes["customStyle"] = "1"
    return w("style", w("name", val=entry["name"]), *children, **attributes)


def run_look(theme: Theme, look: Look) -> Element:
    """The character side of a look."""
    return w(
        "rPr",
        _fonts(theme, look.font),
        *_bold(theme, look.font),
        w("color", val=_hex(theme, look.colour)),
        w("spacing", val=twips(look.tracking * look.size)) if look.tracking else None,
        *_size(look.size),
    )


def _fonts(theme: Theme, name: str) -> Element:
    font = theme.fonts[name]
    return w("rFonts", ascii=font.word_latin, eastAsia=font.word_han, hAnsi=font.word_latin, cs=font.word_latin)


def _bold(theme: Theme, name: str) -> list[Element]:
    """Word has one weight of a family and its bold: what the theme sets heavier than regular is bold."""
    return [w("b"), w("bCs")] if theme.heavy(name) else []


def _size(points: float) -> tuple[Element, Element]:
    return w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))


def _hex(theme: Theme, colour: str) -> str:
    return theme.colour(colour).lstrip("#").upper()


def _paragraph_parts(look: Look) -> dict[str, Element]:
    parts = {"spacing": _spacing(look), "jc": w("jc", val=ALIGN[look.align])}
    if look.keep_next:
        parts["keepNext"] = w("keepNext")
    if look.indent or look.left or look.right:
        parts["ind"] = _indents(look)
    return parts


def _spacing(look: Look, before: float = 0, after: float = 0) -> Element:
    """Leading is exact (baseline to baseline, as the theme means it); `before` and `after` are added to the look's."""
    return w("spacing", before=twips(look.before + before), after=twips(look.after + after),
             line=twips(look.leading), lineRule="exact")  # fmt: skip


def _indents(look: Look) -> Element:
    """First-line and hanging indents in characters (Word) and twips (LibreOffice reads these)."""
    first = "firstLine" if look.indent > 0 else "hanging"
    points = {"left": look.left * look.size, "right": look.right * look.size}
    indent = {f"{first}Chars": round(abs(look.indent) * 100), first: twips(abs(look.indent) * look.size)}
    return w("ind", **{side: twips(size) for side, size in points.items() if size}, **(indent if look.indent else {}))


def _structure(entry: Entry, look: Look) -> dict[str, Element]:
    parts: dict[str, Element] = {}
    if "outline" in entry:
        parts["keepLines"] = w("keepLines")
        parts["outlineLvl"] = w("outlineLvl", val=entry["outline"])
    if (level := entry.get("number")) is not None:
        number = w("numId", val=1 if level >= 0 else 0)
        parts["numPr"] = w("numPr", w("ilvl", val=level) if level > 0 else None, number)
    if kind := entry.get("list"):
        parts["numPr"] = w("numPr", w("numId", val={"bullet": 2, "number": 3, "box": 4}[kind]))
        parts.pop("ind", None)
    return parts


# ---------------------------------------------------------------- what a look cannot say

Parts = dict[str, Element]


def _break_words(theme: Theme, look: Look, parts: Parts) -> None:
    """A web address may be broken anywhere (Word), and the lines stay ragged: justified, the line before an address
    that is kept whole (LibreOffice) would be torn apart."""
    parts["wordWrap"] = w("wordWrap", val=0)
    parts["jc"] = w("jc", val="left")


def _leader(theme: Theme, look: Look, parts: Parts) -> None:
    right = w("tab", val="right", leader="dot", pos=twips(text_width(theme)))
    parts["tabs"] = w("tabs", right)


def _header(theme: Theme, look: Look, parts: Parts) -> None:
    parts["tabs"] = w("tabs", w("tab", val="right", pos=twips(text_width(theme))))
    line = w("bottom", val="single", sz=eighths(0.5), space=4, color=_hex(theme, "hairline"))
    parts["pBdr"] = w("pBdr", line)
    _head_space(theme, look, parts)


def _head_space(theme: Theme, look: Look, parts: Parts) -> None:
    """White down to the text, which Word does not need: LibreOffice forgets the header's height on the first page of
    a section that starts on an odd page."""
    border = 4.5 if "pBdr" in parts else 0
    space = theme.page.top * MM - header_top(theme) - look.leading - border
    parts["spacing"] = _spacing(look, after=max(0.0, space - 0.1))


def _foot_space(theme: Theme, look: Look, parts: Parts) -> None:
    """White up to the text, for the same reason as under the header."""
    space = (theme.page.bottom - theme.page.footer) * MM + DESCENT - look.leading
    parts["spacing"] = _spacing(look, before=max(0.0, space - 0.1))


def _continue(theme: Theme, look: Look, parts: Parts) -> None:
    parts["ind"] = w("ind", left=twips(look.left * look.size))


def _figure(theme: Theme, look: Look, parts: Parts) -> None:
    """A picture in a line of exact height would be cut off: the line grows with it."""
    parts["spacing"] = w("spacing", before=twips(block_space(theme)), line=240, lineRule="auto")
    parts["keepNext"] = w("keepNext")
    parts["jc"] = w("jc", val="center")


def _keep(theme: Theme, look: Look, parts: Parts) -> None:
    parts["keepNext"] = w("keepNext")


def _gap(theme: Theme, look: Look, parts: Parts) -> None:
    parts["spacing"] = _spacing(look, before=2, after=block_space(theme))


def _left(theme: Theme, look: Look, parts: Parts) -> None:
    """The source note of a table: it starts below the table's left edge, however long it is."""
    parts["jc"] = w("jc", val="left")


def _table_gap(theme: Theme, look: Look, parts: Parts) -> None:
    parts["spacing"] = _spacing(look, before=block_space(theme))


def _box(theme: Theme, look: Look, parts: Parts) -> None:
    """Paragraph borders and shading, equal in all the box's styles, so that its paragraphs join to one box and stay
    plain paragraphs to a screen reader. Borders stand outside the indent by their space."""
    box, ground = theme.box, _hex(theme, theme.box.ground)
    edges = {side: w(side, val="single", sz=4, space=round(box.padding * 0.6), color=ground)
             for side in ("top", "bottom")}  # fmt: skip
    left = w("left", val="single", sz=eighths(box.bar), space=round(box.padding), color=_hex(theme, box.accent))
    right = w("right", val="single", sz=4, space=round(box.padding), color=ground)
    parts["pBdr"] = w("pBdr", edges["top"], left, edges["bottom"], right)
    parts["shd"] = w("shd", val="clear", color="auto", fill=ground)
    parts["ind"] = w("ind", left=twips(box.padding + box.bar), right=twips(box.padding))


def _stamp(theme: Theme, look: Look, parts: Parts) -> None:
    """A stamp: a rule all round; the cover puts it in a frame at the right."""
    side = {"val": "single", "sz": 6, "space": 2, "color": _hex(theme, look.colour)}
    parts["pBdr"] = w("pBdr", *(w(name, **side) for name in ("top", "left", "bottom", "right")))
    parts["jc"] = w("jc", val="center")


def _cover_rule(theme: Theme, look: Look, parts: Parts) -> None:
    """The short accent under the series name, 108 points long: the lower border of an empty line."""
    indent = twips((text_width(theme) - 108) / 2)
    parts["spacing"] = w("spacing", before=0, after=0, line=twips(RULE_LINE), lineRule="exact")
    parts["ind"] = w("ind", left=indent, right=indent)
    parts["pBdr"] = w("pBdr", w("bottom", val="single", sz=eighths(1.6), space=1, color=_hex(theme, theme.box.accent)))


def _quote(theme: Theme, look: Look, parts: Parts) -> None:
    """White around a quotation, not between its paragraphs."""
    parts["spacing"] = _spacing(look, before=block_space(theme), after=block_space(theme))
    parts["contextualSpacing"] = w("contextualSpacing")


def _signature(theme: Theme, look: Look, parts: Parts) -> None:
    parts["tabs"] = w("tabs", w("tab", val="left", leader="underscore", pos=twips(0.55 * text_width(theme))))


def _break(theme: Theme, look: Look, parts: Parts) -> None:
    """The paragraph that parts a table from what stands next to it, where no caption or source note does."""
    parts["spacing"] = w("spacing", before=0, after=0, line=twips(block_space(theme)), lineRule="exact")


PARTS: dict[str, Callable[[Theme, Look, Parts], None]] = {
    "break-words": _break_words,
    "leader": _leader,
    "header": _header,
    "head-space": _head_space,
    "foot-space": _foot_space,
    "continue": _continue,
    "figure": _figure,
    "keep": _keep,
    "gap": _gap,
    "left": _left,
    "table-gap": _table_gap,
    "box": _box,
    "stamp": _stamp,
    "cover-rule": _cover_rule,
    "quote": _quote,
    "signature": _signature,
    "break": _break,
}

# ---------------------------------------------------------------- characters, tables


def _character_style(theme: Theme, entry: Entry) -> Element:
    run: list[Element] = []
    for name in entry.get("font", ()):
        if name in theme.fonts:
            run += [_fonts(theme, name), *_bold(theme, name)]
            break
    if "colour" in entry:
        run.append(w("color", val=_hex(theme, entry["colour"])))
    if entry.get("vanish"):
        run.append(w("vanish"))
    for key in ("vertAlign", "em"):
        if key in entry:
            run.append(w(key, val=entry[key]))
    based = w("basedOn", val="DefaultParagraphFont")
    visible = w("qFormat") if entry["priority"] < 99 else w("unhideWhenUsed")
    properties = w("rPr", *run) if run else None
    return _style(entry, "character", [based, w("uiPriority", val=entry["priority"]), visible, properties])


def _table_style(theme: Theme) -> Element:
    """三线表: a rule above, one below the head, one at the foot; hairlines between rows; no verticals."""
    look, rule = theme.table, _hex(theme, theme.table.colour)
    borders = w(
        "tblBorders",
        w("top", val="single", sz=eighths(look.top), space=0, color=rule),
        w("bottom", val="single", sz=eighths(look.bottom), space=0, color=rule),
        w("insideH", val="single", sz=eighths(look.hairline), space=0, color=_hex(theme, "hairline")),
    )
    head = w("tcPr", w("tcBorders", head_rule(theme)))
    return w(
        "style",
        w("name", val="三线表"),
        w("basedOn", val="TableNormal"),
        w("uiPriority", val=42),
        w("qFormat"),
        w("tblPr", w("tblInd", w=0, type="dxa"), borders, cell_margins(theme, 0.75)),
        w("tblStylePr", head, type="firstRow"),
        type="table",
        customStyle=1,
        styleId="ThreeRules",
    )


def head_rule(theme: Theme) -> Element:
    """The rule under a table's head."""
    return w("bottom", val="single", sz=eighths(theme.table.middle), space=0, color=_hex(theme, theme.table.colour))


def cell_margins(theme: Theme, above: float, beside: float = 1) -> Element:
    """White in cells: shares of the look's padding, above and below, and at the sides."""
    padding = twips(theme.table.padding)
    sides = _sides(round(padding * above), round(padding * beside))
    return w("tblCellMar", *(w(side, w=size, type="dxa") for side, size in sides))


def hairline(theme: Theme) -> Element:
    """The line between the rows of a head."""
    return w("bottom", val="single", sz=eighths(theme.table.hairline), space=0, color=_hex(theme, "hairline"))
