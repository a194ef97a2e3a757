"""Findings told together: what the checks say of one gap in several places becomes one item of a list."""

from __future__ import annotations

from collections.abc import Sequence

from report.dataset.models import Check

LISTED = "分列"  # stands in every text of the rule parts-of-whole before the parts


def group_checks(told: Sequence[Check], known: Sequence[Check]) -> tuple[tuple[Check, ...], ...]:
    """The checks to tell, those of one gap in one group, in the order of each group's first.

    Lists of parts belong together where a check among the `known` (agreeing ones too) holds all their figures: it
    compares them.
    """
    groups: list[list[Check]] = []
    for check in told:
        home = next((group for group in groups if any(_one_gap(check, other, known) for other in group)), None)
        if home is None:
            groups.append([check])
        else:
            home.append(check)
    return tuple(map(tuple, groups))


def tell_together(group: Sequence[Check]) -> str:
    """One text for a group: each list once, lists that fall short alike in one sentence, then what a comparison of
    them adds."""
    if len(group) == 1:
        return group[0].text
    lists: dict[str, list[str]] = {}
    for check in group:
        if len(check.docs) == 1:
            subject, _, rest = check.text.rstrip("。").partition(LISTED)
            lists.setdefault(rest, []).append(subject)
    sentences = [_list_text(subjects, rest) for rest, subjects in lists.items()]
    added = (check.text.rstrip("。").partition("；")[2] for check in group if len(check.docs) > 1)
    return "".join(f"{sentence}。" for sentence in (*sentences, *added) if sentence)


def _one_gap(first: Check, second: Check, known: Sequence[Check]) -> bool:
    both = {*first.observations, *second.observations}
    return first.rule == second.rule == "parts-of-whole" and any(
        check.rule == "parts-of-whole" and both <= set(check.observations) for check in known)


def _list_text(subjects: Sequence[str], rest: str) -> str:
    if len(subjects) == 1:
        return subjects[0] + LISTED + rest
    return "、".join(subject.replace("：“", "“", 1) for subject in subjects) + "都" + LISTED + rest
