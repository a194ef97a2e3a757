"""What the table of unheeded entries says of each role, no page shows; all else it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import pytest
from msgspec.structs import fields, replace

from report.charts.layout import lay_out as draw
from report.opening import SERIES
from report.specimen import FOLDER, _composed
from report.templates.layers import template_chain
from report.templates.merge import Layered
from report.theme.fonts import FontLibrary
from report.theme.layers import theme_layers
from report.theme.load import load_theme
from report.theme.theme import ROLES, Look, Theme
from report.theme.unheeded import table, unheeded
from report.writers.pdf.book import lay_out
from report.yaml import parse_yaml

# another value for each entry of a look
OTHER: Mapping[str, Callable[[Look], Any]] = {
    "font": lambda look: "fang" if look.font not in ("fang", "song") else "hei",
    "size": lambda look: look.size - 1,
    "leading": lambda look: look.leading + 2,
    "colour": lambda look: "navy" if look.colour == "sand" else "sand",
    "align": lambda look: "center" if look.align == "right" else "right",
    "indent": lambda look: look.indent + 1.5,
    "left": lambda look: look.left + 1.5,
    "right": lambda look: look.right + 6,
    "before": lambda look: look.before + 9,
    "after": lambda look: look.after + 9,
    "tracking": lambda look: look.tracking + 0.4,
    "keep_next": lambda look: not look.keep_next,
}
# heeded, and not seen on the specimen: words too short for a right edge, what stands first or last in its place, a
# role of reprints, keep_next where no page ends
UNSEEN = {
    *product(("cover-serial", "cover-code", "heading-1", "heading-2", "heading-3", "box-title", "closing-label",
              "closing-line", "running-header", "reference"), ("right",)),
    *product(("cover-code", "cover-subtitle", "cover-author", "closing-statement", "reference"), ("after",)),
    *product(("cover-date", "front-title", "heading-1", "closing-label"), ("before",)),
    *product(("running-header", "folio"), ("leading",)),
    *product(("reference",), ("indent", "left")),
    *product(("signature",), OTHER),
    *product(ROLES, ("keep_next",)),
}


@pytest.fixture(scope="module")
def shown() -> Callable[[Mapping[Any, Look]], str]:
    """Sets the specimen's pages with other looks of some roles, and tells all that stands on them."""
    below = template_chain(SERIES / "industry", SERIES)
    layers = theme_layers([*below, FOLDER], SERIES)
    theme = load_theme((file.data for file in layers.files), layers.where)
    content, charts = _composed(below)

    def pages(looks: Mapping[Any, Look]) -> str:
        other = replace(theme, roles={**theme.roles, **looks})
        library = FontLibrary(other)
        drawings = {name: draw(chart, other, library) for name, chart in charts.items()}
        return repr(lay_out(content, other, library, drawings).pages)

    pages.theme = theme  # type: ignore[attr-defined]
    return pages


def other(look: Look, *names: str) -> Look:
    return replace(look, **{name: OTHER[name](look) for name in names})


def test_what_the_table_names_changes_nothing(shown: Callable[[Mapping[Any, Look]], str]) -> None:
    theme: Theme = shown.theme  # type: ignore[attr-defined]
    named: dict[str, list[str]] = {}
    for role, field in table():
        named.setdefault(role, []).append(field)
    looks = {role: other(look, *named[role]) for role, look in theme.roles.items() if role in named}
    assert set(named) <= set(ROLES) and shown(looks) == shown({})


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_what_the_table_does_not_name_is_seen(role: str, shown: Callable[[Mapping[Any, Look]], str]) -> None:
    theme: Theme = shown.theme  # type: ignore[attr-defined]
    look = next(look for name, look in theme.roles.items() if name == role)
    plain = shown({})
    for field in (field.name for field in fields(Look)):
        if (role, field) not in table() and (role, field) not in UNSEEN:
            assert shown({role: other(look, field)}) != plain, field


def test_it_is_told_in_its_line() -> None:
    text = "roles:\n  body: {left: 2}\n  folio:\n    size: 9\n    keep_next: true\n  table-cell: {align: right}\n"
    layers = Layered((parse_yaml(text, "theme.yaml"), parse_yaml("roles: {folio: {keep_next: true}}", "甲.docx")), "")
    assert [(issue.where, issue.problem) for issue in unheeded(layers)] == [
        ("theme.yaml:6", "roles.table-cell.align 不起作用"),
        ("theme.yaml:5", "roles.folio.keep_next 不起作用"),
    ]
