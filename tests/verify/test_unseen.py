"""Characters that are never seen, and letters written as letter and accent, read alike in every file."""

from __future__ import annotations

import pytest

from report.verify.passage import squeeze


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("文字e\u0301之后", "文字é之后"), ("文\u200d字", "文字"), ("文\u200c字", "文字"), ("文\u200e字", "文字"),
        ("\u202e文字\u202c", "文字"), ("\u2067文字\u2069", "文字"), ("葛\U000e0100城", "葛城"), ("文\ufe00字", "文字"),
    ],
)
def test_what_is_not_seen_makes_no_difference(written: str, printed: str) -> None:
    assert squeeze(written) == squeeze(printed) == printed


def test_what_is_seen_does() -> None:
    assert squeeze("文e之后") != squeeze("文é之后")
