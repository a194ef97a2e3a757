"""Which class a character belongs to, and what the rules of line setting (prohibitions.yaml) say of it."""

from __future__ import annotations

import re
from importlib import resources
from typing import Any

from ruamel.yaml import YAML

from report.theme.fonts import is_latin


def _load() -> dict[str, Any]:
    text = (resources.files(__package__) / "prohibitions.yaml").read_text(encoding="utf-8")
    rules: dict[str, Any] = YAML(typ="safe").load(text)
    return rules


def _by_char(kinds: dict[str, str]) -> dict[str, str]:
    return {char: kind for kind, chars in kinds.items() for char in chars}


RULES = _load()
KINDS = _by_char(RULES["kinds"])
LATIN_KINDS = _by_char(RULES["latin_kinds"])
NO_START = frozenset(RULES["no_start"])
NO_END = frozenset(RULES["no_end"])
FULL_WIDTH = frozenset(RULES["full_width"])
SPACES = frozenset(["space", "wide-space"])
# Kinds of Latin text: no line ends between two of them, and no slack is put there.
WESTERN = frozenset(RULES["western"])
# Kinds that stay where they are beside the glyph before them.
CLINGING = frozenset(["raised", "space", "no-break-space"])
# Kinds of which a last line needs two; marks, spaces and note marks do not count.
WORDS = frozenset(["han", "alnum", "symbol", "prefix", "suffix", "iteration"])
SPACED_FROM_HAN = frozenset(RULES["spaced_from_han"])
BLANKS: dict[str, list[float]] = RULES["blanks"]
KEPT_BETWEEN: float = RULES["kept_between"]
DASH_MARGIN: float = RULES["dash_margin"]
GAP_SHRINK: float = RULES["gap_shrink"]
SPACE_SHRINK: float = RULES["space_shrink"]
MARK_SHRINK: float = RULES["mark_shrink"]
MOST_STRETCH: dict[str, float] = RULES["most_stretch"]
STRETCH: dict[str, float] = RULES["stretch"]
COSTS: dict[str, float] = RULES["costs"]


def kind_of(char: str, latin_context: bool = False) -> str:
    """The class of a character: a key of `kinds` in prohibitions.yaml, or han, alnum, symbol."""
    if latin_context and char in LATIN_KINDS:
        return LATIN_KINDS[char]
    kind = KINDS.get(char)
    if kind is None:
        kind = ("alnum" if char.isalnum() else "symbol") if is_latin(char) else "han"
    return kind


def _one_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
URL = re.compile(RULES["url"])
_separators = re.escape(RULES["url_breaks"])
URL_BREAK = re.compile(rf"(?<=[{_separators}])(?=[^{_separators}])")
APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")
HYPHENED = re.compile(r"(?<=[A-Za-z]{2}-)(?=[A-Za-z]{2})")
RANGE = re.compile(r"(?<=[\d%‰][—–－～~-])(?=\d)")
DASHES = re.compile(f"[{RULES['kinds']['dash']}]{{2,}}")
# A number with its sign, magnitude and unit; `loose` may be parted from it if need be.
NUMBER = re.compile(
    rf"(?P<loose>{_one_of(RULES['qualifiers'])})?"
    rf"(?P<number>(?:{_one_of(RULES['bound_prefixes'])})?[+−±$¥￥£€-]?\d[\d,.]*"
    rf"(?:[{RULES['magnitudes']}]*(?:{_one_of(RULES['units'])})|[{RULES['magnitudes']}]+)?)"
)
# Where a number may be parted from its unit if all else is worse: 10万／美元.
PARTED = re.compile(rf"(?<=\d[{RULES['magnitudes']}])(?={_one_of(RULES['parted_units'])})")
CITATION = re.compile(RULES["citation"])
