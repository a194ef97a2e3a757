"""A paragraph as one endless line: its glyphs in their boxes, and what may happen at each joint between two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from operator import add, attrgetter
from weakref import WeakKeyDictionary, proxy

from msgspec import Struct, field

from report.theme.fonts import FontLibrary
from report.theme.theme import Setting
from report.writers.pdf import prohibitions as rules
from report.writers.pdf.binding import HINGE, MARK, NEVER, WORD, bind
from report.writers.pdf.glyphs import Case, Glyph, Style, contexts
from report.writers.pdf.wording import Run, ready


class Joint(Struct, frozen=True, eq=False):
    """Between two glyphs: `penalty` of ending a line here; `step` from box to box by nature; `extra`, what follows the
    left glyph beyond its advance; its share when a line is stretched; what it can `give` when one is squeezed
    and when (`turn`, of SQUEEZE_ORDER); whether a piece must end here, and whether what stands before matters."""

    penalty: float
    step: float
    extra: float
    stretch: float
    give: float
    turn: str
    parts: bool
    hangs: bool


STEP, PENALTY, STRETCH, GIVE = (attrgetter(name) for name in ("step", "penalty", "stretch", "give"))
REACH = attrgetter("reach")


class Galley(Struct):
    """`glyphs[i]` is the i-th character of `text`, set from run `owner(i)`; `joints[i]` follows it (one fewer).

    `pens[i]` is where its box begins, `ends[i]` where a line that ends with it is seen to end (points from the
    paragraph's start, nothing stretched). `special`: joints that are not like `plain`, the joint of most; `owners`: the
    first glyph of each run; `cuts`: glyphs that begin a piece. The rest is known once the galley is weighed, which a
    single line needs not: `penalties` and shares (`stretches`) of the joints after words, numbers and addresses are
    bound; `stretch[i]`, `shrink[i]`, what those before glyph i add up to.
    """

    runs: Sequence[Run]
    text: str
    glyphs: list[Glyph]
    joints: list[Joint]
    pens: list[float]
    ends: list[float]
    special: list[int]
    plain: Joint | None
    owners: list[int]
    cuts: list[int]
    steered: dict[int, bool]
    half_start: bool
    hang: bool
    half_first: bool = False
    penalties: list[float] = field(default_factory=list)
    stretches: list[float] = field(default_factory=list)
    stretch: list[float] = field(default_factory=list)
    shrink: list[float] = field(default_factory=list)
    addresses: list[tuple[int, int]] = field(default_factory=list)

    def lead(self, first: int) -> float:
        """The blank that a line which starts with the glyph leaves out."""
        return self.glyphs[first].lead if (first or self.half_first) and self.half_start else 0.0

    def hung(self, last: int) -> float:
        """How far a line that ends with the glyph may stand out into the margin: by one mark alone (CLREQ 3.1.9)."""
        if not self.hang or self.text[last] not in rules.HUNG or last and self.glyphs[last - 1].kind in rules.BLANKS:
            return 0.0
        return self.glyphs[last].reach

    def widest(self, index: int) -> float:
        """What may be added to a CJK–Latin gap or word space, the joint after the glyph, at most."""
        left = self.glyphs[index]
        natural = left.box if left.kind == "space" else self.joints[index].step - left.box
        return max(0.0, rules.MOST_STRETCH["gap"] * left.size - natural)

    def weigh(self) -> None:
        """Find where lines may end at what penalty, and what each joint can be stretched and squeezed."""
        self.penalties = list(map(PENALTY, self.joints))
        self.stretches = list(map(STRETCH, self.joints))
        self.addresses = bind(self.text, self.penalties, self.stretches, self.glyphs[0].size)
        _steer(self.penalties, self.steered)
        _hold_runs(self.penalties, self.runs)
        self.stretch = list(accumulate(self.stretches, initial=0.0))
        self.shrink = list(accumulate(map(GIVE, self.joints), initial=0.0))

    def most_stretch(self, first: int, last: int) -> float:
        """How far (em) a share of the line is stretched at most: less where an address stands in it or begins the
        next line, for want of a place to break it."""
        after = last + 1 + self.text.startswith(" ", last + 1)
        addressed = any(start <= after and first < end for start, end in self.addresses)
        return rules.MOST_STRETCH["address" if addressed else "text"]


class Compositor:
    """Makes galleys with one library and setting, and remembers each glyph and joint it has made."""

    def __init__(self, library: FontLibrary, setting: Setting, tracking: float) -> None:
        # a proxy: the table of compositors must not keep its own key, the library, alive
        self.library, self.setting, self.tracking = proxy(library), setting, tracking
        self._styles: dict[tuple[str, float, bool, bool], Style] = {}
        self._case = Case(self.library, setting.squeeze)
        self._barred = rules.LEVELS[setting.prohibition]
        self._joints = _Joints(self)
        self._hanging: dict[tuple[str, Glyph, Glyph], Joint] = {}

    def galley(self, runs: Sequence[Run]) -> Galley | None:
        """The galley of a paragraph without "\\n"; None where nothing is to be set. ReportError where no font covers a
        character."""
        runs, steered = ready(runs, self.setting.hyphenate)
        text = runs[0].text if len(runs) == 1 else "".join(run.text for run in runs)
        if not text:
            return None
        self._case.text = text
        glyphs, owners = self._glyphs(runs, text)
        joints = list(map(self._joints.__getitem__, pairwise(glyphs)))
        plain = self._plain(glyphs)
        special = [index for index, joint in enumerate(joints) if joint is not plain]
        cuts = self._resolve(glyphs, joints, special)
        pens = list(accumulate(map(STEP, joints), initial=0.0))
        return Galley(
            runs=runs, text=text, glyphs=glyphs, joints=joints, pens=pens, ends=_ends(pens, glyphs, special),
            special=special, plain=plain, owners=owners, cuts=sorted({*cuts, *owners}), steered=steered,
            half_start=self.setting.line_start_half, hang=self.setting.hang,
        )

    # ------------------------------------------------------------ glyphs

    def _glyphs(self, runs: Sequence[Run], text: str) -> tuple[list[Glyph], list[int]]:
        """The glyphs, and the first of each run."""
        latin = text.isascii() or not any(char >= rules.HAN_BEGINS for char in text)
        glyphs: list[Glyph] = []
        owners: list[int] = []
        for run in runs:
            owners.append(len(glyphs))
            glyphs += map(self._style(run, latin).__getitem__, run.text)
        if not latin:
            for index, context in contexts(text):
                run = runs[bisect_right(owners, index) - 1]
                glyphs[index] = self._style(run, False)[text[index] + context]
        return glyphs, owners

    def _style(self, run: Run, latin: bool) -> Style:
        key = (run.font, run.size, run.rise != 0, latin)
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = Style(self._case, *key)
        return style

    # ------------------------------------------------------------ joints

    def _plain(self, glyphs: Sequence[Glyph]) -> Joint | None:
        """The joint of two Han, if there are any."""
        han = next((glyph for glyph in glyphs if glyph.kind == "han"), None)
        return self._joints[han, han] if han else None

    def _resolve(self, glyphs: list[Glyph], joints: list[Joint], special: Sequence[int]) -> list[int]:
        """Judge the joints after glyphs that hang on others by what those hang on; returns where pieces begin."""
        cuts: list[int] = []
        for index in special:
            joint = joints[index]
            if joint.hangs:
                solid = _solid(glyphs, index)
                key = (solid, glyphs[index], glyphs[index + 1])
                known = self._hanging.get(key)
                if known is None:
                    known = self._hanging[key] = self.joint(glyphs[index], glyphs[index + 1], solid)
                joint = joints[index] = known
            if joint.parts:
                cuts.append(index + 1)
        return cuts

    def joint(self, left: Glyph, right: Glyph, solid: str) -> Joint:
        """The joint of two glyphs; `solid` is the kind that the left one, or what it hangs on, is of."""
        kept, turn = self._kept(left, right)
        gap = self._gap(left, right)
        space = gap - (_blank(left, right) - kept) + self.tracking * left.size
        give = kept * rules.SQUEEZE[turn] if turn else 0.0
        if gap:
            give, turn = gap * rules.SQUEEZE["gap"], "gap"
        elif left.kind == "space" and right.kind not in rules.SPACES:
            give, turn = max(0.0, left.box - rules.LEAST_SPACE * left.size), "space"
        step = left.box + space
        return Joint(
            penalty=self._penalty(solid, left.kind, right.kind), step=step,
            extra=step - left.shift - left.advance + right.shift,
            stretch=_share(solid, left, right, gap > 0) * left.size,
            give=give, turn=turn,
            parts=left.face != right.face or left.scale != right.scale,
            hangs=left.kind in rules.HANGING,
        )

    def _kept(self, left: Glyph, right: Glyph) -> tuple[float, str]:
        """The blank that stays between two glyphs, and the turn in which it gives way ("": never)."""
        if right.kind in rules.CLINGING:
            # a note mark hovers over the blank of the mark it follows; a space does not add to it
            return (0.0, "") if right.kind == "raised" else (_blank(left, right), "")
        marked = left.kind in rules.BLANKS and right.kind in rules.BLANKS
        if marked:
            both = left.trail and right.lead
            return (rules.KEPT_BETWEEN * max(left.size, right.size) if both else 0.0), ""
        if left.kind == "no-break-space":
            return 0.0, ""  # one gap after the number of a note, whatever it begins with
        if left.trail:
            return left.trail, "bracket" if left.kind == "close" else left.kind
        return (right.lead, "bracket") if right.lead else (0.0, "")

    def _penalty(self, solid: str, left: str, right: str) -> float:
        """Penalty of a line end between two kinds; `solid` is the kind that the left one hangs on."""
        no_start, no_end = self._barred
        if right == "combining":
            return NEVER
        if right in no_start or solid in no_end or left == right and left in rules.UNPARTED:
            return MARK
        if left == "soft-hyphen":
            return rules.COSTS["hyphen"]
        if left in rules.SPACES:
            return 0.0
        western = solid in rules.WESTERN and right in rules.WESTERN
        if western and solid in ("hyphen", "slash"):
            return HINGE
        return WORD if western or "quote" in (left, right) else 0.0

    def _gap(self, left: Glyph, right: Glyph) -> float:
        """CJK–Latin space (CLREQ 3.2.2): between Han and Latin only, so never beside a mark or a space, and not before
        what hangs on the Han."""
        if left.kind == "han" and right.spaced and right.kind != "raised":
            return self.setting.gap * left.size
        if right.kind == "han" and left.spaced:
            return self.setting.gap * right.size
        return 0.0


class _Joints(dict[tuple[Glyph, Glyph], Joint]):
    """Two glyphs → their joint, the left one taken by itself."""

    def __init__(self, compositor: Compositor) -> None:
        super().__init__()
        self.compositor: Compositor = proxy(compositor)

    def __missing__(self, pair: tuple[Glyph, Glyph]) -> Joint:
        joint = self[pair] = self.compositor.joint(*pair, pair[0].kind)
        return joint


_compositors: WeakKeyDictionary[FontLibrary, dict[tuple[Setting, float], Compositor]] = WeakKeyDictionary()


def compositor(library: FontLibrary, setting: Setting, tracking: float) -> Compositor:
    """The compositor for a library, a setting and a tracking (em), one for all paragraphs."""
    known = _compositors.setdefault(library, {})
    key = (setting, tracking)
    if key not in known:
        known[key] = Compositor(library, setting, tracking)
    return known[key]


def _blank(left: Glyph, right: Glyph) -> float:
    return left.trail + right.lead


def _solid(glyphs: Sequence[Glyph], index: int) -> str:
    """The kind of the glyph, or of the one it hangs on."""
    while index and glyphs[index].kind in rules.HANGING:
        index -= 1
    kind = glyphs[index].kind
    return "han" if kind in rules.HANGING else kind


def _share(solid: str, left: Glyph, right: Glyph, gap: bool) -> float:
    """The share of a joint when a line is stretched."""
    if gap:
        return rules.STRETCH["gap"]
    if right.kind in rules.CLINGING:
        return 0.0
    if left.kind == "space":
        return rules.STRETCH["gap" if "han" in (solid, right.kind) else "space"]
    clings = left.kind == right.kind and left.kind in rules.FULL_WIDTH
    if clings or left.kind in rules.RIGID or right.kind in rules.RIGID:
        return 0.0
    if solid in rules.WESTERN and right.kind in rules.WESTERN:
        return 0.0
    inside = left.kind in rules.NO_END or right.kind in rules.NO_START or left.kind == "operator"
    return rules.STRETCH["mark"] if inside else rules.STRETCH["han"]


def _ends(pens: Sequence[float], glyphs: Sequence[Glyph], special: Sequence[int]) -> list[float]:
    """Where a line that ends with each glyph is seen to end: spaces at its end are not."""
    ends = list(map(add, pens, map(REACH, glyphs)))
    for index in (*special, len(glyphs) - 1):
        if index and glyphs[index].kind in rules.SPACES:
            ends[index] = ends[index - 1]
    return ends


def _steer(penalties: list[float], steered: dict[int, bool]) -> None:
    for index, opens in steered.items():
        if 0 <= index < len(penalties) and penalties[index] < MARK:
            penalties[index] = 0.0 if opens else max(penalties[index], WORD)


def _hold_runs(penalties: list[float], runs: Sequence[Run]) -> None:
    """No line end inside what is raised, lowered or not to be broken."""
    start = 0
    for run in runs:
        end = start + len(run.text)
        if run.unbreakable or run.rise:
            for index in range(start, end - 1):
                penalties[index] = max(penalties[index], WORD)
        start = end
