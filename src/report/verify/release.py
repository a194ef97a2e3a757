"""release.md: one page for the person who signs — what is in conflict, what is uncertain, what nobody has opened."""

from __future__ import annotations

from collections.abc import Iterator

from report.content.nodes import Content
from report.dataset.models import Dataset
from report.verify.models import Verification

DOUBT = 0.6  # confidence below which a value is named


def release_page(content: Content, dataset: Dataset, verification: Verification) -> str:
    """The page as Markdown."""
    return "\n".join(_lines(content, dataset, verification)) + "\n"


def _lines(content: Content, dataset: Dataset, verification: Verification) -> Iterator[str]:
    yield f"# 付印签核：{content.front.title}"
    yield f"\n{content.front.serial}　{content.front.date}"
    yield "\n## 核验\n"
    for check in verification.checks:
        yield f"- {'通过' if check.ok else '**未通过**'}　{check.name}：{check.figure}"
    yield "\n## 来源之间的分歧\n"
    yield from _or_none(f"- {check.text}" for check in dataset.checks if check.verdict != "agrees")
    yield "\n## 把握不大的数据\n"
    yield from _or_none(_doubtful(content, dataset))
    yield "\n## 没有打开过的网址\n"
    yield from _or_none(f"- {url}" for url in _urls(content))


def _doubtful(content: Content, dataset: Dataset) -> Iterator[str]:
    known = {found.id: found for found in dataset.observations}
    for name, evidence in content.evidence.items():
        if evidence.verdict == "不一致":
            yield f"- {name}（{evidence.text}）：{evidence.reason}"
        elif evidence.witnesses and known[evidence.witnesses[0].observation].confidence < DOUBT:
            yield f"- {name}（{evidence.text}）：抽取把握 {known[evidence.witnesses[0].observation].confidence:.2f}"


def _urls(content: Content) -> list[str]:
    found = {url for evidence in content.evidence.values() for witness in evidence.witnesses for url in witness.citations}
    return sorted(found)


def _or_none(lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    yield from found or ["无。"]
