"""The shipped theme, and the miniature's web page as text and as a tree."""

from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from report.content.nodes import Content
from report.theme.load import load_theme
from report.theme.theme import Theme

from ...project import ROOT, Project
from .page import Page

THEME = ROOT / "templates/themes/shanghai/theme.yaml"


@pytest.fixture(scope="session")
def theme() -> Theme:
    """The shipped theme."""
    return load_theme([YAML(typ="safe").load(THEME.read_text(encoding="utf-8"))], str(THEME))


@pytest.fixture(scope="session")
def content(built: Project) -> Content:
    """The miniature's content tree."""
    return Content.from_json((built.out / "mini/content.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def page(built: Project) -> Page:
    """The miniature's page."""
    return Page((built.out / "mini/report.html").read_text("utf-8"))
