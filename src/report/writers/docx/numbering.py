"""Numbers that Word counts itself: headings 一、（一）1., bullets and ordered lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from report.content.nodes import Content, Heading
from report.theme.theme import Theme
from report.writers.docx.units import twips
from report.writers.docx.xml import Element, w

HAN_DIGITS = "零一二三四五六七八九"
HEADINGS, BULLETS, ORDERED, BOXED = 1, 2, 3, 4  # numId of the four lists every document has
LEVELS = 3


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
    """Heading id → the list that counts it: 0 for the styles' own, 1, 2 … for one that begins anew (an annex).

    A number that no list would print (a source that skips one, reprinted) is left out: it stays text.
    """
    headings = [block for part in content.parts for block in part.blocks if isinstance(block, Heading)]
    levels = heading_levels(headings)
    counts = [0] * (LEVELS + 1)
    lists: dict[str, int] = {}
    current, top, count = 0, 0, 0  # the list in use, the level it began at, lists begun
    for heading in headings:
        level, pattern = heading.level, levels.get(heading.level)
        if pattern is None or heading.number not in (pattern.text(counts[level] + 1), pattern.text(1)):
            continue
        if level < top:
            current, top = 0, 0
        if heading.number != pattern.text(counts[level] + 1):
            count += 1
            current, top, counts[level] = count, level, 0
        counts[level] += 1
        counts[level + 1 :] = [0] * (LEVELS - level)
        lists[heading.id] = current
    return lists


def numbering_xml(theme: Theme, content: Content) -> Element:
    """numbering.xml: the headings' list linked to their styles, and the lists."""
    headings = [block for part in content.parts for block in part.blocks if isinstance(block, Heading)]
    levels = heading_levels(headings)
    abstract = [
        w("abstractNum", w("multiLevelType", val="multilevel"),
          *(_heading_level(i, levels.get(i + 1)) for i in range(LEVELS)), abstractNumId=0),
        _list(theme, 1, "bullet", "•", "ListBullet"),
        _list(theme, 2, "decimal", "%{}.", "ListNumber"),
        w("abstractNum", w("multiLevelType", val="singleLevel"),
          _list_level(0, "bullet", "•", "BoxList", None), abstractNumId=3),
    ]  # fmt: skip
    numbers = [w("num", w("abstractNumId", val=i), numId=i + 1) for i in range(4)]
    return w("numbering", *abstract, *numbers)


def restarted(number: int, kind: int, level: int = 0) -> Element:
    """A w:num that counts a list of a kind (HEADINGS, ORDERED …) from 1 again, from a level (0–2) down."""
    restarts = (w("lvlOverride", w("startOverride", val=1), ilvl=i) for i in range(level, LEVELS))
    return w("num", w("abstractNumId", val=kind - 1), *restarts, numId=number)


def _heading_level(index: int, level: Level | None) -> Element:
    level = level or Level("", ".", han=False)
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val="chineseCountingThousand" if level.han else "decimal"),
        w("pStyle", val=f"Heading{index + 1}"),
        w("suff", val="nothing"),
        w("lvlText", val=f"{level.before}%{index + 1}{level.after}"),
        w("lvlJc", val="left"),
        ilvl=index,
    )


def _list(theme: Theme, number: int, kind: str, text: str, style: str) -> Element:
    look = theme.roles["list"]
    hang = twips(-look.indent * look.size)
    step = twips(look.left * look.size)
    levels = (
        _list_level(i, kind, text.format(i + 1), style if i == 0 else "",
                    w("pPr", w("ind", left=step * (i + 1), hanging=hang)))
        for i in range(LEVELS)
    )  # fmt: skip
    return w("abstractNum", w("multiLevelType", val="hybridMultilevel"), *levels, abstractNumId=number)


def _list_level(index: int, kind: str, text: str, style: str, properties: Element | None) -> Element:
    return w(
        "lvl",
        w("start", val=1),
        w("numFmt", val=kind),
        w("pStyle", val=style) if style else None,
        w("suff", val="space") if properties is None else None,
        w("lvlText", val=text),
        w("lvlJc", val="left"),
        properties,
        ilvl=index,
    )
