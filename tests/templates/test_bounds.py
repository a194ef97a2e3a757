"""A template is text from a stranger: it reaches nothing but its own folder, and ends where it should."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from report.authoring import _skeleton, new
from report.content.markdown import try_section
from report.errors import ReportError
from report.names import Made
from report.templates.bounds import LARGEST
from report.templates.load import load_report, try_report
from report.templates.models import Section
from report.theme.fonts import FontLibrary
from report.theme.layers import load_theme_layers
from report.theme.load import load_theme
from report.yaml import parse_yaml
from tests.project import MINI, ROOT, copy_project

SERIES = ROOT / "templates/series"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the miniature's template, and beside it what it must not read."""
    (tmp_path / "secret.yaml").write_text("秘密: 内容\n", "utf-8")
    (tmp_path / "secret.md").write_text("秘密\n", "utf-8")
    return shutil.copytree(MINI / "reports/mini", tmp_path / "mini")


def said(folder: Path) -> str:
    """What is told of a template that cannot be loaded."""
    with pytest.raises(ReportError) as caught:
        load_report(folder, SERIES)
    return str(caught.value)


OUTSIDE = ["../secret.md", "/etc/passwd", "..\\secret.md", "sub/一.md", "..", ".md/../../secret.md"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_sections_are_names_of_its_own_files(folder: Path, name: str) -> None:
    text = (folder / "report.yaml").read_text("utf-8")
    (folder / "report.yaml").write_text(text.replace("一.md", f"'{name}'"), "utf-8")
    assert "不是 sections/ 下的 .md 文件名" in said(folder)
    template, _ = try_report(folder, SERIES)
    assert template is None or all("秘密" not in section.text for section in template.sections)


@pytest.mark.parametrize("file", ["values.yaml", "charts.yaml", "strings.yaml", "report.yaml", "sections/一.md"])
def test_no_link_leads_out(folder: Path, file: str) -> None:
    path = folder / file
    path.unlink(missing_ok=True)
    path.symlink_to(folder.parent / f"secret{path.suffix}")
    assert f"{path.as_posix()}: 指向模板的文件夹之外" in said(folder)


def test_no_folder_of_sections_leads_out(folder: Path) -> None:
    shutil.move(folder / "sections", folder.parent / "sections")
    (folder / "sections").symlink_to(folder.parent / "sections")
    assert "指向模板的文件夹之外" in said(folder)


def test_a_link_inside_is_its_own(folder: Path) -> None:
    (folder / "values.yaml").rename(folder / "所有数据.yaml")
    (folder / "values.yaml").symlink_to("所有数据.yaml")
    assert load_report(folder, SERIES).values


def test_no_theme_leads_out(folder: Path) -> None:
    (folder / "theme.yaml").symlink_to(folder.parent / "secret.yaml")
    with pytest.raises(ReportError, match="指向模板的文件夹之外"):
        load_theme_layers(folder, SERIES)


@pytest.mark.parametrize("name", ["../reports", "/etc", "base/../industry", "."])
def test_series_and_looks_are_names(folder: Path, name: str) -> None:
    (folder / "theme.yaml").write_text(f"over: '{name}'\n", "utf-8")
    (folder / "report.yaml").write_text(f"extends: base\ntheme: '{name}'\ntitle: 题\n", "utf-8")
    with pytest.raises(ReportError) as caught:
        load_theme_layers(folder, SERIES)
    assert [issue.problem for issue in caught.value.issues] == [f"没有样子“{name}”"] * 2
    (folder / "report.yaml").write_text(f"extends: '{name}'\ntitle: 题\n", "utf-8")
    assert "没有系列" in said(folder)


def test_a_series_that_goes_round_ends(tmp_path: Path, folder: Path) -> None:
    series = shutil.copytree(SERIES, tmp_path / "series")
    (series / "base/series.yaml").write_text("extends: industry\n", "utf-8")
    with pytest.raises(ReportError, match="绕了一圈"):
        load_report(folder, series)


def test_no_skeleton_leads_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = copy_project(tmp_path / "project")
    monkeypatch.chdir(project.folder)
    (_skeleton("industry") / "sections/20-秘密.md").symlink_to("/etc/hostname")
    with pytest.raises(ReportError, match="指向模板的文件夹之外"):
        new("robot", "industry")
    assert not (project.folder / "templates/reports/robot").exists()


def test_sizes_end(folder: Path) -> None:
    (folder / "values.yaml").write_text("# " + "长" * LARGEST * 400, "utf-8")
    (folder / "sections/一.md").write_text("长" * LARGEST * 400, "utf-8")
    assert said(folder).count(f"超过 {LARGEST} KB") == 2


def test_what_is_no_file_is_not_waited_for(folder: Path) -> None:
    (folder / "strings.yaml").unlink(missing_ok=True)
    os.mkfifo(folder / "strings.yaml")
    assert "不是普通文件" in said(folder)


@pytest.mark.parametrize("text", [
    "甲: !!python/object/apply:os.system [ls]", "甲: !include 乙.yaml", "甲: !!binary aGk=", "甲: &a [*a]",
    "甲: &a [1]\n乙: [*a, *a]", "甲: " + "[" * 20_000 + "]" * 20_000,
    "\n".join("  " * depth + "甲:" for depth in range(3000)),
])
def test_yaml_is_plain_and_bounded(text: str) -> None:
    with pytest.raises(ReportError):
        parse_yaml(text, "values.yaml")


@pytest.mark.parametrize("text", [
    ">" * 20_000 + " 深", "- " * 5000 + "深", "::: box 深\n" * 2000, "**" * 20_000 + "深", "[" * 20_000, "![" * 5000,
    "{{" * 100_000, "{{ 甲 " * 60_000, "# 题 {" + "a" * 200_000 + "}", "# 题" + " " * 200_000 + "x",
    "# 题" + " {" * 100_000,
    "<" * 200_000, "\\" * 100_000, "~甲" * 60_000, "==" * 80_000, "^" * 150_000, "](" * 80_000, "<https://" * 20_000,
])
def test_markdown_is_bounded(text: str) -> None:
    """In time that grows with the text: a pattern that tried every pair of {{ and }} took five minutes."""
    prose, _ = try_section(Section(file="一.md", text=text))
    assert prose.file == "一.md"


def test_repetition_is_bounded() -> None:
    names = "、".join(f"甲{number}" for number in range(60))
    text = f"::: for-each 一: {names}\n::: for-each 二: {names}\n{{{{ 一 }}}}\n:::\n:::\n"
    _, issues = try_section(Section(file="一.md", text=text), Made({}))
    assert any("300 次以上" in issue.problem for issue in issues)
    _, issues = try_section(Section(file="一.md", text=f"::: for-each 一: {names}、多\n甲\n:::\n"), Made({}))
    assert any("至多 60 个" in issue.hint for issue in issues)


@pytest.mark.parametrize("file, problem", [
    ({"package": "os.path", "file": "x"}, "里没有"),
    ({"package": "report", "file": "../../../etc/hostname"}, "别的文件夹"),
    ({"package": "report", "file": "/etc/hostname"}, "别的文件夹"),
    ({"file": "../../../etc/hostname"}, "别的文件夹"),
    ({"file": "/etc/hostname"}, "别的文件夹"),
])
def test_fonts_are_named_by_their_files_alone(folder: Path, file: dict[str, str], problem: str) -> None:
    """What lies elsewhere on the machine is no theme's business, not even whether it is there."""
    (folder / "theme.yaml").write_text(f"files: {{x: {file | {'sha256': '00'}}}}\n".replace("'", '"'), "utf-8")
    layers = load_theme_layers(folder, SERIES)
    with pytest.raises(ReportError, match=problem):
        FontLibrary(load_theme((one.data for one in layers.files), layers.where)).face("x")
