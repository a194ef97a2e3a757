"""Reads a source file from disk: bytes, their hash, and the document in them, by the reader of their format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from report.errors import ReportError
from report.sources.document import Document
from report.sources.draft import Written
from report.sources.encoding import decode, is_binary
from report.sources.structure import Received, parse_document

LARGEST = 5.0  # MB; the catalogue can raise it for one file
MB = 1_000_000  # bytes
SAVE_AS = "用编辑器另存为 UTF-8 的 .txt 文件"
SAVE_PAGE = "在浏览器里另存为“网页，仅 HTML”（.html）"


def read_source(path: Path, limit: float = LARGEST) -> Document:
    """The document in a .txt, .md, .html, .pdf or .docx file of at most `limit` MB; its id is the file's stem.

    Raises ReportError (where = the path as given) for a file that is misnamed, missing, unreadable, of another format,
    too large, empty, binary, of an unknown encoding, locked, broken, or without text (a scan, a page of scripts).
    """
    check_name(path)
    reader = READERS[path.suffix.lower()]
    data = _read(path, limit)
    written = reader(path, data)
    if not any(char.isalnum() for char in written.text):
        raise ReportError(str(path), "文件是空的", "放入正文，或把它移出来源文件夹")
    if len(written.text) > limit * MB:
        raise _too_large(path, "文件里的文字", limit)
    return parse_document(Received(path.stem, path.name, hashlib.sha256(data).hexdigest(), written))


def check_name(path: Path) -> None:
    """ReportError where the file is of no format that can be read, or the document's observations would be taken for
    the events of another one."""
    if path.stem.endswith(".events"):
        raise ReportError(str(path), "主名以 .events 结尾，它的数据会与大事文件混淆", "给文件改名")
    suffix = path.suffix.lower()
    if suffix not in READERS:
        what = f" {path.suffix} " if suffix else "没有扩展名的"
        hint = SAVE_FIRST.get(suffix, "请转成其中一种，或把它移出来源文件夹")
        raise ReportError(str(path), f"不能读取{what}文件（能读 {'、'.join(READERS)}）", hint)


def _read(path: Path, limit: float) -> bytes:
    try:
        if path.stat().st_size > limit * MB:
            raise _too_large(path, "文件", limit)
        return path.read_bytes()
    except FileNotFoundError:
        raise ReportError(str(path), "没有这个文件", "检查路径和文件名") from None
    except IsADirectoryError:
        raise ReportError(str(path), "这是文件夹，不是文件", "给出文件夹里的一个文件") from None
    except OSError as error:
        raise ReportError(str(path), f"文件打不开（{error.strerror}）", "检查读取权限") from error


def _too_large(path: Path, what: str, limit: float) -> ReportError:
    hint = f"拆成几份，或在 catalogue.yaml 的“{path.stem}”下写 limit: 放宽（单位 MB）"
    return ReportError(str(path), f"{what}超过 {limit:g} MB", hint)


def _read_text(path: Path, data: bytes) -> Written:
    decoded = decode(data)
    if decoded:
        return Written(decoded.text, decoded.encoding)
    raise _undecoded(path, data)


def _undecoded(path: Path, data: bytes) -> ReportError:
    if is_binary(data):
        return ReportError(str(path), "这是二进制文件，不是文本", SAVE_AS)
    if b"\0" in data and decode(data.replace(b"\0", b"")):
        line = data[: data.index(b"\0")].count(b"\n") + 1
        return ReportError(f"{path}:{line}", "有空字符 U+0000", "删去它；可能是文件没有下载完")
    return ReportError(str(path), "认不出文字编码（试过 UTF-8、UTF-16、GB18030、Big5）", SAVE_AS)


def _read_web(path: Path, data: bytes) -> Written:
    from report.sources.html.read import NoMainText, decode_page, is_archive, read_page

    decoded = decode_page(data)
    if not decoded:
        raise _undecoded(path, data)
    if is_archive(decoded.text):
        raise ReportError(str(path), "这是单文件网页（MHTML），不是 HTML", SAVE_PAGE)
    try:
        return read_page(decoded)
    except NoMainText:
        hint = "在浏览器里打开，把正文复制成 .txt"
        raise ReportError(str(path), "网页里没有正文（可能由脚本生成，或只是链接列表）", hint) from None


def _read_word(path: Path, data: bytes) -> Written:
    from report.sources.docx.package import WordError
    from report.sources.docx.read import read_word

    try:
        return read_word(data)
    except WordError as error:
        raise ReportError(str(path), error.problem, error.hint) from error


def _read_pdf(path: Path, data: bytes) -> Written:
    from report.sources.pdf.read import PdfError, read_pdf

    try:
        return read_pdf(data)
    except PdfError as error:
        raise ReportError(str(path), error.problem, error.hint) from error


READERS: dict[str, Callable[[Path, bytes], Written]] = {
    ".txt": _read_text,
    ".md": _read_text,
    ".html": _read_web,
    ".htm": _read_web,
    ".pdf": _read_pdf,
    ".docx": _read_word,
}
SAVE_FIRST = {
    ".doc": "旧格式：在 Word 或 WPS 里另存为 .docx",
    ".wps": "在 WPS 里另存为 .docx",
    ".rtf": "在 Word 或 WPS 里另存为 .docx",
    ".odt": "在 LibreOffice 里另存为 .docx",
    ".pages": "在 Pages 里导出为 .docx",
    ".mht": SAVE_PAGE,
    ".mhtml": SAVE_PAGE,
    ".epub": "转成 .html 或 .txt",
    ".xlsx": "表格不是文献：把要用的数据写成一段 .txt，注明出处",
    ".xls": "表格不是文献：把要用的数据写成一段 .txt，注明出处",
    ".csv": "表格不是文献：把要用的数据写成一段 .txt，注明出处",
    ".pptx": "把文字复制成 .txt，或导出为 .pdf",
    ".ppt": "把文字复制成 .txt，或导出为 .pdf",
    ".png": "图片先做文字识别（OCR），存成 .txt",
    ".jpg": "图片先做文字识别（OCR），存成 .txt",
    ".jpeg": "图片先做文字识别（OCR），存成 .txt",
}
