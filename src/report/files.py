"""Files and folders written whole or not at all: under a temporary name first, then renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from report.errors import Issue, ReportError


def write_file(path: Path, data: bytes | str) -> None:
    """One file, whole or not at all."""
    write_files({path: data})


def write_files(files: Mapping[Path, bytes | str | Iterable[bytes | str]]) -> None:
    """Files that belong together; one given in pieces is never held whole."""
    with _telling(next(iter(files), Path())), whole_files(files) as opened:
        for file, data in zip(opened, files.values(), strict=True):
            pieces = (data,) if isinstance(data, bytes | str) else data
            file.writelines(piece.encode("utf-8") if isinstance(piece, str) else piece for piece in pieces)


@contextmanager
def whole_files(paths: Iterable[Path]) -> Iterator[list[BinaryIO]]:
    """Files to write into piece by piece: all stand under temporary names, and are renamed once all was written.

    Raises ReportError where the place lets none of it be written: a folder there, no room, no permission.
    """
    ready: list[tuple[Path, Path]] = []
    try:
        with ExitStack() as stack:
            opened: list[BinaryIO] = []
            for path in paths:
                with _telling(path):
                    part, file = _part(path)
                ready.append((part, path))
                opened.append(stack.enter_context(file))
            yield opened
        for part, path in ready:
            with _telling(path):
                part.replace(path)
    finally:
        for part, _ in ready:
            part.unlink(missing_ok=True)


def _part(path: Path) -> tuple[Path, BinaryIO]:
    """A new file under a temporary name beside the path, open to be written."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    import tempfile  # here: it takes as long as half a page to set, and the PDF process has waiting to do first

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    os.chmod(name, 0o644)
    return Path(name), os.fdopen(handle, "wb")


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Tells what the system says against writing there as a mistake of the user's."""
    try:
        yield
    except IsADirectoryError as error:
        raise ReportError(str(path), "这是文件夹，写不成文件", "写上文件名，如 " + str(path / "a.json")) from error
    except OSError as error:
        hint = "换一个地方，或检查路径、磁盘空间和写入权限"
        raise ReportError(str(path), f"写不了（{error.strerror or error}）", hint) from error


def write_folder(folder: Path, files: Mapping[str, bytes | str]) -> None:
    """A folder that holds these files and no others, whole or not at all."""
    import shutil
    import tempfile

    with _telling(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".part-"))
    try:
        write_files({part / name: data for name, data in files.items()})
        with _telling(folder):
            part.chmod(0o755)
            shutil.rmtree(folder, ignore_errors=True)
            part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def log_issues(log: Path | None, lines: Iterable[str | Issue]) -> None:
    """A stage's log file, where one was asked for."""
    if log is not None:
        write_file(log, "".join(f"{line}\n" for line in lines))
