"""The sound miniature passes; broken in one place, it is caught by the check whose matter that is, and by no other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from report.charts.chart import Segment
from report.charts.drawing import Words
from report.content.nodes import Content, Note, Text, Value
from report.sources.document import Document
from report.verify.expected import expected_passages
from report.verify.figures import check_figures
from report.verify.models import Verification
from report.verify.passage import Passage

from ..project import Project
from .breaking import Proof, edit_first, misprint, type_number

CHECKS = [
    "figures-pdf", "figures-docx", "figures-html", "text-pdf", "text-docx", "text-html", "order", "counts",
    "pictures", "contents", "figures-charts", "charts-docx", "figures-alt", "figures-names", "directions", "values",
    "evidence", "references", "quotations", "wording", "fonts", "glyphs", "tags", "structure", "frame", "links", "word",
    "archive",
]  # fmt: skip


def test_the_sound_report_passes_every_check(proof: Proof) -> None:
    verified = proof.verified()
    assert [check.name for check in verified.verification.checks] == CHECKS
    assert not verified.issues and verified.verification.ok
    assert all(check.figure and not re.match("0 ", check.figure) for check in verified.verification.checks)


# ---------------------------------------------------------------- the files


def strip_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]
    del pdf.Root["/MarkInfo"]


def unembed(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].resources.Font.values()))
    holder = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    for name in ("/FontFile", "/FontFile2", "/FontFile3"):
        if name in holder.FontDescriptor:
            del holder.FontDescriptor[name]


def mute(pdf: pikepdf.Pdf) -> None:
    del next(iter(pdf.pages[0].resources.Font.values()))["/ToUnicode"]


def rename(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "另一份报告"


def drop_alt(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name.Figure:
            del thing["/Alt"]


def unscope(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == pikepdf.Name.TH:
            del thing["/A"]


def point_elsewhere(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            if "/A" in note and "/URI" in note.A:
                note.A.URI = pikepdf.String("file:///etc/passwd")


def other_page(document: str) -> str:
    """The page number of the first entry of the contents, one higher."""
    return re.sub(
        r"(PAGEREF.*?separate.*?<w:t[^>]*>)(\d+)(</w:t>)", lambda m: f"{m[1]}{int(m[2]) + 1}{m[3]}", document,
        count=1, flags=re.DOTALL,
    )  # fmt: skip


def drop_entry(document: str) -> str:
    """Without the second entry of the contents: the first holds the beginning of the field."""
    entries = re.findall(r"<w:p>(?:(?!</w:p>).)*PAGEREF(?:(?!</w:p>).)*</w:p>", document, flags=re.DOTALL)
    return document.replace(entries[1], "")


def drop_note(notes: str) -> str:
    return re.sub(r"<w:footnote w:id=\"\d+\">.*?</w:footnote>", "", notes, count=1, flags=re.DOTALL)


BROKEN_FILES: dict[str, tuple[Callable[[Proof], Proof], set[str]]] = {
    "word: a digit changed": (
        lambda proof: proof.docx("word/document.xml", lambda text: text.replace(">180家<", ">181家<", 1)),
        {"figures-docx", "text-docx"},
    ),
    "word: a note lost": (lambda proof: proof.docx("word/footnotes.xml", drop_note), {"text-docx", "counts", "word"}),
    "word: a bookmark that nothing has": (
        lambda proof: proof.docx("word/document.xml", lambda text: text.replace("PAGEREF _Toc", "PAGEREF _Gone", 1)),
        {"word"},
    ),
    "word: a page number in the contents": (lambda proof: proof.docx("word/document.xml", other_page), {"contents"}),
    "word: an entry of the contents lost": (lambda proof: proof.docx("word/document.xml", drop_entry), {"contents"}),
    "word: no alternative text": (
        lambda proof: proof.docx("word/document.xml", lambda text: re.sub(r' descr="[^"]*"', "", text)),
        {"pictures"},
    ),
    "word: a link changed": (
        lambda proof: proof.docx(
            "word/_rels/footnotes.xml.rels", lambda text: text.replace("example.org/robot/census-2024", "x")
        ),
        {"links"},
    ),
    "web: a number typed": (
        lambda proof: proof.html("临港的企业数和产值都已成形", "临港的500家企业和产值都已成形"),
        {"figures-html", "text-html"},
    ),
    "web: a paragraph added": (lambda proof: proof.html("</main>", "<p>多出来的一段。</p></main>"), {"text-html"}),
    "web: a table lost": (lambda proof: proof.html("<table ", "<div "), {"counts"}),
    "web: a word of a chart changed": (lambda proof: proof.html(">仍在临港</text>", ">离开临港</text>"), {"pictures"}),
    "web: a link that runs a script": (
        lambda proof: proof.html('<a class="link url" href="https:', '<a href="javascript:'),
        {"links"},
    ),
    "web: a replacement character": (
        lambda proof: proof.html("</main>", "<p>\ufffd</p></main>"),
        {"glyphs", "text-html"},
    ),
    "pdf: no structure": (
        lambda proof: proof.pdf(strip_tags), {"tags", "text-pdf", "counts", "pictures", "contents", "structure"},
    ),
    "pdf: another title": (lambda proof: proof.pdf(rename), {"tags"}),
    "pdf: no alternative text": (lambda proof: proof.pdf(drop_alt), {"pictures", "structure"}),
    "pdf: heads that say not of what": (lambda proof: proof.pdf(unscope), {"tags"}),
    "pdf: a link changed": (lambda proof: proof.pdf(point_elsewhere), {"links"}),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN_FILES)
def test_a_broken_file_is_caught(case: str, proof: Proof) -> None:
    breaking, caught = BROKEN_FILES[case]
    assert breaking(proof).failed() == caught


def test_a_font_that_is_not_embedded_is_caught(proof: Proof) -> None:
    assert "字体没有嵌入" in proof.pdf(unembed).found("fonts")


def test_a_font_whose_text_cannot_be_copied_is_caught(proof: Proof) -> None:
    assert "文字不能复制和检索" in proof.pdf(mute).found("fonts")


@pytest.mark.parametrize(("edge", "side"), [({"y": 760.0}, "在下，超出版心"), ({"x": 400.0}, "在右，超出版心")])
def test_a_line_outside_the_text_block_is_caught(edge: dict[str, float], side: str, proof: Proof) -> None:
    layout = json.loads(json.dumps(proof.finished.layout))
    line = next(line for page in layout["pages"] for line in page["lines"] if line["role"] == "body")
    line.update(edge)
    broken = replace(proof, finished=replace(proof.finished, layout=layout))

    assert broken.failed() == {"frame"}
    assert f"“{line['text'][:20]}”{side}" in broken.found("frame")


def test_a_finding_tells_the_place_and_the_figure(proof: Proof) -> None:
    broken = proof.html("临港的企业数和产值都已成形", "临港的500家企业和产值都已成形")
    assert "【500家】企业和产值" in broken.found("figures-html")


# ---------------------------------------------------------------- what the files were made from


def with_evidence(content: Content, name: str, **changes: object) -> Content:
    evidence = content.evidence[name].changed(changes)
    return content.changed({"evidence": {**content.evidence, name: evidence}})


def with_front(content: Content, **changes: object) -> Content:
    return content.changed({"front": content.front.changed(changes)})


def another_sentence(content: Content) -> Content:
    witness = content.evidence["企业数"].witnesses[0]
    false = witness.changed({"sentence": f"据说{witness.text}之多。"})
    return with_evidence(content, "企业数", witnesses=(false,))


def another_sha(content: Content) -> Content:
    first, *rest = content.sources
    return content.changed({"sources": (first.changed({"sha256": "0" * 64}), *rest)})


def another_publisher(content: Content) -> Content:
    return content.changed(
        update={"sources": tuple(source.changed({"publisher": ""}) for source in content.sources)}
    )


def another_entry(content: Content) -> Content:
    first, *rest = content.sources
    return content.changed({"sources": (first.changed({"text": "[1] 佚名."}), *rest)})


def shorten(documents: dict[str, Document]) -> dict[str, Document]:
    """The documents as if each were a tenth as long: what the annex quotes is then too much of them."""
    return {name: document.changed({"source": document.source[:200]}) for name, document in documents.items()}


BROKEN_BASIS: dict[str, tuple[Callable[[Proof], Proof], set[str], str]] = {
    "sentence not in the source": (
        lambda proof: proof.content(another_sentence),
        {"evidence"},
        "原文里没有这一句：据说",
    ),
    "no evidence": (
        lambda proof: proof.content(lambda content: with_evidence(content, "企业数", witnesses=())),
        {"evidence", "values"}, "企业数: 没有依据",
    ),
    "another number printed": (
        lambda proof: proof.content(lambda content: with_evidence(content, "企业数", text="1180家")),
        {"evidence"}, "印作“1180家”，原文是“180家”",
    ),
    "a year in the label": (
        lambda proof: proof.content(lambda content: with_evidence(content, "企业数", label="2023年临港机器人企业数")),
        {"evidence"}, "名称里的“2023年”不是它的时间",
    ),
    "a count in the label": (
        lambda proof: proof.content(lambda content: with_evidence(content, "企业数", label="99座园区的企业数")),
        {"evidence"}, "名称里的“99座”不见于它的原文",
    ),
    "a figure in the report's title": (
        lambda proof: proof.content(lambda content: with_front(content, title="2025年的99座冷库")),
        {"figures-names", "tags"}, "题名: 2025年的【99座】冷库",
    ),
    "a figure in a keyword": (
        lambda proof: proof.content(lambda content: with_front(content, keywords=("机器人", "出口60亿元"))),
        {"figures-names"}, "关键词: 出口【60亿元】",
    ),
    "another sha256": (lambda proof: proof.content(another_sha), {"references"}, "sha256 与所读文件不同"),
    "entry not printed": (lambda proof: proof.content(another_entry), {"references"}, "文献表没有印出"),
    "no publisher": (lambda proof: proof.content(another_publisher), {"references"}, "发布者与文献不同：空"),
    "a banned word": (
        lambda proof: proof.of(wording=proof.basis.wording.changed({"banned": {"规模": "试验"}})),
        {"wording"}, "不用“规模”（试验）",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN_BASIS)
def test_a_broken_chain_is_caught(case: str, proof: Proof) -> None:
    breaking, caught, told = BROKEN_BASIS[case]
    broken = breaking(proof)
    assert broken.failed() == caught
    assert told in broken.found(min(caught))


@pytest.mark.parametrize(
    ("name", "label", "told"),
    [
        ("企业数", "前三季度的企业数", ""),
        ("整机企业数", "180家中的整机企业数", ""),
        ("整机企业数", "190家中的整机企业数", "“190家”不见于它的原文"),
        ("研发占比变化", "两届之差", ""),
        ("研发占比变化", "三年间之差", ""),
        ("研发占比变化", "五年间之差", "“五年”不见于它的原文"),
    ],
)
def test_a_label_holds_what_its_sources_tell(name: str, label: str, told: str, proof: Proof) -> None:
    found = proof.content(lambda content: with_evidence(content, name, label=label)).found("evidence")
    assert told in found and bool(found) == bool(told)


def test_quoting_too_much_is_caught(proof: Proof) -> None:
    broken = proof.of(documents=shorten(dict(proof.basis.documents)))
    assert "超过十分之一：少用这份文献的数据" in broken.found("quotations")


def test_a_value_that_prints_another_number_is_caught(proof: Proof) -> None:
    broken = proof.content(lambda content: edit_first(content, "body", misprint, Value))
    assert "与依据不符" in broken.found("values")


def test_a_stray_number_in_a_chart_is_caught(proof: Proof) -> None:
    name, chart = next(iter(proof.basis.charts.items()))
    title = (*chart.title, Segment(text="，另有500家"))
    broken = proof.of(charts={**proof.basis.charts, name: chart.changed({"title": title})})
    assert "【500家】" in broken.found("figures-charts")


ALTS = {
    "仍在临港的72人，转到外地的18人，继续深造的10人": "",
    "2024年，临港留下72人；《2023年鉴》未载": "",
    "仍在临港的约72人": "限定词“约”是手写的：仍在临港的【约72人】",
    "仍在临港的172人": "【172人】",
    "另有2家企业招走7人": "招走【7人】",
}


def with_alt(proof: Proof, alt: str) -> Proof:
    name, chart = next(iter(proof.basis.charts.items()))
    return proof.of(charts={**proof.basis.charts, name: chart.changed({"alt": alt})})


@pytest.mark.parametrize("alt", ALTS)
def test_figures_in_an_alternative_text_are_the_charts(alt: str, proof: Proof) -> None:
    broken = with_alt(proof, alt)
    assert broken.failed() == ({"figures-alt"} if ALTS[alt] else set())
    assert ALTS[alt] in broken.found("figures-alt")


def after(proof: Proof, words: str, text: str, said: str = "") -> Proof:
    """A value printed as `text` after some words; `said` is how its source's sentence puts it."""
    note = Note(inlines=(Text(text=words), Value(name="企业数", text=text)))
    broken = proof.content(lambda content: content.changed({"notes": {**content.notes, "加": note}}))
    found = broken.basis.dataset.observations
    changed = [one.changed({"sentence": said, "start": one.sentence_start + len(said)}) for one in found]
    return broken.of(dataset=proof.basis.dataset.changed({"observations": tuple(changed)}))


@pytest.mark.parametrize(
    ("words", "text", "said", "told"),
    [
        ("增长", "−13.0%", "", "“增长−13.0%”：数值已带负号"),
        ("同比下降", "−13%", "", "“下降−13%”：数值已带负号"),
        ("增长了", "13%", "进口下降", "“增长了13%”：原文是“下降”"),
        ("减少", "13%", "进口增长约", "原文是“增长约”"),
        ("增长", "13%", "进口增加", ""),
        ("差距缩小", "13%", "占比提高", ""),
        ("增长率为", "−13%", "", ""),
        ("增长至", "−13%", "", ""),
    ],
)
def test_a_direction_must_not_turn_a_value_round(words: str, text: str, said: str, told: str, proof: Proof) -> None:
    found = after(proof, words, text, said).found("directions")
    assert told in found and bool(found) == bool(told)


def test_words_that_no_chart_gave_are_caught(proof: Proof) -> None:
    name, drawing = next(iter(proof.finished.drawings.items()))
    stray = next(item for item in drawing.items if isinstance(item, Words)).changed({"text": "500家"})
    drawings = {**proof.finished.drawings, name: drawing.changed({"items": (*drawing.items, stray)})}
    broken = replace(proof, finished=replace(proof.finished, drawings=drawings))
    assert "“500家”不在图的文字里" in broken.found("figures-charts")
    assert broken.failed() == {"figures-charts", "pictures"}


def test_a_typed_number_is_caught_though_all_files_agree(proof: Proof) -> None:
    typed = edit_first(proof.finished.content, "body", type_number)
    expected = expected_passages(typed, None)
    agreeing = [Passage("paragraph", one.text) for one in expected]
    found = check_figures("pdf", agreeing, expected)
    assert [finding.text for finding in found.findings if "【500家】" in finding.text]


# ---------------------------------------------------------------- the stage


def test_the_stage_writes_the_record_and_the_page(finished: Project) -> None:
    result = finished.report(*finished.stages()[-1])
    assert (result.exit_code, result.stderr) == (0, "")
    folder = finished.out / "mini"
    record = json.loads((folder / "verification.json").read_text("utf-8"))
    assert list(record) == ["ok", "checks", "inputs", "fonts", "versions"]
    assert record["ok"] is True and [check["name"] for check in record["checks"]] == CHECKS
    assert all(list(check) == ["name", "ok", "figure", "findings"] for check in record["checks"])
    assert all(re.fullmatch("[0-9a-f]{64}", sha) for sha in record["inputs"].values())
    seeds = {f"seeds/{path.name}" for path in (finished.folder / "seeds").iterdir()}
    assert seeds <= set(record["inputs"]) and record["fonts"] and "reportlab" in record["versions"]
    assert not (folder / "failed-verification.json").exists()


def test_the_stage_fails_and_keeps_what_it_found(finished: Project) -> None:
    page = finished.out / "mini/report.html"
    page.write_text(page.read_text("utf-8").replace("</main>", "<p>另有企业500家。</p></main>"), "utf-8")
    result = finished.report(*finished.stages()[-1])
    assert result.exit_code == 1
    assert "核验未通过（网页里的数字都有出处）：另有企业【500家】。" in result.stderr
    assert "全部结果见 output/mini/failed-verification.json" in result.stderr and "figures-html" not in result.stderr
    folder = finished.out / "mini"
    assert not (folder / "verification.json").exists() and not (folder / "release.md").exists()
    failed = Verification.from_json((folder / "failed-verification.json").read_text("utf-8"))
    assert {check.name for check in failed.checks if not check.ok} == {"figures-html", "text-html"}
