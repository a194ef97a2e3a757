"""A drawing as SVG: real text, one self-contained element to stand in a web page."""

from __future__ import annotations

from html import escape

from report.charts.drawing import Drawing, Path, Words
from report.theme.theme import Theme


def svg_text(name: str, title: str, drawing: Drawing, theme: Theme) -> str:
    """The drawing as an `<svg>` element, without XML declaration.

    `name` is the chart's id, from which ids are made that are unique on a page; `title` the accessible name, the
    drawing's `alt` its description. What prints a value is a `<tspan data-value="NAME">`. Words keep their anchored
    end where the reader's font has other widths.
    """
    key = "chart-" + "".join(char if char.isalnum() else f"-{ord(char):x}-" for char in name)
    width, height = _number(drawing.width), _number(drawing.height)
    body = "".join(_path(item) if isinstance(item, Path) else _words(item, theme) for item in drawing.items)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{height}pt" '
        f'viewBox="0 0 {width} {height}" role="img" xml:lang="zh-CN" '
        f'style="text-autospace:no-autospace" aria-labelledby="{key}-title {key}-desc">\n'
        f'<title id="{key}-title">{escape(title)}</title>\n<desc id="{key}-desc">{escape(drawing.alt)}</desc>\n'
        f"{body}</svg>\n"
    )


def _path(path: Path) -> str:
    data = "".join(_segment(segment) for segment in path.segments)
    stroke = f' stroke="{path.stroke}" stroke-width="{_number(path.width)}"' if path.stroke else ""
    dash = f' stroke-dasharray="{" ".join(map(_number, path.dash))}"' if path.dash else ""
    return f'<path d="{data}" fill="{path.fill or "none"}"{stroke}{dash}/>\n'


def _segment(segment: tuple[str | float, ...]) -> str:
    return str(segment[0]) + " ".join(_number(float(part)) for part in segment[1:])


def _words(words: Words, theme: Theme) -> str:
    font = theme.fonts[words.font]
    shift = {"start": 0.0, "middle": words.width / 2, "end": words.width}[words.anchor]
    anchor = f' text-anchor="{words.anchor}"' if words.anchor != "start" else ""
    weight = ' font-weight="700"' if font.bold else ' font-weight="500"' if "medium" in words.font else ""
    return (
        f'<text x="{_number(words.x + shift)}" y="{_number(words.y)}"{_shifts(words)} '
        f'font-size="{_number(words.size)}" font-family="{escape(font.css)}"{weight}{anchor} '
        f'fill="{words.colour}">{_marked(words)}</text>\n'
    )


def _shifts(words: Words) -> str:
    """The gaps of a line and what marks lose, as shifts of the characters after them."""
    if not words.gaps:
        return ""
    after = {index + 1: _number(points) for index, points in words.gaps}
    return f' dx="{" ".join(after.get(index, "0") for index in range(max(after) + 1))}"'


def _marked(words: Words) -> str:
    """The text, what prints a value in a tspan that names it."""
    pieces, at = [], 0
    for start, end, name in words.spans:
        value = f'<tspan data-value="{escape(name)}">{escape(words.text[start:end])}</tspan>'
        pieces += [escape(words.text[at:start]), value]
        at = end
    return "".join([*pieces, escape(words.text[at:])])


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
