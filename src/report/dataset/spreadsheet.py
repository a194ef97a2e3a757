"""A workbook written row by row, so that a sheet is never held whole (SpreadsheetML: ECMA-376 Part 1, §18).

Every time in it is fixed and nothing depends on the order of a set: the same rows give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape

STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest time a zip member can bear
CELL = 32767  # characters that a cell of a workbook holds
LINKS = 65530  # links that Excel reads in one sheet
LINE = 15  # points; the height of a row of one line
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML 1.0 cannot hold
_OWN_FORMATS = 164  # the first id of a number format that is not built in (§18.8.30)
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FONTS = {
    "plain": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "head": '<font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/><family val="2"/></font>',
    "link": '<font><u/><sz val="11"/><color rgb="FF0563C1"/><name val="Calibri"/><family val="2"/></font>',
}


class Look(NamedTuple):
    """How a cell looks: its letters, its number format ("" for the general one), whether long text is broken into
    lines, and whether the cell says that its text is no formula."""

    font: Literal["plain", "head", "link"] = "plain"
    format: str = ""
    wrap: bool = False
    quoted: bool = False


class Cell(NamedTuple):
    """A cell: text or a number, its look, and where it leads (`#sheet!A5` in the workbook, else an address; "" for
    nowhere)."""

    value: str | int | float
    look: Look = Look()
    link: str = ""


@dataclass
class Book:
    """A workbook that grows sheet by sheet; `data` closes it."""

    sheets: dict[str, str] = field(default_factory=dict)  # name → the cells it takes up (A1:C9)
    looks: dict[Look, int] = field(default_factory=lambda: {Look(): 0})
    raw: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self._zip = zipfile.ZipFile(self.raw, "w")

    def add(self, name: str, heads: Mapping[str, float], rows: Iterable[tuple[int, Iterable[Cell | None]]]) -> None:
        """One sheet: its heads with the widths of their columns (in characters), and its rows, each with its height in
        lines. The heads stay in sight, bear filters and are printed on every page, across which the sheet is fitted."""
        sheet = _Sheet(len(heads), self.looks)
        number = len(self.sheets) + 1
        with self._zip.open(_member(f"xl/worksheets/sheet{number}.xml"), "w") as part:
            part.write(_opening(heads, first=number == 1).encode())
            head = Look("head", wrap=True)
            part.write(sheet.row(LINE + 5, [Cell(title, head) for title in heads]))
            for lines, cells in rows:
                part.write(sheet.row(LINE * lines, cells))
            part.write(sheet.closing().encode())
        self.sheets[name] = f"A1:{sheet.letters[-1]}{sheet.count}"
        if sheet.addresses:
            self._write(f"xl/worksheets/_rels/sheet{number}.xml.rels", _relations(
                (f"{_OFFICE}/hyperlink", address, "External") for address in sheet.addresses))

    def data(self) -> bytes:
        """The bytes of the workbook."""
        parts = {f"xl/worksheets/sheet{number}.xml": "worksheet" for number in range(1, len(self.sheets) + 1)}
        related = [(f"{_OFFICE}/{kind}", f"/{part}", "") for part, kind in {**parts, "xl/styles.xml": "styles"}.items()]
        self._write("xl/workbook.xml", _workbook(self.sheets))
        self._write("xl/_rels/workbook.xml.rels", _relations(related))
        self._write("xl/styles.xml", _styles(list(self.looks)))
        self._write("_rels/.rels", _relations([(f"{_OFFICE}/officeDocument", "/xl/workbook.xml", "")]))
        parts |= {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles"}
        self._write("[Content_Types].xml", _types(parts))
        self._zip.close()
        return self.raw.getvalue()

    def _write(self, name: str, text: str) -> None:
        self._zip.writestr(_member(name), _DECLARED + text)


@dataclass
class _Sheet:
    """The rows of one sheet as they are written, and the links met on the way."""

    columns: int
    looks: dict[Look, int]
    count: int = 0
    links: list[str] = field(default_factory=list)
    addresses: dict[str, int] = field(default_factory=dict)  # outside the workbook; each with its number

    def __post_init__(self) -> None:
        self.letters = [column_letters(place) for place in range(1, self.columns + 1)]

    def row(self, height: float, cells: Iterable[Cell | None]) -> bytes:
        """The next row; None is an empty cell."""
        self.count += 1
        told = [self._cell(f"{letters}{self.count}", cell)
                for letters, cell in zip(self.letters, cells, strict=True) if cell is not None]
        return f'<row r="{self.count}" ht="{height}" customHeight="1">{"".join(told)}</row>'.encode()

    def _cell(self, place: str, cell: Cell) -> str:
        value, look, link = cell
        if link:
            look = look._replace(font="link") if self._leads(place, link) else look
        style = self.looks.setdefault(look, len(self.looks))
        if isinstance(value, str):
            text = escape(_CONTROLS.sub("", value)[:CELL])
            return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'

    def _leads(self, place: str, link: str) -> bool:
        """Note where a cell leads; False where the sheet has as many links as Excel reads."""
        if len(self.links) >= LINKS:
            return False
        if link.startswith("#"):
            told = f'location="{_quoted(link[1:])}"'
        else:
            told = f'r:id="rId{self.addresses.setdefault(link, len(self.addresses) + 1)}"'
        self.links.append(f'<hyperlink ref="{place}" {told}/>')
        return True

    def closing(self) -> str:
        """What stands behind the rows."""
        links = f"<hyperlinks>{''.join(self.links)}</hyperlinks>" if self.links else ""
        return (f'</sheetData><autoFilter ref="A1:{self.letters[-1]}{self.count}"/>{links}'
                '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
                '<pageSetup paperSize="8" orientation="landscape" fitToHeight="0"/></worksheet>')  # 8: A3


def column_letters(place: int) -> str:
    """The letters of a column, counted from 1: A … Z, AA …"""
    place, last = divmod(place - 1, 26)
    return (column_letters(place) if place else "") + chr(ord("A") + last)


def _opening(heads: Mapping[str, float], first: bool) -> str:
    """What stands before the rows of a sheet; the first one lies on top."""
    widths = "".join(f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
                     for place, width in enumerate(heads.values(), start=1))
    selected = ' tabSelected="1"' if first else ""
    return (f'{_DECLARED}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView{selected} workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
            '<selection pane="bottomLeft"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="{LINE}"/><cols>{widths}</cols><sheetData>')


def _workbook(sheets: Mapping[str, str]) -> str:
    listed = "".join(f'<sheet name="{_quoted(name)}" sheetId="{number}" r:id="rId{number}"/>'
                     for number, name in enumerate(sheets, start=1))
    return (f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
            f'<sheets>{listed}</sheets><definedNames>{"".join(_names(sheets))}</definedNames></workbook>')


def _names(sheets: Mapping[str, str]) -> Iterator[str]:
    """What the filters of each sheet cover, and its row of heads, to be printed on every page (§18.2.5)."""
    for place, (name, cells) in enumerate(sheets.items()):
        own = escape(f"'{name}'!")
        covered = re.sub("([A-Z]+)([0-9]+)", r"$\1$\2", cells)
        start = f'localSheetId="{place}"'
        yield f'<definedName name="_xlnm._FilterDatabase" {start} hidden="1">{own}{covered}</definedName>'
        yield f'<definedName name="_xlnm.Print_Titles" {start}>{own}$1:$1</definedName>'


def _styles(looks: list[Look]) -> str:
    """The looks in the order of their numbers (§18.8)."""
    told = dict.fromkeys(look.format for look in looks if look.format)
    formats = {format: place for place, format in enumerate(told, start=_OWN_FORMATS)}
    listed = "".join(f'<numFmt numFmtId="{place}" formatCode="{_quoted(told)}"/>' for told, place in formats.items())
    return (f'<styleSheet xmlns="{_MAIN}">'
            + (f'<numFmts count="{len(formats)}">{listed}</numFmts>' if formats else "")
            + f'<fonts count="{len(_FONTS)}">{"".join(_FONTS.values())}</fonts>'
            '<fills count="3"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill>'
            '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(looks)}">{"".join(_look(look, formats) for look in looks)}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>')


def _look(look: Look, formats: Mapping[str, int]) -> str:
    head = look.font == "head"
    lines = ' wrapText="1"' if look.wrap else ""
    quoted = ' quotePrefix="1"' if look.quoted else ""
    return (f'<xf numFmtId="{formats.get(look.format, 0)}" fontId="{list(_FONTS).index(look.font)}" '
            f'fillId="{2 if head else 0}" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" '
            f'applyAlignment="1"{quoted}><alignment vertical="{"center" if head else "top"}"{lines}/></xf>')


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    """The relations of a part: kind, target, "External" where that is outside the package."""
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{_quoted(target)}"'
        + (f' TargetMode="{mode}"/>' if mode else "/>")
        for number, (kind, target, mode) in enumerate(relations, start=1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _types(parts: Mapping[str, str]) -> str:
    listed = "".join(f'<Override PartName="/{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in parts.items())
    return (f'<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>')


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, STAMP)
    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return member


def _quoted(text: str) -> str:
    """A text as it may stand in an attribute between double quotation marks."""
    return escape(_CONTROLS.sub("", text), {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"})
