"""The pictures of the manuals, made by following their recipes: `python -m tests.templates.pictures` renews them."""

from __future__ import annotations

import hashlib
import importlib.util
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageColor, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from report.records import canonical_json
from report.theme.theme import POINTS
from report.writers.pdf.layout import Picture, TextLine
from report.yaml import read_yaml
from tests.project import ROOT

from .recipes import SAMPLE, Made, copy_templates, follow, make, read_all, recipes, working

FOLDER = ROOT / "templates"
SHOTS = Path(__file__).with_name("pictures.yaml")
STAMP = "made-of"  # the PNG's text that says what the picture shows
READ = "read"  # the folder of what was read of the sources, beside the copies
LARGEST = 60_000  # bytes
DOTS = 1.25  # pixels a point, before `scale`
TINTS = 6  # steps from white to a colour
MARGIN, CAPTION = 14, 30
MISTAKES = "看懂报错"
MESSAGE_FILE = f"pictures/{MISTAKES}.png"
MESSAGE = re.compile(r"(.+?):(\d+): (.+) — (.+)")
PARTS = {"哪个文件": "#3e7cb1", "第几行": "#8a6d1f", "什么不对": "#b5342b", "怎么改": "#17375e"}
JOINTS = ("", ": ", ": ", " — ")  # what stands before each of them
NEARLY_WHITE = 245  # a tint lighter than that is white to the eye, and to Pillow's rounding
DESK, EDGE, INK = (238, 240, 245), (200, 205, 212), (70, 80, 90)

Maker = Callable[[str], Made]  # heading of a recipe ("" for the report as it is) → what the press makes of it


@dataclass(frozen=True)
class Shot:
    """One part of a picture: the page of a report on which `words` stand, cut to `box` (left, top, right, bottom in
    millimetres), under a `caption`; `after` is the recipe that was followed, "" for none."""

    caption: str
    after: str
    words: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Plan:
    """A picture: its file below templates/, its shots from left to right, and how large they are shown."""

    file: str
    shots: tuple[Shot, ...]
    scale: float


def plans() -> list[Plan]:
    """All pictures that are made of pages."""
    return [
        Plan(name, tuple(Shot(one["caption"], one["after"], one["words"], tuple(one["box"])) for one in plan["shots"]),
             plan.get("scale", 1))
        for name, plan in read_yaml(SHOTS).data.items()
    ]  # fmt: skip


def stamp(plan: Plan, maker: Maker) -> str:
    """What the picture is made of, in one number: its plan, the recipes, the words that are in it and their look."""
    known = recipes()
    parts: list[object] = [repr(plan)]
    for shot in plan.shots:
        parts += [[(step.target, step.text) for step in known[shot.after].steps] if shot.after else []]
        parts += _shown(maker(shot.after), shot)
    return hashlib.sha256(canonical_json(parts).encode()).hexdigest()


def _shown(made: Made, shot: Shot) -> Iterator[object]:
    """What stands inside the shot's box: lines with how they look, charts."""
    left, top, right, bottom = (side * POINTS for side in shot.box)
    for item in made.layout.pages[_page(made, shot)].items:
        if not isinstance(item, TextLine | Picture) or not (left < item.x < right and top < item.y < bottom):
            continue
        if isinstance(item, Picture):
            yield item.drawing
        else:
            looks = {(piece.size, made.theme.palette[piece.colour]) for piece in item.pieces}
            yield item.text, made.theme.roles[item.role].font, sorted(looks)


def message() -> str:
    """The line that the picture of a message takes apart: the first that the manual prints."""
    task = [recipe for recipe in recipes().values() if recipe.task == MISTAKES]
    return next(step.text for step in task[0].steps if step.language == "text").strip()


def message_picture() -> bytes:
    """One message of the press with its four parts named."""
    found = MESSAGE.fullmatch(message())
    assert found
    large, small = font(16), font(14)
    parts = list(zip(found.groups(), PARTS.items(), JOINTS, strict=True))
    rooms = [max(large.getlength(text), small.getlength(name)) for text, (name, _), _ in parts]
    sheet = Image.new("RGB", (round(sum(rooms) + large.getlength("".join(JOINTS))) + 2 * MARGIN, 80), (255, 255, 255))
    pen, x = ImageDraw.Draw(sheet), float(MARGIN)
    for room, (text, (name, colour), joint) in zip(rooms, parts, strict=True):
        pen.text((x, 14), joint, INK, large)
        x += large.getlength(joint)
        pen.text((x, 14), text, colour, large)
        pen.line((x, 42, x + room, 42), colour, 2)
        pen.text((x, 48), name, colour, small)
        x += room
    return png(sheet, message_stamp(), PARTS.values())


def message_stamp() -> str:
    """As `stamp`, of that picture."""
    return hashlib.sha256(f"{PARTS}{JOINTS}{message()}".encode()).hexdigest()


def _page(made: Made, shot: Shot) -> int:
    """The first page with a line that begins with the shot's words; the contents only name what stands elsewhere."""
    for index, page in enumerate(made.layout.to_data()["pages"]):
        lines = [line["text"] for line in page["lines"] if not line["role"].startswith("contents")]
        if any(line.startswith(shot.words) for line in lines):
            return index
    raise AssertionError(f"no line begins with {shot.words}")


def picture(plan: Plan, maker: Maker) -> bytes:
    """The picture as a PNG."""
    parts = [_cut(maker(shot.after), shot, plan.scale) for shot in plan.shots]
    head = CAPTION if any(shot.caption for shot in plan.shots) else 0
    width = sum(part.width for part in parts) + MARGIN * (len(parts) + 1)
    sheet = Image.new("RGB", (width, max(part.height for part in parts) + 2 * MARGIN + head), DESK)
    pen = ImageDraw.Draw(sheet)
    x = MARGIN
    for shot, part in zip(plan.shots, parts, strict=True):
        sheet.paste(part, (x, MARGIN + head))
        pen.rectangle((x - 1, MARGIN + head - 1, x + part.width, MARGIN + head + part.height), outline=EDGE)
        pen.text((x, MARGIN - 2), shot.caption, INK, font(17))
        x += part.width + MARGIN
    colours = {colour for shot in plan.shots for colour in maker(shot.after).theme.palette.values()}
    return png(sheet, stamp(plan, maker), colours)


def _cut(made: Made, shot: Shot, scale: float) -> Image.Image:
    with pypdfium2.PdfDocument(made.pdf()) as document:
        page: Image.Image = document[_page(made, shot)].render(scale=DOTS * scale).to_pil().convert("RGB")
    left, top, right, bottom = (round(side * POINTS * DOTS * scale) for side in shot.box)
    return page.crop((left, top, min(right, page.width), min(bottom, page.height)))


def font(size: float) -> ImageFont.FreeTypeFont:
    """The sans of the press, for words of the picture itself."""
    found = importlib.util.find_spec("manimgx_fonts_cjk")
    assert found and found.origin
    [path] = Path(found.origin).parent.rglob("NotoSansCJK-VF.otf.ttc")
    opened = ImageFont.truetype(path, size, index=2)
    opened.set_variation_by_axes([400])
    return opened


def png(sheet: Image.Image, made_of: str, colours: Iterable[str]) -> bytes:
    """The sheet in these colours and what lies between them and white, with the stamp."""
    told, file = PngInfo(), io.BytesIO()
    told.add_text(STAMP, made_of)
    pure = [DESK, EDGE, INK, *(ImageColor.getrgb(colour)[:3] for colour in sorted(colours))]
    tints = {tuple(round(255 - (255 - part) * step / TINTS) for part in colour) for colour in pure
             for step in range(1, TINTS + 1)}  # fmt: skip
    tints = {tint for tint in tints if min(tint) < NEARLY_WHITE or tint in pure} | {(255, 255, 255)}
    few = Image.new("P", (1, 1))
    few.putpalette([part for colour in sorted(tints)[:256] for part in colour])
    sheet.quantize(palette=few, dither=Image.Dither.NONE).save(file, "PNG", optimize=True, pnginfo=told)
    return file.getvalue()


def stamped(path: Path) -> str:
    """The stamp of a picture."""
    with Image.open(path) as opened:
        return str(opened.info.get(STAMP, ""))


def maker_in(folder: Path) -> Maker:
    """Makes each recipe's report once, in copies below the folder."""
    known, made, read = recipes(), dict[str, Made](), read_all(folder / READ)

    def maker(after: str) -> Made:
        if after not in made:
            with working(copy_templates(folder / (after or "plain"))):
                if after:
                    follow(known[after])
                made[after] = make(known[after].report if after else SAMPLE, read)
        return made[after]

    return maker


def main() -> None:
    """Renew every picture that is not of what its recipe gives now."""
    with tempfile.TemporaryDirectory() as folder:
        maker = maker_in(Path(folder))
        for plan in plans():
            _renew(plan.file, stamp(plan, maker), partial(picture, plan, maker))
    _renew(MESSAGE_FILE, message_stamp(), message_picture)


def _renew(file: str, made_of: str, draw: Callable[[], bytes]) -> None:
    path = FOLDER / file
    if not path.is_file() or stamped(path) != made_of:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(draw())
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
