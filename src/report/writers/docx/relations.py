"""New parts of a document, and its relationships and pictures, found again without a search: python-docx looks through
all it has for each new one, which takes minutes where a book has thousands."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

from docx.document import Document as WordDocument
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.parts.image import ImagePart

from report.errors import ReportError

NOT_IN_ADDRESS = re.compile(r'[\s"<>\\^`{|}]')  # what no address may hold (RFC 3986, 2)
_UNREAD = (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, KeyError, struct.error)


def new_part(document: WordDocument, name: str, kind: str, data: bytes) -> Part:
    """A part of the document's package, at `name` from its root; nothing relates to it yet."""
    package = document.part.package
    assert package is not None
    return Part(PackURI(f"/{name}"), kind, data, package)


def relate(part: Part, kind: str, target: Part | str) -> str:
    """The id of a new relationship of a part to another, or to an address outside the file."""
    number = len(part.rels) + 1
    while f"rId{number}" in part.rels:
        number += 1
    part.load_rel(kind, target, f"rId{number}", isinstance(target, str))
    return f"rId{number}"


@dataclass
class Related:
    """What the parts of one document are related to: addresses by part, pictures by their bytes."""

    addresses: dict[tuple[str, str], str] = field(default_factory=dict)
    pictures: dict[bytes, tuple[str, Image]] = field(default_factory=dict)

    def address(self, part: Part, url: str) -> str:
        """The id of a part's link to an address."""
        key = str(part.partname), url
        if key not in self.addresses:
            self.addresses[key] = relate(part, RT.HYPERLINK, url)
        return self.addresses[key]

    def picture(self, part: Part, data: bytes, name: str) -> tuple[str, Image]:
        """The id of a part's relationship to a picture, and its size. ReportError where Word knows no such format, or
        there is nothing to see."""
        if data not in self.pictures:
            try:
                image = Image.from_blob(data)
            except _UNREAD as error:
                raise ReportError(name, "图片的格式 Word 不认识", "用 PNG 或 JPEG") from error
            if not (image.px_width and image.px_height):
                raise ReportError(name, "图片没有内容：宽或高是 0 像素", "换一张图片")
            address = PackURI(f"/word/media/image{len(self.pictures) + 1}.{image.ext}")
            self.pictures[data] = relate(part, RT.IMAGE, ImagePart.from_image(image, address)), image
        return self.pictures[data]
