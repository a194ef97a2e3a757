"""Text made comparable one character to one character: half width, Simplified, one dash, one space."""

from __future__ import annotations

import re
from functools import cache

from report.observations.lexicon import read_table

_WIDE_COMMA = re.compile("(?<=[0-9])，(?=[0-9]{3})")
_WIDE_NUMBER = re.compile("[０-９][０-９，．]*")


@cache
def _characters() -> dict[int, str]:
    data = read_table("characters")
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    pairs = "".join(data["pairs"].split())
    table |= {ord(old): new for old, new in zip(pairs[::2], pairs[1::2], strict=True)}
    table |= {ord(dash): "-" for dash in data["dashes"]} | {ord(space): " " for space in data["spaces"]}
    table |= {ord(slash): "/" for slash in data["slashes"]}
    table |= {ord(nought) + digit: str(digit) for nought in data["noughts"] for digit in range(10)}
    for kept in data["kept"]:
        table.pop(ord(kept), None)
    return table


def normalise(text: str) -> str:
    """The text in half width and Simplified characters, every dash `-`, every space ` `; as long as it was.

    `normalise(text)[i]` stands for `text[i]`, so offsets hold in both. A full-width comma stays itself, except between
    full-width digits (１，２００), where it separates thousands.
    """
    if "，" in text:
        text = _WIDE_NUMBER.sub(lambda run: _WIDE_COMMA.sub(",", run[0].translate(_characters())), text)
    return text.translate(_characters())
