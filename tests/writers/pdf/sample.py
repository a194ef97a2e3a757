"""A made-up report with everything that a page can hold: the material of the PDF writer's tests."""

from __future__ import annotations

from collections.abc import Sequence

from report.charts.drawing import Drawing, Path, Words
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

PROSE = (
    "滨海市的港口在过去五年里换了三次泊位规则，每一次都把小船往外推了一段。",
    "码头上的吊机没有增加，等候的时间却短了，原因在调度，不在设备。",
    "调度员王某说，以前一条船要打四个电话，现在只看一块屏幕；屏幕上的颜色比数字先到。",
    "这套系统由本地一家公司写成，公司只有二十来人，办公室就在旧海关楼的三层。",
    "它并不预测天气，只预测人：谁会晚到，谁会改口，谁会在最后一刻要求换位。",
    "《港务条例（修订草案）》第十二条规定，“泊位调整应当提前告知”，但没有写明提前多久。",
    "货主的看法不同——他们关心的是仓库，仓库满了，船早到一天也没有用处。",
    "仓储用地的价格在两年内翻了一番，部分企业把冷库迁到了邻县，运费因此上升。",
    "邻县的道路窄，夜里不许重车通行，冷链的时间表便只好重排。",
    "从统计上看，准点率提高了，平均运距也提高了，两者相抵，成本几乎没有变化。",
    "真正受益的是集装箱周转：空箱在港内停留的时间由六天降到四天。",
    "研究者据此提出，应当把港口、仓库和道路当作一件事来管，而不是三件事。",
    "反对的意见也有道理：三件事分属三个部门，合在一起未必更快。",
    "试点选在东区，面积不大，企业却齐全，便于比较前后的差别。",
    "试点的第一个季度没有结论，第二个季度数据齐了，第三个季度出现了分歧。",
    "分歧在于口径：一方按船次计算，一方按吨位计算，结果相差近一成。",
)


def prose(start: int, sentences: int) -> str:
    """Some sentences, beginning anywhere in the stock."""
    return "".join(PROSE[(start + i) % len(PROSE)] for i in range(sentences))


def text(words: str) -> tuple[Inline, ...]:
    """Words as inlines."""
    return (Text(text=words),)


def paragraph(*inlines: Inline | str, role: str = "body") -> Paragraph:
    """A paragraph of inlines and plain strings."""
    return Paragraph(role=role, inlines=tuple(Text(text=i) if isinstance(i, str) else i for i in inlines))


def heading(level: int, id: str, number: str, title: str) -> Heading:
    """A heading."""
    return Heading(level=level, id=id, number=number, inlines=text(title))


def row(*cells: str | Cell) -> tuple[Cell, ...]:
    """A row of plain cells."""
    return tuple(cell if isinstance(cell, Cell) else Cell(inlines=text(cell) if cell else ()) for cell in cells)


def drawing(height: float = 190, width: float = 408) -> Drawing:
    """Bars with words, as the chart stage leaves them."""
    items: list[Path | Words] = [
        Words(x=0, y=14, text="空箱停留：四年降了三分之一", font="hei-bold", size=12.5, colour="#1b1f24",
              role="chart-title"),
        Words(x=0, y=29, text="东区码头，2021—2024年，天", font="hei", size=9, colour="#5b6b7b",
              role="chart-subtitle"),
    ]
    step = (height - 50) / 4
    for index, value in enumerate((6.1, 5.4, 4.6, 4.0)):
        y = 42 + index * step
        bar = (("M", 60, y), ("L", 60 + 48 * value, y), ("L", 60 + 48 * value, y + step * 0.6),
               ("L", 60, y + step * 0.6), ("Z",))
        items.append(Path(segments=bar, fill="#b5342b" if index == 3 else "#17375e"))
        items.append(Words(x=0, y=y + 12, text=f"{2021 + index}年", font="hei", size=9.5, colour="#1b1f24",
                           role="chart-label"))
        items.append(Words(x=66 + 48 * value, y=y + 12, text=f"{value}", font="hei-bold", size=10.5,
                           colour="#1b1f24", role="chart-value"))
    items.append(Path(segments=(("M", 60, 38), ("L", 60, height - 4)), stroke="#5b6b7b", width=0.6, dash=(2, 2)))
    return Drawing(width=width, height=height, items=tuple(items), alt="")


def figure(id: str, number: int, *, chart: str = "bars", note: str = "") -> Figure:
    """A figure with its caption and source."""
    marks = (NoteMark(note=note),) if note else ()
    return Figure(
        id=id, number=number, chart=chart, caption=(*text("东区码头空箱停留时间"), *marks),
        source=text("资料来源：文献[1]、[3]。"), alt="条形图：空箱停留时间由2021年的6.1天降到2024年的4.0天。",
    )


def decimal_table(id: str, number: int, note: str) -> Table:
    """A small table with decimals, a note mark and a unit in the head."""
    return Table(
        id=id, number=number, caption=text("四个港区的吞吐量与准点率"),
        columns=(Column(), Column(align="decimal"), Column(align="decimal"), Column(align="right"), Column()),
        head=(row("港区", "吞吐量（万吨）", "准点率（%）", "泊位（个）", "说明"),),
        rows=(
            row("东区", Cell(inlines=(Text(text="1,203.5"), NoteMark(note=note))), "87.25", "12", "试点区"),
            row("西区", "98.75", "79.6", "8", "夜间不作业，数据由企业自报，口径与其他港区不同"),
            row("南区", "约640", "80", "9", ""),
            row("北区", "—", "不详", "3", "2024年停用"),
        ),
        source=text("资料来源：文献[2]。注：“—”表示未统计。"),
    )


def spanned_table(id: str, number: int) -> Table:
    """A table with cells that span columns and rows."""
    return Table(
        id=id, number=number, caption=text("签证安排比较"),
        columns=(Column(width=1), Column(width=1), Column(width=1), Column(width=2)),
        head=(
            row(Cell(inlines=text("地区"), rows=2), Cell(inlines=text("期限（年）"), columns=2),
                Cell(inlines=text("要点"), rows=2)),
            row("首次", "续签"),
        ),
        rows=(
            row(Cell(inlines=text("东部"), rows=2), "1", "3", "须有雇主，或由高校出具证明，材料齐全者十日内办结"),
            row("2", "5", "无须雇主"),
            row("西部", Cell(inlines=text("未区分"), columns=2), "酝酿中"),
        ),
        source=text("资料来源：文献[4]。"),
    )


def annex_table(rows: int) -> Table:
    """A long table in small print."""
    return Table(
        id="tbl-annex", number=0, caption=text("报告所用数据"), style="annex",
        columns=(Column(width=1.4), Column(width=1), Column(width=1.2), Column(width=3), Column(width=0.8)),
        head=(row("数据", "报告用数", "来源", "原句片段或算式", "核校"),),
        rows=tuple(
            row(f"第{i + 1}项指标", f"约{i * 7 % 90 + 3}%", f"文献[{i % 5 + 1}]",
                prose(i, 1)[: 18 + i * 5 % 40] + "……", "一致" if i % 3 else "单一来源")
            for i in range(rows)
        ),
    )


URL = "https://www.example.org/reports/2025/harbour-logistics/annual-review/section-04/data_tables.html?lang=zh&v=2"


def note_texts() -> dict[str, Note]:
    """Thirty notes: short ones, long URLs, one very long."""
    notes = {
        f"n{i}": Note(inlines=(Text(text=f"转引自文献[{i % 5 + 1}]：{prose(i, 1)}"),)) for i in range(24)
    }
    for i in range(24, 29):
        notes[f"n{i}"] = Note(inlines=(Text(text="数据来源："), Link(url=URL, text=URL), Text(text="。")))
    notes["long"] = Note(inlines=text("关于口径的说明：" + prose(0, 16) + prose(3, 14)))
    return notes


TITLES = ("港口：规则先行", "仓储与道路：两笔账", "试点：分歧从何而来", "比较", "建议")


def chapter(index: int) -> list[Block]:
    """A chapter with sections, notes, figures and tables."""
    number = "一二三四五"[index]
    mark = [NoteMark(note=f"n{index * 5 + i}") for i in range(5)]
    blocks: list[Block] = [
        heading(1, f"ch{index}", f"{number}、", TITLES[index]),
        paragraph(prose(index, 2), Value(name="v", text="约57%"), "的船次按时离港", mark[0], "。", prose(index + 3, 3)),
        heading(2, f"ch{index}-1", "（一）", "泊位的变化"),
        paragraph(prose(index + 6, 3), "见", Ref(target=f"fig{index}", text=f"图{index + 1}"), "。", mark[1]),
        figure(f"fig{index}", index + 1, note="n20" if index == 1 else ""),
        paragraph(prose(index + 8, 5), Text(text="调度比设备重要", style="strong"), "，",
                  Text(text="这是多数人的看法", style="emphasis"), "，", Text(text="但不是全部", style="dots"), "。",
                  mark[2]),
        heading(3, f"ch{index}-1-1", "1.", "口径"),
        paragraph(prose(index + 11, 2), "2024年的准点率", Direction(text="高于", values=("a", "b")), "2021年", mark[2],
                  "；TensorFlow与TOP500的名单可在", Link(url="https://top500.org/lists/", text="名单页"), "查到。",
                  mark[3]),
    ]
    blocks += _middle(index)
    blocks += [paragraph(prose(index + 5 + i, 4)) for i in range(3)]
    blocks.append(paragraph(prose(index, 2), mark[4], prose(index + 9, 2)))
    return blocks


def _middle(index: int) -> list[Block]:
    if index == 0:
        after = paragraph("如", Ref(target="tbl0", text="表1"), "所示，" + prose(4, 4))
        return [decimal_table("tbl0", 1, "n21"), after]
    if index == 1:
        return [_list(True), paragraph(prose(2, 3)), Quote(blocks=(paragraph(prose(5, 2)),)), paragraph(prose(7, 2))]
    if index == 2:
        return [
            paragraph(prose(1, 2), NoteMark(note="long"), prose(4, 3)),
            Box(title=text("给企业的提示"), blocks=(paragraph(prose(6, 3)), paragraph(prose(9, 2)), _list(False))),
            spanned_table("tbl2", 2),
            paragraph(prose(3, 4)),
        ]
    return [figure(f"fig-b{index}", index + 5), paragraph(prose(index, 3), NoteMark(note=f"n{24 + index - 3}"))]


def _list(ordered: bool) -> ListBlock:
    return ListBlock(ordered=ordered, items=tuple((paragraph(prose(i * 2, 1 + i % 2)),) for i in range(3)))


def cover() -> tuple[Block, ...]:
    """The cover's paragraphs."""
    return tuple(
        paragraph(words, role=f"cover-{role}")
        for role, words in (
            ("serial", "2026-HY-S001"), ("code", "CHN·USA/AII/IND"), ("stamp", "样稿"),
            ("series", "国别与产业研究报告"), ("title", "滨海港口集疏运体系与冷链仓储布局分析报告"),
            ("subtitle", "行业报告"),
            ("issuer", "〔发布单位〕"), ("author", "〔作者〕"), ("date", "2026年11月"),
            ("statement", "本报告为样稿，依据seeds/目录所收五份文献编制"),
        )
    )


def parts(annex_rows: int = 60, chapters: int = 5) -> tuple[Part, ...]:
    """All parts of the book."""
    body = [block for index in range(chapters) for block in chapter(index)]
    body += [heading(1, "end", "", "结语"), paragraph(prose(0, 6))]
    references = [
        paragraph(f"[{i + 1}] 滨海港务研究所. 集疏运年度报告{i + 2020}[R/OL]. 滨海: 港务出版社, {i + 2020}. ",
                  Link(url=URL, text=URL), ".", role="reference")
        for i in range(5)
    ]
    closing = [paragraph(f"{name}：", role="closing-line") for name in ("初审", "复审", "终审")]
    return (
        Part(role="cover", blocks=cover()),
        Part(role="series", blocks=(paragraph("国别与产业研究报告", role="front-title"),
                                    *(paragraph(prose(i, 4), role="front-body") for i in range(3)))),
        Part(role="abstract", blocks=(heading(1, "abstract", "", "摘要"), paragraph(prose(2, 8)),
                                      paragraph(prose(5, 6)))),
        Part(role="contents", blocks=(heading(1, "contents", "", "目录"), Contents(levels=2))),
        Part(role="body", blocks=tuple(body)),
        Part(role="annex", title="附录　数据核校", blocks=(
            heading(1, "annex", "", "附录　数据核校"), paragraph(prose(1, 2)), annex_table(annex_rows))),
        Part(role="sources", title="参考文献", blocks=(heading(1, "sources", "", "参考文献"), *references)),
        Part(role="closing", blocks=(paragraph("审稿", role="closing-label"), *closing,
                                     paragraph(prose(3, 2), role="closing-statement"))),
    )


def front() -> Front:
    """What the report says of itself."""
    return Front(
        title="滨海港口集疏运体系与冷链仓储布局分析报告", serial="2026-HY-S001", code="CHN·USA/AII/IND",
        series="国别与产业研究报告", kind="行业报告", date="2026-11-22", date_text="2026年11月",
        issuer="〔发布单位〕", author="〔作者〕", stamp="样稿", keywords=("港口", "冷链"),
    )


def content(parts_: Sequence[Part] | None = None, notes: dict[str, Note] | None = None) -> Content:
    """A whole report; other parts or notes where a test brings its own."""
    return Content(
        front=front(), parts=tuple(parts() if parts_ is None else parts_),
        notes=note_texts() if notes is None else notes, evidence={}, sources=(),
        labels={"figure": "图", "table": "表", "source": "资料来源", "contents": "目录"},
    )


def drawings() -> dict[str, Drawing]:
    """The charts of the sample."""
    return {"bars": drawing(), "tall": drawing(420)}
