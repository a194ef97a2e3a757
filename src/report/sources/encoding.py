"""Bytes as received → text: which encoding a file is in, decided in the order of certainty."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from charset_normalizer import from_bytes

from report.sources.genre import GENRE

# The longer mark first: UTF-32-LE begins with the mark of UTF-16-LE.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CANDIDATES = {
    "gb18030": "gb18030",
    "big5hkscs": "big5hkscs",
    "utf_16_le": "utf-16-le",
    "utf_16_be": "utf-16-be",
}
# What pages call their encodings; each is read as the larger set that holds it.
DECLARED = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}
LOST, LOST_SHARE = 3, 0.001  # characters, of all characters
MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"\x1f\x8b",
)
# Wrongly decoded Chinese is made of rare characters: right text has one of the commonest in every five or six.
COMMON_SHARE = 0.08
SHORT, SURE_SHARE = 200, 0.3  # bytes; the share that a text so short must have
# No text holds these, except for the tab, the breaks of lines and pages, and the old marks of file ends.
CONTROL = {chr(code) for code in range(32)} - set("\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f")


@dataclass(frozen=True)
class Decoded:
    """The text without its byte order mark, and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes, declared: str = "") -> Decoded | None:
    """The text of the bytes, newlines as they are; None where no known encoding gives Chinese text.

    A byte order mark decides, then strict UTF-8, then the encoding that the file itself declares ("" where it does
    not), then detection among GB18030, Big5 (with HKSCS) and UTF-16.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if data.startswith(MAGIC):
        return None
    plain = _strict(data, "utf-8")
    if plain and not CONTROL & set(plain.text):
        return plain
    return _declared(data, DECLARED.get(declared.lower(), "")) or _detected(data)


def is_binary(data: bytes) -> bool:
    """Whether bytes in no known encoding are no text at all: of a known format, or full of control characters."""
    control = sum(byte < 9 or 13 < byte < 32 for byte in data)
    return data.startswith(MAGIC) or control * 20 > len(data)


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _declared(data: bytes, encoding: str) -> Decoded | None:
    """The text in the declared encoding. Pages cut characters in two: a few that cannot be read are left as U+FFFD."""
    if not encoding:
        return None
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    return Decoded(text, encoding) if lost <= max(LOST, LOST_SHARE * len(text)) and _reads_as_chinese(text) else None


def _detected(data: bytes) -> Decoded | None:
    """The best of the candidates that reads as Chinese."""
    for match in from_bytes(data, cp_isolation=list(CANDIDATES), enable_fallback=False):
        found = _strict(data, CANDIDATES.get(match.encoding, match.encoding))
        if found and _reads_as_chinese(found.text):
            return found
    return _likeliest(data) if len(data) <= SHORT else None


def _likeliest(data: bytes) -> Decoded | None:
    """A text too short for detection: the candidate with most of the commonest characters, if it has enough of them."""
    found = filter(None, (_strict(data, encoding) for encoding in CANDIDATES.values()))
    best = max(found, key=lambda one: _common_share(one.text), default=None)
    return best if best and _common_share(best.text) >= SURE_SHARE and not CONTROL & set(best.text) else None


def _reads_as_chinese(text: str) -> bool:
    return not CONTROL & set(text) and _common_share(text) >= COMMON_SHARE


def _common_share(text: str) -> float:
    """What share of the characters beyond ASCII is of the commonest; 1 where there are none."""
    wide = [char for char in text if char > "\x7f"]
    return sum(char in GENRE.common for char in wide) / len(wide) if wide else 1.0
