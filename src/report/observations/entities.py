"""Places, organisations and other subjects in a sentence, and which of them a figure is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from report.observations.figure import Figure
from report.observations.lexicon import either, read_table
from report.observations.passages import Passage

_TABLE = read_table("gazetteer")
_NAMES = {form: name for section in ("places", "organisations")
          for name, aliases in _TABLE[section].items() for form in (name, *aliases)}
_SHORT: dict[str, str] = _TABLE["characters"]
_BODY = f"(?:{either(_TABLE['bodies'])})"
_MENTION = re.compile(
    f"(?P<body>(?:(?![的在由对和与及于是为从向把被将])[\u4e00-\u9fff]){{2,12}}?{_BODY}(?![\u4e00-\u9fff]{{0,2}}{_BODY}))"
    f"|(?P<name>{either(_NAMES)})"
    f"|(?<=[{_TABLE['character_after']}])(?P<short>[{''.join(_SHORT)}])(?![\u4e00-\u9fff]?元)"
)
_COMPARED = re.compile("(?:较|比|与|和|同|高于|低于|超过|对|向|从|自|来自|出口至?|进口自?|赴|在)$")
_SAYS = re.compile("[^,，。;；]{0,16}(?:预测|预计|认为|指出|表示|显示|统计|公布|发布|数据|报告|估计|估算|称|调查|报道)")
_LONGEST = 18
_CLAUSE = re.compile("[,，;；。:：\n]")


@dataclass(frozen=True)
class Subject:
    """What a figure is about and the rule that found it; "" and `none` where nothing did."""

    name: str = ""
    rule: str = "none"


def name_in(text: str) -> str:
    """The last place or organisation a normalised text names, by its reported name; "" for none."""
    names = [_name(match) for match in _MENTION.finditer(text)]
    return names[-1] if names else ""


def without_place(indicator: str, place: str) -> str:
    """The indicator without the place at its beginning, where that is the subject (美国AIaaS市场规模)."""
    found = _MENTION.match(indicator)
    if found and _name(found) == place and len(indicator) - found.end() > 1:
        return indicator[found.end() :].removeprefix("的")
    return indicator


def subject_of(passage: Passage, figure: Figure, owner: str) -> Subject:
    """The subject of a figure: the last place or body before it in its clause that neither speaks nor is compared with,
    else `owner` (the words before 的 and the indicator), else the first place of the sentence."""
    index = passage.index(figure.core_start)
    text = passage.text
    start = max((match.end() for match in _CLAUSE.finditer(text, 0, index)), default=0)
    mentions = [match for match in _mentions(text) if match.end() <= index and not _speaks(text, match)]
    main = [match for match in mentions if not _COMPARED.search(text[max(0, match.start() - 3) : match.start()])]
    if owner and not owner.startswith("?") and 2 <= len(owner) <= _LONGEST:
        return Subject(_MENTION.sub(lambda match: _name(match), owner, count=1), "clause")
    inside = [_name(match) for match in main if match.start() >= start]
    places = [name for name in inside if name != "全球"]
    if places or (inside and figure.kind not in ("ordinal", "percent", "ratio")):
        return Subject((places or inside)[-1], "clause")
    if len(owner) > 2 and not main:
        return Subject(owner[1:], "clause")
    before = [_name(match) for match in main] or [_name(match) for match in mentions]
    places = [name for name in before if name != "全球"] or before
    return Subject(places[-1], "sentence") if places else Subject()


@lru_cache(maxsize=4)
def _mentions(text: str) -> tuple[re.Match[str], ...]:
    """The mentions of a sentence, looked for once and not for each of its figures."""
    return tuple(_MENTION.finditer(text))


def _speaks(text: str, match: re.Match[str]) -> bool:
    """Whether the mention is who says it (惠誉预测, 统计局数据显示)."""
    return bool(match["body"] and _SAYS.match(text, match.end()))


def _name(match: re.Match[str]) -> str:
    written: str = match["body"] or match["name"] or ""
    return _NAMES.get(written, written) if written else _SHORT[match["short"]]
