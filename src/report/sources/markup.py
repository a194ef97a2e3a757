"""The signs in a line that set its text and are no text: emphasis, heading signs, list signs, link targets, tags."""

from __future__ import annotations

import re

from report.sources.document import Span
from report.sources.lines import Line

TAGS = (
    "a|b|br|center|div|em|figcaption|figure|font|h[1-6]|hr|i|img|li|ol|p|section|span|strong|sub|sup"
    "|table|tbody|td|th|thead|tr|u|ul"
)
# Group by group what is markup; what stands between the groups is text. A link's target holds no mark of a note.
INLINE = (
    re.compile(r"(!\[[^\]\n]{0,300}\]\([^)\s]{0,2000}\))"),
    re.compile(r"(?<!!)(\[)[^\[\]\n]{1,300}(\]\(<?(?:(?!\[\^)[^()\s]){1,2000}(?:\([^()\s]{0,300}\)[^()\s]{0,300})?\))"),
    re.compile(r"(\*\*|__)(?=\S).{1,300}?(?<=\S)(\1)"),
    re.compile(r"(?<![*\\0-9A-Za-z])(\*)(?=[^\s*])[^*\n]{1,120}?(?<=[^\s*])(\*)(?![*0-9A-Za-z])"),
    re.compile(r"(?<!`)(`{1,3})(?!`).{1,300}?(?<!`)(\1)(?!`)"),
    re.compile(r"(?<![\\$\w])(\$)(?=[^\s$])[^$\n\u3400-\u9fff]{0,60}[\w}%](\$)(?![\d$])"),  # a formula: $1.8:1$
    re.compile(rf"(</?(?:{TAGS})(?:\s[^<>]{{0,500}})?/?>)", re.IGNORECASE),
)
LEADING = re.compile(r"(?:#{1,6}[ \t\u3000]+|(?:>[ \t]*)+|[-*+•][ \t]+)(?=\S)")
HEADING = re.compile(r"(#{1,6})[ \t\u3000]+\S")


def markup_in(line: Line) -> list[Span]:
    """Source spans of the line's markup, in order, none overlapping."""
    found: list[Span] = []
    leading = LEADING.match(line.text)
    if leading:
        found.append((leading.start(), leading.end()))
    taken = bytearray(len(line.text))
    for start, end in found:
        taken[start:end] = b"x" * (end - start)
    for pattern in INLINE:
        for match in pattern.finditer(line.text):
            spans = [match.span(group) for group in range(1, len(match.groups()) + 1)]
            if not any(any(taken[start:end]) for start, end in spans):
                found += spans
                for start, end in spans:
                    taken[start:end] = b"x" * (end - start)
    return [(line.start + start, line.start + end) for start, end in sorted(found)]


def heading_depth(line: Line) -> int:
    """How many # open the line; 0 for none."""
    match = HEADING.match(line.text)
    return len(match.group(1)) if match else 0
