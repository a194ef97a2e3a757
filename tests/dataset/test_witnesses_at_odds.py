"""One of two documents changed in one number (87 people to 86): what is found, and whose reason each row tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from report.dataset.extent import closed_ends
from report.dataset.models import BoundValue, Check, Dataset
from report.dataset.standing import Standings

from .conftest import SEEDS

Build = Callable[[Mapping[str, str]], Dataset]


@pytest.fixture
def changed(dataset_of: Build) -> Dataset:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("00[01]*.txt"))}
    name = next(name for name in texts if name.startswith("000"))
    assert "\n87人继续" in texts[name]
    return dataset_of(texts | {name: texts[name].replace("\n87人继续", "\n86人继续")})


def _conflict(dataset: Dataset, words: str) -> Check:
    [check] = [check for check in dataset.checks if check.verdict == "conflicts" and words in check.text]
    return check


def test_a_rate_taken_up_no_longer_follows(changed: Dataset) -> None:
    check = _conflict(changed, "86人÷100名")
    assert (check.rule, check.stated, check.computed) == ("share", 87, 86)


def test_a_number_taken_up_is_another(changed: Dataset) -> None:
    check = _conflict(changed, "“这87位留美精英”")
    assert (check.rule, check.stated, check.computed) == ("same-figure", 86, 87)


def test_a_part_with_another_number_is_no_part_of_its_own(changed: Dataset) -> None:
    text = _conflict(changed, "同为100名").text
    assert "文献000该项作86人，文献001作87位" in text and "另列" not in text
    assert "另列“6人" in _conflict(changed, "同为87位").text  # this one the other document lacks


def test_each_telling_gives_its_own_reason(changed: Dataset) -> None:
    standings = Standings(changed)
    figures = {found.id: found for found in changed.observations}
    told = {figures[id].doc[:3]: standings.of_one(id)
            for id in _conflict(changed, "86人÷100名").observations[2:]
            for id in standings.facts[id].observations}
    assert {standing.verdict for standing in told.values()} == {"conflicts"}
    assert told["000"].reason.startswith("文献000：86人÷100名")
    assert told["001"].reason.startswith("同一事项的另一处记载：文献000")


@pytest.mark.parametrize("bound, qualifier, ends", [
    ("more-than", "超过", (10000, None)), ("at-least", "以上", (10000, None)), ("at-most", "最高", (None, 10000)),
    ("less-than", "不足", (None, 10000)), ("less-than", "近", (9500, 10000)), ("exact", "", (9500, 10500)),
])
def test_an_open_end_has_no_bound(bound: str, qualifier: str, ends: tuple[float | None, float | None]) -> None:
    low = 10000 if bound in ("more-than", "at-least") else 9500
    high = 10000 if bound in ("less-than", "at-most") else 10500 if bound == "exact" else 20000
    value = BoundValue.model_validate({
        "name": "人数", "label": "人数", "kind": "count", "value": 10000, "unit": "人", "qualifier": qualifier,
        "bound": bound, "text": "1万人", "plain": "1万人", "number": "1万", "observations": ("a",),
        "interval": (low, high), "verdict": "single", "reason": "", "period": ""})
    assert closed_ends(value) == ends
