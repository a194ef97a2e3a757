"""The recipes of the manual: read from it, followed in a copy of the templates, and what the press then makes."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

from click.testing import CliRunner
from docx import Document
from docx.shared import Pt, RGBColor

from report.charts.drawing import Drawing
from report.charts.layout import lay_out as draw
from report.commands import cli
from report.content.compose import compose
from report.content.nodes import Content
from report.opening import load_template, open_theme, resolved_charts
from report.rehearsal import bound_dataset, read_sources
from report.sources.seeds import seeds_in
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme
from report.writers.pdf.book import lay_out
from report.writers.pdf.layout import Layout
from report.writers.pdf.write import write_pdf
from tests.project import ROOT, nodes

MANUAL = ROOT / "templates/README.md"
REFERENCE = "\n## 备查"  # behind the tasks stands what one looks up
HEADING = re.compile(r"^(##|###) (.+)$", re.M)
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
TARGET = re.compile(r"`((?:templates|seeds)/[^`]+\.\w+)`")
FOLDER = re.compile(r"templates/reports/([^/]+)/")
MAKES = re.compile(r"report ((?:new|export-template) .+)")
SOURCE, REPORT, IN_WORD = "加一份资料", "新写一份报告", "在 Word 里改样子"
SAMPLE = "ai-talent"  # the report that most recipes change
NESTS = re.compile(r"[^#]+:\s*(#.*)?")  # the line of an entry that has others below it
ENTRY = re.compile(r"^(?=[^\s#\-}\]])", re.M)  # where an entry of a YAML file begins


@dataclass(frozen=True)
class Step:
    """One block of a recipe: lines for the file `target`, or, with none, commands (sh) or what the press says (text).
    `yml` is YAML that is written wrongly."""

    language: str
    text: str
    target: str = ""


@dataclass(frozen=True)
class Recipe:
    """What stands under one heading of the manual's tasks: `task` is the heading of the second rank above it."""

    task: str
    title: str
    steps: tuple[Step, ...]

    @property
    def report(self) -> str:
        """The report that it changes or makes."""
        return next((found[1] for step in self.steps if (found := FOLDER.match(step.target))), SAMPLE)


def tasks(manual: str) -> str:
    """The manual up to its reference part."""
    return manual.partition(REFERENCE)[0]


def recipes(manual: str | None = None) -> dict[str, Recipe]:
    """The recipes by heading, in order; headings without a block are none."""
    text = tasks(MANUAL.read_text("utf-8") if manual is None else manual)
    found: dict[str, Recipe] = {}
    task = ""
    marks = list(HEADING.finditer(FENCE.sub(lambda block: "~" * len(block[0]), text)))
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        task = mark[2] if mark[1] == "##" else task
        body = text[mark.end() : after.start() if after else len(text)]
        if steps := tuple(_steps(body)):
            assert mark[2] not in found, f"two headings {mark[2]}"
            found[mark[2]] = Recipe(task, mark[2], steps)
    return found


def _steps(body: str) -> Iterator[Step]:
    """The blocks; the last file named in the paragraph directly above a block is its target."""
    end = 0
    for block in FENCE.finditer(body):
        above = body[end : block.start()].strip().rpartition("\n\n")[2]
        named = TARGET.findall(above) if block[1] != "sh" else []
        yield Step(block[1], block[2], named[-1] if named else "")
        end = block.end()


def follow(recipe: Recipe) -> None:
    """Do in the working folder, a project, what the recipe's blocks ask for, and before it what the manual says comes
    before. Of its commands only those are run that make files to work on."""
    for step in [*_before(recipe), *recipe.steps]:
        if step.target:
            write(step)
        elif command := MAKES.search(step.text) if step.language == "sh" else None:
            report(*command[1].split())
    if recipe.title == IN_WORD:
        edit_in_word()


def report(*words: object) -> str:
    """What `report …` says, run in this process."""
    result = CliRunner().invoke(cli, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


def edit_in_word(*, directly: bool = False) -> None:
    """What the manual asks an author to do in Word; `directly`: the colour on the words, and not in their style."""
    document = Document("output/样子.docx")
    heading, green = document.styles["Heading 1"], RGBColor.from_string("0B4F3C")
    if directly:
        specimen = next(one for one in document.paragraphs if one.style and one.style.name == heading.name)
        specimen.runs[0].font.color.rgb = green
    else:
        heading.font.color.rgb, heading.font.size = green, Pt(22)
        document.styles["Body Text"].font.size = Pt(14)
    document.save(f"templates/reports/{SAMPLE}/template.docx")


def _before(recipe: Recipe) -> list[Step]:
    """The new report is written on the source that the task before it adds."""
    added = recipes()[SOURCE].steps if recipe.title == REPORT else ()
    return [step for step in added if step.target.startswith("seeds/")]


def write(step: Step) -> None:
    """The block's lines into its file as the manual says: a diff's where the old lines stand, entries of YAML among
    those that are there, anything else whole."""
    path = Path(step.target)
    old = path.read_text("utf-8") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    if step.language == "diff":
        path.write_text(patched(old, step), "utf-8")
    elif old and step.language in ("yaml", "yml"):
        path.write_text(merged(old, step.text), "utf-8")
    else:
        path.write_text(step.text, "utf-8")


def patched(old: str, step: Step) -> str:
    """The file with the - lines of a diff replaced by its + lines, at the one place where they stand."""
    lines = step.text.splitlines(keepends=True)
    before = "".join(line[1:] or "\n" for line in lines if line[0] != "+")
    after = "".join(line[1:] or "\n" for line in lines if line[0] != "-")
    assert old.count(before) == 1, f"{step.target} 里没有手册所说的几行（或不止一处）：\n{before}"
    return old.replace(before, after)


def merged(old: str, new: str) -> str:
    """A YAML file with these entries: what stands below a name that is there already goes in below it, anything else
    takes the place of the entry of its name, or the end."""
    found = _entries(old)
    for name, text in _entries(new).items():
        head, _, below = text.partition("\n")
        was, _, held = found.get(name, "").partition("\n")
        if NESTS.fullmatch(head) and NESTS.fullmatch(was) and ENTRY.match(dedent(below)):
            text = f"{was}\n{indent(merged(dedent(held), dedent(below)), '  ')}"
        found[name] = text
    return "".join(text if text.endswith("\n") else text + "\n" for text in found.values())


def _entries(text: str) -> dict[str, str]:
    """Entries by name; what stands above the first has no name."""
    head, *rest = ENTRY.split(text)
    return {**({"": head} if head else {}), **{part.partition(":")[0]: part for part in rest}}


@dataclass(frozen=True)
class Made:
    """A report as the press makes it: what the tests of a recipe look at."""

    theme: Theme
    content: Content
    drawings: Mapping[str, Drawing]
    layout: Layout

    def pdf(self) -> bytes:
        """Its pages, painted."""
        return write_pdf(self.content, self.theme, FontLibrary(self.theme), self.drawings)[0]

    def printed(self) -> dict[str, set[str]]:
        """What the report prints where it names a value, by name."""
        found: dict[str, set[str]] = {}
        for node in nodes(json.loads(self.content.to_json())):
            if node.get("type") == "value":
                found.setdefault(node["name"], set()).add(node["text"])
        return found


def make(report: str, read: Path) -> Made:
    """The report of that name in the project that is the working folder; `read` holds what was read of its sources
    (see `read_all`). Nothing is written."""
    template = load_template(report)
    dataset, values = bound_dataset(template, read_sources(Path("seeds"), read))
    charts = resolved_charts(template, dataset, values)
    content = compose(template, dataset, values, charts)
    theme = open_theme(report)
    library = FontLibrary(theme)
    drawings = {name: draw(chart, theme, library) for name, chart in charts.items()}
    return Made(theme, content, drawings, lay_out(content, theme, library, drawings))


def read_all(read: Path) -> Path:
    """What the stages make of every source, in that folder: so that it is done once, and not for every recipe."""
    for source in seeds_in(ROOT / "seeds"):
        document = read / f"documents/{source.stem}.json"
        figures, events = (read / f"observations/{source.stem}{end}" for end in (".jsonl", ".events.jsonl"))
        report("read", source, "--output", document)
        report("extract", document, "--output", figures, "--events", events)
    return read


def copy_templates(folder: Path) -> Path:
    """The templates and seeds as they are, in a folder of their own: all that a report is made of."""
    for name in ("templates", "seeds"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


@contextmanager
def working(folder: Path) -> Iterator[Path]:
    """That folder, as the working folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield folder
    finally:
        os.chdir(before)
