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
# No text holds these, except for the tab, the breaks of lines and pages, and the old marks of file ends.
CONTROL = {chr(code) for code in range(32)} - set("\t\n\v\f\r\x1a\x1c\x1d\x1e\x1f")


@dataclass(frozen=True)
class Decoded:
    """The text without its byte order mark, and the name of the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded | None:
    """The text of the bytes, newlines as they are; None where no known encoding gives Chinese text.

    A byte order mark decides, then strict UTF-8, then detection among GB18030, Big5 (with HKSCS) and UTF-16.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if data.startswith(MAGIC):
        return None
    plain = _strict(data, "utf-8")
    return plain if plain and not CONTROL & set(plain.text) else _detected(data)


def is_binary(data: bytes) -> bool:
    """Whether bytes in no known encoding are no text at all: of a known format, or full of control characters."""
    control = sum(byte < 9 or 13 < byte < 32 for byte in data)
    return data.startswith(MAGIC) or control * 20 > len(data)


def _strict(data: bytes, encoding: str) -> Decoded | None:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError:
        return None


def _detected(data: bytes) -> Decoded | None:
    """The best of the candidates that reads as Chinese."""
    for match in from_bytes(data, cp_isolation=list(CANDIDATES), enable_fallback=False):
        found = _strict(data, CANDIDATES.get(match.encoding, match.encoding))
        if found and _reads_as_chinese(found.text):
            return found
    return None


def _reads_as_chinese(text: str) -> bool:
    wide = [char for char in text if char > "\x7f"]
    return not CONTROL & set(text) and sum(char in GENRE.common for char in wide) >= COMMON_SHARE * max(len(wide), 1)
