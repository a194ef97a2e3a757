"""What a document is read to say otherwise although its words are the same: figures set right, found or given up."""

from __future__ import annotations

from collections.abc import Iterator

from report.dataset.models import Dataset
from report.dataset.printing import print_observation
from report.observations.observation import Observation

_FIELDS = {
    "kind": "类别", "unit": "单位", "entity": "对象", "indicator": "指标", "period": "时期", "qualifier": "限定词",
}  # fmt: skip


def read_otherwise(old: Dataset, new: Dataset, doc: str) -> Iterator[str]:
    """A line for each figure that both read, or one of them, in words that both have.

    `175台：读作174台（原175台；更正：榜单原文为174台）`
    """
    before, after = _placed(old, doc), _placed(new, doc)
    shared = {key[0] for key in before} & {key[0] for key in after}
    files = {source.sha256 for one in (old, new) for source in one.sources if source.id == doc}
    for key in dict.fromkeys((*before, *after)):
        told = _told(before.get(key), after.get(key)) if len(files) == 1 or key[0] in shared else ""
        if told:
            yield f"{''.join(key[2].split())}：{told}"


def _placed(dataset: Dataset, doc: str) -> dict[tuple[str, int, str], Observation]:
    """The figures of a document by their sentence, their place in it, and their words."""
    return {
        (one.sentence, one.start - one.sentence_start, one.text): one for one in dataset.observations if one.doc == doc
    }


def _told(one: Observation | None, two: Observation | None) -> str:
    if one is None or two is None:
        return "现在读作数据" if two else "不再读作数据"
    read = [(name, str(getattr(one, field)), str(getattr(two, field))) for field, name in _FIELDS.items()]
    pairs = [("", print_observation(one).text, print_observation(two).text), *read]
    told = [f"{name}读作{now or '（空）'}（原{was or '（空）'}" for name, was, now in pairs if was != now]
    why = f"；更正：{two.correction}" if two.correction and two.correction != one.correction else ""
    return "、".join(f"{one}{why if place == 0 else ''}）" for place, one in enumerate(told))
