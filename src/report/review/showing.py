"""A difference as a person reads it: in the terminal, and as a web page with the changed words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from report.review.difference import Change, Difference, SourceChange, ValueChange

_TOKEN = re.compile(r"[0-9][0-9.,]*[0-9]|[A-Za-z]+|.", re.DOTALL)  # a number or a Western word changes as a whole
SAME = "两次的内容相同：数据、文句、来源和核校都没有变化。"


def difference_text(found: Difference) -> str:
    """The difference in plain lines: `-` before what was, `+` before what is."""
    if found.empty:
        return SAME
    sections = (
        ("数据", [_value(one) for one in found.values]),
        ("文句", [_change(one) for one in found.sentences]),
        ("来源", [_source(one) for one in found.sources]),
        ("核校", [_change(one) for one in found.findings]),
    )
    return "\n".join(line for name, told in sections if told for line in (f"{name}　{len(told)}处", *told))


def _value(one: ValueChange) -> str:
    head = f"  {one.label}（{one.name}）　{_arrow(one)}"
    places = [f"    印在：{'、'.join(one.places)}"] if one.places else []
    evidence = [f"    - {told}" for told in one.old_evidence if told not in one.new_evidence]
    evidence += [f"    + {told}" for told in one.new_evidence if told not in one.old_evidence]
    return "\n".join((head, *places, *evidence))


def _arrow(one: ValueChange) -> str:
    if one.old == one.new:
        return f"{one.new}　依据有变"
    return f"新增 {one.new}" if not one.old else f"撤去 {one.old}" if not one.new else f"{one.old} → {one.new}"


def _change(one: Change, indent: str = "  ") -> str:
    told = [f"{indent}  - {one.old}"] if one.old else []
    told += [f"{indent}  + {one.new}"] if one.new else []
    return "\n".join((f"{indent}{one.where}", *told))


def _source(one: SourceChange) -> str:
    return "\n".join((f"  {one.kind}　{one.doc}　{one.title}", *(_change(figure, "    ") for figure in one.figures)))


def difference_page(found: Difference, old: str, new: str) -> str:
    """The difference as one self-contained page; `old` and `new` are the names of the builds."""
    environment = Environment(
        loader=PackageLoader("report.review", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    template = environment.get_template("difference.html.j2")
    return template.render(found=found, old=old, new=new, same=SAME, arrow=_arrow, marked=marked)


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
