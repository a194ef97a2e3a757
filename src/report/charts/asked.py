"""Which values a chart asks for, before any is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.charts.spec import ChartSpec, Item
from report.templates.slots import Slot, parse_slots


def asked(chart_id: str, spec: ChartSpec, where: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The values that a chart names, each with the place where it does. Raises ReportError for a slot that cannot be
    read."""
    place = where.get(chart_id, chart_id)
    texts = (spec.title, spec.subtitle, spec.note, spec.alt, *spec.columns, *spec.groups.values())
    yield from ((name, place) for name in (*_in_texts(texts, place), *filter(None, [spec.total])))
    for index, item in enumerate(spec.items):
        here = where.get(f"{chart_id}.items.{index}", place)
        yield from ((name, here) for name in _in_item(item, here))


def _in_item(item: Item, place: str) -> Iterator[str]:
    yield from filter(None, (item.value, item.to, item.at))
    yield from _in_texts((item.label, item.note, item.group, *item.cells), place)


def _in_texts(texts: tuple[str, ...], place: str) -> Iterator[str]:
    for text in texts:
        for piece in parse_slots(text, place):
            if isinstance(piece, Slot):
                yield from piece.values
