"""The sample report as Word file, written once."""

from __future__ import annotations

import io

import docx
import pytest
from docx.document import Document

from report.content.nodes import Content
from report.theme.theme import Theme
from report.writers.docx.write import write_docx

from .sample import load, make_content, make_layout, make_picture


@pytest.fixture(scope="session")
def theme() -> Theme:
    return load()


@pytest.fixture(scope="session")
def content() -> Content:
    return make_content()


@pytest.fixture(scope="session")
def written(content: Content, theme: Theme) -> bytes:
    return write_docx(content, theme, make_layout(), {"throughput": make_picture()})


@pytest.fixture
def document(written: bytes) -> Document:
    return docx.Document(io.BytesIO(written))
