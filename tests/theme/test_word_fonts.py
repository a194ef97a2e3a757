"""Word's font names become fonts of the theme: its own, else one of the kind, else a line that names the known."""

from __future__ import annotations

import pytest

from report.errors import ReportError
from report.opening import SERIES
from report.theme.layers import load_theme_layers
from report.theme.load import load_theme
from report.theme.theme import Theme
from report.theme.word_fonts import Face, font_for
from tests.project import ROOT


@pytest.fixture(scope="module")
def theme() -> Theme:
    """The series' theme."""
    layers = load_theme_layers(ROOT / SERIES / "industry", ROOT / SERIES)
    return load_theme((file.data for file in layers.files), layers.where)


@pytest.mark.parametrize(("face", "now", "role"), [
    (Face("楷体", "Times New Roman", False), "song", "kai"),
    (Face("黑体", "Arial", True), "hei-medium", "hei-medium"),  # two roles are bold 黑体: the one in use stays
    (Face("黑体", "Arial", True), "song", "hei-bold"),
    (Face("黑体", "Arial", False), "hei-bold", "hei"),
])  # fmt: skip
def test_the_theme_has_it(theme: Theme, face: Face, now: str, role: str) -> None:
    assert font_for(face, now, theme, theme.fonts) == (role, theme.fonts[role])


@pytest.mark.parametrize(("face", "han", "latin"), [
    (Face("微软雅黑", "Arial", True), "hei-bold", "hei-bold"),
    (Face("仿宋_GB2312", "Times New Roman", False), "fang", "fang"),
    (Face("华文中宋", "Calibri", False), "song", "hei"),  # Latin of another kind than its Han
    (Face("SimSun", "Times New Roman", False), "song", "song"),
])  # fmt: skip
def test_another_of_its_kind_serves(theme: Theme, face: Face, han: str, latin: str) -> None:
    name, font = font_for(face, "song", theme, theme.fonts)
    assert name not in theme.fonts
    assert (font.han, font.latin) == (theme.fonts[han].han, theme.fonts[latin].latin)
    assert (font.word_han, font.word_latin) == (face.han, face.latin)
    assert f'"{face.han}"' in font.css
    again = {**theme.fonts, name: font}
    assert font_for(face, "song", theme, again) == (name, font), "the same face is one role"
    other = font_for(Face(face.han, "Georgia", face.bold), "song", theme, again)
    assert other[0] not in again


@pytest.mark.parametrize(("face", "told"), [
    (Face("隶书", "Times New Roman", False), "不认识中文字体“隶书”"),
    (Face("宋体", "Comic Sans MS", False), "不认识西文字体“Comic Sans MS”"),
    (Face("宋体", "Times New Roman", True), "没有加粗的“宋体”"),
])  # fmt: skip
def test_what_no_font_serves_is_told(theme: Theme, face: Face, told: str) -> None:
    with pytest.raises(ReportError) as raised:
        font_for(face, "song", theme, theme.fonts)
    [issue] = raised.value.issues
    assert told in issue.problem
    assert "宋体" in issue.hint or "Arial" in issue.hint
