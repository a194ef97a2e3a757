"""What an editor changed in the charts of a Word file is told, and nothing where nothing was changed."""

from __future__ import annotations

import io
import zipfile

from report.charts.layout import lay_out
from report.revision.charts import chart_findings

from ..charts.made import charts, library, theme
from ..writers.docx.native import chart as made_chart
from ..writers.docx.native import drawing, edited, value, written

BOOK, CHART = "word/embeddings/Microsoft_Excel_Worksheet1.xlsx", "word/charts/chart1.xml"
SOURCE = "；来源见“编辑数据”里的“出处”一表"


def by_word(data: bytes, old: str, new: str) -> bytes:
    """The file as Word leaves it when a number was edited: changed in the workbook's first sheet and in the chart."""
    def put(was: bytes) -> bytes:
        return was.replace(f"<v>{old}</v>".encode(), f"<v>{new}</v>".encode())

    data = edited(data, BOOK, lambda book: edited(book, "xl/worksheets/sheet1.xml", put))
    return edited(data, CHART, lambda part: part.replace(f"<c:v>{old}</c:v>".encode(), f"<c:v>{new}</c:v>".encode()))


def test_untouched_charts_tell_nothing() -> None:
    assert chart_findings(written({name: drawing(name) for name in charts()})) == []


def test_an_edited_number_is_told() -> None:
    (finding,) = chart_findings(by_word(written({"bars": drawing("bars")}), "5.36", "15.36"))
    assert (finding.topic, str(finding)) == ("figure", f"图1: 图里的数由 5.36 改为 15.36{SOURCE}")


def test_what_follows_from_an_edited_number_is_not_told_again() -> None:
    data = by_word(written({"one-share": drawing("one-share")}), "30.97", "40")
    (finding,) = chart_findings(by_word(data, "69.03", "60"))
    assert finding.text == f"图里的数由 30.97 改为 40{SOURCE}"


def test_long_fractions_are_no_change() -> None:
    made = {"值": value("值", 123456789.12345678, "约1.2亿人"), "整": value("整", 1234567890123.0, "1.2万亿人")}
    bars = made_chart("bars", [{"label": name, "value": name} for name in made], made)
    assert chart_findings(written({"图": lay_out(bars, theme(), library())})) == []


def test_numbers_that_libreoffice_left_out_are_no_change() -> None:
    data = written({"bars": drawing("bars")})
    lost = edited(data, BOOK, lambda _: b"")
    assert [str(one) for one in chart_findings(lost)] == ["图1: 读不出这幅图的数据"]
    assert chart_findings(_by_office(lost)) == []
    assert chart_findings(_by_office(data)) == []
    (finding,) = chart_findings(_by_office(by_word(data, "5.36", "15.36")))
    assert finding.text == f"图里的数由 5.36 改为 15.36{SOURCE}"


def _by_office(data: bytes) -> bytes:
    app = b"<Properties><Application>LibreOffice/24.2</Application></Properties>"
    return edited(data, "docProps/app.xml", lambda _: app)


def test_files_of_others_are_read_with_care() -> None:
    data = written({"bars": drawing("bars")})
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (61 << 20))
    (finding,) = chart_findings(edited(data, BOOK, lambda _: bomb.getvalue()))
    assert str(finding) == "图1: 读不出这幅图的数据"
    (finding,) = chart_findings(edited(data, CHART, lambda _: b"<!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>"))
    assert str(finding) == "图1: 读不出这幅图的数据"
    bare = io.BytesIO()
    with zipfile.ZipFile(bare, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert chart_findings(bare.getvalue()) == []
