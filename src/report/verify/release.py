"""release.md: one page for the person who signs — what is in conflict, what is uncertain, what nobody has opened."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from report.content.evidence import is_finding
from report.content.nodes import Content
from report.dataset.models import Dataset
from report.verify.models import CheckResult, Verification

INNER = str.maketrans("“”", "‘’")  # quotation marks inside a quotation
DOUBT = 0.6  # confidence below which a value is named
CHECKS = {
    "figures-pdf": "PDF里的数字都有出处", "figures-docx": "Word里的数字都有出处",
    "figures-html": "网页里的数字都有出处", "figures-charts": "图里的数字都有出处",
    "figures-alt": "替代文字里的数字都有出处", "figures-names": "题名、关键词里没有手写的数字",
    "directions": "方向词与数据一致",
    "text-pdf": "PDF与内容逐段相同", "text-docx": "Word与内容逐段相同", "text-html": "网页与内容逐段相同",
    "counts": "三种文件的标题、脚注、图、表数目相同", "pictures": "图的文字和替代文字", "contents": "目录页码",
    "values": "印出的数与所据数据相同", "evidence": "数据与原文相同", "references": "文献著录与文件摘要",
    "quotations": "附录引文不过十分之一", "wording": "用词", "fonts": "字体全部嵌入", "glyphs": "没有缺字",
    "tags": "PDF有结构、题名、书签", "links": "链接格式",
}  # fmt: skip


def release_page(content: Content, dataset: Dataset, verification: Verification) -> str:
    """The page as Markdown."""
    return "\n".join(_lines(content, dataset, verification)) + "\n"


def _lines(content: Content, dataset: Dataset, verification: Verification) -> Iterator[str]:
    front = content.front
    yield f"# 付印签核：《{front.title}》"
    yield f"\n{front.serial}　{front.date_text}　初审：＿＿＿＿　复审：＿＿＿＿　终审：＿＿＿＿"
    yield "\n## 一、核验结果\n"
    yield "；\n".join(map(_check, verification.checks)) + "。"
    conflicts = [*_conflicts(content), *_chosen(content)]
    yield from _section("二、来源之间的分歧和本报告的取舍", conflicts, "所用文献之间没有查出分歧。")
    yield from _section("三、请对照原文的数据（机器读取把握不足六成）", _doubtful(content, dataset), "没有。")
    yield from _section("四、没有打开过的网址（均照来源所引，注明转引）", _addresses(content), "没有。")


def _section(title: str, lines: Iterable[str], none: str) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield from [f"- {line}" for line in lines] or [none]


def _check(check: CheckResult) -> str:
    return f"- {'通过' if check.ok else '**未通过**'}　{CHECKS[check.name]}（{check.figure}）"


def _conflicts(content: Content) -> Iterator[str]:
    """The findings that the annex prints, as it prints them."""
    for name, evidence in content.evidence.items():
        if is_finding(name):
            yield evidence.text


def _chosen(content: Content) -> Iterator[str]:
    """Values whose witnesses disagree: what is printed, and why."""
    for name, evidence in content.evidence.items():
        if evidence.verdict == "不一致" and not is_finding(name):
            yield f"{evidence.label}：{evidence.reason}；印作{evidence.text}。"


def _doubtful(content: Content, dataset: Dataset) -> Iterator[str]:
    """Figures read with little confidence, each clause once."""
    confidence = {found.id: found.confidence for found in dataset.observations}
    lines: dict[tuple[int, str], str] = {}
    for name, evidence in content.evidence.items():
        for first in evidence.witnesses[:1]:
            if not is_finding(name) and confidence.get(first.observation, 0) < DOUBT:
                clause = first.clause.translate(INNER)
                lines.setdefault(
                    (first.source, clause), f"{evidence.label}：印作{evidence.text}，文献[{first.source}]作“{clause}”"
                )
    yield from lines.values()


def _addresses(content: Content) -> Iterator[str]:
    """The addresses that sources cite for the values used, a line for each source."""
    found: dict[int, set[str]] = {}
    for evidence in content.evidence.values():
        for witness in evidence.witnesses:
            found.setdefault(witness.source, set()).update(witness.citations)
    for source, urls in sorted(found.items()):
        if urls:
            yield f"文献[{source}]所引{len(urls)}个：" + " ".join(f"<{url}>" for url in sorted(urls))
