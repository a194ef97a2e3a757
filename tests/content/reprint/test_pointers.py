"""Notes that point to others by number: to which, and what they say once all have their marks on new pages."""

from __future__ import annotations

import pytest

from report.content.nodes import Link, Text
from report.content.reprint.pointers import Place, number_of, pointed, pointing

HERE = Place("3", "②")


@pytest.mark.parametrize(("mark", "number"), [("②", 2), ("[12]", 12), ("¹²", 12), ("注3", 3), ("㉑", 21), ("*", 0)])
def test_a_mark_says_a_number(mark: str, number: int) -> None:
    assert number_of(mark) == number


@pytest.mark.parametrize(("text", "there", "printed"), [
    ("同注2。", Place("1", "③"), "同第1页注③。"),
    ("同註 1，頁19。", Place("2", "①"), "同第2頁註①，頁19。"),
    ("参见注〔4〕，第5页。", Place("3", "①"), "参见注①，第5页。"),
    ("见前注③；又见某书。", Place("II", "①"), "见前第II页注①；又见某书。"),
    ("前引注释5。", Place("1", "①"), "前引第1页注释①。"),
    ("同注9。", None, "同注9。"),
    ("备注2，关注3家，附注4。", Place("1", "①"), "备注2，关注3家，附注4。"),
])  # fmt: skip
def test_a_pointer_names_page_and_mark(text: str, there: Place | None, printed: str) -> None:
    assert pointing((Text(text=text),), HERE, (there,)) == (Text(text=printed),)


def test_links_in_such_a_note_stay() -> None:
    link = Link(url="https://example.org/注2", text="同注2")
    assert pointing((Text(text="见注1，"), link), HERE, (HERE,)) == (Text(text="见注②，"), link)


def test_a_number_means_the_last_note_before_that_has_it() -> None:
    notes = {key: (Text(text=text),) for key, text in
             [("a", "甲书。"), ("b", "乙书。"), ("c", "丙书。"), ("d", "同注1；又见注2、参见注7。"), ("e", "见注2。")]}
    numbers = {"a": 1, "b": 2, "c": 1, "d": 2, "e": 3}
    assert pointed(notes, numbers) == {"d": ("c", "b", ""), "e": ("d",)}
