"""The words of a paragraph that came back, as atoms: runs, fields, links, controls, note marks; and on the way its
tracked changes, comments and bookmarks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from report.content.nodes import TextStyle
from report.revision.atoms import Atom, words
from report.revision.fields import SEQUENCE
from report.revision.pieces import Change, Piece, Remark
from report.sources.docx.package import child, is_on, name_of, value_of
from report.sources.docx.runs import NOTE_MARKS

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_STYLES: dict[str, TextStyle] = {
    "strong": "strong", "strong emphasis": "strong", "要点": "strong", "emphasis": "emphasis", "强调": "emphasis",
    "着重号": "dots", "上标": "superscript", "下标": "subscript",
}  # fmt: skip
_FOLIO = re.compile(r"\s*(?:\d+|[ivxlcIVXLC]+)\s*")
LOST = "@"  # before the bookmark of a repeated note mark, where the first mark of the note is gone
NOTE = "脚注"  # what a tracked change of nothing but a note's mark is called
_GONE = ("del", "moveFrom")
_TRACKED = {"ins": "插入", "del": "删除", "moveTo": "移来", "moveFrom": "移走"}
_SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-", "ptab": " "}
_UNREAD = ("pPr", "rPr", "sdtPr", "sdtEndPr", "rt", "Fallback", "softHyphen")
_DRAWN = ("drawing", "pict", "object", "AlternateContent")
_LOOKS = {"strike": "删除线", "dstrike": "双删除线", "highlight": "突出显示", "u": "下划线", "color": "颜色",
          "sz": "单独的字号"}  # fmt: skip
_PLAIN_LOOKS = ("none", "auto", "000000")  # no underline, no colour
Comments = Mapping[str, Remark]  # by id


@dataclass
class Field:
    """A field that is open: its instruction so far, and whether its result has begun."""

    instruction: str = ""
    shown: bool = False

    @property
    def words(self) -> list[str]:
        return self.instruction.split() or [""]


@dataclass
class RunReader:
    """Reads the inlines of one file's paragraphs. `links`: part and relation id → web address; `names`: style id → its
    name; `marked`: bookmark → id of the note mark in it; `part` is the one that is read; `fields` are those still open,
    for a field may span paragraphs."""

    links: Mapping[str, str]
    names: Mapping[str, str]
    comments: Comments
    marked: Mapping[str, str] = field(default_factory=dict)
    part: str = "document.xml"
    fields: list[Field] = field(default_factory=list)
    boxes: int = 0  # text boxes that hold words
    told: set[str] = field(default_factory=set)  # comments whose end has come
    _open: dict[str, tuple[Piece, list[str]]] = field(default_factory=dict)  # comments that have begun

    def read(self, element: _Element, piece: Piece, look: Atom = Atom("char", "")) -> Iterator[Atom]:  # noqa: B008
        """The atoms of what stands in an element of a paragraph; `look` bears the style and link around it."""
        for inner in element:
            match name_of(inner):
                case name if name in _UNREAD:
                    continue
                case name if name in _TRACKED:
                    yield from self._tracked(inner, piece, look)
                case "r":
                    yield from self._run(inner, piece, look)
                case "sdt":
                    yield from self._control(inner, piece, look)
                case "hyperlink":
                    yield from self.read(inner, piece, self._led(inner, look))
                case "fldSimple":
                    self.fields.append(Field(value_of(inner, "instr"), True))
                    yield from list(self.read(inner, piece, look))
                    self.fields.pop()
                case name:
                    yield from self._other(inner, name, piece, look)

    def is_in(self, instruction: str) -> bool:
        """Whether the outermost open field is of that kind."""
        return bool(self.fields) and self.fields[0].words[0] == instruction

    def remark(self, element: _Element, piece: Piece) -> None:
        """A comment begins or ends."""
        number = value_of(element, "id")
        if number not in self.comments or number in self.told:
            return
        if name_of(element) == "commentRangeStart":
            self._open[number] = (piece, [])
            return
        first, said = self._open.pop(number, (piece, []))
        first.remarks.append(replace(self.comments[number], on="".join(said)))
        self.told.add(number)

    def untold(self) -> list[Remark]:
        """The comments that nothing refers to."""
        return [remark for number, remark in self.comments.items() if number not in self.told]

    # ------------------------------------------------------------ what stands in a paragraph

    def _tracked(self, element: _Element, piece: Piece, look: Atom) -> Iterator[Atom]:
        kind = name_of(element)
        found = [] if kind in _GONE else list(self.read(element, piece, look))
        deleted = "".join(one.text or "" for one in element.iter("{*}delText", "{*}t"))
        text = deleted if kind in _GONE else words(found)
        if text or any(atom.kind == "note" for atom in found):
            piece.changes.append(change_of(element, _TRACKED[kind], text or NOTE))
        yield from found

    def _other(self, element: _Element, name: str, piece: Piece, look: Atom) -> Iterator[Atom]:
        if name == "bookmarkStart":
            piece.marks.append(value_of(element, "name"))
        elif name in ("commentRangeStart", "commentRangeEnd"):
            self.remark(element, piece)
        elif name in ("drawing", "pict", "object"):
            piece.pictured = True
            self.boxes += any("".join(box.itertext()).strip() for box in element.iter("{*}txbxContent"))
        else:
            piece.looks += [("公式", "")] if name == "oMath" else []
            yield from self.read(element, piece, look)

    def _led(self, link: _Element, look: Atom) -> Atom:
        """Where a link leads: out of the file (an anchor is then the place on that page), or to a bookmark."""
        address, anchor = self.links.get(f"{self.part}#{value_of(link, 'id')}", ""), value_of(link, "anchor")
        if address:
            return Atom("char", "", look.style, link=address + f"#{anchor}" * bool(anchor))
        return Atom("char", "", look.style, ref=anchor)

    def _control(self, element: _Element, piece: Piece, look: Atom) -> Iterator[Atom]:
        """A content control in a line: of a value, whether it bears its name or has lost it in another program."""
        inside = child(element, "sdtContent")
        found = [] if inside is None else list(self.read(inside, piece, look))
        tag = value_of(child(element, "sdtPr", "tag")) or value_of(child(element, "sdtPr", "alias"))
        if any(atom.kind != "char" for atom in found):
            yield from found
        elif found:
            yield Atom("value", words(found), found[0].style, tag)

    def _run(self, run: _Element, piece: Piece, look: Atom) -> Iterator[Atom]:
        properties = child(run, "rPr")
        if is_on(child(properties, "vanish")):
            return
        own = Atom("char", "", self._style(properties) or look.style, link=look.link, ref=look.ref)
        atoms = [atom for inner in run for atom in self._content(inner, piece, own)]
        for _, said in self._open.values():
            said += [atom.shown for atom in atoms]
        self._looks(properties, piece, words(atoms), look)
        yield from atoms

    def _looks(self, properties: _Element | None, piece: Piece, text: str, look: Atom) -> None:
        """What was done to the look of a run's words: tracked, or by hand and in no style."""
        if not text.strip() or properties is None:
            return
        if (tracked := child(properties, "rPrChange")) is not None:
            change = change_of(tracked, "改格式", text)
            if piece.changes and replace(piece.changes[-1], text="") == replace(change, text=""):
                change = replace(change, text=piece.changes.pop().text + text)
            piece.changes.append(change)
        for name, said in _LOOKS.items():
            found = child(properties, name)
            if is_on(found) and value_of(found) not in _PLAIN_LOOKS and not look.link:
                before = piece.looks.pop()[1] if piece.looks and piece.looks[-1][0] == said else ""
                piece.looks.append((said, before + text))

    def _content(self, inner: _Element, piece: Piece, look: Atom) -> Iterator[Atom]:
        name = name_of(inner)
        if name == "fldChar":
            self._field(value_of(inner, "fldCharType"))
        elif name == "instrText" and self.fields:
            self.fields[-1].instruction += inner.text or ""
        elif self.fields and not self.fields[-1].shown:
            return
        elif name == "t":
            yield from self._text(inner.text or "", look)
        elif name in _SIGNS and value_of(inner, "type") != "page":
            if name in ("br", "cr"):
                piece.looks.append(("强制换行", ""))
            yield from self._text(_SIGNS[name], look)
        elif name == "commentReference":
            self.remark(inner, piece)
        elif name in NOTE_MARKS:
            yield Atom("note", "", name=NOTE_MARKS[name] + value_of(inner, "id"))
        elif name == "sym":
            piece.looks.append(("符号字体的字", ""))
            yield from self._text("□", look)
        elif name in _DRAWN:
            yield from self._other(inner, name, piece, look)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shown = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _text(self, text: str, look: Atom) -> Iterator[Atom]:
        """Characters, with what the field around them says: a reference's target, a link's address, a page's number."""
        said = self.fields[-1].words if self.fields else [""]
        link, ref = look.link, look.ref
        if said[0] == "PAGEREF" and len(said) > 1 and _FOLIO.fullmatch(text):
            yield Atom("page", text, ref=said[1])
            return
        if said[0] == "NOTEREF" and said[1:]:
            yield Atom("note", "", name=self.marked.get(said[1], LOST + said[1]))
            return
        if said[0] in ("REF", "PAGEREF") and len(said) > 1:  # LibreOffice makes PAGEREF of links to headings
            ref = said[1]
        if said[0] == "HYPERLINK":
            link = _address(said) or link
        name = SEQUENCE if said[0] == SEQUENCE else ""
        yield from (Atom("char", char, look.style, name, link=link, ref=ref) for char in text)

    def _style(self, properties: _Element | None) -> TextStyle:
        """What a run sets apart: by its style, else by hand."""
        named = _STYLES.get(self.names.get(value_of(child(properties, "rStyle")), ""))
        raised = value_of(child(properties, "vertAlign"))
        if named:
            return named
        if raised in ("superscript", "subscript"):
            return "superscript" if raised == "superscript" else "subscript"
        if value_of(child(properties, "em")) not in ("", "none"):
            return "dots"
        if is_on(child(properties, "b")):
            return "strong"
        return "emphasis" if is_on(child(properties, "i")) else ""


def change_of(element: _Element, what: str, text: str) -> Change:
    """A tracked change, signed as its element is."""
    return Change(what, text, value_of(element, "author"), value_of(element, "date"))


def _address(field: list[str]) -> str:
    """Where a HYPERLINK field leads (17.16.5.25), its place on the page included; "" for no web address."""
    address = field[1].strip('"') if len(field) > 1 else ""
    places = [after.strip('"') for switch, after in zip(field, field[1:], strict=False) if switch == "\\l"]
    return "#".join([address, *places[:1]]) if address.startswith(("http://", "https://")) else ""
