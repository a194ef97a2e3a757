"""What belongs together in a text: numbers with signs and units, dates, names, addresses, as penalties of line ends."""

from __future__ import annotations

from report.writers.pdf import prohibitions as rules

# Where a line may end, as penalties: less than HINGE is allowed. What is too long for the measure is opened, at the
# hinges of compounds (after - and /) first, then inside words, then inside numbers, last at marks.
HINGE, WORD, NUMBER, MARK, NEVER = 1e5, 1e6, 1e7, 1e9, 1e12
COSTS = rules.COSTS
SCHEME, TAIL, PART = "//", 2, 4  # an address is not broken in its scheme, nor this near to its end, or a part's
ADDRESSES = ("://", "www.", "doi:", "10.", "@")


def bind(text: str, penalties: list[float], stretches: list[float], em: float) -> list[tuple[int, int]]:
    """Raise or lower the penalties (one a joint) as the text asks; returns where addresses begin and end in it. An
    address is stretched a little between its characters, in shares of `em`."""
    if "-" in text:
        for found in rules.HYPHENED.finditer(text):
            penalties[found.start() - 1] = COSTS["hyphen"]
    _bind_numbers(text, penalties)
    _bind_ranges(text, penalties)
    if "《" in text:
        for found in rules.NAME.finditer(text):
            _prefer(penalties, found.start(), found.end(), COSTS["name"])
    if "[" in text:
        for found in rules.CITATION.finditer(text):
            start = found.start()
            _forbid(penalties, start - (start > 0 and text[start - 1].isalpha()), found.end(), WORD)
            if text.endswith(rules.CITED, 0, start):
                _prefer(penalties, start - len(rules.CITED), start, COSTS["range"])
    addressed = any(sign in text for sign in ADDRESSES)
    addresses: list[tuple[int, int]] = []
    for found in rules.URL.finditer(text) if addressed else ():
        addresses.append(found.span())
        _bind_address(text, found.start(), found.end(), penalties)
        stretches[found.start():found.end() - 1] = [rules.STRETCH["url"] * em] * (found.end() - 1 - found.start())
    return addresses


def _bind_numbers(text: str, penalties: list[float]) -> None:
    for found in rules.NUMBER.finditer(text):
        start, end = found.span()
        _forbid(penalties, start, _unit_end(text, end), NUMBER)
        _bind_before(text, start, penalties)
        if text[end - 1] in rules.MAGNITUDES and text.startswith(rules.PARTED_UNITS, end):
            penalties[end - 1] = COSTS["unit"]  # if all else is worse: 10万／美元
    for found in rules.INNER.finditer(text):
        penalties[found.start()] = max(penalties[found.start()], NUMBER)
    if "." in text:
        for found in rules.LATIN_PREFIX.finditer(text):
            _forbid(penalties, found.start(), found.end() + 1, WORD)
    for found in rules.LETTERED.finditer(text):
        penalties[found.start()] = max(penalties[found.start()], WORD)


def _unit_end(text: str, end: int) -> int:
    """Where the unit ends that follows the number; where the number ends if none does."""
    start = end + text.startswith(" ", end)
    for length in range(rules.LONGEST_UNIT, 0, -1):
        unit = text[start:start + length]
        if unit in rules.UNITS and not _goes_on(text, start + length):
            return start + length
    return end


def _goes_on(text: str, end: int) -> bool:
    """Whether a Latin word goes on there: 5 kg, but 5 kilns."""
    return text[end - 1:end + 1].isascii() and text[end - 1:end + 1].isalpha() and end < len(text)


def _bind_before(text: str, start: int, penalties: list[float]) -> None:
    """What stands before the number that begins at `start`: 第, a sign (and what leads up to the sign), 约."""
    if not start:
        return
    if text.endswith(rules.BOUND_PREFIXES, 0, start):
        penalties[start - 1] = max(penalties[start - 1], NUMBER)
    elif text.endswith(rules.QUALIFIERS, 0, start):
        penalties[start - 1] = max(penalties[start - 1], COSTS["qualifier"])


def _bind_ranges(text: str, penalties: list[float]) -> None:
    ranged = False
    for found in rules.RANGE.finditer(text):
        penalties[found.start()] = COSTS["range"]
        ranged = True
    for found in rules.SHORT_RANGE.finditer(text) if ranged else ():
        _forbid(penalties, found.start(), found.end(), NUMBER)
    for found in rules.DATE.finditer(text):
        penalties[found.start()] = max(penalties[found.start()], COSTS["date"])


def _bind_address(text: str, start: int, end: int, penalties: list[float]) -> None:
    """No break but after one of the separators, not next to the end; after the scheme rather not, and between letters
    only where a line would be torn apart, so many from a separator that both ends are seen to be parts."""
    _forbid(penalties, start, end, WORD)
    scheme = text.find(SCHEME, start, end)
    first = start + TAIL if scheme < 0 else scheme + len(SCHEME)
    before = first
    for found in rules.URL_BREAK.finditer(text, first + (scheme >= 0), end - TAIL):
        penalties[found.start() - 1] = COSTS["url"]
        _open_part(penalties, before, found.start())
        before = found.start()
    _open_part(penalties, before, end)
    if scheme >= 0:
        penalties[first - 1] = COSTS["scheme"]


def _open_part(penalties: list[float], start: int, end: int) -> None:
    """Let a line end inside the part of an address between two separators, PART characters from either."""
    for index in range(start + PART, end - PART):
        penalties[index - 1] = COSTS["address"]


def _forbid(penalties: list[float], start: int, end: int, level: float) -> None:
    """No line end between the characters start…end."""
    for index in range(start, min(end - 1, len(penalties))):
        if penalties[index] < level:
            penalties[index] = level


def _prefer(penalties: list[float], start: int, end: int, cost: float) -> None:
    """Rather no line end between the characters start…end."""
    for index in range(start, end - 1):
        penalties[index] += cost
