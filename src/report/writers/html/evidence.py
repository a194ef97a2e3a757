"""The evidence cards: for every value on the page, who says so."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from report.content.evidence import CORRECTED, is_finding
from report.content.nodes import Content, Evidence, Witness
from report.writers.html.inlines import anchor, link, value_words


def evidence_cards(content: Content, used: tuple[str, ...]) -> list[Markup]:
    """A popover for each value used and for each value these were derived from."""
    return [_card(content, name) for name in _with_parents(content, used)]


def _with_parents(content: Content, used: tuple[str, ...]) -> list[str]:
    names: dict[str, None] = {}
    todo = list(reversed(used))
    while todo:
        name = todo.pop()
        if name not in names:
            names[name] = None
            todo += reversed(content.evidence[name].parents)
    return list(names)


def _card(content: Content, name: str) -> Markup:
    key = anchor(name)
    card = (
        '<div id=".evidence-{key}" class="evidence" popover role="dialog" aria-labelledby=".what-{key}">\n'
        '<button type="button" class="close" popovertarget=".evidence-{key}" popovertargetaction="hide" '
        'aria-label="{close}">×</button>\n<p class="what" id=".what-{key}">{label}</p>\n{rows}\n</div>'
    )
    evidence = content.evidence[name]
    rows = Markup("\n").join(
        [*_figure(evidence, is_finding(name)), *_parents(content, evidence), *_words(content, name)]
    )
    return Markup(card).format(key=key, close=content.labels["close"], label=evidence.label, rows=rows)


def _figure(evidence: Evidence, finding: bool) -> Iterator[Markup]:
    """The figure as printed (a finding has a sentence instead), how the sources stand to each other, and why."""
    row = '<p class="printed"><span class="{}">{}</span> <span class="verdict{}">{}</span></p>'
    alarm = " conflict" if evidence.verdict == "不一致" else ""
    yield Markup(row).format("told" if finding else "figure-text", evidence.text, alarm, evidence.verdict)
    if evidence.reason and evidence.reason != evidence.label:
        yield Markup('<p class="reason">{}</p>').format(evidence.reason)
    if evidence.formula:
        yield Markup('<p class="formula">{}</p>').format(evidence.formula)


def _parents(content: Content, evidence: Evidence) -> Iterator[Markup]:
    if evidence.parents:
        yield _label(content.labels["parents"])
    for parent in dict.fromkeys(evidence.parents):
        words = value_words(parent, content.evidence[parent].text)
        yield Markup('<p class="parent">{} {}</p>').format(words, content.evidence[parent].label)


def _words(content: Content, name: str) -> Iterator[Markup]:
    """Every sentence once, its figures marked: the winner's document first, then what the others say."""
    witnesses = content.evidence[name].witnesses
    passages: dict[tuple[str, str], list[Witness]] = {}
    for witness in sorted(witnesses, key=lambda witness: witness.doc != witnesses[0].doc):
        passages.setdefault((witness.doc, witness.sentence), []).append(witness)
    told = ""
    for (doc, _), group in passages.items():
        label = "evidence" if doc == witnesses[0].doc or is_finding(name) else "others"
        if label != told:
            yield _label(content.labels[label])
        told = label
        yield _witness(content, group)


def _label(text: str) -> Markup:
    return Markup('<p class="card-label">{}</p>').format(text)


def _witness(content: Content, group: list[Witness]) -> Markup:
    """One sentence of one document, with the figures that these witnesses take from it."""
    sentence = _marked(group[0].sentence, sorted({figure_span(witness) for witness in group}))
    urls = tuple(dict.fromkeys(url for witness in group for url in witness.citations))
    row = '<blockquote class="witness"><p>{}</p>\n<footer><p>{}</p>{}{}</footer></blockquote>'
    source = content.sources[group[0].source - 1].text
    return Markup(row).format(sentence, source, _corrections(group), _citations(content, urls))


def _marked(sentence: str, spans: list[tuple[int, int]]) -> Markup:
    html = Markup("")
    place = 0
    for start, end in spans:
        if start >= place and end > start:
            html += Markup("{}<mark>{}</mark>").format(sentence[place:start], sentence[start:end])
            place = end
    return html + sentence[place:]


def _corrections(group: list[Witness]) -> Markup:
    """The figures that a person set right, with the reason."""
    row = Markup('<p class="corrected">{}（{}）：{}</p>')
    return Markup("").join(row.format(CORRECTED, one.text, one.correction) for one in group if one.correction)


def _citations(content: Content, urls: tuple[str, ...]) -> Markup:
    """The addresses that the source gives for its figure; what is no web address stays text."""
    if not urls:
        return Markup("")
    rows = [link(url, url) if url.startswith(("https://", "http://")) else url for url in urls]
    items = Markup("").join(Markup("<br>{}").format(row) for row in rows)
    return Markup('<p class="cited">{}{}</p>').format(content.labels["cited"], items)


def figure_span(witness: Witness) -> tuple[int, int]:
    """Where in the sentence the figure stands: in the clause that holds it, where the same figure occurs twice.

    White space is not compared, and a clause may be cut (……). (0, 0) where the sentence does not hold the figure.
    """
    places = [index for index, char in enumerate(witness.sentence) if not char.isspace()]
    sentence, text = _dense(witness.sentence), _dense(witness.text)
    for part in sorted(_dense(witness.clause).split("……"), key=lambda part: text not in part):
        start = sentence.find(part)
        if part and text in part and start >= 0:
            start += part.index(text)
            break
    else:
        start = sentence.find(text)
    return (places[start], places[start + len(text) - 1] + 1) if text and start >= 0 else (0, 0)


def _dense(text: str) -> str:
    return "".join(char for char in text if not char.isspace())
