"""Amounts: a number with its unit, ranges and lists of them, fractions, multiples, ranks and scores."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from report.observations.figure import Figure, plain
from report.observations.lexicon import Unit, UnitLexicon, read_table
from report.observations.numerals import DIGITS, Numeral, numeral_at
from report.observations.observation import Kind
from report.observations.page import Page
from report.observations.qualifying import QUALIFIERS

UNITS = UnitLexicon()
_SUPPRESSED = read_table("suppressions")
_ENUMERATION = re.compile(
    "(?:个|大|项|条|种|类)?(?:[\u4e00-\u9fff]{0,2})(?:" + "|".join(_SUPPRESSED["enumerations"]) + ")"
)
_JOIN = re.compile(r" ?(?:-{1,2}|至|到|~) ?")
_BETWEEN = re.compile(r"(?:\([^()\n]{0,20}\))? ?(?:和|与|至|到|-) ?")
_BETWEEN_BEFORE = re.compile("(?:在|介于|介乎|位于)[^,，。;；]{0,6}$")
_BETWEEN_AFTER = re.compile(r"(?:\([^()\n]{0,20}\))? ?之?间")
_LIST = re.compile(r" ?[、和与及或] ?")
_INSIDE = re.compile(" ?([余多来几])")
_HALF_AFTER = re.compile("个半(?=月|小时|世纪|百分点)")
_TENTHS = re.compile(r"[一二三四五六七八九](?![一二三四五六七八九十百千万亿家名个项人位年月日台种类大分次件条])")
_PER_AFTER = re.compile("/[ ]?([A-Za-z\u4e00-\u9fff][A-Za-z²³\u4e00-\u9fff]{0,4})")
_PER_BEFORE = re.compile("每(英寸|平方公里|平方米|立方米|公里|吨|桶|人|千人|万人|百人|亩|公顷|千瓦时|小时|分钟|秒|天|年) ?$")
_DEPTH = 12  # longest list or range looked through; bounds the work on hostile input

BARE_SCALE = 10_000


@dataclass(frozen=True)
class Amount:
    """A numeral with the unit after it (None: none found) and the word between them (余, 多)."""

    numeral: Numeral
    unit: Unit | None
    end: int
    inside: str
    half: bool = False

    @property
    def value(self) -> Decimal:
        return _scaled(self.numeral.value + (Decimal("0.5") if self.half else 0), self.unit)

    @property
    def high(self) -> Decimal | None:
        return None if self.numeral.high is None else _scaled(self.numeral.high, self.unit)


def _scaled(value: Decimal, unit: Unit | None) -> Decimal:
    """成 are tens of percent."""
    return value * 10 if unit and unit.unit == "成" else value


def amounts_at(page: Page, place: int, depth: int = 0) -> list[Figure] | None:
    """The amounts that begin with the number at `place`: one, a range as one, or a list that shares its unit."""
    numeral = numeral_at(page.text, place)
    if numeral is None or depth > _DEPTH:
        return None
    amount = _measured(page, numeral)
    return _range(page, amount) or _listed(page, amount, depth) or _single(page, amount)


def _measured(page: Page, numeral: Numeral) -> Amount:
    """The number with its unit: 600余家, 两个半月, 30 多亿元, 人民币100亿."""
    text, end, half = page.text, numeral.end, False
    if _HALF_AFTER.match(text, end):
        end, half = end + 2, True
    inside = _INSIDE.match(text, end)
    for start, word in ((inside.end(), inside[1]), (end, "")) if inside else ((end, ""),):
        found = UNITS.at(text, start, numeral.arabic)
        if half and text.startswith("月", start):
            found = Unit("duration", "个月"), start + 1
        if found:
            unit, stop = found
            word = word or next((char for char in text[start:stop] if char in "余多来"), "")
            tenths = _TENTHS.match(text, stop) if unit.unit == "成" else None
            if tenths:
                numeral = replace(numeral, value=numeral.value + Decimal(DIGITS[tenths[0]]) / 10)
                stop = tenths.end()
            halved = text.startswith("半", stop) and unit.unit in ("年", "天", "倍", "成", "小时")
            return Amount(numeral, unit, stop + halved, word or numeral.qualifier, half or halved)
    currency = UNITS.currency_before(text, numeral.start)
    if currency:
        return Amount(numeral, Unit("money", currency[0]), numeral.end, numeral.qualifier)
    return Amount(numeral, None, numeral.end, numeral.qualifier)


def _range(page: Page, low: Amount) -> list[Figure] | None:
    """10%至13%, 1150亿至1350亿美元, 六七成, 二三十家, 在0%(…)和17%之间."""
    if low.high is not None:
        return [_figure(page, low, low.value, low.high)] if low.unit else None
    joined = _JOIN.match(page.text, low.end)
    between = None if joined else _between(page, low)
    join = joined or between
    numeral = numeral_at(page.text, join.end()) if join else None
    if numeral is None:
        return None
    high = _measured(page, numeral)
    if high.unit is None or high.high is not None or (low.unit and low.unit != high.unit):
        return None
    if between and not _BETWEEN_AFTER.match(page.text, high.end):
        return None
    first = _share(low, high)
    return [_figure(page, replace(high, inside=""), first, high.value, low.numeral.start)] if first < high.value else None


def _between(page: Page, low: Amount) -> re.Match[str] | None:
    before = page.text[max(0, low.numeral.start - 10) : low.numeral.start]
    return _BETWEEN.match(page.text, low.end) if _BETWEEN_BEFORE.search(before) else None


def _share(low: Amount, high: Amount) -> Decimal:
    """The first value with what it leaves to the second: its multiplier (3至5亿, not 5000至1万) and its unit."""
    value = _scaled(low.numeral.value, high.unit)
    scale = high.numeral.scale
    shares = low.unit is None and low.numeral.scale == 1 < scale
    return value * scale if shares and value * scale < high.value else value


def _listed(page: Page, amount: Amount, depth: int) -> list[Figure] | None:
    """55.6万、53.1万辆; 25亿及12亿元; 2.3个和2.1个百分点: the unit of the last holds for those before it."""
    joined = _LIST.match(page.text, amount.end)
    if not joined or (amount.unit and amount.unit.unit != "个"):
        return None
    rest = amounts_at(page, joined.end(), depth + 1)
    first = rest[0] if rest else None
    if rest is None or first is None or first.kind in ("range", "ordinal", "score", "year", "date") or first.rule == "bare":
        return None
    if amount.unit and first.unit != "百分点":
        return None
    following = numeral_at(page.text, joined.end())
    value = amount.value
    scale = following.scale if following else 1
    if amount.numeral.scale == 1 < scale and not amount.numeral.bare and first.kind in ("count", "money", "other"):
        value *= scale
    elif amount.numeral.scale > 1 == scale:
        return None
    return [_figure(page, replace(amount, unit=Unit(first.kind, first.unit)), value), *rest]


def _single(page: Page, amount: Amount) -> list[Figure] | None:
    if amount.unit is None:
        return _bare(page, amount)
    if _suppressed(page, amount):
        return None
    return [_figure(page, amount, amount.value)]


def _bare(page: Page, amount: Amount) -> list[Figure] | None:
    """A number of ten thousands or more without a unit (1.8万亿): a count, or money where the words around say so."""
    numeral = amount.numeral
    if numeral.scale < BARE_SCALE or (numeral.bare and not numeral.qualifier and not _qualified(page, numeral)):
        return None
    inside = _INSIDE.match(page.text, numeral.end)
    if inside and page.text[inside.end() : inside.end() + 1] not in "家个名项":
        amount = replace(amount, end=inside.end(), inside=inside[1])
    figure = _figure(page, replace(amount, unit=Unit("count", "")), amount.value)
    return [replace(figure, rule="bare")]


def _suppressed(page: Page, amount: Amount) -> bool:
    """A numeral that counts nothing: an article, an enumeration of points, 每三年, 百家 without 近/数/余."""
    numeral, unit = amount.numeral, amount.unit
    before = page.text[max(0, numeral.start - 8) : numeral.start]
    if unit and unit.kind == "score":
        cue = _INDEX if unit.unit == "点" else _GRADED
        return not numeral.arabic or not cue.search(page.text[max(0, numeral.start - 60) : numeral.start])
    if numeral.arabic or unit is None or amount.half:
        return False
    qualified = _qualified(page, numeral) or bool(amount.inside)
    written = page.text[numeral.start : numeral.end]
    if written in ("百", "千", "万", "亿", "兆") and not qualified:
        return True
    if unit.kind == "duration":
        return bool(before) and before[-1] in _SUPPRESSED["durations_after"] or (
            written in ("一", "千", "百", "万") and not qualified and not _span_word(page, before, amount.end)
        )
    if written == _SUPPRESSED["article"] and unit.kind in ("count", "other"):
        return not qualified
    return numeral.value <= 10 and unit.kind == "count" and bool(_ENUMERATION.match(page.text, numeral.end))


def _qualified(page: Page, numeral: Numeral) -> bool:
    return bool(QUALIFIERS.before.search(page.text[max(0, numeral.start - 8) : numeral.start]))


def _span_word(page: Page, before: str, end: int) -> bool:
    """Whether 一年 is a length: 过去一年, 为期一年, 一年内."""
    return before.endswith(("过去", "为期", "未来", "历时", "最近", "满")) or page.text[end : end + 1] in "内半多"


_GRADED = re.compile("(?:评分|得分|分值|总分|满分|打分|分数|均分|考|得|获)[^。!?！？\n]*$")
_INDEX = re.compile("(?:指数|[股纳道沪深标恒]指|大盘|点位|收[于报在])[^。!?！？\n]*$")
_SCORE_CUE = re.compile(
    "(?:指数|系数|评分|得分|分值|总分|满分|打分|分数|均分|景气度|PMI|BDI|VIX|股指|收于|收报|收在|点位|大盘)(?:[^,，。;；\n0-9]|[0-9.]+(?=[升降回]|至)){0,20}$"
)


def _scored(page: Page, numeral: Numeral) -> bool:
    return bool(_SCORE_CUE.search(page.text[max(0, numeral.start - 32) : numeral.start]))


_SCORE_VERB = re.compile("(?:为|达|至|到|报|于|在|由|从|是|高达|仅|仅为|值|:|约|[增上下升降]) ?$")


def score_at(page: Page, place: int) -> list[Figure] | None:
    """An index or score without a unit: 紧缺指数高达0.51, PMI由50.2升至51.4."""
    numeral = numeral_at(page.text, place)
    if numeral is None or not numeral.arabic or not _scored(page, numeral):
        return None
    before = page.text[max(0, place - 4) : place]
    after = page.text[numeral.end : numeral.end + 1]
    if not _SCORE_VERB.search(before) or after.isalnum() and after not in "点升降回上下和与较高低比是为,":
        return None
    unit = "点" if after == "点" else ""
    return [_figure(page, Amount(numeral, Unit("score", unit), numeral.end + len(unit), ""), numeral.value)]


_SLASH = re.compile("(?P<part>[1-9])/(?P<whole>[2-9]|10)(?=的|以上|左右|多|强|弱| ?[,，。、;；)]| 的|$|至|到|流|来自)")
_FRACTION = re.compile("分之")
_PERCENT_RANGE = re.compile("(?:至|到|-)(?:百分之)?")


def fraction_at(page: Page, place: int) -> list[Figure] | None:
    """三分之一, 百分之六十, 百分之十至十五, 千分之三, 百分百."""
    slash = _SLASH.match(page.text, place) if page.text[place - 1 : place] not in ("/", ".") else None
    if slash and int(slash["part"]) < int(slash["whole"]):
        value = Decimal(slash["part"]) / Decimal(slash["whole"])
        return [_built(page, "ratio", slash.span(), (value,), "", "fraction")]
    whole = numeral_at(page.text, place)
    if whole is None or whole.arabic or whole.value <= 1:
        return None
    if page.text.startswith("百分百", place):
        return [_built(page, "percent", (place, place + 3), (Decimal(100),), "%", "fraction")]
    part = numeral_at(page.text, whole.end + 2) if _FRACTION.match(page.text, whole.end) else None
    if part is None:
        return None
    percent = whole.bare and whole.value >= 100
    factor = Decimal(100) if percent else Decimal(1)
    values, end = [part.value * factor / whole.value], part.end
    joined = _PERCENT_RANGE.match(page.text, end) if percent else None
    high = numeral_at(page.text, joined.end()) if joined else None
    if high and UNITS.at(page.text, high.end, high.arabic) is None:
        values, end = [*values, high.value * factor / whole.value], high.end
    kind: Kind = "percent" if percent else "ratio"
    return [_built(page, kind, (place, end), tuple(values), "%" if percent else "", "fraction")]


_HALF = re.compile("半数|半(?=[数,，。、;；:)）」”\"\\s为的]|$|以上|来自|是|集中|左右)")
_HALF_BEFORE = re.compile("(?:近|超过|超|逾|过|约|达|接近|将近|不足|不到|占比?) ?$")
_HALF_SPAN = re.compile("半(?P<unit>年|个月|天|小时|个小时)(?!代|报|度报)")
_DOUBLE = re.compile("翻倍|翻番|翻(?:了|了近|近|超)?(?P<n>[一两二三四五六七八九十几0-9.]+)(?P<what>番|倍)")


def half_at(page: Page, place: int) -> list[Figure] | None:
    """半数, 一半, 近半, 半年."""
    text = page.text
    if text.startswith("一半", place) and text[place + 2 : place + 4] != "导体":
        return [_built(page, "ratio", (place, place + 2), (Decimal("0.5"),), "", "half")]
    span = _HALF_SPAN.match(text, place)
    if span and text[place - 1 : place] not in ("上", "下", "每"):
        unit = span["unit"].replace("个小时", "小时")
        return [_built(page, "duration", span.span(), (Decimal("0.5"),), unit, "half")]
    found = _HALF.match(text, place)
    if found and (found[0] == "半数" or _HALF_BEFORE.search(text[max(0, place - 3) : place])):
        return [_built(page, "ratio", found.span(), (Decimal("0.5"),), "", "half")]
    return None


def double_at(page: Page, place: int) -> list[Figure] | None:
    """翻倍 and 翻一番 are 2 times, 翻两番 4 times, 翻了三倍 3 times."""
    found = _DOUBLE.match(page.text, place)
    if not found:
        return None
    number = numeral_at(page.text, found.start("n")) if found["n"] else None
    times = number.value if number else Decimal(1)
    value = times if found["what"] == "倍" else Decimal(2) ** times
    return [_built(page, "ratio", found.span(), (value,), "倍", "double")]


_ORDINAL_UNIT = re.compile(" ?(?:届|名(?!义|列)|位(?!置)|任期|任|强|[家台辆架艘件枚个例架](?!人))(?!别)")
_FIRST_CONTEXT = re.compile("(?:居|列|入|进|跻身|排名|世界|全球|全国|全市|全省|亚洲|位|行业|占据|稳居|排|前|名)$")


def ordinal_at(page: Page, place: int) -> list[Figure] | None:
    """第八届, 倒数第三名, 前三名, 位居前三."""
    text = page.text
    numeral = numeral_at(text, place)
    if numeral is None:
        return None
    start = place - 2 if text[place - 2 : place] in ("第 ", "前 ") else place - 1
    mark = text[start] if start >= 0 else ""
    if mark not in ("第", "前"):
        return None
    unit = _ORDINAL_UNIT.match(text, numeral.end)
    if mark == "前" and not _is_rank(page, start, numeral.end, bool(unit and unit[0].strip() in ("名", "位", "强"))):
        return None
    end = unit.end() if unit else numeral.end
    core_start = start if mark == "第" else place
    figure = _built(page, "ordinal", (core_start, end), (numeral.value,), unit[0].strip() if unit else "", "ordinal")
    return [_counted_back(page, figure) if mark == "第" else replace(figure, start=start, qualifier="前", bound="at-most")]


def _is_rank(page: Page, start: int, end: int, unit: bool) -> bool:
    """前三 alone is a rank after 位居 and the like; 前三名 always is."""
    after = page.text[end : end + 1]
    alone = bool(_FIRST_CONTEXT.search(page.text[max(0, start - 4) : start])) and after not in "个季月年大家项十%成分天日周百千万亿"
    return unit or alone


def _counted_back(page: Page, figure: Figure) -> Figure:
    if not page.text.endswith("倒数", 0, figure.core_start):
        return figure
    return replace(figure, start=figure.core_start - 2, qualifier="倒数")


def _figure(page: Page, amount: Amount, low: Decimal, high: Decimal | None = None, start: int | None = None) -> Figure:
    """The figure of an amount, or of a range from `low` to `high` that begins at `start`."""
    unit = amount.unit or Unit("count", "")
    start = amount.numeral.start if start is None else start
    name = "%" if unit.unit == "成" else unit.unit
    values = (low,) if high is None else (low, high)
    end, name = _per(page, start, amount.end, unit.kind, name)
    figure = _built(page, unit.kind, (start, end), values, name, unit.kind if high is None else f"{unit.kind}-range")
    currency = UNITS.currency_before(page.text, start) if unit.kind == "money" else None
    if currency and name in ("元", currency[0]):
        figure = replace(figure, start=currency[1], core_start=currency[1], unit=currency[0])
    if amount.inside and not figure.qualifier:
        bound = QUALIFIERS.bounds.get(amount.inside, "approx")
        figure = replace(figure, qualifier=amount.inside, bound=bound)
    return figure


def _per(page: Page, start: int, end: int, kind: Kind, unit: str) -> tuple[int, str]:
    """元/吨 after the number, 每英寸 before it: where the figure ends and its compound unit."""
    if kind not in ("money", "count", "other"):
        return end, unit
    after = _PER_AFTER.match(page.text, end)
    if after:
        measure = re.match("平方公里|平方米|立方米|千瓦时|[一-鿿]|[A-Za-z²³]+", after[1])
        if measure:
            return after.start(1) + measure.end(), f"{unit}/{measure[0]}"
    before = _PER_BEFORE.search(page.text[max(0, start - 6) : start]) if kind == "other" else None
    return end, f"{unit}/{before[1]}" if before else unit


def _built(page: Page, kind: Kind, span: tuple[int, int], values: tuple[Decimal, ...], unit: str, rule: str) -> Figure:
    start, end = span
    if page.negative(start) and kind in ("percent", "money", "other", "ratio", "score"):
        start, values = start - 1, tuple(-value for value in values)
    value = plain(values[0]) if len(values) == 1 else (plain(values[0]), plain(values[1]))
    if len(values) == 1:
        return Figure(start, end, start, end, kind, value, unit, rule=rule)
    return Figure(start, end, start, end, "range", value, unit, kind, rule=rule)
