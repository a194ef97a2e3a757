"""An editor who does anything at all: characters and paragraphs put in, taken out, replaced, moved, copied, tracked or
not, anywhere in a Word file's body."""

from __future__ import annotations

import copy
import random

from docx.oxml.ns import qn

from report.writers.docx.xml import Element, paragraph, text_run, w

from .word import Word, set_text, text_of, xml

LETTERS = "甲乙丙丁戊己庚辛壬癸，。；：、“”的一是在 "
STYLES = ("BodyText", "BodyText", "BodyText", "ListBullet", "Quote")


class Scribbler:
    """One editor; what is done follows from `seed`."""

    def __init__(self, word: Word, seed: int) -> None:
        self.word, self.chance, self.seed = word, random.Random(seed), seed
        self.count = 900

    def edit(self) -> str:
        """One thing done to the file; what it was."""
        acts = (self._put_in, self._take_out, self._replace, self._delete, self._insert, self._move, self._copy)
        act = self.chance.choices(acts, (6, 5, 5, 2, 3, 2, 1))[0]
        tracked = self.chance.random() < 0.4
        return f"{act.__name__}{'（修订）' * tracked}: {act(tracked=tracked)}"

    # ------------------------------------------------------------ what there is

    def _paragraphs(self) -> list[Element]:
        """The paragraphs that stand right in the body, with words, not of the contents."""
        own = []
        for element in self.word.body:
            style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}") if element.tag == qn("w:p") else None
            name = "" if style is None else style.get(qn("w:val"))
            listed = name.startswith(("TOC", "TableofFigures", "Cover", "Break")) or not text_of(element)
            if style is not None and not listed and element.find(f".//{qn('w:sectPr')}") is None:
                own.append(element)
        return own

    def _runs(self) -> list[Element]:
        """The runs of words in them and in tables: not in a reference or other field's result, Word's own."""
        found: list[Element] = []
        depth = 0
        own = set(map(id, self._paragraphs()))
        for run in self.word.body.iter(qn("w:r")):
            for sign in run.iter(qn("w:fldChar")):
                depth += {"begin": 1, "end": -1}.get(sign.get(qn("w:fldCharType")), 0)
            outer = next(run.iterancestors(qn("w:p")), None)
            mine = id(outer) in own or next(run.iterancestors(qn("w:tc")), None) is not None
            referring = any(link.get(qn("w:anchor")) for link in run.iterancestors(qn("w:hyperlink")))
            if depth == 0 and mine and not referring and run.find(qn("w:t")) is not None and len(text_of(run)) > 1:
                found.append(run)
        return found

    def _by(self) -> str:
        self.count += 1
        return f'w:id="{self.count}" w:author="王编辑" w:date="2026-11-20T09:30:00Z"'

    def _words(self, least: int = 1, most: int = 9) -> str:
        return "".join(self.chance.choices(LETTERS, k=self.chance.randrange(least, most)))

    # ------------------------------------------------------------ characters

    def _cut(self) -> tuple[Element, str, str, str]:
        """A run, and its words before, in and behind a stretch of it."""
        run = self.chance.choice(self._runs())
        text = text_of(run)
        start = self.chance.randrange(len(text))
        end = min(len(text), start + self.chance.randrange(1, 6))
        return run, text[:start], text[start:end], text[end:]

    def _set(self, run: Element, pieces: list[tuple[str, str]], *, tracked: bool) -> None:
        """Pieces of a run, each kept, put in ("ins") or taken out ("del"), in its place."""
        for kind, text in pieces:
            if not text or kind == "del" and not tracked:
                continue
            piece = copy.deepcopy(run)
            set_text(piece, text)
            for mark in [one for one in piece if one.tag not in (qn("w:rPr"), qn("w:t"))]:
                piece.remove(mark)
            if kind and tracked:
                wrap = xml(f"<w:{kind} {self._by()}/>")
                wrap.append(piece)
                for node in wrap.iter(qn("w:t")):
                    node.tag = qn("w:delText") if kind == "del" else node.tag
                piece = wrap
            run.addprevious(piece)
        run.getparent().remove(run)

    def _put_in(self, *, tracked: bool) -> str:
        run, before, inner, after = self._cut()
        new = self._words()
        self._set(run, [("", before), ("ins", new), ("", inner + after)], tracked=tracked)
        return f"{before}【{new}】{inner}{after}"

    def _take_out(self, *, tracked: bool) -> str:
        run, before, inner, after = self._cut()
        self._set(run, [("", before), ("del", inner), ("", after)], tracked=tracked)
        return f"{before}〖{inner}〗{after}"

    def _replace(self, *, tracked: bool) -> str:
        run, before, inner, after = self._cut()
        new = self._words()
        self._set(run, [("", before), ("del", inner), ("ins", new), ("", after)], tracked=tracked)
        return f"{before}〖{inner}〗【{new}】{after}"

    # ------------------------------------------------------------ paragraphs

    def _mark(self, element: Element, kind: str) -> None:
        """A paragraph's end and words under a tracked change."""
        look = element.find(qn("w:pPr"))
        ends = look.find(qn("w:rPr"))
        if ends is None:
            ends = w("rPr")
            look.append(ends)
        ends.insert(0, xml(f"<w:{kind} {self._by()}/>"))
        inner = [one for one in element if one is not look]
        wrap = xml(f"<w:{kind} {self._by()}/>")
        element.append(wrap)
        wrap.extend(inner)
        for node in wrap.iter(qn("w:t")) if kind in ("del", "moveFrom") else ():
            node.tag = qn("w:delText") if kind == "del" else node.tag

    def _delete(self, *, tracked: bool) -> str:
        element = self.chance.choice(self._paragraphs())
        text = text_of(element)
        if tracked:
            self._mark(element, "del")
        else:
            element.getparent().remove(element)
        return text

    def _insert(self, *, tracked: bool) -> str:
        element = paragraph(self.chance.choice(STYLES))
        text = "另写" + self._words(8, 20)
        element.append(text_run(text))
        if tracked:
            self._mark(element, "ins")
        self.chance.choice(self._paragraphs()).addnext(element)
        return text

    def _move(self, *, tracked: bool) -> str:
        element, after = self.chance.sample(self._paragraphs(), 2)
        text = text_of(element)
        if tracked:
            new = copy.deepcopy(element)
            self._mark(element, "moveFrom")
            self._mark(new, "moveTo")
            after.addnext(new)
        else:
            after.addnext(element)
        return f"{text} → {text_of(after)[:12]}"

    def _copy(self, *, tracked: bool) -> str:
        element, after = self.chance.sample(self._paragraphs(), 2)
        new = copy.deepcopy(element)
        for node in list(new.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            node.getparent().remove(node)
        for mark in new.iter(qn("w:footnoteReference")):  # as Word does it: each mark a note of its own
            note = copy.deepcopy(next(one for one in self.word.notes if one.get(qn("w:id")) == mark.get(qn("w:id"))))
            number = str(1 + max(int(one.get(qn("w:id"))) for one in self.word.notes))
            note.set(qn("w:id"), number)
            mark.set(qn("w:id"), number)
            self.word.notes.append(note)
        if tracked:
            self._mark(new, "ins")
        after.addnext(new)
        return text_of(new)
