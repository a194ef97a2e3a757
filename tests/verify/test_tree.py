"""The structure tree is held against the pages: each way of breaking it is told, in its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from report.verify.models import UNTRIED
from report.verify.release import release_page
from report.verify.tree import check_order

from .breaking import Proof


def elements(pdf: pikepdf.Pdf, tag: str) -> Iterator[Any]:
    """The structure elements of a tag."""
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == Name("/" + tag) and "/P" in thing:
            yield thing


def to_the_first_page(pdf: pikepdf.Pdf) -> None:
    """What stands on the last page is said to stand on the first."""
    last = pdf.pages[-1].obj.objgen
    for element in elements(pdf, "P"):
        if "/Pg" in element and element.Pg.objgen == last:
            element.Pg = pdf.pages[0].obj


def lose(pdf: pikepdf.Pdf) -> None:
    next(one for one in elements(pdf, "P") if "/Pg" in one).K = pikepdf.Array([])


def twice(pdf: pikepdf.Pdf) -> None:
    first = next(one for one in elements(pdf, "P") if "/Pg" in one)
    first.K = pikepdf.Array([*first.K, first.K[0]])


def orphan(pdf: pikepdf.Pdf) -> None:
    page = next(page for page in pdf.pages if "/Annots" in page)
    page.Annots[0].StructParent = 9999


def unspoken(pdf: pikepdf.Pdf) -> None:
    page = next(page for page in pdf.pages if "/Annots" in page)
    del page.Annots[0]["/Contents"]


def skip(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "H2"):
        element.S = Name("/H4")


def unbox(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "Figure"):
        del element["/A"]


def rename_notes(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "Note"):
        element.ID = pikepdf.String("note")


def swap_parents(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = next(numbers[index] for index in range(1, len(numbers), 2) if isinstance(numbers[index], pikepdf.Array))
    owners[0] = pdf.Root.StructTreeRoot.K[0]


BROKEN: dict[str, tuple[Callable[[pikepdf.Pdf], None], str]] = {
    "content on another page": (to_the_first_page, "处内容不在结构树里"),
    "content in no element": (lose, "处内容不在结构树里"),
    "content in the tree twice": (twice, "出现两次"),
    "a link that leads to no element": (orphan, "有链接不在结构树里"),
    "a link without words": (unspoken, "有链接没有说明"),
    "a heading level skipped": (skip, "标题由1级跳到4级"),
    "a figure without a box": (unbox, "有图没有替代文字或位置"),
    "notes of one name": (rename_notes, "有脚注没有自己的编号"),
    "a parent tree that leads elsewhere": (swap_parents, "内容与父树不符"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_tree_is_told(case: str, proof: Proof) -> None:
    breaking, told = BROKEN[case]
    broken = proof.pdf(breaking)
    assert "structure" in broken.failed()
    assert told in broken.found("structure")


def test_text_read_in_another_order_is_told(proof: Proof) -> None:
    finished = proof.finished
    reading = finished.readings["pdf"]
    swapped = replace(reading, passages=(reading.passages[-1], *reading.passages[:-1]))
    broken = replace(proof, finished=replace(finished, readings={**finished.readings, "pdf": swapped}))
    assert broken.failed() == {"order"}
    assert "读得太迟" in broken.found("order")


def test_no_passages_are_in_order() -> None:
    assert check_order([], []).ok


def test_what_was_not_tried_is_never_counted_as_passed(proof: Proof) -> None:
    tried, untried = proof.verified(), replace(proof, archive=f"{UNTRIED}（没有 Java）").verified()
    assert tried.told() == f"{len(tried.verification.checks)} 项检查全部通过"
    left = len(tried.verification.checks) - 1
    assert untried.told() == f"{left} 项检查全部通过；PDF/UA-1和PDF/A-2a（veraPDF）未验（没有 Java）"
    page = release_page(proof.finished.content, proof.basis.dataset, untried.verification)
    assert f"- **未验**　PDF/UA-1和PDF/A-2a（veraPDF）（没有 Java）\n\n其余{left}项通过。" in page
