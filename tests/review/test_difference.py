"""What changed between two builds: of a number, of a sentence, of a source, and of what does not add up."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from report.content.nodes import Content
from report.dataset.models import Dataset
from report.review.build import Build
from report.review.difference import Change, Difference, compare
from report.review.showing import SAME, Named, difference_page, difference_text, marked

from ..project import Project

FIRST, SECOND = Path("seeds/甲_临港机器人产业观察.txt"), Path("seeds/乙_海湾晨报.txt")


def rebuilt(project: Project) -> Difference:
    """The difference that a new build makes, up to the content."""
    old = project.folder / "old"
    shutil.copytree(project.out / "mini", old)
    for words in project.stages():
        if words[0] in ("read", "extract", "reconcile", "compose"):
            result = project.report(*words)
            assert result.exit_code == 0, result.stderr
    return compare(build(old), build(project.out / "mini"))


def build(folder: Path) -> Build:
    content, dataset = ((folder / name).read_text("utf-8") for name in ("content.json", "dataset.json"))
    return Build(Content.from_json(content), Dataset.from_json(dataset))


def named(project: Project) -> tuple[Named, Named]:
    """How the two builds are named at the head."""
    front = build(project.out / "mini").content.front
    return Named("旧", front), Named("新", front)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_two_equal_builds_differ_in_nothing(finished: Project) -> None:
    found = rebuilt(finished)
    names = named(finished)
    assert found.empty and difference_text(found, *names) == SAME and SAME in difference_page(found, *names)


def test_a_number_changed_in_a_source_shows_where_it_is_printed(finished: Project) -> None:
    edit(FIRST, "共有机器人企业180家", "共有机器人企业190家")
    found = rebuilt(finished)
    firms = next(change for change in found.values if change.name == "企业数")
    assert (firms.old, firms.new) == ("180家", "190家")
    assert firms.places[0] == "摘要" and "一（一）" in firms.places
    [words] = firms.evidence
    assert (words.where, "180家" in words.old, "190家" in words.new) == ("文献[1]", True, True)
    assert found.values[0] == firms  # what is printed otherwise comes first
    told = [change for change in found.sentences if "190家" in change.new]
    assert told and all(change.old == change.new.replace("190家", "180家") for change in told)
    (source,) = found.sources
    assert (source.kind, source.doc) == ("改动", FIRST.stem)
    assert [("180家" in figure.old, "190家" in figure.new) for figure in source.figures] == [(True, True)]


def test_nothing_else_shows(finished: Project) -> None:
    edit(FIRST, "共有机器人企业180家", "共有机器人企业190家")
    found = rebuilt(finished)
    for change in found.sentences:
        assert change.old.replace("180家", "190家") == change.new
    for value in found.values:
        assert "190家" in "".join((value.new, *(change.new for change in value.evidence))), value


def test_a_value_takes_one_line_and_a_cell_says_its_row(finished: Project) -> None:
    edit(FIRST, "共有机器人企业180家", "共有机器人企业190家")
    found = rebuilt(finished)
    lines = difference_text(found, *named(finished)).splitlines()
    head = "（2025-HY-S000，2025年11月）"
    assert lines[:3] == ["《临港机器人产业简析》", f"  - 旧{head}", f"  + 新{head}"]
    changed = [one for one in found.values if one.old != one.new]
    assert lines[3].startswith(f"数据　{len(changed)}个有变") and found.values[: len(changed)] == tuple(changed)
    assert lines[4].startswith("  临港机器人企业数（企业数）　180家 → 190家　文献[1]由“")
    assert [line for line in lines if line.endswith("　表1“企业数”一行")]


def test_what_the_annex_has_room_to_quote_is_no_change(finished: Project) -> None:
    """Other cuts of the same words."""
    old = build(finished.out / "mini")
    cut = {name: one.changed({"witnesses": tuple(w.changed({"clause": w.text}) for w in one.witnesses)})
           for name, one in old.content.evidence.items()}
    assert compare(old, old._replace(content=old.content.changed({"evidence": cut}))).values == ()


def test_a_correction_is_one_line(finished: Project) -> None:
    """What it makes of the figure, what it was, and why; not every field of every figure of the sentence."""
    place = FIRST.read_text("utf-8").index("180家")
    stanza = f"{{doc: 甲, at: {place}, text: 180家, set: {{value: 179}}, reason: 普查原表为179家}}"
    Path("seeds/corrections.yaml").write_text(f"corrections:\n- {stanza}\n", "utf-8")
    found = rebuilt(finished)
    [source] = found.sources
    assert (source.figures, source.readings) == ((), ("180家：读作179家（原180家；更正：普查原表为179家）",))
    firms = next(change for change in found.values if change.name == "企业数")
    assert (firms.old, firms.new) == ("180家", "179家")
    assert firms.evidence == (Change(where="文献[1]更正", new="普查原表为179家"),)


def test_a_sentence_rewritten_is_one_change_and_one_added_has_no_old(finished: Project) -> None:
    section = next(Path("templates/reports/mini/sections").glob("一*.md"))
    section.write_text(section.read_text("utf-8") + "\n以上各数均为园区自行统计。\n", "utf-8")
    (change,) = rebuilt(finished).sentences
    assert (change.old, change.new) == ("", "以上各数均为园区自行统计。")


def test_a_source_that_comes_is_named(finished: Project) -> None:
    Path("seeds/丙_简讯.txt").write_text("临港简讯\n\n另有三家企业迁入。\n", "utf-8")
    assert [(change.kind, change.doc) for change in rebuilt(finished).sources] == [("新增", "丙_简讯")]


def test_a_new_contradiction_is_a_finding(finished: Project) -> None:
    edit(SECOND, "2024年临港机器人产业规模约320亿元", "2024年临港机器人产业规模约350亿元")
    found = rebuilt(finished)
    assert any("350" in finding.new and "320" in finding.new for finding in found.findings), found
    gone = [finding for finding in found.findings if finding.where.startswith("一致")]
    assert any("320亿元" in finding.old for finding in gone), "the agreement that is no more is told too"


def test_the_words_that_changed_are_marked_and_escaped() -> None:
    assert marked("有180家<企业>", "有190家<企业>") == "有<del>180</del><ins>190</ins>家&lt;企业&gt;"
    assert marked("", "新句") == "<ins>新句</ins>" and marked("旧句", "") == "<del>旧句</del>"


def test_the_command_prints_it_and_writes_the_page(finished: Project) -> None:
    shutil.copytree(finished.out / "mini", "before")
    result = finished.report("diff", "before", "output/mini", "--html", "page.html")
    assert (result.exit_code, result.output.strip()) == (0, SAME)
    page = Path("page.html").read_text("utf-8")
    assert "<h1>报告差异：《临港机器人产业简析》</h1>" in page and "旧：before（2025-HY-S000，2025年11月）" in page
    assert "<title>报告差异：before → output/mini</title>" in page and "<script" not in page


def test_a_folder_that_is_no_build_is_named(project: Project) -> None:
    Path("empty").mkdir()
    result = project.report("diff", "empty", "empty")
    assert result.exit_code == 1
    assert result.stderr.startswith("empty: 不是一份生成好的报告（没有 content.json、dataset.json） — ")
    assert not Path("page.html").exists()


@pytest.mark.parametrize("words", [("diff",), ("diff", "output")])
def test_usage(words: tuple[str, ...], project: Project) -> None:
    assert project.report(*words).exit_code == 2
