"""A template exported to Word, changed there and put beside the theme: what was changed follows everywhere, only that
does, and what cannot follow is told."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from report.charts.drawing import Words
from report.commands import cli
from report.errors import ReportError
from report.exporting import exported
from report.opening import SERIES
from report.specimen import Specimen, set_specimen
from report.templates.layers import template_chain
from report.templates.load import read_words
from report.templates.word.opened import opened
from report.templates.word.traits import canonical, changes
from report.theme.layers import theme_layers, try_theme_layers
from report.theme.load import load_theme
from report.theme.theme import POINTS, ROLES, Theme
from report.theme.word import stand_ins
from report.writers.docx.lint import lint_docx
from report.writers.docx.styles import style_table
from report.writers.docx.template import specimens
from report.writers.html.style import theme_css
from tests import template_edits as by
from tests.writers.docx.office import converted

INDUSTRY = template_chain(SERIES / "industry", SERIES)


def themed(chain: list[Path]) -> Theme:
    """The theme of the folders."""
    layers = theme_layers(chain, SERIES)
    return load_theme((file.data for file in layers.files), layers.where)


@pytest.fixture(scope="module")
def plain() -> bytes:
    """The industry series as exported."""
    return exported(INDUSTRY, themed(INDUSTRY))


def put(folder: Path, data: bytes) -> list[Path]:
    """A folder over the series that holds this template.docx: the folders of the template."""
    folder.mkdir(exist_ok=True)
    (folder / "template.docx").write_bytes(data)
    return [*INDUSTRY, folder]


def said(folder: Path, data: bytes) -> Mapping[str, Any]:
    """What the template.docx says of the theme."""
    return theme_layers(put(folder, data), SERIES).files[-1].data


def told(folder: Path, data: bytes) -> list[str]:
    """The mistakes of the template.docx, in its look and in its words."""
    chain = put(folder, data)
    issues = [*try_theme_layers(chain, SERIES)[1], *read_words(chain)[1]]
    return list(dict.fromkeys(map(str, issues)))


# ---------------------------------------------------------------- the file


def test_every_style_shows_itself_once(plain: bytes) -> None:
    table = style_table()
    styles = [entry["id"] for kind in ("paragraph", "chart", "character") for entry in table[kind]]
    shown = [one["id"] for group in specimens().values() for one in group]
    assert sorted(shown) == sorted(styles)
    document = Document(io.BytesIO(plain))
    cells = [cell.text for each in document.tables for row in each.rows for cell in row.cells]
    words = {*cells, *(paragraph.text.partition("：")[0] for paragraph in document.paragraphs)}
    assert not {one["shown"] for group in specimens().values() for one in group} - words


def test_every_role_has_one_style_to_change_it(plain: bytes) -> None:
    record = opened(plain, "template.docx").record
    mains = sorted(one.role for one in record.styles.values() if one.main)
    assert mains == sorted(ROLES)


@pytest.mark.parametrize("name", ["series/industry", "series/reprint", "themes/gongwen"])
def test_the_file_is_sound_and_always_the_same(name: str) -> None:
    chain = template_chain(SERIES.parent / name, SERIES)
    data = exported(chain, themed(chain))
    assert not lint_docx(data)
    assert data == exported(chain, themed(chain))


@pytest.mark.parametrize("name", ["series/industry", "series/country", "series/compliance", "themes/gongwen"])
def test_unchanged_it_says_nothing(name: str, tmp_path: Path) -> None:
    chain = template_chain(SERIES.parent / name, SERIES)
    (tmp_path / "template.docx").write_bytes(exported(chain, themed(chain)))
    layers = theme_layers([*chain, tmp_path], SERIES)
    assert layers.files[-1].file.endswith("template.docx") and layers.files[-1].data == {}
    files, issues = read_words([*chain, tmp_path])
    assert not issues and all(not file.data for layered in files.values() for file in layered.files
                              if file.file.endswith("template.docx"))  # fmt: skip


def test_the_command_writes_it(tmp_path: Path) -> None:
    out = tmp_path / "模板.docx"
    outcome = CliRunner().invoke(cli, ["export-template", "industry", "--output", str(out)])
    assert outcome.exit_code == 0 and "templates/series/industry/template.docx" in outcome.output
    assert Document(str(out)).paragraphs
    outcome = CliRunner().invoke(cli, ["export-template", "indstry", "--output", str(out)])
    assert outcome.exit_code == 1 and "是不是 industry" in outcome.output


# ---------------------------------------------------------------- what follows


def test_only_what_was_changed_is_said(plain: bytes, tmp_path: Path) -> None:
    found = dict(said(tmp_path / "mine", by.edited(plain, by.restyled)))
    fonts = found.pop("fonts")
    assert found == by.RESTYLED
    assert fonts["fang-word"]["word_han"] == "仿宋_GB2312"
    layers = theme_layers([*INDUSTRY, tmp_path / "mine"], SERIES)
    assert layers.where("roles", "body", "size").endswith("template.docx（样式“正文文本”）")
    assert layers.where("page", "left").endswith("template.docx（页面设置）")


@pytest.fixture(scope="module")
def follows(plain: bytes, tmp_path_factory: pytest.TempPathFactory) -> tuple[Theme, Specimen]:
    """The theme and the specimen of the industry series under a changed template with a logo."""
    edits = (by.restyled, by.logo(), by.worded("封面系列", "中东研究报告"), by.worded("封底签署", "签发："))
    chain = put(tmp_path_factory.mktemp("changed"), by.edited(plain, *edits))
    return themed(chain), set_specimen(chain)


def test_the_pdf_follows(follows: tuple[Theme, Specimen]) -> None:
    pages = follows[1].layout.to_data()["pages"]
    lines = [line for page in pages for line in page["lines"]]
    sizes = {role: {line["size"] for line in lines if line["role"] == role} for role in ("body", "heading-1")}
    assert sizes == {"body": {14}, "heading-1": {22}}
    assert min(line["x"] for line in lines if line["role"] == "body") == pytest.approx(28 * POINTS, abs=0.1)
    assert [line["text"] for line in lines if line["role"] == "cover-series"] == ["中东研究报告"]
    assert next(line["text"] for line in lines if line["role"] == "closing-line") == "签发："
    with pikepdf.open(io.BytesIO(follows[1].pdf)) as pdf:
        [image] = pdf.pages[0].Resources.XObject.values()
        assert isinstance(image, pikepdf.Stream)
        seen = pikepdf.PdfImage(image).as_pil_image()
        assert seen.size == (600, 200)
        assert seen.getpixel((10, 10)) == (181, 52, 43) and seen.getpixel((590, 10)) == (255, 255, 255)
        assert any(str(one.get("/Alt", "")) == by.ALT for one in pdf.objects if isinstance(one, pikepdf.Dictionary))


def test_the_word_file_follows(follows: tuple[Theme, Specimen]) -> None:
    document = Document(io.BytesIO(follows[1].docx))
    assert document.styles["Body Text"].font.size == Pt(14)
    assert document.styles["Body Text"].paragraph_format.line_spacing == Pt(28)
    assert str(document.styles["Heading 1"].font.color.rgb) == "C00000"
    assert document.styles["Quote"].element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert document.sections[-1].left_margin == pytest.approx(Mm(28), abs=Pt(0.1))
    assert by.line(document, "封面系列").text == "中东研究报告"
    picture = by.line(document, "封面标志")._p.find(f".//{qn('wp:inline')}")
    assert picture is not None and picture.docPr.get("descr") == by.ALT
    assert not lint_docx(follows[1].docx)


def test_charts_and_the_web_page_follow(follows: tuple[Theme, Specimen]) -> None:
    theme, made = follows
    words = [item for one in made.drawings.values() for item in one.items if isinstance(item, Words)]
    titles = {(item.size, item.colour) for item in words if item.role == "chart-title"}
    assert titles == {(15.0, "#c00000")}
    css = theme_css(theme)
    assert "仿宋_GB2312" in css and "#c00000" in css.lower()
    assert theme.logo.alt == by.ALT


def test_exported_anew_it_says_nothing_again(plain: bytes, tmp_path: Path) -> None:
    """Logo, other fonts and colours of one's own are part of the next template, and its picture can be taken out."""
    chain = put(tmp_path / "mine", by.edited(plain, by.restyled, by.logo(), by.worded("封面单位", "某某研究院")))
    again = exported(chain, themed(chain))
    over = tmp_path / "over"
    over.mkdir()
    (over / "template.docx").write_bytes(again)
    assert theme_layers([*chain, over], SERIES).files[-1].data == {}

    def bare(document: WordDocument) -> None:
        for found in document.element.body.findall(f".//{qn('w:drawing')}"):
            found.getparent().remove(found)

    (over / "template.docx").write_bytes(by.edited(again, bare))
    assert themed([*chain, over]).logo.png == ""


def test_a_colour_of_words_theme_is_the_palettes(plain: bytes, tmp_path: Path) -> None:
    """设计 → 颜色: what follows that colour needs no word of its own."""
    def recolour(parts: dict[str, bytes]) -> None:
        name = "word/theme/theme1.xml"
        navy = b'<a:accent1><a:srgbClr val="17375E"/></a:accent1>'
        assert navy in parts[name]
        parts[name] = parts[name].replace(navy, navy.replace(b"17375E", b"005A3C"))

    assert said(tmp_path / "mine", by.repacked(plain, recolour)) == {"palette": {"navy": "#005a3c"}}


def test_cover_lines_that_were_changed_or_taken_away(plain: bytes, tmp_path: Path) -> None:
    def unstamped(document: Any) -> None:
        gone = by.line(document, "封面样稿")._p
        gone.getparent().remove(gone)

    edits = (unstamped, by.worded("封面单位", "某某研究院"), by.worded("封面副标题", "区域报告系列"),
             by.worded("封面说明", "依据{{ 文献数 }}文献"))  # fmt: skip
    chain = put(tmp_path / "mine", by.edited(plain, *edits))
    files, issues = read_words(chain)
    assert not issues
    word = next(file for file in files["series.yaml"].files if file.file.endswith("docx"))
    assert word.data == {"stamp": "", "issuer": "某某研究院", "kind": "区域报告", "statement": "依据{{ 文献数 }}文献"}
    assert word.where("issuer").endswith("template.docx（封面的“issuer”）")


def test_a_paragraph_of_the_series_page_has_its_place(plain: bytes, tmp_path: Path) -> None:
    """Not that of the paragraph in strings.yaml that it replaces."""
    chain = put(tmp_path / "mine", by.edited(plain, by.worded("前页正文", "本系列自{{ 某年 }}起。")))
    files, _ = read_words(chain)
    assert files["strings.yaml"].where("series_page", "paragraphs", 0).endswith("template.docx（系列页）")


def test_a_report_says_its_own_lines_itself(plain: bytes, tmp_path: Path) -> None:
    """A report's template.docx gives the lines that its report.yaml leaves open; what both say is told."""
    folder = tmp_path / "mine"
    chain = put(folder, by.edited(plain, by.worded("封面单位", "某某研究院"), by.worded("封面作者", "某某")))
    (folder / "report.yaml").write_text("extends: industry\nauthor: 别人\n", "utf-8")
    files, issues = read_words(chain)
    assert files["series.yaml"].data["issuer"] == "某某研究院" and files["series.yaml"].data["author"] == "别人"
    [issue] = issues
    assert "report.yaml 里写着 author" in issue.problem and "report.yaml:2" in issue.hint


# ---------------------------------------------------------------- a change follows, or is told


def changed_styles(data: bytes, change: by.Change, names: Set[str]) -> bytes:
    """The file with the same change made to all these styles."""
    def edit(document: WordDocument) -> None:
        for style in document.styles:
            if canonical(str(style.name)) in names:
                change(style)

    return by.edited(data, edit)


@pytest.mark.parametrize("trait", by.CHANGES)
def test_every_style_follows_or_is_told(trait: str, plain: bytes, tmp_path: Path) -> None:
    """Of each style that sets a role, the change is found again in a template exported from what was made of it; else
    a line has said that nothing follows it."""
    record = opened(plain, "").record
    mains = {name: style for name, style in record.styles.items() if style.main}
    shown = {style.shown: name for name, style in mains.items()}
    whole = changed_styles(plain, by.CHANGES[trait], mains.keys())
    lines = told(tmp_path / "mine", whole)
    refused = {shown[found[1]] for line in lines if (found := re.search(r"（样式“(.+?)”）", line))}
    wanted = opened(changed_styles(plain, by.CHANGES[trait], mains.keys() - refused), "")
    chain = put(tmp_path / "mine", wanted.data)
    again = opened(exported(chain, themed(chain)), "")
    lost = {}
    for name in mains:
        now, made = (one.styles.traits(one.styles.by_name[name]) for one in (wanted, again))
        anew = by.DRAWN_ANEW.get(mains[name].role, set()) | by.BY_BODY.get(trait, set())
        lost[mains[name].role] = changes(now, made) - anew
    assert not {role: traits for role, traits in lost.items() if traits}
    assert mains.keys() - refused, "some follow"


# ---------------------------------------------------------------- what cannot follow


MISTAKES = {
    "by hand": (by.by_hand, "直接改了文字的字号、颜色", "改样式“正文文本”，不要只改文字"),
    "floating": (by.float_it, "有浮动的图片", "嵌入型"),
    "text box": (by.box_it, "文本框", "删去"),
    "columns": (by.in_columns, "分了栏", "改成一栏"),
    "underline": (by.styled("Body Text", lambda style: setattr(style.font, "underline", True)), "改了下划线", "改回去"),
    "multiple": (by.styled("Body Text", by.multiple), "行距不是固定值", "固定值"),
    "font": (by.han("Body Text", "隶书"), "不认识中文字体“隶书”", "宋体"),
    "bold": (by.styled("Body Text", lambda style: setattr(style.font, "bold", True)), "没有加粗的“宋体”",
             "黑体（加粗）"),
    "Normal": (by.styled("Normal", lambda style: setattr(style.font, "size", Pt(20))), "不单独改", "正文文本"),
    "follower": (by.styled("表注", lambda style: setattr(style.font, "size", Pt(20))), "不单独改", "改样式“资料来源”"),
    "unheeded": (by.styled("表格文字", lambda style: setattr(style.paragraph_format, "space_before", Pt(9))),
                 "改了段前，不起作用", "padding"),
    "deleted": (by.without("Quote"), "删掉了", "重新导出"),
    "title": (by.worded("封面标题", "某某报告"), "每份报告各写各的", "report.yaml 里写 title"),
    "kind": (by.worded("封面副标题", "某某报告"), "以“系列”收尾", "subtitle"),
    "header": (by.headed, "那里的字由程序写", "页眉"),
    "no alt": (by.logo(alt=""), "没有替代文字", "可选文字"),
    "huge": (by.logo(millimetres=150), "放不下", "缩小"),
    "added": (lambda document: document.add_paragraph("新写的一段"), "加进来的，哪里也不印", "sections/"),
    "no size": (by.styled("Heading 1", by.sizeless), "字号读不出来", "填磅数"),
    "elsewhere": (by.logo(style="封面单位"), "这里的图片印不出来", "封面标志"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MISTAKES)
def test_what_cannot_follow_is_told_in_one_line(mistake: str, plain: bytes, tmp_path: Path) -> None:
    edit, problem, hint = MISTAKES[mistake]
    lines = told(tmp_path / "mine", by.edited(plain, edit))
    assert [line for line in lines if problem in line and hint in line], lines
    assert len(lines) == 1, lines
    assert "template.docx（" in lines[0]


def test_mistakes_are_told_together(plain: bytes, tmp_path: Path) -> None:
    lines = told(tmp_path / "mine", by.edited(plain, by.by_hand, by.in_columns, by.han("Quote", "隶书")))
    assert len(lines) == 3


def dtd(parts: dict[str, bytes]) -> None:
    head, end, rest = parts["word/styles.xml"].partition(b"?>")
    parts["word/styles.xml"] = head + end + b'<!DOCTYPE w [<!ENTITY a "b">]>' + rest


def outside(parts: dict[str, bytes]) -> None:
    name = "word/_rels/document.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = b'<Relationship Id="rId99" Type="%s" Target="http://example.org/a.png" TargetMode="External"/>' % kind
    parts[name] = parts[name].replace(b"</Relationships>", link + b"</Relationships>")


REFUSED = {
    "macros": (lambda parts: parts.update({"word/vbaProject.bin": b"x"}), "带有宏"),
    "outside": (outside, "引用了文件以外的东西（image）"),
    "DTD": (dtd, "DOCTYPE"),
    "not ours": (lambda parts: parts.pop("customXml/item1.xml"), "不是由 export-template 导出的"),
    "damaged": (lambda parts: parts.update({"word/styles.xml": b"<w:"}), "已损坏"),
}


@pytest.mark.parametrize("reason", REFUSED)
def test_a_strangers_file_is_refused(reason: str, plain: bytes, tmp_path: Path) -> None:
    change, problem = REFUSED[reason]
    [line] = told(tmp_path / "mine", by.repacked(plain, change))
    assert problem in line and "Traceback" not in line


def test_a_link_out_of_the_folder_is_refused(plain: bytes, tmp_path: Path) -> None:
    chain = put(tmp_path / "mine", plain)
    (tmp_path / "elsewhere.docx").write_bytes(plain)
    (chain[-1] / "template.docx").unlink()
    (chain[-1] / "template.docx").symlink_to(tmp_path / "elsewhere.docx")
    with pytest.raises(ReportError, match="文件夹之外"):
        theme_layers(chain, SERIES)


def test_check_template_tells_them(plain: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    put(folder, by.edited(plain, by.by_hand, by.in_columns, by.worded("封面标题", "某某")))
    (folder / "series.yaml").write_text("extends: industry\n", "utf-8")
    outcome = CliRunner().invoke(cli, ["check-template", str(folder), "--seeds", "seeds", "--out", "output"])
    assert outcome.exit_code == 1
    assert all(word in outcome.output for word in ("分了栏", "直接改了文字", "每份报告各写各的"))


def test_a_family_that_another_stands_in_for_is_mentioned(plain: bytes, tmp_path: Path) -> None:
    layers = theme_layers(put(tmp_path / "mine", by.edited(plain, by.han("Quote", "仿宋_GB2312"))), SERIES)
    [warning] = stand_ins(layers)
    assert "仿宋_GB2312" in warning.problem and "NotoSerifSC" in warning.problem
    assert warning.where.endswith("template.docx（样式“引用”）")


def test_a_theme_has_no_words(tmp_path: Path) -> None:
    """The cover lines of a theme's template.docx are the series' own: changing them changes nothing, and is told."""
    shutil.copytree("templates/themes", tmp_path / "themes")
    shutil.copytree("templates/series", tmp_path / "series")
    chain = template_chain(tmp_path / "themes/gongwen", tmp_path / "series")
    data = exported(chain, themed(template_chain(SERIES.parent / "themes/gongwen", SERIES)))
    smaller = by.styled("Quote", lambda style: setattr(style.font, "size", Pt(12)))
    (chain[-1] / "template.docx").write_bytes(by.edited(data, by.worded("封面单位", "某某研究院"), smaller))
    layers, issues = try_theme_layers(chain, tmp_path / "series")
    assert layers.data["roles"]["quote"]["size"] == 12
    [issue] = issues
    assert "只放样式" in issue.problem


# ---------------------------------------------------------------- by way of LibreOffice


@pytest.mark.long
@pytest.mark.parametrize("name", ["series/industry", "themes/gongwen"])
def test_libreoffice_saves_it_unchanged(name: str, tmp_path: Path) -> None:
    chain = template_chain(SERIES.parent / name, SERIES)
    saved = converted(exported(chain, themed(chain)), tmp_path, "docx").read_bytes()
    (tmp_path / "template.docx").write_bytes(saved)
    assert theme_layers([*chain, tmp_path], SERIES).files[-1].data == {}
    assert not read_words([*chain, tmp_path])[1]


@pytest.mark.long
def test_libreoffice_keeps_what_was_changed(plain: bytes, tmp_path: Path) -> None:
    made = by.edited(plain, by.restyled, by.logo(), by.worded("封面单位", "某某研究院"))
    saved = converted(made, tmp_path, "docx").read_bytes()
    one, other = said(tmp_path / "one", made), said(tmp_path / "other", saved)
    assert other["logo"]["alt"] == by.ALT
    assert other["logo"]["width"] == pytest.approx(one["logo"]["width"], abs=0.2)
    assert {key: held for key, held in other.items() if key != "logo"} == {
        key: held for key, held in one.items() if key != "logo"
    }
    assert read_words([*INDUSTRY, tmp_path / "other"])[0]["series.yaml"].data["issuer"] == "某某研究院"
