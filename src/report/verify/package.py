"""The PDF as a package (fonts, tags, metadata), and the links of every format."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pikepdf
from lxml import etree  # type: ignore[import-untyped]

from report.content.nodes import Content, Link
from report.content.walk import inlines_of
from report.verify.models import CheckResult, Finding, result
from report.verify.passage import Reading
from report.verify.tables import table_faults
from report.writers.docx.lint import lint_docx

NO_GLYPH = re.compile("[\0\ufffd\ufffe\uffff\x01-\x08]")
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def check_fonts(data: bytes) -> tuple[CheckResult, tuple[str, ...]]:
    """Every font of the PDF is embedded and can be read back; with their names."""
    findings: list[Finding] = []
    names: set[str] = set()
    with pikepdf.open(BytesIO(data)) as pdf:
        for font in _fonts(pdf):
            name = str(font.BaseFont)[1:]
            names.add(name)
            if not _embedded(font):
                findings.append(Finding(where=name, text="字体没有嵌入"))
            if "/ToUnicode" not in font:
                findings.append(Finding(where=name, text="文字不能复制和检索"))
    return result("fonts", f"{len(names)} 个字体", findings), tuple(sorted(names))


def check_glyphs(files: Mapping[str, Reading]) -> CheckResult:
    """No replacement character and no missing glyph in any text read back."""
    texts = [(kind, passage.text) for kind, reading in files.items() for passage in reading.passages]
    bad = [(kind, text) for kind, text in texts if NO_GLYPH.search(text)]
    findings = [Finding(where=f"report.{kind}", text=f"缺字：{text[:40]}") for kind, text in bad]
    return result("glyphs", f"{sum(len(text) for _, text in texts)} 字", findings)


def check_tags(data: bytes, title: str, language: str) -> CheckResult:
    """The PDF is tagged, its tables can be walked, and it says its title and language."""
    with pikepdf.open(BytesIO(data)) as pdf:
        root = pdf.Root
        told = {
            "没有结构树": "/StructTreeRoot" in root and _is_marked(root),
            "语言不符": str(root.get("/Lang", "")) == language,
            "题名不符": str(pdf.docinfo.get("/Title", "")) == title,
            "没有书签": "/Outlines" in root,
            "没有页码标签": "/PageLabels" in root,
        }
        told_wrong = [text for text, good in told.items() if not good]
        faults = [*told_wrong, *table_faults(root.get("/StructTreeRoot", pikepdf.Dictionary()))]
        findings = [Finding(where="pdf", text=text) for text in faults]
        pages = len(pdf.pages)
    return result("tags", f"{pages} 页", findings)


def _is_marked(root: Any) -> bool:
    return "/MarkInfo" in root and bool(root.MarkInfo.get("/Marked", False))


def check_links(data: Mapping[str, bytes], content: Content) -> CheckResult:
    """Every link is a well-formed http(s) address; each file holds the content's links, and no others but (the web
    page's evidence cards) those that a source cites."""
    promised = {inline.url for inline in inlines_of(content) if isinstance(inline, Link)}
    cited = {
        url for evidence in content.evidence.values() for witness in evidence.witnesses for url in witness.citations
    }
    links = {
        "pdf": set(_pdf_links(data["pdf"])),
        "docx": set(_docx_links(data["docx"])),
        "html": set(_html_links(data["html"])),
    }
    findings: list[Finding] = []
    for kind, urls in links.items():
        strange = urls - promised - (cited if kind == "html" else set())
        wrong = [f"网址不对：{url}" for url in sorted(urls) if not _is_web(url)]
        wrong += [f"缺链接：{url}" for url in sorted(promised - urls)]
        wrong += [f"多链接：{url}" for url in sorted(strange)]
        findings += [Finding(where=f"report.{kind}", text=text) for text in wrong]
    return result("links", f"{len(promised | cited)} 个网址，未打开", findings)


def check_word(data: bytes) -> CheckResult:
    """The Word file has no fault that Word would show, repair, or lose words by."""
    findings = [Finding(where=f"report.docx/{issue.where}", text=issue.problem) for issue in lint_docx(data)]
    return result("word", f"{len(data) // 1024} KB", findings)


def _is_web(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and "." in parts.netloc and not re.search(r"[\s<>\"]", url)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every font, wherever it is used; the parts of a composite font are looked at with it."""
    for thing in pdf.objects:
        is_font = isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == pikepdf.Name.Font
        if is_font and not str(thing.get("/Subtype", "")).startswith("/CIDFont"):
            yield thing


def _embedded(font: Any) -> bool:
    holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    descriptor = holder.get("/FontDescriptor", {})
    return any(name in descriptor for name in FONT_FILES) or font.get("/Subtype") == pikepdf.Name.Type3


def _pdf_links(data: bytes) -> Iterator[str]:
    with pikepdf.open(BytesIO(data)) as pdf:
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", []):
                if "/A" in annotation and "/URI" in annotation.A:
                    yield str(annotation.A.URI)


def _docx_links(data: bytes) -> Iterator[str]:
    with zipfile.ZipFile(BytesIO(data)) as package:
        for name in package.namelist():
            if name.startswith("word/_rels/") and name.endswith(".rels"):
                for relation in etree.fromstring(package.read(name)):
                    if relation.get("TargetMode") == "External":
                        yield relation.get("Target", "")


def _html_links(data: bytes) -> Iterator[str]:
    page = etree.HTML(data, etree.HTMLParser(encoding="utf-8"))
    for anchor in page.iter("a"):
        target = anchor.get("href", "")
        if not target.startswith("#"):
            yield target
