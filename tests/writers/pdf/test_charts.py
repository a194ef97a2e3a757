"""Charts on the page are drawings with words, not pictures; what has one glyph with something else copies as itself."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from report.charts.drawing import Words
from report.writers.pdf.layout import Layout, Picture

from ...tools import need
from .test_embed import SUPPLEMENTARY, page

HARD = f"甲·乙•丙{SUPPLEMENTARY}丁—戊…①"


def test_no_page_holds_an_image(sample: tuple[bytes, Layout]) -> None:
    with pikepdf.open(io.BytesIO(sample[0])) as pdf:
        forms = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and "/Subtype" in thing]
        assert not [thing for thing in forms if thing.Subtype == pikepdf.Name.Image]
        assert not [one for one in pdf.pages if "/XObject" in one.obj.get("/Resources", {})]


def test_the_words_of_every_chart_are_text_of_its_page(sample: tuple[bytes, Layout]) -> None:
    data, layout = sample
    document = pdfium.PdfDocument(data)
    seen = 0
    for number, laid in enumerate(layout.pages):
        text = document[number].get_textpage().get_text_range() if laid.items else ""
        for picture in (item for item in laid.items if isinstance(item, Picture)):
            words = [item.text for item in picture.drawing.items if isinstance(item, Words)]
            assert words and all(one in text for one in words)
            seen += 1
    assert seen == 7


@pytest.mark.long
@pytest.mark.parametrize("key", ["noto-sans", "noto-serif"])
def test_pdftotext_reads_what_was_written(key: str, tmp_path: Path) -> None:
    (tmp_path / "page.pdf").write_bytes(page(key, HARD))
    command = [need("pdftotext"), str(tmp_path / "page.pdf"), "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == HARD
