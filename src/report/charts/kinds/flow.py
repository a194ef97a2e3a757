"""A flow: where a whole goes, from left to right, ribbons as thick as what flows in them."""

from __future__ import annotations

from dataclasses import dataclass

from report.charts.chart import Chart, Label
from report.charts.colours import mix
from report.charts.pen import LABEL, NOTE, VALUE, Pen, coloured

BAR, HEIGHT, BETWEEN, INSET = 9.0, 130.0, 7.0, 7.0
TINT = 0.68


@dataclass(frozen=True)
class Node:
    """A mark's bar: its place, and where below its left neighbour's bar its ribbon comes from."""

    index: int
    depth: int
    top: float
    height: float


@dataclass(frozen=True)
class Text:
    """A bar's figure, its label in lines `indent` to the right of it, its note in lines below."""

    figure: Label
    label: list[Label]
    note: list[Label]
    indent: float


def draw_flow(chart: Chart, pen: Pen, top: float) -> float:
    """Bars in columns by their distance from the source; texts above a bar that flows on, beside one that ends."""
    plan = _Plan(chart, pen)
    bottom = top
    for root in chart.children(None):
        bottom = plan.place(root, 0, bottom) + BETWEEN
    for node in plan.nodes.values():
        plan.ribbons(node)
    for node in sorted(plan.nodes.values(), key=lambda node: node.index):
        plan.bar(node)
    return bottom - BETWEEN


class _Plan:
    """The bars placed so that no text meets a ribbon: every branch keeps a band of its own."""

    def __init__(self, chart: Chart, pen: Pen) -> None:
        self.chart, self.pen = chart, pen
        self.nodes: dict[int, Node] = {}
        whole = sum(self.value(root) for root in chart.children(None))
        self.unit = max(HEIGHT, 0.6 * pen.floor) / (whole or 1.0)
        self.depth = max(self._depth(index) for index in range(len(chart.marks)))
        leaf = max(self._text_width(index) for index in range(len(chart.marks)) if not chart.children(index))
        self.last = pen.width - min(leaf, 0.42 * pen.width) - INSET - BAR

    def value(self, index: int) -> float:
        figure = self.chart.marks[index].figure
        return figure.high if figure else 0.0

    def _depth(self, index: int) -> int:
        parent = self.chart.marks[index].parent
        return 0 if parent is None else 1 + self._depth(parent)

    def _text_width(self, index: int) -> float:
        mark = self.chart.marks[index]
        figure = mark.figure.printed if mark.figure else ()
        beside = self.pen.measure(figure, VALUE) + 5 + self.pen.measure(mark.label, LABEL)
        return max(beside, self.pen.measure(mark.note, NOTE))

    def x(self, depth: int) -> float:
        """Left edge of a column of bars."""
        return self.last * depth / self.depth if self.depth else 0.0

    def place(self, index: int, depth: int, top: float) -> float:
        """Give a bar and all that flows from it their places in a band from `top`; returns where the band ends."""
        children, height = self.chart.children(index), self.value(index) * self.unit
        if not children:
            text = self._text_height(index)
            self.nodes[index] = Node(index, depth, top + max(0.0, (text - height) / 2), height)
            return top + max(text, height)
        start = top + self._text_height(index) + 3
        end = start
        for child in children:
            end = self.place(child, depth + 1, end) + BETWEEN
        end -= BETWEEN
        self.nodes[index] = Node(index, depth, start, height)
        return max(end, start + height)

    def _text_height(self, index: int) -> float:
        pen, text = self.pen, self._text(index)
        lead = pen.look(VALUE).leading - pen.look(LABEL).leading
        return max(pen.look(VALUE).leading, pen.tall(text.label, LABEL) + lead) + pen.tall(text.note, NOTE)

    def _text(self, index: int) -> Text:
        pen, mark, measure = self.pen, self.chart.marks[index], self._measure(index)
        figure = mark.figure.printed if mark.figure else ()
        indent = pen.measure(figure, VALUE) + 5
        label = pen.wrap(mark.label, measure - indent, LABEL)
        return Text(figure, label, pen.wrap(mark.note, measure, NOTE), indent)

    def _measure(self, index: int) -> float:
        """How wide a bar's text may be: to the page's edge where nothing flows on, else to the next column."""
        depth = self._depth(index)
        if not self.chart.children(index):
            return self.pen.width - self.x(depth) - BAR - INSET
        return self.x(depth + 1) - self.x(depth) - 10

    def ribbons(self, node: Node) -> None:
        """What flows from a bar to its children, each ribbon in a tint of where it goes."""
        y, left = node.top, self.x(node.depth) + BAR
        for child in self.chart.children(node.index):
            goal, right = self.nodes[child], self.x(self.nodes[child].depth)
            middle, thick = (left + right) / 2, goal.height
            tint = mix(self.pen.fills[child], self.pen.palette.paper, TINT)
            self.pen.path([
                ("M", left, y), ("C", middle, y, middle, goal.top, right, goal.top), ("L", right, goal.top + thick),
                ("C", middle, goal.top + thick, middle, y + thick, left, y + thick), ("Z",),
            ], tint)
            y += thick

    def bar(self, node: Node) -> None:
        """A bar and its text."""
        pen, x = self.pen, self.x(node.depth)
        pen.box(x, node.top, x + BAR, node.top + max(node.height, 0.8), pen.fills[node.index])
        text, tall = self._text(node.index), self._text_height(node.index)
        if self.chart.children(node.index):
            left, top = x, node.top - 3 - tall
        else:
            left, top = x + BAR + INSET, node.top + (node.height - tall) / 2
        lead = (pen.look(VALUE).leading - pen.look(LABEL).leading) / 2
        strong = coloured(VALUE, pen.palette.text(pen.fills[node.index]))
        pen.lines([text.figure], left, top, strong)
        bottom = pen.lines(text.label, left + text.indent, top + lead, LABEL)
        pen.lines(text.note, left, max(bottom + lead, top + pen.look(VALUE).leading), NOTE)
