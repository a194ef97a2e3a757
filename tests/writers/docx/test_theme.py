"""One theme: every style of the saved file, resolved as Word resolves it, is what the theme says and the PDF used."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn

from report.theme.fonts import FontLibrary
from report.theme.layers import load_theme_layers
from report.theme.load import load_theme
from report.theme.theme import ROLES, Look, Theme
from report.writers.docx.looks import ALIGN
from report.writers.docx.styles import style_of_role
from report.writers.docx.write import write_docx
from report.writers.docx.xml import Element
from report.writers.pdf.book import lay_out
from report.writers.pdf.layout import TextLine

from .sample import make_content, make_layout, make_picture, without_figures

TEMPLATES = Path(__file__).parents[3] / "templates"
THEMES = ("themes/shanghai", "themes/gongwen", "series/country", "series/compliance", "series/reprint")
SET = [role for role in ROLES if not role.startswith("chart-") and role != "emphasis"]
# White that the style adds to the look's, above and below, in lines of body text: round figures, tables, quotations and
# boxes, where the PDF's page builder puts it too
ADDED: dict[str, tuple[float, float]] = {
    "caption-table": (0.25, 0), "quote": (0.25, 0.25), "source-note": (0, 0.25),
    "box-title": (0.375, 0),
}  # fmt: skip
SMALL = {"source-note": 2.0}  # points above a source note
BY_PAGE = ("running-header", "folio")  # their white reaches to the text, for LibreOffice
INDENTED = ("list", "box-title", "box-body", "contents-1", "contents-2", "contents-3")  # as the tests below say


@dataclass(frozen=True)
class Resolved:
    """What Word finds for a style: docDefaults, then every style it is based on, then itself."""

    latin: str
    han: str
    size: float
    bold: bool
    colour: str
    tracking: int
    leading: float
    exact: bool
    before: float
    after: float
    left: float
    right: float
    first: float  # points; negative: hanging
    align: str
    keep_next: bool


class Styles:
    """The styles of a saved file."""

    def __init__(self, data: bytes) -> None:
        document = open_docx(io.BytesIO(data))
        root: Any = document.styles.element
        self.styles: dict[str, Element] = {style.get(qn("w:styleId")): style for style in root.iter(qn("w:style"))}
        defaults = root.find(qn("w:docDefaults"))
        self.defaults = [defaults.find(f".//{qn(tag)}") for tag in ("w:rPr", "w:pPr")]
        self.numbering: Any = document.part.numbering_part.element

    def chain(self, name: str) -> Iterator[Element]:
        """The style and those it is based on, the nearest last."""
        style = self.styles[name]
        based: Any = style.find(qn("w:basedOn"))
        if based is not None:
            yield from self.chain(based.get(qn("w:val")))
        yield style

    def property(self, name: str, path: str) -> dict[str, str]:
        """A property's attributes: each attribute that a style sets comes over the inherited one (17.7.2)."""
        found: dict[str, str] = {}
        tag = path.rpartition("/")[2]
        layers = [self.defaults[0], self.defaults[1]] if path.startswith(("rPr", "pPr")) else []
        elements = [layer.find(qn(f"w:{tag}")) for layer in layers if layer is not None]
        steps = "/".join(qn(f"w:{step}") for step in path.split("/"))
        elements += [style.find(steps) for style in self.chain(name)]
        for element in elements:
            if element is not None:
                found |= {key.rpartition("}")[2]: value for key, value in element.attrib.items()} | {"is": "1"}
        return found

    def on(self, name: str, path: str) -> bool:
        """Whether a switch is on."""
        found = self.property(name, path)
        return bool(found) and found.get("val", "1") not in ("0", "false")

    def indents(self, name: str) -> dict[str, str]:
        """A style's indents; those of its list come first (17.9.22)."""
        listed = {}
        number = self.property(name, "pPr/numPr/numId").get("val", "0")
        if number != "0":
            num = next(n for n in self.numbering.iter(qn("w:num")) if n.get(qn("w:numId")) == number)
            kind = num.find(qn("w:abstractNumId")).get(qn("w:val"))
            abstract = next(a for a in self.numbering.iter(qn("w:abstractNum"))
                            if a.get(qn("w:abstractNumId")) == kind)  # fmt: skip
            indent = abstract.find(f"{qn('w:lvl')}/{qn('w:pPr')}/{qn('w:ind')}")
            listed = {} if indent is None else {key.rpartition("}")[2]: text for key, text in indent.attrib.items()}
        return listed | self.property(name, "pPr/ind")

    def resolved(self, name: str) -> Resolved:
        """All of a style."""
        fonts, spacing = self.property(name, "rPr/rFonts"), self.property(name, "pPr/spacing")
        indents = {key: int(value) / 20 for key, value in self.indents(name).items() if not key.endswith("Chars")}
        return Resolved(
            latin=fonts["ascii"], han=fonts["eastAsia"], size=int(self.property(name, "rPr/sz")["val"]) / 2,
            bold=self.on(name, "rPr/b"), colour=self.property(name, "rPr/color")["val"],
            tracking=int(self.property(name, "rPr/spacing").get("val", 0)),
            leading=int(spacing["line"]) / 20, exact=spacing.get("lineRule") == "exact",
            before=int(spacing.get("before", 0)) / 20, after=int(spacing.get("after", 0)) / 20,
            left=indents.get("left", 0), right=indents.get("right", 0),
            first=indents.get("firstLine", 0) - indents.get("hanging", 0),
            align=self.property(name, "pPr/jc")["val"], keep_next=self.on(name, "pPr/keepNext"),
        )  # fmt: skip


def open_theme(name: str) -> Theme:
    layers = load_theme_layers(TEMPLATES / name, TEMPLATES / "series")
    return load_theme((file.data for file in layers.files), layers.where)


@pytest.fixture(scope="module", params=THEMES)
def saved(request: pytest.FixtureRequest) -> tuple[Theme, Styles]:
    """A theme, and the styles of a file saved with it."""
    theme = open_theme(request.param)
    return theme, Styles(write_docx(make_content(), theme, make_layout(), {"throughput": make_picture()}))


@pytest.mark.parametrize("role", SET)
def test_every_role_resolves_to_its_look(saved: tuple[Theme, Styles], role: str) -> None:
    theme, styles = saved
    look: Look = theme.roles[role]  # type: ignore[index]
    font, found = theme.fonts[look.font], styles.resolved(style_of_role(role))
    line = theme.roles["body"].leading

    assert (found.latin, found.han, found.bold) == (font.word_latin, font.word_han, theme.heavy(look.font))
    assert found.size == round(look.size * 2) / 2 and found.tracking == round(look.tracking * look.size * 20)
    assert found.colour == theme.colour(look.colour).lstrip("#").upper()
    assert found.exact and found.leading == pytest.approx(look.leading, abs=0.03)
    assert found.align == ("center" if role == "cover-stamp" else ALIGN[look.align])
    assert found.keep_next or not look.keep_next
    if role not in BY_PAGE:
        above, below = ADDED.get(role, (0, 0))
        begins = role == "heading-1" and theme.setting.chapters != "continuous"  # a page, as a chapter does
        before = 0 if begins else look.before
        assert found.before == pytest.approx(before + above * line + SMALL.get(role, 0), abs=0.06)
        assert found.after == pytest.approx(look.after + below * line, abs=0.06)
    if role not in INDENTED:
        wanted = (look.left * look.size, look.right * look.size, look.indent * look.size)
        assert (found.left, found.right, found.first) == pytest.approx(wanted, abs=0.03)


def test_lists_and_boxes_are_indented_as_in_the_pdf(saved: tuple[Theme, Styles]) -> None:
    theme, styles = saved
    look, box = theme.roles["list"], theme.box
    bullets, boxed = styles.resolved("ListBullet"), styles.resolved("BoxBody")
    assert (bullets.left, bullets.left + bullets.first) == pytest.approx(
        (look.left * look.size, (look.left + look.indent) * look.size), abs=0.06)  # fmt: skip
    assert (boxed.left, boxed.right) == pytest.approx((box.bar + box.padding, box.padding), abs=0.06)


def test_lines_of_the_contents_begin_as_in_the_pdf_and_hang(saved: tuple[Theme, Styles]) -> None:
    theme, styles = saved
    for name, role in (("TOC1", "contents-1"), ("TOC2", "contents-2"), ("TOC3", "contents-3")):
        look, found = theme.roles[role], styles.resolved(name)  # type: ignore[index]
        assert found.left + found.first == pytest.approx(look.left * look.size, abs=0.06)
        assert found.first < 0


# ---------------------------------------------------------------- the PDF itself


@pytest.fixture(scope="module")
def printed() -> tuple[Theme, Styles, Mapping[str, list[Any]]]:
    """The sample as the PDF sets it: the lines of each role, in pairs that follow each other on a page."""
    theme = open_theme("themes/shanghai")
    content = without_figures()
    layout = lay_out(content, theme, FontLibrary(theme), {})
    lines: dict[str, list[Any]] = {}
    for page in layout.pages:
        for line in (item for item in page.items if isinstance(item, TextLine)):
            lines.setdefault(line.role, []).append((page, line))
    data = write_docx(content, theme, _as_data(layout), {})
    return theme, Styles(data), lines


def _as_data(layout: Any) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(layout.to_json())
    return data


def test_sizes_and_leading_are_those_of_the_printed_lines(
    printed: tuple[Theme, Styles, Mapping[str, list[Any]]],
) -> None:
    theme, styles, lines = printed
    compared = 0
    for role in set(lines) & set(SET):
        found = styles.resolved(style_of_role(role))
        assert {line.size for _, line in lines[role]} == {found.size}, role
        pairs = zip(lines[role], lines[role][1:], strict=False)
        steps = [after.y - before.y for (page, before), (other, after) in pairs if page is other and after.y > before.y]
        if role in ("body", "box-body", "note"):
            assert min(steps) == pytest.approx(found.leading, abs=0.03), role
            compared += 1
    assert compared == 3 and len(set(lines) & set(SET)) > 20
