"""What a theme.yaml says of a role and no page heeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from report.errors import Issue
from report.templates.merge import Layered


def unheeded(layers: Layered) -> Iterator[Issue]:
    """A mistake for each entry of a layer's `roles` that changes nothing; a template.docx, where every style has all of
    them, is not asked."""
    for file in layers.files:
        roles = file.data.get("roles")
        if file.file.endswith(".yaml") and isinstance(roles, dict):
            for (role, field), hint in table().items():
                look = roles.get(role)
                if isinstance(look, dict) and field in look:
                    where, problem = file.where("roles", role, field), f"roles.{role}.{field} 不起作用"
                    yield Issue(where=where, problem=problem, hint=hint)


@cache
def table() -> Mapping[tuple[str, str], str]:
    """What to do instead, by role and field of its look."""
    rows = YAML(typ="safe").load(Path(__file__).with_name("unheeded.yaml"))
    return {(role, field): row["hint"] for row in rows for role in row["roles"] for field in row["fields"]}
