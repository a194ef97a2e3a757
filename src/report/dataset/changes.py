"""Changes: does A → B agree with the growth, the multiple, the points or the direction that a source states?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from report.dataset.agreement import same_unit
from report.dataset.mention import Mention, make_check, shared_words, tidy
from report.dataset.models import Check, Rule

UP = (
    "升至|增至|增加到|增加至|增长到|增长至|上升至|上升到|升到|提高到|提高至|提升至|"
    "跃升至|飙升至|攀升至|扩大至|扩大到|涨至|涨到"
)
DOWN = (
    "降至|降到|减至|减少到|减少至|下降至|下降到|缩小至|缩小到|收窄至|跌至|回落至|"
    "下滑至|下调至|缩减至"
)
VERB = re.compile(f"(?P<up>{UP})|(?P<down>{DOWN})")
FROM = re.compile(r"[从由自]")
# Signs between the two figures that end one statement and begin another.
BREAK = re.compile(r"[。;；]")
MULTIPLE = re.compile(r"翻(?:了)?(?:一)?[倍番]|翻两番|倍")
GROWTH_WORD = re.compile(r"(?:增长|增加|增幅|涨幅|上升|上涨|提高|增速|扩大)(?:了|率|达到?|为|约)*$")
FALL_WORD = re.compile(r"(?:下降|减少|降低|降幅|下滑|缩小|回落|跌幅|下跌)(?:了|率|达到?|为|约)*$")
SPAN = 60  # characters of source from the first figure to the second
SLACK = 0.1  # 翻倍 holds from 1.8 to 2.2 times


@dataclass(frozen=True)
class Change:
    """One quantity before and after, as one sentence tells it."""

    before: Mention
    after: Mention
    rises: bool

    @property
    def times(self) -> float:
        return self.after.value / self.before.value

    @property
    def told(self) -> str:
        return f"{self.before.text}→{self.after.text}"


def check_changes(mentions: Sequence[Mention]) -> list[Check]:
    """Findings on the direction of every change told, and on the growth, points and multiples stated of it."""
    changes = find_changes(mentions)
    checks = [_direction(change) for change in changes]
    stated = [mention for mention in mentions if mention.size is not None and len(mention.size.values) == 1]
    sentences: dict[tuple[str, int], list[Mention]] = defaultdict(list)
    for mention in stated:
        sentences[mention.sentence].append(mention)
    checks += [check for change in changes for mention in sentences[change.after.sentence]
               if mention.found.start > change.after.found.start and (check := _stated(change, mention))]
    return checks + list(_multiples(changes, stated))


def find_changes(mentions: Sequence[Mention]) -> list[Change]:
    """`从…A…升至…B`: two figures of one kind and unit in a sentence, 从 before the first and a verb between."""
    found = []
    for _, group in groupby(mentions, lambda mention: mention.sentence):
        figures = [mention for mention in group if mention.size is not None and len(mention.size.values) == 1]
        for before, after in zip(figures, figures[1:], strict=False):
            if change := _change(before, after):
                found.append(change)
    return found


def _change(before: Mention, after: Mention) -> Change | None:
    if not _same_kind(before, after) or not before.value or after.found.start - before.found.end > SPAN:
        return None
    between = after.before[len(before.before) + 1 :]
    verb = VERB.search(between)
    start = FROM.search(before.head)
    if not verb or not start or BREAK.search(between):
        return None
    return Change(before, after, bool(verb["up"]))


def _same_kind(first: Mention, second: Mention) -> bool:
    assert first.size and second.size
    return first.size.kind == second.size.kind and same_unit(first.size.unit, second.size.unit)


def _direction(change: Change) -> Check:
    word = "上升" if change.rises else "下降"
    holds = change.times > 1 if change.rises else change.times < 1
    text = f"{change.before.name}：{change.told}，文中说{word}，" + ("与数值一致。" if holds else "与数值相反。")
    return make_check(
        "direction", "agrees" if holds else "conflicts", (change.before, change.after),
        (text, "动词方向与数值" + ("一致" if holds else "相反")))


def _stated(change: Change, mention: Mention) -> Check | None:
    """A growth in percent or a change in points stated after the two figures."""
    assert mention.size is not None
    rises, falls = GROWTH_WORD.search(mention.head), FALL_WORD.search(mention.head)
    if mention.size.kind != "percent" or not (rises or falls):
        return None
    sign = 1 if rises else -1
    if mention.found.unit == "百分点":
        computed = change.after.value - change.before.value
        return _growth_check("point-change", change, mention, sign * computed)
    if change.after.found.kind == "percent":
        return None
    return _growth_check("growth", change, mention, sign * (change.times - 1) * 100)


def _growth_check(rule: Rule, change: Change, mention: Mention, computed: float) -> Check:
    assert mention.size is not None
    low, high = (float(end) for end in mention.size.span())
    holds = low <= computed <= high
    unit = "个百分点" if rule == "point-change" else "%"
    text = (f"{mention.name}：{change.told}，推算为{tidy(round(computed, 2))}{unit}，文中称{mention.text}，"
            + ("相符。" if holds else "不符。"))
    return make_check(
        rule, "agrees" if holds else "conflicts", (change.before, change.after, mention),
        (text, "推算的变化与所述" + ("相符" if holds else "不符")), (tidy(mention.value), tidy(computed)))


def _multiples(changes: Sequence[Change], stated: Sequence[Mention]) -> Iterator[Check]:
    """`翻倍至B` against every change to the same B that shares words with it, in any document."""
    targets: dict[tuple[str, float], list[Change]] = defaultdict(list)
    for change in changes:
        assert change.after.size is not None
        targets[change.after.size.kind, change.after.value].append(change)
    for multiple, target in _to_targets(stated):
        assert target.size is not None
        for change in targets[target.size.kind, target.value]:
            if len(shared_words(multiple.head, change.before.before)) >= 2:
                yield _multiple_check(change, multiple, target)


def _to_targets(stated: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """A multiple and the figure it leads to: neighbours in one clause with 至 or 到 between."""
    for multiple, target in zip(stated, stated[1:], strict=False):
        near = multiple.sentence == target.sentence
        if near and MULTIPLE.search(multiple.found.text) and re.fullmatch(r".{0,3}[至到]", _between(multiple, target)):
            yield multiple, target


def _between(first: Mention, second: Mention) -> str:
    return second.before[len(first.before) + len("".join(first.found.text.split())) :]


def _multiple_check(change: Change, multiple: Mention, target: Mention) -> Check:
    times, stated = change.times, multiple.value
    holds = abs(times - stated) <= SLACK * stated
    source = "" if change.after.name == multiple.name else f"{change.after.name}作"
    text = (f"{multiple.name}称“{multiple.text}至{target.text}”，{source}{change.told}，"
            f"为{times:.2f}倍，" + ("相符。" if holds else f"不是{tidy(stated)}倍。"))
    everything = (multiple, target, change.before, change.after)
    return make_check(
        "multiple", "agrees" if holds else "conflicts", everything,
        (text, "所述倍数与前后数值" + ("相符" if holds else "不符")), (tidy(stated), tidy(times)))
