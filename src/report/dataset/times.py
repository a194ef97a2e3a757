"""When a figure holds, and when its base did: resolved periods, and words such as 去年同期 where nothing dates them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from report.dataset.mention import Mention
from report.dataset.wording import either

HAN = "一二三四"
LAST_YEAR = either("last_year")
YEAR = re.compile(rf"(?P<last>{LAST_YEAR})|(?P<this>今年|本年度?|当年)|(?P<year>(?:19|20)\d\d)(?=[年-])")
PART = re.compile(
    r"第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年|(?P<stretch>前[一二三两]季度?|前\d+个?月|\d{1,2}[-—～~至到]\d{1,2}月)"
    r"|(?P<month>\d{1,2})月|(?P<last>上个?月|上个?季度?|上一季度?|前一个?月)|(?P<same>同期|同月|同季)")
YEARLY = re.compile(rf"同比|按年|年增|年减|{LAST_YEAR}(?!.*\d)")
STEPWISE = re.compile("环比|按月|按季|月增|季增|上个?月|上个?季|上一季|前一个?月")
AGAINST = re.compile(r"(?:较|(?<![同环])比|相比|对比)(?P<base>[^，,。；;]{1,16})")


@dataclass(frozen=True)
class Time:
    """A year (absolute; 0 this year and −1 last year where only words tell it; None untold) and the part of it, "" for
    the whole; SAME for 同期, LAST for 上月."""

    year: int | None
    part: str


SAME, LAST = "same", "last"


def time_of(mention: Mention) -> Time:
    """What the extractor dated the figure; else what its clause, or the sentence before it, says."""
    period = mention.found.period
    if re.fullmatch(r"(?:19|20)\d\d(?:-[^/]+)?", period):
        return Time(int(period[:4]), period[5:])
    own = time_in(mention.head)
    return own if own != Time(None, "") else time_in(mention.before)


def time_in(words: str) -> Time:
    """The last year and part of a year that the words name."""
    years, parts = list(YEAR.finditer(words)), list(PART.finditer(words))
    year = _year(years[-1]) if years else None
    return Time(year, _part(parts[-1]) if parts else "")


def base_time(level: Time, words: str) -> Time | None:
    """The time that a change is counted from, by the words before it (同比, 环比, 比2020年, 较一季度); None untold."""
    named = list(AGAINST.finditer(words))
    base = time_in(named[-1]["base"]) if named else Time(None, "")
    if base.year is not None and base.year > 0 or base.year is None and base.part not in ("", SAME, LAST):
        return Time(base.year if base.year is not None else level.year, base.part)
    if STEPWISE.search(words):
        return Time(level.year, _before(level.part))
    if YEARLY.search(words):
        return Time(level.year - 1 if level.year is not None and level.year > 0 else -1, level.part)
    return None


def is_time(wanted: Time, level: Time, base: Time) -> bool:
    """Whether a figure told of `base` is the one that a change of a figure of `level` is counted from."""
    if LAST in (wanted.part, base.part) and level.part != LAST:
        return wanted.part == base.part
    same_part = base.part == wanted.part or base.part == SAME and wanted.part == level.part
    if not same_part:
        return False
    if wanted.part != level.part and base.year is None:
        return True  # 二季度, of the same year as 三季度
    last_year = wanted.part == level.part and (wanted.year == -1 or wanted.year == (level.year or 0) - 1)
    return base.year is not None and (base.year == wanted.year or base.year == -1 and last_year)


def _year(match: re.Match[str]) -> int:
    return int(match["year"]) if match["year"] else 0 if match["this"] else -1


def _part(match: re.Match[str]) -> str:
    if match["quarter"]:
        number = match["quarter"]
        return f"Q{HAN.index(number) + 1 if number in HAN else number}"
    if match["half"]:
        return "H1" if match["half"] == "上" else "H2"
    if match["month"]:
        return f"{int(match['month']):02d}"
    return SAME if match["same"] else LAST if match["last"] else match["stretch"]


def _before(part: str) -> str:
    """The quarter or month before; LAST where the part tells none."""
    if re.fullmatch("Q[2-4]", part):
        return f"Q{int(part[1]) - 1}"
    return f"{int(part) - 1:02d}" if re.fullmatch("0[2-9]|1[0-2]", part) else LAST
