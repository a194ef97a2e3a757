"""The sources' own words as a report may print them: simplified, in house style, and only where no check minds them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from report.content.loose import loose_figures
from report.content.references import printed_title
from report.content.typed import DIRECTION
from report.content.wording import check_runs, plain_run
from report.observations.normalise import normalise
from report.templates.models import Wording

HOLE = "\ufffc"  # stands for a figure that is bound
# Begins with a word, and holds nothing that Markdown, a table or a slot reads as more than itself.
_PLAIN = re.compile(rf"[\w“《{HOLE}][\w{HOLE} ·“”‘’《》（）、，：；.%/&+—-]*")
_HAN = re.compile("[\u3400-\u9fff]+")
_PAIRS = ("“”", "‘’", "《》", "（）")


@dataclass(frozen=True)
class Speech:
    """Makes the sources' words fit to print; `wording` is the house's list. `known` keeps what was asked."""

    wording: Wording
    known: dict[tuple[str, int], str] = field(default_factory=dict)

    def printed(self, text: str, longest: int) -> str:
        """The words as the house prints them; "" where it cannot: a figure that is not bound, a mark without its
        other half, more than `longest` characters, a word that the house does not use."""
        key = text, longest
        if key not in self.known:
            words = self._mended(text)
            self.known[key] = words if 0 < len(words) <= longest and self._is_sound(words) else ""
        return self.known[key]

    def _mended(self, text: str) -> str:
        words = _HAN.sub(lambda run: normalise(run[0]), " ".join(text.split()))
        words = printed_title(words).replace("\u3000", "")
        for wrong, right in self.wording.replace.items():
            if wrong in words and right not in words:
                words = words.replace(wrong, right)
        for name, body in self.wording.bodies.items():
            for variant in body.variants:
                words = words if name in words else words.replace(variant, name)
        if words.count("“") != words.count("”"):
            words = words.replace("“", "").replace("”", "")
        return words.strip("，、：；·- ")

    def _is_sound(self, words: str) -> bool:
        if not _PLAIN.fullmatch(words) or DIRECTION.search(words):
            return False
        if any(words.count(pair[0]) != words.count(pair[1]) for pair in _PAIRS):
            return False
        if loose_figures(words, [(at, at + 1) for at, char in enumerate(words) if char == HOLE], frozenset())[1]:
            return False
        return not check_runs([replace(plain_run("", words), marks=tuple(range(1, len(words) + 1)))], self.wording)
