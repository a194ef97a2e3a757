"""The text of a Word paragraph: its runs, with the marks of notes in place, deletions left out, insertions kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from report.sources.docx.package import child, is_on, name_of, value_of
from report.sources.notes import raised

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

# What a deletion leaves behind, the pronunciation over a word, and the second form of a drawing.
LEFT_OUT = ("del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "Fallback", "pPr", "rPr", "footnoteRef")
NOTE_MARKS = {"footnoteReference": "", "endnoteReference": "e"}
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass
class Runs:
    """A paragraph's text so far, in `parts`; `boxes` are its text boxes, `notes` the labels of its notes.

    `links`: relation id → web address; where the text of a link does not show it, `addresses` writes it behind.
    """

    links: dict[str, str]
    addresses: bool = False
    parts: list[str] = field(default_factory=list)
    boxes: list[_Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read(self, element: _Element) -> Runs:
        """Add what the element holds; itself."""
        for inner in element:
            name = name_of(inner)
            if name in LEFT_OUT:
                continue
            if name == "r":
                self._run(inner)
            elif name == "hyperlink":
                self._link(inner)
            elif name in ("txbxContent", "textbox"):
                self.boxes.append(inner)
            else:
                self._sign(inner, name)
        return self

    @property
    def text(self) -> str:
        """The text read so far."""
        return "".join(self.parts)

    def _run(self, run: _Element) -> None:
        """A run; nothing of a hidden one. Of a run with its own mark of a note only the note's label is kept."""
        look = child(run, "rPr")
        if is_on(child(look, "vanish")):
            return
        first, marks = len(self.parts), len(self.notes)
        self.read(run)
        inner = "".join(self.parts[first:])
        del self.parts[first:]
        if len(self.notes) > marks:
            inner = "".join(f"[^{label}]" for label in self.notes[marks:])
        elif value_of(child(look, "vertAlign")) == "superscript":
            inner = raised(self.parts[-1] if self.parts else "", inner)
        self.parts += [inner] * bool(inner)

    def _link(self, link: _Element) -> None:
        first = len(self.parts)
        self.read(link)
        address = self.links.get(value_of(link, "id"), "")
        if self.addresses and address and address not in "".join(self.parts[first:]):
            self.parts.append(f" {address} ")

    def _sign(self, element: _Element, name: str) -> None:
        if name == "t":
            self.parts.append(element.text or "")
        elif name in NOTE_MARKS:
            self.notes.append(NOTE_MARKS[name] + value_of(element, "id"))
        elif name in SIGNS:
            self.parts.append("" if value_of(element, "type") == "page" else SIGNS[name])
        else:
            self.read(element)
