"""How far a template reaches: it is text from a stranger, and reads nothing but the files of its own folder."""

from __future__ import annotations

from pathlib import Path

from report.errors import ReportError
from report.yaml import Placed, read_yaml

LARGEST = 300  # KB of one file: a section of a hundred pages is as large


def own_file(path: Path, folder: Path, largest: int = LARGEST) -> Path:
    """The path, of a file that there may or may not be. ReportError for one that leads out of the folder, by a link or
    `..`, for what is no plain file, and for one larger than `largest` KB."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ReportError(path.as_posix(), "指向模板的文件夹之外", "把文件复制进来，不用链接和 ..")
    if path.exists() and not path.is_file():
        raise ReportError(path.as_posix(), "不是普通文件", "换成文本文件")
    if path.exists() and path.stat().st_size > largest * 1024:
        raise ReportError(path.as_posix(), f"超过 {largest} KB", "拆成几个文件，或删去不要的")
    return path


def read_own(path: Path) -> Placed:
    """A YAML file of a template's folder. ReportError as `own_file` and `read_yaml` say."""
    return read_yaml(own_file(path, path.parent))
