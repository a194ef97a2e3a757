"""Slots: the places `{{ … }}` in a template's text that wait for a value, a direction word or a citation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from report.errors import ReportError

FORMS = ("数值", "数字", "时期")
DIRECTIONS = ("高低", "多少", "升降", "增减", "大小")
CITATION = "出处"
DOCUMENT = "文献"
DOCUMENT_COUNT = "文献数"
COMMANDS = (*DIRECTIONS, CITATION, DOCUMENT)

SLOT = re.compile(r"\{\{((?:(?!\{\{).){0,1000}?)\}\}", re.DOTALL)
_HOW = "写成 {{ 值名 }}、{{ 值名|数值 }} 或 {{ 高低: 值一, 值二 }}"


@dataclass(frozen=True)
class Slot:
    """One slot. A value: `name`, and `form` one of FORMS or "" for the whole text; a command: `name` is
    one of COMMANDS and `args` the names it is given (a value has none)."""

    name: str
    form: str = ""
    args: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The names of the values that the slot reads; none for a document or the number of documents."""
        if self.name == DOCUMENT or (self.name == DOCUMENT_COUNT and not self.args):
            return ()
        return self.args or (self.name,)


def parse_slots(text: str, where: str) -> list[str | Slot]:
    """The text cut into plain runs (never "") and slots, in order.

    Raises ReportError at `where` for a slot that is not closed, is empty, or has an unknown form or command.
    """
    pieces: list[str | Slot] = []
    end = 0
    for match in SLOT.finditer(text):
        pieces += [_plain(text[end : match.start()], where), parse_slot(match[1], where)]
        end = match.end()
    pieces.append(_plain(text[end:], where))
    return [piece for piece in pieces if piece != ""]


def parse_slot(inside: str, where: str) -> Slot:
    """The slot whose text between the braces is `inside`; raises ReportError as `parse_slots` does."""
    name, colon, rest = inside.replace("：", ":").partition(":")
    if colon:
        return _command(name.strip(), rest, where)
    name, bar, form = inside.replace("｜", "|").partition("|")
    name, form = name.strip(), form.strip()
    if not name or "{" in inside or "\n" in inside:
        raise ReportError(where, f"看不懂“{{{{{inside}}}}}”", _HOW)
    if name in COMMANDS:
        raise ReportError(where, f"“{name}”后面要有名字", f"写成 {{{{ {name}: 值名 }}}}")
    if bar and form not in FORMS:
        raise ReportError(where, f"没有“{form}”这种写法", "竖线后面只能是 " + "、".join(FORMS))
    return Slot(name, form)


def _command(name: str, rest: str, where: str) -> Slot:
    args = tuple(part.strip() for part in re.split("[,，、]", rest) if part.strip())
    if name not in COMMANDS:
        raise ReportError(where, f"没有“{name}”这条指令", "冒号前面只能是 " + "、".join(COMMANDS))
    if name in DIRECTIONS and len(args) != 2:
        problem = f"“{name}”要两个值，这里有 {len(args)} 个"
        raise ReportError(where, problem, f"写成 {{{{ {name}: 值一, 值二 }}}}")
    if not args:
        raise ReportError(where, f"“{name}”后面要有名字", f"写成 {{{{ {name}: 值名 }}}}")
    return Slot(name, "", args)


def _plain(text: str, where: str) -> str:
    for brace in ("{{", "}}"):
        if brace in text:
            raise ReportError(where, f"“{brace}”没有配对", _HOW)
    return text
