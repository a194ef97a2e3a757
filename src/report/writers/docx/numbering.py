"""Numbers that Word counts itself: headings 一、（一）1., bullets and ordered lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from report.content.nodes import Content, Heading, PartRole
from report.theme.theme import Theme
from report.writers.docx.measures import box_indent
from report.writers.docx.units import twips
from report.writers.docx.xml import Element, w

HAN_DIGITS = "零一二三四五六七八九"
# numId of the lists every document has
HEADINGS, BULLETS, ORDERED, BOXED, BOXED_ORDERED = 1, 2, 3, 4, 5
HEADING_LEVELS, LEVELS = 3, 9  # of headings; of lists (Word has no more)
FRONT: tuple[PartRole, ...] = ("series", "abstract", "contents")  # their first headings are front titles
BULLETS_SHOWN = ("•", "–", "◦")  # as ●, – and ○ of the PDF are in Word's fonts
HALF = "\u2002"  # a space of half an em
Kind = Literal["bullet", "ordered"]
# em, a gap with it; the third level's holds for the deeper ones, as its label does
LABEL_WIDTHS: dict[Kind, tuple[float, ...]] = {"bullet": (1, 1, 1), "ordered": (1.25, 2.75, 1.25)}


@dataclass(frozen=True)
class Level:
    """How one level of headings is numbered: what stands before and after the counter, and its numerals."""

    before: str
    after: str
    han: bool

    def text(self, count: int) -> str:
        """The number as the list engine prints it."""
        return f"{self.before}{han_number(count) if self.han else count}{self.after}"


def han_number(count: int) -> str:
    """1–99 as 一 … 九十九."""
    tens, ones = divmod(count, 10)
    ten = "" if not tens else ("十" if tens == 1 else f"{HAN_DIGITS[tens]}十")
    return ten + (HAN_DIGITS[ones] if ones or not tens else "")


def heading_levels(headings: Iterable[Heading]) -> dict[int, Level]:
    """The pattern of each level, read off its first numbered heading: （一） is （ + 一 + ）."""
    levels: dict[int, Level] = {}
    for heading in headings:
        found = re.fullmatch(r"(.*?)(?:([〇一二三四五六七八九十]+)|(\d+))(\D*)", heading.number)
        if found and heading.level not in levels:
            levels[heading.level] = Level(found[1], found[4], han=found[2] is not None)
    return levels


def heading_lists(content: Content) -> dict[str, int]:
    """Heading id → the list that counts it: 0 for the styles' own, 1, 2 … for one that begins anew.

    A number that no list would print (a source that skips one, reprinted) is left out: it stays text. Below a chapter
    that is not counted (结语, 附录) the styles count anew.
    """
    headings = _counted(content)
    levels = heading_levels(headings)
    counts = [0] * (HEADING_LEVELS + 1)
    lists: dict[str, int] = {}
    current, top, count = 0, 0, 0  # the list in use, the level it began at, lists begun
    for heading in headings:
        level, pattern = heading.level, levels.get(heading.level)
        if pattern is None or heading.number not in (pattern.text(counts[level] + 1), pattern.text(1)):
            if level == 1:
                current, top, counts[2:] = 0, 0, [0] * (HEADING_LEVELS - 1)
            continue
        if level < top:
            current, top = 0, 0
        if heading.number != pattern.text(counts[level] + 1):
            count += 1
            current, top, counts[level] = count, level, 0
        counts[level] += 1
        counts[level + 1 :] = [0] * (HEADING_LEVELS - level)
        lists[heading.id] = current
    return lists


def _counted(content: Content) -> list[Heading]:
    """The headings whose styles the headings' list knows: all but the titles of front pages."""
    return [block for part in content.parts for block in part.blocks
            if isinstance(block, Heading) and not (part.role in FRONT and block.level == 1)]  # fmt: skip


def numbering_xml(theme: Theme, content: Content) -> Element:
    """numbering.xml: the headings' list linked to their styles, and the lists."""
    levels = heading_levels(_counted(content))
    abstract = [
        w("abstractNum", w("multiLevelType", val="multilevel"), _uncounted(),
          *(_counting(level, levels.get(level)) for level in range(1, HEADING_LEVELS + 1)), abstractNumId=0),
        _list(theme, 1, "bullet", "ListBullet"),
        _list(theme, 2, "ordered", "ListNumber"),
        _box_list(theme, 3, "bullet"),
        _box_list(theme, 4, "ordered"),
    ]  # fmt: skip
    numbers = [w("num", w("abstractNumId", val=i), numId=i + 1) for i in range(5)]
    return w("numbering", *abstract, *numbers)


def restarted(number: int, kind: int, level: int = 0) -> Element:
    """A w:num that counts a list of a kind (HEADINGS, ORDERED …) from 1 again, from a level (from 0) down."""
    levels = range(level, HEADING_LEVELS + 1 if kind == HEADINGS else LEVELS)
    restarts = (w("lvlOverride", w("startOverride", val=1), ilvl=i) for i in levels)
    return w("num", w("abstractNumId", val=kind - 1), *restarts, numId=number)


def _uncounted() -> Element:
    """The level of chapters without a number, above all others: the headings below such a chapter count anew, as they
    do below any, whoever writes them."""
    return _heading_level(0, "Heading1Plain", "none", "")


def _counting(level: int, pattern: Level | None) -> Element:
    """The level of headings of a level (1–3). Chapters count on after one without a number (w:lvlRestart 0, 17.9.10,
    which LibreOffice 7.4 does not know)."""
    pattern = pattern or Level("", ".", han=False)
    numerals = "chineseCountingThousand" if pattern.han else "decimal"
    element = _heading_level(level, f"Heading{level}", numerals, f"{pattern.before}%{level + 1}{pattern.after}")
    if level == 1:
        element.insert(2, w("lvlRestart", val=0))
    return element


def _heading_level(depth: int, style: str, numerals: str, text: str) -> Element:
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=numerals),
        w("pStyle", val=style),
        w("suff", val="nothing"),
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        ilvl=depth,
    )


def _list(theme: Theme, number: int, kind: Kind, style: str) -> Element:
    """A list of the text, its labels as everywhere (content/labels.py); text begins clear of the label."""
    levels = []
    for i, (left, hang) in enumerate(list_indents(theme, kind)[:LEVELS]):
        indent = w("ind", left=twips(left), hanging=twips(hang))
        levels.append(_list_level(i, kind, style if i == 0 else "", indent))
    return w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=number)


def list_indents(theme: Theme, kind: Kind, role: Literal["list", "box-body"] = "list") -> list[tuple[float, float]]:
    """Of each level where its text begins and how far its label stands before it, in points; for one level more than
    Word counts."""
    look, size = theme.roles["list"], theme.roles[role].size
    start, left = look.left + look.indent, 0.0
    indents: list[tuple[float, float]] = []
    for level in range(LEVELS + 1):
        hang = max(look.left, start + LABEL_WIDTHS[kind][min(level, 2)]) - start
        left += start + hang
        indents.append((left * size, hang * size))
    return indents


def _box_list(theme: Theme, number: int, kind: Kind) -> Element:
    """A list in a box. All its lines hang from the box's own indent, or its ground and bar would fall into pieces;
    spaces move the labels of deeper levels on, half an em each."""
    edge, em = twips(box_indent(theme)), theme.roles["box-body"].size
    indents = list_indents(theme, kind, "box-body")[:LEVELS]
    start = indents[0][0] - indents[0][1]
    levels = []
    for i, (left, hang) in enumerate(indents):
        indent = w("ind", left=edge + twips(left - start), hanging=twips(left - start))
        style = "BoxList" if i == 0 and kind == "bullet" else ""
        before = HALF * round(2 * (left - hang - start) / em)
        levels.append(_list_level(i, kind, style, indent, before))
    return w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=number)


def _list_level(index: int, kind: Kind, style: str, indent: Element, before: str = "") -> Element:
    """A level; a label with spaces before it is no bullet, of which LibreOffice shows but one character."""
    form = min(index, 2)
    label = BULLETS_SHOWN[form] if kind == "bullet" else ("%1.", "（%2）", f"%{index + 1}")[form]
    bullet = "none" if before else "bullet"
    numerals = bullet if kind == "bullet" else ("decimal", "decimal", "decimalEnclosedCircleChinese")[form]
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=numerals),
        w("pStyle", val=style) if style else None,
        w("lvlText", val=before + label),
        w("lvlJc", val="left"),
        w("pPr", indent),
        _bullet_font() if kind == "bullet" else None,
        ilvl=index,
    )


def _bullet_font() -> Element:
    """Bullets from the Latin font: a Han font's ● fills its em."""
    return w("rPr", w("rFonts", ascii="Arial", hAnsi="Arial", cs="Arial", hint="default"))
