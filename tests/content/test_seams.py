"""A title parts between words, which the report's own text and its keywords show."""

from __future__ import annotations

import pytest

from report.content.nodes import Content, Front, Paragraph, Part, Text
from report.content.seams import LOOSE, bonds, words

TEXT = (
    "人工智能的人才分布不均，企业要人才，高校也要人才。人工智能企业受监管，监管机关各州不同。"
    "流动的人多，产业的基础薄，产业人才的能力不一。美国的人工智能监管分散，要点有三：监管什么，谁来监管，怎样监管。机器的智能，人的智能。"
)


def content(*keywords: str) -> Content:
    front = Front(title="题", serial="", code="", series="", kind="", date="2026-01-01", date_text="", issuer="",
                  author="", keywords=keywords)
    paragraph = Paragraph(role="body", inlines=(Text(text=TEXT),))
    return Content(front=front, parts=(Part(role="body", blocks=(paragraph,)),), notes={}, evidence={}, labels={},
                   sources=(), sections=())


@pytest.mark.parametrize(("title", "whole"), [
    ("美国人工智能监管要点", ["人工智能", "监管"]),
    ("人工智能人才与产业基础", ["人工智能", "人才", "与产业"]),
])
def test_words_of_the_text_hold_together(title: str, whole: list[str]) -> None:
    held = bonds(title, content())
    assert len(held) == len(title) - 1
    for word in whole:
        start = title.index(word)
        assert min(held[start : start + len(word) - 1]) >= LOOSE, word
        assert any(word in piece for piece in words(title, held))


def test_the_seam_between_words_is_loose() -> None:
    title = "美国人工智能监管要点"
    held = bonds(title, content())
    assert held[title.index("能监")] < LOOSE < held[title.index("工智")]


def test_keywords_hold_together_though_the_text_has_them_not() -> None:
    title = "集成电路与量子计算"
    assert bonds(title, content("量子计算"))[5:] == (1.0, 1.0, 1.0)
    assert words(title, bonds(title, content("量子计算", "集成电路"))) == ["集成电路", "与量子计算"]


@pytest.mark.parametrize("title", ["", "题", "某"])
def test_short_titles_have_no_seams(title: str) -> None:
    assert words(title, bonds(title, content())) == [title]
