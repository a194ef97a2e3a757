"""Queries of values.yaml against observations: what meets every condition, and what nearly did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from report.dataset.matching import clause_at, outer_words, place_in_sentence, squeeze, words_only
from report.dataset.models import Query, Source
from report.errors import ReportError
from report.observations.observation import Observation

REACH = 24  # words of `before` and `after` reach no farther than this many characters from the figure


@dataclass(frozen=True)
class Passage:
    """An observation with its surroundings squeezed for matching, each when it is first asked for: most observations
    fail by their document. `told` is what happened on it, where it is the date of an event.

    What stands directly before it is given with and without its own words before the number (高达90% is preceded by
    留存率 and by 留存率高达), likewise what stands after.
    """

    found: Observation
    told: str = ""

    @cached_property
    def event(self) -> str:
        return squeeze(self.told)

    @cached_property
    def clause(self) -> str:
        return squeeze(clause_at(self.found.sentence, self.place).text)

    @cached_property
    def place(self) -> int:
        return place_in_sentence(self.found)

    @cached_property
    def before(self) -> tuple[str, ...]:
        lead, before = outer_words(self.found.text)[0], words_only(self.found.sentence[: self.place])[-REACH:]
        return tuple(before + lead[:end] for end in range(len(lead) + 1))

    @cached_property
    def after(self) -> tuple[str, ...]:
        tail = outer_words(self.found.text)[1]
        after = words_only(self.found.sentence[self.place + len(self.found.text) :])[:REACH]
        return tuple(tail[start:] + after for start in range(len(tail) + 1))


@dataclass(frozen=True)
class Condition:
    """One condition of a query; `words` of a query are one condition each."""

    field: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.field}: {self.wanted}"

    def holds(self, passage: Passage) -> bool:
        """Whether the passage meets it (see models.Query)."""
        match self.field:
            case "id":
                return passage.found.id == self.wanted
            case "doc":
                return passage.found.doc == self.wanted
            case "kind":
                return passage.found.kind == self.wanted
            case "unit":
                return squeeze(passage.found.unit) == squeeze(self.wanted)
            case "period":
                return passage.found.period == self.wanted
            case "entity":
                return squeeze(self.wanted) in squeeze(passage.found.entity)
            case "words":
                return squeeze(self.wanted) in passage.clause
            case "event":
                return squeeze(self.wanted) in passage.event
            case "before":
                return any(text.endswith(words_only(self.wanted)) for text in passage.before)
            case _:
                return any(text.startswith(words_only(self.wanted)) for text in passage.after)


class NoDocument(ReportError):
    """A query that asks a document that is not there; `prefix` is what its id should begin with."""

    def __init__(self, prefix: str, where: str, sources: Sequence[Source]) -> None:
        self.prefix = prefix
        known = "、".join(source.id for source in sources) or "（无文献）"
        super().__init__(where, f"没有编号以“{prefix}”开头的文献", f"可选：{known}")


def document_of(prefix: str, sources: Sequence[Source], where: str) -> str:
    """Id of the one document that `prefix` begins (or is); ReportError where none or several do."""
    ids = [source.id for source in sources]
    if prefix in ids:
        return prefix
    matches = [id for id in ids if id.startswith(prefix)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise ReportError(where, f"文献“{prefix}”不止一份：{'、'.join(matches)}", "把前缀写长些")
    raise NoDocument(prefix, where, sources)


def conditions_of(query: Query, sources: Sequence[Source], where: str) -> list[Condition]:
    """The query's conditions, its document resolved; ReportError where that is unknown or ambiguous, or for none."""
    given: Mapping[str, str | None] = {
        "id": query.id or None,
        "doc": document_of(query.doc, sources, where) if query.doc else None, "kind": query.kind, "unit": query.unit,
        "entity": query.entity or None, "period": query.period or None, "event": query.event or None,
        "before": query.before or None, "after": query.after or None,
    }
    conditions = [Condition(field, wanted) for field, wanted in given.items() if wanted is not None]
    conditions += [Condition("words", word) for word in query.words]
    if not conditions:
        raise ReportError(where, "查询没有任何条件", "至少写 doc、kind、unit、words 之一")
    return conditions


def meet(conditions: Sequence[Condition], passages: Sequence[Passage]) -> list[Passage]:
    """The passages that meet every condition, in order."""
    return [passage for passage in passages if all(condition.holds(passage) for condition in conditions)]


def near_misses(conditions: Sequence[Condition], passages: Sequence[Passage]) -> list[tuple[Condition, list[Passage]]]:
    """The passages that fail exactly one condition, under the condition that kept them out."""
    missed: dict[Condition, list[Passage]] = {condition: [] for condition in conditions}
    for passage in passages:
        failed = [condition for condition in conditions if not condition.holds(passage)]
        if len(failed) == 1:
            missed[failed[0]].append(passage)
    return [(condition, found) for condition, found in missed.items() if found]
