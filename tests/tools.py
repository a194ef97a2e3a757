"""The programs that the long tests look with: LibreOffice, Java, Chromium, Poppler."""

from __future__ import annotations

import os
import shutil

import pytest


def need(program: str) -> str:
    """Where the program is. Where it is missing the test fails on CI and is skipped, by name, elsewhere."""
    if found := shutil.which(program):
        return found
    message = f"{program} is not installed: what it looks at was not looked at"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)
