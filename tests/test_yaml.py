"""YAML with lines: plain data, and every mistake told with its place."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from report.errors import ReportError
from report.yaml import parse_yaml, read_yaml

CASES = YAML(typ="safe").load((Path(__file__).with_name("yaml_mistakes.yaml")).read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["told"][0])
def test_a_mistake_is_told_with_its_line(case: dict[str, list[str]]) -> None:
    """Each mistake of a file is one line with its place."""
    with pytest.raises(ReportError) as caught:
        parse_yaml(str(case["text"]), "f.yaml")

    lines = str(caught.value).split("\n")
    assert len(lines) == len(case["told"])
    for line, told in zip(lines, case["told"], strict=True):
        assert line.startswith(f"f.yaml:{told}")


def test_scalars_are_what_an_author_means() -> None:
    """A document's number keeps its zeros, a date stays text, 是/no are words, true is true."""
    data = parse_yaml("a: 003\nb: 2026-11-30\nc: 12\nd: 1.5\ne: true\nf: no\ng:\nh: [1e3, 12:30]\n2023: 甲\n", "f").data

    assert data == {
        "a": "003", "b": "2026-11-30", "c": 12, "d": 1.5, "e": True, "f": "no", "g": None,
        "h": [1000.0, "12:30"], "2023": "甲",
    }


def test_a_number_that_nobody_means_is_text() -> None:
    """Python refuses to read integers of thousands of digits; no float holds 1e999."""
    data = parse_yaml(f"长: {'1' * 5000}\n线: {'1_' * 5000}1\n大: 1e999\n负: -{'2' * 50}\n", "x.yaml").data
    assert all(isinstance(value, str) for value in data.values())


def test_every_entry_has_its_line() -> None:
    """`where` finds an entry, and for one that is not there the nearest around it."""
    placed = parse_yaml("甲:\n  乙: 1\n  丙:\n    - 一\n    - 二\n", "f.yaml", first_line=10)

    assert placed.where("甲", "丙", 1) == "f.yaml:14"
    assert placed.where("甲", "丁", "戊") == "f.yaml:10"
    assert placed.where("没有") == "f.yaml:1"


def test_missing_and_undecodable_files(tmp_path: Path) -> None:
    """A file that is not there or not UTF-8 is told, and no traceback."""
    (tmp_path / "a.yaml").write_bytes("甲: 乙".encode("gb18030"))

    with pytest.raises(ReportError, match="不是 UTF-8"):
        read_yaml(tmp_path / "a.yaml")
    with pytest.raises(ReportError, match="没有这个文件"):
        read_yaml(tmp_path / "b.yaml")
    with pytest.raises(ReportError, match="文件打不开"):
        read_yaml(tmp_path)
