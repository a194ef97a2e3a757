"""The command line: one sub-command per stage and per user task."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report import questions, stages
from report.running import run_stage, telling

if TYPE_CHECKING:
    from report.observations.observation import Observation
    from report.observations.showing import Ink
    from report.sources.document import Document

FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)
OUT = click.Path(path_type=Path)
VERBOSE = click.option("--verbose", is_flag=True, help="出错时附上调用栈。")
LOG = click.option("--log", type=OUT, help="日志文件。")


INTO = click.option("--output", type=OUT, required=True, help="写到哪个文件夹。")


def _option(name: str, kind: click.Path = OUT) -> Callable[[Any], Any]:
    return click.option(name, type=kind, required=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """政策报告印制：从文献到核验过的 PDF、Word 与网页。"""


def stage(name: str) -> Callable[[Callable[..., str]], click.Command]:
    """Make a function that returns what it did into a sub-command with --log and --verbose."""

    def decorate(function: Callable[..., str]) -> click.Command:
        def run(log: Path | None, verbose: bool, **arguments: Any) -> None:
            run_stage(lambda: function(**arguments), log, verbose)

        run.__doc__ = function.__doc__
        run.__click_params__ = getattr(function, "__click_params__", [])  # type: ignore[attr-defined]
        return cli.command(name)(LOG(VERBOSE(run)))

    return decorate


@stage("read")
@click.argument("seed", type=FILE)
@_option("--output")
def read(seed: Path, output: Path) -> str:
    """一份文献 → 文档（JSON）。"""
    return stages.read(seed, output)


CORRECTIONS = click.option("--corrections", type=FILE, help="更正（corrections.yaml）。")


@stage("extract")
@click.argument("inputs", type=FILE, nargs=-1, required=True)
@click.option("--output", type=OUT, help="数据写到哪里。")
@click.option("--events", type=OUT, help="大事（某日某人作了某事）写到哪里。")
@CORRECTIONS
@click.option("--show", is_flag=True, help="在终端里显示文献，标出读到的数据。")
def extract(
    inputs: tuple[Path, ...], output: Path | None, events: Path | None, corrections: Path | None, show: bool
) -> str:
    """文献或文档 → 数据，每行一条；只用 --show 时不写文件。"""
    if not output and not show:
        raise click.UsageError("Missing option '--output' (or '--show').")
    return stages.extract(inputs, output, events, corrections, _show if show else None)


def _show(document: Document, observations: Sequence[Observation]) -> None:
    from report.observations.showing import show

    for line in show(document, observations, *_terminal()):
        click.echo(line)


def _terminal() -> tuple[Ink, int]:
    """How to set off figures on standard output, and its width: in colour where it is a terminal, else 0 for any."""
    from report.observations.showing import COLOUR, PLAIN

    if not sys.stdout.isatty():
        return PLAIN, 0
    coloured = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return COLOUR if coloured else PLAIN, shutil.get_terminal_size().columns


SEEDS = click.option("--seeds", type=FOLDER, required=True, help="文献文件所在的文件夹。")
DOCUMENTS = click.option("--documents", type=FOLDER, required=True, help="文档（.json）所在的文件夹。")


@stage("reconcile")
@click.argument("report")
@SEEDS
@DOCUMENTS
@click.option("--observations", type=FOLDER, required=True, help="数据与大事（.jsonl）所在的文件夹。")
@_option("--output")
def reconcile(report: str, seeds: Path, documents: Path, observations: Path, output: Path) -> str:
    """各份文献的文档与数据 → 核对过的数据集。"""
    return stages.reconcile(report, seeds, documents, observations, output)


@stage("digest")
@SEEDS
@DOCUMENTS
@click.option("--observations", type=FOLDER, required=True, help="数据与大事（.jsonl）所在的文件夹。")
@_option("--output")
def digest(seeds: Path, documents: Path, observations: Path, output: Path) -> str:
    """各份文献的文档与数据 → 摘编的模板（写成一个文件夹）。"""
    return stages.digest(seeds, documents, observations, output)


@stage("draw")
@click.argument("report")
@click.argument("dataset", type=FILE)
@_option("--output")
@_option("--theme")
def draw(report: str, dataset: Path, output: Path, theme: Path) -> str:
    """数据集 → 图（PDF、SVG、PNG、CSV）；另把样式各层合成一份（theme.json），供排版用。"""
    return stages.draw(report, dataset, output, theme)


@stage("compose")
@click.argument("report")
@click.argument("dataset", type=FILE)
@_option("--output")
def compose(report: str, dataset: Path, output: Path) -> str:
    """模板与数据集 → 报告内容。"""
    return stages.compose(report, dataset, output)


@stage("write-pdf")
@click.argument("content", type=FILE)
@_option("--theme", FILE)
@_option("--charts", FOLDER)
@_option("--output")
@_option("--layout")
def write_pdf(content: Path, theme: Path, charts: Path, output: Path, layout: Path) -> str:
    """报告内容 → PDF 与版面数据。"""
    return stages.write_pdf(content, theme, charts, (output, layout))


@stage("write-docx")
@click.argument("content", type=FILE)
@_option("--theme", FILE)
@_option("--charts", FOLDER)
@_option("--layout", FILE)
@click.option("--evidence", is_flag=True, help="每个数据加一条批注，写明出处。")
@_option("--output")
def write_docx(content: Path, evidence: bool, output: Path, **made: Path) -> str:
    """报告内容 → Word 文件。"""
    return stages.write_docx(content, made, output, evidence=evidence)


@stage("write-html")
@click.argument("content", type=FILE)
@_option("--theme", FILE)
@_option("--charts", FOLDER)
@_option("--output")
def write_html(content: Path, theme: Path, charts: Path, output: Path) -> str:
    """报告内容 → 网页。"""
    return stages.write_html(content, theme, charts, output)


@stage("reprint")
@click.argument("seed", type=FILE)
@INTO
def reprint(seed: Path, output: Path) -> str:
    """一份成篇的报告（有标题、脚注）→ 重新排版的 PDF 与 Word（重排测试稿）。"""
    from report import reprinting

    return reprinting.reprint(seed, output)


@stage("verify")
@click.argument("report")
@SEEDS
@DOCUMENTS
@_option("--output")
def verify(report: str, seeds: Path, documents: Path, output: Path) -> str:
    """核验一份报告的全部产物。"""
    return stages.verify(report, seeds, documents, output)


@cli.command("diff")
@click.argument("old", type=FOLDER)
@click.argument("new", type=FOLDER)
@click.option("--html", type=OUT, help="另写一张网页，改动处有标记。")
@VERBOSE
def diff(old: Path, new: Path, html: Path | None, verbose: bool) -> None:
    """同一份报告的两次生成有什么不同：数据、文句、来源、核校。"""
    with telling(verbose):
        click.echo(questions.diff(old, new, html))


@cli.command("trace")
@click.argument("report")
@click.argument("text", default="")
@click.option("--out", type=OUT, default="output", show_default=True, help="报告生成在哪个文件夹。")
@VERBOSE
def trace(report: str, text: str, out: Path, verbose: bool) -> None:
    """一个数据是谁说的：原句、位置、文献、网址；不写数字则列出全部数据。"""
    with telling(verbose):
        for line in questions.trace(report, text, out)(*_terminal()):
            click.echo(line)


@cli.command("import-docx")
@click.argument("file", type=OUT)
@click.argument("report")
@click.option("--apply", is_flag=True, help="把改动写进 sections/；不写这一项只打印补丁。")
@click.option("--out", type=OUT, default="output", show_default=True, help="报告生成在哪个文件夹。")
@VERBOSE
def import_docx(file: Path, report: str, apply: bool, out: Path, verbose: bool) -> None:
    """改过的 Word 文件 → 各节（sections/*.md）的补丁，另列修订、批注和不能采用的改动。"""
    from report import returning

    with telling(verbose):
        for line in returning.import_docx(file, report, out, apply=apply):
            click.echo(line)


@stage("new")
@click.argument("name")
@click.option("--series", required=True, help="系列：templates/series 下的文件夹名。")
def new(name: str, series: str) -> str:
    """新写一份报告：照系列的底稿建一个文件夹，可以直接生成。"""
    from report import authoring

    return authoring.new(name, series)


@stage("check-template")
@click.argument("template")
@click.option("--seeds", type=FOLDER, default="seeds", show_default=True, help="文献文件所在的文件夹。")
@click.option("--out", type=OUT, default="output", show_default=True, help="已读出的数据在哪个文件夹。")
def check_template(template: str, seeds: Path, out: Path) -> str:
    """一份报告或一个系列的模板有哪些错：一次全列出来，什么也不写。"""
    from report.checking import check_template as checked

    return checked(template, seeds, out)


@stage("specimen")
@click.argument("template")
@INTO
def specimen(template: str, output: Path) -> str:
    """一个系列（报告、样子）的样张：每种文字、每种图，PDF 与 Word，不要资料。"""
    from report.specimen import specimen as printed

    return printed(template, output)


@stage("export-template")
@click.argument("template")
@_option("--output")
def export_template(template: str, output: Path) -> str:
    """一个系列（报告、样子）→ Word 文件：像一份排好的报告，列出全部样式；改好后存成 template.docx。"""
    from report.exporting import export_template as exported

    return exported(template, output)


@stage("fonts")
@click.argument("report", default="ai-talent")
def fonts(report: str) -> str:
    """每种字体角色由哪个文件承担，报告的字里它缺哪些。"""
    return questions.fonts(report)


@cli.command("build")
@click.option("--seeds", default="seeds", show_default=True, help="文献文件所在的文件夹。")
@click.option("--out", default="output", show_default=True, help="生成到哪个文件夹。")
@VERBOSE
def build(seeds: str, out: str, verbose: bool) -> None:
    """运行整个流程（make report 所做的事）。"""
    from report.workflow import run_workflow

    with telling(verbose):
        run_workflow(Path(seeds), Path(out))
