"""The catalogue: what it overrides, and every mistake in it told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.errors import ReportError
from report.sources.catalogue import apply_catalogue, parse_catalogue, read_catalogue

from .laws import parse


def test_fields_replace_what_was_detected(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.yaml"
    path.write_text(
        'made-up:\n  title: "新：标题"\n  date: 2025-12\n  author: ""\n  url: https://example.org/a\n'
        "  licence: CC BY 4.0\n  reliability: 二手\nother:\n  date: 2025\n",
        encoding="utf-8",
    )
    document = parse("旧标题\n作者：张三\n正文在这里，占比 3%。")
    changed = apply_catalogue(document, read_catalogue(path, ["made-up", "other"]))
    expected = {
        "title": "新：标题",
        "date": "2025-12",
        "author": "",
        "url": "https://example.org/a",
        "licence": "CC BY 4.0",
        "reliability": "二手",
    }
    assert document.metadata.title == "旧标题"
    assert changed.metadata.model_dump() == document.metadata.model_dump() | expected
    assert changed.blocks == document.blocks


def test_a_limit_is_the_files_and_no_metadata() -> None:
    document = parse("标题\n正文在这里，占比 3%。")
    text = "made-up: {limit: 20}\nother: {limit: 7.5, title: 甲}\n"
    catalogue = parse_catalogue(text, "c.yaml", ["made-up", "other"])
    assert catalogue.limits == {"made-up": 20.0, "other": 7.5}
    assert apply_catalogue(document, catalogue) is document


def test_absent_empty_or_silent_catalogue_changes_nothing(tmp_path: Path) -> None:
    document = parse("标题\n正文在这里，占比 3%。")
    assert apply_catalogue(document, read_catalogue(tmp_path / "none.yaml", [])) is document
    assert apply_catalogue(document, parse_catalogue("# 暂无\n", "c.yaml", [])) is document
    assert apply_catalogue(document, parse_catalogue("other:\n  title: 甲\n", "c.yaml", ["other"])) is document


@pytest.mark.parametrize(
    ("text", "where", "words"),
    [
        ("a:\n  titel: 甲\n", "c.yaml:2", "是不是“title”？"),
        ("b:\n  title: 甲\n", "c.yaml:1", "没有名为“b”的来源文件"),
        ("a:\n  title: 甲\n  title: 乙\n", "c.yaml:3", "在第 2 行已经写过"),
        ("a:\n  title: 甲\na:\n  date: 2025\n", "c.yaml:3", "在第 1 行已经写过"),
        ("a:\n  date: 2025-13\n", "c.yaml:2", "写成 2025"),
        ("a:\n  date: 2025-02-30\n", "c.yaml:2", "写成 2025"),
        ("a:\n  date: 去年\n", "c.yaml:2", "写成 2025"),
        ("a:\n  url: javascript:alert(1)\n", "c.yaml:2", "https://"),
        ("a:\n  limit: 大\n", "c.yaml:2", "单位 MB"),
        ("a:\n  limit: 0\n", "c.yaml:2", "单位 MB"),
        ("a:\n  limit: 101\n", "c.yaml:2", "单位 MB"),
        ('a:\n  limit: ""\n', "c.yaml:2", "单位 MB"),
        ("a:\n  author:\n", "c.yaml:2", "没有值"),
        ("a:\n  author: [甲]\n", "c.yaml:2", "没有值"),
        ("a: 甲\n", "c.yaml:1", "项: 值"),
        ("- a\n", "c.yaml:1", "各项"),
        ("a:\n  title: 甲\n   date: 1\n", "c.yaml:3", "YAML 写法有误"),
        ("a:\n  title: 'x\n", "c.yaml:", "YAML 写法有误"),
        ("a:\n  title: \x00\n", "c.yaml", "不允许的字符"),
    ],
)
def test_mistakes(text: str, where: str, words: str) -> None:
    with pytest.raises(ReportError) as caught:
        parse_catalogue(text, "c.yaml", ["a"])
    assert str(caught.value).startswith(where) and words in str(caught.value) and "\n" not in str(caught.value)


def test_all_mistakes_at_once() -> None:
    with pytest.raises(ReportError) as caught:
        parse_catalogue("b:\n  titel: 甲\na:\n  date: x\n", "c.yaml", ["a"])
    assert [issue.where for issue in caught.value.issues] == ["c.yaml:1", "c.yaml:2", "c.yaml:4"]


def test_an_unknown_kind_of_source_is_told_at_its_line() -> None:
    with pytest.raises(ReportError) as caught:
        parse_catalogue("a:\n  date: 2025\n  reliability: 很好\nb: {reliability: 媒体}\n", "c.yaml", ["a", "b"],
                        lambda word: "" if word == "媒体" else "可选：媒体")
    assert [str(issue) for issue in caught.value.issues] == ["c.yaml:3: “reliability”的值“很好”不认得 — 可选：媒体"]
