"""Which reports a folder of sources has: those that are written of its documents; where there is none, the digest."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path

from report.sources.seeds import seeds_in

SEEDS = Path("seeds")  # the folder that reports are written of
REPORTS = Path("templates/reports")
DIGEST = "digest"
# how values.yaml names a document: `doc: "003"`
_DOC = re.compile(r"""\bdoc["']?\s*:\s*["']?([^"'\s,}]+)""")


def reports_for(seeds: Path) -> list[str]:
    """The names of the reports to build of the documents in a folder.

    Of `seeds/` all there are. Of another folder those whose documents are all in it, where a name that means documents
    of `seeds/` means these; where it has none, the digest.
    """
    known = sorted(path.parent.name for path in REPORTS.glob("*/report.yaml"))
    if seeds.resolve() == SEEDS.resolve():
        return known
    there, usual = _stems(seeds), _stems(SEEDS)
    wanted = {name: [_meant(begin, usual) for begin in _named(REPORTS / name)] for name in known}
    own = [name for name, named in wanted.items() if named and all(meant(there) for meant in named)]
    return own or [DIGEST]


def _named(report: Path) -> set[str]:
    """The documents that the report's values are read from, as it names them."""
    values = report / "values.yaml"
    return set(_DOC.findall(values.read_text("utf-8", "replace"))) if values.is_file() else set()


def _meant(begin: str, usual: Collection[str]) -> Callable[[Collection[str]], bool]:
    """Whether a folder's documents hold those that a beginning of their names means."""
    meant = {stem for stem in usual if stem.startswith(begin)}
    return lambda there: meant <= set(there) if meant else any(stem.startswith(begin) for stem in there)


def _stems(folder: Path) -> set[str]:
    return {path.stem for path in seeds_in(folder)} if folder.is_dir() else set()
