"""Edits of a Word file as an editor would make them, for the tests of the way back."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.text.paragraph import Paragraph

from report.writers.docx.package import footnotes_part
from report.writers.docx.xml import Element, text_run, w

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Word:
    """A Word file under the editor's hands."""

    def __init__(self, path: Path) -> None:
        self.document: Document = docx.Document(str(path))
        self.body: Element = self.document.element.body
        self.notes: Element = footnotes_part(self.document).element

    def save(self, path: Path) -> Path:
        self.document.save(str(path))
        return path

    def bytes(self) -> bytes:
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    # ------------------------------------------------------------ finding

    def texts(self, element: Element | None = None) -> Iterator[Element]:
        """The runs of text, those of the contents list left out."""
        for node in (self.body if element is None else element).iter(qn("w:t")):
            if not any(_is_listed(parent) for parent in node.iterancestors(qn("w:p"))):
                yield node

    def paragraph(self, words: str) -> Element:
        """The first paragraph with these words (not of the contents list)."""
        element: Element
        for element in self.body.iter(qn("w:p")):
            if words in text_of(element) and not _is_listed(element):
                return element
        raise AssertionError(words)

    def control(self, words: str, name: str) -> Element:
        """The control of a value in the paragraph with these words."""
        control: Element
        for control in self.paragraph(words).iter(qn("w:sdt")):
            if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == name:
                return control
        raise AssertionError(name)

    # ------------------------------------------------------------ editing

    def replace(self, old: str, new: str, element: Element | None = None) -> None:
        """Other words inside one run of text."""
        for node in self.texts(element):
            if old in (node.text or ""):
                node.text = node.text.replace(old, new, 1)
                return
        raise AssertionError(old)

    def replace_note(self, old: str, new: str) -> None:
        self.replace(old, new, self.notes)

    def delete(self, words: str) -> None:
        """A whole paragraph."""
        element = self.paragraph(words)
        element.getparent().remove(element)

    def add(self, after: str, text: str, style: str = "Body Text") -> Element:
        """A paragraph in a style behind the one with these words."""
        element = w("p", w("pPr", w("pStyle", val=self.document.styles[style].style_id)))
        element.append(text_run(text))
        self.paragraph(after).addnext(element)
        return element

    def move(self, words: str, after: str) -> None:
        """A paragraph to another place."""
        self.paragraph(after).addnext(self.paragraph(words))

    def split(self, paragraph: str, words: str) -> None:
        """A paragraph cut in two before these words, which stand inside one run."""
        whole = self.paragraph(paragraph)
        second = copy.deepcopy(whole)
        passed = False
        for mine, copied in zip(list(whole)[1:], list(second)[1:], strict=True):
            if passed:
                whole.remove(mine)
            elif words in text_of(mine):
                passed = True
                at = text_of(mine).index(words)
                set_text(mine, text_of(mine)[:at])
                set_text(copied, text_of(copied)[at:])
            else:
                second.remove(copied)
        whole.addnext(second)

    def join(self, first: str, second: str) -> None:
        """Two paragraphs as one."""
        one, other = self.paragraph(first), self.paragraph(second)
        one.extend(list(other)[1:])
        other.getparent().remove(other)

    def note(self, words: str, text: str) -> None:
        """A new footnote at the end of a paragraph."""
        number = 1 + max(int(note.get(qn("w:id"))) for note in self.notes)
        body = w("p", w("pPr", w("pStyle", val="FootnoteText")), w("r", w("footnoteRef")), text_run(" " + text))
        self.notes.append(w("footnote", body, id=number))
        self.paragraph(words).append(w("r", w("footnoteReference", id=number)))

    def unwrap(self) -> None:
        """Every control taken away, its words left (what some programs do)."""
        for root in (self.body, self.notes):
            for control in list(root.iter(qn("w:sdt"))):
                if control.getparent().tag == qn("w:p"):
                    for run in reversed(list(control.find(qn("w:sdtContent")))):
                        control.addnext(run)
                    control.getparent().remove(control)

    def styled(self, words: str, kind: str) -> None:
        """Words of one run in bold (`b`) or slanted (`i`)."""
        for node in self.texts():
            if words in (node.text or ""):
                run, text = node.getparent(), node.text
                before, after = text.split(words, 1)
                middle = w("r", w("rPr", w(kind)))
                middle.append(w("t"))
                middle[-1].text = words
                run.addnext(text_run(after))
                run.addnext(middle)
                node.text = before
                return
        raise AssertionError(words)

    def paragraphs(self) -> list[Paragraph]:
        return list(self.document.paragraphs)


def text_of(element: Element) -> str:
    """The words of an element."""
    return "".join(node.text or "" for node in element.iter(qn("w:t")))


def set_text(element: Element, text: str) -> None:
    """Other words in an element that holds one run of text."""
    nodes = list(element.iter(qn("w:t")))
    nodes[0].text = text
    nodes[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for node in nodes[1:]:
        node.text = ""


def xml(text: str) -> Any:
    """Hand-made XML of the w: namespace."""
    return parse_xml(re.sub(r"^<[\w:]+", lambda name: f'{name[0]} xmlns:w="{W}"', text))


def _is_listed(element: Element) -> bool:
    """Whether a paragraph stands in a list of headings, figures or tables."""
    return _style(element).startswith(("TOC", "TableofFigures"))


def _style(element: Element) -> str:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))
