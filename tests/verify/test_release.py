"""The page for the person who signs: what is in conflict, what is doubtful, what nobody has opened."""

from __future__ import annotations

import re

import pytest

from report.verify.release import CHECKS, release_page

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
    assert len(page.splitlines()) < 60 and page.endswith("\n")


def test_every_check_has_a_line_in_chinese(page: str, proof: Proof) -> None:
    checks = proof.verified().verification.checks
    assert {check.name for check in checks} == set(CHECKS)
    lines = section(page, "一")
    assert len(lines) == len(checks) and all(line.startswith("- 通过　") for line in lines)
    assert not re.search("[a-z]+-[a-z]+", "".join(lines))


def test_a_failed_check_stands_out(proof: Proof) -> None:
    broken = proof.html("</main>", "<p>另有企业500家。</p></main>")
    page = release_page(broken.finished.content, broken.basis.dataset, broken.verified().verification)
    failed = [line for line in section(page, "一") if "**未通过**" in line]
    assert len(failed) == 2 and all("网页" in line for line in failed)


def test_the_disagreement_is_told_with_numbers_of_the_source_list(page: str, proof: Proof) -> None:
    text = "\n".join(section(page, "二"))
    assert "60亿元" in text and "58亿元" in text and "文献[1]" in text
    assert not any(doc in page for doc in proof.basis.documents)


def test_addresses_nobody_opened_stand_with_their_source(page: str) -> None:
    assert any("文献[1]" in line and "<https://example.org/robot/census-2024>" in line for line in section(page, "四"))


def test_doubtful_figures_are_told_with_their_words(proof: Proof) -> None:
    doubtful = [found.model_copy(update={"confidence": 0.3}) for found in proof.basis.dataset.observations]
    dataset = proof.basis.dataset.model_copy(update={"observations": tuple(doubtful)})
    page = release_page(proof.finished.content, dataset, proof.verified().verification)
    lines = section(page, "三")
    assert any("临港机器人企业数：印作180家，文献[1]作“" in line for line in lines)
    assert len(lines) == len(set(lines)) > 3
    sound = release_page(proof.finished.content, proof.basis.dataset, proof.verified().verification)
    assert len(section(sound, "三")) < len(lines)
