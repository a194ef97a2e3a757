"""Figures written out in the many ways of Chinese texts, with what each of them says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import strategies as st

DIGITS = "零一二三四五六七八九"
SCALES = {"": 1, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8, "万亿": 10**12, "兆": 10**12}
TRADITIONAL = str.maketrans("万亿两个点约过数为额余", "萬億兩個點約過數為額餘")
WIDE = str.maketrans("0123456789.,%-", "０１２３４５６７８９．，％－")
UNITS = {
    "percent": {"%": "%", "个百分点": "百分点", "基点": "基点", "‰": "‰"},
    "money": {"元": "元", "美元": "美元", "港元": "港元", "欧元": "欧元", "日元": "日元", "元人民币": "元"},
    "count": {"人": "人", "家": "家", "个": "个", "辆": "辆", "人次": "人次", "项": "项", "件": "件"},
    "ratio": {"倍": "倍"},
    "duration": {"天": "天", "个月": "个月", "小时": "小时"},
    "other": {"吨": "吨", "平方公里": "平方公里", "千瓦时": "千瓦时", "公顷": "公顷", "米": "米", "亩": "亩"},
}
BEFORE = {
    "约": "approx", "大约": "approx", "近": "less-than", "不足": "less-than", "不到": "less-than", "接近": "less-than",
    "超": "more-than", "超过": "more-than", "逾": "more-than", "突破": "more-than", "高于": "more-than",
    "至少": "at-least", "不少于": "at-least", "不低于": "at-least", "最多": "at-most", "不超过": "at-most",
    "高达": "exact", "仅": "exact", "只有": "exact",
}
AFTER = {"左右": "approx", "以上": "at-least", "以下": "at-most", "以内": "at-most"}
DASHES = ["至", "到", "-", "—", "～", "~", "–", "－", "−", "——", " 至 ", " - "]


@dataclass(frozen=True)
class Written:
    """A figure as written, and what must be read of it: kind, unit, one value or two, qualifier and bound."""

    text: str
    kind: str
    unit: str
    values: tuple[Decimal, ...]
    qualifier: str = ""
    bound: str = "exact"


def section(number: int) -> str:
    """Chinese for 1 to 9999."""
    text, zero = "", False
    for place, unit in zip(range(3, -1, -1), "千百十 ", strict=True):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + unit.strip()
        zero = not digit
    return text


def chinese(number: int) -> str:
    """Chinese for 1 up to 10**16, groups of four digits with 万, 亿, 万亿."""
    text = ""
    for power, name in ((12, "万亿"), (8, "亿"), (4, "万"), (0, "")):
        group = number // 10**power % 10**4
        if group:
            text += ("零" if text and group < 1000 else "") + section(group) + name
    return text


def mixed(number: int) -> str:
    """5亿2310万: Arabic groups with Chinese multipliers; a multiple of 10,000."""
    groups = ((12, "万亿"), (8, "亿"), (4, "万"))
    return "".join(f"{number // 10**p % 10**4}{name}" for p, name in groups if number // 10**p % 10**4)


def _decimal(whole: int, tenths: int) -> Decimal:
    return Decimal(whole) + Decimal(tenths) / 100


@st.composite
def _arabic(draw: st.DrawFn) -> tuple[str, Decimal]:
    """1,234.5, 1234.5, 0.75, ２３．５, or 1.2万亿, with the value."""
    number = _decimal(draw(st.integers(0, 99_999)), draw(st.sampled_from([0, 5, 25, 50, 99])))
    number = number or Decimal("0.1")
    scale = draw(st.sampled_from(sorted(SCALES)))
    written = f"{number:,f}" if draw(st.booleans()) else f"{number:f}"
    space = draw(st.sampled_from(["", "", " "])) if scale else ""
    return written + space + scale, number * SCALES[scale]


@st.composite
def _spoken(draw: st.DrawFn) -> tuple[str, Decimal]:
    """三万二千, 十二点五亿, 5亿2310万, with the value; never one number that says two (二三十)."""
    kind = draw(st.sampled_from(["chinese", "point", "mixed"]))
    if kind == "mixed":
        number = draw(st.integers(1, 10**8)) * 10_000
        return mixed(number), Decimal(number)
    if kind == "chinese":
        number = draw(st.integers(11, 10**12))
        return chinese(number), Decimal(number)
    whole, tenth = draw(st.integers(11, 9999)), draw(st.integers(1, 9))
    scale = draw(st.sampled_from(["", "万", "亿", "万亿"]))
    return f"{section(whole)}点{DIGITS[tenth]}{scale}", (Decimal(whole) + Decimal(tenth) / 10) * SCALES[scale]


@st.composite
def amounts(draw: st.DrawFn) -> Written:
    """One number with a unit, Simplified or Traditional, half width or full width."""
    kind = draw(st.sampled_from(sorted(UNITS)))
    form = draw(st.sampled_from(sorted(UNITS[kind])))
    number, value = draw(_arabic() | _spoken())
    text = number + form
    if kind == "money" and form == "元" and draw(st.booleans()):
        text = draw(st.sampled_from(["人民币", "RMB"])) + text
    style = draw(st.sampled_from(["plain", "traditional", "wide"]))
    text = text.translate({"traditional": TRADITIONAL, "wide": WIDE}.get(style, {}))
    return Written(text, kind, UNITS[kind][form], (value,))


@st.composite
def qualified(draw: st.DrawFn, plain: st.SearchStrategy[Written]) -> Written:
    """The same with a qualifying word before or behind it."""
    written = draw(plain)
    words = [word for word in (*BEFORE, *AFTER) if word != "近" or written.kind != "duration"]  # 近三年: the last three
    word = draw(st.sampled_from(words))
    before, after = (word, "") if word in BEFORE else ("", word)
    bound = BEFORE.get(word) or AFTER[word]
    return replace(written, text=before + written.text + after, qualifier=word, bound=bound)


@st.composite
def ranges(draw: st.DrawFn) -> Written:
    """3%至5%, 3—5亿元, 1150亿至1350亿美元: the lower value first."""
    kind = draw(st.sampled_from(sorted(UNITS)))
    form = draw(st.sampled_from(sorted(UNITS[kind])))
    low = draw(st.integers(1, 500))
    high = draw(st.integers(low + 1, low * 2 + 1))
    scale = draw(st.sampled_from(["", "万", "亿"]))
    shared = draw(st.booleans())
    dash = draw(st.sampled_from(DASHES))
    first = str(low) + ("" if shared else scale + form)
    values = (Decimal(low * SCALES[scale]), Decimal(high * SCALES[scale]))
    return Written(f"{first}{dash}{high}{scale}{form}", kind, UNITS[kind][form], values)


@st.composite
def fractions(draw: st.DrawFn) -> Written:
    """三分之二, 百分之三十五, 千分之六, 三成, 三成五, 六成半."""
    part = draw(st.integers(1, 9))
    match draw(st.sampled_from(["part", "percent", "mille", "tenths", "tenths-five", "tenths-half"])):
        case "part":
            whole = draw(st.integers(part + 1, 12))
            return Written(f"{section(whole)}分之{DIGITS[part]}", "ratio", "", (Decimal(part) / whole,))
        case "percent":
            whole = draw(st.integers(11, 99))
            return Written(f"百分之{section(whole)}", "percent", "%", (Decimal(whole),))
        case "mille":
            return Written(f"千分之{DIGITS[part]}", "percent", "%", (Decimal(part) / 10,))
        case "tenths":
            return Written(f"{DIGITS[part]}成", "percent", "%", (Decimal(part * 10),))
        case "tenths-five":
            return Written(f"{DIGITS[part]}成五", "percent", "%", (Decimal(part * 10 + 5),))
        case _:
            return Written(f"{DIGITS[part]}成半", "percent", "%", (Decimal(part * 10 + 5),))


@st.composite
def dates(draw: st.DrawFn) -> tuple[str, str]:
    """A date as written and as read: 2025年10月3日, 二〇二五年十月三日, 民国114年10月3日, 2025-10-03, 2024年三季度."""
    year, month, day = draw(st.integers(1950, 2060)), draw(st.integers(1, 12)), draw(st.integers(1, 28))
    iso = f"{year}-{month:02d}-{day:02d}"
    numerals = "".join(DIGITS[int(digit)] for digit in str(year)).replace("零", draw(st.sampled_from("零〇○")))
    match draw(st.sampled_from(["day", "month", "spoken", "republic", "iso", "quarter", "half", "wide"])):
        case "day":
            return f"{year}年{month}月{day}日", iso
        case "month":
            return f"{year} 年 {month} 月", iso[:7]
        case "spoken":
            return f"{numerals}年{section(month).removeprefix('一') if month > 9 else section(month)}月", iso[:7]
        case "republic":
            return f"民國{year - 1911}年{month}月{day}日", iso
        case "iso":
            return iso.replace("-", draw(st.sampled_from("-/."))), iso
        case "quarter":
            quarter = (month - 1) // 3 + 1
            return f"{year}年第{DIGITS[quarter]}季度", f"{year}-Q{quarter}"
        case "half":
            return f"{year}年{'上' if month < 7 else '下'}半年", f"{year}-H{1 if month < 7 else 2}"
        case _:
            return f"{year}年{month}月{day}日".translate(WIDE), iso


# Paragraphs of any grammatical and ungrammatical pieces, without what the whole of a text decides: the years of the
# Republic and of two digits.
_PIECES = [
    "1.5亿", "3000万", "投资",
    "2025年", "12月3日", "约", "超过", "57%", "１０", "亿元", "美元", "、", "和", "至", "—", "三", "分之", "一",
    "家", "，", "。", "第", "前", "个", "月", "半", "翻", "百", "余", "多", "（一）", "GPT-4", "《", "》", "-",
    ".", "/", "产值", " ", "倍", "成", "季度", "的", "日", "号", "0", "指数", "报", "点", "同比", "从", "增加",
    "民国", "为", "占", "每", "；", "：", "“", "”", "(", ")", "①", "图1", "①",
]
PARAGRAPHS = st.lists(st.sampled_from(_PIECES), max_size=16).map("".join)
