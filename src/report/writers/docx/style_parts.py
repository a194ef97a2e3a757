"""What a look cannot say and some styles need: tabs, borders, white that depends on the page."""

from __future__ import annotations

from collections.abc import Callable

from report.theme.theme import POINTS, Look, Theme
from report.writers.docx.looks import line, shading, spacing
from report.writers.docx.measures import DESCENT, RULE_LINE, block_space, header_top, text_width
from report.writers.docx.units import twips
from report.writers.docx.xml import Element, w

Parts = dict[str, Element]
Part = Callable[[Theme, Look, Parts], None]
_FARTHEST = 31.0  # points: the most that a border may stand off its text (ECMA-376 17.18.68)


def _break_words(theme: Theme, look: Look, parts: Parts) -> None:
    """A web address may be broken anywhere (Word), and the lines stay ragged: justified, the line before an address
    that is kept whole (LibreOffice) would be torn apart."""
    parts["wordWrap"] = w("wordWrap", val=0)
    parts["jc"] = w("jc", val="left")


def _leader(numeral: float) -> Part:
    """A line of the contents: dots up to the page's number; turnovers hang under the words, `numeral` em from where
    the line begins (一、 and （一） and 1. of the house). No right indent: LibreOffice would lose the number."""

    def part(theme: Theme, look: Look, parts: Parts) -> None:
        hang = twips(numeral * look.size)
        parts["tabs"] = w("tabs", w("tab", val="right", leader="dot", pos=twips(text_width(theme))))
        parts["ind"] = w("ind", left=twips(look.left * look.size) + hang, hanging=hang)

    return part


def _header(theme: Theme, look: Look, parts: Parts) -> None:
    parts["tabs"] = w("tabs", w("tab", val="right", pos=twips(text_width(theme))))
    parts["pBdr"] = w("pBdr", line(theme, "bottom", 0.5, "hairline", 4))
    _head_space(theme, look, parts)


def _head_space(theme: Theme, look: Look, parts: Parts) -> None:
    """White down to the text, which Word does not need: LibreOffice forgets the header's height on the first page of
    a section that starts on an odd page."""
    border = 4.5 if "pBdr" in parts else 0
    space = theme.page.top * POINTS - header_top(theme) - look.leading - border
    parts["spacing"] = spacing(look, after=max(0.0, space - 0.1))


def _foot_space(theme: Theme, look: Look, parts: Parts) -> None:
    """White up to the text, for the same reason as under the header."""
    space = (theme.page.bottom - theme.page.footer) * POINTS + DESCENT - look.leading
    parts["spacing"] = spacing(look, before=max(0.0, space - 0.1))


def _continue(theme: Theme, look: Look, parts: Parts) -> None:
    parts["ind"] = w("ind", left=twips(look.left * look.size))


def _front_title(theme: Theme, look: Look, parts: Parts) -> None:
    """摘要 and 目录 stand in the navigation pane; the contents list goes by styles, and leaves them out."""
    parts["outlineLvl"] = w("outlineLvl", val=0)


def _figure(theme: Theme, look: Look, parts: Parts) -> None:
    """A picture in a line of exact height would be cut off: the line grows with it."""
    parts["spacing"] = w("spacing", before=twips(block_space(theme)), line=240, lineRule="auto")
    parts["keepNext"] = w("keepNext")
    parts["jc"] = w("jc", val="center")


def _keep(theme: Theme, look: Look, parts: Parts) -> None:
    parts["keepNext"] = w("keepNext")


def _gap(theme: Theme, look: Look, parts: Parts) -> None:
    parts["spacing"] = spacing(look, before=2, after=block_space(theme))


def _left(theme: Theme, look: Look, parts: Parts) -> None:
    """The source note of a table: it starts below the table's left edge, however long it is."""
    parts["jc"] = w("jc", val="left")


def _right(theme: Theme, look: Look, parts: Parts) -> None:
    parts["jc"] = w("jc", val="right")


def _centre(theme: Theme, look: Look, parts: Parts) -> None:
    parts["jc"] = w("jc", val="center")


def _table_note(theme: Theme, look: Look, parts: Parts) -> None:
    """A note under a table, with another or the source below it."""
    parts["spacing"] = spacing(look, before=2)
    parts["keepNext"] = w("keepNext")
    parts["jc"] = w("jc", val="left")


def _table_gap(theme: Theme, look: Look, parts: Parts) -> None:
    parts["spacing"] = spacing(look, before=block_space(theme))


def _box(theme: Theme, look: Look, parts: Parts) -> None:
    """Paragraph borders and shading, equal in all the box's styles, so that its paragraphs join to one box and stay
    plain paragraphs to a screen reader. Borders stand outside the indent by their space."""
    _boxed(theme, parts, 0.0)


def _boxed(theme: Theme, parts: Parts, inset: float) -> None:
    """The borders at the edges of the measure, the text `inset` points within the box's padding."""
    box = theme.box
    inset = min(inset, _FARTHEST - box.padding)
    beside, above = box.padding + inset, box.padding * 0.6
    parts["pBdr"] = w(
        "pBdr",
        line(theme, "top", 0.5, box.ground, above),
        line(theme, "left", box.bar, box.accent, beside),
        line(theme, "bottom", 0.5, box.ground, above),
        line(theme, "right", 0.5, box.ground, beside),
    )
    parts["shd"] = shading(theme, box.ground)
    parts["ind"] = w("ind", left=twips(beside + box.bar), right=twips(beside))


def _box_title(theme: Theme, look: Look, parts: Parts) -> None:
    _box(theme, look, parts)
    parts["spacing"] = spacing(look, before=1.5 * block_space(theme))


def _box_end(theme: Theme, look: Look, parts: Parts) -> None:
    """White below the last paragraph of a box."""
    parts["spacing"] = spacing(look, after=1.5 * block_space(theme))


def _box_quote(theme: Theme, look: Look, parts: Parts) -> None:
    """A quotation in a box, set in by the borders' distance."""
    _boxed(theme, parts, theme.roles["quote"].left * look.size)


def _stamp(theme: Theme, look: Look, parts: Parts) -> None:
    """A stamp: a rule all round; the cover puts it in a frame at the right."""
    parts["pBdr"] = w("pBdr", *(line(theme, side, 0.75, look.colour, 2) for side in ("top", "left", "bottom", "right")))
    parts["jc"] = w("jc", val="center")


def _cover_rule(theme: Theme, look: Look, parts: Parts) -> None:
    """The short accent under the series name, 108 points long: the lower border of an empty line."""
    indent = twips((text_width(theme) - 108) / 2)
    parts["spacing"] = w("spacing", before=0, after=0, line=twips(RULE_LINE), lineRule="exact")
    parts["ind"] = w("ind", left=indent, right=indent)
    parts["pBdr"] = w("pBdr", line(theme, "bottom", 1.6, theme.box.accent, 1))


def _quote(theme: Theme, look: Look, parts: Parts) -> None:
    """White around a quotation, not between its paragraphs."""
    parts["spacing"] = spacing(look, before=block_space(theme), after=block_space(theme))
    parts["contextualSpacing"] = w("contextualSpacing")


def _signature(theme: Theme, look: Look, parts: Parts) -> None:
    parts["tabs"] = w("tabs", w("tab", val="left", leader="underscore", pos=twips(0.55 * text_width(theme))))


def _break(theme: Theme, look: Look, parts: Parts) -> None:
    """The paragraph that parts a table from what stands next to it, where no caption or source note does."""
    parts["spacing"] = w("spacing", before=0, after=0, line=twips(block_space(theme)), lineRule="exact")


PARTS: dict[str, Part] = {
    "break-words": _break_words,
    "leader-1": _leader(2),
    "leader-2": _leader(3),
    "leader-3": _leader(1.5),
    "header": _header,
    "head-space": _head_space,
    "foot-space": _foot_space,
    "continue": _continue,
    "figure": _figure,
    "front-title": _front_title,
    "keep": _keep,
    "gap": _gap,
    "left": _left,
    "right": _right,
    "centre": _centre,
    "table-gap": _table_gap,
    "table-note": _table_note,
    "box": _box,
    "box-title": _box_title,
    "box-end": _box_end,
    "box-quote": _box_quote,
    "stamp": _stamp,
    "cover-rule": _cover_rule,
    "quote": _quote,
    "signature": _signature,
    "break": _break,
}
