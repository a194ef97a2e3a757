"""A copy of the project tree with the miniature report, for tests that build: the checkout itself stays clean."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from report.commands import cli

ROOT = Path(__file__).parents[1]
MINI = ROOT / "tests/fixtures/mini"
BESIDE = ("catalogue.yaml", "corrections.yaml")  # in seeds/, and no documents
STAMPS = (".venv/report.stamp", ".venv/test.stamp")


@dataclass(frozen=True)
class Project:
    """One copy: its folder, and ways to run what a user would run in it."""

    folder: Path

    @property
    def out(self) -> Path:
        """Where everything made goes."""
        return self.folder / "output"

    def report(self, *words: str) -> Result:
        """`report …`, in this process (the working folder must be the copy: see the fixture `project`)."""
        return CliRunner().invoke(cli, words)

    def run(self, *command: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """Any command, in a process of its own."""
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        # `make test` must not speak to a `make` in the copy
        here = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**here, "PATH": path, **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )

    def build(self, *options: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        """What `make report` runs."""
        return self.run(sys.executable, "-m", "report", "build", *options, env=env)

    def files(self) -> dict[str, bytes]:
        """Everything made so far, by path below output/, but for logs and Snakemake's own marks."""
        made = (path for path in self.out.rglob("*") if path.is_file() and path.suffix != ".log")
        return {str(path.relative_to(self.out)): path.read_bytes() for path in made if path.name[0] != "."}

    def leftovers(self) -> list[Path]:
        """Half-written files: there must never be one."""
        return list(self.out.rglob(".part-*"))

    def stages(self, seeds: Iterable[Path] | None = None) -> list[tuple[str, ...]]:
        """The stage commands that build the miniature, in order, from all seeds or only these."""
        found = [Path("seeds", path.name) for path in sorted((self.folder / "seeds").iterdir())]
        found = [path for path in found if path.name not in BESIDE] if seeds is None else list(seeds)
        corrections = ("--corrections", "seeds/corrections.yaml")
        corrected = corrections if (self.folder / corrections[1]).is_file() else ()
        documents = [f"output/documents/{path.stem}.json" for path in found]
        observations = [f"output/observations/{path.stem}.jsonl" for path in found]
        events = [f"output/observations/{path.stem}.events.jsonl" for path in found]
        made = ("--seeds", "seeds", "--documents", "output/documents")
        theme = ("--theme", "output/mini/theme.json")
        content = ("output/mini/content.json", *theme, "--charts", "output/mini/charts")
        layout = ("--layout", "output/mini/layout.json")
        return [
            *(("read", str(path), "--output", document) for path, document in zip(found, documents, strict=True)),
            *(
                ("extract", document, *corrected, "--output", one, "--events", two)
                for document, one, two in zip(documents, observations, events, strict=True)
            ),
            ("reconcile", "mini", *made, "--observations", "output/observations",
             "--output", "output/mini/dataset.json"),
            ("draw", "mini", "output/mini/dataset.json", "--output", "output/mini/charts", *theme),
            ("compose", "mini", "output/mini/dataset.json", "--output", "output/mini/content.json"),
            ("write-pdf", *content, "--output", "output/mini/report.pdf", *layout),
            ("write-docx", *content, *layout, "--output", "output/mini/report.docx"),
            ("write-html", *content, "--output", "output/mini/report.html"),
            ("verify", "mini", *made, "--output", "output/mini/verification.json"),
        ]


def copy_project(folder: Path, reports: Path = MINI / "reports", seeds: Path = MINI / "seeds") -> Project:
    """The workflow's files, these reports and these seeds in an empty folder; the environment is a link.

    The code that runs is the environment's; the copy of it is what the Snakefile watches for changes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("Snakefile", "Makefile", "pyproject.toml", *(path.name for path in ROOT.glob("*.lock"))):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "src/report", folder / "src/report", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("series", "schema", "specimen", "themes"):
        shutil.copytree(ROOT / "templates" / name, folder / "templates" / name)
    shutil.copytree(reports, folder / "templates/reports")
    shutil.copytree(seeds, folder / "seeds")
    (folder / ".venv").mkdir()
    for path in Path(sys.prefix).iterdir():
        if path.suffix != ".stamp":
            (folder / ".venv" / path.name).symlink_to(path)
    for stamp in STAMPS:
        (folder / stamp).touch()
    return Project(folder)


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    """Every node of a content tree."""
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for branch in tree:
            yield from nodes(branch)
