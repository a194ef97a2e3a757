"""Reads a finished web page: the text of its blocks, in order, as a browser would show it."""

from __future__ import annotations

from html.parser import HTMLParser

from report.verify.passage import Kind, Passage, Reading

BLOCKS: dict[str, Kind] = {
    "p": "paragraph", "h1": "paragraph", "h2": "heading", "h3": "heading", "h4": "heading", "td": "cell", "th": "cell",
    "li": "paragraph", "figcaption": "caption", "blockquote": "paragraph", "svg": "figure", "desc": "label",
}  # fmt: skip
VOID = frozenset(("meta", "br", "img", "hr", "link", "input", "wbr", "col"))
SKIPPED = frozenset(("head", "style", "script", "title"))
CONTROLS = frozenset(("evidence", "skip", "menu", "back", "nav-title", "entries", "narrow"))


def read_html(page: str) -> Reading:
    """The page's passages; contents, styles, evidence cards, controls and what repeats a chart for phones are
    not read."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    passages = [Passage(kind, text) for kind, text in reader.found if text.strip()]
    return Reading(
        passages=tuple(passage for passage in passages if passage.kind != "label"),
        tables=reader.tables,
        pictures=tuple(passage.text for passage in passages if passage.kind == "label"),
    )


class _Reader(HTMLParser):
    """Follows the tags; text goes to the innermost open block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, Kind | None, bool]] = []  # tag, kind of block, whether its text is skipped
        self.texts: list[list[str]] = []
        self.found: list[tuple[Kind, str]] = []
        self.tables = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in VOID:
            self.found += [("label", given.get("alt") or "")] if tag == "img" else []
            return
        kind = "note" if tag == "li" and (given.get("id") or "").startswith(".note-") else BLOCKS.get(tag)
        skipped = tag in SKIPPED or bool(CONTROLS & set((given.get("class") or "").split()))
        self.open.append((tag, kind, skipped))
        self.tables += tag == "table"
        if kind:
            self.texts.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass  # a self-closing element of SVG: a path

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, kind, _ = self.open.pop()
            if kind:
                self.found.append((kind, "".join(self.texts.pop())))
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        if self.texts and not any(skipped for _, _, skipped in self.open):
            self.texts[-1].append(data)
