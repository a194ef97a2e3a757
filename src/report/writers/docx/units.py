"""Points in the units Word counts in."""

from __future__ import annotations


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def eighths(points: float) -> int:
    """Eighths of a point, the unit of borders (2 to 96)."""
    return min(96, max(2, round(points * 8)))


def emu(points: float) -> int:
    """English Metric Units, the unit of drawings."""
    return round(points * 12700)
