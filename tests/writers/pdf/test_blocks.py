"""How single blocks stand on the page: notes, figures, tables, lists, boxes."""

from __future__ import annotations

import pytest

from report.content.nodes import (
    Block,
    Box,
    Cell,
    Column,
    Figure,
    ListBlock,
    Note,
    NoteMark,
    Part,
    Quote,
    Table,
    Text,
)
from report.errors import ReportError
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.book import lay_out
from report.writers.pdf.layout import Ground, Picture, Rule, TextLine

from .pressed import Press, filler, lines, set_
from .sample import (
    content,
    decimal_table,
    drawing,
    heading,
    paragraph,
    prose,
    row,
    spanned_table,
    text,
)

# ---------------------------------------------------------------- notes


def test_two_marks_of_one_note_share_its_text(press: Press) -> None:
    words = paragraph("甲", NoteMark(note="n"), "乙", NoteMark(note="m"), "丙", NoteMark(note="n"))

    page = set_(press, [words], {"n": Note(inlines=text("一")), "m": Note(inlines=text("二"))}).pages[0]

    assert lines(page, "body")[0].text.strip() == "甲①乙②丙①"
    assert [(note.mark, note.text) for note in page.notes] == [("①", "一"), ("②", "二")]


def test_a_note_is_said_again_on_another_page(press: Press) -> None:
    blocks = [paragraph("甲", NoteMark(note="n")), filler(30), paragraph("乙", NoteMark(note="n"))]

    pages = set_(press, blocks, {"n": Note(inlines=text("一"))}).pages

    assert [[note.mark for note in page.notes] for page in pages] == [["①"], ["①"]]


def test_notes_stand_at_the_foot_in_order_under_a_rule(press: Press, theme: Theme) -> None:
    notes = {key: Note(inlines=text(prose(index, 2))) for index, key in enumerate("abc")}
    page = set_(press, [paragraph(*(part for key in notes for part in ("甲", NoteMark(note=key))))], notes).pages[0]
    found = lines(page, "note")
    bottom = (theme.page.height - theme.page.bottom) * 72 / 25.4

    assert [line.y for line in found] == sorted(line.y for line in found)
    assert found[-1].y == pytest.approx(bottom - 16 + (16 - 10.5) / 2 + 0.88 * 10.5)
    rule = next(item for item in page.items if isinstance(item, Rule) and item.colour == "slate")
    assert rule.x2 - rule.x1 == theme.setting.note_rule
    assert rule.y1 < found[0].y - 10.5


def test_a_long_note_goes_on_overleaf(press: Press) -> None:
    long = prose(0, 60)
    pages = set_(press, [filler(3), paragraph("甲", NoteMark(note="n"), prose(0, 30))],
                 {"n": Note(inlines=text(long))}).pages

    assert [[note.continued for note in page.notes] for page in pages[:2]] == [[False], [True]]
    assert pages[0].notes[0].mark == "①"
    assert "".join(note.text for page in pages for note in page.notes).replace("\n", "") == long
    assert lines(pages[1], "body")


def test_a_note_longer_than_two_pages(press: Press) -> None:
    long = prose(0, 150)
    pages = set_(press, [paragraph("甲", NoteMark(note="n"))], {"n": Note(inlines=text(long))}).pages

    assert len(pages) > 2
    assert "".join(note.text for page in pages for note in page.notes) == long


def test_a_note_in_a_table_head_is_not_marked_again_overleaf(press: Press) -> None:
    table = Table(
        id="t", number=1, caption=(*text("长表"), NoteMark(note="c")), columns=(Column(), Column()),
        head=((Cell(inlines=(Text(text="项"), NoteMark(note="h"))), Cell(inlines=text("值"))),),
        rows=tuple(row(f"第{i}项", "港口") for i in range(80)),
    )
    pages = set_(press, [table], {"c": Note(inlines=text("题注")), "h": Note(inlines=text("栏注"))}).pages

    assert [[note.text for note in page.notes] for page in pages][:2] == [["题注", "栏注"], []]
    assert [line.text for line in lines(pages[0], "table-head")] == ["项②", "值"]
    again = lines(pages[1], "table-head")
    assert [(line.text, line.artifact) for line in again] == [("项", "Layout"), ("值", "Layout")]
    assert [line.text for line in lines(pages[1], "caption-table")] == ["续表1　长表"]


def test_more_notes_than_marks_is_told(press: Press, theme: Theme) -> None:
    notes = {f"n{i}": Note(inlines=text("见")) for i in range(51)}
    small = {**theme.roles, "note": theme.roles["note"].changed({"leading": 9.0, "size": 8.0})}
    tiny = theme.changed({"roles": small})
    with pytest.raises(ReportError, match="超过 50 条脚注"):
        set_((tiny, press[1]), [paragraph(*(part for n in notes for part in ("港", NoteMark(note=n))))], notes)


@pytest.mark.parametrize(("inlines", "problem"), [
    ((NoteMark(note="none"),), "没有正文"),
    ((NoteMark(note="self"),), "脚注里不能再有脚注"),
])
def test_wrong_notes_are_told(press: Press, inlines: tuple[NoteMark, ...], problem: str) -> None:
    with pytest.raises(ReportError, match=problem):
        set_(press, [paragraph(*inlines)], {"self": Note(inlines=(NoteMark(note="self"),))})


# ---------------------------------------------------------------- figures


def test_text_flows_up_before_a_figure_that_does_not_fit(press: Press) -> None:
    figure = Figure(id="f", number=1, chart="high", caption=text("题"), source=text("来源"), alt="图")
    pages = set_(press, [filler(12), figure, filler(12)]).pages

    assert len(lines(pages[0], "body")) == 20
    picture = next(item for item in pages[1].items if isinstance(item, Picture))
    assert picture.y == pytest.approx(37 * 72 / 25.4, abs=0.01)
    assert [line.text for line in lines(pages[1], "caption-figure")] == ["图1　题"]


def test_figures_keep_their_order(press: Press) -> None:
    figures = [Figure(id=f"f{i}", number=i, chart=chart, caption=text("题"), source=(), alt="图")
               for i, chart in enumerate(("high", "low"), 1)]
    pages = set_(press, [filler(12), *figures, filler(12)]).pages

    captions = [line.text for page in pages for line in lines(page, "caption-figure")]
    assert captions == ["图1　题", "图2　题"]


def test_no_figure_moves_into_the_next_chapter(press: Press) -> None:
    figure = Figure(id="f", number=1, chart="high", caption=text("题"), source=(), alt="图")
    blocks: list[Block] = [heading(1, "a", "一、", "港"), filler(14), figure, heading(1, "b", "二、", "仓"), filler(2)]
    pages = set_(press, blocks).pages

    assert [any(isinstance(item, Picture) for item in page.items) for page in pages] == [False, True, False]


def test_a_chart_wider_than_the_measure_is_reduced(press: Press) -> None:
    figure = Figure(id="f", number=1, chart="wide", caption=text("题"), source=(), alt="图")
    layout = lay_out(content([Part(role="body", blocks=(figure,))]), *press, {"wide": drawing(200, width=816.4)})
    picture = next(item for item in layout.pages[0].items if isinstance(item, Picture))

    assert picture.scale == pytest.approx(0.5, abs=0.001)
    assert picture.lines[0].size == pytest.approx(6.25, abs=0.01)


def test_a_missing_chart_is_told(press: Press) -> None:
    with pytest.raises(ReportError, match="没有图表 nowhere"):
        set_(press, [Figure(id="f", number=1, chart="nowhere", caption=(), source=(), alt="")])


# ---------------------------------------------------------------- tables


def test_decimal_points_stand_below_each_other(press: Press) -> None:
    layout = set_(press, [decimal_table("t", 1, "n")], {"n": Note(inlines=text("一"))})
    cells = {line.text.strip(): line for line in lines(layout.pages[0], "table-cell")}
    points = [_x_of_point(cells[words], press[1]) for words in ("1,203.5①", "98.75", "约640")]

    assert points == pytest.approx([points[0]] * 3, abs=0.05)


def _x_of_point(line: TextLine, library: FontLibrary) -> float:
    """Where the decimal point of a cell stands, or the number ends that has none."""
    x = line.start
    for piece in line.pieces:
        x = line.x + piece.x
        for char, extra in zip(piece.text, piece.spacing or [0.0] * len(piece.text), strict=True):
            if char == "." or piece.rise:
                return x
            x += library.face(piece.face).advance(char) * piece.size / 1000 + extra
    return x


def test_spanning_cells_take_their_place(press: Press) -> None:
    page = set_(press, [spanned_table("t", 1)]).pages[0]
    head = {line.text: line for line in lines(page, "table-head")}
    cells = {line.text: line for line in lines(page, "table-cell")}
    middle = (head["期限（年）"].start + head["期限（年）"].end) / 2

    assert head["首次"].start < middle < head["续签"].end
    assert head["期限（年）"].y < head["地区"].y < head["首次"].y
    assert cells["1"].y < cells["东部"].y < cells["2"].y
    assert cells["1"].start == cells["2"].start


def test_a_row_that_does_not_fill_its_columns_is_told(press: Press) -> None:
    table = Table(id="t", number=1, caption=(), columns=(Column(), Column()), head=(), rows=(row("一"),))
    with pytest.raises(ReportError, match="表 t 第 1 行"):
        set_(press, [table])


def test_three_rules_and_hairlines(press: Press, theme: Theme) -> None:
    page = set_(press, [decimal_table("t", 1, "n")], {"n": Note(inlines=text("一"))}).pages[0]
    rules = [item for item in page.items if isinstance(item, Rule) and item.x2 - item.x1 > 400]
    widths = [rule.width for rule in sorted(rules, key=lambda rule: rule.y1)][1:]  # the first is the header's

    assert widths == [theme.table.top, theme.table.middle, *[theme.table.hairline] * 3, theme.table.bottom]


# ---------------------------------------------------------------- lists and boxes


def test_list_items_hang(press: Press) -> None:
    items = tuple((paragraph(prose(i, 3)),) for i in range(2))
    found = lines(set_(press, [ListBlock(ordered=True, items=items)]).pages[0], "list")

    assert found[0].text.startswith("1.")
    first, second = found[0], found[1]
    body = next(piece for piece in first.pieces if piece.text[0] not in "1.")
    assert first.x + body.x == pytest.approx(second.start, abs=0.01)
    assert first.start == pytest.approx(first.x + 0.5 * first.size, abs=0.01)


def test_a_box_over_a_page_end_has_its_ground_on_both(press: Press, theme: Theme) -> None:
    pages = set_(press, [filler(15), Box(title=text("提示"), blocks=(paragraph(prose(0, 16)),))]).pages

    for page in pages[:2]:
        grounds = [item for item in page.items if isinstance(item, Ground)]
        assert [ground.fill for ground in grounds] == ["wash", "vermilion"]
        for line in lines(page, "box-title", "box-body"):
            assert grounds[0].y < line.y - line.size * 0.88
            assert line.y < grounds[0].y + grounds[0].height
            assert line.start > grounds[1].x + theme.box.bar


def _table(columns: tuple[Column, ...], *rows: tuple[str, ...], source: str = "") -> Table:
    return Table(id="t", number=1, caption=text("几个数"), columns=columns, head=(row(*"甲乙丙丁"[: len(columns)]),),
                 rows=tuple(row(*cells) for cells in rows), source=text(source) if source else ())


@pytest.mark.parametrize(("cells", "ends"), [
    (("约60%", "175台", "50.4%", "约64亿美元"), "right"),  # mixed units: they end alike
    (("12.5%", "约8%", "—"), "points"),
])  # fmt: skip
def test_only_figures_of_one_unit_stand_on_their_points(press: Press, cells: tuple[str, ...], ends: str) -> None:
    table = _table((Column(), Column(align="decimal")), *(("项", cell) for cell in cells))
    found = {line.text: line for line in lines(set_(press, [table]).pages[0], "table-cell")}
    set_right = {round(found[cell].end, 1) for cell in cells if cell != "—"}
    points = {round(_x_of_point(found[cell], press[1]), 1) for cell in cells if cell != "—"}

    assert len(set_right) == 1 if ends == "right" else len(set_right) > 1
    assert (ends == "right") or found["12.5%"].end - found["约8%"].end > 5
    assert points


def test_a_column_set_right_keeps_clear_of_one_set_left_next_to_it(press: Press) -> None:
    table = _table((Column(width=3), Column(align="right", width=3), Column(width=3)), ("项", "1091亿美元", "2024年"))
    money, year = lines(set_(press, [table]).pages[0], "table-cell")[1:]

    assert year.start - money.end > 2 * money.size


@pytest.mark.parametrize("words", ["资料来源：文献[1]。", "资料来源：文献[1]。注：" + prose(0, 4)])
def test_source_notes_of_tables_start_at_the_left(press: Press, words: str) -> None:
    page = set_(press, [_table((Column(), Column()), ("项", "1"), source=words)]).pages[0]
    note = lines(page, "source-note")[0]
    rule = next(item for item in page.items if isinstance(item, Rule))

    assert note.start == pytest.approx(rule.x1, abs=0.5)


def test_a_short_source_note_of_a_figure_is_centred(press: Press) -> None:
    figure = Figure(id="f", number=1, chart="c", caption=text("题"), source=text("资料来源：文献[1]。"), alt="图")
    layout = lay_out(content([Part(role="body", blocks=(figure,))]), *press, {"c": drawing(100)})
    note = lines(layout.pages[0], "source-note")[0]
    caption = lines(layout.pages[0], "caption-figure")[0]

    assert note.start + note.end == pytest.approx(caption.start + caption.end, abs=5)


def test_in_a_box_a_quotation_is_no_larger_and_a_list_no_looser_than_its_text(press: Press, theme: Theme) -> None:
    items = ListBlock(ordered=False, items=((paragraph("甲"),), (paragraph("乙"),), (paragraph("丙"),)))
    quote = Quote(blocks=(paragraph("丁", role="quote"),))
    box = Box(title=text("题"), blocks=(paragraph("戊"), items, quote))

    set_in_box = lines(set_(press, [box]).pages[0], "box-body")

    assert len(set_in_box) == 5  # the quotation among them
    first, second, third = (line.y for line in set_in_box[1:4])
    assert third - second == pytest.approx(second - first) == theme.roles["box-body"].leading


def test_an_entry_of_the_source_list_hangs_clear_of_its_number(press: Press) -> None:
    """The turnovers meet the first word, not the number."""
    words = paragraph("[1] " + "甲乙丙丁戊己庚辛" * 9, role="reference")
    first, second, *_ = lines(set_(press, [words], {}).pages[0], "reference")
    start = next(piece.x for piece in first.pieces if piece.text.startswith("甲"))

    assert second.x + second.pieces[0].x == pytest.approx(first.x + start)
    assert second.pieces[0].x > 0
