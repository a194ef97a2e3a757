"""What is set directly on paragraphs of a Word template, and not by their styles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from report.sources.docx.package import child, name_of
from report.templates.word.opened import WordTemplate, words
from report.templates.word.traits import Trait, changes

if TYPE_CHECKING:
    from lxml.etree import _Element  # type: ignore[import-untyped]


def directly(template: WordTemplate) -> dict[str, dict[str, tuple[Trait, ...]]]:
    """By style, the traits in which a paragraph of it, or a run in that, differs from it, with their values."""
    found: dict[str, dict[str, set[Trait]]] = {}
    for element, style in template.paragraphs():
        for trait, value, _ in deviations(template, element, style):
            found.setdefault(style, {}).setdefault(trait, set()).add(value)
    return {
        style: {trait: tuple(sorted(values, key=str)) for trait, values in sorted(held.items())}
        for style, held in sorted(found.items())
    }


def deviations(template: WordTemplate, element: _Element, style: str) -> Iterator[tuple[str, Trait, str]]:
    """The traits that are set directly in a paragraph otherwise than its style says: name, value, the words that have
    it."""
    ident = template.styles.by_name.get(style, "")
    plain = template.styles.traits(ident)
    properties = child(element, "pPr")
    here = template.styles.traits(ident, properties)
    for trait in sorted(changes(plain, here)):
        yield trait, here[trait], words(element)
    for run in (one for one in element.iter() if name_of(one) == "r"):
        text = words(run)
        there = template.styles.traits(ident, properties, child(run, "rPr"))
        for trait in sorted(changes(here, there)) if text else ():
            yield trait, there[trait], text
