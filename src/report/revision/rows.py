"""The rows of a table that came back: cells rewritten, rows put in and taken out."""

from __future__ import annotations

from collections.abc import Sequence

from report.content.prose import Celled, Tabled
from report.revision.atoms import key, visible, words
from report.revision.matching import Text, align
from report.revision.pieces import Piece
from report.revision.sections import in_cell, in_markdown, row_line
from report.revision.work import Work, place
from report.revision.written import Spot, Unit

_NOTHING = "—"  # what a cell without words holds


def revise_table(work: Work, unit: Unit, piece: Piece) -> None:
    """A table and what came back of it."""
    ours = [Text("|".join(key(visible(cell.run.atoms)) for cell in row), "row") for row in unit.rows]
    theirs = [Text("|".join(key(visible(cell.atoms)) for cell in row), "row") for row in piece.rows]
    found = _placed(align(ours, theirs), len(ours), len(theirs))
    for i, j in found.items():
        _row(work, unit, i, piece.rows[j])
    added = [j for j in range(len(theirs)) if j not in found.values()]
    gone = [i for i in range(len(ours)) if i not in found]
    if unit.spot is None:
        if added or gone:
            work.tell("generated", work.where(unit), f"增删了表的行 — {unit.hint}")
        return
    for i in gone:
        _row_gone(work, unit, unit.spot, i)
    for j in added:
        above = max((i for i, k in found.items() if k < j), default=0)
        _row_added(work, unit.spot, above, piece.rows[j])


def _placed(found: dict[int, int], ours: int, theirs: int) -> dict[int, int]:
    """The pairs of rows, and between two of them those that are as many as before, however little they are alike."""
    ends = [(-1, -1), *sorted(found.items()), (ours, theirs)]
    for (i1, j1), (i2, j2) in zip(ends, ends[1:], strict=False):
        if i2 - i1 == j2 - j1:
            found |= {i: j1 + i - i1 for i in range(i1 + 1, i2)}
    return found


def _where(work: Work, unit: Unit, i: int) -> str:
    return place(unit.spot.file, _line(unit.spot, i)) if unit.spot else work.where(unit)


def _line(spot: Spot, i: int) -> int:
    """The line of a table's row."""
    table = spot.chunk
    assert isinstance(table, Tabled)
    row: Sequence[Celled] = (*table.head, *table.rows)[i]
    return row[0].line


def _row(work: Work, unit: Unit, i: int, cells: Sequence[Piece]) -> None:
    ours, where = unit.rows[i], _where(work, unit, i)
    if len(ours) != len(cells):
        work.tell("refused", where, f"表的这一行由 {len(ours)} 格变成 {len(cells)} 格；增删列、合并格请改在文件里")
        return
    changed: dict[int, str] = {}
    for index, (cell, piece) in enumerate(zip(ours, cells, strict=True)):
        work.tell_marks(piece, where)
        text = _cell(work, cell, piece, where)
        changed |= {} if text is None else {index: text}
    if changed and unit.spot:
        lines, at = work.lines[unit.spot.file], _line(unit.spot, i)
        lines.replace(at, at, [row_line(lines[at], changed)])


def _cell(work: Work, cell: Unit, piece: Piece, where: str) -> str | None:
    """What a cell becomes, or None where it stays."""
    outcome = work.compared([cell], [piece])
    if cell.spot is None:
        work.tell_generated(cell, outcome)
        return None
    work.tell_outcome(outcome, where)
    if not outcome.changed:
        return None
    if len(piece.parted) > 1:
        parts = "”“".join(piece.parted)
        work.tell("refused", where, f"一格里有几段：“{parts}”；一格只印一段，合并的格照 < 和 ^ 写")
        return None
    atoms = work.rewriter.inserted(outcome.paragraphs[0], cell.spot.file)
    work.tell("changed", where, f"“{words(visible(cell.run.atoms))}”改为“{words(visible(atoms))}”")
    return in_cell(in_markdown(atoms, cell.run.groups, start=False)) or _NOTHING


def _row_gone(work: Work, unit: Unit, spot: Spot, i: int) -> None:
    at = _line(spot, i)
    work.lines[spot.file].remove(at, at, apart=False)
    text = "、".join(words(visible(cell.run.atoms)) for cell in unit.rows[i])
    work.tell("changed", place(spot.file, at), f"删去表的一行“{text}”")
    work.tell_lost(unit.rows[i], place(spot.file, at))


def _row_added(work: Work, spot: Spot, above: int, cells: Sequence[Piece]) -> None:
    table = spot.chunk
    assert isinstance(table, Tabled)
    texts = []
    for cell in cells:
        atoms = work.rewriter.inserted(visible(work.keeper.named(cell.atoms)), spot.file)
        texts.append(in_cell(in_markdown(atoms, {}, start=False)) or _NOTHING)
    last_head = len(table.head) - 1
    at = _line(spot, max(above, last_head)) + (above <= last_head)  # behind the rule under the head
    work.lines[spot.file].put_in(at, ["| " + " | ".join(texts) + " |"])
    work.tell("changed", place(spot.file, at), "表加了一行：" + "、".join(texts))
    for cell in cells:
        work.tell_marks(cell, place(spot.file, at))
