"""What an edited Word file is made of: pieces, with the tracked changes and comments in them."""

from __future__ import annotations

from dataclasses import dataclass, field

from report.revision.atoms import Atoms


@dataclass(frozen=True)
class Change:
    """A tracked change: what was done, the words, who did it and when; `whole`: to a paragraph with its end, which
    therefore stands here with the next."""

    what: str
    text: str
    author: str
    date: str
    whole: bool = False


@dataclass(frozen=True)
class Remark:
    """A comment: its text, who wrote it and when, the words it is on, whom it answers, and its place among all."""

    text: str
    author: str
    date: str
    on: str = ""
    to: str = ""
    place: int = 0


@dataclass
class Piece:
    """A paragraph or a table as it came back. `kind` as a written unit's ("" where its style tells nothing); `level`
    is an item's depth; `rows` are the cells of a table; `marks` are the bookmarks that begin in it; `looks` are what
    was done by hand to the look of words (how, which words), which Markdown cannot say; `parted` the texts of a cell
    that has several paragraphs."""

    kind: str = ""
    atoms: Atoms = ()
    level: int = 0
    ordered: bool = False
    unnumbered: bool = False
    pictured: bool = False
    rows: list[list[Piece]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    looks: list[tuple[str, str]] = field(default_factory=list)
    parted: list[str] = field(default_factory=list)

    @property
    def is_table(self) -> bool:
        return self.kind == "table"

    @property
    def cells(self) -> list[Piece]:
        """The cells of a table, row by row; none of anything else."""
        return [cell for row in self.rows for cell in row]

    def take(self, other: Piece) -> None:
        """Add what another piece holds."""
        self.atoms += other.atoms
        self.changes += other.changes
        self.remarks += other.remarks
        self.looks += other.looks


@dataclass
class Edited:
    """The whole of what came back: pieces in order, notes by id (an endnote's begins with e), the lines of the
    contents, how many text boxes hold words; `aside` bears changes and comments that stand in none of the pieces."""

    pieces: list[Piece]
    notes: dict[str, Piece]
    contents: list[str]
    boxes: int
    aside: Piece
