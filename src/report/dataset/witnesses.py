"""What the witnesses of one figure say of it: the findings on facts and on a report's values that no rule has made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from report.dataset.agreement import agrees, compare_words
from report.dataset.dated import with_dates
from report.dataset.facts import JOINING, Group, gather, regather
from report.dataset.mention import NOWHERE, Mention, as_told, make_check, mentions_of, short_names
from report.dataset.models import BoundValue, Check, Dataset, Fact, Rule
from report.dataset.periods import print_period
from report.dataset.precedence import NOBODY, Precedence, precedence_of
from report.dataset.standing import checks_about, judged
from report.observations.normalise import normalise
from report.observations.observation import Observation

SHOWN = 8  # tellings that a finding names
RULE: Rule = "same-figure"


def settle(
    observations: Sequence[Observation], precedence: Precedence = NOBODY, checks: Sequence[Check] = (),
    homes: Mapping[str, str] = NOWHERE,
) -> tuple[tuple[Fact, ...], tuple[Check, ...]]:
    """The observations gathered into facts, and the checks with those that the facts add: that their witnesses agree,
    or not. `homes`: the place that each document is of."""
    found = {one.id: one for one in observations}
    names = short_names(sorted({one.doc for one in observations}))
    checks = [_with_ground(check, [found[id] for id in check.observations], precedence, names) for check in checks]
    groups = gather(observations, precedence, checks, homes)
    told = checks_about(checks)
    added = [check for _, ids in groups if len(ids) > 1
             for check in _fact_checks([found[id] for id in ids], told, precedence, names)]
    whole = (*checks, *added)
    return judged(groups, whole), whole


def with_values(dataset: Dataset, values: Mapping[str, BoundValue]) -> Dataset:
    """The dataset with what a report's queries say: that the observations of one value are one figure, and which
    dates of events it takes."""
    dataset = with_dates(dataset, values)
    found = {one.id: one for one in dataset.observations}
    names = short_names(sorted({one.doc for one in dataset.observations}))
    precedence = precedence_of(dataset.sources, dataset.precedence)
    told = checks_about(dataset.checks)
    added: list[Check] = []
    for value in values.values():
        members = [found[id] for id in value.observations]
        if len(members) > 1 and (value.verdict == "conflicts" or not _is_told(members, told)):
            added.append(_value_check(value, members, names))
    checks = _merged(dataset.checks, added)
    groups: list[Group] = [(fact.id, fact.observations) for fact in dataset.facts]
    groups = list(regather(groups, dataset.observations, precedence, added))
    return dataset.changed({"checks": checks, "facts": judged(groups, checks)})


def _merged(checks: Sequence[Check], added: Sequence[Check]) -> tuple[Check, ...]:
    """The checks with those of values, which take the place of a rule's on figures that are all among theirs."""
    taken = [set(check.observations) for check in added if check.verdict == "conflicts"]
    kept = (check for check in checks if check.rule != RULE or check.verdict != "conflicts"
            or not any(members.issuperset(check.observations) for members in taken))
    return tuple({check.id: check for check in (*kept, *added)}.values())


def _with_ground(
    check: Check, members: Sequence[Observation], precedence: Precedence, names: Mapping[str, str],
) -> Check:
    """A rule's finding that two documents are at odds, with what puts the one before the other."""
    if check.rule != RULE or check.verdict != "conflicts" or len(members) != 2 or len(check.docs) != 2:
        return check
    winner, other = precedence.ordered(members)
    why = precedence.why(winner, other, names[winner.doc])
    return check.changed({"reason": f"{check.reason}；以{names[winner.doc]}为准：{why}"}) if why else check


def _fact_checks(
    members: Sequence[Observation], told: Mapping[str, Sequence[Check]], precedence: Precedence,
    names: dict[str, str],
) -> Iterator[Check]:
    """What the witnesses of a fact, the winner first, say that no check has told."""
    winner = members[0]
    odd = [one for one in members[1:] if not agrees(as_told(winner), as_told(one))]
    ours = [one for one in members if one not in odd] if odd else members
    known = {one.id for one in ours}
    if odd := [one for one in odd if not _is_compared(one, known, told)]:
        yield _disagreement(_shown([*ours, *odd], names), precedence.why(winner, odd[0], names[winner.doc]))
    elif len(ours) > 1 and not _is_told(ours, told):
        yield _agreement(_subject(winner), _shown(ours, names))


def _is_compared(one: Observation, others: set[str], told: Mapping[str, Sequence[Check]]) -> bool:
    """Whether a finding on like figures, whatever it says, joins an observation with one of the others."""
    return any(check.rule in JOINING and not others.isdisjoint(check.observations) for check in told.get(one.id, ()))


def _is_told(members: Sequence[Observation], told: Mapping[str, Sequence[Check]]) -> bool:
    """Whether findings on like figures join each of them with another."""
    ids = {one.id for one in members}
    return all(any(check.rule in JOINING and len(ids.intersection(check.observations)) > 1
                   for check in told.get(id, ())) for id in ids)


def _shown(members: Iterable[Observation], names: dict[str, str]) -> list[Mention]:
    """One telling of each document and figure, in order."""
    first: dict[tuple[str, str], Observation] = {}
    for one in members:
        first.setdefault((one.doc, one.text), one)
        if len(first) == SHOWN:
            break
    made = {mention.found.id: mention for mention in mentions_of(first.values(), names)}
    return [made[one.id] for one in first.values()]


def _value_check(value: BoundValue, members: Sequence[Observation], names: dict[str, str]) -> Check:
    """The finding on the witnesses of a value, all of them, the one that the report takes first."""
    made = {mention.found.id: mention for mention in mentions_of(members, names)}
    mentions = [made[one.id] for one in members]
    if value.verdict == "agrees":
        return _agreement(value.label, mentions)
    reason = f"同一事项，数值不同；本报告以{mentions[0].name}为准"
    why = f"：{_named(value.why, names)}" if value.why else ""
    return make_check(RULE, "conflicts", mentions, (f"{value.label}：{_tellings(mentions)}。", reason + why))


def _named(text: str, names: Mapping[str, str]) -> str:
    """A reason in which documents go by their ids, with their names in messages."""
    for doc, name in names.items():
        text = text.replace(doc, name)
    return text


def _agreement(subject: str, mentions: Sequence[Mention]) -> Check:
    text = f"{subject}：{_tellings(mentions)}，一致。"
    words = (compare_words(mentions[0].found, one.found) for one in mentions[1:])
    return make_check(RULE, "agrees", mentions, (text, "；".join(dict.fromkeys(filter(None, words))) or "数值一致"))


def _disagreement(mentions: Sequence[Mention], why: str) -> Check:
    text = f"{_subject(mentions[0].found)}：{_tellings(mentions)}。"
    reason = "同一事项，数值不同" + (f"；以{mentions[0].name}为准：{why}" if why else "")
    return make_check(RULE, "conflicts", mentions, (text, reason))


def _tellings(mentions: Sequence[Mention]) -> str:
    """`文献a、文献b都作34%`, `文献a作34%，文献b作39%`, or of one document `文献a一处作34%，一处作39%`."""
    docs: dict[str, dict[str, None]] = {}
    for one in mentions:
        docs.setdefault(one.text, {})[one.name] = None
    everybody = {name for names in docs.values() for name in names}
    if len(everybody) == 1:
        [name] = everybody
        twice = f"前后两处都作{mentions[0].text}" if len(docs) == 1 else "，".join(f"一处作{text}" for text in docs)
        return name + twice
    return "，".join(f"{'、'.join(names)}{'都' if len(names) > 1 else ''}作{text}" for text, names in docs.items())


def _subject(found: Observation) -> str:
    """What a figure is a figure of, by its labels: 2024年浦东的产业规模."""
    entity, indicator = normalise(found.entity), normalise(found.indicator)
    told = indicator if not entity or entity in indicator else f"{entity}的{indicator}" if indicator else entity
    return print_period(found.period) + told if told else f"“{normalise(found.text)}”"
