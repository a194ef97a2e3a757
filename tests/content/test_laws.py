"""Laws: what holds of any text."""

from hypothesis import given
from hypothesis import strategies as st

from report.content.fill import tidy
from report.content.markdown import parse_section
from report.content.nodes import Inline, NoteMark, Text, Value
from report.content.numbering import Counter, han
from report.content.prose import Words, runs, walk
from report.content.walk import plain
from report.errors import ReportError
from report.templates.models import Section

MARKS = [
    "# ", "\n\n", "**", "*", "[^甲]", "[^甲]: 注", "{{ 值 }}", "{{", "}}", "::: box 题\n", ":::\n", "> ",
    "::: table 题\n", "- ", "1. ", "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n", "[](#甲)", "![图](chart:乙)",
    "<b>", "`", "\\", "    ", "{#甲}", "中文", "GPT", " ", "\n", "57%", "[链](https://a.b)", "^[注]", "---\n",
    "&amp;", "\U000f0001",
]
written = st.lists(st.sampled_from(MARKS) | st.text(max_size=4), max_size=14).map("".join)
inlines = st.lists(
    st.builds(lambda text: Text(text=text), st.text("中文，GPT 3\u3000“”", max_size=6))
    | st.builds(lambda text: Value(name="值", text=text), st.sampled_from(["57%", "约3人", "GPU 3"]))
    | st.just(NoteMark(note="注")),
    max_size=8,
)


@given(written)
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    """Never another exception; every mistake has its file and a line of it; nothing of a slot's stand-in remains."""
    try:
        prose = parse_section(Section(file="一.md", text=text, first_line=3))
    except ReportError as error:
        last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 3
        assert all(3 <= int(issue.where.removeprefix("一.md:")) <= last for issue in error.issues)
        return
    pieces = [piece for block in walk(prose.blocks) for run in runs(block) for piece in run]
    assert not any(char >= "\U000f0000" for piece in pieces if isinstance(piece, Words) for char in piece.text)


@given(inlines)
def test_tidying_twice_changes_nothing(run: list[Inline]) -> None:
    """And takes nothing but space away."""
    once = tidy(run)

    assert tidy(once) == once
    assert plain(once).replace(" ", "").replace("\u3000", "") == (
        plain(run).replace(" ", "").replace("\u3000", "")
    )


@given(st.integers(1, 99))
def test_chinese_numerals_are_those_of_a_book(number: int) -> None:
    """Read back digit by digit: 十二 is 12, 三十 is 30."""
    tens, ten, ones = han(number).rpartition("十")
    digits = "〇一二三四五六七八九"
    value = (digits.index(tens) if tens else 1) * 10 if ten else 0

    assert value + (digits.index(ones) if ones else 0) == number


@given(st.lists(st.integers(1, 3), max_size=30))
def test_a_number_starts_anew_under_each_higher_heading(levels: list[int]) -> None:
    """No two headings of one parent have the same number."""
    counter = Counter()
    path: list[str] = ["", "", ""]
    seen: set[tuple[str, ...]] = set()
    for level in levels:
        path[level - 1 :] = [counter.number(level), *[""] * (3 - level)]
        assert tuple(path) not in seen
        seen.add(tuple(path))
