"""The source list 参考文献 after GB/T 7714—2015; what a document does not say of itself is said to be missing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from report.content.nodes import Reference
from report.dataset.models import Source

NEWSPAPERS = ("报", "報")
_NARROW = re.compile("(?<=[\u3400-\u9fff》”])[,:;!?(]|[,:;!?()](?=[\u3400-\u9fff《“])|(?<=[\u3400-\u9fff])\\)")
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_SPACE = re.compile("(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
FULL_SPACE = "\u3000"  # between the halves of a headline; a narrow one would be taken for a slip
EVENT = "[刊发日期不详，文中所记为{}]"  # the standard wants the day of publication, not of what the text tells of
# What a source does not carry stands in half-width brackets (§8.4.1, §8.4.3); nobody signed is 佚名 (§8.1.1 d).
MISSING = {"author": "佚名", "title": "[题名不详]", "publisher": "[出版者不详]", "date": "[日期不详]"}
CITED = "[引用日期不详]"  # of what is online: when it was fetched is not told by the text that was handed in


def reference_list(sources: Mapping[str, Source], numbers: Mapping[str, int]) -> tuple[Reference, ...]:
    """An entry for every numbered document, in the order of the numbers."""
    return tuple(
        Reference(
            number=number,
            doc=doc,
            text=f"[{number}] {entry_text(sources[doc])}",
            title=sources[doc].title,
            publisher=sources[doc].publisher,
            date=sources[doc].date,
            url=sources[doc].url,
            sha256=sources[doc].sha256,
        )
        for doc, number in sorted(numbers.items(), key=lambda item: item[1])
    )


def entry_text(source: Source) -> str:
    """`著者. 题名: 报告编号[R]. 出版者, 日期. 网址.`, online `著者. 题名[EB/OL]. 出版者(刊发日期)[引用日期]. 网址.`
    (GB/T 7714—2015 §4.1, §4.6, marks §8.4.1.1 and annex B)."""
    author = source.author or MISSING["author"]
    title = (printed_title(source.title) or MISSING["title"]) + (f": {source.serial}" if source.serial else "")
    publisher = (source.publisher or MISSING["publisher"]).replace("；", "; ")
    mark = type_mark(source)
    online = mark == "EB/OL"
    when = _when(source, online)
    text = f"{author}. {title}[{mark}]. " + (f"{publisher}{when}{CITED}." if online else f"{publisher}, {when}.")
    return f"{text} {source.url}." if source.url else text


def _when(source: Source, online: bool) -> str:
    if not source.date:
        return MISSING["date"]
    if source.date_kind == "event":
        return EVENT.format(source.date)
    return f"({source.date})" if online else source.date


def printed_title(title: str) -> str:
    """A title with the full-width punctuation that Chinese print wants (GB/T 15834), its words as received."""
    wide = _NARROW.sub(lambda match: match[0].translate(_WIDE), title)
    return _SPACE.sub(FULL_SPACE, wide)


def type_mark(source: Source) -> str:
    """R for a numbered report, N for a newspaper's article, EB/OL for all else (received as a web page's text)."""
    if source.serial:
        return "R"
    return "N" if source.publisher.endswith(NEWSPAPERS) else "EB/OL"


def short_name(source: Source) -> str:
    """`《题名》`, or who published a document without a title, as a footnote names it."""
    if source.title:
        return f"《{printed_title(source.title)}》"
    return f"（{source.publisher}所刊文章）" if source.publisher else "（未署名文章）"
