"""The tagged PDF: what is read, in which order, and that marks, tree and parent tree agree."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Name

from report.writers.pdf.layout import Layout

from .tree import check_tree, elements


@pytest.fixture(scope="module")
def pdf(sample: tuple[bytes, Layout]) -> Iterator[pikepdf.Pdf]:
    """The sample report, opened."""
    with pikepdf.open(io.BytesIO(sample[0])) as opened:
        yield opened


def test_marks_tree_and_parent_tree_agree(pdf: pikepdf.Pdf) -> None:
    assert check_tree(pdf) > 500


def test_check_tree_sees_a_reference_to_the_wrong_page(sample: tuple[bytes, Layout]) -> None:
    with pikepdf.open(io.BytesIO(sample[0])) as pdf:
        reference = next(kid for element in elements(pdf.Root.StructTreeRoot) for kid in element.K
                         if not isinstance(kid, int) and kid.get("/Type") == Name.MCR)
        reference.Pg = pdf.pages[0].obj
        with pytest.raises((AssertionError, KeyError, IndexError)):
            check_tree(pdf)


def test_every_structure_a_report_needs_is_there(pdf: pikepdf.Pdf) -> None:
    tags = Counter(str(element.S)[1:] for element in elements(pdf.Root.StructTreeRoot))

    assert {"H1", "H2", "H3", "P", "TOC", "TOCI", "Reference", "Link", "L", "LI", "Lbl", "LBody", "Table", "THead",
            "TBody", "TR", "TH", "TD", "Figure", "Caption", "Note", "BlockQuote", "Sect", "Part"} <= set(tags)
    assert tags["Part"] == 8
    assert tags["TOCI"] == 13


def test_a_note_is_read_right_after_its_mark(pdf: pikepdf.Pdf) -> None:
    for parent in elements(pdf.Root.StructTreeRoot):
        kids = [kid for kid in parent.K if not isinstance(kid, int)]
        for before, kid in zip(kids, kids[1:], strict=False):
            if kid.get("/S") == Name.Note:
                assert Name.Reference == before.S


def test_note_ids_are_unique_and_in_the_id_tree(pdf: pikepdf.Pdf) -> None:
    ids = [str(element.ID) for element in elements(pdf.Root.StructTreeRoot) if Name.Note == element.S]
    named = [str(name) for name in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]

    assert len(ids) > 25
    assert len(set(ids)) == len(ids)
    assert sorted(ids) == sorted(named)


def test_figures_have_words_and_a_box(pdf: pikepdf.Pdf) -> None:
    figures = [element for element in elements(pdf.Root.StructTreeRoot) if Name.Figure == element.S]

    assert len(figures) == 7
    for figure in figures:
        assert str(figure.Alt).startswith("条形图")
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        assert right - left == pytest.approx(408, abs=0.1)
        assert top - bottom == pytest.approx(190, abs=0.1)


def test_table_cells_have_scope_and_spans(pdf: pikepdf.Pdf) -> None:
    tables = [element for element in elements(pdf.Root.StructTreeRoot) if Name.Table == element.S]
    spanned = next(t for t in tables if any(cell.get("/A", {}).get("/ColSpan") == 2 for cell in elements(t)))
    heads = [cell for cell in elements(spanned) if cell.S == Name.TH]

    assert [str(cell.A.Scope) for cell in heads].count("/Column") == 5
    assert [str(cell.A.Scope) for cell in heads].count("/Row") == 2
    assert sum(cell.get("/A", {}).get("/RowSpan") == 2 for cell in elements(spanned) if "/A" in cell) == 3


def test_a_paragraph_over_a_page_end_is_one_element(pdf: pikepdf.Pdf) -> None:
    split = [element for element in elements(pdf.Root.StructTreeRoot) if element.S == Name.P
             and any(not isinstance(kid, int) and kid.get("/Type") == Name.MCR for kid in element.K)]

    assert split


def test_headings_never_skip_a_level(pdf: pikepdf.Pdf) -> None:
    levels = [int(str(element.S)[2:]) for element in elements(pdf.Root.StructTreeRoot)
              if str(element.S) in ("/H1", "/H2", "/H3")]

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))


def test_document_says_what_it_is(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "zh-CN"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.docinfo.Title) == "滨海港口集疏运体系与冷链仓储布局分析报告"
    assert str(pdf.docinfo.CreationDate) == "D:20261122000000Z"
    with pdf.open_metadata() as meta:
        assert meta["pdfuaid:part"] == "1"
        assert meta["pdfaid:conformance"] == "A"


def test_page_labels_and_bookmarks(pdf: pikepdf.Pdf, sample: tuple[bytes, Layout]) -> None:
    labels = [page.label for page in sample[1].pages]
    with pdf.open_outline() as outline:
        titles = [str(item.title) for item in outline.root]

    assert labels[:6] == ["封面", "扉页", "I", "II", "III", ""]
    assert labels[6] == "1"
    assert [str(page.label) for page in pdf.pages][2:7:2] == ["I", "III", "1"]
    assert titles[:3] == ["摘要", "目录", "一、港口：规则先行"]
    assert titles[-3:] == ["结语", "附录　数据核校", "参考文献"]


def test_every_link_has_a_target_and_words(pdf: pikepdf.Pdf) -> None:
    pages = {page.obj.objgen for page in pdf.pages}
    links = [annotation for page in pdf.pages for annotation in page.obj.get("/Annots", [])]

    assert len(links) > 80
    for link in links:
        assert str(link.Contents)
        if "/Dest" in link:
            assert link.Dest[0].objgen in pages
        else:
            assert str(link.A.URI).startswith("https://")


def test_a_mark_leads_to_its_note_and_the_note_back(pdf: pikepdf.Pdf, sample: tuple[bytes, Layout]) -> None:
    back = [link for page in pdf.pages for link in page.obj.get("/Annots", []) if str(link.Contents) == "回到正文"]
    there = [link for page in pdf.pages for link in page.obj.get("/Annots", []) if str(link.Contents) == "脚注"]
    printed = sum(not note.continued for page in sample[1].pages for note in page.notes)

    assert len(back) == printed
    assert len(there) > printed  # some notes have two marks on a page
    for page in pdf.pages:
        for link in page.obj.get("/Annots", []):
            if str(link.Contents) == "脚注":
                assert link.Dest[0].objgen == page.obj.objgen
                assert float(link.Dest[3]) < float(link.Rect[3])
