"""Half-width marks in Chinese made full-width, as a press sets them (CLREQ 3.1): 甲港,(1988年) → 甲港，（1988年）."""

from __future__ import annotations

import re

HAN = "\u3400-\u9fff\uf900-\ufaff，。、；：？！“”‘’「」『』（）《》〈〉【】〔〕…—％"
_han = re.compile(f"[{HAN}]")
_stop = re.compile(r"[,;:?!]")
_brackets = re.compile(r"\(([^()\n]{0,160})\)")
_quotes = re.compile(r'"([^"\n]{1,160})"')
_entry = re.compile(r"\[(?:[A-Z]|[A-Z]{1,2}/[A-Z]{2})\]")  # 书名[M]: an entry after GB/T 7714 has half-width marks
_address = re.compile(r"https?://[!-~]+")
_wide = dict(zip(",;:?!", "，；：？！", strict=True))


def widened(text: str) -> str:
    """The text, as long as before, with the half-width marks that stand beside Chinese characters in full width: not
    in numbers, in Latin words, in web addresses, in an entry of a list of references."""
    if _entry.search(text):
        return text
    chars = list(_stopped(text))
    text = "".join(chars)
    for match in _brackets.finditer(text):
        if _is_chinese(text, match):
            chars[match.start()], chars[match.end() - 1] = "（", "）"
    for match in _quotes.finditer(text):
        if _han.search(match[1]):
            chars[match.start()], chars[match.end() - 1] = "“", "”"
    return _stopped("".join(chars))


def _stopped(text: str) -> str:
    """The text with its stops widened."""
    chars = list(text)
    addresses = {place for match in _address.finditer(text) for place in range(match.start(), match.end() - 1)}
    for match in _stop.finditer(text):
        if match.start() not in addresses and _stops_chinese(text, match.start()):
            chars[match.start()] = _wide[match[0]]
    if len(chars) > 1 and chars[-1] == "." and _han.match(chars[-2]):
        chars[-1] = "。"
    return "".join(chars)


def _is_chinese(text: str, brackets: re.Match[str]) -> bool:
    """Whether brackets hold Chinese, or stand behind it, or number what opens with it: (1)禁止类."""
    before = text[max(brackets.start() - 3, 0) : brackets.start()].rstrip(" ")[-1:]
    after = text[brackets.end() : brackets.end() + 3].lstrip(" ")[:1]
    if _han.search(brackets[1]) or before and _han.match(before):
        return True
    return not before and bool(after) and bool(_han.match(after))


def _stops_chinese(text: str, place: int) -> bool:
    before = text[max(place - 1, 0) : place]
    after = text[place + 1 : place + 4].lstrip(" ")[:1]
    if not before or before == " ":
        return False
    if not after:
        return bool(_han.match(before))
    return bool(_han.match(before) or _han.match(after))
