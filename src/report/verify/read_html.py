"""Reads a finished web page: the text of its blocks, in order, as a browser would show it."""

from __future__ import annotations

from html.parser import HTMLParser

from report.verify.passage import Passage

BLOCKS = {
    "p": "paragraph", "h2": "heading", "h3": "heading", "h4": "heading", "td": "cell", "th": "cell",
    "li": "paragraph", "figcaption": "caption", "blockquote": "paragraph",
}  # fmt: skip
VOID = frozenset(("meta", "br", "img", "hr", "link", "input", "wbr", "col"))
SKIPPED = frozenset(("head", "style", "script", "svg"))


def read_html(page: str) -> list[Passage]:
    """The page's passages; contents, styles, pictures, evidence cards and controls are not read."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return [Passage(kind, text) for kind, text in reader.found if text.strip()]


class _Reader(HTMLParser):
    """Follows the tags; text goes to the innermost open block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str, bool]] = []  # tag, kind of block or "", whether its text is skipped
        self.texts: list[list[str]] = []
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        given = dict(attrs)
        kind = "note" if tag == "li" and (given.get("id") or "").startswith("note-") else BLOCKS.get(tag, "")
        skipped = tag in SKIPPED or given.get("class") in ("evidence", "skip", "menu", "back", "nav-title", "entries")
        self.open.append((tag, kind, skipped))
        if kind:
            self.texts.append([])

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
