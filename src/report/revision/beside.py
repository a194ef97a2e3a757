"""What stands beside the text: headers, footers and the title among the file's properties. All of it is generated, so
an edit there is told with the place to change instead."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from report.revision.atoms import alike
from report.revision.findings import Finding
from report.sources.docx.package import Package, open_part, open_relations
from report.writers.docx.record import lines_of

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

_HINT = "页眉页脚由题名和各章标题生成：改 report.yaml 的 title，或正文的标题"
_NUMBER = re.compile(r"第?[一二三四五六七八九十百]+[章、]|[0-9IVXLivxl.—–·-]+")
_KINDS = ("header", "footer")


def furniture_findings(data: bytes, record: _Element, titles: Iterable[str]) -> list[Finding]:
    """The lines of headers and footers that the record of the file does not know, nor follow from the `titles` of the
    report and its headings as they now are. A record of before they were kept tells of none. Raises WordError for a
    broken file."""
    known = _known(record)
    if not known:
        return []
    own = sorted({alike(title) for title in titles} | known, key=len, reverse=True)
    lines = dict.fromkeys(whole for root in _parts(data) for _, whole in lines_of(root))
    new = [line for line in lines if alike(line) not in known and not _follows(alike(line), own)]
    return [Finding("generated", "页眉页脚", f"“{text}” — {_HINT}") for text in new]


def _follows(line: str, titles: Sequence[str]) -> bool:
    """Whether a line is made of titles and numbers alone: Word's fields have followed the text."""
    for title in filter(None, titles):
        line = line.replace(title, "")
    return not _NUMBER.sub("", line)


def _known(record: _Element) -> frozenset[str]:
    try:
        pairs = json.loads(record.get("furniture", "[]"))
        return frozenset(alike(str(text)) for pair in pairs for text in pair)
    except (ValueError, TypeError):
        return frozenset()


def _parts(data: bytes) -> Iterator[_Element]:
    paths = {relation.target for relation in open_relations(data) if relation.kind in _KINDS and not relation.external}
    for path in sorted(paths):
        root = open_part(data, path)
        if root is not None:
            yield root


def title_findings(package: Package, title: str) -> list[Finding]:
    """Another title among the properties than was written."""
    titles = [] if package.core is None else [one.text or "" for one in package.core.iter("{*}title")]
    return [
        Finding("generated", "文件属性", f"标题改成“{text}” — 改 report.yaml 的 title")
        for text in titles[:1] if text and alike(text) != alike(title)
    ]  # fmt: skip
