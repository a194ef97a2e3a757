"""The lint must find each fault it names: the sound file is broken on purpose, one way at a time."""

from __future__ import annotations

import io
import re
import warnings
import zipfile

import pytest

from report.writers.docx.lint import lint_docx

DOCUMENT = "word/document.xml"
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
    ("word/header2.xml", r'<w:r><w:fldChar w:fldCharType="end"/></w:r>', "", "1 个域没有结尾"),
]


def rewritten(data: bytes, part: str, pattern: str, replacement: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as target:
        for name in archive.namelist():
            text = archive.read(name)
            if name == part:
                changed, count = re.subn(pattern, replacement, text.decode(), count=1)
                assert count == 1, f"{pattern} 不在 {part}"
                text = changed.encode()
            target.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(("part", "pattern", "replacement", "fault"), BREAKS)
def test_lint_finds(written: bytes, part: str, pattern: str, replacement: str, fault: str) -> None:
    if part == "word/header2.xml":
        part = with_field(written)
    found = lint_docx(rewritten(written, part, pattern, replacement))
    assert any(fault in issue.problem and issue.where.startswith("word/") for issue in found), found


def with_field(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        headers = [name for name in archive.namelist() if name.startswith("word/header")]
        return next(name for name in headers if b"fldChar" in archive.read(name))


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
