"""What stands: paragraphs, captions and titles that came back, rewritten where their words differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from report.content.prose import Boxed, Head, Items, Pictured, Quoted, Tabled
from report.revision.atoms import Atoms, lines_of, visible, words
from report.revision.comparing import Outcome
from report.revision.findings import changed_sentences
from report.revision.pieces import Piece
from report.revision.rows import revise_table
from report.revision.runs import Group, Run
from report.revision.sections import (
    end_of,
    in_markdown,
    indent_below,
    picture_line,
    run_lines,
    title_line,
    with_numbering,
    with_tail,
)
from report.revision.work import Work
from report.revision.written import Spot, Unit

_KINDS = {"para": "正文", "quote": "引文", "item": "列表", "item-more": "列表", "box": "专栏"}
_PLAIN = ("para", "quote", "item", "heading-1", "heading-2", "heading-3")


def revise_pair(work: Work, units: list[Unit], pieces: list[Piece]) -> None:
    """One or several units and what came back of them."""
    unit, where = units[0], work.where(units[0])
    for piece in pieces:  # what is generated has looks of its own: the cover's title stands on several lines
        work.tell_marks(piece if unit.spot else replace(piece, looks=[]), where)
    if unit.kind == "picture":
        return
    if unit.kind == "table":
        revise_table(work, unit, pieces[0])
        return
    outcome = work.compared(units, pieces)
    if unit.spot is None:
        work.tell_generated(unit, outcome)
        return
    work.tell_outcome(outcome, where)
    if _is_recast(unit, pieces[0].kind) or _is_renumbered(work, unit, pieces[0]):
        _recast(work, unit, unit.spot, pieces[0], outcome)
        return
    if _is_restyled(unit.kind, pieces[0].kind):
        text = f"“{words(visible(unit.run.atoms))[:30]}”改了段落的样式（{_KINDS[pieces[0].kind]}）；在文件里改"
        work.tell("refused", where, text)
    if outcome.changed or len(pieces) > 1 or len(units) > 1:
        _rewrite(work, units, unit.spot, pieces, outcome)


def _rewrite(work: Work, units: Sequence[Unit], spot: Spot, pieces: Sequence[Piece], outcome: Outcome) -> None:
    unit = units[0]
    paragraphs = [work.rewriter.inserted(one, spot.file) for one in outcome.paragraphs if visible(one)]
    old = "".join(words(visible(one.run.atoms)) for one in units)
    changes = changed_sentences(old, "".join(words(visible(one)) for one in paragraphs))
    work.tell("changed", work.where(unit), "；".join(changes) or _how(units, paragraphs))
    for other in units[1:] if paragraphs else units:
        remove(work, other)
    if not paragraphs:
        return
    after = _set(work, unit, paragraphs[0], outcome.groups)
    for piece, atoms in zip(pieces[1:], paragraphs[1:], strict=False):
        put_in(work, spot, after, piece, line_of(work, piece, atoms, outcome.groups))


def _how(units: Sequence[Unit], paragraphs: Sequence[Atoms]) -> str:
    """What was done to a paragraph whose words are the same."""
    if len(paragraphs) > len(units):
        return f"“{words(visible(paragraphs[0]))[-12:]}”之后分段"
    return "与下一段并为一段" if len(units) > 1 else "改了字体、链接或脚注的位置"


def _set(work: Work, unit: Unit, atoms: Atoms, groups: Mapping[int, Group]) -> int:
    """Put the words of a unit in their place; the line behind which more may follow."""
    assert unit.spot is not None
    lines, chunk = work.lines[unit.spot.file], unit.spot.chunk
    text = in_markdown(atoms, groups, start=False)
    if isinstance(chunk, Boxed | Tabled):
        lines.replace(chunk.line, chunk.line, [title_line(chunk, text, lines)])
        return end_of(chunk, lines)
    if isinstance(chunk, Pictured):
        lines.replace(chunk.line, chunk.line, [picture_line(chunk, text, lines)])
        return chunk.line
    kind = "heading" if isinstance(chunk, Head) else "para"
    first, last, new = run_lines(Run(unit.run.atoms, groups), atoms, lines, kind)
    lines.replace(first, last, new)
    return last


def _is_recast(unit: Unit, kind: str) -> bool:
    """Whether a paragraph has become another kind of paragraph. Styles that tell nothing count for none."""
    if unit.kind.startswith("heading") or kind.startswith("heading"):
        return bool(kind) and unit.kind != kind and unit.kind in _PLAIN
    return unit.kind == "para" and kind in ("quote", "item")


def _is_renumbered(work: Work, unit: Unit, piece: Piece) -> bool:
    """Whether a heading got a number or lost its own. A program that drops the styles without a number drops them for
    all: a heading came by one where another still has none."""
    chunk = unit.spot.chunk if unit.spot else None
    if not isinstance(chunk, Head) or piece.kind != unit.kind or piece.unnumbered != chunk.numbered:
        return False
    return piece.unnumbered or any(one.unnumbered for one in work.edited.pieces)


def _is_restyled(kind: str, now: str) -> bool:
    """Whether a paragraph has become one of a kind that cannot be written in its place."""
    return kind in _KINDS and now in _KINDS and kind.removesuffix("-more") != now.removesuffix("-more")


def _recast(work: Work, unit: Unit, spot: Spot, piece: Piece, outcome: Outcome) -> None:
    """A paragraph that became a heading, a quotation, an item, or the other way round."""
    atoms = work.rewriter.inserted(outcome.paragraphs[0], spot.file)
    first, last = lines_of(unit.run.atoms)
    work.tell("changed", work.where(unit), f"“{words(visible(atoms))[:30]}”改了段落的样式")
    line = line_of(work, piece, atoms, outcome.groups)
    if isinstance(spot.chunk, Head) and piece.kind.startswith("heading"):
        line = with_numbering(with_tail(line, work.lines[spot.file][first]), numbered=not piece.unnumbered)
    work.lines[spot.file].replace(first, last, [line])


# ---------------------------------------------------------------- blocks of sections


def line_of(work: Work, piece: Piece, atoms: Atoms, groups: Mapping[int, Group]) -> str:
    """A new block of a piece's kind as a line of Markdown."""
    if piece.kind.startswith("heading"):
        front = "#" * min(3, int(piece.kind[-1])) + " "
        return work.rewriter.line(atoms, groups, front) + (" {.unnumbered}" if piece.unnumbered else "")
    front = {"quote": "> ", "item": "1. " if piece.ordered else "- "}.get(piece.kind, "")
    return work.rewriter.line(atoms, groups, front)


def put_in(work: Work, spot: Spot, after: int, piece: Piece, line: str) -> None:
    """A block behind a line; an item goes right below the item before it, a paragraph between two items becomes part
    of the first, all else stands free."""
    lines = work.lines[spot.file]
    listed = any(isinstance(chunk, Items) for chunk in spot.within)
    above = lines[spot.chunk.line]
    if piece.kind == "item" and listed:
        deeper = piece.level >= sum(isinstance(chunk, Items) for chunk in spot.within)
        front = indent_below(above) if deeper else above[: len(above) - len(above.lstrip(" \t>"))]
        lines.put_in(after, [front + line])
    elif listed and after < end_of(spot.top, lines):
        lines.put_in(after, ["", indent_below(above) + line])
    else:
        after = max(after, lines.first_line - 1)
        quoted = piece.kind == "quote" and any(isinstance(chunk, Quoted) for chunk in spot.within)
        blank = [] if lines.is_blank(after) else [">" if quoted else ""]
        lines.put_in(after, [*blank, line, *([] if lines.is_blank(after + 1) else [">" if quoted else ""])])


def remove(work: Work, unit: Unit) -> None:
    """Take a unit's own lines out of its section."""
    first, last = lines_of(unit.run.atoms)
    if unit.spot is not None and first:
        work.lines[unit.spot.file].remove(first, last, apart=unit.kind not in ("item", "item-more"))
