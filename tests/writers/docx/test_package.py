"""The file as a package: valid, whole, without a clock in it."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from report.content.nodes import Content, Part
from report.errors import ReportError
from report.theme.theme import Theme
from report.writers.docx.lint import lint_docx
from report.writers.docx.write import write_docx

from .sample import make_content, make_layout, make_picture, p


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_validator_and_lint_find_nothing(written: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(written)
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []
    assert lint_docx(written) == []


def test_same_input_same_bytes(written: bytes, theme: Theme) -> None:
    assert write_docx(make_content(), theme, make_layout(), {"throughput": make_picture()}) == written


def test_archive_has_no_times_and_a_fixed_order(written: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        infos = archive.infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    names = [info.filename for info in infos]
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert names[2:] == sorted(names[2:])


def test_properties_are_the_reports(document: Document, content: Content, written: bytes) -> None:
    core = document.core_properties
    assert (core.title, core.author, core.language) == (content.front.title, "〔作者〕", "zh-CN")
    assert core.keywords == "港口；仓储"
    assert core.created is not None and core.created == core.modified
    assert core.created.date().isoformat() == content.front.date
    custom = entries(written)["docProps/custom.xml"].decode()
    assert content.front.serial in custom and "RIV·PORT/LOG" in custom


def test_properties_are_escaped(theme: Theme) -> None:
    content = make_content()
    front = content.front.changed({"title": 'A<b>&"c"', "serial": "<&>"})
    data = write_docx(content.changed({"front": front}), theme, make_layout(), {"throughput": make_picture()})
    assert "A&lt;b&gt;&amp;" in entries(data)["docProps/core.xml"].decode()
    assert lint_docx(data) == []


def test_no_update_on_opening(written: bytes) -> None:
    files = entries(written)
    assert b"updateFields" not in files["word/settings.xml"]
    assert b"dirty" not in files["word/document.xml"]


def test_chinese_settings(written: bytes) -> None:
    files = entries(written)
    assert b'characterSpacingControl w:val="compressPunctuation"' in files["word/settings.xml"]
    assert b'themeFontLang w:val="en-US" w:eastAsia="zh-CN"' in files["word/settings.xml"]
    assert b'w:lang w:val="en-US" w:eastAsia="zh-CN"' in files["word/styles.xml"]


def test_a_text_in_the_other_script_says_so(content: Content, theme: Theme) -> None:
    front = content.front.changed({"language": "zh-Hant"})
    data = write_docx(content.changed({"front": front}), theme, make_layout(), {"throughput": make_picture()})
    files = entries(data)
    assert b'w:lang w:val="en-US" w:eastAsia="zh-TW"' in files["word/styles.xml"]
    assert b'themeFontLang w:val="en-US" w:eastAsia="zh-TW"' in files["word/settings.xml"]
    assert b"<dc:language>zh-Hant</dc:language>" in files["docProps/core.xml"]


def test_a_chart_without_a_picture_is_told(content: Content, theme: Theme) -> None:
    with pytest.raises(ReportError, match="throughput"):
        write_docx(content, theme, make_layout(), {})


def test_a_heading_without_a_page_is_told(content: Content, theme: Theme) -> None:
    layout = make_layout()
    layout["pages"] = layout["pages"][:4]
    with pytest.raises(ReportError, match="企业怎么办"):
        write_docx(content, theme, layout, {"throughput": make_picture()})


def test_an_unknown_role_is_told(content: Content, theme: Theme) -> None:
    parts = (*content.parts, Part(role="closing", blocks=(p("图内文字", role="chart-label"),)))
    with pytest.raises(ReportError, match="chart-label"):
        write_docx(content.changed({"parts": parts}), theme, make_layout(), {"throughput": make_picture()})


def test_colours_follow_words_theme(written: bytes, theme: Theme) -> None:
    """A colour that a style takes from the theme is the very one that the theme part gives its slot."""
    files = {name: data.decode() for name, data in entries(written).items() if name.endswith(".xml")}
    scheme = dict(re.findall(r'<a:(\w+)><a:srgbClr val="(\w+)"/>', files["word/theme/theme1.xml"]))
    slots = {"text1": "dk1", "background1": "lt1", "text2": "dk2", "background2": "lt2"}
    used = set(re.findall(r'w:val="(\w{6})" w:themeColor="(\w+)"', files["word/styles.xml"]))
    assert {slot for _, slot in used} >= {"text1", "text2", "accent1"}
    assert all(scheme[slots.get(slot, slot)] == colour for colour, slot in used)
    coloured = re.findall(r'<w:color w:val="(\w+)"(?: w:themeColor="(\w+)")?/>', files["word/styles.xml"])
    assert all(slot for _, slot in coloured)
    assert 'w:clrSchemeMapping w:bg1="light1" w:t1="dark1"' in files["word/settings.xml"]


def test_lines_stand_on_the_themes_pitch(document: Document, theme: Theme) -> None:
    grids = [section._sectPr.find(qn("w:docGrid")) for section in document.sections]
    assert {(grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) for grid in grids} == {
        ("lines", str(round(theme.roles["body"].leading * 20)))}  # fmt: skip


def test_a_page_of_whole_lines_has_room_for_the_last(content: Content, theme: Theme) -> None:
    """655.3 points for 21 lines of 31.2: LibreOffice would set 20."""
    page = theme.page.changed({"top": 35.0, "bottom": 30.8})
    data = write_docx(content, theme.changed({"page": page}), make_layout(), {"throughput": make_picture()})
    size = docx.Document(io.BytesIO(data)).sections[4]
    assert size.page_height is not None and size.top_margin is not None and size.bottom_margin is not None
    assert 8 <= (size.page_height - size.top_margin - size.bottom_margin) // 635 - 21 * 624 < 12  # 635 EMU a twip


ELSEWHERE = (
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "LANG": "zh_CN.UTF-8"},
)
PRINT = """
import hashlib
from report.writers.docx.write import write_docx
from tests.writers.docx.sample import load, make_content, make_layout, make_picture
data = write_docx(make_content(), load(), make_layout(), {"throughput": make_picture()})
print(hashlib.sha256(data).hexdigest())
"""


def test_same_bytes_elsewhere(written: bytes) -> None:
    """Other hash seeds, zones and languages change nothing."""
    root = Path(__file__).parents[3]
    told = [subprocess.run([sys.executable, "-c", PRINT], cwd=root, env={**os.environ, **other}, check=True,
                           capture_output=True, text=True).stdout.strip() for other in ELSEWHERE]  # fmt: skip
    assert told == [hashlib.sha256(written).hexdigest()] * 2
