"""The annex: rows that refer to one another, figures as the report prints them, verdicts that hide no finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from report.content.compose import compose
from report.content.evidence import is_finding
from report.content.nodes import Block, Content, Heading, Paragraph, Ref, Table, Value
from report.content.walk import plain
from report.dataset.reconcile import reconcile, source_of
from report.dataset.values import bind_values
from report.observations.extract import extract_observations
from report.sources.reader import read_source
from report.templates.load import load_report

from .conftest import SERIES

DOCUMENTS = {
    "a": """甲刊：留在本地的人

来源：甲刊
2025-03-01

据甲刊追踪，100名毕业生中，87人留在本地，10人去了外地，3人出国。
甲刊称，留在本地的87位毕业生中，41人进入企业，40人活跃在高校，3人创业。
甲刊的记者写道，参会论文的作者中，中国籍学者占33%，比上一届高出不少。
甲刊还说，本市拥有全国约57%的实验室，另有记者在12月3日到过现场。
甲刊在文末重申，本市拥有全国57%的实验室，并说2023年至2025年的占比由25%升至63%。
""" + "这一段没有数字，只说明追踪的由来和做法，供读者参考。" * 40,
    "b": """乙报：毕业生的去向

来源：乙报
2025-04-01

据乙报追踪，100名毕业生中，87人留在本地，10人去了外地，3人出国。
乙报称，留在本地的87位毕业生中，41人进入企业，40人担任高校教授，6人在读博士，另有3人创业。
乙报的记者写道，参会论文的作者中，华裔学者占33%，比上一届高出不少。
""" + "这一段没有数字，只说明乙报自己的安排，供读者参考。" * 40,
}
VALUES = """
留下: {label: 留在本地, find: {unit: 人, words: [留在本地], after: 留在本地}}
外地: {label: 去了外地, find: {unit: 人, words: [去了外地]}}
出国: {label: 出国, find: {unit: 人, words: [出国]}}
在读: {label: 在读博士, find: {unit: 人, words: [在读博士]}}
论文: {label: 学者占比, find: {kind: percent, words: [学者占]}}
实验室: {label: 实验室占比, find: {kind: percent, words: [实验室]}}
到访: {label: 到访日期, find: {kind: date, words: [到过现场]}}
先: {label: 先前的占比, find: {kind: percent, words: [占比由], before: 占比由}}
后: {label: 后来的占比, find: {kind: percent, words: [占比由], before: 升至}}
入企: {label: 进入企业, find: {unit: 人, words: [进入企业]}}
入校: {label: 进入高校, find: {doc: a, unit: 人, words: [高校]}}
创业: {label: 创业的, find: {unit: 人, words: [创业]}}
三类: {label: 三类之和, sum: [入企, 入校, 创业]}
差: {label: 占比之差, difference: [后, 先], unit: 百分点}
"""
BODY = """# 一章

留下{{ 留下 }}，外地{{ 外地 }}，出国{{ 出国 }}，在读{{ 在读 }}。[^x]占比{{ 论文 }}，实验室{{ 实验室 }}。
{{ 到访|时期 }}有人到访。占比先后为{{ 先 }}和{{ 后 }}，相差{{ 差 }}。三类合计{{ 三类 }}。

[^x]: {{ 出处: 留下, 在读 }}
"""
Row = list[str]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """A report on two documents that tell one thing in other words."""
    folder = tmp_path_factory.mktemp("annex")
    for name, text in DOCUMENTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    (folder / "sections").mkdir()
    (folder / "sections/一.md").write_text(BODY, "utf-8")
    (folder / "values.yaml").write_text(VALUES, "utf-8")
    (folder / "report.yaml").write_text(
        "extends: base\ntitle: 去向\ndate: 2025-11-30\nsections: [一.md]\n", "utf-8")
    documents = [read_source(folder / f"{name}.txt") for name in DOCUMENTS]
    observations = [found for one in documents for found in extract_observations(one)]
    dataset = reconcile(map(source_of, documents), observations)
    template = load_report(folder, SERIES)
    return compose(template, dataset, bind_values(template.values, dataset, template.where), {})


def annex(content: Content) -> tuple[Block, ...]:
    return next(part.blocks for part in content.parts if part.role == "annex")


def table(content: Content, name: str = "annex-table") -> Table:
    return next(block for block in annex(content) if isinstance(block, Table) and block.id == name)


@pytest.fixture(scope="module")
def rows(content: Content) -> Mapping[str, Row]:
    """The cells of each row by the value's label."""
    cells = [[plain(cell.inlines) for cell in row] for row in table(content).rows]
    return {row[1]: row for row in cells}


def items(content: Content) -> Iterator[str]:
    """The findings as printed."""
    yield from (plain(row[1].inlines) for row in table(content, "annex-findings-table").rows)


def test_rows_are_numbered_and_refer_to_one_another(rows: Mapping[str, Row]) -> None:
    """Words quoted once; the next figures of the same excerpt name its row."""
    assert [row[0] for row in rows.values()] == [str(number) for number in range(1, len(rows) + 1)]
    assert rows["先前的占比"][4].startswith("“") and "63%" in rows["先前的占比"][4]
    assert rows["后来的占比"][4] == f"同第{rows['先前的占比'][0]}行"


def test_a_figure_stands_as_the_report_prints_it(rows: Mapping[str, Row]) -> None:
    """A date that the report prints with its year has its year in the annex."""
    assert rows["到访日期"][2] == "2024年12月3日"


def test_a_lost_qualifier_is_told(rows: Mapping[str, Row]) -> None:
    assert (rows["实验室占比"][2], rows["实验室占比"][5]) == ("约57%", "一致，限定词有脱落")


def test_a_value_of_another_sense_is_not_plainly_the_same(content: Content, rows: Mapping[str, Row]) -> None:
    """Its row names the finding, and the web page's card the reason."""
    found = items(content)
    number = next(place for place, text in enumerate(found, 1) if "“中国籍”与“华裔”" in text)

    assert rows["学者占比"][5] == f"不可比，口径异（见分歧第{number}条）"
    assert content.evidence["论文"].verdict == "不可比" and "华裔" in content.evidence["论文"].reason
    assert rows["在读博士"][5].startswith("不一致，分项不合（见分歧第")


def test_a_plain_verdict_means_no_finding(content: Content, rows: Mapping[str, Row]) -> None:
    """No value that a finding rests on is called 一致."""
    told = {witness.observation for name, found in content.evidence.items() if is_finding(name)
            for witness in found.witnesses}
    for name, found in content.evidence.items():
        mine = {witness.observation for witness in found.witnesses}
        if not is_finding(name) and mine & told:
            assert found.verdict != "一致" and "见分歧第" in rows[found.label][5]


def test_a_derived_value_has_its_parents_sources_and_their_gap(content: Content, rows: Mapping[str, Row]) -> None:
    """The sum of the parts that fall short names both documents and the finding; one of other figures names none."""
    number = next(place for place, text in enumerate(items(content), 1) if "41＋40＋3＝84" in text)
    assert rows["三类之和"][3] == "[1]、[2]"
    assert rows["三类之和"][5] == f"推算（见分歧第{number}条）"
    assert rows["占比之差"][5] == "推算"


def test_every_finding_says_what_the_report_takes(content: Content) -> None:
    """With the values that it touches; one that touches none says so."""
    found = {one.text: one for name, one in content.evidence.items() if is_finding(name)}
    parts = next(one for text, one in found.items() if "41＋40＋3＝84" in text)
    assert {"在读", "三类"} <= set(parts.touches) and parts.taken.startswith("各处说法本报告都印出：")
    assert "；另行推算：三类之和84人" in parts.taken
    assert all(one.taken.startswith(("本报告", "各处")) for one in found.values())


def test_references_to_findings_are_links(content: Content) -> None:
    refs = {inline.target for row in table(content).rows for cell in row for inline in cell.inlines
            if isinstance(inline, Ref)}
    assert refs <= {block.id for block in annex(content) if isinstance(block, Heading)} and refs


def test_one_gap_is_told_in_one_item(content: Content) -> None:
    """Both lists of the 87 and what the comparison of them adds."""
    found = [text for text in items(content) if "41＋40＋3＝84" in text]
    assert len(found) == 1
    assert "41＋40＋6＋3＝90" in found[0] and "另列" in found[0]


def test_only_the_verdicts_that_occur_are_explained(content: Content, rows: Mapping[str, Row]) -> None:
    intro = next(plain(block.inlines) for block in annex(content) if isinstance(block, Paragraph))
    told = [plain(row[0].inlines) for row in table(content, "annex-words").rows]
    words = {word for row in rows.values() for word in row[5].partition("（")[0].replace("，", "、").split("、")}
    explained = {"一致", "限定词有脱落", "分项不合", "口径异", "单一来源", "不一致", "不可比", "推算"}
    assert set(told) == words & explained and len(told) == len(set(told))
    assert ("……" in intro) == any("……" in row[4] for row in rows.values())


def test_an_excerpt_is_no_more_than_sixty_characters(rows: Mapping[str, Row]) -> None:
    assert all(len(row[4]) <= 62 for row in rows.values() if row[4].startswith("“"))


def test_formulas_have_no_spaces(content: Content) -> None:
    for row in table(content).rows:
        for cell in row:
            assert all(not inline.text.endswith(" ") for inline in cell.inlines if isinstance(inline, Value))
            assert all(f" {sign}" not in plain(cell.inlines) and f"{sign} " not in plain(cell.inlines)
                       for sign in "＋－＝÷")


def test_what_concerns_no_figure_of_the_report_is_left_out(content: Content) -> None:
    """The annex tells the first of the findings, those that touch a value used; the page for sign-off has them all."""
    findings = [found for name, found in content.evidence.items() if is_finding(name)]
    told = list(items(content))
    assert [found.text for found in findings[: len(told)]] == told
    assert [bool(found.touches) for found in findings] == [place < len(told) for place in range(len(findings))]
