"""The Word file as an archive: entries, types of parts, relationships."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from docx.oxml.ns import nsmap
from docx.oxml.parser import parse_xml
from lxml import etree  # type: ignore[import-untyped]

from report.errors import Issue
from report.writers.docx.relations import NOT_IN_ADDRESS
from report.writers.docx.xml import Element

DOCUMENT = "word/document.xml"
_TYPES = "[Content_Types].xml"
_PNG_END = b"IEND\xaeB`\x82"  # the last chunk, with its checksum
_TYPED = ("header", "footer", "styles", "numbering", "footnotes", "settings", "comments", "fontTable", "theme", "chart")
_SCHEMES = ("http://", "https://", "mailto:")
_RELATIVE = f"{{{nsmap['r']}}}"


@dataclass(frozen=True)
class Package:
    """What an archive holds: its entries in order, those that are XML parsed, and what is wrong with it as such."""

    names: tuple[str, ...]
    parts: Mapping[str, Element]
    faults: tuple[Issue, ...]


def open_package(data: bytes) -> Package:
    """The archive's parts; those that cannot be read are faults, and missing among the parts."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = tuple(archive.namelist())
            files = {name: archive.read(name) for name in dict.fromkeys(names)}
    except (zipfile.BadZipFile, EOFError) as error:
        return Package((), {}, (Issue(where="docx", problem=f"不是完整的压缩包（{error}）"),))
    parts: dict[str, Element] = {}
    faults = [Issue(where=name, problem=f"包内出现 {count} 次") for name, count in Counter(names).items() if count > 1]
    for name, content in files.items():
        if name.endswith((".xml", ".rels")):
            try:
                parts[name] = parse_xml(content)
            except etree.XMLSyntaxError as error:
                faults.append(Issue(where=name, problem=f"XML 读不通（{error.msg}）"))
        elif name.endswith(".png") and not content.endswith(_PNG_END):
            faults.append(Issue(where=name, problem="图片不完整"))
        elif name.endswith(".xlsx") and not zipfile.is_zipfile(io.BytesIO(content)):
            faults.append(Issue(where=name, problem="工作簿不完整"))
    return Package(names, parts, tuple(faults))


def twice(values: Iterable[str | None]) -> list[str]:
    """The values that stand more than once."""
    return [str(value) for value, count in Counter(values).items() if count > 1]


def package_faults(package: Package) -> Iterator[Issue]:
    """Parts without a type, types without a part, relationships that lead nowhere or are missing."""
    yield from _types(package)
    for name in package.names:
        if name.endswith(".rels"):
            yield from _relations(package, name)
    for name, part in package.parts.items():
        yield from _used_relations(package, name, part)


def _types(package: Package) -> Iterator[Issue]:
    if (types := package.parts.get(_TYPES)) is None:
        yield Issue(where=_TYPES, problem="没有这个部件")
        return
    extensions = {(entry.get("Extension") or "").lower() for entry in types}
    named = {entry.get("PartName") for entry in types} - {None}
    for name in package.names:
        if name != _TYPES and f"/{name}" not in named and name.rpartition(".")[2].lower() not in extensions:
            yield Issue(where=name, problem="没有写明部件类型")
    for name in sorted(str(part) for part in named if str(part)[1:] not in package.names):
        yield Issue(where=_TYPES, problem=f"写明了类型的部件 {name} 不存在")


def _relations(package: Package, name: str) -> Iterator[Issue]:
    """Every relationship leads to a part, or is a well-formed address; no id stands twice."""
    if (relations := package.parts.get(name)) is None:
        return
    folder = posixpath.dirname(posixpath.dirname(name))
    entries = package.parts.get(_TYPES)
    types = {entry.get("PartName"): entry.get("ContentType") or "" for entry in ([] if entries is None else entries)}
    ids = twice(relation.get("Id") for relation in relations)
    yield from (Issue(where=name, problem=f"关系 {key} 重复") for key in ids)
    for relation in relations:
        target = relation.get("Target") or ""
        if relation.get("TargetMode") == "External":
            if NOT_IN_ADDRESS.search(target) or not target.lower().startswith(_SCHEMES):
                yield Issue(where=name, problem=f"网址里有不能用的字符：{target}")
            continue
        path = posixpath.normpath(posixpath.join("/", folder, target))
        kind = (relation.get("Type") or "").rpartition("/")[2]
        if path[1:] not in package.names:
            yield Issue(where=name, problem=f"关系 {relation.get('Id')} 指向的 {target} 不存在")
        elif kind in _TYPED and not types.get(path, "").endswith(f".{kind}+xml"):
            yield Issue(where=path[1:], problem=f"部件类型不是 {kind}")


def _used_relations(package: Package, name: str, part: Element) -> Iterator[Issue]:
    """Every r:id, r:embed and the like has its relationship."""
    folder, _, file = name.rpartition("/")
    relations = package.parts.get(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
    known = {relation.get("Id") for relation in relations} if relations is not None else set()
    used = {value for node in part.iter() for key, value in node.attrib.items() if str(key).startswith(_RELATIVE)}
    for key in sorted(map(str, used - known)):
        yield Issue(where=name, problem=f"没有关系 {key}")
