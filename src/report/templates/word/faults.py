"""What in a template.docx nothing can follow: what floats, what is set on words in place of their style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from report.errors import Issue
from report.sources.docx.package import name_of, open_part
from report.templates.word.directly import deviations
from report.templates.word.opened import WordTemplate, words
from report.templates.word.traits import Trait
from report.templates.word.words import PICTURED, unsaid

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]

FLOATING = {"anchor": "图片或图形", "txbxContent": "文本框", "framePr": "图文框", "object": "对象", "pict": "图形"}
INLINE = "嵌入型"
MOST = 40  # letters of a paragraph that a message quotes


def faults(template: WordTemplate, names: Mapping[str, str]) -> Iterator[Issue]:
    """Every fault, one issue each; `names` are the traits as messages call them."""
    yield from _floating(template)
    yield from _pictures(template)
    yield from _direct(template, names)
    yield from _added(template)
    if template.furniture() != template.record.furniture:
        yield Issue(where=f"{template.file}（页眉页脚）", problem="改了里面的字，那里的字由程序写",
                    hint="改回去；样子在样式“页眉”“页脚”里改")  # fmt: skip


def _floating(template: WordTemplate) -> Iterator[Issue]:
    """Pictures, text boxes and frames that stand free of the text: a PDF has no place for them."""
    parts = [("", template.document)]
    parts += [
        ("页眉" if one.kind == "header" else "页脚", root)
        for one in template.relations if one.kind in ("header", "footer")
        for root in [open_part(template.data, one.target)] if root is not None
    ]  # fmt: skip
    for part, root in parts:
        for paragraph in (one for one in root.iter() if name_of(one) == "p"):
            found = dict.fromkeys(FLOATING[name] for name in map(name_of, _own(paragraph)) if name in FLOATING)
            if found:
                problem = f"有浮动的{'、'.join(found)}，PDF 跟不上"
                hint = f"删去；标志放在封面标志那一行，环绕方式选“{INLINE}”"
                yield Issue(where=f"{template.file}（{part or _quoted(paragraph)}）", problem=problem, hint=hint)


def _own(paragraph: _Element) -> Iterator[_Element]:
    """The elements of a paragraph, without those of paragraphs inside it (in text boxes)."""
    for one in paragraph:
        if name_of(one) != "p":
            yield one
            yield from _own(one)


def _pictures(template: WordTemplate) -> Iterator[Issue]:
    """Pictures in the line that are not in the line of the logo."""
    for paragraph, style in template.paragraphs():
        if style != PICTURED and any(name_of(one) == "inline" for one in _own(paragraph)):
            yield Issue(where=f"{template.file}（{_quoted(paragraph)}）", problem="这里的图片印不出来",
                        hint="标志放在封面标志那一行；别的图片删去")  # fmt: skip


def _direct(template: WordTemplate, names: Mapping[str, str]) -> Iterator[Issue]:
    """Paragraphs whose words are set otherwise than their style says: a build takes styles alone."""
    known = template.record
    for paragraph, style in template.paragraphs():
        if style not in known.styles or not words(paragraph):
            continue
        told: dict[str, tuple[Trait, str]] = {}
        for trait, value, text in deviations(template, paragraph, style):
            if value not in known.direct.get(style, {}).get(trait, ()):
                told.setdefault(trait, (value, text))
        if told:
            traits = "、".join(dict.fromkeys(names[trait] for trait in names if trait in told))
            text = next(iter(told.values()))[1]
            where = f"{template.file}（{known.styles[style].shown}：“{text[:MOST]}”）"
            hint = f"改样式“{known.styles[style].shown}”，不要只改文字（右键样式 → 修改，或“更新以匹配所选内容”）"
            yield Issue(where=where, problem=f"直接改了文字的{traits}，下次生成不会跟着变", hint=hint)


def _added(template: WordTemplate) -> Iterator[Issue]:
    """Paragraphs that were not there: an exported sample may be worded anew, but nothing prints what is added."""
    then, now = template.record.texts, unsaid(template)
    for text in now if then and len(now) > len(then) else ():
        if text not in then:
            yield Issue(where=f"{template.file}（“{text[:MOST]}”）", problem="这一段是加进来的，哪里也不印",
                        hint="删去；正文写在报告的 sections/ 里，封面、系列页、封底的字在原来的那几行里改")  # fmt: skip


def _quoted(paragraph: _Element) -> str:
    text = words(paragraph)
    return f"“{text[:MOST]}”" if text else "空段"
