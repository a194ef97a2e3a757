"""What an editor can do that no section can say: each is told with where to change it, nothing is lost in silence."""

from __future__ import annotations

import copy
import io
import zipfile
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from lxml import etree  # type: ignore[import-untyped]

from report.writers.docx.xml import text_run, w

from ..project import Project
from .test_edits import REPORT, added, come_back, removed
from .test_returning import _forget, parts
from .word import Word, set_text, text_of, xml

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
BY = 'w:id="907" w:author="王编辑" w:date="2026-11-20T09:30:00Z"'
SIGNED = "王编辑，2026-11-20 09:30："


def run_of(word: Word, words: str) -> object:
    """The run with these words."""
    return next(node.getparent() for node in word.texts() if words in (node.text or ""))


def formed(word: Word, words: str, mark: str) -> None:
    """A mark of a run's look put into it."""
    run = run_of(word, words)
    if run.find(qn("w:rPr")) is None:  # type: ignore[attr-defined]
        run.insert(0, w("rPr"))  # type: ignore[attr-defined]
    run.find(qn("w:rPr")).append(xml(mark))  # type: ignore[attr-defined]


def row_of(word: Word, words: str) -> object:
    """The row of a table with these words."""
    return next(word.paragraph(words).iterancestors(qn("w:tr")))


# ---------------------------------------------------------------- tracked


def test_a_tracked_row_is_told_with_its_author(finished: Project) -> None:
    def edit(word: Word) -> None:
        row = next(t for t in word.document.tables if "企业数" in t.cell(1, 0).text).rows[1]._tr
        new = copy.deepcopy(row)
        for paragraph, text in zip(new.iter(qn("w:p")), ("备件", "未列", "—"), strict=True):
            paragraph[1:] = [text_run(text)]
        for one, tag in ((row, "del"), (new, "ins")):
            one.get_or_add_trPr().append(xml(f"<w:{tag} {BY}/>"))
        row.addnext(new)

    told = come_back(finished, edit)
    assert f"{SIGNED}删除表的一行“企业数、" in told and f"{SIGNED}插入表的一行“备件、未列、—”" in told, told
    assert added(told) == ["| 备件 | 未列 | — |"]


def test_a_deleted_row_tells_the_figures_that_went_with_it(finished: Project) -> None:
    def edit(word: Word) -> None:
        table = next(t for t in word.document.tables if "企业数" in t.cell(1, 0).text)
        table._tbl.remove(table.rows[1]._tr)

    told = come_back(finished, edit)
    assert "随文字删去的数据（1）\n  sections/二.md:" in told and ": 值“企业数”" in told, told


def test_tracked_ends_of_paragraphs_and_looks_are_told(finished: Project) -> None:
    def edit(word: Word) -> None:
        word.paragraph("追踪没有说明").find("{*}pPr").append(xml(f"<w:rPr><w:del {BY}/></w:rPr>"))
        word.add("追踪没有说明", "后来加的话。")
        formed(word, "都已成形", f"<w:rPrChange {BY}><w:rPr/></w:rPrChange>")
        word.paragraph("出口额的说法不一").find("{*}pPr").append(xml(f"<w:pPrChange {BY}><w:pPr/></w:pPrChange>"))

    told = come_back(finished, edit)
    assert f"{SIGNED}删除段落标记“……" in told
    assert f"sections/一.md:3: {SIGNED}改格式“临港的企业数和产值都已成形" in told
    assert f"sections/二.md:3: {SIGNED}改段落格式“出口额的说法不一" in told


def test_a_paragraph_deleted_with_its_end_is_told_where_it_stood(finished: Project) -> None:
    def edit(word: Word) -> None:
        paragraph = word.paragraph("统计只包括整机")
        runs = list(paragraph)[1:]
        gone = xml(f"<w:del {BY}/>")
        paragraph.append(gone)
        gone.extend(runs)
        for node in gone.iter(qn("w:t")):
            node.tag = qn("w:delText")
        paragraph.find("{*}pPr").append(xml(f"<w:rPr><w:del {BY}/></w:rPr>"))

    told = come_back(finished, edit)
    assert f"sections/二.md:11: {SIGNED}删除“统计只包括整机" in told, told
    assert "> 统计只包括整机，不含备件和软件服务。" in removed(told) and not [line for line in added(told) if line]


# ---------------------------------------------------------------- beside the text, and looks


def test_an_edited_header_is_told(finished: Project) -> None:
    def edit(files: dict[str, bytes]) -> None:
        name = next(name for name, data in sorted(files.items()) if "header" in name and b"w:fldChar" in data)
        run = "<w:r><w:t>内部稿</w:t></w:r></w:p>".encode()
        files[name] = files[name].replace(b"</w:p>", run, 1)

    told = finished.report("import-docx", str(parts(REPORT, edit)), "mini").stdout
    assert "  页眉页脚: “" in told and "内部稿" in told and "report.yaml 的 title" in told, told
    assert told.endswith("各节没有要改的。\n")


@pytest.mark.parametrize(("said", "told"), [("企业有规模，人员留得住", False), ("内部稿", True)])
def test_an_edited_field_of_a_header_is_told_but_one_that_follows_the_text_is_not(
    said: str, told: bool, finished: Project
) -> None:
    title = Word(REPORT).document.core_properties.title

    def edit(files: dict[str, bytes]) -> None:
        name = next(name for name, data in sorted(files.items()) if "header" in name and title.encode() in data)
        files[name] = files[name].replace(title.encode(), said.encode())

    result = finished.report("import-docx", str(parts(REPORT, edit)), "mini")
    assert ("页眉页脚" in result.stdout) is told, result.stdout


def test_another_title_among_the_properties_is_told(finished: Project) -> None:
    def edit(word: Word) -> None:
        word.document.core_properties.title = "另一个题目"

    told = come_back(finished, edit)
    assert "文件属性: 标题改成“另一个题目” — 改 report.yaml 的 title" in told


@pytest.mark.parametrize(("mark", "said"), [
    ("strike", "删除线"), ("u", "下划线"), ("highlight", "突出显示"), ("color", "颜色"), ("sz", "单独的字号"),
])  # fmt: skip
def test_looks_that_no_section_can_say_are_told(mark: str, said: str, finished: Project) -> None:
    value = {"u": ' w:val="single"', "highlight": ' w:val="yellow"', "color": ' w:val="FF0000"',
             "sz": ' w:val="20"'}.get(mark, "")
    told = come_back(finished, lambda word: formed(word, "都已成形", f"<w:{mark}{value}/>"))
    assert "sections/一.md:3: “临港的企业数和产值都已成形" in told and f"加了{said}" in told and not added(told)


def test_a_forced_line_break_is_told(finished: Project) -> None:
    told = come_back(finished, lambda word: word.paragraph("结论限于文献所及").append(w("r", w("br"))))
    assert "有强制换行；要分段就按回车键" in told and not added(told)


def test_a_sign_of_a_symbol_font_and_a_formula_are_told(finished: Project) -> None:
    def edit(word: Word) -> None:
        formula = etree.fromstring(f'<m:oMath xmlns:m="{MATH}"><m:r><m:t>x</m:t></m:r></m:oMath>')
        word.paragraph("结论限于文献所及").extend([w("r", w("sym", font="Wingdings", char="F0FC")), formula])

    told = come_back(finished, edit)
    assert "有符号字体的字；补丁里先写作□" in told and "有公式；补丁里只有它的字" in told


def test_an_item_that_became_body_text_is_told(finished: Project) -> None:
    def edit(word: Word) -> None:
        look = word.paragraph("多在整机企业").find(qn("w:pPr"))
        look.find(qn("w:pStyle")).set(qn("w:val"), "BodyText")
        for numbers in look.findall(qn("w:numPr")):
            look.remove(numbers)

    told = come_back(finished, edit)
    assert "段落的样式" in told and "sections/一.md:20: “留在临港" in told, told


# ---------------------------------------------------------------- comments


def test_an_answer_stands_behind_its_comment(finished: Project) -> None:
    def edit(word: Word) -> None:
        said = next(p for p in word.paragraphs() if "结论限于" in p.text)
        word.document.add_comment(said.runs[-1:], text="照改。", author="李审读")
        word.document.add_comment(said.runs[-1:], text="可否删去？", author="王编辑")

    word = Word(REPORT)
    edit(word)
    first, second = "00A00001", "00A00002"
    path = word.save(Path("edited.docx"))

    def thread(files: dict[str, bytes]) -> None:
        w14 = b'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
        name = next(name for name in files if name.endswith("comments.xml"))
        text = files[name].replace(b"<w:p>", b"<w:p w14:paraId=\"%s\">" % first.encode(), 1)
        text = text.replace(b"<w:p>", b"<w:p w14:paraId=\"%s\">" % second.encode(), 1)
        files[name] = text.replace(b"<w:comments ", b"<w:comments " + w14 + b" ", 1) if w14 not in text else text
        files["word/commentsExtended.xml"] = (
            '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml">'
            f'<w15:commentEx w15:paraId="{first}" w15:paraIdParent="{second}"/></w15:commentsEx>'
        ).encode()

    told = finished.report("import-docx", str(parts(path, thread)), "mini").stdout
    asked, answered = told.index("：可否删去？"), told.index("答王编辑：照改。")
    assert asked < answered and told.endswith("各节没有改动，只有批注。\n"), told


def test_a_comment_without_a_place_is_told_too(finished: Project) -> None:
    def edit(word: Word) -> None:
        said = next(p for p in word.paragraphs() if "结论限于" in p.text)
        word.document.add_comment(said.runs[-1:], text="这句可疑。", author="李审读")
        for tag in ("commentRangeStart", "commentRangeEnd"):
            for node in list(word.body.iter(qn(f"w:{tag}"))):
                node.getparent().remove(node)

    told = come_back(finished, edit)
    assert "sections/结语.md:3: 李审读，" in told and "这句可疑。" in told, told


# ---------------------------------------------------------------- figures and copies


def test_a_computed_figure_tells_how_it_was_computed(finished: Project) -> None:
    def edit(word: Word) -> None:
        set_text(word.control("研发人员占比从", "研发占比变化"), "9个百分点")

    told = come_back(finished, edit)
    assert "改成了“9个百分点”；来源：由 " in told and " 算出，文献[" in told, told


def like_word(word: Word, words: str, after: str) -> object:
    """A paragraph copied as Word does: its notes get ids of their own."""
    copied = copy.deepcopy(word.paragraph(words))
    for mark in copied.iter(qn("w:footnoteReference")):
        note = copy.deepcopy(next(one for one in word.notes if one.get(qn("w:id")) == mark.get(qn("w:id"))))
        number = str(1 + max(int(one.get(qn("w:id"))) for one in word.notes))
        note.set(qn("w:id"), number)
        word.notes.append(note)
        mark.set(qn("w:id"), number)
    for node in list(copied.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        node.getparent().remove(node)
    word.paragraph(after).addnext(copied)
    return copied


@pytest.mark.parametrize("own", [True, False])
def test_a_copied_paragraph_keeps_slots_and_has_notes_of_its_own(own: bool, finished: Project) -> None:
    def edit(word: Word) -> None:
        if own:
            like_word(word, "研发人员占比从", "追踪没有说明")
        else:
            word.paragraph("追踪没有说明").addnext(copy.deepcopy(word.paragraph("研发人员占比从")))

    told = come_back(finished, edit)
    assert {line for line in added(told) if line} == {
        "研发人员占比从{{ 研发占比2021|时期 }}的{{ 研发占比2021 }}{{ 升降: 研发占比2021, 研发占比2024 }}为"
        "{{ 研发占比2024|时期 }}的{{ 研发占比2024 }}，变化{{ 研发占比变化 }}。[^e1]留下来的人是多数，见[](#去向)。",
        "[^e1]: {{ 出处: 研发占比2021, 研发占比2024 }}；前后口径相同。",
    }, told
    assert not removed(told) and "手写" not in told and "照 一.md:" in told


def test_signs_typed_in_a_copy_or_beside_a_figure_put_in_are_told(finished: Project) -> None:
    def edit(word: Word) -> None:
        copied = like_word(word, "其中整机企业", "追踪没有说明")
        control = next(one for one in copied.iter(qn("w:sdt")) if text_of(one) == text_of(wanted))  # type: ignore
        control.addnext(text_run("以上"))
        new = word.add("出口额的说法不一", "另见")
        new.append(copy.deepcopy(wanted))
        new.append(text_run("万的说法。"))

    word = Word(REPORT)
    wanted = word.control("其中整机企业", "整机企业数")
    told = come_back(finished, edit)
    assert "改成了“" in told and "以上”；来源：文献[" in told
    assert "sections/二.md: 新写处的值“整机企业数”作“" in told and "万”，印出来仍是数据" in told
    assert "另见{{ 整机企业数 }}的说法。" in added(told), told


def test_a_join_over_a_figure_is_a_join(finished: Project) -> None:
    def edit(word: Word) -> None:
        caption = word.paragraph("毕业生的去向")
        first = word.paragraph("研发人员占比从")
        below = caption.getnext().getnext()
        first.extend(list(below)[1:])
        below.getparent().remove(below)

    told = come_back(finished, edit)
    assert "随文字删去的数据" not in told and "并为一段" in told, told


# ---------------------------------------------------------------- files


def test_a_file_that_another_program_wrote_anew_is_refused(finished: Project) -> None:
    word = Word(REPORT)
    for control in list(word.body.iter(qn("w:sdt"))):
        for inner in reversed(list(control.find(qn("w:sdtContent")))):
            control.addnext(inner)
        control.getparent().remove(control)
    for style in word.document.styles.element.iter(qn("w:name")):
        style.set(qn("w:val"), style.get(qn("w:val")).replace("题", "x").replace("资料来源", "y"))
    path = parts(word.save(Path("edited.docx")), _forget)
    result = finished.report("import-docx", str(path), "mini")
    assert result.exit_code == 1 and "别的程序重新写出的文件" in result.stderr and len(result.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_is_told_in_a_line(finished: Project) -> None:
    for name, said in (("没有.docx", "没有这个文件"), ("output", "这是文件夹")):
        result = finished.report("import-docx", name, "mini")
        assert result.exit_code == 1 and said in result.stderr and len(result.stderr.splitlines()) == 1


def test_two_parts_of_one_name_are_refused(finished: Project) -> None:
    buffer = io.BytesIO(REPORT.read_bytes())
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    Path("two.docx").write_bytes(buffer.getvalue())
    result = finished.report("import-docx", "two.docx", "mini")
    assert result.exit_code == 1 and "同名的部件" in result.stderr


def test_a_heading_with_a_note_is_told_for_it_cannot_be_built(finished: Project) -> None:
    told = come_back(finished, lambda word: word.join("企业有规模", "临港的企业数和产值"),
                     lambda word: word.note("企业有规模", "编者按。"))  # fmt: skip
    assert "sections/一.md:1: 脚注不能挂在标题里" in told


def test_a_figure_deleted_whole_takes_its_source_along(finished: Project) -> None:
    def edit(word: Word) -> None:
        caption = word.paragraph("毕业生的去向")
        for paragraph in (caption.getprevious(), caption.getnext(), caption):
            paragraph.getparent().remove(paragraph)

    told = come_back(finished, edit)
    assert "删去整个图“毕业生的去向”" in told and "资料来源" not in told


def test_a_cell_of_several_paragraphs_is_told(finished: Project) -> None:
    def edit(word: Word) -> None:
        cell = next(table for table in word.document.tables if "企业数" in table.cell(1, 0).text).cell(1, 0)
        cell._tc.append(copy.deepcopy(cell._tc[-1]))

    told = come_back(finished, edit)
    assert "一格里有几段：“企业数”“企业数”" in told and not added(told)
