"""What an author asks for before there is a report."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from report.commands import cli
from report.templates.load import load_report
from tests.project import MINI, ROOT, copy_project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder with the project's templates in it, to stand in."""
    copied = copy_project(tmp_path / "project", ROOT / "templates/reports", ROOT / "seeds")
    monkeypatch.chdir(copied.folder)
    yield copied.folder


def new(*words: str) -> Result:
    """`report new` with these words."""
    return CliRunner().invoke(cli, ["new", *words])


def test_new_report_is_of_its_series(project: Path) -> None:
    told = new("robot", "--series", "industry")
    assert told.exit_code == 0 and "templates/reports/robot" in told.output
    template = load_report(project / "templates/reports/robot", project / "templates/series")
    assert (template.report.extends, template.report.kind) == ("industry", "行业报告")
    assert [section.part for section in template.sections] == ["abstract", "body", "body"]
    head = (project / "templates/reports/robot/report.yaml").read_text("utf-8").splitlines()[0]
    assert (project / "templates/reports/robot" / head.partition("=")[2]).resolve().is_file()


@pytest.mark.parametrize(("words", "said"), [
    (("ai-talent", "--series", "industry"), "已经有这份报告"),
    (("../robot", "--series", "industry"), "不能作报告的名字"),
    (("observations", "--series", "industry"), "不能作报告的名字"),
    (("", "--series", "industry"), "不能作报告的名字"),
    (("robot", "--series", "indstry"), "是不是 industry"),
    (("robot", "--series", "../series"), "没有这个系列"),
])
def test_new_report_that_cannot_be(project: Path, words: tuple[str, ...], said: str) -> None:
    before = sorted(project.rglob("*"))
    told = new(*words)
    assert told.exit_code == 1 and said in told.output
    assert sorted(project.rglob("*")) == before


@pytest.mark.long
def test_new_report_can_be_built_as_it_is(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project", MINI / "reports", MINI / "seeds")
    assert project.run(sys.executable, "-m", "report", "new", "robot", "--series", "industry").returncode == 0
    assert project.build().returncode == 0
    assert (project.out / "robot/verification.json").is_file()
