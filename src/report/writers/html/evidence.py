"""The evidence cards: for every value on the page, who says so."""

from __future__ import annotations

from markupsafe import Markup

from report.content.nodes import Content, Evidence, Witness
from report.writers.html.inlines import anchor


def evidence_cards(content: Content, used: tuple[str, ...]) -> list[Markup]:
    """A popover for each value used and for each value these were derived from."""
    return [_card(content, name, content.evidence[name]) for name in _with_parents(content, used)]


def _with_parents(content: Content, used: tuple[str, ...]) -> list[str]:
    names: dict[str, None] = {}
    todo = list(reversed(used))
    while todo:
        name = todo.pop()
        if name not in names:
            names[name] = None
            todo += reversed(content.evidence[name].parents)
    return list(names)


def _card(content: Content, name: str, evidence: Evidence) -> Markup:
    rows = [
        Markup('<p class="what">{}</p><p class="figure-text">{}</p>').format(evidence.label, evidence.text),
        Markup('<p class="verdict verdict-{0}">{0}</p>').format(evidence.verdict),
    ]
    if evidence.reason:
        rows.append(Markup('<p class="reason">{}</p>').format(evidence.reason))
    if evidence.formula:
        rows.append(Markup('<p class="formula">{}</p>').format(evidence.formula))
    rows += [_parent(content, parent) for parent in evidence.parents]
    rows += [_witness(content, witness) for witness in evidence.witnesses]
    close = '<button type="button" class="close" popovertarget="evidence-{}" popovertargetaction="hide">{}</button>'
    rows.append(Markup(close).format(anchor(name), content.labels["close"]))
    card = '<div id="evidence-{}" class="evidence" popover role="dialog" aria-label="{}">{}</div>'
    return Markup(card).format(anchor(name), evidence.label, Markup("\n").join(rows))


def _parent(content: Content, name: str) -> Markup:
    parent = content.evidence[name]
    row = '<p class="parent"><button type="button" class="value" popovertarget="evidence-{}">{}</button> {}</p>'
    return Markup(row).format(anchor(name), parent.text, parent.label)


def _witness(content: Content, witness: Witness) -> Markup:
    reference = content.sources[witness.source - 1]
    before, figure, after = witness.sentence.partition(witness.text)
    row = '<blockquote><p>{}<mark>{}</mark>{}</p><footer>[{}] {}{}</footer></blockquote>'
    links = Markup("").join(
        Markup('<br><a class="link" href="{0}" rel="noreferrer">{0}</a>').format(url)
        for url in witness.citations
        if url.startswith(("https://", "http://"))
    )
    return Markup(row).format(before, figure, after, reference.number, reference.text, links)
