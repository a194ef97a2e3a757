"""The pages a user reads: every command is run, every fragment of YAML is read, every link leads somewhere."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from .project import ROOT, Project, copy_project

PAGES = [ROOT / "README.md", ROOT / "templates/README.md", ROOT / "src/report/ARCHITECTURE.md"]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
# run by the suite that this test is part of
OURSELVES = ("make test", "make check", "make bench")


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language, in order."""
    return [text for kind, text in FENCE.findall(page.read_text("utf-8")) if kind == language]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The real templates and seeds in a project of their own, for the commands of all pages one after another."""
    project = copy_project(tmp_path_factory.mktemp("readme") / "project", ROOT / "templates/reports", ROOT / "seeds")
    shutil.copy(ROOT / "README.md", project.folder)
    return project


@pytest.mark.long
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_does_what_the_page_says(page: Path, fresh: Project) -> None:
    for language, text in FENCE.findall(page.read_text("utf-8")):
        if language == "sh":
            for line in text.replace("\\\n", " ").splitlines():
                command = re.sub(r"\s+#.*$", "", line).strip()
                if command and command not in OURSELVES:
                    result = fresh.run("sh", "-ec", command)
                    assert result.returncode == 0, f"{command}\n{result.stderr}"
        elif language == "python":
            result = fresh.run(sys.executable, "-c", text)
            assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_fragment_of_yaml_can_be_read(page: Path) -> None:
    for text in blocks(page, "yaml"):
        assert YAML(typ="safe").load(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:{}]+?)(?:#[^)]*)?\)", FENCE.sub("", page.read_text("utf-8"))):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_look_that_the_readme_changes_is_accepted(project: Project) -> None:
    look = next(text for text in blocks(ROOT / "README.md", "yaml") if "palette" in text)
    Path("templates/reports/mini/theme.yaml").write_text(look, "utf-8")
    result = project.report("fonts", "mini")
    assert result.exit_code == 0, result.stderr
