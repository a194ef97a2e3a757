"""The workflow: what it prints, what reruns after a change, and how it ends when it is broken off."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.errors import ReportError
from report.workflow import Progress, check_seeds, forget

from .project import ROOT, Project

ROWS: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("rerun.yaml"))
QUICK = ("a sentence", "another theme")
EDGES = {
    "read_document": {"extract_observations", "reconcile_dataset", "verify_report"},
    "extract_observations": {"reconcile_dataset"},
    "reconcile_dataset": {"draw_charts", "compose_content", "verify_report"},
    "draw_charts": {"write_pdf", "write_docx", "write_html", "verify_report"},
    "compose_content": {"write_pdf", "write_docx", "write_html", "verify_report"},
    "write_pdf": {"write_docx", "verify_report"},
    "write_docx": {"verify_report"},
    "write_html": {"verify_report"},
    "verify_report": {"all"},
}


def copied(pressed: Project, folder: Path) -> Project:
    """A copy of a built project, Snakemake's records and the times of files included."""
    shutil.copytree(pressed.folder, folder, symlinks=True)
    return Project(folder)


def to_run(project: Project) -> list[str]:
    """The rules that would run, in the order of the Snakefile."""
    result = project.run("snakemake", "-n")
    assert result.returncode == 0, result.stderr
    found = re.findall(r"^(\w+) +\d+$", result.stdout + result.stderr, re.M)  # the table of job counts
    order = re.findall(r"^rule (\w+):$", (ROOT / "Snakefile").read_text("utf-8"), re.M)
    return [rule for rule in order if rule != "all" and rule in found]


# ---------------------------------------------------------------- what it prints


def test_make_report_tells_one_line_a_stage_and_what_was_made(pressed: Project) -> None:
    words = (pressed.folder / "first.txt").read_text("utf-8").splitlines()
    stages = [line for line in words if re.match(r"\[\d+/11\] ", line)]
    assert [line.split()[0] for line in stages] == [f"[{count}/11]" for count in range(1, 12)]
    assert stages[-1] == "[11/11] 核验 mini"
    told = [line for line in words if line not in stages and not line.startswith("    …… ")]
    assert re.fullmatch(
        r"完成：output/mini/ report.pdf（\d+ KB），report.docx（\d+ KB），report.html（\d+ KB）", told[-2]
    )
    assert re.fullmatch(r"用时 \d+\.\d 秒", told[-1])
    assert all(line.startswith("准备环境") for line in told[:-2])


def test_a_second_run_has_nothing_to_do_and_says_so(pressed: Project) -> None:
    before = pressed.files()
    result = pressed.run("make", "report")
    assert (result.returncode, result.stderr) == (0, "")
    assert re.fullmatch(r"没有需要更新的内容：output/mini/ 都是最新的（\d+\.\d 秒）\n", result.stdout)
    assert pressed.files() == before


def test_progress_tells_what_is_still_running(capsys: pytest.CaptureFixture[str]) -> None:
    """On a busy machine too: the line comes while the job runs, however late, and none once it is done."""
    said = ""
    with Progress() as progress:
        taken = [progress.take(line) for line in ("total         3", "Job 1: 绘图 x", "rule draw_charts:")]
        for _ in range(300):
            said += capsys.readouterr().out
            if "已" in said:
                break
            time.sleep(0.1)
        progress.take("Finished jobid: 1 (Rule: draw_charts)")
        capsys.readouterr()
        time.sleep(2.5)
    assert taken == [True, True, False]
    assert re.fullmatch(r"\[1/2\] 绘图 x\n    …… 绘图 x（已 [0-9]+ 秒）\n", said)
    assert capsys.readouterr().out == ""


def test_the_catalogue_is_read_before_anything_is_made(tmp_path: Path) -> None:
    """At its line, a kind of source that nobody knows among the mistakes."""
    (tmp_path / "甲.txt").write_text("临港有企业180家。\n", "utf-8")
    (tmp_path / "catalogue.yaml").write_text("甲:\n  reliability: 小道消息\n丙: {date: 2025}\n", "utf-8")
    with pytest.raises(ReportError) as caught:
        check_seeds(tmp_path)
    told = sorted(str(issue) for issue in caught.value.issues)
    assert [line.partition("catalogue.yaml")[2].partition(" — ")[0] for line in told] == [
        ":2: “reliability”的值“小道消息”不认得", ":3: 没有名为“丙”的来源文件"]
    assert "可选：一手、智库、媒体、转载" in told[0]


def test_what_was_made_of_a_removed_source_goes_and_nothing_else(tmp_path: Path) -> None:
    """A folder of that name may be somebody's own: only what has a record in both is the press's."""
    documents, observations = tmp_path / "documents", tmp_path / "observations"
    made = [room / f"{stem}{end}" for stem in ("甲", "乙") for room, end in (
        (documents, ".json"), (documents, ".log"),
        (observations, ".jsonl"), (observations, ".events.jsonl"), (observations, ".log"))]
    strange = [documents / "合同.json", documents / "notes.txt", observations / "鸟.jsonl"]
    for path in (*made, *strange):
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}", "utf-8")
    forget(tmp_path, {"甲"})
    left = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {path for path in made if path.name.startswith("甲")} | set(strange)


def test_the_workflow_is_the_picture_in_the_plan(project: Project) -> None:
    dot = project.run("snakemake", "--rulegraph").stdout
    names = dict(re.findall(r'(\d+)\[label = "(\w+)"', dot))
    edges = {(names[start], names[end]) for start, end in re.findall(r"(\d+) -> (\d+)", dot)}
    assert edges == {(start, end) for start, ends in EDGES.items() for end in ends}


def test_commands_do_not_grow_with_the_number_of_sources(project: Project) -> None:
    """A shell takes a command of 128 KiB at most: no stage may be given a file for each source."""

    def commands() -> list[str]:
        said = project.run("snakemake", "-n", "-p").stdout
        told = re.findall(r"^Shell command: (python -m report (\S+) .*)$", said, re.M)
        return sorted(command for command, stage in told if stage not in ("read", "extract"))

    few = commands()
    for number in range(40):
        Path(f"seeds/增补{number}.txt").write_text(f"题目\n\n又有{number}家企业。\n", "utf-8")
    assert commands() == few and len(few) == len(EDGES) - 2


# ---------------------------------------------------------------- what reruns


def check_rerun(row: dict[str, Any], project: Project) -> None:
    """Make the row's change; only its rules would run."""

    def own(text: str) -> Path:
        text = re.sub("^R/", "templates/reports/mini/", text)
        return project.folder / re.sub("^S/", "src/report/", text)

    for name, text in row.get("append", {}).items():
        with own(name).open("a", encoding="utf-8") as file:
            file.write(text)
    for name, text in row.get("add", {}).items():
        own(name).write_text(text, "utf-8")
    for name in row.get("touch", ()):
        own(name).touch()
    assert to_run(project) == row["rules"]


@pytest.mark.parametrize("row", [row for row in ROWS if row["name"] in QUICK], ids=QUICK)
def test_a_change_reruns_what_follows(row: dict[str, Any], pressed: Project, tmp_path: Path) -> None:
    check_rerun(row, copied(pressed, tmp_path / "copy"))


OTHERS = [row for row in ROWS if row["name"] not in QUICK]


@pytest.mark.long
@pytest.mark.parametrize("row", OTHERS, ids=[row["name"] for row in OTHERS])
def test_every_other_change_reruns_what_follows(row: dict[str, Any], pressed: Project, tmp_path: Path) -> None:
    check_rerun(row, copied(pressed, tmp_path / "copy"))


@pytest.mark.long
def test_corrections_extract_again_only_what_they_name(pressed: Project, tmp_path: Path) -> None:
    project = copied(pressed, tmp_path / "copy")
    text = (project.folder / "seeds/甲_临港机器人产业观察.txt").read_text("utf-8")
    file = project.folder / "seeds/corrections.yaml"
    stanza = "- {{doc: {}, at: {}, text: {}, set: {{entity: 临港}}, reason: 主语}}\n"
    first = stanza.format("甲", text.index("180家"), "180家")

    def extracted() -> list[str]:
        return re.findall(r"^Job \d+: 抽取数据 (.)", project.run("snakemake", "-n").stdout, re.M)

    file.write_text(f"corrections:\n{first}", "utf-8")
    assert extracted() == ["甲"]
    result = project.build()
    assert result.returncode == 0, result.stderr
    assert extracted() == []
    file.write_text(f"corrections:\n{first}{stanza.format('乙', 1, '港')}", "utf-8")
    assert sorted(extracted()) == ["乙", "甲"]
    file.unlink()
    assert extracted() == ["甲"]


@pytest.mark.long
def test_the_catalogue_rereads_only_what_it_names(pressed: Project, tmp_path: Path) -> None:
    project = copied(pressed, tmp_path / "copy")
    file = project.folder / "seeds/catalogue.yaml"

    def reread() -> list[str]:
        return re.findall(r"^Job \d+: 读取 (.)", project.run("snakemake", "-n").stdout, re.M)

    file.write_text("乙_海湾晨报:\n  reliability: 媒体\n", "utf-8")
    assert reread() == ["乙"]
    file.write_text('"甲_临港机器人产业观察": {date: 2025}\n乙_海湾晨报:\n  reliability: 媒体\n', "utf-8")
    assert sorted(reread()) == ["乙", "甲"]


@pytest.mark.long
def test_a_run_that_stops_leaves_the_last_whole_set(pressed: Project, tmp_path: Path) -> None:
    """And what it made itself is put aside; mended, the next run makes everything new."""
    project = copied(pressed, tmp_path / "copy")
    before = {name: data for name, data in project.files().items() if name.startswith("mini/")}
    seed = project.folder / "seeds/甲_临港机器人产业观察.txt"
    text = seed.read_text("utf-8")
    seed.write_text(text.replace("共有机器人企业180家", "有机器人企业180家"), "utf-8")
    stopped = project.build()
    assert stopped.returncode == 1 and "值“企业数”一条也没找到" in stopped.stderr
    assert "output/mini/ 仍是上一次的全套文件；这一次做到一半的在 output/stopped/mini/" in stopped.stdout
    assert {name: data for name, data in project.files().items() if name.startswith("mini/")} == before
    assert not (project.out / ".kept").exists()
    seed.write_text(text.replace("共有机器人企业180家", "共有机器人企业190家"), "utf-8")
    mended = project.build()
    assert mended.returncode == 0, mended.stderr
    assert "190家" in (project.out / "mini/content.json").read_text("utf-8")


@pytest.mark.long
def test_a_theme_does_not_change_the_content_and_a_sentence_no_chart(pressed: Project, tmp_path: Path) -> None:
    project = copied(pressed, tmp_path / "copy")
    before = project.files()
    report = project.folder / "templates/reports/mini"
    (report / "theme.yaml").write_text("roles:\n  body: {size: 11}\n", "utf-8")
    with (report / "sections/一.md").open("a", encoding="utf-8") as file:
        file.write("\n补一句话。\n")
    result = project.build()
    assert result.returncode == 0, result.stderr
    changed = {name for name, data in project.files().items() if data != before[name]}
    assert {"mini/content.json", "mini/report.pdf", "mini/report.docx", "mini/report.html"} <= changed
    assert not [name for name in changed if name.startswith(("mini/dataset", "documents/", "observations/"))]


# ---------------------------------------------------------------- Snakemake's own commands


@pytest.mark.long
def test_lint_asks_for_nothing_but_an_environment_for_each_rule(project: Project) -> None:
    result = project.run("snakemake", "--lint")
    found = re.findall(r"^    \* (.*)$", result.stdout + result.stderr, re.M)
    assert set(found) <= {"Specify a conda environment or container for each rule.:"}
    assert "Lints for snakefile" not in result.stdout + result.stderr


@pytest.mark.long
def test_snakemake_makes_one_file_and_then_the_rest(project: Project) -> None:
    assert project.run("snakemake", "-n").returncode == 0
    one = project.run("snakemake", "-c2", "output/mini/report.pdf")
    assert one.returncode == 0, one.stderr
    assert "mini/report.pdf" in project.files() and "mini/report.html" not in project.files()
    rest = project.run("snakemake", "-c2")
    assert rest.returncode == 0, rest.stderr
    assert "mini/verification.json" in project.files()


@pytest.mark.long
def test_other_sources_and_another_folder(project: Project) -> None:
    Path("seeds").rename("来源 '一' $(x)")
    result = project.run("make", "report", "SEEDS=来源 '一' $$(x)", "OUT=产出 2")
    assert result.returncode == 0, result.stderr
    assert Path("产出 2/mini/report.pdf").is_file() and not project.out.exists()


# ---------------------------------------------------------------- broken off


@pytest.mark.long
def test_a_stage_that_breaks_is_told_with_its_last_words(pressed: Project, tmp_path: Path) -> None:
    project = copied(pressed, tmp_path / "copy")
    (project.folder / "templates/themes/shanghai/theme.yaml").open("a").write("\n# changed\n")
    shutil.rmtree(project.out / "mini/charts")
    (project.folder / "src/report/charts/draw.py").write_text('raise RuntimeError("the pen broke")\n', "utf-8")
    result = project.build(env={"PYTHONPATH": str(project.folder / "src")})
    assert result.returncode == 1
    assert result.stderr == "绘图 mini: 内部错误：RuntimeError: the pen broke — 完整记录在 .snakemake/report.log\n"
    assert "Traceback" in (project.folder / ".snakemake/report.log").read_text("utf-8")


@pytest.mark.long
@pytest.mark.parametrize("wait", [1.0, 4.0])
def test_a_run_that_is_interrupted_goes_on_where_it_stopped(wait: float, project: Project) -> None:
    command = [sys.executable, "-m", "report", "build"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # else ignored where the suite runs behind a &
    )
    time.sleep(wait)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (1, "make report: 已中断 — 再运行一次，会从停下的地方接着做\n")
    assert not project.leftovers()
    result = project.build()
    assert result.returncode == 0, result.stderr


@pytest.mark.long
def test_a_run_that_is_killed_or_still_working_is_told_in_one_line(project: Project) -> None:
    command = [sys.executable, "-m", "snakemake", "-c2"]
    first = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while not list(project.folder.glob(".snakemake/locks/*")):
        time.sleep(0.1)
    second = project.build()
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert second.returncode == 1
    assert second.stderr.startswith(".snakemake/locks: ") and len(second.stderr.splitlines()) == 1
    assert project.run("snakemake", "--unlock").returncode == 0
    result = project.build()
    assert result.returncode == 0, result.stderr
