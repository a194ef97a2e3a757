"""What the press says of sources: citations in footnotes, and the source line under a figure or a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from report.content.ledger import Ledger
from report.content.nodes import Inline, Link, Text, Value
from report.content.references import short_name
from report.dataset.models import BoundValue


def cite_values(names: Sequence[str], ledger: Ledger) -> list[Inline]:
    """Who says so, for several values: each document once, with the URLs that it cites itself for them (nobody here
    has opened those: 转引), then who says the same and what another says instead. No full stop at the end."""
    inlines: list[Inline] = []
    for doc in dict.fromkeys(doc for name in names for doc in ledger.winner(name)):
        inlines += [Text(text="；")] if inlines else []
        inlines += _cite(doc, _urls(doc, names, ledger), ledger)
    derived = [ledger.values[name] for name in names if ledger.values[name].parents]
    if derived:
        inlines.append(Text(text="；" + "、".join(value.label for value in derived) + "据以推算"))
    inlines += _likewise(names, ledger)
    for name in names:
        inlines += _otherwise(ledger.values[name], ledger)
    return inlines


def cite_document(doc: str, ledger: Ledger) -> list[Inline]:
    """A document by number and name."""
    return [Text(text=f"文献[{ledger.numbers[doc]}]{short_name(ledger.sources[doc])}")]


def source_line(names: Iterable[str], ledger: Ledger, label: str) -> str:
    """`资料来源：文献[1]、[3]。` for the values that a figure or a table prints; "" for none."""
    docs = {doc for name in names for doc in ledger.winner(name)}
    return f"{label}：{ledger.brackets(docs)}。" if docs else ""


def _cite(doc: str, urls: Sequence[str], ledger: Ledger) -> list[Inline]:
    if not urls:
        return cite_document(doc, ledger)
    inlines: list[Inline] = []
    for url in urls:
        inlines += [Text(text="、")] if inlines else []
        inlines.append(Link(url=url, text=url))
    named = f"，转引自文献[{ledger.numbers[doc]}]{short_name(ledger.sources[doc])}，网页未打开核对"
    return [*inlines, Text(text=named)]


def _urls(doc: str, names: Sequence[str], ledger: Ledger) -> list[str]:
    found = []
    for name in names:
        for member in (name, *ledger.values[name].parents):
            first = next(iter(ledger.witnesses(member)), None)
            if first and first.doc == doc:
                found += [url for url in first.citations if url.startswith(("https://", "http://"))]
    return list(dict.fromkeys(found))


def _likewise(names: Sequence[str], ledger: Ledger) -> list[Inline]:
    """`；文献[2]所载相同` for the other witnesses of values that agree."""
    said = {doc for name in names for doc in ledger.winner(name)}
    agreed = [name for name in names if ledger.values[name].verdict == "agrees"]
    docs = {found.doc for name in agreed for found in ledger.witnesses(name)} - said
    return [Text(text=f"；{ledger.brackets(docs)}所载相同")] if docs else []


def _otherwise(value: BoundValue, ledger: Ledger) -> list[Inline]:
    """`；文献[2]作约50%` for each witness that says otherwise."""
    if value.verdict != "conflicts":
        return []
    inlines: list[Inline] = []
    said = {_key(value.text)}
    for found in ledger.witnesses(value.name)[1:]:
        if found.value != value.value and _key(found.text) not in said:
            said.add(_key(found.text))
            inlines += [Text(text=f"；文献[{ledger.numbers[found.doc]}]作"), Value(name=value.name, text=found.text)]
    return inlines


def _key(text: str) -> str:
    return "".join(text.split())
