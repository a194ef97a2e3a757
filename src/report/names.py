"""Nearest names: what an author may have meant by a name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The names most like `name`, best first (ties in alphabetical order); empty where none is like it."""
    ranked = sorted((-_likeness(name, other), other) for other in set(known))
    return [other for score, other in ranked if score <= -0.4][:most]


def did_you_mean(name: str, known: Iterable[str], none: str = "") -> str:
    """A hint that lists the nearest names; without one, `none`, or all known names where they are few."""
    known = sorted(set(known))
    if found := nearest(name, known):
        return "是不是 " + "、".join(found)
    if none or not known:
        return none
    return "已有：" + "、".join(known[:12]) + ("……" if len(known) > 12 else "")


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio()
