"""The laws of a page, each as a check on a layout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise, takewhile

from report.content.nodes import Block, Box, Contents, Figure, Heading, ListBlock, PageRef, Quote, Table
from report.theme.theme import Theme
from report.writers.pdf.built import MARKS
from report.writers.pdf.contents import title_of
from report.writers.pdf.layout import Ground, Layout, Page, Picture, Rule, TextLine

from .reports import Made

POINT = 72 / 25.4
FURNITURE = ("running-header", "folio")
HOLE = 0.2  # of the text block
TEXT = ("body", "list", "quote", "box-body")
HEADS = ("heading-2", "heading-3", "box-title")


def said(page: Page) -> list[TextLine]:
    """The lines of a page without running header and folio."""
    return [item for item in page.items if isinstance(item, TextLine) and item.role not in FURNITURE]


def seen(page: Page) -> list[TextLine | Picture]:
    """Lines and pictures above the notes, from the top."""
    items = [item for item in page.items if isinstance(item, TextLine | Picture)]
    return sorted((item for item in items if not isinstance(item, TextLine) or item.role not in (*FURNITURE, "note")),
                  key=lambda item: item.y)


def box(item: TextLine | Picture) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is seen."""
    if isinstance(item, Picture):
        return item.x, item.y, item.x + item.width, item.y + item.height
    return item.start, item.y - 0.8 * item.size, item.end, item.y + 0.1 * item.size


def depth(theme: Theme) -> float:
    """Height of the text block."""
    return (theme.page.height - theme.page.top - theme.page.bottom) * POINT


# ---------------------------------------------------------------- on one page


def stands_in_the_text_block(page: Page, theme: Theme) -> None:
    """Nothing passes the text block (marks may hang half an em)."""
    paper = theme.page
    sides = (paper.left, paper.top, paper.width - paper.right, paper.height - paper.bottom)
    if page.width:
        sides = (paper.top, paper.right, paper.height - paper.bottom, paper.width - paper.left)
    edges = [side * POINT for side in sides]
    for item in (item for item in page.items if isinstance(item, Picture) or item in said(page)):
        left, top, right, bottom = box(item)
        assert left >= edges[0] - 0.51 * 16
        assert right <= edges[2] + 0.51 * 16
        assert top >= edges[1] - 0.1
        assert bottom <= edges[3] + 0.1


def overlaps_nowhere(page: Page) -> None:
    """No line or picture stands on another."""
    boxes = [box(item) for item in page.items if isinstance(item, Picture)] + [box(line) for line in said(page)]
    boxes.sort(key=lambda one: one[1])
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            if other[1] >= one[3] - 0.1:
                break
            assert one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1, (one, other)


def has_the_notes_of_its_marks(page: Page) -> None:
    """The marks in the text are those at the foot, from ① on."""
    marks = [char for line in said(page) if line.role != "note" for char in line.text if char in MARKS]
    printed = [note.mark for note in page.notes if not note.continued]

    assert sorted(marks, key=MARKS.index) == printed == list(MARKS[: len(printed)])


def leads_every_heading_to_its_text(page: Page) -> None:
    """Under a heading stand two lines of its text, or a picture or table; under a table's caption its head."""
    items = seen(page)
    for index, item in enumerate(items):
        if isinstance(item, TextLine) and item.role.startswith(("heading", "caption-table", "box-title")):
            below = [one for one in items[index + 1 :] if box(one)[1] > item.y]
            assert below, item.text
    last = [item for item in items[-2:] if isinstance(item, TextLine)]
    assert not [line for line in last if line.role.startswith("heading")] or len(items) < 2 or _ends_a_chapter(last)


def _ends_a_chapter(last: list[TextLine]) -> bool:
    """A heading before a single line: nothing more is said below it."""
    return not last[-1].role.startswith("heading")


def has_body_lines_on_the_grid(page: Page, theme: Theme) -> None:
    """Lines of body text stand on a raster that all pages share."""
    body = theme.roles["body"]
    grid = theme.setting.grid * body.leading
    top = (theme.page.right if page.width else theme.page.top) * POINT
    first = top + (body.leading - body.size) / 2 + 0.88 * body.size
    for line in said(page):
        if line.role == "body" and grid:
            off = (line.y - first) % grid
            assert min(off, grid - off) < 0.05, line.text


# ---------------------------------------------------------------- over pages


def keeps_the_first_and_last_lines_together(layout: Layout, theme: Theme) -> None:
    """No fewer lines of a paragraph at a page's foot or head than the theme says (orphans, widows)."""
    for places in _paragraphs(layout).values():
        counts = [len(list(group)) for _, group in groupby(places)]
        if len(counts) > 1:
            assert counts[0] >= theme.setting.orphans
            assert counts[-1] >= theme.setting.widows


def _paragraphs(layout: Layout) -> dict[int, list[int]]:
    """For each paragraph of body text, the pages of its lines."""
    found: dict[int, list[int]] = {}
    for number, page in enumerate(layout.pages):
        for line in said(page):
            if line.role in TEXT:
                owners = [_paragraph(layout, layout.leaves[piece.source].element)
                          for piece in line.pieces if isinstance(piece.source, int)]
                found.setdefault(max(owners), []).append(number)
    return found


def _paragraph(layout: Layout, element: int) -> int:
    """The paragraph that an element stands in, itself or its parents; -1 where in none (the label of a list item)."""
    while element >= 0 and layout.elements[element].tag != "P":
        element = layout.elements[element].parent
    return element


def leaves_no_holes(layout: Layout, theme: Theme) -> None:
    """No page but a chapter's last is emptier than a fifth where the next words of the text could have stood."""
    for page, after in pairwise(layout.pages):
        opens = any(heading.level == 1 for heading in after.headings)
        if page.blank or after.blank or opens or page.width or after.width or not seen(after):
            continue
        if isinstance(seen(after)[0], Picture) and _boxed(page, -1) and _boxed(after, 0):
            continue  # a figure closes a box, and nothing passes a box
        room = foot(page, theme) - max(box(item)[3] for item in seen(page)) if seen(page) else 0
        most = max(HOLE * depth(theme), _least(after, theme)) + 0.5 * theme.roles["body"].leading
        assert room <= most, (page.number, room)


def _boxed(page: Page, index: int) -> bool:
    """Whether what stands at the page's head or foot stands in a box."""
    y = seen(page)[index].y if seen(page) else -1.0
    return any(ground.y <= y <= ground.y + ground.height for ground in page.items if isinstance(ground, Ground))


def foot(page: Page, theme: Theme) -> float:
    """Where the text of a page must end: above its notes."""
    rules = [item.y1 for item in page.items if isinstance(item, Rule) and item.colour == "slate"]
    gap = theme.roles["body"].leading / 4
    return min(rules, default=(theme.page.top * POINT) + depth(theme) + gap) - gap


def _least(page: Page, theme: Theme) -> float:
    """Height of what had to move: the page's first words, with their headings, up to where they may be cut."""
    items = seen(page)
    waited = isinstance(items[0], Picture) or items[0].role == "caption-table"  # and boxes with figures behind it
    roles = [role for role in (*TEXT, *HEADS) if not (waited and role.startswith("box"))]
    flow = [item for item in items if isinstance(item, TextLine) and item.role in roles]
    heads = list(takewhile(lambda line: line.role in HEADS, flow))
    lines = flow[len(heads) :][: max(2, theme.setting.widows + theme.setting.orphans - 1)]
    if not lines or any(char in MARKS for line in (*heads, *lines) for char in line.text):
        return depth(theme)  # nothing could have flown up, or it brings notes that could not be cut
    looks = [theme.roles[line.role] for line in (*heads, *lines)]
    return sum(look.leading + look.before for look in looks) + 1.5 * theme.roles["body"].leading


def says_everything_once(layout: Layout, made: Made) -> None:
    """Text in is text out."""
    lists = ("contents-1", "contents-2", "contents-3")
    printed = Counter(
        char for page in layout.pages for line in said(page)
        if not line.artifact and line.role not in lists for char in line.text
    )
    expected = Counter("".join(_texts(made.content.parts)) + "".join(_texts(tuple(made.content.notes.values()))))
    for char in [*MARKS, " ", "\u00a0", "　", "\n", *"0123456789."]:  # marks and labels are the writer's own
        del printed[char], expected[char]
    del printed["图"], printed["表"], expected["图"], expected["表"]
    assert printed == expected


def _texts(node: object) -> Iterator[str]:
    """All words of a piece of content."""
    if isinstance(node, tuple):
        for one in node:
            yield from _texts(one)
    elif hasattr(node, "text"):
        yield str(node.text)
    else:
        names = ("number", "title", "inlines", "caption", "head", "rows", "notes", "source", "items", "blocks")
        for value in (getattr(node, name, None) for name in names):
            if isinstance(value, tuple):
                yield from _texts(value)
            elif isinstance(value, str):
                yield value


def says_the_text_in_order(layout: Layout, made: Made) -> None:
    """Headings and paragraphs of the body come in the order of the content, wherever figures and tables went."""
    roles = ("heading-1", "heading-2", "heading-3", "body")
    printed = "".join(line.text for page in layout.pages for line in sorted(said(page), key=lambda line: line.y)
                      if line.role in roles)
    expected = "".join(_flowing(block) for block in made.body)
    assert _letters(printed) == _letters(expected)


def _flowing(block: Block) -> str:
    if isinstance(block, Heading):
        return title_of(block)
    return "".join(_texts(block)) if block.type == "paragraph" else ""


def _letters(words: str) -> str:
    return "".join(char for char in words if char not in MARKS and not char.isspace() and not char.isdigit())


def goes_on_with_cut_notes(layout: Layout) -> None:
    """What is left of a note comes first on the next page; every note is whole."""
    for before, page in pairwise(layout.pages):
        if any(note.continued for note in page.notes):
            assert before.notes
            assert page.notes[0].continued


def begins_chapters_where_told(layout: Layout, starts: str) -> None:
    """Chapters open a page, an odd one, or stand anywhere; blank pages hold nothing."""
    body = [page for page in layout.pages if page.label.isdigit()]
    for number, page in enumerate(body, 1):
        assert page.blank == (not page.items)
        assert page.number == (None if page.blank else str(number))
        if any(heading.level == 1 for heading in page.headings) and starts != "continuous":
            first = next(line for line in said(page) if line.role != "note")
            assert first.role == "heading-1"
            assert starts == "any" or number % 2 == 1


def moves_figures_no_further_than_the_chapter(layout: Layout, made: Made) -> None:
    """Figures and tables keep their order; none stands before the heading above it or after the next chapter's."""
    places = _places(layout)
    lists: dict[str, list[tuple[int, float]]] = {}
    section = chapter = ("", (0, 0.0))
    waiting: list[tuple[int, float]] = []
    for block in _walk(made.body):
        if isinstance(block, Heading):
            section = block.id, places[block.id]
            if block.level == 1:
                assert all(place < section[1] for place in waiting), chapter
                chapter, waiting = section, []
        elif isinstance(block, Figure | Table):
            place = places[block.id]
            assert place > section[1], (block.id, section)
            waiting.append(place)
            lists.setdefault(block.type, []).append(place)
    assert all(found == sorted(found) for found in lists.values())


def _walk(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Box | Quote):
            yield from _walk(block.blocks)
        elif isinstance(block, ListBlock):
            yield from _walk(inner for item in block.items for inner in item)


def _places(layout: Layout) -> dict[str, tuple[int, float]]:
    return {anchor.name: (number, anchor.y) for number, page in enumerate(layout.pages) for anchor in page.anchors}


def lists_what_there_is(layout: Layout, made: Made) -> None:
    """The contents name every heading, figure and table with the number of its page, and so do references."""
    numbers = {anchor.name: page.number for page in layout.pages for anchor in page.anchors}
    wanted = [numbers[block.id] for kind in _kinds(made) for block in _walk(made.body)
              if isinstance(block, Heading | Figure | Table) and block.type == kind]
    rows = [line for page in layout.pages for line in said(page) if line.role.startswith("contents")]
    assert [line.text for line in rows if line.text.isdigit()] == wanted
    for page in layout.pages:
        for line in said(page):
            for piece in line.pieces:
                target = layout.leaves[piece.source].hook.page if isinstance(piece.source, int) else ""
                assert not target or piece.text == numbers[target]


def _kinds(made: Made) -> list[str]:
    lists = [block for block in made.content.parts[0].blocks if isinstance(block, Contents)]
    return [one.kind.removesuffix("s") for one in lists]


def prints_every_reference(layout: Layout, made: Made) -> None:
    """As many page numbers are printed as there are references to pages."""
    wanted = sum(isinstance(inline, PageRef) for block in _walk(made.body)
                 for inline in getattr(block, "inlines", ()))
    found = {piece.source for page in layout.pages for line in said(page) for piece in line.pieces
             if isinstance(piece.source, int) and layout.leaves[piece.source].hook.page}
    assert len(found) == wanted
