"""Binding: queries, candidates that agree or do not, derived values, their bounds and their mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.dataset.models import BoundValue, Dataset, Derivation, Operation, Query, ValueSpec
from report.dataset.values import bind_values
from report.dataset.witnesses import with_values
from report.errors import ReportError
from report.observations.event import Event
from report.observations.figures import figures_in
from report.observations.observation import Bound

from .make import dataset, observation

HARBOUR = observation("约46%", doc="001_port", sentence="港口吸纳了约46%的劳动力，另有3%在船厂。", start=10)
HARBOUR_SHORT = observation("46%", doc="002_town", sentence="該港口吸納 46% 的勞動力。", start=6)
SHIPYARD = observation("3%", doc="001_port", sentence="港口吸纳了约46%的劳动力，另有3%在船厂。", start=20)
HARBOUR_OTHER = observation("52%", doc="003_city", sentence="港口吸纳了52%的劳动力。", start=5)
TOWNS = dataset(HARBOUR, SHIPYARD, HARBOUR_SHORT, HARBOUR_OTHER)
WHERE = {"港口": "values.yaml:7"}


AMOUNTS = st.integers(1, 10**6)
BOUNDS: st.SearchStrategy[tuple[str, Bound]] = st.sampled_from(
    [("", "exact"), ("约", "approx"), ("超过", "more-than"), ("不足", "less-than"), ("至少", "at-least")])


def spec(*find: Query, prefer: tuple[str, ...] = (), unit: str = "") -> ValueSpec:
    return ValueSpec(label="说明", find=find, prefer=prefer, unit=unit)


def derived(operation: Operation, *of: str, digits: int | None = None, unit: str = "") -> ValueSpec:
    return ValueSpec(label="说明", derive=Derivation(operation=operation, of=of, digits=digits), unit=unit)


def bind(data: Dataset, **specs: ValueSpec) -> dict[str, BoundValue]:
    return bind_values(specs, data, WHERE)


def mistakes(data: Dataset, **specs: ValueSpec) -> list[str]:
    with pytest.raises(ReportError) as caught:
        bind(data, **specs)
    return [str(issue) for issue in caught.value.issues]


def numbers(**texts: str) -> tuple[Dataset, dict[str, ValueSpec]]:
    """A dataset with one figure a document, and a value for each."""
    found = [observation(text, doc=name, sentence=f"某项{name}为{text}。", start=9) for name, text in texts.items()]
    return dataset(*found), {name: spec(Query(doc=name)) for name in texts}


def test_traditional_and_spaced_text_is_matched() -> None:
    bound = bind(TOWNS, 港口=spec(Query(doc="002", words=("该港口吸纳", "劳动力"))))["港口"]
    assert (bound.text, bound.verdict, bound.observations) == ("46%", "single", (HARBOUR_SHORT.id,))


def test_words_are_those_of_the_clause_only() -> None:
    bound = bind(TOWNS, 船厂=spec(Query(doc="001", words=("船厂",))))["船厂"]
    assert bound.observations == (SHIPYARD.id,)


def test_before_and_after_stand_directly_beside_the_figure() -> None:
    assert bind(TOWNS, 值=spec(Query(doc="001", after="的劳动力")))["值"].observations == (HARBOUR.id,)
    assert bind(TOWNS, 值=spec(Query(doc="001", before="的劳动力，另有")))["值"].observations == (SHIPYARD.id,)
    assert "一条也没找到" in mistakes(TOWNS, 值=spec(Query(doc="001", before="港口")))[0]


def test_the_date_of_an_event_is_found_by_what_happened() -> None:
    """Two laws of one sentence: each query gets the date of its own."""
    sentence = "2020年颁布《海港法》，2022年又有《渔港法》出台。"
    dates = [observation(text, doc="001_port", sentence=sentence, start=start) for text, start in
             (("2020年", 0), ("2022年", 14))]
    events = [Event(
        id=f"evt-{start}", doc="001_port", start=start, end=start + 5, text=text, date=text[:4], kind="law",
        instrument=instrument, action="颁布", sentence=sentence, sentence_start=0, sentence_end=len(sentence),
    ) for text, start, instrument in (("2020年", 0, "海港法"), ("2022年", 14, "渔港法"))]
    data = dataset(*dates).changed({"events": tuple(events)})
    bound = bind(data, 海港=spec(Query(event="海港法")), 渔港=spec(Query(event="漁港法")))
    assert [value.text for value in bound.values()] == ["2020年", "2022年"]


@pytest.mark.parametrize("before", ["吸纳了约", "吸纳了"])
def test_a_qualifier_may_be_named_or_not(before: str) -> None:
    assert bind(TOWNS, 值=spec(Query(doc="001", before=before)))["值"].observations == (HARBOUR.id,)


def test_agreeing_candidates_keep_the_qualifier() -> None:
    bound = bind(TOWNS, 港口=spec(Query(doc="002", words=("劳动力",)), Query(doc="001", words=("劳动力",))))["港口"]
    assert (bound.text, bound.plain, bound.number, bound.verdict) == ("约46%", "46%", "46", "agrees")
    assert bound.observations == (HARBOUR.id, HARBOUR_SHORT.id)
    assert "限定词不同" in bound.reason


def test_disagreement_names_place_candidates_and_sentences() -> None:
    [message] = mistakes(TOWNS, 港口=spec(Query(words=("吸纳",), kind="percent")))
    assert message.startswith("values.yaml:7: 值“港口”的3个候选不一致")
    for part in ("约46%", "002_town", "該港口吸納 46% 的勞動力。", "003_city", "52%"):
        assert part in message
    assert "\n" not in message


def test_preference_settles_and_keeps_the_loser_as_witness() -> None:
    bound = bind(TOWNS, 港口=spec(Query(words=("吸纳",), kind="percent"), prefer=("003",)))["港口"]
    assert (bound.text, bound.verdict) == ("52%", "conflicts")
    assert bound.observations == (HARBOUR_OTHER.id, HARBOUR.id, HARBOUR_SHORT.id)
    assert "001_port作约46%" in bound.reason and "以003_city的52%为准" in bound.reason
    assert bound.why == "values.yaml 写明以003_city为先"


def test_declared_precedence_settles_where_nothing_is_preferred() -> None:
    named = TOWNS.changed({"precedence": ("003_city",)})
    bound = bind(named, 港口=spec(Query(words=("吸纳",), kind="percent")))["港口"]
    assert (bound.text, bound.verdict) == ("52%", "conflicts")
    assert "以003_city的52%为准" in bound.reason and bound.why == "report.yaml 写明以003_city为先"


def test_the_kind_of_source_settles_where_nothing_is_preferred() -> None:
    kinds = {"001_port": "媒体", "002_town": "媒体", "003_city": "一手"}
    cards = tuple(card.changed({"reliability": kinds[card.id]}) for card in TOWNS.sources)
    bound = bind(TOWNS.changed({"sources": cards}), 港口=spec(Query(words=("吸纳",), kind="percent")))["港口"]
    assert (bound.text, bound.verdict, bound.why) == ("52%", "conflicts", "一手来源先于媒体")


def test_preference_for_a_silent_document_settles_nothing() -> None:
    data = dataset(HARBOUR, HARBOUR_OTHER, observation("7家", doc="009_x"))
    [message] = mistakes(data, 港口=spec(Query(words=("吸纳",)), prefer=("009",)))
    assert "不一致" in message


def test_candidates_that_differ_within_the_preferred_document_stay_a_mistake() -> None:
    [message] = mistakes(TOWNS, 港口=spec(Query(kind="percent"), prefer=("001",)))
    assert "不一致" in message


def test_nothing_found_tells_what_kept_the_nearest_out() -> None:
    [message] = mistakes(TOWNS, 港口=spec(Query(doc="003", words=("吸纳", "渔民"))))
    assert "一条也没找到" in message and "只差“words: 渔民”" in message and "港口吸纳了52%的劳动力。" in message


@pytest.mark.parametrize("doc, problem", [("00", "不止一份：001_port、002_town、003_city"), ("9", "没有编号以“9”开头")])
def test_document_prefix(doc: str, problem: str) -> None:
    [message] = mistakes(TOWNS, 港口=spec(Query(doc=doc, kind="percent")))
    assert problem in message and "001_port" in message


def test_a_document_that_is_gone_is_told_once_with_the_values_that_ask_it() -> None:
    gone, other = Query(doc="9", kind="percent"), Query(doc="8", words=("无",))
    told = mistakes(TOWNS, 甲=spec(gone), 乙=spec(other), 丙=spec(gone), 丁=derived("sum", "甲", "丙"))
    assert [line.partition(": ")[2].partition(" — ")[0] for line in told] == [
        "没有编号以“9”开头的文献，用到它的值：甲、丙", "没有编号以“8”开头的文献，用到它的值：乙"]


def test_all_mistakes_at_once() -> None:
    assert len(mistakes(TOWNS, 甲=spec(Query(words=("无",))), 乙=derived("sum", "丙"), 丁=spec(Query()))) == 3


def test_rounded_and_coarser_figures_agree() -> None:
    data, _ = numbers(a="50.4%", b="超一半", c="87%", d="超八成", e="约1300亿元", f="1261亿元")
    for first, second, text in (("a", "b", "50.4%"), ("c", "d", "87%"), ("e", "f", "1261亿元")):
        bound = bind(data, 值=spec(Query(doc=first), Query(doc=second)))["值"]
        assert (bound.text, bound.verdict) == (text, "agrees")


@pytest.mark.parametrize("first, second", [
    ("87%", "超九成"), ("57%", "约60%"), ("近50%", "超50%"), ("超20亿元", "超10亿元"), ("71.25%", "近八成"),
    ("10%至13%", "10%")])
def test_figures_that_disagree(first: str, second: str) -> None:
    data, _ = numbers(a=first, b=second)
    assert "不一致" in mistakes(data, 值=spec(Query(doc="a"), Query(doc="b")))[0]


@pytest.mark.parametrize("prefer", [(), ("a",)])
@pytest.mark.parametrize("first, second", [("100人", "100家"), ("3亿美元", "3亿元"), ("1140亿元", "1091亿美元")])
def test_units_that_cannot_be_converted(first: str, second: str, prefer: tuple[str, ...]) -> None:
    """Whatever is preferred."""
    data, _ = numbers(a=first, b=second)
    [message] = mistakes(data, 值=spec(Query(doc="a"), Query(doc="b"), prefer=prefer))
    assert "单位不同，不能换算" in message and first in message and second in message and "\n" not in message


def test_the_later_edition_holds_where_they_agree() -> None:
    data, _ = numbers(a="87人", b="87位")
    for dates, winner in (({"a": "2025-12-14", "b": "2026-01-19"}, "b"), ({"a": "2026-01-19", "b": ""}, "a")):
        cards = tuple(card.changed({"date": dates[card.id]}) for card in data.sources)
        bound = bind(data.changed({"sources": cards}), 值=spec(Query(doc="a"), Query(doc="b"), unit="人"))["值"]
        assert bound.observations[0] == f"obs-{winner}-9" and (bound.text, bound.why) == ("87人", "")


@pytest.mark.parametrize("operation, first, second, digits, printed", [
    ("difference", "63%", "25%", 0, "38个百分点"),
    ("difference", "约20%", "0.3%", 1, "约19.7个百分点"),
    ("difference", "超过9.4万人", "1.2万人", 1, "约8.2万人"),
    ("difference", "9.4万人", "超过1.2万人", 1, "约8.2万人"),
    ("difference", "超过90人", "12人", 0, "超过78人"),
    ("difference", "94人", "超过12人", 0, "不足82人"),
    ("difference", "超过9.4万人", "超过1.2万人", 1, "约8.2万人"),
    ("difference", "1.2亿元", "0.9亿元", 0, "3000万元"),
    ("difference", "2025年", "2018年", 0, "7年"),
    ("sum", "41人", "40位", 0, "81人"),
    ("sum", "超过1亿元", "至少2亿元", 0, "超过3亿元"),
    ("sum", "超过1亿元", "不足2亿元", 0, "约3亿元"),
    ("ratio", "63%", "25%", 2, "2.52倍"),
    ("ratio", "1091亿美元", "约91亿美元", 0, "约12倍"),
    ("growth", "28%", "11%", 1, "约154.5%"),
    ("growth", "80家", "100家", 0, "−20%"),
    ("growth", "999家", "1000家", 0, "约0%"),
    ("share", "80家", "100家", 0, "80%"),
    ("share", "1140亿元", "超1600亿元", 0, "约71%"),
    ("share", "1140亿元", "超1600亿元", 2, "约71.25%"),
    ("share", "1100亿元", "超1600亿元", 0, "不足69%"),
    ("share", "1人", "8人", 1, "12.5%"),
    ("share", "1人", "8人", 0, "约12%"),
    ("share", "3人", "8人", 0, "约38%"),
])
def test_derived(operation: Operation, first: str, second: str, digits: int, printed: str) -> None:
    data, specs = numbers(a=first, b=second)
    bound = bind_values({**specs, "c": derived(operation, "a", "b", digits=digits)}, data, {})["c"]
    assert (bound.text, bound.parents, bound.operation) == (printed, ("a", "b"), operation)
    assert bound.observations == ()
    assert [(figure.value, figure.bound) for figure in figures_in(bound.text)] == [(bound.value, bound.bound)]


@pytest.mark.parametrize("operation, first, sentence, second, printed, interval", [
    ("base", "49.15亿美元", "预算较前年增长21.8%。", "21.8%", "约40.35亿美元", (4.0332e9, 4.0374e9)),
    ("base", "49.15亿美元", "预算较前年增长约21.8%。", "约21.8%", "约40.35亿美元", (4.0117e9, 4.0592e9)),
    ("base", "1091亿美元", "投资约为邻国的12倍。", "12倍", "约91亿美元", (8.724e9, 9.491e9)),
    ("base", "300万人", "客流增长2倍。", "2倍", "约100万人", (8.557e5, 1.2020e6)),
    ("base", "80亿元", "收入下降20%。", "20%", "约100亿元", (9.876e9, 1.0126e10)),
    ("base", "250亿元", "投入增加50亿元。", "50亿元", "约200亿元", (1.99e10, 2.01e10)),
    ("base", "1.0亿元", "投入增长22.3%。", "22.3%", "约8177万元", (7.765e7, 8.589e7)),
    ("base", "500人", "员工增长3.1%。", "3.1%", "约485人", (484.73, 485.2)),
    ("base", "63%", "占比提高了38个百分点。", "38个百分点", "约25%", (24.0, 26.0)),
    ("base", "37%", "占比下降了5个百分点。", "5个百分点", "约42%", (41.0, 43.0)),
    ("whole", "超1600亿元", "占全市近40%。", "近40%", "超过4000亿元", (4e11, 4.7222e11)),
    ("whole", "超过9.4万人", "占全市三分之一。", "三分之一", "约28.2万人", (2.6233e5, 3.0811e5)),
    ("whole", "87人", "占全部约一半。", "约一半", "约174人", (161.11, 189.13)),
])
def test_implied(operation: Operation, first: str, sentence: str, second: str, printed: str,
                 interval: tuple[float, float]) -> None:
    """As many digits as the level has that it follows from, more where the interval needs them."""
    data, specs = numbers(a=first)
    said = observation(second, doc="s", sentence=sentence, start=5)
    data = dataset(*data.observations, said)
    specs |= {"b": spec(Query(doc="s")), "c": derived(operation, "a", "b")}
    bound = bind_values(specs, data, {})["c"]
    assert (bound.text, bound.parents, bound.operation) == (printed, ("a", "b"), operation)
    assert bound.interval == pytest.approx(interval, rel=2e-4) and "推算值，原文未载" in bound.reason
    assert bound.interval and isinstance(bound.value, float | int)
    assert bound.interval[0] <= bound.value <= bound.interval[1]


@pytest.mark.parametrize("operation, first, second, problem", [
    ("base", "41人", "3亿元", "不是“a”（41人）的变化"), ("base", "63%", "12%", "推算不出基数"),
    ("whole", "41人", "12人", "不是占比"), ("whole", "41人", "0%", "不能作除数"), ("base", "2024年", "12%", "年份")])
def test_what_implies_nothing(operation: Operation, first: str, second: str, problem: str) -> None:
    data, specs = numbers(a=first, b=second)
    with pytest.raises(ReportError) as caught:
        bind_values({**specs, "c": derived(operation, "a", "b")}, data, {"c": "values.yaml:9"})
    [issue] = caught.value.issues
    assert issue.where == "values.yaml:9" and problem in issue.problem


def test_derived_before_its_parents_in_the_file() -> None:
    data, specs = numbers(a="41人", b="40人")
    bound = bind_values({"c": derived("sum", "a", "b"), **specs}, data, {})
    assert list(bound) == ["c", "a", "b"] and bound["c"].value == 81


def test_counts() -> None:
    data, specs = numbers(a="41人", b="40人")
    counts = {"n": derived("count", "a", "b", unit="类"), "s": derived("count", "sources")}
    bound = bind_values({**specs, **counts}, data, {})
    assert (bound["n"].text, bound["s"].text) == ("2类", "2份")


@pytest.mark.parametrize("operation, first, second, problem", [
    ("difference", "41人", "3亿元", "单位不同"), ("sum", "41人", "40家", "单位不同"),
    ("ratio", "63%", "12倍", "单位不同"), ("ratio", "41人", "0人", "是零"),
    ("sum", "10%至13%", "3%", "不是单个数量"), ("share", "第三名", "第四名", "不是单个数量"),
    ("sum", "2019年", "2020年", "年份"), ("difference", "3亿美元", "3亿元", "单位不同"),
])
def test_derivations_that_cannot_be(operation: Operation, first: str, second: str, problem: str) -> None:
    data, specs = numbers(a=first, b=second)
    with pytest.raises(ReportError) as caught:
        bind_values({**specs, "c": derived(operation, "a", "b")}, data, {"c": "values.yaml:9"})
    [issue] = caught.value.issues
    assert issue.where == "values.yaml:9" and problem in issue.problem


@pytest.mark.parametrize("figure, wanted", [
    ("3亿美元", "元"), ("41人", "元"), ("41人", "%"), ("63%", "人"), ("5吨", "人")])
def test_a_unit_that_cannot_be_converted(figure: str, wanted: str) -> None:
    data, _ = numbers(a=figure)
    [message] = mistakes(data, 值=spec(Query(doc="a"), unit=wanted))
    assert f"不能换算成“{wanted}”" in message


def test_unknown_parent_cycle_and_wrong_number() -> None:
    data, specs = numbers(a="41人")
    for wrong, problem in ((derived("sum", "a", "zz"), "“zz”没有定义"), (derived("sum", "c"), "c ← c"),
                           (derived("ratio", "a"), "要 2 个值"), (derived("sum"), "没有写由哪些值得出")):
        with pytest.raises(ReportError, match=problem):
            bind_values({**specs, "c": wrong}, data, {})


def test_a_failed_parent_is_told_once() -> None:
    assert len(mistakes(TOWNS, 甲=spec(Query(words=("无",))), 乙=derived("sum", "甲"), 丙=derived("sum", "乙"))) == 1


@pytest.mark.parametrize("text, low, high", [
    ("57%", 56.5, 57.5), ("约57%", 54.79, 59.21), ("90%左右", 86.8, 93.2), ("约20%", 18.9, 21.1),
    ("约64亿美元", 6.158e9, 6.642e9), ("87人", 87, 87), ("87位", 87, 87), ("380家", 380, 380),
    ("1.2万人", 11500, 12500), ("约2人", 1.44, 2.56), ("三分之一", 0.30833, 0.35833), ("翻倍", 1.915, 2.085),
    ("近七成", 65, 70), ("不足七成", 60, 70), ("超八成", 80, 90), ("超过1600亿元", 1.6e11, 1.7e11),
    ("近100人", 90, 100), ("连续3年", 3, 3), ("12倍", 11.5, 12.5),
    ("0.3%", 0.25, 0.35), ("约1人", 0.47, 1.53), ("不到1人", 0, 1),
])
def test_what_a_figure_may_be(text: str, low: float, high: float) -> None:
    """In the unit of its value: counted things are no others, 约 is wider than rounding, nobody is fewer than none."""
    data, specs = numbers(a=text)
    bound = bind_values(specs, data, {})["a"]
    assert bound.interval == pytest.approx((low, high), rel=1e-4)
    assert bound.interval and isinstance(bound.value, float | int) and bound.interval[0] <= bound.value
    assert bound.value <= bound.interval[1]


@given(AMOUNTS, AMOUNTS, st.integers(0, 3), st.sampled_from(["", "约", "超过", "不足"]))
def test_what_is_printed_lies_in_its_interval(first: int, second: int, digits: int, word: str) -> None:
    """And a bound is printed only where the interval keeps it."""
    data, specs = numbers(a=f"{word}{first}万元", b=f"{second}万元", c="约30.5%")
    of: dict[str, tuple[Operation, str]] = {
        "d": ("difference", "b"), "e": ("sum", "b"), "f": ("share", "b"), "g": ("ratio", "b"), "h": ("whole", "c")}
    specs |= {name: derived(operation, "a", parent, digits=digits) for name, (operation, parent) in of.items()}
    for bound in bind_values(specs, data, {}).values():
        assert bound.interval and isinstance(bound.value, float | int)
        low, high = bound.interval
        assert low <= bound.value <= high
        assert low >= bound.value or bound.bound not in ("more-than", "at-least")
        assert high <= bound.value or bound.bound not in ("less-than", "at-most")


def test_derived_counts_are_exact_and_none_is_negative() -> None:
    data, specs = numbers(a="87人", b="84人", c="约2人", d="2人")
    bound = bind_values({**specs, "e": derived("difference", "a", "b"), "f": derived("difference", "c", "d")}, data, {})
    assert bound["e"].interval == (3, 3)
    assert bound["f"].interval == pytest.approx((0, 0.56))


@pytest.mark.parametrize("text", ["12345678901234567元", "1.2345678901234567亿元", "1,234,567,890,123,456,789元"])
def test_a_long_number_is_printed_whole(text: str) -> None:
    data, specs = numbers(a=text)
    bound = bind_values({**specs, "b": derived("sum", "a", "a")}, data, {})
    assert bound["a"].text == text.replace(",", "")
    assert not text.startswith("123") or bound["b"].text == "24691357802469134元"


@given(AMOUNTS, AMOUNTS, st.integers(0, 3))
def test_difference_undoes_sum(first: int, second: int, digits: int) -> None:
    data, specs = numbers(a=f"{first}人", b=f"{second}人")
    bound = bind_values({**specs, "s": derived("sum", "a", "b", digits=digits),
                         "d": derived("difference", "s", "b", digits=digits)}, data, {})
    assert bound["d"].value == first


@given(AMOUNTS, AMOUNTS, st.integers(0, 3))
def test_rounding_is_within_half_a_step_and_even(first: int, second: int, digits: int) -> None:
    data, specs = numbers(a=f"{first}人", b=f"{second}人")
    share = bind_values({**specs, "c": derived("share", "a", "b", digits=digits)}, data, {})["c"]
    assert isinstance(share.value, float | int)
    assert abs(share.value - first / second * 100) <= 0.5 * 10**-digits + 1e-6
    assert share.plain == f"{share.number}%" and float(share.number) == pytest.approx(share.value)


@given(AMOUNTS, AMOUNTS, BOUNDS, BOUNDS)
def test_bound_of_a_sum_does_not_depend_on_order(
    first: int, second: int, one: tuple[str, Bound], two: tuple[str, Bound],
) -> None:
    data, specs = numbers(a=f"{one[0]}{first}人", b=f"{two[0]}{second}人")
    bound = bind_values({**specs, "s": derived("sum", "a", "b"), "t": derived("sum", "b", "a")}, data, {})
    assert bound["s"].bound == bound["t"].bound and bound["s"].value == bound["t"].value
    if one[1] == two[1]:
        assert bound["s"].bound == one[1]


def test_the_year_in_a_title_can_be_asked_as_the_events() -> None:
    """No figure of the text, it is an observation only of the dataset that a report draws on."""
    sentence = "港务局依据《2018年港口安全法》审查货船。"
    law = Event(id="evt-1", doc="001_port", start=5, end=10, text="2018年", date="2018", kind="law",
                instrument="2018年港口安全法", sentence=sentence, sentence_start=0, sentence_end=len(sentence))
    data = dataset(HARBOUR).changed({"events": (law,)})
    values = bind(data, 年份=spec(Query(doc="001", event="港口安全法")))
    assert values["年份"].text == "2018年"

    whole = with_values(data, values)
    assert {one.id for one in whole.observations} == {HARBOUR.id, *values["年份"].observations}
    assert {one for fact in whole.facts for one in fact.observations} == {one.id for one in whole.observations}
    assert bind(whole, 年份=spec(Query(doc="001", event="港口安全法"))) == values
    assert with_values(data, {}).observations == data.observations
