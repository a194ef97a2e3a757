"""The words of wording.yaml, made ready to stand in a pattern."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any


def either(section: str) -> str:
    """A pattern (no group) that any word of the section meets, longer words first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(_table()[section], key=len, reverse=True)) + ")"


def rows(section: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a section whose words mean one thing each."""
    return tuple(map(tuple, _table()[section]))


@cache
def _table() -> Any:
    from ruamel.yaml import YAML  # here: the writers, which import this room's models, must not pay for it

    return YAML(typ="safe").load(Path(__file__).with_name("wording.yaml"))
