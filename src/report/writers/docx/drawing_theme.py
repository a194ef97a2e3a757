"""theme1.xml: the palette and fonts that Word offers for whatever an editor draws into the report."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from report.theme.theme import Theme

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_xml(theme: Theme) -> bytes:
    """The DrawingML theme part (ECMA-376 20.1.6.9): three plain fills, lines and effects, as the schema demands."""
    formats = (
        f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
    )
    name = quoteattr(theme.name)
    return (
        f"{_HEAD}<a:theme {_NAMESPACE} name={name}><a:themeElements>"
        f"<a:clrScheme name={name}>{_colours(theme)}</a:clrScheme>"
        f"<a:fontScheme name={name}>{_font(theme, 'major', 'heading-1')}{_font(theme, 'minor', 'body')}</a:fontScheme>"
        f"<a:fmtScheme name={name}>{formats}</a:fmtScheme></a:themeElements></a:theme>"
    ).encode()


def _colours(theme: Theme) -> str:
    names = {"dk1": "ink", "lt1": "paper", "dk2": "navy", "lt2": "wash"}
    series = theme.series_colours or ("navy",)
    names |= {f"accent{i + 1}": series[i % len(series)] for i in range(6)}
    names |= {"hlink": "navy", "folHlink": "slate"}
    return "".join(
        f'<a:{slot}><a:srgbClr val="{theme.colour(name).lstrip("#").upper()}"/></a:{slot}>'
        for slot, name in names.items()
    )


def _font(theme: Theme, slot: str, role: str) -> str:
    font = theme.fonts[theme.roles[role].font]  # type: ignore[index]
    latin, han = quoteattr(font.word_latin), quoteattr(font.word_han)
    return f'<a:{slot}Font><a:latin typeface={latin}/><a:ea typeface={han}/><a:cs typeface=""/></a:{slot}Font>'
