"""Reports as they are sent, each in another style (tests/fixtures/reprint): what must be found, and nothing lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.content.labels import list_label
from report.content.nodes import Block, Heading, ListBlock, NoteMark, Paragraph, Quote, Table
from report.content.reprint.blocks import NO_PICTURE, NO_TABLE
from report.content.reprint.compose import TITLES, Reprint, reprint
from report.errors import ReportError
from report.sources.document import Document
from report.sources.reader import read_source

from ...sources.laws import check_laws, parse

ROOT = Path(__file__).parents[3]
CASES = sorted((ROOT / "tests/fixtures/reprint").glob("*.yaml"))
REPORTS = [*(path for path in sorted((ROOT / "tests/fixtures/reprint").iterdir()) if path.suffix != ".yaml"),
           ROOT / "seeds/003_f87c10e587582682.txt"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_a_report_holds_is_found(path: Path) -> None:
    case = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    made = reprint(read_source(path.with_name(case["source"])))

    found = told(made)
    assert {name: found[name] for name in case if name in found} == {name: case[name] for name in case if name in found}
    _check_texts(made, case)


def _check_texts(made: Reprint, case: dict[str, Any]) -> None:
    """What stands in one paragraph (`mended`), nowhere (`never`), in one place only (`once`); lists' items, rows."""
    blocks = [block for part in made.content.parts for one in part.blocks for block in _within(one)]
    printed = [words(block) for block in blocks]
    lists = [[words(item[0]) for item in block.items] for block in blocks if isinstance(block, ListBlock)]
    rows = [[_text(cell.inlines) for cell in row] for b in blocks if isinstance(b, Table) for row in (*b.head, *b.rows)]
    assert [text for text in case.get("mended", []) if not any(text in one for one in printed)] == []
    assert [text for text in case.get("never", []) if any(text in one for one in printed)] == []
    assert {text: sum(text in one for one in printed) for text in case.get("once", [])} == dict.fromkeys(
        case.get("once", []), 1
    )
    assert [items for items in case.get("lists", []) if items not in lists] == []
    assert [row for row in case.get("tables", []) if row not in rows] == []


def _within(block: Block) -> Iterator[Block]:
    """The block and, of a list or a quotation, those in it."""
    yield block
    if isinstance(block, ListBlock):
        yield from (inner for item in block.items for one in item for inner in _within(one))
    elif isinstance(block, Quote):
        yield from (inner for one in block.blocks for inner in _within(one))


def told(made: Reprint) -> dict[str, Any]:
    """The parts, the cover's lines in their roles, the headings of the body, each note after the words before it."""
    parts = {part.role: part.blocks for part in made.content.parts}
    return {
        "front": _front(made),
        "parts": list(parts),
        "cover": [{block.role: words(block)} for block in parts["cover"] if isinstance(block, Paragraph)],
        "headings": [f"{b.level} {b.number}{_text(b.inlines)}" for b in parts["body"] if isinstance(b, Heading)],
        "notes": [note for blocks in parts.values() for block in blocks for note in _notes(made, block)],
        "last": words(parts["body"][-1]),
        "chapters": made.chapters,
        "left_out": dict(Counter(left.reason for left in made.left_out)) or None,
    }


def _front(made: Reprint) -> dict[str, str]:
    front = made.content.front
    names = ("title", "subtitle", "author", "date", "language")
    return {name: value for name in names if (value := getattr(front, name)) and value != "zh-CN"}


def _notes(made: Reprint, block: Block) -> Iterator[dict[str, str]]:
    for inlines in _inlines(block):
        before = ""
        for inline in inlines:
            if isinstance(inline, NoteMark):
                yield {before[-6:]: _text(made.content.notes[inline.note].inlines)}
            else:
                before += getattr(inline, "text", "")


def _inlines(block: Block) -> Iterator[Iterable[Any]]:
    """The runs of inlines that a block holds."""
    match block:
        case Heading(inlines=inlines) | Paragraph(inlines=inlines):
            yield inlines
        case ListBlock(items=items):
            yield from (inlines for item in items for inner in item for inlines in _inlines(inner))
        case Quote(blocks=blocks):
            yield from (inlines for inner in blocks for inlines in _inlines(inner))
        case Table():
            cells = [cell.inlines for row in (*block.head, *block.rows) for cell in row]
            yield from (block.caption, *cells, block.source)


def _text(inlines: Iterable[Any]) -> str:
    return "".join(getattr(inline, "text", "") for inline in inlines)


def words(block: Block) -> str:
    """All that a block says, its number and the labels of a list included."""
    if isinstance(block, ListBlock) and block.ordered:
        items = ["".join(map(words, item)) for item in block.items]
        return "".join(list_label(number, 0) + item for number, item in enumerate(items, 1))
    return (block.number if isinstance(block, Heading) else "") + "".join(map(_text, _inlines(block)))


# ---------------------------------------------------------------- nothing lost, nothing doubled


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_letter_of_the_source_is_printed_once_or_told_to_be_left_out(path: Path) -> None:
    document = read_source(path)
    check_laws(document)
    made = reprint(document)

    received = _letters(block.text for block in document.blocks) + _letters(_note_texts(document).values())
    printed = _letters(words(block) for part in made.content.parts for block in part.blocks)
    printed += _letters(_text(note.inlines) for note in made.content.notes.values())
    printed += _letters(left.text for left in made.left_out)
    assert not received - printed
    added = [TITLES[script][1] for script in TITLES] + [NO_PICTURE, NO_TABLE] * 9  # 目录, where the source has none
    assert not printed - received - _letters(added)


def _note_texts(document: Document) -> dict[Any, str]:
    return {note.spans: note.text for note in document.notes}


def _letters(texts: Iterable[str]) -> Counter[str]:
    return Counter(char for text in texts for char in text if char.isalnum())


# ---------------------------------------------------------------- what is wrong in the source


def test_a_mark_without_its_note_and_a_note_without_its_mark_are_told_with_their_lines() -> None:
    text = "某国产业报告\n\n一、概况\n\n产值为 30 亿元。^①增速放缓。\n\n^② 某统计局公报。\n\n二、结语\n\n前景可期。\n"
    made = reprint(parse(text))

    assert [issue.where for issue in made.warnings] == ["made-up.txt:5", "made-up.txt:7"]
    notes = [_text(note.inlines) for note in made.content.notes.values()]
    assert sorted(notes) == sorted(["某统计局公报。", "〔原文缺注文〕"])


def test_signs_that_look_like_marks_and_notes_that_nothing_marks_are_told() -> None:
    text = "某国产业报告\n\n一、概况\n\n产值为 30 亿元。①增速放缓[3]。\n\n二、结语\n\n完。\n\n注释\n\n[7] 某报。\n"
    assert [(issue.where, issue.problem) for issue in reprint(parse(text)).warnings] == [
        ("made-up.txt:5", "①、[3] 像是脚注标记，没有注文"),
        ("made-up.txt:13", "“注释”下的注文在正文里没有标记"),
    ]


def test_a_text_without_headings_is_refused_in_one_line() -> None:
    with pytest.raises(ReportError, match="没有章节标题"):
        reprint(parse("今天下了雨。\n\n明天是晴天，气温回升到二十度左右，适合出行。\n"))


def test_a_note_on_the_title_stands_on_the_cover() -> None:
    text = "某国产业报告*\n\n一、概况\n\n产值为 30 亿元。\n\n二、结语\n\n前景可期。\n\n* 本文系某项目的成果。\n"
    made = told(reprint(parse(text)))
    assert made["cover"] == [{"cover-title": "某国产业报告＊"}, {"cover-statement": "＊本文系某项目的成果。"}]
    assert made["notes"] == []


def test_items_further_in_stand_in_the_item_above_them() -> None:
    text = "# 港口报告\n\n## 一、港口\n\n清单。\n\n- 甲\n- 乙\n  - 丙\n  - 丁\n- 戊\n\n完。\n\n## 二、仓储\n\n库。\n"
    made = reprint(parse(text))
    found = [block for part in made.content.parts for block in part.blocks if isinstance(block, ListBlock)]

    assert [[words(item[0]) for item in block.items] for block in found] == [["甲", "乙", "戊"]]
    inner = found[0].items[1][1]
    assert isinstance(inner, ListBlock) and [words(item[0]) for item in inner.items] == ["丙", "丁"]


def test_pages_are_the_printed_ones_where_nearly_all_headings_stand_on_theirs() -> None:
    made = reprint(read_source(ROOT / "seeds/003_f87c10e587582682.txt"))
    pages = [(title, str(page)) for title, page in made.printed.items()]

    assert len(pages) == 19 and made.follows(pages)
    assert not made.follows([(title, "1") for title, _ in pages])
    assert not reprint(read_source(ROOT / "tests/fixtures/reprint/译稿体.txt")).follows([])
