"""The way back of a report in which the data decide what is printed: what stands outside `when` and `for-each` is
edited as ever, what stands inside is told with its line and never taken over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ..project import Project
from .test_edits import REPORT, SECTIONS, added, come_back, removed
from .word import Word

ONE = SECTIONS / "一.md"
VALUES = """
临港·人数: {label: 仍在临港的人数, find: {doc: 甲, unit: 人, words: [仍在临港]}}
外地·人数: {label: 转到外地的人数, find: {doc: 甲, unit: 人, words: [转到外地]}}
海外·人数: {label: 去了海外的人数, optional: true, find: {doc: 甲, unit: 人, words: [去了海外]}}
"""
TEXT = """
## 各去各处 {#where}

::: when 没有 海外·人数
没有人去海外。[^abroad]

去处都在国内，这是后话。
:::

去处分开来说，先说近的。

::: for-each 处: 临港、外地、海外
::: when 处·人数
### {{ 处 }}这一边 {#处-节}

去{{ 处 }}的有{{ 处·人数 }}，有名有姓。[^who]

[^who]: {{ 出处: 处·人数 }}；见名单。
:::
:::

::: when 海外·人数
去海外的有{{ 海外·人数 }}。
:::

::: table 各处人数 {#people-there}
| 去处 | 人数 |
|---|---|
| 临港 | {{ 临港·人数 }} |
| 海外 | {{ 海外·人数 }} |
:::

::: table 各处一览 {#all-there for-each="处: 临港、外地、海外" when="处·人数"}
| 去处 | 人数 |
|---|---|
| {{ 处 }} | {{ 处·人数 }} |
:::

::: box 说明
专栏里平常的话。

::: when 临港·人数
专栏里看数据的话。
:::
:::

分完去处，话就说完。

[^abroad]: {{ 出处: 临港·人数 }}
"""


@pytest.fixture
def varied(finished: Project) -> Project:
    """The miniature with a section in which the data decide, built up to its Word file."""
    values = Path("templates/reports/mini/values.yaml")
    values.write_text(values.read_text("utf-8") + VALUES, "utf-8")
    ONE.write_text(ONE.read_text("utf-8") + TEXT, "utf-8")
    for stage in finished.stages():
        if stage[0] in ("compose", "write-pdf", "write-docx"):
            result = finished.report(*stage)
            assert result.exit_code == 0, result.stderr
    return finished


def line(words: str) -> int:
    """The line of the section with these words."""
    return next(at for at, text in enumerate(ONE.read_text("utf-8").split("\n"), 1) if words in text)


def test_an_untouched_file_gives_no_patch(varied: Project) -> None:
    assert come_back(varied) == "没有改动。\n"


def test_what_stands_outside_is_edited_as_ever(varied: Project) -> None:
    told = come_back(
        varied,
        lambda word: word.replace("分开来说", "分开来讲"),
        lambda word: word.replace("话就说完", "话便说完"),
        lambda word: word.replace("专栏里平常", "专栏中平常"),
        lambda word: word.replace("各处人数", "各处的人数", word.paragraph("各处人数")),
    )
    assert added(told) == [
        "去处分开来讲，先说近的。", "::: table 各处的人数 {#people-there}", "专栏中平常的话。", "分完去处，话便说完。",
    ]  # fmt: skip
    assert "when" not in told.partition("---")[0]


INSIDE: dict[str, tuple[Callable[[Word], object], str, str]] = {
    "words": (lambda word: word.replace("没有人去", "无人去"), "没有人去海外", "无人去海外"),
    "repeated": (lambda word: word.replace("，有名有姓", "，都有名"), "的有{{ 处·人数 }}", "都有名"),
    "heading": (lambda word: word.replace("这一边", "那一边"), "### {{ 处 }}", "那一边"),
    "gone": (lambda word: word.delete("这是后话"), "这是后话", "没有了"),
    "new": (lambda word: word.add("没有人去海外", "新写的一段。"), "没有人去海外", "新增“新写的一段。”"),
    "moved": (lambda word: word.move("话就说完", "没有人去海外"), "没有人去海外", "移到了 when、for-each 里"),
    "out": (lambda word: word.move("这是后话", "话就说完"), "这是后话", "移动了位置"),
    "row": (lambda word: word.replace("去处", "地方", word.paragraph("各处一览").getnext()), "各处一览", "“去处”"),
    "boxed": (lambda word: word.replace("看数据的话", "看数的话"), "看数据的话", "看数的话"),
    "note": (lambda word: word.replace_note("见名单", "见附单"), "的有{{ 处·人数 }}", "脚注“"),
}


@pytest.mark.parametrize("name", INSIDE)
def test_what_stands_inside_is_told_with_its_line(name: str, varied: Project) -> None:
    edit, words, said = INSIDE[name]
    told = come_back(varied, edit)
    assert f"sections/一.md:{line(words)}: " in told and said in told and "when、for-each" in told, told
    assert told.endswith("各节没有要改的。\n") and not added(told) and not removed(told), told


def test_a_changed_figure_inside_is_told(varied: Project) -> None:
    def change(word: Word) -> None:
        control = word.control("有名有姓", "临港·人数")
        next(control.iter("{*}t")).text = "99人"

    told = come_back(varied, change)
    assert "99人" in told and not added(told), told


def test_a_paragraph_behind_what_varies_stands_behind_it(varied: Project) -> None:
    told = come_back(varied, lambda word: word.add("这是后话", "新写的一段。"), apply=True)
    assert "新写的一段" in told
    text = ONE.read_text("utf-8")
    assert ":::\n\n新写的一段。\n\n去处分开来说，先说近的。\n" in text
    again = come_back(varied, lambda word: word.add("这是后话", "新写的一段。"))
    assert "已在报告里的改动" in again and not added(again), again


def test_a_note_typed_outside_takes_a_name_that_is_free(varied: Project) -> None:
    told = come_back(varied, lambda word: word.note("话就说完", "编者按。"))
    assert "分完去处，话就说完。[^e1]" in added(told) and "[^e1]: 编者按。" in added(told), told


def test_what_was_taken_over_is_what_the_report_says(varied: Project) -> None:
    come_back(varied, lambda word: word.replace("分开来说", "分开来讲"), apply=True)
    for stage in varied.stages():
        if stage[0] in ("compose", "write-pdf", "write-docx"):
            assert varied.report(*stage).exit_code == 0
    assert "去处分开来讲，先说近的。" in [p.text for p in Word(REPORT).paragraphs()]
    assert come_back(varied) == "没有改动。\n"
