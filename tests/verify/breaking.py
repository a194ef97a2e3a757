"""A finished report and its basis, and ways to break either in one place."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from report.content.nodes import Content, Paragraph, Text, Value
from report.records import Record
from report.verify.files import Finished
from report.verify.models import result
from report.verify.read_docx import read_docx
from report.verify.read_html import read_html
from report.verify.read_pdf import read_pdf
from report.verify.verify import Basis, Verified, verify_report

from ..writers.docx.native import edited


@dataclass(frozen=True)
class Proof:
    """What verification is given."""

    finished: Finished
    basis: Basis
    archive: str = "PDF/UA-1 447 项"

    def verified(self) -> Verified:
        """All checks."""
        return verify_report(self.finished, self.basis, lambda: result("archive", self.archive, []))

    def failed(self) -> set[str]:
        """The names of the checks that fail."""
        return {check.name for check in self.verified().verification.checks if not check.ok}

    def found(self, name: str) -> str:
        """What one check finds, as text."""
        checks = {check.name: check for check in self.verified().verification.checks}
        return "\n".join(f"{finding.where}: {finding.text}" for finding in checks[name].findings)

    # ------------------------------------------------------------ the files

    def html(self, old: str, new: str) -> Proof:
        """One text of the web page replaced, once."""
        page = self.finished.data["html"].decode("utf-8")
        assert old in page
        page = page.replace(old, new, 1)
        return self._file("html", page.encode("utf-8"), read_html(page))

    def docx(self, part: str, edit: Callable[[str], str]) -> Proof:
        """One part of the Word file edited as text."""
        data = edited(self.finished.data["docx"], part, lambda was: edit(was.decode("utf-8")).encode("utf-8"))
        return self._file("docx", data, read_docx(data))

    def pdf(self, edit: Callable[[pikepdf.Pdf], None]) -> Proof:
        """The PDF edited as a tree of objects."""
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(self.finished.data["pdf"])) as pdf:
            edit(pdf)
            pdf.save(target)
        return self._file("pdf", target.getvalue(), read_pdf(target.getvalue()))

    def _file(self, kind: str, data: bytes, reading: Any) -> Proof:
        finished = replace(
            self.finished,
            data={**self.finished.data, kind: data},
            readings={**self.finished.readings, kind: reading},
        )
        return replace(self, finished=finished)

    # ------------------------------------------------------------ what they were made from

    def content(self, edit: Callable[[Content], Content]) -> Proof:
        """The content tree edited; the files stay as they are."""
        return replace(self, finished=replace(self.finished, content=edit(self.finished.content)))

    def of(self, **changes: Any) -> Proof:
        """Another basis."""
        return replace(self, basis=replace(self.basis, **changes))


def edit_first(content: Content, role: str, edit: Callable[[Any], Any], kind: type[Record] = Text) -> Content:
    """The content with the first inline of a kind in a body paragraph of a part edited."""
    parts = list(content.parts)
    place = next(index for index, part in enumerate(parts) if part.role == role)
    blocks = list(parts[place].blocks)
    row = next(
        index
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph) and any(isinstance(inline, kind) for inline in block.inlines)
    )
    block = blocks[row]
    assert isinstance(block, Paragraph)
    inlines = list(block.inlines)
    index = next(index for index, inline in enumerate(inlines) if isinstance(inline, kind))
    inlines[index] = edit(inlines[index])
    blocks[row] = block.changed({"inlines": tuple(inlines)})
    parts[place] = parts[place].changed({"blocks": tuple(blocks)})
    return content.changed({"parts": tuple(parts)})


def type_number(text: Text) -> Text:
    """Words with a number that somebody typed."""
    return text.changed({"text": text.text + "另有企业500家"})


def misprint(value: Value) -> Value:
    """A value that prints another number."""
    return value.changed({"text": "977" + value.text})
