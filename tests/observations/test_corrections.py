"""Corrections: what a stanza sets, makes and drops, and that one which no longer fits stops the build with a hint."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from report.errors import ReportError
from report.observations.corrections import (
    Correction,
    check_applied,
    check_documents,
    correct,
    read_corrections,
)
from report.observations.extract import extract_observations
from report.observations.observation import Observation, Relation
from report.sources.document import Document
from report.sources.reader import read_source

TEXT = "港口简报\n\n2024年，港口吸纳了约 46%的劳动力，船厂占3%，酒店占3%。全年停电若干次，其中一次持续半宿。\n"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """A small source, read."""
    path = tmp_path / "001_port.txt"
    path.write_text(TEXT, "utf-8")
    return read_source(path)


@pytest.fixture
def found(document: Document) -> list[Observation]:
    """What the rules read in it."""
    return extract_observations(document)


def stanza(text: str, place: int = 0, /, **fields: Any) -> Correction:
    """A correction of the figure `text`, the first at or behind `place`."""
    told = {"doc": "001", "at": TEXT.index(text, place), "text": text, "reason": "对照原文", "where": "c.yaml:4"}
    return Correction.model_validate({**told, **fields})


def of(observations: list[Observation], text: str) -> Observation:
    """The first observation of that text."""
    return next(one for one in observations if one.text == text)


def test_what_is_set_is_set_and_says_so(document: Document, found: list[Observation]) -> None:
    changed = correct(document, found, [stanza("约 46%", set={"entity": "港口", "period": 2023})])
    one, before = of(changed, "约 46%"), of(found, "约 46%")
    assert (one.entity, one.period, one.correction, one.confidence) == ("港口", "2023", "对照原文", 1.0)
    assert one.rule == f"{before.rule}; corrected"
    assert one.changed({name: getattr(before, name) for name in (
        "entity", "period", "correction", "confidence", "rule")}) == before
    assert [a for a in changed if a.id != one.id] == [b for b in found if b.id != one.id]


def test_doubt_can_be_told(document: Document, found: list[Observation]) -> None:
    assert of(correct(document, found, [stanza("3%", set={"confidence": 0.3})]), "3%").confidence == 0.3


def test_the_place_tells_like_figures_apart(document: Document, found: list[Observation]) -> None:
    second = TEXT.rindex("3%")
    kept = correct(document, found, [stanza("3%", second, drop=True)])
    assert [one.start for one in found if one.text == "3%"] == [TEXT.index("3%"), second]
    assert [one.start for one in kept if one.text == "3%"] == [TEXT.index("3%")]


def test_no_relation_names_what_was_dropped(document: Document, found: list[Observation]) -> None:
    gone, other = of(found, "约 46%"), of(found, "3%")
    related = [
        one.changed({"relations": (Relation(kind="part-of", of=gone.id),)}) if one is other else one
        for one in found
    ]
    assert of(correct(document, related, [stanza("约 46%", drop=True)]), "3%").relations == (Relation(kind="part-of"),)


def test_what_the_rules_missed_is_made(document: Document, found: list[Observation]) -> None:
    told = {"kind": "duration", "value": 0.5, "unit": "夜", "indicator": "持续时间"}
    changed = correct(document, found, [stanza("半宿", set=told)])
    made = of(changed, "半宿")
    assert {name: getattr(made, name) for name in told} == told
    assert document.source[made.start : made.end] == "半宿" and "半宿" in made.sentence
    assert document.source[made.sentence_start : made.sentence_end] == made.sentence
    assert (made.rule, made.correction, made.id not in {one.id for one in found}) == ("corrected", "对照原文", True)
    assert [one.start for one in changed] == sorted(one.start for one in changed)


def test_a_figure_cut_short_is_dropped_and_made_anew(document: Document, found: list[Observation]) -> None:
    whole = stanza("吸纳了约 46%", set={"kind": "percent", "value": 46, "unit": "%"})
    with pytest.raises(ReportError, match="“吸纳了约 46%”与抽取到的“约 46%”重叠"):
        correct(document, found, [whole])
    changed = correct(document, found, [whole, stanza("约 46%", drop=True, where="c.yaml:9")])
    assert [one.text for one in changed if one.value == 46] == ["吸纳了约 46%"]


def test_other_documents_are_passed_over(document: Document, found: list[Observation]) -> None:
    assert correct(document, found, [stanza("约 46%", doc="002", at=9999, drop=True)]) == found


FIGURE, NIGHT = TEXT.index("约 46%"), TEXT.index("半宿")
AROUND = f"若是“024年，港口吸纳了【约 46%】的劳动力，船厂占3%”这一处，改为 at: {FIGURE}"
DROP = {"set": {}, "drop": True}


@pytest.mark.parametrize("fields, problem, hint", [
    ({"at": 12}, "“约 46%”已不在001_port的第12字处", AROUND),
    ({"at": 12, "text": "约46%"}, "已不在", f"改为 at: {FIGURE}、text: 约 46%"),
    ({"at": -3, "text": "半宿"}, "已不在", "别处的这几个字都没有读作数据"),
    (
        {"at": -3, "text": "半宿", "set": {"kind": "duration", "value": 0.5, "unit": "天"}},
        "已不在", f"改为 at: {NIGHT}",
    ),
    ({"at": 12, "text": "47%"}, "已不在", "原文里已没有这几个字"),
    ({"at": FIGURE + 2, "text": "46%", **DROP}, "“46%”没有读作数据，无可去掉", "这里读作“约 46%”"),
    ({"at": NIGHT, "text": "半宿"}, "“半宿”没有读作数据", "set 里写 kind 和 value"),
    ({"at": NIGHT, "text": "半宿", **DROP}, "没有读作数据", "删去这条更正"),
    ({"expect": {"value": 45}}, "value 现为 46，不是预期的 45", "重新核对"),
    ({"set": {"kind": "colour"}}, "“kind”不能是 colour", "只能是 percent、money"),
    ({"set": {"kind": "range"}}, "range 的 value 写成 [低, 高]", ""),
    ({"set": {"value": [1, 2]}}, "range 的 value 写成 [低, 高]", ""),
    ({"set": {"kind": "date"}}, "date 的 value 写成", ""),
    ({"set": {"confidence": 90}}, "confidence 写大于 0、不大于 1 的数", ""),
    ({"set": {"entity": ["甲"]}}, "“entity”应是文字", ""),
    ({"set": {"value": "五十七"}}, "“value”应是数字，现在是 五十七", "只写数字"),
    ({"set": {"value": ".nan"}}, "“value”应是数字，现在是 .nan", "只写数字"),
    ({"set": {"value": float("inf")}}, "“value”应是数字，现在是 inf", "只写数字"),
    ({"set": {"value": True}}, "“value”应是数字，现在是 true", "只写数字"),
    ({"set": {"kind": "range", "base": "percent", "value": [9, 3]}}, "先写低的", "[低, 高]"),
    ({"set": {"kind": "range", "base": "percent", "value": [1, False]}}, "现在是 false", ""),
    ({"set": {"kind": "date", "value": "2025-02-30", "unit": ""}}, "date 的 value 写成", ""),
    ({"set": {"kind": "money"}}, "kind 是 money，单位是“%”", "percent 的单位是"),
    ({"set": {"unit": "元"}}, "kind 是 percent，单位是“元”", "percent 的单位是"),
    ({"set": {"kind": "money", "unit": "家"}}, "kind 是 money，单位是“家”", "货币"),
    ({"set": {"period": "去年"}}, "“period”不是时期，现在是 去年", "2023-Q4"),
    ({"set": {"period": "2025-13"}}, "“period”不是时期", "2025-09"),
    ({"set": {"as_of": "昨天"}}, "“as_of”不是日期，现在是 昨天", "2025-12"),
    ({"set": {"citations": ["foo"]}}, "“foo”不是网址", "https://"),
    ({"set": {"relations": [{"kind": "part-of", "of": "obs-0"}]}}, "“obs-0”不是这份文献里另一个数据", "编号"),
    ({"set": {"relations": [{"kind": "part-of", "period": "上年"}]}}, "period 不是时期", "2025-09"),
])  # fmt: skip
def test_one_that_does_not_fit_stops_the_build(
    fields: dict[str, Any], problem: str, hint: str, document: Document, found: list[Observation]
) -> None:
    with pytest.raises(ReportError) as caught:
        correct(document, found, [stanza("约 46%", **{"set": {"entity": "港口"}, **fields})])
    [issue] = caught.value.issues
    assert issue.where == "c.yaml:4" and problem in issue.problem and hint in issue.hint


@pytest.mark.parametrize("told", [
    {"value": 46.5}, {"unit": "百分点"}, {"kind": "range", "base": "percent", "value": [45, 47]},
    {"kind": "date", "value": "--03-05", "unit": ""}, {"kind": "count", "unit": ""},
    {"period": ""}, {"period": "2021/2023"}, {"period": "2024-Q1/2024-Q3"}, {"period": "FY2025-26"},
    {"period": "2025-02-28"}, {"as_of": "2025-03"}, {"citations": ["https://example.org/a?b=1"]},
    {"relations": [{"kind": "compared-with", "period": "2023"}]},
])  # fmt: skip
def test_every_notation_may_be_set(told: dict[str, Any], document: Document, found: list[Observation]) -> None:
    made = json.loads(of(correct(document, found, [stanza("约 46%", set=told)]), "约 46%").to_json())
    assert {name: made[name] for name in told if name != "relations"} == {
        name: value for name, value in told.items() if name != "relations"
    }


def test_what_the_rules_read_can_be_set_as_it_is(tmp_path: Path) -> None:
    for path in sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))[:3]:
        document = read_source(path)
        found = extract_observations(document)
        fields = ("kind", "base", "value", "unit", "period", "as_of", "citations", "relations")
        same = [
            Correction(doc=one.doc, at=one.start, text=one.text, reason="核过", where=f"c.yaml:{number}",
                       set={name: value for name, value in msgspec.to_builtins(one).items() if name in fields})
            for number, one in enumerate(found)
        ]  # fmt: skip
        corrected = correct(document, found, same)
        assert [one.value for one in corrected] == [one.value for one in found]
        assert all(one.correction for one in corrected)


def test_a_wrong_field_is_told_at_its_own_line(tmp_path: Path, document: Document, found: list[Observation]) -> None:
    path = tmp_path / "corrections.yaml"
    head = f"corrections:\n- doc: '001'\n  at: {FIGURE}\n  text: 约 46%\n  reason: 核过\n"
    path.write_text(head + "  set:\n    entity: 港口\n    period: 去年\n    value: 五十七\n", "utf-8")
    with pytest.raises(ReportError) as caught:
        correct(document, found, read_corrections(path))
    assert [issue.where for issue in caught.value.issues] == [f"{path.as_posix()}:8", f"{path.as_posix()}:9"]
    path.write_text(head + "  set: {entity: 港口}\n  expect:\n    value: 45\n", "utf-8")
    with pytest.raises(ReportError, match="corrections.yaml:8: “约 46%”的 value 现为 46"):
        correct(document, found, read_corrections(path))


def test_all_mistakes_of_one_correction_are_told(document: Document, found: list[Observation]) -> None:
    """Values of a wrong type and values in a wrong notation alike."""
    wrong = {"value": "五十七", "bound": "大约", "period": "去年", "confidence": 3, "as_of": "昨天", "entity": ["甲"]}
    with pytest.raises(ReportError) as caught:
        correct(document, found, [stanza("约 46%", set=wrong)])
    told = " ".join(issue.problem for issue in caught.value.issues)
    assert len(caught.value.issues) == len(wrong) and all(name in told for name in wrong)


def test_an_expectation_that_holds(document: Document, found: list[Observation]) -> None:
    guarded = stanza("约 46%", set={"entity": "港口"}, expect={"value": 46, "bound": "approx"})
    assert of(correct(document, found, [guarded]), "约 46%").entity == "港口"


def test_one_figure_is_corrected_once_and_all_mistakes_are_told(document: Document, found: list[Observation]) -> None:
    first = stanza("约 46%", set={"entity": "港口"})
    again = stanza("约 46%", set={"period": "2024"}, where="c.yaml:9")
    with pytest.raises(ReportError) as caught:
        correct(document, found, [first, again, stanza("3%", at=0, drop=True, where="c.yaml:14")])
    assert sorted(str(issue).split(" — ")[0] for issue in caught.value.issues) == [
        "c.yaml:14: “3%”已不在001_port的第0字处", "c.yaml:9: “约 46%”已由c.yaml:4更正",
    ]  # fmt: skip


def test_every_document_named_is_known() -> None:
    check_documents([stanza("3%", drop=True)], ["001_port", "002_bay"])
    named = enumerate(("01", "00", "001"), 1)
    unknown = [stanza("3%", doc=doc, drop=True, where=f"c.yaml:{line}") for line, doc in named]
    with pytest.raises(ReportError) as caught:
        check_documents(unknown, ["001_port", "002_bay"])
    assert str(caught.value).splitlines() == [
        "c.yaml:1: 没有编号以“01”开头的文献 — 是不是 001_port",
        "c.yaml:2: 不止一份文献的编号以“00”开头 — 写长一些：001_port、002_bay",
    ]


def test_what_was_not_applied_is_told(document: Document, found: list[Observation]) -> None:
    wanted = [stanza("约 46%", set={"entity": "港口"}), stanza("3%", drop=True, where="c.yaml:9")]
    check_applied(wanted, correct(document, found, wanted))
    with pytest.raises(ReportError) as caught:
        check_applied(wanted, found)
    assert [issue.where for issue in caught.value.issues] == ["c.yaml:4", "c.yaml:9"]
    again = [wanted[0].changed({"reason": "另一个理由"}), wanted[1]]
    with pytest.raises(ReportError, match="“约 46%”的更正没有用上"):
        check_applied(again, correct(document, found, wanted))


# ---------------------------------------------------------------- the file


def test_stanzas_have_their_places(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(
        "corrections:\n\n- doc: 003\n  at: 7\n  text: 约57%\n  drop: true\n  reason: 误读\n", "utf-8"
    )
    assert read_corrections(path) == (
        Correction(doc="003", at=7, text="约57%", drop=True, reason="误读", where=f"{path.as_posix()}:3"),
    )


def test_mistakes_are_told_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(
        "corrections:\n"
        "- {doc: '0', at: 1, text: 甲, reason: 乙}\n"
        "- {doc: '0', at: 1, text: 甲, drop: true, set: {unit: 元}, reason: 乙}\n"
        "- {doc: '0', at: 1, text: 甲, set: {sentence: 改写}, reason: 乙}\n"
        "- {doc: '0', at: 一, text: 甲, drop: true, reason: ' '}\n"
        "- {doc: '0'}\n",
        "utf-8",
    )
    with pytest.raises(ReportError) as caught:
        read_corrections(path)
    told = [line.replace(path.as_posix(), "f").split(" — ")[0] for line in str(caught.value).splitlines()]
    assert told == [
        "f:2: set 和 drop 要写一个，只写一个", "f:3: set 和 drop 要写一个，只写一个", "f:4: set 里没有“sentence”这一项",
        "f:5: “at”应是整数，现在是 一", "f:5: “reason”是空的", "f:6: 缺少“at”", "f:6: 缺少“text”", "f:6: 缺少“reason”",
    ]  # fmt: skip


def test_a_bare_list_is_told_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text("- {doc: '0', at: 1, text: 甲, drop: true, reason: 乙}\n", "utf-8")
    with pytest.raises(ReportError) as caught:
        read_corrections(path)
    assert str(caught.value) == f"{path}:1: 整个文件是一个没有名字的列表 — 列表上面加一行名字和冒号，如 corrections:"
