"""PDF, Word and web page say the same: each passage of the content stands in each file, and nothing else does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from report.verify.expected import Expected
from report.verify.models import CheckResult, Finding, result
from report.verify.passage import Passage, squeeze

FREE = ("contents", "label", "figure")  # each format has these its own way; see check_contents and check_figures


def check_text(kind: str, passages: Sequence[Passage], expected: Sequence[Expected]) -> CheckResult:
    """Every passage promised is there as often as promised (a table head may repeat on every page), no other is."""
    there = Counter(squeeze(passage.text) for passage in passages if passage.kind not in FREE)
    promised = Counter(one.text for one in expected)
    bare = {one.text: one.bare for one in expected}
    findings = [
        Finding(where=_where(expected, text), text=f"缺：{text[:60]}")
        for text, count in promised.items()
        if there[text] + (there[bare[text]] if bare[text] != text else 0) < count
    ]
    known = {*promised, *bare.values(), ""}
    findings += [Finding(where=kind, text=f"多：{text[:60]}") for text in there if text not in known]
    return result(f"text-{kind}", f"{len(passages)} 段", findings)


def check_counts(files: Mapping[str, Sequence[Passage]], expected: Sequence[Expected]) -> CheckResult:
    """Headings, notes and captions (of figures and tables), counted in each format by what they say."""
    wanted = {kind: Counter(one.bare for one in expected if one.kind == kind) for kind in ("heading", "note", "caption")}
    findings: list[Finding] = []
    for name, passages in files.items():
        texts = Counter(squeeze(passage.text) for passage in passages)
        numbers = {one.bare: one.text for one in expected}
        for kind, counter in wanted.items():
            found = sum(1 for text in counter if texts[text] or texts[numbers[text]])
            if found != len(counter):
                findings.append(Finding(where=name, text=f"{kind}：{found}，应为 {len(counter)}"))
    figure = "，".join(f"{kind} {sum(counter.values())}" for kind, counter in wanted.items())
    return result("counts", figure, findings)


def check_contents(files: Mapping[str, Sequence[Passage]], layout: Mapping[str, object]) -> CheckResult:
    """The contents' page numbers, in the PDF and in Word, against the pages on which the headings stand."""
    pages = _heading_pages(layout)
    findings: list[Finding] = []
    entries = 0
    for name in ("pdf", "docx"):
        for passage in files[name]:
            if passage.kind == "contents":
                entries += 1
                if squeeze(passage.text).replace("·", "").replace(".", "") not in pages:
                    findings.append(Finding(where=name, text=f"目录页码不符：{passage.text}"))
    return result("contents", f"{entries} 条", findings)


def _heading_pages(layout: Mapping[str, object]) -> set[str]:
    """Each heading's title run together with its page's number, as a contents entry reads."""
    pages: Iterable[dict[str, object]] = layout["pages"]  # type: ignore[assignment]
    return {
        squeeze(f"{heading['title']}{page['number']}").replace(".", "")
        for page in pages
        for heading in page["headings"]  # type: ignore[attr-defined]
    }


def _where(expected: Sequence[Expected], text: str) -> str:
    return next(one.where for one in expected if one.text == text)
