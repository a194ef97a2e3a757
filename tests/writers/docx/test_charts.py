"""Native charts of the Word file: the numbers, looks and words of the drawing, in three copies that agree."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]
from ruamel.yaml import YAML

from report.charts.chart import Chart, plain
from report.charts.colours import mix
from report.charts.layout import lay_out
from report.errors import ReportError
from report.theme.load import load_theme
from report.writers.docx.charts import shown_charts
from report.writers.docx.charts_format import number_format
from report.writers.docx.charts_table import table_of, workbook
from report.writers.docx.drawing_theme import scheme
from report.writers.docx.lint import lint_docx
from report.writers.docx.write import write_docx

from ...charts.made import charts, library, theme
from .native import NATIVE, chart, content, drawing, edited, layout, native, opened, value, written
from .opened import Opened, open_charts
from .sample import THEME

HERE = Path(__file__).parent
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def csv_numbers(chart: Chart) -> list[float]:
    """The numbers of the chart's CSV: every figure, and the upper end of a range."""
    head, *rows = chart.table
    places = [head.index("数值"), head.index("上限")]
    return sorted(float(row[place]) for row in rows for place in places if row[place])


def check_copies(chart: Chart, found: Opened) -> None:
    """The chart's own copy of names and numbers is what its cells hold, and its figures are those of the CSV."""
    figures: list[float] = []
    for series in found.series():
        kinds = [kind for kind in ("c:cat", "c:xVal", "c:val", "c:yVal") if found.all(kind, series)]
        assert len(kinds) == 2
        for kind in ("c:tx", *kinds):
            cached, numbers = found.cache(kind, series), kind in ("c:val", "c:yVal", "c:xVal")
            assert {n: float(v) if numbers else v for n, v in cached.items()} == found.cells(kind, series)
        if found.all("c:spPr/a:ln/a:noFill", series) and kinds[0] == "c:xVal":
            continue  # the dates of a scatter plot
        figures += [float(v) for v in found.cache(kinds[1], series).values()]
    typed = [cell for row in found.typed.iter_rows() for cell in row if cell.data_type == "f"]
    rests = [found.shown[cell.coordinate].value for cell in typed]
    for rest in rests:
        figures.remove(rest)
    assert sorted(figures) == csv_numbers(chart)


# ---------------------------------------------------------------- every kind


@pytest.mark.parametrize("name", [name for name, chart in charts().items() if chart.kind in NATIVE])
def test_cache_cells_and_csv_agree(name: str) -> None:
    check_copies(charts()[name], opened(charts()[name]))


def test_only_kinds_that_word_has_are_native() -> None:
    assert {chart.kind for name, chart in charts().items() if drawing(name).native} == set(NATIVE)
    assert all(drawing(name).native for name, chart in charts().items() if chart.kind in NATIVE)


def test_all_of_them_in_one_sound_file(tmp_path: Path) -> None:
    drawings = {name: drawing(name) for name in charts()}
    data = written(drawings)
    assert data == written(drawings)
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert lint_docx(data) == []
    found = open_charts(data)
    assert len(found) == sum(chart.kind in NATIVE for chart in charts().values())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert sum(name.startswith("word/charts/chart") for name in archive.namelist()) == len(found)


@pytest.mark.parametrize(("part", "old", "new"), [
    ("word/charts/chart1.xml", 'dLblPos val="outEnd"', 'dLblPos val="outside"'),
    ("word/charts/chart1.xml", '<c:barDir val="bar"/>', '<c:barDir val="bar"/><c:marker val="1"/>'),
    ("word/charts/chart1.xml", 'externalData r:id="rId1"', 'externalData r:id="rId9"'),
    ("word/drawings/drawing1.xml", 'anchor="t"', 'anchor="up"'),
])  # fmt: skip
def test_the_validator_reads_charts_too(part: str, old: str, new: str, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    data = written({"bars": drawing("bars")})
    path.write_bytes(edited(data, part, lambda was: was.replace(old.encode(), new.encode())))
    assert OpenXmlValidator().validate(path).errors


def test_words_beside_are_the_drawings() -> None:
    found = opened(charts()["groups"])
    assert found.words() == [
        "两届会议，两种口径", "作者占比（%）", "2019年，按原籍", "口径：本科所在国", "2022年，按机构",
        "口径：署名机构所在国", "注：两届口径不同，不能相减。",
    ]  # fmt: skip


def test_bars_run_down_in_order_from_a_zero_line() -> None:
    found = opened(charts()["bars"])
    (series,) = found.series()
    assert found.values("//c:barDir") == ["bar"] and found.values("//c:grouping") == ["clustered"]
    assert found.values("//c:catAx/c:scaling/c:orientation") == ["maxMin"]
    assert found.values("//c:valAx/c:delete") == ["1"] and not found.all("//c:majorGridlines")
    assert found.cache("c:cat", series) == {0: "甲类技术岗位", 1: "整体职位\n各类岗位合计"}
    assert found.values("//c:gapWidth") == [str(round((found_pitch(charts()["bars"]) - 15) / 15 * 100))]


def found_pitch(chart: Chart) -> float:
    plot = native(chart)
    return plot.inner[3] / len(plot.categories)


def fills(found: Opened, path: str, series: Any) -> list[str]:
    """The plain fills there, #RRGGBB, those of the document's scheme looked up in it."""
    names = {"tx1": "dk1", "bg1": "lt1", "tx2": "dk2", "bg2": "lt2"}
    colours = scheme(theme())
    told = found.values(f"{path}/a:solidFill/a:schemeClr", series)
    plain = [f"#{value}" for value in found.values(f"{path}/a:solidFill/a:srgbClr", series)]
    return [theme().colour(colours[names.get(slot, slot)]).upper() for slot in told] + plain


def test_colours_change_with_the_scheme_of_the_document() -> None:
    found = opened(charts()["lines"])
    assert set(found.values("//c:ser/c:spPr/a:ln/a:solidFill/a:schemeClr")) <= {f"accent{n}" for n in range(1, 7)}
    assert not found.all("//c:ser/c:spPr/a:ln/a:solidFill/a:srgbClr")


def test_bars_have_the_drawings_colours_and_figures() -> None:
    found = opened(charts()["money"])
    far, near = found.series()
    assert fills(found, "c:spPr", near) == [theme().colour("navy").upper()]
    assert found.values("c:dPt/c:idx", near) == ["2"]
    assert fills(found, "c:dPt/c:spPr", near) == [theme().colour("vermilion").upper()]
    assert fills(found, "c:spPr", far) == [mix(theme().colour("navy"), "#ffffff", 0.55).upper()]
    assert found.cache("c:val", far) == {0: "135000000000"}
    assert found.all("c:dLbls/c:dLbl/c:numFmt", far)[0].get("formatCode") == '[=135000000000]"1150至1350";General'
    deleted = [label for label in found.all("c:dLbls/c:dLbl", near) if found.values("c:delete", label) == ["1"]]
    assert [found.values("c:idx", label) for label in deleted] == [["0"]]  # told at its far end


def test_axis_of_bars_and_lines_grows_with_its_figures() -> None:
    """An editor's larger number is not cut; zero stays where it is, and figures have room beyond the axis."""
    for name in ("bars", "groups", "lines"):
        plot, [scaling] = native(charts()[name]), opened(charts()[name]).all("//c:valAx[c:delete/@val='1']/c:scaling")
        assert plot.low == 0 and scaling.xpath("count(c:max)", namespaces=scaling.nsmap) == 0
        assert scaling.xpath("c:min/@val", namespaces=scaling.nsmap) == ["0"]
        assert plot.form != "bars" or plot.inner[0] + plot.inner[2] < plot.width - 5


def test_axis_leaves_room_for_figures_on_both_sides() -> None:
    found = opened(charts()["negative"])
    low, high = (float(found.values(f"//c:valAx/c:scaling/c:{end}")[0]) for end in ("min", "max"))
    assert low < -12 and high > 30.97
    assert found.values("//c:catAx/c:tickLblPos") == ["low"]
    assert set(found.values("//c:invertIfNegative")) == {"0"}


def test_shares_are_whole_bars_and_the_rest_is_a_formula() -> None:
    found = opened(charts()["shares"])
    assert found.values("//c:grouping") == ["percentStacked"] and found.values("//c:overlap") == ["100"]
    china, america, rest = found.series()
    assert found.cache("c:tx", rest) == {0: "其他"}
    assert list(found.cache("c:val", rest).values()) == ["51", "30"]
    row = next(cell for (cell,) in found.typed["D2:D9"] if cell.data_type == "f")
    assert row.value == "=100-SUM(B2,C2)"
    assert [set(found.values(f"c:dLbls/c:dLbl/c:show{what}", rest)) for what in ("Val", "SerName")] == [{"0"}, {"1"}]
    assert [set(found.values(f"c:dLbls/c:dLbl/c:show{what}", china)) for what in ("Val", "SerName")] == [{"1"}, {"1"}]


def test_even_dates_are_categories_and_uneven_ones_keep_their_distances() -> None:
    steps = {"even": (2019, 2020, 2021, 2022), "uneven": (2019, 2020, 2024, 2025)}
    forms = {}
    for name, years in steps.items():
        made = {f"值{year}": value(f"值{year}", year - 2000, period=f"{year}年") for year in years}
        found = opened(chart("lines", [{"label": "", "value": value} for value in made], made))
        forms[name] = found
    assert forms["even"].all("//c:lineChart") and forms["uneven"].all("//c:scatterChart")
    line, dates = forms["uneven"].series()
    assert list(forms["uneven"].cache("c:xVal", line).values()) == ["2019", "2020", "2024", "2025"]
    labels = forms["uneven"].all("c:dLbls/c:dLbl/c:numFmt", dates)
    assert [label.get("formatCode") for label in labels] == [f'[=0]"{y}年";General' for y in (2019, 2020, 2024, 2025)]


def test_two_figures_of_one_date_are_both_drawn() -> None:
    periods = {"一": "2019年", "二": "2020年", "三": "2020年", "四": "2021年"}
    made = {name: value(name, 10 + n, period=period) for n, (name, period) in enumerate(periods.items())}
    lines = chart("lines", [{"label": "", "value": name} for name in made], made)
    found = opened(lines)
    check_copies(lines, found)
    assert found.all("//c:scatterChart")


def test_a_line_is_named_at_its_end() -> None:
    found = opened(charts()["lines"])
    china = found.series()[0]
    ends = [label for label in found.all("c:dLbls/c:dLbl", china) if found.values("c:showSerName", label) == ["1"]]
    assert [found.values("c:idx", end) for end in ends] == [["3"]]
    assert found.values("c:dLblPos", ends[0]) == ["r"]


def test_a_missing_value_is_no_point() -> None:
    made = {f"{line}{year}": value(f"{line}{year}", year - 1990, period=f"{year}年")
            for line in "甲乙" for year in range(2015, 2021)}  # fmt: skip
    del made["乙2017"]
    items = [{"label": "", "value": name, "group": name[0]} for name in made]
    found = opened(chart("lines", items, made))
    whole, holed = found.series()
    assert sorted(found.cache("c:val", whole)) == [0, 1, 2, 3, 4, 5]
    assert sorted(found.cache("c:val", holed)) == [0, 1, 3, 4, 5]
    assert found.shown["C4"].value is None


@pytest.mark.parametrize("count", [1, 200])
def test_one_point_and_two_hundred(count: int) -> None:
    made = {f"值{n}": value(f"值{n}", (n * 37) % 101 + 0.5, period=f"{1800 + n}年") for n in range(count)}
    lines = chart("lines", [{"label": "", "value": name, "group": "甲"} for name in made], made)
    check_copies(lines, opened(lines))
    plot = native(lines)
    between = plot.inner[2] * plot.every / max(count - 1, 1)
    assert between > 4 * theme().roles["chart-note"].size * 0.6  # the dates that are told, 1800年, do not touch


def test_what_is_too_high_for_a_page_is_a_picture() -> None:
    made = {f"值{n}": value(f"值{n}", n + 1) for n in range(200)}
    bars = lay_out(chart("bars", [{"label": n, "value": n} for n in made], made), theme(), library())
    assert bars.native and len(bars.native.categories) == 200
    assert shown_charts(theme(), {"图": bars}, {"图": b"png"}) == {"图": b"png"}


def test_what_word_cannot_draw_truly_is_a_picture() -> None:
    ends = {"跌": (-5.0, -2.0), "涨": (2.0, 5.0)}
    made = {name: value(name, 0, f"{a:g}至{b:g}人").changed({"value": (a, b), "kind": "range", "base": "count"})
            for name, (a, b) in ends.items()}  # fmt: skip
    fallen, risen = ([{"label": name, "value": name}] for name in made)
    assert lay_out(chart("bars", fallen, made), theme(), library()).native is None  # both ends cover each other
    assert lay_out(chart("bars", risen, made), theme(), library()).native
    assert lay_out(chart("lines", risen, made), theme(), library()).native is None


def test_a_theme_may_ask_for_pictures() -> None:
    look = theme().changed({"word": theme().word.changed({"charts": "pictures"})})
    assert open_charts(written({"bars": drawing("bars")}, look)) == []


@pytest.mark.parametrize(("word", "told"), [
    ({"charts": "picture"}, "“word.charts”不能是 picture — 只能是 native、pictures"),
    ({"chart": "native"}, "没有“word.chart”这一项 — 是不是 charts"),
])  # fmt: skip
def test_a_wrong_switch_is_told(word: dict[str, str], told: str) -> None:
    with pytest.raises(ReportError, match=told):
        load_theme([YAML(typ="safe").load(THEME), {"word": word}], "theme.yaml")


# ---------------------------------------------------------------- words that are no data


NASTY = [
    "<b>&“引号”'\"", "=1+1", "+cmd|' /C calc'!A0", "很长" * 60, "甲\x0b乙", "一行\n两行", " 前后有空 ", "{0}%s", "]]>",
]  # fmt: skip


def test_any_label_is_only_words(tmp_path: Path) -> None:
    made = {f"值{n}": value(f"值{n}", n + 1) for n in range(len(NASTY))}
    items = [{"label": label, "value": name} for label, name in zip(NASTY, made, strict=True)]
    plot = drawing("bars").native
    assert plot
    names = tuple(item["label"] for item in items)
    points = tuple(plot.series[0].points[0] for _ in names)
    odd = plot.changed({"categories": names, "series": (plot.series[0].changed({"points": points}),)})
    data = write_docx(content(["a"]), theme(), layout(1), {"a": odd})
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    found = open_charts(data)[0]
    told = list(found.cache("c:cat", found.series()[0]).values())
    assert told == [label.replace("\x0b", "") for label in NASTY]
    assert [row[0].value for row in found.typed.iter_rows(min_row=2)] == told
    assert {row[0].data_type for row in found.typed.iter_rows(min_row=2)} == {"s"}


def test_a_figure_is_printed_as_the_report_prints_it() -> None:
    for case in YAML(typ="safe").load(HERE / "formats.yaml"):
        assert number_format(case["text"], case["value"]) == case["format"], case["text"]


_LITERAL = r'(?:"[^"]*"|\\")*'
_FORMAT = re.compile(rf"{_LITERAL}(?:#,##)?0(?:\.0+)?{_LITERAL}(?:;{_LITERAL}(?:#,##)?0(?:\.0+)?{_LITERAL})?"
                     rf"|\[=-?\d+(?:\.\d+)?\]{_LITERAL};General|General")  # fmt: skip


@given(st.text(max_size=40), st.floats(-1e15, 1e15, allow_nan=False))
def test_any_format_is_one_that_word_reads(text: str, value: float) -> None:
    assert _FORMAT.fullmatch(number_format(text, value))
    assert _FORMAT.fullmatch(number_format(f"约{value:.2f}{text}", round(value, 2)))


def test_too_long_a_format_is_none() -> None:
    assert number_format("约" * 300 + "5", 5) == "General"


def test_a_workbook_has_no_clock() -> None:
    plot = drawing("shares").native
    assert plot
    first, second = (workbook(table_of(plot)) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


# ---------------------------------------------------------------- laws


AMOUNTS = st.one_of(
    st.integers(-9, 99), st.integers(1, 10**13), st.decimals("-99", "9999", places=2).map(float)
).map(float)  # fmt: skip
POSITIVE = AMOUNTS.map(abs).filter(lambda amount: amount > 0)
NAMES = st.text("人工智能研究者美国ABneural，、（）“”<&>", min_size=1, max_size=30).filter(lambda text: text.strip())


@FEW
@given(st.lists(st.tuples(AMOUNTS, NAMES), min_size=1, max_size=12), st.integers(1, 3))
def test_any_bars(rows: list[tuple[float, str]], groups: int) -> None:
    made = {f"值{n}": value(f"值{n}", amount) for n, (amount, _) in enumerate(rows)}
    items: list[dict[str, Any]] = [{"label": row[1], "value": name} for row, name in zip(rows, made, strict=True)]
    if groups > 1:
        items = [{**item, "group": f"第{n % groups}组"} for n, item in enumerate(items)]
    bars = chart("groups" if groups > 1 else "bars", items, made)
    found = opened(bars)
    check_copies(bars, found)
    told = [plain(mark.label) for group in range(len(bars.groups)) for mark in bars.members(group)]
    assert list(found.cache("c:cat", found.series()[0]).values()) == told


PARTS = st.lists(st.tuples(st.integers(1, 9), st.sampled_from("甲乙丙丁")), min_size=1, max_size=5)


@FEW
@given(st.lists(PARTS, min_size=1, max_size=3), st.booleans())
def test_any_shares(groups: list[list[tuple[int, str]]], rest: bool) -> None:
    made = {"全部": value("全部", 50)}
    items: list[dict[str, Any]] = []
    for group, parts in enumerate(groups):
        of = {"group": f"第{group}条"}
        made |= {f"值{group}-{n}": value(f"值{group}-{n}", amount) for n, (amount, _) in enumerate(parts)}
        left = 50 - sum(amount for amount, _ in parts)
        made[f"余{group}"] = value(f"余{group}", left)
        items += [{"label": label, "value": f"值{group}-{n}", **of} for n, (_, label) in enumerate(parts)]
        items.append({"label": "其他", **({} if rest else {"value": f"余{group}"}), **of})
    shares = chart("shares", items, made, total="全部")
    found = opened(shares)
    check_copies(shares, found)
    names = [found.cache("c:tx", series)[0] for series in found.series()]
    rows = [list(row) for row in found.shown.iter_rows(min_row=2, min_col=2, values_only=True) if any(row)]
    told = [[name for name, cell in zip(names, row, strict=True) if cell is not None] for row in rows]
    assert told == [[label for _, label in parts] + ["其他"] for parts in groups]


@FEW
@given(st.lists(st.tuples(POSITIVE, st.integers(1990, 2030)), min_size=1, max_size=15, unique_by=lambda row: row[1]),
       st.integers(1, 2))  # fmt: skip
def test_any_lines(rows: list[tuple[float, int]], count: int) -> None:
    rows = sorted(rows, key=lambda row: row[1])
    made = {f"值{year}": value(f"值{year}", amount, period=f"{year}年") for amount, year in rows}
    items = [{"label": "", "value": name, "group": f"第{n}条"} for n in range(count) for name in made]
    lines = chart("lines", items, made)
    check_copies(lines, opened(lines))
