"""The authors' names on a line of their own: 李文澜　周一川*, 顾行远1，林　汐2."""

from __future__ import annotations

import re

from report.sources.genre import GENRE

LONGEST = 80  # characters of a line
MOST = 12  # names
_signs = re.compile(r"[*＊†‡※①-⑨¹²³⁴⁵\d]+(?:[,，](?=[\d¹²³⁴⁵])[\d¹²³⁴⁵]+)*")  # 顾行远1,2
_between = re.compile(r"[、，,；;/·]|[ \u3000]+")
_single = re.compile(r"(?<![\u3400-\u9fff])([\u3400-\u9fff])[ \u3000]{1,4}(?=[\u3400-\u9fff](?![\u3400-\u9fff]))")
_name = re.compile(r"[\u3400-\u9fff]{2,4}")


def persons_in(text: str) -> list[str]:
    """The names, without the signs of notes and places of work behind them; [] where the line is not names alone.

    A name without a second one or a sign beside it must open with one of the commonest surnames.
    """
    if len(text) > LONGEST:
        return []
    bare = _single.sub(r"\1", _signs.sub(" ", text).strip())
    names = [word for word in _between.split(bare) if word]
    if not names or len(names) > MOST or not all(map(_name.fullmatch, names)):
        return []
    marked = bool(_signs.search(text))
    known = [name[0] in GENRE.table["surnames"] and len(name) < 4 for name in names]
    return names if all(known) or marked and any(known) else []
