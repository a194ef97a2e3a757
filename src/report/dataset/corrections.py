"""Corrections of observations that the reader of the sources made by hand, each guarded by what it expects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

from pydantic import ValidationError

from report.dataset.matching import compact
from report.errors import Issue, ReportError
from report.models import Model
from report.observations.observation import Observation

Action = Literal["override", "drop", "flag"]
# What a correction may change; place, text and sentence are the source's.
FIELDS = frozenset(("kind", "base", "value", "unit", "qualifier", "bound", "indicator", "entity", "period", "as_of"))
FLAGGED = 0.3  # confidence of a flagged observation


class Correction(Model):
    """One stanza of corrections.yaml: which observation (`doc` by prefix, `text`, and `at`, its offset, where the text
    occurs more than once), what to do, and why.

    `fields` are the new values of an override. `expect` are values that must hold before anything is changed: a
    correction whose source has changed since stops the build. `where` is its place (`corrections.yaml:4`).
    """

    doc: str
    text: str
    at: int | None = None
    action: Action
    fields: dict[str, Any] = {}
    expect: dict[str, Any] = {}
    reason: str
    where: str = "corrections.yaml"


def apply_corrections(
    observations: Iterable[Observation], corrections: Sequence[Correction],
) -> tuple[Observation, ...]:
    """The observations corrected, in their order.

    `drop` leaves one out, `flag` lowers its confidence to 0.3, `override` replaces fields; both leave the reason in
    `rule`. ReportError with every correction that meets no observation or several, whose `expect` does not hold, that
    names an unknown field or gives a value of the wrong type, or that meets an observation already corrected.
    """
    found = {one.id: one for one in observations}
    touched: dict[str, Correction] = {}
    issues: list[Issue] = []
    for correction in corrections:
        try:
            target = _target(correction, list(found.values()))
            if target.id in touched:
                earlier = touched[target.id].where
                raise ReportError(correction.where, f"“{correction.text}”已由{earlier}更正", "合并成一条")
            touched[target.id] = correction
            changed = _apply(correction, target)
        except ReportError as error:
            issues.extend(error.issues)
            continue
        if changed is None:
            del found[target.id]
        else:
            found[target.id] = changed
    if issues:
        raise ReportError.all_of(issues)
    return tuple(found.values())


def _target(correction: Correction, observations: Sequence[Observation]) -> Observation:
    """The one observation a correction means."""
    wanted = compact(correction.text)
    found = [one for one in observations if one.doc.startswith(correction.doc) and compact(one.text) == wanted]
    if correction.at is not None:
        found = [one for one in found if one.start <= correction.at < one.end]
    if len(found) == 1:
        return found[0]
    what = f"{correction.doc}的“{correction.text}”"
    if not found:
        raise ReportError(correction.where, f"{what}没有对应的观测", "来源可能已变，核对 doc、text 和 at")
    places = "、".join(f"{one.doc}:{one.start}" for one in found[:8])
    raise ReportError(correction.where, f"{what}有{len(found)}处：{places}", "用 at 写明字符位置")


def _apply(correction: Correction, target: Observation) -> Observation | None:
    _expect(correction, target)
    note = f"{target.rule};corrected:{correction.reason}".removeprefix(";")
    match correction.action:
        case "drop":
            return None
        case "flag":
            return target.model_copy(update={"confidence": min(target.confidence, FLAGGED), "rule": note})
        case "override":
            return _override(correction, target, note)


def _override(correction: Correction, target: Observation, note: str) -> Observation:
    unknown = sorted(set(correction.fields) - FIELDS)
    if unknown or not correction.fields:
        raise ReportError(correction.where, f"不能更正的字段：{'、'.join(unknown) or '（没有写）'}",
                          "可更正：" + "、".join(sorted(FIELDS)))
    changed = {**target.model_dump(), **correction.fields, "confidence": 1.0, "rule": note}
    try:
        return Observation.model_validate(changed)
    except ValidationError as error:
        problems = "；".join(f"{'.'.join(map(str, one['loc'][:1]))}：{one['msg']}" for one in error.errors()[:3])
        problem = f"更正“{correction.text}”的值不合要求：{problems}"
        raise ReportError(correction.where, problem, "核对 fields") from error


def _expect(correction: Correction, target: Observation) -> None:
    data = target.model_dump(mode="json")
    for field, expected in correction.expect.items():
        if field not in data:
            hint = "可用：" + "、".join(sorted(FIELDS))
            raise ReportError(correction.where, f"expect 里没有字段“{field}”", hint)
        if data[field] != expected:
            problem = f"“{correction.text}”的{field}现为{data[field]!r}，不是预期的{expected!r}"
            hint = "来源或抽取已变：重新核对后改 expect，或删去这条更正"
            raise ReportError(correction.where, problem, hint)
