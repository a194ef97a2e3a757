"""`report import-docx` as a command: the report changed meanwhile, files of other kinds, what is written and how."""

from __future__ import annotations

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from report.writers.docx.record import NAMESPACE

from ..project import Project
from ..template_edits import repacked
from .test_edits import REPORT, SECTIONS, added, come_back
from .word import Word

ONE = SECTIONS / "一.md"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new).encode())


def parts(path: Path, edit: Callable[[dict[str, bytes]], None]) -> Path:
    """The Word file with its parts changed."""
    changed = Path("changed.docx")
    changed.write_bytes(repacked(path.read_bytes(), edit))
    return changed


def _forget(files: dict[str, bytes]) -> None:
    del files["customXml/item1.xml"]


def edit_one(word: Word) -> None:
    word.replace("都已成形", "都已大致成形")


# ---------------------------------------------------------------- the report has changed since


def test_changes_of_author_and_editor_come_together(finished: Project) -> None:
    change(ONE, "追踪没有说明", "这份追踪没有说明")
    told = come_back(finished, edit_one, apply=True)
    assert told.startswith("导出之后，报告里改过：一.md。")
    text = ONE.read_text("utf-8")
    assert "都已大致成形" in text and "这份追踪没有说明" in text


def test_what_both_changed_is_told_and_left_to_the_author(finished: Project) -> None:
    change(ONE, "产值都已成形", "产值均已成形")
    before = ONE.read_bytes()
    told = come_back(finished, edit_one, apply=True)
    assert "sections/一.md:3: 报告里这一处也改过，编辑的改动没有采用：临港的企业数和产值都已大致成形" in told
    assert ONE.read_bytes() == before


def test_a_section_that_is_gone_is_told(finished: Project) -> None:
    change(SECTIONS.parent / "report.yaml", "一.md, ", "")
    told = come_back(finished, edit_one)
    assert "sections/一.md: 报告里已没有这一节" in told


# ---------------------------------------------------------------- what is written


def test_applying_touches_only_the_lines_that_changed(finished: Project) -> None:
    raw = "\ufeff".encode() + ONE.read_bytes().replace(b"\n", b"\r\n")
    ONE.write_bytes(raw)
    others = {path: path.read_bytes() for path in SECTIONS.iterdir() if path != ONE}
    told = come_back(finished, edit_one, apply=True)
    assert told.endswith("已改写：templates/reports/mini/sections/一.md\n")
    assert ONE.read_bytes() == raw.replace("都已成形".encode(), "都已大致成形".encode())
    assert all(path.read_bytes() == data for path, data in others.items())


def test_the_patch_of_such_a_file_applies_too(finished: Project) -> None:
    raw = ONE.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n")
    ONE.write_bytes(raw)
    come_back(finished, edit_one)
    command = f"{sys.executable} -m report import-docx edited.docx mini > edits.patch"
    assert finished.run("sh", "-ec", command).returncode == 0
    assert finished.run("git", "apply", "edits.patch").returncode == 0
    assert ONE.read_bytes() == raw.replace("都已成形".encode(), "都已大致成形".encode())


def test_without_apply_nothing_is_written(finished: Project) -> None:
    before = {path: path.read_bytes() for path in SECTIONS.iterdir()}
    assert added(come_back(finished, edit_one))
    assert {path: path.read_bytes() for path in SECTIONS.iterdir()} == before


# ---------------------------------------------------------------- other files


def test_a_file_that_lost_its_record_is_held_against_the_build(finished: Project) -> None:
    word = Word(REPORT)
    edit_one(word)
    path = parts(word.save(Path("edited.docx")), _forget)
    told = finished.report("import-docx", str(path), "mini")
    assert told.exit_code == 0 and told.stdout.startswith("Word 文件里没有导出时的底稿")
    assert added(told.stdout) == ["临港的企业数和产值都已大致成形，人员的去留有一份追踪可查。"]


def test_a_file_without_record_has_the_order_that_the_pages_gave_it(finished: Project) -> None:
    """The figure went on behind the paragraph after it in the PDF, and so in Word; in the content it did not."""
    content = Path("output/mini/content.json")
    tree = json.loads(content.read_bytes())
    blocks = next(part["blocks"] for part in tree["parts"] if any(b["type"] == "figure" for b in part["blocks"]))
    at = next(index for index, block in enumerate(blocks) if block["type"] == "figure")
    assert blocks[at - 1]["type"] == "paragraph"
    blocks[at - 1 : at + 1] = [blocks[at], blocks[at - 1]]
    content.write_text(json.dumps(tree, ensure_ascii=False), "utf-8")
    told = finished.report("import-docx", str(parts(REPORT, _forget)), "mini").stdout
    assert told.endswith("没有改动。\n"), told


def test_a_file_that_lost_its_notes_is_refused(finished: Project) -> None:
    def lose(files: dict[str, bytes]) -> None:
        del files["word/footnotes.xml"]
        relations = files["word/_rels/document.xml.rels"]
        files["word/_rels/document.xml.rels"] = re.sub(rb'<Relationship [^>]*footnotes.xml"[^>]*/>', b"", relations)

    told = finished.report("import-docx", str(parts(REPORT, lose)), "mini")
    assert told.exit_code == 1 and "没有脚注" in told.stderr


def wrong(name: str) -> Callable[[Path], Path]:
    """A file that is not what was asked for."""

    def made(path: Path) -> Path:
        bad = Path(f"{name}.docx")
        record = zipfile.ZipFile(path).read("customXml/item1.xml")
        match name:
            case "text":
                bad.write_text("这不是 Word 文件", "utf-8")
            case "old":
                bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
            case "cut":
                bad.write_bytes(path.read_bytes()[:5000])
            case "empty":
                bad.write_bytes(b"")
            case "other":
                other = record.replace(b'"report": "mini"', '"report": "别的"'.encode())
                other = other.replace(b'"text": "', b'"text": " ')
                return parts(path, lambda files: files.update({"customXml/item1.xml": other}))
            case "forged":
                return parts(path, lambda files: files.update({"customXml/item1.xml": _record("{}")}))
            case "torn":
                torn = record.replace("临港的企业数和产值都已成形".encode(), "临港的企业数".encode(), 1)
                return parts(path, lambda files: files.update({"customXml/item1.xml": torn}))
            case "bomb":
                return parts(path, lambda files: files.update({"word/document.xml": b" " * 61_000_000}))
            case "entities":
                return parts(path, lambda files: files.update({"word/document.xml": _ENTITIES}))
            case "stranger":
                return parts(path, _stranger)
            case "rotten":
                bad.write_bytes(_rotten(path.read_bytes(), "docProps/app.xml"))
            case "packed":
                bad.write_bytes(_rotten(_packed(path), "word/document.xml"))
        return bad

    return made


_ENTITIES = (
    b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]><w:document xmlns:w="http://schemas.openxmlformats.org/'
    b'wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
)


def _rotten(data: bytes, name: str) -> bytes:
    """A package of which one part cannot be unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo(name).header_offset + 40 + len(name)  # behind the heads of zip and LZMA
    return data[:start] + b"\xff" * 60 + data[start + 60 :]


def _packed(path: Path) -> bytes:
    """The Word file packed in a way that Word does not use, and zipfile knows."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as packed:
        for name in archive.namelist():
            packed.writestr(name, archive.read(name))
    return buffer.getvalue()


def _record(text: str) -> bytes:
    return f'<record xmlns="{NAMESPACE}">{text}</record>'.encode()


def _stranger(files: dict[str, bytes]) -> None:
    body = "".join(f"<w:p><w:r><w:t>第{i}段同报告毫不相干的话，说的是种花养鱼。</w:t></w:r></w:p>" for i in range(40))
    head = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    files["word/document.xml"] = f"{head}{body}</w:body></w:document>".encode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("text", "不是 Word 文件"),
        ("old", "加了密码，或其实是旧格式 .doc"),
        ("cut", "Word 文件已损坏"),
        ("empty", "文件是空的"),
        ("other", "这是报告“别的”的 Word 文件，不是“mini”的"),
        ("forged", "里面的底稿读不出来"),
        ("torn", "里面的底稿前后对不上"),
        ("bomb", "解开后超过 60 MB"),
        ("entities", "文档类型声明（DOCTYPE）"),
        ("stranger", "同报告几乎没有相同的段落"),
        ("rotten", "Word 文件已损坏"),
        ("packed", "Word 文件已损坏"),
    ],
)
def test_a_file_of_another_kind_is_refused_in_a_line(name: str, said: str, finished: Project) -> None:
    path = wrong(name)(REPORT)
    before = {path: path.read_bytes() for path in SECTIONS.iterdir()}
    result = finished.report("import-docx", str(path), "mini", "--apply")
    assert result.exit_code == 1 and said in result.stderr and len(result.stderr.splitlines()) == 1, result.stderr
    assert {path: path.read_bytes() for path in SECTIONS.iterdir()} == before


def test_a_record_that_names_other_files_reaches_none(finished: Project) -> None:
    outside = Path("templates/reports/mini/values.yaml").read_bytes()

    def forge(files: dict[str, bytes]) -> None:
        text = files["customXml/item1.xml"].decode().replace('"file": "一.md"', '"file": "../values.yaml"')
        files["customXml/item1.xml"] = text.encode()

    word = Word(REPORT)
    edit_one(word)
    result = finished.report("import-docx", str(parts(word.save(Path("edited.docx")), forge)), "mini", "--apply")
    assert "报告里已没有这一节" in result.stdout
    assert Path("templates/reports/mini/values.yaml").read_bytes() == outside
