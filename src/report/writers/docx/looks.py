"""A look as properties of a Word style: the paragraph's, the characters', fonts and colours."""

from __future__ import annotations

from report.theme.theme import Look, Theme
from report.writers.docx.drawing_theme import slot_of
from report.writers.docx.units import eighths, twips
from report.writers.docx.xml import Element, w

ALIGN = {"left": "left", "center": "center", "right": "right", "justify": "both"}


def run_look(theme: Theme, look: Look, below: Look | None = None) -> Element:
    """The character side of a look, for a style that is based on one of the look `below` (None: on Normal)."""
    lighter = below is not None and theme.heavy(below.font)
    closer = below is not None and below.tracking != 0
    return w(
        "rPr",
        fonts(theme, look.font),
        *(bold(theme, look.font) or ([w("b", val=0), w("bCs", val=0)] if lighter else [])),
        colour(theme, look.colour),
        w("spacing", val=twips(look.tracking * look.size)) if look.tracking or closer else None,
        *size(look.size),
    )


def fonts(theme: Theme, name: str) -> Element:
    """The families of a font role, for Latin and for Han."""
    font = theme.fonts[name]
    return w("rFonts", ascii=font.word_latin, eastAsia=font.word_han, hAnsi=font.word_latin, cs=font.word_latin)


def bold(theme: Theme, name: str) -> list[Element]:
    """Word has one weight of a family and its bold: what the theme sets heavier than regular is bold."""
    return [w("b"), w("bCs")] if theme.heavy(name) else []


def size(points: float) -> tuple[Element, Element]:
    """A size, in half points."""
    return w("sz", val=round(points * 2)), w("szCs", val=round(points * 2))


def colour(theme: Theme, name: str) -> Element:
    """A colour of the palette; where Word's theme has it too it follows that (设计 → 颜色)."""
    return w("color", val=hexadecimal(theme, name), **_themed(theme, name, "themeColor"))


def shading(theme: Theme, name: str) -> Element:
    """A ground of one colour."""
    return w("shd", val="clear", color="auto", fill=hexadecimal(theme, name), **_themed(theme, name, "themeFill"))


def line(theme: Theme, side: str, points: float, name: str, space: float = 0) -> Element:
    """A border of a paragraph, cell or table, `space` points from the text."""
    return w(side, val="single", sz=eighths(points), space=round(space), color=hexadecimal(theme, name),
             **_themed(theme, name, "themeColor"))  # fmt: skip


def hexadecimal(theme: Theme, name: str) -> str:
    """A colour of the palette as RRGGBB."""
    return theme.colour(name).lstrip("#").upper()


def _themed(theme: Theme, name: str, attribute: str) -> dict[str, str]:
    slot = slot_of(theme, name)
    return {attribute: slot} if slot else {}


def paragraph_look(look: Look, below: Look | None = None) -> dict[str, Element]:
    """The paragraph side of a look, by property; `below` as in `run_look`."""
    parts = {"spacing": spacing(look), "jc": w("jc", val=ALIGN[look.align])}
    if look.keep_next:
        parts["keepNext"] = w("keepNext")
    elif below is not None and below.keep_next:
        parts["keepNext"] = w("keepNext", val=0)
    if look.indent or look.left or look.right:
        parts["ind"] = indents(look)
    elif below is not None and (below.indent or below.left or below.right):
        parts["ind"] = w("ind", left=0, right=0, firstLineChars=0, firstLine=0)
    return parts


def spacing(look: Look, before: float = 0, after: float = 0) -> Element:
    """Leading is exact (baseline to baseline, as the theme means it); `before` and `after` are added to the look's."""
    return w("spacing", before=twips(look.before + before), after=twips(look.after + after),
             line=twips(look.leading), lineRule="exact")  # fmt: skip


def indents(look: Look, *, by_size: bool = True) -> Element:
    """First-line and hanging indents in characters (Word) and twips (LibreOffice reads these). Not `by_size`: in twips
    alone, for a style whose list has indents of its own, which characters of the style would outweigh."""
    first = "firstLine" if look.indent > 0 else "hanging"
    points = {"left": look.left * look.size, "right": look.right * look.size}
    indent = {f"{first}Chars": round(abs(look.indent) * 100)} if by_size else {}
    indent[first] = twips(abs(look.indent) * look.size)
    return w("ind", **{side: twips(points[side]) for side in points if points[side]}, **(indent if look.indent else {}))
