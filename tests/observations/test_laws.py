"""Laws of the whole grammar: what is written is read back, and paragraphs are read one as the other."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from report.observations.extract import extract_observations
from report.observations.figure import Figure
from report.observations.figures import figures_in
from report.sources.document import Block, Document, Metadata

from .writing import PARAGRAPHS, Written, amounts, dates, fractions, qualified, ranges


def _read(written: Written) -> Figure:
    text = f"合计{written.text}。"
    (figure,) = figures_in(text)
    assert text[figure.start : figure.end] == written.text
    return figure


def _close(found: object, wanted: Decimal) -> bool:
    assert isinstance(found, int | float)
    return abs(Decimal(str(found)) - wanted) <= abs(wanted) * Decimal("1e-6")


@given(amounts())
@settings(max_examples=300)
def test_amounts_are_read_back(written: Written) -> None:
    figure = _read(written)
    assert (figure.kind, figure.unit) == (written.kind, written.unit)
    assert _close(figure.value, written.values[0]), (written, figure)


@given(qualified(amounts()))
@settings(max_examples=300)
def test_qualified_amounts_are_read_back(written: Written) -> None:
    figure = _read(written)
    assert (figure.kind, figure.unit, figure.bound) == (written.kind, written.unit, written.bound)
    assert figure.qualifier == written.qualifier
    assert _close(figure.value, written.values[0]), (written, figure)


@given(ranges())
@settings(max_examples=300)
def test_ranges_are_read_back(written: Written) -> None:
    figure = _read(written)
    assert (figure.kind, figure.base, figure.unit) == ("range", written.kind, written.unit)
    assert isinstance(figure.value, tuple)
    assert all(_close(found, wanted) for found, wanted in zip(figure.value, written.values, strict=True)), figure


@given(fractions())
@settings(max_examples=200)
def test_fractions_are_read_back(written: Written) -> None:
    figure = _read(written)
    assert (figure.kind, figure.unit) == (written.kind, written.unit)
    assert _close(figure.value, written.values[0]), (written, figure)


@given(dates())
@settings(max_examples=300)
def test_dates_are_read_back(written: tuple[str, str]) -> None:
    text = f"文件于{written[0]}印发。"
    (figure,) = figures_in(text)
    assert (text[figure.start : figure.end], str(figure.value)) == written


@given(st.lists(PARAGRAPHS, min_size=1, max_size=4))
@settings(max_examples=300)
def test_paragraphs_are_read_one_by_one(paragraphs: list[str]) -> None:
    apart: list[Figure] = []
    start = 0
    for paragraph in paragraphs:
        apart += [_moved(figure, start) for figure in figures_in(paragraph)]
        start += len(paragraph) + 1
    assert figures_in("\n".join(paragraphs)) == apart


@given(st.lists(PARAGRAPHS, min_size=1, max_size=3))
@settings(max_examples=100)
def test_a_document_says_what_its_paragraphs_say(paragraphs: list[str]) -> None:
    found = [(o.start, o.end, o.kind, o.value, o.unit) for o in extract_observations(_document(paragraphs))]
    apart = [
        (o.start + start, o.end + start, o.kind, o.value, o.unit)
        for paragraph, start in zip(paragraphs, _starts(paragraphs), strict=True)
        for o in extract_observations(_document([paragraph]))
    ]
    assert found == apart


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=60), min_size=1, max_size=4))
@settings(max_examples=300)
def test_any_text_is_read_and_every_observation_stands_where_it_says(lines: list[str]) -> None:
    paragraphs = [line.replace("\n", " ").replace("\r", " ") for line in lines]
    document = _document(paragraphs)
    end = 0
    for found in extract_observations(document):
        assert found.text == document.source[found.start : found.end] != ""
        assert found.start >= end
        end = found.end


def _moved(figure: Figure, by: int) -> Figure:
    return replace(
        figure, start=figure.start + by, end=figure.end + by,
        core_start=figure.core_start + by, core_end=figure.core_end + by,
    )


def _starts(paragraphs: list[str]) -> list[int]:
    starts = [0]
    for paragraph in paragraphs[:-1]:
        starts.append(starts[-1] + len(paragraph) + 1)
    return starts


def _document(paragraphs: list[str]) -> Document:
    source = "\n".join(paragraphs)
    blocks = tuple(
        Block(kind="paragraph", text=paragraph, spans=((start, start + len(paragraph)),))
        for paragraph, start in zip(paragraphs, _starts(paragraphs), strict=True)
        if paragraph
    )
    return Document(
        id="made-up", file="made-up.txt", sha256="0" * 64, encoding="utf-8", metadata=Metadata(), source=source,
        blocks=blocks,
    )
