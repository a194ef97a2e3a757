"""What is new, what is gone, and what has moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from report.content.prose import Boxed, Chunk, Para, Pictured, Tabled
from report.revision.atoms import Atoms, visible, words
from report.revision.findings import Topic
from report.revision.pieces import Piece
from report.revision.runs import Group
from report.revision.sections import end_of, with_tail
from report.revision.standing import line_of, put_in, remove
from report.revision.work import Work, place
from report.revision.written import Spot, Unit, Varied

_SHOWN = 30  # characters that tell a paragraph
_BOUND = {"picture": "图", "table": "表", "caption": "图题或表题", "box-title": "专栏的题名"}


def keep_bound(work: Work) -> None:
    """Leave figures, tables and boxes that were moved, and what the press makes, where they were: a move is told, for
    an author makes it by moving the block in the file."""
    units, matching = work.written.units, work.matching
    tops: dict[int, Unit] = {}
    for i, j in list(matching.moved):
        spot = units[i].spot
        if spot is None and (units[i].varied or units[i].kind != "source"):  # a source goes with its figure
            text = f"“{_name(units[i])}”移动了位置，没有采用 — {units[i].hint}"
            work.tell("generated", work.where(units[i]), text)
        elif spot is not None and (varied := _varied_around(work, j)):
            matching.moved.remove((i, j))
            text = f"“{_name(units[i])}”移到了 when、for-each 里，印什么由数据定：直接改这里"
            work.tell("refused", place(varied.file, varied.line), text)
            continue
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
        before = _before(work, j)
        if refused := _refused(work, j):
            work.tell(*refused)
            work.tell_marks(piece, refused[1])
        elif before is None:
            text = f"新增“{words(visible(piece.atoms))[:_SHOWN]}”，在生成的部分里，不能写回"
            work.tell("generated", "Word 文件", text)
            work.tell_marks(piece, "Word 文件")
        elif j in moved:
            _put(work, piece, moved[j], *before)
        elif visible(piece.atoms):
            _put(work, piece, None, *before)
        else:
            work.tell_marks(piece, _place(work, *before))


def _refused(work: Work, j: int) -> tuple[Topic, str, str] | None:
    """What there is to tell of a new piece that cannot be taken over."""
    piece = work.edited.pieces[j]
    varied, before = _varied_around(work, j), _before(work, j)
    where = "Word 文件" if before is None else _place(work, *before)
    if piece.kind == "picture":
        return "refused", where, "插入了图片；图由 charts.yaml 的数据画出"
    if piece.is_table:
        return "refused", where, "插入了一张表；照 ::: table 的写法写进 sections/"
    if varied and visible(piece.atoms):
        text = f"新增“{words(visible(piece.atoms))[:_SHOWN]}”，在 when、for-each 里，印什么由数据定：直接改这里"
        return "refused", place(varied.file, varied.line), text
    return None


def _place(work: Work, spot: Spot, after: int) -> str:
    """A line as a person goes to it, the first one for what stands before all."""
    return place(spot.file, max(after, work.lines[spot.file].first_line))


def _put(work: Work, piece: Piece, unit: Unit | None, spot: Spot, after: int) -> None:
    groups: Mapping[int, Group] = {}
    where = _place(work, spot, after)
    if unit is not None:
        atoms, groups = _moved(work, piece, unit, spot.file)
    elif (first := work.original(piece)) is not None:
        atoms, groups = _copied(work, piece, first, where)
    else:
        atoms = visible(work.keeper.named(piece.atoms))
        work.tell("changed", where, f"之后新增“{words(atoms)}”")
    work.tell_marks(piece, where)
    line = line_of(work, piece, work.rewriter.inserted(atoms, spot.file), groups)
    if unit is not None and unit.spot is not None and unit.kind.startswith("heading"):
        line = with_tail(line, work.lines[unit.spot.file][unit.spot.chunk.line])
    put_in(work, spot, after, piece, line)


def _copied(work: Work, piece: Piece, unit: Unit, where: str) -> tuple[Atoms, Mapping[int, Group]]:
    """The words of a copy of a paragraph, with its slots and with notes of its own."""
    same = work.keeper.same(unit, piece)
    outcome = work.compared([unit], [piece], same)
    outcome.lost.clear()  # they stand in the first one
    work.tell_outcome(outcome, where)
    atoms = outcome.paragraphs[0]
    text = f"之后新增“{words(visible(atoms))}”，照 {work.where(unit).partition('/')[2]} 的一段"
    work.tell("changed", where, text)
    file = where.partition("/")[2].rpartition(":")[0]
    numbers = {name: number for number, name in same.items()}
    return tuple(work.keeper.copied(atom, file, numbers) for atom in atoms), unit.run.groups


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
    behind = next((unit.spot for _, unit in _paired(work, range(j + 1, len(work.edited.pieces)))), None)
    for _, unit in _paired(work, range(j - 1, -1, -1)):
        if unit.spot is not None:
            goes_on = behind is not None and behind.top is unit.spot.top
            inside = _is_inside(unit.kind, work.edited.pieces[j].kind, goes_on=goes_on)
            chunk: Chunk = unit.spot.chunk if inside else unit.spot.top
            return unit.spot, end_of(chunk, work.lines[unit.spot.file])
        if unit.varied is not None:
            chunk = Para((), unit.varied.last)
            return Spot(unit.varied.file, chunk, chunk), unit.varied.last
        if unit.kind != "source":
            break
    return (behind, behind.top.line - 1) if behind is not None else None


def _paired(work: Work, places: Iterable[int]) -> Iterator[tuple[int, Unit]]:
    """The pieces of these places that are what was written, each with its (first) unit."""
    for at in places:
        if at in work.units_of:
            yield at, work.units_of[at]


def _varied_around(work: Work, j: int) -> Varied | None:
    """Where a piece stands between what the data decide about, if it does."""
    before = next((unit.varied for _, unit in _paired(work, range(j - 1, -1, -1))), None)
    behind = next((unit.varied for _, unit in _paired(work, range(j + 1, len(work.edited.pieces)))), None)
    same = before and behind and (before.file, before.first) == (behind.file, behind.first)
    return before if same else None


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
        unit, above = work.written.units[i], work.written.units[i - 1] if i else None
        if unit.spot is not None:
            _gone(work, unit, unit.spot, gone)
        elif unit.kind == "source" and id(above) in gone:
            continue  # with its figure or table
        elif visible(unit.run.atoms) or unit.rows:
            work.tell("generated", work.where(unit), f"“{_name(unit)}”没有了 — {unit.hint}")
    for i, _ in work.matching.moved:
        remove(work, work.written.units[i])


def _gone(work: Work, unit: Unit, spot: Spot, gone: set[int]) -> None:
    whole = [one for one in work.written.units if one.spot and one.spot.top is spot.top]
    if isinstance(spot.top, Pictured | Tabled | Boxed) and all(id(one) in gone for one in whole):
        if unit is whole[0]:
            work.lines[spot.file].remove(spot.top.line, end_of(spot.top, work.lines[spot.file]))
            named = next((one for one in whole if one.kind in ("caption", "box-title")), unit)
            kind = "图" if isinstance(spot.top, Pictured) else "表" if isinstance(spot.top, Tabled) else "专栏"
            work.tell("changed", place(spot.file, spot.top.line), f"删去整个{kind}“{_name(named) or unit.name}”")
    elif unit.kind in _BOUND:
        work.tell("refused", work.where(unit), f"{_BOUND[unit.kind]}删了，同它一起的还在；要删就整个删去")
        return
    else:
        remove(work, unit)
        work.tell("changed", work.where(unit), f"删去“{words(visible(unit.run.atoms))}”")
    work.tell_lost([unit, *unit.cells], work.where(unit))


def _name(unit: Unit) -> str:
    """The first words of a unit."""
    return "、".join(words(visible(one.run.atoms)) for one in (unit.cells or [unit]))[:_SHOWN]
