"""How the sources stand to each other over a value, in the words of the annex and of the web page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from report.content.claims import family
from report.content.ledger import Ledger
from report.dataset.models import Check
from report.dataset.printing import print_observation
from report.dataset.standing import VERDICT_WORDS

OTHER_SENSE = "口径异"
LOST_WORDS = "限定词有脱落"
# What a finding of each rule says of the values in it, where that is more than that they are at odds.
GAPS = {
    "parts-of-whole": "分项不合", "share": "推算不合", "growth": "推算不合", "multiple": "倍数不合",
    "point-change": "推算不合", "difference": "推算不合", "range-order": "次序有误",
    "qualifier": "限定不合", "direction": "限定不合",
}  # fmt: skip


@dataclass(frozen=True)
class Judgement:
    """A value's verdict: in `words` for the annex, in one `short` word, and the numbers of the findings it is in."""

    words: tuple[str, ...]
    short: str
    findings: tuple[int, ...] = ()


def judge(name: str, ledger: Ledger) -> Judgement:
    """The verdict on a value: the dataset's, with what the report's findings say more precisely."""
    value = ledger.values[name]
    found = list(findings_of(name, ledger))
    numbers = tuple(dict.fromkeys(number for number, _ in found))
    if value.operation:
        word = VERDICT_WORDS["derived"]
        return Judgement((word,), word, numbers)
    verdict = ledger.standings.of(value.observations).verdict
    word = VERDICT_WORDS[verdict]
    gaps = dict.fromkeys(gap for _, check in found if check.verdict == verdict and (gap := _gap(check)))
    if verdict == "agrees" and _lost_words(name, ledger):
        gaps = {LOST_WORDS: None}
    return Judgement((word, *gaps), word, numbers)


def findings_of(name: str, ledger: Ledger) -> Iterator[tuple[int, Check]]:
    """The findings that concern a value, each check with its number in the list: those about its own figure; of a
    derived value, those that compute with every figure it comes from."""
    value = ledger.values[name]
    leaves = [ledger.values[one] for one in dict.fromkeys(family(name, ledger.values))]
    figures = [set(_told(leaf.observations, ledger)) for leaf in leaves if not leaf.parents]
    facts = ledger.standings.facts
    mine = {one for told in value.observations for one in (facts[told].observations if told in facts else (told,))}
    for number, group in enumerate(ledger.findings, 1):
        for check in group:
            if value.parents:
                looked_at = set(_told(check.observations, ledger))
                meant = len(figures) > 1 and all(figure & looked_at for figure in figures)
            else:
                meant = bool(mine & set(check.about or check.observations))
            if meant:
                yield number, check


def used_first(ledger: Ledger) -> Ledger:
    """The ledger with the findings that concern values used before the others, the annex to tell only of those."""
    concerned = {number for name in ledger.used for number, _ in findings_of(name, ledger)}
    groups = list(enumerate(ledger.findings, 1))
    ordered = [*(one for one in groups if one[0] in concerned), *(one for one in groups if one[0] not in concerned)]
    return replace(ledger, findings=tuple(group for _, group in ordered), told=len(concerned))


def finding_reasons(name: str, ledger: Ledger) -> list[str]:
    """The texts of all findings that concern a value, as the dataset tells them."""
    return list(dict.fromkeys(check.text.rstrip("。") for _, check in findings_of(name, ledger)))


def _told(observations: Iterable[str], ledger: Ledger) -> Iterator[tuple[str, object]]:
    """The figures by document and size: a computation holds of a figure wherever its document repeats it."""
    known = (ledger.observations[name] for name in observations if name in ledger.observations)
    return ((found.doc, found.value) for found in known)


def _gap(check: Check) -> str:
    return OTHER_SENSE if check.verdict == "not-comparable" else GAPS.get(check.rule, "")


def _lost_words(name: str, ledger: Ledger) -> bool:
    """Whether a witness has the figure without the qualifier that another has."""
    printed = [print_observation(found) for found in ledger.witnesses(name)]
    return any(one.plain == two.plain and one.qualifier and not two.qualifier for one in printed for two in printed)
