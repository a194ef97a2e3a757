"""The miniature report composed: every part, every number, every citation — and every mistake at its place."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from report.content.compose import unused_values
from report.content.nodes import (
    Block,
    Box,
    Content,
    Contents,
    Figure,
    Heading,
    Inline,
    ListBlock,
    NoteMark,
    PageRef,
    Paragraph,
    Quote,
    Ref,
    Table,
    Value,
)
from report.content.walk import all_entries, inlines_of, plain
from report.content.wording import check_wording
from report.dataset.excerpts import LONGEST
from report.errors import ReportError
from report.observations.figures import figures_in

from .conftest import Press

Edit = Callable[[str, str, str], Path]
CASES = YAML(typ="safe").load((Path(__file__).parent / "cases/compose_mistakes.yaml").read_text("utf-8"))


def part(content: Content, role: str) -> tuple[Block, ...]:
    """The blocks of one part."""
    return next(part.blocks for part in content.parts if part.role == role)


def annex_table(content: Content, name: str) -> Table:
    """A table of the annex by its id."""
    return next(block for block in part(content, "annex") if isinstance(block, Table) and block.id == name)


def walk(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block, the outer first."""
    for block in blocks:
        yield block
        match block:
            case ListBlock():
                for item in block.items:
                    yield from walk(item)
            case Quote() | Box():
                yield from walk(block.blocks)
            case _:
                pass


def inlines(content: Content) -> Iterator[Inline]:
    """Every inline of the report, notes included."""
    for one in content.parts:
        for block in walk(one.blocks):
            match block:
                case Heading() | Paragraph():
                    yield from block.inlines
                case Box():
                    yield from block.title
                case Figure():
                    yield from (*block.caption, *block.source)
                case Table():
                    yield from (*block.caption, *block.source)
                    for row in (*block.head, *block.rows):
                        for cell in row:
                            yield from cell.inlines
                case _:
                    pass
    for note in content.notes.values():
        yield from note.inlines


def told(press: Press, folder: Path) -> list[str]:
    """The messages of a report that cannot be built, without the folder's name."""
    with pytest.raises(ReportError) as caught:
        press.build(folder)
    return str(caught.value).replace(folder.as_posix() + "/", "").split("\n")


def test_the_parts_stand_in_order(mini: Content) -> None:
    """All eight, and the running header's title where there is one."""
    assert [(one.role, one.title) for one in mini.parts] == [
        ("cover", ""), ("series", ""), ("abstract", "摘要"), ("contents", "目录"), ("body", "临港机器人产业简析"),
        ("sources", "参考文献"), ("annex", "附录　数据核校"), ("closing", ""),
    ]


def test_the_cover_has_its_lines_in_their_roles(mini: Content) -> None:
    """Empty slots stay 〔…〕, and the statement counts the documents."""
    cover = {block.role: plain(block.inlines) for block in part(mini, "cover") if isinstance(block, Paragraph)}

    assert cover["cover-serial"] == "2025-HY-S000"
    assert cover["cover-stamp"] == "样稿"
    assert cover["cover-logo"] == "〔标志〕"
    assert cover["cover-issuer"] == "〔发布单位〕"
    assert cover["cover-date"] == "2025年11月"
    assert cover["cover-statement"] == mini.front.statement == "本报告为样稿，依据随附的2份文献编制"


def test_headings_are_numbered(mini: Content) -> None:
    """一、 （一） 1., the lower anew under each higher; 结语 has no number."""
    headings = [block for block in part(mini, "body") if isinstance(block, Heading)]

    assert [(heading.level, heading.number, plain(heading.inlines)) for heading in headings] == [
        (1, "一、", "企业有规模，人员留得住"), (2, "（一）", "企业"), (2, "（二）", "人员"), (3, "1.", "追踪的限度"),
        (1, "二、", "出口有分歧，用数须核对"), (2, "（一）", "出口"), (1, "", "结语"),
    ]
    assert len({heading.id for heading in headings}) == len(headings)


def test_references_print_what_they_point_to(mini: Content) -> None:
    """A figure, a table, a chapter, a section — and each target is in the tree."""
    refs = {inline.target: inline.text for inline in inlines(mini) if isinstance(inline, Ref)}
    ids = {getattr(block, "id", None) for one in mini.parts for block in walk(one.blocks)}

    typed = {"去向": "图1", "people": "第一章", "main": "表1", "staff": "第一章（二）"}
    assert refs == {**typed, "annex-findings": "分歧第1条"}
    assert set(refs) <= ids


def test_every_figure_is_bound_to_evidence(mini: Content) -> None:
    """Each Value names evidence, and evidence that is derived has its parents' evidence too."""
    names = {inline.name for inline in inlines(mini) if isinstance(inline, Value)}

    assert names <= set(mini.evidence)
    for found in mini.evidence.values():
        assert found.witnesses or found.formula
        assert set(found.parents) <= set(mini.evidence)
        assert all(len(witness.clause) <= LONGEST for witness in found.witnesses)


def test_no_figure_stands_outside_a_value(mini: Content) -> None:
    """The extractor finds nothing in the body's words once the values are taken out."""
    for block in walk(part(mini, "body")):
        if isinstance(block, Paragraph):
            words = "".join("\ufffc" if isinstance(one, Value) else plain([one]) for one in block.inlines)
            assert figures_in(words) == []


def test_the_data_chose_the_direction(mini: Content) -> None:
    """26% to 38% is 上升, and both values are named."""
    found = [inline for inline in inlines(mini) if inline.type == "direction"]

    assert [(inline.text, inline.values) for inline in found] == [("上升", ("研发占比2021", "研发占比2024"))]


def test_footnotes_say_who_says_so(mini: Content) -> None:
    """A URL of the source's own is 转引; an agreeing and a disagreeing witness are named."""
    notes = [plain(note.inlines) for note in mini.notes.values()]

    assert notes == [
        "数据来源：https://example.org/robot/census-2024，转引自文献[1]《临港机器人产业观察报告》（转引的网页均未打开核对，下同）。",
        "数据来源：https://example.org/robot/output，转引自文献[1]，"
        "亦见文献[2]《临港机器人企业出口增长　人才留得住》。",
        "据文献[1]；前后口径相同。",
        "据文献[1]。文献[1]作超过60亿元，文献[2]作58亿元，本报告取超过60亿元。",
    ]


def test_figures_and_tables_name_their_sources(mini: Content) -> None:
    """From the values they print; the author's notes stand before."""
    figure = next(block for block in part(mini, "body") if isinstance(block, Figure))
    table = next(block for block in part(mini, "body") if isinstance(block, Table))

    assert (figure.number, plain(figure.caption)) == (1, "毕业生的去向")
    assert plain(figure.source) == "资料来源：文献[1]。"
    assert plain(table.source) == "资料来源：文献[1]。"
    assert [plain(note) for note in table.notes] == ["注：出口额的统计范围不一。"]
    assert [column.align for column in table.columns] == ["left", "decimal", "left"]
    assert "72人" in figure.alt


def test_the_annex_quotes_each_value_once(mini: Content) -> None:
    """A row for every value in the order of reading; a derived one shows its arithmetic."""
    table = annex_table(mini, "annex-table")
    rows = {plain(row[1].inlines): [plain(cell.inlines) for cell in row[2:]] for row in table.rows}

    assert (table.number, table.style) == (0, "annex")
    assert rows["追踪的毕业生"] == ["100人", "[1]", 
        "“研究者选取了2021年在临港就业的毕业生100名，到2024年，其中72人仍在临港的机器人企业，18人转到外地企业，10人继续深造”",
        "一致",
    ]  # 72＋18＋10
    assert rows["留任率"] == ["72%", "[1]", "仍在临港的人数72人÷追踪的毕业生100人，以百分数计", "推算"]
    assert rows["临港机器人产业规模"][1:] == ["[1]、[2]", "“2024年临港机器人产业规模约320亿元”", "一致"]
    assert rows["临港机器人出口额"][3] == "不一致（见分歧第1条）"


def test_a_disagreement_is_told(mini: Content) -> None:
    """What one document says and what the other, and which the report prints."""
    findings = annex_table(mini, "annex-findings-table")
    [(number, sentence, verdict)] = [[plain(cell.inlines) for cell in row] for row in findings.rows]

    assert (number, verdict) == ("1", "不一致")
    assert "文献[1]" in sentence and "60亿元" in sentence and "58亿元" in sentence


def test_the_source_list_follows_the_standard(mini: Content) -> None:
    """GB/T 7714, in the order of use; what a document does not say of itself is said to be missing."""
    assert [reference.text for reference in mini.sources] == [
        "[1] 陈一禾. 临港机器人产业观察报告: 2025-HY-E003[R]. 海湾产业研究院, 2025-09-30.",
        "[2] 林遥. 临港机器人企业出口增长　人才留得住[N]. 海湾晨报, 2025-10-12.",
    ]
    paragraphs = [block for block in part(mini, "sources") if isinstance(block, Paragraph)]
    entries = [plain(block.inlines) for block in paragraphs if block.role == "reference"]
    for entry, reference in zip(entries, mini.sources, strict=True):
        assert entry.startswith(reference.text)
        assert reference.sha256[:12] in entry


def test_the_closing_page_has_lines_to_sign(mini: Content) -> None:
    """Three empty lines, then the statement."""
    lines = [(block.role, plain(block.inlines)) for block in part(mini, "closing") if isinstance(block, Paragraph)]

    assert lines[:3] == [("closing-line", "初审："), ("closing-line", "复审："), ("closing-line", "终审：")]
    assert lines[3][0] == "closing-statement"


def test_the_contents_are_a_place_for_the_writers(mini: Content) -> None:
    """Two levels deep, under an unnumbered heading."""
    assert part(mini, "contents")[1] == Contents(levels=2)


def test_the_press_keeps_its_own_wording(mini: Content, press: Press) -> None:
    """The series' strings, the annex and the miniature pass the house's list."""
    template = press.template(Path(__file__).parents[1] / "fixtures/mini/reports/mini")

    assert check_wording(mini, template.wording, {}) == []


def test_of_a_document_too_short_to_quote_the_place_is_told(mini: Content, press: Press) -> None:
    """Forty characters cannot lend a tenth: the annex says where each of its figures stands."""
    sources = press.dataset.sources
    short = sources[0].changed({"length": 40})
    tight = replace(press, dataset=press.dataset.changed({"sources": (short, *sources[1:])}))

    def quotations(content: Content) -> str:
        table = annex_table(content, "annex-table")
        return "".join(plain(row[4].inlines) for row in table.rows)

    places = quotations(tight.build(Path(__file__).parents[1] / "fixtures/mini/reports/mini"))
    known = {found.text for found in press.dataset.observations if found.doc == short.id}
    told = re.findall("见原文[前中后]部“([^”]+)”处", places)
    assert told and known.issuperset(told)
    assert "见原文" not in quotations(mini)


def test_the_same_template_gives_the_same_bytes(mini: Content, press: Press) -> None:
    """And what is written can be read back."""
    again = press.build(Path(__file__).parents[1] / "fixtures/mini/reports/mini")

    assert again.to_json() == mini.to_json()
    assert Content.from_json(mini.to_json()) == mini


def test_a_value_without_a_use_is_a_warning(press: Press, edit: Edit) -> None:
    """It builds, and the value is named with its line."""
    folder = edit("sections/二.md", "{{ 实训岗位 }}", "若干")
    issues = unused_values(press.template(folder), press.build(folder))

    assert [(issue.where.rpartition("/")[2], issue.problem) for issue in issues] == [
        ("values.yaml:13", "值“实训岗位”没有用到")
    ]


def test_sources_are_numbered_by_first_use(press: Press, edit: Edit) -> None:
    """A document cited in the first sentence is [1] (GB/T 7714, numeric order)."""
    content = press.build(edit("sections/摘要.md", "临港有机器人企业", "据{{ 文献: 乙 }}，临港有机器人企业"))

    assert [reference.doc[0] for reference in content.sources] == ["乙", "甲"]


def test_spaces_next_to_chinese_are_closed(press: Press, edit: Edit) -> None:
    """Typed gaps vanish around slots, marks and Latin; those between Latin words stay."""
    typed = "　　用 Open AI 的 **GPT** 模型 {{ 企业数 }} 计。\n又依据"
    content = press.build(edit("sections/结语.md", "本报告依据", typed))

    last = part(content, "body")[-1]
    assert isinstance(last, Paragraph)
    assert plain(last.inlines).startswith("用Open AI的GPT模型180家计。又依据2份文献")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["told"])
def test_a_mistake_is_told_at_its_place(press: Press, edit: Edit, case: dict[str, str]) -> None:
    """One clear line with the place and a way out."""
    folder = edit(case["file"], case["old"], case["new"])
    if "[^x]" in case["new"]:
        folder = edit(case["file"], "", "\n[^x]: 一条\n")

    lines = told(press, folder)
    assert [line for line in lines if line.startswith(case["told"])], lines


def test_mistakes_of_writing_and_names_are_told_in_one_run(press: Press, edit: Edit) -> None:
    """A reference to what stands in a block that cannot be read is no mistake of its own."""
    edit("sections/二.md", "{{ 出口额 }}，园区", "{{ 出口 }}，**园区")
    edit("sections/二.md", "::: table", "::: tabel")
    lines = told(press, edit("sections/二.md", "没有这个问题", "没有[](#无)的问题[^无]"))

    places = [(line.split(": ")[0], line.split(": ")[1][:6]) for line in lines]
    assert places == [
        ("sections/二.md:3", "脚注 [^无"), ("sections/二.md:3", "没有“无”可"), ("sections/二.md:7", "记号“**”"),
        ("sections/二.md:7", "没有定义值“"), ("sections/二.md:13", "没有“::"),
    ]


def test_mistakes_of_all_sections_are_told_at_once(press: Press, edit: Edit) -> None:
    """Three files, three lines, in order of file and line."""
    edit("sections/一.md", "{{ 留在临港 }}，", "七十二人，")
    edit("sections/二.md", "{{ 出口额 }}，园区", "{{ 出口 }}，园区")
    lines = told(press, edit("sections/结语.md", "限于", "[限](#无)于"))

    assert [line.split(": ")[0] for line in lines] == ["sections/一.md:20", "sections/二.md:7", "sections/结语.md:3"]


def page_refs(content: Content) -> list[PageRef]:
    """References to pages, in the order of reading."""
    return [inline for inline in inlines(content) if isinstance(inline, PageRef)]


def test_a_page_is_referred_to_by_what_stands_on_it(press: Press, edit: Edit) -> None:
    """第…页 as a rule, or the author's words; the label is for where there are no pages."""
    folder = edit("sections/一.md", "见[](#去向)。", "见[](page:去向)、[正文#](page:main)、[](page:staff)。")

    assert page_refs(press.build(folder))[:3] == [
        PageRef(target="去向", before="第", after="页", label="图1"),
        PageRef(target="main", before="正文", after="", label="表1"),
        PageRef(target="staff", before="第", after="页", label="第一章（二）"),
    ]


def test_a_chapter_is_not_named_in_itself(press: Press, edit: Edit) -> None:
    """（二） in the first chapter, 第一章（二） in the second; the chapter itself is named in full."""
    folder = edit("sections/一.md", "见[](#去向)。", "见[](#staff)和[](#people)。")
    refs = [inline.text for inline in inlines(press.build(folder)) if isinstance(inline, Ref)]

    assert refs[:2] == ["（二）", "第一章"]
    assert "第一章（二）" in refs


def test_an_unknown_page_is_told_with_the_nearest_name(press: Press, edit: Edit) -> None:
    """One family of names, one refusal."""
    assert told(press, edit("sections/一.md", "见[](#去向)。", "见[](page:流向)。")) == [
        "sections/一.md:14: 没有“流向”可引用 — 是不是 去向"
    ]


def test_lists_of_figures_and_tables_are_parts(press: Press, edit: Edit) -> None:
    """Contents of their kind under headings of strings.yaml; one that would be empty is left out."""
    parts = "parts: [contents, figures, tables, body]\n"
    content = press.build(edit("report.yaml", "", parts))

    assert [(one.role, one.title) for one in content.parts[:3]] == [
        ("contents", "目录"), ("contents", "图目录"), ("contents", "表目录"),
    ]
    kinds = [block.kind for one in content.parts for block in one.blocks if isinstance(block, Contents)]
    assert kinds == ["headings", "figures", "tables"]
    assert [entry.text for entry in all_entries(content)][-2:] == ["图1　毕业生的去向", "表1　文献所载的主要数据"]


def test_a_list_that_would_be_empty_is_left_out(press: Press, edit: Edit) -> None:
    """No 图目录 without a numbered figure."""
    folder = edit("sections/一.md", "![毕业生的去向](chart:去向)", "")
    text = (folder / "sections/一.md").read_text("utf-8").replace("见[](#去向)。", "。")
    (folder / "sections/一.md").write_text(text, "utf-8")
    (folder / "report.yaml").write_text(
        (folder / "report.yaml").read_text("utf-8") + "parts: [contents, figures, tables, body]\n", "utf-8"
    )

    assert [one.title for one in press.build(folder).parts] == ["目录", "表目录", "临港机器人产业简析"]


def test_a_mark_may_stand_in_caption_and_cell(press: Press, edit: Edit) -> None:
    """Their notes come in the order of reading; the press marks nothing there by itself."""
    folder = edit("sections/二.md", "文献所载的主要数据 {#main", "文献所载的主要数据[^a] {#main")
    path = folder / "sections/二.md"
    text = path.read_text("utf-8").replace("| 企业数 |", "| 企业数[^b] |", 1)
    path.write_text(text + "\n[^a]: 表题的注。\n\n[^b]: 格的注。\n", "utf-8")
    content = press.build(folder)
    table = next(block for block in part(content, "body") if isinstance(block, Table))
    marks = [*table.caption, *table.rows[0][0].inlines]

    notes = [plain(content.notes[mark.note].inlines) for mark in marks if isinstance(mark, NoteMark)]
    assert notes == ["表题的注。", "格的注。"]
    assert sum(isinstance(one, NoteMark) for row in table.rows for cell in row for one in cell.inlines) == 1


def test_two_marks_of_one_note_share_it(press: Press, edit: Edit) -> None:
    edit("sections/二.md", "没有这个问题", "没有[^同]这个问题[^同]")
    composed = press.build(edit("sections/二.md", "", "\n\n[^同]: 这条注共用。\n"))
    marks = [inline.note for inline in inlines_of(composed) if isinstance(inline, NoteMark)]
    shared = [name for name in marks if marks.count(name) == 2]

    assert len(shared) == 2
    assert plain(composed.notes[shared[0]].inlines) == "这条注共用。"


def test_a_number_typed_in_the_words_of_the_press_is_told(press: Press, edit: Edit) -> None:
    """Of strings.yaml, at its line."""
    folder = edit("sections/二.md", "", "")
    (folder / "strings.yaml").write_text("closing:\n  statement: 本报告据12份文献写成。\n", "utf-8")
    assert told(press, folder) == [
        "strings.yaml:2: “12份”是手写的数字 — 改用 {{ 文献数 }}，或不写数字"]
