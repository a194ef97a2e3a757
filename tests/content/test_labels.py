"""The ends of notes and the labels of the source list."""

import pytest

from report.content.fill import ended
from report.content.labels import counted, numbered
from report.content.nodes import Link, Text


@pytest.mark.parametrize("text, told", [
    ("据年报", "据年报。"), ("据年报。", "据年报。"), ("见Oxford University Press.", "见Oxford University Press."),
    ("他问“行吗？”", "他问“行吗？”"), ("据“年报”", "据“年报”。"), ("等等……", "等等……"), ("Why not?", "Why not?"),
    ("为3.5倍", "为3.5倍。"),
])
def test_a_note_ends_in_one_stop(text: str, told: str) -> None:
    assert "".join(inline.text for inline in ended((Text(text=text),)) if isinstance(inline, Text)) == told


def test_an_entry_is_parted_from_its_label() -> None:
    link = Link(url="https://a.b", text="https://a.b")
    assert numbered((Text(text="[12] 甲. 题"), link)) == ("[12]", (Text(text="甲. 题"), link))
    assert numbered((Text(text="甲[1] 乙"), link)) == ("", (Text(text="甲[1] 乙"), link))
    assert numbered(()) == ("", ())


def test_a_title_is_parted_from_the_number_it_brings() -> None:
    """附表1　… brings one; 表 of a year, a plain title and a number within one bring none."""
    strong = Text(text="名", style="strong")
    assert counted((Text(text="附表12　用语"), strong)) == ("附表", 12, (Text(text="用语"), strong))
    for words in ("用语", "2024　年", "附表1用语", "附表01　用语", "附表1-2　用语", "甲乙丙丁戊己庚1　用语"):
        assert counted((Text(text=words),)) == ("", 0, (Text(text=words),))
    assert counted((strong,)) == ("", 0, (strong,)) and counted(()) == ("", 0, ())
