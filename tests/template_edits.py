"""What an author does to a template in Word, done by python-docx: an edit takes the open document and changes it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from PIL import Image

Edit = Callable[[WordDocument], None]
Change = Callable[[Any], None]  # of a style
ALT = "某某研究院的标志"
TEXT_BOX = (
    f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:rect style="width:9pt;height:9pt">'
    "<v:textbox><w:txbxContent><w:p><w:r><w:t>框</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
)


def edited(data: bytes, *edits: Edit) -> bytes:
    """The file after the edits."""
    document = Document(io.BytesIO(data))
    for edit in edits:
        edit(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def repacked(data: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The file with its parts changed as they lie in the package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def line(document: WordDocument, style: str) -> Paragraph:
    """The first paragraph of a style."""
    return next(one for one in document.paragraphs if one.style is not None and one.style.name == style)


def picture(*, width: int = 600, height: int = 200, form: str = "PNG") -> io.BytesIO:
    """A picture that shines through on its right half."""
    made = Image.new("RGBA", (width, height), (181, 52, 43, 255))
    made.paste((0, 0, 0, 0), (width // 2, 0, width, height))
    out = io.BytesIO()
    (made if form == "PNG" else made.convert("RGB")).save(out, form)
    out.seek(0)
    return out


def logo(*, alt: str = ALT, millimetres: float = 45, style: str = "封面标志", **drawn: Any) -> Edit:
    """Put a picture into a line in the place of its words."""

    def edit(document: WordDocument) -> None:
        target = line(document, style)
        for run in list(target.runs):
            run._r.getparent().remove(run._r)
        shape = target.add_run().add_picture(picture(**drawn), width=Mm(millimetres))
        shape._inline.docPr.set("descr", alt)

    return edit


def styled(name: str, change: Callable[[Any], None]) -> Edit:
    """Change a style."""
    return lambda document: change(document.styles[name])


def han(name: str, family: str) -> Edit:
    """Another family for the Han of a style."""
    return lambda document: document.styles[name].element.rPr.rFonts.set(qn("w:eastAsia"), family)


def worded(style: str, text: str) -> Edit:
    """Other words in the first line of a style, in its own run."""

    def edit(document: WordDocument) -> None:
        target = line(document, style)
        for run in target.runs[1:]:
            run._r.getparent().remove(run._r)
        target.runs[0].text = text

    return edit


def restyled(document: WordDocument) -> None:
    """What a careful author changes: sizes, leading, colours, spacing, alignment, fonts."""
    styles = document.styles
    body = styles["Body Text"]
    body.font.size, body.paragraph_format.line_spacing = Pt(14), Pt(28)
    heading = styles["Heading 1"]
    heading.font.size, heading.font.color.rgb = Pt(22), RGBColor(0xC0, 0, 0)
    heading.paragraph_format.space_after = Pt(20)
    heading.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    styles["封面标题"].font.size = Pt(34)
    styles["封面标题"].font.color.rgb = RGBColor(0x17, 0x37, 0x5E)  # a colour of the palette
    styles["图内标题"].font.size, styles["图内标题"].font.color.rgb = Pt(15), RGBColor(0xC0, 0, 0)
    styles["专栏标题"].paragraph_format.space_before = Pt(30)
    han("Quote", "仿宋_GB2312")(document)
    for section in document.sections:
        section.left_margin = section.right_margin = Mm(28)
        section.top_margin = Mm(40)


RESTYLED: Mapping[str, Any] = {
    "roles": {
        "body": {"size": 14.0, "leading": 28.0},
        "heading-1": {"size": 22.0, "colour": "word-c00000", "after": 20.0, "align": "center"},
        "cover-title": {"size": 34.0, "colour": "navy"},
        "chart-title": {"size": 15.0, "colour": "word-c00000"},
        "box-title": {"before": 18.3},  # without the white above a box, which the press adds
        "quote": {"font": "fang-word"},
    },
    "palette": {"word-c00000": "#c00000"},
    "page": {"left": 28.0, "right": 28.0, "top": 40.0},
}


def float_it(document: WordDocument) -> None:
    """A picture that floats: the inline one made an anchor."""
    shape = line(document, "封面标志").add_run().add_picture(picture(), width=Mm(20))
    anchor = OxmlElement("wp:anchor")
    for child in list(shape._inline):
        anchor.append(child)
    shape._inline.getparent().replace(shape._inline, anchor)


def box_it(document: WordDocument) -> None:
    """A text box in a paragraph."""
    line(document, "Body Text")._p.append(parse_xml(TEXT_BOX))


def in_columns(document: WordDocument) -> None:
    """The text in two columns."""
    for section in document.sections:
        section._sectPr.find(qn("w:cols")).set(qn("w:num"), "2")


def by_hand(document: WordDocument) -> None:
    """Words in another size and colour than their style's."""
    run = line(document, "Body Text").runs[0]
    run.font.size, run.font.color.rgb = Pt(20), RGBColor(0, 0x80, 0)


def multiple(style: Any) -> None:
    """A leading of one and a half lines."""
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.ONE_POINT_FIVE


def sizeless(style: Any) -> None:
    """A size that is no number of points."""
    style.element.rPr.find(qn("w:sz")).set(qn("w:val"), "abc")


def without(name: str) -> Edit:
    """A style deleted."""
    return lambda document: document.styles[name].delete()


def headed(document: WordDocument) -> None:
    """Words of one's own in the header."""
    document.sections[2].header.paragraphs[0].add_run("某某研究院")


def tracked(style: Any) -> None:
    """Three points between the letters of a style."""
    run = style.element.get_or_add_rPr()
    found = run.find(qn("w:spacing"))
    if found is None:
        found = OxmlElement("w:spacing")
        run.append(found)
    found.set(qn("w:val"), "60")


def kai(style: Any) -> None:
    """A style in 楷体, which is never bold."""
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "楷体")
    style.font.bold = False


def _lays(name: str, value: Any) -> Change:
    return lambda style: setattr(style.paragraph_format, name, value)


# one change of each kind that a style can take
CHANGES: Mapping[str, Change] = {
    "size": lambda style: setattr(style.font, "size", Pt(style.font.size.pt + 2)),
    "leading": _lays("line_spacing", Pt(50)),
    "before": _lays("space_before", Pt(21)),
    "after": _lays("space_after", Pt(19)),
    "left": _lays("left_indent", Pt(44)),
    "right": _lays("right_indent", Pt(33)),
    "first": _lays("first_line_indent", Pt(10)),
    "align": _lays("alignment", WD_ALIGN_PARAGRAPH.RIGHT),
    "keep": lambda style: _lays("keep_with_next", not style.paragraph_format.keep_with_next)(style),
    "colour": lambda style: setattr(style.font.color, "rgb", RGBColor(1, 2, 3)),
    "tracking": tracked,
    "font": kai,
}

# what the press draws itself from a look: the hang of numerals in the contents, the stamp's frame in its colour, the
# white that holds headers and folios off the text
_HANG = {"left", "first"}
DRAWN_ANEW: Mapping[str, set[str]] = {
    "contents-1": _HANG, "contents-2": _HANG, "contents-3": _HANG,
    "cover-stamp": {f"edge-{side}" for side in ("top", "bottom", "left", "right")},
    "running-header": {"after"}, "folio": {"before"},
}  # fmt: skip
# the white round quotations, tables and boxes is a quarter of the body's leading
BY_BODY: Mapping[str, set[str]] = {"leading": {"before", "after"}}
