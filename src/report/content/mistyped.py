"""Marks that are typed almost right: Markdown takes them for words and would print them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LINES = (  # how a line of a paragraph may not begin
    (re.compile(r"#{1,6}(?=[^#\s])"), "“{}”后面没有空格", "标题写成“# 标题”；要照印，前面加反斜线 \\"),
    (re.compile("＃{1,6}"), "“{}”是全角的", "标题用半角的 #，后面空一格"),
    (re.compile("(?=:{0,9}：)[:：]{3,10}"), "“{}”是全角的", "块用三个半角的冒号：:::"),
    (re.compile(r"[-+](?=[^\W\d_])"), "“{}”后面没有空格", "列表写成“- 文字”；要照印，前面加反斜线 \\"),
)
_INSIDE = (  # what may not stand anywhere in it
    (re.compile(r"(?<![{\\])\{(?!\{)[^{}]{0,60}\}"), "“{}”不起作用", "值写成 {{ 值名 }}；要照印，前面加反斜线 \\"),
    (re.compile(r"[［【]\^[^］】\]]{0,40}[］】\]]"), "“{}”的括号是全角的", "脚注写成 [^名字]"),
)


def mistyped(paragraph: str) -> Iterator[tuple[int, str, str]]:
    """Each mark of a paragraph that is not quite one: in which of its lines (from 0), what is wrong, what to write."""
    for number, line in enumerate(paragraph.split("\n")):
        found = [(pattern.match(line), problem, hint) for pattern, problem, hint in _LINES]
        found += [(pattern.search(line), problem, hint) for pattern, problem, hint in _INSIDE]
        for match, problem, hint in found:
            if match:
                yield number, problem.format(match[0]), hint
