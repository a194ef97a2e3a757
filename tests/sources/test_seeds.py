"""The five seeds as they must be read: what they say of themselves, their headings, their notes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from report.sources.document import Document, Metadata
from report.sources.reader import read_source
from report.sources.sentences import sentences

SEEDS = Path(__file__).parents[2] / "seeds"
METADATA = {
    "000_a12b5105b6a24a63": Metadata(
        title="美国智库报告:87%中国顶尖AI人才坚守美国",
        date="2025-12-14",
        publisher="赢仕猎头机构",
        author="广州猎头公司",
    ),
    "001_db2874aec797dc3e": Metadata(date="2026-01-19", publisher="大湾区评论", author="刘嘉乐"),
    "002_a8602b5510236873": Metadata(),
    "003_f87c10e587582682": Metadata(
        title="美国人工智能产业现状分析报告",
        date="2026-06-30",
        publisher="上海市哲学社会科学规划办公室；上海市企业走出去综合服务平台",
        author="彭珮",
        serial="2026-HY-E017",
        code="USA/AII/IND",
        series="区域国别研究报告",
    ),
    "004_5ddd07cbcec06937": Metadata(
        title="浦東新區人工智能產業人才發展趨勢報告發布,產業人才緊缺指數高達……",
        date="2025-12-06",
        date_kind="event",
        publisher="新民晚報",
        author="宋寧華",
        script="Hant",
    ),
}
HEADINGS = {
    "000_a12b5105b6a24a63": [
        (1, "二、回流精英:虽少但精,影响力巨大"),
        (1, "一、数据揭秘:87%留美率背后的“存量稳固”"),
        (1, "二、回流精英:虽少但精,影响力巨大"),
        (1, "、隐忧浮现:增量市场的“吸引力危机”"),
        (2, "1. 数据层面的此消彼长"),
        (2, "2. 劝退因素:签证与环境的双重压力"),
        (1, "四、未来展望:人才竞争的“全方位”博弈"),
    ],
    "001_db2874aec797dc3e": [
        (1, "报告背景:中美AI竞争背景下的人才流动情况"),
        (1, "报告核心发现:留存与流失的双重信号"),
        (2, "结论一:核心人才留存率超八成,美国现有AI人才优势仍稳固"),
        (2, "结论二:回流人才规模小但影响力突出,成为中国AI产业的“核心增量”"),
        (2, "结论三:美国吸引新人才的能力弱化,长期人才优势面临隐忧"),
        (1, "解析中美人才流动背后的推拉逻辑"),
        (2, "结论四:美国政策环境构成人才“推力”,增加留美成本与不确定性"),
        (2, "结论五:中国本土生态形成人才“拉力”,提供可比肩美国的发展平台"),
        (1, "译者简评:中美视角下的AI人才竞争的核心诉求与战略选择"),
        (1, "美国视角:维持人才优势是AI竞争的生命线"),
        (1, "中国视角:本土生态完善与人才回流并举,构建自主可控的创新体系"),
        (1, "总结"),
    ],
    "002_a8602b5510236873": [],
    "004_5ddd07cbcec06937": [
        (1, "《浦東新區人工智能產業人才發展趨勢報告》發布"),
        (1, "聚焦青年創新主力軍,搶占AI科技制高點"),
        (1, "張江AI創新小鎮:打造人工智能產業生態圈"),
    ],
}
JOINED = [
    "在训练前沿模型的总体成本中，人力成本占比达 29%至 49%。",
    "以及配套电力供给等瓶颈",
    "但需要注意的是，该领域的发展也存在制约因素",
    "共同构成了技术迭代与商业化进程中的多重支持因素。",
    "此外，开源核心框架",
    "锁定长期算力资源。",
    "明确支持私营部门主导创新",
    "进一步规范含美国技术的半导体设备的国际流向。",
    "能源等领域的政策支持",
    "市场参与度相对分散，因而具有一定的拓展空间。",
    "《全球 AI 人才追踪 2.0 报告》和美国总统经济顾问委员会",
    "美国占 80 家，这在一定程度上",
]


@cache
def _read(stem: str) -> Document:
    return read_source(SEEDS / f"{stem}.txt")


@pytest.mark.parametrize("stem", METADATA)
def test_metadata(stem: str) -> None:
    assert _read(stem).metadata == METADATA[stem]


@pytest.mark.parametrize("stem", HEADINGS)
def test_headings(stem: str) -> None:
    found = [(block.level, block.text) for block in _read(stem).blocks if block.kind == "heading"]
    assert found == HEADINGS[stem]


def test_a_report_has_the_headings_of_its_printed_contents() -> None:
    blocks = _read("003_f87c10e587582682").blocks
    printed = [
        block.text.split("\t")[0].translate({0xFF08: "(", 0xFF09: ")"}) for block in blocks if block.kind == "contents"
    ]
    headings = [block.text for block in blocks if block.kind == "heading"]
    assert headings[:2] == ["摘要", "目 录"]
    assert ["".join(title.split()) for title in printed] == [
        "".join(title.translate({0xFF08: "(", 0xFF09: ")"}).split()) for title in headings[2:]
    ]


@pytest.mark.parametrize("text", JOINED)
def test_sentences_cut_by_notes_and_pages_are_whole(text: str) -> None:
    found = [sentence.text for block in _read("003_f87c10e587582682").blocks for sentence in sentences(block)]
    assert sum(text in sentence for sentence in found) == 1


def test_every_mark_has_its_note() -> None:
    notes = _read("003_f87c10e587582682").notes
    assert len(notes) == 24
    assert all(note.mark_start > 0 and note.text.startswith("数据来源：") and len(note.urls) == 1 for note in notes)
    assert notes[0].urls == ("https://archivemacropolo.org/interactive/digital-projects/the-global-ai-talent-tracker/",)
    assert notes[9].urls == ("https://www.sohu.com/a/961758845_114984",)
    assert notes[-1].urls[0].endswith("%E9%97%AE%E8%B4%A3%E6%B3%95%E6%A1%88/55222424")


def test_a_text_without_lines_has_paragraphs() -> None:
    blocks = _read("002_a8602b5510236873").blocks
    assert len(blocks) > 12 and {block.kind for block in blocks} == {"paragraph"}


@pytest.mark.parametrize("word", ["4008-600-350", "2025-12-14_121232.jpg", "点击:76", "行业资讯", "本文标签:"])
def test_page_furniture_is_marked_not_lost(word: str) -> None:
    kinds = {block.kind for block in _read("000_a12b5105b6a24a63").blocks if word in block.text}
    assert kinds == {"boilerplate"}
