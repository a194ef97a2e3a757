"""Laws of documents on the seeds, on texts made of the genre's parts, and on any text at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.sources.document import Document
from report.sources.reader import read_source
from sources.laws import check_laws, parse

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
PARTS = [
    "一、产业概况", "（二）人才流动", "1. 数据的变化", "、丢了序号的标题", "结 语", "摘要", "目 录", "一、产业概况\t1", "(二) 人才……3",
    "结论一:上半句标题,", "下半句标题", "当前，全球人才流动加快，占比达 45%，", "其中多数人选择留下。", "这是很长的一段话，讲的是某国产业" * 4,
    "接着上一页的后半句，到这里才结束。第二句在这里？", "^① 数据来源：<https://example.org/a%20b>。", "^② 见https://example.org/x。", "^②",
    "有标注^①的一句话。^②下一句", "①先做这件事；②再做那件事。", "正文引用[1]与[2]。", "[1] 某人. 某书[M]. 2020.", "[^a]: 一条注",
    "脚注[^a]在此。", "![图](a.jpg)", "![]()", "2025-12-14_121232.jpg", "电话：010-12345678", "4008-600-350", "作者:某人 发布时间:2025-12-14",
    "2026年6月30日", "译者按· 2026.01.19", "2026-HY-E017", "USA/AII", "「某某网」", "（图源：某社）", "图1 某国的产值", "# 标题", "## **粗**标题",
    "- 列表项", "> 引文", "**粗体**与`代码`和[链接](https://example.org/a(b)c)", "<p>", "---", "title: 某文", "本文作者", "张三：某所研究员。",
    "张三（某某研究院）", "校对 | 李四", "版权所有，未经授权不得转载", "原标题：《某文》", "The quick brown", "fox jumps.", "。", "“", "》", "* * *", "#",
]  # fmt: skip
BREAKS = ["\n", "\n\n", "\r\n", "\r", "\n\u3000\u3000", "\x0c", "\u2028", "\n \n", " ", "\t"]


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_laws_hold_on_the_seeds(path: Path) -> None:
    document = read_source(path)
    check_laws(document)
    assert Document.from_json(document.to_json()) == document


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PARTS), st.sampled_from(BREAKS)), max_size=14))
def test_laws_hold_on_texts_of_the_genre(parts: list[tuple[str, str]]) -> None:
    check_laws(parse("".join(text + gap for text, gap in parts)))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("一二。，、；：？（）()[]^①②1#*_`<>!-—|《》“”\"' \t\n\r\u3000ab.年月日/"), max_size=60))
def test_laws_hold_on_any_text(source: str) -> None:
    check_laws(parse(source))
