"""What the next build would tell of the changed sections, and does not tell of them as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from report.content.markdown import try_section
from report.content.numbering import TAKEN, number_blocks
from report.content.prose import Cross, Head, Mark, Prose, runs, walk
from report.content.typed import check_typed
from report.errors import Issue
from report.revision.findings import Finding, Topic
from report.templates.models import Section


def new_mistakes(before: Sequence[Section], after: Sequence[Section], labels: Mapping[str, str]) -> list[Finding]:
    """The mistakes of the sections as they would read that they do not have yet: figures typed by hand, references to
    what is gone, marks without effect."""
    known = Counter(issue.problem for _, issue in _issues(before, labels))
    found: list[Finding] = []
    for topic, issue in _issues(after, labels):
        if known[issue.problem]:
            known[issue.problem] -= 1
            continue
        file, _, line = issue.where.rpartition(":")
        where = f"sections/{PurePosixPath(file).name}:{line}"
        found.append(Finding(topic, where, f"{issue.problem} — {issue.hint}" if issue.hint else issue.problem))
    return found


def _issues(sections: Sequence[Section], labels: Mapping[str, str]) -> Iterator[tuple[Topic, Issue]]:
    proses: list[Prose] = []
    for section in sections:
        prose, issues = try_section(section)
        proses.append(prose)
        yield from (("broken", issue) for issue in issues)
        yield from (("typed", issue) for issue in check_typed(prose))
    for prose in proses:
        for head in (block for block in walk(prose.blocks) if isinstance(block, Head)):
            if any(isinstance(piece, Mark) for piece in head.pieces):
                place = f"{prose.file}:{head.line}"
                yield "broken", Issue(where=place, problem="脚注不能挂在标题里", hint="挂在正文、图题或表里")
    targets = set(number_blocks(proses, dict(labels))[0].refs) | TAKEN
    for prose in proses:
        for run in (*(run for block in walk(prose.blocks) for run in runs(block)), *prose.notes.values()):
            for piece in run:
                if isinstance(piece, Cross) and piece.target not in targets:
                    hint = "引用的标题、图或表删了；改引别处，或去掉引用"
                    place = f"{prose.file}:{piece.line}"
                    yield "broken", Issue(where=place, problem=f"没有“{piece.target}”可引用", hint=hint)
