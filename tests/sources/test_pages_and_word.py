"""Made-up web pages (pages/*.yaml) and Word files (word/*.yaml): blocks, notes and metadata as they must be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from ruamel.yaml import YAML

from report.sources.document import Document, Metadata
from report.sources.reader import read_source

from .formats import W, docx
from .laws import check_laws
from .test_cases import told_blocks, told_notes

FOLDER = Path(__file__).parent
PAGES = sorted((FOLDER / "pages").glob("*.yaml"))
WORD = sorted((FOLDER / "word").glob("*.yaml"))


def _case(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return loaded


def _check(path: Path, data: bytes, case: dict[str, Any]) -> Document:
    path.write_bytes(data)
    document = read_source(path)
    check_laws(document)
    assert told_blocks(document) == case["blocks"]
    assert told_notes(document) == case.get("notes", [])
    return document


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page(path: Path, tmp_path: Path) -> None:
    case = _case(path)
    codec = case.get("encoding", "utf-8")
    data = case["page"].encode(codec)
    if codec == "gb2312":
        data = data.replace(b"<title>", b'<meta name="description" content="' + "海州".encode(codec)[:3] + b'"><title>')
    document = _check(tmp_path / "a.html", data, case)
    assert document.metadata == Metadata(**case["metadata"])
    assert document.encoding == {"gb2312": "html gb18030"}.get(codec, f"html {codec}")


@pytest.mark.parametrize("path", WORD, ids=lambda path: path.stem)
def test_word(path: Path, tmp_path: Path) -> None:
    case = _case(path)
    body = "".join(_xml(*part) for part in case["body"])
    _check(tmp_path / "a.docx", docx(body), case)


def _xml(kind: str, *parts: str) -> str:
    if kind == "xml":
        return parts[0]
    style, text = parts
    breaks = "".join(f"<w:t>{escape(line)}</w:t><w:br/>" for line in text.split("\n")).removesuffix("<w:br/>")
    runs = breaks.replace("\t", "</w:t><w:tab/><w:t>")
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{runs}</w:r></w:p>'


def test_notes_of_a_word_file_write_out_the_addresses_that_links_hide(tmp_path: Path) -> None:
    relations = '<Relationships xmlns="x"><Relationship Id="r9" Type="t/hyperlink" Target="https://a.example.org/1"/></Relationships>'
    notes = (
        f'<w:footnotes xmlns:w="{W}" xmlns:r="r"><w:footnote w:id="-1"><w:p/></w:footnote><w:footnote w:id="2"><w:p>'
        '<w:r><w:t>某机构，</w:t></w:r><w:hyperlink r:id="r9"><w:r><w:t>年报</w:t></w:r></w:hyperlink></w:p>'
        "</w:footnote>"
        "</w:footnotes>"
    )
    parts = {"word/footnotes.xml": notes, "word/_rels/footnotes.xml.rels": relations}
    mark = '<w:r><w:footnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    body = f"<w:p><w:r><w:t>占45%。</w:t></w:r>{mark}</w:p>"
    path = tmp_path / "a.docx"
    path.write_bytes(docx(body, parts=parts))
    document = read_source(path)
    check_laws(document)
    assert [block.text for block in document.blocks] == ["占45%。"]
    assert [(note.text, note.urls) for note in document.notes] == [
        ("某机构，年报 https://a.example.org/1", ("https://a.example.org/1",))
    ]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("某市机器人产业报告：2025", "某市机器人产业报告：2025"),
        ("Microsoft Word - 文档1", "某市机器人产业报告：2025"),
        ("另一个题目", "某市机器人产业报告：2025"),
    ],
)
def test_a_files_record_is_believed_less_than_its_text(tmp_path: Path, title: str, found: str) -> None:
    path = tmp_path / "a.docx"
    body = "".join(_xml("p", "", text) for text in ("某市机器人产业报告：2025", "全市企业320家，比上年增加12家。"))
    path.write_bytes(docx(body, title=title))
    metadata = read_source(path).metadata
    assert (metadata.title, metadata.author) == (found, "")
