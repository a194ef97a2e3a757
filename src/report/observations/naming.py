"""Names of places and bodies in a text: a gazetteer, and bodies known by how their names end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from report.observations.lexicon import either, read_table

_TABLE = read_table("gazetteer")
_CITIES = {city: [] if city.endswith(("市", "州", "区")) else [f"{city}市"] for city in _TABLE["cities"]}
_SECTIONS = {name: _TABLE[name] for name in ("countries", "regions", "wholes", "provinces", "districts")}
_SECTIONS["cities"] = _CITIES
PLACES: frozenset[str] = frozenset(
    form for names in _SECTIONS.values() for name, forms in names.items() for form in (name, *forms)
)
_CANONICAL: dict[str, str] = {form: name for names in (*_SECTIONS.values(), _TABLE["organisations"])
                              for name, forms in names.items() for form in (name, *forms)}
_HOMES: dict[str, str] = {body: place for place, bodies in _TABLE["homes"].items() for body in bodies}
_INFORMAL: dict[str, str] = _TABLE["informal"]
_SHORT: dict[str, str] = _TABLE["characters"]
_LEVELS = {"国": frozenset(_SECTIONS["countries"]) - {"中国"}, "省": frozenset(_SECTIONS["provinces"]),
           "市": frozenset(_CITIES) | {"北京", "上海", "天津", "重庆"}, "区": frozenset(_SECTIONS["districts"]),
           "香港": frozenset({"香港"})}
_BODY = f"(?:{either(_TABLE['bodies'])})"
_NAME = re.compile(
    f"(?P<name>{either([*_CANONICAL, *_INFORMAL])})(?!{either(_TABLE['not_before'])}|人(?![口均工力才]))"
    f"|(?<=[{_TABLE['character_after']}])(?P<short>[{''.join(_SHORT)}])(?![\u4e00-\u9fff]?元)"
)
_BODY_NAME = re.compile(
    "(?:(?![的在由对和与及于是为从向把被将等]|通过|根据|依据|启动|来自|位于|包括)[\u4e00-\u9fff]){2,12}?"
    f"{_BODY}(?![\u4e00-\u9fff]{{0,2}}{_BODY})"
)
_BODY_END = re.compile(
    f"{_BODY}$|[\u4e00-\u9fff]{{2}}(?<!全|大|一|内|外|总)[局厅署处委院办科]$|"
    "[\u4e00-\u9fff]{2}[教交商卫财国安法农水住科工外文旅信司]部$"
)
_SEAT = re.compile(
    "(?:(?![全我该本这那各每占居列位为是有于]|城市|地区|都市|超市|股市|楼市|新区|园区|社区|[的在由对和与及])[\u4e00-\u9fff]{2,5}?"
    "(?:省|自治区|市(?![场值民政占])|县|新区|区(?![域间别块])|镇|乡|村(?!民)|街道|小区))"
    "{1,4}(?<!城市)(?<!地区)(?<!园区)(?<!社区)(?<!灾区)(?<!专区)"
)
_ABROAD = re.compile(f"^[{''.join(_SHORT)}](?=[对自从在与和])")


@dataclass(frozen=True)
class Name:
    """A name at [start, end) of a normalised text, as an observation states it (美 → 美国, 警队 → 警务处); `short` for
    a one-character one (留美, 在美), which tells where to and hardly ever whose."""

    start: int
    end: int
    text: str
    short: bool = False


@lru_cache(maxsize=512)
def names_in(text: str) -> tuple[Name, ...]:
    """The places and known bodies that a normalised text names, in order."""
    return tuple(Name(*match.span(), _stated(match), bool(match["short"])) for match in _NAME.finditer(text))


def name_in(text: str) -> str:
    """The last place or body a normalised text names; "" for none."""
    names = [*names_in(text), *(Name(*match.span(), match[0]) for match in _BODY_NAME.finditer(text))]
    return max(names, key=lambda name: (name.end, -name.start)).text if names else ""


def name_at_start(text: str) -> Name | None:
    """The name that a normalised text begins with (美国半导体产业; 英对主要出口国); None for none."""
    names = names_in(text)
    seat = _SEAT.match(text)
    if seat and (not names or names[0].start or seat.end() > names[0].end):
        return Name(0, seat.end(), seat[0])
    body = _BODY_NAME.match(text)
    own = body[0].removesuffix("政府").removesuffix("特区") if body else ""  # a place's government stands for it
    if body and (not names or names[0].start or body.end() > names[0].end):
        return Name(0, body.end(), own if is_place(own) else body[0])
    if names and names[0].start == 0:
        return names[0]
    found = _ABROAD.match(text)
    return Name(0, 1, _SHORT[found[0]]) if found else None


def short_places(text: str) -> list[tuple[int, str]]:
    """The places whose one-character names stand in a text (台出口, 中美): candidates with
    their index, for the characters are common."""
    return [(place, _SHORT[char]) for place, char in enumerate(text) if char in _SHORT]


def canonical(name: str) -> str:
    """The one form for all names of a known place or body (我国 → 中国); the name itself for any other."""
    return _CANONICAL.get(_INFORMAL.get(name, name), _INFORMAL.get(name, name))


def without_subject(indicator: str, subject: str) -> str:
    """The indicator without its subject at the beginning (美国AIaaS市场规模 of 美国), where anything is left of it."""
    for name in (subject, canonical(subject)):
        if name and indicator.startswith(name) and len(indicator) - len(name) > 1:
            return indicator[len(name) :].removeprefix("的")
    return indicator


def is_place(name: str) -> bool:
    """Whether the name is that of a known place."""
    return name in PLACES


def home_of(name: str) -> str:
    """The place that a name tells of: itself, or where a known public body is (主计总处 → 台湾); "" for none."""
    return name if is_place(name) else _HOMES.get(canonical(name), "")


def level_of(name: str) -> str:
    """国 (but for China, whose 全国 is), 省, 市, 区, 县 or 香港 for a place of that level; "" for any other."""
    return next((level for level, names in _LEVELS.items() if canonical(name) in names or name[-1:] == level), "")


def is_body(text: str) -> bool:
    """Whether the text ends as the name of a body does (律政司, 卡内基基金会)."""
    return bool(_BODY_END.search(text)) or text in _CANONICAL and text not in PLACES


def _stated(match: re.Match[str]) -> str:
    if match["short"]:
        return _SHORT[match["short"]]
    return _INFORMAL.get(match["name"], match["name"])
