"""What a whole document is about: its place, its programme, the body or thing of a heading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from report.observations.naming import home_of, is_place, names_in, short_places
from report.observations.nominal import owner_of, subject_phrase
from report.observations.passages import Passage
from report.observations.timewords import without_times

_EDITION_NUMBER = re.compile("第[0-9一二三四五六七八九十百]+届")
PROGRAMMES = ("计划", "方案", "工程", "基金", "大赛", "通行证", "专项", "行动")
_PROGRAMME = re.compile(f"[「『“\"]([^「」『』“”\",，。]{{1,14}}(?:{'|'.join(PROGRAMMES)}))[」』”\"]")
_EARLY = 4  # sentences of a document's beginning
_MAIN_SHARE = 0.4  # of a document's place names, that its main place has


def main_matter(passages: Sequence[Passage], title: str) -> str:
    """The programme that a document is about: named in quotes at its beginning and again later; "" for none."""
    named = Counter(name for passage in passages for name in _PROGRAMME.findall(passage.text))
    early = [name for text in (title, *(one.text for one in passages[:_EARLY])) for name in _PROGRAMME.findall(text)]
    return next((name for name in early if named[name] > 1), "")


def main_place(passages: Sequence[Passage], title: str) -> str:
    """The place that the title of a document names (台出口破…), or most of its place names do; "" for none."""
    title = title or next((passage.text for passage in passages if passage.kind == "title"), "")
    homes = (home_of(name.text) for passage in passages for name in names_in(passage.text))
    counts = Counter(home for home in homes if home)
    named = [(name.start, home_of(name.text)) for name in names_in(title) if home_of(name.text)]
    named += [(place, name) for place, name in short_places(title) if counts[name] > 1]
    if named:
        return min(named)[1]
    most = max(counts, key=lambda name: (counts[name], name), default="")
    return most if counts[most] >= max(3, _MAIN_SHARE * counts.total()) else ""


def first_home(passages: Sequence[Passage]) -> str:
    """Where the first public body is that a document names at its beginning; "" for none."""
    early = (name.text for passage in passages[:_EARLY] for name in names_in(passage.text))
    return next((home_of(name) for name in early if home_of(name) and not is_place(name)), "")


def subject_of_heading(heading: str) -> str:
    """The body or thing that a heading begins with; "" for none."""
    owner = owner_of(subject_phrase(without_times(_EDITION_NUMBER.sub("", heading))))
    return owner.name if owner.scope else ""
