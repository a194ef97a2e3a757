"""Files that LibreOffice has saved: it rewrites styles, drops the names of controls, moves links into fields, and none
of that is an editor's change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ..project import Project
from ..writers.docx.office import converted
from .test_edits import REPORT, SECTIONS
from .word import Word, set_text

pytestmark = pytest.mark.long


def saved_again(project: Project, edit: Callable[[Word], object] | None = None) -> str:
    """What the command says of the report, edited or not, that LibreOffice saved."""
    word = Word(REPORT)
    if edit:
        edit(word)
    folder = Path("office").absolute()
    folder.mkdir()
    path = converted(word.bytes(), folder, "docx")
    result = project.report("import-docx", str(path), "mini", "--apply")
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_saved_again_it_has_no_changes(finished: Project) -> None:
    assert saved_again(finished) == "没有改动。\n"


def edit_much(word: Word) -> None:
    word.replace("都已成形", "都已大致成形")
    word.delete("统计只包括整机")
    word.add("临港的企业数和产值", "新写的一段。")
    word.add("新写的一段", "新的一节", "heading 2")
    word.split("其中整机企业", "产业规模")
    word.replace_note("前后口径相同", "前后口径大体相同")
    word.replace("多在整机企业", "大多在整机企业")
    word.replace("文献所载的主要数据", "主要数据", word.paragraph("文献所载的主要数据"))
    word.note("结论限于文献所及", "编者按。")


def test_an_edited_file_saved_again_says_the_same(finished: Project) -> None:
    before = {path.name: path.read_bytes() for path in SECTIONS.iterdir()}
    word = Word(REPORT)
    edit_much(word)
    direct = finished.report("import-docx", str(word.save(Path("edited.docx"))), "mini", "--apply")
    assert direct.exit_code == 0
    expected = {path.name: path.read_bytes() for path in SECTIONS.iterdir()}
    for name, data in before.items():
        (SECTIONS / name).write_bytes(data)
    told = saved_again(finished, edit_much)
    assert {path.name: path.read_bytes() for path in SECTIONS.iterdir()} == expected
    assert told == direct.stdout


def test_a_figure_is_known_by_its_place_where_the_names_of_controls_are_lost(finished: Project) -> None:
    told = saved_again(finished, lambda word: set_text(word.control("其中整机企业", "整机企业数"), "99家"))
    assert "值“整机企业数”印的是" in told and "改成了“99家”" in told
    assert told.endswith("各节没有要改的。\n")


def test_a_file_with_its_evidence_saved_again_has_no_changes(finished: Project) -> None:
    """LibreOffice 7.4 shifts all notes where a comment stands between the first two: ours stand elsewhere."""
    stage = next(words for words in finished.stages() if words[0] == "write-docx")
    result = finished.report(*stage, "--evidence")
    assert result.exit_code == 0, result.stderr
    assert saved_again(finished) == "没有改动。\n"
