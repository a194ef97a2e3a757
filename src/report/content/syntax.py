"""The Markdown that sections are written in: CommonMark with notes, containers that nest, tables with several head
rows, and marks for what Chinese print sets apart."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

# ^上标^ and ~下标~ are short, so that two ~ of a sentence do not mean one; ==着重== is any run of words
STYLED = re.compile(
    r"\^(?P<superscript>[\w+()（）,-]{1,12})\^|~(?P<subscript>[\w+()（）,-]{1,12})~|==(?P<dots>[^=\n]{1,200})=="
)
MOST_AROUND = 8  # ::: blocks around one: two for-each, some when, a box, a table
_FENCE = re.compile(r"(?P<before>[ >]{0,40}):{3,}(?P<after>.*)", re.DOTALL)


class _Markdown(MarkdownIt):
    """The parser; addresses and names stay as typed."""

    def normalizeLink(self, url: str) -> str:
        """The address as typed: ids are Chinese, and the writers escape for themselves."""
        return url

    def validateLink(self, url: str) -> bool:
        """Always, so that a wrong address is told and not printed as text."""
        return True


def make_parser() -> MarkdownIt:
    """A parser. Its own tokens: `grid` (the lines of a table, from its first to its last), `styled` (`info` names
    the style, `content` is the text)."""
    # the usual 20 levels would lose words; what a backslash guards stays apart from the text around it
    parser = _Markdown("commonmark", {"maxNesting": 60}).disable(["lheading", "reference", "text_join"])
    parser.use(footnote_plugin).disable(["footnote_inline", "footnote_tail"])  # notes are read where they are written
    parser.use(container_plugin, "any", validate=lambda params, markup: bool(params.strip()))
    parser.block.ruler.before("paragraph", "grid", _grid, {"alt": ["paragraph"]})
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.before("emphasis", "styled", _styled)
    return parser


def nest(lines: Sequence[str]) -> tuple[list[str], int | None]:
    """The lines with more colons for an outer `:::` block than for one inside it: what tells the parser which `:::`
    ends which. Blocks inside more than MOST_AROUND are left out, for the parser looks for the end of each through all
    that is left: the index of the first of them, None where there is none."""
    depths: dict[int, int] = {}
    depth = 0
    for number, line in enumerate(lines):
        found = _FENCE.fullmatch(line)
        if found and found["after"].strip():
            depths[number] = depth
            depth += 1
        elif found and depth:
            depth -= 1
            depths[number] = depth
    deepest = min(max(depths.values(), default=0), MOST_AROUND)
    deep = {number for number, depth in depths.items() if depth > MOST_AROUND}
    fenced = [_fenced(line, 3 + deepest - depths[number]) if number in depths and number not in deep else line
              for number, line in enumerate(lines)]
    return ["" if number in deep else line for number, line in enumerate(fenced)], min(deep, default=None)


def _fenced(line: str, colons: int) -> str:
    return _FENCE.sub(lambda found: found["before"] + ":" * colons + found["after"], line, count=1)


def _grid(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Successive lines that begin with a bar, whatever stands in them."""
    if not _has_bar(state, start) or state.is_code_block(start):
        return False
    if silent:
        return True
    stop = start + 1
    while stop < end and _has_bar(state, stop) and state.sCount[stop] >= state.blkIndent:
        stop += 1
    token = state.push("grid", "", 0)
    token.map = [start, stop]
    state.line = stop
    return True


def _has_bar(state: StateBlock, line: int) -> bool:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].startswith("|")


def _styled(state: StateInline, silent: bool) -> bool:
    """10^4^, H~2~O, ==着重=="""
    found = STYLED.match(state.src, state.pos, state.posMax)
    if silent or found is None or found.lastgroup is None:
        return False
    token = state.push("styled", "", 0)
    token.info, token.content = found.lastgroup, found[found.lastgroup]
    state.pos = found.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Stars open before and close after anything but a space: CommonMark's own rule wants spaces around them,
    which Chinese has not (`**“甲”**和` would not close)."""
    marker = state.src[state.pos]
    if silent or marker != "*":
        return False
    start = state.pos
    count = len(state.src[start:]) - len(state.src[start:].lstrip("*"))
    before, after = state.src[start - 1 : start], state.src[start + count : start + count + 1]
    for _ in range(count):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=count,
                token=len(state.tokens) - 1,
                end=-1,
                open=bool(after.strip()),
                close=bool(before.strip()),
            )
        )
    state.pos += count
    return True
