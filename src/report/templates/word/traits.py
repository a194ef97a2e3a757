"""What a style of a Word file looks like, resolved as Word does (ECMA-376 17.7.2), as a flat list of traits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from report.sources.docx.package import child, children, name_of, value_of
from report.yaml import read_yaml

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

Properties = dict[str, dict[str, str]]  # name of a property → its attributes
Trait = str | float
Traits = dict[str, Trait]  # lengths in points; "" where there is nothing of the kind

ALIGN = {"start": "left", "end": "right", "both": "justify", "": "left"}
SIDES = ("top", "left", "bottom", "right")
JOINED = ("spacing", "ind", "rFonts")  # whose attributes are inherited one by one
OFF = ("0", "false", "off", "none", "nil", "auto", "clear", "")
# properties that show and that no look has: what switches them on is told
RUN_MARKS = ("i", "u", "strike", "dstrike", "caps", "smallCaps", "shadow", "outline", "emboss", "imprint", "highlight",
             "bdr", "vanish", "em", "vertAlign")  # fmt: skip
PARAGRAPH_MARKS = ("pageBreakBefore", "framePr", "textDirection")
TELLS = {"bdr": "val", "em": "val", "vertAlign": "val"}
FLAT = {"vertAlign": "baseline"}
LEAST = {"size": 0.24, "scale": 0.5} | {f"border-{side}": 0.3 for side in SIDES}  # a difference that is none: half of
# what Word can set, and for borders what LibreOffice rounds to
LEAST_LENGTH = 0.16  # points: what is lost where LibreOffice counts in hundredths of a millimetre, and a twip


@cache
def _aliases() -> Mapping[str, str]:
    names = read_yaml(Path(__file__).parent / "names.yaml").data
    return {str(alias): name for name, aliases in names.items() for alias in aliases}


def canonical(name: str) -> str:
    """The name of a style as `export-template` writes it, in lower case: Word and LibreOffice rename what is theirs."""
    lower = " ".join(name.lower().split())
    return _aliases().get(lower, lower)


class Styles:
    """The styles of a Word file by their canonical names. `families` are the theme's fonts by slot (minorEastAsia)."""

    def __init__(self, root: _Element | None, families: Mapping[str, str]) -> None:
        self.families = families
        self.root = root
        self._by_id: dict[str, _Element] = {}
        self.by_name: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for style in children(root, "style") if root is not None else ():
            ident = value_of(style, "styleId")
            self._by_id.setdefault(ident, style)
            name = value_of(child(style, "name"))
            self._names[ident] = canonical(name)
            if name == canonical(name):  # LibreOffice may write a Caption of its own beside our caption
                self.by_name[name] = ident
            self.by_name.setdefault(canonical(name), ident)
        defaults = child(root, "docDefaults") if root is not None else None
        self._defaults = (
            _properties(child(defaults, "pPrDefault", "pPr")), _properties(child(defaults, "rPrDefault", "rPr"))
        )  # fmt: skip

    def name(self, ident: str) -> str:
        """The canonical name of a style; "" for an id that no style has."""
        return self._names.get(ident, "")

    def element(self, name: str) -> _Element | None:
        """The style of a canonical name; None where the file has none."""
        return self._by_id.get(self.by_name.get(name, ""))

    def traits(self, ident: str, *direct: _Element | None) -> Traits:
        """The traits of a style, under direct formatting (pPr, rPr) where any is given. A character style in it counts
        with its own properties."""
        paragraph, run = self.properties(ident)
        for properties in direct:
            if properties is None:
                continue
            if name_of(properties) == "pPr":
                _join(paragraph, _properties(properties))
                continue
            for style in self._chain(value_of(child(properties, "rStyle"))):
                _join(run, _properties(child(style, "rPr")))
            _join(run, _properties(properties))
        return _traits(paragraph, run, self.families)

    def properties(self, ident: str) -> tuple[Properties, Properties]:
        """A style's properties of paragraph and characters, with all that it inherits."""
        paragraph, run = ({name: dict(held) for name, held in one.items()} for one in self._defaults)
        for style in self._chain(ident):
            _join(paragraph, _properties(child(style, "pPr")))
            _join(run, _properties(child(style, "rPr")))
        return paragraph, run

    def _chain(self, ident: str) -> list[_Element]:
        """The style with those it is based on, the lowest first."""
        found: list[_Element] = []
        while (style := self._by_id.get(ident)) is not None and style not in found:
            found.insert(0, style)
            ident = value_of(child(style, "basedOn"))
        return found


def _properties(properties: _Element | None) -> Properties:
    found: Properties = {}
    for one in properties if properties is not None else ():
        name = name_of(one)
        if name == "pBdr":
            found |= {f"pBdr {name_of(side)}": _attributes(side) for side in one}
        else:
            found[name] = _attributes(one)
    return found


def _attributes(element: _Element) -> dict[str, str]:
    return {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}


def _join(below: Properties, above: Properties) -> None:
    """Lay properties over others."""
    for name, held in above.items():
        if name in JOINED and name in below:
            kept = below[name]
            if name == "ind" and held.keys() & {"firstLine", "hanging", "firstLineChars", "hangingChars"}:
                kept = {key: value for key, value in kept.items() if key in ("left", "right", "start", "end")}
            below[name] = kept | held
        else:
            below[name] = dict(held)


def _traits(paragraph: Properties, run: Properties, families: Mapping[str, str]) -> Traits:
    space, indent, fonts = paragraph.get("spacing", {}), paragraph.get("ind", {}), run.get("rFonts", {})
    colour = run.get("color", {})
    align = paragraph.get("jc", {}).get("val", "")
    return {
        "han": families.get(fonts.get("eastAsiaTheme", ""), "") or fonts.get("eastAsia", ""),
        "latin": families.get(fonts.get("asciiTheme", ""), "") or fonts.get("ascii", "") or fonts.get("hAnsi", ""),
        "bold": _is_on(run.get("b")),
        "size": _number(run.get("sz", {}).get("val", "20")) / 2,
        "colour": _hexadecimal(colour.get("val", "")),
        "slot": "" if colour.keys() & {"themeTint", "themeShade"} else colour.get("themeColor", ""),
        "tracking": _points(run.get("spacing", {}), "val"),
        "align": ALIGN.get(align, align),
        "rule": space.get("lineRule", "auto"),
        "leading": _points(space, "line"),
        "before": _points(space, "before"),
        "after": _points(space, "after"),
        "left": _points(indent, "left", "start"),
        "right": _points(indent, "right", "end"),
        "first": _points(indent, "firstLine") or -_points(indent, "hanging"),
        "first_em": (_number(indent.get("firstLineChars", "")) or -_number(indent.get("hangingChars", ""))) / 100,
        "keep_next": _is_on(paragraph.get("keepNext")),
        "ground": _ground(paragraph.get("shd")),
        "shade": _ground(run.get("shd")),
        "scale": _number(run.get("w", {}).get("val", "100")),
        "position": _number(run.get("position", {}).get("val", "")) / 2,
        **{f"border-{side}": _width(paragraph.get(f"pBdr {side}")) for side in SIDES},
        **{f"edge-{side}": _edge(paragraph.get(f"pBdr {side}")) for side in SIDES},
        **{f"mark-{name}": _mark(run, name) for name in RUN_MARKS},
        **{f"mark-{name}": _mark(paragraph, name) for name in PARAGRAPH_MARKS},
    }  # fmt: skip


def differing(then: Mapping[str, Trait], now: Mapping[str, Trait]) -> Iterator[str]:
    """The names of the traits that differ by more than what is lost in saving."""
    for name in then.keys() | now.keys():
        old, new = then.get(name, ""), now.get(name, "")
        if isinstance(old, float | int) and isinstance(new, float | int):
            if abs(old - new) > LEAST.get(name, LEAST_LENGTH):
                yield name
        elif old != new:
            yield name


def changes(then: Mapping[str, Trait], now: Mapping[str, Trait]) -> set[str]:
    """The traits that somebody changed: a colour that follows the theme is the same as long as it follows the same
    slot, and one that lost its slot as long as it is the same; an indent in characters as long as either is."""
    found = set(differing(then, now))
    if now["slot"] and now["slot"] == then["slot"] or now["colour"] == then["colour"]:
        found -= {"colour", "slot"}
    elif {"colour", "slot"} & found:
        found = found - {"slot"} | {"colour"}
    found -= {"first", "first_em"}
    if _indented_anew(then, now):
        found.add("first")
    if now["rule"] == then["rule"] == "auto":
        found -= {"leading"}
    return found


def _indented_anew(then: Mapping[str, Trait], now: Mapping[str, Trait]) -> bool:
    """Whether the first line is indented otherwise: in characters where both say so, else in points."""
    if then["first_em"] and now["first_em"]:
        return then["first_em"] != now["first_em"]
    return "first" in differing({"first": then["first"]}, {"first": now["first"]})


def _points(held: Mapping[str, str], *names: str) -> float:
    return next((_number(held[name]) / 20 for name in names if name in held), 0.0)


def _number(text: str) -> float:
    """A number as Word writes it; 0 for none, and for what is longer than any."""
    digits = text.removeprefix("-").removesuffix("%")
    if not digits.replace(".", "", 1).isdecimal() or len(digits) > 9:
        return 0.0
    return float(digits) * (-1 if text.startswith("-") else 1)


def _is_on(held: Mapping[str, str] | None) -> str:
    return "1" if held is not None and held.get("val", "1") not in OFF else ""


def _mark(properties: Properties, name: str) -> str:
    if name not in properties:
        return ""
    value = properties[name].get("val", "1")
    return "" if value in OFF or value == FLAT.get(name) else value


def _ground(held: Mapping[str, str] | None) -> str:
    fill = (held or {}).get("fill", "auto").lower()
    return "" if fill in OFF else fill


def _width(held: Mapping[str, str] | None) -> float:
    """The width of a border in points; 0 for none."""
    return 0.0 if held is None or held.get("val", "") in OFF else _number(held.get("sz", "")) / 8


def _edge(held: Mapping[str, str] | None) -> str:
    """The colour of a border; "" for none."""
    return "" if held is None or held.get("val", "") in OFF else _hexadecimal(held.get("color", ""))


def _hexadecimal(value: str) -> str:
    return "000000" if value.lower() in ("auto", "") else value.lower()
