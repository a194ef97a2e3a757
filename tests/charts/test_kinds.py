"""The geometry of each kind tells its figures: lengths, counts, places and colours."""

from __future__ import annotations

import pytest

from report.charts.colours import Palette, luminance, mix
from report.charts.drawing import Drawing
from report.charts.layout import lay_out

from .made import Box, charts, extent, filled, library, paths_of, resolved, theme, words_of


def drawing(name: str) -> Drawing:
    return lay_out(charts()[name], theme(), library())


def wide(place: Box) -> float:
    return place[2] - place[0]


def long(picture: Drawing, colour: str, least: float = 8) -> list[Box]:
    """Bars of a colour (rules and swatches left out)."""
    return [place for place in filled(picture, colour) if wide(place) > least and place[3] - place[1] > least]


def test_unit_has_a_square_for_everybody() -> None:
    squares = [p for p in paths_of(drawing("unit")) if sum(s[0] == "C" for s in p.segments) == 4]
    fills = [square.fill for square in squares]
    navy = theme().colour("navy")
    tints = [mix(navy, theme().colour("paper"), share) for share in (0, 0.36, 0.62)]
    counts = [fills.count(fill) for fill in (*tints, theme().colour("vermilion"), theme().colour("grey"))]
    assert (len(squares), counts) == (100, [41, 40, 6, 10, 3])
    columns = [extent(square) for square in squares]
    assert columns[0][0] == columns[1][0] and columns[0][1] < columns[1][1]  # downwards first


def test_rows_of_panels_side_by_side_stand_on_one_line() -> None:
    """Also where the labels of one panel take two lines."""
    panels = {"左": ("甲", "乙"), "右": ("中国的机构与高校，合计", "丙")}
    items = [{"label": label, "value": value, "group": group} for group, labels in panels.items()
             for label, value in zip(labels, ("甲2019", "乙2019"), strict=True)]
    spec = {"kind": "groups", "title": "题", "subtitle": "副题", "unit": "%", "items": items}
    picture = lay_out(resolved("panels", spec), theme(), library())
    figures = [words for words in words_of(picture) if words.role == "chart-value" and words.text[0].isdigit()]
    tops = [words.y for words in figures]

    assert len(tops) == 4 and tops[:2] == tops[2:]
    assert sum(words.role == "chart-label" for words in words_of(picture)) == 5


def test_no_series_has_the_colour_of_the_accent() -> None:
    """Also where a theme takes one of its series colours for the accent."""
    look = theme().changed({"box": theme().box.changed({"accent": "navy"})})
    parts = [{"label": name, "value": name, "accent": name == "留下"} for name in ("留下", "回来", "别处")]
    spec = {"kind": "unit", "title": "题", "subtitle": "副题", "unit": "人", "total": "样本", "items": parts}
    fills = Palette(look, "").fills(resolved("accent", spec))

    assert fills[0] == look.colour("navy")
    assert len(set(fills)) == 3


def test_unit_parts_differ_in_grey_print() -> None:
    squares = [p.fill for p in paths_of(drawing("unit")) if len(p.segments) == 10]
    for one, other in {pair for pair in zip(squares, squares[1:], strict=False) if pair[0] != pair[1]}:
        assert one and other and abs(luminance(one) - luminance(other)) > 0.05


def test_bars_are_as_long_as_their_figures() -> None:
    picture = drawing("bars")
    (long_bar,), (short_bar,) = long(picture, "navy"), long(picture, "grey")
    assert long_bar[0] == short_bar[0]
    assert wide(long_bar) / wide(short_bar) == pytest.approx(30.97 / 5.36, rel=0.002)


def test_range_among_bars_is_lighter_beyond_its_low_end() -> None:
    picture = drawing("money")
    whole, other = long(picture, "navy")
    tint = mix(theme().colour("navy"), theme().colour("paper"), 0.55)
    beyond = next(extent(p) for p in paths_of(picture) if p.fill == tint)
    assert wide(whole) / wide(other) == pytest.approx(1150 / 800, rel=0.002)
    assert beyond[0] == whole[2]
    assert (beyond[2] - whole[0]) / wide(whole) == pytest.approx(1350 / 1150, rel=0.002)


def test_open_figure_has_a_pointed_end() -> None:
    tint = mix(theme().colour("vermilion"), theme().colour("paper"), 0.55)
    tips = [path for path in paths_of(drawing("money")) if path.fill == tint]
    assert len(tips) == 1 and len(tips[0].segments) == 4


def test_qualifiers_and_unit() -> None:
    texts = [words.text for words in words_of(drawing("money"))]
    assert {"1150至1350", "约800", "超过750", "计划数（亿美元）"} <= set(texts)


def test_falling_bar_goes_left_of_zero() -> None:
    up, down = long(drawing("negative"), "navy")
    assert down[2] == pytest.approx(up[0], abs=0.02)
    assert wide(up) / wide(down) == pytest.approx(30.97 / 12, rel=0.005)


def test_two_groups_are_panels_of_one_scale_that_nothing_joins() -> None:
    picture = drawing("groups")
    china, usa = long(picture, "vermilion"), long(picture, "navy")
    assert [round(wide(b) / wide(china[0]) * 29) for b in (*china, *usa)] == [29, 28, 20, 42]
    assert china[0][1] == china[1][1] and china[0][2] < china[1][0]
    between = [extent(p) for p in paths_of(picture) if extent(p)[0] < 180 and extent(p)[2] > 220]
    assert between == []
    notes = [words.text for words in words_of(picture) if words.role == "chart-note"]
    assert notes[:2] == ["口径：本科所在国", "口径：署名机构所在国"]


def test_shares_fill_the_width() -> None:
    picture = drawing("shares")
    first = [long(picture, colour)[0] for colour in ("vermilion", "navy", "hairline")]
    assert [round(wide(place) / picture.width * 100) for place in first] == [29, 20, 51]
    assert first[0][2] == first[1][0] and first[1][2] == first[2][0]
    assert "51%" not in "".join(words.text for words in words_of(picture))


def test_crowded_shares_have_a_key_instead_of_names_above() -> None:
    swatches = [p for p in paths_of(drawing("keyed")) if wide(extent(p)) == pytest.approx(8, abs=0.02)]
    assert len(swatches) == 5


def test_change_runs_from_then_to_now() -> None:
    picture = drawing("change")
    greys, reds = filled(picture, "grey"), filled(picture, "vermilion")
    assert greys[0][0] < reds[0][0] and greys[1][0] > reds[1][0]
    moved = [red[0] - grey[0] for grey, red in zip(greys, reds, strict=True)]
    assert moved[0] / -moved[1] == pytest.approx((63 - 25) / (20 - 0.3), rel=0.01)
    arrows = [extent(p) for p in paths_of(picture) if p.fill == theme().colour("slate")]
    assert len(arrows) == 2 and arrows[0][2] <= reds[0][0] and arrows[1][0] >= reds[1][2]


def test_no_change_has_no_arrow() -> None:
    assert not [p for p in paths_of(drawing("one-change")) if p.fill == theme().colour("slate")]


def test_range_is_an_interval_and_a_single_figure_a_dot() -> None:
    picture = drawing("range")
    bar, dot = filled(picture, "navy")
    zero = next(extent(p)[0] for p in paths_of(picture) if p.stroke == theme().colour("slate"))
    assert (bar[0] - zero) / (bar[2] - zero) == pytest.approx(1150 / 1350, rel=0.002)
    assert ((dot[0] + dot[2]) / 2 - zero) / (bar[2] - zero) == pytest.approx(800 / 1350, rel=0.002)


def test_range_tells_its_zero_and_both_its_ends_below_them() -> None:
    picture = drawing("range")
    bar = filled(picture, "navy")[0]
    told = {words.text: words for words in words_of(picture)}
    low, high, zero = told["1150亿"], told["1350亿美元"], told["0"]
    assert [(end.spans[0][2], end.spans[0][1]) for end in (low, high)] == [("计划", 5), ("计划", 7)]
    middle = [words.x + words.width / 2 for words in (low, high, zero)]
    axis = next(extent(p)[0] for p in paths_of(picture) if p.stroke == theme().colour("slate"))
    assert middle[2] == pytest.approx(axis, abs=0.1) and not zero.spans
    assert middle[0] < middle[1] and low.y == high.y > bar[3]
    assert (middle[0] + middle[1]) / 2 == pytest.approx((bar[0] + bar[2]) / 2, abs=0.1)


def test_lines_keep_dates_to_scale_and_start_at_zero() -> None:
    picture = drawing("lines")
    base = next(extent(p)[1] for p in paths_of(picture) if p.stroke == theme().colour("slate"))
    red = next(p for p in paths_of(picture) if p.stroke == theme().colour("vermilion"))
    points = [(float(s[1]), base - float(s[2])) for s in red.segments]
    steps = [b[0] - a[0] for a, b in zip(points, points[1:], strict=False)]
    assert [round(step / steps[2]) for step in steps] == [2, 3, 1]
    assert [round(y / points[3][1] * 63) for _, y in points] == [12, 22, 52, 63]


def test_lines_name_themselves_at_their_ends() -> None:
    words = words_of(drawing("lines"))
    ends = {w.text: w for w in words if w.text in ("中国", "美国")}
    assert ends["中国"].y < ends["美国"].y
    assert ends["中国"].colour == theme().colour("vermilion")


def test_timeline_alternates_and_says_that_it_is_not_to_scale() -> None:
    chart, picture = charts()["timeline"], drawing("timeline")
    axis = next(extent(p)[1] for p in paths_of(picture) if p.width == 2)
    dates = [words for words in words_of(picture) if words.role == "chart-value"]
    assert [words.y < axis for words in dates] == [True, False] * 3 + [True]
    assert chart.spacing == "even" and words_of(picture)[-1].text == "时间轴只示先后，间距不按比例。"
    assert dates[-1].colour == theme().colour("vermilion")


def test_sparse_timeline_is_to_scale() -> None:
    chart, picture = charts()["true-time"], drawing("true-time")
    dots = [extent(p)[0] for p in paths_of(picture) if p.fill == theme().colour("paper")]
    assert chart.spacing == "true"
    shares = [(x - dots[0]) / (dots[3] - dots[0]) for x in dots]
    assert shares == pytest.approx([0, 2 / (7 + 8 / 12), 4 / (7 + 8 / 12), 1], abs=0.002)


def test_long_timeline_runs_down() -> None:
    picture = drawing("many-events")
    dates = [words for words in words_of(picture) if words.role == "chart-value"]
    assert len(dates) == 10 and {words.x for words in dates} == {0}
    assert [words.y for words in dates] == sorted(words.y for words in dates)


def test_flow_keeps_its_amounts() -> None:
    picture = drawing("flow")
    bars = [p for p in paths_of(picture) if len(p.segments) == 5 and wide(extent(p)) == pytest.approx(9, abs=0.02)]
    heights = [extent(bar)[3] - extent(bar)[1] for bar in bars]
    unit = heights[0] / 100
    assert [round(height / unit) for height in heights] == [100, 87, 41, 40, 6, 10, 3]
    ribbons = [p for p in paths_of(picture) if any(s[0] == "C" for s in p.segments)]
    assert len(ribbons) == 6


def test_matrix_is_ruled_like_a_table() -> None:
    look = theme().table
    rules = [p for p in paths_of(drawing("matrix")) if p.stroke]
    widths = [rule.width for rule in rules]
    assert widths == [look.top, look.middle, look.hairline, look.hairline, look.bottom]
    assert all(extent(rule)[0] == 0 for rule in rules)


@pytest.mark.parametrize("name", ["unit", "bars", "groups", "lines", "flow", "change"])
def test_china_is_vermilion_wherever_it_stands(name: str) -> None:
    chart = charts()[name]
    asked = any(mark.entity == "中国" for mark in chart.marks)
    red = theme().colour("vermilion")
    used = {red} & {colour for p in paths_of(drawing(name)) for colour in (p.fill, p.stroke)}
    assert bool(used) == asked
