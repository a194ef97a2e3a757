"""Checks a template whole: every mistake of all its files in one run, told as the press itself tells them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from report.charts.chart import Chart
from report.charts.drawing import Drawing
from report.charts.layout import lay_out as draw
from report.charts.load import try_load
from report.charts.resolve import try_charts
from report.content.compose import shown_charts, try_compose, unused_values
from report.content.markdown import try_section
from report.content.nodes import Content
from report.content.wording import check_runs
from report.content.written import SectionRuns, chart_runs, own_runs
from report.dataset.models import BoundValue, Dataset
from report.dataset.values import try_bind
from report.dataset.witnesses import with_values
from report.errors import Issue, ReportError
from report.names import Made, did_you_mean
from report.opening import SERIES, template_folder, used_documents
from report.rehearsal import Reading, dataset_of, read_sources
from report.templates.layers import skeleton_of, template_chain
from report.templates.load import try_report
from report.templates.models import ReportTemplate
from report.theme.fonts import FontLibrary, font_issues
from report.theme.layers import try_theme_layers
from report.theme.load import try_theme
from report.theme.theme import Theme
from report.theme.unheeded import unheeded
from report.theme.word import stand_ins
from report.validate import in_order
from report.verify.names import check_alt, check_names
from report.writers.pdf.book import lay_out
from report.writers.pdf.mistakes import every_mistake, placed

T = TypeVar("T")
OWN = ("report.yaml", "series.yaml", "values.yaml", "charts.yaml", "strings.yaml", "wording.yaml", "theme.yaml")
KNOWN = (*OWN, "sections", "skeleton", "README.md", "template.docx")
WORDS = (".docx", ".docm", ".doc", ".dotx", ".dotm", ".odt", ".wps")
WORD = "改样子的 Word 文件在 Word 里另存为 .docx 格式，文件名用 template.docx"
COVER = "封面"  # what is told of where its lines do not fit
NAMES = {"题名": "title", "副题": "subtitle", "关键词": "keywords"}  # as verification calls them, and report.yaml


def check_template(template: str, seeds: Path, out: Path) -> str:
    """All mistakes of a report's or a series' template (its name or folder), raised as one ReportError; with none, a
    line that says so, and the warnings.

    A series is checked through its skeleton. What the stages made of the sources in `seeds` below `out` is used where
    it is newer than they are; nothing is written.
    """
    check = _Check(template_folder(template))
    check.run(seeds, out)
    if check.issues:
        raise ReportError.all_of(in_order(check.issues))
    warnings = in_order(check.warnings)
    return "\n".join([f"{check.folder.as_posix()}：没有错误" + (f"，{len(warnings)} 处提醒：" if warnings else ""),
                      *map(str, warnings)])


@dataclass
class _Check:
    """What is wrong with the template in a folder, in `issues`; what may be meant so, in `warnings`."""

    folder: Path
    issues: list[Issue] = field(default_factory=list)
    warnings: list[Issue] = field(default_factory=list)

    def run(self, seeds: Path, out: Path) -> None:
        chain = self._try(lambda: template_chain(self.folder, SERIES)) or [SERIES / "base", self.folder]
        whole = (self.folder / "report.yaml").is_file()
        report = self.folder if whole else skeleton_of(chain)
        theme = self._theme([*chain, *([] if whole else [report])])
        template = self._told(try_report(report, SERIES, () if whole else chain))
        self.warnings += _strays(self.folder)
        library = FontLibrary(theme) if theme else None
        if template is not None:
            self._report(template, read_sources(seeds, out), library)

    def _try(self, make: Callable[[], T]) -> T | None:
        """What is made; None where it cannot be, its mistakes told."""
        try:
            return make()
        except ReportError as error:
            self.issues += error.issues
            return None

    def _told(self, made: tuple[T, Sequence[Issue]]) -> T:
        self.issues += made[1]
        return made[0]

    def _theme(self, folders: Sequence[Path]) -> Theme | None:
        layers = self._told(try_theme_layers(folders, SERIES))
        self.issues += unheeded(layers)
        self.warnings += stand_ins(layers)
        theme = self._told(try_theme(layers))
        if theme is None:
            return None
        found = font_issues(FontLibrary(theme))
        self.issues += [issue.changed({"where": layers.where("files", key)}) for key, issue in found]
        used = {file for font in theme.fonts.values() for file in font.all_files()}
        return None if used & {key for key, _ in found} else theme

    # ------------------------------------------------------------ what the report says

    def _report(self, template: ReportTemplate, readings: Sequence[Reading], library: FontLibrary | None) -> None:
        data = self._dataset(template, readings)
        values = self._told(try_bind(template.values, data, template.where))
        dataset = with_values(data, values)
        specs = self._told(try_load(template.charts, template.where))
        documents = {found.id: found.doc for found in dataset.observations}
        charts = self._told(try_charts(specs, values, template.where, documents))
        content = self._told(try_compose(template, dataset, values, charts))
        if content is None:
            return
        self._wording(template, content, charts, values)
        self._names(template, content, charts, dataset)
        if library is not None:
            self._pages(template, content, charts, library)
        absent = list(_absent(template, values))
        told = {issue.where for issue in absent}
        unused = [issue for issue in unused_values(template, content) if issue.where not in told]
        self.warnings += [*absent, *unused, *_unused_charts(template, content, specs), *_unlisted(template)]

    def _dataset(self, template: ReportTemplate, readings: Sequence[Reading]) -> Dataset:
        """The dataset of the sources that the report names; of all where what it says of them is wrong."""
        sources = [reading.source for reading in readings]
        used = self._try(lambda: used_documents("", template, sources)) or sources
        kept = [reading for reading in readings if reading.source in used]
        return self._try(lambda: dataset_of(template, kept, used)) or dataset_of(template, kept, used, ranked=False)

    def _wording(
        self, template: ReportTemplate, content: Content, charts: Mapping[str, Chart], values: Mapping[str, BoundValue]
    ) -> None:
        """Words that the house's list does not allow, where they are written."""
        runs = [*own_runs(template, content), *chart_runs(template, charts)]
        for section, origin in zip(template.sections, content.sections, strict=True):
            runs += SectionRuns(try_section(section, values)[0], content, origin.printed).all()
        self.issues += check_runs(runs, template.wording)

    def _names(
        self, template: ReportTemplate, content: Content, charts: Mapping[str, Chart], dataset: Dataset
    ) -> None:
        """Figures where no value can stand: in the report's names, and in a chart's words for those who cannot see."""
        for finding in (*check_names(content).findings, *check_alt(charts, content, dataset, frozenset()).findings):
            if finding.where in NAMES:
                place = template.places.where(NAMES[finding.where])
            else:
                place = template.where.get(finding.where.removeprefix("图 "), "")
            if place:
                self.issues.append(Issue(where=place, problem=f"手写的数字：{finding.text}", hint="题名里只能有年份"))

    # ------------------------------------------------------------ how it looks

    def _pages(
        self, template: ReportTemplate, content: Content, charts: Mapping[str, Chart], library: FontLibrary
    ) -> None:
        """What cannot be set: characters that no font has, charts and tables that do not fit."""
        drawings: dict[str, Drawing] = {}
        for name, chart in charts.items():
            try:
                drawings[name] = draw(chart, library.theme, library)
            except ReportError as error:
                self.issues += [issue.changed({"where": template.where[name]}) for issue in error.issues]
        folder = Path(template.sections[0].file).parent if template.sections else self.folder
        title = template.places.where("title")
        self.issues += [issue.changed({"where": title}) if issue.where == COVER else _at_home(issue, folder)
                        for issue in _unset(content, library, drawings)]


def _unset(content: Content, library: FontLibrary, drawings: Mapping[str, Drawing]) -> Sequence[Issue]:
    """What cannot be set of a report, with its charts as far as they could be drawn."""
    if shown_charts(content) - drawings.keys():
        return every_mistake(content, library, drawings)
    try:
        lay_out(content, library.theme, library, drawings)
    except ReportError as error:
        return placed(error, content, library, drawings).issues
    return ()


def _at_home(issue: Issue, folder: Path) -> Issue:
    """An issue that names a section's file by its name alone, with the whole path."""
    name = issue.where.partition(":")[0]
    return issue.changed({"where": (folder / issue.where).as_posix()}) if (folder / name).is_file() else issue


def _strays(folder: Path) -> Iterator[Issue]:
    """Files of the template's folder that nothing reads."""
    for path in sorted(folder.iterdir()):
        if path.name not in KNOWN and not path.name.startswith((".", "~$")):
            hint = WORD if path.suffix.lower() in WORDS else did_you_mean(path.name, OWN, "可以删去")
            yield Issue(where=path.as_posix(), problem="没有用到这个文件", hint=hint)


def _unlisted(template: ReportTemplate) -> Iterator[Issue]:
    """Sections that report.yaml does not name."""
    listed = {Path(section.file) for section in template.sections}
    for folder in {path.parent for path in listed}:
        for path in sorted(set(folder.glob("*.md")) - listed):
            yield Issue(where=path.as_posix(), problem="没有列入 sections，不印", hint="在 report.yaml 里列上，或删去")


def _unused_charts(template: ReportTemplate, content: Content, specs: Iterable[str]) -> Iterator[Issue]:
    shown = shown_charts(content)
    for name in specs:
        if name not in shown:
            hint = f"写进正文：![图题](chart:{name})，或删去"
            yield Issue(where=template.where[name], problem=f"图“{name}”没有用到", hint=hint)


def _absent(template: ReportTemplate, values: Made[BoundValue]) -> Iterator[Issue]:
    for name in sorted(values.absent):
        yield Issue(where=template.where[name], problem=f"值“{name}”可缺，现有的文献里没有", hint="若应该有，检查 find")
