"""Writes the web page: the shell of the page around the parts of the content."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from report.content.nodes import Content, Contents, Part
from report.content.walk import LISTED, Entry, blocks_of, entries, plain
from report.theme.theme import Logo, Theme
from report.writers.html.blocks import PageSetter
from report.writers.html.evidence import evidence_cards
from report.writers.html.style import theme_css

REM = 12.0  # points: 16 pixels, which a browser's root letters measure


def write_html(
    content: Content, theme: Theme, pictures: Mapping[str, str], narrow: Mapping[str, str] = MappingProxyType({})
) -> str:
    """The whole page. `pictures` maps chart ids to `<svg>` elements, ReportError where a figure has none; `narrow` to
    those that a phone shows in their stead, where there are any.

    Every value opens its evidence by the platform's own popover: mouse, keyboard and screen reader
    work without script, and the page's policy forbids any.
    """
    setter = PageSetter(content, pictures, narrow)
    setter.logo = _logo(theme.logo)
    parts = [(part.role, setter.part(part)) for part in content.parts if not _is_sidebar(part)]
    return _template().render(
        front=content.front,
        title=setter.title(content.front.title),
        labels=content.labels,
        logo=theme.logo.png,
        css=Markup(theme_css(theme) + files("report.writers.html").joinpath("page.css").read_text("utf-8")),
        contents=contents_list(content),
        parts=parts,
        cards=evidence_cards(content, setter.used),
        plain=plain,
    )


def _logo(logo: Logo) -> Markup:
    """The picture on the cover, in the page itself; nothing where there is none."""
    if not logo.png:
        return Markup("")
    row = '<img class="cover-picture" src="data:image/png;base64,{}" alt="{}" style="width:{}rem">'
    return Markup(row).format(logo.png, logo.alt, f"{logo.width / REM:.4g}")


def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("report.writers.html", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("page.html.j2")


def contents_list(content: Content) -> list[Entry]:
    """What the sidebar lists, as deep as the tree's Contents node asks; nothing where the report has none."""
    wanted = (block for block in blocks_of(content) if isinstance(block, Contents) and block.kind == "headings")
    found = next(wanted, None)
    return entries(content, found, (*LISTED, "abstract")) if found else []


def _is_sidebar(part: Part) -> bool:
    """Whether a part is the table of contents, which stands beside the page; lists of figures stand in it."""
    return any(isinstance(block, Contents) and block.kind == "headings" for block in part.blocks)
