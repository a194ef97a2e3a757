"""Files and folders written whole or not at all: under a temporary name first, then renamed."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from report.errors import Issue


def write_file(path: Path, data: bytes | str) -> None:
    """One file, whole or not at all."""
    write_files({path: data})


def write_files(files: Mapping[Path, bytes | str | Iterable[str]]) -> None:
    """Files that belong together; one given in pieces is never held whole."""
    with whole_files(files) as opened:
        for file, data in zip(opened, files.values(), strict=True):
            pieces = (data,) if isinstance(data, bytes | str) else data
            file.writelines(piece.encode("utf-8") if isinstance(piece, str) else piece for piece in pieces)


@contextmanager
def whole_files(paths: Iterable[Path]) -> Iterator[list[BinaryIO]]:
    """Files to write into piece by piece: all stand under temporary names, and are renamed once all was written."""
    ready: list[tuple[Path, Path]] = []
    try:
        with ExitStack() as stack:
            opened: list[BinaryIO] = []
            for path in paths:
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
                ready.append((Path(name), path))
                opened.append(stack.enter_context(os.fdopen(handle, "wb")))
                os.chmod(name, 0o644)
            yield opened
        for part, path in ready:
            part.replace(path)
    finally:
        for part, _ in ready:
            part.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes | str]) -> None:
    """A folder that holds these files and no others, whole or not at all."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".part-"))
    try:
        write_files({part / name: data for name, data in files.items()})
        part.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def log_issues(log: Path | None, lines: Iterable[str | Issue]) -> None:
    """A stage's log file, where one was asked for."""
    if log is not None:
        write_file(log, "".join(f"{line}\n" for line in lines))
