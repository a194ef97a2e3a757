"""Where sentences and clauses end."""

from __future__ import annotations

import pytest

from report.sources.document import Block
from report.sources.sentences import Sentence, clauses, sentences


def _sentences(text: str) -> list[Sentence]:
    return sentences(Block(kind="paragraph", text=text, spans=((0, len(text)),)))


@pytest.mark.parametrize(
    "parts",
    [
        ["占比为 45%。", "比上年高！", "为什么？", "原因有三；其一是成本。"],
        ["他指出：“这很重要。”", "随后散会。"],
        ["他问“是不是？”然后离开。", "完。"],
        ["发布《某国人才是否留下?》,引起关注。", "（见下文。）", "后文如此。"],
        ["报告(题为 Why Stay? A Study,下称“报告”)于去年发布。", "第二句"],
        [
            "“带回的不只是技术,更是连接两国学术界的一座重要的桥梁，影响十分深远而持久。",
            "他们正在影响新一代。”",
            "顾问说。",
        ],
        ["占比为 45.5%.", "人数为 3 万人。"],
        ["增速为三成. ", "比上年快."],
        ["真的吗？！", "是的……可能如此。"],
        ['称"欢迎人才。"', '但动作"不大"。'],
        ["第一行\n", "第二行"],
        ["Sample Open\nSystems 公司。", "完。"],
        ["未闭合的《书名号。", "后一句。"],
    ],
)
def test_sentence_ends(parts: list[str]) -> None:
    parts = parts if parts[0] != "占比为 45.5%." else ["".join(parts)]  # after a sign or a digit a dot ends nothing
    assert [sentence.text for sentence in _sentences("".join(parts))] == [part.strip() for part in parts]


def test_stray_punctuation_is_no_sentence() -> None:
    assert [sentence.text for sentence in _sentences("好。 。 ！”")] == ["好。"]


def test_offsets_run_over_a_cut() -> None:
    source = "前半句^①\n\n^① 注。\n\n后半句 45%。下一句。"
    spans = ((0, 3), (source.index("后"), len(source)))
    block = Block(kind="paragraph", text="".join(source[a:b] for a, b in spans), spans=spans)
    first, second = sentences(block)
    assert first.text == "前半句后半句 45%。"
    assert "".join(source[offset] for offset in first.offsets) == first.text
    at = first.text.index("45")
    start, end = first.span(at, at + 3)
    assert source[start:end] == "45%"
    assert (source[second.start : second.end], second.end) == ("下一句。", len(source))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("2025年，占比为 45%；比上年高。", ["2025年", "占比为 45%", "比上年高。"]),
        ("达1,000家,其中:甲国 20 家;乙国 30 家", ["达1,000家", "其中", "甲国 20 家", "乙国 30 家"]),
        ("12:56 开始，比例为 3：1", ["12:56 开始", "比例为 3：1"]),
        ("，，好，", ["好"]),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    (sentence,) = _sentences(text)
    found = clauses(sentence)
    assert [clause.text for clause in found] == parts
    assert [sentence.text[clause.start_index : clause.end_index] for clause in found] == parts
