"""Whatever blocks an editor takes out, puts in, moves, splits and joins: the report says so in that order."""

from __future__ import annotations

import copy
import random
from collections import Counter
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from report.opening import open_content
from report.revision.atoms import Atom, key, visible
from report.revision.edited import read_edited
from report.revision.written import read_written
from report.sources.docx.package import open_package
from report.writers.docx.xml import Element, paragraph, text_run

from ..project import Project
from .word import Word, set_text, text_of

REPORT = Path("output/mini/report.docx")
PLAIN = ("BodyText", "Quote", "ListBullet", "ListNumber")


def blocks(word: Word) -> list[Element]:
    """The paragraphs of the chapters that an editor may do anything to."""
    body = [element for element in word.body if element.tag == qn("w:p")]
    start, end = body.index(word.paragraph("企业有规模")), body.index(word.paragraph("附录　"))
    return [
        p for p in body[start:end]
        if text_of(p) and p.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")) in PLAIN
        and p.find(f".//{qn('w:sectPr')}") is None
    ]  # fmt: skip


def split(p: Element, chance: random.Random) -> None:
    runs = [run for run in p if run.tag == qn("w:r") and len(text_of(run)) > 4 and run.find(qn("w:t")) is not None]
    if not runs:
        return
    second, at = copy.deepcopy(p), list(p).index(chance.choice(runs))
    first_text, cut = text_of(p[at]), chance.randrange(1, len(text_of(p[at])) - 1)
    set_text(p[at], first_text[:cut])
    set_text(second[at], first_text[cut:])
    for run in list(p)[at + 1 :]:
        p.remove(run)
    for run in list(second)[1:at]:
        second.remove(run)
    p.addnext(second)


def join(p: Element, found: list[Element]) -> None:
    after = p.getnext()
    if after in found:
        p.extend(list(after)[1:])
        after.getparent().remove(after)


def handle(word: Word, chance: random.Random) -> None:
    """One thing done to one paragraph."""
    found = blocks(word)
    p = chance.choice(found)
    match chance.choice(["out", "move", "in", "split", "join"]):
        case "out":
            p.getparent().remove(p)
        case "move":
            chance.choice([other for other in found if other is not p]).addnext(p)
        case "in":
            new = paragraph("BodyText")
            new.append(text_run("另写的话" + "".join(chance.choices("甲乙丙丁戊己", k=12)) + "。"))
            p.addnext(new)
        case "split":
            split(p, chance)
        case _:
            join(p, found)


def words_of(keys: list[str]) -> list[str]:
    return [text.replace("†", "") for text in keys if text.replace("†", "")]


@pytest.mark.parametrize("seed", range(16))
def test_the_report_says_what_the_editor_made_of_it(seed: int, finished: Project) -> None:
    chance, word = random.Random(seed), Word(REPORT)
    for _ in range(chance.randrange(1, 5)):
        handle(word, chance)
    result = finished.report("import-docx", str(word.save(Path("edited.docx"))), "mini", "--apply")
    assert result.exit_code == 0, result.stderr
    made = finished.report("compose", "mini", "output/mini/dataset.json", "--output", "output/again/content.json")
    assert made.exit_code == 0, result.stdout + made.stderr
    units = read_written(open_content(Path("output/again/content.json"))).units
    kinds = ("table", "picture", "caption", "source")
    now = words_of([key(visible(unit.run.atoms)) for unit in units if unit.spot and unit.kind not in kinds])
    pieces = read_edited(open_package(word.bytes())).pieces
    then = words_of([key(visible(piece.atoms)) for piece in pieces if piece.kind not in kinds])
    counts = Counter(then)
    assert [text for text in now if text not in counts] == [], result.stdout
    mine = words_of([key(visible(tuple(Atom("char", char) for char in text_of(p)))) for p in blocks(word)])
    assert [text for text in mine if text not in now] == [], result.stdout
    once = [text for text in then if counts[text] == 1 and text in now]
    assert once == [text for text in now if counts[text] == 1], result.stdout
