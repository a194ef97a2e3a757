"""Reads a YAML file into plain data that remembers the line of everything in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from report.errors import Issue, ReportError

Key = str | int
Place = tuple[Key, ...]  # the keys and list indexes that lead to an entry

_WIDE_COLON = re.compile(r"\s{0,40}(?:- )?[^\s\"'#:：{\[]{1,40}：")
_COLOUR = re.compile(r"[\s:,]#[0-9A-Fa-f]{3,8}\b")
_CORE = "tag:yaml.org,2002:"
# controls, among them those that turn the direction of text about, and halves of characters: written \x01, \u202e …
_UNSEEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
MOST_DIGITS = 40  # of a number; more are text
_TAGS = ("null", "bool", "int", "float", "str", "seq", "map", "timestamp")

# What the parser says (a part of it) → what the author should know.
_PROBLEMS = {
    "mapping values are not allowed": ("这一行的冒号多了，或上一行的缩进不对", "文字里有冒号时，整句加引号"),
    "cannot start any token": ("行首有制表符或保留的符号", "缩进用空格；文字以特殊符号开头时加引号"),
    "could not find expected ':'": ("缺冒号", "写成“名字: 内容”，冒号后面空一格"),
    "expected <block end>": ("缩进对不上", "同一层的各行要左对齐"),
    "while scanning a quoted scalar": ("引号没有收尾", "补上右引号"),
    "while parsing a flow sequence": ("方括号没有收尾", "补上 ] 或逗号"),
    "while parsing a flow node": ("方括号或花括号没有收尾", "补上 ] 或 }"),
    "while parsing a flow mapping": ("花括号没有收尾", '补上 } 或逗号；含 {{ }} 的文字、颜色（"#0b4f3c"）要加引号'),
    "expected URI": ("文字以 ! 开头", "整句加引号"),
    "found undefined alias": ("引用了没有定义的锚点", "文字以 * 或 & 开头时加引号"),
}


@dataclass(frozen=True)
class Placed:
    """The data of one file (a mapping) and the line, counted from 1, of every entry in it, by its place."""

    file: str
    data: dict[str, Any]
    lines: Mapping[Place, int]

    def where(self, *place: Key) -> str:
        """`file:line` of an entry, or of the nearest entry around it that the file holds."""
        for end in range(len(place), 0, -1):
            if place[:end] in self.lines:
                return f"{self.file}:{self.lines[place[:end]]}"
        return f"{self.file}:1"


def read_yaml(path: Path) -> Placed:
    """The YAML file at `path`. Raises ReportError with all its mistakes; see `parse_yaml`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ReportError(path.as_posix(), "没有这个文件", "检查路径和文件名") from None
    except UnicodeDecodeError:
        raise ReportError(path.as_posix(), "不是 UTF-8 文件", "用编辑器另存为 UTF-8") from None
    except OSError as error:
        problem = f"文件打不开（{error.strerror}）"
        raise ReportError(path.as_posix(), problem, "检查是不是文件、有没有读取权限") from error
    return parse_yaml(text, path.as_posix())


def parse_yaml(text: str, file: str, first_line: int = 1) -> Placed:
    """YAML 1.2 as plain data: str, int, float, bool, None, list, dict with text keys; {} for an empty text.

    A date, and a number that begins with 0 or is too long, stay text as written. `first_line` is the line of the file
    at which the text begins. Raises ReportError: syntax, a key given twice, an alias, no mapping at the top.
    """
    reader = _Reader(file, first_line)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
        data = {} if node is None else reader.value(node, ())
    except RecursionError as error:
        raise ReportError(f"{file}:{first_line}", "嵌套的层数太多", "这样的文件最多五六层，检查多余的括号") from error
    except MarkedYAMLError as error:
        raise ReportError.all_of([_syntax(error, text, reader)]) from error
    except YAMLError as error:
        raise ReportError(f"{file}:{first_line}", "含有 YAML 不允许的字符", "删去看不见的控制字符") from error
    if not isinstance(data, dict):
        reader.issues.append(_not_named(data, f"{file}:{first_line}"))
    if reader.issues:
        raise ReportError.all_of(reader.issues)
    return Placed(file, data, reader.lines)


def _not_named(data: object, where: str) -> Issue:
    """A file with no names at its top: a bare list, or words."""
    if isinstance(data, list):
        problem, hint = "整个文件是一个没有名字的列表", "列表上面加一行名字和冒号，如 corrections:"
    else:
        problem, hint = "整个文件应是“名字: 内容”的形式", "名字后面加冒号和空格"
    return Issue(where=where, problem=problem, hint=hint)


def _syntax(error: MarkedYAMLError, text: str, reader: _Reader) -> Issue:
    said = f"{error.context or ''} {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    line = mark.line if mark else 0
    if error.context_mark and ("flow" in said or "quoted" in said or "simple key" in said):
        line = error.context_mark.line  # where it was opened says more than where the file ends
    known = (told for part, told in _PROBLEMS.items() if part in said)
    other = f"YAML 写法有误（{' '.join(said.split())}）"
    problem, hint = next(known, (other, "看这一行和上一行的缩进、冒号、引号"))
    lines = text.split("\n")
    wide = [index for index, written in enumerate(lines) if line - 1 <= index <= line and _WIDE_COLON.match(written)]
    coloured = [index for index, written in enumerate(lines) if line - 2 <= index <= line and _COLOUR.search(written)]
    if "{{" in "".join(lines[line : line + 1]):
        hint = '含 {{ }} 的文字要加引号："{{ 值名 }}…"'
    elif "flow" in said and coloured:
        line, problem, hint = coloured[-1], "颜色没有加引号，从 # 起算作注释", '写成 "#0b4f3c"'
    elif "flow" in said and any(mark in "".join(lines[line : line + 1]) for mark in "，：“”［］｛｝"):
        hint = "逗号、冒号、引号、括号用半角的：, : \" [ ] { }"
    elif wide and ("mapping values" in said or "simple key" in said):
        line, problem, hint = wide[0], "冒号是全角的", "写成半角的冒号加一个空格：名字: 内容"
    return Issue(where=reader.where(line), problem=problem, hint=hint)


class _Reader:
    """Turns the parser's nodes into plain data, noting lines and mistakes."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.lines: dict[Place, int] = {}
        self.issues: list[Issue] = []
        self._seen: set[int] = set()

    def where(self, line: int) -> str:
        return f"{self.file}:{line + self.first_line}"

    def value(self, node: Node, place: Place) -> Any:
        line: int = node.start_mark.line
        self.lines.setdefault(place, line + self.first_line)
        if node.anchor or id(node) in self._seen:  # copies could multiply or go round in a circle
            self._tell(line, "不支持锚点和别名（& 和 *）", "把内容写两遍；文字以它们开头时加引号")
            return None
        if str(node.tag).removeprefix(_CORE) not in _TAGS:
            self._tell(line, f"不支持标签（{node.tag}）", "文字以 ! 开头时加引号")
            return None
        self._seen.add(id(node))
        match node:
            case MappingNode():
                return self._mapping(node, place)
            case SequenceNode():
                return [self.value(item, (*place, index)) for index, item in enumerate(node.value)]
            case ScalarNode():
                return _scalar(node, self._seen_text(node))

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line: int = key_node.start_mark.line
            if not isinstance(key_node, ScalarNode):
                self._tell(line, "冒号前面应是一个名字", '含 {{ }} 的文字要加引号："{{ 值名 }}…"')
                continue
            key = self._seen_text(key_node)
            if key in data:
                first = self.lines[(*place, key)]
                self._tell(line, f"“{key}”写了两次", f"第一次在第 {first} 行，删去一个")
                continue
            self.lines[(*place, key)] = line + self.first_line
            data[key] = self.value(value_node, (*place, key))
        return data

    def _seen_text(self, node: ScalarNode) -> str:
        """The words of a scalar, all of which can be seen."""
        text = str(node.value)
        if found := dict.fromkeys(_UNSEEN.findall(text)):
            codes = "、".join(f"U+{ord(char):04X}" for char in found)
            self._tell(node.start_mark.line, f"有印不出的控制字符 {codes}", "删去")
            text = _UNSEEN.sub("", text)
        return text

    def _tell(self, line: int, problem: str, hint: str) -> None:
        issue = Issue(where=self.where(line), problem=problem, hint=hint)
        if issue not in self.issues:  # an alias is told at its anchor
            self.issues.append(issue)


def _scalar(node: ScalarNode, text: str) -> Any:
    """What a scalar with these words stands for."""
    match str(node.tag).rpartition(":")[2]:
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" if text == "0" or (len(text) <= MOST_DIGITS and not text.lstrip("+-").startswith("0")):
            return int(text.replace("_", ""))
        case "float" if text[-1].isdigit() and ":" not in text and isfinite(found := float(text.replace("_", ""))):
            return found
        case _:
            return text
