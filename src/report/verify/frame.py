"""Every line of the PDF stands where a reader sees it: text within the text block, all else on the paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from report.theme.theme import Page
from report.verify.models import CheckResult, Finding, result
from report.writers.pdf.paper import Paper

AROUND = ("running-header", "folio", "signature", "cover-", "closing-")  # how roles begin that stand where they like
ABOVE, BELOW = 0.8, 0.1  # of the size: how high Han characters stand above the baseline, how far below it
ASIDE = 0.51  # of the size: how far a mark may stand in the margin
SLACK = 0.5  # points
Box = tuple[float, float, float, float]


def check_frame(layout: Mapping[str, Any], page: Page) -> CheckResult:
    """No line of layout.json passes the text block of the theme's page, nor one around it the paper's edges."""
    papers = {False: Paper.upright(page), True: Paper.across(page)}
    findings: list[Finding] = []
    count = 0
    for index, sheet in enumerate(layout["pages"], 1):
        paper = papers["width" in sheet]
        count += len(sheet["lines"])
        where = f"PDF第{sheet['number'] or f'（{index}）'}页"
        findings += [Finding(where=where, text=told) for told in _outside(sheet["lines"], paper)]
    return result("frame", f"{count} 行", findings)


def _outside(lines: list[dict[str, Any]], paper: Paper) -> Iterator[str]:
    """Of each line that passes an edge: its text, and what it passes."""
    inset = abs(paper.inset)
    block = (paper.left - inset, paper.top, paper.left + paper.measure + inset, paper.top + paper.depth)
    for line in lines:
        around = line["role"].startswith(AROUND)
        edges = (0.0, 0.0, paper.width, paper.height) if around else block
        if side := _passed(line, edges):
            yield f"“{line['text'][:20]}”{side}，超出{'纸' if around else '版心'}"


def _passed(line: Mapping[str, Any], edges: Box) -> str:
    """At which side a line passes the edges (left, top, right, bottom); "" at none."""
    size = line["size"]
    left, top, right, bottom = edges
    passed = {
        "在左": line["x"] < left - ASIDE * size - SLACK,
        "在上": line["y"] - ABOVE * size < top - SLACK,
        "在右": line["x"] + line["width"] > right + ASIDE * size + SLACK,
        "在下": line["y"] + BELOW * size > bottom + SLACK,
    }
    return next((side for side, is_so in passed.items() if is_so), "")
