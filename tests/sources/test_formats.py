"""One text in five formats: the same figures, in the same sentences, with the same sources."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from report.observations.extract import extract_observations
from report.observations.observation import Observation
from report.sources.document import Document
from report.sources.reader import read_source

from .formats import Text, as_docx, as_html, as_md, as_pdf, as_txt
from .laws import check_laws

TEXT: Text = [
    ("title", "海州市机器人产业年度观察"),
    ("paragraph", "2024年，海州市机器人产业营业收入达到1200亿元，比上年增长12%，{1}其中外资企业占比超过三成。"),
    ("note", "1 数据来源：海州市统计局，https://stat.example.org/2024/gongbao.html。"),
    ("heading", "一、总体情况"),
    (
        "paragraph",
        "全市共有机器人企业320家，从业人员约4.5万人，平均年龄35岁，研发人员占从业人员的28.6%。据海州市机器人行业协会统计，"
        "2023年至2024年，全市新增企业64家，注销企业9家，净增加55家；{2}新增企业主要分布在东港区和西岭区，两区合计占新增企业的七成以上。"
        "业内人士认为，受关键零部件供应偏紧和外部需求放缓的影响，今后两年行业增速将回落到5%至8%之间，头部企业的市场份额还会进一步上升，中小企业需要在细分领域寻找机会。",
    ),
    ("note", "2 参见《海州市机器人行业协会年报》，https://robot.example.org/annual。"),
    ("heading", "二、分区情况"),
    ("row", "| 东港区 | 企业120家 | 营业收入560.5亿元 |"),
    ("row", "| 西岭区 | 企业200家 | 营业收入639.5亿元 |"),
    ("paragraph", "按人均计算，东港区高于西岭区。预计到2030年，全市产业规模将突破3000亿元。"),
]
WRITERS: dict[str, Callable[[Text], bytes]] = {
    "txt": as_txt,
    "md": as_md,
    "html": as_html,
    "docx": as_docx,
    "pdf": as_pdf,
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The text as read from each format."""
    folder = tmp_path_factory.mktemp("formats")
    for suffix, write in WRITERS.items():
        (folder / f"海州.{suffix}").write_bytes(write(TEXT))
    return {suffix: read_source(folder / f"海州.{suffix}") for suffix in WRITERS}


@pytest.mark.parametrize("suffix", WRITERS)
def test_laws_hold_in_every_format(documents: dict[str, Document], suffix: str) -> None:
    check_laws(documents[suffix])
    assert Document.from_json(documents[suffix].to_json()) == documents[suffix]


@pytest.mark.parametrize("suffix", WRITERS)
def test_blocks_are_those_of_the_text(documents: dict[str, Document], suffix: str) -> None:
    found = [(b.kind, b.level, _bare(b.text)) for b in documents[suffix].blocks if b.kind != "boilerplate"]
    kinds = {"title": ("title", 0), "heading": ("heading", 1), "paragraph": ("paragraph", 0), "row": ("paragraph", 0)}
    plain = [(kind, content.replace("{1}", "").replace("{2}", "")) for kind, content in TEXT if kind != "note"]
    assert found == [(*kinds[kind], _bare(content)) for kind, content in plain]


@pytest.mark.parametrize("suffix", WRITERS)
def test_notes_stand_where_they_are_marked(documents: dict[str, Document], suffix: str) -> None:
    document = documents[suffix]
    before = [document.source[: note.mark_start][-6:] for note in document.notes]
    assert before == ["比上年增长12%，"[-6:], "净增加55家；"[-6:]]
    assert [note.urls for note in document.notes] == [
        ("https://stat.example.org/2024/gongbao.html",),
        ("https://robot.example.org/annual",),
    ]


@pytest.mark.parametrize("suffix", [suffix for suffix in WRITERS if suffix != "txt"])
def test_observations_are_those_of_the_plain_text(documents: dict[str, Document], suffix: str) -> None:
    expected, found = ([_told(one) for one in extract_observations(documents[name])] for name in ("txt", suffix))
    assert len(expected) > 15
    assert found == expected


def test_the_way_of_reading_is_recorded(documents: dict[str, Document]) -> None:
    ways = {suffix: document.encoding for suffix, document in documents.items()}
    assert ways == {"txt": "utf-8", "md": "utf-8", "html": "html utf-8", "docx": "docx", "pdf": "pdf"}


def test_the_same_bytes_are_read_the_same(tmp_path: Path) -> None:
    for suffix, write in WRITERS.items():
        path = tmp_path / f"a.{suffix}"
        path.write_bytes(write(TEXT))
        assert read_source(path) == read_source(path)


def _told(one: Observation) -> tuple[object, ...]:
    sentence = _bare(one.sentence)
    return one.text, one.kind, one.value, one.unit, one.period, one.entity, one.indicator, sentence, one.citations


def _bare(text: str) -> str:
    return "".join(text.split())
