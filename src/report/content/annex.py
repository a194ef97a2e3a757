"""The annex 数据核校: every value used with the words of its source, and where the sources disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from report.content.citations import tell_dispute
from report.content.claims import family
from report.content.evidence import CORRECTED, finding_name, formula_parts, quoted
from report.content.fill import Filler, tidy
from report.content.ledger import Ledger
from report.content.nodes import (
    Block,
    Cell,
    Column,
    Evidence,
    Heading,
    Inline,
    Paragraph,
    Ref,
    Table,
    Text,
    Value,
    Witness,
)
from report.content.verdicts import Judgement, judge
from report.content.walk import plain
from report.dataset.excerpts import DOTS
from report.dataset.standing import VERDICT_WORDS
from report.observations.figures import figures_in
from report.observations.observation import Observation
from report.templates.models import AnnexStrings

_FINDINGS = "annex-findings"
_THIRDS = ("前部", "中部", "后部")  # of a document
_QUOTES = str.maketrans("“”‘’", "‘’“”")  # marks inside a quotation change places (GB/T 15834 §4.8.3)


def annex_blocks(
    filler: Filler, evidence: Mapping[str, Evidence], excerpts: Mapping[str, str], strings: AnnexStrings
) -> tuple[Block, ...]:
    """The table of values and the table of findings, under headings of level 2. `excerpts` are the words quoted, by
    observation; of any other the place is told."""
    ledger = filler.ledger
    return (
        Heading(level=2, id="annex-values", number="（一）", inlines=(Text(text=strings.values),)),
        *_values(filler, evidence, _Quotes(ledger, excerpts), strings),
        Heading(level=2, id=_FINDINGS, number="（二）", inlines=(Text(text=strings.findings),)),
        *_findings(ledger, evidence, strings),
    )


def _values(
    filler: Filler, evidence: Mapping[str, Evidence], quotes: _Quotes, strings: AnnexStrings
) -> tuple[Block, ...]:
    """The table of values behind what it is; a sentence where the report has none."""
    table = _value_table(filler, evidence, quotes, strings)
    if not table.rows:
        return (Paragraph(inlines=(Text(text=strings.no_values),)),)
    intro = strings.values_intro + (strings.values_cut if _is_cut(table) else "")
    intro += strings.values_place if quotes.unquoted else ""
    return (Paragraph(inlines=(Text(text=intro),)), *_words(filler.ledger, strings), table)


def _is_cut(table: Table) -> bool:
    return any(DOTS in plain(row[4].inlines) for row in table.rows)


def _caption(words: str, number: int) -> tuple[Text]:
    """The caption of the annex's table of that number, from 1."""
    return (Text(text=words.replace("{}", str(number))),)


def _words(ledger: Ledger, strings: AnnexStrings) -> tuple[Table, ...]:
    """A small table with the meaning of each verdict that stands in the table of values; () where none does."""
    used = {word for name in ledger.used for word in judge(name, ledger).words}
    rows = tuple(_texts((word, meaning)) for word, meaning in strings.verdicts.items() if word in used)
    columns = (Column(),) * len(strings.verdicts_columns)
    head = (_texts(strings.verdicts_columns),)
    return (Table(
        id="annex-words", number=0, caption=_caption(strings.captions[0], 1), columns=columns, head=head, rows=rows,
        style="annex",
    ),) if rows else ()


@dataclass
class _Quotes:
    """What the table quotes: `rows` are the rows in which words already stand; where there are none to quote it tells
    the place, as `unquoted` says."""

    ledger: Ledger
    excerpts: Mapping[str, str]
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    unquoted: bool = False

    def of(self, number: int, found: Iterable[Evidence]) -> Iterator[Inline]:
        """The winner's words, quoted once in the table; then those of each witness that disagrees, and of the winners
        of the other values in the row."""
        witnesses = {one.observation: one for evidence in found for one in quoted(evidence)}
        for index, witness in enumerate(witnesses.values()):
            if index:
                yield Text(text=f"；[{witness.source}]")
            yield Text(text=self._words(number, witness))
            if witness.correction:
                yield Text(text=f"（{CORRECTED}：“{witness.correction.translate(_QUOTES)}”）")

    def _words(self, number: int, witness: Witness) -> str:
        if witness.observation not in self.excerpts:
            self.unquoted = True
            return self._place(self.ledger.observations[witness.observation])
        row = self.rows.setdefault((witness.doc, witness.clause), number)
        return f"“{witness.clause.translate(_QUOTES)}”" if row == number else f"同第{row}行"

    def _place(self, found: Observation) -> str:
        """Where words stand that are not quoted: in which part of the document, beside which figure."""
        length = self.ledger.sources[found.doc].length
        part = _THIRDS[min(3 * found.start // length, 2)] if length else ""
        return f"见原文{part}“{''.join(found.text.split())}”处"


def _rows(filler: Filler) -> list[tuple[str, ...]]:
    """The values of each row: one, or those that are the same figure in the same words. A value that takes its figure
    from one witness of another, is printed like it and judged like it, goes into the other's row, under its name."""
    ledger = filler.ledger
    hosts: dict[str, str] = {}
    for name in sorted(ledger.used, key=lambda one: -len(ledger.values[one].observations)):
        like = (host for host in dict.fromkeys(hosts.values()) if _is_same(name, host, filler))
        hosts[name] = next(like, name)
    rows = dict.fromkeys(hosts[name] for name in ledger.used)
    return [(host, *(name for name in ledger.used if hosts[name] == host != name)) for host in rows]


def _is_same(name: str, host: str, filler: Filler) -> bool:
    value, other = filler.ledger.values[name], filler.ledger.values[host]
    return (
        bool(value.observations) and set(value.observations) <= set(other.observations)
        and filler.forms(name) == filler.forms(host)
        and judge(name, filler.ledger).words == judge(host, filler.ledger).words
    )


def _value_table(
    filler: Filler, evidence: Mapping[str, Evidence], quotes: _Quotes, strings: AnnexStrings
) -> Table:
    return Table(
        id="annex-table",
        number=0,
        caption=_caption(strings.captions[1], 2),
        columns=(Column(),) * len(strings.columns),
        head=(_texts(strings.columns),),
        rows=tuple(_row(number, names, filler, evidence, quotes) for number, names in enumerate(_rows(filler), 1)),
        style="annex",
    )


def _row(
    number: int, names: Sequence[str], filler: Filler, evidence: Mapping[str, Evidence], quotes: _Quotes
) -> tuple[Cell, ...]:
    """A value, and those told with it: its figure in every form that the report prints, its sources, their words, the
    verdict."""
    ledger, name, found = filler.ledger, names[0], evidence[names[0]]
    sources = "、".join(f"[{number}]" for number in sorted(ledger.numbers[doc] for doc in _holders(name, ledger)))
    cells: tuple[Iterable[Inline], ...] = (
        [Text(text=str(number))],
        [Text(text=found.label)],
        _listed(Value(name=name, text=text) for text in filler.forms(name)),
        [Text(text=sources or "—")],
        _formula(name, ledger) if found.formula else quotes.of(number, map(evidence.__getitem__, names)),
        _verdict([judge(one, ledger) for one in names]),
    )
    return tuple(Cell(inlines=tidy(cell)) for cell in cells)


def _holders(name: str, ledger: Ledger) -> set[str]:
    """The documents of all witnesses of a value, or of the figures that it is computed from."""
    members = [ledger.values[one] for one in family(name, ledger.values)]
    return {ledger.observations[found].doc for one in members for found in one.observations}


def _listed(inlines: Iterable[Inline]) -> Iterator[Inline]:
    for place, inline in enumerate(inlines):
        if place:
            yield Text(text="、")
        yield inline


def _verdict(row: Sequence[Judgement]) -> Iterator[Inline]:
    """`不可比，口径异（见分歧第2、6条）`, the numbers linked to the list; of the values of a row, judged alike."""
    first, *rest = row[0].words
    yield Text(text="，".join(filter(None, (first, "、".join(rest)))))
    if found := sorted({number for one in row for number in one.findings}):
        yield Text(text="（见")
        yield Ref(target=_FINDINGS, text=f"分歧第{'、'.join(map(str, found))}条")
        yield Text(text="）")


def _formula(name: str, ledger: Ledger) -> Iterator[Inline]:
    for part in formula_parts(ledger.values[name], ledger):
        yield Text(text=part) if isinstance(part, str) else Value(name=part.name, text=part.text)


def _findings(ledger: Ledger, evidence: Mapping[str, Evidence], strings: AnnexStrings) -> tuple[Block, ...]:
    """The disagreements that the annex tells, numbered, each with its verdict."""
    names = [finding_name(index) for index in range(1, ledger.told + 1)]
    intro = strings.findings_intro + (strings.findings_left if ledger.told < len(ledger.findings) else "")
    found = [(_sentence(evidence[name].text, name), evidence[name].verdict) for name in names]
    found += [(_conflict(name, ledger), VERDICT_WORDS["conflicts"]) for name in ledger.used if _is_news(name, ledger)]
    if not found:
        return (Paragraph(inlines=(Text(text=strings.no_findings),)),)
    table = Table(
        id="annex-findings-table",
        number=0,
        caption=_caption(strings.captions[2], 3 if ledger.used else 1),
        columns=(Column(),) * len(strings.findings_columns),
        head=(_texts(strings.findings_columns),),
        rows=tuple((*_texts((str(number),)), Cell(inlines=sentence), *_texts((verdict,)))
                   for number, (sentence, verdict) in enumerate(found, 1)),
        style="annex",
    )
    return (Paragraph(inlines=(Text(text=intro),)), table)


def _texts(words: Iterable[str]) -> tuple[Cell, ...]:
    return tuple(Cell(inlines=(Text(text=word),)) for word in words)


def _is_news(name: str, ledger: Ledger) -> bool:
    """A value whose witnesses disagree, and of whose disagreement no finding tells."""
    value = ledger.values[name]
    checks = (check for group in ledger.findings for check in group)
    told = (check for check in checks if set(value.observations[:1]) <= set(check.observations))
    return value.verdict == "conflicts" and not any(len({*check.docs}) > 1 for check in told)


def _conflict(name: str, ledger: Ledger) -> tuple[Inline, ...]:
    return tidy([Text(text=f"{ledger.values[name].label}："), *tell_dispute(name, ledger), Text(text="。")])


def _sentence(text: str, name: str) -> tuple[Inline, ...]:
    """A finding's sentence, every figure in it bound to the finding's evidence."""
    inlines: list[Inline] = []
    end = 0
    for figure in figures_in(text):
        inlines += [Text(text=text[end : figure.start]), Value(name=name, text=text[figure.start : figure.end])]
        end = figure.end
    return tidy([*inlines, Text(text=text[end:])])
