"""Reads corrections.yaml: what a reader of the sources mends by hand, each stanza with its reason and its guard."""

from __future__ import annotations

from pathlib import Path

from report.dataset.corrections import Correction
from report.errors import Issue, ReportError
from report.templates.models import Written
from report.templates.validate import checked
from report.templates.yaml import read_yaml


class _File(Written):
    corrections: tuple[dict[str, object], ...] = ()


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections in `path`, each with its place; none where the file does not exist.

    Raises ReportError with every mistake of the file.
    """
    if not path.is_file():
        return ()
    placed = read_yaml(path)
    issues: list[Issue] = []
    found: list[Correction] = []
    for index, stanza in enumerate(checked(_File, placed.data, placed.where).corrections):
        data = {**stanza, "where": placed.where("corrections", index)}
        try:
            found.append(checked(Correction, data, lambda *place, at=index: placed.where("corrections", at, *place)))
        except ReportError as error:
            issues += error.issues
    if issues:
        raise ReportError.all_of(issues)
    return tuple(found)
