"""What counts as a source in the folder of sources."""

from __future__ import annotations

from pathlib import Path

from report.errors import Issue, ReportError

BESIDE = ("catalogue.yaml", "corrections.yaml")  # in the folder of the sources, and no sources
HIDDEN = (".", "~$")  # how names begin that a system or an office program gives: .DS_Store, ~$初稿.docx
_NOT_SEEDS = ("README.md", *BESIDE, "Thumbs.db", "desktop.ini", "Desktop.ini")


def seeds_in(folder: Path) -> list[Path]:
    """The sources of a folder, in order of name: no dot file, lock file, nor one of those beside them."""
    return [path for path in sorted(folder.iterdir()) if path.is_file() and _is_seed(path.name)]


def seeds_by_stem(folder: Path) -> dict[str, Path]:
    """The same by the ids of their documents; ReportError where two have one."""
    found: dict[str, Path] = {}
    for path in seeds_in(folder):
        if other := found.get(path.stem):
            raise ReportError(str(path), f"与 {other.name} 主名相同", "给其中一个文件改名")
        found[path.stem] = path
    return found


def made_of(seeds: Path, folder: Path, end: str) -> list[Path]:
    """The files of a folder that stages made of the sources, by the end of their names; ReportError for all missing."""
    made = {folder / f"{stem}{end}": seed for stem, seed in seeds_by_stem(seeds).items()}
    hint = "先运行 report read 和 report extract，或 make report"
    issues = [Issue(where=str(path), problem=f"没有这个文件，{seed} 还没有处理", hint=hint)
              for path, seed in made.items() if not path.is_file()]
    if issues:
        raise ReportError.all_of(issues)
    return list(made)


def _is_seed(name: str) -> bool:
    return not name.startswith(HIDDEN) and name not in _NOT_SEEDS
