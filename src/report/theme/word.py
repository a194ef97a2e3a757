"""A template.docx as one more layer of a theme: what its author changed of the styles that were exported to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from report.errors import Issue, ReportError
from report.templates.merge import Layered, merge_all
from report.templates.word.faults import faults
from report.templates.word.logo import fingerprint, logo
from report.templates.word.opened import WordTemplate, colours, open_template, page_traits, table_traits
from report.templates.word.record import Exported, ExportedStyle
from report.templates.word.traits import Traits, changes, differing
from report.templates.word.words import FromWord
from report.theme.theme import POINTS, Logo, Look, Theme
from report.theme.unheeded import table
from report.theme.word_fonts import Face, font_for
from report.yaml import Place

RULES = "三线表"  # the table style whose rules are those of a theme's tables
ALIGNS = ("left", "center", "right", "justify")
FACE = ("han", "latin", "bold")
TOLD = {
    "han": "中文字体", "latin": "西文字体", "bold": "加粗", "size": "字号", "colour": "颜色", "tracking": "字间距",
    "align": "对齐", "rule": "行距", "leading": "行距", "before": "段前", "after": "段后", "left": "左缩进",
    "right": "右缩进", "first": "首行缩进", "keep_next": "与下段同页", "ground": "底色", "shade": "文字底色",
    "scale": "字符缩放", "position": "位置升降", "mark-i": "倾斜", "mark-u": "下划线", "mark-strike": "删除线",
    "mark-dstrike": "双删除线", "mark-caps": "全部大写", "mark-smallCaps": "小型大写", "mark-shadow": "阴影",
    "mark-outline": "空心", "mark-emboss": "阳文", "mark-imprint": "阴文", "mark-highlight": "突出显示",
    "mark-bdr": "文字边框", "mark-vanish": "隐藏", "mark-em": "着重号", "mark-vertAlign": "上下标",
    "mark-pageBreakBefore": "段前分页", "mark-framePr": "图文框", "mark-textDirection": "文字方向",
    **{f"{trait}-{side}": f"{told}边框" for trait in ("border", "edge")
       for side, told in (("top", "上"), ("bottom", "下"), ("left", "左"), ("right", "右"))},
}  # fmt: skip
FIELDS = {"first": "indent"}  # what a look calls a trait, where it has another name
BOX = "box-body"
BOXED = {"ground", "border-left", *(f"edge-{side}" for side in ("top", "bottom", "left", "right"))}
IN_EM = ("left", "right", "tracking")  # traits that a look counts in em of its size
SETTLED = {
    **{(role, field): "专栏里的缩进随边框，改 theme.yaml 的 box.padding"
       for role in (BOX, "box-title") for field in ("left", "right", "indent")},
    ("caption-figure", "keep_next"): "图题总与下面的资料来源同页",
    ("cover-stamp", "align"): "样稿印在封面右上角的框里",
}  # fmt: skip
NOT_TEXT = ("hlink", "folHlink")  # slots of Word's colours that no style of ours takes


def word_layer(path: Path, below: Mapping[str, Any]) -> FromWord | None:
    """What the author of the template.docx at a path changed, as entries of a theme.yaml over those `below` (merged);
    None where these make no theme, which is told elsewhere.

    Raises ReportError with every mistake: what no PDF could follow, what is set on words in place of their style, what
    floats.
    """
    try:
        theme = Theme.of(below)
    except msgspec.ValidationError:
        return None
    template = open_template(path)
    layer = _Layer(template, template.record, theme)
    layer.make()
    issues = [*layer.issues, *faults(template, TOLD)]
    if issues:
        raise ReportError.all_of(dict.fromkeys(issues))
    return FromWord(template.file, merge_all(layer.data), dict.fromkeys(layer.names, 1), layer.names)


def stand_ins(layers: Layered) -> Iterator[Issue]:
    """A warning for each family that a template.docx names and no font of the theme is: another of its kind serves."""
    files = layers.data.get("files", {})
    for layer in (file for file in layers.files if isinstance(file, FromWord)):
        for name, font in layer.data.get("fonts", {}).items():
            served = " ".join(filter(None, (files[font["han"]]["file"], files[font["latin"]]["file"])))
            problem = f"“{font['word_han']}、{font['word_latin']}”在 PDF 里用 {served} 印，Word 和网页里照写"
            hint = "要印这一种，在 theme.yaml 的 files、fonts 里登记它的字体文件"
            yield Issue(where=layer.where("fonts", name), problem=problem, hint=hint)


class _Layer:
    """The entries of one template.docx over a theme, as they are found, and the mistakes."""

    def __init__(self, template: WordTemplate, record: Exported, theme: Theme) -> None:
        self.template, self.record, self.theme = template, record, theme
        self.fonts = dict(theme.fonts)
        self.data: list[dict[str, Any]] = []
        self.names: dict[Place, str] = {}
        self.issues: list[Issue] = []

    def make(self) -> None:
        self._palette()
        found = {name: self._now(name) for name in self.record.styles}
        changed = {
            name: changes(exported.traits, now)
            for name, exported in self.record.styles.items() if (now := found[name]) is not None
        }
        for name, exported in self.record.styles.items():
            now = found[name]
            if now is None:
                self._missing(exported)
            elif exported.main:
                self._style(exported, now, changed[name])
            else:
                self._follower(exported, now, changed[name])
        self._page()
        self._table()
        self._logo()

    # ------------------------------------------------------------ styles

    def _now(self, name: str) -> Traits | None:
        styles = self.template.styles
        return styles.traits(styles.by_name[name]) if name in styles.by_name else None

    def _missing(self, exported: ExportedStyle) -> None:
        if exported.main:
            self._tell(f"样式“{exported.shown}”", "删掉了", "重新导出一份，把改动再做一遍；不用的样式留着不要紧")

    def _style(self, exported: ExportedStyle, now: Traits, changed: set[str]) -> None:
        """What the style of a role says otherwise than it did."""
        role, where = exported.role, f"样式“{exported.shown}”"
        look = self.theme.roles.get(role)  # type: ignore[call-overload]
        if look is None or not changed:
            return
        if not now["size"]:
            self._tell(where, "字号读不出来", "改样式，填磅数")
            return
        said: dict[str, Any] = self._font(where, look, now) if changed & set(FACE) else {}
        for trait in sorted(changed - set(FACE)):
            if hint := self._settled(role, trait):
                self._tell(where, f"改了{TOLD[trait]}，不起作用", hint)
            elif role == BOX and trait in BOXED:
                self._box(where, trait, now)
            elif (entry := self._entry(exported, now, trait)) is None:
                self._unfollowed(where, trait, now)
            else:
                said |= entry
        if "size" in changed and not role.startswith("contents-"):  # lengths in em of it stay as Word shows them
            in_points = IN_EM if exported.traits["first_em"] else (*IN_EM, "first")
            for trait in (one for one in in_points if now[one] and not self._settled(role, one)):
                said |= self._entry(exported, now, trait) or {}
        self._say(where, ("roles", role), said)

    def _settled(self, role: str, trait: str) -> str:
        """What to do in place of changing a trait of a role that something else decides; "" where nothing does."""
        if (role, trait) == ("heading-1", "before") and self.theme.setting.chapters != "continuous":
            return "一章另起一页，上面没有段前"
        place = role, FIELDS.get(trait, trait)
        return SETTLED.get(place) or table().get(place, "")

    def _entry(self, exported: ExportedStyle, now: Traits, trait: str) -> dict[str, Any] | None:
        """The entry of a look that a trait makes; None for what no look has. White and indents that the press adds to
        those of the look do not count."""
        then, size = self.record.looks[exported.role], float(now["size"])

        def own(scale: float) -> float:
            return float(now[trait]) - (float(exported.traits[trait]) - float(then[trait]) * scale)

        match trait:
            case "size":
                return {"size": round(size, 2)}
            case "colour":
                return {"colour": self._colour(f"样式“{exported.shown}”", now)}
            case "tracking":
                return {"tracking": round(float(now["tracking"]) / size, 3)}
            case "align" if now["align"] in ALIGNS:
                return {"align": now["align"]}
            case "leading" if now["rule"] in ("exact", exported.traits["rule"]):
                return {"leading": round(float(now["leading"]), 2)}
            case "keep_next":
                return {"keep_next": bool(now["keep_next"])}
            case "before" | "after":
                return {trait: round(max(0.0, own(1)), 2)}
            case "left" | "right":
                return {trait: round(own(float(then["size"])) / size, 3)}
            case "first":
                return {"indent": round(float(now["first_em"]) or float(now["first"]) / size, 3)}
        return None

    def _follower(self, exported: ExportedStyle, now: Traits, changed: set[str]) -> None:
        """A style that goes with another, or is the press's own: what it says alone nothing follows."""
        held = self.record.styles.items()
        main = next((name for name, one in held if one.main and one.role == exported.role), "")
        leader = self._now(main)
        if leader is not None:
            changed = {trait for trait in changed if leader[trait] != now[trait]}
        if not changed:
            return
        traits = "、".join(dict.fromkeys(TOLD.get(trait, trait) for trait in sorted(changed)))
        hint = f"改样式“{self.record.styles[main].shown}”，它跟着走" if main else "改回去；正文的样子在“正文文本”里改"
        self._tell(f"样式“{exported.shown}”", f"改了{traits}，这个样式不单独改", hint)

    def _font(self, where: str, look: Look, now: Traits) -> dict[str, str]:
        face = Face(str(now["han"]), str(now["latin"]), bool(now["bold"]))
        try:
            name, font = font_for(face, look.font, self.theme, self.fonts)
        except ReportError as error:
            self.issues += [Issue(where=f"{self.template.file}（{where}）", problem=issue.problem, hint=issue.hint)
                            for issue in error.issues]  # fmt: skip
            return {}
        if name not in self.theme.fonts:
            self.fonts[name] = font
            self._say(where, ("fonts", name), {
                key: list(held) if isinstance(held, tuple) else held
                for key, held in msgspec.to_builtins(font).items() if held
            })  # fmt: skip
        return {"font": name} if name != look.font else {}

    def _colour(self, where: str, now: Traits) -> str:
        """The name in the palette of a style's colour; one that is not there is put in."""
        slots = {_slot(slot): name for slot, name in self.record.scheme.items()}
        if now["slot"] in slots and slots[str(now["slot"])] in self.theme.palette:
            return slots[str(now["slot"])]
        return self._named(where, str(now["colour"]))

    def _named(self, where: str, hexadecimal: str) -> str:
        found = next((name for name, held in self.theme.palette.items() if held.lower() == f"#{hexadecimal}"), "")
        if not found:
            found = f"word-{hexadecimal}"
            self._say(where, ("palette", found), f"#{hexadecimal}")
        return found

    def _box(self, where: str, trait: str, now: Traits) -> None:
        """The ground of a box and the bar at its left; the borders round the ground have its colour."""
        if trait == "ground":
            self._say(where, ("box", "ground"), self._named(where, str(now[trait]) or "ffffff"))
        elif trait == "border-left":
            self._say(where, ("box", "bar"), float(now[trait]))
        elif trait == "edge-left" and now[trait]:
            self._say(where, ("box", "accent"), self._named(where, str(now[trait])))
        elif trait != "edge-left" and now[trait] != now["ground"]:
            self._unfollowed(where, trait, now)

    def _unfollowed(self, where: str, trait: str, now: Traits) -> None:
        told = TOLD.get(trait, trait)
        if trait in ("leading", "rule"):
            self._tell(where, "行距不是固定值，PDF 跟不上", "段落 → 行距选“固定值”，填磅数")
        elif trait == "align":
            self._tell(where, f"对齐方式 {now[trait]} PDF 跟不上", "用左对齐、居中、右对齐或两端对齐")
        else:
            self._tell(where, f"改了{told}，PDF 和网页跟不上", "改回去")

    # ------------------------------------------------------------ colours, page, tables

    def _palette(self) -> None:
        """Colours of Word's theme that were changed are the palette's."""
        now, then = colours(self.template), self.record.colours
        changed = {slot for slot in then if now.get(slot, then[slot]) != then[slot]}
        for slot in sorted(changed - set(NOT_TEXT)):
            name = self.record.scheme.get(slot, "")
            if name and ("palette", name) not in self.names:
                self._say("主题颜色", ("palette", name), f"#{now[slot]}")
        if changed and changed <= set(NOT_TEXT):
            self._tell("主题颜色", "改了超链接的颜色，网址的颜色不跟着它", "改“着色”里的颜色")

    def _page(self) -> None:
        now, then = page_traits(self.template.section), self.record.page
        for trait in sorted(differing(then, now)):
            if trait == "columns":
                self._tell("页面", "分了栏，PDF 跟不上", "改成一栏")
                continue
            extra = float(then[trait]) - self.record.lengths[trait] * POINTS
            self._say("页面设置", ("page", trait), round((float(now[trait]) - extra) / POINTS, 1))

    def _table(self) -> None:
        """The rules of the table style; the three have one colour, the hairlines the palette's own."""
        where, now, then = f"表格样式“{RULES}”", table_traits(self.template.styles, RULES), self.record.table
        changed = set(differing(then, now))
        for rule in sorted(changed & {"top", "middle", "bottom", "hairline"}):
            self._say(where, ("table", rule), float(now[rule]))
        if "hairline colour" in changed:
            self._say(where, ("palette", "hairline"), f"#{now['hairline colour'] or 'ffffff'}")
        rules = {str(now[f"{rule} colour"]) for rule in ("top", "middle", "bottom")} - {""}
        if changed & {f"{rule} colour" for rule in ("top", "middle", "bottom")} and rules:
            if len(rules) > 1:
                self._tell(where, "三条线颜色不同，PDF 跟不上", "三条线用一种颜色")
            else:
                self._say(where, ("table", "colour"), self._named(where, rules.pop()))

    def _logo(self) -> None:
        """The picture on the cover: another, or none where there was one."""
        try:
            found = logo(self.template)
        except ReportError as error:
            self.issues += error.issues
            return
        if fingerprint(found) != self.record.logo:
            self._say("封面标志", ("logo",), found or msgspec.to_builtins(Logo()))

    # ------------------------------------------------------------ what is said

    def _say(self, what: str, place: tuple[str, ...], value: Any) -> None:
        """Note an entry at a place of the theme, and what of the file says it."""
        if isinstance(value, dict):
            for key, inner in value.items():
                self._say(what, (*place, key), inner)
            return
        entry: Any = value
        for key in reversed(place):
            entry = {key: entry}
        self.data.append(entry)
        self.names |= {place[:end]: what for end in range(min(2, len(place)), len(place) + 1)}

    def _tell(self, what: str, problem: str, hint: str) -> None:
        self.issues.append(Issue(where=f"{self.template.file}（{what}）", problem=problem, hint=hint))


def _slot(slot: str) -> str:
    """What styles call a slot of the colour scheme (17.18.97)."""
    return {"dk1": "text1", "lt1": "background1", "dk2": "text2", "lt2": "background2"}.get(slot, slot)
