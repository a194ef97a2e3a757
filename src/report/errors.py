"""How a mistake in the user's input is told: where, what, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable

from report.records import Record


class Issue(Record):
    """One finding as a value: a mistake (raised in a ReportError) or a warning (kept for verification.json).

    `where` is a place a person can go to (`file:line`, `document:offset`, a value's name); `hint` may be "".
    """

    where: str
    problem: str
    hint: str = ""

    def __str__(self) -> str:
        """One line, whatever the parts hold."""
        text = f"{self.where}: {self.problem}"
        return " ".join((f"{text} — {self.hint}" if self.hint else text).splitlines())


class ReportError(Exception):
    """A mistake in the user's input, raised in a room and caught only in `running.py`: one line each, exit code 1.

    Carries every mistake of a file at once, so that the author mends them in one go.
    """

    def __init__(self, where: str, problem: str, hint: str = "", *, issues: Iterable[Issue] = ()) -> None:
        self.issues = tuple(issues) or (Issue(where=where, problem=problem, hint=hint),)
        super().__init__("\n".join(map(str, self.issues)))

    @classmethod
    def all_of(cls, issues: Iterable[Issue]) -> ReportError:
        """One error out of many issues (at least one)."""
        issues = tuple(issues)
        first = issues[0]
        return ReportError(first.where, first.problem, first.hint, issues=issues)


class Told(ReportError):
    """What follows from a mistake that is told where it lies: it stops what depends on that, and adds no line."""

    def __init__(self) -> None:
        super().__init__("", "")
        self.issues = ()
