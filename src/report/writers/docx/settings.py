"""settings.xml, the table of fonts, and the notes part with its separators."""

from __future__ import annotations

from report.theme.theme import Theme
from report.writers.docx.xml import Element, w

# English names of the fonts that come with Chinese Windows, for systems that know no other.
ALIASES = {"宋体": "SimSun", "黑体": "SimHei", "楷体": "KaiTi", "仿宋": "FangSong"}
# which slots of the theme's colour scheme text and ground take (ECMA-376 17.15.1.20)
COLOURS = {"bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2", "hyperlink": "hyperlink",
           "followedHyperlink": "followedHyperlink"} | {f"accent{i}": f"accent{i}" for i in range(1, 7)}  # fmt: skip
_REGIONS = {"zh": "zh-CN", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW", "zh-Hant-HK": "zh-HK", "zh-Hant-MO": "zh-MO"}
_SERIF = ("宋", "楷", "仿宋", "Times")


def word_language(language: str) -> str:
    """A language as Word knows it: by its region, where we say the script."""
    return _REGIONS.get(language, language)


def note_numbers(*children: Element) -> Element:
    """①②③ anew on each page. Stands in the settings and in every section: LibreOffice reads the latter only."""
    restart = w("numRestart", val="eachPage")
    return w("footnotePr", w("numFmt", val="decimalEnclosedCircleChinese"), restart, *children)


def settings_xml(theme: Theme, language: str) -> Element:
    """Squeezed Chinese punctuation, the text's language, Word 2013 rules; no updateFields: it asks a frightening
    question, and the contents are filled in already. Pages with two sides mirror their margins."""
    two = theme.setting.sides == "two"
    compat = w(
        "compat",
        *(w(name) for name in ("spaceForUL", "balanceSingleByteDoubleByteWidth", "doNotLeaveBackslashAlone",
                               "ulTrailSpace", "doNotExpandShiftReturn", "adjustLineHeightInTable", "useFELayout")),
        w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15),
    )  # fmt: skip
    return w(
        "settings",
        w("zoom", percent=100),
        w("mirrorMargins") if two else None,
        w("bordersDoNotSurroundHeader"),
        w("bordersDoNotSurroundFooter"),
        w("defaultTabStop", val=420),
        w("evenAndOddHeaders") if two else None,
        w("characterSpacingControl", val="compressPunctuation"),
        note_numbers(w("footnote", id=-1), w("footnote", id=0)),
        compat,
        w("themeFontLang", val="en-US", eastAsia=word_language(language)),
        w("clrSchemeMapping", **COLOURS),
        w("decimalSymbol", val="."),
        w("listSeparator", val=","),
    )


def footnotes_xml() -> Element:
    """footnotes.xml with the two separators every document needs (17.11.9)."""
    notes = [_separator("separator", -1), _separator("continuationSeparator", 0)]
    return w("footnotes", *notes)


def _separator(kind: str, number: int) -> Element:
    return w(
        "footnote",
        w("p", w("pPr", w("snapToGrid", val=0), w("spacing", before=0, after=0)), w("r", w(kind))),
        type=kind,
        id=number,
    )


def fonts_xml(theme: Theme) -> Element:
    """fontTable.xml: the families the styles name, with other names to find them by."""
    han = {font.word_han for font in theme.fonts.values()}
    latin = {font.word_latin for font in theme.fonts.values()} - han
    entries = [_font(name, "86") for name in sorted(han)] + [_font(name, "00") for name in sorted(latin)]
    return w("fonts", *entries)


def _font(name: str, charset: str) -> Element:
    family = "roman" if name.startswith(_SERIF) else "swiss"
    return w(
        "font",
        w("altName", val=ALIASES[name]) if name in ALIASES else None,
        w("charset", val=charset),
        w("family", val=family),
        w("pitch", val="variable"),
        name=name,
    )
