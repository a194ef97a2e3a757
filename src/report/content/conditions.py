"""Conditions of prose blocks: a value exists, enough of several do, one is above another; nothing more."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from report.dataset.direction import PAIRS, direction
from report.dataset.models import BoundValue
from report.errors import ReportError

HOW = "when 后面写：值名；没有 值名；至少2个 甲、乙、丙；不足2个 甲、乙、丙；甲 高于 乙"
HOW_EACH = "写成 ::: for-each 国家: 甲国、乙国，下面用 {{ 国家 }}、{{ 国家·值名 }}"
COMPARED = {word: pair for pair in ("高低", "多少", "大小") for word in PAIRS[pair]}
_COUNT = re.compile(r"(?P<how>至少|不足)\s*(?P<count>\d{1,2})\s*个\s+(?P<names>.+)")
_COMPARISON = re.compile(rf"(?P<one>\S+)\s+(?P<word>{'|'.join(COMPARED)})\s+(?P<other>\S+)")
_NONE = re.compile(r"没有\s+(?P<names>.+)")
_APART = re.compile(r"\s*[、，,]\s*")
Exists = Callable[[str], bool]


@dataclass(frozen=True)
class Condition:
    """What must hold of the values `names`: at least `least` and at most `most` of them exist (None: no such end); or
    between two of them the word `compared`."""

    names: tuple[str, ...]
    least: int = 0
    most: int | None = None
    compared: str = ""

    def holds(self, exists: Exists, values: Mapping[str, BoundValue], where: str) -> bool:
        """Whether it does; a comparison with a value that does not exist does not hold. ReportError where two values
        cannot be compared (see `direction`)."""
        found = sum(map(exists, self.names))
        if self.compared:
            pair = COMPARED[self.compared]
            one, other = self.names
            return found == 2 and direction(pair, values[one], values[other], where) == self.compared
        return self.least <= found and (self.most is None or found <= self.most)


def read_condition(text: str, where: str) -> Condition:
    """The condition that stands behind `::: when`; ReportError at `where` for what is none."""
    text = text.strip()
    if found := _COUNT.fullmatch(text):
        names, count = _names(found["names"], where), int(found["count"])
        if not 1 <= count <= len(names):
            raise ReportError(where, f"“{found['how']}{count}个”，后面列了 {len(names)} 个值", "个数从 1 到所列的值数")
        return Condition(names, least=count) if found["how"] == "至少" else Condition(names, most=count - 1)
    if found := _COMPARISON.fullmatch(text):
        return Condition((*_names(found["one"], where), *_names(found["other"], where)), compared=found["word"])
    if found := _NONE.fullmatch(text):
        return Condition(_names(found["names"], where), most=0)
    names = _names(text, where)
    return Condition(names, least=len(names))


def _names(text: str, where: str) -> tuple[str, ...]:
    names = tuple(_APART.split(text.strip()))
    if not all(names) or any(re.search(r"[\s{}|｜:：]", name) for name in names):
        raise ReportError(where, f"看不懂条件“{text}”", HOW)
    return names


@dataclass(frozen=True)
class Each:
    """What stands once for every one of `names`, `variable` standing for it."""

    variable: str
    names: tuple[str, ...]


MOST_NAMES = 60
_EACH = re.compile(r"(?P<variable>[^\W_]{1,20})\s*[:：]\s*(?P<names>.+)")


def read_each(text: str, where: str) -> Each:
    """What stands behind `::: for-each`; ReportError at `where` for what is none."""
    found = _EACH.fullmatch(text.strip())
    if not found:
        raise ReportError(where, f"看不懂“for-each {text.strip()}”", HOW_EACH)
    names = _names(found["names"], where)
    if len(names) > MOST_NAMES or len(set(names)) < len(names):
        problem = f"列了 {len(names)} 个名字" if len(names) > MOST_NAMES else "有名字列了两次"
        raise ReportError(where, problem, f"每个只写一次，至多 {MOST_NAMES} 个")
    return Each(found["variable"], names)


def named(text: str, names: Mapping[str, str]) -> str:
    """A name with the variables that are parts of it (between · or -) replaced by what they stand for."""
    parts = re.split("([·-])", text)
    return "".join(names.get(part, part) for part in parts)
