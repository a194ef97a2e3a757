"""The cover: paragraphs in cover roles at their places on one page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from report.content.nodes import Block, Paragraph
from report.errors import ReportError
from report.theme.theme import POINTS, Role
from report.writers.pdf.layout import Ground, Item, Rule
from report.writers.pdf.lines import Measure, Run
from report.writers.pdf.runs import SetText, Typesetter
from report.writers.pdf.units import moved

# Heights of the blocks as shares of the page, from its top: the series name's top, the title's top, the foot's base.
SERIES, TITLE, ISSUER, FOOT = 0.235, 0.335, 0.70, 0.925
CORNER = 0.082  # top of the serial and of the stamp
ACCENT_WIDTH, ACCENT = 108.0, 1.6  # the short rule under the series name, points
GAP = 40.0  # the least space between title and issuer, points
STAMP_PAD = 5.0  # between the stamp's words and its frame, points
OPENERS = "与和及对在向从以为暨"  # a title line may well begin here
CLOSERS = "：；，、—的"  # and end here
NOT_FIRST = "，。、：；！？）》〉」』”’—…·"
NOT_LAST = "（《〈「『“‘"
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
        y = self._stack(texts, ("cover-logo", "cover-issuer", "cover-author"), max(ISSUER * self.height, y + GAP))
        foot: tuple[Role, ...] = ("cover-date", "cover-statement")
        top = FOOT * self.height - self._height(texts, foot)
        if top < y:
            raise ReportError("封面", "题名、单位和日期在一页上放不下", "缩短题名或副题")
        self._stack(texts, foot, top)
        return tuple(self.items)

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
    """The run with line ends put where its lines are about equally long and break at a seam of the title."""
    lines = typesetter.set([run], role, measure, x=0).lines
    if len(lines) < 2:
        return run
    text, count = run.text, len(lines)
    goal = len(text) / count
    places = [i for i in range(2, len(text) - 1) if _may_break(text, i)]
    cuts = min(
        combinations(places, count - 1),
        key=lambda cut: (_unevenness(text, cut, goal), cut),
        default=(),
    )
    parts = [text[start:end] for start, end in zip((0, *cuts), (*cuts, len(text)), strict=True)]
    return Run("\n".join(parts), run.font, run.size, run.colour, source=run.source)


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    return not (before.isascii() and after.isascii()) and after not in NOT_FIRST and before not in NOT_LAST


def _unevenness(text: str, cuts: Sequence[int], goal: float) -> float:
    edges = (0, *cuts, len(text))
    spread = sum((end - start - goal) ** 2 for start, end in zip(edges, edges[1:], strict=False))
    seams = sum(1 for cut in cuts if text[cut] in OPENERS or text[cut - 1] in CLOSERS)
    return spread - 12 * seams


def _paragraph(block: Block) -> Paragraph:
    if not isinstance(block, Paragraph):
        raise ReportError("封面", f"封面上不能有 {block.type}", HINT)
    return block
