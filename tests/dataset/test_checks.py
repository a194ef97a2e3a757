"""The checking rules: made-up documents in `cases/`, what the seeds are known to hold, and a large dataset."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from report.dataset.arithmetic import check_all
from report.dataset.mention import mentions_of
from report.dataset.models import Check, Dataset
from report.dataset.repeats import find_repeats
from report.observations.figures import figures_in

from .make import observation

CASES = sorted(Path(__file__).with_name("cases").glob("*.yaml"))
Build = Callable[[Mapping[str, str]], Dataset]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, dataset_of: Build) -> None:
    case = YAML(typ="safe").load(path)
    checks = list(dataset_of(case["documents"]).checks)
    for wanted in case["checks"]:
        found = [check for check in checks if _meets(check, wanted)]
        assert found, (wanted, [check.text for check in checks])
        checks.remove(found[0])
    assert not checks, [check.text for check in checks]


def _meets(check: Check, wanted: dict[str, Any]) -> bool:
    told = msgspec.json.decode(msgspec.json.encode(check))
    same = all(told[field] == value for field, value in wanted.items() if field != "text")
    return same and wanted.get("text", "") in check.text


def _one(dataset: Dataset, rule: str, *docs: str, text: str) -> Check:
    found = [check for check in dataset.checks if check.rule == rule and text in check.text
             and [doc.split("_")[0] for doc in check.docs] == list(docs)]
    assert len(found) == 1, [check.text for check in dataset.checks]
    return found[0]


def test_seeds_lost_part(seeds: Dataset) -> None:
    check = _one(seeds, "parts-of-whole", "000", "001", text="41＋40＋6")
    assert (check.verdict, check.stated, check.computed) == ("conflicts", 87, (84, 90))


def test_seeds_founders_overlap(seeds: Dataset) -> None:
    check = _one(seeds, "parts-of-whole", "001", text="41＋40＋6＋3＝90")
    assert check.verdict == "conflicts" and "重叠" in check.text


@pytest.mark.parametrize("doc", ["000", "001"])
def test_seeds_ten_returnees(seeds: Dataset, doc: str) -> None:
    check = _one(seeds, "parts-of-whole", doc, text="2＋2＋5＝9")
    assert (check.verdict, check.stated, check.computed) == ("conflicts", 10, 9)


def test_seeds_doubling(seeds: Dataset) -> None:
    check = _one(seeds, "multiple", "000", "001", text="翻倍至28%")
    assert (check.verdict, check.stated, check.computed) == ("conflicts", 2, 2.5455)


def test_seeds_nearly_seven_tenths(seeds: Dataset) -> None:
    check = _one(seeds, "direction", "004", text="1140亿元÷1600亿元")
    assert (check.verdict, check.stated, check.computed) == ("conflicts", 70, 71.25)


def test_seeds_qualifier_lost(seeds: Dataset) -> None:
    check = _one(seeds, "qualifier", "003", text="约57%")
    assert check.verdict == "agrees"


def test_seeds_hundred_add_up(seeds: Dataset) -> None:
    for doc in ("000", "001"):
        assert _one(seeds, "parts-of-whole", doc, text="87＋10＋3＝100").verdict == "agrees"


def test_seeds_first_or_among_the_first(seeds: Dataset) -> None:
    check = _one(seeds, "same-figure", "003", text="超级计算机数量居全球首位")
    assert check.verdict == "conflicts" and "前三名" in check.text


@pytest.mark.parametrize("words", ["“论文占比”与“作者占比”", "“深造或工作”与“工作”"])
def test_seeds_figures_of_another_base(seeds: Dataset, words: str) -> None:
    assert _one(seeds, "same-figure", "000", "001", text=words).verdict == "not-comparable"


def test_seeds_raise_no_other_conflict(seeds: Dataset) -> None:
    assert sum(check.verdict == "conflicts" for check in seeds.checks) == 8


def test_checks_do_not_depend_on_order(seeds: Dataset) -> None:
    assert check_all(seeds.observations[::-1], seeds.sources[::-1]) == seeds.checks


def test_many_observations_are_not_compared_all_with_all() -> None:
    few = [observation(f"{number}%", sentence=f"这一项指标的数值为{number}%，与上年持平。", start=9)
           for number in range(1, 98)]
    many = [few[place % 97].changed({"id": f"obs-{place}", "doc": f"d{place}"}) for place in range(20_000)]
    mentions = mentions_of(many, {})
    assert find_repeats(mentions) == []  # what everybody says tells no two of them apart


PIECES = st.sampled_from([
    "在这", "其中", "另有", "其余", "占全市", "，", "。", "；", "、", "从", "升至", "降至", "较去年的", "增加", "增幅",
    "低于", "翻倍至", "0%", "0人", "12人", "7位", "30%", "近七成", "0元", "5亿元", "超8亿元", "三分之一", "2倍",
    "10%至13%", "2019年", "中国", "产业规模",
])


@given(st.lists(PIECES, min_size=3, max_size=40).map("".join))
def test_no_text_upsets_the_rules(text: str) -> None:
    figures = figures_in(text)
    observations = [
        observation(text[figure.start : figure.end], sentence=text, start=figure.start, kind=figure.kind,
                    base=figure.base, value=figure.value, unit=figure.unit, qualifier=figure.qualifier,
                    bound=figure.bound) for figure in figures]
    for check in check_all(observations):
        assert check.text.endswith("。") and check.reason and check.observations


def test_a_range_turned_round() -> None:
    found = observation("10%至13%").changed({"value": (13, 10)})
    [check] = check_all([found])
    assert (check.rule, check.verdict) == ("range-order", "conflicts")
