"""The evidence behind each bound number as native Word comments, for reviewers who ask “who says so?” in Word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn

from report.content.nodes import Content, Evidence, Value, Witness
from report.errors import ReportError
from report.writers.docx.relations import new_part
from report.writers.docx.xml import Element, paragraph, serialise, text_run, w

AUTHOR = "数据核校"  # a role: no person signs what the press itself finds
_INITIALS = "核"
_MOST_PARENTS = 4  # whose sentences a derived figure's comment quotes
_COMMENTED = (qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference"))


@dataclass
class Remarks:
    """The comments of one document. A value's first comment tells all; those at its later places tell in a line what
    the first one says, so that no number stands without an answer."""

    content: Content
    comments: list[Element] = field(default_factory=list)
    told: set[str] = field(default_factory=set)
    waiting: list[Value] = field(default_factory=list)  # of a note: told at its mark (Word bars comments in notes)

    def around(self, values: Sequence[Value], runs: Sequence[Element]) -> list[Element]:
        """The runs between the beginning and the end of a comment on these values; as they are for none."""
        if not values:
            return list(runs)
        number = len(self.comments)
        lines = [line for value in dict.fromkeys(values) for line in self._lines(value)]
        self.comments.append(self._comment(number, lines))
        mark = w("r", w("rPr", w("rStyle", val="CommentReference")), w("commentReference", id=number))
        return [w("commentRangeStart", id=number), *runs, w("commentRangeEnd", id=number), mark]

    def _lines(self, value: Value) -> Iterator[str]:
        evidence = self.content.evidence
        if value.name not in evidence:
            raise ReportError(value.name, "这个数据没有出处可批注", "重新生成 content.json")
        found = evidence[value.name]
        if value.name in self.told:
            yield f"{found.label} {value.text}：{_in_short(found)}。前文已注。"
            return
        self.told.add(value.name)
        yield f"{found.label} {value.text}：{found.verdict}" + (f"（{found.reason}）" if found.reason else "")
        yield from filter(None, (found.taken, f"算法：{found.formula}" if found.formula else ""))
        for parent in found.parents[:_MOST_PARENTS]:
            if parent in evidence:
                yield from self._quoted(evidence[parent].witnesses[:1])
        yield from self._quoted(found.witnesses)

    def _quoted(self, witnesses: Sequence[Witness]) -> Iterator[str]:
        titles = {source.number: source.title for source in self.content.sources}
        for witness in witnesses:
            title = f"《{titles[witness.source]}》" if titles.get(witness.source) else ""
            corrected = f"（已更正：{witness.correction}）" if witness.correction else ""
            yield f"文献[{witness.source}]{title}：“{witness.sentence}”{corrected}"

    def _comment(self, number: int, lines: Sequence[str]) -> Element:
        when: Mapping[str, str] = {}
        if len(self.content.front.date) == len("2026-11-30"):
            when = {"date": f"{self.content.front.date}T00:00:00Z"}
        comment = w("comment", id=number, author=AUTHOR, **when, initials=_INITIALS)
        for index, line in enumerate(lines):
            element = paragraph("CommentText")
            if index == 0:
                element.append(w("r", w("rPr", w("rStyle", val="CommentReference")), w("annotationRef")))
            element.append(text_run(line))
            comment.append(element)
        return comment

    def keep(self, document: WordDocument) -> None:
        """Put the comments and their styles into the document."""
        if not self.comments:
            return
        data = serialise(w("comments", *self.comments))
        document.part.relate_to(new_part(document, "word/comments.xml", CT.WML_COMMENTS, data), RT.COMMENTS)
        document.styles.element.extend(_styles())
        _clear_first_notes(document.element.body)


def _clear_first_notes(body: Element) -> None:
    """Sets the comments that stand between the first note's mark and the second's before the first.

    LibreOffice 7.4 loses the first note's text otherwise, and shows every note with the text of the next.
    """
    marks = list(body.iter(qn("w:footnoteReference")))[:2]
    if len(marks) < 2:
        return
    found: list[Element] = []
    between = False
    for element in body.iter(qn("w:footnoteReference"), *_COMMENTED):
        if element is marks[1]:
            break
        if between and element is not marks[0]:
            found.append(element.getparent() if element.tag == qn("w:commentReference") else element)
        between = between or element is marks[0]
    for element in found:
        marks[0].getparent().addprevious(element)


def _in_short(found: Evidence) -> str:
    """Whose word a figure is, and the sentence, in a line; of a computed one how."""
    numbers = "、".join(f"[{number}]" for number in dict.fromkeys(witness.source for witness in found.witnesses))
    said = f"文献{numbers}“{' '.join(found.witnesses[0].sentence.split())}”" if found.witnesses else ""
    return "，".join(filter(None, (said, f"算法：{found.formula}" if found.formula else "", found.verdict)))


def _styles() -> list[Element]:
    """The styles that Word itself gives comments (批注文字, 批注引用)."""
    left = w("pPr", w("jc", val="left"))
    size = w("rPr", w("sz", val=21), w("szCs", val=21))
    return [
        w("style", w("name", val="annotation text"), w("basedOn", val="Normal"), w("uiPriority", val=99), left,
          type="paragraph", styleId="CommentText"),
        w("style", w("name", val="annotation reference"), w("basedOn", val="DefaultParagraphFont"),
          w("uiPriority", val=99), size, type="character", styleId="CommentReference"),
    ]  # fmt: skip
