"""A PDF file as bytes: objects packed into compressed streams and told by a cross-reference stream."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator, Sequence
from itertools import repeat
from operator import and_, sub
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFObject  # type: ignore[import-untyped]

HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PACKED = 200  # objects in a stream: more are smaller, but a reader unpacks all of them for one
ENTRY = struct.Struct(">BIH")  # of the cross-reference stream: kind, place, place in a stream (ISO 32000-1, 7.5.8.3)
FREE, ALONE, INSIDE = 0, 1, 2
LEVEL = 5  # of Flate: 6 takes a fifth longer and saves one byte in two thousand
UP = 2  # PNG predictor: a row as what it is more than the one above it


class Stream(PDFObject):  # type: ignore[misc]
    """A compressed stream in ReportLab's protocol. Its own ends without the line end that PDF/A asks for."""

    __RefOnly__ = 1  # stands alone, others refer to it

    def __init__(self, data: bytes) -> None:
        self.body = stream(data)

    def format(self, document: Any) -> bytes:
        """The object's bytes."""
        return self.body


def stream(data: bytes, entries: str = "", *, pack: bool = True) -> bytes:
    """A stream with these entries in its dictionary (ISO 32000-1, 7.3.8)."""
    if pack:
        data, entries = zlib.compress(data, LEVEL), f"{entries} /Filter /FlateDecode"
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (entries.encode(), len(data), data)


def text(words: str) -> str:
    """A text string (ISO 32000-1, 7.9.2.2)."""
    if words.isascii():
        return "(" + words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


class File:
    """The objects of a file; an object's number is its place, from 1."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        self.alone: set[int] = set()  # numbers of streams: they cannot stand in another

    def add(self, body: str | bytes = b"", *, alone: bool = False) -> int:
        """A new object, which may be given its body later (`put`); its number."""
        self.bodies.append(body.encode() if isinstance(body, str) else body)
        if alone:
            self.alone.add(len(self.bodies))
        return len(self.bodies)

    def put(self, number: int, body: str | bytes) -> None:
        """Give an object its body."""
        self.bodies[number - 1] = body.encode() if isinstance(body, str) else body

    def whole(self, root: int, info: int) -> bytes:
        """The file with this catalog and information dictionary. Same objects, same bytes."""
        entries = [(FREE, 0, 0xFFFF), *((ALONE, 0, 0) for _ in self.bodies)]
        written = list(self.bodies)
        for members in self._packs():
            written.append(self._pack(members))
            entries.append((ALONE, 0, 0))
            for index, number in enumerate(members):
                entries[number] = INSIDE, len(written), index
        parts, place = [HEAD], len(HEAD)
        for number, body in enumerate(written, 1):
            if entries[number][0] == ALONE:
                parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
                entries[number] = ALONE, place, 0
                place += len(parts[-1])
        return b"".join([*parts, _reference(entries, place, (root, info), parts)])

    def _packs(self) -> Iterator[Sequence[int]]:
        """The numbers of the objects that share a stream."""
        numbers = [number for number in range(1, len(self.bodies) + 1) if number not in self.alone]
        yield from (numbers[start:start + PACKED] for start in range(0, len(numbers), PACKED))

    def _pack(self, numbers: Sequence[int]) -> bytes:
        """An object stream (ISO 32000-1, 7.5.7)."""
        place, places = 0, []
        bodies = [self.bodies[number - 1] for number in numbers]
        for number, body in zip(numbers, bodies, strict=True):
            places.append(f"{number} {place}")
            place += len(body) + 1
        head = " ".join(places).encode() + b"\n"
        return stream(head + b"\n".join(bodies), f"/Type /ObjStm /N {len(numbers)} /First {len(head)}")


def _reference(
    entries: list[tuple[int, int, int]], place: int, about: tuple[int, int], parts: Sequence[bytes]
) -> bytes:
    """The cross-reference stream, which stands at `place`, and the file's end; `about`: catalog and information."""
    number, digest = len(entries), hashlib.sha256()
    for part in parts:
        digest.update(part)
    name = digest.hexdigest()[:32]
    data = _rising(b"".join(ENTRY.pack(*entry) for entry in [*entries, (ALONE, place, 0)]))
    body = stream(data, (
        f"/Type /XRef /Size {number + 1} /W [1 4 2] /DecodeParms <</Predictor 12 /Columns {ENTRY.size}>> "
        f"/Root {about[0]} 0 R /Info {about[1]} 0 R /ID [<{name}> <{name}>]"
    ))
    return b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, body, place)


def _rising(table: bytes) -> bytes:
    """The rows of the table, each less the one above it: most grow evenly, and evenness is packed small."""
    size = ENTRY.size
    rows = bytes(map(and_, map(sub, table, bytes(size) + table), repeat(0xFF)))
    return b"".join(bytes([UP]) + rows[start:start + size] for start in range(0, len(rows), size))
