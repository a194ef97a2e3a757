"""The words of the cover, the series page and the closing page as an author changed them in Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report.errors import Issue, ReportError
from report.sources.docx.package import name_of
from report.templates.word.opened import NAME, WordTemplate, open_template, words
from report.yaml import Place, Placed

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

COVER = {"封面系列": "series", "封面标志": "logo", "封面单位": "issuer", "封面作者": "author", "封面样稿": "stamp",
         "封面说明": "statement"}  # fmt: skip
KIND, KIND_END = "封面副标题", "系列"  # 行业报告系列: the kind of report, as long as a report has no subtitle
# lines of which each report has its own
OWN = {"封面标题": "title", "封面编号": "serial", "封面分类号": "code", "封面日期": "date"}
SERIES_TITLE, SERIES_TEXT = "前页标题", "前页正文"
SIGNED, STATEMENT, CLOSING = "封底签署", "封底声明", "封底栏目"
TOLD = (*COVER, KIND, *OWN, SERIES_TITLE, SERIES_TEXT, SIGNED, STATEMENT, CLOSING)
PICTURED = "封面标志"  # the line that may hold a picture


@dataclass(frozen=True)
class FromWord(Placed):
    """What a template.docx says, as data; its entries have no lines: `names` tells what of the file says each."""

    names: Mapping[Place, str]

    def where(self, *place: str | int) -> str:
        """The file, and what of it says the entry or the nearest around it."""
        for end in range(len(place), 0, -1):
            if place[:end] in self.names:
                return f"{self.file}（{self.names[place[:end]]}）"
        return self.file


def word_words(folder: Path) -> tuple[FromWord, FromWord] | None:
    """What the template.docx of a folder says in the place of report.yaml and of strings.yaml; None where there is no
    such file. Only what was changed since it was exported. Raises ReportError with every mistake."""
    path = folder / NAME
    if not path.exists() and not path.is_symlink():
        return None
    template = open_template(path)
    now = said(template)
    issues = list(_issues(template, now))
    if issues:
        raise ReportError.all_of(issues)
    about = dict(_cover(template, now))
    strings = _strings(template.record.words, now)
    places: dict[Place, str] = {(key,): f"封面的“{key}”" for key in about}
    pages: dict[Place, str] = {(page, key): "系列页" if page == "series_page" else "封底"
                               for page, held in strings.items() for key in held}  # fmt: skip
    pages |= {(page, key, index): pages[page, key] for page, entries in strings.items()
              for key, held in entries.items() if isinstance(held, list) for index in range(len(held))}  # fmt: skip
    return _layer(template, about, places), _layer(template, strings, pages)


def words_of_a_theme(folder: Path) -> Iterator[Issue]:
    """The words that the template.docx of a theme changes: a theme is a look, and no report would print them."""
    for layer in word_words(folder) or ():
        for place in dict.fromkeys(layer.where(*place) for place in layer.names):
            hint = "字改在系列或报告的 template.docx 里"
            yield Issue(where=place, problem="样子（theme）里只放样式，改的字没有用", hint=hint)


def twice_said(word: FromWord, own: Placed) -> Iterator[Issue]:
    """What both a report's template.docx and a file of its own say: it is to be changed where it is written."""
    for key in sorted(word.data.keys() & own.data.keys()):
        hint = f"改 {own.where(key)}，或把那一行删去"
        yield Issue(where=word.where(key), problem=f"{Path(own.file).name} 里写着 {key}，在这里改没有用", hint=hint)


def said(template: WordTemplate) -> dict[str, tuple[str, ...]]:
    """The words on cover, series page and closing page: style → its paragraphs, empty ones left out."""
    found: dict[str, list[str]] = {}
    for element, style in template.paragraphs():
        if style in TOLD and (text := words(element)):
            found.setdefault(style, []).append(text)
    return {style: tuple(texts) for style, texts in found.items()}


def unsaid(template: WordTemplate) -> tuple[str, ...]:
    """The words of the paragraphs that only show a style: no report prints them. Text boxes are told elsewhere."""
    return tuple(text for element, style in template.paragraphs()
                 if style not in TOLD and not _boxed(element) and (text := words(element)))


def _boxed(element: _Element) -> bool:
    return any(name_of(one) == "txbxContent" for one in (*element.iter(), *element.iterancestors()))


def _layer(template: WordTemplate, data: dict[str, Any], names: Mapping[Place, str]) -> FromWord:
    return FromWord(template.file, data, dict.fromkeys(names, 1), names)


def _issues(template: WordTemplate, now: Mapping[str, tuple[str, ...]]) -> Iterator[Issue]:
    then = template.record.words
    for style, field in OWN.items():
        if style in then and now.get(style, then[style]) != then[style]:
            hint = f"改回去；在各份报告的 report.yaml 里写 {field}"
            yield Issue(where=f"{template.file}（{style}）", problem="每份报告各写各的，在这里改没有用", hint=hint)
    kind = now.get(KIND, ())
    if kind != then.get(KIND, ()) and not all(line.endswith(KIND_END) for line in kind):
        hint = f"写成“某某报告{KIND_END}”；一份报告自己的副题写在它的 report.yaml 里（subtitle）"
        yield Issue(where=f"{template.file}（{KIND}）", problem=f"这一行要以“{KIND_END}”收尾", hint=hint)
    for style in (*COVER, KIND):
        if style in then and len(now.get(style, ())) > max(1, len(then[style])):
            yield Issue(where=f"{template.file}（{style}）", problem="只能有一段", hint="并成一段，或把多的一段删去")


def _cover(template: WordTemplate, now: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    then = template.record.words
    for style, field in COVER.items():
        if now.get(style, ()) != then.get(style, ()):
            yield field, "".join(now.get(style, ()))
    if now.get(KIND) and now[KIND] != then.get(KIND):
        yield "kind", now[KIND][0].removesuffix(KIND_END)


def _strings(then: Mapping[str, tuple[str, ...]], now: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, Any]]:
    """What was changed of strings.yaml: the series page and the closing page."""
    found: dict[str, dict[str, Any]] = {}

    def changed(style: str) -> bool:
        return now.get(style, ()) != then.get(style, ())

    if changed(SERIES_TITLE):
        found.setdefault("series_page", {})["title"] = "".join(now.get(SERIES_TITLE, ()))
    if changed(SERIES_TEXT):
        found.setdefault("series_page", {})["paragraphs"] = list(now.get(SERIES_TEXT, ()))
    if changed(CLOSING):
        found.setdefault("closing", {})["title"] = "".join(now.get(CLOSING, ()))
    if changed(SIGNED):
        found.setdefault("closing", {})["lines"] = [line.rstrip("：: _") for line in now.get(SIGNED, ())]
    if changed(STATEMENT):
        found.setdefault("closing", {})["statement"] = "".join(now.get(STATEMENT, ()))
    return found
