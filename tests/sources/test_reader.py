"""Reading files: encodings, names that mean something to a shell, and every way in which a file cannot be read."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.errors import ReportError
from report.sources.encoding import decode
from report.sources.reader import read_source

SIMPLIFIED = "当前，全球人才流动加快。\r\n某国的人工智能人才占比达 45%，比上年提高 3 个百分点。\n"
TRADITIONAL = "當前，全球人才流動加快。\n某國的人工智能人才佔比達 45%，比上年提高 3 個百分點。\n"


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "utf-8-sig", "utf-8"),
        (SIMPLIFIED, "utf-16", "utf-16-le"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        (SIMPLIFIED, "utf-32", "utf-32-le"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (TRADITIONAL, "utf-8", "utf-8"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        ("占比为 45%。", "gb18030", "gb18030"),
        ("Only ASCII, 45%.", "ascii", "utf-8"),
    ],
)
def test_encodings(tmp_path: Path, text: str, codec: str, encoding: str) -> None:
    path = tmp_path / "来源.txt"
    path.write_bytes(text.encode(codec))
    document = read_source(path)
    assert (document.source, document.encoding) == (text, encoding)
    assert document.sha256 == hashlib.sha256(text.encode(codec)).hexdigest()


@pytest.mark.parametrize(
    "text", [SIMPLIFIED, SIMPLIFIED * 400, "占比为 45%，㐂镕喆。", "2024年，全市有企业320家。\r\n\r另有5家。\r"]
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "utf-16", "gb18030"])
def test_simplified_text_short_and_long(tmp_path: Path, text: str, codec: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(codec))
    assert read_source(path).source == text


@pytest.mark.parametrize(
    "text", [TRADITIONAL, TRADITIONAL * 400, "佔比為 45%，喆。", "香港嘅士多啤梨園有 320 間，啲人話佔 7%。"]
)
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16-le", "utf-16-be", "big5hkscs"])
def test_traditional_text_short_and_long(tmp_path: Path, text: str, codec: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(codec))
    assert read_source(path).source == text


def test_the_readers_of_other_formats_cost_nothing_until_one_is_read() -> None:
    code = "import report.sources.reader, sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not {"trafilatura", "lxml", "pypdfium2", "docx"} & {name.split(".")[0] for name in run.stdout.split()}


def test_byte_order_mark_big_endian(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xfe\xff" + SIMPLIFIED.encode("utf-16-be"))
    assert read_source(path).source == SIMPLIFIED


@pytest.mark.parametrize("name", ["有 空格", "a'b\"c", "a;b", "$(touch x)", "报告（二）", "-rf", "a.b"])
def test_names(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.TXT"
    path.write_text(SIMPLIFIED, encoding="utf-8")
    document = read_source(path)
    assert (document.id, document.file) == (name, f"{name}.TXT")


def test_a_source_without_a_number_is_a_source(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# 标题\n\n这里没有数字。\n", encoding="utf-8")
    assert [block.kind for block in read_source(path).blocks] == ["title", "paragraph"]


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.txt", b"\xef\xbb\xbf \n\n", "文件是空的"),
        ("a.txt", "。——\n".encode(), "文件是空的"),
        ("a.txt", b"%PDF-1.7\n" + SIMPLIFIED.encode(), "这是二进制文件"),
        ("a.txt", bytes(range(256)) * 20, "这是二进制文件"),
        ("a.txt", b"\x00\x01\x02\x03" * 50, "这是二进制文件"),
        ("a.txt", "これは日本語の文章です。漢字もあります。".encode("shift_jis"), "认不出文字编码"),
        ("a.txt", "Größe und Fläche für die Übung".encode("latin-1"), "认不出文字编码"),
        ("a.txt", SIMPLIFIED.encode()[:-40] + b"\xff\xfe\x80 not utf-8", "认不出文字编码"),
        ("a", SIMPLIFIED.encode(), "不能读取没有扩展名的文件"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert problem in _error(path)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    (tmp_path / "b.txt").mkdir()
    assert "没有这个文件" in _error(tmp_path / "a.txt")
    assert "这是文件夹" in _error(tmp_path / "b.txt")


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("这里有字。" * 350_000, encoding="utf-8")
    assert "文件超过 5 MB" in _error(path)
    with pytest.raises(ReportError, match="文件超过 5.2 MB — .*limit"):
        read_source(path, limit=5.2)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or decoded.text.encode(decoded.encoding) in data


def _error(path: Path) -> str:
    """The one line that tells why the file cannot be read."""
    with pytest.raises(ReportError) as caught:
        read_source(path)
    message = str(caught.value)
    assert message.startswith(f"{path}: ") and " — " in message and "\n" not in message
    return message
