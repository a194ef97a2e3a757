"""theme1.xml: the palette and fonts that Word offers for whatever an editor draws into the report."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.oxml.ns import nsdecls

from report.theme.theme import Theme
from report.writers.docx.xml import DECLARED

_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}<a:prstDash val="solid"/></a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_ACCENTS = tuple(f"accent{i}" for i in range(1, 7))
# slots of the scheme as styles name them (ST_ThemeColor, ECMA-376 17.18.97); the links' are no colours for text
_IN_STYLES = {"dk1": "text1", "lt1": "background1", "dk2": "text2", "lt2": "background2"} | {a: a for a in _ACCENTS}


def theme_xml(theme: Theme) -> bytes:
    """The DrawingML theme part (ECMA-376 20.1.6.9): three plain fills, lines and effects, as the schema demands."""
    formats = (
        f"<a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
    )
    name = quoteattr(theme.name)
    return (
        f"{DECLARED}<a:theme {nsdecls('a')} name={name}><a:themeElements>"
        f"<a:clrScheme name={name}>{_colours(theme)}</a:clrScheme>"
        f"<a:fontScheme name={name}>{_font(theme, 'major', 'heading-1')}{_font(theme, 'minor', 'body')}</a:fontScheme>"
        f"<a:fmtScheme name={name}>{formats}</a:fmtScheme></a:themeElements></a:theme>"
    ).encode()


def scheme(theme: Theme) -> dict[str, str]:
    """Slot of Word's colour scheme → colour of the palette. The accents are the colours of charts, then those of the
    text that have no slot yet."""
    names = {"dk1": "ink", "lt1": "paper", "dk2": "slate", "lt2": "wash"}
    series = [name for name in theme.series_colours if name != theme.box.accent]
    wanted = dict.fromkeys([*series[: len(_ACCENTS) - 1], theme.box.accent, theme.table.colour, "navy"])
    accents = [name for name in wanted if name not in names.values()] or ["ink"]
    names |= {slot: accents[i % len(accents)] for i, slot in enumerate(_ACCENTS)}
    return names | {"hlink": "navy", "folHlink": "slate"}


def slot_of(theme: Theme, name: str) -> str:
    """What styles call the slot that holds a colour of the palette; "" where none does."""
    return next((_IN_STYLES[slot] for slot, held in scheme(theme).items() if held == name and slot in _IN_STYLES), "")


def _colours(theme: Theme) -> str:
    return "".join(
        f'<a:{slot}><a:srgbClr val="{theme.colour(name).lstrip("#").upper()}"/></a:{slot}>'
        for slot, name in scheme(theme).items()
    )


def _font(theme: Theme, slot: str, role: str) -> str:
    font = theme.fonts[theme.roles[role].font]  # type: ignore[index]
    latin, han = quoteattr(font.word_latin), quoteattr(font.word_han)
    return f'<a:{slot}Font><a:latin typeface={latin}/><a:ea typeface={han}/><a:cs typeface=""/></a:{slot}Font>'
