"""What an editor does in Word, and what `report import-docx` makes of it, on the miniature report."""

from __future__ import annotations

import copy
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from report.writers.docx.xml import related, text_run

from ..project import Project
from .word import Word, set_text, xml

Edit = Callable[[Word], object]
REPORT = Path("output/mini/report.docx")
SECTIONS = Path("templates/reports/mini/sections")


def come_back(project: Project, *edits: Edit, apply: bool = False) -> str:
    """What the command says of the report edited so."""
    word = Word(REPORT)
    for edit in edits:
        edit(word)
    path = word.save(Path("edited.docx"))
    result = project.report("import-docx", str(path), "mini", *(["--apply"] if apply else []))
    assert result.exit_code == 0, result.stderr
    return result.stdout


def added(told: str) -> list[str]:
    """The lines that the patch puts in."""
    return [line[1:] for line in told.splitlines() if line.startswith("+") and not line.startswith("+++")]


def removed(told: str) -> list[str]:
    return [line[1:] for line in told.splitlines() if line.startswith("-") and not line.startswith("---")]


def test_an_untouched_file_gives_no_patch(finished: Project) -> None:
    assert come_back(finished) == "没有改动。\n"


def test_the_written_file_itself_gives_no_patch(finished: Project) -> None:
    assert finished.report("import-docx", str(REPORT), "mini").stdout == "没有改动。\n"


def test_a_changed_sentence_is_a_changed_line(finished: Project) -> None:
    told = come_back(finished, lambda word: word.replace("都已成形", "都已大致成形"))
    assert "sections/一.md:3: “临港的企业数和产值都已成形，人员的去留有一份追踪可查。”改为" in told
    assert removed(told) == ["临港的企业数和产值都已成形，人员的去留有一份追踪可查。"]
    assert added(told) == ["临港的企业数和产值都已大致成形，人员的去留有一份追踪可查。"]


def test_the_patch_is_one_that_git_and_patch_take(finished: Project) -> None:
    told = come_back(
        finished,
        lambda word: word.replace("都已成形", "都已大致成形"),
        lambda word: word.replace("结论限于文献所及", "结论只限于文献所及"),
    )
    Path("edits.patch").write_text(told, "utf-8")
    for command in (["git", "apply", "--check", "edits.patch"], ["patch", "-p1", "--dry-run", "-i", "edits.patch"]):
        assert finished.run(*command).returncode == 0, finished.run(*command).stderr
    assert finished.run("git", "apply", "edits.patch").returncode == 0
    applied = {path.name: path.read_bytes() for path in SECTIONS.iterdir()}
    subprocess.run(["patch", "-R", "-p1", "-s", "-i", "edits.patch"], check=True)
    come_back(
        finished,
        lambda word: word.replace("都已成形", "都已大致成形"),
        lambda word: word.replace("结论限于文献所及", "结论只限于文献所及"),
        apply=True,
    )
    assert {path.name: path.read_bytes() for path in SECTIONS.iterdir()} == applied


def test_slots_around_a_change_stay_as_they_were_typed(finished: Project) -> None:
    told = come_back(finished, lambda word: word.replace("，其中整机企业", "，里面整机企业"))
    assert added(told) == [
        "{{ 企业数|时期 }}，临港有机器人企业{{ 企业数 }}，里面整机企业{{ 整机企业数 }}。[^census]"
        "产业规模{{ 产业规模 }}，各文献的说法一致。[^output]"
    ]


def test_a_changed_figure_is_told_and_not_taken(finished: Project) -> None:
    told = come_back(finished, lambda word: set_text(word.control("其中整机企业", "整机企业数"), "99家"))
    assert "改了绑定的数据（没有采用" in told and "改成了“99家”；来源：文献[" in told
    assert "sections/一.md:7: 值“整机企业数”印的是“" in told
    assert told.endswith("各节没有要改的。\n")


def test_a_changed_figure_without_its_control_is_told_too(finished: Project) -> None:
    def change(word: Word) -> None:
        word.unwrap()
        word.replace("320", "520")

    told = come_back(finished, change)
    assert "值“产业规模”印的是" in told and "520" in told and not added(told)


def test_controls_that_were_taken_away_change_nothing(finished: Project) -> None:
    assert come_back(finished, Word.unwrap) == "没有改动。\n"


def test_a_figure_deleted_with_its_words_is_told(finished: Project) -> None:
    def cut(word: Word) -> None:
        control = word.control("其中整机企业", "整机企业数")
        control.getparent().remove(control)
        word.replace("，其中整机企业", "")

    told = come_back(finished, cut)
    assert "随文字删去的数据（1）\n  sections/一.md:7: 值“整机企业数”" in told
    assert "{{ 整机企业数 }}" not in "".join(added(told))


def test_a_typed_figure_is_told_with_how_to_bind_it(finished: Project) -> None:
    told = come_back(finished, lambda word: word.replace("都已成形", "都已成形，增长12%"))
    assert "sections/一.md:3: “12%”是手写的数字 — 在 values.yaml 里绑定后用 {{ 值名 }}" in told
    assert "增长12%" in "".join(added(told))


def test_a_comparison_that_the_data_chose_is_not_taken_over(finished: Project) -> None:
    told = come_back(finished, lambda word: word.replace("上升", "猛升", word.paragraph("研发人员占比")))
    assert "由数据生成，改成了“猛升" in told and not added(told)


def test_a_reference_to_what_was_deleted_is_told(finished: Project) -> None:
    told = come_back(finished, lambda word: word.delete("企业有规模"))
    assert "sections/二.md:3: 没有“people”可引用" in told


def test_a_deleted_paragraph_takes_its_notes_along(finished: Project) -> None:
    told = come_back(finished, lambda word: word.delete("研究机构称出口额"))
    assert any(line.startswith("研究机构称出口额{{ 出口额 }}") for line in removed(told))
    assert any(line.startswith("[^export]:") for line in removed(told))
    assert "值“出口额”" in told


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("Body Text", "新写的一段。"),
        ("heading 2", "## 新写的一段。"),
        ("heading 3", "### 新写的一段。"),
        ("Quote", "> 新写的一段。"),
        ("List Bullet", "- 新写的一段。"),
        ("List Number", "1. 新写的一段。"),
    ],
)
def test_a_new_paragraph_is_put_in_as_what_it_is(finished: Project, style: str, line: str) -> None:
    told = come_back(finished, lambda word: word.add("临港的企业数和产值", "新写的一段。", style))
    assert [text for text in added(told) if text] == [line]


def test_emphasis_links_and_notes_become_markdown(finished: Project) -> None:
    def edit(word: Word) -> None:
        paragraph = word.add("临港的企业数和产值", "要紧的话与轻说的话，见")
        word.styled("要紧的话", "b")
        word.styled("轻说的话", "i")
        link = word.document.part.relate_to("https://example.org/a", RT.HYPERLINK, is_external=True)
        paragraph.append(related("hyperlink", link))
        paragraph[-1].append(text_run("某页"))
        word.note("要紧的话", "编者按。")

    told = come_back(finished, edit)
    assert "**要紧的话**与*轻说的话*，见[某页](https://example.org/a)[^e1]" in added(told)
    assert "[^e1]: 编者按。" in added(told)


def test_signs_of_markdown_are_guarded(finished: Project) -> None:
    told = come_back(finished, lambda word: word.add("临港的企业数和产值", "# 甲*乙*[丙](丁)与~戊~和==己=="))
    assert "\\#甲\\*乙\\*\\[丙\\](丁)与\\~戊\\~和\\=\\=己\\=\\=" in added(told)


def test_a_split_paragraph_keeps_its_slots_in_both_halves(finished: Project) -> None:
    told = come_back(finished, lambda word: word.split("其中整机企业", "产业规模"))
    lines = [line for line in added(told) if line]
    assert lines[0].endswith("{{ 整机企业数 }}。[^census]")
    assert lines[1] == "产业规模{{ 产业规模 }}，各文献的说法一致。[^output]"


def test_joined_paragraphs_are_one(finished: Project) -> None:
    told = come_back(finished, lambda word: word.join("出口额的说法不一", "研究机构称出口额"))
    assert [line for line in added(told) if line] == [
        "出口额的说法不一，差别在统计范围。[](#people)的企业数没有这个问题。研究机构称出口额{{ 出口额 }}，"
        "园区的数字低一些，范围也窄一些。[^export]"
    ]


def test_a_moved_paragraph_keeps_slots_and_notes(finished: Project) -> None:
    told = come_back(finished, lambda word: word.move("其中整机企业", "研发人员占比"))
    line = "{{ 企业数|时期 }}，临港有机器人企业{{ 企业数 }}，其中整机企业{{ 整机企业数 }}。[^census]"
    line += "产业规模{{ 产业规模 }}，各文献的说法一致。[^output]"
    assert "移动了位置" in told and line in added(told) and line in removed(told)


def test_a_paragraph_moved_to_another_section_takes_its_note_along(finished: Project) -> None:
    told = come_back(finished, lambda word: word.move("研究机构称出口额", "临港的企业数和产值"))
    assert "[^export]: {{ 出处: 出口额 }}" in added(told) and "[^export]: {{ 出处: 出口额 }}" in removed(told)


def test_headings_captions_boxes_and_cells_are_mended_in_place(finished: Project) -> None:
    told = come_back(
        finished,
        lambda word: word.replace("企业有规模", "企业已有规模", word.paragraph("企业有规模")),
        lambda word: word.replace("毕业生的去向", "毕业生去了哪里", word.paragraph("毕业生的去向")),
        lambda word: word.replace("文献所载的主要数据", "主要数据", word.paragraph("文献所载的主要数据")),
        lambda word: word.replace("给企业的提示", "给企业提个醒"),
        lambda word: word.replace("项目", "名目", word.paragraph("项目")),
        lambda word: word.replace("多在整机企业", "大多在整机企业"),
        lambda word: word.replace("注：出口额的统计范围不一", "注：统计范围不一"),
    )
    assert set(added(told)) == {
        "# 企业已有规模，人员留得住 {#people}",
        "![毕业生去了哪里](chart:去向)",
        '::: table 主要数据 {#main align="left,decimal,left" widths="2,1,1"}',
        "::: box 给企业提个醒",
        "| 名目 | 数据 | 时期 |",
        "- 留在临港的{{ 留在临港 }}，**大多在整机企业**。",
        "注：统计范围不一。",
    }


def test_a_changed_note_is_changed_where_it_is_written(finished: Project) -> None:
    told = come_back(finished, lambda word: word.replace_note("前后口径相同", "前后口径大体相同"))
    assert added(told) == ["[^share]: {{ 出处: 研发占比2021, 研发占比2024 }}；前后口径大体相同。"]


def test_rows_are_put_in_and_taken_out(finished: Project) -> None:
    def edit(word: Word) -> None:
        table = next(t for t in word.document.tables if "企业数" in t.cell(1, 0).text)
        row = table.rows[1]._tr
        row.getparent().remove(row)
        new = copy.deepcopy(table.rows[1]._tr)
        for paragraph, text in zip(new.iter(qn("w:p")), ("备件", "未列", "—"), strict=True):
            paragraph[1:] = [text_run(text)]
        table.rows[-1]._tr.addnext(new)

    told = come_back(finished, edit)
    assert added(told) == ["| 备件 | 未列 | — |"]
    assert removed(told) == ["| 企业数 | {{ 企业数 }} | {{ 企业数|时期 }} |"]


def test_edits_of_what_is_generated_say_where_to_change_it(finished: Project) -> None:
    told = come_back(
        finished,
        lambda word: word.replace("文献", "资料", word.paragraph("资料来源")),
        lambda word: word.replace("数据核校", "数据核对", word.paragraph("附录　数据核校")),
    )
    assert "图下的资料来源由数据生成" in told and "附录由数据生成：改 values.yaml" in told
    assert not added(told)


def test_tracked_changes_and_comments_are_listed_with_their_places(finished: Project) -> None:
    def edit(word: Word) -> None:
        paragraph = word.paragraph("结论限于文献所及")
        run = next(node.getparent() for node in word.texts(paragraph) if "结论" in (node.text or ""))
        by = 'w:id="901" w:author="王编辑" w:date="2026-11-20T09:30:00Z"'
        run.addnext(xml(f"<w:ins {by}><w:r><w:t>供参考。</w:t></w:r></w:ins>"))
        run.addnext(xml(f"<w:del {by}><w:r><w:delText>旧话</w:delText></w:r></w:del>"))
        said = next(p for p in word.paragraphs() if "结论" in p.text)
        word.document.add_comment(said.runs[-1:], text="这句可否删去？", author="李审读", initials="李")

    told = come_back(finished, edit)
    assert "修订（2）\n  sections/结语.md:3: 王编辑，2026-11-20 09:30：删除“旧话”" in told
    assert "王编辑，2026-11-20 09:30：插入“供参考。”" in told
    assert "sections/结语.md:3: 李审读，" in told and "：这句可否删去？（在“" in told
    assert [line for line in added(told) if line][0].endswith("供参考。")


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(finished: Project) -> None:
    by = 'w:id="902" w:author="王编辑" w:date="2026-11-20T09:30:00Z"'

    def edit(word: Word) -> None:
        word.paragraph("追踪没有说明").find("{*}pPr").append(xml(f"<w:rPr><w:del {by}/></w:rPr>"))
        word.add("追踪没有说明", "后来加的话。")

    told = come_back(finished, edit)
    assert added(told) == [
        "追踪没有说明继续深造的{{ 继续深造 }}后来去了哪里，长期的去留不能由此推断。后来加的话。"
    ]


def test_a_tracked_move_is_a_move(finished: Project) -> None:
    by = 'w:id="903" w:author="王编辑" w:date="2026-11-20T09:30:00Z"'

    def edit(word: Word) -> None:
        old = word.paragraph("统计只包括整机")
        new = copy.deepcopy(old)
        word.paragraph("出口额的说法不一").addnext(new)
        for paragraph, tag in ((old, "moveFrom"), (new, "moveTo")):
            runs = list(paragraph)[1:]
            wrap = xml(f"<w:{tag} {by}/>")
            paragraph.append(wrap)
            wrap.extend(runs)
        old[0].append(xml(f"<w:rPr><w:moveFrom {by}/></w:rPr>"))

    told = come_back(finished, edit)
    assert "移动了位置" in told and "王编辑，2026-11-20 09:30：移来“统计只包括整机" in told
    line = "> 统计只包括整机，不含备件和软件服务。"
    assert line in added(told) and line in removed(told)


@pytest.mark.parametrize(
    ("old", "new"),
    [("“", '"'), ("，", "，\u200b"), ("的", "\u00ad的"), ("，", "， "), ("临港", "临 港"[:1] + "\u00a0" + "港")],
)
def test_what_word_does_by_itself_is_no_change(finished: Project, old: str, new: str) -> None:
    def edit(word: Word) -> None:
        for node in word.texts():
            node.text = (node.text or "").replace(old, new)

    told = come_back(finished, edit)
    assert not added(told), told


def test_runs_cut_in_pieces_are_no_change(finished: Project) -> None:
    def edit(word: Word) -> None:
        for node in list(word.texts()):
            run, text = node.getparent(), node.text or ""
            if len(text) > 3 and run.getparent().tag.endswith("}p"):
                node.text = text[:2]
                other = copy.deepcopy(run)
                set_text(other, text[2:])
                run.addnext(other)

    told = come_back(finished, edit)
    assert told == "没有改动。\n", told


@pytest.mark.parametrize(
    ("before", "after"), [("1", ""), ("约", ""), ("", "以上"), ("", "0"), ("近", ""), ("", "%"), ("", "万"), ("-", "")]
)
def test_signs_typed_beside_a_figure_make_it_a_changed_figure(finished: Project, before: str, after: str) -> None:
    def edit(word: Word) -> None:
        control = word.control("其中整机企业", "整机企业数")
        control.addprevious(text_run(before))
        control.addnext(text_run(after))

    told = come_back(finished, edit)
    assert "改了绑定的数据" in told and f"改成了“{before}" in told and "来源：文献[" in told, told
    assert told.endswith("各节没有要改的。\n") and not added(told)


def test_words_typed_beside_a_figure_stay_words(finished: Project) -> None:
    def edit(word: Word) -> None:
        control = word.control("其中整机企业", "整机企业数")
        control.addprevious(text_run("就有最近开张的"))
        control.addnext(text_run("，多为新办"))

    told = come_back(finished, edit)
    assert "就有最近开张的{{ 整机企业数 }}，多为新办" in "".join(added(told)) and "改了绑定" not in told


AGAIN: dict[str, Edit] = {
    "words": lambda word: word.replace("都已成形", "都已大致成形"),
    "paragraph": lambda word: word.add("临港的企业数和产值", "新写的一段。"),
    "heading": lambda word: word.add("临港的企业数和产值", "新的一节", "heading 2"),
    "item": lambda word: word.add("多在整机企业", "新的一条。", "List Bullet"),
    "quotation": lambda word: word.add("临港的企业数和产值", "新的引文。", "Quote"),
    "moved": lambda word: word.move("研究机构称出口额", "临港的企业数和产值"),
    "gone": lambda word: word.delete("研究机构称出口额"),
    "note": lambda word: word.note("临港的企业数和产值", "编者按。"),
}


@pytest.mark.parametrize("name", AGAIN)
def test_what_was_applied_is_done(name: str, finished: Project) -> None:
    come_back(finished, AGAIN[name], apply=True)
    after = {path.name: path.read_bytes() for path in SECTIONS.iterdir()}
    told = come_back(finished, AGAIN[name], apply=True)
    assert "已在报告里的改动" in told and "没有采用" not in told.replace("没有采用。", "")
    assert {path.name: path.read_bytes() for path in SECTIONS.iterdir()} == after, told


def recount(word: Word, kind: str, old: str, new: str) -> None:
    """What Word does to the results of its fields when they are counted anew (F9, printing)."""
    inside, said = 0, ""
    for node in word.body.iter(qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        if node.tag == qn("w:fldChar"):
            state = node.get(qn("w:fldCharType"))
            inside, said = {"begin": 1, "separate": 2, "end": 0}[state], "" if state == "begin" else said
        elif node.tag == qn("w:instrText"):
            said += node.text or ""
        elif inside == 2 and said.split()[0] == kind and old in (node.text or ""):
            node.text = (node.text or "").replace(old, new)


def test_numbers_that_word_counts_anew_are_no_words_of_the_editor(finished: Project) -> None:
    def edit(word: Word) -> None:
        for old, new in (("1", "12"), ("2", "1")):
            recount(word, "SEQ", old, new)
            recount(word, "REF", old, new)

    assert come_back(finished, edit) == "没有改动。\n"


def test_a_figure_taken_out_is_all_that_is_done_though_references_to_it_break(finished: Project) -> None:
    def edit(word: Word) -> None:
        caption = word.paragraph("毕业生的去向")
        for element in (caption.getprevious(), caption.getnext(), caption):
            element.getparent().remove(element)
        recount(word, "REF", "图1", "错误！未找到引用源。")

    told = come_back(finished, edit)
    assert [line for line in removed(told) if line] == ["![毕业生的去向](chart:去向)"], told
    assert not [line for line in added(told) if line]


def test_a_figure_or_box_that_was_moved_stays_and_is_told(finished: Project) -> None:
    def edit(word: Word) -> None:
        after = word.paragraph("结论限于文献所及")
        caption = word.paragraph("毕业生的去向")
        for element in (caption.getnext(), caption, caption.getprevious()):
            after.addnext(element)

    told = come_back(finished, edit)
    assert "“毕业生的去向”移动了位置；图、表、专栏不随文字移动" in told, told
    assert not [line for line in added(told) + removed(told) if line], told


def test_a_heading_that_was_moved_keeps_its_id(finished: Project) -> None:
    told = come_back(finished, lambda word: word.move("企业有规模", "结论限于文献所及"))
    assert "# 企业有规模，人员留得住 {#people}" in added(told) and "没有“people”可引用" not in told, told


def test_a_copied_paragraph_leaves_the_notes_of_the_first_where_they_are(finished: Project) -> None:
    def edit(word: Word) -> None:
        copied = copy.deepcopy(word.paragraph("研究机构称出口额"))
        word.paragraph("临港的企业数和产值").addnext(copied)

    told = come_back(finished, edit)
    assert not removed(told), told
    assert "[^export]: {{ 出处: 出口额 }}" in added(told)


def test_a_heading_that_became_body_text_is_body_text(finished: Project) -> None:
    def edit(word: Word) -> None:
        word.paragraph("企业有规模").find(f"{qn('w:pPr')}/{qn('w:pStyle')}").set(qn("w:val"), "BodyText")

    told = come_back(finished, edit)
    assert "改了段落的样式" in told and "企业有规模，人员留得住" in added(told), told
