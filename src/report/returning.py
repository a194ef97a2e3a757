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
    from lxml.etree import _Element  # type: ignore[import-untyped]

    from report.revision.merging import Clash
    from report.revision.pieces import Edited
    from report.revision.written import Written
    from report.sources.docx.package import Package


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
    from report.revision.revise import revise

    template = load_template(report)
    word = _word(file, template, out)
    origins = word.content.sections
    revision = revise(_written(file, word.content), word.edited, _evidence(template, out))
    files, later = _merged(origins, revision.sections, report, template)
    findings = [*revision.findings, *word.beside, *later, *_mistakes(files, template)]
    yield from ([] if word.recorded else [_UNRECORDED])
    yield from _since(origins, template, clashing=bool(later))
    yield from told(findings)
    yield from _done(origins, revision.sections, template)
    changed = [one for one in files if one.new != one.raw]
    if not changed:
        yield _nothing(findings)
    elif apply:
        write_files({one.path: BOM_UTF8 * one.mark + one.new.encode() for one in changed})
        yield "已改写：" + "、".join(one.shown for one in changed)
    else:
        yield from _patches(changed)


@dataclass(frozen=True)
class _Word:
    """An edited file: what was written, whether the file itself has kept it, what came back of it, and what was found
    beside its text."""

    content: Content
    recorded: bool
    edited: Edited
    beside: list[Finding]


def _word(file: Path, template: ReportTemplate, out: Path) -> _Word:
    """The edited file, read. Raises ReportError for one that is broken, another report's, or no Word file."""
    from report.revision.atoms import words
    from report.revision.beside import furniture_findings, title_findings
    from report.revision.charts import chart_findings
    from report.revision.edited import read_edited
    from report.sources.docx.package import WordError, open_item, open_package, open_part
    from report.writers.docx.record import NAMESPACE

    data = _bytes(file)
    try:
        package = open_package(data)
        record = open_item(data, NAMESPACE)
        edited = read_edited(package, open_part(data, "word/commentsExtended.xml"))
        content = _content(file, package, record, template, out)
        titles = [words(piece.atoms) for piece in edited.pieces if piece.kind.startswith("heading")]
        beside = chart_findings(data)
        beside += furniture_findings(data, record, [content.front.title, *titles]) if record is not None else []
    except WordError as error:
        raise ReportError(str(file), error.problem, error.hint) from None
    if package.footnotes is None and next(package.document.iter("{*}footnoteReference"), None) is not None:
        raise ReportError(str(file), "正文里有脚注的记号，文件里没有脚注（word/footnotes.xml）", "文件坏了，用好的那份")
    return _Word(content, record is not None, edited, [*beside, *title_findings(package, content.front.title)])


_UNRECORDED = "Word 文件里没有导出时的底稿（另存时丢了），下面同现在生成的内容比较：导出之后各节若有改动，会混在里面。"
_MOST = 3  # sentences that are quoted for a figure


def _nothing(findings: Sequence[Finding]) -> str:
    """The last line where no section changes."""
    if not findings:
        return "没有改动。"
    return "各节没有改动，只有批注。" if {one.topic for one in findings} == {"comment"} else "各节没有要改的。"


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise ReportError(str(file), "没有这个文件" if not file.exists() else "这是文件夹", "写改过的 Word 文件的路径")
    return file.read_bytes()


def _content(file: Path, package: Package, record: _Element | None, template: ReportTemplate, out: Path) -> Content:
    """What was written: out of the record in the file, else as it was built last."""
    if record is not None:
        try:
            content = Content.from_json(record.text or "")
        except msgspec.DecodeError:
            raise ReportError(str(file), "里面的底稿读不出来", "用同一版本的程序重新生成 Word 文件，再改") from None
        _refuse_other(file, content, template)
        return content
    if not _is_ours(package):
        problem = "里面没有导出时的底稿，也没有数据的控件和各类段落的样式：是别的程序重新写出的文件，改动认不出来"
        raise ReportError(str(file), problem, "在 Word、WPS 或 LibreOffice 里改用这里生成的 Word 文件，再存成 .docx")
    place = out / template.name / "content.json"
    if not place.is_file():
        hint = f"先运行 make report，或核对是不是“{template.name}”的文件"
        raise ReportError(str(file), "里面没有导出时的底稿，也没有生成过的内容可比", hint)
    return _as_shown(open_content(place), place.with_name("layout.json"))


def _is_ours(package: Package) -> bool:
    """Whether a file still has something of what is written here: its controls, or a style of captions and sources."""
    styles = () if package.styles is None else package.styles.iter("{*}name")
    names = {value for style in styles for value in style.attrib.values()}
    return next(package.document.iter("{*}sdt"), None) is not None or bool(names & {"图题", "表题", "资料来源"})


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


def _evidence(template: ReportTemplate, out: Path) -> Mapping[str, str]:
    """The sentence behind each value, where the report has been built."""
    place = out / template.name / "content.json"
    if not place.is_file():
        return {}
    evidence = open_content(place).evidence
    said: dict[str, str] = {}
    for name, found in evidence.items():
        parents = [evidence[parent] for parent in found.parents if parent in evidence]
        witnesses = [one.witnesses[0] for one in (found, *parents) if one.witnesses]
        quoted = "；".join([*dict.fromkeys(f"文献[{one.source}]“{one.sentence}”" for one in witnesses)][:_MOST])
        formula = f"由 {found.formula} 算出" if found.formula else ""
        said[name] = "，".join(filter(None, (formula, quoted)))
    return {name: text for name, text in said.items() if text}


def _since(origins: Sequence[Origin], template: ReportTemplate, *, clashing: bool) -> list[str]:
    """One line where sections have changed since the file was written."""
    now = {Path(section.file).name: section.text for section in template.sections}
    changed = [origin.file for origin in origins if now.get(origin.file) != origin.text]
    if not changed:
        return []
    hint = "编辑的改动并到现在的文字上" + "；两边都改过的地方列在下面，没有采用" * clashing
    return [f"导出之后，报告里改过：{'、'.join(changed)}。{hint}。"]


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
