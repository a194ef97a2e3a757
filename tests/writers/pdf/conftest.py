"""The default theme, its fonts, and the sample report set once."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from report.theme.fonts import FontLibrary
from report.theme.load import load_theme
from report.theme.theme import Theme
from report.writers.pdf.layout import Layout
from report.writers.pdf.write import write_pdf

from .pressed import Press
from .sample import content, drawings

THEME = Path(__file__).parents[3] / "templates/themes/shanghai/theme.yaml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept`, given with a path in this folder, takes layouts and pictures as they are now for golden."""
    parser.addoption("--accept", action="store_true", help="write golden layouts and pictures anew")


@pytest.fixture(scope="session")
def theme() -> Theme:
    """The default theme."""
    return load_theme([YAML(typ="safe").load(THEME.read_text(encoding="utf-8"))], str(THEME))


@pytest.fixture(scope="session")
def library(theme: Theme) -> FontLibrary:
    """Its fonts."""
    return FontLibrary(theme)


@pytest.fixture(scope="session")
def sample(theme: Theme, library: FontLibrary) -> tuple[bytes, Layout]:
    """The sample report, set."""
    return write_pdf(content(), theme, library, drawings())


@pytest.fixture
def press(theme: Theme, library: FontLibrary) -> Press:
    """What a report is set with."""
    return theme, library
