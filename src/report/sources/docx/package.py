"""A Word file as a package: the parts that hold text, unpacked within limits and parsed without entities."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

LARGEST_PART = 60_000_000  # bytes unpacked
MOST_PARTS = 10_000
MOST_ITEMS = 20  # custom XML parts that are looked into
OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK"
THROUGH = ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")  # what may stand around blocks and cells
# What zipfile raises for files that are cut or changed: of its own, of the four ways to pack a part, and RuntimeError
# for a password or (NotImplementedError) a way that it does not know; offsets and names may be anything.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, ValueError, OverflowError),
)


class WordError(Exception):
    """The file cannot be read as a Word file; `problem` and `hint` say why, in Chinese."""

    def __init__(self, problem: str, hint: str) -> None:
        self.problem, self.hint = problem, hint
        super().__init__(problem)


@dataclass(frozen=True)
class Package:
    """The parts of a Word file that hold text; None for one that it lacks. `links`: relation id → web address."""

    document: _Element
    styles: _Element | None
    numbering: _Element | None
    footnotes: _Element | None
    endnotes: _Element | None
    core: _Element | None
    links: dict[str, str] = field(default_factory=dict)
    comments: _Element | None = None


def open_package(data: bytes) -> Package:
    """The package in a .docx file's bytes. Raises WordError where it is locked, broken, too large or no Word file."""
    with _opened(data) as archive:
        return _package(archive)


def open_item(data: bytes, namespace: str) -> _Element | None:
    """What a program keeps in a .docx file as custom XML: the root of the first such part in the namespace; None where
    there is none. Raises WordError as `open_package` does."""
    with _opened(data) as archive:
        names = set(archive.namelist())
        paths = [path for kind, path in _relations(archive, names, _main(archive, names)) if kind == "customXml"]
        for path in paths[:MOST_ITEMS]:
            item = _part(archive, names, path)
            if item is not None and item.tag.startswith(f"{{{namespace}}}"):
                return item
    return None


def open_part(data: bytes, path: str) -> _Element | None:
    """The root of a part of a .docx file; None where there is none. Raises WordError as `open_package` does."""
    with _opened(data) as archive:
        return _part(archive, set(archive.namelist()), path)


@dataclass(frozen=True)
class Relation:
    """That a part (`source`, its path; "" for the package) refers to another, or to an `external` address."""

    source: str
    id: str
    kind: str
    target: str
    external: bool


def open_relations(data: bytes) -> list[Relation]:
    """All relations of a .docx file's parts. Raises WordError as `open_package` does."""
    with _opened(data) as archive:
        names = set(archive.namelist())
        return [
            _relation(source, one)
            for name in sorted(names) if name.endswith(".rels")
            for source in [posixpath.join(posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)[:-5])]
            for one in _part_relations(archive, names, source)
        ]  # fmt: skip


def open_bytes(data: bytes, path: str, largest: int) -> bytes | None:
    """A part of a .docx file as it is; None where there is none. Raises WordError as `open_package` does, and for one
    of more than `largest` bytes."""
    with _opened(data) as archive:
        if path not in archive.namelist():
            return None
        with archive.open(path) as file:
            found = file.read(largest + 1)
    if len(found) > largest:
        raise WordError(f"里面的 {posixpath.basename(path)} 超过 {largest // 1000} KB", "换一个小些的")
    return found


def part_names(data: bytes) -> list[str]:
    """The paths of all parts of a .docx file. Raises WordError as `open_package` does."""
    with _opened(data) as archive:
        return sorted(archive.namelist())


def _relation(source: str, found: _Element) -> Relation:
    """A relation, its target as a path in the package where it is no address outside."""
    target, external = found.get("Target", ""), found.get("TargetMode") == "External"
    if not external:
        base = "" if target.startswith("/") else posixpath.dirname(source)
        target = posixpath.normpath(posixpath.join(base, target.lstrip("/")))
    return Relation(source, found.get("Id", ""), found.get("Type", "").rpartition("/")[2], target, external)


@contextmanager
def _opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    if data.startswith(OLE):
        raise WordError("这个 .docx 加了密码，或其实是旧格式 .doc", "在 Word 里去掉密码，另存为 .docx")
    if not data.startswith(ZIP):
        raise WordError("不是 Word 文件：不过是名字以 .docx 结尾" if data else "文件是空的", "在 Word 里另存为 .docx")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.infolist()) > MOST_PARTS:
                raise WordError("Word 文件里的部件太多", "在 Word 里另存一份")
            names = archive.namelist()
            if len(set(names)) < len(names):  # programs differ in which of the two they read
                raise WordError("Word 文件里有同名的部件", "在 Word 里打开修复，另存一份")
            yield archive
    except BROKEN as error:
        raise WordError("Word 文件已损坏", "在 Word 里打开修复，另存一份") from error


def name_of(element: _Element) -> str:
    """The element's name without its namespace (the strict and the usual form of ECMA-376 differ only in that)."""
    return str(element.tag).rpartition("}")[2]


def value_of(element: _Element | None, name: str = "val") -> str:
    """The value of an attribute, its namespace set aside; "" where there is none."""
    if element is None:
        return ""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def child(element: _Element | None, *names: str) -> _Element | None:
    """The first child of that name, its own first child of the next name, and so on; None where one is lacking."""
    for name in names:
        element = None if element is None else next(children(element, name), None)
    return element


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """The children of these names, in order."""
    return (one for one in element if name_of(one) in names)


def inside(element: _Element, *names: str) -> Iterator[_Element]:
    """The elements of these names right inside, or inside controls and insertions there, in order."""
    for inner in element:
        if name_of(inner) in names:
            yield inner
        elif name_of(inner) in THROUGH:
            yield from inside(inner, *names)


def number_of(element: _Element | None, otherwise: int, name: str = "val") -> int:
    """The value of an attribute as a number; `otherwise` where it is none, or longer than any that Word writes."""
    text = value_of(element, name)
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


def is_on(switch: _Element | None) -> bool:
    """Whether a property that is on or off is on: it stands there, and does not say otherwise (17.17.4)."""
    return switch is not None and value_of(switch) not in ("0", "false", "off")


def _package(archive: zipfile.ZipFile) -> Package:
    names = set(archive.namelist())
    main = _main(archive, names)
    document = _part(archive, names, main)
    if document is None or name_of(document) != "document":
        raise WordError("压缩包里没有 Word 正文", "在 Word 里另存为 .docx")
    parts = dict(_relations(archive, names, main))
    styles, numbering, footnotes, endnotes, comments = (
        _part(archive, names, parts.get(kind, ""))
        for kind in ("styles", "numbering", "footnotes", "endnotes", "comments")
    )
    core = _part(archive, names, "docProps/core.xml")
    links = _links(archive, names, main, parts)
    return Package(document, styles, numbering, footnotes, endnotes, core, links, comments)


def _main(archive: zipfile.ZipFile, names: set[str]) -> str:
    """The path of the text itself."""
    found = (path for kind, path in _relations(archive, names, "") if kind == "officeDocument")
    return next(found, "word/document.xml")


def _links(archive: zipfile.ZipFile, names: set[str], main: str, parts: dict[str, str]) -> dict[str, str]:
    """Web addresses of the text's and the notes' links. Relation ids are told apart by their part."""
    found: dict[str, str] = {}
    for path in (main, parts.get("footnotes", ""), parts.get("endnotes", "")):
        for relation in _part_relations(archive, names, path) if path else ():
            target = relation.get("Target", "")
            if target.startswith(("http://", "https://")):
                found[f"{posixpath.basename(path)}#{relation.get('Id', '')}"] = target
    return found


def _relations(archive: zipfile.ZipFile, names: set[str], path: str) -> Iterator[tuple[str, str]]:
    """Kind and path of the parts that a part (the package itself: "") refers to."""
    for relation in (_relation(path, one) for one in _part_relations(archive, names, path)):
        if not relation.external:
            yield relation.kind, relation.target


def _part_relations(archive: zipfile.ZipFile, names: set[str], path: str) -> list[_Element]:
    folder, name = posixpath.split(path)
    root = _part(archive, names, posixpath.join(folder, "_rels", f"{name}.rels"))
    return [] if root is None else list(root)


def _part(archive: zipfile.ZipFile, names: set[str], path: str) -> _Element | None:
    """A part, parsed; None where the package lacks it."""
    from lxml import etree  # type: ignore[import-untyped]

    if path not in names:
        return None
    with archive.open(path) as file:
        data = file.read(LARGEST_PART + 1)
    if len(data) > LARGEST_PART:
        raise WordError(f"解开后超过 {LARGEST_PART // 1_000_000} MB", "拆成几份，或删去与正文无关的部分")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise WordError("Word 文件已损坏", "在 Word 里打开修复，另存一份") from error
    if root.getroottree().docinfo.doctype:  # no part of a package may declare types (ECMA-376 part 2, 9.1.4)
        raise WordError("Word 文件里有文档类型声明（DOCTYPE），Word 不写这样的文件", "在 Word 里另存一份")
    return root
