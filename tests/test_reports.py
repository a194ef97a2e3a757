"""Finished reports: the same inputs give the same bytes, and the report that is shipped holds what it promises."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from report.content.nodes import Content

from .project import ROOT, Project, copy_project, nodes
from .writers.docx.office import converted, misplaced

STAGES = """
import sys
from report.commands import cli
for words in sys.stdin.read().splitlines():
    cli.main(words.split("\\t"), standalone_mode=False)
"""
ELSEWHERE = ({"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C"}, {"PYTHONHASHSEED": "77", "TZ": "UTC+11"})


def test_another_process_zone_and_locale_give_the_same_bytes(finished: Project) -> None:
    before = finished.files()
    stages = [words for words in finished.stages() if words[0] != "verify"]
    text = "\n".join("\t".join(words) for words in stages)
    command = [sys.executable, "-c", STAGES]
    environment = {**ELSEWHERE[0], "PATH": str(Path(sys.executable).parent), "PYTHONUTF8": "1"}
    subprocess.run(command, input=text, cwd=finished.folder, env=environment, check=True, encoding="utf-8")
    after = finished.files()
    assert [name for name in before if before[name] != after.get(name)] == []
    assert after.keys() == before.keys()


# ---------------------------------------------------------------- the reports that are shipped


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> list[Project]:
    """The real templates and seeds, built from clean twice, under different hash seeds, zones and locales."""
    projects = []
    for number, environment in enumerate(ELSEWHERE):
        folder = tmp_path_factory.mktemp("shipped") / f"project {number}"
        project = copy_project(folder, ROOT / "templates/reports", ROOT / "seeds")
        result = project.build(env=environment)
        assert result.returncode == 0, result.stderr
        projects.append(project)
    return projects


@pytest.mark.long
def test_two_builds_from_clean_give_the_same_bytes(shipped: list[Project]) -> None:
    first, second = (project.files() for project in shipped)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert {"report.pdf", "report.docx", "report.html"} <= {Path(name).name for name in first}


@pytest.mark.long
def test_every_report_is_verified(shipped: list[Project]) -> None:
    records = sorted(shipped[0].out.glob("*/verification.json"))
    assert len(records) == len(list((ROOT / "templates/reports").glob("*/report.yaml")))
    for record in records:
        data = json.loads(record.read_text("utf-8"))
        assert data["ok"] and data["checks"] and all(check["ok"] for check in data["checks"])


@pytest.mark.long
def test_the_sample_holds_what_it_promises(shipped: list[Project]) -> None:
    folder = shipped[0].out / "ai-talent"
    content = json.loads((folder / "content.json").read_text("utf-8"))
    body = next(part for part in content["parts"] if part["role"] == "body")
    found = Counter(node.get("type") for node in nodes(body))
    assert found["figure"] >= 6 and found["table"] >= 3
    assert len(content["evidence"]) >= 40 and len(content["notes"]) >= 20
    chapters = [node for node in nodes(body) if node.get("type") == "heading" and node["level"] == 1]
    assert 5 <= len([one for one in chapters if one.get("number")]) <= 6


@pytest.mark.long
def test_the_chapters_of_the_sample_take_twelve_to_eighteen_pages(shipped: list[Project]) -> None:
    pages = json.loads((shipped[0].out / "ai-talent/layout.json").read_text("utf-8"))["pages"]
    behind = next(at for at, page in enumerate(pages) if any(
        one["title"].startswith(("参考文献", "附录")) for one in page["headings"]))
    assert 12 <= len([page for page in pages[:behind] if (page["number"] or "").isdigit()]) <= 18


@pytest.mark.long
def test_word_has_its_headings_on_the_pages_of_its_contents(shipped: list[Project], tmp_path: Path) -> None:
    """As LibreOffice sets the file, and give or take one: its fonts are not the PDF's."""
    for word in sorted(shipped[0].out.glob("*/report.docx")):
        made = tmp_path / word.parent.name
        made.mkdir()
        content = Content.from_json((word.parent / "content.json").read_bytes())
        layout = json.loads((word.parent / "layout.json").read_text("utf-8"))
        assert misplaced(content, layout, converted(word.read_bytes(), made, "pdf")) == [], word.parent.name
