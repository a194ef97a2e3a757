"""Word's font names as fonts of a theme: the theme's own, else one of the same kind under the name that Word shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from pathlib import Path
from typing import NamedTuple

from report.errors import ReportError
from report.theme.theme import Font, Theme
from report.yaml import read_yaml

Kinds = Mapping[str, list[str]]


class Face(NamedTuple):
    """What a Word style names: the families for Han and Latin, and whether it asks for their bold."""

    han: str
    latin: str
    bold: bool


@cache
def _kinds(script: str) -> Kinds:
    found: Kinds = read_yaml(Path(__file__).parent / "word_fonts.yaml").data[script]
    return found


def font_for(face: Face, now: str, theme: Theme, fonts: Mapping[str, Font]) -> tuple[str, Font]:
    """The font role, of those in `fonts` or a new one, that sets a face where the role `now` did.

    A family that no role names takes the files of one of its kind (word_fonts.yaml), and keeps its own name in Word and
    on the web. ReportError for a family of no known kind, and where the theme has no such weight of it.
    """
    han = _han_role(face, now, theme)
    base = theme.fonts[han]
    if (face.han, face.latin) == (base.word_han, base.word_latin):
        return han, base
    made = base.changed({"word_han": face.han, "word_latin": face.latin})
    if face.latin != base.word_latin:
        lender = theme.fonts[_latin_role(face, now, theme)]
        made = made.changed({"latin": lender.latin, "italic": lender.italic})
    families = dict.fromkeys((*([face.latin] if face.latin != base.word_latin else []), face.han))
    made = made.changed({"css": ",".join((*(f'"{family}"' for family in families), base.css))})
    names = (f"{han}-word{number or ''}" for number in count())
    return next((name for name in names if fonts.get(name, made) == made), han), made


def _han_role(face: Face, now: str, theme: Theme) -> str:
    """The role whose Han file serves: of that very family, else of its kind; the one in use where that is one."""
    kind = _kind("han", face.han)
    families = ([face.han], kind) if kind else ([face.han],)
    for known in families:
        found = [name for name, font in theme.fonts.items() if font.word_han in known]
        fit = [name for name in found if theme.heavy(name) == face.bold]
        if fit:
            flagged = [name for name in fit if theme.fonts[name].bold]
            return now if now in fit else (flagged or fit)[0]
        if found:
            raise _no_weight(face, theme)
    raise ReportError("", f"不认识中文字体“{face.han}”", "可用：" + "、".join(_known("han", theme)))


def _latin_role(face: Face, now: str, theme: Theme) -> str:
    """The role that lends its Latin files."""
    kind = _kind("latin", face.latin)
    for known in ([face.latin], kind):
        found = [name for name, font in theme.fonts.items() if font.word_latin in known]
        fit = [name for name in found if theme.heavy(name) == face.bold]
        if found:
            return now if now in fit else (fit or found)[0]
    raise ReportError("", f"不认识西文字体“{face.latin}”", "可用：" + "、".join(_known("latin", theme)))


def _no_weight(face: Face, theme: Theme) -> ReportError:
    """A family that the theme has, but not as bold, or only as bold."""
    has = sorted({f"{font.word_han}{'（加粗）' if theme.heavy(name) else ''}" for name, font in theme.fonts.items()})
    asked = "加粗的" if face.bold else "不加粗的"
    return ReportError("", f"主题里没有{asked}“{face.han}”，PDF 印不出", "主题里有：" + "、".join(has))


def _kind(script: str, family: str) -> list[str]:
    """The families of the same kind; [] for one of no known kind."""
    return next((names for names in _kinds(script).values() if family in names), [])


def _known(script: str, theme: Theme) -> Iterator[str]:
    """The families that can be asked for: those of the theme, and those whose kind it has."""
    own = {font.word_han if script == "han" else font.word_latin for font in theme.fonts.values()}
    for names in _kinds(script).values():
        if own & set(names):
            yield from names[:4]
    yield from sorted(own - {name for names in _kinds(script).values() for name in names})
