"""What the web page holds: everything inside itself, every value with its evidence, every link to somewhere."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from ruamel.yaml import YAML

from report.content.nodes import (
    Content,
    Evidence,
    Figure,
    Front,
    Link,
    NoteMark,
    Paragraph,
    Part,
    Reference,
    Text,
    Value,
    Witness,
)  # fmt: skip
from report.errors import ReportError
from report.theme.theme import Theme
from report.writers.html.blocks import phrases
from report.writers.html.evidence import figure_span
from report.writers.html.inlines import link
from report.writers.html.style import pixels, theme_css
from report.writers.html.write import contents_list, write_html

from ...project import ROOT, Project
from .page import Element, Page

THEME = ROOT / "templates/themes/shanghai/theme.yaml"


# ---------------------------------------------------------------- the miniature


def test_the_page_stands_alone(page: Page) -> None:
    tags = Counter(element.tag for element in page.root.all())
    assert page.declared == "DOCTYPE html"
    assert not tags.keys() & {"script", "link", "img", "iframe", "object", "embed", "form", "audio", "video", "base"}
    for element in page.root.all():
        assert not {name for name in element.attributes if name.startswith("on")}
        assert not element.attributes.keys() & {"src", "srcset", "data", "xlink:href"}
    css = "".join(style.text for style in page.root.all("style"))
    assert "url(" not in css and "@import" not in css and "expression" not in css


def test_the_policy_forbids_script_and_network(page: Page) -> None:
    policies = [meta["content"] for meta in page.root.all("meta") if "http-equiv" in meta.attributes]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]


def test_ids_are_unique_and_every_reference_resolves(page: Page) -> None:
    ids = Counter(element["id"] for element in page.root.all() if "id" in element.attributes)
    assert ids and max(ids.values()) == 1
    for element in page.root.all():
        href = element.attributes.get("href", "")
        assert href.startswith(("#", "https://", "http://")) or element.tag != "a"
        named = [href[1:]] if href.startswith("#") else []
        named += element.attributes.get("popovertarget", "").split()
        named += element.attributes.get("aria-labelledby", "").split()
        assert set(named) <= set(ids), named


def test_every_value_opens_its_card(page: Page, content: Content) -> None:
    buttons = list(page.root.all("button", "opener"))
    assert len(buttons) > 20
    for button in buttons:
        label = next(button.ancestors())
        assert label.tag == "label" and label.text == button["aria-label"] and not button.text
        card = page.by_id(button["popovertarget"])
        assert "popover" in card.attributes and card.attributes["role"] == "dialog"
        assert button["aria-haspopup"] == "dialog" and button["type"] == "button"
    cards = {card["id"]: card for card in page.root.all("div", "evidence")}
    assert {button["popovertarget"] for button in buttons} == set(cards)


def test_a_card_tells_figure_verdict_words_and_source(page: Page, content: Content) -> None:
    for name, evidence in content.evidence.items():
        card = next((card for card in page.root.all("div", "evidence") if card["id"] == f".evidence-{name}"), None)
        if card is None:
            continue
        assert evidence.label in card.text and evidence.text in card.text and evidence.verdict in card.text
        for witness in evidence.witnesses:
            assert witness.sentence in card.text
            assert content.sources[witness.source - 1].text in card.text
            assert all(url in card.text for url in witness.citations)
            assert re.sub(r"\s", "", witness.text) in {re.sub(r"\s", "", mark.text) for mark in card.all("mark")}
        for parent in evidence.parents:
            assert f".evidence-{parent}" in {button["popovertarget"] for button in card.all("button", "opener")}


def test_other_sources_are_named_as_such(page: Page, content: Content) -> None:
    card = page.by_id(".evidence-产业规模")
    assert len({witness.doc for witness in content.evidence["产业规模"].witnesses}) == 2
    labels = [label.text for label in card.all("p", "card-label")]
    assert labels[0] == "依据" and "其他来源" in labels


def test_the_marked_figure_is_the_observation(built: Project, content: Content) -> None:
    from report.dataset.models import Dataset

    dataset = Dataset.from_json((built.out / "mini/dataset.json").read_text("utf-8"))
    known = {found.id: found for found in dataset.observations}
    witnesses = [witness for evidence in content.evidence.values() for witness in evidence.witnesses]
    assert witnesses
    for witness in witnesses:
        found = known[witness.observation]
        assert figure_span(witness)[0] == found.start - found.sentence_start


def test_notes_go_round(page: Page, content: Content) -> None:
    notes = list(page.root.all("li", "note"))
    assert len(notes) == len(content.notes) > 0
    for note in notes:
        back = next(note.all("a", "back"))
        mark = page.by_id(back["href"][1:])
        assert mark["href"] == f"#{note['id']}" and mark.text == back.text
        assert mark["role"] == "doc-noteref" and back["role"] == "doc-backlink"
    for section in page.root.all("section", "notes"):
        assert [next(note.all("a", "back")).text for note in section.all("li", "note")][0] == "①"


def test_headings_descend_one_by_one_below_one_title(page: Page, content: Content) -> None:
    levels = [int(element.tag[1]) for element in page.root.all() if re.fullmatch("h[1-6]", element.tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))
    assert next(page.root.all("h1")).text == content.front.title


def test_the_contents_lists_the_headings_in_order(page: Page, content: Content) -> None:
    nav = next(page.root.all("nav"))
    links = [link["href"] for link in nav.all("a")]
    assert next(nav.all("a")).text == "摘要"
    assert links == [f"#{heading.id}" for heading in contents_list(content)]
    assert len(list(page.root.all("main"))) == len(list(page.root.all("nav"))) == 1


def test_tables_and_charts_say_what_they_are(page: Page, content: Content) -> None:
    tables = list(page.root.all("table"))
    assert tables
    for table in tables:
        assert {cell["scope"] for cell in table.all("th")} == {"col", "row"}
        holder = next(table.ancestors())
        assert holder["tabindex"] == "0" and holder["aria-label"]
    charts = list(page.root.all("svg"))
    assert charts
    for chart in charts:
        assert chart["role"] == "img" and len(chart["aria-labelledby"].split()) == 2
        assert any(text.text.strip() for text in chart.all("text"))
        assert any(parent.tag == "figure" for parent in chart.ancestors())


def test_the_page_says_its_language_and_fits_a_phone(page: Page, content: Content) -> None:
    assert next(page.root.all("html"))["lang"] == content.front.language == "zh-CN"
    metas = {
        meta.attributes.get("name"): meta["content"] for meta in page.root.all("meta") if "name" in meta.attributes
    }
    assert metas["viewport"] == "width=device-width, initial-scale=1"
    assert next(page.root.all("title")).text == content.front.title


def test_the_same_content_gives_the_same_page(built: Project, content: Content, theme: Theme) -> None:
    charts = {path.stem: path.read_text("utf-8") for path in (built.out / "mini/charts").glob("*.svg")}
    assert write_html(content, theme, charts) == write_html(content, theme, dict(reversed(charts.items())))


# ---------------------------------------------------------------- made-up content


HOSTILE = "<script>alert('1')</script>&amp;\"'><img src=x onerror=alert(1)>{{ 7*7 }}{{7*7}}"


def made(*inlines: Text | Value | Link | NoteMark, **changes: object) -> Content:
    """One paragraph, with the evidence of one value, `数`."""
    witness = Witness(
        observation="obs-1", doc="甲", source=1, text="20家", clause=HOSTILE + "20家", sentence=HOSTILE + "20家，",
        citations=("javascript:alert(1)", "https://example.org/?a=1&b=<2>"),
    )  # fmt: skip
    evidence = Evidence(label=HOSTILE, text="20家", verdict="单一来源", reason=HOSTILE, witnesses=(witness,))
    reference = Reference(
        number=1, doc="甲", text=f"[1] {HOSTILE}", title="", publisher="", date="", url="", sha256="",
    )  # fmt: skip
    front = Front(
        title=HOSTILE, author=HOSTILE, serial="", code="", series="", kind="", date="2026-01-01", date_text="",
        issuer="",
    )  # fmt: skip
    labels = YAML(typ="safe").load((ROOT / "templates/series/base/strings.yaml").read_text("utf-8"))["labels"]
    content = Content(
        front=front, parts=(Part(role="body", blocks=(Paragraph(inlines=tuple(inlines)),)),), notes={},
        evidence={"数": evidence, HOSTILE: evidence}, sources=(reference,), labels=labels,
    )  # fmt: skip
    return content.changed(changes)


def paragraph(content: Content, theme: Theme) -> Element:
    return next(Page(write_html(content, theme, {})).root.all("p", "body"))


def test_hostile_text_stays_text(theme: Theme) -> None:
    page = Page(write_html(made(Text(text=HOSTILE), Value(name=HOSTILE, text=HOSTILE)), theme, {}))
    tags = {element.tag for element in page.root.all()}
    assert not tags & {"script", "img"}
    assert not [name for element in page.root.all() for name in element.attributes if name.startswith("on")]
    assert next(page.root.all("p", "body")).text == HOSTILE * 2
    assert next(page.root.all("title")).text == HOSTILE
    button = next(page.root.all("button", "opener"))
    assert page.by_id(button["popovertarget"]) and not re.search(r"[\s<>\"'&]", button["popovertarget"])
    assert [link["href"] for link in page.root.all("a", "link")] == ["https://example.org/?a=1&b=<2>"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", ""])
def test_only_web_links_are_set(url: str, theme: Theme) -> None:
    with pytest.raises(ReportError, match="不是网址"):
        write_html(made(Link(url=url, text="此处")), theme, {})


@pytest.mark.parametrize(
    ("text", "short"),
    [("2019年", True), ("5.8倍", True), ("约57%", True), ("2025年12月3日", False), ("浦东的人工智能人才", False)],
)
def test_a_short_value_is_not_parted_from_its_unit(text: str, short: bool, theme: Theme) -> None:
    found = paragraph(made(Text(text="共有“"), Value(name="数", text=text), Text(text="”，其余")), theme)
    assert found.text == f"共有“{text}”，其余"
    assert [span.text for span in found.all("span", "short")] == ([text] if short else [])


def test_no_line_ends_before_a_note_mark(theme: Theme) -> None:
    from report.content.nodes import Note

    notes = {name: Note(inlines=(Text(text="见原文。"),)) for name in ("a", "b")}
    content = made(
        Value(name="数", text="20家"), Text(text="。"), NoteMark(note="a"), Text(text="其余不详。"), NoteMark(note="b"),
        notes=notes,
    )  # fmt: skip
    found = paragraph(content, theme)
    assert not list(found.all("wbr")) and found.text == "20家。\u2060①其余不详。\u2060②"


@pytest.mark.parametrize(
    ("following", "may_end"), [("2022年的", True), ("“引才”", True), ("其余", False), ("，", False)]
)
def test_a_line_may_end_after_a_note_mark(following: str, may_end: bool, theme: Theme) -> None:
    from report.content.nodes import Note

    notes = {"a": Note(inlines=(Text(text="见原文。"),))}
    found = paragraph(made(Text(text="有。"), NoteMark(note="a"), Text(text=following), notes=notes), theme)
    assert len(list(found.all("wbr"))) == may_end


@pytest.mark.parametrize(
    ("title", "pieces"),
    [
        ("中美人工智能人才流动与产业基础分析报告", ["中美人工智能人才流动", "与产业基础分析报告"]),
        ("人工智能：人才与产业", ["人工智能：", "人才", "与产业"]),
        ("机器人产业——整机及零部件", ["机器人产业——", "整机", "及零部件"]),
        ("社会参与度以及普及率", ["社会参与度以及普及率"]),
        ("与人同行", ["与人同行"]),
        ("", []),
    ],
)
def test_a_title_ends_its_lines_between_phrases(title: str, pieces: list[str]) -> None:
    spans = Page(phrases(title, (1.0,) * (len(title) - 1))).root.all("span", "phrase")
    assert [span.text for span in spans] == pieces


def test_a_phrase_too_long_for_its_line_ends_it_between_words() -> None:
    spans = Page(phrases("人才流动与产业", (1.0, 0.1, 1.0, 0.0, 1.0, 1.0))).root.all("span")
    assert [span.text for span in spans] == ["人才流动", "人才", "流动", "与产业"]


@pytest.mark.parametrize("verdict", ["不一致", "一致，限定词有脱落", "口径不一"])
def test_only_a_disagreement_is_coloured(verdict: str, theme: Theme) -> None:
    content = made(Value(name="数", text="20家"))
    evidence = {name: found.changed({"verdict": verdict}) for name, found in content.evidence.items()}
    page = Page(write_html(content.changed({"evidence": evidence}), theme, {}))
    shown = next(page.root.all("span", "verdict"))
    assert shown.text == verdict and ("conflict" in shown.classes) == (verdict == "不一致")


def test_a_chart_has_a_second_drawing_for_a_phone(theme: Theme) -> None:
    figure = Figure(id="图", number=1, chart="图", caption=(Text(text="题名"),), source=(), alt="")
    content = made().changed({"parts": (Part(role="body", blocks=(figure,)),)})
    both = Page(write_html(content, theme, {"图": "<svg></svg>"}, {"图": "<svg></svg>"}))
    assert [len(list(both.root.all("div", name))) for name in ("wide", "narrow")] == [1, 1]
    one = Page(write_html(content, theme, {"图": "<svg></svg>"}))
    assert [len(list(one.root.all("div", name))) for name in ("wide", "narrow")] == [0, 0]


@pytest.mark.parametrize(("url", "pieces"), [
    ("https://www.example.org/notes/a-b", ["https://www.", "example.", "org/", "notes/", "a-b"]),
    ("https://a.io", ["https://a.io"]),
    ("http://a", ["http://a"]),
    ("https://example.org/?q=1&p=23", ["https://example.", "org/?", "q=", "1&", "p=23"]),
])  # fmt: skip
def test_an_address_may_be_broken_at_its_joints(url: str, pieces: list[str]) -> None:
    assert str(link(url, url)).split(">", 1)[1].removesuffix("</a>").replace("&amp;", "&").split("<wbr>") == pieces


def test_no_line_is_justified(theme: Theme) -> None:
    """A browser has no limit to how far it pulls the characters of a line apart."""
    assert any(look.align == "justify" for look in theme.roles.values())
    assert "justify" not in theme_css(theme)


def test_boxes_and_the_cover_have_the_colours_of_the_theme(theme: Theme) -> None:
    other = theme.changed({"box": theme.box.changed({"accent": "navy", "ground": "paper"})})
    page = write_html(made(), other, {})
    assert "--accent:var(--navy);--ground:var(--paper);" in page
    assert re.search(r"\.box \{[^}]*var\(--accent\); background: var\(--ground\)", page)


def test_a_report_without_contents_has_no_sidebar(theme: Theme) -> None:
    page = Page(write_html(made(), theme, {}))
    assert not list(page.root.all("nav")) and not list(page.root.all("a", "menu"))


def test_a_medium_weight_is_asked_for_as_one_that_screens_have(theme: Theme) -> None:
    assert re.search(r"\.heading-2\{[^}]*font-weight:600", theme_css(theme))


@pytest.mark.parametrize(
    ("sentence", "clause", "start"),
    [
        ("有2人创业，2人任教。", "有2人创业", 1),
        ("有2人创业，2人任教。", "2人任教", 6),
        ("有 2 人创业，2 人任教。", "2人任教", 8),
        ("有2人创业，后来又有2人任教。", "……又有2人任教", 10),
        ("有2人创业。", "别的话", 1),
    ],
)  # fmt: skip
def test_the_right_one_of_two_figures_is_marked(sentence: str, clause: str, start: int) -> None:
    witness = Witness(observation="", doc="", source=1, text="2人", sentence=sentence, clause=clause)
    begin, end = figure_span(witness)
    assert begin == start and sentence[begin:end].replace(" ", "") == "2人"


def test_notes_beyond_the_circled_numbers_bear_a_drawn_ring(theme: Theme) -> None:
    """No words of the page: what is read of it stays the content's."""
    from report.content.nodes import Note

    names = [f"n{number}" for number in range(1, 53)]
    notes = {name: Note(inlines=()) for name in names}
    page = write_html(made(*(NoteMark(note=name) for name in names), notes=notes), theme, {})
    assert "㊿" in page and 'data-mark="50"' not in page
    assert page.count('data-mark="51"') == page.count('data-mark="52"') == 2  # in the text, and at the chapter's end
    assert 'aria-label="52：' in page


# ---------------------------------------------------------------- the look


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_text_stands_out_from_its_ground(ground: str, theme: Theme) -> None:
    for name in {look.colour for look in theme.roles.values()} | {"navy", "slate", "vermilion"}:
        bright, dark = sorted((luminance(theme.palette[ground]), luminance(theme.palette[name])), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, name


def test_small_print_stays_legible_and_order_is_kept(theme: Theme) -> None:
    sizes = sorted(look.size for role, look in theme.roles.items() if not role.startswith("chart-"))
    shown = [pixels(size) for size in sizes]
    assert shown == sorted(shown) and min(shown) >= 12.5 and pixels(16) == 17


def test_every_role_has_its_class(theme: Theme) -> None:
    css = theme_css(theme)
    assert all(f"\n.{role}{{" in css for role in theme.roles if not role.startswith("chart-"))
