"""What there is to tell of an edited file, beside the patch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Topic = Literal["changed", "figure", "lost", "typed", "broken", "generated", "refused", "tracked", "comment"]
TITLES: dict[Topic, str] = {
    "changed": "改动的文句",
    "figure": "改了绑定的数据（没有采用：数据由来源决定）",
    "lost": "随文字删去的数据",
    "typed": "手写的数字与比较（已进补丁；生成时会在这里停下，先绑定）",
    "broken": "补丁会带来的错（已进补丁；生成时会在这里停下）",
    "generated": "改在生成的部分（没有采用：换个地方改）",
    "refused": "没有采用的改动",
    "tracked": "修订",
    "comment": "批注",
}
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]+[”’」』）]*|[^。！？；]+")  # with its stop


@dataclass(frozen=True)
class Finding:
    """One thing to tell: what it is about, where (file:line, or a part of the report), and in words."""

    topic: Topic
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}"


def changed_sentences(old: str, new: str) -> list[str]:
    """The sentences of two texts that differ: what stood, what stands now."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    told = []
    for name, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if name != "equal":
            told.append(_told("".join(before[i1:i2]), "".join(after[j1:j2])))
    return told


def _told(old: str, new: str) -> str:
    if not old:
        return f"新增“{new}”"
    return f"“{old}”改为“{new}”" if new else f"删去“{old}”"


def told(findings: Sequence[Finding]) -> list[str]:
    """The findings in lines, by topic."""
    lines: list[str] = []
    for topic, title in TITLES.items():
        found = [finding for finding in findings if finding.topic == topic]
        if found:
            lines += [f"{title}（{len(found)}）", *(f"  {finding}" for finding in found)]
    return lines
