"""Words come back in the document's own script, and fold to what they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.observations.normalise import normalise
from report.observations.script import Script, traditional
from report.sources.document import Document, Metadata


def _document(source: str, script: str) -> Document:
    return Document(id="made-up", file="made-up.txt", sha256="0" * 64, encoding="utf-8", source=source, blocks=(),
                    metadata=Metadata.model_validate({"script": script}))


@pytest.mark.parametrize(("source", "words", "wanted"), [
    ("衞生署的開支", "卫生署开支", "衞生署開支"), ("衛生署的開支", "卫生署开支", "衛生署開支"),
    ("台灣與臺灣，臺灣", "台湾", "臺灣"), ("預算", "增长率占比", "增長率占比"), ("", "后台发展", "后台發展"),
])
def test_a_traditional_document_writes_as_it_does(source: str, words: str, wanted: str) -> None:
    assert Script(_document(source, "Hant")).render(words) == wanted


def test_a_simplified_document_keeps_what_was_read() -> None:
    assert Script(_document("產業规模", "Hans")).render("产业规模") == "产业规模"


@given(st.text(st.characters(min_codepoint=0x3400, max_codepoint=0x9FFF), max_size=40), st.text(max_size=40))
def test_folding_gives_the_words_back(source: str, words: str) -> None:
    plain = normalise(words)
    assert normalise(Script(_document(source, "Hant")).render(plain)) == plain


@given(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))
def test_the_traditional_form_folds_back(char: str) -> None:
    assert normalise(traditional(normalise(char))) == normalise(char)
