"""Users' mistakes, each through the stage that meets it and through the workflow: told in a line, nothing harmed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.errors import ReportError
from report.workflow import check_seeds

from .project import Project

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("bad_input.yaml"))
EVERY_CASE = pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
QUICK = ("value that finds nothing",)  # through the workflow in the fast suite, beside `make report` on an empty seed
ODD_NAMES = (
    "有 空格.txt",
    "引号'单\"双.txt",
    "分号;echo.txt",
    "$(touch escaped).txt",
    "`touch escaped`.txt",
    "-rf.txt",
    "content.txt",
    "*?[a]&|<>#!~%.txt",
    "反\\斜.txt",
)


def own(text: str) -> str:
    """A path of the table as a path of the project."""
    return f"templates/reports/mini/{text[2:]}" if text.startswith("R/") else text


def change(folder: Path, case: dict[str, Any]) -> None:
    """Make the case's mistake."""
    for name, text in case.get("write", {}).items():
        (folder / own(name)).write_text(text, "utf-8")
    for name, hexed in case.get("bytes", {}).items():
        (folder / own(name)).write_bytes(bytes.fromhex(hexed))
    for name, (old, new) in case.get("replace", {}).items():
        text = (folder / own(name)).read_text("utf-8")
        assert old in text
        (folder / own(name)).write_text(text.replace(old, new, 1), "utf-8")
    for name in case.get("delete", ()):
        (folder / own(name)).unlink()


def check_told(stderr: str, case: dict[str, Any]) -> None:
    """The last line tells where, what and what now; every line is one of ours."""
    lines = stderr.splitlines()
    assert len(lines) == case.get("lines", 1), stderr
    assert all(": " in line and " — " in line for line in lines), stderr
    where, *words = case["told"]
    assert lines[-1].startswith(own(where)) or not where.startswith(("R/", "seeds/")), stderr
    assert all(word in lines[-1] for word in words), stderr
    assert "Traceback" not in stderr


@EVERY_CASE
def test_the_stage_tells_it_and_harms_nothing(case: dict[str, Any], finished: Project) -> None:
    change(finished.folder, case)
    for words in finished.stages():
        if words[0] == case.get("after"):
            assert finished.report(*words).exit_code == 0
    before = finished.files()
    results = [finished.report(*words) for words in finished.stages() if words[0] == case["stage"]]
    refused = [result for result in results if result.exit_code]
    assert refused and all(result.exit_code == 1 for result in refused)
    check_told(refused[-1].stderr, case)
    assert finished.files() == before
    assert not finished.leftovers()


def check_workflow(case: dict[str, Any], project: Project, *command: str) -> None:
    """A run that meets the case's mistake ends with the stage's own words and has made only whole files."""
    change(project.folder, case)
    result = project.run(*command) if command else project.build()
    assert result.returncode == 1
    check_told(result.stderr, case)
    assert "Traceback" not in result.stdout
    assert not project.leftovers()
    assert "mini/verification.json" not in project.files()


@pytest.mark.parametrize("case", [case for case in CASES if case["name"] in QUICK], ids=QUICK)
def test_the_workflow_tells_it(case: dict[str, Any], project: Project) -> None:
    check_workflow(case, project)


@pytest.mark.long
@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case["name"] not in QUICK],
    ids=[case["name"] for case in CASES if case["name"] not in QUICK],
)
def test_the_workflow_tells_every_other(case: dict[str, Any], project: Project) -> None:
    check_workflow(case, project)


@pytest.mark.parametrize("case", CASES[:1], ids=["empty seed"])
def test_make_report_tells_it_last_and_adds_nothing(case: dict[str, Any], project: Project) -> None:
    check_workflow(case, project, "make", "report")


def test_a_seed_without_numbers_is_a_document_without_observations(project: Project) -> None:
    Path("seeds/诗.txt").write_text("题目\n\n这里没有数字，只有句子。\n", "utf-8")
    assert project.report("read", "seeds/诗.txt", "--output", "诗.json").exit_code == 0
    assert project.report("extract", "诗.json", "--output", "诗.jsonl").exit_code == 0
    assert Path("诗.jsonl").read_bytes() == b""


def test_a_seed_without_numbers_joins_the_others(finished: Project) -> None:
    Path("seeds/诗.txt").write_text("题目\n\n这里没有数字，只有句子。\n", "utf-8")
    for words in finished.stages():
        if words[0] in ("read", "extract", "reconcile", "compose"):
            result = finished.report(*words)
            assert result.exit_code == 0, result.stderr


def test_odd_names_of_seeds_go_through_every_stage(finished: Project) -> None:
    for name in ODD_NAMES:
        shutil.copy("seeds/乙_海湾晨报.txt", f"seeds/{name}")
    seeds = [Path("seeds", name) for name in ODD_NAMES]
    for words in finished.stages(seeds):
        if words[0] in ("read", "extract"):
            result = finished.report(*words)
            assert result.exit_code == 0, result.stderr
    made = finished.files()
    assert all(f"observations/{path.stem}.jsonl" in made for path in seeds)


def test_odd_names_of_seeds_go_through_the_workflow(project: Project) -> None:
    for name in ODD_NAMES:
        shutil.copy("seeds/乙_海湾晨报.txt", f"seeds/{name}")
    targets = [f"output/documents/{Path(name).stem}.json" for name in ODD_NAMES]
    result = project.run("snakemake", "-c2", "--", *targets)
    assert result.returncode == 0, result.stderr
    made = project.files()
    assert all(made[target.removeprefix("output/")] for target in targets)
    assert not list(project.folder.rglob("escaped"))


@pytest.mark.parametrize("name", ["甲{doc}.txt", "甲<doc>.txt", "一\n二.txt"])
def test_names_that_the_workflow_cannot_hold_are_refused(name: str, project: Project) -> None:
    Path("seeds", name).write_text("三家企业。", "utf-8")
    result = project.build()
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert "花括号、尖括号或换行" in result.stderr and " — " in result.stderr


@pytest.mark.parametrize("out", [".", "src/..", "templates", "templates/made", "seeds", "seeds/made", ".git/made"])
def test_nothing_is_built_among_what_people_wrote(out: str, project: Project) -> None:
    before = sorted(project.folder.rglob("*"))
    result = project.build("--seeds", "seeds", "--out", out)
    assert (result.returncode, len(result.stderr.splitlines())) == (1, 1)
    assert "不能生成在这里" in result.stderr and sorted(project.folder.rglob("*")) == before


def test_two_seeds_of_one_stem_are_refused_by_the_workflow(project: Project) -> None:
    shutil.copy("seeds/乙_海湾晨报.txt", "seeds/乙_海湾晨报.md")
    result = project.build()
    assert result.returncode == 1
    assert result.stderr == "seeds/乙_海湾晨报.txt: 与 乙_海湾晨报.md 主名相同 — 给其中一个文件改名\n"
    assert not project.out.exists()


def test_a_seed_named_like_a_file_of_events_is_refused(project: Project) -> None:
    Path("seeds/甲.events.md").write_text("三家企业。", "utf-8")
    problem = "seeds/甲.events.md: 主名以 .events 结尾，它的数据会与大事文件混淆 — 给文件改名\n"
    assert project.build().stderr == problem
    assert not project.out.exists()


def test_every_file_that_cannot_be_a_seed_is_told_at_once(project: Project) -> None:
    for name in ("catalogue.yml", "Corrections.yaml", "表.xlsx", "无", "乙_海湾晨报.md"):
        Path("seeds", name).write_text(f"三家企业 {name}。", "utf-8")
    with pytest.raises(ReportError) as caught:
        check_seeds(Path("seeds"))
    told = {issue.where.removeprefix("seeds/"): (issue.problem, issue.hint) for issue in caught.value.issues}
    assert told.keys() == {"catalogue.yml", "Corrections.yaml", "表.xlsx", "无", "乙_海湾晨报.txt"}
    assert told["catalogue.yml"] == ("这不是文献，也不叫 catalogue.yaml", "改名为 catalogue.yaml")
    assert told["Corrections.yaml"][1] == "改名为 corrections.yaml"
    assert told["无"][0].startswith("不能读取没有扩展名的文件")


def test_a_copy_of_a_seed_is_no_second_source(finished: Project) -> None:
    before = finished.files()
    shutil.copy("seeds/乙_海湾晨报.txt", "seeds/丙.txt")
    with pytest.raises(ReportError) as caught:
        check_seeds(Path("seeds"))
    hint = "同一份文献不能当两个来源，移走一份"
    assert str(caught.value) == f"seeds/乙_海湾晨报.txt: 与 丙.txt 内容完全相同 — {hint}"
    made = [words for words in finished.stages([Path("seeds/丙.txt")]) if words[0] in ("read", "extract", "reconcile")]
    results = [finished.report(*words) for words in made]
    assert [result.exit_code for result in results] == [0, 0, 1]
    assert results[-1].stderr == f"seeds: 乙_海湾晨报.txt 与 丙.txt 内容完全相同 — {hint}\n"
    assert {name: data for name, data in finished.files().items() if "丙" not in name} == before


def test_what_systems_and_office_programs_leave_is_no_seed(project: Project) -> None:
    documents = check_seeds(Path("seeds"))
    for name in ("~$初稿.docx", "Thumbs.db", "desktop.ini", ".DS_Store"):
        Path("seeds", name).write_bytes(b"\0")
    assert check_seeds(Path("seeds")) == documents == {"乙_海湾晨报", "甲_临港机器人产业观察"}
    assert project.run("snakemake", "-n").returncode == 0


@pytest.mark.long
def test_what_was_made_of_a_removed_seed_goes_and_folders_among_the_seeds_are_told(project: Project) -> None:
    Path("seeds/旧").mkdir()
    Path("seeds/诗.v2.txt").write_text("题目\n\n这里没有数字，只有句子。\n", "utf-8")
    assert project.build().returncode == 0
    made = [name for name in project.files() if "诗.v2" in name]
    assert made
    Path("seeds/诗.v2.txt").unlink()
    result = project.build()
    assert result.stdout.startswith("seeds/旧: 子文件夹里的文献不读 — 要用的移到 seeds/ 下\n")
    assert not list(project.out.rglob("诗.v2*"))


def test_two_seeds_of_one_stem_are_refused_by_the_stage(finished: Project) -> None:
    before = finished.files()
    shutil.copy("seeds/乙_海湾晨报.txt", "seeds/乙_海湾晨报.md")
    result = finished.report(*next(words for words in finished.stages() if words[0] == "reconcile"))
    assert result.exit_code == 1
    assert "主名相同" in result.stderr and len(result.stderr.splitlines()) == 1
    assert finished.files() == before


@pytest.mark.parametrize("name", ["documents", "observations", "reprint", "specimen", "test-report"])
def test_reports_of_a_reserved_name_are_refused(name: str, project: Project) -> None:
    Path("templates/reports/mini").rename(f"templates/reports/{name}")
    result = project.build()
    assert result.returncode == 1
    assert result.stderr.startswith(f"templates/reports/{name}: ") and len(result.stderr.splitlines()) == 1


def test_no_seeds_and_no_reports_are_told(project: Project) -> None:
    empty = project.folder / "空"
    empty.mkdir()
    hint = "放入 .txt、.md、.html、.htm、.pdf、.docx 文件"
    assert project.build("--seeds", "空").stderr == f"空: 文件夹里没有文献 — {hint}\n"
    assert project.build("--seeds", "没有").stderr.startswith("没有: 没有这个文件夹 — ")
    shutil.rmtree("templates/reports/mini")
    assert project.build().stderr.startswith("templates/reports: 没有报告模板 — ")
