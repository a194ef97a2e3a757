"""The sentences of a digest as its series has them, with places for what the data say."""

from __future__ import annotations

import re
from collections.abc import Mapping

from report.dataset.models import Rule
from report.models import Written

_PLACE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


class Sentences(Written):
    """sentences.yaml: whole sentences, captions and heads of tables, each with `{…}` where the data speak."""

    title: str
    plain_title: str
    only_title: str
    joint: str
    and_more: str
    opening: str
    happened: str
    left_out: tuple[str, str]
    calendar: str
    unsure: str
    nothing: str
    counted: dict[str, str]
    themes: str
    first: str
    first_undated: str
    odds: str
    documents: str
    documents_lead: str
    documents_caption: str
    documents_columns: tuple[str, str]
    none: str
    unnamed: str
    wholes: str
    top: str
    bottom: str
    end: str
    listed: str
    level: tuple[str, str]
    rate: tuple[str, str]
    width: tuple[str, str]
    course: str
    whole: str
    rest: str
    data: str
    table: str
    columns: tuple[str, str, str, str, str]
    bars_title: str
    tie_title: str
    course_title: str
    courses_title: str
    shares_title: str
    subtitle: str
    beside: str
    subtitle_from: str
    caption: str
    caption_from: str
    others: str
    others_lead: str
    others_table: str
    events: str
    events_lead: str
    events_table: str
    events_columns: tuple[str, str, str]
    checks: str
    conflicts: str
    conflicts_lead: str
    conflicts_table: str
    conflicts_columns: tuple[str, str, str, str]
    agreements: str
    agreements_lead: str
    agreements_table: str
    agreements_columns: tuple[str, str, str, str]
    rules: dict[Rule, str]
    verdict: tuple[str, str]
    differing: str


def fill(sentence: str, said: Mapping[str, str]) -> str:
    """The sentence with what the data say in its places; slots `{{ … }}` stay. A place that nothing is said for is
    left empty."""
    return _PLACE.sub(lambda place: said.get(place[1], ""), sentence)
