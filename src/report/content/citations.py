"""What the press says of sources: citations in footnotes, and the source line under a figure or a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from report.content.claims import Claim, family, pages
from report.content.ledger import Ledger
from report.content.nodes import Inline, Link, Text, Value
from report.content.references import short_name
from report.dataset.agreement import agrees

UNOPENED = "转引的网页均未打开核对，下同"


def cite_values(names: Sequence[str], ledger: Ledger, cited: set[str], section: str) -> list[Inline]:
    """Who says so, for several values: for each set of documents the values that they hold; then, once in a section,
    over which values documents are at odds and what the report prints. URLs that a document cites itself for them are
    given (nobody here has opened those: 转引). The figures are named only where the documents of the values differ. No
    full stop at the end.

    `cited` holds what earlier notes have told, and is added to: a document's title is given once.
    """
    claims = ledger.claims(names)
    inlines: list[Inline] = []
    for claim in claims:
        inlines += [Text(text="；")] if inlines else []
        inlines += _claim(claim, claims, ledger, cited)
    for sentence in tell_disputes(names, ledger, cited, section):
        inlines += [Text(text="。"), *(sentence if len(names) > 1 else sentence[1:])]
    return inlines


def cite_documents(docs: Sequence[str], ledger: Ledger, cited: set[str]) -> list[Inline]:
    """`文献[1]、[3]`, or each with its name where one is cited for the first time."""
    if cited.issuperset(docs):
        return [Text(text=ledger.brackets(docs))]
    told = []
    for doc in dict.fromkeys(docs):
        told.append(f"文献[{ledger.numbers[doc]}]" + ("" if doc in cited else short_name(ledger.sources[doc])))
        cited.add(doc)
    return [Text(text="、".join(told))]


def source_line(names: Iterable[str], ledger: Ledger, label: str, named: Iterable[str] = ()) -> str:
    """`资料来源：文献[1]、[3]。` for the values that a figure or a table prints and for the documents `named`; ""
    for none."""
    docs = {doc for name in names for doc in ledger.winner(name)} | set(named)
    return f"{label}：{ledger.brackets(docs)}。" if docs else ""


def _claim(claim: Claim, claims: Sequence[Claim], ledger: Ledger, cited: set[str]) -> list[Inline]:
    """One claim; `claims` are all of the note."""
    same = all(set(other.docs) == set(claim.docs) for other in claims)
    alike = same and all(other.derived or other.cited == claim.cited for other in claims)
    apart = len(claims) > 1 and (claim.derived or not alike)
    inlines = _figures(claim, claims, ledger) if apart else []
    if claim.derived:
        told = [Text(text="据以")] if apart and same else [Text(text="据"), *cite_documents(claim.docs, ledger, cited)]
        return [*inlines, *told, Text(text="推算")]
    return [*inlines, *_sources(claim, apart, not same, ledger, cited)]


def _figures(claim: Claim, claims: Sequence[Claim], ledger: Ledger) -> list[Inline]:
    """The claim's figures, each once; with its label where another claim has the same figure."""
    elsewhere = {ledger.values[name].text for other in claims if other is not claim for name in other.names}
    shown: dict[str, list[Inline]] = {}
    for name in claim.names:
        value = ledger.values[name]
        label = [Text(text=value.label)] if value.text in elsewhere else []
        shown.setdefault(f"{value.label}{value.text}" if label else value.text, [
            *label, Value(name=name, text=value.text)])
    inlines: list[Inline] = []
    for pieces in shown.values():
        inlines += [*([Text(text="、")] if inlines else []), *pieces]
    return inlines


def _sources(claim: Claim, apart: bool, differ: bool, ledger: Ledger, cited: set[str]) -> list[Inline]:
    """`据文献[1]、[3]`, 仅见 where the claims of a note differ in their documents and this one has no other, or the
    URLs."""
    urls = {doc: found for doc in claim.docs if (found := _urls(doc, claim.names, ledger))}
    if not urls:
        only = differ and len(claim.docs) == 1 and all(map(ledger.is_lone, claim.names))
        return [Text(text="仅见" if only else "据"), *cite_documents(claim.docs, ledger, cited)]
    inlines: list[Inline] = [Text(text="见")] if apart else []
    for place, (doc, found) in enumerate(urls.items()):
        inlines += [*([Text(text="；")] if place else []), *_second_hand(doc, found, ledger, cited)]
    rest = [doc for doc in claim.docs if doc not in urls]
    return [*inlines, *([Text(text="，亦见"), *cite_documents(rest, ledger, cited)] if rest else [])]


def _second_hand(doc: str, urls: Sequence[str], ledger: Ledger, cited: set[str]) -> list[Inline]:
    """`https://…，转引自文献[3]`: what a document cites itself."""
    inlines: list[Inline] = []
    for url in urls:
        inlines += [Text(text="、")] if inlines else []
        inlines.append(Link(url=url, text=url))
    warning = "" if UNOPENED in cited else f"（{UNOPENED}）"
    cited.add(UNOPENED)
    return [*inlines, Text(text="，转引自"), *cite_documents([doc], ledger, cited), Text(text=warning)]


def _urls(doc: str, names: Sequence[str], ledger: Ledger) -> list[str]:
    found = (page for name in names for page in pages(name, ledger.values, ledger.observations))
    return list(dict.fromkeys(url for source, url in found if source == doc))


def disputed(name: str, ledger: Ledger) -> list[str]:
    """The values over which the documents are at odds, of those that a value prints: itself, or its parents."""
    members = dict.fromkeys(family(name, ledger.values))
    return [one for one in members if ledger.values[one].verdict == "conflicts" and not ledger.values[one].parents]


def tell_dispute(name: str, ledger: Ledger) -> list[Inline]:
    """`文献[1]作60亿元，文献[2]作58亿元，本报告取60亿元`, without a full stop."""
    value, witnesses = ledger.values[name], ledger.witnesses(name)
    told: dict[str, tuple[str, list[str]]] = {_key(value.text): (value.text, [])}
    for found in witnesses:
        text = value.text if agrees(witnesses[0], found) else found.text
        told.setdefault(_key(text), (text, []))[1].append(found.doc)
    inlines: list[Inline] = []
    for text, docs in told.values():
        inlines += [Text(text=f"{'，' if inlines else ''}{ledger.brackets(docs)}作"), Value(name=name, text=text)]
    return [*inlines, Text(text="，本报告取"), Value(name=name, text=value.text)]


def tell_disputes(names: Iterable[str], ledger: Ledger, cited: set[str], section: str) -> list[list[Inline]]:
    """What is at odds over each of the values named, with its label, so far as the section has not told it yet."""
    sentences: list[list[Inline]] = []
    for name in dict.fromkeys(member for one in names for member in disputed(one, ledger)):
        if (key := f"{section}#{name}") not in cited:  # no id of a document holds a #
            cited.add(key)
            sentences.append([Text(text=f"{ledger.values[name].label}，"), *tell_dispute(name, ledger)])
    return sentences


def _key(text: str) -> str:
    return "".join(text.split())
