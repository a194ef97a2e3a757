"""The catalogue beside the sources (catalogue.yaml): what a person knows of a document, over what was detected."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from report.errors import Issue, ReportError
from report.sources.document import Document

FIELDS = ("title", "date", "publisher", "author", "licence", "url", "reliability", "limit")
LARGEST_LIMIT = 100  # MB
_date = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_number = re.compile(r"\d{1,3}(?:\.\d{1,3})?")
HINTS = {
    "date": "写成 2025、2025-12 或 2025-12-06",
    "url": "写成 https:// 开头的网址",
    "limit": f"写成数字，单位 MB，最大 {LARGEST_LIMIT}，如 limit: 20",
}
_url = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True)
class Catalogue:
    """For each document id the metadata fields that are to replace the detected ones ("" blanks a field).

    `limits`: document id → how large its file may be, in MB, where that is not the usual.
    """

    entries: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)


Objection = Callable[[str], str]  # to a word of `reliability`: what may be written instead; "" for none


def read_catalogue(path: Path, stems: Collection[str], objection: Objection | None = None) -> Catalogue:
    """The catalogue in a YAML file that maps file stems to fields (`FIELDS`); an absent file is an empty catalogue.

    `stems`: the stems of all source files; `objection` knows the kinds of sources. Raises ReportError with every
    mistake of the file, where = file:line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Catalogue()
    except UnicodeDecodeError:
        raise ReportError(str(path), "文件不是 UTF-8 编码", "用编辑器另存为 UTF-8") from None
    return parse_catalogue(text, str(path), stems, objection)


def parse_catalogue(text: str, where: str, stems: Collection[str], objection: Objection | None = None) -> Catalogue:
    """The catalogue in a YAML text; `where` names its file. Raises as `read_catalogue` does."""
    root = _compose(text, where)
    if root is None:
        return Catalogue()
    issues: list[Issue] = []
    entries: dict[str, dict[str, str]] = {}
    for key, node in _pairs(root, where, "目录应为“文件名（不带扩展名）: 各项”的形式", issues):
        if key.value not in stems:
            issues.append(_unknown(f"{where}:{_line(key)}", f"没有名为“{key.value}”的来源文件", key.value, stems))
        pairs = list(_pairs(node, where, f"“{key.value}”下应写“项: 值”", issues))
        entries[key.value] = {name.value: _value(name, value, where, issues) for name, value in pairs}
        issues += _objections(pairs, where, objection) if objection else ()
    if issues:
        raise ReportError.all_of(issues)
    limits = {name: float(told.pop("limit")) for name, told in entries.items() if "limit" in told}
    return Catalogue(entries, limits)


def apply_catalogue(document: Document, catalogue: Catalogue) -> Document:
    """The document with the catalogue's word over its own; itself where the catalogue does not name it."""
    fields = catalogue.entries.get(document.id)
    if not fields:
        return document
    told = dict(fields) | ({"date_kind": "stated"} if "date" in fields else {})
    return document.changed({"metadata": document.metadata.changed(told)})


def _compose(text: str, where: str) -> Node | None:
    try:
        root: Node | None = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ReportError(f"{where}:{line}", "YAML 写法有误", "检查缩进、冒号后的空格和引号") from error
    except YAMLError as error:
        raise ReportError(where, "YAML 里有不允许的字符", "删去控制字符") from error
    return root


def _pairs(node: Node, where: str, shape: str, issues: list[Issue]) -> Iterator[tuple[ScalarNode, Node]]:
    """Key and value nodes of a mapping; anything else, and a key given twice, is an issue."""
    if not isinstance(node, MappingNode):
        issues.append(Issue(where=f"{where}:{_line(node)}", problem=shape))
        return
    seen: dict[str, int] = {}
    for key, value in node.value:
        place = f"{where}:{_line(key)}"
        if not isinstance(key, ScalarNode):
            issues.append(Issue(where=place, problem=shape))
        elif key.value in seen:
            issues.append(
                Issue(where=place, problem=f"“{key.value}”在第 {seen[key.value]} 行已经写过", hint="删去一处")
            )
        else:
            seen[key.value] = _line(key)
            yield key, value


def _value(name: ScalarNode, value: Node, where: str, issues: list[Issue]) -> str:
    """The value of a field as text; an unknown field or a value that cannot be is an issue."""
    place = f"{where}:{_line(name)}"
    if name.value not in FIELDS:
        issues.append(_unknown(place, f"没有“{name.value}”这一项", name.value, FIELDS))
    elif not isinstance(value, ScalarNode) or value.style is None and value.value in ("", "~", "null"):
        issues.append(Issue(where=place, problem=f"“{name.value}”没有值", hint='写一个值；要留空就写 ""'))
    elif not _is_valid(name.value, value.value):
        issues.append(Issue(where=place, problem=f"“{name.value}”的值“{value.value}”不对", hint=HINTS[name.value]))
    return value.value if isinstance(value, ScalarNode) else ""


def _objections(pairs: Iterable[tuple[ScalarNode, Node]], where: str, objection: Objection) -> Iterator[Issue]:
    for name, value in pairs:
        told = value.value if name.value == "reliability" and isinstance(value, ScalarNode) else ""
        if hint := objection(told) if told else "":
            yield Issue(where=f"{where}:{_line(name)}", problem=f"“reliability”的值“{told}”不认得", hint=hint)


def _is_valid(name: str, value: str) -> bool:
    match name if value or name == "limit" else "":
        case "date":
            return _is_date(value)
        case "url":
            return bool(_url.fullmatch(value))
        case "limit":
            return bool(_number.fullmatch(value)) and 0 < float(value) <= LARGEST_LIMIT
        case _:
            return True


def _is_date(value: str) -> bool:
    match = _date.fullmatch(value)
    if not match:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def _unknown(where: str, problem: str, word: str, known: Collection[str]) -> Issue:
    near = get_close_matches(word, sorted(known), n=1)
    hint = f"是不是“{near[0]}”？" if near else "可以写的有：" + "、".join(sorted(known)[:12])
    return Issue(where=where, problem=problem, hint=hint)


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1
