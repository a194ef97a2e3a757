"""styles.xml out of the theme: every look becomes a Word style, so that the text itself carries no formatting."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from report.errors import ReportError
from report.theme.theme import Look, Theme
from report.writers.docx.looks import bold, colour, fonts, indents, paragraph_look, run_look, size, spacing
from report.writers.docx.settings import word_language
from report.writers.docx.style_parts import PARTS
from report.writers.docx.table_styles import box_frame, margins, three_rules
from report.writers.docx.xml import Element, w

Entry = dict[str, Any]


@cache
def style_table() -> dict[str, list[Entry]]:
    """The table of styles that stands beside this module."""
    text = (Path(__file__).parent / "styles.yaml").read_text(encoding="utf-8")
    table: dict[str, list[Entry]] = YAML(typ="safe").load(text)
    return table


@cache
def style_of_role(role: str) -> str:
    """The style id in which a role is set. Raises ReportError for a role that is no paragraph's."""
    for entry in style_table()["paragraph"]:
        if entry.get("role") == role:
            return str(entry["id"])
    raise ReportError(f"段落角色 {role}", "Word 里没有对应的样式", "可用的角色见 templates/README.md")


def styles_xml(theme: Theme, language: str = "zh-CN") -> Element:
    """The whole of styles.xml; `language` is the text's."""
    table = style_table()
    by_id = {entry["id"]: entry for entry in table["paragraph"]}
    return w(
        "styles",
        _defaults(theme, language),
        # Word's other built-in styles stay out of its lists until someone asks for them
        w("latentStyles", defLockedState=0, defUIPriority=99, defSemiHidden=1, defUnhideWhenUsed=1, defQFormat=0),
        *_base(theme),
        *(_paragraph_style(theme, entry, by_id) for entry in table["paragraph"]),
        *(_character_style(theme, entry) for entry in table["character"]),
        three_rules(theme),
        box_frame(theme),
    )


def chart_styles(theme: Theme) -> list[Element]:
    """The styles of the words in charts, which stand in a template for people to change and in no report."""
    return [_paragraph_style(theme, entry, {}) for entry in style_table()["chart"]]


def _defaults(theme: Theme, language: str) -> Element:
    body = theme.roles["body"]
    run = w(
        "rPr",
        fonts(theme, body.font),
        w("kern", val=2),
        *size(body.size),
        w("lang", val="en-US", eastAsia=word_language(language), bidi="ar-SA"),
    )
    return w("docDefaults", w("rPrDefault", run), w("pPrDefault"))


def _base(theme: Theme) -> list[Element]:
    """Normal and the three defaults every Word document has. Normal is never indented: notes, tables and the note
    separators hang on it."""
    rules = w(
        "pPr",
        w("widowControl", val=int(theme.setting.widows > 1)),
        w("kinsoku"),
        w("overflowPunct", val=int(theme.setting.hang)),
        w("autoSpaceDE"),
        w("autoSpaceDN"),
        w("jc", val="both"),
    )
    return [
        w("style", w("name", val="Normal"), w("qFormat"), rules, type="paragraph", default=1, styleId="Normal"),
        w("style", w("name", val="Default Paragraph Font"), w("uiPriority", val=1), w("semiHidden"),
          w("unhideWhenUsed"), type="character", default=1, styleId="DefaultParagraphFont"),
        w("style", w("name", val="Normal Table"), w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"),
          w("tblPr", w("tblInd", w=0, type="dxa"), margins(0, 108)), type="table", default=1, styleId="TableNormal"),
        w("style", w("name", val="No List"), w("uiPriority", val=99), w("semiHidden"), w("unhideWhenUsed"),
          type="numbering", default=1, styleId="NoList"),
    ]  # fmt: skip


def _paragraph_style(theme: Theme, entry: Entry, by_id: dict[str, Entry]) -> Element:
    same = by_id[entry["same"]] if "same" in entry else None
    look = theme.roles[(same or entry)["role"]]
    below = theme.roles[by_id[entry["based"]]["role"]] if "based" in entry else None
    parts: dict[str, Element] = {} if same else paragraph_look(look, below)
    parts.update(_structure(entry, look))
    if entry.get("outline") == 0 and theme.setting.chapters != "continuous":
        parts["pageBreakBefore"] = w("pageBreakBefore")
        parts["spacing"] = spacing(look, before=-look.before)
    body = theme.roles["body"]
    aside = look.leading != body.leading or look.size > body.size  # LibreOffice would give larger type two lines of it
    if aside or (same or entry)["role"].startswith("cover-"):
        parts["snapToGrid"] = w("snapToGrid", val=0)
    if "part" in entry:
        PARTS[entry["part"]](theme, look, parts)
    return _style(entry, "paragraph", [
        w("basedOn", val=entry.get("same") or entry.get("based", "Normal")),
        w("next", val=entry["next"]) if "next" in entry else None,
        w("uiPriority", val=entry["priority"]),
        w("qFormat") if entry["priority"] < 99 else None,
        w("pPr", *parts.values()) if parts else None,
        None if same else run_look(theme, look, below),
    ])  # fmt: skip


def _style(entry: Entry, kind: str, children: list[Element | None]) -> Element:
    attributes = {"type": kind, "styleId": entry["id"]}
    if not entry["name"].isascii():
        attributes["customStyle"] = "1"
    return w("style", w("name", val=entry["name"]), *children, **attributes)


def _structure(entry: Entry, look: Look) -> dict[str, Element]:
    parts: dict[str, Element] = {}
    if "outline" in entry:
        parts["keepLines"] = w("keepLines")
        parts["outlineLvl"] = w("outlineLvl", val=entry["outline"])
    if (level := entry.get("number")) is not None:
        number = w("numId", val=1 if level >= 0 else 0)
        parts["numPr"] = w("numPr", w("ilvl", val=level) if level >= 0 else None, number)
        if "same" in entry and look.indent:  # where a list is said anew, LibreOffice forgets the indent below
            parts["ind"] = indents(look)
    if kind := entry.get("list"):
        parts["numPr"] = w("numPr", w("numId", val={"bullet": 2, "number": 3, "box": 4}[kind]))
        if kind != "box":
            parts["ind"] = indents(look, by_size=False)
    return parts


def _character_style(theme: Theme, entry: Entry) -> Element:
    run: list[Element] = []
    for name in entry.get("font", ()):
        if name in theme.fonts:
            run += [fonts(theme, name), *bold(theme, name)]
            break
    if "colour" in entry:
        run.append(colour(theme, entry["colour"]))
    if entry.get("vanish"):
        run.append(w("vanish"))
    for key in ("vertAlign", "em"):
        if key in entry:
            run.append(w(key, val=entry[key]))
    based = w("basedOn", val="DefaultParagraphFont")
    visible = w("qFormat") if entry["priority"] < 99 else w("unhideWhenUsed")
    properties = w("rPr", *run) if run else None
    return _style(entry, "character", [based, w("uiPriority", val=entry["priority"]), visible, properties])
