"""Totals of amounts and shares: 合计 of a list, exports and imports, 其中 beyond the whole, shares with a remainder."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, takewhile
from pathlib import Path

from report.dataset.following import Interval, judge_sum, loose
from report.dataset.matching import squeeze
from report.dataset.mention import (
    Mention,
    agreeing,
    alike,
    between,
    is_amount,
    like_number,
    make_check,
    runs_of,
    sentences_of,
    tidy,
)
from report.dataset.models import Check
from report.dataset.wording import either, rows

TOTAL = re.compile(
    rf"(?:{either('totals')}|[两三四五][者项]合计)[^，,。；;]{{0,8}}$|[，,、；;（(](?:全[球国省市县区]|全部)?共[^，,。；;0-9]{{0,6}}$")
PLUS = re.compile("加上|连同|再加")
QUARTERS = re.compile("[四4]个季度|各季度|[一二三四]季度")
YEAR = re.compile(r"(?:全年|一年|年度)[^，,。；;0-9]{0,8}$")
AMONG = "其中"
WHOLE = re.compile(either("wholes"))
LISTS = re.compile("其中|包括|包含|分为|分别|当中|由|[:：]")
COMPLETE = re.compile("分别用于|分别投向|分为|由.*[组构]成|[二两三四五六七八九十][类种项大]|^[^，,。；;：:]{0,8}[：:]")
REST = re.compile(r"(?:其余|其他|其它|剩余|余下|剩下)[^，,。；;]{0,12}$")
REST_OF = re.compile("其余|其他|其它|剩余|余下|剩下|另有|还有")
RATE = re.compile("增长|下降|同比|增速|增幅|涨|跌|提高|上升|百分点|环比|增加|减少|较|比上")
SHARE = re.compile("占|比[例重]|份额|为|有")
STRUCTURE = re.compile("从.{1,12}(?:看|来看|上看)|按.{1,12}分|结构|构成|分布")
OVERLAP = re.compile("其中|同时|又|也有|还有|以及同时|多选|交叉|兼")
ANOTHER = re.compile("仍有|尚有|仍|截至|另有|另外|此外|同比|较|累计|又有|也有|预计|新增")  # begins another statement
SORTED = re.compile(r"按.{1,12}分|其中|[^，,。；;]{1,8}中[，,]")
SEXES = re.compile(
    r"^[^，,。；;]{0,6}[，,（(]?(?:包括|其中|当中|为|有|即)?(\d+)[名位]?男[性子生]?(\d+)[名位]?女")
RATIO = re.compile(r"(?:结构|构成|比例|占比|比重)[^，,。；;0-9]{0,10}(\d+(?:\.\d+)?(?:[∶:：]\d+(?:\.\d+)?){2,})")
HUNDRED = (85, 115)  # what shares that are meant to make a hundred may add up to
REACH = 160  # characters of source between a whole and its first part
FAR = 0.3  # a sum farther from the whole than this part of it is no sum of it
LONGEST = 24  # figures before a sum that may be its parts
PEOPLE = ("人", "名", "位")
ALTOGETHER = re.compile(r"共[^，,。；;]{0,12}$")
ALMOST = 0.8  # of a whole that a list reaches, at least, which is meant to be all of it
REST_NEAR = 8  # letters behind the last part in which a rest without a number is told (，其余撤回)
BACK = 5  # amounts before the parts among which their whole is looked for


def check_totals(mentions: Sequence[Mention]) -> list[Check]:
    """Findings on amounts that a sentence lists under a whole or adds up, that make up a whole by their nature, and on
    shares that must make a hundred."""
    checks: list[Check] = []
    for _, group in groupby(mentions, lambda mention: mention.found.doc):
        own = list(group)
        checks += [*_listed(own), *_by_nature([one for one in own if is_amount(one)])]
    return checks + [check for figures in sentences_of(mentions)
                     for check in (*_added(figures), *_quarters(figures), *_left_over(figures), *_answers_of(figures),
                                   *_sexes(figures), *_structure(figures))]


def _listed(mentions: Sequence[Mention]) -> Iterator[Check]:
    """W，其中A、B…: the parts that the sentence's grammar names, and those the list goes on with."""
    parts: dict[str, list[Mention]] = defaultdict(list)
    by_id = {one.found.id: one for one in mentions if is_amount(one)}
    owner: dict[str, Mention] = {}
    for one in by_id.values():
        wholes = [by_id[told.of] for told in one.found.relations if told.kind == "part-of" and told.of in by_id]
        if wholes:  # 其中 tells of the nearest; without it a list goes on with parts of the greatest
            nearest = min if AMONG in one.head else max
            owner[one.found.id] = nearest(wholes, key=lambda whole: whole.value)
            parts[owner[one.found.id].found.id].append(one)
    for place, whole in enumerate(mentions):
        if is_amount(whole):
            told = [one for one in parts[whole.found.id] if alike(whole, one)]
            behind = _followers(mentions, place, told)
            elsewhere = (place for place, one in enumerate(behind) if owner.get(one.found.id, whole) is not whole)
            yield from _judge_list(whole, told, behind[: next(elsewhere, len(behind))])


def _followers(mentions: Sequence[Mention], place: int, told: Sequence[Mention]) -> list[Mention]:
    """The single figures behind the parts already told (else behind the whole), as far as their sentence goes."""
    last = told[-1] if told else mentions[place]
    behind = [one for one in mentions[place + 1 : place + 40] if one.found.start > last.found.start]
    return [one for one in behind if one.sentence == last.sentence and one.single]


def _judge_list(whole: Mention, told: Sequence[Mention], behind: Sequence[Mention]) -> Iterator[Check]:
    """An exact sum agrees; one beyond the whole, or short of it though the list claims to be whole, conflicts."""
    parts = list(takewhile(lambda part: not _is_total(part), told))
    if not _sums_up(whole, parts):
        parts += _going_on(whole, parts, [] if len(parts) < len(told) else behind)
    if len(parts) < 2 or any(part.value > whole.value for part in parts):
        return
    if _sums_up(whole, parts):
        yield from _judge(whole, parts)
        return
    words = whole.line[whole.place[1] : parts[-1].clause[1]] if parts[-1].sentence == whole.sentence else parts[-1].line
    nested = AMONG in parts[0].line[parts[0].place[1] : parts[-1].place[0]]
    simple = not nested and not any(OVERLAP.search(part.head.replace(AMONG, "")) for part in parts)
    complete = REST.search(parts[-1].head) or COMPLETE.search(words) or _is_counted_out(whole, parts)
    complete = complete or any(_is_total(one) and one.value == whole.value for one in (*told, *behind))
    if simple and (complete or sum(part.value for part in parts) > whole.value):
        yield from _judge(whole, parts)


def _is_total(part: Mention) -> bool:
    """合计450家 behind a list: the whole once more, no part of it."""
    return bool(TOTAL.search(part.before[-24:]))


def _is_counted_out(whole: Mention, parts: Sequence[Mention]) -> bool:
    """共有学校450所，其中小学…所，中学…所，大学…所: three counted kinds or more, at a sentence's end, that reach ALMOST
    the whole claim to be all of it, as nine of ten people do whose whereabouts are listed (see parts)."""
    told = [one.found for one in (whole, *parts)]
    counted = all(found.kind == "count" and found.unit and found.bound == "exact" for found in told)
    closing = len(parts) > 2 and re.match("[。；;！]|$", parts[-1].after) is not None
    named = all(one.head.replace(AMONG, "") for one in parts)
    here = ALTOGETHER.search(whole.head) and all(one.sentence == whole.sentence for one in parts)
    return bool(counted and closing and named and here) and sum(one.value for one in parts) >= ALMOST * whole.value


def _sums_up(whole: Mention, parts: Sequence[Mention]) -> bool:
    return len(parts) > 1 and judge_sum(whole, _sum(parts), tuple(parts)) == "agrees"


def _going_on(whole: Mention, parts: Sequence[Mention], behind: Sequence[Mention]) -> list[Mention]:
    """Like amounts that the list goes on with: up to a figure that begins another statement; all of a list that is
    announced (包括, 分别用于) where the grammar names no part."""
    found: list[Mention] = []
    for one in takewhile(lambda one: not _is_total(one), behind):
        announced = LISTS.search(between(whole, one)) and WHOLE.search(whole.head + whole.found.text)
        if not parts and not found and not announced:
            return []
        own = one.head.rpartition(AMONG)[2].strip("达到为有约")
        bare = not own and len(one.tail) < 2  # 达9万平方米, but not 18人受伤
        if bare or ANOTHER.search(own) or not is_amount(one) or not alike(whole, one):
            if one.size is not None and one.size.kind == "percent" and not parts:
                continue
            return found if parts or REST.search(one.head) else []
        found.append(one)
    return found


def _added(figures: Sequence[Mention]) -> Iterator[Check]:
    """A、B和C，合计T: T against the list before it; A，加上B，共T: against the two."""
    for place, total in enumerate(figures):
        if place < 2 or not is_amount(total) or not TOTAL.search(total.before[-24:]):
            continue
        before = [one for one in figures[max(place - LONGEST, 0) : place] if one.clause != total.clause]
        stated = [one for one in before if one.value == total.value and is_amount(one)]
        if stated and AMONG in between(stated[-1], total):
            continue  # told before its parts, too: a list of `_listed`
        if stated and ":" in squeeze(between(stated[-1], total)[:8]):
            before = before[before.index(stated[-1]) + 1 :]  # 图书馆30座：东区10座，西区20座，合计30座
        parts = [one for one in before if is_amount(one) and alike(one, total)]
        if parts and PLUS.search(parts[-1].head):
            yield from _judge(total, parts[-2:] if len(parts) > 1 else [])
        elif len(parts) == len(before) > 1 and not any(OVERLAP.search(part.head) for part in parts):
            yield from _judge(total, parts)


def _quarters(figures: Sequence[Mention]) -> Iterator[Check]:
    """四个季度分别为A、B、C和D，全年T."""
    runs = runs_of(figures)
    for run, following in zip(runs, runs[1:], strict=False):
        total = following[0]
        if len(run) == 4 and QUARTERS.search(run[0].head) and YEAR.search(total.head) and alike(run[0], total):
            yield from _judge(total, run)


def _by_nature(amounts: Sequence[Mention]) -> Iterator[Check]:
    """Exports and imports under the trade they make up, the three sectors under the output, 合格 and 不合格."""
    for place, first in enumerate(amounts):
        for words, whole_words, pending in _partitions():
            named = any(word in first.head for word in words)
            parts = _told_parts(amounts[place : place + len(words)], words) if named else []
            if not parts:
                continue
            near = [one for one in amounts[max(place - BACK, 0) : place][::-1] if _can_hold(one, parts)]
            wholes = [one for one in near if not whole_words or any(word in squeeze(one.head) for word in whole_words)]
            exact = [one for one in near if not whole_words and _sums_up(one, parts)]
            end = place + len(words)
            last = [one for one in amounts[max(place - 1, 0) : place] if one not in wholes]
            beside = [*last, *amounts[end : end + 1]]
            left = pending and wholes and sum(part.value for part in parts) < wholes[0].value
            told = wholes and (whole_words or _claims(wholes[0], parts, beside))
            if exact:
                yield from _judge(exact[0], parts)
            elif told and not left and not REST_OF.search(parts[-1].after[:REST_NEAR]):
                yield from _judge(wholes[0], parts)
            break


def _claims(whole: Mention, parts: Sequence[Mention], beside: Sequence[Mention]) -> bool:
    """Whether parts are told to make up the whole: no like amount beside them in the sentence may be one more."""
    more = any(one.sentence == parts[-1].sentence and alike(one, parts[-1]) for one in beside)
    return _named_alike(whole, parts) and not more


def _can_hold(whole: Mention, parts: Sequence[Mention]) -> bool:
    like = all(alike(whole, part) or _answers(whole, part) for part in parts)
    return like and parts[0].found.start - whole.found.end <= REACH and all(part.value < whole.value for part in parts)


def _answers(whole: Mention, part: Mention) -> bool:
    """问卷1200份 and 男性640人: one filled in each."""
    return whole.found.unit == "份" and part.found.unit in ("人", "名", "位") and "问卷" in whole.before


def _named_alike(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether the parts are told as parts of what they stand behind (其中, 按…分, 受访者中), or in its own words."""
    lead = SORTED.search(parts[0].before)
    here = whole.sentence == parts[0].sentence and re.search("共|总", whole.head)
    return bool(lead or here) or whole.head[-2:] == parts[0].head[-2:]


def _told_parts(parts: Sequence[Mention], words: Sequence[str]) -> list[Mention]:
    """The amounts, one for every word, in the order of the words or turned round; [] where they are not so."""
    near = len(parts) == len(words) and parts[-1].found.start - parts[0].found.start <= 2 * REACH
    if not near or not all(alike(parts[0], part) for part in parts):
        return []
    names: list[str] = []
    for last, part in zip((None, *parts), parts, strict=False):
        own = between(last, part) if last is not None and last.sentence == part.sentence else part.head
        told = [word for word in words if word in own]
        names.append(max(told, key=len) if told and (len(told) == 1 or _nested(told)) else "")
    return list(parts) if sorted(names) == sorted(words) else []


def _nested(words: Sequence[str]) -> bool:
    """合格 in 不合格."""
    longest = max(words, key=len)
    return all(word in longest for word in words)


def _left_over(figures: Sequence[Mention]) -> Iterator[Check]:
    """甲占X%，乙占Y%，其余占Z%; 从结构看，甲占X%，乙占Y%，丙占Z%: shares that must make a hundred."""
    shares: list[Mention] = []
    for mention in figures:
        assert mention.size is not None
        if mention.size.kind == "other" or mention.found.kind == "range":
            continue  # 45岁至59岁占24%
        if mention.size.kind != "percent" or mention.found.unit == "百分点" or RATE.search(mention.head):
            shares = []
        elif shares and REST.search(mention.head):
            yield from _hundred([*shares, mention])
            shares = []
        elif SHARE.search(mention.head) and AMONG not in mention.head:
            shares.append(mention)
    if len(shares) > 2 and STRUCTURE.search(shares[0].before) and "选" not in shares[0].line:
        total = sum(share.value for share in shares)
        yield from _hundred(shares) if total > 100 - len(shares) / 2 * 0.1 else ()


def _answers_of(figures: Sequence[Mention]) -> Iterator[Check]:
    """53%支持，39%反对，8%说不清: the answers of one question, all kinds of them told, make no more than a hundred."""
    shares = [one for one in figures if one.size and one.size.kind == "percent" and one.found.unit != "百分点"]
    for place in range(len(shares) - 2):
        three = shares[place : place + 3]
        if any(_is_answer(three, kinds) for kinds in rows("answers")):
            total = sum(one.value for one in three)
            yield from _hundred(three) if total > 100 - len(three) / 2 else ()


def _is_answer(shares: Sequence[Mention], kinds: Sequence[str]) -> bool:
    """Whether each clause has one of the kinds (支持, 反对 and 说不清), every kind once."""
    told: list[int] = []
    for share in shares:
        clause = share.head + share.tail
        own = {number: len(match[0]) for number, words in enumerate(kinds) if (match := re.search(words, clause))}
        told += [max(own, key=lambda number: own[number])] if own else []
    return sorted(told) == list(range(len(kinds))) and not any(OVERLAP.search(share.head) for share in shares)


def _sexes(figures: Sequence[Mention]) -> Iterator[Check]:
    """拘捕46人，包括31男17女: numbers that are not figures of their own."""
    for whole in figures:
        told = SEXES.match(whole.after) if whole.found.kind == "count" and whole.found.unit in PEOPLE else None
        if told and whole.found.bound == "exact":
            total, holds = int(told[1]) + int(told[2]), int(told[1]) + int(told[2]) == whole.value
            text = (f"{whole.name}：“{whole.plain}”分列{told[1]}男＋{told[2]}女＝{total}人，"
                    + ("与总数相符。" if holds else f"与总数不符，相差{tidy(abs(total - whole.value))}人。"))
            yield make_check(
                "parts-of-whole", "agrees" if holds else "conflicts", (whole,),
                (text, "各部分之和" + ("等于总数" if holds else "不等于总数")), (tidy(whole.value), total))


def _structure(figures: Sequence[Mention]) -> Iterator[Check]:
    """三次产业结构为8.0∶42.0∶50.0, told beside a figure of the same sentence."""
    told = RATIO.search(figures[0].line) if figures else None
    numbers = [float(number) for number in re.split("[∶:：]", told[1])] if told else []
    total = sum(numbers)
    if told is None or not HUNDRED[0] <= total <= HUNDRED[1]:
        return
    near = min(figures, key=lambda one: abs(one.place[0] - told.start()))
    slack = len(numbers) / 2 * (0.1 if "." in told[1] else 1) + 1e-9
    holds = abs(total - 100) <= slack
    rounding = "，四舍五入后" if holds and tidy(total) != 100 else "，"
    text = (f"{near.name}：“{told[0]}”各部分合计{tidy(total)}%{rounding}"
            + ("合为百分之百。" if holds else "不是百分之百。"))
    yield make_check(
        "parts-of-whole", "agrees" if holds else "conflicts", (near,),
        (text, "各部分占比之和" + ("为百分之百" if holds else "不是百分之百")), (100, tidy(total)))


def _hundred(shares: Sequence[Mention]) -> Iterator[Check]:
    exact = all(share.found.bound == "exact" for share in shares)
    total = sum(share.value for share in shares)
    slack = sum(float(share.size.step) for share in shares if share.size) / 2 + 1e-9
    fits = any(abs(sum(share.value for share in shares[start:]) - 100) <= slack for start in range(len(shares) - 1))
    if not exact or abs(total - 100) > 100 * FAR:
        return
    told = "＋".join(share.plain for share in shares)
    gap = tidy(abs(total - 100))
    why = f"，因四舍五入与百分之百相差{gap}个百分点。" if gap else "，合为百分之百。"
    text = f"{shares[0].name}：各部分占比分列{told}，合计{tidy(total)}%" + (why if fits else "，不是百分之百。")
    yield make_check(
        "parts-of-whole", "agrees" if fits else "conflicts", shares,
        (text, "各部分占比之和" + ("为百分之百" if fits else "不是百分之百")), (100, tidy(total)))


def _judge(whole: Mention, parts: Sequence[Mention]) -> Iterator[Check]:
    """The sum against the whole; nothing where they are too far apart to belong together."""
    total = sum(part.value for part in parts)
    if not whole.value or abs(total / whole.value - 1) > FAR:
        return
    verdict = judge_sum(whole, _sum(parts), tuple(parts))
    if verdict is None:
        return
    holds = verdict == "agrees"
    told = "＋".join(part.plain for part in parts) + f"＝{like_number(total, whole)}"
    gap = like_number(abs(total - whole.value), whole)
    apart = "" if agreeing(whole, total) == "相符" else f"相差{gap}，在取整的范围内"
    counted = whole.found.kind == "count" and total < whole.value
    odd = f"比总数少{gap}，有{gap}未作说明。" if counted else f"与总数不符，相差{gap}。"
    text = f"{whole.name}：{whole.topic}“{whole.plain}”分列{told}，" + (f"{apart}与总数相符。" if holds else odd)
    yield make_check(
        "parts-of-whole", verdict, (whole, *parts),
        (text, "各部分之和" + ("等于总数" if holds else "不等于总数")), (tidy(whole.value), tidy(total)))


def _sum(parts: Sequence[Mention]) -> Interval:
    ends = [loose(part) for part in parts]
    return sum(low for low, _ in ends), sum(high for _, high in ends)


@cache
def _partitions() -> tuple[tuple[tuple[str, ...], tuple[str, ...], bool], ...]:
    from ruamel.yaml import YAML  # here: the writers, which import this room's models, must not pay for it

    table = YAML(typ="safe").load(Path(__file__).with_name("partitions.yaml"))
    return tuple((tuple(row["parts"]), tuple(map(squeeze, row.get("whole", ()))), row.get("pending", False))
                 for row in table)
