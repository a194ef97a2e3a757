"""Read a theme out of its layers: base, then series, then report — maps merge, lists replace, later wins."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath
from typing import Any, get_args

from pydantic import ValidationError

from report.errors import Issue, ReportError
from report.names import did_you_mean
from report.templates.mend import mended
from report.templates.merge import Layered, merge_all
from report.templates.models import PartName
from report.theme.theme import CHART_ROLES, POINTS, ROLES, Theme
from report.validate import mistakes, model_of

PARTS: tuple[str, ...] = get_args(PartName)
FEWEST = 2  # characters that a line must hold
FINEST = 0.1  # the finest grid, in body leadings
Where = Callable[..., str]  # the keys that lead to an entry → file:line
Place = tuple[str, ...]  # those keys
Mistake = tuple[Place, str, str]  # where it lies, the problem, the way out


def load_theme(layers: Iterable[Mapping[str, Any]], where: str | Where) -> Theme:
    """The theme that the layers, merged in order, describe.

    `where` is the file to name in messages, or gives `file:line` for the keys that lead to an entry. Raises
    ReportError with every mistake at once: an unknown key or role, a role left out, a font or colour that is named
    but not defined.
    """
    place: Where = (lambda *keys: where) if isinstance(where, str) else where
    data = merge_all(layers)
    try:
        model_of(Theme).model_validate(data)
    except ValidationError as error:
        raise ReportError.all_of(mistakes(error, model_of(Theme), place)) from error
    theme = Theme.of(data)
    if issues := [issue for _, issue in _issues(theme, place)]:
        raise ReportError.all_of(issues)
    return theme


def try_theme(layers: Layered) -> tuple[Theme | None, list[Issue]]:
    """The theme as far as the layers describe one, None where that is none, and every mistake (see `load_theme`)."""
    found, data, issues = mended(
        model_of(Theme), layers, loose=lambda data: _issues(Theme.of(data), layers.where)
    )
    return (None if found is None else Theme.of(data)), issues


def _issues(theme: Theme, where: Where) -> Iterator[tuple[Place, Issue]]:
    """What the model takes and no page can be set with, each mistake with its place."""
    for place, problem, hint in (*_unsettable(theme), *_incomplete(theme), *_undefined(theme), *_endless(theme)):
        yield place, Issue(where=where(*place), problem=problem, hint=hint)


def _unsettable(theme: Theme) -> Iterator[Mistake]:
    """Margins and indents that leave no room, and lengths of the setting that no page can have."""
    page, setting = theme.page, theme.setting
    if page.left + page.right >= page.width or page.top + page.bottom >= page.height:
        yield ("page",), "“page”的边距占满了纸面", "改小 left、right、top 或 bottom"
    measure = (page.width - page.left - page.right) * POINTS
    body = theme.roles.get("body")
    if measure <= 0:
        return
    if body and measure < FEWEST * body.size:
        problem = f"版心只宽 {measure:.0f} 磅，一行放不下 {FEWEST} 个正文的字（{body.size:g} 磅）"
        yield ("page",), problem, "改小边距或正文字号"
        return
    for role, look in theme.roles.items():
        room = measure / look.size - look.left - look.right - max(0.0, look.indent)
        if room < FEWEST and role not in CHART_ROLES:
            problem = f"roles.{role}：版心宽 {measure:.0f} 磅，除去缩进一行放不下 {FEWEST} 个字（{look.size:g} 磅）"
            yield ("roles", role), problem, "改小 left、right、indent 或字号"
    if setting.note_rule > measure:
        problem = f"setting.note_rule：脚注线长 {setting.note_rule:g} 磅，版心只宽 {measure:.0f} 磅"
        yield ("setting", "note_rule"), problem, "改短"
    if 0 < setting.grid < FINEST:
        problem = f"setting.grid：{setting.grid:g} 行太密，看不出行距"
        yield ("setting", "grid"), problem, f"写 0（不用网格），或 {FINEST:g} 到 1"


def _incomplete(theme: Theme) -> Iterator[Mistake]:
    """Roles left out, parts that no report has, and lines that would stand in each other."""
    for role in ROLES:
        if role not in theme.roles:
            yield ("roles",), f"缺少角色 {role}", "在 roles 下补上，或 extends: shanghai"
    for name in sorted(theme.masters.keys() - set(PARTS)):
        yield ("masters", name), f"masters：没有“{name}”这一部分", did_you_mean(name, PARTS)
    for role, look in theme.roles.items():
        if look.leading < look.size:
            problem = f"roles.{role}：行距 {look.leading:g} 小于字号 {look.size:g}，各行会叠在一起"
            yield ("roles", role), problem, "leading 至少与 size 相同"


def _undefined(theme: Theme) -> Iterator[Mistake]:
    """Names of fonts, files and colours that stand for nothing, and fonts that are named by where they lie: a theme
    may come from a stranger, who has no business with the folders of this machine."""
    for key, file in theme.files.items():
        path = PurePath(file.file)
        if path.is_absolute() or ".." in path.parts:
            hint = "把字体装进系统（如 ~/.local/share/fonts），这里只写文件名"
            yield ("files", key), f"files.{key}：file 不能写到别的文件夹去", hint
    for place, kind, name, known in _names(theme):
        if name not in known:
            yield place, f"{'.'.join(place)}：没有{kind} {name}", did_you_mean(name, known)


def _endless(theme: Theme) -> Iterator[Mistake]:
    """Font files of which each serves where the other is not to be had."""
    for key in theme.files:
        passed, file = [key], theme.files[key]
        while file.otherwise in theme.files and file.otherwise not in passed:
            passed.append(file.otherwise)
            file = theme.files[file.otherwise]
        if file.otherwise == key:
            yield ("files", key, "otherwise"), f"files.{key}.otherwise 绕了一圈又回到自己", "最后一款要是软件包里的字体"


def _names(theme: Theme) -> Iterator[tuple[Place, str, str, Iterable[str]]]:
    """Every name that must be defined elsewhere: its place, what it names, the name, the names there are."""
    for role, look in theme.roles.items():
        yield ("roles", role, "font"), "字体", look.font, theme.fonts
        yield ("roles", role, "colour"), "颜色", look.colour, theme.palette
    for name, font in theme.fonts.items():
        for file in font.all_files():
            yield ("fonts", name), "字体文件", file, theme.files
    for key, kept in theme.files.items():
        if kept.otherwise:
            yield ("files", key, "otherwise"), "字体文件", kept.otherwise, theme.files
    for name, colour in theme.entities.items():
        yield ("entities", name), "颜色", colour, theme.palette
    for colour in theme.series_colours:
        yield ("series_colours",), "颜色", colour, theme.palette
    for place, colour in ((("table", "colour"), theme.table.colour), (("box", "ground"), theme.box.ground),
                          (("box", "accent"), theme.box.accent)):
        yield place, "颜色", colour, theme.palette
