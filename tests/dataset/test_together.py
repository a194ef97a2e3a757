"""Findings that tell one gap are told once."""

from __future__ import annotations

from report.dataset.models import Dataset
from report.dataset.together import group_checks, tell_together


def test_lists_of_one_whole_are_told_together(seeds: Dataset) -> None:
    """Six findings on lists of parts become two items; nothing is lost, nothing told twice."""
    told = [check for check in seeds.checks if check.verdict != "agrees"]
    groups = group_checks(told, seeds.checks)

    assert sorted(check.id for group in groups for check in group) == sorted(check.id for check in told)
    texts = [tell_together(group) for group in groups if len(group) > 1]
    assert texts == [
        "文献000：“87位留美精英”分列41＋40＋3＝84，比总数少3，有3位未作说明。"
        "文献001：“87位仍在美任职”分列41＋40＋6＋3＝90；不计“另有”的3人恰为87，加上则多出3，这3人当与前几类重叠。"
        "文献001另列“6人处于博士在读或博士后研究阶段”。",
        "文献000“10位回国专家”、文献001“10位研究者回流中国”都分列2＋2＋5＝9，比总数少1，有1位未作说明。",
    ]


def test_a_finding_alone_is_told_as_it_is(seeds: Dataset) -> None:
    [group] = group_checks(seeds.checks[:1], ())
    assert tell_together(group) == seeds.checks[0].text


def test_signs_of_arithmetic_have_no_space_beside_them(seeds: Dataset) -> None:
    for check in seeds.checks:
        assert all(not text.endswith(" ") for sign in "＋－＝÷→" for text in check.text.split(sign)[:-1])
        assert all(not text.startswith(" ") for sign in "＋－＝÷→" for text in check.text.split(sign)[1:])
