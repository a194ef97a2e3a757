"""The entries of the source list: what stands where a document does not say all that GB/T 7714 asks."""

import re

import pytest

from report.content.references import entry_text
from report.dataset.models import Source

BASE = {"id": "甲", "file": "甲.txt", "sha256": "0" * 64, "script": "Hans", "title": "题", "author": "林遥"}


@pytest.mark.parametrize("fields, text", [
    ({"publisher": "海湾晨报", "date": "2025-10-12"}, "林遥. 题[N]. 海湾晨报, 2025-10-12."),
    ({"publisher": "海湾晨报", "date": "2025-10-12", "date_kind": "event"},
     "林遥. 题[N]. 海湾晨报, [刊发日期不详，文中所记为2025-10-12]."),
    ({"publisher": "海湾院", "date": "2025-10", "serial": "2025-HY-E003"},
     "林遥. 题: 2025-HY-E003[R]. 海湾院, 2025-10."),
    ({"publisher": "海湾网", "date": "2025-10-12"}, "林遥. 题[EB/OL]. 海湾网(2025-10-12)[引用日期不详]."),
    ({"title": "", "author": ""}, "佚名. [题名不详][EB/OL]. [出版者不详][日期不详][引用日期不详]."),
])
def test_entry(fields: dict[str, str], text: str) -> None:
    assert entry_text(Source.of({**BASE, **fields})) == text
    assert "  " not in text and not re.search(r" \[(?:R|N|EB/OL)\]", text)
