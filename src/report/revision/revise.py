"""An edited Word file against what was written: the sections as they would read, and what else there is to tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from report.revision.atoms import Atoms, alike, key, lines_of, visible, words
from report.revision.comparing import compare
from report.revision.findings import Finding, changed_sentences
from report.revision.moving import keep_bound, put_new, take_gone
from report.revision.notes import NewNote
from report.revision.pieces import Edited
from report.revision.runs import Group
from report.revision.sections import in_markdown, run_lines
from report.revision.standing import revise_pair
from report.revision.work import Work, place
from report.revision.written import VARIES, Written, WrittenNote

_FOLIO = re.compile(r"[\s.·…—-]*[0-9IVXLivxl]*\s*$")
_SHOWN = 40


@dataclass
class Revision:
    """What an edited file comes to: each section's text as it would read, by file, and the findings."""

    sections: dict[str, str]
    findings: list[Finding]


def revise(written: Written, edited: Edited, evidence: Mapping[str, str]) -> Revision:
    """The revision of what was written; `evidence` is the sentence behind each value. Findings come in the order of the
    sections.

    Raises ReportError where next to nothing of the report came back.
    """
    work = Work(written, edited, evidence)
    for units, pieces in work.matching.pairs:
        revise_pair(work, [work.written.units[i] for i in units], [edited.pieces[j] for j in pieces])
    keep_bound(work)
    put_new(work)
    take_gone(work)
    for name, note in work.written.notes.items():
        _note(work, name, note)
    for file in dict.fromkeys(new.file for new in work.keeper.new):
        _new_notes(work, file, [new for new in work.keeper.new if new.file == file])
    for file, name, shown in work.rewriter.strange:
        work.tell("figure", f"sections/{file}", f"新写处的值“{name}”作“{shown}”，印出来仍是数据")
    _contents(work)
    work.tell_marks(edited.aside, "Word 文件")
    if edited.boxes:
        work.tell("refused", "Word 文件", f"有 {edited.boxes} 个文本框，框里的字没有读")
    files = [f"sections/{file}" for file in work.lines]
    findings = sorted(work.findings, key=lambda finding: _place(finding.where, files))
    return Revision({file: lines.edited() for file, lines in work.lines.items()}, findings)


def _place(where: str, files: Sequence[str]) -> tuple[int, int]:
    """Where a finding stands in the order of the sections; what stands in none comes last."""
    file, _, line = where.rpartition(":")
    return (files.index(file), int(line)) if file in files else (len(files), 0)


def _note(work: Work, name: str, note: WrittenNote) -> None:
    """A note that was written: changed, gone, or gone over to another section."""
    came = work.keeper.came.get(name)
    if not note.label:
        if came is not None and compare(note.run, work.edited.notes[came].atoms).changed:
            reason = VARIES if note.varied else "由数据生成"
            text = f"脚注“{words(visible(note.run.atoms))[:_SHOWN]}”的改动没有采用 — {reason}"
            work.tell("generated", place(note.varied.file, note.varied.line) if note.varied else "脚注", text)
        return
    where = place(note.file, note.line)
    if came is None and name in work.keeper.repeated:
        return
    if came is None or name in work.keeper.left:
        first, last = lines_of(note.run.atoms)
        work.lines[note.file].remove(first or note.line, last or note.line)
        if came is None:
            work.tell("changed", where, f"删去脚注“{words(visible(note.run.atoms))[:_SHOWN]}”")
        return
    work.tell_marks(work.edited.notes[came], where)
    outcome = compare(note.run, work.referred(note.run, work.edited.notes[came].atoms))
    work.tell_outcome(outcome, where)
    if outcome.changed:
        _rewrite_note(work, note, work.rewriter.inserted(outcome.paragraphs[0], note.file))


def _rewrite_note(work: Work, note: WrittenNote, atoms: Atoms) -> None:
    changes = changed_sentences(words(visible(note.run.atoms)), words(visible(atoms)))
    work.tell("changed", place(note.file, note.line), f"脚注：{'；'.join(changes) or '改了字体或链接'}")
    lines = work.lines[note.file]
    first, last, new = run_lines(note.run, atoms, lines, "note")
    lines.replace(first, last, new)


def _new_notes(work: Work, file: str, new: Sequence[NewNote]) -> None:
    """Notes of a section that it did not have, behind those that it has."""
    lines, texts = work.lines[file], []
    known = [note for note in work.written.notes.values() if note.file == file and note.label]
    last = max((max(lines_of(note.run.atoms)[1], note.line) for note in known), default=0)
    end = last or next((at for at in range(lines.last, lines.first_line, -1) if lines[at].strip()), lines.first_line)
    for note in new:
        atoms, groups = _note_words(work, note)
        if not note.name:
            work.tell("changed", place(file, end), f"新增脚注“{words(atoms)}”")
        texts.append(f"[^{note.label}]: " + in_markdown(work.rewriter.inserted(atoms, file), groups, start=False))
    lines.put_in(end, texts if last else ["", *texts])


def _note_words(work: Work, note: NewNote) -> tuple[Atoms, Mapping[int, Group]]:
    """The words of a new note; of one that was another section's, with its slots."""
    came = work.edited.notes[note.number].atoms
    if not note.name:
        return visible(came), {}
    run = work.written.notes[note.name].run
    outcome = compare(run, work.referred(run, came))
    work.tell_outcome(outcome, f"sections/{note.file}")
    return outcome.paragraphs[0], run.groups


def _contents(work: Work) -> None:
    """Lines of the contents that name no heading or caption, neither as written nor as it came back."""
    known = [unit.before + words(visible(unit.run.atoms)) for unit in work.written.units]
    known += [words(visible(piece.atoms)) for piece in work.edited.pieces]
    whole = {alike(text) for text in known} | {key(visible(unit.run.atoms)) for unit in work.written.units}
    for line in work.edited.contents:
        text = alike(_FOLIO.sub("", line))
        if text and text not in whole and not any(one and text.endswith(one) for one in whole):
            work.tell("generated", "目录", f"“{line.strip()}” — 目录由标题生成：改正文的标题")
