"""A column that blocks are set in, and paragraphs there as units, one a line."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from report.theme.theme import Role
from report.writers.pdf.lines import Measure, Run
from report.writers.pdf.runs import SetText, Typesetter
from report.writers.pdf.units import Unit

LEADING = 0.15  # of its leading: so much a line that no grid holds may give where its page is set closer


class Column(Struct, frozen=True):
    """Where blocks are set: left edge and width in points, the element they belong to, the role that plain
    paragraphs take there. `item`: in a list item, whose indent the column itself has; `lists` around it."""

    x: float
    width: float
    element: int
    role: Role = "body"
    item: bool = False
    lists: int = 0

    def inset(self, left: float, right: float, element: int, role: Role) -> Column:
        """A narrower column inside this one."""
        return Column(self.x + left, self.width - left - right, element, role)


def line_units(
    typesetter: Typesetter, runs: Sequence[Run], role: Role, column: Column, hang: float = 0.0
) -> list[Unit]:
    """A paragraph in a role; one that a list item holds has the item's indent, not its own. Lines after the first
    stand in by `hang` points, the width of a label, where the role is set from the left."""
    look = typesetter.theme.roles[role]
    measure = Measure.of(look, column.width)
    if column.item and role == column.role:
        measure = Measure(column.width, align=look.align, tracking=look.tracking)
    if hang and look.align == "left":
        measure = replace(measure, left=measure.left + hang, indent=measure.indent - hang)
    return text_units(typesetter, typesetter.set(runs, role, measure, x=column.x))


def text_units(typesetter: Typesetter, text: SetText) -> list[Unit]:
    """Set lines as units; the first and the last lines of a paragraph stay together (orphans, widows)."""
    look, last = text.look, len(text.lines) - 1
    setting, body = typesetter.theme.setting, typesetter.theme.roles["body"]
    grid = look.leading == body.leading and not look.keep_next
    return [
        Unit(
            look.leading, (line,), grid=grid, notes=notes, slack=(look.leading - look.size) / 2,
            before=0 if index else look.before, after=look.after if index == last else 0,
            give=0 if setting.grid and look.leading == body.leading else LEADING * look.leading,
            keep=look.keep_next if index == last else index < setting.orphans - 1 or index > last - setting.widows,
        )
        for index, (line, notes) in enumerate(zip(text.lines, text.notes, strict=True))
    ]
