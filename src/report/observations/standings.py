"""Indicators of ranks: 产销量稳居世界第一, 第二大经济体, 第八届."""

from __future__ import annotations

import re

from report.observations.changes import plain
from report.observations.clauses import Clause
from report.observations.heads import FILLED, TABLE
from report.observations.lexicon import either
from report.observations.phrases import cleaned, headed, is_name, phrase_at_end, points_back
from report.observations.reading import Before, Reading

_RANKED = re.compile(
    f"(?P<verb>(?<!总)(?:{either(TABLE['ranking'])}))(?:在|了|于|{FILLED}){{0,2}}(?P<realm>[^,，。]{{0,14}}?)(?:的|排名|{FILLED}){{0,2}}$"
)
_GREAT = re.compile("大(?:的)?(?P<name>[A-Za-z\u4e00-\u9fff]{2,10})")
_REALM = re.compile(f"(?P<realm>{either(TABLE['realms'])})(?:各[省市区地国]{{1,2}}|[省市区]|前列|范围)?")
_TURNS = {"届": "届次", "任期": "任期", "任": "任次", "次": "次序", "轮": "轮次", "批": "批次"}
_TITLE = re.compile("《[^》]{0,12}?(?P<name>[\u4e00-\u9fff]{2,12}(?:排名|排行榜|榜单|指数))》")
_RANK_END = re.compile("(?:排名|位次|名次|位居|总|数|人数)$")


def standing(clause: Clause, before: Before) -> Reading | None:
    """汽车产销量稳居世界第一: the rank of what stands before the verb, in the realm behind it."""
    if clause.sort != "rank":
        return None
    if clause.figure.unit in _TURNS:
        return Reading(_TURNS[clause.figure.unit], "turn")
    found = _RANKED.search(clause.left)
    great = _GREAT.match(clause.right)
    found = None if great and found and found["verb"] in ("是", "为") else found
    subject = clause.left[: found.start()] if found else clause.left
    realm = _REALM.search(found["realm"] if found else clause.left[-8:])
    phrase = phrase_at_end(clause, subject if found else _REALM.sub("", subject))
    name = "" if is_name(phrase.name) or points_back(subject) or (great and not phrase.name) else phrase.name
    if not name and great:
        name = re.split("[,，的之]|国$", great["name"])[0]
    title = _TITLE.search(clause.earlier[-60:] + clause.left)
    titled = _RANK_END.sub("", cleaned(clause.restored(title["name"]))) if title else ""
    name = name or titled or _named(clause, subject) or before.topic.level or plain(before)
    level = _RANK_END.sub("", name)
    return Reading(f"{level}{realm['realm'] if realm else ''}排名", "standing", level)


def _named(clause: Clause, text: str) -> str:
    """A head noun anywhere before the rank."""
    for sort in ("rate", "money", "volume", "count"):
        phrase = headed(clause, text, sort)
        if phrase.name:
            return phrase.name
    return ""
