"""Whatever the style of a printed report, its headings, paragraphs and notes are found again."""

from __future__ import annotations

import re

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from report.content.nodes import Heading, NoteMark, Paragraph
from report.content.reprint.compose import Reprint, reprint

from ...sources.laws import check_laws, parse
from .made import Printer, Section, Style

SUBJECTS = ("全省的新能源汽车产量", "临海新区的港口吞吐量", "该国的半导体进口额", "受访企业的研发支出",
            "境外投资的备案数量")
VERBS = ("在这一时期持续增长", "较上年有所回落", "受到外部环境变化的明显影响", "主要来自制造业和现代服务业两个部门")
ENDS = ("，有关部门已经着手研究应对措施。", "，但区域之间仍不平衡。", "，业内对此看法不一。",
        "，达到历史同期的较高水平。")
TITLES = ("总体情况", "主要特点", "市场结构", "政策环境", "面临的问题", "区域分布", "企业布局", "国际比较")
NOTES = ("某国统计局：《年度统计公报》，2024年。", "参见某研究院《产业蓝皮书》，第12页。", "数据来源：https://stat.example.org/a/2024。",
         "受访者要求不具名，访谈于2025年1月进行，地点在临海新区管理委员会的会议室，历时约两个小时，录音已整理成文。")

_sentences = st.builds(lambda *parts: "".join(parts), *map(st.sampled_from, (SUBJECTS, VERBS, ENDS)))
_paragraphs = st.lists(
    st.tuples(_sentences, st.one_of(st.just(""), st.sampled_from(NOTES))), min_size=2, max_size=4
).map(tuple)
_bodies = st.lists(_paragraphs, min_size=1, max_size=3).map(tuple)


@st.composite
def _sections(draw: st.DrawFn) -> tuple[Section, ...]:
    titles = draw(st.permutations(TITLES))
    shape = draw(st.lists(st.integers(1, 2), min_size=2, max_size=5))
    found: list[Section] = []
    for chapter, parts in enumerate(shape[:2]):
        found.append(Section(1, titles[chapter], draw(_bodies)))
        found += [Section(2, titles[2 + 2 * chapter + part] + "分析", draw(_bodies)) for part in range(parts)]
    return tuple(found)


_styles = st.builds(
    Style,
    headings=st.sampled_from(("chapter", "han", "half", "decimal", "roman", "part", "deep")),
    cut=st.booleans(),
    notes=st.sampled_from(("circled", "caret", "bracket", "word", "round", "raised", "hollow", "plain")),
    width=st.sampled_from((0, 28, 36)),
    endnotes=st.booleans(),
    header=st.booleans(),
    contents=st.booleans(),
    dense=st.booleans(),
)


@settings(max_examples=60, deadline=None, derandomize=True, phases=[Phase.generate])
@given(_styles, _sections())
def test_a_report_is_found_again_whatever_its_style(style: Style, sections: tuple[Section, ...]) -> None:
    if style.endnotes and sum(bool(note) for s in sections for p in s.paragraphs for _, note in p) > 20:
        return  # no more circled numbers
    if style.notes == "plain" and style.cut and not style.endnotes:
        return  # neither a rule nor a heading nor a sign tells such notes from a list
    document = parse(Printer(style, "某省重点产业发展报告").text(sections))
    check_laws(document)
    made = reprint(document)

    assert _headings(made) == [(section.level, section.title) for section in sections]
    assert _paragraphs_of(made) == [_told(paragraph) for section in sections for paragraph in section.paragraphs]
    assert not made.warnings


def _headings(made: Reprint) -> list[tuple[int, str]]:
    body = next(part for part in made.content.parts if part.role == "body")
    return [(block.level, _words(block)) for block in body.blocks if isinstance(block, Heading)]


def _paragraphs_of(made: Reprint) -> list[str]:
    """The paragraphs, each note in brackets where its mark stands."""
    body = next(part for part in made.content.parts if part.role == "body")
    return [_with_notes(block, made) for block in body.blocks if isinstance(block, Paragraph)]


def _with_notes(block: Paragraph, made: Reprint) -> str:
    return "".join(
        f"〔{''.join(getattr(part, 'text', '') for part in made.content.notes[one.note].inlines)}〕"
        if isinstance(one, NoteMark) else getattr(one, "text", "")
        for one in block.inlines
    )


def _words(block: Heading) -> str:
    return "".join(getattr(inline, "text", "") for inline in block.inlines)


def _told(paragraph: tuple[tuple[str, str], ...]) -> str:
    text = "".join(sentence + (f"〔{note}〕" if note else "") for sentence, note in paragraph)
    return re.sub(r"[ \u3000]", "", text)
