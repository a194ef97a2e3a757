"""Indicators of shares: 占全球的比重, 全球57%的研究机构, 42%的受访者表示担忧, 前2%."""

from __future__ import annotations

import re

from report.observations.clauses import Clause
from report.observations.heads import FILLED, GOES, HEADS, LINK, SAME_ROW, TABLE, fits
from report.observations.lexicon import either
from report.observations.phrases import cleaned, headed, is_name, phrase_at_end, stripped, without_place
from report.observations.reading import Before, Reading

_SHARE_OF = re.compile(
    f"(?<![霸独侵强抢])占(?!比|有率|用|地|领)(?:{FILLED}|到|了|据){{0,3}}(?P<whole>[^占]{{0,16}}?)中?的?(?:余下|剩余|其余)?"
    f"(?:(?:比重|比例|份额|百分比|比率|比(?=分别|为|达|约))(?:{FILLED}|{LINK}){{0,3}}|{FILLED}{{0,3}})$"
)
_AND_SHARE = re.compile("(?P<name>[^,、]{2,14}?)(?:额|金额|总额)?(?:及|和|与|以及)(?:其)?(?:占比|比重|份额)")
_REALM = re.compile(f"(?:{either(TABLE['realms'])})")
_VERB = re.compile(f"(?:{either(TABLE['verbs'])})(?![生者率量额费])")
_LIGHT = re.compile(f"^(?:{either(TABLE['light'])})+")
_MODIFIES = re.compile("在|来自|源自|从事|拥有|使用|采用|接受|受|获|被|由|有|参与|参加|没有")
_OPINION = re.compile("担心|担忧|希望|愿意|相信|认为|表示|同意|赞成")
_WHO = re.compile("(?:的|以上的|左右的)?(?P<rest>[^的].*)$")
_EMPTY = re.compile(f"(?:{either(TABLE['empty'])})(?![\u4e00-\u9fff]{{0,2}}的)")
_ONLY = re.compile("(?:但|而|且|并|却|也|还|另|其中|其余|当中|只|仅|约|有|的)*")
_AS_MUCH = re.compile("(?:达|达到|相当于|等于)(?P<whole>[A-Za-z\u4e00-\u9fff]{2,10})的$")
_DID = 16  # characters of what they do


def share_of(clause: Clause, before: Before) -> Reading | None:
    """占全球50.4%的市场份额, 占全市近40%: the share of a whole."""
    left = SAME_ROW.sub("", clause.left)
    found = _SHARE_OF.search(left)
    if not found or clause.sort != "rate":
        return None
    phrase = phrase_at_end(clause, left[: found.start()])
    whole = cleaned(clause.restored(found["whole"]))
    named = _named_behind(clause)
    if named and fits(named, "rate"):
        return Reading(f"{whole}{named}", "share-of-named")
    if not whole:
        name = phrase.name if phrase.name and not is_name(phrase.name) else ""
        name = name or (_plain(before.last) if before.last.sort not in ("rate", "rank") else "")
        return Reading(f"{name}占比", "share-of")
    subject = phrase.name if fits(phrase.name, "money") or fits(phrase.name, "volume") else ""
    if not subject and is_name(whole):
        subject = _plain(before.last) if not phrase.name or is_name(phrase.name) else ""
    return Reading(f"{subject}占{whole}比重", "share-of")


def as_much(clause: Clause) -> Reading | None:
    """债务将达GDP的100%: a share of something without 占."""
    found = _AS_MUCH.search(clause.left) if clause.sort == "rate" and clause.figure.unit != "倍" else None
    if not found or is_name(found["whole"]):
        return None
    subject = phrase_at_end(clause, clause.left[: found.start()])
    name = subject.name if not is_name(subject.name) else ""
    return Reading(f"{name}占{found['whole']}比重", "share-of")


def _plain(reading: Reading) -> str:
    """What the figure before measured, to stand before 占…比重."""
    name = reading.level or reading.indicator
    return name if len(name) <= 10 and not name.startswith("占") else ""


def and_share(clause: Clause) -> Reading | None:
    """出口金额及占比分别为…: the share that is named together with its amount."""
    found = _AND_SHARE.search(clause.left) if clause.sort == "rate" else None
    if not found:
        return None
    heads = HEADS["money"].findall(found[0]) + HEADS["volume"].findall(found[0])
    name = re.sub("(?:金额|总额|额|总量|量)$", "", heads[0]) if heads else phrase_at_end(clause, found["name"]).name
    return Reading(f"占{name}比重", "share-and") if name else None


def _named_behind(clause: Clause) -> str:
    """The noun phrase right behind a share: 50.4%的市场份额; "" for none."""
    rest = re.match("(?:以上|左右|以下)?的(?P<name>[A-Za-z\u4e00-\u9fff]{1,14})", clause.right)
    head = headed(clause, rest["name"], "rate") if rest else None
    return head.name if rest and head and rest["name"].startswith(head.name) else ""


def first_share(clause: Clause) -> Reading | None:
    """前2%: a place among the first."""
    if clause.figure.qualifier == "前" and clause.sort == "rate":
        return Reading("前列分位", "first-share")
    return None


def share_in(clause: Clause) -> Reading | None:
    """拥有全球约57%的顶尖研究人才; 42%的受访者表示担忧: the share of a thing, or of those who do something."""
    found = _WHO.match(clause.right.strip()) if clause.sort == "rate" else None
    if not found or found["rest"][0] in "、和与及至到(" or not _open(clause):
        return None
    rest = found["rest"]
    if _EMPTY.match(rest) or GOES.match(rest):
        return None
    begins = _VERB.match(rest) if not _MODIFIES.match(rest) else None
    verb = _LIGHT.match(rest) or begins or _VERB.search(rest, 2) or _VERB.search(rest)
    if verb and len(rest) - verb.start() > 1:
        does = _LIGHT.sub("", rest[verb.start() :], count=1)
        does = cleaned(clause.restored(does)).removesuffix("的")
        ending = "率" if len(does) == 2 and not _OPINION.match(does) else "比例"
        return Reading(f"{_cut(does)}{ending}", "share-who")
    realm = _REALM.search(clause.left[-10:])
    name = without_place(cleaned(clause.restored(re.split("[、和与了\ue000-\uf7ff]", rest)[0]))[:14])
    return Reading(f"{name}{realm[0] if realm else ''}占比", "share-in") if len(name) > 1 else None


def _open(clause: Clause) -> bool:
    """Whether what the share is of may stand behind it: nothing before it names an indicator."""
    left = stripped(clause.left)
    if clause.right.startswith("的"):
        return not clause.left.endswith("的")
    having = left.endswith(tuple(TABLE["having"])) or bool(_REALM.search(left[-4:]))
    return having or bool(_ONLY.fullmatch(left)) or is_name(left)


def _cut(does: str) -> str:
    """What they do in at most sixteen characters, without a second thing after 或 or 和."""
    first = re.split("或者?|以及|并且?", does)[0]
    return (first if len(first) >= 4 and len(does) > 10 else does)[:_DID]


def bare_share(clause: Clause, before: Before) -> Reading | None:
    """甲国2792亿英镑、16.3%: a share beside the amount that it is a share of."""
    row = re.search("(?P<sign>[\ue000-\ue7ff])[、,，(]?$", clause.left) or (
        re.search("(?P<sign>[\ue000-\ue7ff])[、,，]?$", clause.earlier) if not stripped(clause.left) else None
    )
    amount = clause.figures.get(row["sign"]) if row else None
    if clause.sort != "rate" or not amount or (amount.base or amount.kind) not in ("money", "count", "other"):
        return None
    name = re.sub("(?:金额|总额|额|总量)$", "", _plain(before.last))
    return Reading(f"占{name}比重", "share-beside") if name else None
