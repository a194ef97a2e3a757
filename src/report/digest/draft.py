"""A template while it is written: values under names of their own, charts, and lines of Markdown with their notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from report.dataset.periods import print_period
from report.dataset.printing import print_observation
from report.digest.picking import Datum, labels
from report.digest.sentences import Sentences, fill
from report.digest.words import Speech
from report.observations.observation import Observation

_NOUN = re.compile("(?!占|较|来自|自)")  # an indicator that begins otherwise goes on without 的
_LIST = re.compile("[自对从向]?主要")
VERBS = ("超过", "不足", "不到", "达", "至少", "低于", "高于", "不低于", "不超过", "接近")
_TOLD = ",，、|｜:：{}"  # marks that end a document's name in a slot


@dataclass
class Draft:
    """What is written so far. `docs` are the ids of all documents, `values` and `charts` the entries of values.yaml and
    charts.yaml by name, `notes` the notes that the lines mark."""

    speech: Speech
    words: Sentences
    docs: tuple[str, ...]
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    charts: dict[str, dict[str, Any]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def count(self, what: str, label: str) -> str:
        """The slot of how many there are of something (see dataset.tally)."""
        return slot(self._named(f"count {what}", {"label": label, "count": [what]}))

    def figure(self, found: Observation) -> str:
        """The name of the value that the observation states."""
        label = joined(*labels(found, self.speech)) or self.words.unnamed
        period = print_period(found.period)
        told = label + (f"（{period}）" if period else "")
        return self._named(found.id, {"label": told, "find": [{"id": found.id}]})

    def datum(self, one: Datum) -> str:
        """The name of the value of a fact."""
        period = f"（{one.period}）" if one.period else ""
        entry = {"label": joined(one.entity, one.indicator) + period, "find": [{"id": name} for name in one.ids]}
        return self._named(one.ids[0], entry)

    def _named(self, key: str, entry: dict[str, Any]) -> str:
        if key not in self.names:
            self.names[key] = f"数{len(self.names) + 1}"
            self.values[self.names[key]] = entry
        return self.names[key]

    def period(self, one: Datum) -> str:
        """The slot of a fact's period; a dash where it has none."""
        return slot(f"{self.datum(one)}|时期") if one.period else self.words.none

    def sources(self, docs: Iterable[str]) -> str:
        """The slot that names these documents; a dash where their names cannot stand in one."""
        named = [name for doc in dict.fromkeys(docs) if (name := _beginning(doc, self.docs))]
        return slot(f"文献: {', '.join(named)}") if named else self.words.none

    def note(self, data: Iterable[Datum]) -> str:
        """The mark of a note that says where these facts are from."""
        names = "、".join(dict.fromkeys(map(self.datum, data)))
        self.notes.append(f"[^n{len(self.notes) + 1}]: {slot(f'出处: {names}')}")
        return f"[^n{len(self.notes)}]"

    def said(self, one: Datum, **more: str) -> Mapping[str, str]:
        """What a sentence may say of a fact."""
        told = {"主体": one.entity, "指标": one.indicator, "名": joined(one.entity, one.indicator)}
        told |= {"值": slot(self.datum(one)), "时期": self.period(one), "为": copula(one)}
        told |= {"合名": joined(one.entity, one.indicator, of=False)}
        return {**told, **more}

    def last(self, one: Datum) -> Mapping[str, str]:
        """The same of the fact that a sentence tells last."""
        return {"末主体": one.entity, "末值": slot(self.datum(one))}

    def add_chart(self, entry: dict[str, Any]) -> str:
        """The name of the chart."""
        name = f"图{len(self.charts) + 1}"
        self.charts[name] = entry
        return name

    @staticmethod
    def fill(sentence: str, said: Mapping[str, str]) -> str:
        """A sentence with these words in its places."""
        return fill(sentence, said)


def copula(one: Datum) -> str:
    """为, where the figure does not begin with a verb of its own (超过, 不足)."""
    return "" if print_observation(one.found).text.startswith(VERBS) else "为"


def slot(inside: str) -> str:
    """A slot of Markdown."""
    return "{{ " + inside + " }}"


def joined(entity: str, indicator: str, of: bool = True) -> str:
    """Who and what in one, what both say once; with 的 between them. One of a list (主要出口目的国) stands behind it:
    what is told is not its own."""
    if not entity or not indicator or entity in indicator:
        return indicator or entity
    if _LIST.match(indicator):
        return f"{indicator}（{entity}）"
    if shared := _shared(entity, indicator):
        return entity + indicator[shared:]
    return entity + ("的" if of and _NOUN.match(indicator) else "") + indicator


def _shared(entity: str, indicator: str) -> int:
    """How many letters end the one and begin the other: 机构的作者 and 作者占比."""
    sizes = range(min(len(entity), len(indicator)), 1, -1)
    return next((size for size in sizes if entity.endswith(indicator[:size])), 0)


def table(caption: str, name: str, columns: Sequence[str], rows: Iterable[Sequence[str]], options: str) -> str:
    """A table of Markdown."""
    lines = [f"::: table {caption} {{#{name} {options}}}", _row(columns), _row(["---"] * len(columns))]
    return "\n".join([*lines, *map(_row, rows), ":::"])


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def entries(data: Mapping[str, Any]) -> str:
    """A YAML file with one line for each entry, in flow style; lists of entries with a line for each."""
    lines = [f"{name}:{_flow(entry)}\n" for name, entry in data.items()]
    return "".join(lines) or "{}\n"


def _flow(entry: Any) -> str:
    if isinstance(entry, dict) and "items" in entry:
        rest = {key: value for key, value in entry.items() if key != "items"}
        heads = "".join(f"\n  {key}: {_json(value)}" for key, value in rest.items())
        return heads + "\n  items:" + "".join(f"\n    - {_json(item)}" for item in entry["items"])
    return " " + _json(entry)


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def _beginning(doc: str, docs: Sequence[str]) -> str:
    """A document's id as a slot can hold it: up to the first mark that would end it there. "" where that means another
    document too."""
    begin = re.split(f"[{_TOLD}]", doc)[0].strip()
    alone = begin == doc or sum(other.startswith(begin) for other in docs) == 1
    return begin if begin and alone else ""
