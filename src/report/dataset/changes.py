"""Changes: one quantity before and after, as one sentence tells it, and the figures that say by how much."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from report.dataset.mention import Mention, alike, between, is_amount, runs_of, sentences_of
from report.dataset.wording import either

RISE, FALL = either("rise"), either("fall")
WEAK = "(?:了|出|率|额|达到?|为|约|逾|近|超过?|幅|分别)*$"  # between such a word and the figure
GOAL = re.compile(f"(?:(?P<up>{RISE})|(?P<down>{FALL}))[^，,。；;、速幅率额量]{{0,4}}?(?:至|到|为|成)了?")
START = re.compile(r"(?:从|由(?!于|此)|自(?![主动己身然])|较|(?<![同环])比(?![重例率值]))[^，,]{0,30}$")
# 由13.88亿减10亿，至3亿: what stands before and after a step between the two figures.
STEP_BEFORE = re.compile(f"(?:(?P<up>{RISE}|多)|(?P<down>{FALL}|少))[^，,。；;0-9]{{0,4}}$")
STEP_AFTER = re.compile(
    rf"[，,、]?(?:而|并)?(?:{RISE}|{FALL})?[^，,。；;0-9]{{0,2}}(?:至|到|达到?|为)[^，,。；;]{{0,8}}")
AGAINST = re.compile(r"(?:较|(?<![同环])比(?![重例率值]))[^较比，,。；;]{0,24}$")
# 2023年产值为100亿元，2024年(产值)为120亿元
YEAR = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年?|去年|今年|上年|次年|翌年|本年度?)(?:全年|度)?")
IS = re.compile(rf"(?:则|已|便|又|再|进一步)*(?:{RISE}|{FALL})?[加长少低大小]?(?:为|是|达到?|至|到|有)?")
NEXT = re.compile(r"[，,；;、](?:而|但|到)?")
BREAK = re.compile(r"[。;；]")

GROWS = re.compile(either("grows") + WEAK)
FALLS = re.compile(either("falls") + WEAK)
TIMES_OF = re.compile(rf"[，,]?(?:已|约)?(?:是|为|达到?|相当于)(?:了|{either('former')}的?|约|近)+")
# Rates of another kind: a mean over years, in constant prices, against another base.
OTHER_RATE = re.compile(either("other_rates"))
REAL = re.compile(either("constant_prices"))
SPAN = 60  # characters of source from the first figure to the second
NEAR = 12  # words between the second figure and what is said of the change


@dataclass(frozen=True)
class Change:
    """One quantity before and after; `rises` what the verb says, None where no verb does."""

    before: Mention
    after: Mention
    rises: bool | None = None
    step: Mention | None = None

    @property
    def times(self) -> float:
        return self.after.value / self.before.value

    @property
    def told(self) -> str:
        return f"{self.before.text}→{self.after.text}"

    @property
    def real(self) -> bool:
        """Whether growth of such a quantity is usually told in constant prices."""
        return bool(REAL.search(self.before.before[-40:] + self.after.head))


@dataclass(frozen=True)
class Said:
    """A figure by which something rose (`sign` 1) or fell (−1)."""

    mention: Mention
    sign: int


def find_changes(mentions: Sequence[Mention]) -> list[tuple[Change, list[Said]]]:
    """Every change told within a sentence, with what the sentence says of its size.

    Told as 从A升至B, 由A增加X至B, B，较…的A增加X, or A and B beside two years.
    """
    found: list[tuple[Change, list[Said]]] = []
    for figures in sentences_of(mentions):
        runs = runs_of(figures)
        listed = {mention.found.id for run in runs if len(run) > 1 for mention in run}
        found += [*_in_sentence(figures, listed), *_in_lists(runs)]
    return found


def _in_sentence(figures: Sequence[Mention], listed: Collection[str]) -> Iterator[tuple[Change, list[Said]]]:
    for place, (first, second) in enumerate(zip(figures, figures[1:], strict=False)):
        if first.found.id in listed or second.found.id in listed:
            continue
        gap = between(first, second)
        third = figures[place + 2] if place + 2 < len(figures) else None
        if third is not None and (stepped := _stepped(first, second, third)):
            yield stepped, [*_step_of(stepped), *_said(third, figures[place + 3 :])]
        elif not alike(first, second) or not first.value or len(gap) > SPAN or BREAK.search(gap):
            continue
        elif change := _from_to(first, second, gap):
            yield change, _said(second, figures[place + 2 :])
        elif _against(gap) and (is_amount(first) or first.found.kind == "percent"):
            yield Change(second, first), _said(second, figures[place + 2 :])
        elif _by_years(first, second, gap):
            yield Change(first, second), _said(second, figures[place + 2 :])


def _in_lists(runs: Sequence[Sequence[Mention]]) -> Iterator[tuple[Change, list[Said]]]:
    """产销量分别由A、B增至C、D，增长X%、Y%: lists of equal length, member by member."""
    for place, (first, second) in enumerate(zip(runs, runs[1:], strict=False)):
        if not len(first) == len(second) > 1 or not alike(first[0], second[0]) or not first[0].value:
            continue
        gap = between(first[-1], second[0])
        pairs: list[tuple[Mention, Mention]] = []
        rises: bool | None = None
        if (verb := GOAL.search(gap)) and START.search(first[0].head) and not BREAK.search(gap):
            pairs, rises = list(zip(first, second, strict=True)), bool(verb["up"])
        elif _against(gap):
            pairs = list(zip(second, first, strict=True))
        said = _said_of_lists(second, runs[place + 2 : place + 3])
        for number, (before, after) in enumerate(pairs):
            yield Change(before, after, rises), [Said(said[0][number], said[1])] if said else []


def _said_of_lists(
    second: Sequence[Mention], followers: Sequence[Sequence[Mention]],
) -> tuple[Sequence[Mention], int] | None:
    for run in followers:
        gap = between(second[-1], run[0])
        up, down = GROWS.search(gap), FALLS.search(gap)
        if len(run) == len(second) and len(gap) <= NEAR and (up or down) and not OTHER_RATE.search(gap):
            return run, 1 if up else -1
    return None


def _from_to(first: Mention, second: Mention, gap: str) -> Change | None:
    verb = GOAL.search(gap)
    if not verb or not START.search(first.head):
        return None
    return Change(first, second, bool(verb["up"]))


def _against(gap: str) -> bool:
    """Whether the second of two figures is what the first is compared with (较去年的), not by how much it changed."""
    return bool(AGAINST.search(gap)) and not GROWS.search(gap) and not FALLS.search(gap)


def _stepped(first: Mention, step: Mention, last: Mention) -> Change | None:
    """由A增加X至B."""
    gaps = between(first, step), between(step, last)
    if not alike(first, last) or not first.value or not START.search(first.head) or len(gaps[0]) > SPAN:
        return None
    verb = STEP_BEFORE.search(gaps[0])
    if not verb or BREAK.search(gaps[0]) or not STEP_AFTER.fullmatch(gaps[1]):
        return None
    return Change(first, last, bool(verb["up"]), step)


def _step_of(change: Change) -> Iterator[Said]:
    if change.step and not OTHER_RATE.search(between(change.before, change.step)):
        yield Said(change.step, 1 if change.rises else -1)


def _by_years(first: Mention, second: Mention, gap: str) -> bool:
    """Two neighbouring years of one thing, the second without words of its own or with the first's."""
    start, mark = YEAR.search(first.head), NEXT.match(gap)
    year = YEAR.match(gap, mark.end()) if mark else None
    if not start or not year:
        return False
    apart = int(year["year"]) - int(start["year"]) if year["year"] and start["year"] else 1
    thing, same = first.head[start.end() :], gap[year.end() :]
    return apart == 1 and (bool(IS.fullmatch(same)) or _bare(thing) == _bare(same))


def _bare(words: str) -> str:
    return re.sub(r"^[的，,]|(?:则|已|约|为|是|有|达到?|[增升降]至)+$", "", words)


def _said(after: Mention, followers: Sequence[Mention]) -> list[Said]:
    """The figures directly after a change that their own words call its size; the first other one ends it."""
    found: list[Said] = []
    last = after
    for mention in followers[:3]:
        gap = between(last, mention)
        up, down = GROWS.search(gap) or _multiplies(gap, mention), FALLS.search(gap)
        if len(gap) > NEAR or BREAK.search(gap) or not (up or down) or OTHER_RATE.search(gap):
            break
        found.append(Said(mention, 1 if up else -1))
        last = mention
    return found



def _multiplies(gap: str, mention: Mention) -> bool:
    """是原来的3倍, ，翻了两番."""
    doubled = "翻" in mention.found.text and len(gap) <= 4
    return doubled or mention.found.kind == "ratio" and bool(TIMES_OF.fullmatch(gap))
