"""Tracing: from any figure of a built report to its sentence, place, document and address, and to its correction."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from report.observations.corrections import correct, read_corrections
from report.observations.observation import Observation
from report.records import from_jsonl
from report.sources.reader import read_source

from ..project import Project

SEED = Path("seeds/甲_临港机器人产业观察.txt")


@pytest.fixture
def here(built: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The built miniature, as the working folder. Read only."""
    monkeypatch.chdir(built.folder)
    return built


def lines(result: Result) -> list[str]:
    """What a command that went well printed, by line, without the space around."""
    assert (result.exit_code, result.stderr) == (0, ""), result.stderr
    return [line.strip() for line in result.stdout.splitlines()]


def test_a_figure_leads_to_sentence_place_document_and_address(here: Project) -> None:
    source = SEED.read_text("utf-8")
    told = lines(here.report("trace", "mini", "180家"))
    start = source.index("180家")
    assert told[0] == "180家　企业数　临港机器人企业数　单一来源"
    assert told[1].startswith("印在：摘要；一、企业有规模，人员留得住　（一）企业")
    assert told[2:5] == [
        "[1]临港机器人产业观察报告",
        f"甲_临港机器人产业观察.txt　第 {start}–{start + 4} 字",
        "根据海湾产业研究院的普查，2024年临港共有机器人企业【180家】，其中整机企业45家。",
    ]
    assert "时期 2024" in told[5] and "把握" in told[5]
    assert "引注：https://example.org/robot/census-2024" in told


@pytest.mark.parametrize("text", ["一百八十", "180"])
def test_a_number_alone_finds_what_has_its_value(text: str, here: Project) -> None:
    assert any(line.startswith("180家　企业数") for line in lines(here.report("trace", "mini", text)))
    assert here.report("trace", "mini", "一百八十三").exit_code == 1


SPELLINGS = ("超过60亿元", "60亿元", "６０ 亿元", "6000000000元", "58亿元", "出口额", "临港机器人出口额")


@pytest.mark.parametrize("text", SPELLINGS)
def test_however_it_is_written(text: str, here: Project) -> None:
    told = lines(here.report("trace", "mini", text))
    assert [line for line in told if line.startswith("超过60亿元　出口额")]
    assert any("【超过60亿元】" in line for line in told) and any("【58亿元】" in line for line in told)


def test_an_observation_leads_there_too(here: Project) -> None:
    observations = from_jsonl(Observation, Path("output/observations/乙_海湾晨报.jsonl").read_bytes())
    [one] = [one for one in observations if one.text == "58亿元"]
    assert lines(here.report("trace", "mini", one.id))[0].startswith("超过60亿元　出口额")


def test_a_value_that_is_derived_leads_to_those_it_comes_from(here: Project) -> None:
    told = lines(here.report("trace", "mini", "留任率"))
    assert [line.split("　")[:2] for line in told if "　" in line and line.endswith(("推算", "一致"))] == [
        ["72%", "留任率"], ["72人", "留在临港"], ["100人", "样本"],
    ]  # fmt: skip
    assert "推算：仍在临港的人数72人÷追踪的毕业生100人，以百分数计" in told
    assert any(line.startswith("核校（一致）：") for line in told)


def test_a_figure_of_the_sources_that_the_report_does_not_print(here: Project) -> None:
    told = lines(here.report("trace", "mini", "2025-09-30"))
    assert told[0] == "报告没有印“2025-09-30”；文献里有："
    assert "【2025年9月30日】" in told and any(line.startswith("甲_临港机器人产业观察.txt　第 ") for line in told)


def test_no_text_lists_every_value_once(here: Project) -> None:
    told = lines(here.report("trace", "mini"))
    assert len(told) == 14
    assert told[0].startswith("180家") and "企业数（临港机器人企业数）　[1]　单一来源　摘要、" in told[0]
    assert any("图1" in line for line in told if "留在临港" in line)
    assert all(word in "\n".join(told) for word in ("留任率", "出口额", "不一致", "推算"))


def test_a_folder_may_be_named(here: Project) -> None:
    for name in ("output/mini", "templates/reports/mini"):
        assert lines(here.report("trace", name, "180家"))[0].startswith("180家　企业数")


@pytest.mark.parametrize("words, told", [
    (("mini", "181家"), "mini: 报告和文献里都没有“181家” — 相近的：180家（企业数）"),
    (("mini", "企业数量"), "mini: 报告和文献里都没有“企业数量” — 相近的：180家（企业数）"),
    (("minni", "180家"), "minni: 没有这个报告 — 是不是 mini"),
    (("mini", "180家", "--out", "elsewhere"), "mini: 报告还没有生成（elsewhere/mini/ 里没有"),
])  # fmt: skip
def test_what_is_not_there_is_told_in_one_line(words: tuple[str, ...], told: str, here: Project) -> None:
    result = here.report("trace", *words)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith(told)


def test_the_stanza_can_be_pasted(here: Project, tmp_path: Path) -> None:
    """As it stands it confirms the reading; what the reader changes in it is changed."""
    printed = here.report("trace", "mini", "45家").stdout.splitlines()
    start = printed.index('  - doc: "甲"')
    pasted = "\n".join(["corrections:", *printed[start : start + 5]])
    observations = from_jsonl(Observation, Path(f"output/observations/{SEED.stem}.jsonl").read_bytes())
    before = next(one for one in observations if one.text == "45家")
    for text, entity in ((pasted, before.entity), (pasted.replace("entity: \"", "entity: \"甲"), f"甲{before.entity}")):
        (tmp_path / "corrections.yaml").write_text(text, "utf-8")
        corrected = correct(read_source(SEED), observations, read_corrections(tmp_path / "corrections.yaml"))
        after = next(one for one in corrected if one.text == "45家")
        assert (after.entity, after.indicator, after.period) == (entity, before.indicator, before.period)
        assert (after.confidence, after.correction) == (1.0, "对照原文核对")


def test_trace_speaks_chinese_and_says_nothing_twice(here: Project) -> None:
    """Of a figure that two values print the sentence stands once, and the way to correct it at the end, once."""
    told = lines(here.report("trace", "mini", "留任率"))
    assert not [line for line in told if re.search("percent|count|period:[a-z]|entity:[a-z]", line)]
    assert sum(line.startswith("要更正，把下面有关的一条改好") for line in told) == 1
    stanzas = [line for line in told if line.startswith("at: ")]
    assert len(stanzas) == len(set(stanzas)) == 2
    assert any(line.startswith("读作72人（数目）") for line in told)
    qualified = lines(here.report("trace", "mini", "产业规模"))
    assert any(line.startswith("读作约320亿元（金额）") for line in qualified)
    assert not [line for line in qualified if "文献甲" in line], "documents go by their numbers"


def test_what_was_corrected_says_why_wherever_it_is_shown(finished: Project) -> None:
    """In the trace, in the annex, in the web page's evidence, in the table and on the page for sign-off."""
    place = SEED.read_text("utf-8").index("180家")
    shutil.rmtree("output/mini/charts")
    stanza = f"{{doc: 甲, at: {place}, text: 180家, set: {{entity: 临港}}, reason: 普查在2024年末}}"
    Path("seeds/corrections.yaml").write_text(f"corrections:\n- {stanza}\n", "utf-8")
    for words in finished.stages():
        result = finished.report(*words)
        assert result.exit_code == 0, result.stderr
    content = Path("output/mini/content.json").read_text("utf-8")
    assert "（已更正：“普查在2024年末”）" in content
    assert "已更正（180家）：普查在2024年末" in Path("output/mini/report.html").read_text("utf-8")
    assert "普查在2024年末" in Path("output/mini/dataset.csv").read_text("utf-8-sig")
    release = Path("output/mini/release.md").read_text("utf-8")
    assert "- 180家：数字不变，改了其他读法（文献[1]“" in release and "”；更正：普查在2024年末）" in release
    told = lines(finished.report("trace", "mini", "180家"))
    assert f"已更正：普查在2024年末（要再改，改 seeds/corrections.yaml 里 at: {place} 的那一条）" in told
    assert not [line for line in told if line.startswith("- doc")]
