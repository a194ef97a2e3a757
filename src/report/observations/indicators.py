"""What a figure measures and of what, read from the clause around it by templates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from report.observations.entities import name_in
from report.observations.figure import Figure
from report.observations.lexicon import either, read_table
from report.observations.passages import Passage

_TABLE = read_table("indicators")
_SHARES, _AMOUNTS = either(_TABLE["shares"]), either(_TABLE["amounts"])
_RISE, _FALL, _LINKS = (either(_TABLE[name]) for name in ("rise", "fall", "links"))
_FILLER = f"(?:{either(_TABLE['fillers'])})*"
_CLAUSE = re.compile("[,，;；。!?:：\x00\n]")
_CHANGE = re.compile(
    f"(?P<base>同比|环比|比上年|比上月|年均|按年)?{_FILLER}(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))"
    "(?:了|约|近|超过|超|逾|将近|接近|幅度?|率|达|为| )*$"
)
_COMPARED = re.compile("(?:较|比|相比|由|从)[^,，。;；较比]{0,16}$")
_SHARE_OF = re.compile(
    f"{_FILLER}占(?!比){_FILLER}(?P<whole>[^,，。;；占0-9]{{0,14}}?)的?(?:比重|比例|份额|余下)?{_FILLER}$"
)
_LINK = re.compile(f"{_FILLER}(?:{_LINKS}){_FILLER}$")
_NAMED = re.compile(f"(?:左右|以上|以下)?的(?P<name>[A-Za-z\u4e00-\u9fff]{{0,8}}?(?:{_SHARES}|{_AMOUNTS}))")
_PAIRS: dict[str, list[str]] = _TABLE["pairs"]
_NO_OWNERS = tuple(_TABLE["no_owners"])
_VERBS = either(_TABLE["verbs"])
_SHARED = re.compile(
    f"(?:的(?P<name>(?:(?!{_VERBS}|和|与|及|是|为)[A-Za-z0-9\u4e00-\u9fff ]){{2,16}}))?"
    f"(?P<does>(?:{_VERBS})[^,，。;；、]{{2,16}})?"
)
_WHOLE = re.compile("全球|世界|全国|全市|全省|亚洲|欧洲")
_COUNTED = re.compile("(?:的|在|仍|继续|了)*(?P<name>[A-Za-z\u4e00-\u9fff]{1,14})")
_BASE = re.compile(
    "(?P<base>[0-9一二三四五六七八九十百千万多余]{1,8}[位名家人个][^,，。;；0-9]{2,14}?)"
    "(?:之中|当中|中(?![国美方心央东外文期欧俄日韩小等]))"
)
_STOPS = re.compile(
    f"在(?![册校读职线建岗外华美])|{either(_TABLE['stops'])}"
    "|(?:19|20)?[0-9]{2} ?年(?:度|初|底|末)?|[0-9]{1,2} ?月(?:份)?|[0-9]{1,2} ?日|[四一二三前]+季度"
)
_NOT_A_NAME = re.compile("[^A-Za-z0-9\u4e00-\u9fff()+&·]")


@dataclass(frozen=True)
class Reading:
    """An indicator, the rule that read it and the words that own it; "" and `none` where no rule read one.

    An owner with `?` before it is a guess: the words before a head noun without 的 (新能源汽车产量).
    """

    indicator: str = ""
    rule: str = "none"
    owner: str = ""


@dataclass(frozen=True)
class Before:
    """What the figures before it in the sentence measured: the last one, and the last of its sort (shares or not)."""

    last: Reading
    same: Reading


def read_indicator(passage: Passage, figure: Figure, before: Before) -> Reading:
    """What the figure measures: templates of its clause, most specific first, else what the one before it measured."""
    start, end = passage.index(figure.start), passage.index(figure.core_end - 1) + 1
    left, right = passage.text[:start], passage.text[end:].lstrip()
    clause, kind = _last_clause(left), figure.base or figure.kind
    share = kind in ("percent", "ratio")
    same = before.last if figure.unit == "倍" else before.same
    reading = (
        (_share_of(clause, right, before.last) if share else None)
        or _change(clause, figure, before.last)
        or _named_after(clause, right)
        or (_share_in(clause, right) if kind == "percent" else None)
        or _level(clause, share)
        or (_counted(left, right, figure, before.last) if kind == "count" else None)
        or (_noun_before(clause, right, figure) if kind in ("count", "other") else None)
        or (replace(same, rule="carried") if same.indicator else _far(left[-60:], share))
        or Reading()
    )
    return _one_of_pair(_measured(reading, figure), left, right)


def _measured(reading: Reading, figure: Figure) -> Reading:
    """The reading named for what the figure is: 12倍 compares, 第一 ranks."""
    if not reading.indicator:
        return reading
    if figure.kind == "ordinal":
        what = reading.indicator.removesuffix("排名").removesuffix("数")
        return replace(reading, indicator="" if figure.unit in ("届", "任期") else f"{what}排名")
    if figure.unit == "倍" and reading.rule != "change":
        return replace(reading, indicator=f"{reading.indicator.removesuffix('之比')}之比")
    return reading


def _one_of_pair(reading: Reading, left: str, right: str) -> Reading:
    """产销量分别为9.0万辆和8.4万辆: the first value is one indicator's, the second the other's."""
    word = next((word for word in _PAIRS if word in left), "")
    if reading.rule not in ("level", "change", "carried") or not word or "分别" not in left[-40:]:
        return reading
    second = not re.match("[和与、及]", right) and bool(re.search("[和与、及] ?$", left))
    old = re.search(either([word, *_PAIRS[word]]), reading.indicator)
    name = _PAIRS[word][second]
    return replace(reading, indicator=reading.indicator.replace(old[0], name, 1)) if old else reading


def _far(left: str, share: bool) -> Reading | None:
    """A head noun in an earlier clause of the sentence."""
    found = _level(left, share)
    return replace(found, rule="far", owner="") if found else None


def _last_clause(text: str) -> str:
    marks = list(_CLAUSE.finditer(text))
    return text[marks[-1].end() :] if marks else text


def _share_of(clause: str, right: str, before: Reading) -> Reading | None:
    """占全球50.4%的市场份额; 占全市近40%."""
    found = _SHARE_OF.search(clause)
    if not found:
        return None
    owner = _phrase(clause[: found.start()]) or before.owner
    whole, named = found["whole"].strip(), _NAMED.match(right)
    if named:
        return Reading(f"{whole}{named['name']}", "share-of-named", owner)
    if not whole:
        return Reading(_joined(owner, "占比"), "share-of", owner)
    return Reading(f"占{whole}比重", "share-of", owner)


def _change(clause: str, figure: Figure, before: Reading) -> Reading | None:
    """产量同比增长8.1%: the rate of change of what stands before it; a clause that begins with the verb changes what
    the figure before it measured."""
    found = _CHANGE.search(clause)
    if not found:
        return None
    subject = _COMPARED.sub("", clause[: found.start()])
    level = _level(subject, True) or _level(subject, False)
    if level is None:
        owner = _phrase(subject)
        level = Reading(owner, "change", owner) if owner else replace(before, indicator=_plain(before.indicator))
    what = _rate(figure, bool(found["rise"]))
    base = found["base"] if found["base"] in ("同比", "环比", "年均") else ""
    name = re.sub("增长$|增速$|增幅$", "", level.indicator) if what == "增长率" else level.indicator
    return Reading(f"{name}{base}{what}", "change", level.owner)


def _rate(figure: Figure, rise: bool) -> str:
    if figure.unit == "百分点":
        return "升幅" if rise else "降幅"
    if (figure.base or figure.kind) in ("percent", "ratio"):
        return "增长率" if rise else "降幅"
    return "增加额" if rise else "减少额"


def _plain(indicator: str) -> str:
    """An indicator without the change it was read with."""
    return re.sub("(?:同比|环比|年均)?(?:增长率|降幅|升幅|增加额|减少额)$", "", indicator)


def _named_after(clause: str, right: str) -> Reading | None:
    """高达87%的留存率: the indicator after the figure."""
    found = _NAMED.match(right)
    return Reading(found["name"], "after", _phrase(_LINK.sub("", clause))) if found else None


def _level(clause: str, share: bool) -> Reading | None:
    """The last head noun of the clause with the words that belong to it; what stands before 的 owns it."""
    heads = list(re.finditer(_SHARES if share else _AMOUNTS, clause))
    if not heads:
        return None
    phrase = _cut(clause[: heads[-1].start()])
    owner, _, own = phrase.rpartition("的")
    name = _joined(own, heads[-1][0])
    if _COMPARED.search(clause[: heads[-1].start()]):
        return Reading(name, "level")
    if owner.endswith(_NO_OWNERS):
        return Reading(name, "level")
    return Reading(name, "level", _clean(owner) if owner else f"?{_clean(own)}" if own else "")


def _share_in(clause: str, right: str) -> Reading | None:
    """拥有全球约57%的顶尖研究人才; 42%的受访者表示担忧: the share of a thing, or of those who do it."""
    found = _SHARED.match(right)
    if not found or not found[0]:
        return None
    if found["does"]:
        return Reading(f"{_clean(found['does'])[:14]}比例", "share-who", _clean(found["name"] or ""))
    whole = _WHOLE.search(clause)
    return Reading(f"{_clean(found['name'])}{whole[0] if whole else ''}占比", "share-in", "")


def _counted(left: str, right: str, figure: Figure, before: Reading) -> Reading | None:
    """41人投身工业界, 600余家AI企业: what is counted stands after the figure; 这10位专家中 owns it."""
    found = _COUNTED.match(right)
    name = found["name"].removesuffix("中") if found else ""
    if not name:
        return None
    bases = list(_BASE.finditer(left))
    carried = before.owner if before.rule == "counted" else ""
    suffix = "人数" if figure.unit in ("人", "名", "位", "人次") else "数"
    return Reading(name + suffix, "counted", _clean(bases[-1]["base"]) if bases else carried)


def _noun_before(clause: str, right: str, figure: Figure) -> Reading | None:
    """游客超过3900万人次; 重点实验室270多家: what is counted stands before the figure."""
    if right[:1].isalnum():
        return None
    name = _phrase(_LINK.sub("", clause))
    suffix = "" if figure.kind == "other" else "人数" if figure.unit in ("人", "名", "位", "人次") else "数"
    return Reading(name[-12:] + suffix, "noun-before") if len(name) > 1 and name_in(name) != name else None


def _phrase(text: str) -> str:
    """The noun phrase at the end of the text, "" where there is none."""
    return _clean(_cut(text).rstrip("的"))


def _cut(text: str, limit: int = 18) -> str:
    """What stands after the last date, conjunction or verb of saying."""
    stops = list(_STOPS.finditer(text))
    return (text[stops[-1].end() :] if stops else text)[-limit:].strip()


def _clean(text: str) -> str:
    return _NOT_A_NAME.sub("", text)


def _joined(modifier: str, head: str) -> str:
    return _clean(modifier)[-12:] + head
