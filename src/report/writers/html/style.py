"""The theme as CSS: palette as variables, each role as a class."""

from __future__ import annotations

from report.theme.theme import Look, Theme

BODY = 16  # points of running text on paper, which a screen shows as 17 pixels
PIXELS = 17
PHONE = 10  # units: the least size of words in a chart on a phone, which shows a unit as about 0.9 pixels
SMALLER, LARGER = 0.55, 1.5  # how much of the difference from running text is kept, below and above it


def theme_css(theme: Theme) -> str:
    """Rules for every role but the charts' (their words bring their own look, save on a phone), in a fixed order."""
    palette = "".join(f"--{name}:{colour};" for name, colour in theme.palette.items())
    fonts = "".join(f"--{name}:{font.css};" for name, font in theme.fonts.items())
    rules = [f":root{{{palette}{fonts}}}"]
    rules += [f".{role}{{{_look(theme, look)}}}" for role, look in theme.roles.items() if not role.startswith("chart-")]
    return "\n".join([*rules, _phone_charts(theme)]) + "\n"


def _phone_charts(theme: Theme) -> str:
    """The smallest words of charts made larger where the screen is narrow."""
    sizes = sorted({look.size for role, look in theme.roles.items() if role.startswith("chart-") and look.size < PHONE})
    small = ",".join(f'[font-size="{size:g}"]' for size in sizes)
    return f"@media (max-width:40rem){{.chart :is({small}){{font-size:{PHONE}px}}}}"


def pixels(points: float) -> float:
    """A size on paper as a size on a screen: small print is drawn nearer to running text, since a screen is read at
    arm's length and has no second size to compare with; titles stand out more."""
    difference = points - BODY
    return PIXELS + difference * (LARGER if difference > 0 else SMALLER)


def _look(theme: Theme, look: Look) -> str:
    declarations = [
        f"font-family:var(--{look.font})",
        f"font-weight:{_weight(theme, look.font)}",
        f"font-size:{pixels(look.size) / 16:.4g}rem",
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
