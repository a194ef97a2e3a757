"""Loads a report's template from its folder and from the series that it extends."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

from report.errors import Issue, ReportError
from report.names import did_you_mean
from report.templates.layers import read_each, series_folders
from report.templates.merge import Layered
from report.templates.models import (
    ReportFile,
    ReportTemplate,
    Section,
    SectionHead,
    Strings,
    Wording,
)
from report.templates.values import read_values
from report.validate import checked
from report.yaml import Placed, parse_yaml, read_yaml

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_INHERITED = ("strings.yaml", "wording.yaml")
_OWN = ("values.yaml", "charts.yaml")


def load_report(report_dir: Path, series_root: Path) -> ReportTemplate:
    """The template in `report_dir` over the series in `series_root` that it extends, base first.

    Raises ReportError with the mistakes of all its files at once: a file or series that is missing, YAML
    mistakes, unknown keys, parts and sections.
    """
    report = read_yaml(report_dir / "report.yaml")
    files = _read_files(report_dir, series_folders(report, series_root), report)
    about = partial(checked, ReportFile, files["series.yaml"].data, files["series.yaml"].where)
    strings = partial(checked, Strings, files["strings.yaml"].data, files["strings.yaml"].where)
    wording = partial(checked, Wording, files["wording.yaml"].data, files["wording.yaml"].where)
    values = partial(read_values, files["values.yaml"].files[0])
    sections = partial(_sections, report_dir, files["series.yaml"])
    charts = files["charts.yaml"].files[0]
    namesakes = partial(_refuse_namesakes, charts, files["values.yaml"].files[0])
    _raise_all(about, strings, wording, values, namesakes, sections)
    return ReportTemplate(
        name=report_dir.name,
        report=about(),
        places=files["series.yaml"],
        values=values(),
        charts=files["charts.yaml"].data,
        where=_places(charts) | _places(files["values.yaml"].files[0]),
        sections=sections(),
        strings=strings(),
        wording=wording(),
    )


def _read_files(report_dir: Path, series: list[Path], report: Placed) -> dict[str, Layered]:
    """The YAML files by name, the series' and the report's as layers; report.yaml comes over series.yaml."""
    paths = {name: [folder / name for folder in (*series, report_dir)] for name in _INHERITED}
    paths |= {name: [report_dir / name] for name in _OWN}
    about = [folder / "series.yaml" for folder in series]
    found = read_each(path for group in (about, *paths.values()) for path in group if path.exists())
    files = {"series.yaml": Layered((*map(found.__getitem__, about), report), report.file)}
    for name, group in paths.items():
        missing = group[-1].as_posix()
        layers = [found[path] for path in group if path in found]
        if name in _OWN and not layers:  # a report without charts has no charts.yaml
            layers = [Placed(missing, {}, {})]
        files[name] = Layered(tuple(layers), missing)
    return files


def _raise_all(*readers: Callable[[], object]) -> None:
    """Try every reader and raise their mistakes as one error."""
    issues: list[Issue] = []
    for read in readers:
        try:
            read()
        except ReportError as error:
            issues += [issue for issue in error.issues if issue not in issues]
    if issues:
        raise ReportError.all_of(issues)


def _sections(report_dir: Path, about: Layered) -> tuple[Section, ...]:
    """The sections that report.yaml lists; one that is missing is told at its line there."""
    names = about.data.get("sections")
    folder = report_dir / "sections"
    readers = [
        partial(_section, folder, str(name), about.where("sections", index))
        for index, name in enumerate(names if isinstance(names, list) else [])
    ]
    _raise_all(*readers)
    return tuple(read() for read in readers)


def _section(folder: Path, name: str, where: str) -> Section:
    known = sorted(path.name for path in folder.glob("*.md"))
    if name not in known:
        raise ReportError(where, f"没有 sections/{name} 这个文件", did_you_mean(name, known))
    return read_section(folder / name)


def read_section(path: Path) -> Section:
    """One section file. Raises ReportError for a file that is not UTF-8 or whose front matter is wrong."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise ReportError(path.as_posix(), "不是 UTF-8 文件", "用编辑器另存为 UTF-8") from None
    match = _FRONT_MATTER.match(text)
    if not match:
        return Section(file=path.as_posix(), text=text)
    head = parse_yaml(match[1], path.as_posix(), first_line=2)
    about = checked(SectionHead, head.data, head.where)
    rest, first = text[match.end() :], match[0].count("\n") + 1
    return Section(file=path.as_posix(), part=about.part, title=about.title, text=rest, first_line=first)


def _refuse_namesakes(charts: Placed, values: Placed) -> None:
    """A chart and a value of one name would have one place in messages."""
    for name in charts.data:
        if name in values.data:
            hint = f"值“{name}”在 {values.where(name)}；给图改名"
            raise ReportError(charts.where(name), f"图“{name}”和一个值同名", hint)


def _places(placed: Placed) -> dict[str, str]:
    """`file:line` of every entry by its dotted path."""
    return {".".join(map(str, place)): placed.where(*place) for place in placed.lines if place}
