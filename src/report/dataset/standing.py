"""How a figure stands: one verdict for all that say it, from every finding that is about it, in one vocabulary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from report.dataset.models import Check, Dataset, Fact, Rule, Verdict

# The only words for a verdict, in every product; `derived`: computed from other values.
VERDICT_WORDS: Mapping[str, str] = {
    "single": "单一来源", "agrees": "一致", "conflicts": "不一致", "not-comparable": "不可比", "derived": "推算",
}  # fmt: skip
LONE = "只有一处记载"
SHOWN = 4  # findings that a reason tells in full
_WORST: tuple[Verdict, ...] = ("conflicts", "not-comparable", "agrees", "single")
_NO_RECORD: frozenset[Rule] = frozenset(("direction", "range-order"))


class Standing(NamedTuple):
    """The verdict on a figure, and why: the findings about it, the gravest first."""

    verdict: Verdict
    reason: str


def weigh(checks: Iterable[Check]) -> Standing:
    """The standing of a figure that these findings are about: the gravest of their verdicts; single for none.

    That it goes the right way, or its ends in order, is no second record of it.
    """
    told = (check for check in checks if check.verdict != "agrees" or check.rule not in _NO_RECORD)
    found = sorted(told, key=lambda check: _WORST.index(check.verdict))
    if not found:
        return Standing("single", LONE)
    grave = [check for check in found if check.verdict != "agrees"] or found
    texts = list(dict.fromkeys(check.text.rstrip("。") for check in grave))
    more = f"；另有{len(texts) - SHOWN}条" if len(texts) > SHOWN else ""
    return Standing(found[0].verdict, "；".join(texts[:SHOWN]) + more)


def judged(groups: Iterable[tuple[str, tuple[str, ...]]], checks: Sequence[Check]) -> tuple[Fact, ...]:
    """A fact for each group of observations (its id and theirs, the winner first), as all the checks have it stand."""
    found = checks_about(checks)
    facts = []
    for id, members in groups:
        own = {check.id: check for name in members for check in found.get(name, ())}
        verdict, reason = weigh(own.values())
        facts.append(Fact(id=id, observations=members, verdict=verdict, reason=reason))
    return tuple(facts)


def checks_about(checks: Iterable[Check]) -> Mapping[str, Sequence[Check]]:
    """The findings about each observation, by its id."""
    found: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        for name in dict.fromkeys(check.about or check.observations):
            found[name].append(check)
    return found


@dataclass(frozen=True)
class Standings:
    """The standing of every observation of a dataset: that of the fact it belongs to."""

    dataset: Dataset
    facts: Mapping[str, Fact] = field(init=False)
    about: Mapping[str, Sequence[Check]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", {name: fact for fact in self.dataset.facts for name in fact.observations})
        object.__setattr__(self, "about", checks_about(self.dataset.checks))

    def of(self, observations: Sequence[str]) -> Standing:
        """The standing of a figure that these observations say: from all findings about their facts."""
        beside = [one for name in observations for one in self.facts[name].observations]
        members = dict.fromkeys((*observations, *beside))  # what is said of these goes first
        return weigh({check.id: check for name in members for check in self.about.get(name, ())}.values())

    def of_one(self, name: str) -> Standing:
        """The standing of one telling: its figure's verdict, and the findings about this telling; where none of them is
        so grave, those about another telling of the figure, told as such."""
        fact, own = self.facts[name], weigh(self.about.get(name, ()))
        same = own.verdict == fact.verdict
        return Standing(fact.verdict, own.reason if same else f"同一事项的另一处记载：{fact.reason}")
