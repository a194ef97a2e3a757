"""The pages a user reads: every command is run, every fragment of YAML is read, every link leads somewhere."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.dataset.models import Source
from report.dataset.precedence import precedence_of
from report.sources.catalogue import read_catalogue
from report.sources.reader import LARGEST, READERS

from .project import ROOT, Project, copy_project
from .templates.recipes import REFERENCE

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
    # what stands above the reference part of the manual is followed in tests/templates/test_recipes.py
    for language, text in FENCE.findall(page.read_text("utf-8").rpartition(REFERENCE)[2]):
        if language == "sh":
            for line in text.replace("\\\n", " ").splitlines():
                command = re.sub(r"\s+#.*$", "", line).strip()
                if command and command not in OURSELVES:
                    result = fresh.run("sh", "-ec", command)
                    assert result.returncode == 0, f"{command}\n{result.stderr}"
        elif language == "python":
            result = fresh.run(sys.executable, "-c", text)
            assert result.returncode == 0, result.stderr


def test_pandas_reads_the_table_with_the_types_of_its_description(built: Project) -> None:
    """The README's lines, on the miniature's files."""
    [text] = blocks(ROOT / "README.md", "python")
    names: dict[str, Any] = {}
    exec(text.replace("output/ai-talent", str(built.out / "mini")), names)
    package = json.loads((built.out / "mini/datapackage.json").read_text("utf-8"))
    types = {"string": {"string", "category"}, "number": {"Float64"}, "integer": {"Int64"}, "date": {"datetime64[us]"}}
    dtypes = names["table"].dtypes.astype(str)
    for field in package["resources"][0]["schema"]["fields"]:
        assert dtypes[field["name"]] in types[field["type"]], field["name"]
        assert (dtypes[field["name"]] == "category") == ("enum" in field.get("constraints", {}))
    assert len(names["table"]) > 20 and names["table"].value.max() == 320e8


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_fragment_of_yaml_can_be_read(page: Path) -> None:
    for text in blocks(page, "yaml"):
        assert YAML(typ="safe").load(text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:{}]+?)(?:#[^)]*)?\)", FENCE.sub("", page.read_text("utf-8"))):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


@pytest.mark.parametrize("page", PAGES[:2], ids=lambda page: str(page.relative_to(ROOT)))
def test_the_catalogue_that_the_page_shows_is_accepted(page: Path, tmp_path: Path) -> None:
    [text] = [text for text in blocks(page, "yaml") if "limit:" in text]
    path = tmp_path / "catalogue.yaml"
    path.write_text(text, "utf-8")
    [stem] = YAML(typ="safe").load(text)
    catalogue = read_catalogue(path, [stem])
    told = catalogue.entries[stem]
    assert catalogue.limits == {stem: 20} and told["date"] == "2025-12"
    card = Source(id=stem, file=stem, sha256="", script="Hans", reliability=str(told.get("reliability", "")))
    assert precedence_of([card], ()).levels.keys() == ({stem} if "reliability" in told else set())


@pytest.mark.parametrize("page", PAGES[:2], ids=lambda page: str(page.relative_to(ROOT)))
def test_the_page_names_every_format(page: Path) -> None:
    told = page.read_text("utf-8")
    assert [suffix for suffix in READERS if f"`{suffix}`" not in told] == []
    assert f"{LARGEST:g} MB" in told


def test_the_look_that_the_readme_changes_is_accepted(project: Project) -> None:
    look = next(text for text in blocks(ROOT / "README.md", "yaml") if "palette" in text)
    Path("templates/reports/mini/theme.yaml").write_text(look, "utf-8")
    result = project.report("fonts", "mini")
    assert result.exit_code == 0, result.stderr
