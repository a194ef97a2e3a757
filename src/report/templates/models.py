"""A report as its author asks for it: what report.yaml, values.yaml, charts.yaml, strings and wording say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from typing import Any, Literal

from pydantic import field_validator

from report.dataset.models import ValueSpec
from report.models import Model, Written
from report.templates.merge import Layered

_SIMPLE = re.compile(r"(?:(?:[\w /·-]|\\d|\[[\w-]{1,40}\])(?:\{\d{1,2}\})?){0,60}")  # of serial_pattern
PartName = Literal[
    "cover", "series", "abstract", "contents", "figures", "tables", "body", "annex", "sources", "closing"
]
Format = Literal["pdf", "docx", "html"]


class ReportFile(Written):
    """report.yaml over the series.yaml files it extends.

    `theme` names how it looks (see theme/layers). `serial_pattern` is a regular expression that the serial meets, of
    plain characters, \\d, [...] and {n}, so that no text makes it slow. `date` is ISO, "" for one yet to be given.
    `sources` and `precedence` are document ids or beginnings of one (sources (): all of them; precedence: whose word
    holds where documents disagree, best first). `findings`: whether the annex tells only of disagreements over figures
    that the report uses, or of all. `sections` are files under sections/, in order; `parts` the parts of the book, in
    order; `contents_levels` how deep the contents go (1–3).
    """

    extends: str = ""
    theme: str = ""
    series: str
    kind: str
    title: str
    subtitle: str = ""
    serial: str = ""
    serial_pattern: str = ""
    code: str = ""
    date: str
    logo: str = ""
    issuer: str
    author: str
    stamp: str = ""
    statement: str = ""
    keywords: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    precedence: tuple[str, ...] = ()
    findings: Literal["used", "all"] = "used"
    sections: tuple[str, ...]
    parts: tuple[PartName, ...]
    contents_levels: Literal[1, 2, 3] = 2
    formats: tuple[Format, ...] = ("pdf", "docx", "html")

    @field_validator("serial_pattern")
    @classmethod
    def _is_simple(cls, value: str) -> str:
        if not _SIMPLE.fullmatch(value):
            raise ValueError(f"不是编号的格式（{value}） — 只用字、-、\\d、[…]和{{n}}，如 \\d{{4}}-HY-S\\d{{3}}")
        return value

    @field_validator("date")
    @classmethod
    def _is_iso(cls, value: str) -> str:
        try:
            Date.fromisoformat(value or "2000-01-01")
        except ValueError:
            raise ValueError(f"不是日期（{value}） — 写成 2026-11-30") from None
        return value

    @field_validator("sections")
    @classmethod
    def _is_plain(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if "/" in name or "\\" in name or not name.endswith(".md"):
                raise ValueError(f"里的“{name}”不是 sections/ 下的 .md 文件名 — 写成 一.md")
            if value.count(name) > 1:
                raise ValueError(f"把“{name}”列了两次 — 删去一个")
        if not value:
            raise ValueError("是空的 — 列出 sections/ 下的文件")
        return value


class SectionHead(Written):
    """The front matter of a section file: the part it belongs to, and that part's title where it sets one."""

    part: Literal["series", "abstract", "body", "annex"] = "body"
    title: str = ""


class Section(Model):
    """A section file: `text` is its Markdown, which begins on line `first_line` of `file`."""

    file: str
    part: Literal["series", "abstract", "body", "annex"] = "body"
    title: str = ""
    text: str
    first_line: int = 1


class SeriesPage(Written):
    """The page that tells what the series is; paragraphs may hold slots."""

    title: str = ""
    paragraphs: tuple[str, ...]


class AnnexStrings(Written):
    """The words of the generated annex."""

    values: str  # heading of the table of values
    values_intro: str
    no_values: str  # in place of all that, where the report takes no figure from its sources
    values_cut: str  # of excerpts cut short; printed where one is
    values_place: str  # of words that are not quoted, only their place; printed where there are such
    verdicts: dict[str, str]  # what each word of the last column means; printed for those that stand in it
    verdicts_columns: tuple[str, str]  # heads of the table that tells it
    columns: tuple[str, str, str, str, str, str]
    captions: tuple[str, str, str]  # of the tables of verdicts, of values, of disagreements; {} is the number
    findings: str  # heading of the disagreements
    findings_intro: str
    findings_left: str  # where disagreements are left out that concern no figure of the report
    findings_columns: tuple[str, str, str]
    no_findings: str


class ClosingStrings(Written):
    """The closing page: a line to sign for each of `lines`, then the statement."""

    title: str = ""
    lines: tuple[str, ...]
    statement: str


class Strings(Written):
    """The words that the press itself prints; `labels` go to the writers as they are."""

    labels: dict[str, str]
    headings: dict[Literal["abstract", "contents", "figures", "tables", "annex", "sources"], str]
    sources_intro: str = ""
    series_page: SeriesPage
    annex: AnnexStrings
    closing: ClosingStrings


class Body(Written):
    """A foreign body under its one Chinese name: its `original`, in brackets once, and names not to use."""

    original: str = ""
    variants: tuple[str, ...] = ()


class Wording(Written):
    """The house's word list: `replace` wrong → right, `banned` word → reason, `from_source` words that only a
    source may say, `bodies` foreign bodies by Chinese name."""

    replace: dict[str, str] = {}
    banned: dict[str, str] = {}
    from_source: tuple[str, ...] = ()
    bodies: dict[str, Body] = {}


@dataclass(frozen=True)
class ReportTemplate:
    """All that a report's author has written, read and checked, and the place of each piece.

    `where` gives `file:line` of values and charts by name, and by dotted path for the entries inside
    (`百人去向.items.0.value`); `places` those of report.yaml, `words` those of strings.yaml. How it looks is no part of
    it: see layers.
    """

    name: str
    report: ReportFile
    places: Layered
    values: Mapping[str, ValueSpec]
    charts: Mapping[str, Any]
    where: Mapping[str, str]
    sections: tuple[Section, ...]
    strings: Strings
    wording: Wording
    words: Layered
