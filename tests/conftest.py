"""The miniature report in a project tree of its own: built once, copied for every test that changes it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from .project import Project, copy_project

# The same examples on every machine, and no database in the checkout; a wider search: --hypothesis-profile=default
settings.register_profile("press", derandomize=True, database=None, deadline=None)
settings.load_profile("press")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose miniature was built by the stage commands, up to the three finished files. Read only."""
    project = copy_project(tmp_path_factory.mktemp("built") / "project")
    before = Path.cwd()
    os.chdir(project.folder)
    try:
        for words in project.stages():
            if words[0] != "verify":
                result = project.report(*words)
                assert result.exit_code == 0, result.stderr
    finally:
        os.chdir(before)
    return project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with nothing built yet; it is the working folder."""
    project = copy_project(tmp_path / "project")
    monkeypatch.chdir(project.folder)
    return project


@pytest.fixture
def finished(built: Project, project: Project) -> Project:
    """A project with everything built; it is the working folder."""
    shutil.copytree(built.out, project.out)
    return project


@pytest.fixture(scope="session")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project built by `make report`; what it printed stands in first.txt. Read only."""
    project = copy_project(tmp_path_factory.mktemp("pressed") / "project")
    result = project.run("make", "report")
    assert (result.returncode, result.stderr) == (0, "")
    (project.folder / "first.txt").write_text(result.stdout, "utf-8")
    return project
