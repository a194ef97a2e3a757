"""release.md: one page for the person who signs — what is in conflict, what is uncertain, what nobody has opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from report.content.evidence import is_finding
from report.content.nodes import Content, Link, Witness
from report.content.passages import GENERATED, passages_of
from report.content.walk import inlines_of
from report.dataset.models import Dataset
from report.dataset.printing import print_observation
from report.observations.cascade import CONFIDENCE
from report.observations.entities import TRUST
from report.observations.indicators import WEIGHTS
from report.verify.models import UNTRIED, CheckResult, Verification

INNER = str.maketrans("“”", "‘’")  # quotation marks inside a quotation
_ROW = re.compile("“.*”一行$")  # of a table: the page names the table
DOUBT = 0.6  # confidence below which a value is named: two of its attributes were inferred, or one was guessed
CHECKS = {
    "figures-pdf": "PDF里的数字都有出处", "figures-docx": "Word里的数字都有出处",
    "figures-html": "网页里的数字都有出处", "figures-charts": "图里的数字都有出处",
    "figures-alt": "替代文字里的数字都有出处", "figures-names": "题名、关键词里没有手写的数字",
    "directions": "方向词与数据一致",
    "text-pdf": "PDF与内容逐段相同", "text-docx": "Word与内容逐段相同", "text-html": "网页与内容逐段相同",
    "counts": "三种文件的标题、脚注、图、表数目相同", "pictures": "图的文字和替代文字", "contents": "目录页码",
    "values": "印出的数与所据数据相同", "evidence": "数据与原文相同", "references": "文献著录与文件摘要",
    "quotations": "附录引文不过十分之一", "wording": "用词", "fonts": "字体全部嵌入", "glyphs": "没有缺字",
    "tags": "PDF有结构、题名、书签", "links": "链接格式", "word": "Word文件无须修复",
    "charts-docx": "Word自己画的图与数据相同",
    "order": "PDF的阅读次序",
    "structure": "PDF的结构树与页面相符", "frame": "PDF的文字都在版心里", "archive": "PDF/UA-1和PDF/A-2a（veraPDF）",
}  # fmt: skip


def release_page(content: Content, dataset: Dataset, verification: Verification) -> str:
    """The page as Markdown."""
    return "\n".join(_lines(content, dataset, verification)) + "\n"


def _lines(content: Content, dataset: Dataset, verification: Verification) -> Iterator[str]:
    front = content.front
    yield f"# 付印签核：《{front.title}》"
    yield f"\n{front.serial}　{front.date_text}　初审：＿＿＿＿　复审：＿＿＿＿　终审：＿＿＿＿"
    yield "\n## 一、核验结果\n"
    yield from _checks(verification.checks)
    conflicts = [*_chosen(content), *_conflicts(content)]
    yield from _section("二、来源之间的分歧和本报告的取舍", conflicts, "所用文献之间没有查出分歧。")
    yield from _section("三、请对照原文的数据（机器读取把握不足六成）", doubtful_lines(content, dataset), "没有。")
    yield from _section("四、人工更正过的数据（seeds/corrections.yaml）", _corrected(content, dataset), "没有。")
    yield from _section("五、没有打开过的网址（本程序不打开网址，以下均未核对）", _addresses(content), "没有。")
    numbers = ("　".join(filter(None, (f"[{one.number}]", one.doc, one.title))) for one in content.sources)
    yield from _section("六、文献编号（dataset.xlsx、checks.json等数据文件用后一种）", numbers, "没有。")


def _section(title: str, lines: Iterable[str], none: str) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield from [f"- {line}" for line in lines] or [none]


def _checks(checks: Sequence[CheckResult]) -> Iterator[str]:
    """What failed, a line each, and what could not be tried here; of what passed the number."""
    failed = [check for check in checks if not check.ok]
    yield from (f"- **未通过**　{CHECKS[check.name]}（{check.figure}）" for check in failed)
    untried = [check for check in checks if check.untried]
    yield from (f"- **{UNTRIED}**　{CHECKS[check.name]}{check.figure.removeprefix(UNTRIED)}" for check in untried)
    passed = len(checks) - len(failed) - len(untried)
    yield f"\n其余{passed}项通过。" if failed or untried else f"{passed}项核验全部通过。"


def _chosen(content: Content) -> Iterator[str]:
    """The values whose witnesses disagree: who has which figure, which the report takes and why, where it stands."""
    for name, evidence in content.evidence.items():
        if evidence.taken and not is_finding(name):
            yield f"**{evidence.label}**：{evidence.taken}。{_places([name], content)}"


def _conflicts(content: Content) -> Iterator[str]:
    """The findings that the annex prints, each with its verdict, what the report takes and where it stands; those of
    one value whose witnesses disagree are told with that value."""
    told = [set(map(_observed, found.witnesses)) for name, found in content.evidence.items()
            if found.taken and not is_finding(name)]
    for name, evidence in content.evidence.items():
        if is_finding(name) and not any(set(map(_observed, evidence.witnesses)) <= one for one in told):
            yield (f"**{evidence.verdict}**　{evidence.text}\n"
                   f"  取舍：{evidence.taken}。{_places(evidence.touches, content)}")


def _observed(witness: Witness) -> str:
    return witness.observation


def _places(names: Iterable[str], content: Content) -> str:
    """`见摘要、一（二）、表2。`: where the report prints any of these values or what is computed from them."""
    wanted = set(names)
    told = (one for one in passages_of(content) if one.part not in GENERATED and wanted & set(one.values))
    pieces = [piece for one in told for piece in one.near.split("\u3000") if not piece.startswith("注")]
    places = dict.fromkeys(_ROW.sub("", piece) for piece in pieces)
    return f"见{'、'.join(places)}。" if places else ""


def doubtful_lines(content: Content, dataset: Dataset) -> Iterator[str]:
    """The values used whose figure was read with a confidence below `DOUBT`, by what makes it so low: the weakest of
    the rules that read period, entity and indicator, in words."""
    found = {one.id: one for one in dataset.observations}
    reasons: dict[str, dict[str, None]] = {}
    for name, evidence in content.evidence.items():
        for first in evidence.witnesses[:1]:
            one = found.get(first.observation)
            if not is_finding(name) and one and one.confidence < DOUBT:
                told = f"{evidence.label}{evidence.text}[{first.source}]"
                reasons.setdefault(weakest_rule(one.rule), {})[told] = None
    for reason, values in sorted(reasons.items(), key=lambda item: -len(item[1])):
        yield f"{reason}（{len(values)}处）：{'、'.join(values)}"


def weakest_rule(rules: str) -> str:
    """In words, the rule trusted least of those that an observation's `rule` names (`percent; period:document; …`)."""
    named = [rule.strip().partition(":") for rule in rules.split(";")]
    known = [(_trust(attribute, rule), attribute, rule) for attribute, _, rule in named if rule]
    if not known or min(known)[0] >= 1:
        return str(_words()["grammar"]["other"])
    _, attribute, rule = min(known, key=lambda one: one[0])
    words = _words()[attribute]
    return str(words.get(rule, words["other"]))


def _trust(attribute: str, rule: str) -> float:
    return {"period": CONFIDENCE, "entity": TRUST, "indicator": WEIGHTS}[attribute].get(rule, 1.0)


@cache
def _words() -> Any:
    return YAML(typ="safe").load(Path(__file__).with_name("rules.yaml"))


def _corrected(content: Content, dataset: Dataset) -> Iterator[str]:
    """Figures that a person set right, each once: where it stands, how it reads now, and why."""
    found = {one.id: one for one in dataset.observations}
    lines: dict[str, str] = {}
    for witness in (witness for evidence in content.evidence.values() for witness in evidence.witnesses):
        if witness.correction and witness.observation in found:
            printed, text = print_observation(found[witness.observation]).text, "".join(witness.text.split())
            read = f"读作{printed}" if printed != text else "数字不变，改了其他读法"
            clause = witness.clause.translate(INNER)
            told = f"{text}：{read}（文献[{witness.source}]“{clause}”；更正：{witness.correction}）"
            lines[witness.observation] = told
    yield from lines.values()


def _addresses(content: Content) -> Iterator[str]:
    """The addresses that sources cite for what the report uses, a line for each source; then those of its own."""
    found: dict[int, set[str]] = {}
    for evidence in content.evidence.values():
        for witness in evidence.witnesses:
            found.setdefault(witness.source, set()).update(witness.citations)
    cited = {url for urls in found.values() for url in urls}
    own = {inline.url for inline in inlines_of(content) if isinstance(inline, Link)} - cited
    lines = [(f"本报告用到的数据，文献[{source}]注明出自", urls) for source, urls in sorted(found.items())]
    for title, urls in [*lines, ("正文和参考文献另有", own)]:
        if urls:
            yield f"{title}{len(urls)}个：" + " ".join(f"<{url}>" for url in sorted(urls))
