"""All checks of a finished report, gathered; a report with one check failed is not finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from report.charts.chart import Chart, plain, text_runs
from report.content.nodes import Figure, Table
from report.content.walk import all_entries, blocks_of
from report.content.wording import check_wording
from report.dataset.models import Dataset
from report.errors import Issue
from report.sources.document import Document
from report.templates.models import Wording
from report.verify.directions import check_directions
from report.verify.evidence import check_evidence, check_quotations, check_references, check_values
from report.verify.expected import expected_passages
from report.verify.figures import check_chart_figures, check_figures
from report.verify.files import FORMATS, Finished
from report.verify.frame import check_frame
from report.verify.hyphens import hyphened
from report.verify.models import CheckResult, Finding, Verification, result
from report.verify.names import check_alt, check_names, source_titles
from report.verify.package import check_fonts, check_glyphs, check_links, check_tags, check_word
from report.verify.release import CHECKS, release_page
from report.verify.sameness import check_contents, check_counts, check_pictures, check_text
from report.verify.tree import check_order, check_structure
from report.verify.word_charts import check_word_charts

MAKERS = (
    "policy-press", "reportlab", "pikepdf", "uharfbuzz", "python-docx", "xlsxwriter", "matplotlib", "pandas",
    "snakemake",
)  # fmt: skip
SHOWN = 5  # findings of one check told on the command line; all stand in the record


@dataclass(frozen=True)
class Basis:
    """What a report was made from: its documents by id, dataset, charts, word list, and the sha256 of every input."""

    documents: Mapping[str, Document]
    dataset: Dataset
    charts: Mapping[str, Chart]
    wording: Wording
    inputs: Mapping[str, str]


@dataclass(frozen=True)
class Verified:
    """The outcome: the record, the page for sign-off, and what failed, as issues."""

    verification: Verification
    release: str
    issues: tuple[Issue, ...]

    def told(self) -> str:
        """How many checks passed, and which could not be made here."""
        checks = self.verification.checks
        untried = [check for check in checks if check.untried]
        told = "".join(f"；{CHECKS[check.name]}{check.figure}" for check in untried)
        return f"{len(checks) - len(untried)} 项检查全部通过{told}"


def verify_report(finished: Finished, basis: Basis, archive: Callable[[], CheckResult]) -> Verified:
    """Every check on the finished files. Nothing is raised: what fails is in the outcome. `archive` gives what the
    validator says of the PDF; it is asked last, for it takes longest."""
    fonts, names = check_fonts(finished.data["pdf"])
    titles = source_titles(basis.documents)
    checks = (*_text_checks(finished, titles), *_source_checks(finished, basis, titles), fonts,
              *_file_checks(finished), archive())
    verification = Verification(
        ok=all(check.ok for check in checks),
        checks=checks,
        inputs=dict(sorted(basis.inputs.items())),
        fonts=names,
        versions={name: version(name) for name in MAKERS},
    )
    release = release_page(finished.content, basis.dataset, verification)
    return Verified(verification, release, tuple(_issues(checks, finished.folder / "failed-verification.json")))


def _text_checks(finished: Finished, titles: Set[str]) -> list[CheckResult]:
    pages = {name: page["number"] or "" for page in finished.layout["pages"] for name in page["anchors"]}
    printed = expected_passages(finished.content, pages)
    expected = {"pdf": printed, "docx": printed, "html": expected_passages(finished.content, None)}
    readings = finished.readings | {"pdf": hyphened(finished.readings["pdf"], printed)}
    blocks = list(blocks_of(finished.content))
    figures = [block for block in blocks if isinstance(block, Figure)]
    tables, logo = sum(isinstance(block, Table) for block in blocks), finished.theme.logo.alt
    return [
        *(check_figures(kind, readings[kind].passages, expected[kind], titles) for kind in FORMATS),
        *(check_text(kind, readings[kind].passages, expected[kind]) for kind in FORMATS),
        check_order(readings["pdf"].passages, printed),
        check_counts(readings, printed, tables, len(figures) + bool(logo)),
        check_pictures(readings, figures, finished.drawings, logo),
        check_contents(readings, [entry.text + pages.get(entry.id, "") for entry in all_entries(finished.content)]),
    ]


def _source_checks(finished: Finished, basis: Basis, titles: Set[str]) -> list[CheckResult]:
    content = finished.content
    return [
        check_chart_figures(basis.charts, finished.drawings, titles),
        check_word_charts(finished.data["docx"], content, basis.charts),
        check_alt(basis.charts, content, basis.dataset, titles),
        check_names(content),
        check_directions(content, basis.charts, basis.dataset),
        check_values(content, basis.dataset),
        check_evidence(content, basis.dataset, basis.documents),
        check_references(content, basis.documents),
        check_quotations(content, basis.documents),
        _wording(finished, basis),
    ]


def _file_checks(finished: Finished) -> list[CheckResult]:
    front = finished.content.front
    return [
        check_glyphs(finished.readings),
        check_tags(finished.data["pdf"], front.title, front.language),
        check_structure(finished.data["pdf"]),
        check_frame(finished.layout, finished.theme.page),
        check_links(finished.data, finished.content),
        check_word(finished.data["docx"]),
    ]


def _wording(finished: Finished, basis: Basis) -> CheckResult:
    texts = {name: [plain(run) for run in text_runs(chart)] for name, chart in basis.charts.items()}
    issues = check_wording(finished.content, basis.wording, texts)
    findings = [Finding(where=issue.where, text=f"{issue.problem}（{issue.hint}）") for issue in issues]
    return result("wording", f"{sum(map(len, texts.values()))} 处图中文字与全部正文", findings)


def _issues(checks: Sequence[CheckResult], record: Path) -> Iterator[Issue]:
    """What failed, a line each; of one check the first few, since one mistake may show in a hundred places. `record`
    is where all stands."""
    hint = f"全部结果见 {record.as_posix()}"
    for check in checks:
        name = CHECKS[check.name]
        for finding in check.findings[:SHOWN]:
            yield Issue(where=finding.where, problem=f"核验未通过（{name}）：{finding.text}", hint=hint)
        rest = len(check.findings) - SHOWN
        if rest > 0:
            yield Issue(where=name, problem=f"还有 {rest} 处", hint=hint)
