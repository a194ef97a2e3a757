"""corrections.yaml: stanzas with their places, and the mistakes in them."""

from pathlib import Path

import pytest

from report.dataset.corrections import Correction
from report.errors import ReportError
from report.templates.corrections import read_corrections


def test_a_stanza_has_its_place(tmp_path: Path) -> None:
    """So that a correction that no longer fits can be told with its line."""
    path = tmp_path / "corrections.yaml"
    path.write_text("corrections:\n\n- doc: 003\n  text: 约57%\n  action: drop\n  reason: 误读\n", "utf-8")

    assert read_corrections(path) == (
        Correction(doc="003", text="约57%", action="drop", reason="误读", where=f"{path.as_posix()}:3"),
    )


def test_a_report_may_have_none(tmp_path: Path) -> None:
    """No file, no corrections."""
    assert read_corrections(tmp_path / "corrections.yaml") == ()


def test_mistakes_are_told_with_their_lines(tmp_path: Path) -> None:
    """Of every stanza at once."""
    path = tmp_path / "corrections.yaml"
    path.write_text("corrections:\n- {doc: '0', text: 甲, action: change, reason: 乙}\n- {doc: '0'}\n", "utf-8")

    with pytest.raises(ReportError) as caught:
        read_corrections(path)

    lines = str(caught.value).replace(path.as_posix(), "f").split("\n")
    assert lines[0].startswith("f:2: “action”不能是 change — 只能是 override、drop、flag")
    assert [line.split(" — ")[0] for line in lines[1:]] == ["f:3: 缺少“text”", "f:3: 缺少“action”", "f:3: 缺少“reason”"]


def test_a_bare_list_is_told_what_it_lacks(tmp_path: Path) -> None:
    """The stanzas stand under their name."""
    path = tmp_path / "corrections.yaml"
    path.write_text("- {doc: '0', text: 甲, action: drop, reason: 乙}\n", "utf-8")

    with pytest.raises(ReportError) as caught:
        read_corrections(path)

    assert str(caught.value) == f"{path}:1: 整个文件是一个没有名字的列表 — 列表上面加一行名字和冒号，如 corrections:"
