"""Bound numbers as content controls: each is tagged with its value's name, which Word shows when the pointer rests on
it, so that an edited file still tells which figure is whose."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from report.writers.docx.xml import Element, printable, w

_LONGEST = 64  # characters of a tag or a title (ECMA-376 part 1, 17.5.2.42: Word refuses more)
_POSITIVE = 0x7FFFFFFF  # ids are 32-bit numbers with a sign (17.5.2.18)


def tag_of(name: str) -> str:
    """How a value's control is tagged: its name; one that is too long for a tag keeps its beginning."""
    name = printable(name)
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - 9]}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


@dataclass
class Controls:
    """The content controls of one document, each with an id that follows from its value's name and how often it has
    stood before."""

    counts: dict[str, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def around(self, name: str, runs: Iterable[Element]) -> Element:
        """The runs of a value inside its control. It has no look of its own: a frame comes with the pointer only.

        Its kind is left open (rich text): LibreOffice 7.4 doubles the words of a control that says `w:text`.
        """
        self.counts[name] = self.counts.get(name, 0) + 1
        tag = tag_of(name)
        properties = w("sdtPr", w("alias", val=tag), w("tag", val=tag), w("id", val=self._id(name)))
        return w("sdt", properties, w("sdtContent", *runs))

    def _id(self, name: str) -> int:
        number = zlib.crc32(f"{name} {self.counts[name]}".encode()) & _POSITIVE or 1
        while number in self.taken:
            number = number % _POSITIVE + 1
        self.taken.add(number)
        return number
