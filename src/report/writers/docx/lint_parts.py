"""What stands in a part and makes Word refuse the file or one of its charts, though a schema validator lets it pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docx.oxml.ns import nsmap, qn
from lxml import etree  # type: ignore[import-untyped]

from report.errors import Issue
from report.writers.docx.lint_package import twice
from report.writers.docx.xml import Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_WORD = f"{{{nsmap['w']}}}"
_TEXTS = frozenset(_WORD + name for name in ("t", "delText", "instrText", "delInstrText"))
_CHARACTERS = etree.XPath("//text()[normalize-space()]")
_CORE = "docProps/core.xml"
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")  # W3CDTF
_LEVELS = 9  # of a list (17.9.6)


def part_faults(parts: Mapping[str, Element]) -> Iterator[Issue]:
    """The faults of every part of a package, each told once."""
    for name, part in parts.items():
        faults = list(_alternatives(part))
        if name.startswith("word/charts/chart"):
            faults += _chart(part)
        elif name.startswith("word/"):
            faults += [*_loose(part), *_sections(part), *_levels(part), *_cycles(part)]
        elif name == _CORE:
            faults += _dates(part)
        yield from (Issue(where=name, problem=fault) for fault in dict.fromkeys(faults))


def _alternatives(part: Element) -> Iterator[str]:
    """Every prefix that Requires and Ignorable name is declared, and every alternative has a choice (ECMA-376-3, 9)."""
    for element in part.iter(f"{_MC}AlternateContent"):
        if element.find(f"{_MC}Choice") is None:
            yield "AlternateContent 里没有 Choice"
    for element in part.iter("{*}Choice", part.tag):
        named = element.get("Requires" if element.tag == f"{_MC}Choice" else f"{_MC}Ignorable") or ""
        for prefix in named.split():
            if prefix not in element.nsmap:
                yield f"没有声明前缀 {prefix}"


def _chart(part: Element) -> Iterator[str]:
    """Axes that are referred to exist, series have numbers of their own, caches hold what they count (21.2.2)."""
    plots = list(part.iter(f"{_CHART}plotArea"))
    axes = {_val(axis.find(f"{_CHART}axId")) for plot in plots for axis in plot if axis.tag.endswith("Ax")}
    for element in part.iter(f"{_CHART}axId", f"{_CHART}crossAx"):
        if _val(element) not in axes:
            yield f"坐标轴 {_val(element)} 不存在"
    for kind in ("idx", "order"):
        for number in twice(_val(series.find(f"{_CHART}{kind}")) for series in part.iter(f"{_CHART}ser")):
            yield f"系列的 {kind} {number} 重复"
    for cache in part.iter(f"{_CHART}numCache", f"{_CHART}strCache"):
        count = int(_val(cache.find(f"{_CHART}ptCount")) or 0)
        if any(int(point.get("idx") or 0) >= count for point in cache.iter(f"{_CHART}pt")):
            yield "缓存的数比写明的多"


def _loose(part: Element) -> Iterator[str]:
    """Of Word's own elements, only those of a run's text hold characters."""
    for text in _CHARACTERS(part):
        element = text.getparent().getparent() if text.is_tail else text.getparent()
        if element.tag.startswith(_WORD) and element.tag not in _TEXTS:
            yield f"{element.tag.removeprefix(_WORD)} 里直接有文字"


def _sections(part: Element) -> Iterator[str]:
    """A section has one header and one footer of a kind (17.10.5)."""
    for section in part.iter(qn("w:sectPr")):
        for tag in ("headerReference", "footerReference"):
            for kind in twice(one.get(qn("w:type")) for one in section.iter(qn(f"w:{tag}"))):
                yield f"一节里有两个 {kind} 的 {tag}"


def _levels(part: Element) -> Iterator[str]:
    for level in part.iter(qn("w:ilvl")):
        if not 0 <= int(level.get(qn("w:val")) or 0) < _LEVELS:
            yield f"列表没有第 {int(level.get(qn('w:val'))) + 1} 级"


def _cycles(part: Element) -> Iterator[str]:
    """No style is based on itself, by whatever way."""
    based = {style.get(qn("w:styleId")): style.find(qn("w:basedOn")) for style in part.iter(qn("w:style"))}
    bases = {name: base.get(qn("w:val")) for name, base in based.items() if base is not None}
    for name in bases:
        seen, at = {name}, bases.get(name)
        while at in bases and at not in seen:
            seen.add(at)
            at = bases[at]
        if at == name:
            yield f"样式 {name} 以自己为基础"


def _dates(part: Element) -> Iterator[str]:
    """Word takes a file with a date that is none, or with two, for broken."""
    for name in ("created", "modified"):
        dates = list(part.iter(f"{{*}}{name}"))
        if len(dates) > 1:
            yield f"{name} 有两处"
        if any(not _DATE.fullmatch((date.text or "").strip()) for date in dates):
            yield f"{name} 不是日期"


def _val(element: Element | None) -> str:
    return "" if element is None else str(element.get("val"))
