"""Words that all formats print alike: the labels of list items, 1. → （1） → ①, and ● → – → ○; a place without a
name."""

from __future__ import annotations

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
BULLETS = ("●", "–", "○")
LEVELS = len(BULLETS)
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
