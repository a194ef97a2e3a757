"""A figure in its clause: the words before and after it, with every other figure and time word as one sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from report.observations.alignment import Part
from report.observations.figure import Figure
from report.observations.lexicon import either, read_table
from report.observations.passages import Passage

# One sign for each figure, for each figure that limits what stands behind it (50岁以上), for each word for a time.
QUANTITY, LIMIT, TIME = "[\ue000-\ue7ff]", "[\ue800-\uefff]", "[\uf000-\uf7ff]"
_FIRST = {"quantity": 0xE000, "limit": 0xE800, "time": 0xF000}
_SIGNS = re.compile("[\ue000-\uf7ff]")
_TIMES = re.compile(either(read_table("wording")["times"]) + "|(?:近|过去)[几数两三五十]年来?")
_BREAK = re.compile("[,，;；。!?:：\n【】\x00]|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff\ue000-\uf7ff])")
_BRACKET = re.compile("[(（][^()（）]{0,200}[)）]")
_LIMIT = re.compile("[\u4e00-\u9fff]{0,3}?以[上下内](?![来外])")
_DATED = re.compile("[0-9] ?[年月]|季度|半年")
_SHARE_ALONE = ("占比", "比重", "份额", "比例")
_ITEM = re.compile(  # the number of a point: 1.国内增值税
    "(?:^|(?<=[。;；:：，\n]))\\s{0,3}(?:[0-9]{1,3}[.)]|[(（][0-9]{1,3}[)）])(?:[0-9]{1,2}[.)])?\\s?"
    "(?=[\u4e00-\u9fffA-Z])"
)
_METHOD = re.compile(  # how it was worked out is no part of the matter
    "[,，]?(?:按|扣除|剔除|撇除)[^,，;；。:：\ue000-\uefff]{1,14}(?:计算|口径|因素|影响)后?(?=[,，])"
)
_REACH = 160  # how far back a clause may begin
_DATES = ("year", "date", "duration")
_PEOPLE = ("人", "名", "位", "人次", "户", "例")


def sort_of(figure: Figure) -> str:
    """The sort of a figure, which its indicator must fit: rate, money, people, count, volume, score or rank."""
    kind = figure.base or figure.kind
    if kind == "count":
        return "people" if figure.unit in _PEOPLE else "count"
    sorts = {"percent": "rate", "ratio": "rate", "money": "money", "ordinal": "rank", "score": "score"}
    return sorts.get(kind, "volume")


@dataclass(frozen=True)
class Clause:
    """A figure with its words: `left` and `right` in its clause, the `earlier` clauses of the sentence, and `outside`,
    the clause before the bracket that holds the figure ("" for none).

    In all of them a sign stands for each other figure and time word: `words` tells which, `figures` for the figures.
    `sort` is that of the figure (see `sort_of`).
    """

    figure: Figure
    left: str
    right: str
    earlier: str
    outside: str
    words: dict[str, str]
    figures: dict[str, Figure]
    sort: str

    def restored(self, text: str) -> str:
        """The text with the words that its signs stand for."""
        return _SIGNS.sub(lambda sign: self.words.get(sign[0], ""), text)


class _Signed:
    """A sentence written in signs."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int, Figure]], parts: Sequence[Part]) -> None:
        self.words: dict[str, str] = {}
        self.figures: dict[str, Figure] = {}
        self.signs: dict[int, str] = {}
        found: list[tuple[int, int, Figure | Part]] = [*spans]
        found += [(part.list_start, part.list_end, part) for part in parts if part.text not in _SHARE_ALONE]
        pieces, place = [], 0
        for start, end, what in sorted(found, key=lambda span: (span[0], -span[1])):
            if start < place:
                continue
            pieces.append(self._timed(text[place:start]))
            pieces.append(self._listed(what) if isinstance(what, Part) else self._figure(what, text, start, end))
            place = end
        self.text = _METHOD.sub("", _ITEM.sub("", "".join([*pieces, self._timed(text[place:])])))
        self.flat = _BRACKET.sub("", self.text)

    def _listed(self, part: Part) -> str:
        return self._add("time", part.text) if _DATED.search(part.text) else part.text

    def _figure(self, figure: Figure, text: str, start: int, end: int) -> str:
        timed = (figure.base or figure.kind) in _DATES
        limit = _LIMIT.match(text, end) or text.endswith(("以上", "以下", "以内"), start, end)
        sign = self._add("time" if timed else "limit" if limit else "quantity", text[start:end])
        self.figures[sign] = figure
        self.signs[figure.start] = sign
        return sign

    def _timed(self, text: str) -> str:
        return _TIMES.sub(lambda match: self._add("time", match[0]), text)

    def _add(self, what: str, text: str) -> str:
        sign = chr(_FIRST[what] + len(self.words) % 0x800)
        self.words[sign] = text
        return sign


class SignedSentence:
    """A sentence with its figures, ready to be read around each of them."""

    def __init__(self, passage: Passage, figures: Sequence[Figure]) -> None:
        self._text = passage.text
        self._spans = [(passage.index(f.start), passage.index(f.end - 1) + 1, f) for f in figures]
        self._whole = _Signed(self._text, self._spans, ())

    def around(self, figure: Figure, parts: Sequence[Part] = ()) -> Clause:
        """The figure in its clause; a list of which it belongs to one member is read as that member."""
        signed = _Signed(self._text, self._spans, parts) if parts else self._whole
        text, sign, outside = signed.flat, signed.signs.get(figure.start, ""), ""
        if sign not in text:
            held = next((found for found in _BRACKET.finditer(signed.text) if sign in found[0]), None)
            outside = signed.text[: held.start()] if held else ""
            text = held[0][1:-1] if held else signed.text
        before, _, after = text.partition(sign) if sign else (text, "", "")
        earlier, left = _split(before)
        broken = _BREAK.search(after)
        right = (after[: broken.start()] if broken else after).lstrip()
        outer = _split(outside)[1]
        return Clause(
            figure, left.rstrip(), right, earlier, outer, signed.words, signed.figures, sort_of(figure)
        )


def _split(text: str) -> tuple[str, str]:
    """What stands before the last clause, and the last clause."""
    breaks = list(_BREAK.finditer(text, max(0, len(text) - _REACH)))
    return (text[: breaks[-1].start()], text[breaks[-1].end() :]) if breaks else ("", text)
