"""An edit of one source in the shipped report: exactly what depends on it changes, and the evidence says why."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from report.review.build import Build
from report.review.difference import Difference, compare

from ..project import ROOT, Project, copy_project
from .test_difference import build

REPORT = "ai-talent"
STAGES = ("read", "extract", "reconcile", "draw", "compose")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The shipped templates and seeds; the report as shipped is in before/. Every test puts its seed back."""
    project = copy_project(tmp_path_factory.mktemp("shipped") / "project", ROOT / "templates/reports", ROOT / "seeds")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project.folder)
        assert press(project) == ""
    shutil.copytree(project.out / REPORT, project.folder / "before")
    return project


def press(project: Project) -> str:
    """Run the stages up to the content; the error, "" for none."""
    for words in project.stages():
        if words[0] in STAGES:
            result = project.report(*(word.replace("mini", REPORT) for word in words))
            if result.exit_code:
                return result.stderr
    return ""


@pytest.fixture
def edited(shipped: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The shipped report as the working folder; what a test does to seeds and template is undone."""
    monkeypatch.chdir(shipped.folder)
    for name, source in (("seeds", ROOT / "seeds"), ("templates/reports", ROOT / "templates/reports")):
        shutil.rmtree(name)
        shutil.copytree(source, name)
    return shipped


def replace(prefix: str, pattern: str, new: str) -> None:
    """Replace in the one seed whose name begins so; at least one place must match."""
    (path,) = Path("seeds").glob(f"{prefix}*")
    text, count = re.subn(pattern, new, path.read_bytes().decode("utf-8"))
    assert count
    path.write_bytes(text.encode("utf-8"))


def difference() -> Difference:
    before, after = build(Path("before")), build(Path("output") / REPORT)
    assert isinstance(before, Build) and isinstance(after, Build)
    return compare(before, after)


def changed_charts() -> set[str]:
    """The charts whose data differ."""
    return {
        path.stem
        for path in Path("before/charts").glob("*.csv")
        if path.read_bytes() != (Path("output") / REPORT / "charts" / path.name).read_bytes()
    }


def test_a_value_with_one_witness(edited: Project) -> None:
    """175 台 is 176: the sentence, the table cell and the evidence, and nothing else."""
    replace("003", "175 ?台", "176 台")
    assert press(edited) == ""
    found = difference()
    (value,) = [change for change in found.values if change.old != change.new]
    assert (value.old, value.new) == ("175台", "176台")
    for change in found.sentences:
        assert "175台" in change.old and change.old.replace("175", "176") == change.new
    assert found.sentences
    for other in found.values:  # and of the others only the words of the very sentence
        assert all(told.old.replace("175", "176") == told.new for told in other.evidence)
    for finding in found.findings:
        assert finding.old.replace("175", "176") == finding.new
    assert changed_charts() == set()
    assert [source.doc[:3] for source in found.sources] == ["003"]


def test_a_direction_turns_with_its_number(edited: Project) -> None:
    """The retention rate above the long-run one: the data choose another word."""
    for prefix in ("000", "001"):
        replace(prefix, "87%", "93%")
    assert press(edited) == ""
    turned = [(change.old, change.new) for change in difference().sentences if "低于" in change.old]
    assert turned and all("高于" in new and "低于" not in new for _, new in turned), turned


def test_two_witnesses_at_odds_stop_the_build(edited: Project) -> None:
    """87 is 86 in one source, and nobody has said which holds: both sentences are shown."""
    replace("001", "87", "86")
    told = press(edited)
    assert "Traceback" not in told
    (line,) = [line for line in told.splitlines() if "留美人数”" in line]
    assert re.match(r"templates/reports/ai-talent/values\.yaml:\d+: 值“留美人数”的2个候选不一致：", line)
    assert "87人继续坚守美国" in line and "86位仍在美任职" in line and " — " in line


def test_a_declared_precedence_settles_it_and_the_notes_say_so(edited: Project) -> None:
    path = Path("templates/reports", REPORT, "report.yaml")
    path.write_text(path.read_text("utf-8") + 'precedence: ["001", "000"]\n', "utf-8")
    replace("001", "87", "86")
    assert press(edited) == ""
    found = difference()
    changed = {change.name: (change.old, change.new) for change in found.values if change.old != change.new}
    assert changed["留美人数"] == ("87人", "86人") and changed["留美率"] == ("87%", "86%")
    told = (change for change in found.sentences if "　注" not in change.where)
    prose = [change for change in told if not change.old.startswith("资料来源")]
    assert all("87" in change.old and re.search("86|多于留美总数", change.new) for change in prose)
    assert any("等于留美总数" in change.old and "多于留美总数" in change.new for change in prose)
    notes = [change.new for change in found.sentences if "　注" in change.where and "本报告取" in change.new]
    assert any(note.endswith("作86人，文献[2]作87人，本报告取86人。") for note in notes)
    assert any("99" in finding.new for finding in found.findings)  # 86 + 10 + 3
    assert "track" in changed_charts()
