"""Loads a report's template from its folder and from the series that it extends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from report.errors import Issue, ReportError
from report.names import Made, did_you_mean
from report.templates.bounds import own_file, read_own
from report.templates.layers import series_folders, try_each
from report.templates.mend import mended
from report.templates.merge import Layered
from report.templates.models import (
    ReportFile,
    ReportTemplate,
    Section,
    SectionHead,
    Strings,
    Wording,
)
from report.templates.values import try_values
from report.templates.word.words import twice_said, word_words
from report.validate import checked
from report.yaml import Placed, parse_yaml

_FRONT_MATTER = re.compile(r"\A(\s*)---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_INHERITED = ("strings.yaml", "wording.yaml")
_OWN = ("values.yaml", "charts.yaml")
# What stands in for what a report must say and does not say rightly, so that the rest of it can be looked at.
_STAND_IN = {"title": "", "date": "2000-01-01", "sections": ["-.md"], "series": "", "kind": "", "issuer": "",
             "author": "", "parts": ["body"]}  # fmt: skip


def load_report(report_dir: Path, series_root: Path, below: Sequence[Path] = ()) -> ReportTemplate:
    """The template in `report_dir` over the series in `series_root` that it extends, base first; or over the folders
    `below`, where any are given.

    Raises ReportError with the mistakes of all its files at once: a file or series that is missing, YAML
    mistakes, unknown keys, parts and sections.
    """
    template, issues = try_report(report_dir, series_root, below)
    if issues or template is None:
        raise ReportError.all_of(issues)
    return template


def try_report(
    report_dir: Path, series_root: Path, below: Sequence[Path] = ()
) -> tuple[ReportTemplate | None, list[Issue]]:
    """The template as far as it can be read, None where what all reports share cannot, and every mistake (see
    `load_report`)."""
    report, series, issues = _report(report_dir, series_root, below)
    known = bool(report.lines or not issues)
    files, unread = _read_files(report_dir, series, report)
    values, mistaken = try_values(files["values.yaml"].files[0])
    about, _, wrong = mended(ReportFile, files["series.yaml"], _STAND_IN)
    strings, _, strange = mended(Strings, files["strings.yaml"])
    wording, _, worse = mended(Wording, files["wording.yaml"])
    charts = files["charts.yaml"].files[0]
    issues += [*unread, *(wrong if known else ()), *strange, *worse, *mistaken]
    issues += _namesakes(charts, files["values.yaml"].files[0])
    issues += _misnumbered(about, files["series.yaml"]) if about and known and not wrong else ()
    sections, missing = _sections(report_dir, files["series.yaml"])
    issues += missing
    if about is None or strings is None or wording is None:
        return None, issues
    hidden = {Path(issue.where.rpartition(":")[0]).name for issue in unread}
    return ReportTemplate(
        name=report_dir.name,
        report=about,
        places=files["series.yaml"],
        values=Made(values, None) if "values.yaml" in hidden else values,
        charts=Made(charts.data, None if "charts.yaml" in hidden else ()),
        where=_places(charts) | _places(files["values.yaml"].files[0]),
        sections=sections,
        strings=strings,
        wording=wording,
        words=files["strings.yaml"],
    ), issues


def _report(
    report_dir: Path, series_root: Path, below: Sequence[Path]
) -> tuple[Placed, Sequence[Path], list[Issue]]:
    """report.yaml and the folders below it; where one cannot be read, what stands in for it (all sections that there
    are, and the base), and its mistakes."""
    file = report_dir / "report.yaml"
    there = sorted(path.name for path in (report_dir / "sections").glob("*.md"))
    report = Placed(file.as_posix(), {"sections": there}, {})
    try:
        report = read_own(file)
        if not (below or report.data.get("extends")) and (series_root / "base").is_dir():
            known = "、".join(sorted(path.parent.name for path in series_root.glob("*/series.yaml")))
            hint = f"写上 extends: industry；已有：{known}"
            raise ReportError(f"{file.as_posix()}:1", "没有写 extends，不知道属于哪个系列", hint)
        return report, below or series_folders(report, series_root), []
    except ReportError as error:
        return report, below or [series_root / "base"], list(error.issues)


def _read_files(
    report_dir: Path, series: Sequence[Path], report: Placed
) -> tuple[dict[str, Layered], list[Issue]]:
    """The YAML files by name, the series' and the report's as layers; report.yaml comes over series.yaml. And the
    mistakes of those that cannot be read, which are left out."""
    paths = {name: [folder / name for folder in (*series, report_dir)] for name in _INHERITED}
    paths |= {name: [report_dir / name] for name in _OWN}
    about = [folder / "series.yaml" for folder in series]
    found, issues = try_each(path for group in (about, *paths.values()) for path in group if path.exists())
    found[report_dir / "report.yaml"] = report
    made = _made_in_word([*series, report_dir], found, issues)
    layers = [layer for path in (*about, report_dir / "report.yaml") for layer in made(path)]
    files = {"series.yaml": Layered(tuple(layers), report.file)}
    for name, group in paths.items():
        missing = group[-1].as_posix()
        layers = [layer for path in group for layer in made(path)]
        if name in _OWN and not layers:  # a report without charts has no charts.yaml
            layers = [Placed(missing, {}, {})]
        files[name] = Layered(tuple(layers), missing)
    return files, issues


def _made_in_word(
    folders: Sequence[Path], found: Mapping[Path, Placed], issues: list[Issue]
) -> Callable[[Path], list[Placed]]:
    """What gives the layers of a file: what it says, and what the template.docx beside it says in its place. A series'
    Word template lies over its words, for it was made of them; a report's lies below, and may not say what the report
    says itself. Mistakes go to `issues`."""
    word: dict[Path, Placed] = {}
    for folder in folders:
        own = (folder / "report.yaml").is_file()
        try:
            made = word_words(folder)
        except ReportError as error:
            issues += error.issues
            continue
        files = (folder / ("report.yaml" if own else "series.yaml"), folder / "strings.yaml")
        for path, layer in zip(files, made or (), strict=False):
            word[path] = layer
            issues += twice_said(layer, found[path]) if own and path in found else ()

    def layers(path: Path) -> list[Placed]:
        both = [one for one in (found.get(path), word.get(path)) if one]
        return both[::-1] if (path.parent / "report.yaml").is_file() else both

    return layers


def read_words(folders: Sequence[Path]) -> tuple[dict[str, Layered], list[Issue]]:
    """What the folders of a template (the base's first) say in series.yaml, report.yaml over it, and in strings.yaml:
    the layers of each; and the mistakes of what cannot be read."""
    *below, last = folders
    report = last / "report.yaml"
    if report.is_file():
        return _read_files(last, below, read_own(report))
    return _read_files(last, folders, Placed(report.as_posix(), {}, {}))


def _sections(report_dir: Path, about: Layered) -> tuple[tuple[Section, ...], list[Issue]]:
    """The sections that report.yaml lists, and what is wrong of them; one that is missing is told at its line there."""
    names = about.data.get("sections")
    found: list[Section] = []
    issues: list[Issue] = []
    for index, name in enumerate(names if isinstance(names, list) else []):
        try:
            path = _section(report_dir / "sections", str(name), about.where("sections", index))
        except ReportError as error:
            issues += [issue for issue in error.issues if issue not in issues]
            continue
        section, wrong = try_section_file(path)
        found += [section] if section else []
        issues += [issue for issue in wrong if issue not in issues]
    return tuple(found), issues


def _section(folder: Path, name: str, where: str) -> Path:
    known = sorted(path.name for path in folder.glob("*.md"))
    if name not in known:
        raise ReportError(where, f"没有 sections/{name} 这个文件", did_you_mean(name, known))
    return own_file(folder / name, folder.parent)


def try_section_file(path: Path) -> tuple[Section | None, list[Issue]]:
    """A section file as far as it can be read, None where it is not UTF-8, and what is wrong of it (its front matter
    too)."""
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None, [Issue(where=path.as_posix(), problem="不是 UTF-8 文件", hint="用编辑器另存为 UTF-8")]
    match = _FRONT_MATTER.match(text)
    if not match:
        if not text.lstrip().startswith("---"):
            return Section(file=path.as_posix(), text=text), []
        whole = Section(file=path.as_posix(), text=text.replace("---", "", 1))
        line = len(text) - len(text.lstrip())
        where = f"{path.as_posix()}:{text.count(chr(10), 0, line) + 1}"
        hint = "写成三行：---、part: abstract、---，下面是正文"
        return whole, [Issue(where=where, problem="开头的 --- 没有收尾", hint=hint)]
    rest, first = text[match.end() :], match[0].count("\n") + 1
    plain = Section(file=path.as_posix(), text=rest, first_line=first)
    try:
        head = parse_yaml(match[2], path.as_posix(), first_line=match[1].count("\n") + 2)
        about = checked(SectionHead, head.data, head.where)
    except ReportError as error:
        return plain, list(error.issues)
    return plain.model_copy(update={"part": about.part, "title": about.title}), []


def _misnumbered(about: ReportFile, places: Layered) -> Iterator[Issue]:
    """A serial that is not as its series wants it; 〔编号〕 is yet to be given."""
    pattern, given = about.serial_pattern, about.serial and not about.serial.startswith("〔")
    if given and pattern and not re.fullmatch(pattern, about.serial):
        like = re.sub(r"\\d\{(\d)\}", lambda few: "2026" if few[1] == "4" else "1".zfill(int(few[1])), pattern)
        hint = f"写成 {like} 这样；格式见 {places.where('serial_pattern')}"
        yield Issue(where=places.where("serial"), problem=f"编号“{about.serial}”不合本系列的格式", hint=hint)


def _namesakes(charts: Placed, values: Placed) -> Iterator[Issue]:
    """A chart and a value of one name would have one place in messages."""
    for name in charts.data:
        if name in values.data:
            hint = f"值“{name}”在 {values.where(name)}；给图改名"
            yield Issue(where=charts.where(name), problem=f"图“{name}”和一个值同名", hint=hint)


def _places(placed: Placed) -> dict[str, str]:
    """`file:line` of every entry by its dotted path."""
    return {".".join(map(str, place)): placed.where(*place) for place in placed.lines if place}
