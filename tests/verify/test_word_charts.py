"""Charts in the Word file that show another number than the data are caught."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from report.verify.word_charts import check_word_charts

from ..charts.made import charts
from ..writers.docx.native import NATIVE, content, drawing, edited, written

NAMES = [name for name, chart in charts().items() if chart.kind in NATIVE]


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old.encode(), new.encode())


def test_sound_charts_pass() -> None:
    data = written({name: drawing(name) for name in charts()})
    check = check_word_charts(data, content(list(charts())), charts())
    assert check.ok and check.figure.startswith(f"{len(NAMES)} 幅图")


@pytest.mark.parametrize(("part", "old", "new", "told"), [
    ("word/charts/chart1.xml", "<c:v>5.36</c:v>", "<c:v>6.36</c:v>", "图里的 6.36 不是数据"),
    ("word/charts/chart1.xml", "<c:v>5.36</c:v>", "<c:v>6.36</c:v>", "在工作簿 B3 里是“5.36”"),
    ("word/charts/chart1.xml", "甲类技术岗位", "乙类技术岗位", "图里的“乙类技术岗位”在工作簿 A2 里是“甲类技术岗位”"),
    ("word/drawings/drawing1.xml", "高薪职位占比", "低薪职位占比", "“低薪职位占比”不在图的文字里"),
    ("word/charts/chart1.xml", '0.00"%"', '0.00"亿%"', "“亿%”不在图的文字里"),
    ("word/charts/_rels/chart1.xml.rels", "embeddings", "embedding", "读不出这幅图的数据"),
    ("word/charts/chart1.xml", '<c:pt idx="1"><c:v>5.36</c:v></c:pt>', "", "图里没有 5.36"),
])  # fmt: skip
def test_a_number_changed_in_the_chart_is_caught(part: str, old: str, new: str, told: str) -> None:
    data = edited(written({"bars": drawing("bars")}), part, replaced(old, new))
    check = check_word_charts(data, content(["bars"]), charts())
    assert told in "\n".join(finding.text for finding in check.findings)


def test_a_number_changed_in_the_workbook_is_caught() -> None:
    data = written({"bars": drawing("bars")})
    book = "word/embeddings/Microsoft_Excel_Worksheet1.xlsx"
    data = edited(data, book, lambda was: edited(was, "xl/worksheets/sheet1.xml", replaced("5.36", "5.63")))
    check = check_word_charts(data, content(["bars"]), charts())
    assert [finding.text for finding in check.findings] == ["图里的“5.36”在工作簿 B3 里是“5.63”"]
