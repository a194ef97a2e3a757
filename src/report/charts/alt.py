"""What a chart shows, in words, for those who cannot see it."""

from __future__ import annotations

from report.charts.chart import Chart, Mark, Quantity, plain

_KINDS = {
    "unit": "单位图", "bars": "条形图", "groups": "分组条形图", "shares": "份额图", "change": "变化图",
    "range": "区间图", "lines": "折线图", "timeline": "时间轴", "flow": "流向图", "matrix": "对照表",
}


def describe(chart: Chart) -> str:
    """The kind, what is measured, and every figure, in one short paragraph."""
    opening = "".join(_sentence(text) for text in (_KINDS[chart.kind], plain(chart.title), plain(chart.subtitle)))
    parts = []
    for number, group in enumerate(chart.groups):
        heading = plain(group.heading)
        listed = "；".join(_mark(chart, mark) for mark in chart.members(number))
        parts.append((f"{heading}：" if heading else "") + listed)
    return opening + "。".join(parts) + "。"


def _sentence(text: str) -> str:
    return text if text[-1] in "。！？" else text + "。"


def _mark(chart: Chart, mark: Mark) -> str:
    label = plain(mark.label)
    match chart.kind:
        case "matrix":
            heads = [plain(column) for column in chart.columns[1:]]
            return f"{label}：" + "，".join(f"{h}{plain(c)}" for h, c in zip(heads, mark.cells, strict=True))
        case "timeline":
            note = plain(mark.note)
            return (plain(mark.moment.printed) if mark.moment else "") + label + (f"（{note}）" if note else "")
        case "change" if mark.figure and mark.to:
            return f"{label}从{_when(mark.figure)}{mark.figure.full}到{_when(mark.to)}{mark.to.full}"
        case "lines" if mark.figure and mark.moment:
            return f"{plain(mark.moment.printed)}{label}{mark.figure.full}"
        case "flow" if mark.figure and mark.parent is not None:
            return f"{plain(chart.marks[mark.parent].label)}流向{label}{mark.figure.full}"
    return f"{label}{mark.figure.full}" if mark.figure else f"{label}为其余部分"


def _when(quantity: Quantity) -> str:
    return f"{plain(quantity.period)}的" if quantity.period else ""
