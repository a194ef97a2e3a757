"""The book around the text: cover, contents, headers, folios, links; and what is told as a mistake."""

from __future__ import annotations

import io
from itertools import accumulate, pairwise

import pikepdf
import pytest
from msgspec.structs import replace

from report.content.nodes import (
    Block,
    Contents,
    Heading,
    Link,
    Note,
    PageRef,
    Part,
    Ref,
    Text,
)
from report.errors import ReportError
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.book import lay_out, roman
from report.writers.pdf.layout import Ground, Layout, Rule, TextLine
from report.writers.pdf.write import write_pdf

from .pressed import Press, filler, lines, set_
from .sample import (
    content,
    cover,
    decimal_table,
    heading,
    paragraph,
    text,
)
from .tree import check_tree

# ---------------------------------------------------------------- cover, contents, links


def test_cover_has_its_blocks_in_their_places(press: Press) -> None:
    page = lay_out(content([Part(role="cover", blocks=cover())]), *press, {}).pages[0]
    found: dict[str, TextLine] = {line.role: line for line in page.items if isinstance(line, TextLine)}

    assert found["cover-serial"].y == pytest.approx(found["cover-stamp"].y, abs=4)
    order = [f"cover-{name}" for name in ("code", "series", "title", "subtitle", "issuer", "date", "statement")]
    assert all(found[above].y < found[below].y for above, below in pairwise(order))
    titles = lines(page, "cover-title")
    assert [line.text.strip() for line in titles] == ["滨海港口集疏运体系", "与冷链仓储布局分析报告"]
    frame = next(item for item in page.items if isinstance(item, Ground))
    assert (frame.stroke, frame.fill) == ("vermilion", "")
    assert frame.x < found["cover-stamp"].start < found["cover-stamp"].end < frame.x + frame.width


@pytest.mark.parametrize("spare", [0.0, 10.0, 20.0, 30.0])
def test_a_title_is_parted_between_words(press: Press, spare: float) -> None:
    """The words are those of the report: an even line would end within 人工智能."""
    text_ = "人工智能的监管分散，美国的监管要点在人工智能。海外的企业看监管，人工智能的合规要看业务，业务各有要点。"
    title = paragraph("海外企业美国人工智能业务合规要点", role="cover-title")
    theme, library = press
    page = replace(theme.page, left=theme.page.left + spare, right=theme.page.right + spare)
    narrow = replace(theme, page=page)
    report = content([Part(role="cover", blocks=(title,)), Part(role="body", blocks=(paragraph(text_),))])
    found = [line.text.strip() for line in lines(lay_out(report, narrow, library, {}).pages[0], "cover-title")]
    assert len(found) > 1 and "".join(found) == "海外企业美国人工智能业务合规要点"
    ends = set(accumulate(["海外", "企业", "美国", "人工智能", "业务", "合规"]))
    assert set(accumulate(found[:-1])) <= ends


def test_a_title_without_end_is_refused_in_time(press: Press) -> None:
    report = content([Part(role="cover", blocks=(paragraph("题" * 3000, role="cover-title"),))])
    with pytest.raises(ReportError, match="在一页上放不下"):
        lay_out(report, *press, {})


def test_contents_have_the_pages_of_the_headings(press: Press) -> None:
    blocks: list[Block] = []
    for index in range(3):
        blocks += [heading(1, f"c{index}", f"{index}、", f"港口{index}"), filler(25)]
        blocks += [heading(2, f"s{index}", "（一）", "泊位"), filler(3)]
    parts = [Part(role="contents", blocks=(heading(1, "toc", "", "目录"), Contents(levels=2))),
             Part(role="body", blocks=tuple(blocks))]
    layout = lay_out(content(parts), *press, {})
    found = lines(layout.pages[0], "contents-1", "contents-2")
    listed = list(zip((line.text for line in found[::2]), (line.text for line in found[1::2]), strict=True))
    there = [(h.title, page.number) for page in layout.pages[1:] for h in page.headings]

    assert listed == there
    assert [number for _, number in there] == ["1", "2", "3", "4", "5", "6"]
    assert [line.end for line in found[1::2]] == pytest.approx([found[1].end] * 6)


def test_a_reference_to_nowhere_is_told(press: Press) -> None:
    report = content([Part(role="body", blocks=(paragraph("见", Ref(target="nowhere", text="图9")),))])
    with pytest.raises(ReportError, match="图9"):
        write_pdf(report, *press, {})


def test_a_character_that_no_font_has_is_told(press: Press) -> None:
    with pytest.raises(ReportError, match="U\\+10FFFD"):
        set_(press, [paragraph("港\U0010fffd口")])


@pytest.mark.parametrize(("field", "name", "problem"), [
    ("masters", "body", "没有 body 部分的页面"),
    ("palette", "vermilion", "没有颜色 vermilion"),
    ("fonts", "kai", "没有字体角色 kai"),
])
def test_what_the_theme_lacks_is_told(press: Press, field: str, name: str, problem: str) -> None:
    theme = press[0]
    roles = {role: look.changed({"font": "song"}) if look.font == "kai" else look
             for role, look in theme.roles.items()}
    poor = theme.changed({
        "roles": roles, field: {key: value for key, value in getattr(theme, field).items() if key != name}})
    parts = [Part(role="cover", blocks=cover()),
             Part(role="body", blocks=(paragraph(Text(text="港", style="emphasis")),))]
    with pytest.raises(ReportError, match=problem):
        write_pdf(content(parts), poor, FontLibrary(poor), {})


def test_a_fourth_level_is_told(press: Press) -> None:
    with pytest.raises(ReportError, match="没有第 4 级标题"):
        set_(press, [heading(4, "deep", "", "港")])


def test_an_unknown_role_is_told(press: Press) -> None:
    with pytest.raises(ReportError, match="段落角色 shouting"):
        set_(press, [paragraph("港", role="shouting")])


def test_long_link_breaks_into_lines_of_one_link(press: Press) -> None:
    url = "https://www.example.org/" + "reports/" * 20
    page = set_(press, [paragraph("见", Link(url=url, text=url), "。")]).pages[0]

    assert len(lines(page, "body")) > 3
    assert "".join(line.text for line in lines(page, "body")) == f"见{url}。"


def test_addresses_are_written_in_ascii(press: Press) -> None:
    link = Link(url="https://example.org/报告?q=港口&v=1%20", text="报告")
    layout = set_(press, [paragraph("见", link)])

    assert [leaf.hook.url for leaf in layout.leaves if leaf.hook.url] == [
        "https://example.org/%E6%8A%A5%E5%91%8A?q=%E6%B8%AF%E5%8F%A3&v=1%20"]


def test_only_web_links_are_taken(press: Press) -> None:
    with pytest.raises(ReportError, match="只收 http"):
        set_(press, [paragraph(Link(url="javascript:alert(1)", text="港"))])


def test_running_header_names_report_and_chapter(press: Press) -> None:
    pages = set_(press, [heading(1, "a", "一、", "港口"), filler(25), heading(1, "b", "二、", "仓储" * 30)]).pages
    headers = [[line.text for line in lines(page, "running-header")] for page in pages]

    assert headers[0] == headers[1] == ["滨海港口集疏运体系与冷链仓储布局分析报告", "一、港口"]
    assert headers[2][1].endswith("…")


def test_heading_without_number_is_shown_as_it_is(press: Press) -> None:
    end = Heading(level=1, id="end", number="", inlines=text("结语"))
    assert set_(press, [end, filler(1)]).pages[0].headings[0].title == "结语"


# ---------------------------------------------------------------- the book


def book(press: Press, abstract_lines: int, starts: dict[str, str]) -> list[tuple[str | None, str, bool]]:
    """Folio, label and blankness of the pages of a small book."""
    theme = press[0]
    masters = {role: master.changed({"start": starts.get(role, "any")})
               for role, master in theme.masters.items()}
    parts = [
        Part(role="cover", blocks=cover()),
        Part(role="abstract", blocks=(heading(1, "abstract", "", "摘要"), filler(abstract_lines))),
        Part(role="body", blocks=(heading(1, "a", "一、", "港口"), filler(3))),
        Part(role="annex", title="附录", blocks=(heading(1, "annex", "", "附录"), filler(3))),
        Part(role="closing", blocks=(paragraph("终审：", role="closing-line"),)),
    ]
    layout = lay_out(content(parts), theme.changed({"masters": masters}), press[1], {})
    return [(page.number, page.label, page.blank) for page in layout.pages]


def test_front_matter_is_roman_and_the_body_begins_at_one(press: Press) -> None:
    assert book(press, 3, {}) == [
        (None, "封面", False), ("I", "I", False), ("1", "1", False), ("2", "2", False), (None, "末页", False)]


def test_the_body_begins_on_an_odd_page(press: Press) -> None:
    pages = book(press, 25, {"body": "odd"})

    assert [label for _, label, _ in pages] == ["封面", "I", "II", "", "1", "2", "末页"]
    assert pages[3] == (None, "", True)


def test_a_blank_page_before_the_annex_counts(press: Press) -> None:
    pages = book(press, 3, {"body": "odd", "annex": "odd"})

    assert pages[2:5] == [("1", "1", False), (None, "2", True), ("3", "3", False)]


def test_closing_lines_stand_at_the_foot_with_a_rule_to_write_on(press: Press, theme: Theme) -> None:
    blocks = tuple(paragraph(f"{name}：", role="closing-line") for name in ("初审", "终审"))
    parts = [Part(role="closing", blocks=blocks)]
    page = lay_out(content(parts), *press, {}).pages[0]
    found = lines(page, "closing-line")
    rules = [item for item in page.items if isinstance(item, Rule)]

    assert found[-1].y > (theme.page.height - theme.page.bottom) * 72 / 25.4 - 28
    assert [rule.x1 > line.end for rule, line in zip(rules, found, strict=True)] == [True, True]


def test_roman_numbers() -> None:
    assert [roman(n) for n in (1, 4, 9, 14, 40, 1999)] == ["I", "IV", "IX", "XIV", "XL", "MCMXCIX"]


def test_leaders_of_the_contents_end_below_each_other(press: Press) -> None:
    blocks: list[Block] = []
    for index in range(12):
        blocks += [heading(1, f"c{index}", f"{index}、", "港口" * (index % 4 + 1))]
        blocks += [heading(2, f"s{index}", "（一）", "泊位"), filler(3)]
    parts = [Part(role="contents", blocks=(heading(1, "toc", "", "目录"), Contents(levels=2))),
             Part(role="body", blocks=tuple(blocks))]
    page = lay_out(content(parts), *press, {}).pages[0]
    leaders = [item for item in page.items if isinstance(item, Rule) and item.dash]
    folios = lines(page, "contents-1", "contents-2")[1::2]

    assert {line.text for line in folios} >= {"1", "12"}
    assert len(leaders) == 24 and len({leader.x2 for leader in leaders}) == 1
    assert min(line.start for line in folios) - leaders[0].x2 > 5


# ---------------------------------------------------------------- pages that are named


def numbers(layout: Layout) -> dict[str, str | None]:
    """The folio of every anchor's page."""
    return {anchor.name: page.number for page in layout.pages for anchor in page.anchors}


def printed(layout: Layout) -> list[tuple[str, str]]:
    """The page references as printed: target and number."""
    pieces = [piece for page in layout.pages for line in lines(page, "body") for piece in line.pieces]
    hooks = [(layout.leaves[piece.source].hook.page, piece.text) for piece in pieces if isinstance(piece.source, int)]
    return [(target, number) for target, number in hooks if target]


@pytest.mark.parametrize("lines_before", range(160, 184, 3))
def test_a_reference_that_moves_its_own_target_comes_to_an_end(press: Press, lines_before: int) -> None:
    references = paragraph(*(part for _ in range(40) for part in ("见", PageRef(target="s"), "。")))
    layout = set_(press, [references, filler(lines_before), heading(2, "s", "（一）", "泊位"), filler(2)])

    assert set(printed(layout)) == {("s", numbers(layout)["s"])}
    assert len(printed(layout)) == 40


def test_a_reference_to_front_matter_is_roman(press: Press) -> None:
    parts = [Part(role="abstract", blocks=(heading(1, "abstract", "", "摘要"), filler(2))),
             Part(role="body", blocks=(paragraph("见", PageRef(target="abstract"), "。"),))]
    assert printed(lay_out(content(parts), *press, {})) == [("abstract", "I")]


@pytest.mark.parametrize(("target", "problem"), [("nowhere", "没有这个目标"), ("last", "所指的页没有页码")])
def test_a_reference_to_no_page_is_told(press: Press, target: str, problem: str) -> None:
    parts = [Part(role="body", blocks=(paragraph("见", PageRef(target=target)),)),
             Part(role="closing", blocks=(heading(1, "last", "", "末页"),))]
    with pytest.raises(ReportError, match=problem):
        lay_out(content(parts), *press, {})


def test_contents_may_count_among_the_pages_they_list(press: Press) -> None:
    theme = press[0]
    masters = {**theme.masters, "contents": theme.masters["contents"].changed({"folio": "arabic"}),
               "body": theme.masters["body"].changed({"start": "any"})}
    blocks: list[Block] = []
    for i in range(40):
        blocks += [heading(2, f"s{i}", "（一）", "泊位"), filler(9)]
    parts = [Part(role="contents", blocks=(heading(1, "toc", "", "目录"), Contents(levels=3))),
             Part(role="body", blocks=tuple(blocks))]
    layout = lay_out(content(parts), theme.changed({"masters": masters}), press[1], {})
    found = [line.text for page in layout.pages[:2] for line in lines(page, "contents-2")][1::2]

    assert found == [numbers(layout)[f"s{i}"] for i in range(40)]
    assert found[0] == "3"


def test_a_list_of_figures_without_figures_is_told(press: Press) -> None:
    parts = [Part(role="contents", blocks=(Contents(kind="figures"),)), Part(role="body", blocks=(filler(2),))]
    with pytest.raises(ReportError, match="报告里没有编号的图"):
        lay_out(content(parts), *press, {})


def test_a_title_of_three_hundred_characters_has_its_number_on_its_last_line(press: Press) -> None:
    blocks: list[Block] = [heading(1, "long", "一、", "港口" * 150), filler(3)]
    blocks += [heading(1, "b", "二、", "仓储"), filler(2)]
    parts = [Part(role="contents", blocks=(heading(1, "toc", "", "目录"), Contents())),
             Part(role="body", blocks=tuple(blocks))]
    layout = lay_out(content(parts), *press, {})
    rows = lines(layout.pages[0], "contents-1")
    folio = next(line for line in rows if line.text == "1")
    leader = next(item for item in layout.pages[0].items if isinstance(item, Rule) and item.dash)

    assert folio.y == max(line.y for line in rows if line.text not in ("2", "二、仓储"))
    assert max(line.end for line in rows if line.y < folio.y) < folio.start
    assert leader.x2 < folio.start and leader.y1 < folio.y
    assert numbers(layout) == {"toc": "I", "long": "1", "b": "2"}


# ---------------------------------------------------------------- pages that lie across, pages of two sides


def test_a_landscape_page_is_as_wide_as_the_others_are_high(press: Press) -> None:
    table = decimal_table("t", 1, "n").changed({"landscape": True})
    report = content([Part(role="body", blocks=(filler(3), table, filler(3)))], {"n": Note(inlines=text("注。"))})
    data, layout = write_pdf(report, *press, {})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        boxes = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages]
        assert check_tree(pdf)

    assert boxes == [(595, 842), (842, 595)]
    assert [("width" in page) for page in layout.to_data()["pages"]] == [False, True]
    assert layout.pages[1].notes and lines(layout.pages[1], "running-header", "folio")
    assert len(lines(layout.pages[0], "body")) == 6  # the text goes on before the table


def test_left_and_right_pages_mirror_each_other(press: Press) -> None:
    theme = press[0]
    page = theme.page.changed({"left": 38.0, "right": 28.0})
    two = theme.changed({"page": page, "setting": theme.setting.changed({"sides": "two"})})
    right, left = set_((two, press[1]), [heading(1, "a", "一、", "港口"), filler(30)]).pages[:2]
    inset = (38 - 28) * 72 / 25.4

    assert lines(right, "body")[1].start - lines(left, "body")[1].start == pytest.approx(inset, abs=0.1)
    assert [line.text for line in lines(right, "running-header")] == ["一、港口"]
    assert [line.text for line in lines(left, "running-header")] == ["滨海港口集疏运体系与冷链仓储布局分析报告"]
    outer = (theme.page.width - 28) * 72 / 25.4
    assert lines(right, "running-header")[0].end == pytest.approx(outer, abs=0.1)
    assert lines(right, "folio")[0].end == pytest.approx(outer, abs=0.1)
    assert lines(left, "folio")[0].start == pytest.approx(28 * 72 / 25.4, abs=0.1)


def test_a_blank_page_has_nothing_on_it(press: Press) -> None:
    theme = press[0].changed({"setting": press[0].setting.changed({"chapters": "odd"})})
    blocks = tuple(block for name in "甲乙" for block in (heading(1, name, "", name), filler(2)))
    data, layout = write_pdf(content([Part(role="body", blocks=blocks)]), theme, press[1], {})
    with pikepdf.open(io.BytesIO(data)) as pdf:
        content_ = pdf.pages[1].Contents.read_bytes()
        owners = pdf.Root.StructTreeRoot.ParentTree.Nums[2 * 1 + 1]

        assert b"BDC" not in content_ and b"Tj" not in content_ and b"TJ" not in content_
        assert len(owners) == 0
    assert layout.to_data()["pages"][1] | {"lines": []} == {
        "number": None, "blank": True, "lines": [], "notes": [], "headings": [], "anchors": []}


@pytest.mark.parametrize(("title", "shown"), [
    ("港口与仓储与道路有些分歧，各方面所说的口径互相差得很远", "一、港口与仓储与道路有些分歧……"),
    ("港口与仓储与道路有些分歧：各方面所说的口径互相差得很远", "一、港口与仓储与道路有些分歧"),
    ("港口与仓储与道路有些分歧——各方面所说的口径互相差得很远", "一、港口与仓储与道路有些分歧"),
    ("港口、仓储与道路有些分歧各方面所说的口径互相差得很远很远", "一、港口、仓储与道路有些分歧各方面所说的口径互……"),
])
def test_a_long_title_in_the_running_header_is_cut_at_a_mark(press: Press, title: str, shown: str) -> None:
    page = set_(press, [heading(1, "a", "一、", title), filler(3)]).pages[0]

    assert [line.text for line in lines(page, "running-header")][1] == shown
