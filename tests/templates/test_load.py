"""A report's folder and its series, read as one template."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from report.errors import ReportError
from report.templates.load import load_report, try_section_file
from report.templates.merge import merge, merge_all
from report.theme.layers import load_theme_layers
from report.theme.load import load_theme

ROOT = Path(__file__).parents[2]
SERIES = ROOT / "templates/series"
MINI = ROOT / "tests/fixtures/mini/reports/mini"
Edit = Callable[[str, str, str], Path]
CASES = YAML(typ="safe").load((Path(__file__).parent / "cases/load_mistakes.yaml").read_text("utf-8"))


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    """A copy of the miniature report with one text in one file replaced."""
    copy = shutil.copytree(MINI, tmp_path / "mini")

    def edited(file: str, old: str, new: str) -> Path:
        path = copy / file
        text = path.read_text("utf-8") if path.exists() else ""
        assert old in text
        path.write_text(text.replace(old, new, 1) if old else text + new, "utf-8")
        return copy

    return edited


def told(folder: Path) -> list[str]:
    """The messages of a report that cannot be loaded, without the folder's name."""
    with pytest.raises(ReportError) as caught:
        load_report(folder, SERIES)
    return str(caught.value).replace(folder.as_posix() + "/", "").split("\n")


def test_layers_merge_maps_and_replace_lists() -> None:
    """Maps merge, lists replace, later wins."""
    base = {"a": {"x": 1, "y": [1, 2]}, "b": 1}

    assert merge(base, {"a": {"y": [3]}, "b": {"c": 2}}) == {"a": {"x": 1, "y": [3]}, "b": {"c": 2}}
    assert merge_all([]) == {}


def test_a_report_stands_on_its_series() -> None:
    """What the report does not say comes from the industry series, and from the base."""
    template = load_report(MINI, SERIES)

    assert template.name == "mini"
    assert (template.report.kind, template.report.stamp, template.report.title[:2]) == ("行业报告", "样稿", "临港")
    assert template.strings.labels["figure"] == "图"
    assert "以一个产业为对象" in template.strings.series_page.paragraphs[1]
    assert "弯道超车" in template.wording.banned
    assert [section.part for section in template.sections] == ["abstract", "body", "body", "body"]
    assert template.where["企业数"].endswith("values.yaml:1")
    assert template.where["去向.items.1.label"].endswith("charts.yaml:8")


def test_a_section_remembers_its_first_line(tmp_path: Path) -> None:
    """Front matter is taken off, and lines are still those of the file."""
    path = tmp_path / "甲.md"
    path.write_text("---\npart: abstract\ntitle: 提要\n---\n\n文\n", "utf-8")

    section, issues = try_section_file(path)

    assert section and not issues
    assert (section.part, section.title, section.first_line, section.text) == ("abstract", "提要", 5, "\n文\n")


def test_front_matter_may_follow_blank_lines_and_must_end(tmp_path: Path) -> None:
    path = tmp_path / "甲.md"
    path.write_text("\n\n---\npart: abstract\n---\n文\n", "utf-8")
    section, issues = try_section_file(path)
    assert section and not issues
    assert (section.part, section.first_line, section.text) == ("abstract", 6, "文\n")

    path.write_text("\n---\nprt: abstract\n---\n文\n", "utf-8")
    assert [issue.where.partition(":")[2] for issue in try_section_file(path)[1]] == ["3"]

    path.write_text("\n---\npart: abstract\n文\n", "utf-8")
    (issue,) = try_section_file(path)[1]
    assert (issue.where, issue.problem) == (f"{path.as_posix()}:2", "开头的 --- 没有收尾")


def test_the_layers_of_a_theme_keep_their_places(edit: Edit) -> None:
    """A report's own theme.yaml comes over the base's; an unknown role is told at its line there."""
    layers = load_theme_layers(edit("theme.yaml", "", "roles:\n  body: {size: 14}\n"), SERIES)
    assert load_theme((file.data for file in layers.files), layers.where).roles["body"].size == 14

    layers = load_theme_layers(edit("theme.yaml", "body", "bodytext"), SERIES)
    with pytest.raises(ReportError) as caught:
        load_theme((file.data for file in layers.files), layers.where)
    (issue,) = caught.value.issues
    assert issue.where.endswith("/theme.yaml:2")
    assert (issue.problem, issue.hint[:8]) == ("没有“roles.bodytext”这一项", "是不是 body")


def test_a_theme_is_read_without_the_rest_of_the_report(edit: Edit) -> None:
    """Mistakes elsewhere are not the theme's; a theme that cannot be read, or a series that is not there, is told."""
    edit("values.yaml", "find:", "finde:")
    edit("theme.yaml", "", "palette: [navy\n")
    with pytest.raises(ReportError, match=r"mini/theme.yaml:1: 方括号"):
        load_theme_layers(edit("report.yaml", "title:", "titel:"), SERIES)
    with pytest.raises(ReportError, match=r"report.yaml:2: 没有系列“industri” — 是不是 industry"):
        load_theme_layers(edit("report.yaml", "extends: industry", "extends: industri"), SERIES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["told"])
def test_a_mistake_is_told_at_its_place(edit: Edit, case: dict[str, str]) -> None:
    """Each with file, line and a way out."""
    lines = told(edit(case["file"], case["old"], case["new"]))
    assert any(line.startswith(case["told"]) for line in lines), lines


def test_all_files_are_told_of_at_once(edit: Edit) -> None:
    """Mistakes in three files are three lines of one error."""
    edit("report.yaml", "2025-11-30", "昨天")
    edit("values.yaml", "find:", "finde:")
    lines = told(edit("sections/一.md", "# 企业", "---\nprt: body\n---\n# 企业"))

    assert [line.split(":")[0] for line in lines] == ["report.yaml", "values.yaml", "sections/一.md"]


def test_a_report_that_is_not_there_is_told(tmp_path: Path) -> None:
    """No folder, no traceback."""
    with pytest.raises(ReportError, match=r"report.yaml: 没有这个文件"):
        load_report(tmp_path / "nothing", SERIES)
