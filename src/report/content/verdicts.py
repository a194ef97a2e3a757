"""How the sources stand to each other over a value, in the words of the annex and of the web page."""

from __future__ import annotations

from dataclasses import dataclass

from report.content.ledger import Ledger
from report.dataset.models import Check
from report.dataset.printing import print_observation

VERDICTS = {"agrees": "一致", "single": "单一来源", "conflicts": "不一致", "not-comparable": "不可比"}
DERIVED = "推算"
SAME_NUMBER = "数同"
OTHER_SENSE = "口径异"
LOST_WORDS = "限定词有脱落"
# What a finding of each rule says of the values in it.
GAPS = {
    "parts-of-whole": "分项不合", "share": "推算不合", "growth": "推算不合", "multiple": "倍数不合",
    "point-change": "推算不合", "difference": "推算不合", "range-order": "次序有误", "same-figure": "说法不一",
    "qualifier": "限定不合", "direction": "限定不合",
}  # fmt: skip


@dataclass(frozen=True)
class Judgement:
    """A value's verdict: in `words` for the annex, in one `short` word, and the numbers of the findings it is in."""

    words: tuple[str, ...]
    short: str
    findings: tuple[int, ...] = ()


def judge(name: str, ledger: Ledger) -> Judgement:
    """The verdict on a value. One that a finding concerns is never plainly 一致."""
    value = ledger.values[name]
    if value.operation:
        return Judgement((DERIVED,), DERIVED)
    word = VERDICTS[value.verdict]
    found = [(number, check) for number, group in enumerate(ledger.findings, 1)
             for check in group if set(value.observations) & set(check.observations)]
    numbers = tuple(dict.fromkeys(number for number, _ in found))
    if value.verdict != "agrees":
        return Judgement((word,), word, numbers)
    if found:
        gaps = tuple(dict.fromkeys(_gap(check) for _, check in found))
        return Judgement((SAME_NUMBER, *gaps), "口径不一" if OTHER_SENSE in gaps else "另有出入", numbers)
    return Judgement((word, LOST_WORDS) if _lost_words(name, ledger) else (word,), word)


def finding_reasons(name: str, ledger: Ledger) -> list[str]:
    """The texts of all findings that concern a value, as the dataset tells them."""
    mine = set(ledger.values[name].observations)
    return [check.text.rstrip("。") for group in ledger.findings for check in group if mine & set(check.observations)]


def _gap(check: Check) -> str:
    return OTHER_SENSE if check.verdict == "not-comparable" else GAPS[check.rule]


def _lost_words(name: str, ledger: Ledger) -> bool:
    """Whether a witness has the figure without the qualifier that another has."""
    printed = [print_observation(found) for found in ledger.witnesses(name)]
    return any(one.plain == two.plain and one.qualifier and not two.qualifier for one in printed for two in printed)
