"""What a chart is asked to show: an entry of charts.yaml. Figures are names of values, never numbers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from report.models import Model

ChartKind = Literal["unit", "bars", "groups", "shares", "change", "range", "lines", "timeline", "flow", "matrix"]


class Item(Model):
    """One mark. `value` names a value (`to` the second one of a change); `entity` picks the colour (Theme.entities)
    where `colour` (a palette key) does not; `note` is small print; `group` the panel, line or bar it belongs to;
    `parent` the label it flows from; `at` a value that gives the date (timeline, lines; else the period of `value`);
    `cells` the texts of a matrix row. `label`, `note`, `group` and `cells` may hold slots `{{…}}`. An item of a
    shares chart without `value` is what the others leave (其他)."""

    label: str
    value: str = ""
    to: str = ""
    at: str = ""
    entity: str = ""
    colour: str = ""
    note: str = ""
    group: str = ""
    parent: str = ""
    accent: bool = False
    cells: tuple[str, ...] = ()


class ChartSpec(Model):
    """A chart: a sentence before it is a picture.

    `title` is the takeaway (slots allowed), `subtitle` what is measured, where, when, in what unit. `total` names the
    value the items must add up to (unit, shares, flow). `columns` heads a matrix, the column of labels first. `alt`
    (slots allowed) "" lets the chart describe itself from its data. `height` is the least, in points, 0 for
    automatic; charts are as wide as the text block of the theme.
    `unit` is told once in the subtitle and left off the labels (then every figure must be printed in it); "" leaves
    each figure its own. `groups` gives a group its base note (slots allowed), by the group's text as items give it.
    """

    kind: ChartKind
    title: str
    subtitle: str
    unit: str = ""
    items: tuple[Item, ...]
    total: str = ""
    columns: tuple[str, ...] = ()
    alt: str = ""
    note: str = ""
    height: Annotated[float, Field(ge=0, le=1000)] = 0
    groups: dict[str, str] = {}
