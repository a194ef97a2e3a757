"""What a figure measures, read from the clause around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from report.observations.figure import Figure
from report.observations.lexicon import either, read_table
from report.observations.passages import Passage

_TABLE = read_table("indicators")
_SHARES, _AMOUNTS = (either(_TABLE[name]) for name in ("shares", "amounts"))
_RISE, _FALL = (either(_TABLE[name]) for name in ("rise", "fall"))
_CHARS = "[A-Za-z0-9\u4e00-\u9fff·()+&-]"
_CLAUSE = re.compile("[,，;；。!?:：\x00]")
_CHANGE = re.compile(f"(?:(?P<base>同比|环比)(?:分别)?)?(?:平均|累计|实际|预计|将|大幅?|已|均|各|再|进一步)*(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))(?:了|约|近|超过|逾|幅度?|率)*$")
_SHARE_OF = re.compile("(?:约|仅|分别|各|共|则|才)?占(?:据|到|了)?(?:约|近|比)?(?P<whole>[^,，。;；占]{0,14}?)的?(?:比重|比例|份额|余下)?(?:约|近|超过|接近|超|逾|为|达)?$")
_AFTER_OF = re.compile(f"(?:左右|以上|以下)?的(?P<name>{_CHARS}{{0,8}}?(?:{_SHARES}|{_AMOUNTS}))")
_AFTER_COUNT = re.compile("的?(?P<name>[A-Za-z\u4e00-\u9fff]{1,12})")
_MODIFIER_STOP = re.compile("[的了在将则其已即从由使令让把和与及,，、]|这一|显示|指出|认为|预计|预测|报告|(?:19|20)[0-9]{2}年|[0-9]+月|年|中|中,|其中")


@dataclass(frozen=True)
class Reading:
    """An indicator and the rule that read it; "" and `none` where no rule did."""

    indicator: str = ""
    rule: str = "none"


def read_indicator(passage: Passage, figure: Figure, before: Reading) -> Reading:
    """What the figure measures: templates of its clause, most specific first, else what the figure before it measured."""
    start, end = passage.index(figure.start), passage.index(figure.core_end - 1) + 1
    left, right = passage.text[:start], passage.text[end:]
    marks = list(_CLAUSE.finditer(left))
    clause = left[marks[-1].end() :] if marks else left
    kind = figure.base or figure.kind
    share = kind in ("percent", "ratio")
    return (
        _share_of(clause, right, share)
        or _change(clause, left, share, figure)
        or _after(right)
        or _head(clause, share)
        or _counted(clause, right, kind)
        or _head(left[-60:], share)
        or Reading(before.indicator, "carried" if before.indicator else "none")
    )


def _share_of(clause: str, right: str, share: bool) -> Reading | None:
    """占全球50.4%的市场份额; 占全市近40%."""
    found = _SHARE_OF.search(clause) if share else None
    if not found:
        return None
    whole = found["whole"].strip()
    named = _AFTER_OF.match(right)
    if named:
        return Reading(f"{whole}{named['name']}", "share-of-named")
    return Reading(f"占{whole}比重" if whole else "占比", "share-of")


def _change(clause: str, left: str, share: bool, figure: Figure) -> Reading | None:
    """产量同比增长8.1%: the rate of change of what stands before it."""
    found = _CHANGE.search(clause)
    if not found:
        return None
    head = _head(clause[: found.start()], False) or _head(clause[: found.start()], True) or _head(left[-80:], False)
    name = head.indicator if head else _tail(clause[: found.start()])
    base = found["base"] or ""
    what = ("增长率" if found["rise"] else "降幅") if share else ("增加额" if found["rise"] else "减少额")
    if figure.unit == "百分点":
        what = "增幅" if found["rise"] else "降幅"
    return Reading(f"{name}{base}{what}", "change")


def _after(right: str) -> Reading | None:
    """高达87%的留存率: the indicator after the figure."""
    found = _AFTER_OF.match(right)
    return Reading(found["name"], "after") if found else None


def _head(clause: str, share: bool) -> Reading | None:
    """The last head noun of the clause with the words that belong to it."""
    heads = list(re.finditer(_SHARES if share else _AMOUNTS, clause))
    if not heads:
        return None
    last = heads[-1]
    name = _tail(clause[: last.start()], 10) + last[0]
    return Reading(name, "head")


def _tail(text: str, limit: int = 14) -> str:
    """The words at the end of the text after its last 的, verb of saying or date."""
    stops = list(_MODIFIER_STOP.finditer(text))
    tail = text[stops[-1].end() :] if stops else text
    return re.sub("^[^A-Za-z\u4e00-\u9fff]+", "", tail)[-limit:].strip()


def _counted(clause: str, right: str, kind: str) -> Reading | None:
    """41人投身工业界, 600余家AI企业: what is counted stands after the figure."""
    if kind not in ("count", "ordinal"):
        return None
    found = _AFTER_COUNT.match(right.lstrip())
    if not found:
        return None
    return Reading(found["name"] + ("" if kind == "ordinal" else "数"), "counted")
