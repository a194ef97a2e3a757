"""分别: which member of a list in the sentence each figure of a row of figures belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from report.observations.figure import Figure
from report.observations.naming import name_at_start
from report.observations.nominal import without_head
from report.observations.passages import Passage
from report.observations.periods import is_date

_JOIN = "(?:以及|[、和与及跟])"
_BETWEEN = re.compile(f" ?(?:{_JOIN}|[,，]) ?")
_ROW_GOES_ON = re.compile("[;；,，、。] ?[^0-9,，。;；]{1,12}|[)）]?[,，][^0-9,，。;；和及与]{0,16}")
_RESPECTIVELY = re.compile("分别|各自|依次|分列")
_JOINED = re.compile(_JOIN)
# Where the first member of a list cannot reach back over, and the last cannot reach on over.
_OPENS = re.compile(
    "[,，;；。:：()\"“”\n]|(?<![目])的|(?:19|20)[0-9]{2} ?年(?![、和与及])|"
    "其中|当中|此外|同期|其|截至|分别|[较比由从在对向于]"
)
_CLOSES = re.compile(
    "[,，;；。:：()\"“”\n]|[的则均都各已将在为是达占有较由从约仍共]|(?<!占)比|分别|预[计测期]|同比|环比|增[长加]|下[降滑跌]|减少|上[升涨]|"
    "(?<![平高初中上下同])等(?![级候于])|相[当同近]|分列|合计|累计|总[计共]|显示|认为|表示|[0-9]"
)
_LABEL = re.compile("前?[0-9]{1,3}(?:-[0-9]{1,3})?[岁家名大强位]")  # what a member begins with: 20-29岁, 前3家
_DATE = re.compile("(?:[0-9]{2,4} ?年)?(?:[0-9]{1,2} ?月份?|第?[一二三四1-4]季度|[上下]半年)?")
_REACH = 120  # characters before a row where its list may stand


@dataclass(frozen=True)
class Part:
    """A member of a list, [start, end) in the sentence's normalised text, and the list, [list_start, list_end).

    `text` is the member in full, which is more than its span where members share an ending (第一、二、三产业);
    `row` is where the row of figures begins that the list is told of.
    """

    start: int
    end: int
    list_start: int
    list_end: int
    text: str
    row: int = 0


def align(text: str, figures: Sequence[tuple[int, int]]) -> list[tuple[Part, ...]]:
    """For each figure the members of lists that it belongs to, () for none.

    `figures` are the spans of the sentence's quantities (no dates) in its normalised text, in order. A和B分别为5和6
    gives 5 the part A and 6 the part B; A和B的x和y分别为 with four figures gives each of them two parts. A row
    without a list of its own (同比分别增长…) or of an item (甲国5亿、6%；乙国…) takes over the list of the row before.
    """
    found: list[tuple[Part, ...]] = [()] * len(figures)
    lists: list[list[Part]] = []
    end = 0
    for row in _rows(text, figures):
        start = figures[row[0]][0]
        first = max(end, start - _REACH)
        lead = text[first:start]
        own = _lists_of(text, (first, start), len(row), _RESPECTIVELY.search(lead) is not None)
        goes_on = _RESPECTIVELY.search(lead) or _ROW_GOES_ON.fullmatch(lead)
        lists = own or (lists if goes_on and _size(lists) == len(row) else [])
        for place, number in enumerate(row):
            found[number] = tuple(replace(part, row=start) for part in _members(lists, place))
        end = figures[row[-1]][1]
    return found


def members(placed: Sequence[tuple[Figure, Passage]]) -> dict[int, tuple[Part, ...]]:
    """The lists' members of each quantity of a document that belongs to any, by the figure's start in the source."""
    sentences: dict[int, list[tuple[Figure, Passage]]] = {}
    for figure, passage in placed:
        if not is_date(figure) and not is_label(figure, passage):
            sentences.setdefault(passage.sentence.start, []).append((figure, passage))
    found: dict[int, tuple[Part, ...]] = {}
    for group in sentences.values():
        spans = [(passage.index(figure.start), passage.index(figure.end - 1) + 1) for figure, passage in group]
        parts = align(group[0][1].text, spans) if len(spans) > 1 else [()]
        found |= {figure.start: part for (figure, _), part in zip(group, parts, strict=True) if part}
    return found


def is_label(figure: Figure, passage: Passage) -> bool:
    """Whether a figure belongs to the name of a list's member (20-29岁网民, 前3家企业)."""
    start = passage.index(figure.start)
    return figure.unit == "岁" or figure.kind == "count" and passage.text[max(0, start - 1) : start] == "前"


def singled(text: str, parts: Sequence[Part]) -> str:
    """The text with the list of each part replaced by the part alone."""
    for part in sorted(parts, key=lambda part: -part.list_start):
        text = text[: part.list_start] + part.text + text[part.list_end :]
    return text


def _rows(text: str, figures: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The runs of two or more figures with nothing between them but a comma or 和."""
    rows: list[list[int]] = []
    for number, (start, _) in enumerate(figures):
        if number and _BETWEEN.fullmatch(text[figures[number - 1][1] : start]):
            rows[-1].append(number)
        else:
            rows.append([number])
    return [row for row in rows if len(row) > 1]


def _size(lists: Sequence[Sequence[Part]]) -> int:
    size = 1
    for members in lists:
        size *= len(members)
    return size if lists else 0


def _members(lists: Sequence[Sequence[Part]], place: int) -> tuple[Part, ...]:
    """The member of each list for the figure at `place` of its row: the last list turns fastest."""
    chosen = []
    for members in reversed(lists):
        place, which = divmod(place, len(members))
        chosen.append(members[which])
    return tuple(reversed(chosen))


def _lists_of(text: str, within: tuple[int, int], size: int, respectively: bool) -> list[list[Part]]:
    """The list of `size` members in a stretch that ends with a row, else two lists that make `size` together.

    Without 分别 only a list that the row's own clause begins with counts.
    """
    first, start = within
    if not respectively:
        first = max(first, *(text.rfind(mark, first, start) + 1 for mark in ",，;；。:："))
    lists = _lists(text, first, start)
    whole = [members for members in lists if len(members) == size]
    if whole and (respectively or whole[-1][0].list_start == first):
        return [whole[-1]]
    if respectively and len(lists) > 1 and _size(lists[-2:]) == size:
        return lists[-2:]
    return []


def _lists(text: str, first: int, last: int) -> list[list[Part]]:
    """Every list (甲、乙和丙) between two places, in order."""
    found: list[list[Part]] = []
    joints: list[re.Match[str]] = []
    for joint in _JOINED.finditer(text, first, last):
        if joints and _closes(text, joints[-1].end(), joint.start()) and not _is_date(text, joints[-1], joint):
            found.append(_list(text, first, joints, last))
            joints = []
        joints.append(joint)
    if joints:
        found.append(_list(text, first, joints, last))
    return [members for members in found if all(part.start < part.end for part in members)]


def _closes(text: str, start: int, end: int, beyond: int = 0) -> re.Match[str] | None:
    """What closes a list's member that begins at `start`, behind its first `beyond` characters or its label."""
    label = _LABEL.match(text, start, end)
    return _CLOSES.search(text, label.end() if label else start + beyond, end)


def _is_date(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    return bool(_DATE.fullmatch(text, left.end(), right.start()))


def _list(text: str, first: int, joints: Sequence[re.Match[str]], last: int) -> list[Part]:
    """The list around some joints; its last member ends as the one before it does (批发销量与终端销量)."""
    start = _first_start(text, first, joints[0].start())
    cuts = [start, *(place for joint in joints for place in joint.span())]
    end = _last_end(text, cuts[-1], last, text[cuts[-3] : cuts[-2]])
    cuts.append(end)
    spans = list(zip(cuts[::2], cuts[1::2], strict=True))
    names = _in_full([text[low:high] for low, high in spans])
    return [Part(low, high, start, end, name) for (low, high), name in zip(spans, names, strict=True)]


def _in_full(names: list[str]) -> list[str]:
    """The members with the beginning or ending they share: 第一、二、三产业, 东、中、西部地区, 前3家、前5家企业.
    """
    labels = [_LABEL.search(name) for name in names]
    shared = [name[label.end() :] for label, name in zip(labels, names, strict=True) if label]
    if len(shared) == len(names) and shared[-1] and not any(shared[:-1]):
        return [name + shared[-1] for name in names[:-1]] + names[-1:]
    if not all(len(name.removeprefix("第")) == 1 for name in names[:-1]) or len(names[-1]) < 3:
        return names
    head, tail = "第" if names[0].startswith("第") else "", names[-1].removeprefix("第")[1:]
    return [f"{head}{name.removeprefix('第')}{tail}" for name in names[:-1]] + [head + names[-1].removeprefix("第")]


def _first_start(text: str, first: int, end: int) -> int:
    dated = [place for place in range(max(first, end - 12), end - 1) if _DATE.fullmatch(text, place, end)]
    if dated:
        return dated[0]
    opens = [match.end() for match in _OPENS.finditer(text, first, end)]
    return opens[-1] if opens else first


def _last_end(text: str, start: int, last: int, before: str) -> int:
    dated = _DATE.match(text, start, last)
    if dated and dated.end() > start:
        return dated.end()
    closes = _closes(text, start, last, 1)
    end = closes.start() if closes else last
    named, whole = name_at_start(text[start:end]), name_at_start(before)
    if named and whole and whole.end == len(before):
        return start + named.end
    like = text.find(before[-2:], start, end) if len(before) > 2 else -1
    if like >= 0:
        return like + 2
    own = without_head(text[start:end]) if without_head(before) == before else ""
    return start + len(own) if own else end
