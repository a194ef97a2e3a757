"""The law of the way back, under an editor who does anything at all: what was changed is either in the patch or told,
and the same file, imported again after the patch was applied, has nothing left to do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from report.opening import open_content
from report.revision.atoms import alike, key, visible
from report.revision.edited import read_edited
from report.revision.written import read_written
from report.sources.docx.package import open_package

from ..project import Project
from .scribbling import Scribbler
from .test_edits import added, removed
from .word import Word

SEEDS, FEW = range(14), 4  # the others are left to the long suite

COUNTED = re.compile("[†#▦▣]|第[一二三四五六七八九十]+章|（[一二三四五六七八九十]+）|[图表][0-9]+")
CLASH = "报告里这一处也改过"


def texts(report: Path, content: Path, before: Path) -> tuple[Counter[str], Counter[str]]:
    """The paragraphs and cells of an edited file, and what the sections now print with what was generated before."""
    pieces = read_edited(open_package(report.read_bytes())).pieces
    came = [key(visible(cell.atoms)) for piece in pieces for cell in (piece, *piece.cells)]
    units = [unit for unit in read_written(open_content(content)).units if unit.spot]
    units += [unit for unit in read_written(open_content(before)).units if not unit.spot]
    say = [(alike(unit.before), key(visible(unit.run.atoms))) for one in units for unit in (one, *one.cells)]
    shown = [before + text if before + text in came else text for before, text in say]
    return Counter(_plain(came)), Counter(_plain(shown))


def _plain(keys: list[str]) -> Iterator[str]:
    """The words without marks, and without what Word counts: a file edited in Word says it once it is counted anew."""
    return (text for one in keys if (text := COUNTED.sub("", one)))


def unsaid(came: Counter[str], now: Counter[str], told: str) -> list[str]:
    """What differs between the edited file and the report as it is, and is not told."""
    theirs, ours = came - now, now - came
    said = re.sub(r"\d+", "0", COUNTED.sub("", alike(told)))
    found = []
    for text in theirs:
        near = max(ours, key=lambda one: SequenceMatcher(None, text, one).ratio(), default="")
        near = near if SequenceMatcher(None, text, near).ratio() > 0.5 else ""
        for name, i1, i2, j1, j2 in SequenceMatcher(None, near, text, autojunk=False).get_opcodes():
            pieces = [part for part in (near[i1:i2], text[j1:j2]) if part]
            missing = [part for part in pieces if re.sub(r"\d+", "0", part)[:30] not in said]
            if name != "equal" and missing:
                found.append(f"{text}：{missing}")
    return found


def law(project: Project, report: str, file: Path) -> None:
    """Raises AssertionError where the law does not hold for an edited file."""
    first = project.report("import-docx", str(file), report, "--apply")
    assert first.exit_code == 0, first.stderr
    sections = Path("templates/reports", report, "sections")
    after = {path.name: path.read_bytes() for path in sections.iterdir()}
    again = project.report("import-docx", str(file), report, "--apply")
    assert again.exit_code == 0, again.stderr
    assert {path.name: path.read_bytes() for path in sections.iterdir()} == after, again.stdout
    assert not added(again.stdout) and not removed(again.stdout) and CLASH not in again.stdout, again.stdout
    made = project.report("compose", report, f"output/{report}/dataset.json", "--output", "output/again/content.json")
    if made.exit_code:  # the patch takes over what the build refuses: then the mistake was told
        assert "生成时会在这里停下" in first.stdout, f"{first.stdout}\n{made.stderr}"
        return
    contents = (Path("output", name, "content.json") for name in ("again", report))
    assert unsaid(*texts(file, *contents), first.stdout) == [], first.stdout


@pytest.mark.parametrize("seed", [seed if seed < FEW else pytest.param(seed, marks=pytest.mark.long) for seed in SEEDS])
def test_what_was_changed_is_in_the_patch_or_told(seed: int, finished: Project) -> None:
    word = Word(Path("output/mini/report.docx"))
    scribbler = Scribbler(word, seed)
    done = [scribbler.edit() for _ in range(1 + seed % 4)]
    try:
        law(finished, "mini", word.save(Path("edited.docx")))
    except AssertionError as error:
        raise AssertionError("\n".join([*done, str(error)])) from None
