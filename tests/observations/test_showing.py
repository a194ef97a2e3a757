"""A document in the terminal: every figure marked where it stands, lines no wider than asked, nothing that steers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.observations.extract import extract_observations
from report.observations.observation import Observation, Relation
from report.observations.showing import COLOUR, PLAIN, columns, safe, show, wrapped
from report.sources.document import Block, Document, Metadata
from report.sources.reader import read_source

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
ESCAPE = re.compile("\x1b\\[[0-9;]*m")
TEXT = st.text(st.sampled_from("产业规模约达1.2万亿元，（“增长”）8%。 abc【】\x1b[0m"), max_size=80)


def read(folder: Path, text: str) -> tuple[Document, list[Observation]]:
    """A document of these words, and what is read in it."""
    (folder / "a.txt").write_text(text, "utf-8")
    document = read_source(folder / "a.txt")
    return document, extract_observations(document)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_every_figure_is_marked_and_told_of(path: Path) -> None:
    document = read_source(path)
    found = extract_observations(document)
    lines = list(show(document, found, PLAIN))
    page = "\n".join(line for line in lines if not line.startswith("      "))
    assert re.findall("【(.*?)】[⁰¹²³⁴-⁹]", page) == [safe(one.text) for one in found]
    told = re.findall(r"^      第 (\d+)–(\d+) 字", "\n".join(lines), re.M)
    assert told == [(str(one.start), str(one.end)) for one in found]


@pytest.mark.parametrize("width", [40, 72, 200])
def test_no_line_is_wider_than_the_terminal_but_an_address(width: int) -> None:
    document = read_source(SEEDS[3])
    for line in show(document, extract_observations(document), COLOUR, width):
        assert columns(line) <= width or "https://" in line


@pytest.mark.parametrize("text, size", [("57%", 3), ("约五", 4), ("（A）", 5), ("é", 1), ("\x1b[1;33m约\x1b[0m", 2)])
def test_a_chinese_character_takes_two_columns(text: str, size: int) -> None:
    assert columns(text) == size


@given(TEXT, st.integers(20, 60))
def test_wrapping_loses_nothing_and_ends_every_colour(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    bare = [ESCAPE.sub("", line) for line in lines]
    assert "".join("".join(bare).split()) == "".join(ESCAPE.sub("", text).split())
    assert all(columns(line) <= width + 30 for line in lines)


def test_a_line_is_not_begun_with_a_comma_nor_ended_with_a_bracket() -> None:
    lines = list(wrapped("一二三四五六七八九，（一二三四五六七八九）" * 9, 20))
    assert len(lines) > 9
    assert not [line for line in lines if line[0] in "，）" or line[-1] == "（"]


def test_a_colour_does_not_run_over_the_end_of_a_line() -> None:
    lines = list(wrapped("一二三四五六七八\x1b[1;33m约十二点五亿元左右\x1b[0m三四五", 20))
    assert len(lines) > 1
    for line in lines:
        assert (ESCAPE.findall(line) or ["\x1b[0m"])[-1] == "\x1b[0m"
    assert lines[1].startswith("\x1b[1;33m")


def test_what_a_figure_says_stands_below_its_paragraph(tmp_path: Path) -> None:
    document, found = read(tmp_path, "港口简报\n\n2024年，港口货物吞吐量约为1.2亿吨，其中外贸货物占25%至30%。\n")
    changed = [
        one.changed({"relations": (Relation(kind="part-of", of=found[1].id),), "correction": "核过"})
        if one.kind == "range" else one for one in found
    ]  # fmt: skip
    lines = list(show(document, changed, PLAIN))
    place = next(index for index, line in enumerate(lines) if line.startswith("【2024年】¹，"))
    below = "\n".join(lines[place + 1 :])
    assert "  ²   120,000,000 吨　other　“约为”（约）" in below
    assert re.search(r"  ³   25–30 %　range\(percent\)　.*时期 2024", below)
    assert "所属的整体：²" in below and "已更正：核过" in below


def test_a_whole_in_another_paragraph_is_told_with_its_place(tmp_path: Path) -> None:
    document, found = read(tmp_path, "港口简报\n\n全港有三百家企业。\n\n船厂有四十家。\n")
    whole, part = found
    related = part.changed({"relations": (Relation(kind="part-of", of=whole.id, period="2024"),)})
    below = "\n".join(show(document, [whole, related], PLAIN))
    assert f"所属的整体：“三百家”（第 {whole.start} 字）　2024" in below and whole.id not in below


def test_nothing_in_a_source_steers_the_terminal() -> None:
    text = "去年\x1b]0;x\x07增长\u202e8%\x9b，船厂占3%。"
    document = Document(
        id="\x1b[2Ja", file="a.txt", sha256="0" * 64, encoding="utf-8", metadata=Metadata(), source=text,
        blocks=(Block(kind="paragraph", text=text, spans=((0, len(text)),)),),
    )  # fmt: skip
    shown = "\n".join(show(document, extract_observations(document), PLAIN))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown)
    assert "【3%】" in shown


# ---------------------------------------------------------------- the command


def command(*words: str) -> list[str]:
    """`report extract --show` of a seed, with options."""
    return [sys.executable, "-m", "report", "extract", str(SEEDS[3]), "--show", *words]


def in_terminal(env: dict[str, str]) -> str:
    """What the command prints in a terminal of 70 columns."""
    master, slave = os.openpty()
    with subprocess.Popen(command(), stdout=slave, env={**os.environ, "TERM": "xterm", "COLUMNS": "70", **env}) as run:
        os.close(slave)
        data = b""
        while chunk := _read(master):
            data += chunk
    os.close(master)
    assert run.returncode == 0
    return data.decode("utf-8").replace("\r\n", "\n")


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65536)
    except OSError:  # Linux tells the end of a terminal so
        return b""


def test_a_terminal_gets_colours_and_its_width() -> None:
    told = in_terminal({"NO_COLOR": ""})
    assert "\x1b[1;33m约 57%\x1b[0m⁶" in told and "【约 57%】" not in told
    assert max(columns(line) for line in told.splitlines() if "https://" not in line) in range(60, 71)
    plain = in_terminal({"NO_COLOR": "1"})
    assert "\x1b" not in plain and "【约 57%】⁶" in plain


def test_a_pipe_gets_marks_and_whole_paragraphs(tmp_path: Path) -> None:
    run = subprocess.run(command(), cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert (run.returncode, run.stderr) == (0, "")
    assert "\x1b" not in run.stdout
    assert any("【约 60%】⁵" in line and "【29%至 49%】¹⁰" in line for line in run.stdout.splitlines())
    assert not list(tmp_path.iterdir())


def test_a_reader_may_stop_reading() -> None:
    assert shutil.which("head")
    run = subprocess.run(["sh", "-c", '"$@" | head -n 1', "sh", *command()], capture_output=True, encoding="utf-8")
    assert run.stdout.count("\n") == 1 and run.stderr == ""


def test_showing_and_writing_go_together(tmp_path: Path) -> None:
    output = tmp_path / "a.jsonl"
    run = subprocess.run(command("--output", str(output)), capture_output=True, encoding="utf-8")
    assert run.returncode == 0 and "【约 57%】" in run.stdout and output.read_text("utf-8").count("\n") > 40
