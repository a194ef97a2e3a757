"""The house's wording: names of countries and bodies, words that need a source, slogans, punctuation, numerals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from report.content.nodes import (
    Block,
    Box,
    Content,
    Contents,
    Figure,
    Heading,
    Inlines,
    ListBlock,
    NoteMark,
    Paragraph,
    Quote,
    Table,
    Value,
)
from report.content.walk import deep, plain, runs_in
from report.errors import Issue
from report.sources.metadata import script_of
from report.templates.models import Wording

HAN = "\u3400-\u9fff"
QUOTATION = re.compile("“[^”]*”|《[^》]*》")  # what others say, and names, are not ours to mend
BLANK = "\ufffc"  # stands for a quotation, keeps its length
# Parts whose words come from the house's own strings or from the sources' cards, not from the author.
EXEMPT = frozenset(("sources",))
PLACES = {"cover": "封面", "series": "系列页", "closing": "封底"}  # parts without a heading, as messages name them

# What must not stand in Chinese text: pattern, problem, hint (GB/T 15834—2011, GB/T 15835—2011).
_MARKS: tuple[tuple[str, str, str], ...] = (
    (f"(?<=[{HAN}])[,:;!?]|[,:;!?](?=[{HAN}])", "半角标点", "改用全角：，：；！？"),
    (f"(?<=[{HAN}])[()]|[()](?=[{HAN}])", "半角括号", "改用全角括号（）"),
    (f"(?<=[{HAN}])\\.(?![0-9A-Za-z.])", "句末用了西文句点", "改用。"),
    ("\"|(?<![A-Za-z])'|'(?![A-Za-z])", "直引号", "改用“”或‘’"),
    (f"(?<=[{HAN}]) +(?=[{HAN}])", "汉字之间有空格", "删去空格"),
    (r"(?<!…)…(?!…)|\.{3,}|。{2,}", "省略号不规范", "用六个点的“……”（GB/T 15834 §4.11）"),
    ("--+|–", "破折号或连接号不规范", "破折号用“——”，连接号用“—”或“-”（GB/T 15834 §4.10、§4.13）"),
    ("[？！]{3,}|，，|、、|；；|：：|，。|。，", "标点重复", "只留一个"),
    ("[０-９Ａ-Ｚａ-ｚ％]", "全角的字母或数字", "改用半角"),
    ("(?<![0-9])[0-9]{2}年(?=[0-9]{1,2}月)", "年份不能省写", "写足四位（GB/T 15835）"),
    ("[0-9%]~[0-9]|[0-9]-[0-9]+(?=[%个家人亿万])", "范围号不规范", "用“～”或“—”（GB/T 15834 §4.13）"),
    ("约约|近近|超过超过|超超|约近|(?:约|近|大约)[^，。；]{1,12}(?:左右|上下)", "概数重复", "“约”和“左右”只用一个"),
)
MARKS = tuple((re.compile(pattern), problem, hint) for pattern, problem, hint in _MARKS)
# The mainland's rule; Taiwan's and Hong Kong's print does put 、 between titles and between quotations.
HANS_MARKS = (*MARKS, (re.compile("》、《|”、“"), "书名号、引号之间不用顿号", "删去顿号（GB/T 15834 §4.5.3.5）"))


@dataclass(frozen=True)
class Run:
    """A run of text to check: where it stands, its words (quotations and links blanked in `text`, character for
    character as `said`), and whether a source stands behind it, by sentence: a note mark, or `sources`, the sentences
    that its values were read from."""

    where: str
    text: str
    said: str
    marks: tuple[int, ...] = ()
    sources: tuple[tuple[int, str], ...] = ()
    lines: tuple[tuple[str, str], ...] = ()  # places and the words that stand there, where a run is of several lines

    def at(self, words: str) -> str:
        """Where the words stand: in the run, or on the first of its lines that has them."""
        return next((place for place, text in self.lines if words in text), self.where)


def check_wording(content: Content, wording: Wording, charts: Mapping[str, Sequence[str]]) -> list[Issue]:
    """Every word and mark against the house's list, in prose, captions, labels and charts; quotations are exempt.

    `charts` are the texts of each chart by id. An issue's `where` is the part, heading or chart that holds it.
    """
    return check_runs([*_content_runs(content), *_chart_runs(charts)], wording)


def check_runs(runs: Sequence[Run], wording: Wording) -> list[Issue]:
    """Every word and mark in these runs that the house's list does not allow."""
    issues = [issue for run in runs for issue in _check_run(run, wording)]
    issues += _originals(runs, wording)
    return list(dict.fromkeys(issues))


def _check_run(run: Run, wording: Wording) -> Iterator[Issue]:
    for pattern, problem, hint in MARKS if script_of(run.said) == "Hant" else HANS_MARKS:
        for match in pattern.finditer(run.text):
            yield Issue(where=run.at(match[0]), problem=f"{problem}：{_around(run.said, match)}", hint=hint)
    for wrong, right in wording.replace.items():
        if _occurs(wrong, right, run.text):
            yield Issue(where=run.at(wrong), problem=f"用词“{wrong}”", hint=f"改为“{right}”")
    for word, reason in wording.banned.items():
        if word in run.text:
            yield Issue(where=run.at(word), problem=f"不用“{word}”", hint=reason)
    for name, body in wording.bodies.items():
        for variant in body.variants:
            if _occurs(variant, name, run.text):
                yield Issue(where=run.at(variant), problem=f"译名“{variant}”", hint=f"统一为“{name}”")
    yield from _unsourced(run, wording.from_source)


def _occurs(wrong: str, right: str, text: str) -> bool:
    """Whether the wrong word stands in the text other than as a part of the right one."""
    return wrong in (text.replace(right, BLANK * len(right)) if wrong in right else text)


def _unsourced(run: Run, words: Iterable[str]) -> Iterator[Issue]:
    """Superlatives in sentences without a note whose values' sources do not say them."""
    for start, end in _sentences(run.text):
        sentence = run.text[start:end]
        noted = any(start < place <= end for place in run.marks)
        said = "".join(text for place, text in run.sources if start <= place < end)
        for word in words:
            if word in sentence and not noted and word not in said:
                problem = f"“{word}”没有出处：{run.said[start:end][:30]}"
                yield Issue(where=run.at(word), problem=problem, hint="挂脚注写明谁说的，或换一个词")


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer("[。！？]", text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _originals(runs: Iterable[Run], wording: Wording) -> Iterator[Issue]:
    """A foreign body's original name in brackets, the second time and later."""
    seen: set[str] = set()
    for run in runs:
        for name, body in wording.bodies.items():
            for match in re.finditer(f"{re.escape(name)}（[^）]*{re.escape(body.original)}[^）]*）", run.text):
                if body.original and name in seen:
                    hint = f"只在第一次出现时括注“{body.original}”"
                    yield Issue(where=run.at(match[0]), problem=f"再次括注原名：{match[0]}", hint=hint)
                seen.add(name)


def _around(text: str, match: re.Match[str]) -> str:
    return "“" + text[max(match.start() - 6, 0) : match.end() + 6] + "”"


# ---------------------------------------------------------------- the runs of a report


def _content_runs(content: Content) -> Iterator[Run]:
    front = content.front
    for text in (front.title, front.subtitle, front.statement):
        yield plain_run(PLACES["cover"], text)
    for text in content.labels.values():
        yield plain_run("标签", text)
    for part in content.parts:
        if part.role in EXEMPT:
            continue
        where = PLACES.get(part.role) or part.title or part.role
        for block in part.blocks:
            if isinstance(block, Heading):
                where = block.number + plain(block.inlines)
            yield from _block_runs(block, where, content)


def _block_runs(block: Block, where: str, content: Content) -> Iterator[Run]:
    """The runs of a block, each with the notes that hang on it behind it."""
    match block:
        case Heading() | Paragraph():
            yield from _runs(where, block.inlines, content)
        case ListBlock():
            for item in block.items:
                for inner in item:
                    yield from _block_runs(inner, where, content)
        case Box():
            yield from _runs(where, block.title, content)
            for inner in block.blocks:
                yield from _block_runs(inner, where, content)
        case Figure():
            for inlines in runs_in(block):
                yield from _runs(f"图{block.number}", inlines, content, noted=True)
        case Table():
            for inlines in runs_in(block):
                yield from _runs(f"表{block.number}" if block.number else where, inlines, content, noted=True)
        case Quote():  # a quotation set apart; the notes on it are ours
            for inner in deep(block.blocks):
                for inlines in runs_in(inner):
                    yield from _note_runs(where, inlines, content)
        case Contents():
            pass


def _runs(where: str, inlines: Inlines, content: Content, noted: bool = False) -> Iterator[Run]:
    yield make_run(where, inlines, content, noted)
    yield from _note_runs(where, inlines, content)


def _note_runs(where: str, inlines: Inlines, content: Content) -> Iterator[Run]:
    for inline in inlines:
        if isinstance(inline, NoteMark):
            yield make_run(f"{where}的脚注", content.notes[inline.note].inlines, content, noted=True)


def _chart_runs(charts: Mapping[str, Sequence[str]]) -> Iterator[Run]:
    for name, texts in charts.items():
        for text in texts:
            yield replace(plain_run(f"图 {name}", text), marks=tuple(range(1, len(text) + 1)))


def _blank_quotations(text: str) -> str:
    """The text with what stands inside “” and 《》 blanked; the marks stay."""
    return QUOTATION.sub(lambda match: match[0][0] + BLANK * (len(match[0]) - 2) + match[0][-1], text)


def plain_run(where: str, text: str) -> Run:
    """A run of words that are no inlines: a title, a label."""
    return Run(where, _blank_quotations(text), text)


def make_run(where: str, inlines: Inlines, content: Content, noted: bool = False) -> Run:
    """A run of inlines; `noted`: it has its source beside it as a whole (captions, cells, notes)."""
    text = said = ""
    marks: list[int] = []
    sources: list[tuple[int, str]] = []
    for inline in inlines:
        if isinstance(inline, NoteMark):
            marks.append(len(text))
            continue
        if isinstance(inline, Value):
            sources.append((len(text), _sources_say(inline.name, content)))
        said += inline.text
        text += BLANK * len(inline.text) if inline.type == "link" else inline.text
    whole = range(1, len(text) + 1) if noted else ()
    return Run(where, _blank_quotations(text), said, (*marks, *whole), tuple(sources))


def _sources_say(name: str, content: Content) -> str:
    """All that the sources of a value say in the sentences it was read from, those of its parents included."""
    found = content.evidence[name]
    parents = "".join(_sources_say(parent, content) for parent in found.parents)
    return "".join(witness.sentence for witness in found.witnesses) + parents
