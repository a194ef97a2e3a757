"""Notes say of every value who holds it, and no more; documents are numbered as they are cited."""

from collections.abc import Callable
from pathlib import Path

import pytest

from report.content.claims import holders
from report.content.nodes import Content, NoteMark, Table, Value
from report.content.walk import plain
from report.dataset.values import bind_values
from report.errors import ReportError

from .conftest import MINI, Press

Edit = Callable[[str, str, str], Path]


def notes(content: Content) -> list[str]:
    return [plain(note.inlines) for note in content.notes.values()]


def cite(press: Press, edit: Edit, slot: str) -> str:
    """The last note of 一.md with another text; the two documents are cited with their titles before it."""
    return notes(press.build(edit("sections/一.md", "{{ 出处: 研发占比2021, 研发占比2024 }}；前后口径相同。", slot)))[2]


@pytest.mark.parametrize("slot, note", [
    ("{{ 出处: 研发占比2021, 留在临港 }}", "据文献[1]。"),
    ("{{ 出处: 产业规模 }}", "数据来源：https://example.org/robot/output，转引自文献[1]，亦见文献[2]。"),
    ("{{ 出处: 研发占比变化 }}", "据文献[1]推算。"),
    ("{{ 出处: 研发占比变化, 研发占比2021 }}", "据文献[1]；12个百分点据以推算。"),
    ("{{ 文献: 甲 }}", "见文献[1]。"),
    ("范围不一。{{ 文献: 甲 }}{{ 文献: 乙 }}", "范围不一。见文献[1]、文献[2]。"),
    ("以下均据{{ 文献: 甲, 乙 }}", "以下均据文献[1]、[2]。"),
])
def test_a_note_names_its_documents(press: Press, edit: Edit, slot: str, note: str) -> None:
    """Values of the same documents together; a derived value is said to be computed; 见 opens a bare reference."""
    assert cite(press, edit, slot) == note


def test_values_of_other_documents_are_told_apart(press: Press, edit: Edit) -> None:
    """Each figure is bound to its evidence, and stands beside the documents that hold it."""
    content = press.build(edit("sections/一.md", "{{ 出处: 研发占比2021, 研发占比2024 }}；前后口径相同。",
                               "{{ 出处: 产业规模, 研发占比2021, 实训岗位 }}"))
    note = list(content.notes.values())[2]
    text = plain(note.inlines)

    figures = {inline.name: inline.text for inline in note.inlines if isinstance(inline, Value)}
    assert set(figures) == {"产业规模", "研发占比2021", "实训岗位"}
    assert text == (f"{figures['产业规模']}见https://example.org/robot/output，转引自文献[1]，亦见文献[2]；{figures['研发占比2021']}仅见文献[1]；"
                    f"{figures['实训岗位']}仅见文献[2]。")


def test_no_value_seems_to_come_from_another_s_page(press: Press, edit: Edit) -> None:
    """Of two values of one document, one cites a page and the other none."""
    text = cite(press, edit, "{{ 出处: 研发占比2021, 企业数 }}")
    assert text == "26%据文献[1]；180家见https://example.org/robot/census-2024，转引自文献[1]。"


TABLE = """::: table 说法 {{sources="{}"}}
| 甲 | 乙 |
|---|---|
| 丙 | {{{{ 企业数 }}}} |

注：丙的说法。{{{{ 文献: 甲 }}}}{{{{ 文献: 乙 }}}}。
:::

## 人员"""


def test_a_table_of_words_names_its_sources(press: Press, edit: Edit) -> None:
    """Beside those of its values; a document that there is not is told with the table's line."""
    content = press.build(edit("sections/一.md", "## 人员", TABLE.format("乙")))
    found = next(block for part in content.parts for block in part.blocks
                 if isinstance(block, Table) and plain(block.caption) == "说法")
    assert plain(found.source) == "资料来源：文献[1]、[2]。"
    assert plain(found.notes[0]).startswith("注：丙的说法。见文献[1]")
    assert "、文献[2]" in plain(found.notes[0])
    with pytest.raises(ReportError, match=r"一\.md:\d+: 没有文献“丁”"):
        press.build(edit("sections/一.md", "## 人员", TABLE.format("丁")))


@pytest.mark.parametrize("first, docs", [("乙", ["乙", "甲"]), ("甲", ["甲", "乙"])])
def test_the_first_document_cited_is_number_one(press: Press, edit: Edit, first: str, docs: list[str]) -> None:
    """Values in the prose cite nothing: numbers follow notes, figures and tables (GB/T 7714, numeric order)."""
    content = press.build(edit("sections/一.md", "[^census]: {{ 出处: 企业数, 整机企业数 }}",
                               f"[^census]: {{{{ 文献: {first} }}}}"))

    assert [reference.doc[0] for reference in content.sources] == docs
    assert notes(content)[0].startswith("见文献[1]")


def test_no_note_claims_more_than_its_documents_hold(press: Press) -> None:
    """Whoever is said to hold a value has an observation that agrees with it."""
    template = press.template(MINI / "reports/mini")
    values = bind_values(template.values, press.dataset, template.where)
    observations = {found.id: found for found in press.dataset.observations}
    for name, value in values.items():
        for doc in holders(name, values, observations) if not value.parents else ():
            assert any(observations[found].doc == doc for found in value.observations)
    assert len(holders("出口额", values, observations)) == 1  # the other document gives another figure


def test_the_annotation_of_a_chart_is_not_printed_twice(press: Press, edit: Edit) -> None:
    """Its note is drawn in the picture."""
    content = press.build(edit("charts.yaml", "  total: 样本", "  total: 样本\n  note: 只计毕业当年。"))
    figures = [block for part in content.parts for block in part.blocks if block.type == "figure"]

    assert [plain(figure.source) for figure in figures] == ["资料来源：文献[1]。"]


DISPUTE = "文献[1]作超过60亿元，文献[2]作58亿元，本报告取超过60亿元。"
NOTE = "[^export]\n\n[^export]: {{ 出处: 出口额 }}\n"


def test_a_figure_at_odds_gets_a_note_by_itself(press: Press, edit: Edit) -> None:
    """At its first use in a section whose notes do not cite it, behind the figure; once, however often it is used."""
    content = press.build(edit("sections/二.md", NOTE, "出口额{{ 出口额|数值 }}仍在增加。\n"))
    text = {name: plain(note.inlines) for name, note in content.notes.items()}
    [name] = [name for name, words in text.items() if "本报告取" in words]

    assert text[name] == f"临港机器人出口额，{DISPUTE}"
    paragraphs = [block.inlines for part in content.parts for block in part.blocks if block.type == "paragraph"]
    [before] = [before for inlines in paragraphs for before, mark in zip(inlines, inlines[1:], strict=False)
                if isinstance(mark, NoteMark) and mark.note == name]
    assert isinstance(before, Value) and before.name == "出口额"


def test_every_section_warns_of_a_figure_at_odds(press: Press, edit: Edit) -> None:
    """A reader of one section need not have read another: a note of its own where none cites the figure."""
    content = press.build(edit("sections/结语.md", "本报告依据", "出口额为{{ 出口额 }}。本报告依据"))

    told = [text for text in notes(content) if "本报告取" in text]
    assert told == [f"据文献[1]。{DISPUTE}", f"临港机器人出口额，{DISPUTE}"]


def test_a_period_is_not_at_odds(press: Press, edit: Edit) -> None:
    content = press.build(edit("sections/结语.md", "本报告依据", "{{ 出口额|时期 }}有出口。本报告依据"))

    assert sum("本报告取" in text for text in notes(content)) == 1


def test_a_value_computed_from_a_figure_at_odds_says_so(press: Press, edit: Edit) -> None:
    folder = edit("values.yaml", "", "\n出口占比: {label: 出口占产业规模之比, share: [出口额, 产业规模], digits: 0}\n")
    path = folder / "sections/结语.md"
    path.write_text(path.read_text("utf-8").replace("本报告依据", "出口占{{ 出口占比 }}。本报告依据"), "utf-8")

    assert notes(press.build(folder))[-1] == f"临港机器人出口额，{DISPUTE}"


def test_a_table_at_odds_says_so_beneath_it(press: Press, edit: Edit) -> None:
    """Where no note of the section does: the press marks no cell by itself."""
    folder = edit("sections/二.md", NOTE, "\n")
    path = folder / "sections/二.md"
    path.write_text(path.read_text("utf-8").replace("研究机构称出口额{{ 出口额 }}，", "研究机构称，"), "utf-8")
    [table] = [block for part in press.build(folder).parts for block in part.blocks
               if block.type == "table" and part.role == "body"]

    assert plain(table.source) == f"资料来源：文献[1]。临港机器人出口额，{DISPUTE}"
    assert [plain(note) for note in table.notes] == ["注：出口额的统计范围不一。"]
