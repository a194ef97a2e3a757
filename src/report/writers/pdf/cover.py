"""The cover: paragraphs in cover roles at their places on one page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from report.content.nodes import Block, Paragraph
from report.content.seams import OPENERS, bonds
from report.errors import ReportError
from report.theme.theme import POINTS, Role
from report.writers.pdf.layout import Ground, Item, Rule
from report.writers.pdf.lines import Measure, Run
from report.writers.pdf.pictures import image
from report.writers.pdf.runs import SetText, Typesetter
from report.writers.pdf.structure import PLAIN
from report.writers.pdf.units import moved

# Heights of the blocks as shares of the page, from its top: the series name's top, the title's top, the foot's base.
SERIES, TITLE, ISSUER, FOOT = 0.235, 0.335, 0.70, 0.925
CORNER = 0.082  # top of the serial and of the stamp
ACCENT_WIDTH, ACCENT = 108.0, 1.6  # the short rule under the series name, points
UNDER_LOGO = 6.0  # points below its picture
GAP = 40.0  # the least space between title and issuer, points
STAMP_PAD = 5.0  # between the stamp's words and its frame, points
CLOSERS = "：；，、—的"  # a title line may well end here
NOT_FIRST = "，。、：；！？）》〉」』”’—…·"
NOT_LAST = "（《〈「『“‘"
SEAM, BOND = 12.0, 60.0  # what a line end at such a place is worth, and what one within a word costs (see _seam)
LINE = 30.0  # what another line costs
SHORTEST, MOST = 2, 6  # characters of a line; lines of a title
HINT = "只用 cover-serial、cover-title 等封面角色的段落"


class Cover:
    """Places the blocks of the cover part."""

    def __init__(self, typesetter: Typesetter, element: int) -> None:
        self.type, self.element = typesetter, element
        page = typesetter.theme.page
        self.height = page.height * POINTS
        self.items: list[Item] = []

    def place(self, blocks: Sequence[Block]) -> tuple[Item, ...]:
        """The cover's items. ReportError where a block is no paragraph in a cover role."""
        by_role: dict[Role, list[Paragraph]] = {}
        for block in blocks:
            paragraph = _paragraph(block)
            by_role.setdefault(self._role(paragraph.role), []).append(paragraph)
        texts = {role: [self._set(paragraph, role) for paragraph in group] for role, group in by_role.items()}
        self._stack(texts, ("cover-serial", "cover-code"), CORNER * self.height)
        self._stamp(texts.get("cover-stamp", []))
        y = self._stack(texts, ("cover-series",), SERIES * self.height)
        if "cover-series" in texts:
            self._accent(y + 10)
        y = self._stack(texts, ("cover-title", "cover-subtitle"), TITLE * self.height)
        y = self._logo(max(ISSUER * self.height, y + GAP))
        y = self._stack(texts, ("cover-logo", "cover-issuer", "cover-author"), y)
        foot: tuple[Role, ...] = ("cover-date", "cover-statement")
        top = FOOT * self.height - self._height(texts, foot)
        if top < y:
            raise ReportError("封面", "题名、单位和日期在一页上放不下", "缩短题名或副题")
        self._stack(texts, foot, top)
        return tuple(self.items)

    def _logo(self, y: float) -> float:
        """The logo's picture in the middle of the text block, where the theme has one; where it ends."""
        logo = self.type.theme.logo
        if not logo.png:
            return y
        leaf = self.type.structure.leaf(self.type.structure.element("Figure", self.element, alt=logo.alt), PLAIN)
        x = self.type.left + (self.type.width - logo.width) / 2
        self.items.append(image(logo, x, y, leaf))
        return y + logo.height + UNDER_LOGO

    def _role(self, name: str) -> Role:
        for role in self.type.theme.roles:
            if role == name and role.startswith("cover-"):
                return role
        raise ReportError("封面", f"封面上不能有 {name}", HINT)

    def _set(self, paragraph: Paragraph, role: Role) -> SetText:
        element = self.type.structure.element("P", self.element)
        runs = self.type.runs(paragraph.inlines, role, element)
        measure = Measure.of(self.type.theme.roles[role], self.type.width)
        if role in ("cover-title", "cover-subtitle") and len(runs) == 1:
            runs = [balanced(self.type, runs[0], role, measure)]
        return self.type.set(runs, role, measure, x=self.type.left)

    def _stack(self, texts: dict[Role, list[SetText]], roles: Sequence[Role], y: float) -> float:
        for text in (text for role in roles for text in texts.get(role, [])):
            y += text.look.before
            for line in text.lines:
                self.items.append(moved(line, 0, y))
                y += text.look.leading
            y += text.look.after
        return y

    def _height(self, texts: dict[Role, list[SetText]], roles: Sequence[Role]) -> float:
        return sum(
            text.height + text.look.before + text.look.after for role in roles for text in texts.get(role, [])
        )

    def _stamp(self, texts: Sequence[SetText]) -> None:
        """The stamp in a thin frame of its own colour, its right edge on the text block's."""
        y = CORNER * self.height
        for line in (line for text in texts for line in text.lines):
            size = line.size
            tracking = self.type.theme.roles[line.role].tracking * size
            width = line.end - line.start + tracking + 2 * STAMP_PAD
            shift = self.type.left + self.type.width - STAMP_PAD - tracking / 2 - line.end
            colour = self.type.theme.roles[line.role].colour
            top = y + line.y - 0.88 * size - STAMP_PAD * 0.7
            left = self.type.left + self.type.width - width
            self.items.append(Ground(left, top, width, size + 1.4 * STAMP_PAD, "", colour, 0.8))
            self.items.append(moved(line, shift, y))

    def _accent(self, y: float) -> None:
        middle = self.type.theme.page.width * POINTS / 2
        half = ACCENT_WIDTH / 2
        self.items.append(Rule(middle - half, y, middle + half, y, ACCENT, self.type.theme.box.accent))


def balanced(typesetter: Typesetter, run: Run, role: Role, measure: Measure) -> Run:
    """The run with line ends put where its lines are about equally long and break between words of the title."""
    lines = typesetter.set([run], role, measure, x=0).lines
    if not 2 <= len(lines) <= MOST:
        return run
    longest, held = max(len(line.text) for line in lines), bonds(run.text, typesetter.content)
    fewest = len(lines)
    ways = [(cost + LINE * more, cuts) for more in (0, 1)
            for cost, cuts in _line_ends(run.text, fewest + more, longest, held)]
    ends = min(ways, default=(0.0, ()))[1]
    parts = [run.text[start:end] for start, end in pairwise((0, *ends, len(run.text)))]
    parted = Run("\n".join(parts), run.font, run.size, run.colour, source=run.source)
    return parted if len(typesetter.set([parted], role, measure, x=0).lines) == len(parts) else run


def _line_ends(
    text: str, count: int, longest: int, held: Sequence[float]
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """What it costs to end `count` lines of at most so many characters where it costs least, and where that is; nothing
    where there is no way."""
    goal = len(text) / count
    places = [place for place in range(1, len(text)) if _may_break(text, place)]
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for line in range(count):
        ends = places if line < count - 1 else [len(text)]
        best = {
            end: min(ways)
            for end in ends
            if (ways := [
                (cost + (end - start - goal) ** 2 + _seam(text, end, held), (*cuts, end))
                for start, (cost, cuts) in best.items() if SHORTEST <= end - start <= longest
            ])
        }  # fmt: skip
    yield from ((cost, cuts[:-1]) for cost, cuts in best.values())


def _seam(text: str, end: int, held: Sequence[float]) -> float:
    """What it costs to end a line here, in squares of characters too many or too few."""
    if end == len(text):
        return 0.0
    good = text[end] in OPENERS or text[end - 1] in CLOSERS
    return BOND * held[end - 1] - SEAM * good


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    return not (before.isascii() and after.isascii()) and after not in NOT_FIRST and before not in NOT_LAST


def _paragraph(block: Block) -> Paragraph:
    if not isinstance(block, Paragraph):
        raise ReportError("封面", f"封面上不能有 {block.type}", HINT)
    return block
