"""The miniature's web page, as text and as a tree."""

from __future__ import annotations

import pytest

from report.content.nodes import Content

from ...project import Project
from .page import Page


@pytest.fixture(scope="session")
def content(built: Project) -> Content:
    """The miniature's content tree."""
    return Content.from_json((built.out / "mini/content.json").read_text("utf-8"))


@pytest.fixture(scope="session")
def page(built: Project) -> Page:
    """The miniature's page."""
    return Page((built.out / "mini/report.html").read_text("utf-8"))
