"""Any bytes under any suffix, whole files with bytes changed or cut off too: a document or one clear line."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.errors import ReportError
from report.sources.reader import READERS, read_source

from .formats import as_docx, as_html, as_pdf
from .laws import check_laws
from .test_formats import TEXT

WHOLE = {".html": as_html(TEXT), ".docx": as_docx(TEXT), ".pdf": as_pdf(TEXT)}
PIECES = (
    *(
        "<table><tr><td>",
        "</td>",
        "<p>",
        "</p>",
        "<li>",
        "<br>",
        "<a href='#a'>1</a>",
        "<sup>",
        "<h1>",
        "</h1>",
        "<pre>",
    ),
    *(
        "<a id=a>",
        "<ul>",
        "</ul>",
        "<div>",
        "占比为45%，比上年提高3个百分点。",
        "&#0;",
        "&nbsp;",
        "<script>",
        "<!--",
        "|",
    ),
)


def _read(suffix: str, data: bytes) -> None:
    """Read the bytes as a file of that suffix: what comes of it obeys the laws or is refused in one line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{suffix}"
        path.write_bytes(data)
        try:
            check_laws(read_source(path))
        except ReportError as error:
            assert str(error).startswith(str(path)) and " — " in str(error) and "\n" not in str(error)


@pytest.mark.parametrize("suffix", READERS)
@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(suffix: str, data: bytes) -> None:
    _read(suffix, data)


@pytest.mark.parametrize("suffix", WHOLE)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_files_with_wrong_bytes(suffix: str, data: st.DataObject) -> None:
    whole = bytearray(WHOLE[suffix])
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=12)):
        whole[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.none(), st.integers(0, len(whole))))
    _read(suffix, bytes(whole[:end]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_broken_pages(pieces: list[str]) -> None:
    _read(".html", ("<html><body>" + "".join(pieces)).encode())
