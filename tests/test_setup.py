"""What a fresh machine gets: locks that hold all that is asked for, a complete wheel, and CI that runs it all."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from .project import ROOT

LOCKS = sorted(ROOT.glob("*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def locked(lock: Path) -> dict[str, str]:
    """Package → version of a lock."""
    entries = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    pairs = [re.match(r"([\w.-]+)==([\w.!+]+)", entry) for entry in entries if entry.strip()]
    return {plain(pair[1]): pair[2] for pair in pairs if pair}


def plain(name: str) -> str:
    """A distribution's name as the registry compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def asked(requirements: list[str]) -> set[str]:
    """The names of the packages asked for."""
    return {plain(re.split(r"[ <>=!~;\[]", one)[0]) for one in requirements}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_of_a_lock_is_a_pinned_and_hashed_package(lock: Path) -> None:
    for entry in lock.read_text("utf-8").replace("\\\n", " ").splitlines():
        assert re.fullmatch(r"[\w.-]+==[\w.!+]+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", entry), entry
    assert not re.search(r"https?:|--(extra-)?index|-f |-e ", lock.read_text("utf-8"))


def test_the_locks_hold_what_the_project_asks_for() -> None:
    run, test, build = (locked(ROOT / f"requirements{kind}.lock") for kind in ("", "-test", "-build"))
    assert asked(PROJECT["project"]["dependencies"]) <= run.keys()
    assert asked(PROJECT["project"]["optional-dependencies"]["test"]) <= test.keys()
    assert asked(PROJECT["build-system"]["requires"]) <= build.keys()


def test_the_locks_agree_with_each_other() -> None:
    run = locked(ROOT / "requirements.lock")
    for lock in LOCKS:
        mine = locked(lock)
        assert {name: mine[name] for name in mine.keys() & run.keys()} == {
            name: run[name] for name in mine.keys() & run.keys()
        }


def test_ci_runs_the_three_commands() -> None:
    script = ROOT / ".ci/run"
    assert os.stat(script).st_mode & stat.S_IXUSR
    lines = script.read_text("utf-8").splitlines()
    assert [line for line in lines if line.startswith("make ")] == ["make test", "make report", "make check"]
    subprocess.run(["bash", "-n", str(script)], check=True)


def test_the_project_is_not_named_like_the_strangers_package() -> None:
    assert PROJECT["project"]["name"] == "policy-press"
    assert PROJECT["project"]["scripts"] == {"report": "report.__main__:main"}


def test_the_makefile_has_every_goal_that_a_page_or_ci_names() -> None:
    named = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "templates/README.md", ".ci/run"))
    goals = set(re.findall(r"^(?:`{3}sh\n)?`?make (\w+)", named, re.M)) | {"lock", "bench"}
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.M)
    assert phony and goals <= set(phony[1].split())
    assert goals <= set(re.findall(r"^(\w+):", text, re.M))


@pytest.mark.long
def test_the_wheel_holds_every_file_of_the_package(tmp_path: Path) -> None:
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    source = tmp_path / "source"
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "src", "pyproject.toml"]
    kept = subprocess.run([*listing, "LICENSE", "README.md"], cwd=ROOT, capture_output=True, check=True, text=True)
    files = [name for name in kept.stdout.split("\0") if name and (ROOT / name).is_file()]
    for name in files:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes((ROOT / name).read_bytes())
    subprocess.run([*pip, "--wheel-dir", str(tmp_path), str(source)], check=True)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        inside = set(wheel.namelist())
    ours = {name.removeprefix("src/") for name in files if name.startswith("src/report/")}
    assert {name for name in ours if not name.endswith(".md")} <= inside
