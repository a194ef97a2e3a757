"""The manual's recipes do what it says: each is followed as it is printed, and what comes of it is looked at."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from report.charts.drawing import Path as Shape
from report.checking import check_template
from report.errors import ReportError
from report.opening import load_template
from report.rehearsal import bound_dataset, read_sources
from report.theme.fonts import FontLibrary
from report.writers.pdf.layout import TextLine
from report.yaml import read_yaml
from tests.project import ROOT, Project, copy_project

from .pictures import (
    FOLDER,
    LARGEST,
    MESSAGE_FILE,
    MISTAKES,
    READ,
    Maker,
    maker_in,
    message_stamp,
    plans,
    stamp,
    stamped,
)
from .recipes import (
    FENCE,
    IN_WORD,
    MAKES,
    MANUAL,
    SAMPLE,
    Made,
    Recipe,
    copy_templates,
    edit_in_word,
    follow,
    recipes,
    report,
    working,
    write,
)

TEXT = MANUAL.read_text("utf-8")
RECIPES = recipes(TEXT)
TASKS = list(dict.fromkeys(recipe.task for recipe in RECIPES.values()))
WRONG = [recipe for recipe in RECIPES.values() if recipe.task == MISTAKES]
RIGHT = [recipe for recipe in RECIPES.values() if recipe.task != MISTAKES]
RENEW = "the picture is not of what the recipe gives now: python -m tests.templates.pictures"
FONT = "MyFangSong.otf"  # the author's own: no whole build has it
WHOLE = [recipe for recipe in RIGHT if not any(FONT in step.text for step in recipe.steps)]

pytestmark = pytest.mark.long  # forty seconds: with the README's commands, in `make check`


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all that is made here goes."""
    return tmp_path_factory.mktemp("recipes")


@pytest.fixture(scope="module")
def made(shelf: Path) -> Maker:
    """What the press makes after each recipe (by its heading; "": of the sample as it is), made once."""
    return maker_in(shelf)


@pytest.fixture(scope="module")
def read(shelf: Path, made: Maker) -> Path:
    """What was read of the sources."""
    return shelf / READ


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    """A copy of the templates and sources; it is the working folder."""
    with working(copy_templates(tmp_path / "project")) as folder:
        yield folder


def lines(made: Made, *roles: str) -> list[TextLine]:
    """The set lines of these roles, in order."""
    items = [item for page in made.layout.pages for item in page.items]
    return [item for item in items if isinstance(item, TextLine) and item.role in roles]


def text(found: list[TextLine]) -> list[str]:
    """Their words, without what leads to a page number."""
    return [line.text.strip() for line in found]


def faces(found: list[TextLine]) -> set[str]:
    """The font files that set the Han of these lines."""
    return {piece.face for line in found for piece in line.pieces if re.search(r"[一-鿿]", piece.text)}


def fills(made: Made) -> set[str]:
    """The colours of all charts."""
    shapes = (item for drawing in made.drawings.values() for item in drawing.items)
    return {shape.fill for shape in shapes if isinstance(shape, Shape) and shape.fill}


def pages(made: Made) -> list[dict[str, Any]]:
    """layout.json's pages."""
    found: list[dict[str, Any]] = made.layout.to_data()["pages"]
    return found


def said(page: dict[str, Any]) -> str:
    """The words of a page, without blanks."""
    return "".join(line["text"] for line in page["lines"]).replace(" ", "")


def words(made: Made) -> str:
    """The content but for the look: what must stay where only a look changes."""
    return made.content.to_json()


# ------------------------------------------------------------ what each task does


def test_colours(made: Maker) -> None:
    before, after = made(""), made("改颜色")
    assert words(after) == words(before)
    assert {piece.colour for line in lines(after, "heading-1") for piece in line.pieces} == {"navy"}
    old, new = before.theme.palette, after.theme.palette
    changed = {name for name in old if old[name] != new[name]}
    assert changed == {"navy", "blue", "pale-blue", "vermilion"}
    assert {old["navy"], old["blue"]} <= fills(before)
    assert {new["navy"], new["blue"]} <= fills(after) and not {old[name] for name in changed} & fills(after)


def test_fonts_of_the_press(made: Maker) -> None:
    before, after = made(""), made("用自带的字体")
    assert words(after) == words(before)
    assert faces(lines(before, "body")) == {"noto-serif"}
    assert {line.size for line in lines(after, "body")} == {15} and "noto-sans" in faces(lines(after, "body"))
    assert {line.size for line in lines(after, "heading-1")} == {22}
    assert faces(lines(after, "heading-1")) == {"noto-serif"}


def test_one_recipe_upon_another(copy: Path) -> None:
    """Entries of one name are put together, as the manual says: neither recipe undoes the other."""
    for title in ("改颜色", "用自带的字体"):
        follow(RECIPES[title])
    roles = read_yaml(Path(RECIPES["改颜色"].steps[0].target)).data["roles"]
    assert roles == {"heading-1": {"font": "song", "size": 22}, "body": {"font": "hei", "size": 15, "leading": 30}}


def test_theme_of_official_documents(made: Maker) -> None:
    before, after = made(""), made("换成公文的样子")
    assert (before.theme.name, after.theme.name) == ("shanghai", "gongwen")
    assert words(after) == words(before)
    assert faces(lines(before, "heading-1")) != faces(lines(after, "heading-1"))


def test_font_file_of_ones_own(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system has the author's font; the message tells the number that is to be copied."""
    import pylopdf_fonts_zh_cn

    [shipped] = Path(pylopdf_fonts_zh_cn.__file__).parent.rglob("NotoSerifSC-Regular.otf")
    system = copy / "system"
    system.mkdir()
    shutil.copy(shipped, system / FONT)
    monkeypatch.setattr(FontLibrary.__init__, "__defaults__", ((system,),))
    recipe = RECIPES["用自己的字体文件"]
    follow(recipe)
    with pytest.raises(ReportError) as told:
        check_template(SAMPLE, Path("seeds"), Path("output"))
    [number] = re.findall(r"不符：(\w{64}) —", str(told.value))
    theme = Path(recipe.steps[0].target)
    theme.write_text(theme.read_text("utf-8").replace('"0"', number), "utf-8")
    assert "没有错误" in check_template(SAMPLE, Path("seeds"), Path("output"))


def test_cover(made: Maker) -> None:
    before, after = made(""), made("换封面和标志")
    front = after.content.front
    assert (front.logo, front.issuer, front.author, front.stamp) == ("东海智库", "东海研究院", "东海研究院课题组", "")
    assert before.content.front.stamp == "样稿" and not lines(after, "cover-stamp")
    assert text(lines(after, "cover-logo", "cover-issuer")) == ["东海智库", "东海研究院"]
    assert {line.size for line in lines(after, "cover-title")} == {32}
    assert after.content.parts[1:] == before.content.parts[1:]


def test_look_changed_in_word(made: Maker) -> None:
    before, after = made(""), made(IN_WORD)
    assert words(after) == words(before)
    heading = after.theme.roles["heading-1"]
    assert (heading.size, after.theme.palette[heading.colour]) == (22, "#0b4f3c")
    assert {line.size for line in lines(after, "body")} == {14}
    changed = {role for role, look in before.theme.roles.items() if after.theme.roles[role] != look}
    assert {"heading-1", "body"} <= changed <= {"heading-1", "body", "list"}  # the list's style follows the text's


def test_words_changed_in_word_without_their_style(copy: Path) -> None:
    export, message = RECIPES[IN_WORD].steps
    report(*export.text.split()[1:])
    edit_in_word(directly=True)
    with pytest.raises(ReportError) as told:
        check_template(SAMPLE, Path("seeds"), Path("output"))
    assert str(told.value) == message.text.strip()


def test_chapter(made: Maker) -> None:
    before, after = made(""), made("改一章")
    title = "四、上海浦东：企业多，人手少"
    assert title in text(lines(after, "heading-1")) and title in text(lines(after, "running-header"))
    assert any(line.startswith(title) for line in text(lines(after, "contents-1")))
    [page] = [page for page in pages(after) if title in [heading["title"] for heading in page["headings"]]]
    [printed] = after.printed()["浦东人才"]
    assert f"产业人才{printed}，仍然短缺" in said(page)
    assert page["notes"][0]["text"].startswith("据文献")
    assert len(lines(after, "heading-1")) == len(lines(before, "heading-1"))


def test_chapter_more(made: Maker) -> None:
    before, after = made(""), made("加一章")
    title = "五、薪酬：高薪集中在技术岗位"
    [page] = [page for page in pages(after) if title in [one["title"] for one in page["headings"]]]
    contents = text(lines(after, "contents-1"))
    assert contents[contents.index(title) + 1] == page["number"]
    chapters = [title.partition("、") for title in text(lines(before, "heading-1"))]
    moved = [title.partition("、") for title in text(lines(after, "heading-1"))]
    assert [title for _, _, title in chapters[4:6]] == [title for _, _, title in moved[5:7]]
    assert [number for number, _, _ in moved[4:7]] == ["五", "六", "七"]
    assert "见第七章" in said(page)


def test_chart_drawn_otherwise(made: Maker) -> None:
    before, after = made(""), made("换一种画法")
    changed = {name for name in before.drawings if before.drawings[name] != after.drawings[name]}
    assert changed == {"track"} and after.drawings.keys() == before.drawings.keys()
    plot = after.drawings["track"].native
    assert plot and plot.form == "bars"


def test_chart_more(made: Maker) -> None:
    before, after = made(""), made("加一幅图")
    assert after.drawings.keys() - before.drawings.keys() == {"downloads"}
    assert text(lines(after, "caption-figure"))[3] == "图4\u3000中国模型的下载份额"
    assert len(lines(after, "caption-figure")) == len(lines(before, "caption-figure")) + 1


def test_source_more(made: Maker) -> None:
    before, after = made(""), made("加一份资料")
    assert len(after.content.sources) == len(before.content.sources) + 1
    assert any("临港机器人产业观察" in line for line in text(lines(after, "reference")))
    [page] = [page for page in pages(after) if "四、" in [one["title"][:2] for one in page["headings"]]]
    assert "临港2024年有机器人企业180家" in said(page)
    assert "临港机器人产业观察" in page["notes"][0]["text"]
    old, new = before.printed(), after.printed()
    assert {name for name in new if new[name] != old.get(name)} == {"临港企业数", "文献数"}


def test_source_shown(copy: Path) -> None:
    """`report extract … --show`, as the manual has it, finds what the recipe binds."""
    project = Project(copy)
    follow(RECIPES["加一份资料"])
    [command] = [step.text for step in RECIPES["加一份资料"].steps if step.language == "sh"]
    told = project.report(*command.split()[1:])
    assert told.exit_code == 0 and "180家" in told.output and "机器人企业" in told.output


def test_report_new(made: Maker) -> None:
    after = made("新写一份报告")
    assert text(lines(after, "cover-title")) == ["临港机器人产业简析"] and len(after.content.sources) == 1
    assert after.drawings.keys() == {"企业"}
    assert "整机企业占25%" in after.drawings["企业"].alt
    assert "一、企业已成规模" in text(lines(after, "heading-1"))


@pytest.mark.parametrize("recipe", WRONG, ids=lambda recipe: recipe.title)
def test_message_is_what_the_press_says(recipe: Recipe, copy: Path, read: Path) -> None:
    done, message = recipe.steps
    write(done)
    with pytest.raises(ReportError) as told:
        check_template(SAMPLE, Path("seeds"), read)
    assert str(told.value) == message.text.strip()


@pytest.mark.parametrize(("title", "wrong", "right"), [
    ("资料里找不到那个数", "汇集", "汇聚"),
    ("找到几个数，不一样", "企业]", "企业, 汇聚]"),
])
def test_mistake_is_mended_as_the_manual_says(title: str, wrong: str, right: str, copy: Path, read: Path) -> None:
    step = RECIPES[title].steps[0]
    write(step)
    path = Path(step.target)
    path.write_text(path.read_text("utf-8").replace(wrong, right), "utf-8")
    assert "张江企业数" in bound_dataset(load_template(SAMPLE), read_sources(Path("seeds"), read))[1]


# ------------------------------------------------------------ pictures


@pytest.mark.parametrize("plan", plans(), ids=lambda plan: plan.file)
def test_picture_shows_what_the_recipe_gives(plan: Any, made: Maker) -> None:
    assert stamped(FOLDER / plan.file) == stamp(plan, made), RENEW


def test_picture_of_a_message_shows_the_first() -> None:
    assert stamped(FOLDER / MESSAGE_FILE) == message_stamp(), RENEW


@pytest.mark.parametrize("task", TASKS)
def test_task_has_its_picture(task: str) -> None:
    """In its own section, small."""
    section = FENCE.sub("", TEXT).partition(f"\n## {task}\n")[2].partition("\n## ")[0]
    picture = f"pictures/{task.replace(' ', '')}.png"
    assert f"]({picture})" in section
    assert (FOLDER / picture).stat().st_size <= LARGEST


def test_every_picture_is_shown() -> None:
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("pictures/*")}
    assert files == set(re.findall(r"\]\((pictures/[^)]+)\)", TEXT))
    assert files | {"page.png"} == {plan.file for plan in plans()} | {MESSAGE_FILE}


# ------------------------------------------------------------ the manual itself


def test_the_table_leads_to_every_task() -> None:
    head = TEXT.partition("\n## ")[0]
    assert re.findall(r"^\| \[(.+?)\]\(#", head, re.M) == TASKS


def test_links_within_the_manual_lead_somewhere() -> None:
    """As GitHub names headings: lower case, no punctuation, - for a blank."""
    plain = re.sub(r"`[^`\n]+`", "", FENCE.sub("", TEXT))
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", TEXT), re.M)
    known = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    assert [name for name in re.findall(r"\]\(#([^)]+)\)", plain) if name not in known] == []


def test_every_block_of_a_task_says_what_it_is_for() -> None:
    """A file, a command, or a message: nothing that a reader would not know where to put."""
    loose = [step for recipe in RECIPES.values() for step in recipe.steps
             if not step.target and step.language not in ("sh", "text")]  # fmt: skip
    assert loose == []


def test_no_line_of_the_manual_stands_twice() -> None:
    """No sentence of ten characters or more is said again."""
    plain = FENCE.sub("", TEXT)
    said = [part.strip() for part in re.split(r"[。；\n|]", plain) if len(part.strip()) >= 12]
    again = {part for part in said if said.count(part) > 1}
    assert {part for part in again if "`templates/" not in part and part != "程序说："} == set()


# ------------------------------------------------------------ with everything


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project with the sample, built. Read only."""
    folder = tmp_path_factory.mktemp("recipes-built")
    shutil.copytree(ROOT / f"templates/reports/{SAMPLE}", folder / f"reports/{SAMPLE}")
    project = copy_project(folder / "project", folder / "reports", ROOT / "seeds")
    told = project.build()
    assert told.returncode == 0, told.stdout + told.stderr
    return project


@pytest.mark.parametrize("recipe", WHOLE, ids=lambda recipe: recipe.title)
def test_recipe_in_a_whole_build(recipe: Recipe, pressed: Project, tmp_path: Path) -> None:
    """What an author would do: follow it, run its commands in turn, `make report`; all three files are verified."""
    shutil.copytree(pressed.folder, tmp_path / "project", symlinks=True)
    project = Project(tmp_path / "project")
    with working(project.folder):
        follow(recipe)
    for step in recipe.steps:
        if step.language == "sh" and not MAKES.search(step.text):
            told = project.run("sh", "-ec", step.text)
            assert told.returncode == 0, told.stderr
    told = project.run(".venv/bin/report", "check-template", recipe.report)
    assert (told.stdout, told.stderr) == (f"templates/reports/{recipe.report}：没有错误\n", "")
    told = project.run("make", "report")
    assert told.returncode == 0, told.stderr + told.stdout
    before = {path: path.read_bytes() for path in (pressed.out / SAMPLE).glob("report.*")}
    made = project.out / recipe.report
    assert (made / "verification.json").is_file()
    for kind in ("pdf", "docx", "html"):
        assert (made / f"report.{kind}").read_bytes() != before[pressed.out / SAMPLE / f"report.{kind}"]
