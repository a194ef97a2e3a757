"""Specs to charts: every mistake is told in its place, and what comes out is data."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from report.charts.chart import Segment, plain, text_runs
from report.charts.layout import lay_out
from report.charts.load import load_charts
from report.charts.moments import in_order, position
from report.charts.resolve import resolve_chart
from report.charts.table import csv_bytes
from report.errors import ReportError

from .made import cases, charts, library, resolved, theme, values

MISTAKES = cases("mistakes")
PLAIN: dict[str, Any] = {
    "kind": "bars", "title": "题", "subtitle": "副题", "items": [{"label": "甲", "value": "高薪"}]}


@pytest.mark.parametrize("name", sorted(MISTAKES))
def test_mistake_is_told(name: str) -> None:
    case = MISTAKES[name]
    with pytest.raises(ReportError) as raised:
        lay_out(resolved(name, case["chart"]), theme(), library())
    assert len(raised.value.issues) == 1
    for words in case["says"]:
        assert words in str(raised.value)
    assert raised.value.issues[0].hint


def test_all_mistakes_of_a_file_at_once_with_their_lines() -> None:
    data: dict[str, Any] = {
        "甲": {"kind": "pie", "title": "题", "subtitle": "副题", "items": [{"label": "一", "value": "高薪"}]},
        "乙": {"kind": "bars", "subtitle": "副题", "items": [{"label": "一"}, {"lable": "二"}]},
    }
    where = {"甲": "charts.yaml:2", "乙": "charts.yaml:9", "乙.items.1": "charts.yaml:14"}
    with pytest.raises(ReportError) as raised:
        load_charts(data, where)
    places = [issue.where for issue in raised.value.issues]
    assert places == ["charts.yaml:2", "charts.yaml:9", "charts.yaml:14", "charts.yaml:14"]


def test_a_mistake_seen_only_in_the_theme_has_its_place_too() -> None:
    spec = {**PLAIN, "items": [{"label": "甲", "value": "高薪", "colour": "navi"}]}
    chart = resolve_chart("图", load_charts({"图": spec}, {})["图"], values(), {"图": "charts.yaml:7"})
    with pytest.raises(ReportError) as raised:
        lay_out(chart, theme(), library())
    assert raised.value.issues[0].where == "charts.yaml:7"


def test_all_unknown_values_of_a_chart_at_once() -> None:
    items = [{"label": "一", "value": "没有一"}, {"label": "二", "value": "没有二"}]
    with pytest.raises(ReportError) as raised:
        resolved("图", {"kind": "bars", "title": "题", "subtitle": "副题", "items": items})
    assert len(raised.value.issues) == 2


def test_values_used_are_named_once_each_wherever_they_stand() -> None:
    used = charts()["unit"].values
    assert sorted(used) == sorted({"企业", "高校", "在读", "回来", "别处", "留下", "样本"})


def test_label_keeps_text_and_value_apart() -> None:
    title = charts()["unit"].title
    assert title == (
        Segment(text="百人追踪："), Segment(text="87人", value="留下"), Segment(text="留下，"),
        Segment(text="10人", value="回来"), Segment(text="回来"),
    )
    assert title in text_runs(charts()["unit"])


def test_direction_word_comes_from_the_data() -> None:
    assert plain(charts()["bars"].title) == "高薪岗位：甲类高于平均"
    assert {"高薪", "平均"} <= set(charts()["bars"].values)


def test_range_is_two_ends_in_base_units() -> None:
    figure = charts()["range"].marks[0].figure
    assert figure and (figure.low, figure.high, figure.kind, figure.unit) == (1.15e11, 1.35e11, "money", "美元")


def test_rounded_percentages_may_miss_their_whole_by_half_a_digit_each() -> None:
    spec = {"kind": "shares", "title": "题", "subtitle": "副题", "items": [
        {"label": "甲", "value": "三分之一"}, {"label": "乙", "value": "三分之二"}]}
    assert len(resolved("图", spec).marks) == 2


def test_unit_is_told_once_in_the_subtitle() -> None:
    assert plain(charts()["groups"].subtitle) == "作者占比（%）"
    spec = {**PLAIN, "subtitle": "占比（%）", "unit": "%"}
    assert plain(resolved("图", spec).subtitle) == "占比（%）"


def test_table_has_figures_as_numbers_and_documents() -> None:
    spec = load_charts({"范": cases("kinds")["range"]}, {})["范"]
    chart = resolve_chart("范", spec, values(), {}, {"obs-计划": "001_a", "obs-去年": "002_b"})
    head, first, second = (dict(zip(chart.table[0], row, strict=True)) for row in chart.table)
    told = ("数值", "上限", "单位", "限定词", "印作", "来源文献")
    assert [first[key] for key in told] == [
        "115000000000", "135000000000", "美元", "", "1150亿至1350亿美元", "001_a"]
    assert [second[key] for key in told] == ["80000000000", "", "美元", "约", "约800亿美元", "002_b"]


def test_derived_value_names_the_documents_of_its_parents() -> None:
    derived = values()["高薪"].changed({
        "name": "差", "observations": (), "parents": ("甲2019", "乙2019"), "operation": "difference"})
    spec = load_charts({"图": {**PLAIN, "items": [{"label": "甲", "value": "差"}]}}, {})
    documents = {"obs-甲2019": "001_a", "obs-乙2019": "002_b"}
    chart = resolve_chart("图", spec["图"], {**values(), "差": derived}, {}, documents)
    assert chart.table[1][-2:] == ("001_a；002_b", "obs-甲2019；obs-乙2019")


@pytest.mark.parametrize("name", sorted(charts()))
def test_csv_is_rectangular_with_a_byte_order_mark(name: str) -> None:
    data = csv_bytes(charts()[name].table)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) >= 2 and len({len(row) for row in rows}) == 1


def test_csv_quotes_what_a_spreadsheet_would_run_but_no_number() -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes((("=1+1", "-12", "@x", "-x"),)).decode("utf-8-sig"))))
    assert rows == [["'=1+1", "-12", "'@x", "'-x"]]


@pytest.mark.parametrize(("text", "when"), [
    ("2018年", 2018), ("2025年7月", 2025.5), ("2025财年", 2025), ("2021—2022年", 2021), ("12月3日", None), ("", None)])
def test_position_of_a_printed_date(text: str, when: float | None) -> None:
    assert position(text) == when


def test_dates_are_ordered_as_finely_as_both_are_told() -> None:
    assert in_order("2025年9月", "2025年") and in_order("2025年", "2025年1月")
    assert not in_order("2025年9月", "2025年1月")


def test_alternative_text_is_made_of_sentences() -> None:
    told = resolved("图", {**cases("kinds")["change"], "title": "差距没了吗？"}).alt
    assert told == (
        "变化图。差距没了吗？两项指标，2023年与2025年。下载量占比从2023年的25%到2025年的63%；"
        "性能差距从2023年的约20%到2025年的0.3%。"
    )


def test_given_alternative_text_holds() -> None:
    spec = {**cases("kinds")["bars"], "alt": "甲类{{ 高薪 }}"}
    assert resolved("图", spec).alt == "甲类30.97%"
