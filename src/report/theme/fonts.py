"""The theme's fonts on this machine: found, checked against their sha256, and measured by HarfBuzz."""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import uharfbuzz as hb  # type: ignore[import-untyped]

from report.errors import Issue, ReportError
from report.records import Record
from report.theme.theme import Font, FontFile, Theme

SYSTEM_FONTS = tuple(
    Path(folder).expanduser()
    for folder in (
        "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
        "/usr/share/texlive/texmf-dist/fonts/opentype",  # Debian keeps TeX's fonts apart
        "/Library/Fonts", "/System/Library/Fonts", "C:/Windows/Fonts",
    )
)
# Marks that Chinese sets as wide as a Han character though Unicode calls their width ambiguous (CLREQ 3.1.4).
HAN_MARKS = frozenset("“”‘’—…·")
# Everything else that takes the Latin face: Latin, Greek, Cyrillic; hyphens and en dash; ‰ and primes;
# super- and subscripts, currencies; №, ™.
LATIN_BLOCKS = (
    (0x0020, 0x1FFF), (0x2010, 0x2013), (0x2030, 0x2034), (0x2044, 0x2044), (0x2070, 0x20CF),
    (0x2116, 0x2122),
)
ITALIC = "/italic"  # after the name of a font role: its Latin in italics
LAST_LATIN = LATIN_BLOCKS[-1][1]
# OS/2 fsType: restricted licence, no subsetting, bitmaps only (OpenType specification, OS/2, fsType).
RESTRICTED, NO_SUBSET, BITMAP_ONLY = 0x0002, 0x0100, 0x0200
LACKING = "没有字体收有字符 "  # how the mistake of a character that no font has begins
CHUNK = 1 << 20  # bytes hashed at a time: after each the interpreter has to be waited for


class Face:
    """One font file at its pinned weight. All lengths are in 1/1000 em; `key` is its name in Theme.files."""

    def __init__(self, key: str, path: Path, file: FontFile) -> None:
        self.key, self.file = key, file
        _refuse_cut(key, path, file)
        self.axes: dict[str, float] = {} if file.weight is None else {"wght": file.weight}
        self.hb_face = hb.Face(hb.Blob.from_file_path(str(path)), file.index)
        if not self.hb_face.glyph_count:  # HarfBuzz reads what is no font as a font without glyphs
            problem = f"{file.file} 里没有能读的字体（index: {file.index}）"
            raise ReportError(f"字体 {key}", problem, "核对文件；.ttc 里各款从 0 数起，其他文件不写 index")
        self.tables = frozenset(self.hb_face.table_tags)
        if "cmap" not in self.tables:
            raise ReportError(f"字体 {key}", f"{file.file} 没有字符表（cmap），一个字也取不出", "换一份完好的文件")
        _refuse_restricted(key, self)
        self.hb_font = hb.Font(self.hb_face)
        if self.axes:
            self.hb_font.set_variations(self.axes)
        self.scale = 1000 / float(self.hb_face.upem)
        tags = hb.OTMetricsTag
        self.ascent = self._metric(tags.HORIZONTAL_ASCENDER)
        self.descent = self._metric(tags.HORIZONTAL_DESCENDER)
        self.cap_height = self._metric(tags.CAP_HEIGHT)
        self._advances: dict[str, float] = {}

    @property
    def name(self) -> str:
        """PostScript name, with the pinned axes where there are any: unique among the faces of one theme."""
        pinned = "".join(f"-{axis}{value:g}" for axis, value in sorted(self.axes.items()))
        return f"{self.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)}{pinned}"

    @property
    def version(self) -> str:
        """The version string of the font's name table."""
        return str(self.hb_face.get_name(hb.OTNameIdPredefined.VERSION_STRING) or "")

    @property
    def postscript_outlines(self) -> bool:
        """Whether the outlines are CFF or CFF2 (and not glyf)."""
        return "glyf" not in self.tables

    @property
    def bbox(self) -> tuple[int, int, int, int]:
        """The font's bounding box: left, bottom, right, top."""
        box = struct.unpack(">4h", bytes(self.hb_face.reference_table("head").data)[36:44])
        left, bottom, right, top = (round(side * self.scale) for side in box)
        return left, bottom, right, top

    def covers(self, char: str) -> bool:
        """Whether the font has a glyph for the character that is right."""
        return char not in self.file.without and bool(self.hb_font.get_nominal_glyph(ord(char)))

    def glyph(self, char: str) -> int:
        """Glyph number of the character; ReportError where the font lacks it."""
        glyph: int | None = self.hb_font.get_nominal_glyph(ord(char))
        if not glyph:
            raise ReportError(f"字体 {self.key}", f"缺少字符 {spell(char)}", "换用收有此字的字体，或改写文字")
        return glyph

    def advance(self, char: str) -> float:
        """Advance width of the character; ReportError where the font lacks it."""
        width = self._advances.get(char)
        if width is None:
            width = float(self.hb_font.get_glyph_h_advance(self.glyph(char)) * self.scale)
            self._advances[char] = width
        return width

    def ink(self, char: str) -> tuple[float, float]:
        """Left and right edge of what is seen of the character, from its origin; (0, 0) for a space."""
        extents = self.hb_font.get_glyph_extents(self.glyph(char))
        if extents is None or not extents.width:
            return 0.0, 0.0
        return extents.x_bearing * self.scale, (extents.x_bearing + extents.width) * self.scale

    def _metric(self, tag: Any) -> int:
        position = float(self.hb_font.get_metric_position_with_fallback(tag))
        return round(position * self.scale)


class FontUse(Record):
    """Which file serves a part (han, latin, italic, marks, fallback) of a font role here; `instead` names the file that
    the theme would have, where that is not here; `lacks` holds the characters asked about that this face should set (a
    fallback: what those before it lack) and cannot."""

    role: str
    part: str
    file: str
    name: str
    version: str
    sha256: str
    instead: str = ""
    lacks: str = ""


class FontLibrary:
    """The faces of a theme, opened when first asked for.

    Every use raises ReportError in one line where a file is missing or forbids embedding; `settle` does where one is
    not the file that the theme pins by its sha256. That is computed meanwhile: call it before anything that was made
    with a face is kept. `system` are the folders searched for files that no package ships.
    """

    def __init__(self, theme: Theme, system: Sequence[Path] = SYSTEM_FONTS) -> None:
        self.theme = theme
        self._system = tuple(system)
        self._faces: dict[str, Face] = {}
        self._chosen: dict[tuple[str, str], Face] = {}
        self._digests: dict[Path, _Digest] = {}
        self._found: dict[str, Path] = {}
        self._named: dict[str, list[Path]] | None = None  # the system's files by name, once looked for

    def settle(self) -> None:
        """Hold every file opened so far to the theme's sha256. ReportError where one is another file."""
        for key, path in self._found.items():
            found = self._digest(path)
            if found != self.theme.files[key].sha256:
                problem = f"{path.name} 的 sha256 与 theme.yaml 所记不符：{found}"
                raise ReportError(f"字体 {key}", problem, "核对字体来源；确认无误后更新 theme.yaml")

    def _digest(self, path: Path) -> str:
        digest = self._begin(path)
        digest.join()
        return digest.sha256

    def _begin(self, path: Path) -> _Digest:
        if path not in self._digests:
            self._digests[path] = _Digest(path)
        return self._digests[path]

    def face(self, key: str) -> Face:
        """The face of a key of Theme.files; where that file is not here, the face of the one that serves otherwise."""
        face = self._faces.get(key)
        if face is None:
            face = self._faces[key] = self._open(key)
        return face

    def _open(self, key: str) -> Face:
        file = self.theme.files[key]
        if file.otherwise and all(self._digest(path) != file.sha256 for path in self._candidates(file)):
            return self.face(file.otherwise)
        return Face(key, self._find(key), file)

    def stand_ins(self) -> dict[str, str]:
        """The files that the theme would have and that are not here, each with the one that serves instead."""
        keys = [key for key, file in self.theme.files.items() if file.otherwise and self.face(key).key != key]
        return {self.theme.files[key].file: self.face(key).file.file for key in keys}

    def choose(self, role: str, char: str, near: str = "") -> Face:
        """The face that sets a character in a font role; `near` is the text around it, for the error.

        Latin letters, digits and ASCII marks go to the role's Latin face (its italic one, where the role is told as
        name + ITALIC); Han and full-width marks to its Han face,
        “ ” ‘ ’ — … · to its face for marks; what that face lacks to the fallbacks in order. ReportError where
        nothing covers the character.
        """
        face = self._chosen.get((role, char))
        if face is None:
            face = self._chosen[role, char] = self._choose(role, char, near)
        return face

    def latin(self, role: str, char: str) -> Face:
        """The face for a mark such as ’ in Latin text: the role's Latin face where it has the mark."""
        face = self.face(_latin(self._font(role), role))
        return face if face.covers(char) else self.choose(role, char)

    def subset_otf(self, key: str, text: str) -> bytes:
        """An OpenType file of the face at its pinned weight: the characters of `text` and a cmap for them.

        For matplotlib, which cannot pin the axes of a variable font. Same characters, same bytes.
        ReportError where the face lacks one.
        """
        face = self.face(key)
        request = hb.SubsetInput()
        flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
        request.flags = hb.SubsetFlags(flags | (hb.SubsetFlags.DOWNGRADE_CFF2 if face.axes else 0))
        for axis, value in face.axes.items():
            request.pin_axis_location(face.hb_face, axis, value)
        wanted = sorted(set(text) - {"\n"})
        for char in wanted:
            face.glyph(char)
        request.unicode_set.update(map(ord, wanted))
        return bytes(request.subset(face.hb_face).blob.data)

    def report(self, text: str) -> list[FontUse]:
        """Which file serves each font role, and which characters of `text` each should set and lacks."""
        chars = sorted(set(text) - {"\n"})
        found = [
            use
            for role, font in sorted(self.theme.fonts.items())
            for use in self._uses(role, font, chars)
        ]
        self.settle()
        return found

    def _uses(self, role: str, font: Font, chars: Sequence[str]) -> Iterator[FontUse]:
        latin = [char for char in chars if is_latin(char)]
        marks = [char for char in chars if char in HAN_MARKS and font.marks]
        han = [char for char in chars if char not in {*latin, *marks}]
        parts: list[tuple[str, str, Sequence[str]]] = [("han", font.han, han), ("latin", font.latin, latin)]
        parts += [("italic", font.italic, "")] if font.italic else []
        parts += [("marks", font.marks, marks)] if font.marks else []
        left = ""
        for part, key, wanted in [*parts, *(("fallback", key, "") for key in font.fallback)]:
            face = self.face(key)
            asked = left if part == "fallback" else wanted
            lacks = "".join(char for char in asked if not face.covers(char))
            left = lacks if part == "fallback" else left + lacks
            instead = "" if face.key == key else self.theme.files[key].file
            yield FontUse(role=role, part=part, file=face.file.file, instead=instead, name=face.name,
                          version=face.version, sha256=face.file.sha256, lacks=lacks)

    def _font(self, role: str) -> Font:
        return self.theme.fonts[role.removesuffix(ITALIC)]

    def _choose(self, role: str, char: str, near: str) -> Face:
        font = self._font(role)
        first = _latin(font, role) if is_latin(char) else font.marks if char in HAN_MARKS and font.marks else font.han
        for key in (first, font.han, *font.fallback, font.latin):
            face = self.face(key)
            if face.covers(char):
                return face
        role = role.removesuffix(ITALIC)
        where = f"“{near.strip()}”" if near.strip() else f"字体 {role}"
        hint = f"在 theme.yaml 的 fonts.{role}.fallback 里加一款收有此字的字体"
        raise ReportError(where, LACKING + spell(char), hint)

    def _find(self, key: str) -> Path:
        file = self.theme.files[key]
        paths = list(self._candidates(file))
        if not paths:
            origin = f"软件包 {file.package}" if file.package else "系统字体"
            hint = f"安装{file.origin or '它'}，或在 theme.yaml 的 files 里换一款"
            raise ReportError(f"字体 {key}", f"{origin} 里没有 {file.file}", hint)
        for path in paths:
            self._begin(path)
        # of several files of one name the right one must be known now
        right = [path for path in paths if self._digest(path) == file.sha256] if len(paths) > 1 else paths
        self._found[key] = (right or paths)[0]
        return self._found[key]

    def _candidates(self, file: FontFile) -> Iterator[Path]:
        """Where the file may be: below its package's folder, at its absolute path, or among the system's."""
        path = Path(file.file)
        if file.package:
            inside = not path.is_absolute() and ".." not in path.parts
            found = [folder / path for folder in _package_folders(file.package)] if inside else []
        elif path.is_absolute():
            found = [path]
        else:
            found = self._installed().get(path.name, [])
        return (path for path in found if path.is_file())

    def _installed(self) -> dict[str, list[Path]]:
        """Every file in the folders of the system's fonts by its name."""
        if self._named is None:
            self._named = {}
            for path in (path for folder in self._system for path in sorted(folder.rglob("*"))):
                self._named.setdefault(path.name, []).append(path)
        return self._named


def _latin(font: Font, role: str) -> str:
    """The file for Latin in a font role, told with or without ITALIC."""
    return font.italic if role.endswith(ITALIC) and font.italic else font.latin


def is_latin(char: str) -> bool:
    """Whether the character takes the Latin face of a font role (and not the Han face)."""
    code = ord(char)
    return code <= LAST_LATIN and char not in HAN_MARKS and any(first <= code <= last for first, last in LATIN_BLOCKS)


def spell(char: str) -> str:
    """A character as a person looks it up: U+4E2D 中."""
    return f"U+{ord(char):04X} {char}" if char.isprintable() else f"U+{ord(char):04X}"


def check_fonts(library: FontLibrary) -> None:
    """Open every file that the theme names; ReportError with every mistake at once."""
    if issues := [issue for _, issue in font_issues(library)]:
        raise ReportError.all_of(issues)


def font_issues(library: FontLibrary) -> list[tuple[str, Issue]]:
    """What is wrong with the files that the theme names, each with its key there."""
    found: dict[Issue, str] = {}
    for key in library.theme.files:
        try:
            library.face(key)
            library.settle()
        except ReportError as error:
            found = dict.fromkeys(error.issues, key) | found  # one that does not settle is told once
    return [(key, issue) for issue, key in found.items()]


def _package_folders(package: str) -> list[Path]:
    if not package.isidentifier():  # a dotted name would be imported to be found
        return []
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return []
    return [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else []


class _Digest(Thread):
    """Computes the sha256 of a file beside what else is done: fonts are large, and a page is set in no time."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self.path, self.sha256 = path, ""
        self.start()

    def run(self) -> None:
        """Read the file; one that can no longer be read has no digest."""
        digest, chunk = hashlib.sha256(), memoryview(bytearray(CHUNK))
        with self.path.open("rb", buffering=0) as file:
            while length := file.readinto(chunk):
                digest.update(chunk[:length])
        self.sha256 = digest.hexdigest()


def _refuse_cut(key: str, path: Path, file: FontFile) -> None:
    """ReportError where a table would lie beyond the file's end (OpenType specification, Table Directory): HarfBuzz
    takes such a table for an empty one."""
    with path.open("rb") as opened:
        start = 0
        if opened.read(4) == b"ttcf":
            opened.seek(12 + 4 * file.index)
            start = int.from_bytes(opened.read(4), "big")
        opened.seek(start + 4)
        head = opened.read(8)
        records = opened.read(16 * int.from_bytes(head[:2], "big"))
    whole = len(records) // 16 * 16
    ends = [offset + length for _, offset, length in struct.iter_unpack(">Q2L", records[:whole])]
    if max(ends, default=0) > path.stat().st_size:
        raise ReportError(f"字体 {key}", f"{file.file} 残缺，文件没有到头", "重新取一份完整的文件")


def _refuse_restricted(key: str, face: Face) -> None:
    table = bytes(face.hb_face.reference_table("OS/2").data) if "OS/2" in face.tables else b""
    rights = struct.unpack(">H", table[8:10])[0] if len(table) >= 10 else 0
    if rights & 0x000F == RESTRICTED or rights & (NO_SUBSET | BITMAP_ONLY):
        problem = f"{face.file.file} 的许可不准嵌入或子集化（fsType {rights:#06x}）"
        raise ReportError(f"字体 {key}", problem, "换一款允许嵌入的字体")
