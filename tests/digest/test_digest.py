"""What a folder of documents says: topics, pictures and words as cases; the template that is written of it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report.choosing import reports_for
from report.dataset.models import Dataset, Source
from report.dataset.reconcile import reconcile, source_of
from report.digest.charting import choose
from report.digest.draft import joined
from report.digest.picking import Datum, pick, theme_of
from report.digest.subjects import homes_of, outlook
from report.digest.topics import group
from report.digest.words import Speech
from report.digest.write import FILES, write_digest
from report.errors import ReportError
from report.observations.events import find_events
from report.observations.extract import extract_observations
from report.observations.figures import figures_in
from report.observations.observation import Observation
from report.observations.passages import Passages
from report.opening import open_digest
from report.sources.reader import read_source

from ..project import MINI, ROOT, Project, copy_project, nodes

HERE = Path(__file__).parent
SEEDS = ROOT / "tests/fixtures/digest"


def cases(name: str) -> list[Any]:
    """The cases of a file beside this one."""
    found: list[Any] = YAML(typ="safe").load(HERE / name)
    return found


def observed(text: str) -> Observation:
    """A figure of nobody, alone in its sentence."""
    figure = next(iter(figures_in(text)))
    return Observation(
        id=f"obs-{text}", doc="甲", start=0, end=len(text), text=text, kind=figure.kind, base=figure.base,
        value=figure.value, unit=figure.unit, indicator="", entity="", sentence=text, sentence_start=0,
        sentence_end=len(text),
    )


def told(facts: Sequence[Sequence[str]]) -> Iterator[Datum]:
    """Facts as a case writes them."""
    for number, (entity, indicator, period, text) in enumerate(facts):
        labels = {"id": f"obs-{number}", "indicator": indicator, "entity": entity, "period": period}
        found = observed(text).changed(labels)
        yield Datum(found, (found.id,), ("甲",), entity, indicator, theme_of(indicator), period)


@pytest.mark.parametrize("case", cases("themes.yaml"), ids=lambda case: case["indicator"])
def test_an_indicator_is_of_something(case: Any) -> None:
    assert theme_of(case["indicator"]) == case["theme"]


@pytest.mark.parametrize("case", cases("topics.yaml"), ids=lambda case: case["what"])
def test_facts_are_grouped_by_what_they_are_of(case: Any) -> None:
    topics, left = group(list(told(case["facts"])))
    assert {topic.title: len(topic.data) for topic in topics} == case["topics"]
    assert len(left) == case["left"]


@pytest.mark.parametrize("case", cases("pictures.yaml"), ids=lambda case: case["what"])
def test_the_facts_choose_their_picture(case: Any) -> None:
    found = choose(list(told(case["facts"])), 1)
    assert [picture.shape for picture in found] == ([case["shape"]] if case["shape"] else [])
    marks = [[one.entity, one.found.period] for picture in found for one in picture.data]
    assert marks == case.get("marks", [])


@pytest.mark.parametrize("case", cases("words.yaml"), ids=lambda case: case["text"])
def test_only_sound_words_are_printed(case: Any) -> None:
    assert Speech(open_digest()[1]).printed(case["text"], 18) == case["printed"]


@pytest.mark.parametrize("case", cases("subjects.yaml"), ids=lambda case: case["what"])
def test_a_name_is_read_as_its_document_means_it(case: Any) -> None:
    cards = [case["document"], *([case["others"]] if "others" in case else [])]
    sources = tuple(Source(id=f"doc-{number}", file="", sha256="", script="Hans", title=title, publisher=publisher)
                    for number, (title, publisher) in enumerate(cards))
    known = tuple(observed("9亿元").changed({"doc": "doc-0", "entity": name}) for name in ("远帆动力", case["called"]))
    homes = homes_of(Dataset(sources=sources, observations=known, facts=(), checks=()))
    told = homes.subject(case["called"], "doc-0")
    assert (told.name, bool(told.scope)) == (case["name"], case.get("scoped", False))


@pytest.mark.parametrize("case", cases("outlook.yaml"), ids=lambda case: case["sentence"])
def test_what_has_not_come_about_is_told_so(case: Any) -> None:
    start = case["sentence"].index(case["figure"])
    told = {"sentence": case["sentence"], "start": start, "period": case["period"], "indicator": case["indicator"]}
    found = observed(case["figure"]).changed(told)
    assert outlook(found, "2025") == case["word"]


def test_who_and_what_are_joined_without_saying_a_word_twice() -> None:
    assert joined("云岭市", "产量") == "云岭市的产量"
    assert joined("来自本市的作者", "作者占比") == "来自本市的作者占比"
    assert joined("整机", "占出口比重") == "整机占出口比重"
    assert joined("企业", "本地企业数") == "本地企业数"
    assert joined("甲国", "主要出口目的国出口金额") == "主要出口目的国出口金额（甲国）"


# ---------------------------------------------------------------- the template


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    """The made-up documents, read and reconciled."""
    return read_all(sorted(SEEDS.iterdir()))


def read_all(paths: Sequence[Path]) -> Dataset:
    """The documents, read and reconciled."""
    documents = [read_source(path) for path in paths]
    passages = [Passages(document) for document in documents]
    figures = [list(extract_observations(*one)) for one in zip(documents, passages, strict=True)]
    events = [event for one in zip(documents, figures, passages, strict=True) for event in find_events(*one)]
    return reconcile(map(source_of, documents), [found for one in figures for found in one], events=events)


def test_a_template_is_written_with_every_figure_bound(dataset: Dataset) -> None:
    files = write_digest(dataset, *open_digest())
    assert tuple(files) == FILES
    values = YAML(typ="safe").load(files["values.yaml"])
    known = {found.id for found in dataset.observations} | {f"obs-{one.id.partition('-')[2]}" for one in dataset.events}
    asked = [query["id"] for value in values.values() for query in value.get("find", ())]
    assert len(asked) > 12 and set(asked) <= known
    body = files["sections/正文.md"]
    assert all(name in body + files["sections/摘要.md"] + files["charts.yaml"] for name in values)
    assert "云岭市政府发布《云岭市机器人产业促进办法》" in body
    shapes = [chart["kind"] for chart in YAML(typ="safe").load(files["charts.yaml"]).values()]
    assert {"shares", "bars", "lines"} <= set(shapes)


def test_the_same_dataset_gives_the_same_template(dataset: Dataset) -> None:
    assert write_digest(dataset, *open_digest()) == write_digest(dataset, *open_digest())


def test_a_folder_without_a_figure_says_so() -> None:
    empty = Dataset(sources=(), observations=(), facts=(), checks=())
    files = write_digest(empty, *open_digest())
    assert "没有可以列出的数据" in files["sections/摘要.md"]
    assert files["charts.yaml"].endswith("{}\n")


BULLETIN = """{city}2024年国民经济和社会发展统计公报
{city}统计局
2025年3月20日

初步核算，全年实现地区生产总值{0}亿元，比上年增长5.1%。其中，第一产业增加值{1}亿元，第二产业增加值{2}亿元。

年末全市常住人口{3}万人，城镇化率为{4}%。
"""
NEWS = """远帆动力公布业绩
来源：{paper}
2025年3月18日

{paper}3月18日讯 远帆动力18日宣布完成9亿元融资。

公司2024年营业收入为{0}亿元。公司预计2025年营业收入为20亿元。
"""


def read(folder: Path, texts: Sequence[str]) -> Dataset:
    """The texts, read as documents and reconciled."""
    for number, text in enumerate(texts):
        (folder / f"doc-{number}.txt").write_text(text, "utf-8")
    return read_all(sorted(folder.iterdir()))


def test_two_cities_are_two_though_both_say_the_city(tmp_path: Path) -> None:
    texts = [BULLETIN.format(*figures, city=city) for city, figures in (
        ("青石市", (3218.5, 245.1, 1390.2, 512.3, 63.4)), ("白水市", (5120.8, 180.3, 2304.4, 702.6, 74.1)))]
    files = write_digest(read(tmp_path, texts), *open_digest())
    body = files["sections/正文.md"]
    assert "青石市" in body and "白水市" in body and "全市" not in body and "初步核算" not in body
    labels = [value["label"] for value in YAML(typ="safe").load(files["values.yaml"]).values()]
    assert {"青石市的常住人口（2024年）", "白水市的常住人口（2024年）"} <= {label.replace(" ", "") for label in labels}
    assert "不一致" not in body, "two cities are at odds over nothing"


def test_a_firm_is_one_under_both_its_names_and_a_paper_did_not_do_what_it_tells(tmp_path: Path) -> None:
    texts = [NEWS.format(text, paper=paper) for paper, text in (("海湾晨报", 8.6), ("山城晚报", 8.9))]
    texts[1] = texts[1].replace("公司2024年", "远帆动力2024年")
    files = write_digest(read(tmp_path, texts), *open_digest())
    body = files["sections/正文.md"]
    assert "远帆动力的营业收入" in body.split("不一致的数字")[1]
    assert "营业收入（预计）" in body
    assert not any(f"{paper}宣布" in body for paper in ("海湾晨报", "晨报", "山城晚报", "晚报"))


FORECAST = """白水市经济展望
来源：山城晚报
2024年12月1日

研究机构将白水市2025年旅游收入预期由48亿元下调至47亿元。
"""


def test_a_forecast_that_was_changed_is_told_as_it_stands(tmp_path: Path) -> None:
    told = [(one.indicator, one.found.text) for one in pick(read(tmp_path, [FORECAST]), Speech(open_digest()[1]))]
    assert told == [("旅游收入预期", "47亿元")]


# ---------------------------------------------------------------- when it is made


def test_a_folder_has_the_reports_whose_documents_are_in_it(project: Project) -> None:
    other = Path("other")
    other.mkdir()
    assert reports_for(Path("seeds")) == ["mini"]
    assert reports_for(other) == ["digest"]
    for path in (MINI / "seeds").iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    assert reports_for(other) == ["mini"]
    next(other.iterdir()).unlink()
    assert reports_for(other) == ["digest"]
    (other / "甲.txt").write_text("同一个开头的另一份。\n", "utf-8")
    (other / "乙.txt").write_text("又一份。\n", "utf-8")
    assert reports_for(other) == ["digest"], "a like name is not the document that the report means"


def test_nobody_begins_a_digest_by_hand(project: Project) -> None:
    result = project.report("new", "x", "--series", "digest")
    assert result.exit_code == 1
    assert "摘编由程序编写" in str(result.output) + str(result.stderr)


def test_no_report_takes_the_digests_name(project: Project) -> None:
    with pytest.raises(ReportError, match="不能作报告的名字"):
        from report.authoring import new

        new("digest", "industry")


@pytest.mark.long
def test_a_folder_of_other_documents_gives_a_verified_digest(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "project")
    result = project.build("--seeds", str(SEEDS), "--out", "made")
    assert result.returncode == 0, result.stderr
    made = project.folder / "made/digest"
    assert json.loads((made / "verification.json").read_text("utf-8"))["ok"]
    tables = [path.read_text("utf-8-sig").splitlines() for path in sorted((made / "charts").glob("*.csv"))]
    figures = {cell for table in tables for row in csv.reader(table) for cell in row}
    assert {"86亿元", "45亿元", "38亿元", "6.1万台", "3.1万台", "21%", "33%"} <= figures
    assert not {"120亿元", "118亿元"} & figures, "what documents are at odds over is no bar"
    content = json.loads((made / "content.json").read_text("utf-8"))
    assert {"120亿元", "118亿元"} <= {node["text"] for node in nodes(content) if node.get("type") == "value"}
    before = {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
    again = project.build("--seeds", str(SEEDS), "--out", "made")
    assert "没有需要更新的内容" in again.stdout
    assert before == {path: path.read_bytes() for path in made.rglob("*") if path.is_file()}
