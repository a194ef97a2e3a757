"""A web page as a tree of elements: just enough to ask what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = frozenset(("meta", "br", "col", "wbr", "img", "hr", "input", "link"))


class Element:
    """One element: its attributes ("" for one without a value), children and text in order."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())

    @property
    def text(self) -> str:
        """All text inside."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, tag: str = "", kind: str = "") -> Iterator[Element]:
        """Every element inside with that tag, and of that class."""
        for child in self.children:
            if isinstance(child, Element):
                if tag in ("", child.tag) and (not kind or kind in child.classes):
                    yield child
                yield from child.all(tag, kind)

    def ancestors(self) -> Iterator[Element]:
        """Its parent, and so on up."""
        if self.parent:
            yield self.parent
            yield from self.parent.ancestors()


class Page(HTMLParser):
    """The tree of a page; AssertionError where a tag is not closed in its turn."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.source = source
        self.root = Element("", {}, None)
        self.declared = ""
        self._open = self.root
        self.feed(source)
        self.close()
        assert self._open is self.root, f"<{self._open.tag}> is not closed"

    def handle_decl(self, decl: str) -> None:
        self.declared = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.children.append(element)
        if tag not in VOID:
            self._open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.children.append(Element(tag, {name: value or "" for name, value in attrs}, self._open))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.tag == tag, f"</{tag}> closes <{self._open.tag}>"
        assert self._open.parent
        self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.children.append(data)

    def by_id(self, name: str) -> Element:
        """The element of that id."""
        return next(element for element in self.root.all() if element.attributes.get("id") == name)
