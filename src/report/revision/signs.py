"""Signs that make another figure of a bound one: 约, 近, 1 right before its control, 以上, 万, 0 right behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from report.revision.atoms import Atom, words

_LED = re.compile(
    r"(?:大约|将近|接近|超过|不足|不到|至少|至多|最多|最少|(?<![节条制合公签预])约|(?<![最附远临靠])近|(?<!赶)超|逾"
    r"|[0-9０-９]|(?<=[0-9０-９])[.,．百千万亿]|[+＋\-－−±~～$＄¥￥€£])+\Z"
)
_ENDED = re.compile(
    r"(?:以上|以下|以内|左右|上下|[0-9０-９%％‰千万亿兆倍]|百(?![姓年货])|余(?![下地])|多(?![为是在于数])"
    r"|[.,．\-–~～至到](?=[0-9０-９]))+"
)
_FAR = 24  # characters before and behind a figure that are looked at


def touching(atoms: Sequence[Atom], at: int, is_free: Callable[[int], bool]) -> tuple[range, range]:
    """The places of the signs that stand right before and right behind the figure at a place, among those that are
    free: typed by the editor."""
    start, end = at, at + 1
    while start > at - _FAR and start and is_free(start - 1):
        start -= 1
    while end < min(len(atoms), at + _FAR) and is_free(end):
        end += 1
    led, ended = _LED.search(words(atoms[start:at])), _ENDED.match(words(atoms[at + 1 : end]))
    return range(at - len(led[0]) if led else at, at), range(at + 1, at + 1 + (len(ended[0]) if ended else 0))
