"""What people ask of a finished build: who says so, what changed, which fonts. Opens its files, calls the rooms."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from report.errors import ReportError
from report.files import write_file
from report.names import did_you_mean
from report.opening import TEMPLATES, open_content, open_dataset, open_theme, report_folder

if TYPE_CHECKING:
    from report.observations.showing import Ink
    from report.review.build import Build
    from report.theme.fonts import FontUse


def trace(report: str, text: str, out: Path) -> Callable[[Ink, int], Iterator[str]]:
    """The evidence of a figure of a built report, or with no text a list of all its values: how to print it.

    `report` is a name, whose build is in `out`, or the folder of a build or of a template. Raises ReportError where
    nothing is built there, or the report has no such figure.
    """
    from report.review.tracing import Trail, overview
    from report.review.tracing import trace as traced

    folder = _built(report, out)
    drawn = {path.stem: _cells(path) for path in sorted((folder / "charts").glob("*.csv"))}
    trail = Trail(report, open_content(folder / "content.json"), open_dataset(folder / "dataset.json"), drawn)
    return lambda ink, width: traced(trail, text, ink, width) if text else overview(trail)


def diff(old: Path, new: Path, page: Path | None) -> str:
    """What changed between two builds of a report (their folders), in words, and as a web page at `page`."""
    from report.review.difference import compare
    from report.review.showing import Named, difference_page, difference_text

    for folder in (old, new):
        if missing := [name for name in ("content.json", "dataset.json") if not (folder / name).is_file()]:
            hint = "给出 output/<报告名>，或它的一份拷贝"
            raise ReportError(str(folder), f"不是一份生成好的报告（没有 {'、'.join(missing)}）", hint)
    before, after = _build(old), _build(new)
    found = compare(before, after)
    names = Named(str(old), before.content.front), Named(str(new), after.content.front)
    if page:
        write_file(page, difference_page(found, *names))
    return difference_text(found, *names)


def _build(folder: Path) -> Build:
    from report.review.build import Build

    return Build(open_content(folder / "content.json"), open_dataset(folder / "dataset.json"))


def _built(report: str, out: Path) -> Path:
    """The folder of a report's build."""
    named = report_folder(report).name
    folder = Path(report) if (Path(report) / "content.json").is_file() else out / named
    if all((folder / name).is_file() for name in ("content.json", "dataset.json")):
        return folder
    if (report_folder(report) / "report.yaml").is_file():
        raise ReportError(report, f"报告还没有生成（{folder}/ 里没有 content.json）", "先运行 make report")
    known = [path.parent.name for path in (TEMPLATES / "reports").glob("*/report.yaml")]
    raise ReportError(report, "没有这个报告", did_you_mean(named, known))


def _cells(path: Path) -> frozenset[str]:
    """The words in the cells of a chart's table: values' names and observations' ids among them."""
    rows = csv.reader(path.read_text("utf-8-sig").splitlines())
    return frozenset(word for row in rows for cell in row for word in cell.split("；"))


def fonts(template: str) -> str:
    """Which file serves each font role of a report's, series' or theme's look here, and which characters of the report,
    where it is one and built, it lacks."""
    from report.theme.fonts import FontLibrary, check_fonts

    library = FontLibrary(open_theme(template))
    check_fonts(library)
    built = Path("output", report_folder(template).name, "content.json")
    text = "".join(_strings(json.loads(built.read_bytes()))) if built.is_file() else ""
    where = built.as_posix()
    told = f"所缺的字照 {where} 查" if text else f"没有 {where}，所缺的字没有查：先运行 make report"
    uses = groupby(library.report(text), lambda use: use.role)
    return "\n".join([*(line for role, parts in uses for line in _role_fonts(role, list(parts))), told])


FONT_ROLES = {"song": "宋体", "hei": "黑体", "kai": "楷体", "fang": "仿宋"}
FONT_WEIGHTS = {"medium": "中等", "bold": "粗体"}
FONT_PARTS = {"han": "汉字", "latin": "西文", "italic": "西文斜体", "marks": "引号破折号间隔号", "fallback": "补缺"}


def _role_fonts(role: str, uses: Sequence[FontUse]) -> Iterator[str]:
    """A role and its files in words: what each lacks, those that fill in only as far as is still lacking."""
    name, _, weight = role.partition("-")
    yield f"{FONT_ROLES.get(name, name)}{FONT_WEIGHTS.get(weight, weight)}（{role}）"
    for use in uses:
        instead = f"　代替 {use.instead}" if use.instead else ""
        lacks = f"　缺 {len(use.lacks)} 字：{use.lacks[:40]}{'……' * (len(use.lacks) > 40)}" if use.lacks else ""
        yield f"  {FONT_PARTS[use.part]}　{use.file}（{use.name}，sha256 {use.sha256[:12]}）{instead}{lacks}"


def _strings(data: object) -> Iterator[str]:
    """Every text in JSON data."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, Mapping | list):
        for value in data.values() if isinstance(data, Mapping) else data:
            yield from _strings(value)
