"""The document's own script: words worked out in Simplified characters, given back as the document writes them."""

from __future__ import annotations

from collections import Counter
from functools import cache

from report.observations.lexicon import read_table
from report.observations.normalise import normalise
from report.sources.document import Document


class Script:
    """Renders normalised words in the characters of one document; a Simplified document's words stay as they are."""

    def __init__(self, document: Document) -> None:
        self._own: dict[int, str] = {}
        self._traditional = document.metadata.script == "Hant"
        if not self._traditional:
            return
        written: dict[str, Counter[str]] = {}
        for char, times in Counter(document.source).items():
            if char >= "\u3400":
                written.setdefault(normalise(char), Counter())[char] += times
        self._own = {ord(plain): max(forms, key=lambda form: (forms[form], form)) for plain, forms in written.items()
                     if plain >= "\u3400"}

    def render(self, words: str) -> str:
        """The words with each character as the document writes it most, else as Traditional texts write it."""
        if not self._traditional:
            return words
        return "".join(self._own.get(ord(char)) or traditional(char) for char in words)


def traditional(char: str) -> str:
    """The Traditional character for a Simplified one; itself where Traditional texts use it too (后, 台)."""
    return _inverse().get(char, char)


@cache
def _inverse() -> dict[str, str]:
    pairs = "".join(read_table("characters")["pairs"].split())
    found: dict[str, str] = {}
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        if not _common(new) and (new not in found or (_common(old) and not _common(found[new]))):
            found[new] = old
    return found


def _common(char: str) -> bool:
    """Whether Traditional texts use the character: it is one of the frequent ones of Big5 (rows A4 to C6)."""
    code = char.encode("big5", "replace")
    return len(code) == 2 and 0xA4 <= code[0] <= 0xC6
