"""The lint must find each fault it names: the sound file is broken on purpose, one way at a time."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from functools import cache
from pathlib import Path

import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]

from report.writers.docx.lint import lint_docx

from . import native
from .native import edited

DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
HEADER = "a header that names the chapter"
CONTROL = '<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent/></w:sdt>'
BREAKS = [
    (DOCUMENT, r'w:anchor="_Toc\d+"', 'w:anchor="_Toc1"', "链接的书签 _Toc1 不存在"),
    (DOCUMENT, r"PAGEREF _Toc\d+", "PAGEREF _Toc2", "PAGEREF 的书签 _Toc2 不存在"),
    (DOCUMENT, r" REF _Ref\d+", " REF _Ref3", "REF 的书签 _Ref3 不存在"),
    (DOCUMENT, r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", "1 个域没有结尾"),
    (DOCUMENT, r'<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "", "没有开头"),
    (DOCUMENT, r'<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "", "没有分隔符"),
    (DOCUMENT, r"<w:bookmarkEnd[^>]*/>", "", "起止不成对"),
    (DOCUMENT, r'w:name="_Toc\d+"', 'w:name="_Toc900000002"', "重复"),
    (DOCUMENT, r'<w:numId w:val="\d+"/>', '<w:numId w:val="99"/>', "编号 99 不存在"),
    ("word/styles.xml", r'<w:numId w:val="1"/>', '<w:numId w:val="77"/>', "编号 77 不存在"),
    ("word/footnotes.xml", r'w:id="1"', 'w:id="500"', "脚注 1 没有正文"),
    ("word/footnotes.xml", r'w:id="2"', 'w:id="1"', "脚注编号 1 重复"),
    ("word/footnotes.xml", r'(<w:footnote w:id=")1(".*?</w:footnote>)', r"\g<1>1\g<2>\g<1>300\g<2>",
     "脚注 300 没有标记"),
    (DOCUMENT, r'<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="1"/>', "脚注 1 有两处标记"),
    ("word/settings.xml", r'<w:footnote w:id="0"/>', '<w:footnote w:id="400"/>', "脚注分隔线 400 不存在"),
    (DOCUMENT, r'<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="Nowhere"/>', "样式 Nowhere 没有定义"),
    (DOCUMENT, r'<w:pStyle w:val="BodyText"/>', '<w:pStyle w:val="Strong"/>', "样式 Strong 没有定义"),
    ("word/styles.xml", r'<w:basedOn w:val="Heading1"/>', '<w:basedOn w:val="Gone"/>', "样式 Gone 没有定义"),
    (HEADER, r'STYLEREF 1 ', "STYLEREF 8 ", "STYLEREF 的样式 heading 8 没有定义"),
    (DOCUMENT, r"(<w:pStyle [^>]*/>)(<w:numPr>.*?</w:numPr>)", r"\2\1", "w:pPr 里的 w:pStyle 次序不对"),
    (DOCUMENT, r"(<w:pgSz [^>]*/>)(<w:pgMar [^>]*/>)", r"\2\1", "w:sectPr 里的 w:pgSz 次序不对"),
    ("word/styles.xml", r"(<w:color [^>]*/>)(<w:sz [^>]*/>)", r"\2\1", "w:rPr 里的 w:color 次序不对"),
    ("word/settings.xml", r"(<w:zoom [^>]*/>)(.*)(</w:settings>)", r"\2\1\3", "w:settings 里的 w:zoom 次序不对"),
    (DOCUMENT, r"<w:p(?: [^>]*)?>(?:(?!<w:p[ >]).)*</w:p></w:tc>", "</w:tc>", "单元格不以段落结尾"),
    (DOCUMENT, r"<w:gridCol [^>]*/>", "", "表格的行不满"),
    (RELATIONS, r'<Relationship [^>]*Target="media/[^>]*/>', "", "没有关系 rId"),
    (RELATIONS, r'Target="media/[^"]*"', 'Target="media/gone.png"', "指向的 media/gone.png 不存在"),
    (RELATIONS, r'Id="rId2"', 'Id="rId1"', "关系 rId1 重复"),
    ("word/_rels/footnotes.xml.rels", r'Target="https://', 'Target="https://&lt;b&gt;', "网址里有不能用的字符"),
    ("[Content_Types].xml", r'<Override PartName="/word/styles.xml"', '<Override PartName="/word/gone.xml"',
     "写明了类型的部件 /word/gone.xml 不存在"),
    ("[Content_Types].xml", r'<Default Extension="png"[^>]*/>', "", "没有写明部件类型"),
    (DOCUMENT, r"</w:body>", "", "XML 读不通"),
    (DOCUMENT, r"(<w:p>)", rf"{CONTROL}{CONTROL}\1", "内容控件编号 7 重复"),
    (DOCUMENT, r"(<w:p>)", r'\1<w:commentRangeStart w:id="3"/>', "批注 3 起止不成对"),
    (DOCUMENT, r"(<w:p>)", r'\1<w:r><w:commentReference w:id="3"/></w:r>', "批注 3 没有正文"),
    (HEADER, r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", "1 个域没有结尾"),
    (HEADER, r'Requires="w15"', 'Requires="w77"', "没有声明前缀 w77"),
    (HEADER, r"<mc:Choice.*?</mc:Choice>", "", "AlternateContent 里没有 Choice"),
    (DOCUMENT, r"(<w:headerReference [^>]*/>)", r"\1\1", "的 headerReference"),
    (DOCUMENT, r"(</w:pPr>)", r"\1散字", "p 里直接有文字"),
    (DOCUMENT, r'<w:ilvl w:val="\d"/>', '<w:ilvl w:val="9"/>', "列表没有第 10 级"),
    (DOCUMENT, r"PAGEREF _Toc\d+[^<]*", "PAGEREF ", "PAGEREF 没有写明名字"),
    (DOCUMENT, r" SEQ [^<]*", " SEQ ", "SEQ 没有写明名字"),
    ("word/styles.xml", r'(w:styleId="Normal".*?)(<w:qFormat/>)', r'\1<w:basedOn w:val="BodyText"/>\2',
     "样式 BodyText 以自己为基础"),
    ("word/_rels/footnotes.xml.rels", r'Target="https://', 'Target="javascript:', "网址里有不能用的字符"),
    ("[Content_Types].xml", r'(styles.xml" ContentType=")[^"]*', r"\1application/xml", "部件类型不是 styles"),
    ("docProps/core.xml", r"(<dcterms:created[^>]*>)[^<]*", r"\1昨天", "created 不是日期"),
    ("docProps/core.xml", r"(<dcterms:modified.*?</dcterms:modified>)", r"\1\1", "modified 有两处"),
]
CHART_BREAKS = [
    (r'<c:crossAx val="\d+"/>', '<c:crossAx val="7"/>', "坐标轴 7 不存在"),
    (r'<c:axId val="\d+"/>', '<c:axId val="7"/>', "坐标轴"),
    (r'<c:ptCount val="\d+"/>', '<c:ptCount val="0"/>', "缓存的数比写明的多"),
    (r"(<c:ser>.*?</c:ser>)", r"\1\1", "系列的 idx 0 重复"),
]

# what the schema validator is for: words that the schema does not know, in places it does not allow
SCHEMA_BREAKS = [
    (DOCUMENT, r"(<w:p>)", r"<w:nonsense/>\1"),
    (DOCUMENT, r"(<w:p>)", r"\1<w:t>loose</w:t>"),
    (DOCUMENT, r"(<w:p>)", r"\1<w:p/>"),
    (DOCUMENT, r'<w:pgNumType w:fmt="decimal"', '<w:pgNumType w:fmt="dozenal"'),
    ("word/styles.xml", r'<w:jc w:val="center"/>', '<w:jc w:val="sideways"/>'),
    ("word/styles.xml", r'<w:uiPriority w:val="\d+"/>', '<w:uiPriority w:val="first"/>'),
    ("word/numbering.xml", r'<w:ilvl w:val="0"/>|w:ilvl="0"', 'w:ilvl="first"'),
]


def rewritten(data: bytes, part: str, pattern: str, replacement: str) -> bytes:
    def edit(was: bytes) -> bytes:
        changed, count = re.subn(pattern, replacement, was.decode(), count=1, flags=re.DOTALL)
        assert count == 1, f"{pattern} 不在 {part}"
        return changed.encode()

    return edited(data, part, edit)


@pytest.mark.parametrize(("part", "pattern", "replacement", "fault"), BREAKS)
def test_lint_finds(written: bytes, part: str, pattern: str, replacement: str, fault: str) -> None:
    if part == HEADER:
        part = with_field(written, b"STYLEREF 1 ")
    found = lint_docx(rewritten(written, part, pattern, replacement))
    assert any(fault in issue.problem for issue in found), found


@pytest.mark.parametrize(("pattern", "replacement", "fault"), CHART_BREAKS)
def test_lint_finds_in_a_chart(pattern: str, replacement: str, fault: str) -> None:
    found = lint_docx(rewritten(charted(), "word/charts/chart1.xml", pattern, replacement))
    assert any(fault in issue.problem for issue in found), found


@pytest.mark.parametrize("ending", [".png", ".xlsx"])
def test_lint_finds_a_picture_or_workbook_that_is_cut_off(written: bytes, ending: str) -> None:
    whole = written if ending == ".png" else charted()
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(ending))
    found = lint_docx(edited(whole, name, lambda data: data[:100]))
    assert [(issue.where, issue.problem[-3:]) for issue in found] == [(name, "不完整")]


@cache
def charted() -> bytes:
    """A file with a chart that Word draws."""
    return native.written({"bars": native.drawing("bars")})


@pytest.mark.parametrize(("part", "pattern", "replacement"), SCHEMA_BREAKS)
def test_the_validator_finds(written: bytes, part: str, pattern: str, replacement: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.docx"
    path.write_bytes(rewritten(written, part, pattern, replacement))
    assert OpenXmlValidator().validate(path).errors


def with_field(data: bytes, words: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        headers = [name for name in archive.namelist() if name.startswith("word/header")]
        return next(name for name in headers if words in archive.read(name))


def test_lint_finds_what_is_no_package(written: bytes) -> None:
    [fault, *_] = lint_docx(written[: len(written) // 2])
    assert "不是完整的压缩包" in fault.problem
    assert any(issue.where == "word/styles.xml" for issue in lint_docx(without(written, "word/styles.xml")))


def without(data: bytes, part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as target:
        for name in archive.namelist():
            if name != part:
                target.writestr(name, archive.read(name))
    return out.getvalue()


def test_lint_finds_a_drawing_id_used_twice(written: bytes) -> None:
    twice = rewritten(written, DOCUMENT, r"(<w:drawing>.*?</w:drawing>)", r"\1\1")
    assert any("图形编号 1 重复" in issue.problem for issue in lint_docx(twice))


def test_lint_finds_an_entry_that_stands_twice(written: bytes) -> None:
    out = io.BytesIO(written)
    with zipfile.ZipFile(out, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr("word/styles.xml", archive.read("word/styles.xml"))
    assert [(issue.where, issue.problem) for issue in lint_docx(out.getvalue())] == [
        ("word/styles.xml", "包内出现 2 次")
    ]
