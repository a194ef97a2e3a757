"""Atoms → Markdown as the house's sections are written: styles marked, what Markdown would misread guarded."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from report.content.nodes import TextStyle
from report.content.syntax import STYLED
from report.revision.atoms import Atom

_MARKS: dict[TextStyle, str] = {
    "": "", "strong": "**", "emphasis": "*", "dots": "==", "superscript": "^", "subscript": "~",
}  # fmt: skip
_GUARDED = re.compile(
    r"[\\*\[<~^]|\](?=\()|\{|\}(?=\})|(?<=\})\}|&(?=#|[A-Za-z])|=(?==)|(?<==)=|:(?=::)"
)
# A fence typed wrongly (content/mistyped.py).
_WIDE = re.compile("：(?=[:：]{2})|(?<=[:：])：(?=[:：])|(?<=[:：]{2})：")
_OPENING = re.compile(r"#{1,6}|[-+](?=\s|[^\W\d_]|$)|-(?=--)|[|>]")  # what a block begins with
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_ADDRESS = re.compile(r"https?://[!-~]+")


def markdown(atoms: Sequence[Atom], *, start: bool = True) -> str:
    """The atoms as Markdown; `start`: they begin a line, where #, - and 1. would mean something."""
    text = ""
    for style, run in groupby(atoms, key=lambda atom: atom.style if atom.kind == "char" else _of_object(atom)):
        text += _styled(list(run), style, start=start and not text)
    return text


def _of_object(atom: Atom) -> TextStyle:
    """The style of a figure is kept where it can be written: a slot stands in bold or plain."""
    return atom.style if atom.kind == "value" and atom.style == "strong" else ""


def _styled(atoms: Sequence[Atom], style: TextStyle, *, start: bool) -> str:
    shown = "".join(atom.shown for atom in atoms)
    plain = all(atom.kind == "char" and not atom.raw for atom in atoms)
    if plain and STYLED.fullmatch(marked := _MARKS[style] + shown + _MARKS[style]):
        return marked
    text = _plain(atoms, start=start and style in ("", "dots", "superscript", "subscript"))
    if style not in ("strong", "emphasis"):
        return text
    inner = text.strip(" \n")
    if not inner:
        return text
    lead, tail = text[: len(text) - len(text.lstrip(" \n"))], text[len(text.rstrip(" \n")) :]
    return lead + _MARKS[style] + inner + _MARKS[style] + tail


def _plain(atoms: Iterable[Atom], *, start: bool) -> str:
    """Runs of characters guarded, what has its own way to be written in that way."""
    text = ""
    for own, run in groupby(atoms, key=lambda atom: bool(atom.raw) or atom.kind != "char"):
        if own:
            text += "".join(atom.raw for atom in run)
        else:
            text += guarded("".join(atom.shown for atom in run), start=start and not text)
    return text


def guarded(text: str, *, start: bool = True) -> str:
    """A plain text with a backslash before what would be read as a mark; bare addresses become links."""
    pieces = []
    end = 0
    for found in _ADDRESS.finditer(text):
        pieces += [_guard(text[end : found.start()], start=start and end == 0), f"<{found[0]}>"]
        end = found.end()
    return "".join(pieces) + _guard(text[end:], start=start and end == 0)


def _guard(text: str, *, start: bool) -> str:
    opening = _OPENING.match(text) if start else None
    numbered = _NUMBERED.match(text) if start else None
    if opening:
        return "\\" + opening[0] + _guard(text[opening.end() :], start=False)
    if numbered:
        return numbered[1] + "\\" + numbered[2] + _guard(text[numbered.end() :], start=False)
    return _WIDE.sub("&#65306;", _GUARDED.sub(lambda found: "\\" + found[0], text))
