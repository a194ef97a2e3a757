"""Charts whose numbers an editor changed in Word: each against the evidence that its own workbook keeps."""

from __future__ import annotations

from report.revision.findings import Finding
from report.sources.docx.package import open_part
from report.verify.read_charts import Shown, native_charts
from report.writers.docx.charts_table import EVIDENCE

_PROGRAM = "docProps/app.xml"


def chart_findings(data: bytes) -> list[Finding]:
    """What was changed in the native charts of a .docx. The data are the sources', so none of it is taken.

    LibreOffice leaves some of a chart's numbers out, or the whole workbook: of what it saved only other numbers tell.
    Raises WordError for a broken file.
    """
    found: list[Finding] = []
    office = _is_of_office(data)
    for name, shown in native_charts(data):
        if office and not (shown and shown.evidence and _drawn(shown) - shown.evidence):
            continue
        told = _told(shown) if shown else ["读不出这幅图的数据"]
        found += [Finding("figure", name, text) for text in told]
    return found


def _is_of_office(data: bytes) -> bool:
    """Whether LibreOffice or its like saved the file last."""
    program = open_part(data, _PROGRAM)
    said = "" if program is None else "".join(program.itertext())
    return "Office/" in said  # LibreOffice/7.4…, OpenOffice/4…; Word: Microsoft Office Word


def _drawn(shown: Shown) -> set[float]:
    """The numbers drawn, those left out that a formula computes."""
    return {_as_listed(number) for cell, number in shown.numbers.items() if cell not in shown.computed}


def _told(shown: Shown) -> list[str]:
    """The numbers drawn that are not in the evidence, those of the evidence that are not drawn; what a formula
    computes follows from the rest. [] for a chart that draws none: LibreOffice saves the evidence with it, but refers
    to none of its cells."""
    if not shown.numbers:
        return []
    drawn = _drawn(shown)
    new, old = (sorted(some) for some in (drawn - shown.evidence, shown.evidence - drawn))
    if not new and not old:
        return []
    was, now = ("、".join(f"{number:.15g}" for number in some) for some in (old, new))
    return [f"图里的数由 {was or '（没有）'} 改为 {now or '（没有）'}；来源见“编辑数据”里的“{EVIDENCE}”一表"]


def _as_listed(number: float) -> float:
    """The number as the evidence lists it: of a fraction twelve digits."""
    return number if number == int(number) else float(f"{number:.12g}")
