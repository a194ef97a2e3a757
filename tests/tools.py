"""What the long tests look with: LibreOffice, Java, Chromium, Poppler, the fonts of the system."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest

from report.errors import ReportError
from report.theme.fonts import FontLibrary
from report.theme.theme import Theme


def need(program: str) -> str:
    """Where the program is. Where it is missing the test fails on CI and is skipped, by name, elsewhere."""
    if found := shutil.which(program):
        return found
    _miss(program)


def need_fonts(theme: Theme) -> None:
    """As `need`, of the fonts of a theme that no package of ours brings along."""
    library = FontLibrary(theme)
    for key, file in theme.files.items():
        try:
            library.face(key)
        except ReportError:
            if file.package:
                raise
            _miss(file.file)


def _miss(name: str) -> NoReturn:
    message = f"{name} is not installed: what it looks at was not looked at"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
