"""The theme's fonts are found, checked, chosen by character, and cut down for matplotlib."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import uharfbuzz as hb  # type: ignore[import-untyped]
from ruamel.yaml import YAML

from report.errors import ReportError
from report.theme.fonts import FontLibrary, check_fonts, is_latin
from report.theme.layers import load_theme_layers
from report.theme.load import load_theme
from report.theme.theme import FontFile, Theme

from ..tools import need_fonts

THEME = Path(__file__).parents[2] / "templates/themes/shanghai/theme.yaml"


@cache
def theme() -> Theme:
    return load_theme([YAML(typ="safe").load(THEME.read_text(encoding="utf-8"))], "theme.yaml")


@cache
def library() -> FontLibrary:
    return FontLibrary(theme())


def library_with(**files: FontFile) -> FontLibrary:
    return FontLibrary(theme().changed({"files": {**theme().files, **files}}), system=())


def stix_copy(folder: Path, fs_type: int) -> FontFile:
    """A copy of the Latin face whose OS/2 fsType says otherwise."""
    face = library().face("stix").hb_face
    data = bytearray(face.blob.data)
    for entry in range(int.from_bytes(data[4:6], "big")):
        record = 12 + 16 * entry
        if data[record:record + 4] == b"OS/2":
            offset = int.from_bytes(data[record + 8:record + 12], "big")
            data[offset + 8:offset + 10] = fs_type.to_bytes(2, "big")
    path = folder / f"copy-{fs_type}.ttf"
    path.write_bytes(data)
    return FontFile(file=str(path), sha256=hashlib.sha256(data).hexdigest())


def test_every_font_of_the_default_theme_is_there() -> None:
    check_fonts(library())
    uses = library().report("中国AI“57%”")
    assert {use.role for use in uses} == set(theme().fonts)
    assert all(use.version and not use.lacks for use in uses if use.part != "fallback")


@pytest.mark.parametrize(
    ("chars", "face"),
    [("中，。《》（）“”‘’—…·①、！？　", "noto-serif"), ("Az09%,.()-'\"&éα–€", "stix")],
)
def test_face_by_character(chars: str, face: str) -> None:
    assert {char: library().choose("song", char).key for char in chars} == dict.fromkeys(chars, face)


def test_fallback_serves_what_the_first_face_lacks() -> None:
    lacking = theme().changed({"fonts": {**theme().fonts, "x": theme().fonts["song"].changed(
        update={"han": "stix", "fallback": ("noto-sans",)})}})
    fonts = FontLibrary(lacking)
    assert fonts.choose("x", "中").key == "noto-sans"
    assert fonts.report("中")[-2].lacks == "" and {use.lacks for use in fonts.report("中") if use.file.endswith(
        "STIXGeneral.ttf") and use.part == "han"} == {"中"}


def test_character_without_a_font_is_told_with_the_text_near_it() -> None:
    with pytest.raises(ReportError, match=r"“某字\U0001f9ff旁”: 没有字体收有字符 U\+1F9FF"):
        library().choose("song", "\U0001f9ff", near="某字\U0001f9ff旁")


def test_advances_and_ink_are_in_thousandths_of_an_em() -> None:
    serif = library().face("noto-serif")
    assert serif.advance("中") == serif.advance("，") == 1000
    left, right = serif.ink("，")
    assert 0 <= left < right < 500
    assert serif.ink("　") == (0, 0)
    assert serif.ascent > 800 > 0 > serif.descent


def test_weights_of_a_variable_font_are_faces_of_their_own() -> None:
    names = {library().face(key).name for key in ("noto-sans", "noto-sans-medium", "noto-sans-bold")}
    assert len(names) == 3
    programs = {library().subset_otf(key, "国") for key in ("noto-sans", "noto-sans-medium", "noto-sans-bold")}
    assert len(programs) == 3


@pytest.mark.parametrize("key", ["noto-serif", "noto-sans-bold", "stix"])
def test_subset_is_a_font_that_others_can_open(key: str) -> None:
    text = "AI 57%" if key == "stix" else "中国AI人才57%，“图”"
    data = library().subset_otf(key, text)
    assert data == library().subset_otf(key, "".join(reversed(text)))
    face = hb.Face(data)
    assert {"cmap", "head", "hmtx", "name", "OS/2"} <= set(face.table_tags)
    assert not {"fvar", "CFF2"} & set(face.table_tags)
    assert set(face.unicodes) == set(map(ord, text))
    own, font = library().face(key), hb.Font(face)
    for char in text:
        advance = font.get_glyph_h_advance(font.get_nominal_glyph(ord(char)))
        assert advance == pytest.approx(own.advance(char), abs=0.6)


def test_subset_opens_in_freetype(tmp_path: Path) -> None:
    from matplotlib.ft2font import FT2Font

    path = tmp_path / "bold.otf"
    path.write_bytes(library().subset_otf("noto-sans-bold", "人才"))
    assert set(FT2Font(str(path)).get_charmap()) == {ord("人"), ord("才")}


def test_subset_of_a_character_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ReportError, match=r"字体 stix: 缺少字符 U\+4E2D 中"):
        library().subset_otf("stix", "中")


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        (FontFile(package="matplotlib", file="mpl-data/fonts/ttf/STIXGeneral.ttf", sha256="0" * 64), "sha256"),
        (FontFile(package="matplotlib", file="none.ttf", sha256="0"), "软件包 matplotlib 里没有 none.ttf"),
        (FontFile(package="no_such_package", file="none.ttf", sha256="0"), "软件包 no_such_package 里没有"),
        (FontFile(file="/nowhere/none.ttf", sha256="0"), "里没有 /nowhere/none.ttf"),
        (FontFile(file="none.ttf", sha256="0"), "系统字体 里没有 none.ttf"),
    ],
)
def test_file_that_is_missing_or_another_is_told_in_one_line(file: FontFile, problem: str) -> None:
    with pytest.raises(ReportError, match=problem) as caught:
        fonts = library_with(stix=file)
        fonts.face("stix")
        fonts.settle()
    assert str(caught.value).startswith("字体 stix: ") and "\n" not in str(caught.value)


def test_all_missing_files_are_told_at_once() -> None:
    none = FontFile(file="none.ttf", sha256="0")
    with pytest.raises(ReportError) as caught:
        check_fonts(library_with(stix=none, other=none))
    assert len(caught.value.issues) == 2


@pytest.mark.parametrize(("fs_type", "allowed"), [(0, True), (8, True), (4, True), (2, False), (0x100, False)])
def test_licence_bits_are_obeyed(tmp_path: Path, fs_type: int, allowed: bool) -> None:
    fonts = library_with(stix=stix_copy(tmp_path, fs_type))
    if allowed:
        assert fonts.face("stix").covers("A")
    else:
        with pytest.raises(ReportError, match="许可不准嵌入"):
            fonts.face("stix")


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
def test_a_file_that_is_cut_short_is_told_in_one_line(share: float, tmp_path: Path) -> None:
    data = library().face("stix").hb_face.blob.data
    path = tmp_path / "cut.ttf"
    path.write_bytes(data[: int(share * len(data))])
    cut = FontFile(file=str(path), sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    with pytest.raises(ReportError, match="字体 stix: .*cut.ttf 残缺"):
        library_with(stix=cut).face("stix")


def test_a_font_without_characters_is_told(tmp_path: Path) -> None:
    data = bytearray(library().face("stix").hb_face.blob.data)
    at = data.index(b"cmap", 12)
    data[at:at + 4] = b"cmax"
    path = tmp_path / "mute.ttf"
    path.write_bytes(data)
    mute = FontFile(file=str(path), sha256=hashlib.sha256(data).hexdigest())
    with pytest.raises(ReportError, match="没有字符表"):
        library_with(stix=mute).face("stix")


def test_a_file_that_is_no_font_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.otf").write_text("不是字体", "utf-8")
    with pytest.raises(ReportError, match=r"^字体 stix: .*x\.otf 里没有能读的字体（index: 0） — 核对文件") as caught:
        library_with(stix=FontFile(file=str(tmp_path / "x.otf"), sha256="0")).face("stix")
    assert "\n" not in str(caught.value)


def test_marks_come_from_the_face_for_marks() -> None:
    font = theme().fonts["song"].changed({"marks": "noto-sans"})
    fonts = FontLibrary(theme().changed({"fonts": {"song": font}}))
    assert {char: fonts.choose("song", char).key for char in "“”‘’—…·"} == dict.fromkeys("“”‘’—…·", "noto-sans")
    assert {fonts.choose("song", char).key for char in "中，。《》（）①"} == {"noto-serif"}
    assert [(use.part, use.lacks) for use in fonts.report("中“A")] == [
        ("han", ""), ("latin", ""), ("italic", ""), ("marks", ""), ("fallback", "")]


def test_emphasis_takes_the_italic_face_for_latin_alone() -> None:
    fonts = library()
    assert {fonts.choose("song/italic", char).key for char in "Az09,."} == {"stix-italic"}
    assert {fonts.choose("song/italic", char).key for char in "中，“”—①"} == {"noto-serif"}
    assert fonts.latin("song/italic", "’").key == "stix-italic"
    upright = theme().fonts["song"].changed({"italic": ""})
    assert FontLibrary(theme().changed({"fonts": {"song": upright}})).choose("song/italic", "A").key == "stix"
    with pytest.raises(ReportError, match=r"fonts\.song\.fallback"):
        fonts.choose("song/italic", "\U0001f9ff")


def test_a_character_that_a_file_draws_wrongly_is_taken_from_the_next() -> None:
    wrong = theme().files["noto-serif"].changed({"without": "￥…"})
    fonts = library_with(**{"noto-serif": wrong})
    assert {char: fonts.choose("song", char).key for char in "￥…中"} == {
        "￥": "noto-sans", "…": "noto-sans", "中": "noto-serif"}
    lacks = {use.part: use.lacks for use in fonts.report("￥中") if use.role == "song"}
    assert lacks["han"] == "￥" and not lacks["fallback"]


def test_a_fallback_lacks_only_what_those_before_it_lack() -> None:
    uses = library().report("中\U0001f9ff")
    assert {use.lacks for use in uses if use.role == "song" and use.part in ("han", "fallback")} == {"\U0001f9ff"}


def test_a_file_whose_name_holds_brackets_is_found(tmp_path: Path) -> None:
    (tmp_path / "Face[wght].ttf").write_bytes(library().face("stix").hb_face.blob.data)
    file = theme().files["stix"].changed({"package": "", "file": "Face[wght].ttf"})
    assert FontLibrary(theme().changed({"files": {"x": file}}), system=(tmp_path,)).face("x").covers("A")


def test_a_file_that_is_not_here_has_one_that_serves_otherwise(tmp_path: Path) -> None:
    """One of its name and another sha256 is another file; where it is the very one, it serves."""
    files = {**theme().files, "kai": FontFile(file="Kai.ttf", otherwise="noto-serif", sha256="00")}
    fonts = {**theme().fonts, "kai": theme().fonts["kai"].changed({"han": "kai"})}
    look = theme().changed({"files": files, "fonts": fonts})
    (tmp_path / "Kai.ttf").write_bytes(library().face("stix").hb_face.blob.data)
    for folder in (tmp_path / "none", tmp_path):
        served = FontLibrary(look, system=(folder,))
        check_fonts(served)
        assert served.choose("kai", "中").key == "noto-serif"
        assert {use.instead for use in served.report("中") if (use.role, use.part) == ("kai", "han")} == {"Kai.ttf"}
        assert served.stand_ins() == {"Kai.ttf": "NotoSerifSC-Regular.otf"}
    files["kai"] = files["kai"].changed({"sha256": theme().files["stix"].sha256})
    assert FontLibrary(look.changed({"files": files}), system=(tmp_path,)).stand_ins() == {}


def test_files_that_serve_for_each_other_are_told() -> None:
    files = {name: {"file": f"{name}.ttf", "otherwise": other, "sha256": "00"} for name, other in ("ab", "bc", "ca")}
    files["d"] = {"file": "d.ttf", "otherwise": "e", "sha256": "00"}
    with pytest.raises(ReportError) as caught:
        load_theme([YAML(typ="safe").load(THEME.read_text(encoding="utf-8")), {"files": files}], "theme.yaml")
    assert sorted(issue.problem for issue in caught.value.issues) == [
        "files.a.otherwise 绕了一圈又回到自己", "files.b.otherwise 绕了一圈又回到自己",
        "files.c.otherwise 绕了一圈又回到自己", "files.d.otherwise：没有字体文件 e"]  # fmt: skip


@pytest.mark.long
def test_the_look_with_system_fonts() -> None:
    root = Path(__file__).parents[2] / "templates"
    layers = load_theme_layers(root / "themes/gongwen", root / "series")
    look = load_theme((file.data for file in layers.files), layers.where)
    need_fonts(look)
    fonts = FontLibrary(look)
    check_fonts(fonts)
    chosen = {char: fonts.choose("fang", char).key for char in "中“—·珮㉑A"}
    assert chosen == {"中": "fandol-fang", "“": "fandol-fang", "—": "fandol-fang", "·": "fandol-fang",
                      "珮": "noto-serif", "㉑": "noto-serif", "A": "stix"}
    assert [fonts.choose("kai", char).key for char in "中，“—·"] == ["wenkai", "wenkai", *["fandol-kai"] * 3]
    assert all(fonts.choose("kai", char).advance(char) == 1000 for char in "“”‘’—…·")


def test_system_font_is_found_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    file = stix_copy(tmp_path / "deep", 0).changed({"file": "copy-0.ttf"})
    fonts: Any = FontLibrary(theme().changed({"files": {"x": file}}), system=(tmp_path,))
    assert fonts.face("x").covers("A")


def test_marks_of_both_scripts_count_as_han() -> None:
    assert not any(map(is_latin, "“”‘’—…·，中"))
    assert all(map(is_latin, "A9%–é‰"))
