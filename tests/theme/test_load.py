"""A theme out of its layers: what is wrong in one is told once, at its line, with a way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.errors import ReportError
from report.opening import open_look
from report.stages import write_pdf
from report.templates.merge import Layered
from report.theme.load import load_theme
from report.yaml import parse_yaml, read_yaml

BASE = read_yaml(Path(__file__).parents[2] / "templates/themes/shanghai/theme.yaml")


def told(text: str) -> list[str]:
    """The messages for a report's own layer over the base's."""
    layers = Layered((BASE, parse_yaml(text, "theme.yaml")), "theme.yaml")
    with pytest.raises(ReportError) as caught:
        load_theme((file.data for file in layers.files), layers.where)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    "text, lines",
    [
        (
            "palette: {navy: green}\n",
            ["theme.yaml:1: “palette.navy”不是颜色，现在是 green — 写成 \"#17375e\" 这样，加引号"],
        ),
        (
            "roles:\n  body: {indent: \"2\", keep_next: yes}\nsetting:\n  widows: \"3\"\n",
            ["theme.yaml:2: “roles.body.indent”应是数字，现在是 2 — 只写数字，如 10.5；不带单位、引号",
             "theme.yaml:2: “roles.body.keep_next”应是 true 或 false，现在是 yes — 写 true 或 false，不加引号",
             "theme.yaml:4: “setting.widows”应是整数，现在是 3 — 只写数字，如 2；不带单位、引号"],
        ),
        (
            "setting: {folio: 页}\n",
            ["theme.yaml:1: “setting.folio”的写法不对，现在是 页 — 照 templates/README.md 里的例子写"],
        ),
        (
            "files:\n  甲: {file: /etc/hostname, sha256: \"00\"}\n  乙: {file: ../甲.otf, sha256: \"00\"}\n",
            [f"theme.yaml:{line}: files.{key}：file 不能写到别的文件夹去 — "
             "把字体装进系统（如 ~/.local/share/fonts），这里只写文件名" for line, key in ((2, "甲"), (3, "乙"))],
        ),
        (
            "roles:\n  body: {size: 0}\n",
            ["theme.yaml:2: “roles.body.size”太大或太小，现在是 0 — 要大于 0"],
        ),
        (
            "page: {left: 120, right: 120}\n",
            ["theme.yaml:1: “page”的边距占满了纸面 — 改小 left、right、top 或 bottom"],
        ),
        (
            "roles:\n  body: {size: 14, leading: 8}\n",
            ["theme.yaml:2: roles.body：行距 8 小于字号 14，各行会叠在一起 — leading 至少与 size 相同"],
        ),
        (
            "roles:\n  body: {size: 很大}\n",
            ["theme.yaml:2: “roles.body.size”应是数字，现在是 很大 — 只写数字，如 10.5；不带单位、引号"],
        ),
        (
            "setting:\n  widows: 两行\n",
            ["theme.yaml:2: “setting.widows”应是整数，现在是 两行 — 只写数字，如 2；不带单位、引号"],
        ),
        (
            "setting: {squeeze: 也许}\n",
            ["theme.yaml:1: “setting.squeeze”应是 true 或 false，现在是 也许 — 写 true 或 false，不加引号"],
        ),
        (
            "roles:\n  body: {indent: 36, left: 20, right: 20}\n",
            [
                "theme.yaml:2: roles.body：版心宽 408 磅，除去缩进一行放不下 2 个字（16 磅）"
                " — 改小 left、right、indent 或字号",
            ],
        ),
        (
            "page: {left: 100, right: 100}\n",
            ["theme.yaml:1: 版心只宽 28 磅，一行放不下 2 个正文的字（16 磅） — 改小边距或正文字号"],
        ),
        (
            "setting:\n  note_rule: 99999\n  grid: 0.001\n",
            [
                "theme.yaml:2: setting.note_rule：脚注线长 99999 磅，版心只宽 408 磅 — 改短",
                "theme.yaml:3: setting.grid：0.001 行太密，看不出行距 — 写 0（不用网格），或 0.1 到 1",
            ],
        ),
        ("roles:\n  body: {indent: -400, before: 1000}\n", [
            "theme.yaml:2: “roles.body.indent”太大或太小，现在是 -400 — 至少 -40",
            "theme.yaml:2: “roles.body.before”太大或太小，现在是 1000 — 至多 400",
        ]),
        ("setting: {gap: 9}\n", ["theme.yaml:1: “setting.gap”太大或太小，现在是 9 — 至多 1"]),
        ("roles:\n  bodie: {size: 12}\n", ["theme.yaml:2: 没有“roles.bodie”这一项 — 是不是 body、box-title、box-body"]),
        ("roles:\n  body: {colour: nevy}\n", ["theme.yaml:2: roles.body.colour：没有颜色 nevy — 是不是 navy、grey"]),
    ],
)
def test_a_mistake_is_told_once_with_a_way_out(text: str, lines: list[str]) -> None:
    assert told(text) == lines


def test_an_unknown_role_hides_no_other_mistake() -> None:
    found = told("roles:\n  bodie: {size: 12}\n  body: {size: 很大, weight: 3}\n")
    assert [line.split(" — ")[0] for line in found] == [
        "theme.yaml:2: 没有“roles.bodie”这一项",
        "theme.yaml:3: “roles.body.size”应是数字，现在是 很大",
        "theme.yaml:3: 没有“roles.body.weight”这一项",
    ]


def test_a_damaged_theme_json_is_told_in_one_line(tmp_path: Path) -> None:
    theme = tmp_path / "theme.json"
    theme.write_bytes(b'{"name": 1}')

    with pytest.raises(ReportError, match=r"theme.json: 文件已损坏.* — 删去它，重新生成"):
        open_look(theme)
    with pytest.raises(ReportError, match=r"theme.json: 文件已损坏.* — 删去它，重新生成"):
        write_pdf(tmp_path / "content.json", theme, tmp_path, (tmp_path / "report.pdf", tmp_path / "layout.json"))
