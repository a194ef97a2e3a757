"""Laws of the way back: what was written comes back as nothing to do; what an editor wrote is what the report says
once the patch is applied; what is guarded reads as it was meant."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from report.content.markdown import parse_section
from report.content.prose import Para, Words
from report.content.walk import deep, plain, runs_in
from report.opening import open_content
from report.revision.atoms import Atom, alike, key, visible, words
from report.revision.comparing import compare
from report.revision.edited import read_edited
from report.revision.markdown import markdown
from report.revision.merging import merge, patch, relined
from report.revision.pieces import Edited
from report.revision.revise import revise
from report.revision.runs import Group, Run
from report.revision.written import read_written
from report.sources.docx.package import open_package
from report.templates.models import Section
from report.writers.docx.xml import Element

from ..project import Project
from .word import Word, text_of

SECTIONS = Path("templates/reports/mini/sections")
LETTERS = "甲乙丙丁，。；：《》“”（）*[]()_~^=#|<>&\\{}:!-+. ab"


def edited(word: Word) -> Edited:
    return read_edited(open_package(word.bytes()))


def test_every_run_of_a_section_shows_what_the_content_prints(built: Project) -> None:
    content = open_content(built.out / "mini/content.json")
    written = read_written(content)
    shown = [key(visible(cell.run.atoms)) for unit in written.units for cell in (unit, *unit.cells)]
    printed = [plain(run) for part in content.parts for block in deep(part.blocks) for run in runs_in(block) if run]
    shown += [alike(unit.before) + key(visible(unit.run.atoms)) for unit in written.units if unit.before]
    told = {text.replace("†", "").replace("#", "") for text in shown}
    assert {alike(text) for text in printed} <= told
    notes = {key(visible(note.run.atoms)) for note in written.notes.values()}
    assert notes == {alike(plain(note.inlines)) for note in content.notes.values()}
    assert all(unit.spot for unit in written.units if unit.part == "abstract" and unit.kind == "para")


def test_what_was_written_is_nothing_to_do(built: Project) -> None:
    content = open_content(built.out / "mini/content.json")
    revision = revise(read_written(content), edited(Word(built.out / "mini/report.docx")), {})
    assert revision.findings == []
    assert revision.sections == {origin.file: origin.text for origin in content.sections}


def test_a_figure_of_a_long_name_is_known_though_its_control_lost_it() -> None:
    name = "一" * 80
    figure = Atom("value", "5家", name=name, raw="{{ " + name + " }}", group=1, line=1)
    run = Run.of([figure], {1: Group("value", figure.raw, name)})
    assert not compare(run, (Atom("value", "5家"),)).changed


# ---------------------------------------------------------------- what the editor wrote is what the report says


def spots(word: Word) -> list[Element]:
    """The runs of plain words of the chapters: not in a control, a link or a field's result."""
    body = list(word.body.iter("{*}p"))
    start = body.index(word.paragraph("企业有规模"))
    end = next(place for place, p in enumerate(body) if text_of(p) == "参考文献")
    mine = [p for p in body[start:end] if not text_of(p).startswith(("资料来源", "图", "表"))]
    texts = (node for node in word.texts() if len(node.text or "") > 2 and "上升" not in node.text)  # the data's word
    return [node for node in texts if node.getparent().getparent() in mine and not _in_field(node)]


def _in_field(node: Element) -> bool:
    before = [char.get(qn("w:fldCharType")) for char in node.xpath("preceding::w:fldChar")]
    return before.count("begin") > before.count("end")


def scribble(word: Word, chance: random.Random) -> None:
    """Words put into some runs and taken out of others."""
    for node in chance.sample(spots(word), 4):
        text = node.text or ""
        at = chance.randrange(1, len(text))
        if chance.random() < 0.3:
            node.text = text[:at] + text[at + chance.randrange(3) :]
        else:
            node.text = text[:at] + "".join(chance.choices(LETTERS, k=chance.randrange(1, 9))) + text[at:]


def told_words(came: Edited) -> list[str]:
    """The words of the paragraphs, without those that go with the headings of the contents."""
    return [key(visible(piece.atoms)) for piece in came.pieces]


@pytest.mark.parametrize("seed", range(12))
def test_what_an_editor_wrote_is_what_the_report_says(seed: int, finished: Project) -> None:
    word = Word(Path("output/mini/report.docx"))
    scribble(word, random.Random(seed))
    path = word.save(Path("edited.docx"))
    result = finished.report("import-docx", str(path), "mini", "--apply")
    assert result.exit_code == 0, result.stderr
    assert "手写" not in result.stdout, result.stdout
    for stage in finished.stages():
        if stage[0] in ("compose", "write-pdf", "write-docx"):
            made = finished.report(*stage)
            assert made.exit_code == 0, result.stdout + made.stderr
    assert told_words(edited(Word(Path("output/mini/report.docx")))) == told_words(edited(word))
    assert finished.report("import-docx", "output/mini/report.docx", "mini").stdout == "没有改动。\n"


# ---------------------------------------------------------------- Markdown


def atoms(text: str) -> list[Atom]:
    return [Atom("char", char) for char in text]


@settings(max_examples=400)
@given(st.text(alphabet=LETTERS + "0123456789“‘@$%", min_size=1, max_size=30))
def test_guarded_words_read_as_they_were_meant(text: str) -> None:
    meant = words(visible(atoms(text)))
    if not meant:
        return
    [block] = parse_section(Section(file="x.md", text=markdown(visible(atoms(text))))).blocks
    assert isinstance(block, Para)
    assert "".join(piece.text for piece in block.pieces if isinstance(piece, Words)) == meant


@given(st.lists(st.tuples(st.text("甲乙丙a", min_size=1, max_size=4),
                          st.sampled_from(["", "strong", "emphasis", "dots"])), min_size=1, max_size=5))  # fmt: skip
def test_styles_read_as_they_were_meant(runs: list[tuple[str, str]]) -> None:
    meant = [(char, style) for text, style in runs for char in text]
    source = markdown([Atom("char", char, style) for char, style in meant])  # type: ignore[arg-type]
    [block] = parse_section(Section(file="x.md", text=source)).blocks
    assert isinstance(block, Para)
    told = [(char, piece.style) for piece in block.pieces if isinstance(piece, Words) for char in piece.text]
    assert told == meant, source


# ---------------------------------------------------------------- three texts

LINES = st.lists(st.sampled_from(["甲", "乙", "丙", "丁", ""]), max_size=8)


@given(LINES, LINES)
def test_merging_into_the_same_text_gives_the_revised_one(old: list[str], new: list[str]) -> None:
    assert merge(old, new, old) == (new, [])


@given(LINES, LINES)
def test_merging_nothing_leaves_the_text_of_now(old: list[str], now: list[str]) -> None:
    assert merge(old, old, now) == (now, [])


@given(LINES, LINES)
def test_what_was_merged_is_not_merged_again(old: list[str], new: list[str]) -> None:
    assert merge(old, new, new) == (new, [])


def test_an_edit_of_both_sides_beside_an_authors_own_is_done() -> None:
    old, new = ["甲", "", "乙", "", "丙"], ["甲一", "", "乙", "", "新", "", "丙"]
    now = ["甲一", "", "乙", "", "新", "", "又", "", "丙二"]
    assert merge(old, new, now) == (now, [])
    assert merge(old, ["甲", "", "丙"], ["甲", "", "乙二", "", "丙"])[1], "rewritten here, deleted there"


@given(LINES, LINES, st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_lines_that_stand_keep_their_ends(old: list[str], new: list[str], end: str, closed: bool) -> None:
    raw = end.join(old) + (end if closed and old else "")
    kept = re.split("\r\n|\r|\n", raw)
    kept = kept[:-1] if kept[-1] == "" else kept
    assert relined(raw, kept) == raw
    assert re.sub("\r\n|\r", "\n", relined(raw, [line or "空" for line in new])).split("\n")[: len(new)] == [
        line or "空" for line in new
    ]


@given(LINES, LINES)
def test_a_patch_of_nothing_is_empty(old: list[str], new: list[str]) -> None:
    one, other = "\n".join(old), "\n".join(new)
    assert (patch("a.md", one, other) == "") == (one == other)
