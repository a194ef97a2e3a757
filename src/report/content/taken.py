"""What the report takes where its sources are at odds, in a sentence for the person who signs."""

from __future__ import annotations

from collections.abc import Sequence

from report.content.citations import tell_dispute
from report.content.ledger import Ledger
from report.content.walk import plain

SHOWN = 4  # values named


def choice(name: str, ledger: Ledger) -> str:
    """Of a value whose witnesses disagree who has which figure, which is printed, and why; "" of any other."""
    value = ledger.values[name]
    if value.verdict != "conflicts" or value.parents:
        return ""
    told = plain(tuple(tell_dispute(name, ledger))).replace("，本报告取", "；本报告取")
    return f"{told}（{value.why}）" if value.why else told


def decision(docs: Sequence[str], names: Sequence[str], ledger: Ledger) -> str:
    """What the report does with the figures of a finding: `docs` are the documents it is told of, `names` the values
    that it concerns."""
    if not names:
        return "本报告没有用到这些数据"
    stated = [name for name in names if not ledger.values[name].parents]
    derived = [name for name in names if ledger.values[name].parents]
    told_of, winners = set(docs), {doc for name in stated for doc in ledger.winner(name)}
    if len(told_of) > 1 and told_of <= winners:
        told = "各处说法本报告都印出"
    elif len(told_of) > 1 and winners & told_of:
        told = f"本报告取{ledger.brackets(winners & told_of)}的说法"
    else:
        told = f"本报告照{ledger.brackets(winners or told_of)}印出"
    parts = (("", stated), ("；另行推算", derived))
    return told + "".join(f"{lead}：{_figures(names, ledger)}" for lead, names in parts if names)


def _figures(names: Sequence[str], ledger: Ledger) -> str:
    told = list(dict.fromkeys(f"{ledger.values[name].label}{ledger.values[name].text}" for name in names))
    return "、".join(told[:SHOWN]) + (f"等{len(told)}项" if len(told) > SHOWN else "")
