"""A small report made by hand, with everything the writer can meet; the PDF's layout of it; the shipped theme."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from PIL import Image
from ruamel.yaml import YAML

from report.content.nodes import (
    Block,
    Box,
    Cell,
    Column,
    Content,
    Contents,
    Direction,
    Figure,
    Front,
    Heading,
    Inline,
    Link,
    ListBlock,
    Note,
    NoteMark,
    Paragraph,
    Part,
    Quote,
    Ref,
    Table,
    Text,
    Value,
)
from report.theme.load import load_theme
from report.theme.theme import Theme

THEME = Path(__file__).parents[3] / "templates/themes/shanghai/theme.yaml"
LONG = (
    "河湾港去年吞吐量的增幅放缓，上游来水偏少、船期拉长，是各家码头都提到的原因。调查走访的三十家企业里，"
    "多数把仓储搬到了离铁路更近的地方，少数仍留在江边，理由是江边的地价还没有涨上来。"
)


def t(text: str, style: str = "") -> Text:
    return Text.of({"text": text, "style": style})


def p(*inlines: Inline | str, role: str = "body") -> Paragraph:
    return Paragraph(role=role, inlines=tuple(t(i) if isinstance(i, str) else i for i in inlines))


def h(level: int, number: str, title: str, id: str) -> Heading:
    return Heading(level=level, id=id, number=number, inlines=(t(title),))


def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(inlines=(t(text),) if text else (), columns=columns, rows=rows)


def row(*cells: str | Cell) -> tuple[Cell, ...]:
    return tuple(cell(c) if isinstance(c, str) else c for c in cells)


COVER = (
    p("2026-HY-T001", role="cover-serial"),
    p("RIV·PORT/LOG", role="cover-code"),
    p("样稿", role="cover-stamp"),
    p("国别与产业研究报告", role="cover-series"),
    p("河湾港货运与仓储的变化及其对企业的影响", role="cover-title"),
    p("行业报告", role="cover-subtitle"),
    p("〔发布单位〕", role="cover-issuer"),
    p("〔作者〕", role="cover-author"),
    p("2026年11月", role="cover-date"),
    p("本报告为样稿，依据测试用文献编制", role="cover-statement"),
)
TABLE = Table(
    id="tab-ports",
    number=1,
    caption=(t("四个码头的装卸量"),),
    columns=(Column(align="left"), Column(align="left"), Column(align="decimal"), Column(align="right")),
    head=(row(cell("码头", rows=2), cell("位置", rows=2), cell("装卸量", columns=2)), row("2024年（万吨）", "增幅")),
    rows=(
        row(cell("江边", rows=2), "一号码头", "1024.5", "3%"),
        row("二号码头", "87.25", "约12%"),
        row("铁路旁", "三号码头", "311", "—"),
        row(cell("合计", columns=2), "1422.75", "5%"),
    ),
    source=(t("资料来源：文献1。注：增幅为同比。"),),
)
ANNEX_TABLE = Table(
    id="annex-values",
    number=0,
    caption=(),
    columns=(Column(width=2), Column(width=1), Column(width=1), Column(width=4)),
    head=(row("数据", "数值", "来源", "出处"),),
    rows=tuple(row(f"装卸量{i}", f"{i}万吨", "1", "……一号码头装卸量为若干万吨……") for i in range(1, 40)),
    style="annex",
)
CHAPTER_1: tuple[Block, ...] = (
    h(1, "一、", "货运：总量见顶，结构在变", "ch1"),
    h(2, "（一）", "码头与铁路", "sec11"),
    p("去年吞吐量为", Value(name="吞吐量", text="约1422万吨"), "，", Direction(text="高于", values=("a", "b")),
      "前年。", NoteMark(note="n1"), "企业的说法是“江边太远”，见", Ref(target="fig1", text="图1"), "与",
      Ref(target="tab-ports", text="表1"), "。"),
    p(LONG, NoteMark(note="n2"), LONG),
    Figure(id="fig1", number=1, chart="throughput", caption=(t("河湾港吞吐量"),),
           source=(t("资料来源：文献1、2。"),), alt="柱形图：吞吐量从2020年的900万吨升到2024年的1422万吨。"),
    h(3, "1.", "铁路改变了什么", "sec111"),
    p(t("先看距离。", "strong"), LONG, t("再看地价。", "emphasis"), t("不是", "dots"), "成本问题。"),
    TABLE,
    p(LONG),
    ListBlock(ordered=False, items=((p("仓储靠近铁路。"),),
                                    (p("船期按月重排，并给上下游留出余量，免得一环误期、环环误期。"),))),
    ListBlock(ordered=True, items=((p("先问地价。"), p("再问租期。")), (p("后签合同。"),))),
    ListBlock(ordered=True, items=((p("另起一列，从一数起。"),),)),
    h(2, "（二）", "仓储搬家", "sec12"),
    Quote(blocks=(p("我们搬走，不是因为江边不好，是因为江边没有铁路。"),)),
    Box(title=(t("给企业的提示"),), blocks=(
        p("在江边设仓，先看来水，再看铁路；两张清单不要混在一起写。"),
        ListBlock(ordered=False, items=((p("租期不宜长于三年。"),), (p("铁路的时刻表每季一变，"
                                                      "签约之前把近三年的时刻表都要来看一遍，再定仓库的位置。"),))),
        p("以上见", Ref(target="ch2", text="第二章"), "。"))),
    p(LONG * 2),
)  # fmt: skip
CHAPTER_2: tuple[Block, ...] = (
    h(1, "二、", "企业怎么办", "ch2"),
    *(p(LONG * 2, NoteMark(note=f"m{i}")) for i in range(8)),
    h(2, "（一）", "短期", "sec21"),
    p(LONG * 3),
)
NOTES = {
    "n1": Note(inlines=(t("河湾港务局：《港口年报》，2025年3月，转引自文献1。"),
                        Link(url="https://example.org/port?year=2024&lang=zh", text="https://example.org/port?year=2024"))),
    "n2": Note(inlines=(t("Smith, J., “The Port’s Future”, Harbour Review, 2024，见文献2。"),)),
    **{f"m{i}": Note(inlines=(t(f"访谈记录第{i}号。"),)) for i in range(8)},
}  # fmt: skip


def make_content() -> Content:
    return Content(
        front=Front(title="河湾港货运与仓储的变化及其对企业的影响", subtitle="行业报告", serial="2026-HY-T001",
                    code="RIV·PORT/LOG", series="国别与产业研究报告", kind="行业报告", date="2026-11-20",
                    date_text="2026年11月", issuer="〔发布单位〕", author="〔作者〕", stamp="样稿",
                    statement="本报告为样稿", keywords=("港口", "仓储")),
        parts=(
            Part(role="cover", blocks=COVER),
            Part(role="series", blocks=(p("关于本系列", role="front-title"), p(LONG, role="front-body"))),
            Part(role="abstract", title="摘要", blocks=(h(1, "", "摘　要", "abstract"), p(LONG * 2))),
            Part(role="contents", title="目录", blocks=(h(1, "", "目　录", "contents"), Contents(levels=2))),
            Part(role="body", blocks=(*CHAPTER_1, *CHAPTER_2, h(1, "", "结语", "end"), p(LONG))),
            Part(role="annex", title="附录", blocks=(h(1, "", "附录　数据核校", "annex"),
                 h(2, "（一）", "所用数据", "annex1"), p(LONG), ANNEX_TABLE)),
            Part(role="sources", title="参考文献", blocks=(h(1, "", "参考文献", "sources"),
                 p("[1] 河湾港务局. 港口年报[R]. 2025-03.", role="reference"),
                 p("[2] Smith J. The Port’s Future[J]. Harbour Review, 2024.", role="reference"))),
            Part(role="closing", blocks=(p("审校", role="closing-label"), p("初审：", role="closing-line"),
                 p("复审：", role="closing-line"), p("本样稿不代表任何机构的意见。", role="closing-statement"))),
        ),
        notes=NOTES, evidence={}, sources=(), labels={"figure": "图", "table": "表", "source": "资料来源"},
    )  # fmt: skip


def without_figures() -> Content:
    """The sample without its chart, which needs drawing, and the reference to it."""
    def kept(block: Block) -> Block:
        if not isinstance(block, Paragraph):
            return block
        inlines = (one for one in block.inlines if not (isinstance(one, Ref) and one.target == "fig1"))
        return block.changed({"inlines": tuple(inlines)})

    content = make_content()
    parts = [part.changed({"blocks": tuple(kept(block) for block in part.blocks if not isinstance(block, Figure))})
             for part in content.parts]  # fmt: skip
    return content.changed({"parts": tuple(parts)})


def make_layout() -> dict[str, Any]:
    pages = [("1", ["ch1", "sec11", "fig1", "sec111"]), ("2", ["tab-ports"]), ("3", ["sec12"]), ("5", ["ch2"]),
             ("7", ["sec21"]), ("9", ["end"]), ("10", ["annex", "annex1"]), ("12", ["sources"])]  # fmt: skip
    title = [("cover-title", "河湾港货运与仓储的变化"), ("cover-title", "及其对企业的影响")]
    lines = [{"text": text, "role": role, "x": 0, "y": 0, "width": 0, "size": 29} for role, text in title]
    front = [{"number": None, "blank": False, "lines": lines, "notes": [], "headings": [], "anchors": []}]
    return {
        "pages": front
        + [
            {"number": number, "blank": False, "lines": [], "notes": [], "headings": [], "anchors": anchors}
            for number, anchors in pages
        ]
    }  # fmt: skip


def make_picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (1700, 800), "#9cc0de").save(out, "PNG", dpi=(300, 300))
    return out.getvalue()


def load() -> Theme:
    """The shipped theme."""
    return load_theme([YAML(typ="safe").load(THEME.read_text(encoding="utf-8"))], str(THEME))
