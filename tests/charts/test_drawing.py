"""What holds of every drawing: nothing leaves the frame or overlaps, all can be read and comes from the data."""

from __future__ import annotations

from itertools import combinations

import pytest

from report.charts.chart import ZERO, plain, text_runs
from report.charts.colours import contrast
from report.charts.drawing import Drawing, Path
from report.charts.layout import lay_out

from .made import box, charts, extent, library, paths_of, theme, values, words_of

NAMES = sorted(charts())


def drawing(name: str) -> Drawing:
    return lay_out(charts()[name], theme(), library())


@pytest.mark.parametrize("name", NAMES)
def test_stays_in_the_frame(name: str) -> None:
    picture = drawing(name)
    for place in [box(words) for words in words_of(picture)] + [extent(path) for path in paths_of(picture)]:
        left, top, right, bottom = place
        assert left >= -0.1 and top >= -0.1, place
        assert right <= picture.width + 0.1 and bottom <= picture.height + 0.1, place


@pytest.mark.parametrize("name", NAMES)
def test_words_do_not_overlap(name: str) -> None:
    check_apart(drawing(name))


@pytest.mark.parametrize("scale", [0.8, 1.3, 1.6])
def test_another_theme_s_sizes_are_laid_out_as_well(scale: float) -> None:
    bigger = {role: look.changed({"size": look.size * scale, "leading": look.leading * scale})
              for role, look in theme().roles.items() if role.startswith("chart")}
    other = theme().changed({"roles": {**theme().roles, **bigger}})
    for chart in charts().values():
        picture = lay_out(chart, other, library())
        check_apart(picture)
        assert all(box(w)[0] >= -0.1 and box(w)[2] <= picture.width + 0.1 for w in words_of(picture))


def check_apart(picture: Drawing) -> None:
    boxes = [(words.text, box(words)) for words in words_of(picture)]
    for (one, a), (other, b) in combinations(boxes, 2):
        apart = a[2] <= b[0] + 0.1 or b[2] <= a[0] + 0.1 or a[3] <= b[1] + 0.1 or b[3] <= a[1] + 0.1
        assert apart, (one, other)


@pytest.mark.parametrize("name", NAMES)
def test_words_keep_off_the_marks(name: str) -> None:
    picture = drawing(name)
    marks = [place for path in paths_of(picture) for place in pieces(path)]
    for words in words_of(picture):
        a = box(words)
        middle = (a[0], a[1] + 0.1 * words.size, a[2], words.y)  # what Han and digits fill of the em box
        for b in marks:
            apart = any(middle[k + 2] <= b[k] + 0.2 or b[k + 2] <= middle[k] + 0.2 for k in (0, 1))
            assert apart, (words.text, middle, b)


def pieces(path: Path) -> list[tuple[float, float, float, float]]:
    """Boxes that a path fills: a ribbon cut into slices, an open line into short steps, anything else whole."""
    start = path.segments[0][1:]
    kinds = [segment[0] for segment in path.segments]
    if kinds == ["M", "C", "L", "C", "Z"]:
        return ribbon([float(p) for segment in path.segments for p in segment[1:]])
    if path.fill is None and len(path.segments) > 1:
        points = [tuple(map(float, start)), *(tuple(map(float, s[1:])) for s in path.segments[1:])]
        return [slice_of(a, b, t / 20) for a, b in zip(points, points[1:], strict=False) for t in range(20)]
    return [extent(path)]


def slice_of(a: tuple[float, ...], b: tuple[float, ...], t: float) -> tuple[float, float, float, float]:
    xs = sorted(a[0] + (b[0] - a[0]) * s for s in (t, t + 0.05))
    ys = sorted(a[1] + (b[1] - a[1]) * s for s in (t, t + 0.05))
    return xs[0], ys[0], xs[1], ys[1]


def ribbon(p: list[float]) -> list[tuple[float, float, float, float]]:
    (x0, y0), (x1, y1), thick = (p[0], p[1]), (p[6], p[7]), p[9] - p[7]
    steps = []
    for n in range(40):
        t, u = n / 40, (n + 1) / 40
        (a, ya), (b, yb) = bezier(x0, y0, x1, y1, t), bezier(x0, y0, x1, y1, u)
        steps.append((a, min(ya, yb), b, max(ya, yb) + thick))
    return steps


def bezier(x0: float, y0: float, x1: float, y1: float, t: float) -> tuple[float, float]:
    m = (x0 + x1) / 2
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x = sum(w * v for w, v in zip(weights, (x0, m, m, x1), strict=True))
    y = sum(w * v for w, v in zip(weights, (y0, y0, y1, y1), strict=True))
    return x, y


@pytest.mark.parametrize("name", NAMES)
def test_words_can_be_read(name: str) -> None:
    for words in words_of(drawing(name)):
        assert contrast(words.colour, theme().colour("paper")) >= 4.5, words.text


@pytest.mark.parametrize("name", NAMES)
def test_prints_what_the_chart_says(name: str) -> None:
    """Every line printed is a piece of a text run, and every run is printed whole (dates and names perhaps once)."""
    chart = charts()[name]
    runs = [plain(run) for run in text_runs(chart)]
    lines = [words.text for words in words_of(drawing(name))]
    assert all(any(line in run for run in runs) for line in lines)
    printed = "".join(lines)
    for run in runs:
        assert all(piece in printed for piece in run.split()), run


@pytest.mark.parametrize("name", NAMES)
def test_figures_stand_in_segments_of_their_values(name: str) -> None:
    for run in text_runs(charts()[name]):
        for segment in run if run != ZERO else ():
            digits = any(char.isdigit() for char in segment.text.replace("H-1B", ""))
            assert not digits or segment.value in charts()[name].values, segment


@pytest.mark.parametrize("name", NAMES)
def test_every_digit_printed_names_its_value(name: str) -> None:
    for words in words_of(drawing(name)):
        inside = {at for start, end, value in words.spans if value in values() for at in range(start, end)}
        outside = "".join(char for at, char in enumerate(words.text) if at not in inside)
        if charts()[name].kind == "range" and outside == plain(ZERO):
            continue  # where the axis begins
        assert not any(char.isdigit() for char in outside.replace("H-1B", "")), words


@pytest.mark.parametrize("name", NAMES)
def test_alternative_text_tells_every_figure(name: str) -> None:
    chart = charts()[name]
    for mark in chart.marks:
        for quantity in filter(None, (mark.figure, mark.to)):
            assert quantity.full in chart.alt
    assert plain(chart.title) in chart.alt


def test_headline_is_at_the_left_edge_and_first() -> None:
    first = words_of(drawing("bars"))[0]
    assert (first.x, first.role, first.font) == (0, "chart-title", "hei-bold")


def test_opening_quote_hangs_out() -> None:
    quoted = next(words for words in words_of(drawing("timeline")) if words.text.startswith("“"))
    date = next(words for words in words_of(drawing("timeline")) if words.text == "2025年1月")
    assert quoted.x < date.x - 1 and abs(box(quoted)[0] - date.x) < 1.5


def test_asked_height_is_kept() -> None:
    assert drawing("one-line").height == pytest.approx(302, abs=1)
