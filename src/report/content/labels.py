"""Words that all formats print alike: the labels of list items, 1. → （1） → ①, and ● → – → ○; a place without a
name."""

from __future__ import annotations

import re

from report.content.nodes import Inlines, Text

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
BULLETS = ("●", "–", "○")
LEVELS = len(BULLETS)
_ENTRY = re.compile(r"(\[[0-9]+\]) ?")
_COUNTED = re.compile(r"([\u4e00-\u9fff]{1,6})([1-9][0-9]{0,3})\u3000")  # 附表1　
SOMEWHERE = "该处"  # a reference to a page, where there are no pages and the target has no name


def list_label(number: int, level: int) -> str:
    """The label of the number-th item (from 1) of an ordered list that stands `level` lists deep (from 0). Beyond ㊿,
    which Unicode lacks, the numeral stands alone."""
    if level == 0:
        return f"{number}."
    if level == 1:
        return f"（{number}）"
    return CIRCLED[number - 1] if number <= len(CIRCLED) else f"{number}"


def bullet(level: int) -> str:
    """The mark of an item of a bulleted list that stands `level` lists deep."""
    return BULLETS[min(level, LEVELS - 1)]


def numbered(inlines: Inlines) -> tuple[str, Inlines]:
    """The label `[1]` of an entry of the source list, and the entry without it; "" where it has none."""
    first = inlines[0] if inlines else None
    found = _ENTRY.match(first.text) if isinstance(first, Text) else None
    if found is None or not isinstance(first, Text):
        return "", inlines
    return found[1], (first.changed({"text": first.text[found.end() :]}), *inlines[1:])


def counted(inlines: Inlines) -> tuple[str, int, Inlines]:
    """The label and number that a table's title brings itself (附表, 1), and the title without them; "" and 0 where it
    brings none."""
    first = inlines[0] if inlines else None
    found = _COUNTED.match(first.text) if isinstance(first, Text) else None
    if found is None or not isinstance(first, Text):
        return "", 0, inlines
    return found[1], int(found[2]), (first.changed({"text": first.text[found.end() :]}), *inlines[1:])
