"""Files of the new formats that cannot be read: each told in one line that says what to do."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from report.errors import ReportError
from report.sources.docx import package
from report.sources.reader import read_source

from .formats import W, archive, as_docx, as_html, as_pdf, docx, paragraph
from .test_formats import TEXT


def _canvas(pages: int = 1, text: str = "", encrypt: str | StandardEncryption | None = None) -> bytes:
    """A PDF whose pages hold a picture, and a text where one is given; a password locks it."""
    target = io.BytesIO()
    canvas = Canvas(target, encrypt=encrypt, invariant=True)
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (8, 8), 200)), 50, 50, 400, 700)
        canvas.drawString(60, 60, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _without(path: str) -> bytes:
    """A ZIP file without the Word file's part at the path."""
    files = {"word/document.xml": f'<w:document xmlns:w="{W}"/>', "_rels/.rels": "<a/>"}
    return archive({name: text for name, text in files.items() if name != path})


@pytest.mark.parametrize(
    ("name", "data", "problem", "hint"),
    [
        ("a.pdf", _canvas(3), "PDF 共 3 页，几乎没有文字层", "OCR"),
        ("a.pdf", _canvas(2, "page"), "PDF 共 2 页，几乎没有文字层", "OCR"),
        ("a.pdf", _canvas(1, "text " * 20, encrypt="geheim"), "PDF 加了密码", "另存"),
        ("a.pdf", as_pdf(TEXT)[:400], "PDF 已损坏", "另存"),
        ("a.pdf", "不是 PDF。".encode(), "PDF 已损坏", "另存"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "加了密码，或其实是旧格式 .doc", "另存为 .docx"),
        ("a.docx", as_docx(TEXT)[:900], "Word 文件已损坏", "另存"),
        ("a.docx", _without("word/document.xml"), "没有 Word 正文", "另存为 .docx"),
        ("a.docx", docx("<w:p>"), "Word 文件已损坏", "另存"),
        ("a.docx", docx(paragraph("")), "文件是空的", "正文"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "不能读取 .doc 文件", "另存为 .docx"),
        ("a.events.txt", "三家企业。".encode(), "主名以 .events 结尾", "给文件改名"),
        ("a.xlsx", b"PK\x03\x04", "不能读取 .xlsx 文件", ".txt"),
        ("a.mhtml", b"From: <Saved by Blink>", "不能读取 .mhtml 文件", "仅 HTML"),
        ("a.html", b"From: <Saved by Blink>\nSnapshot-Content-Location: x\n", "MHTML", "仅 HTML"),
        ("a.html", b'<script src="a.js"></script><div id="app"></div>', "网页里没有正文", ".txt"),
        (
            "a.html",
            "<noscript>请启用脚本后浏览本站全部内容，谢谢配合。</noscript>".encode() * 9,
            "网页里没有正文",
            ".txt",
        ),
        ("a.html", b"%PDF-1.7\n" + as_html(TEXT), "这是二进制文件", "另存"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, problem: str, hint: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReportError) as caught:
        read_source(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ") and "\n" not in message
    assert problem in message.partition(" — ")[0] and hint in message.partition(" — ")[2]


def test_a_locked_pdf_that_may_be_read_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    lock = StandardEncryption("", ownerPassword="geheim", canCopy=0)
    path.write_bytes(_canvas(1, "The share is 45 percent, up 3 points from 2023.", encrypt=lock))
    assert "45 percent" in read_source(path).source


def test_a_word_file_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(docx(paragraph("一" * 3_000_000)))
    assert path.stat().st_size < 100_000
    with pytest.raises(ReportError, match="文件里的文字超过 2 MB"):
        read_source(path, limit=2)
    monkeypatch.setattr(package, "LARGEST_PART", 1_000_000)
    with pytest.raises(ReportError, match="解开后超过 1 MB"):
        read_source(path)


def test_nothing_of_pdfium_is_printed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(as_pdf(TEXT))
    read_source(path)
    path.write_bytes(as_pdf(TEXT)[:-700])
    with pytest.raises(ReportError):
        read_source(path)
    assert capfd.readouterr() == ("", "")
