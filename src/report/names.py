"""Names that authors give: what is made by them, and what may have been meant by one that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from typing import TypeVar

from report.errors import ReportError, Told

T = TypeVar("T")
RESERVED = (  # folders of output/ that are no report's
    "digest", "documents", "observations", "reprint", "specimen", "stopped", "template", "test-report",
)  # fmt: skip


class Made(dict[str, T]):
    """What was made, by the names that its author gave it.

    `failed` are names of what could not be made, for mistakes that are told where they lie (None: of whatever else is
    asked for, since the file itself could not be read); `absent` of what may be missing, and is.
    """

    def __init__(self, made: Mapping[str, T], failed: Iterable[str] | None = (), absent: Iterable[str] = ()) -> None:
        super().__init__(made)
        self.failed = None if failed is None else frozenset(failed)
        self.absent = frozenset(absent)

    def lost(self, name: str) -> bool:
        """Whether it is one of those that failed."""
        return name not in self and name not in self.absent and (self.failed is None or name in self.failed)


def failed_in(made: Mapping[str, object]) -> frozenset[str] | None:
    """The names of what failed, as `Made.failed`; none in an ordinary mapping."""
    return made.failed if isinstance(made, Made) else frozenset()


def look_up(made: Mapping[str, T], name: str, where: str, unknown: Callable[[], ReportError]) -> T:
    """What was made under that name. Raises Told where it failed, ReportError where it is absent, `unknown()` where
    nobody has given such a name."""
    if name in made:
        return made[name]
    if isinstance(made, Made) and made.lost(name):
        raise Told
    if isinstance(made, Made) and name in made.absent:
        raise ReportError(where, f"“{name}”可缺，现有的文献里没有", f"放进“::: when {name}”和“:::”之间，有才印")
    raise unknown()


def nearest(name: str, known: Iterable[str], most: int = 3) -> list[str]:
    """The names most like `name`, best first (ties in alphabetical order); empty where none is like it."""
    ranked = sorted((-_likeness(name, other), other) for other in set(known))
    return [other for score, other in ranked if score <= -0.4][:most]


def did_you_mean(name: str, known: Iterable[str], none: str = "") -> str:
    """A hint that lists the nearest names; without one, `none`, or all known names where they are few."""
    known = sorted(set(known))
    if found := nearest(name, known):
        return "是不是 " + "、".join(found)
    if none or not known:
        return none
    return "已有：" + "、".join(known[:12]) + ("……" if len(known) > 12 else "")


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio()
