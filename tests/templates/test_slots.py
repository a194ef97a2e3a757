"""Slots: the places in a text that wait for data."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.errors import ReportError
from report.templates.slots import Slot, parse_slots


def test_a_text_is_cut_into_words_and_slots() -> None:
    """All forms of a slot, with full-width punctuation too."""
    text = "有{{ 留美率 }}（{{留美率｜数值}}），{{ 高低：甲，乙 }}{{ 出处: 甲、乙 }}{{文献数}}。"

    assert parse_slots(text, "f") == [
        "有", Slot("留美率"), "（", Slot("留美率", "数值"), "），", Slot("高低", "", ("甲", "乙")),
        Slot("出处", "", ("甲", "乙")), Slot("文献数"), "。",
    ]


def test_the_values_a_slot_reads() -> None:
    """A document is no value, nor is the number of documents."""
    slots = [Slot("甲"), Slot("高低", "", ("甲", "乙")), Slot("文献", "", ("003",)), Slot("文献数")]

    assert [slot.values for slot in slots] == [("甲",), ("甲", "乙"), (), ()]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{ 甲", "“{{”没有配对"),
        ("甲 }}", "“}}”没有配对"),
        ("{{ }}", "看不懂"),
        ("{{ 甲|百分比 }}", "没有“百分比”这种写法"),
        ("{{ 高矮: 甲, 乙 }}", "没有“高矮”这条指令"),
        ("{{ 高低: 甲 }}", "要两个值，这里有 1 个"),
        ("{{ 出处 }}", "“出处”后面要有名字"),
        ("{{ 出处: }}", "“出处”后面要有名字"),
    ],
)
def test_a_slot_that_cannot_be_read_is_told(text: str, told: str) -> None:
    """The place and what to write instead."""
    with pytest.raises(ReportError, match=f"f.md:3: .*{told}.* — "):
        parse_slots(text, "f.md:3")


@given(st.lists(st.text(st.characters(exclude_characters="{}|｜:：,，、", exclude_categories=("Z", "C")), min_size=1)))
def test_words_come_back_as_they_were(words: list[str]) -> None:
    """Words and slots in turn: nothing is lost, and no run is empty."""
    names = [word for word in words if word not in ("高低", "多少", "升降", "增减", "大小", "出处", "文献")]
    text = "".join(f"{name}{{{{ {name} }}}}" for name in names)

    assert parse_slots(text, "f") == [piece for name in names for piece in (name, Slot(name))]
