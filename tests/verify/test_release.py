"""The page for the person who signs: what is in conflict, what is doubtful, what nobody has opened."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from report.content.nodes import Evidence, Link, Paragraph
from report.dataset.models import Dataset
from report.observations.cascade import CONFIDENCE
from report.observations.entities import TRUST
from report.observations.indicators import WEIGHTS
from report.verify import release
from report.verify.release import CHECKS, DOUBT, doubtful_lines, release_page, weakest_rule

from .breaking import Proof


@pytest.fixture(scope="module")
def page(proof: Proof) -> str:
    return release_page(proof.finished.content, proof.basis.dataset, proof.verified().verification)


def section(page: str, number: str) -> list[str]:
    """The lines of one section."""
    body = page.split(f"\n## {number}、")[1].split("\n## ")[0]
    return [line for line in body.splitlines()[1:] if line]


def test_it_names_the_report_and_fits_a_page(page: str, proof: Proof) -> None:
    front = proof.finished.content.front
    assert page.startswith(f"# 付印签核：《{front.title}》\n\n{front.serial}　{front.date_text}")
    assert len(page.splitlines()) < 40 and page.endswith("\n")


def test_every_check_is_told_in_chinese(page: str, proof: Proof) -> None:
    checks = proof.verified().verification.checks
    assert {check.name for check in checks} == set(CHECKS)
    assert section(page, "一") == [f"{len(checks)}项核验全部通过。"]


def test_a_failed_check_stands_out(proof: Proof) -> None:
    broken = proof.html("</main>", "<p>另有企业500家。</p></main>")
    page = release_page(broken.finished.content, broken.basis.dataset, broken.verified().verification)
    failed = [line for line in section(page, "一") if "**未通过**" in line]
    assert len(failed) == 2 and all("网页" in line for line in failed)
    assert not re.search("[a-z]+-[a-z]+", "".join(failed))
    assert section(page, "一")[-1] == f"其余{len(CHECKS) - 2}项通过。"


def test_the_disagreement_is_told_with_numbers_of_the_source_list(page: str, proof: Proof) -> None:
    first = section(page, "二")[0]
    assert first == ("- **临港机器人出口额**：文献[1]作超过60亿元，文献[2]作58亿元；本报告取超过60亿元"
                     "（values.yaml 写明以文献[1]为先）。见二（一）、表1。")
    assert not any(doc in page.partition("## 六、")[0] for doc in proof.basis.documents)


def test_the_numbers_lead_to_the_ids_of_the_data_files(page: str, proof: Proof) -> None:
    lines = section(page, "六")
    assert [line.split("　")[:2] for line in lines] == [
        [f"- [{one.number}]", one.doc] for one in proof.finished.content.sources]


def test_a_finding_says_its_verdict_what_is_taken_and_where(proof: Proof) -> None:
    """A value at odds first, in a line; then the findings; that of the value itself is not told again."""
    content = proof.finished.content
    value = content.evidence["出口额"]
    one, two = value.witnesses
    gap = Evidence(label="", text="文献[1]所列各项之和少于总数。", verdict="不一致", witnesses=(one,),
                   taken="本报告照文献[1]印出：临港机器人企业数180家", touches=("企业数",))
    same = gap.changed({"text": "临港机器人出口额：两处不同。", "witnesses": (one, two)})
    other = gap.changed({"witnesses": content.evidence["企业数"].witnesses})
    told = content.changed({"evidence": {**content.evidence, "核校:1": same, "核校:2": other}})
    lines = section(release_page(told, proof.basis.dataset, proof.verified().verification), "二")
    assert [line.startswith("- **临港机器人出口额**") for line in lines] == [True, False, False]
    assert lines[1] == "- **不一致**　文献[1]所列各项之和少于总数。"
    assert lines[2] == "  取舍：本报告照文献[1]印出：临港机器人企业数180家。见摘要、一（一）、二（一）、表1。"


def test_addresses_nobody_opened_stand_with_their_source(page: str) -> None:
    assert any("文献[1]" in line and "<https://example.org/robot/census-2024>" in line for line in section(page, "五"))


def with_reading(proof: Proof, **reading: object) -> Dataset:
    """The dataset with every observation read so."""
    read = [found.changed(reading) for found in proof.basis.dataset.observations]
    return proof.basis.dataset.changed({"observations": tuple(read)})


def test_doubtful_figures_are_told_with_the_weakest_rule(proof: Proof) -> None:
    dataset = with_reading(proof, confidence=0.59, rule="count; period:document; entity:clause; indicator:counted")
    [line] = doubtful_lines(proof.finished.content, dataset)
    assert line.startswith("时期取文献自身的日期（") and "临港机器人企业数180家[1]" in line
    assert not list(doubtful_lines(proof.finished.content, with_reading(proof, confidence=DOUBT)))


@pytest.mark.parametrize("rule, words", [
    ("percent; period:last-dated; entity:document; indicator:level", "时期沿用前文最近的一个"),
    ("percent; period:sentence; entity:document; indicator:level", "对象取自全文"),
    ("count; period:sentence; entity:clause; indicator:unit", "指标只由单位推断"),
    ("count; period:look-back; entity:clause; indicator:level", "时期为推断"),
    ("fraction; period:date-of-value; entity:clause; indicator:level", "数字的写法有歧义"),
    ("corrected", "数字的写法有歧义"),
])
def test_the_weakest_rule_is_told_in_words(rule: str, words: str) -> None:
    assert weakest_rule(rule) == words


def test_the_words_are_of_rules_that_exist() -> None:
    told = YAML(typ="safe").load(Path(release.__file__).parent / "rules.yaml")
    known = {"period": CONFIDENCE, "entity": TRUST, "indicator": WEIGHTS, "grammar": {}}
    assert {name: set(words) - set(known[name]) for name, words in told.items()} == dict.fromkeys(known, {"other"})


def test_addresses_of_the_report_itself_are_told_too(proof: Proof) -> None:
    content = proof.finished.content
    link = Paragraph(inlines=(Link(url="https://example.org/own", text="看"),))
    parts = (content.parts[0].changed({"blocks": (*content.parts[0].blocks, link)}), *content.parts[1:])
    told = content.changed({"parts": parts})
    page = release_page(told, proof.basis.dataset, proof.verified().verification)
    assert section(page, "五")[-1] == "- 正文和参考文献另有1个：<https://example.org/own>"
