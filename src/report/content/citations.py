"""What the press says of sources: citations in footnotes, and the source line under a figure or a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from report.content.ledger import Ledger
from report.content.nodes import Inline, Link, Text, Value
from report.content.references import short_name
from report.dataset.models import BoundValue

UNOPENED = "转引的网页均未打开核对，下同"


def cite_values(names: Sequence[str], ledger: Ledger, cited: set[str]) -> list[Inline]:
    """Who says so, for several values: each document once, with the URLs that it cites itself for them (nobody here
    has opened those: 转引), then who says the same and what another says instead. No full stop at the end.

    `cited` holds what earlier notes have told, and is added to: a document's title is given once.
    """
    docs = dict.fromkeys(doc for name in names for doc in ledger.winner(name))
    urls = {doc: _urls(doc, names, ledger) for doc in docs}
    inlines = _plainly([doc for doc in docs if not urls[doc]], ledger, cited)
    for doc in filter(urls.__getitem__, docs):
        inlines += [Text(text="；")] if inlines else []
        inlines += _second_hand(doc, urls[doc], ledger, cited)
    derived = [ledger.values[name] for name in names if ledger.values[name].parents]
    if derived:
        inlines.append(Text(text="；" + "、".join(value.label for value in derived) + "据以推算"))
    inlines += _likewise(names, ledger)
    for name in names:
        inlines += _otherwise(ledger.values[name], ledger)
    return inlines


def cite_document(doc: str, ledger: Ledger, cited: set[str]) -> list[Inline]:
    """A document by number, the first time by name too."""
    name = "" if doc in cited else short_name(ledger.sources[doc])
    cited.add(doc)
    return [Text(text=f"文献[{ledger.numbers[doc]}]{name}")]


def source_line(names: Iterable[str], ledger: Ledger, label: str) -> str:
    """`资料来源：文献[1]、[3]。` for the values that a figure or a table prints; "" for none."""
    docs = {doc for name in names for doc in ledger.winner(name)}
    return f"{label}：{ledger.brackets(docs)}。" if docs else ""


def _plainly(docs: Sequence[str], ledger: Ledger, cited: set[str]) -> list[Inline]:
    """`据文献[1]、[3]`, or with names where a document is cited for the first time."""
    if not docs:
        return []
    if cited.issuperset(docs):
        return [Text(text=f"据{ledger.brackets(docs)}")]
    inlines: list[Inline] = [Text(text="据")]
    for doc in docs:
        inlines += [*([Text(text="、")] if len(inlines) > 1 else []), *cite_document(doc, ledger, cited)]
    return inlines


def _second_hand(doc: str, urls: Sequence[str], ledger: Ledger, cited: set[str]) -> list[Inline]:
    """`https://…，转引自文献[3]`: what a document cites itself."""
    inlines: list[Inline] = []
    for url in urls:
        inlines += [Text(text="、")] if inlines else []
        inlines.append(Link(url=url, text=url))
    warning = "" if UNOPENED in cited else f"（{UNOPENED}）"
    cited.add(UNOPENED)
    return [*inlines, Text(text="，转引自"), *cite_document(doc, ledger, cited), Text(text=warning)]


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
