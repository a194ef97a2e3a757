"""The layers of a template: the series that a report extends, base first, and their files of one name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from report.errors import Issue, ReportError
from report.names import did_you_mean
from report.templates.merge import Layered
from report.yaml import Placed, read_yaml


def load_theme_layers(report_dir: Path, series_root: Path) -> Layered:
    """The theme files of the report in `report_dir` and of its series, the base's first: all that a writer needs.

    Raises ReportError with the mistakes of all of them, and for a series that does not exist.
    """
    report = read_yaml(report_dir / "report.yaml")
    return _themes([*series_folders(report, series_root), report_dir], series_root)


def load_series_theme(name: str, series_root: Path) -> Layered:
    """The theme files of a series and of those it extends, the base's first, where no report stands over them."""
    folders = series_folders(read_yaml(series_root / name / "series.yaml"), series_root)
    return _themes([*folders, series_root / name], series_root)


def _themes(folders: list[Path], root: Path) -> Layered:
    """The theme files in the folders; right below one that `extends` another series' look stands that look."""
    paths = [folder / "theme.yaml" for folder in folders]
    layers: list[Placed] = []
    for file in read_each(path for path in paths if path.exists()).values():
        data = dict(file.data)
        if name := data.pop("extends", ""):
            layers.append(read_yaml(_look(str(name), file, root)))
        layers.append(Placed(file.file, data, file.lines))
    return Layered(tuple(layers), paths[-1].as_posix())


def _look(name: str, file: Placed, root: Path) -> Path:
    known = sorted(path.parent.name for path in root.glob("*/theme.yaml"))
    if name not in known:
        raise ReportError(file.where("extends"), f"没有样子“{name}”", did_you_mean(name, known))
    return root / name / "theme.yaml"


def series_folders(report: Placed, root: Path) -> list[Path]:
    """Folders of the series that the report extends, the base's first."""
    chain: list[Path] = []
    child = report
    while name := child.data.get("extends"):
        where = child.where("extends")
        known = sorted(path.parent.name for path in root.glob("*/series.yaml"))
        if name not in known:
            raise ReportError(where, f"没有系列“{name}”", did_you_mean(str(name), known))
        if root / name in chain:
            raise ReportError(where, f"系列“{name}”绕了一圈又继承自己", "改掉其中一个 extends")
        chain.insert(0, root / name)
        child = read_yaml(root / name / "series.yaml")
    return chain


def read_each(paths: Iterable[Path]) -> dict[Path, Placed]:
    """Every file, or one error with the mistakes of all."""
    found: dict[Path, Placed] = {}
    issues: list[Issue] = []
    for path in paths:
        try:
            found[path] = read_yaml(path)
        except ReportError as error:
            issues += error.issues
    if issues:
        raise ReportError.all_of(issues)
    return found
