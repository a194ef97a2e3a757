"""The page in a real browser: values open by mouse and by keyboard, nothing is fetched, a phone holds it."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from report.content.nodes import Content

from ...project import Project
from ...tools import need
from .chromium import Browser, find_chromium, open_browser

pytestmark = pytest.mark.long

OPEN = "[...document.querySelectorAll('[popover]')].filter(card => card.matches(':popover-open')).map(card => card.id)"
VALUE = ".part-body .value:has([popovertarget='.evidence-企业数'])"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(find_chromium() or need("chromium"), tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def page(built: Project) -> Path:
    return built.out / "mini/report.html"


@pytest.fixture(scope="module")
def sentence() -> str:
    """What the source says of the number of firms."""
    return "2024年临港共有机器人企业180家，其中整机企业45家。"


def seen(browser: Browser, name: str) -> bool:
    """Whether the middle of an element is what stands there on the screen."""
    return bool(
        browser.look(
            f"(() => {{const card = document.getElementById('{name}'), box = card.getBoundingClientRect();"
            "if (!box.width || !box.height) return false;"
            "const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);"
            "return card.contains(there) && box.x >= 0 && box.y >= 0 && box.right <= innerWidth"
            " && box.bottom <= innerHeight})()"
        )
    )


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (820, 1180), (390, 844)])
def test_a_value_opens_by_mouse(browser: Browser, page: Path, sentence: str, width: int, height: int) -> None:
    browser.open(page, width, height)
    assert browser.look(OPEN) == [] and not seen(browser, ".evidence-企业数")
    browser.click(VALUE)
    assert browser.look(OPEN) == [".evidence-企业数"] and seen(browser, ".evidence-企业数")
    assert sentence in browser.look("document.getElementById('.evidence-企业数').innerText")
    assert browser.look("document.getElementById('.evidence-企业数').querySelector('mark').innerText") == "180家"
    browser.click("[id='.evidence-企业数'] .close")
    assert browser.look(OPEN) == []


def test_a_click_beside_closes_it(browser: Browser, page: Path) -> None:
    browser.open(page, 1440, 900)
    browser.click(VALUE)
    browser.click(".contents .nav-heading")
    assert browser.look(OPEN) == []


def test_a_value_opens_by_keyboard(browser: Browser, page: Path, sentence: str) -> None:
    browser.open(page, 1440, 900)
    for _ in range(400):
        browser.press("Tab")
        if browser.look("document.activeElement.getAttribute('popovertarget')") == ".evidence-企业数":
            break
    assert browser.look("document.activeElement.matches(':focus-visible')")
    assert browser.look("getComputedStyle(document.activeElement.closest('.value')).outlineStyle") == "solid"
    browser.press("Enter")
    assert browser.look(OPEN) == [".evidence-企业数"] and seen(browser, ".evidence-企业数")
    assert sentence in browser.look("document.getElementById('.evidence-企业数').innerText")
    browser.press("Tab")
    assert browser.look("document.activeElement.closest('[popover]').id") == ".evidence-企业数"
    browser.press("Escape")
    assert browser.look(OPEN) == []
    assert browser.look("document.activeElement.getAttribute('popovertarget')") == ".evidence-企业数"
    browser.press(" ")
    assert browser.look(OPEN) == [".evidence-企业数"]


def test_a_derived_value_leads_to_what_it_is_made_of(browser: Browser, page: Path) -> None:
    browser.open(page, 1440, 900)
    browser.click(".value:has([popovertarget='.evidence-研发占比变化'])")
    browser.click("[id='.evidence-研发占比变化'] .value:has([popovertarget='.evidence-研发占比2024'])")
    assert set(browser.look(OPEN)) == {".evidence-研发占比变化", ".evidence-研发占比2024"}
    assert "38%" in browser.look("document.getElementById('.evidence-研发占比2024').innerText")
    browser.press("Escape")
    assert browser.look(OPEN) == [".evidence-研发占比变化"]


def test_notes_and_contents_lead_there_and_back(browser: Browser, page: Path) -> None:
    browser.open(page, 1440, 900)
    browser.click(".part-body .mark a")
    note = browser.look("location.hash")
    assert re.match("#\\.note-", note)
    browser.click(f"[id='{note[1:]}'] .back")
    assert browser.look("location.hash") == note.replace("note-", "mark-", 1)
    browser.click(".contents li:nth-child(2) a")
    assert browser.look("document.querySelector(':target').tagName").startswith("H")


@pytest.mark.parametrize("width", [320, 390, 820, 1440])
def test_nothing_sticks_out(browser: Browser, page: Path, width: int) -> None:
    browser.open(page, width, 844)
    assert browser.look("document.documentElement.scrollWidth") <= width
    wide = browser.look(
        "[...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, .chart, [popover], .skip'))"
        ".filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"
    )
    assert wide == []


@pytest.mark.parametrize(("width", "least"), [(390, 10), (360, 9), (320, 8), (600, 9), (1280, 9)])
def test_charts_are_legible_at_every_width(browser: Browser, page: Path, width: int, least: float) -> None:
    """On a phone a second drawing stands in for the first; each is as wide as the text, and neither scrolls."""
    browser.open(page, width, 844)
    browser.draw()
    shown = "[...document.querySelectorAll('.chart, .narrow')].filter(c => c.offsetParent)"
    sizes = browser.look(
        f"{shown}.flatMap(c => [...c.querySelectorAll('text')]).map(text => parseFloat(getComputedStyle(text).fontSize)"
        " * text.ownerSVGElement.getScreenCTM().a)"
    )
    assert sizes and min(sizes) >= least
    count = browser.look("document.querySelectorAll('.figure').length")
    assert browser.look(f"{shown}.map(c => c.matches('.narrow'))") == [width <= 576] * count
    beside = "getComputedStyle(c.closest('.figure')).width"
    assert browser.look(f"{shown}.every(c => c.scrollWidth <= parseFloat({beside}) + 1)")


def test_a_phone_shows_short_tables_whole(browser: Browser, page: Path) -> None:
    browser.open(page, 390, 844)
    tables = "[...document.querySelectorAll('.part-body .scroll')]"
    assert browser.look(f"{tables}.length")
    assert browser.look(f"{tables}.every(t => t.scrollWidth <= t.clientWidth)")


WIDTHS = (320, 360, 390, 480, 600, 768, 820, 1440)


def test_lines_start_and_end_as_they_should(browser: Browser, page: Path) -> None:
    """At several widths, the first and last letter of every line of text (CLREQ, prohibitions for line start and end),
    and no short value parted from its unit."""
    for width in WIDTHS:
        browser.open(page, width, 844)
        lines = browser.look(f"({LINES})(document.querySelectorAll('p.body, li p.list, p.source-note, .note > span'))")
        assert len(lines) > 20
        assert not [line for line in lines if line[0] in "，。、；：？！）》”’①②③④⑤"], width
        assert not [line for line in lines if line[-1] in "“‘（《"], width
        parted = "[...document.querySelectorAll('.short')].filter(s => s.getClientRects().length > 1)"
        assert browser.look(f"{parted}.map(s => s.textContent)") == [], width


def test_values_break_as_text_does(browser: Browser, page: Path) -> None:
    """The same paragraph with a long value and without any has the same lines, at every width."""
    plain = "浦东的人工智能人才约三千人"
    browser.open(page, 1440, 900)
    for width in range(120, 500, 20):
        found = [browser.look(SET_LINES % (width, words)) for words in (plain, f"<<{plain}>>")]
        assert found[0] == found[1] and len(found[0]) > 2, width


LINES = """(blocks) => {
  const lines = [];
  for (const block of blocks) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT), range = document.createRange();
    let bottom = null;
    while (walker.nextNode()) {
      const text = walker.currentNode;
      for (let place = 0; place < text.length; place++) {
        if (!text.data[place].trim() || text.data[place] === '\\u2060') continue;
        range.setStart(text, place); range.setEnd(text, place + 1);
        const box = range.getBoundingClientRect();
        if (bottom === null || box.top >= bottom) { lines.push(''); bottom = box.bottom; }
        lines[lines.length - 1] += text.data[place];
      }
    }
  }
  return lines;
}"""

# Sets a paragraph of that width; <<words>> are set as the page sets its first value.
SET_LINES = """
(() => {
  const value = document.querySelector('.part-body p.body .value').outerHTML, box = document.createElement('p');
  box.className = 'body'; box.style.width = '%dpx';
  box.innerHTML = '据测算，共有“%s”，其余不详（见下文）。'.repeat(3).replace(/<<(.*?)>>/g, (_, words) => {
    const made = document.createElement('div'); made.innerHTML = value;
    made.querySelector('span').textContent = words; made.querySelector('span').className = '';
    return made.innerHTML;
  });
  document.querySelector('.part-body').append(box);
  const lines = (READ)([box]);
  box.remove();
  return lines;
})()
""".replace("READ", LINES)


def test_nothing_is_fetched_and_nothing_runs(browser: Browser, page: Path) -> None:
    browser.requests.clear()
    browser.open(page, 1440, 900)
    browser.click(VALUE)
    assert {url.partition(":")[0] for url in browser.requests} <= {"file"}
    assert len(browser.requests) == 1
    browser.look(
        "(() => {const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        "document.body.append(s)})()"
    )
    assert browser.look("window.ran === undefined")


def test_motion_is_left_out_where_it_is_not_wanted(browser: Browser, page: Path) -> None:
    browser.open(page, 1440, 900)
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert browser.look(behaviour) == "auto"
    browser.still(False)
    assert browser.look(behaviour) == "smooth"


def test_print_leaves_the_screen_behind(browser: Browser, page: Path, content: Content) -> None:
    browser.open(page, 1440, 900)
    data = browser.ask("Page.printToPDF", preferCSSPageSize=True)["data"]
    document = pdfium.PdfDocument(base64.b64decode(data))
    text = "".join(document[index].get_textpage().get_text_range() for index in range(len(document)))
    size = document[0].get_size()
    document.close()
    assert [round(side) for side in size] == [595, 842]
    assert content.front.title in re.sub(r"\s", "", text)
    assert "其他来源" not in text and text.count("目录") <= 1
