"""The command line: help for every command, 2 for wrong usage, a traceback only where it is asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from report.commands import cli

from .project import Project

COMMANDS = cli.commands
STAGES = ("read", "extract", "reconcile", "draw", "compose", "write-pdf", "write-docx", "write-html", "verify")


def test_every_stage_has_its_command() -> None:
    assert set(STAGES) | {"build", "fonts"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_a_command_does_and_what_it_takes(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert result.exit_code == 0
    assert (COMMANDS[name].help or "") in result.stdout and COMMANDS[name].help
    for parameter in COMMANDS[name].params:
        word = parameter.opts[0] if isinstance(parameter, click.Option) else (parameter.name or "").upper()
        assert word in result.stdout


def test_help_lists_every_command() -> None:
    listing = CliRunner().invoke(cli, ["--help"]).stdout
    assert all(f"\n  {name} " in listing for name in COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ("raed", "x"),
        ("read",),
        ("read", "nowhere.txt", "--output", "a.json"),
        ("extract", "--output", "a.jsonl"),
        ("write-pdf", "mini", "--output", "a.pdf"),
        ("fonts", "mini", "--nowhere"),
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_two(words: tuple[str, ...], project: Project) -> None:
    result = project.report(*words)
    assert result.exit_code == 2
    assert "Usage: " in result.stderr and "Traceback" not in result.stderr
    assert not list(project.folder.glob("a.*"))


def test_a_mistake_is_one_line_and_its_traceback_only_on_request(project: Project) -> None:
    Path("空.txt").write_text("", "utf-8")
    told = project.run("report", "read", "空.txt", "--output", "a.json")
    verbose = project.run(sys.executable, "-m", "report", "read", "空.txt", "--output", "a.json", "--verbose")
    assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (1, "", 1)
    assert (verbose.returncode, verbose.stdout) == (1, "")
    assert "Traceback (most recent call last)" in verbose.stderr
    assert verbose.stderr.splitlines()[-1] == told.stderr.splitlines()[-1]
    assert not Path("a.json").exists()


def test_a_mistake_leaves_its_words_in_the_log_and_not_those_of_an_earlier_run(project: Project) -> None:
    Path("空.txt").write_text("三家企业。", "utf-8")
    assert project.report("read", "空.txt", "--output", "a.json", "--log", "a.log").exit_code == 0
    Path("空.txt").write_text("", "utf-8")
    result = project.report("read", "空.txt", "--output", "a.json", "--log", "a.log")
    assert result.exit_code == 1
    assert Path("a.log").read_text("utf-8") == result.stderr


def test_a_report_may_be_named_by_its_folder(finished: Project) -> None:
    Path("templates/reports/mini").rename("别处")
    words = next(words for words in finished.stages() if words[0] == "compose")
    result = finished.report(words[0], "别处", *words[2:])
    assert result.exit_code == 0, result.stderr


def test_fonts_tells_the_file_of_every_role(project: Project) -> None:
    result = project.report("fonts", "mini")
    assert result.exit_code == 0
    assert all(role in result.stdout for role in ("song", "hei", "kai"))


def test_a_report_that_is_not_there_is_told(project: Project) -> None:
    result = project.report("fonts", "没有")
    assert result.exit_code == 1
    assert "没有" in result.stderr and len(result.stderr.splitlines()) == 1
