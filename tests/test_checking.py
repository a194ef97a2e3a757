"""`report check-template` tells every mistake of a template at once, each with its line, and writes nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.project import MINI, ROOT, Project, copy_project

BROKEN = ROOT / "tests/fixtures/broken"
EXPECTED = {path.stem: path.read_text("utf-8").splitlines() for path in sorted(BROKEN.glob("*.txt"))}
LINES = [(name, line) for name, lines in EXPECTED.items() for line in lines]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project with the broken templates; it is the working folder."""
    copied = copy_project(tmp_path_factory.mktemp("checking") / "project", BROKEN, MINI / "seeds")
    before = Path.cwd()
    os.chdir(copied.folder)
    yield copied
    os.chdir(before)


@pytest.fixture(scope="module")
def told(shelf: Project) -> dict[str, list[str]]:
    """What is said of each broken template, without the way to its folder."""
    said = {}
    for name in EXPECTED:
        result = shelf.report("check-template", name)
        assert result.exit_code == 1 and result.stdout == "", result.stdout
        said[name] = result.stderr.replace(f"templates/reports/{name}/", "").splitlines()
    return said


@pytest.mark.parametrize(("name", "line"), LINES, ids=[f"{name}: {line.split(' — ')[0]}" for name, line in LINES])
def test_mistake_is_told(told: dict[str, list[str]], name: str, line: str) -> None:
    assert line in told[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_nothing_else_is_told(told: dict[str, list[str]], name: str) -> None:
    """No mistake twice, none in another's wake, and no traceback: in the order of the files and their lines."""
    assert told[name] == EXPECTED[name]


def test_nothing_is_written(shelf: Project, told: dict[str, list[str]]) -> None:
    assert told and not shelf.out.exists()


@pytest.mark.parametrize("template", ["industry", "base", "reprint"])
def test_a_series_is_checked_through_its_skeleton(shelf: Project, template: str) -> None:
    result = shelf.report("check-template", template)
    assert (result.exit_code, result.stdout) == (0, f"templates/series/{template}：没有错误\n"), result.stderr


def test_a_mistake_of_a_series(shelf: Project) -> None:
    folder = shelf.folder / "templates/series/mine"
    folder.mkdir()
    (folder / "series.yaml").write_text("extends: industry\nkind: 我的报告\nstap: 样稿\n", "utf-8")
    (folder / "strings.yaml").write_text("closing: {statement: \"{{ 文献书 }}\"}\n", "utf-8")
    result = shelf.report("check-template", "mine")
    assert result.stderr.splitlines() == [
        "templates/series/mine/series.yaml:3: 没有“stap”这一项 — 是不是 stamp、statement、serial",
        "templates/series/mine/strings.yaml:1: 没有定义值“文献书” — 是不是 文献数",
    ]


def test_without_mistakes_there_are_warnings(finished: Project) -> None:
    """What is written and not used, and what is asked for and not there; the stages' files are taken as they are."""
    folder = Path("templates/reports/mini")
    for file, text in (
        ("values.yaml", "多余: {label: 多余, find: {doc: 甲, unit: 家, words: [整机企业]}}\n"
                        "可缺: {label: 可缺, optional: true, find: {doc: 甲, words: [从来没有说过]}}\n"),
        ("charts.yaml", "多图:\n  kind: bars\n  title: 多\n  subtitle: 多（家）\n"
                        "  items: [{label: 甲, value: 企业数}]\n"),
        ("theme.yml", "page: {}\n"),
        ("Template.docm", ""),
        ("~$template.docx", ""),  # Word is open beside it
        ("sections/多.md", "没有列入\n"),
    ):
        path = folder / file
        path.write_text((path.read_text("utf-8") if path.exists() else "") + text, "utf-8")
    before = finished.files()
    result = finished.report("check-template", str(folder))
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.partition(" — ")[0].removeprefix(f"{folder}/") for line in result.stdout.splitlines()] == [
        "templates/reports/mini：没有错误，6 处提醒：",
        "Template.docm: 没有用到这个文件",
        "charts.yaml:10: 图“多图”没有用到",
        "sections/多.md: 没有列入 sections，不印",
        "theme.yml: 没有用到这个文件",
        "values.yaml:14: 值“多余”没有用到",
        "values.yaml:15: 值“可缺”可缺，现有的文献里没有",
    ]
    assert "文件名用 template.docx" in result.stdout
    assert finished.files() == before


def test_the_build_tells_the_same(shelf: Project, told: dict[str, list[str]]) -> None:
    """A stage that cannot load the template says it in the same words."""
    result = shelf.report("compose", "broken", "seeds/甲_临港机器人产业观察.txt", "--output", "out.json")
    said = result.stderr.replace("templates/reports/broken/", "").splitlines()
    assert len(said) > 20 and set(said) <= set(told["broken"])
