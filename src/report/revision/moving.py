"""What is new, what is gone, and what has moved."""

from __future__ import annotations

from collections.abc import Mapping

from report.content.prose import Boxed, Pictured, Tabled
from report.revision.atoms import Atoms, visible, words
from report.revision.pieces import Piece
from report.revision.runs import Group
from report.revision.sections import end_of, with_tail
from report.revision.standing import line_of, put_in, remove
from report.revision.work import Work, place
from report.revision.written import Spot, Unit

_SHOWN = 30  # characters that tell a paragraph
_BOUND = {"picture": "图", "table": "表", "caption": "图题或表题", "box-title": "专栏的题名"}


def keep_bound(work: Work) -> None:
    """Leave figures, tables and boxes that were moved, and what the press makes, where they were: a move is told, for
    an author makes it by moving the block in the file."""
    units, matching = work.written.units, work.matching
    tops: dict[int, Unit] = {}
    for i, j in list(matching.moved):
        spot = units[i].spot
        if spot is None or isinstance(spot.top, Pictured | Tabled | Boxed):
            matching.moved.remove((i, j))
            tops |= {id(spot.top): units[i]} if spot and id(spot.top) not in tops else {}
            _drop_pictures(work, j)
    for unit in tops.values():
        text = f"“{_name(unit)}”移动了位置；图、表、专栏不随文字移动，请在 sections/ 里移整块"
        work.tell("refused", work.where(unit), text)
    stay = [i for i in matching.gone for spot in [units[i].spot] if spot and id(spot.top) in tops]
    matching.gone = [i for i in matching.gone if i not in stay]


def _drop_pictures(work: Work, j: int) -> None:
    """The pictures right beside a caption that was moved are no new ones."""
    for at in (j - 1, j + 1):
        if at in work.matching.new and work.edited.pieces[at].kind in ("picture", "table"):
            work.matching.new.remove(at)


def put_new(work: Work) -> None:
    """New pieces, in order, each behind what stands before it; moved ones with their own slots."""
    moved = {j: work.written.units[i] for i, j in work.matching.moved}
    for j in sorted([*work.matching.new, *moved]):
        piece = work.edited.pieces[j]
        if piece.kind == "picture":
            work.tell("refused", "Word 文件", "插入了图片；图由 charts.yaml 的数据画出")
        elif piece.is_table:
            work.tell("refused", "Word 文件", "插入了一张表；照 ::: table 的写法写进 sections/")
        elif (before := _before(work, j)) is None:
            text = f"新增“{words(visible(piece.atoms))[:_SHOWN]}”，在生成的部分里，不能写回"
            work.tell("generated", "Word 文件", text)
        else:
            _put(work, piece, moved.get(j), *before)


def _put(work: Work, piece: Piece, unit: Unit | None, spot: Spot, after: int) -> None:
    groups: Mapping[int, Group] = {}
    if unit is None:
        atoms = visible(work.keeper.named(piece.atoms))
        work.tell("changed", place(spot.file, after), f"之后新增“{words(atoms)}”")
    else:
        atoms, groups = _moved(work, piece, unit, spot.file)
    work.tell_marks(piece, place(spot.file, after))
    line = line_of(work, piece, work.rewriter.inserted(atoms, spot.file), groups)
    if unit is not None and unit.spot is not None and unit.kind.startswith("heading"):
        line = with_tail(line, work.lines[unit.spot.file][unit.spot.chunk.line])
    put_in(work, spot, after, piece, line)


def _moved(work: Work, piece: Piece, unit: Unit, file: str) -> tuple[Atoms, Mapping[int, Group]]:
    """The words of a unit that now stand elsewhere."""
    outcome = work.compared([unit], [piece])
    work.tell_outcome(outcome, work.where(unit))
    work.tell("changed", work.where(unit), f"“{words(visible(unit.run.atoms))[:_SHOWN]}”移动了位置")
    atoms = outcome.paragraphs[0]
    if unit.spot is not None and unit.spot.file != file:
        atoms = tuple(work.keeper.moved(atom, file) for atom in atoms)
    return atoms, unit.run.groups


def _before(work: Work, j: int) -> tuple[Spot, int] | None:
    """Behind which block, and which line, a new piece goes: the one before it, else before the one behind it. None
    among what the press makes."""
    pieces = work.edited.pieces
    places: dict[int, Unit] = {}
    for units, found in work.matching.pairs:
        places |= dict.fromkeys(found, work.written.units[units[0]])
    behind = next((places[at].spot for at in range(j + 1, len(pieces)) if at in places), None)
    for at in range(j - 1, -1, -1):
        unit = places.get(at)
        if unit is not None and unit.spot is not None:
            goes_on = behind is not None and behind.top is unit.spot.top
            chunk = unit.spot.chunk if _is_inside(unit.kind, pieces[j].kind, goes_on=goes_on) else unit.spot.top
            return unit.spot, end_of(chunk, work.lines[unit.spot.file])
        if unit is not None and unit.kind != "source":
            break
    return (behind, behind.top.line - 1) if behind is not None else None


def _is_inside(kind: str, new: str, *, goes_on: bool) -> bool:
    """Whether a new piece goes right behind a unit's own lines, not behind the whole list, quotation or box around it;
    `goes_on`: more of that stands behind the new piece."""
    if kind in ("item", "item-more"):
        return new == "item" or goes_on
    return kind == new == "quote" or kind == "box" and new in ("box", "item")


def take_gone(work: Work) -> None:
    """Units that did not come back, and those that stand elsewhere now."""
    gone = {id(work.written.units[i]) for i in work.matching.gone}
    for i in work.matching.gone:
        unit = work.written.units[i]
        if unit.spot is not None:
            _gone(work, unit, unit.spot, gone)
        elif visible(unit.run.atoms) or unit.rows:
            work.tell("generated", work.where(unit), f"“{_name(unit)}”没有了 — {unit.hint}")
    for i, _ in work.matching.moved:
        remove(work, work.written.units[i])


def _gone(work: Work, unit: Unit, spot: Spot, gone: set[int]) -> None:
    whole = [one for one in work.written.units if one.spot and one.spot.top is spot.top]
    if isinstance(spot.top, Pictured | Tabled | Boxed) and all(id(one) in gone for one in whole):
        if unit is whole[0]:
            work.lines[spot.file].remove(spot.top.line, end_of(spot.top, work.lines[spot.file]))
            work.tell("changed", place(spot.file, spot.top.line), f"删去“{_name(whole[-1]) or unit.name}”")
    elif unit.kind in _BOUND:
        work.tell("refused", work.where(unit), f"{_BOUND[unit.kind]}删了，同它一起的还在；要删就整个删去")
        return
    else:
        remove(work, unit)
        work.tell("changed", work.where(unit), f"删去“{words(visible(unit.run.atoms))}”")
    for cell in (unit, *unit.cells):
        for group in cell.run.groups.values():
            if group.kind == "value":
                work.tell("lost", work.where(unit), f"值“{group.name}”")


def _name(unit: Unit) -> str:
    """The first words of a unit."""
    return "、".join(words(visible(one.run.atoms)) for one in (unit.cells or [unit]))[:_SHOWN]
