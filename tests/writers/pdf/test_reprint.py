"""A printed report set anew falls into the same pages: its own contents, notes and page ends are the oracle."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from report import reprinting

from .test_archive import check_archival

ROOT = Path(__file__).parents[3]
SEED = ROOT / "seeds/003_f87c10e587582682.txt"
OTHERS = sorted(path for path in (ROOT / "tests/fixtures/reprint").iterdir() if path.suffix != ".yaml")
# page and mark of each footnote in print
NOTES = [
    "1①", "1②", "2①", "2②", "3①", "3②", "7①", "8①", "8②", "9①", "9②", "11①",
    "12①", "12②", "12③", "13①", "13②", "13③", "14①", "15①", "15②", "17①", "17②", "18①",
]
# the last words of each page in print; page 17 ends with a heading, page 1 ends elsewhere in any measure tried
ENDS = {
    2: "建设周期延长，以及配", 3: "需要注意的是，该领域", 4: "代与商业化进程中的多", 5: "增强国际市场可信度。",
    7: "权分配。此外，开源核", 8: "合作，锁定长期算力资", 9: "40个，高于其他国家。", 11: "家安全相关联，明确支",
    12: "易的约束机制，进一步", 13: "算力、能源等领域的政", 14: "浪潮中获得先发优势。", 15: "市场参与度相对分散，",
    16: "全球推广”的业务联动。", 17: "（三）法律诉讼问题", 18: "市企业也有严格要求。", 19: "动态评估风险与收益。",
}


@pytest.fixture(scope="module")
def reprint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the report set anew."""
    folder = tmp_path_factory.mktemp("reprint")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        reprinting.reprint(SEED, folder)
    return folder


@pytest.fixture(scope="module")
def pages(reprint: Path) -> list[dict[str, Any]]:
    """Its pages from the one that is numbered 1, but for the closing page."""
    found: list[dict[str, Any]] = json.loads((reprint / "layout.json").read_text("utf-8"))["pages"]
    return found[next(index for index, page in enumerate(found) if page["number"] == "1") : -1]


def _plain(text: str) -> str:
    return re.sub(r"[\s①-⑳]", "", text).replace("(", "（").replace(")", "）")


def test_headings_stand_on_the_pages_that_the_printed_contents_name(pages: list[dict[str, Any]]) -> None:
    lines = SEED.read_text("utf-8").split("\n")
    printed = [tuple(line.rsplit("\t", 1)) for line in lines if "\t" in line]

    assert len(printed) == 19
    assert [(_plain(heading["title"]), page["number"]) for page in pages for heading in page["headings"]] == [
        (_plain(title), page) for title, page in printed
    ]


def test_footnotes_stand_on_their_printed_pages(pages: list[dict[str, Any]]) -> None:
    assert [f"{page['number']}{note['mark']}" for page in pages for note in page["notes"]] == NOTES


def test_the_same_pages_are_blank(pages: list[dict[str, Any]]) -> None:
    assert [number for number, page in enumerate(pages, 1) if page["blank"]] == [6, 10]


def test_pages_end_as_printed(pages: list[dict[str, Any]]) -> None:
    roles = ("body", "heading-1", "heading-2")
    for number, page in enumerate(pages, 1):
        lines = sorted((line for line in page["lines"] if line["role"] in roles), key=lambda line: float(line["y"]))
        if number in ENDS:
            assert _plain("".join(line["text"] for line in lines)).endswith(ENDS[number]), number


def test_cover_series_page_author_and_closing_page_are_there(reprint: Path) -> None:
    found = json.loads((reprint / "layout.json").read_text("utf-8"))["pages"]
    roles = [{line["role"] for line in page["lines"]} for page in found]
    assert {"cover-serial", "cover-code", "cover-series", "cover-title", "cover-date"} <= roles[0]
    assert roles[1] == {"front-body"}
    assert [page["lines"][0]["text"] for page in found[2:4]] == ["摘要", "目录"]
    assert "signature" in roles[-2] and {"closing-line", "closing-statement"} == roles[-1]


def test_the_file_says_that_it_is_a_test_and_nothing_on_its_pages_does(reprint: Path) -> None:
    with pikepdf.open(reprint / "report.pdf") as pdf:
        assert "重排测试稿" in str(pdf.docinfo.Keywords)
    assert "重排测试稿" not in (reprint / "layout.json").read_text("utf-8")


def test_addresses_in_notes_are_links(reprint: Path) -> None:
    with pikepdf.open(reprint / "report.pdf") as pdf:
        links = [one for page in pdf.pages for one in page.get("/Annots", []) if "/URI" in one.get("/A", {})]
    assert len({str(link.A.URI) for link in links}) == 23  # one of the 24 notes is cited twice


@pytest.mark.long
@pytest.mark.parametrize("source", [SEED, *OTHERS], ids=lambda path: path.stem)
def test_a_reprint_is_accessible_and_archival(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    reprinting.reprint(source, tmp_path)
    check_archival(tmp_path / "report.pdf")


@pytest.mark.parametrize(("name", "page", "note"), [
    ("译稿体", "3", "同第1页注②。"), ("港臺體", "2", "同第1頁註①，頁19。"),
])  # fmt: skip
def test_notes_that_point_to_others_name_them_as_they_are_printed(
    name: str, page: str, note: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    reprinting.reprint(next(path for path in OTHERS if path.stem == name), tmp_path)
    pages = json.loads((tmp_path / "layout.json").read_text("utf-8"))["pages"]
    assert note in [one["text"] for found in pages if found["number"] == page for one in found["notes"]]
