"""A difference as a person reads it: in the terminal, and as a web page with the changed words marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from report.content.nodes import Front
from report.review.difference import VERDICT, Change, Difference, SourceChange, ValueChange

_TOKEN = re.compile(r"[0-9][0-9.,]*[0-9]|[A-Za-z]+|.", re.DOTALL)  # a number or a Western word changes as a whole
SAME = "两次的内容相同：数据、文句、来源和核校都没有变化。"
AGAIN = "依据有变"


class Named(NamedTuple):
    """A build as the head of a difference names it: where it lies, and what it says of itself."""

    folder: str
    front: Front

    @property
    def told(self) -> str:
        """`output/before（2026-HY-S001，2026年11月）`."""
        return f"{self.folder}（{'，'.join(filter(None, (self.front.serial, self.front.date_text)))}）"


def difference_text(found: Difference, old: Named, new: Named) -> str:
    """The difference in plain lines: `-` before what was, `+` before what is; a value takes one line."""
    if found.empty:
        return SAME
    sections = (
        ("数据", [_value(one) for one in found.values], _counted(found.values)),
        ("文句", [_change(one) for one in found.sentences], f"{len(found.sentences)}处"),
        ("来源", [_source(one) for one in found.sources], f"{len(found.sources)}份"),
        ("核校", [_change(one) for one in found.findings], f"{len(found.findings)}条"),
    )
    head = (_titles(old, new), f"  - {old.told}", f"  + {new.told}")
    body = (line for name, told, count in sections if told for line in (f"{name}　{count}", *told))
    return "\n".join((*head, *body))


def _titles(old: Named, new: Named) -> str:
    titles = dict.fromkeys(f"《{one.front.title}》" for one in (old, new))
    return "→".join(titles)


def _counted(values: Iterable[ValueChange]) -> str:
    """`2个印法有变，5个只是依据有变`."""
    same = [one.old == one.new for one in values]
    told = (("个有变", same.count(False)), (f"个只是{AGAIN}", same.count(True)))
    return "，".join(f"{count}{words}" for words, count in told if count)


def _value(one: ValueChange) -> str:
    evidence = "；".join(_in_words(change) for change in one.evidence)
    places = f"印在{'、'.join(one.places)}" if one.places else ""
    return "  " + "　".join(filter(None, (f"{one.label}（{one.name}）", _arrow(one), evidence, places)))


def _in_words(change: Change) -> str:
    """`文献[2]由“有180家”改为“有190家”`."""
    if change.old and change.new:
        return f"{change.where}由{change.old}改为{change.new}"
    return f"{change.where}：{change.new}" if change.new else f"{change.where}不再有{change.old}"


def _arrow(one: ValueChange) -> str:
    if one.old == one.new:
        return f"{one.new}　{AGAIN}"
    return f"新增 {one.new}" if not one.old else f"撤去 {one.old}" if not one.new else f"{one.old} → {one.new}"


def _change(one: Change, indent: str = "  ") -> str:
    told = [f"{indent}  - {one.old}"] if one.old else []
    told += [f"{indent}  + {one.new}"] if one.new else []
    return "\n".join((f"{indent}{one.where}", *told))


def _source(one: SourceChange) -> str:
    readings = (f"    {told}" for told in one.readings)
    return "\n".join((f"  {one.kind}　{one.title}", *readings, *(_change(figure, "    ") for figure in one.figures)))


def difference_page(found: Difference, old: Named, new: Named) -> str:
    """The difference as one self-contained page."""
    environment = Environment(
        loader=PackageLoader("report.review", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    template = environment.get_template("difference.html.j2")
    return template.render(
        found=found, old=old, new=new, same=SAME, again=AGAIN, titles=_titles(old, new), arrow=_arrow, marked=marked,
        shown=_shown,
        printed=[one for one in found.values if one.old != one.new],
        kept=[one for one in found.values if one.old == one.new],
    )  # fmt: skip


def _shown(change: Change) -> Markup:
    """What of a value's evidence changed; a verdict changes as a whole."""
    if change.where != VERDICT:
        return marked(change.old, change.new)
    return Markup("<del>{}</del><ins>{}</ins>").format(change.old, change.new)


def marked(old: str, new: str) -> Markup:
    """The newer text with what was taken out as <del> and what was put in as <ins>."""
    return Markup("").join(_pieces(old, new))


def _pieces(old: str, new: str) -> Iterator[Markup]:
    one, two = _TOKEN.findall(old), _TOKEN.findall(new)
    for tag, start, end, first, last in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        gone, come = "".join(one[start:end]), "".join(two[first:last])
        if tag == "equal":
            yield Markup("{}").format(come)
            continue
        if gone:
            yield Markup("<del>{}</del>").format(gone)
        if come:
            yield Markup("<ins>{}</ins>").format(come)
