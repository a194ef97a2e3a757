"""Made-up values, charts and what is asked of every drawing."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import report.charts.drawing as drawn
from report.charts.chart import Chart
from report.charts.load import load_charts
from report.charts.resolve import resolve_chart
from report.dataset.models import BoundValue
from report.theme.fonts import FontLibrary
from report.theme.load import load_theme
from report.theme.theme import Theme

HERE = Path(__file__).parent
BOUNDS = {"约": "approx", "超过": "more-than", "余": "more-than"}
ASCENT, DESCENT = 0.88, 0.12


def read(path: Path) -> Any:
    """A YAML file as plain data."""
    return YAML(typ="safe").load(path)


@cache
def theme() -> Theme:
    """The base theme."""
    path = HERE.parents[1] / "templates" / "themes" / "shanghai" / "theme.yaml"
    return load_theme([read(path)], path.name)


@cache
def library() -> FontLibrary:
    """The base theme's fonts."""
    return FontLibrary(theme())


@cache
def values() -> dict[str, BoundValue]:
    """The values of values.yaml."""
    return {name: _value(name, *row) for name, row in read(HERE / "values.yaml").items()}


def _value(name: str, text: str, value: Any, unit: str, kind: str, qualifier: str, period: str) -> BoundValue:
    plain = text.replace(qualifier, "")
    number = plain.replace("亿美元", "").replace("亿", "").removesuffix(unit)
    ranged = isinstance(value, list)
    return BoundValue.model_validate({
        "name": name, "label": name, "kind": "range" if ranged else kind, "base": kind if ranged else None,
        "value": tuple(value) if ranged else value, "unit": unit, "qualifier": qualifier,
        "bound": BOUNDS.get(qualifier, "exact"), "text": text, "plain": plain, "number": number, "period": period,
        "observations": (f"obs-{name}",), "verdict": "single",
    })


def cases(name: str) -> dict[str, Any]:
    """The cases of a file under cases/."""
    data: dict[str, Any] = read(HERE / "cases" / f"{name}.yaml")
    return data


def resolved(name: str, spec: dict[str, Any]) -> Chart:
    """A chart's entry as a chart with the made-up values."""
    return resolve_chart(name, load_charts({name: spec}, {})[name], values(), {})


@cache
def charts() -> dict[str, Chart]:
    """Every chart of kinds.yaml and extremes.yaml."""
    return {name: resolved(name, spec) for file in ("kinds", "extremes") for name, spec in cases(file).items()}


Box = tuple[float, float, float, float]


def box(words: drawn.Words) -> Box:
    """Left, top, right, bottom of what is seen of a run of words: its em box, less the blank a mark hangs out."""
    blank, _ = library().choose(words.font, words.text[0]).ink(words.text[0])
    left = words.x + (blank * words.size / 1000 if words.text[0] in "“‘（《" else 0)
    return left, words.y - ASCENT * words.size, words.x + words.width, words.y + DESCENT * words.size


def words_of(drawing: drawn.Drawing) -> list[drawn.Words]:
    """The drawing's words, in order."""
    return [item for item in drawing.items if isinstance(item, drawn.Words)]


def paths_of(drawing: drawn.Drawing) -> list[drawn.Path]:
    """The drawing's paths, in painting order."""
    return [item for item in drawing.items if isinstance(item, drawn.Path)]


def extent(path: drawn.Path) -> Box:
    """Bounding box of a path's points."""
    numbers = [float(part) for segment in path.segments for part in segment[1:]]
    return min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def filled(drawing: drawn.Drawing, colour: str) -> list[Box]:
    """Where the drawing is filled with a palette colour."""
    return [extent(path) for path in paths_of(drawing) if path.fill == theme().colour(colour)]
