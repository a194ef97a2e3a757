"""The picture that an author put into the logo's line on the cover of a template.docx."""

from __future__ import annotations

import hashlib
import io
from base64 import b64encode
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from report.errors import ReportError
from report.sources.docx.package import WordError, child, name_of, open_bytes, value_of
from report.templates.word.opened import WordTemplate
from report.templates.word.words import PICTURED

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]
    from PIL.Image import Image

LARGEST = 4_000_000  # bytes packed
MOST_POINTS = 20_000_000  # unpacked
FINE = 1600  # points on the longer side: more is not seen at these sizes
WIDEST, HIGHEST = 340.0, 85.0  # points: 120 by 30 mm
EMU = 12700  # in a point
MM = 72 / 25.4  # points in a millimetre
KINDS = ("PNG", "JPEG")


def logo(template: WordTemplate) -> dict[str, Any] | None:
    """The picture as the theme's `logo`; None where the line holds none.

    ReportError for more than one, for a picture that is no PNG or JPEG, is too large, or says nothing to those who
    cannot see it.
    """
    found = list(_inlines(template))
    if not found:
        return None
    where = f"{template.file}（{PICTURED}）"
    if len(found) > 1:
        raise ReportError(where, "有几张图片", "留一张")
    width, height = (_number(value_of(child(found[0], "extent"), side)) / EMU for side in ("cx", "cy"))
    if not (0 < width <= WIDEST and 0 < height <= HIGHEST):
        problem = f"图片大 {width / MM:.0f}×{height / MM:.0f} 毫米，封面上放不下"
        raise ReportError(where, problem, f"在 Word 里缩小到宽 {WIDEST / MM:.0f}、高 {HIGHEST / MM:.0f} 毫米以内")
    alt = " ".join((value_of(child(found[0], "docPr"), "descr") or value_of(child(found[0], "docPr"), "title")).split())
    if not alt:
        raise ReportError(where, "图片没有替代文字", "右键图片 → 查看可选文字，写上是什么标志")
    png = _png(_bytes(template, found[0], where), _crop(found[0]), where)
    return {"png": png, "width": round(width, 2), "height": round(height, 2), "alt": alt}


def fingerprint(found: dict[str, Any] | None) -> str:
    """The sha256 of a logo as read; "" for none."""
    return hashlib.sha256(repr(found).encode()).hexdigest() if found else ""


def _inlines(template: WordTemplate) -> Iterator[_Element]:
    for paragraph, style in template.paragraphs():
        if style == PICTURED:
            yield from (one for one in paragraph.iter() if name_of(one) == "inline")


def _bytes(template: WordTemplate, inline: _Element, where: str) -> bytes:
    ident = next((value_of(one, "embed") for one in inline.iter() if name_of(one) == "blip"), "")
    path = next((one.target for one in template.relations
                 if one.id == ident and one.kind == "image" and one.source.endswith("document.xml")), "")  # fmt: skip
    try:
        data = open_bytes(template.data, path, LARGEST) if path else None
    except WordError as error:
        raise ReportError(where, error.problem, error.hint) from error
    if data is None:
        raise ReportError(where, "图片不在文件里，或不是图片", "重新插入一张 PNG 或 JPEG（嵌入，不是链接）")
    return data


def _crop(inline: _Element) -> tuple[float, float, float, float]:
    """What is cut off at left, top, right and bottom, as shares."""
    cut = next((one for one in inline.iter() if name_of(one) == "srcRect"), None)
    left, top, right, bottom = (max(0.0, _number(value_of(cut, side)) / 100_000) for side in ("l", "t", "r", "b"))
    return left, top, right, bottom


def _png(data: bytes, crop: tuple[float, float, float, float], where: str) -> str:
    """The picture as RGB on white, as PNG in base64."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=KINDS) as opened:
            wide, high = opened.size
            if wide * high > MOST_POINTS:
                raise ReportError(where, f"图片有 {wide}×{high} 点，太多", "换一个小些的")
            picture = _on_white(opened.crop((round(wide * crop[0]), round(high * crop[1]),
                                             round(wide * (1 - crop[2])), round(high * (1 - crop[3])))))  # fmt: skip
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ReportError(where, "图片读不出来，或不是 PNG、JPEG", "换成 PNG 或 JPEG") from error
    picture.thumbnail((FINE, FINE))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return b64encode(out.getvalue()).decode()


def _on_white(picture: Image) -> Image:
    """The picture in RGB; what shines through is white, as on the cover."""
    from PIL import Image

    seen = picture.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    white.alpha_composite(seen)
    return white.convert("RGB")


def _number(text: str) -> float:
    return float(text) if text.removeprefix("-").isdecimal() and len(text) < 12 else 0.0
