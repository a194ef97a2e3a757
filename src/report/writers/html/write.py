"""Writes the web page: the shell of the page around the parts of the content."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from report.content.nodes import Content, Contents, Part
from report.content.walk import LISTED, Entry, blocks_of, entries
from report.theme.theme import Theme
from report.writers.html.blocks import PageSetter, phrases
from report.writers.html.evidence import evidence_cards
from report.writers.html.inlines import plain
from report.writers.html.style import theme_css


def write_html(content: Content, theme: Theme, pictures: Mapping[str, str]) -> str:
    """The whole page. `pictures` maps chart ids to `<svg>` elements; KeyError where a figure has none.

    Every value opens its evidence by the platform's own popover: mouse, keyboard and screen reader
    work without script, and the page's policy forbids any.
    """
    setter = PageSetter(content, pictures)
    parts = [(part.role, setter.part(part)) for part in content.parts if not _is_sidebar(part)]
    return _template().render(
        front=content.front,
        labels=content.labels,
        css=Markup(theme_css(theme) + files("report.writers.html").joinpath("page.css").read_text("utf-8")),
        contents=contents_list(content),
        parts=parts,
        cards=evidence_cards(content, setter.used),
        plain=plain,
        phrases=phrases,
    )


def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("report.writers.html", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("page.html.j2")


def contents_list(content: Content) -> list[Entry]:
    """What the sidebar lists, as deep as the tree's Contents node asks (2 levels where it has none)."""
    wanted = (block for block in blocks_of(content) if isinstance(block, Contents) and block.kind == "headings")
    return entries(content, next(wanted, Contents()), (*LISTED, "abstract"))


def _is_sidebar(part: Part) -> bool:
    """Whether a part is the table of contents, which stands beside the page; lists of figures stand in it."""
    return any(isinstance(block, Contents) and block.kind == "headings" for block in part.blocks)
