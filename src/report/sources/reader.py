"""Reads a source file from disk: bytes, their hash, their encoding, and the document in them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from report.errors import ReportError
from report.sources.document import Document
from report.sources.encoding import Decoded, decode, is_binary
from report.sources.structure import Received, parse_document

SUFFIXES = (".txt", ".md")
LARGEST = 20_000_000  # bytes; a book of ten million characters is no report
SAVE_AS = "用编辑器另存为 UTF-8 的 .txt 文件"


def read_source(path: Path) -> Document:
    """The document in a .txt or .md file; its id is the file's stem.

    Raises ReportError (where = the path as given) for a file that is missing, unreadable, of another format, too
    large, empty, binary or in an unknown encoding.
    """
    data = _read(path)
    decoded = _decode(path, data)
    if not any(char.isalnum() for char in decoded.text):
        raise ReportError(str(path), "文件是空的", "放入正文，或把它移出来源文件夹")
    received = Received(
        id=path.stem,
        file=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        source=decoded.text,
    )
    return parse_document(received)


def _read(path: Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        known = " 和 ".join(SUFFIXES)
        raise ReportError(
            str(path), f"不能读取 {path.suffix or '没有扩展名的'} 文件", f"目前只读 {known}；请转成纯文本"
        )
    try:
        if path.stat().st_size > LARGEST:
            raise ReportError(str(path), f"文件超过 {LARGEST // 1_000_000} MB", "拆成几份，或删去与正文无关的部分")
        return path.read_bytes()
    except FileNotFoundError:
        raise ReportError(str(path), "没有这个文件", "检查路径和文件名") from None
    except IsADirectoryError:
        raise ReportError(str(path), "这是文件夹，不是文件", "给出文件夹里的一个文件") from None
    except OSError as error:
        raise ReportError(str(path), f"文件打不开（{error.strerror}）", "检查读取权限") from error


def _decode(path: Path, data: bytes) -> Decoded:
    decoded = decode(data)
    if decoded:
        return decoded
    if is_binary(data):
        raise ReportError(str(path), "这是二进制文件，不是文本", SAVE_AS)
    raise ReportError(str(path), "认不出文字编码（试过 UTF-8、UTF-16、GB18030、Big5）", SAVE_AS)
