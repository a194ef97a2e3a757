"""A paragraph as one endless line: its glyphs in their boxes, and what may happen at each joint between two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from weakref import WeakKeyDictionary, proxy

from report.theme.fonts import FontLibrary, is_latin
from report.theme.theme import Setting
from report.writers.pdf import prohibitions as rules

# Where a line may end, as penalties: less than WORD is allowed; WORD is opened only inside a word too long for the
# measure, MARK only where even that does not help.
WORD, MARK = 1e6, 1e9
DASH_OVERLAP = 0.005  # em; two rules that only touch show a hairline
ADDRESS_END = 2  # characters
NEAR = 8  # characters of text on each side in an error message


@dataclass(frozen=True)
class Run:
    """Text in one look. `font` is a key of Theme.fonts, `colour` of the palette; size and rise in points.

    A raised run (rise > 0: note mark, exponent) sticks to what precedes it; an `unbreakable` run
    is not broken inside; `source` is the caller's and comes back on every piece. "\\n" ends a line.
    """

    text: str
    font: str
    size: float
    colour: str
    rise: float = 0.0
    source: object = None
    unbreakable: bool = False


@dataclass(frozen=True, eq=False)
class Glyph:
    """A character as set, in points: `advance` of the glyph (scaled), the `box` it takes, `shift` of its origin in
    the box, `lead` and `trail` the blank in the box that a squeeze may take. Joints depend on `group` alone."""

    kind: str
    face: str
    size: float
    advance: float
    box: float
    shift: float = 0.0
    lead: float = 0.0
    trail: float = 0.0
    scale: float = 1.0
    spaced: bool = False
    group: int = 0


@dataclass(frozen=True)
class Joint:
    """Between two glyphs: `penalty` of ending a line here, `space` set (negative: marks squeezed), how
    much may be taken from a mark's blank or from a gap (points), its share when a line is stretched."""

    penalty: float
    space: float
    mark: float
    gap: float
    stretch: float


@dataclass(frozen=True)
class Galley:
    """`glyphs[i]` is the i-th character of `text`, set from run `owner[i]`; `joints[i]` follows it (one
    fewer); `penalties` and `stretches` are the joints' after words, numbers and addresses are bound."""

    text: str
    glyphs: list[Glyph]
    owner: list[int]
    joints: list[Joint]
    penalties: list[float]
    stretches: list[float]

    @property
    def most_stretch(self) -> float:
        """How much a share may be stretched, in em; a line that needs more stays ragged."""
        return rules.MOST_STRETCH["address" if rules.URL.search(self.text) else "text"]


class Compositor:
    """Makes galleys with one library and setting, and remembers each glyph and joint it has made."""

    def __init__(self, library: FontLibrary, setting: Setting, tracking: float) -> None:
        # a proxy: the table of compositors must not keep its own key, the library, alive
        self.library, self.setting, self.tracking = proxy(library), setting, tracking
        self._glyphs: dict[tuple[str, float, bool, str, str], Glyph] = {}
        self._groups: dict[tuple[object, ...], int] = {}
        self._joints: dict[tuple[int, int, str], Joint] = {}

    def galley(self, runs: Sequence[Run]) -> Galley:
        """The galley of a paragraph without "\\n". ReportError where no font covers a character."""
        text = "".join(run.text for run in runs)
        contexts = _contexts(text)
        glyphs: list[Glyph] = []
        owner: list[int] = []
        for number, run in enumerate(runs):
            first = len(glyphs)
            glyphs += [self._glyph(run, index, text, contexts) for index in range(first, first + len(run.text))]
            owner += [number] * len(run.text)
        joints = self._join(glyphs)
        penalties = [joint.penalty for joint in joints]
        stretches = [joint.stretch for joint in joints]
        galley = Galley(text, glyphs, owner, joints, penalties, stretches)
        _bind_text(galley)
        _bind_runs(galley, runs)
        return galley

    # ------------------------------------------------------------ glyphs

    def _glyph(self, run: Run, index: int, text: str, contexts: Mapping[int, str]) -> Glyph:
        char, context = text[index], contexts.get(index, "")
        key = (run.font, run.size, run.rise > 0, char, context)
        glyph = self._glyphs.get(key)
        if glyph is None:
            near = text[max(0, index - NEAR):index + NEAR]
            glyph = self._glyphs[key] = self._make(run, char, context, near)
        return glyph

    def _make(self, run: Run, char: str, context: str, near: str) -> Glyph:
        latin = context == "latin"
        pick = self.library.latin if latin else self.library.choose
        face = pick(run.font, char, near)
        kind = "raised" if run.rise > 0 else rules.kind_of(char, latin)
        em, advance = run.size, face.advance(char) * run.size / 1000
        box = em if kind in rules.FULL_WIDTH and advance < em else advance
        glyph = Glyph(kind, face.key, em, advance, box, shift=(box - advance) / 2,
                      spaced=kind in rules.SPACED_FROM_HAN and is_latin(char))
        if context.startswith("dash"):
            glyph = _joined_dash(glyph, face.ink(char), context)
        elif self.setting.squeeze and kind in rules.BLANKS:
            glyph = _with_blanks(glyph, face.ink(char))
        group = (glyph.kind, glyph.size, glyph.lead, glyph.trail, glyph.spaced, glyph.box * (kind == "space"))
        return replace(glyph, group=self._groups.setdefault(group, len(self._groups)))

    # ------------------------------------------------------------ joints

    def _join(self, glyphs: Sequence[Glyph]) -> list[Joint]:
        joints: list[Joint] = []
        known, solid = self._joints, "han"
        for left, right in pairwise(glyphs):
            if left.kind not in rules.SPACES:
                solid = left.kind
            key = (left.group, right.group, solid)
            joint = known.get(key)
            if joint is None:
                joint = known[key] = self._joint(left, right, solid)
            joints.append(joint)
        return joints

    def _joint(self, left: Glyph, right: Glyph, solid: str) -> Joint:
        blank = left.trail + right.lead
        kept = min(blank, _kept_blank(left, right))
        gap = self._gap(left, right)
        space = gap - (blank - kept) + self.tracking * left.size
        yields = gap * rules.GAP_SHRINK
        if left.kind == "space":
            yields = left.box * rules.SPACE_SHRINK
        share = _share(left.kind, right.kind, gap > 0) * left.size
        marked = left.kind in rules.BLANKS and right.kind in rules.BLANKS
        give = 0.0 if marked else kept * rules.MARK_SHRINK
        return Joint(_penalty(solid, left.kind, right.kind), space, give, yields, share)

    def _gap(self, left: Glyph, right: Glyph) -> float:
        """CJK–Latin space (CLREQ 3.2.2): between Han and Latin only, so never beside a mark or a space."""
        if left.kind == "han" and right.spaced:
            return self.setting.gap * left.size
        if right.kind == "han" and left.spaced:
            return self.setting.gap * right.size
        return 0.0


_compositors: WeakKeyDictionary[FontLibrary, dict[tuple[Setting, float], Compositor]] = WeakKeyDictionary()


def compositor(library: FontLibrary, setting: Setting, tracking: float) -> Compositor:
    """The compositor for a library, a setting and a tracking (em), one for all paragraphs."""
    known = _compositors.setdefault(library, {})
    key = (setting, tracking)
    if key not in known:
        known[key] = Compositor(library, setting, tracking)
    return known[key]


def _contexts(text: str) -> dict[int, str]:
    """Characters that are set otherwise than they would be alone: marks in Latin text, joined dashes."""
    if rules.CHINESE.search(text) is None:
        return {index: "latin" for index, char in enumerate(text) if char in rules.LATIN_KINDS}
    contexts = {found.start(): "latin" for found in rules.APOSTROPHE.finditer(text)}
    for found in rules.DASHES.finditer(text):
        contexts.update(dict.fromkeys(range(found.start(), found.end()), "dash-inner"))
        contexts[found.start()], contexts[found.end() - 1] = "dash-first", "dash-last"
    return contexts


def _joined_dash(glyph: Glyph, ink: tuple[float, float], context: str) -> Glyph:
    """A dash scaled so that it meets its neighbour: —— is one rule of two em (GB/T 15834 5.1)."""
    left = rules.DASH_MARGIN if context == "dash-first" else -DASH_OVERLAP
    right = 1 - rules.DASH_MARGIN if context == "dash-last" else 1 + DASH_OVERLAP
    scale = round((right - left) * 1000 / (ink[1] - ink[0]), 4)
    shift = (left - ink[0] * scale / 1000) * glyph.size
    return replace(glyph, advance=glyph.advance / glyph.size * scale * glyph.size, box=glyph.size,
                   shift=shift, scale=scale)


def _with_blanks(glyph: Glyph, ink: tuple[float, float]) -> Glyph:
    """The blank a squeeze may take: what the rules say, and never more than the font leaves white."""
    lead, trail = (blank * glyph.size for blank in rules.BLANKS[glyph.kind])
    white_left = glyph.shift + ink[0] * glyph.size / 1000
    white_right = glyph.box - glyph.shift - ink[1] * glyph.size / 1000
    return replace(glyph, lead=max(0.0, min(lead, white_left)), trail=max(0.0, min(trail, white_right)))


def _kept_blank(left: Glyph, right: Glyph) -> float:
    """The blank that stays between two glyphs: adjacent marks are squeezed (CLREQ 3.1.6); a note mark
    hovers over the blank of the mark it follows."""
    marked = left.kind in rules.BLANKS and right.kind in rules.BLANKS
    if marked and left.trail and right.lead:
        return rules.KEPT_BETWEEN * max(left.size, right.size)
    return 0.0 if marked or right.kind == "raised" else left.trail + right.lead


def _penalty(solid: str, left: str, right: str) -> float:
    """Penalty of a line end between two kinds; `solid` is the last kind that is no space."""
    if right in rules.NO_START or solid in rules.NO_END:
        return MARK
    if left in rules.SPACES or left == "raised":
        return 0.0
    western = left in rules.WESTERN and right in rules.WESTERN
    return WORD if western or "quote" in (left, right) else 0.0


def _share(left: str, right: str, gap: bool) -> float:
    """The share of a joint when a line is stretched."""
    if gap:
        return rules.STRETCH["gap"]
    if left == "space":
        return rules.STRETCH["space"]
    clings = right in rules.CLINGING or left == right and left in rules.FULL_WIDTH
    if clings or left in rules.WESTERN and right in rules.WESTERN or left == "no-break-space":
        return 0.0
    inside = left in rules.NO_END or right in rules.NO_START or left == "operator"
    return rules.STRETCH["mark"] if inside else rules.STRETCH["han"]


def _bind_text(galley: Galley) -> None:
    """Numbers with their units, addresses and hyphened words, as the text shows them."""
    text, penalties = galley.text, galley.penalties
    for found in rules.HYPHENED.finditer(text):
        penalties[found.start() - 1] = rules.COSTS["hyphen"]
    for found in rules.RANGE.finditer(text):
        penalties[found.start() - 1] = max(penalties[found.start() - 1], rules.COSTS["range"])
    for found in rules.NUMBER.finditer(text):
        start, end = found.span("number")
        _forbid(penalties, start, end)
        if found["loose"]:
            penalties[start - 1] = max(penalties[start - 1], rules.COSTS["qualifier"])
    for found in rules.PARTED.finditer(text):
        penalties[found.start() - 1] = rules.COSTS["unit"]
    for found in rules.CITATION.finditer(text):
        _forbid(penalties, *found.span())
    for found in rules.URL.finditer(text):
        _bind_address(galley, found.start(), found.end())


def _bind_address(galley: Galley, start: int, end: int) -> None:
    """A URL: no break but after one of its separators, and not next to its ends."""
    _forbid(galley.penalties, start, end)
    for index in range(start, end - 1):
        galley.stretches[index] = rules.STRETCH["url"] * galley.glyphs[index].size
    for found in rules.URL_BREAK.finditer(galley.text, start + ADDRESS_END, end - ADDRESS_END):
        galley.penalties[found.start() - 1] = rules.COSTS["url"]


def _bind_runs(galley: Galley, runs: Sequence[Run]) -> None:
    start = 0
    for run in runs:
        end = start + len(run.text)
        if run.unbreakable or run.rise > 0:
            _forbid(galley.penalties, start, end)
        start = end


def _forbid(penalties: list[float], start: int, end: int) -> None:
    """No line end between the characters start…end."""
    for index in range(start, end - 1):
        penalties[index] = max(penalties[index], WORD)
