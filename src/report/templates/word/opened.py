"""A template.docx opened: bounded in size, without macros, and referring to nothing outside itself but web pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from report.errors import ReportError
from report.sources.docx.package import (
    Relation,
    WordError,
    child,
    children,
    name_of,
    open_item,
    open_package,
    open_part,
    open_relations,
    part_names,
    value_of,
)
from report.templates.bounds import own_file
from report.templates.word.record import NAMESPACE, Exported
from report.templates.word.traits import Styles, Traits

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

NAME = "template.docx"
LARGEST = 8_000  # KB: pictures are larger than words
MADE_BY = "report export-template 系列名 --output 文件.docx"
LAST = "附表文字"  # the style of the last specimens
_MARGINS = ("top", "bottom", "left", "right", "header", "footer")
_MACROS = ("vbaproject", "vbadata", "activex")
_FONTS = {"major": "majorFont", "minor": "minorFont"}
_SCRIPTS = {"EastAsia": "ea", "Ascii": "latin", "HAnsi": "latin", "Bidi": "cs"}


@dataclass(frozen=True)
class WordTemplate:
    """A template made in Word: its parts, and in `data` the whole file."""

    file: str
    data: bytes
    document: _Element
    styles: Styles
    theme: _Element | None
    relations: tuple[Relation, ...]

    @cached_property
    def body(self) -> _Element:
        """What holds the text."""
        found = child(self.document, "body")
        return self.document if found is None else found

    @cached_property
    def record(self) -> Exported:
        """What `report export-template` wrote. ReportError where the file lacks it: then nobody knows what of it was
        changed."""
        item = open_item(self.data, NAMESPACE)
        try:
            if item is not None:
                return Exported.from_json("".join(item.itertext()))
        except msgspec.DecodeError:
            pass  # damaged is as good as lost
        hint = f"用 {MADE_BY} 导出一份，把改动做在那一份上"
        raise ReportError(self.file, "不是由 export-template 导出的，看不出改了哪些样式", hint)

    def paragraphs(self) -> Iterator[tuple[_Element, str]]:
        """Every paragraph of the text, those in tables too, with the canonical name of its style."""
        for element in self.body.iter():
            if name_of(element) == "p":
                ident = value_of(child(element, "pPr", "pStyle"))
                yield element, self.styles.name(ident)

    @property
    def section(self) -> _Element | None:
        """The properties of the section in which the specimens end. LibreOffice makes a section of its own of the first
        page of one that begins on an odd page, with margins that nobody set."""
        found: _Element | None = None
        wanted = False
        for element in self.body.iter():
            if name_of(element) == "p" and self.styles.name(value_of(child(element, "pPr", "pStyle"))) == LAST:
                wanted = True
            elif name_of(element) == "sectPr" and (wanted or found is None):
                found, wanted = element, False
        return found

    def furniture(self) -> tuple[str, ...]:
        """The words of headers and footers, each once, without what fields print, in order."""
        roots = (open_part(self.data, one.target) for one in self.relations if one.kind in ("header", "footer"))
        return tuple(sorted({words(root) for root in roots if root is not None} - {""}))


def open_template(path: Path) -> WordTemplate:
    """The template.docx at a path. ReportError for a file that leads out of its folder, is too large, is no Word file,
    holds macros, or draws on anything outside."""
    own_file(path, path.parent, LARGEST)
    return opened(path.read_bytes(), path.as_posix())


def opened(data: bytes, file: str) -> WordTemplate:
    """The template in a file's bytes; `file` is how messages call it. Raises ReportError as `open_template` does."""
    try:
        package = open_package(data)
        relations = tuple(open_relations(data))
        names = part_names(data)
        paths = [one.target for one in relations if one.kind == "theme"]
        theme = open_part(data, paths[0]) if paths else None
    except WordError as error:
        raise ReportError(file, error.problem, error.hint) from error
    if any(mark in name.lower() for name in names for mark in _MACROS):
        raise ReportError(file, "带有宏", "在 Word 里另存为不带宏的 .docx")
    outside = sorted({one.kind for one in relations if one.external} - {"hyperlink"})
    if outside:
        raise ReportError(file, f"引用了文件以外的东西（{'、'.join(outside)}）", "嵌入到文件里，或去掉")
    return WordTemplate(file, data, package.document, Styles(package.styles, _families(theme)), theme, relations)


def words(element: _Element) -> str:
    """The words in an element, without what fields print, white space as single spaces."""
    found: list[str] = []
    depth, shown = 0, True
    for one in element.iter():
        name = name_of(one)
        if name == "fldChar":
            kind = value_of(one, "fldCharType")
            depth += {"begin": 1, "end": -1}.get(kind, 0)
            shown = depth == 0
        elif name == "t" and shown:
            found.append(one.text or "")
        elif name in ("tab", "br", "p"):
            found.append(" ")
    return " ".join("".join(found).split())


def page_traits(section: _Element | None) -> Traits:
    """The page of a section: sides and margins in points, the number of columns."""
    size, margins, columns = (child(section, name) for name in ("pgSz", "pgMar", "cols"))
    found: Traits = {side: _twips(margins, side) for side in _MARGINS}
    return found | {
        "width": _twips(size, "w"), "height": _twips(size, "h"), "columns": value_of(columns, "num") or "1",
    }  # fmt: skip


def table_traits(styles: Styles, name: str) -> Traits:
    """The rules of a table style: above, below the head, at the foot, between rows."""
    style = styles.element(name)
    borders = child(style, "tblPr", "tblBorders")
    head = next((one for one in children(style, "tblStylePr") if value_of(one, "type") == "firstRow"), None) \
        if style is not None else None  # fmt: skip
    rules = {"top": child(borders, "top"), "bottom": child(borders, "bottom"), "hairline": child(borders, "insideH"),
             "middle": child(head, "tcPr", "tcBorders", "bottom")}  # fmt: skip
    found: Traits = {}
    for rule, border in rules.items():
        none = border is None or value_of(border) in ("nil", "none")
        found[rule] = 0.0 if none else _number(value_of(border, "sz")) / 8
        found[f"{rule} colour"] = "" if none else value_of(border, "color").lower()
    return found


def colours(template: WordTemplate) -> dict[str, str]:
    """Word's colour scheme: slot → rrggbb."""
    scheme = child(template.theme, "themeElements", "clrScheme")
    found: dict[str, str] = {}
    for slot in scheme if scheme is not None else ():
        for colour in slot:
            found[name_of(slot)] = (value_of(colour, "lastClr") or value_of(colour)).lower()
    return found


def _families(theme: _Element | None) -> dict[str, str]:
    """The fonts of Word's theme by the names that styles call them: minorEastAsia, majorAscii …"""
    fonts = child(theme, "themeElements", "fontScheme")
    return {
        f"{kind}{script}": value_of(child(fonts, element, tag), "typeface")
        for kind, element in _FONTS.items()
        for script, tag in _SCRIPTS.items()
    }


def _twips(element: _Element | None, name: str) -> float:
    return _number(value_of(element, name)) / 20


def _number(text: str) -> float:
    return float(text) if text.removeprefix("-").isdecimal() and len(text) < 8 else 0.0
