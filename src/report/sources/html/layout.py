"""A web page's layout made plain: tables that only set the page become blocks, lines parted by breaks paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from report.sources.draft import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

LAYOUT_CELL = 120  # characters; a table with a longer cell sets the page and holds no data
BLOCKS = frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figcaption")
    + ("figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre")
    + ("section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)
PARTS = ("tr", "td", "th", "tbody", "thead", "tfoot", "caption")


def unfold_layout(tree: HtmlElement) -> None:
    """Make paragraphs of what stands between line breaks, and of the rows of tables, their cells between strokes.

    Of a table that holds a table, a long cell or one cell a row, which only sets the page, the cells become blocks.
    """
    for table in list(tree.iter("table")):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        cells = [list(row.iterchildren("td", "th")) for row in rows]
        nested = next(table.iterdescendants("table"), None) is not None
        if nested or all(len(row) < 2 for row in cells) or _holds_prose(cells):
            for part in [one for one in table.iter(*PARTS) if next(one.iterancestors("table")) is table]:
                part.tag = "div"
        else:
            for row, columns in zip(rows, cells, strict=True):
                _set_row(row, columns)
        table.tag = "div"
    for element in list(tree.iter("div", "section", "article", "center", "main", "font", "span")):
        if element.find("br") is not None:
            element.tag = "div"
            element[:] = list(_paragraphs(element))


def _set_row(row: HtmlElement, cells: list[HtmlElement]) -> None:
    """A paragraph of a data table's row; left in the links that it holds, for by them a menu is known."""
    row.tag = "p"
    for cell in cells:
        for inner in list(cell.iterdescendants(*BLOCKS, "br")):
            inner.tag = "span"
            inner.text = f" {inner.text or ''}"
        cell.tag = "span"
        cell.text = f"| {cell.text or ''}"
        cell.tail = " "
    row.text = None
    if cells:
        cells[-1].tail = " |"


def _holds_prose(rows: Iterable[Iterable[HtmlElement]]) -> bool:
    return any(len(one_line(cell.text_content())) > LAYOUT_CELL for row in rows for cell in row)


def _paragraphs(element: HtmlElement) -> Iterator[HtmlElement]:
    """The element's own blocks, and paragraphs of what stands between them and between line breaks."""
    run = _paragraph(element, element.text)
    element.text = None
    for child in list(element):
        tail, child.tail = child.tail, None
        if child.tag in BLOCKS or child.tag == "br":
            yield from [run] * _is_full(run)
            yield from [child] * (child.tag != "br")
            run = _paragraph(element, tail)
        else:
            child.tail = tail
            run.append(child)
    yield from [run] * _is_full(run)


def _paragraph(element: HtmlElement, text: str | None) -> HtmlElement:
    paragraph: HtmlElement = element.makeelement("p", {})
    paragraph.text = text
    return paragraph


def _is_full(paragraph: HtmlElement) -> bool:
    return len(paragraph) > 0 or bool((paragraph.text or "").strip())
