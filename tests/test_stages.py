"""The stages: files are written whole or not at all, and say what they did."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.errors import Issue, ReportError
from report.files import log_issues, write_file, write_files, write_folder

from .project import Project


def names(folder: Path) -> list[str]:
    """Every file below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_files_that_belong_together_are_all_new_or_all_old(tmp_path: Path) -> None:
    old, blocked = tmp_path / "a.json", tmp_path / "file/b.json"
    write_file(old, "old")
    write_file(tmp_path / "file", "in the way of a folder")
    with pytest.raises(ReportError, match="file/b.json: 写不了"):
        write_files({old: "new", blocked: "new"})
    assert old.read_text("utf-8") == "old"
    assert names(tmp_path) == ["a.json", "file"]


def test_a_folder_where_a_file_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(ReportError, match="out: 这是文件夹，写不成文件 — 写上文件名"):
        write_files({tmp_path / "a.json": "new", tmp_path / "out": "new"})
    assert names(tmp_path) == []


def test_a_stage_that_cannot_write_says_so_in_one_line(project: Project) -> None:
    Path("空").write_text("", "utf-8")
    seed = str(sorted(Path("seeds").iterdir())[0])
    for output in ("seeds", "空/a.json"):
        refused = project.report("read", seed, "--output", output)
        assert (refused.exit_code, refused.exception.__class__) == (1, SystemExit)
        assert refused.stderr.startswith(f"{output}: ") and len(refused.stderr.splitlines()) == 1


def test_text_that_utf8_cannot_hold_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_file(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_files({tmp_path / "new.txt": "fine", path: "\ud800"})
    assert names(tmp_path) == ["a.txt"]
    assert path.read_text("utf-8") == "old"


def test_a_folder_holds_the_new_files_and_no_others(tmp_path: Path) -> None:
    write_folder(tmp_path / "charts", {"a.svg": "1", "b.svg": "2"})
    write_folder(tmp_path / "charts", {"b.svg": b"3"})
    assert names(tmp_path) == ["charts/b.svg"]
    assert (tmp_path / "charts/b.svg").read_bytes() == b"3"


def test_a_folder_that_fails_stays_as_it_was(tmp_path: Path) -> None:
    write_folder(tmp_path / "charts", {"a.svg": "1"})
    with pytest.raises(UnicodeEncodeError):
        write_folder(tmp_path / "charts", {"a.svg": "2", "b.svg": "\ud800"})
    assert names(tmp_path) == ["charts/a.svg"]
    assert (tmp_path / "charts/a.svg").read_text("utf-8") == "1"


def test_others_may_read_what_was_written(tmp_path: Path) -> None:
    write_folder(tmp_path / "charts", {"a.svg": "1"})
    assert (tmp_path / "charts").stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "charts/a.svg").stat().st_mode & 0o777 == 0o644


def test_a_log_has_one_line_an_issue(tmp_path: Path) -> None:
    log = tmp_path / "logs/x.log"
    log_issues(log, [Issue(where="a:1", problem="two\nlines", hint="h"), "done"])
    assert log.read_text("utf-8") == "a:1: two lines — h\ndone\n"


def test_the_stages_make_exactly_the_files_of_the_contract(built: Project) -> None:
    made = {name for name in built.files() if name.startswith("mini/")}
    data = {"dataset.json", "dataset.csv", "dataset.xlsx", "datapackage.json", "checks.json"}
    data |= {"content.json", "theme.json"}
    charts = {f"charts/去向.{kind}" for kind in ("pdf", "svg", "png", "csv", "json")} | {"charts/narrow/去向.svg"}
    products = {"report.pdf", "report.docx", "report.html", "layout.json"}
    assert made == {f"mini/{name}" for name in data | charts | products}
    assert not built.leftovers()


def test_a_stage_with_a_log_says_nothing_and_writes_what_it_did(project: Project) -> None:
    seed = sorted(Path("seeds").iterdir())[0]
    spoken = project.report("read", str(seed), "--output", "a.json")
    silent = project.report("read", str(seed), "--output", "b.json", "--log", "b.log")
    assert (spoken.exit_code, silent.exit_code) == (0, 0)
    assert silent.output == "" and Path("b.log").read_text("utf-8") == spoken.stdout
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


def test_documents_of_one_name_are_not_mixed(project: Project) -> None:
    for name in ("一.txt", "一.md"):
        Path(name).write_text("题目\n\n全市有三百家企业。\n", "utf-8")
    refused = project.report("extract", "一.txt", "一.md", "--output", "a.jsonl")
    assert (refused.exit_code, Path("a.jsonl").exists()) == (1, False)
    assert refused.stderr == "一.md: 与 一.txt 主名相同，数据会混在一个编号下 — 给其中一个文件改名，或分开抽取\n"
    assert project.report("extract", "一.txt", "--output", "a.jsonl").exit_code == 0


def test_a_writer_reads_nothing_of_the_template_but_its_look(finished: Project) -> None:
    before = Path("output/mini/report.html").read_bytes()
    for name in ("values.yaml", "charts.yaml"):
        Path("templates/reports/mini", name).write_text("[", "utf-8")
    for words in finished.stages():
        if words[0] in ("write-pdf", "write-docx", "write-html"):
            assert finished.report(*words).exit_code == 0, words
    assert Path("output/mini/report.html").read_bytes() == before


CORRECTIONS = "corrections:\n- {doc: 一, at: 6, text: 三百家, set: {value: 299}, reason: 核过}\n"


def test_the_corrections_beside_a_source_are_applied_to_what_is_shown(project: Project) -> None:
    Path("一.txt").write_text("题目\n\n全市有三百家企业。\n", "utf-8")
    Path("corrections.yaml").write_text(CORRECTIONS.replace("at: 6", "at: 7"), "utf-8")
    shown = project.report("extract", "一.txt", "--show")
    assert shown.exit_code == 0 and "299 家" in shown.stdout and "已更正：核过" in shown.stdout


def test_corrections_of_no_document_given_are_told(project: Project) -> None:
    Path("二.txt").write_text("题目\n\n全市有三百家企业。\n", "utf-8")
    Path("c.yaml").write_text(CORRECTIONS, "utf-8")
    told = project.report("extract", "二.txt", "--corrections", "c.yaml", "--output", "a.jsonl")
    assert told.stdout.splitlines()[-1] == "c.yaml: 没有一条更正说的是 二 — 检查各条的 doc"


@pytest.mark.parametrize("name", ["corrections.yaml", "catalogue.yaml"])
def test_a_file_beside_the_sources_that_is_not_utf8_is_told(name: str, project: Project) -> None:
    Path("一.txt").write_text("题目\n\n全市有三百家企业。\n", "utf-8")
    Path(name).write_bytes("一: {title: 港口}\n".encode("gb18030"))
    refused = project.report("extract", "一.txt", "--output", "a.jsonl")
    assert refused.exit_code == 1 and refused.stderr.startswith(f"{name}: ") and "UTF-8" in refused.stderr


def test_a_source_not_yet_read_is_told_and_none_left_out(finished: Project) -> None:
    before = finished.files()
    for name in ("丙", "丁"):
        Path(f"seeds/{name}.txt").write_text(f"题目\n\n又有{name}家企业。\n", "utf-8")
    refused = finished.report(*next(words for words in finished.stages() if words[0] == "reconcile"))
    assert refused.exit_code == 1 and finished.files() == before
    assert [line.partition(": ")[0] for line in refused.stderr.splitlines()] == [
        f"output/documents/{name}.json" for name in ("丁", "丙")]
