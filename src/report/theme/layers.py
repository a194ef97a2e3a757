"""The layers of a look: the theme that a report or its series chooses, then what each of them changes of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from report.errors import Issue, ReportError
from report.names import did_you_mean
from report.templates.bounds import read_own
from report.templates.layers import template_chain
from report.templates.merge import Layered, merge_all
from report.templates.word.opened import NAME as WORD
from report.templates.word.words import words_of_a_theme
from report.yaml import Placed

THEMES = "themes"  # the folder of the themes, beside that of the series
FILE = "theme.yaml"
OVER = "over"  # in a series' or report's theme.yaml: the theme that it changes; under any other it is left out
EXTENDS = "extends"  # in a theme's theme.yaml: the theme that lies below it


def load_theme_layers(folder: Path, root: Path) -> Layered:
    """The layers of the report, series or theme in a folder, the lowest first: all that a writer needs; `root` is the
    folder of the series.

    Raises ReportError with the mistakes of all of them, and for a series or theme that does not exist.
    """
    return theme_layers(template_chain(folder, root), root)


def theme_layers(folders: Sequence[Path], root: Path) -> Layered:
    """The layers of the template that the folders make, the base's first; `root` is the folder of the series.

    First the theme: the one that the last series.yaml or report.yaml with a `theme:` chooses (or that stands in the
    folders itself), upon those it `extends`. Then, in order, the theme.yaml of each series and of the report, except
    those made `over` another theme. ReportError with every mistake.
    """
    layers, issues = try_theme_layers(folders, root)
    if issues:
        raise ReportError.all_of(issues)
    return layers


def try_theme_layers(folders: Sequence[Path], root: Path) -> tuple[Layered, list[Issue]]:
    """The layers that can be read, and every mistake (see `theme_layers`)."""
    stack = _Stack(root.parent / THEMES)
    if theme := stack.choice(folders):
        stack.lay_theme(theme)
    for folder in folders:
        if not _is_theme(folder):
            stack.lay_changes(folder)
    return Layered(tuple(stack.layers), (folders[-1] / FILE).as_posix()), stack.issues


class _Stack:
    """Layers as they come to lie on one another, and the mistakes on the way; `root` is the folder of the themes."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.layers: list[Placed] = []
        self.issues: list[Issue] = []
        self.chosen: list[str] = []  # the theme, then those below it, by name

    def choice(self, folders: Sequence[Path]) -> Path | None:
        """The folder of the theme that the folders choose last, or that is among them; None where nothing names one."""
        found: Path | None = None
        for folder in folders:
            about = next((folder / name for name in ("report.yaml", "series.yaml") if (folder / name).is_file()), None)
            if about is None:
                found = folder if _is_theme(folder) else found
                continue
            try:
                file = read_own(about)
            except ReportError:
                continue  # whoever reads the words of the template tells it
            found = (self._named(file, "theme") or found) if file.data.get("theme") else found
        return found

    def lay_theme(self, folder: Path) -> None:
        """Lay a theme upon those that it extends."""
        self.chosen.append(folder.name)
        file = self._read(folder)
        below = self._named(file, EXTENDS) if file and EXTENDS in file.data else None
        if file and below and below.name in self.chosen:
            self._tell(file.where(EXTENDS), f"样子“{below.name}”绕了一圈又继承自己", "改掉其中一个 extends")
        elif below:
            self.lay_theme(below)
        self._lay(folder, file)

    def lay_changes(self, folder: Path) -> None:
        """Lay what a series or report changes of the theme."""
        file = self._read(folder)
        if file and EXTENDS in file.data:
            hint = f"选样子，在 report.yaml（或 series.yaml）里写 theme: {file.data[EXTENDS]}"
            self._tell(file.where(EXTENDS), "这里不能写 extends", hint)
        made_for = self._named(file, OVER) if file and OVER in file.data else None
        if made_for is None or [made_for.name] == self.chosen[:1]:
            self._lay(folder, file)

    def _lay(self, folder: Path, file: Placed | None) -> None:
        """Lay what one folder says of the look: its theme.yaml, and over it the template.docx beside it."""
        if file:
            said = {key: value for key, value in file.data.items() if key not in (EXTENDS, OVER)}
            self.layers.append(Placed(file.file, said, file.lines))
        path = folder / WORD
        if path.exists() or path.is_symlink():
            self._lay_word(path)

    def _lay_word(self, path: Path) -> None:
        from report.theme.word import word_layer  # here: most templates have no such file, and reading one takes lxml

        try:
            self.layers += filter(None, [word_layer(path, merge_all(layer.data for layer in self.layers))])
            self.issues += words_of_a_theme(path.parent) if path.parent.parent == self.root else ()
        except ReportError as error:
            self.issues += error.issues

    def _named(self, file: Placed, key: str) -> Path | None:
        """The folder of the theme that an entry of a file names."""
        name, known = str(file.data[key]), _names(self.root)
        if name in known:
            return self.root / name
        self._tell(file.where(key), f"没有样子“{name}”", did_you_mean(name, known))
        return None

    def _read(self, folder: Path) -> Placed | None:
        path = folder / FILE
        try:
            return read_own(path) if path.exists() else None
        except ReportError as error:
            self.issues += error.issues
            return None

    def _tell(self, where: str, problem: str, hint: str) -> None:
        self.issues.append(Issue(where=where, problem=problem, hint=hint))


def _names(root: Path) -> list[str]:
    return sorted(path.parent.name for path in root.glob(f"*/{FILE}"))


def _is_theme(folder: Path) -> bool:
    """Whether a folder holds a look and no words."""
    return (folder / FILE).is_file() and not any((folder / name).is_file() for name in ("report.yaml", "series.yaml"))
