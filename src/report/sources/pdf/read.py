"""A PDF's text layer → its text: the characters of each page as PDFium gives them, handed to the page's lines."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from ctypes import c_double
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from report.sources.draft import Written, fit_record
from report.sources.pdf.lines import Glyph, PrintedLine, plain, printed_lines
from report.sources.pdf.pages import write_pages

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage  # type: ignore[import-untyped]

FEWEST = 25  # letters and digits a page: with fewer on average a page with a picture is a scan
LOST_SHARE = 0.2  # of characters without a meaning: the font has no table of them


class PdfError(Exception):
    """The file cannot be read as a PDF with text; `problem` and `hint` say why, in Chinese."""

    def __init__(self, problem: str, hint: str) -> None:
        self.problem, self.hint = problem, hint
        super().__init__(problem)


@dataclass(frozen=True)
class _Seen:
    """A character as PDFium gives it, with the direction in which it runs (quarter turns to the left)."""

    glyph: Glyph
    turn: int


def read_pdf(data: bytes) -> Written:
    """The text of a PDF's bytes. Raises PdfError where it is locked, broken, scanned or of unknown characters."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise PdfError("PDF 加了密码", "在阅读器里去掉密码，另存一份") from error
        raise PdfError("PDF 已损坏，打不开", "在阅读器里打开，另存或打印成新的 PDF") from error
    try:
        pages, pictures = _pages(document)
        record = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise PdfError("PDF 有打不开的页", "在阅读器里打开，另存或打印成新的 PDF") from error
    finally:
        document.close()
    _check(pages, pictures)
    return write_pages(pages).written("pdf", fit_record(record.get("Title", ""), record.get("Author", "")))


def _pages(document: PdfDocument) -> tuple[list[list[PrintedLine]], int]:
    """The lines of each page, and how many pages hold a picture and hardly any text."""
    pages, pictures = [], 0
    for index in range(len(document)):
        page = document[index]
        pages.append(printed_lines(_glyphs(page)))
        pictures += _letters(pages[-1]) < FEWEST and _has_picture(page)
        page.close()
    return pages, pictures


def _letters(lines: list[PrintedLine]) -> int:
    return sum(char.isalnum() for line in lines for char in line.text)


def _has_picture(page: PdfPage) -> bool:
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE  # type: ignore[import-untyped]

    return next(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE], max_depth=4), None) is not None


def _check(pages: list[list[PrintedLine]], pictures: int) -> None:
    """Raise PdfError for pages without text."""
    text = "".join(line.text for lines in pages for line in lines)
    letters = sum(map(_letters, pages))
    if letters < FEWEST * len(pages) and (pictures * 2 >= len(pages) or not letters):
        raise PdfError(f"PDF 共 {len(pages)} 页，几乎没有文字层（像是扫描件）", "先做文字识别（OCR），再放进来")
    lost = sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in text)
    if lost > LOST_SHARE * len(text):
        raise PdfError("PDF 的字体没有字符对照表，文字取不出来", "用 OCR 识别，或找一份原文件")


def _glyphs(page: PdfPage) -> Iterator[Glyph]:
    """The characters that run in the page's main direction, turned upright, in the order in which they are drawn."""
    textpage = page.get_textpage()
    seen = list(_seen(textpage))
    textpage.close()
    turns = Counter(one.turn for one in seen)
    main = turns.most_common(1)[0][0] if turns else 0
    return (one.glyph for one in seen if one.turn == main)


def _seen(textpage: Any) -> Iterator[_Seen]:
    from pypdfium2 import raw

    x, y, box, matrix = c_double(), c_double(), raw.FS_RECTF(), raw.FS_MATRIX()
    for index in range(textpage.count_chars()):
        char = _char(raw.FPDFText_GetUnicode(textpage, index))
        if not char or raw.FPDFText_IsGenerated(textpage, index):
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        raw.FPDFText_GetMatrix(textpage, index, matrix)
        size = raw.FPDFText_GetFontSize(textpage, index) * math.hypot(matrix.c, matrix.d)
        turn = round(math.atan2(matrix.b, matrix.a) / (math.pi / 2)) % 4
        match turn:
            case 1:
                place = (box.bottom, box.top, -x.value)
            case 2:
                place = (-box.right, -box.left, -y.value)
            case 3:
                place = (-box.top, -box.bottom, x.value)
            case _:
                place = (box.left, box.right, y.value)
        if all(map(math.isfinite, (*place, size))):
            yield _Seen(Glyph(plain(char), *place, max(size, 0.1)), turn)


def _char(code: int) -> str:
    """The character of a code; "" for none and for what is no text. U+FFFE, U+FFFF: PDFium knows no character."""
    if code in (0xFFFE, 0xFFFF):
        return "\ufffd"
    if code < 32 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "-" if code == 2 else ""  # PDFium's sign for a hyphen at a line's end
    return chr(code)
