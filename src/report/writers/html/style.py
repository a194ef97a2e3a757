"""The theme as CSS: palette as variables, each role as a class."""

from __future__ import annotations

from report.theme.theme import Look, Theme

PX = 17 / 16  # the body's 16 points are 17 pixels on a screen


def theme_css(theme: Theme) -> str:
    """Rules for every role, in a fixed order."""
    palette = "".join(f"--{name}:{colour};" for name, colour in theme.palette.items())
    rules = [f":root{{{palette}}}"]
    rules += [f".{role}{{{_look(theme, look)}}}" for role, look in theme.roles.items() if not role.startswith("chart-")]
    return "\n".join(rules) + "\n"


def _look(theme: Theme, look: Look) -> str:
    font = theme.fonts[look.font]
    declarations = [
        f"font-family:{font.css}",
        f"font-weight:{_weight(theme, look.font)}",
        f"font-size:{look.size * PX / 16:.4g}rem",
        f"line-height:{look.leading / look.size:.4g}",
        f"color:var(--{look.colour})",
        f"text-align:{look.align}",
    ]
    if look.tracking:
        declarations.append(f"letter-spacing:{look.tracking:g}em")
    if look.indent:
        declarations.append(f"text-indent:{look.indent:g}em")
    return ";".join(declarations)


def _weight(theme: Theme, name: str) -> int:
    return round(theme.files[theme.fonts[name].han].weight or 400)
