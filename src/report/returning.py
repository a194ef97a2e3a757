"""Runs `report import-docx`: an edited Word file and the report that it came of become a patch to its sections."""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from report.content.nodes import Content, Origin
from report.errors import ReportError
from report.files import write_files
from report.opening import load_template, open_content, report_folder
from report.revision.findings import Finding, told
from report.templates.models import ReportTemplate, Section

if TYPE_CHECKING:
    from report.revision.merging import Clash
    from report.revision.written import Written


@dataclass(frozen=True)
class _File:
    """A section's file: its text as it stands, and as it should read."""

    path: Path
    raw: str
    mark: bool  # it begins with a byte order mark
    new: str

    @property
    def shown(self) -> str:
        """The path as a patch names it: from here, or whole."""
        path = Path(os.path.relpath(self.path))
        return self.path.resolve().as_posix().lstrip("/") if ".." in path.parts else path.as_posix()


def import_docx(file: Path, report: str, out: Path, *, apply: bool) -> Iterator[str]:
    """What an editor changed, in lines, and the patch; `apply` writes the sections instead of printing it.

    Raises ReportError for a file that is no Word file, or one of another report.
    """
    from report.revision.charts import chart_findings
    from report.revision.edited import read_edited
    from report.revision.revise import revise
    from report.sources.docx.package import WordError, open_package

    template = load_template(report)
    data = file.read_bytes()
    try:
        package = open_package(data)
        content, recorded = _content(file, data, report, template, out)
        charts = chart_findings(data)
    except WordError as error:
        raise ReportError(str(file), error.problem, error.hint) from None
    if package.footnotes is None and next(package.document.iter("{*}footnoteReference"), None) is not None:
        raise ReportError(str(file), "正文里有脚注的记号，文件里没有脚注（word/footnotes.xml）", "文件坏了，用好的那份")
    _refuse_varying(file, content)
    revision = revise(_written(file, content), read_edited(package), _evidence(report, template, out))
    files, later = _merged(content.sections, revision.sections, report, template)
    findings = [*revision.findings, *charts, *later, *_mistakes(files, template)]
    yield from ([] if recorded else [_UNRECORDED])
    yield from _since(content.sections, template)
    yield from told(findings)
    yield from _done(content.sections, revision.sections, template)
    changed = [one for one in files if one.new != one.raw]
    if not changed:
        yield "没有改动。" if not findings else "各节没有要改的。"
    elif apply:
        write_files({one.path: BOM_UTF8 * one.mark + one.new.encode() for one in changed})
        yield "已改写：" + "、".join(one.shown for one in changed)
    else:
        yield from _patches(changed)


_UNRECORDED = "Word 文件里没有导出时的底稿（另存时丢了），下面同现在生成的内容比较：导出之后各节若有改动，会混在里面。"


def _refuse_varying(file: Path, content: Content) -> None:
    """ReportError where the data decide which blocks of a section were printed: which line one came of is not told."""
    if varying := [origin.file for origin in content.sections if origin.varies]:
        problem = f"{'、'.join(varying)} 里有 when 或 for-each，印出的段落由数据定，改动采不回来"
        raise ReportError(str(file), problem, "直接改 sections/ 里的文件")


def _content(file: Path, data: bytes, report: str, template: ReportTemplate, out: Path) -> tuple[Content, bool]:
    """What was written, and whether the file itself has kept it."""
    from report.sources.docx.package import open_item
    from report.writers.docx.record import NAMESPACE

    item = open_item(data, NAMESPACE)
    if item is not None:
        try:
            content = Content.from_json(item.text or "")
        except msgspec.DecodeError:
            raise ReportError(str(file), "里面的底稿读不出来", "用同一版本的程序重新生成 Word 文件，再改") from None
        _refuse_other(file, content, template)
        return content, True
    place = out / template.name / "content.json"
    if not place.is_file():
        hint = f"先运行 make report，或核对是不是“{report}”的文件"
        raise ReportError(str(file), "里面没有导出时的底稿，也没有生成过的内容可比", hint)
    return _as_shown(open_content(place), place.with_name("layout.json")), False


def _as_shown(content: Content, layout: Path) -> Content:
    """The content in the order of the Word file, which lets figures and tables go on to where there is room."""
    from report.writers.docx.order import as_shown

    return as_shown(content, msgspec.json.decode(layout.read_bytes())) if layout.is_file() else content


def _written(file: Path, content: Content) -> Written:
    """What was written, out of a record that a stranger may have changed."""
    from report.revision.written import read_written

    try:
        return read_written(content)
    except (ReportError, ValueError, LookupError, AssertionError, StopIteration):
        raise ReportError(str(file), "里面的底稿前后对不上", "用这里生成的 Word 文件改，不要动它里面的部件") from None


def _refuse_other(file: Path, content: Content, template: ReportTemplate) -> None:
    """A file of another report: of another name, and none of its sections is one of ours."""
    ours = {section.text for section in template.sections}
    if content.report != template.name and not any(origin.text in ours for origin in content.sections):
        hint = f"写成 report import-docx {file.name} {content.report or '报告名'}"
        raise ReportError(str(file), f"这是报告“{content.report}”的 Word 文件，不是“{template.name}”的", hint)


def _evidence(report: str, template: ReportTemplate, out: Path) -> Mapping[str, str]:
    """The sentence behind each value, where the report has been built."""
    place = out / template.name / "content.json"
    if not place.is_file():
        return {}
    evidence = open_content(place).evidence
    return {
        name: f"文献[{found.witnesses[0].source}]“{found.witnesses[0].sentence}”"
        for name, found in evidence.items() if found.witnesses
    }  # fmt: skip


def _since(origins: Sequence[Origin], template: ReportTemplate) -> list[str]:
    """One line where sections have changed since the file was written."""
    now = {Path(section.file).name: section.text for section in template.sections}
    changed = [origin.file for origin in origins if now.get(origin.file) != origin.text]
    if not changed:
        return []
    hint = "编辑的改动并到现在的文字上；两边都改过的地方列在下面，没有采用。"
    return [f"导出之后，报告里改过：{'、'.join(changed)}。{hint}"]


def _done(origins: Sequence[Origin], revised: Mapping[str, str], template: ReportTemplate) -> list[str]:
    """One line where sections already read as the editor has it: the patch was applied before."""
    from report.revision.merging import done

    now = {Path(section.file).name: section.text.split("\n") for section in template.sections}
    counts = {
        origin.file: done(origin.text.split("\n"), revised[origin.file].split("\n"), now[origin.file])
        for origin in origins if origin.file in now
    }  # fmt: skip
    files = [file for file, count in counts.items() if count]
    return [f"已在报告里的改动（{sum(counts.values())} 处）：{'、'.join(files)}"] if files else []


def _merged(
    origins: Sequence[Origin], revised: Mapping[str, str], report: str, template: ReportTemplate
) -> tuple[list[_File], list[Finding]]:
    """Every section's file with the editor's changes, and what could not be taken into it."""
    from report.revision.merging import merge, relined

    folder = report_folder(report) / "sections"
    sections = {Path(section.file).name: section for section in template.sections}
    files: list[_File] = []
    findings: list[Finding] = []
    for origin in origins:
        new = revised[origin.file]
        section = sections.get(origin.file)
        if section is None:
            if new != origin.text:
                findings.append(Finding("refused", f"sections/{origin.file}", "报告里已没有这一节"))
            continue
        lines, clashes = merge(origin.text.split("\n"), new.split("\n"), section.text.split("\n"))
        findings += [_clashing(origin.file, section, clash) for clash in clashes]
        raw = (folder / origin.file).read_bytes()
        mark, text = raw.startswith(BOM_UTF8), raw.decode("utf-8-sig")
        head = _lines(text)[: section.first_line - 1]
        same = lines == section.text.split("\n")
        files.append(_File(folder / origin.file, text, mark, text if same else relined(text, _whole(head, lines))))
    return files, findings


def _whole(head: Sequence[str], lines: Sequence[str]) -> list[str]:
    """The lines of a file; the empty one behind its last line end is none."""
    return [*head, *(lines[:-1] if lines and not lines[-1] else lines)]


def _clashing(file: str, section: Section, clash: Clash) -> Finding:
    text = "报告里这一处也改过，编辑的改动没有采用：" + (" ".join(clash.lines).strip() or "（删去）")
    return Finding("refused", f"sections/{file}:{section.first_line + clash.line - 1}", text)


def _mistakes(files: Sequence[_File], template: ReportTemplate) -> list[Finding]:
    """What the next build would tell of the changes."""
    from report.revision.mistakes import new_mistakes

    new = {file.path.name: file.new for file in files if file.new != file.raw}
    after = [_read_again(section, new.get(Path(section.file).name)) for section in template.sections]
    return new_mistakes(template.sections, after, template.strings.labels) if new else []


def _read_again(section: Section, text: str | None) -> Section:
    """A section with another text of its whole file."""
    if text is None:
        return section
    return section.changed({"text": "\n".join(_lines(text)[section.first_line - 1 :])})


def _lines(text: str) -> list[str]:
    return re.split("\r\n|\r|\n", text)


def _patches(files: Sequence[_File]) -> Iterator[str]:
    from report.revision.merging import patch

    for file in files:
        yield patch(file.shown, "\ufeff" * file.mark + file.raw, "\ufeff" * file.mark + file.new).removesuffix("\n")
