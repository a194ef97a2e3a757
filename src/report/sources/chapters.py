"""Headings that only the rest of the text proves: named in the printed contents, or 1, 2, 3 over 1.1 and 2.1."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from report.sources.classify import (
    SIGN,
    TOPMOST,
    Piece,
    contents_entries,
    could_be_heading,
    heading_rank,
    is_named,
)

WHOLE_RANK, DECIMAL_RANK = 40, 50  # as 1. and 1.1 have them
DECIMAL = re.compile(r"(\d{1,2})\.\d{1,2}(?![\d.])")
WHOLE = re.compile(r"(\d{1,2})[ \u3000]+(?=[^\d\s])")
TIGHT = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,2}(?=[\u3400-\u9fff])")
CLOSE = re.compile(r"(\d{1,2})(?![年月日个個家项項大名万萬亿億倍种種条條点點天人位类類步周岁])(?=[\u3400-\u9fff])")
OPENING = re.compile(f"{WHOLE.pattern}|{CLOSE.pattern}")
MOST_LINES = 3  # of a heading
_alike = str.maketrans("（）：，", "():,")


def prove_headings(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with those lines made headings that the printed contents or the numbers of others prove to be."""
    return _on_one_scale(_numbered(_tight(list(_listed(pieces)))))


def _listed(pieces: Sequence[Piece]) -> Iterable[Piece]:
    """Lines after the printed contents that say, alone or run together, what a line of it says are that heading."""
    titles = {_bare(title) for title, _ in contents_entries(piece.text for piece in pieces if piece.kind == "contents")}
    index = max((place for place, piece in enumerate(pieces) if piece.kind == "contents"), default=len(pieces) - 1) + 1
    yield from pieces[:index]
    while index < len(pieces):
        sizes = (size for size in range(1, MOST_LINES + 1) if _says(pieces[index : index + size], titles))
        size = next(sizes, 0)
        yield _heading(pieces[index : index + size]) if size else pieces[index]
        index += size or 1


def _says(run: Sequence[Piece], titles: Container[str]) -> bool:
    """Whether lines, not all of them known for headings, make up one of the titles."""
    kinds = [piece.kind for piece in run]
    return set(kinds) <= {"text", "heading"} and "text" in kinds and _bare(_text(run)) in titles


def _heading(run: Sequence[Piece]) -> Piece:
    text = _text(run)
    other = DECIMAL_RANK if DECIMAL.match(text) else WHOLE_RANK if WHOLE.match(text) else TOPMOST
    lines = tuple(line for piece in run for line in piece.lines)
    return replace(run[0], kind="heading", lines=lines, rank=run[0].rank or heading_rank(text) or other)


def _tight(pieces: list[Piece]) -> list[Piece]:
    """Lines `1.1规模`, `1.2结构` are headings where they count up from .1 and no number comes twice."""
    found = {
        place: match[0] for place, piece in enumerate(pieces)
        if piece.kind == "text" and could_be_heading(piece.text) and (match := TIGHT.match(piece.text))
    }
    numbers = set(found.values())
    if len(numbers) < max(len(found), 2) or not all(_is_counted(number, numbers) for number in numbers):
        return pieces
    ranks = {place: DECIMAL_RANK + SIGN * (number.count(".") - 1) for place, number in found.items()}
    return [replace(p, kind="heading", rank=ranks[place]) if place in ranks else p for place, p in enumerate(pieces)]


def _is_counted(number: str, numbers: Container[str]) -> bool:
    """Whether a number is the first of its row, or the one before it is there: 2.1, or 2.3 behind 2.2."""
    above, _, last = number.rpartition(".")
    return last == "1" or f"{above}.{int(last) - 1}" in numbers


def _numbered(pieces: list[Piece]) -> list[Piece]:
    """Lines `1 引言`, `2 方法` are chapters where 1.1 and 2.1 are headings and no number comes twice."""
    below = {match[1] for piece in pieces if piece.kind == "heading" and (match := DECIMAL.match(piece.text))}
    found = {
        place: match[1] or match[2] for place, piece in enumerate(pieces)
        if piece.kind == "text" and could_be_heading(piece.text) and (match := OPENING.match(piece.text))
    }
    if not below or not below <= set(found.values()) or len(set(found.values())) < len(found):
        return pieces
    return [replace(p, kind="heading", rank=WHOLE_RANK) if place in found else p for place, p in enumerate(pieces)]


def _on_one_scale(pieces: list[Piece]) -> list[Piece]:
    """Headings known by signs (# 一、) and headings known by their form alone （一） in one order: what has signs
    takes the rank of the forms that stand behind as many of them."""
    pieces = _by_form(pieces)
    plain = any(piece.kind == "heading" and heading_rank(piece.text) and not _depth(piece) for piece in pieces)
    forms: dict[int, int] = {}
    for piece in pieces:
        rank = heading_rank(piece.text.lstrip("# ")) if piece.kind == "heading" and _depth(piece) else 0
        if rank and not is_named(piece.text):
            forms[_depth(piece)] = min(rank, forms.get(_depth(piece), rank))
    if not plain or not forms:
        return pieces
    return [replace(p, rank=forms.get(_depth(p), p.rank)) if p.kind == "heading" else p for p in pieces]


def _by_form(pieces: list[Piece]) -> list[Piece]:
    """The pieces, their ranks by their forms where # stands before headings of several forms alike."""
    ranks: dict[int, set[int]] = {}
    for piece in pieces:
        if piece.kind == "heading" and _depth(piece) and (rank := heading_rank(piece.text.lstrip("# "))):
            ranks.setdefault(_depth(piece), set()).add(rank)
    alike = {depth: min(found) for depth, found in ranks.items() if len(found) > 1}
    return [
        replace(p, rank=heading_rank(p.text.lstrip("# ")) or alike[_depth(p)])
        if p.kind == "heading" and _depth(p) in alike else p
        for p in pieces
    ]


def _depth(piece: Piece) -> int:
    return len(piece.text) - len(piece.text.lstrip("#"))


def _text(run: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in run)


def _bare(title: str) -> str:
    return "".join(title.split()).strip("#").translate(_alike)
