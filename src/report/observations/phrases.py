"""The noun phrase that names an indicator: where it begins and ends, and what in it belongs to the name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from report.observations.clauses import LIMIT, Clause
from report.observations.heads import AMOUNT, FILLED, HEADS, LINK, LINKED, TABLE, is_weak
from report.observations.lexicon import either, read_table
from report.observations.naming import is_body, is_place, name_at_start, name_in, without_subject

LONGEST = 20  # characters of an indicator
_STOPS = re.compile("|".join(TABLE["stops"]))
_FILLED_END = re.compile(f"{FILLED}++$")
_TAIL = re.compile(f"{LINKED}++$")
_ANY_LINK = re.compile(LINK)
_NEAR = 60  # characters before a figure where its adverbs and links stand
_POINTING = re.compile(
    f"^(?:{either(TABLE['pointing'])})+(?:{either([*TABLE['nothing'], *TABLE['weak']])})?$"
    f"|^(?:{either(TABLE['nothing'])})$"
)
_NOT_NAME = re.compile("[^A-Za-z0-9\u4e00-\u9fff()+&·.%-]")
_PARTS = re.compile(
    "^(?P<whole>.{2,16}?)(?:之中|当中|中)(?![国美方心央东外文期欧俄日韩小等年产位学层级间介的])(?P<part>.+)$"
)
_LEADING = re.compile(f"^(?:{'|'.join(TABLE['leading'])}|{either(TABLE['pointing'])})++(?=..)")
_ESTIMATE = re.compile("的?(?:最新|修订|初步|临时|经调整的?)*(?:估计|估算|数字|数据|统计数字|统计)$")
_SHARE_END = re.compile("(?:占比|比重|份额|比例)$")
_AMONG = re.compile("(?:在|占)?(?P<whole>[^在占的]{2,10})(?:之中|当中|中)$")
_RATIO = re.compile("(?:比值|之比|差距|比例|差额|价差|利差|汇率)$")
_BODIES = frozenset(read_table("gazetteer")["bodies"])
_OFFICE = re.compile("[局署司处部厅委会行院]$|公司|集团|大学")
_MOVES = frozenset(noun for way in ("rise", "fall") for noun in TABLE[way])
_PACES = _MOVES | {"增速"}
_BOUND = "籍人式队裔生者员"  # what belongs to the word before it (中国籍, 大学生)
# What ends the word before it and begins none of its own here (设计|业营收, 算法工程|师年薪, 生猪存栏|数).
_FRAGMENT = re.compile(
    "业(?![务绩主态余])|师(?![生资范])|数(?![字据码控额])|额(?![外定度])|率(?!先)|量(?![子产化])|[们厂员者](?![房工])"
)
_LAST_WORD = re.compile("[A-Za-z0-9+-]+$|[\u4e00-\u9fff]{2}$")
_WORD = 4  # characters of a subject that stay whole before a weak head
_LAST = 16  # characters of a phrase before its head


@dataclass(frozen=True)
class Phrase:
    """A noun phrase by the name that it gives an indicator; "" where it gives none."""

    name: str = ""


@lru_cache(maxsize=256)
def stripped(text: str) -> str:
    """The text without the adverbs and times at its end."""
    found = _FILLED_END.search(text, max(0, len(text) - _NEAR))
    return (text[: found.start()] if found else text).rstrip()


def unlinked(text: str) -> tuple[str, bool]:
    """The text without the adverbs, times and linking verbs at its end, and whether there was such a verb."""
    found = _TAIL.search(text, max(0, len(text) - _NEAR))
    if not found:
        return text.rstrip(), False
    return text[: found.start()].rstrip(), bool(_ANY_LINK.search(found[0]))


@lru_cache(maxsize=256)
def last_phrase(text: str) -> str:
    """What stands after the last word that a noun phrase cannot reach over, in signs."""
    stops = list(_STOPS.finditer(text))
    cut = stops[-1].end() if stops else 0
    if stops and _RATIO.search(text) and stops[-1][0] in ("与", "和", "对"):
        cut = stops[-2].end() if len(stops) > 1 else 0
    return text[cut:].strip()


def phrase_at_end(clause: Clause, text: str) -> Phrase:
    """The noun phrase that the text ends with; empty where that is a name, points back or is missing."""
    words = last_phrase(stripped(text)).strip("的")
    if len(words) < 2 or _POINTING.match(words):
        return Phrase()
    return _phrase(clause, words)


def headed(clause: Clause, text: str, sort: str) -> Phrase:
    """The phrase that ends with the last head fit for the sort, wherever in the text it stands; empty for none."""
    heads = list(HEADS[sort].finditer(text))
    if not heads:
        return Phrase()
    before = text[: heads[-1].start()]
    own = last_phrase(before)
    if not own and heads[-1][0] in _PACES:  # 开支在第三季增速加快: a time stands between
        own = last_phrase(stripped(before))
    words = own + heads[-1][0]
    return Phrase() if _POINTING.match(words) else _phrase(clause, words)


def headed_at_start(clause: Clause, text: str, sort: str) -> str:
    """The words up to the first head fit for the sort, with the heads that join on to it (赤字预算); "" for none."""
    found = HEADS[sort].search(text)
    end = found.end() if found else 0
    while following := HEADS[sort].match(text, end) if end else None:
        end = following.end()
    return without_place(cleaned(clause.restored(text[:end])))


def points_back(text: str) -> bool:
    """Whether the text ends with words such as 这一比例."""
    return bool(_POINTING.match(last_phrase(stripped(text)).strip("的")))


def _phrase(clause: Clause, words: str) -> Phrase:
    within = _PARTS.match(words)
    if within and (shared := _of_amount(within["whole"], within["part"])):
        return shared
    words = within["part"] if within and len(within["part"]) > 1 else words
    words = _LEADING.sub("", _ESTIMATE.sub("", words))
    owner, own = _owned(words)
    whole = clause.restored(own[-_LAST - 6 :])
    name = cleaned(whole)
    among = _AMONG.search(owner) if owner and is_weak(own) else None
    if among:
        name = f"占{cleaned(clause.restored(among['whole']))}{own}"
    elif owner and (not own or is_weak(own)):
        name = cleaned(clause.restored(owner.rpartition("的")[2]))[-10:] + name
    elif owner and re.search(LIMIT, owner):
        name = cleaned(clause.restored(owner)) + name
    return Phrase(without_place(name))


def _of_amount(whole: str, part: str) -> Phrase | None:
    """终端销量中甲类车型占比: the share of an amount is the amount's (终端销量占比)."""
    share = _SHARE_END.search(part)
    amount = re.search(f"(?P<name>[^的在]{{0,2}}(?:{AMOUNT}))$", whole)
    if not share or not amount:
        return None
    return Phrase(cleaned(amount["name"]) + share[0])


def _owned(words: str) -> tuple[str, str]:
    """What stands before the last 的 (not that of 目的) and behind it."""
    places = [match.start() for match in re.finditer("(?<!目)的", words)]
    return (words[: places[-1]], words[places[-1] + 1 :]) if places else ("", words)


def cleaned(text: str) -> str:
    """The text with nothing in it but what names are made of."""
    return _NOT_NAME.sub("", text)


def without_place(name: str) -> str:
    """The name without the place or body that it begins with, where enough is left (英国对外贸易总额)."""
    found = name_at_start(name)
    body = name_in(name)
    end = found.end if found else len(body) if _OFFICE.search(body) and name.startswith(body) else 0
    rest = name[end:].removeprefix("的")
    kept = len(rest) < 2 or rest[0] in _BOUND or _FRAGMENT.match(rest) or (found and found.text == "全球")
    return name if kept else rest


def is_name(text: str) -> bool:
    """Whether the text is nothing but the name of a place or body."""
    return is_known(text) or text in _BODIES or is_body(text)


def is_known(text: str) -> bool:
    """Whether the text is nothing but the name of a place or body of the gazetteer."""
    found = name_at_start(text)
    return bool(found and found.end >= len(text)) or is_place(text)


def without_owner(name: str, owner: str) -> str:
    """The indicator without the subject that it begins with, or the end of it (储能电池产量 of 我国动力和储能电池).

    Before a head that says nothing alone the last word of the subject stays (作者占比 of 中国籍作者).
    """
    rest = without_subject(name, owner)
    if rest == name:
        shared = next((size for size in range(len(name) - 2, 2, -1) if owner.endswith(name[:size])), 0)
        rest = name[shared:].removeprefix("的").removeprefix("合计").removeprefix("累计") if shared else name
    if len(rest) < 2 or rest[0] in _BOUND or _FRAGMENT.match(rest):
        return name
    if rest in _MOVES:
        return rest
    before = name[: len(name) - len(rest)].rstrip("的")
    word = _LAST_WORD.search(before)
    kept = before if len(before) <= _WORD or not word else word[0]
    return kept + rest if is_weak(rest) and rest != name else rest


def trimmed(name: str) -> str:
    """The name in at most twenty characters: the end of a noun phrase tells most."""
    return name[-LONGEST:]
