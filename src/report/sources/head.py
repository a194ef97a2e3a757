"""The top of a document: its title, cover, front matter and byline, and what stands there for the page's sake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from report.sources.classify import FINAL, Piece, heading_rank, is_credit, is_image
from report.sources.dates import find_date
from report.sources.genre import GENRE
from report.sources.lines import is_full
from report.sources.persons import persons_in

LONGEST_TITLE = 60
LONGEST_BODY = 24
AUTHOR_LINES = 4  # of names and bodies under a title
DASHES = ("—", "――", "──", "--")  # what opens a subtitle
FRONT_MATTER = 80  # lines
COVER_LINES = 3  # at least
TOP = 60  # lines; no page has more above its text
_pair = re.compile(r"([A-Za-z_]+)[ ]*:[ ]*(.*)")
_names = {
    "title": "title",
    "date": "date",
    "author": "author",
    "source": "publisher",
    "publisher": "publisher",
}


@dataclass(frozen=True)
class Head:
    """The pieces with the top decided, and what it says of the document.

    `fields`: names of Metadata's fields, and `site`, the name that the site gives itself.
    """

    pieces: list[Piece]
    fields: dict[str, str]


def read_head(pieces: list[Piece], width: int) -> Head:
    """Decide the pieces at the top. `width`: where lines were broken by force (0 if they were not)."""
    front, fields = _front_matter(pieces)
    top = list(range(front, _body_start(pieces, front)))
    kinds: dict[int, Piece] = {index: replace(pieces[index], kind="boilerplate") for index in range(front)}
    if any(_is_cover_line(pieces[index].text) for index in top) or _stands_before_front(pieces, top):
        fields |= _cover(pieces, top, kinds)
    else:
        fields |= _page_top(pieces, top, width, kinds)
        fields |= _site(pieces, top, kinds)
    return Head([kinds.get(index, piece) for index, piece in enumerate(pieces)], fields)


def is_dateline(text: str) -> bool:
    """Whether a short line does no more than date the text: 译者按· 2026.01.19, 2026年6月30日 10:20 来源."""
    iso, start, end = ("", 0, 0) if is_image(text) else find_date(text)
    label = GENRE.label.search(text, end)
    before, after = text[:start], text[end : label.start() if label else len(text)]
    if not iso or len(before) + len(after) > 24 or text[-1] in FINAL:
        return False
    return not before[-1:].isalnum() and not after[:1].isalpha() and not after[:1].isdecimal()


def _front_matter(pieces: list[Piece]) -> tuple[int, dict[str, str]]:
    """How many pieces at the start are YAML front matter, and the fields in it."""
    if not pieces or pieces[0].text != "---":
        return 0, {}
    texts = [piece.text for piece in pieces[1:FRONT_MATTER]]
    if "---" not in texts:
        return 0, {}
    end = texts.index("---")
    pairs = [match for match in map(_pair.fullmatch, texts[:end]) if match]
    fields = {_names[m[1].lower()]: m[2].strip("\"' ") for m in pairs if m[1].lower() in _names}
    return end + 2, {name: value for name, value in fields.items() if value}


def _body_start(pieces: list[Piece], front: int) -> int:
    """The index of the first piece of the matter: prose, or a heading in it (# may be the title's, if it is first)."""
    last = min(len(pieces), front + TOP)
    seen_text = False
    for index in range(front, last):
        piece = pieces[index]
        heading = piece.kind == "heading" and (seen_text or not piece.text.startswith("#"))
        heading = heading and not _heads_front(pieces, index)
        if piece.kind in ("contents", "caption") or heading or _is_prose(piece):
            return index
        seen_text = seen_text or piece.kind == "text"
    return last


def _heads_front(pieces: list[Piece], index: int) -> bool:
    """Whether a heading # is a report's title: only short lines stand between it and 摘要 or 目录."""
    title = pieces[index].text.lstrip("# ")
    if not pieces[index].text.startswith("#") or heading_rank(title):
        return False
    after = next((place for place in range(index + 1, min(index + TOP, len(pieces)))
                  if pieces[place].kind in ("heading", "contents") or _is_prose(pieces[place])), index)
    return after > index and _is_front(pieces[after].text)


def _is_front(text: str) -> bool:
    return "".join(text.split()).strip("#*：:") in (*GENRE.words("abstracts"), *GENRE.words("contents_headings"))


def _is_prose(piece: Piece) -> bool:
    text = piece.text
    asks = text[-1] in "？！?!" and len(text) <= LONGEST_TITLE
    return piece.kind == "text" and (len(text) > LONGEST_TITLE or ("。" in text or text[-1] in FINAL) and not asks)


def _is_cover_line(text: str) -> bool:
    return bool(GENRE.pattern("serial").fullmatch(text) or GENRE.pattern("code").fullmatch(text))


def _cover(pieces: list[Piece], top: list[int], kinds: dict[int, Piece]) -> dict[str, str]:
    """A report's cover: serial, code, date; bodies are the publishers; of the rest the first is the series."""
    fields: dict[str, str] = {}
    for name in ("serial", "code"):
        fields[name] = next((pieces[i].text for i in top if GENRE.pattern(name).fullmatch(pieces[i].text)), "")
    fields["date"] = next((find_date(pieces[i].text)[0] for i in top if is_dateline(pieces[i].text)), "")
    texts = [i for i in top if pieces[i].kind in ("text", "heading") and not is_dateline(pieces[i].text)]
    named = [i for i in texts if not (_is_cover_line(pieces[i].text) or _is_aside(pieces[i].text))]
    bodies = [i for i in named if names_body(pieces[i].text)]
    others = [i for i in named if i not in bodies]
    while len(others) > 1 and persons_in(pieces[others[-1]].text):
        fields["author"] = "、".join(persons_in(pieces[others.pop()].text))
    told = [i for i in top if pieces[i].kind == "title"] or [i for i in others if pieces[i].kind == "heading"][-1:]
    title = told or (_run_up(pieces, others) if others else [])
    fields["series"] = pieces[others[0]].text.lstrip("# ") if others and others[0] not in title else ""
    fields["publisher"] = "；".join(pieces[i].text for i in bodies)
    for index in top:
        kinds[index] = replace(pieces[index], kind="title" if index in title else "boilerplate", rank=0)
    return {name: value for name, value in fields.items() if value}


def _is_aside(text: str) -> bool:
    return bool(GENRE.pattern("cover_maker").fullmatch(text) or GENRE.pattern("cover_state").fullmatch(text))


def names_body(text: str) -> bool:
    """Whether a cover's line is the name of a body, or of a part of one (某院国际所)."""
    return text.endswith(GENRE.words("bodies")) or bool(GENRE.pattern("part_of_body").fullmatch(text))


def _stands_before_front(pieces: list[Piece], top: list[int]) -> bool:
    """Whether the top is a cover without serial or code: some short lines, no byline, before 摘要 or 目录."""
    after = top[-1] + 1 if top else len(pieces)
    if len(top) < COVER_LINES or after >= len(pieces) or any(is_credit(pieces[index].text) for index in top):
        return False
    return _is_front(pieces[after].text)


def _run_up(pieces: list[Piece], indices: list[int]) -> list[int]:
    """The last of the indices with those before it that stand on the lines right above: one broken title."""
    run = [indices[-1]]
    while run[0] - 1 in indices and not pieces[run[0]].lines[0].gap:
        run.insert(0, run[0] - 1)
    return run


def _page_top(pieces: list[Piece], top: list[int], width: int, kinds: dict[int, Piece]) -> dict[str, str]:
    """A page's top: the title stands above the byline, or first; what stands above the title is the site's.

    Bodies alone on their lines between title and date are its publishers, as in a bulletin (某市统计局).
    """
    bylines = [i for i in top if is_credit(pieces[i].text) or is_dateline(pieces[i].text)]
    for index in bylines:
        kinds[index] = replace(pieces[index], kind="boilerplate")
    titles = [i for i in top if i not in bylines and _could_be_title(pieces, i, width)]
    told = [i for i in top if pieces[i].kind == "title"]
    if told:
        _set_title(pieces, top, told, kinds)
    elif bylines:
        above, bodies = _without_bodies(pieces, [i for i in titles if i < bylines[0]])
        _set_title(pieces, top, above[-1:], kinds)
        kinds |= {index: replace(pieces[index], kind="boilerplate") for index in bodies}
        return {"publisher": "；".join(pieces[index].text for index in bodies)} if bodies else {}
    elif titles and len(pieces) > 1 and titles[0] + 1 < len(pieces):
        title = _with_subtitle(pieces, titles[0])
        _set_title(pieces, top, title, kinds)
        return _authors(pieces, title[-1] + 1, kinds)
    return {}


def _authors(pieces: list[Piece], start: int, kinds: dict[int, Piece]) -> dict[str, str]:
    """The authors' names on the line under the title, and their bodies below, where an abstract follows."""
    last = min(start + AUTHOR_LINES, len(pieces) - 1)
    end = next((i for i in range(start, last + 1) if _opens_abstract(pieces[i].text)), start)
    lines = [pieces[index] for index in range(start, end)]
    names = persons_in(lines[0].text) if lines else []
    if not names or any(piece.kind != "text" for piece in lines):
        return {}
    kinds |= {index: replace(pieces[index], kind="boilerplate") for index in range(start, end)}
    return {"author": "、".join(names)}


def _opens_abstract(text: str) -> bool:
    named = "".join(text.split()).rstrip("：:") in GENRE.words("abstracts")
    return named or bool(GENRE.pattern("labelled_abstract").match(text))


def _without_bodies(pieces: list[Piece], above: list[int]) -> tuple[list[int], list[int]]:
    """The lines above the byline without the names of bodies at their end, and those; the first line is a title."""
    end = len(above)
    while end > 1 and _is_body(pieces[above[end - 1]].text):
        end -= 1
    title = pieces[above[end - 1]].text if above else ""
    longer = len(title) > max((len(pieces[index].text) for index in above[end:]), default=0)
    return (above[:end], above[end:]) if longer else (above, [])


def _is_body(text: str) -> bool:
    ends = text.endswith((*GENRE.words("bodies"), *GENRE.words("issuers")))
    return ends and len(text) <= LONGEST_BODY and text.isalpha()


def _could_be_title(pieces: list[Piece], index: int, width: int) -> bool:
    piece = pieces[index]
    if piece.kind == "heading":
        below = (other for other in pieces[index + 1 :] if other.kind == "heading" and other.rank <= piece.rank)
        return piece.text.startswith("#") and all(_is_numbered(other) and not _is_numbered(piece) for other in below)
    wrapped = width and is_full(piece.text, width) and not _gap_after(pieces, index)
    return piece.kind == "text" and not GENRE.pattern("site").fullmatch(piece.text) and not wrapped


def _is_numbered(piece: Piece) -> bool:
    return heading_rank(piece.text.lstrip("# ")) > 0


def _gap_after(pieces: list[Piece], index: int) -> bool:
    return index + 1 < len(pieces) and pieces[index + 1].lines[0].gap


def _with_subtitle(pieces: list[Piece], index: int) -> list[int]:
    after = index + 1
    subtitle = after < len(pieces) and pieces[after].kind == "text" and pieces[after].text.startswith(DASHES)
    return [index, after] if subtitle and len(pieces[after].text) <= LONGEST_TITLE else [index]


def _set_title(pieces: list[Piece], top: list[int], title: list[int], kinds: dict[int, Piece]) -> None:
    for index in title:
        kinds[index] = replace(pieces[index], kind="title", rank=0)
    for index in _above(top, title):
        kinds[index] = replace(pieces[index], kind="boilerplate")


def _above(top: list[int], title: list[int]) -> Iterator[int]:
    return (index for index in top if title and index < title[0])


def _site(pieces: list[Piece], top: list[int], kinds: dict[int, Piece]) -> dict[str, str]:
    """The site's name where it stands alone in brackets at the top."""
    for index in top:
        match = GENRE.pattern("site").fullmatch(pieces[index].text)
        if match and not _is_aside(match[1]):
            kinds[index] = replace(pieces[index], kind="boilerplate")
            return {"site": match[1]}
    return {}
