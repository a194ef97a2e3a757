"""Which class a character belongs to, and what the rules of line setting (prohibitions.toml) say of it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

from report.theme.fonts import is_latin


def _by_char(kinds: dict[str, str]) -> dict[str, str]:
    return {char: kind for kind, chars in kinds.items() for char in chars}


RULES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
KINDS = _by_char(RULES["kinds"])
LATIN_KINDS = _by_char(RULES["latin_kinds"])
SPACE_FOR = _by_char(RULES["spaces"])  # a blank that no font has → the one it is set as
NO_START = frozenset(RULES["no_start"])
NO_END = frozenset(RULES["no_end"])
LEVELS = {
    level: (NO_START - set(freed["no_start"]), NO_END - set(freed["no_end"]))
    for level, freed in RULES["levels"].items()
}
UNPARTED = frozenset(RULES["unparted"])  # kinds of which one stays with the next
HUNG = frozenset(RULES["hanging"])  # marks (not kinds) that may hang into the margin
FULL_WIDTH = frozenset(RULES["full_width"])
HALF_WIDTH = frozenset(RULES["half_width"])
SPACES = frozenset(["space", "wide-space"])
# Kinds of Latin text: no line ends between two of them, and no slack is put there.
WESTERN = frozenset(RULES["western"])
# Kinds that stay where they are beside the glyph before them.
CLINGING = frozenset(["raised", "combining", "space", "wide-space", "no-break-space", "soft-hyphen"])
# Kinds that hang on what stands before them: whether a line may end after them, that decides.
HANGING = frozenset(["raised", "combining", "space", "wide-space"])
# Kinds that nothing is stretched beside (CLREQ: 连接号、分隔号前后不拉).
RIGID = frozenset(["joiner", "solidus", "dot", "no-break-space"])
# Kinds of which a last line needs two; marks, spaces and note marks do not count.
WORDS = frozenset(["han", "alnum", "symbol", "sign", "prefix", "suffix", "iteration"])
SPACED_FROM_HAN = frozenset(RULES["spaced_from_han"])
BLANKS: dict[str, list[float]] = RULES["blanks"]
LEAST_SPACE: float = RULES["least_space"]
KEPT_BETWEEN: float = RULES["kept_between"]
DASH_MARGIN: float = RULES["dash_margin"]
SQUEEZE: dict[str, float] = RULES["squeeze"]
SQUEEZE_ORDER = tuple(SQUEEZE)  # what gives way first
MOST_STRETCH: dict[str, float] = RULES["most_stretch"]
STRETCH: dict[str, float] = RULES["stretch"]
COSTS: dict[str, float] = RULES["costs"]
SHORT_NAME: int = RULES["short_name"]


def kind_of(char: str, latin_context: bool = False) -> str:
    """The class of a character: a key of `kinds` in prohibitions.toml, or han, alnum, symbol, combining."""
    if latin_context and char in LATIN_KINDS:
        return LATIN_KINDS[char]
    kind = KINDS.get(char)
    if kind is None and "\u4e00" <= char <= "\u9fff":
        return "han"
    if kind is None:
        if unicodedata.category(char) in ("Mn", "Me"):
            return "combining"
        kind = ("alnum" if char.isalnum() else "symbol") if is_latin(char) else "han"
    return kind


HAN_BEGINS = "\u2e80"  # the first character of CJK (Unicode 18): what is below is no Chinese
APOSTROPHE = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])")
DASHES = re.compile(f"[{RULES['kinds']['dash']}]{{2,}}")
SIGN = re.compile(r"(?<![0-9A-Za-z%‰)\]./-])[-–](?=\d)")  # a hyphen for a minus: 为-5%
DECIMAL = re.compile(r"(?<=\d)[．：](?=\d)")
STACKED = re.compile(r"(?<![！？])[！？]{2}(?![！？])")

URL = re.compile(RULES["url"])
_separators = re.escape(RULES["url_breaks"])
URL_BREAK = re.compile(rf"(?<=[{_separators}])(?=[^{_separators}])")
HYPHENED = re.compile(r"(?<=[A-Za-z]{2}-)(?=[A-Za-z]{2})")
CITATION = re.compile(r"\[\d{1,4}\]")
CITED: str = RULES["cited"]
NAME = re.compile(rf"《[^《》]{{1,{SHORT_NAME}}}》")
LETTERED = re.compile(rf"[A-Z](?=[{RULES['numbers']['lettered']}])(?<![A-Za-z].)")

# A number with its odd and magnitude; then come its units, before it what is bound to it.
_numbers: dict[str, str] = RULES["numbers"]
MAGNITUDES, _odd = _numbers["magnitudes"], _numbers["odd"]
NUMBER = re.compile(
    r"\d(?:\d{0,2}(?: \d{3}(?!\d)){1,6}|[\d.,]{0,40}\d)?[%‰]?"
    rf"(?: ?[{_odd}]?[{MAGNITUDES}]{{1,4}}[{_odd}]?|[{_odd}](?=\D))?"
)
UNITS = frozenset(_numbers["units"].split())
LONGEST_UNIT = max(map(len, UNITS))
PARTED_UNITS = tuple(_numbers["parted_units"].split())
QUALIFIERS = tuple(_numbers["qualifiers"].split())
BOUND_PREFIXES = tuple(_numbers["bound_prefixes"].split())
LATIN_PREFIX = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(_numbers['latin_prefixes'].split())})\. ?(?=\d)")
# After the dash of a range (2019—／2022年), and between the parts of a date (2026年／1月). A pattern begins with one of
# few characters, so that the search skips to them; what stands before is looked at last.
RANGE = re.compile(r"[—–－～〜~](?=\d)(?<=[\d%‰年月日].)")
SHORT_RANGE = re.compile(r"(?<![\d.,])\d{1,3}[%‰]?[—–－～〜~]\d{1,3}(?![\d.,])")
DATE = re.compile(r"[年月时](?=\d{1,2}[月日分])(?<=\d.)")
# A mark inside a number: 1：100, １，０００.
INNER = re.compile(r"[：∶．，](?=\d)(?<=\d.)(?:(?<!，)|(?=\d{3}(?!\d)))")
