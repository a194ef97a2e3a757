"""Who says so: from a figure of the report back to sentence, offsets, document and address."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from report.content.evidence import is_finding
from report.content.nodes import Content, Evidence, Figure
from report.content.passages import GENERATED, passages_of
from report.content.walk import blocks_of
from report.dataset.matching import place_in_sentence, squeeze
from report.dataset.models import Dataset
from report.dataset.printing import print_observation
from report.dataset.standing import VERDICT_WORDS, Standings
from report.errors import ReportError
from report.names import nearest
from report.observations.figures import figures_in
from report.observations.observation import Kind, Number, Observation
from report.observations.showing import RELATIONS, Ink, columns, described, safe, wrapped
from report.review.build import Build, names_of, renamed
from report.verify.release import DOUBT, weakest_rule

_SET = ("indicator", "entity", "period")  # what a stanza offers to change
_PAD = "  "
_KINDS: Mapping[Kind, str] = {
    "percent": "百分比", "money": "金额", "count": "数目", "year": "年份", "date": "日期", "duration": "时长",
    "ordinal": "名次", "ratio": "倍数或比", "range": "区间", "score": "分数",
    "other": "数量",
}  # fmt: skip


@dataclass(frozen=True)
class Trail:
    """What a built report says and rests on. `charts`: for each chart the values' names and observations it draws."""

    report: str
    content: Content
    dataset: Dataset
    charts: Mapping[str, Collection[str]]

    @cached_property
    def observations(self) -> Mapping[str, Observation]:
        """All observations of the dataset by id."""
        return {one.id: one for one in self.dataset.observations}

    @cached_property
    def standings(self) -> Standings:
        """How every observation stands."""
        return Standings(self.dataset)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What the documents are called."""
        return names_of(Build(self.content, self.dataset))

    @cached_property
    def values(self) -> Mapping[str, Evidence]:
        """The evidence of the values, findings left out."""
        return {name: one for name, one in self.content.evidence.items() if not is_finding(name)}

    @cached_property
    def places(self) -> Mapping[str, list[str]]:
        """Where each value is printed: chapter and section, then figures."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        told = [one for one in passages_of(self.content) if one.part not in GENERATED]
        for name, where in dict.fromkeys((name, one.where) for one in told for name in one.values):
            found[name].append(where)
        figures = {block.chart: block for block in blocks_of(self.content) if isinstance(block, Figure)}
        for chart, drawn in self.charts.items():
            for name, evidence in self.values.items():
                first = {name, *(witness.observation for witness in evidence.witnesses[:1])}
                if chart in figures and first & set(drawn):
                    found[name].append(f"图{figures[chart].number}")
        return found

    def numbers(self, name: str) -> str:
        """The numbers in the source list of the documents that say so."""
        docs = sorted({witness.source for witness in self.values[name].witnesses})
        return "".join(f"[{number}]" for number in docs)


def overview(trail: Trail) -> Iterator[str]:
    """One line for each value: as printed, its name, label, sources, verdict."""
    wide = max((columns(one.text) for one in trail.values.values()), default=0)
    for name, one in trail.values.items():
        told = (f"{name}（{one.label}）", trail.numbers(name), one.verdict, "、".join(trail.places.get(name, ())))
        yield one.text + " " * (wide - columns(one.text)) + "  " + "　".join(filter(None, told))


def trace(trail: Trail, text: str, ink: Ink, width: int = 0) -> Iterator[str]:
    """The evidence of every value that `text` means: its name, a figure as printed or as a source has it, in whatever
    spelling (57% finds 约57%, 3180亿美元 finds 3,180 亿美元), or the id of an observation.

    Where the report prints no such figure, what its documents say of it. Raises ReportError with the nearest figures
    and names where there is none.
    """
    names = found_values(trail, text)
    ids = [] if names else found_observations(trail, text)
    if not names and not ids:
        hint = "相近的：" + "、".join(_nearest(trail, text)) if _nearest(trail, text) else "不写数字，列出全部数据"
        raise ReportError(trail.report, f"报告和文献里都没有“{text}”", hint)
    if ids:
        yield f"报告没有印“{safe(text)}”；文献里有："
    shown: dict[str, Observation] = {}
    for one in ids:
        yield from _witness(trail, one, shown, ink, width)
    for name in _with_parents(trail, names):
        yield from _value(trail, name, shown, ink, width)
    yield from _stanzas(trail, shown)


def found_values(trail: Trail, text: str) -> list[str]:
    """The names of the values that the text means, best kind of match only."""
    wanted = squeeze(text)
    for matches in (_named, _printed, _measured):
        if found := [name for name, one in trail.values.items() if matches(name, one, wanted)]:
            return found
    return []


def found_observations(trail: Trail, text: str) -> list[Observation]:
    """The observations that the text means, of the documents the report may use."""
    wanted = squeeze(text)
    exact = [one for one in trail.dataset.observations if wanted in (one.id, squeeze(one.text))]
    asked, value = _measure(text), _bare(text)
    return exact or [one for one in trail.dataset.observations if _comes_to(one.text, asked, value)]


def _named(name: str, one: Evidence, wanted: str) -> bool:
    return wanted in (squeeze(name), squeeze(one.label), *(witness.observation for witness in one.witnesses))


def _printed(name: str, one: Evidence, wanted: str) -> bool:
    return wanted in (squeeze(one.text), *(squeeze(witness.text) for witness in one.witnesses))


def _measured(name: str, one: Evidence, wanted: str) -> bool:
    texts = (one.text, *(witness.text for witness in one.witnesses))
    asked, value = _measure(wanted), _bare(wanted)
    return any(_comes_to(text, asked, value) for text in texts)


def _measure(text: str) -> set[tuple[object, ...]]:
    """What a figure comes to, however it is written."""
    return {(figure.base or figure.kind, figure.value, figure.unit) for figure in figures_in(text)}


def _bare(text: str) -> Number | None:
    """The number that the text is and nothing more (五十七, 57), whatever it counts; None for any other text."""
    found = figures_in(f"{text}%")  # alone it would be no figure
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(text) + 1)
    return found[0].value if whole and not isinstance(found[0].value, tuple) else None


def _comes_to(text: str, asked: set[tuple[object, ...]], value: Number | None) -> bool:
    """Whether a figure of the text is one of those asked for, or has the value."""
    told = _measure(text)
    return bool(told & asked) or value is not None and any(value == number for _, number, _ in told)


def _nearest(trail: Trail, text: str) -> list[str]:
    values = {squeeze(one.text): f"{one.text}（{name}）" for name, one in list(trail.values.items())[::-1]}
    values |= {squeeze(name): f"{one.text}（{name}）" for name, one in trail.values.items()}
    return list(dict.fromkeys(values[found] for found in nearest(squeeze(text), values, 5)))


def _with_parents(trail: Trail, names: Iterable[str]) -> list[str]:
    """The values, each followed by those it is derived from."""
    found: dict[str, None] = {}
    todo = list(names)[::-1]
    while todo:
        name = todo.pop()
        if name in trail.values and name not in found:
            found[name] = None
            todo += trail.values[name].parents[::-1]
    return list(found)


def _value(trail: Trail, name: str, shown: dict[str, Observation], ink: Ink, width: int) -> Iterator[str]:
    one = trail.values[name]
    yield f"{ink.heading[0]}{one.text}　{name}{ink.heading[1]}　{one.label}　{one.verdict}"
    yield from wrapped("印在：" + ("；".join(trail.places.get(name, ())) or "（没有直接印出）"), width, _PAD)
    if one.formula:
        yield from wrapped("推算：" + one.formula, width, _PAD)
    checked = {name for check in trail.dataset.checks for name in check.observations}
    told = one.taken or ("" if any(witness.observation in checked for witness in one.witnesses) else one.reason)
    if told:  # what checks say stands under the observations
        yield from wrapped("说明：" + told, width, _PAD)
    for witness in one.witnesses:
        yield from _witness(trail, trail.observations[witness.observation], shown, ink, width)
    yield from _elsewhere(trail, [witness.observation for witness in one.witnesses], width)
    yield ""


def _elsewhere(trail: Trail, names: Collection[str], width: int) -> Iterator[str]:
    """The findings that give a value its verdict, where they are about other tellings of it than these witnesses."""
    if not names:
        return
    standing, about = trail.standings.of(list(names)), trail.standings.about
    if standing.verdict in {"single", *(check.verdict for name in names for check in about.get(name, ()))}:
        return
    told = renamed(standing.reason, trail.dataset, trail.names)
    word = VERDICT_WORDS[standing.verdict]
    yield from wrapped(f"同一数的另一处记载，核校（{word}）：{safe(told)}", width, _PAD)


def _witness(
    trail: Trail, one: Observation, shown: dict[str, Observation], ink: Ink, width: int
) -> Iterator[str]:
    """One observation: its document and place, sentence, reading, addresses, and the checks it is in; of one in `shown`
    only that it stands above."""
    source = next(source for source in trail.dataset.sources if source.id == one.doc)
    number = next((f"[{reference.number}]" for reference in trail.content.sources if reference.doc == one.doc), "")
    again = "（见上）" if one.id in shown else ""
    yield f"{_PAD}{number}{safe(source.title) or source.id}{f'　第 {one.start}–{one.end} 字{again}' if again else ''}"
    if again:
        return
    shown[one.id] = one
    for line in (f"{source.file}　第 {one.start}–{one.end} 字", source.url):
        yield from wrapped(line, width, _PAD * 2) if line else ()
    yield from wrapped(_marked(one, ink), width, _PAD * 2)
    yield from (f"{ink.faint[0]}{line}{ink.faint[1]}" for line in wrapped(_reading(one), width, _PAD * 2))
    for relation in one.relations:
        other = trail.observations[relation.of].text if relation.of in trail.observations else ""
        told = "　".join(filter(None, (safe(other), safe(relation.entity), relation.period)))
        yield from wrapped(f"{RELATIONS[relation.kind]}：{told}", width, _PAD * 2)
    yield from (f"{_PAD * 2}引注：{safe(url)}" for url in one.citations)
    for check in trail.standings.about.get(one.id, ()):
        told = renamed(check.text, trail.dataset, trail.names)
        yield from wrapped(f"核校（{VERDICT_WORDS[check.verdict]}）：{safe(told)}", width, _PAD * 2)
    if one.correction:
        told = f"已更正：{safe(one.correction)}（要再改，改 seeds/corrections.yaml 里 at: {one.start} 的那一条）"
        yield from wrapped(told, width, _PAD * 2)


def _reading(one: Observation) -> str:
    """`读作约57%（百分比）　对象 美国　指标 占比　时期 —　把握 0.85`, with the weakest point of a doubtful one."""
    kind = _KINDS[one.kind] + (f"，{_KINDS[one.base]}" if one.base and one.base != one.kind else "")
    doubt = f"（{weakest_rule(one.rule)}）" if one.confidence < DOUBT else ""
    told = (f"读作{print_observation(one).text}（{kind}）", *described(one), f"把握 {one.confidence:.2f}{doubt}")
    return "　".join(map(safe, told))


def _stanzas(trail: Trail, shown: Mapping[str, Observation]) -> Iterator[str]:
    """Once for all that was shown and nobody has set right: the lines to paste for a correction of each."""
    open_ones = [one for one in shown.values() if not one.correction]
    if open_ones:
        yield "要更正，把下面有关的一条改好，放进 seeds/corrections.yaml 的 corrections: 之下："
    for one in open_ones:
        yield from stanza(one, (source.id for source in trail.dataset.sources))


def _marked(one: Observation, ink: Ink) -> str:
    start = place_in_sentence(one)
    end = start + len(one.text)
    before, figure, after = one.sentence[:start], one.sentence[start:end], one.sentence[end:]
    return f"{safe(before)}{ink.figure[0]}{safe(figure)}{ink.figure[1]}{safe(after)}"


def stanza(one: Observation, documents: Iterable[str]) -> list[str]:
    """The lines of a correction of this observation as it is: what to change is for the reader to write.

    Pasted unchanged, it confirms the reading (confidence 1). Strings are JSON's, which YAML reads as they are.
    """
    head = one.doc.split("_")[0]
    alone = sum(document.startswith(head) for document in documents) == 1
    fields = ", ".join(f"{name}: {_quoted(getattr(one, name))}" for name in _SET)
    return [
        f"  - doc: {_quoted(head if alone else one.doc)}",
        f"    at: {one.start}",
        f"    text: {_quoted(one.text)}",
        f"    set: {{{fields}}}    # 改错的一项，其余删去；整条不要，写 drop: true 代替这一行",
        "    reason: 对照原文核对    # 写明为什么",
    ]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
