"""The layers of a template: the series that a report extends, base first, and their files of one name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from report.errors import Issue, ReportError
from report.names import did_you_mean
from report.templates.bounds import read_own
from report.yaml import Placed


def template_chain(folder: Path, root: Path) -> list[Path]:
    """The folders whose files make the template in `folder`, the base's first, itself last: a report's, a series', or a
    theme's, which is a theme.yaml alone and stands on the base. ReportError for a folder that is none of them."""
    about = next((folder / name for name in ("report.yaml", "series.yaml") if (folder / name).is_file()), None)
    if about:
        below = series_folders(read_own(about), root)
        return [*(below or [root / "base"] if about.name == "report.yaml" else below), folder]
    if (folder / "theme.yaml").is_file():
        return [root / "base", folder]
    raise ReportError(folder.as_posix(), "不是模板", "模板的文件夹里有 report.yaml、series.yaml 或 theme.yaml")


def skeleton_of(chain: Sequence[Path]) -> Path:
    """The skeleton from which a report of the template begins: the nearest in its folders (see `template_chain`)."""
    return next(folder / "skeleton" for folder in reversed(chain) if (folder / "skeleton").is_dir())


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
        child = read_own(root / name / "series.yaml")
    return chain


def try_each(paths: Iterable[Path]) -> tuple[dict[Path, Placed], list[Issue]]:
    """The files that can be read, and the mistakes of the others."""
    found: dict[Path, Placed] = {}
    issues: list[Issue] = []
    for path in paths:
        try:
            found[path] = read_own(path)
        except ReportError as error:
            issues += error.issues
    return found, issues
