"""One made-up text set in every format that people have: plain text, Markdown, web page, Word file, PDF.

A text is a list of lines, in the order of reading, each (kind, content): title, heading, paragraph, row (cells
between |) and note (mark's number, text). `{1}` in a paragraph is the mark of note 1.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

Text = Sequence[tuple[str, str]]
MARK = re.compile(r"\{(\d)\}")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
FONT = "STSong-Light"


def as_txt(text: Text) -> bytes:
    """Plain text: circled marks, each note after its paragraph."""
    lines = []
    for kind, content in text:
        number, _, rest = content.partition(" ")
        circled = MARK.sub(lambda mark: f"^{_circled(mark[1])}", content)
        lines.append(f"^{_circled(number)} {rest}" if kind == "note" else circled)
    return "\n\n".join(lines).encode()


def as_md(text: Text) -> bytes:
    """Markdown: # before headings, [^1] for marks."""
    signs = {"title": "# ", "heading": "## "}
    lines = []
    for kind, content in text:
        number, _, rest = content.partition(" ")
        marked = MARK.sub(r"[^\1]", content)
        lines.append(f"[^{number}]: {rest}" if kind == "note" else signs.get(kind, "") + marked)
    return "\n\n".join(lines).encode()


def as_html(text: Text) -> bytes:
    """A page with a menu, the text in an article, notes linked both ways, and a list of other pages."""
    body: list[str] = []
    for kind, content in text:
        inner = MARK.sub(r'<sup><a id="r\1" href="#n\1">[\1]</a></sup>', html.escape(content))
        if kind == "row":
            cells = "".join(f"<td>{cell.strip()}</td>" for cell in inner.strip("|").split("|"))
            body.append(f"<tr>{cells}</tr>" if body[-1].endswith("</tr>") else f"<table><tr>{cells}</tr>")
        elif kind != "note":
            tag = {"title": "h1", "heading": "h2"}.get(kind, "p")
            body += ["</table>"] * (bool(body) and body[-1].endswith("</tr>")) + [f"<{tag}>{inner}</{tag}>"]
    split = (content.partition(" ") for kind, content in text if kind == "note")
    notes = "".join(f'<li id="n{one}">{html.escape(rest)} <a href="#r{one}">↩</a></li>' for one, _, rest in split)
    title = next((content for kind, content in text if kind == "title"), "")
    page = (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}_海州观察网</title></head><body>'
        '<nav><a href="/">首页</a> <a href="/n">新闻</a></nav><article>'
        f'{"".join(body)}<section class="footnotes"><ol>{notes}</ol></section></article>'
        '<aside><h3>相关阅读</h3><ul><li><a href="/1">邻市产值突破500亿元</a></li></ul></aside></body></html>'
    )
    return page.encode()


def as_docx(text: Text) -> bytes:
    """A Word file: styles for title and headings, a table, true footnotes."""
    return docx("".join(_docx_body(text)), notes=[content for kind, content in text if kind == "note"])


def _docx_body(text: Text) -> Iterator[str]:
    styles = {"title": "Title", "heading": "Heading1"}
    for index, (kind, content) in enumerate(text):
        if kind == "row":
            cells = "".join(f"<w:tc>{paragraph(cell.strip())}</w:tc>" for cell in content.strip("|").split("|"))
            first, last = text[index - 1][0] != "row", index + 1 == len(text) or text[index + 1][0] != "row"
            yield f"{'<w:tbl>' * first}<w:tr>{cells}</w:tr>{'</w:tbl>' * last}"
        elif kind != "note":
            yield paragraph(content, styles.get(kind, ""))


def paragraph(content: str, style: str = "") -> str:
    """A paragraph's XML; `{1}` in its text is the mark of footnote 1."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(_runs(content))}</w:p>"


def _runs(content: str) -> Iterator[str]:
    for index, piece in enumerate(MARK.split(content)):
        if index % 2:
            yield f'<w:r><w:footnoteReference w:id="{piece}"/></w:r>'
        elif piece:
            yield f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'


def docx(body: str, *, notes: Iterable[str] = (), parts: dict[str, str] | None = None, title: str = "") -> bytes:
    """A Word file around a body's XML. `notes`: "number text" each; `parts`: further files by path."""
    kinds = {"styles": STYLES, "numbering": NUMBERING, "footnotes": _footnotes(notes)}
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({kind: f"{kind}.xml" for kind in kinds}),
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": f'<c xmlns="x"><title>{title}</title><creator>python-docx</creator></c>',
        **{f"word/{kind}.xml": content for kind, content in kinds.items()},
        **(parts or {}),
    }
    return archive(files)


def archive(files: dict[str, str]) -> bytes:
    """A ZIP file of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in files.items():
            packed.writestr(path, content)
    return target.getvalue()


def _relations(kinds: dict[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="r{index}" Type="{R}/{kind}" Target="{path}"/>'
        for index, (kind, path) in enumerate(kinds.items())
    )
    return f'<Relationships xmlns="{RELATIONS}">{links}</Relationships>'


def _footnotes(notes: Iterable[str]) -> str:
    split = [note.partition(" ") for note in notes]
    texts = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t>{escape(rest)}</w:t></w:r></w:p>'
        "</w:footnote>"
        for number, _, rest in split
    )
    return f'<w:footnotes xmlns:w="{W}">{texts}</w:footnotes>'


STYLES = (
    f'<w:styles xmlns:w="{W}"><w:style w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Numbered"><w:name w:val="my chapter"/><w:basedOn w:val="Heading1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'
)
NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def as_pdf(text: Text, *, lines: int = 14, header: str = "海州观察　年度报告") -> bytes:
    """A PDF as a press sets it: running header, folio, indented paragraphs, raised marks, notes at the foot of pages.

    `lines`: how many lines of text a page holds.
    """
    press = _Press(header, lines, {content[0]: content[2:] for kind, content in text if kind == "note"})
    for kind, content in text:
        if kind == "row":
            press.row([cell.strip() for cell in content.strip("|").split("|")])
        elif kind != "note":
            press.paragraph(content, {"title": 20.0, "heading": 15.0}.get(kind, 12.0))
    return press.finished()


class _Press:
    """Sets lines from the top of a page down."""

    def __init__(self, header: str, lines: int, notes: dict[str, str]) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self.target = io.BytesIO()
        self.canvas = Canvas(self.target, pagesize=(420, 595), invariant=True)
        self.header, self.lines, self.notes = header, lines, notes
        self.page, self.left, self.due = 0, 0, list[str]()

    def paragraph(self, content: str, size: float) -> None:
        glyphs: list[tuple[str, str]] = []
        for at, piece in enumerate(MARK.split(content)):
            glyphs += [("", piece)] if at % 2 else [(char, "") for char in piece]
        x = 60 + (2 * size if size == 12 else 0)
        self._new_line()
        for char, mark in glyphs:
            width = pdfmetrics.stringWidth(char, FONT, size)
            if x + width > 360 and char not in "，。、；：）":
                self._new_line()
                x = 60
            if mark:
                self.canvas.setFont(FONT, 7)
                self.canvas.drawString(x, self.y + 5, mark)
                self.due.append(mark)
                x += 4
            else:
                self.canvas.setFont(FONT, size)
                self.canvas.drawString(x, self.y, char)
                x += width

    def row(self, cells: list[str]) -> None:
        self._new_line()
        self.canvas.setFont(FONT, 10)
        for index, cell in enumerate(cells):
            self.canvas.drawString(60 + index * 300 / len(cells), self.y, cell)

    @property
    def y(self) -> float:
        return 545 - 20 * (self.lines - self.left)

    def _new_line(self) -> None:
        if not self.left:
            self._turn()
        self.left -= 1

    def _turn(self) -> None:
        if self.page:
            self._close()
        self.page += 1
        self.left = self.lines
        self.canvas.setFont(FONT, 9)
        self.canvas.drawCentredString(210, 570, self.header)

    def _close(self) -> None:
        """The notes that are due at the foot of the page, and its number."""
        self.canvas.setFont(FONT, 9)
        y = 60.0 + 24 * len(self.due)
        for number in self.due:
            text = f"{number} {self.notes[number]}"
            for piece in (text[:32], text[32:]):
                self.canvas.drawString(60, y, piece)
                y -= 12
        self.due = []
        self.canvas.drawCentredString(210, 30, f"— {self.page} —")
        self.canvas.showPage()

    def finished(self) -> bytes:
        self._close()
        self.canvas.save()
        return self.target.getvalue()


def _circled(number: str) -> str:
    return chr(0x245F + int(number))
