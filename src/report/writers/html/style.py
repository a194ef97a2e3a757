"""The theme as CSS: palette as variables, each role as a class."""

from __future__ import annotations

from report.theme.theme import Look, Theme

BODY = 16  # points of running text on paper, which a screen shows as 17 pixels
PIXELS = 17
STRICTNESS = {"strict": "strict", "gb": "normal", "basic": "loose"}  # Setting.prohibition in CSS
REGULAR, MEDIUM, SEMIBOLD, BOLD = 400, 500, 600, 700
SIDES = {":left": "bottom-left", ":right": "bottom-right"}  # where pages have two sides
SMALLER, LARGER = 0.55, 1.5  # how much of the difference from running text is kept, below and above it


def theme_css(theme: Theme) -> str:
    """Rules for every role but the charts' (their words bring their own look), in a fixed order."""
    palette = "".join(f"--{name}:{colour};" for name, colour in theme.palette.items())
    fonts = "".join(f"--{name}:{font.css};" for name, font in theme.fonts.items())
    accent = f"--accent:var(--{theme.box.accent});--ground:var(--{theme.box.ground});"
    breaks = f"line-break:{STRICTNESS[theme.setting.prohibition]};"
    hanging = "hanging-punctuation:allow-end;" if theme.setting.hang else ""
    rules = [f":root{{{palette}{fonts}{accent}{breaks}{hanging}}}"]
    rules += _folios(theme)
    rules += [f".{role}{{{_look(theme, look)}}}" for role, look in theme.roles.items() if not role.startswith("chart-")]
    return "\n".join(rules) + "\n"


def _folios(theme: Theme) -> list[str]:
    """The number of every page but the first of a printed web page, as the theme has it (CSS Paged Media, 6)."""
    before, after = theme.setting.folio.split("{}")
    look = theme.roles["folio"]
    words = f'content:"{before}" counter(page) "{after}"'
    style = f"font:{look.size:g}pt {theme.fonts[look.font].css};color:{theme.colour(look.colour)}"
    boxes = SIDES if theme.setting.sides == "two" else {"": f"bottom-{look.align.replace('justify', 'left')}"}
    return [f"@page{page}{{@{box}{{{words};{style}}}}}" for page, box in boxes.items()] + [
        "@page:first{" + "".join(f"@{box}{{content:none}}" for box in boxes.values()) + "}"
    ]


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
        f"text-align:{'start' if look.align == 'justify' else look.align}",  # a browser justifies without a limit
    ]
    if look.tracking:
        declarations.append(f"letter-spacing:{look.tracking:g}em")
    if look.indent:
        declarations.append(f"text-indent:{look.indent:g}em")
    return ";".join(declarations)


def _weight(theme: Theme, name: str) -> int:
    """The weight of a font. Few screens have a medium one, and a browser that lacks it takes the regular: a semibold is
    asked for, in whose place it takes the bold."""
    font = theme.fonts[name]
    weight = round(theme.files[font.han].weight or (BOLD if font.bold else REGULAR))
    return SEMIBOLD if weight == MEDIUM else weight
