"""Laws of documents on the seeds, on texts made of the genre's parts, and on any text at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.sources.document import Document
from report.sources.reader import read_source

from .laws import check_laws, parse

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
# One part of a document of the genre a line.
PARTS = (Path(__file__).parent / "parts.txt").read_text(encoding="utf-8").splitlines()
SIGNS = ["<sup>1</sup>", "^①", "[^a]", "[1]", "①", "：", "甲乙。", "\n", "**", "| a |"]
BREAKS = ["\n", "\n\n", "\r\n", "\r", "\n\u3000\u3000", "\x0c", "\u2028", "\n \n", " ", "\t"]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_laws_hold_on_the_seeds(path: Path) -> None:
    document = read_source(path)
    check_laws(document)
    assert Document.from_json(document.to_json()) == document


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(BREAKS)), max_size=14))
def test_laws_hold_on_texts_of_the_genre(parts: list[tuple[str, str]]) -> None:
    check_laws(parse("".join(text + gap for text, gap in parts)))


@settings(max_examples=300, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("一二。，、；：？（）()[]^①②1#*_`<>!-—|《》“”\"' \t\n\r\u3000ab.年月日/"),
        max_size=60,
    )
    | st.lists(st.sampled_from(SIGNS)).map("".join)
)
def test_laws_hold_on_any_text(source: str) -> None:
    check_laws(parse(source))
