"""A picture of facts as an entry of charts.yaml, with the sentence that says what to see and the figure's caption."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from os.path import commonprefix
from typing import Any

from report.digest.charting import Picture
from report.digest.draft import Draft, copula, joined, slot
from report.digest.picking import Datum

RATES = ("percent", "ratio", "score")
_PLACE = re.compile("[\u3400-\u9fff]{1,6}?[省市区县州]")
FIRM = ("exact", "approx")  # figures that are what they say, and no bound of what is meant


def plotted(picture: Picture, more: str, draft: Draft) -> list[str]:
    """The paragraph of a picture, with `more` at its end, and the figure; its chart goes into the draft."""
    match picture.shape:
        case "bars":
            told = _bars(picture, draft)
        case "shares":
            told = _shares(picture, draft)
        case _:
            told = _course(picture, draft)
    sentence, caption, entry, of = told
    name = draft.add_chart(entry)
    return [sentence.replace("[](#)", f"[](#{name})") + draft.note(of) + more, f"![{caption}](chart:{name})"]


Told = tuple[str, str, dict[str, Any], Sequence[Datum]]  # a sentence, a caption, a chart, the facts to cite
FIGURE = {"图": "[](#)"}  # a reference to the figure, whose name is not yet known


def _bars(picture: Picture, draft: Draft) -> Told:
    """Who has most, and least where all are drawn."""
    words, (first, second, *_), last = draft.words, picture.data, picture.data[-1]
    said = {**draft.said(first), **draft.last(last), **FIGURE, "指标": _shared_name(picture.data)}
    clear = first.low > second.low and first.found.bound in FIRM
    sentence, of, title = words.listed, [first], words.tie_title
    if clear:
        most, least = _superlatives(first, draft)
        said |= {"最": most, "末": least}
        all_told = not picture.cut and last.low < picture.data[-2].low and last.found.bound in FIRM
        sentence, of, title = words.top + (words.bottom if all_told else "") + words.end, [first], words.bars_title
        of += [last] if all_told else []
    names = _without_place([one.entity for one in picture.data])
    items = [{"label": name, "value": draft.datum(one)} for name, one in zip(names, picture.data, strict=True)]
    for item, rate in zip(items, picture.beside, strict=False):
        item["note"] = slot(draft.datum(rate))
    beside = words.beside.replace("{指标}", picture.beside[0].indicator) if picture.beside else ""
    entry = _entry("bars", (title, words.subtitle + beside), said, items, draft)
    return draft.fill(sentence, said), draft.fill(words.caption, said), entry, of


def _shared_name(data: Sequence[Datum]) -> str:
    """The indicator of several subjects, without one of them: 对日本出口额 of three countries is 出口额."""
    name = data[0].indicator
    for one in data:
        name = name.replace(f"对{one.entity}", "") or name
    return name


def _superlatives(first: Datum, draft: Draft) -> tuple[str, str]:
    if first.indicator.endswith("幅"):
        return draft.words.width
    return draft.words.rate if first.kind in RATES else draft.words.level


def _shares(picture: Picture, draft: Draft) -> Told:
    """A whole and what it is made of."""
    assert picture.whole is not None
    words, whole = draft.words, picture.whole
    said = {**draft.said(whole), **FIGURE}
    names = _without_place(_apart(picture.data))
    items = [{"label": name, "value": draft.datum(one)} for name, one in zip(names, picture.data, strict=True)]
    entry = _entry("shares", (words.shares_title, words.subtitle), said, items, draft) | {"total": draft.datum(whole)}
    return draft.fill(words.whole, said), draft.fill(words.caption, said), entry, [whole]


def _apart(data: Sequence[Datum]) -> list[str]:
    """What tells these facts from each other: whose they are, or else what is measured."""
    for names in ([one.entity for one in data], [one.indicator for one in data]):
        if len(set(names)) == len(names):
            return names
    return [joined(one.entity, one.indicator) for one in data]


def _without_place(names: Sequence[str]) -> list[str]:
    """The labels without the place that all of them begin with, which the title tells."""
    place = _PLACE.match(commonprefix(list(names)))
    return [name[place.end() :] if place else name for name in names]


def _course(picture: Picture, draft: Draft) -> Told:
    """How it went from the first period to the last, of one subject or several."""
    words, data = draft.words, picture.data
    ends = [one for one in data if one.entity == data[0].entity]
    first, last = ends[0], ends[-1]
    said = {**draft.said(last), **FIGURE}
    said |= {"前值": slot(draft.datum(first)), "前时期": draft.period(first), "前为": copula(first)}
    title = words.course_title if len(ends) == len(data) else words.courses_title
    kind = "bars" if picture.shape == "course" else picture.shape
    entry = _entry(kind, (title, words.subtitle_from), said, _points(picture, draft), draft)
    return draft.fill(words.course, said), draft.fill(words.caption_from, said), entry, [first, last]


def _points(picture: Picture, draft: Draft) -> list[dict[str, str]]:
    data = picture.data
    if picture.shape == "lines":
        return [{"group": one.entity, "label": one.entity, "value": draft.datum(one)}
                for one in data]
    if picture.shape == "course":
        return [{"label": draft.period(one), "value": draft.datum(one)} for one in data]
    return [{"label": first.entity, "value": draft.datum(first), "to": draft.datum(last)}
            for first, last in zip(data[::2], data[1::2], strict=True)]


def _entry(
    kind: str, heads: tuple[str, str], said: Mapping[str, str], items: list[dict[str, str]], draft: Draft
) -> dict[str, Any]:
    title, subtitle = (draft.fill(head, said) for head in heads)
    return {"kind": kind, "title": title, "subtitle": subtitle, "items": items}
