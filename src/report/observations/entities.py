"""Places and organisations in a sentence, and which of them a figure is about."""

from __future__ import annotations

import re

from report.observations.lexicon import either, read_table

_COMPARED = re.compile("(?:较|比|与|和|同|高于|低于|超过|对|向|从|自|来自|出口至?|进口自?)$")


class Places:
    """The gazetteer: names and aliases of places and organisations."""

    def __init__(self) -> None:
        table = read_table("gazetteer")
        self._names: dict[str, str] = {}
        for section in ("places", "organisations"):
            for name, aliases in table[section].items():
                self._names |= {form: name for form in (name, *aliases)}
        self._characters: dict[str, str] = table["characters"]
        short = "".join(self._characters)
        self._pattern = re.compile(
            f"(?P<name>{either(self._names)})|(?<=[{table['character_after']}])(?P<short>[{short}])(?![\u4e00-\u9fff]?元)"
        )

    def nearest(self, text: str, index: int) -> str:
        """The place a figure at `index` of the normalised sentence is about: the last one before it in its clause that
        is no object of comparison, else the first of the sentence; "" for none."""
        mentions = [(match.start(), self._name(match), self._main(text, match)) for match in self._pattern.finditer(text)]
        before = [(start, name) for start, name, main in mentions if start < index and main]
        if not before:
            return next((name for start, name, _ in mentions if start < index), "")
        clause = max(text.rfind(mark, 0, index) for mark in ",，;；。:：")
        inside = [name for start, name in before if start > clause and name != "全球"]
        return inside[-1] if inside else next((name for _, name in before if name != "全球"), before[-1][1])

    def _name(self, match: re.Match[str]) -> str:
        return self._names[match["name"]] if match["name"] else self._characters[match["short"]]

    def _main(self, text: str, match: re.Match[str]) -> bool:
        return not _COMPARED.search(text[max(0, match.start() - 3) : match.start()])
