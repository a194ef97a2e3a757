"""The files of a chart: one geometry in PDF, SVG and PNG, text as text, the same bytes every time."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pikepdf
import pypdfium2  # type: ignore[import-untyped]
import pytest
from PIL import Image

from report.charts.chart import plain
from report.charts.draw import NARROW, ChartFiles, draw_chart
from report.charts.drawing import Drawing, Words
from report.charts.svg import svg_text

from .made import charts, library, theme, words_of

SVG = "{http://www.w3.org/2000/svg}"
SOME = ["unit", "groups", "change", "timeline", "flow", "matrix"]


@cache
def files(name: str) -> ChartFiles:
    return draw_chart(charts()[name], theme(), library())


@pytest.mark.parametrize("name", SOME)
def test_pdf_text_is_text_in_reading_order(name: str) -> None:
    with pypdfium2.PdfDocument(files(name).pdf) as pdf:
        printed = "".join(pdf[0].get_textpage().get_text_range().split())
    assert printed == "".join("".join(words.text.split()) for words in words_of(files(name).drawing))


def test_pdf_has_our_size_embedded_fonts_and_no_date() -> None:
    with pikepdf.open(io.BytesIO(files("flow").pdf)) as pdf:
        page, drawing = pdf.pages[0], files("flow").drawing
        assert [float(n) for n in page.mediabox[2:]] == pytest.approx([drawing.width, drawing.height], abs=0.01)
        fonts = list(page.Resources.Font.values())
        assert fonts and all(font.Subtype == "/Type3" and "/ToUnicode" in font for font in fonts)
        assert sorted(pdf.docinfo.keys()) == ["/Title"]


@pytest.mark.parametrize("name", SOME)
def test_svg_holds_the_words_where_the_drawing_has_them(name: str) -> None:
    root = ElementTree.fromstring(files(name).svg)
    texts = root.findall(f"{SVG}text")
    words = words_of(files(name).drawing)
    assert ["".join(text.itertext()) for text in texts] == [word.text for word in words]
    shift = {"start": 0.0, "middle": 0.5, "end": 1.0}
    for text, word in zip(texts, words, strict=True):
        left = float(text.attrib["x"]) - shift[text.attrib.get("text-anchor", "start")] * word.width
        assert left == pytest.approx(word.x, abs=0.02)


@pytest.mark.parametrize("name", SOME)
def test_svg_marks_what_prints_a_value(name: str) -> None:
    marked = [(e.attrib["data-value"], e.text) for e in ElementTree.fromstring(files(name).svg).iter(f"{SVG}tspan")]
    spans = [(v, w.text[start:end]) for w in words_of(files(name).drawing) for start, end, v in w.spans]
    assert marked == spans and {value for value, _ in spans} <= set(charts()[name].values)


def test_svg_names_itself_with_ids_of_its_own() -> None:
    ids: list[str] = []
    for name in SOME:
        root = ElementTree.fromstring(files(name).svg)
        assert root.attrib["role"] == "img"
        title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None and desc is not None
        assert (title.text, desc.text) == (plain(charts()[name].title), charts()[name].alt)
        assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
        ids += [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", SOME)
def test_a_phone_has_a_drawing_of_its_own(name: str) -> None:
    """Narrow, with words of the same size, saying the same."""
    wide, narrow = ElementTree.fromstring(files(name).svg), ElementTree.fromstring(files(name).narrow)
    assert narrow.attrib["viewBox"].split()[2] == f"{NARROW:g}"
    sizes = [{text.attrib["font-size"] for text in root.iter(f"{SVG}text")} for root in (wide, narrow)]
    assert sizes[0] == sizes[1]
    said = [sorted("".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))) for root in (wide, narrow)]
    assert said[0] == said[1]
    assert narrow.attrib["aria-labelledby"] != wide.attrib["aria-labelledby"]


def test_svg_escapes_what_it_prints() -> None:
    words = Words(x=0, y=10, text="a<b&\"c", font="hei", size=9, colour="#000000", role="chart-label",
                  spans=((1, 3, 'x"y'),))
    svg = svg_text("一 \"二", "x</title><script>", Drawing(width=9, height=9, items=(words,), alt="<&>"), theme())
    root = ElementTree.fromstring(svg)
    assert ["".join(e.itertext()) for e in root] == ["x</title><script>", "<&>", "a<b&\"c"]
    assert root[2][0].attrib["data-value"] == 'x"y'
    assert "<script" not in svg


@pytest.mark.parametrize("name", SOME)
def test_png_shows_the_drawing_at_300_dots_an_inch(name: str) -> None:
    image, drawing = Image.open(io.BytesIO(files(name).png)), files(name).drawing
    assert image.size == pytest.approx((drawing.width / 72 * 300, drawing.height / 72 * 300), abs=1)
    assert "Software" not in image.info
    grey = image.convert("L")
    for words in words_of(drawing):
        place = (words.x, words.y - 0.9 * words.size, words.x + words.width, words.y + 0.15 * words.size)
        left, top, right, bottom = (round(side / 72 * 300) for side in place)
        assert min(grey.crop((left, top, right, bottom)).tobytes()) < 140, words.text


def test_png_and_pdf_agree() -> None:
    drawn = Image.open(io.BytesIO(files("flow").png)).convert("L").resize((400, 260))
    with pypdfium2.PdfDocument(files("flow").pdf) as pdf:
        printed = pdf[0].render(scale=300 / 72).to_pil().convert("L").resize((400, 260))
    apart = [abs(a - b) for a, b in zip(drawn.tobytes(), printed.tobytes(), strict=True)]
    assert sum(apart) / len(apart) < 2


def test_drawing_survives_json() -> None:
    drawing = files("timeline").drawing
    assert Drawing.from_json(drawing.to_json()) == drawing


def test_drawing_leaves_matplotlib_as_it_was() -> None:
    before = dict(matplotlib.rcParams)
    draw_chart(charts()["bars"], theme(), library())
    assert dict(matplotlib.rcParams) == before


PACKAGE = __name__.rpartition(".")[0]
DIGEST = f"""
import hashlib
import sys
from {PACKAGE}.made import charts, library, theme
from report.charts.draw import draw_chart
for name in ("unit", "timeline"):
    f = draw_chart(charts()[name], theme(), library())
    whole = f.pdf + f.svg.encode() + f.png + f.csv + f.drawing.to_json().encode()
    print(name, hashlib.sha256(whole).hexdigest())
assert "matplotlib.pyplot" not in sys.modules
"""


def test_same_bytes_whatever_the_hash_seed() -> None:
    told = {}
    for name in ("unit", "timeline"):
        f = files(name)
        whole = f.pdf + f.svg.encode() + f.png + f.csv + f.drawing.to_json().encode()
        told[name] = hashlib.sha256(whole).hexdigest()
    root = Path(__file__).parents[len(PACKAGE.split("."))]
    env = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(root)}
    done = subprocess.run([sys.executable, "-c", DIGEST], env=env, capture_output=True, text=True, check=True)
    assert dict(line.split() for line in done.stdout.splitlines()) == told
