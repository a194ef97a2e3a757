"""PDF, Word and web page say the same: each passage of the content stands in each file, and nothing else does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from report.charts.drawing import Drawing, Words
from report.content.nodes import Figure
from report.verify.expected import Expected
from report.verify.models import CheckResult, Finding, result
from report.verify.passage import Passage, Reading, squeeze

FREE = ("contents", "label", "figure")  # each format has these its own way; see check_contents and check_pictures


def check_text(kind: str, passages: Sequence[Passage], expected: Sequence[Expected]) -> CheckResult:
    """Every passage promised is there as often as promised (a table head may repeat on every page), no other is."""
    there = Counter(squeeze(passage.text) for passage in passages if passage.kind not in FREE)
    promised = Counter(one.text for one in expected)
    first = {one.text: one for one in reversed(expected)}
    findings = [
        Finding(where=first[text].where, text=f"缺：{text[:60]}")
        for text, count in promised.items()
        if _times(there, first[text]) < count
    ]
    known = {*promised, *(one.bare for one in expected), ""}
    findings += [Finding(where=f"report.{kind}", text=f"多：{text[:60]}") for text in there if text not in known]
    return result(f"text-{kind}", f"{len(passages)} 段", findings)


def _times(there: Counter[str], one: Expected) -> int:
    return sum(there[text] for text in {one.text, one.bare})


def check_counts(files: Mapping[str, Reading], expected: Sequence[Expected], tables: int, figures: int) -> CheckResult:
    """Headings and notes by what each file says they are, and the numbers of tables and figures."""
    wanted = {
        "标题": sum(one.kind == "heading" for one in expected),
        "脚注": sum(one.kind == "note" for one in expected),
        "图": figures,
        "表": tables,
    }
    findings = [
        Finding(where=f"report.{name}", text=f"{kind}：{count}，应为 {wanted[kind]}")
        for name, reading in files.items()
        for kind, count in _counted(reading, expected).items()
        if count != wanted[kind]
    ]
    return result("counts", "，".join(f"{kind} {count}" for kind, count in wanted.items()), findings)


def _counted(reading: Reading, expected: Sequence[Expected]) -> dict[str, int]:
    headings = {text for one in expected if one.kind == "heading" for text in (one.text, one.bare)}
    kinds = Counter(passage.kind for passage in reading.passages)
    plain = sum(squeeze(passage.text) in headings for passage in reading.passages if passage.kind == "paragraph")
    plain -= sum(one.kind in ("paragraph", "source-note") and one.text in headings for one in expected)
    return {
        "标题": kinds["heading"] + plain,
        "脚注": kinds["note"] - _repeated(reading, expected),
        "图": len(reading.pictures),
        "表": reading.tables,
    }


def _repeated(reading: Reading, expected: Sequence[Expected]) -> int:
    """How many notes are said again: where one has several marks, each page of them has its text."""
    promised = Counter(one.text for one in expected if one.kind == "note")
    there = Counter(squeeze(passage.text) for passage in reading.passages if passage.kind == "note")
    return sum(max(0, there[text] - count) for text, count in promised.items())


def check_pictures(
    files: Mapping[str, Reading], figures: Sequence[Figure], drawings: Mapping[str, Drawing], logo: str = ""
) -> CheckResult:
    """Every figure has its alternative text in every file, and its words where the file holds them as text; before
    them, on the cover, the picture of a logo has its (`logo`; "": there is none)."""
    findings: list[Finding] = []
    for name, reading in files.items():
        words = [squeeze(passage.text) for passage in reading.passages if passage.kind == "figure"]
        pictures = reading.pictures
        if logo:
            if squeeze("".join(pictures[:1])) != squeeze(logo):
                findings.append(Finding(where=f"report.{name}", text="标志的替代文字不符"))
            pictures = pictures[1:]
        for index, figure in enumerate(figures):
            if squeeze(figure.alt) != squeeze("".join(pictures[index : index + 1])):
                findings.append(Finding(where=f"report.{name}", text=f"图{figure.number}的替代文字不符"))
            drawn = _words(drawings.get(figure.chart))
            if name != "docx" and words[index : index + 1] != [drawn]:
                findings.append(Finding(where=f"report.{name}", text=f"图{figure.number}的文字不符"))
    return result("pictures", f"{len(figures)} 幅图", findings)


def _words(drawing: Drawing | None) -> str:
    items = drawing.items if drawing else ()
    return squeeze("".join(item.text for item in items if isinstance(item, Words)))


def check_contents(files: Mapping[str, Reading], wanted: Sequence[str]) -> CheckResult:
    """The lines of the contents in the PDF and in Word: those wanted, each with the page on which its block stands."""
    promised = Counter(map(_entry, wanted))
    findings: list[Finding] = []
    for name in ("pdf", "docx"):
        entries = Counter(_entry(passage.text) for passage in files[name].passages if passage.kind == "contents")
        findings += [Finding(where=f"report.{name}", text=f"目录多：{text}") for text in entries - promised]
        findings += [Finding(where=f"report.{name}", text=f"目录缺：{text}") for text in promised - entries]
    return result("contents", f"{len(wanted)} 条", findings)


def _entry(text: str) -> str:
    return squeeze(text).replace("·", "").replace(".", "")
