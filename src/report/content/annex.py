"""The annex 数据核校: every value used with the words of its source, and where the sources disagree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.content.evidence import finding_name, formula_parts, name_documents, quoted
from report.content.fill import tidy
from report.content.ledger import Ledger
from report.content.nodes import (
    Block,
    Cell,
    Column,
    Evidence,
    Heading,
    Inline,
    ListBlock,
    Paragraph,
    Table,
    Text,
    Value,
)
from report.observations.figures import figures_in
from report.templates.models import AnnexStrings

_WIDTHS = (0.22, 0.14, 0.1, 0.42, 0.12)
_QUOTES = str.maketrans("“”‘’", "‘’“”")  # marks inside a quotation change places (GB/T 15834 §4.8.3)


def annex_blocks(ledger: Ledger, evidence: Mapping[str, Evidence], strings: AnnexStrings) -> tuple[Block, ...]:
    """The table of values and the list of findings, under headings of level 2."""
    return (
        Heading(level=2, id="annex-values", number="（一）", inlines=(Text(text=strings.values),)),
        Paragraph(inlines=(Text(text=strings.values_intro),)),
        _value_table(ledger, evidence, strings),
        Heading(level=2, id="annex-findings", number="（二）", inlines=(Text(text=strings.findings),)),
        *_findings(ledger, strings),
    )


def _value_table(ledger: Ledger, evidence: Mapping[str, Evidence], strings: AnnexStrings) -> Table:
    head = tuple(Cell(inlines=(Text(text=word),)) for word in strings.columns)
    seen: set[tuple[str, str]] = set()
    return Table(
        id="annex-table",
        number=0,
        caption=(),
        columns=tuple(Column(width=width) for width in _WIDTHS),
        head=(head,),
        rows=tuple(_row(name, ledger, evidence[name], seen) for name in ledger.used),
        style="annex",
    )


def _row(name: str, ledger: Ledger, found: Evidence, seen: set[tuple[str, str]]) -> tuple[Cell, ...]:
    docs = {witness.doc for witness in found.witnesses} or set(ledger.winner(name))
    sources = "、".join(f"[{number}]" for number in sorted(ledger.numbers[doc] for doc in docs))
    words = list(_formula(name, ledger)) if found.formula else list(_quotation(found, seen))
    cells: tuple[list[Inline], ...] = (
        [Text(text=found.label)],
        [Value(name=name, text=found.text)],
        [Text(text=sources or "—")],
        words,
        [Text(text=found.verdict)],
    )
    return tuple(Cell(inlines=tidy(cell)) for cell in cells)


def _formula(name: str, ledger: Ledger) -> Iterator[Inline]:
    for part in formula_parts(ledger.values[name], ledger):
        yield Text(text=part) if isinstance(part, str) else Value(name=part.name, text=part.text)


def _quotation(found: Evidence, seen: set[tuple[str, str]]) -> Iterator[Inline]:
    """The winner's clause, quoted once in the table; then the clause of each witness that disagrees."""
    for index, witness in enumerate(quoted(found)):
        if index:
            yield Text(text=f"；[{witness.source}]")
        key = (witness.doc, witness.clause)
        yield Text(text="（同句，见前）" if key in seen else f"“{witness.clause.translate(_QUOTES)}”")
        seen.add(key)


def _findings(ledger: Ledger, strings: AnnexStrings) -> tuple[Block, ...]:
    found = [
        _sentence(name_documents(check.text, ledger), finding_name(index))
        for index, check in enumerate(ledger.checks, 1)
    ]
    found += [_conflict(name, ledger) for name in ledger.used if _is_news(name, ledger)]
    if not found:
        return (Paragraph(inlines=(Text(text=strings.no_findings),)),)
    items = tuple((Paragraph(role="list", inlines=inlines),) for inlines in found)
    return (Paragraph(inlines=(Text(text=strings.findings_intro),)), ListBlock(ordered=True, items=items))


def _is_news(name: str, ledger: Ledger) -> bool:
    """A value whose witnesses disagree, and of whose disagreement no finding tells."""
    value = ledger.values[name]
    told = (check for check in ledger.checks if set(value.observations[:1]) <= set(check.observations))
    return value.verdict == "conflicts" and not any(len({*check.docs}) > 1 for check in told)


def _conflict(name: str, ledger: Ledger) -> tuple[Inline, ...]:
    value = ledger.values[name]
    inlines: list[Inline] = [Text(text=f"{value.label}：")]
    for index, found in enumerate(ledger.witnesses(name)):
        inlines += [Text(text=f"{'，' if index else ''}文献[{ledger.numbers[found.doc]}]作")]
        inlines += [Value(name=name, text=value.text if index == 0 else found.text)]
    return tidy([*inlines, Text(text="。本报告用"), Value(name=name, text=value.text), Text(text="。")])


def _sentence(text: str, name: str) -> tuple[Inline, ...]:
    """A finding's sentence, every figure in it bound to the finding's evidence."""
    inlines: list[Inline] = []
    end = 0
    for figure in figures_in(text):
        inlines += [Text(text=text[end : figure.start]), Value(name=name, text=text[figure.start : figure.end])]
        end = figure.end
    return tidy([*inlines, Text(text=text[end:])])
