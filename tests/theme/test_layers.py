"""Themes by name: which layers make a look, in what order, and what is told where a name is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from report.errors import ReportError
from report.theme.layers import load_theme_layers
from report.theme.load import load_theme
from report.theme.theme import Theme
from tests.project import ROOT


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A copy of the templates, to choose and change looks in."""
    return Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))


def chain(templates: Path, template: str) -> list[str]:
    """The folders whose theme.yaml make a look, the lowest first."""
    layers = load_theme_layers(templates / template, templates / "series")
    return [Path(file.file).parent.relative_to(templates).as_posix() for file in layers.files]


def look(templates: Path, template: str) -> Theme:
    layers = load_theme_layers(templates / template, templates / "series")
    return load_theme((file.data for file in layers.files), layers.where)


def say(path: Path, line: str) -> None:
    """Write a line at the head of a file, which may not be there yet."""
    path.write_text(line + "\n" + (path.read_text("utf-8") if path.exists() else ""), "utf-8")


def mistakes(templates: Path, template: str) -> list[str]:
    with pytest.raises(ReportError) as caught:
        load_theme_layers(templates / template, templates / "series")
    return [f"{Path(issue.where).name}: {issue.problem} — {issue.hint}" for issue in caught.value.issues]


def test_a_report_has_the_theme_of_its_series(templates: Path) -> None:
    assert chain(templates, "reports/ai-talent") == ["themes/shanghai"]
    assert chain(templates, "reports/talent-policies") == ["themes/shanghai", "series/country"]
    assert chain(templates, "series/reprint") == ["themes/shanghai", "series/reprint"]
    assert chain(templates, "themes/gongwen") == ["themes/shanghai", "themes/gongwen"]


def test_one_line_chooses_another(templates: Path) -> None:
    """What a series changes of its own theme says nothing under another; what the report changes does."""
    report = templates / "reports/talent-policies"
    say(report / "report.yaml", "theme: gongwen")
    say(report / "theme.yaml", "palette: {navy: '#123456'}")
    assert chain(templates, "reports/talent-policies") == [
        "themes/shanghai", "themes/gongwen", "reports/talent-policies"]  # fmt: skip
    made = look(templates, "reports/talent-policies")
    assert (made.page, made.palette["navy"]) == (look(templates, "themes/gongwen").page, "#123456")


def test_the_last_choice_holds(templates: Path) -> None:
    base = templates / "series/base/series.yaml"
    base.write_text(base.read_text("utf-8").replace("theme: shanghai", "theme: gongwen"), "utf-8")
    assert look(templates, "reports/us-ai-compliance") == look(templates, "themes/gongwen")
    assert chain(templates, "series/reprint")[0] == "themes/shanghai"  # which keeps an old book's page
    say(templates / "reports/us-ai-compliance/report.yaml", "theme: shanghai")
    assert chain(templates, "reports/us-ai-compliance") == ["themes/shanghai", "series/compliance"]


def test_saying_what_holds_changes_nothing(templates: Path) -> None:
    before = look(templates, "reports/talent-policies")
    say(templates / "reports/talent-policies/report.yaml", "theme: shanghai")
    assert look(templates, "reports/talent-policies") == before


def test_an_authors_own_theme(templates: Path) -> None:
    """A green look over the series' page; what series change of the theme `shanghai` is not said of it."""
    (templates / "themes/green").mkdir()
    say(templates / "themes/green/theme.yaml", "{extends: shanghai, palette: {navy: '#0b4f3c'}}")
    say(templates / "reports/talent-policies/report.yaml", "theme: green")
    assert chain(templates, "reports/talent-policies") == ["themes/shanghai", "themes/green"]
    made = look(templates, "reports/talent-policies")
    assert (made.palette["navy"], made.page.top) == ("#0b4f3c", 37)


def test_a_wrong_name_is_told_where_it_stands(templates: Path) -> None:
    say(templates / "reports/ai-talent/report.yaml", "theme: gongwenn")
    assert mistakes(templates, "reports/ai-talent") == ["report.yaml:1: 没有样子“gongwenn” — 是不是 gongwen"]
    say(templates / "reports/talent-policies/theme.yaml", "over: shanghia")
    assert mistakes(templates, "reports/talent-policies") == ["theme.yaml:1: 没有样子“shanghia” — 是不是 shanghai"]


def test_extends_is_for_themes(templates: Path) -> None:
    say(templates / "reports/ai-talent/theme.yaml", "extends: gongwen")
    assert mistakes(templates, "reports/ai-talent") == [
        "theme.yaml:1: 这里不能写 extends — 选样子，在 report.yaml（或 series.yaml）里写 theme: gongwen"]  # fmt: skip


def test_themes_that_go_round_end(templates: Path) -> None:
    say(templates / "themes/shanghai/theme.yaml", "extends: gongwen")
    (told,) = mistakes(templates, "reports/ai-talent")
    assert "样子“shanghai”绕了一圈又继承自己" in told
