"""The log of looks: who set what, and who was overruled."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.templates.merge import Layered
from report.theme.cascade import style_log
from report.theme.layers import load_theme_layers
from tests.project import ROOT, Project

PAGE = {
    "number": "1", "blank": False,
    "lines": [{"role": "heading-1"}, {"role": "body"}, {"role": "body"}, {"role": "caption-figure"}],
    "notes": [{"mark": "①", "text": "注"}],
}


@pytest.fixture
def layers(tmp_path: Path) -> Layered:
    """The base's look, that of a series, and a report's own over it."""
    (tmp_path / "report.yaml").write_text("extends: industry\ntheme: gongwen\n", "utf-8")
    (tmp_path / "theme.yaml").write_text(
        "roles:\n  body: {size: 15,\n    leading: 31, font: kai}\n"
        "setting: {widows: 3}\nseries_colours: [navy]\n",
        "utf-8",
    )
    return load_theme_layers(tmp_path, ROOT / "templates/series")


def block(text: str, head: str) -> list[str]:
    """The lines below a head, which stands alone on its line."""
    lines = text.splitlines()
    start = next(index for index, line in enumerate(lines) if line.strip() == head)
    depth = len(lines[start]) - len(lines[start].lstrip())
    found = []
    for line in lines[start + 1 :]:
        if len(line) - len(line.lstrip()) <= depth:
            break
        found.append(line.strip())
    return found


def test_a_role_names_its_rules_and_those_that_lost(layers: Layered) -> None:
    text = style_log(layers, [PAGE], {"仿宋.otf": "宋体.otf"})
    body = block(text, "body（2 行）")
    assert block(text, "字体") == ["系统里没有 仿宋.otf，用 宋体.otf 代替"]
    mine = layers.files[-1].file
    shanghai, gongwen = (file.file for file in layers.files[:2])
    font = next(line for line in body if line.startswith("font kai"))
    assert f"← {mine}:3，盖过 fang（" in font and "song（" in font
    assert font.index(gongwen) < font.index(shanghai)  # the nearest loser first
    size = next(line for line in body if line.startswith("size 15"))
    assert f"← {mine}:2，盖过 16（{shanghai}:" in size


def test_every_page_has_its_roles(layers: Layered) -> None:
    text = style_log(layers, [PAGE, {"number": None, "blank": True, "lines": [], "notes": []}], {})
    assert "第 1 张，页码 1" in text and "第 2 张（空白页）" in text
    assert block(text, "note（1 行）") and block(text, "chart-value（图内）")


def test_the_book_has_its_rules(layers: Layered) -> None:
    text = style_log(layers, [], {})
    mine = layers.files[-1].file
    assert any(line.startswith(f"widows 3 ← {mine}:4，盖过 2（") for line in block(text, "setting"))
    assert any(line.startswith(f"[navy] ← {mine}:5，盖过 [") for line in block(text, "series_colours"))


def test_it_stands_beside_the_report(finished: Project) -> None:
    words = next(words for words in finished.stages() if words[0] == "verify")
    assert finished.report(*words).exit_code == 0
    text = (finished.out / "mini/style-log.txt").read_text("utf-8")
    assert "templates/themes/shanghai/theme.yaml" in text and str(finished.folder) not in text
    assert block(text, "cover-title（1 行）")
