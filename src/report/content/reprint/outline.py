"""Which part of the book each block of a document belongs to: cover, series page, abstract, body, closing page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from report.sources.body import is_signature
from report.sources.classify import contents_entries, ends_sentence, is_credit, is_image
from report.sources.document import Block, Document
from report.sources.genre import GENRE
from report.sources.head import is_dateline

KEYWORDS = re.compile(r"[【\[（(]?(?:关键词|關鍵詞|关键字|關鍵字)(?:[】\]）)][：:]?|[：:])[ \u3000]*(?=\S)")
BETWEEN_KEYWORDS = re.compile(r"[；;，,、\s]+")
REPEATS = 2  # places of a line of the page that make it a running header
LONGEST_LABEL = 8
LONGEST_SIGNATURE = 30  # characters
FURNITURE = "页码、横线、网页栏目等页面文字"
RUNNING = "书眉"
FOLIO = re.compile(r"^\d{1,3}[·|｜]?(?=\D)|[·|｜]?\d{1,3}$")  # a page number beside a header's words
CONTENTS = "原目录（已按新页码重编）"
HEAD = "页首（没有题名，不排封面）"
NOTES = "注释的标题（注文已排在页下）"
RECORD = "文件头"
LABELS = "封面上的栏目名"
RECORDED = re.compile(r"(title|date|author|source|publisher)[ ]*:[ ]*[\"']?(?=\S)", re.IGNORECASE)
PICTURE = "图片（来源文本只有文件名）"


@dataclass(frozen=True)
class LeftOut:
    """What the reprint does not print: `reason` in words, `text` as it stands in the source."""

    reason: str
    text: str


@dataclass(frozen=True)
class Entry:
    """A line of the printed contents; `page` is 0 where it has no number in figures."""

    title: str
    page: int


@dataclass
class Outline:
    """The blocks of each part in order. `heading` is the abstract's own, `listed` what the printed contents list;
    of the block that begins at a place in `labelled` the first characters, as many as it says, are the part's title."""

    cover: list[Block] = field(default_factory=list)
    series: list[Block] = field(default_factory=list)
    heading: Block | None = None
    abstract: list[Block] = field(default_factory=list)
    contents: Block | None = None
    listed: list[Entry] = field(default_factory=list)
    body: list[Block] = field(default_factory=list)
    signature: list[Block] = field(default_factory=list)
    closing: list[Block] = field(default_factory=list)
    labelled: dict[int, int] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    left_out: list[LeftOut] = field(default_factory=list)

    def leave_out(self, reason: str, block: Block) -> None:
        """The block is not printed, for that reason."""
        self.left_out.append(LeftOut(reason, block.text))


def bare(text: str) -> str:
    """A title without spaces and signs: 结 语, ## 结语 and 结语： are one."""
    return "".join(text.split()).strip("#：:")


def outline(document: Document) -> Outline:
    """The parts of the document. What belongs to its old pages is left out, and told."""
    found = Outline()
    recorded, rest = _without_record(document.blocks)
    blocks = list(_of_matter(rest, found))
    start = next((i for i, block in enumerate(blocks) if block.kind not in ("boilerplate", "title")), len(blocks))
    end = _tail(blocks, start)
    cover = list(_without_page(blocks[:start], found))
    found.cover = [*cover, *_unsaid(recorded, cover, found)]
    if not any(block.kind == "title" for block in found.cover):
        for block in found.cover:
            found.leave_out(HEAD, block)
        found.cover = []
    _sort(blocks[start:end], found)
    _close(blocks[end:], found)
    return found


def _without_page(blocks: Sequence[Block], found: Outline) -> Iterator[Block]:
    """The top without what a web page puts there: telephones, addresses, its own name in brackets, empty labels."""
    for block in blocks:
        if block.kind == "boilerplate" and _is_of_page(block.text):
            found.leave_out(FURNITURE, block)
        else:
            yield block


def _is_of_page(text: str) -> bool:
    if GENRE.pattern("cover_state").fullmatch(text):
        return False
    return bool(GENRE.whole.fullmatch(text) or GENRE.pattern("site").fullmatch(text)) or _is_empty_label(text)


def _is_empty_label(text: str) -> bool:
    """Whether a line is a label without its value: 信息摘要："""
    return text[-1] in "：:" and len(text) <= LONGEST_LABEL


def _without_record(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """The file's own record (YAML between two rules), and the blocks after it."""
    marks = [index for index, block in enumerate(blocks) if block.kind == "boilerplate" and block.text == "---"]
    end = marks[1] + 1 if len(marks) > 1 and marks[0] == 0 else 0
    if not all(block.kind == "boilerplate" for block in blocks[:end]):
        return (), blocks
    return blocks[:end], blocks[end:]


def _unsaid(record: Sequence[Block], cover: Sequence[Block], found: Outline) -> Iterator[Block]:
    """What the file's record says of the report and its cover does not: lines of the cover too. The rest is left out.
    """
    said = "".join(block.text for block in cover)
    titled = any(block.kind == "title" for block in cover)
    for block in record:
        match = RECORDED.match(block.text)
        value = block.text[match.end() :].rstrip("\"' ") if match else ""
        if not match or not value or value in said or match[1].lower() == "title" and titled:
            found.leave_out(RECORD, block)
            continue
        found.left_out.append(LeftOut(RECORD, block.text[: match.end()]))
        spans = ((block.offset(match.end()), block.offset(match.end() + len(value) - 1) + 1),)
        yield Block(kind="title" if match[1].lower() == "title" else "boilerplate", text=value, spans=spans)


def _of_matter(blocks: Iterable[Block], found: Outline) -> Iterator[Block]:
    """The blocks without page furniture: folios, rules, menus, names of pictures, headers that come back."""
    blocks = list(blocks)
    seen = Counter(_look(block) for block in blocks if block.kind == "boilerplate")
    titles = {bare(block.text) for block in blocks if block.kind in ("heading", "title")}
    matter = [index for index, block in enumerate(blocks) if block.kind not in ("boilerplate", "title")] or [0]
    for index, block in enumerate(blocks):
        reason = _passing(block)
        inside = block.kind == "boilerplate" and matter[0] < index < matter[-1]
        paged = block.kind == "boilerplate" and "#" in (_look(block)[:1], _look(block)[-1:])
        again = seen[_look(block)] >= REPEATS or inside and FOLIO.sub("", bare(block.text)) in titles
        if not reason and (inside or paged) and again:
            reason = RUNNING
        if reason:
            found.leave_out(reason, block)
        else:
            yield block


def _passing(block: Block) -> str:
    if block.kind != "boilerplate":
        return ""
    if is_image(block.text):
        return PICTURE
    return FURNITURE if GENRE.passing.fullmatch(block.text) else ""


def _look(block: Block) -> str:
    return re.sub(r"\d+", "#", "".join(block.text.split()))


# ---------------------------------------------------------------- between cover and tail


def _sort(blocks: Sequence[Block], found: Outline) -> None:
    """Blocks from the first prose or heading to the last: what stands under 摘要 and before the first heading."""
    lead: list[Block] = []
    under = lead
    for block in blocks:
        name = bare(block.text)
        if block.kind == "contents":
            found.leave_out(CONTENTS, block)
            under = found.body if under is not lead else lead
        elif block.kind == "heading" and name in GENRE.words("contents_headings"):
            found.contents = found.contents or block
            under = found.body if found.body else under
        elif block.kind == "heading" and name in GENRE.words("abstracts") and found.heading is None:
            found.heading, under = block, found.abstract
        elif _is_keywords(block, found):
            under.append(block)
        elif label := _label(block, found):
            found.labelled[block.spans[0][0]] = label
            found.abstract.append(block)
            under = found.abstract
        else:
            under = found.body if block.kind == "heading" or under is found.body else under
            under.append(block)
    found.body = list(_without_note_headings(found))
    lines = (block.text for block in blocks if block.kind == "contents")
    found.listed = [Entry(title, page) for title, page in contents_entries(lines)]
    opens = found.contents or found.heading or found.labelled
    found.series = lead if opens and found.cover else []
    found.body[:0] = [] if found.series else lead


def _without_note_headings(found: Outline) -> Iterator[Block]:
    """The body without headings like 注释 that nothing stands under any more: the notes are footnotes now."""
    for block, below in zip_longest(found.body, found.body[1:]):
        empty = below is None or below.kind == "heading" and below.level <= max(block.level, 1)
        if empty and bare(block.text) in GENRE.words("note_headings"):
            found.leave_out(NOTES, block)
        else:
            yield block


def _is_keywords(block: Block, found: Outline) -> bool:
    match = KEYWORDS.match(block.text) if block.kind in ("paragraph", "boilerplate") else None
    if match and not found.keywords:
        found.keywords = tuple(filter(None, BETWEEN_KEYWORDS.split(block.text[match.end() :].rstrip("。"))))
    return match is not None


def _label(block: Block, found: Outline) -> int:
    """How many characters of a paragraph are the label of an abstract (摘要：) that has no heading; 0 for none."""
    first = block.kind == "paragraph" and not found.heading and not found.labelled and not found.body
    match = GENRE.pattern("labelled_abstract").match(block.text) if first else None
    return match.end() if match else 0


# ---------------------------------------------------------------- tail


def _tail(blocks: Sequence[Block], start: int) -> int:
    """Where the tail begins: signature, notices, contacts after the last prose."""
    end = len(blocks)
    while end > start and (blocks[end - 1].kind == "boilerplate" or _signs(blocks[end - 1])):
        end -= 1
    return end


def _signs(block: Block) -> bool:
    """Whether a last line says who wrote the text or when: a name with a body in brackets, a body, a date."""
    text = block.text
    if block.kind not in ("paragraph", "boilerplate") or len(text) > LONGEST_SIGNATURE or ends_sentence(text):
        return False
    named = text.endswith((*GENRE.words("bodies"), *GENRE.words("issuers"))) and bare(text).isalpha()
    return is_signature(text) or named or is_dateline(text)


def _close(blocks: Sequence[Block], found: Outline) -> None:
    for block in blocks:
        if block.kind == "boilerplate" and _is_empty_label(block.text):
            found.leave_out(FURNITURE, block)
            continue
        signed = _signs(block) or is_credit(block.text) and not found.closing
        (found.signature if signed else found.closing).append(block)
