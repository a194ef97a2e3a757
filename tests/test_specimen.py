"""A specimen shows all that a template may set the look of, and is as good a file as a report is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from report.charts.drawing import Words
from report.charts.spec import ChartKind
from report.commands import cli
from report.opening import SERIES, open_theme
from report.specimen import Specimen, set_specimen
from report.templates.layers import template_chain
from report.theme.theme import ROLES
from report.verify.archive import Trial
from report.verify.models import UNTRIED
from report.yaml import read_yaml
from tests.project import ROOT
from tests.tools import need, need_fonts

OF_REPRINTS = {"signature"}  # the one role that only a printed report set anew has


@pytest.fixture(scope="module")
def shown() -> Specimen:
    """The specimen of the industry series; the working folder is the checkout."""
    return set_specimen(template_chain(SERIES / "industry", SERIES))


def roles(made: Specimen) -> Iterator[str]:
    """Every role that stands on a page or in a chart."""
    for page in made.layout.to_data()["pages"]:
        yield from (line["role"] for line in page["lines"])
        yield from ("note" for _ in page["notes"])
    for drawing in made.drawings.values():
        yield from (item.role for item in drawing.items if isinstance(item, Words))


def test_every_role_is_shown(shown: Specimen) -> None:
    assert set(ROLES) - set(roles(shown)) == OF_REPRINTS


def test_every_kind_of_chart_is_shown(shown: Specimen) -> None:
    charts = read_yaml(ROOT / "templates/specimen/charts.yaml").data
    assert {chart["kind"] for chart in charts.values()} == set(get_args(ChartKind))
    assert set(charts) == set(shown.drawings)


def test_a_role_is_called_by_its_name(shown: Specimen) -> None:
    """Each role's name is printed, so that an author finds what to change."""
    pages = shown.layout.to_data()["pages"]
    printed = "".join(line["text"] for page in pages for line in page["lines"])
    printed += "".join(note["text"] for page in pages for note in page["notes"])
    printed += "".join(
        item.text for drawing in shown.drawings.values() for item in drawing.items if isinstance(item, Words)
    )
    made_by_the_press = {"cover-stamp", "cover-series", "cover-title", "cover-date"} | OF_REPRINTS
    assert {role for role in ROLES if role not in printed} <= made_by_the_press


def test_it_takes_few_pages(shown: Specimen) -> None:
    assert len(shown.layout.pages) <= 14


def test_a_template_of_its_own(tmp_path: Path) -> None:
    """A report's look and words come over its series'; its values, charts and sections are not asked."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "report.yaml").write_text("extends: industry\ntitle: 甲\nsources: [\"没有\"]\n", "utf-8")
    (folder / "theme.yaml").write_text("roles:\n  body: {size: 12, leading: 24}\n", "utf-8")
    (folder / "strings.yaml").write_text("closing: {lines: [签发]}\n", "utf-8")
    made = set_specimen(template_chain(folder, SERIES)).layout.to_data()
    lines = [line for page in made["pages"] for line in page["lines"]]
    assert {line["size"] for line in lines if line["role"] == "body"} == {12}
    assert [line["text"] for line in lines if line["role"] == "closing-line"] == ["签发："]


@pytest.mark.parametrize(("template", "said"), [
    ("indstry", "是不是 industry"),
    ("seeds", "不是模板"),
    ("{bad}", "theme.yaml:1: 没有“rols”这一项 — 是不是 roles"),
])
def test_a_template_that_cannot_be_shown(template: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "theme.yaml").write_text("rols: {}\n", "utf-8")
    words = ["specimen", template.replace("{bad}", str(tmp_path)), "--output", str(tmp_path / "out")]
    told = CliRunner().invoke(cli, words)
    assert told.exit_code == 1 and said in told.output and not (tmp_path / "out").exists()


@pytest.mark.long
@pytest.mark.parametrize("template", ["industry", "gongwen"])
def test_verapdf_finds_nothing_in_it(template: str, tmp_path: Path) -> None:
    need("java")
    need_fonts(open_theme(template))
    told = CliRunner().invoke(cli, ["specimen", template, "--output", str(tmp_path)])
    assert told.exit_code == 0, told.output
    outcome = Trial(tmp_path / "specimen.pdf").result()
    assert outcome.ok and not outcome.figure.startswith(UNTRIED), outcome
