"""The plan of the house, held: who imports whom, where the engines live, and what no module may be or say."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from report.content import nodes

from .project import ROOT

SOURCE = ROOT / "src/report"
MODULES = sorted(SOURCE.rglob("*.py"))
# from left to right: each imports from those before it only
ORDER = (
    *("records", "models", "errors", "names", "yaml", "validate", "files"),
    *("sources", "observations", "dataset", "templates", "theme", "charts", "content", "writers", "verify"),
    *("digest", "review", "revision"),
    *("opening", "choosing", "stages", "questions", "reprinting", "returning", "schemas"),
    *("authoring", "rehearsal", "specimen", "exporting", "checking", "workflow", "running", "commands", "__main__"),
)
ENGINES = {
    "reportlab": r"writers/pdf/.*",
    "pikepdf": r"verify/.*",
    "matplotlib": r"charts/draw\w*\.py|theme/fonts\.py",
    "docx": r"sources/.*|theme/word\.py|writers/docx/.*",
    "PIL": r"templates/word/logo\.py",
    "pandas": r"dataset/(tables|workbook)\.py",
    "xlsxwriter": r"writers/docx/charts_table\.py",
    "snakemake": r"",
    "jinja2": r"writers/html/.*|review/.*",
    "yaml": r"",
    "ruamel": r".*",
}
PURE = ("observations", "dataset", "content", "theme", "verify")
WRITERS = ("pdf", "docx", "html")
STAGES = (
    "read", "extract", "digest", "reconcile", "draw", "compose", "write_pdf", "write_docx", "write_html", "verify",
)


def room(module: Path) -> str:
    """The room a module stands in, or its own name at the top."""
    return module.relative_to(SOURCE).parts[0].removesuffix(".py")


@cache
def tree(module: Path) -> ast.Module:
    """A module, parsed."""
    return ast.parse(module.read_text("utf-8"))


def imported(code: Iterable[ast.AST]) -> Iterator[str]:
    """Full names of the modules imported anywhere in the code (for `from a import b`: a.b)."""
    for node in (inner for outer in code for inner in ast.walk(outer)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports inside the package are written in full"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def file_of(name: str) -> Path | None:
    """The file of a module of ours, given the full name of it or of something in it."""
    parts = name.split(".")
    for path in (ROOT / "src" / Path(*parts), ROOT / "src" / Path(*parts[:-1])):
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if parts[0] == "report" and file.is_file():
                return file
    return None


def name(module: Path) -> str:
    """How a module is called in the tests below."""
    return str(module.relative_to(SOURCE))


def test_imports_point_left() -> None:
    for module in MODULES:
        place = ORDER.index(room(module)) if room(module) != "__init__" else -1
        used = {room(file) for file in map(file_of, imported([tree(module)])) if file and room(file) != "__init__"}
        assert not [one for one in used if ORDER.index(one) > place], name(module)
        assert room(module) != "content" or "theme" not in used, name(module)


def test_no_writer_imports_another() -> None:
    for writer in WRITERS:
        others = tuple(f"report.writers.{one}" for one in WRITERS if one != writer)
        for module in (SOURCE / "writers" / writer).rglob("*.py"):
            assert not [one for one in imported([tree(module)]) if one.startswith(others)], name(module)


def test_engines_stay_in_their_rooms() -> None:
    for module in MODULES:
        used = list(imported([tree(module)]))
        for engine in {one.split(".")[0] for one in used} & ENGINES.keys():
            assert re.fullmatch(ENGINES[engine], name(module)), f"{engine} has no place in {name(module)}"
        assert not [one for one in used if one.startswith("matplotlib.pyplot")], name(module)


def test_modules_are_short_and_say_what_they_are() -> None:
    for module in MODULES:
        assert len(module.read_text("utf-8").splitlines()) < 400, name(module)
        assert module.stem not in ("utils", "helpers", "common", "misc")
        assert ast.get_docstring(tree(module)) or not tree(module).body, name(module)
        bare = [node for node in ast.walk(tree(module)) if isinstance(node, ast.ExceptHandler) and not node.type]
        assert not bare, name(module)


def test_functions_have_at_most_five_parameters() -> None:
    over = [
        f"{name(module)}: {function.name}"
        for module in MODULES
        for function in ast.walk(tree(module))
        if isinstance(function, ast.FunctionDef) and len(parameters(function)) > 5
    ]
    assert not over


def parameters(function: ast.FunctionDef) -> list[str]:
    """The names that a call may give."""
    given = [one.arg for one in (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)]
    return [one for one in given if one not in ("self", "cls")]


def test_pure_rooms_ask_no_clock_environment_or_chance() -> None:
    wrong = ("time", "random", "os", "secrets", "uuid", "tempfile", "socket", "urllib.request", "locale")
    for module in (path for path in MODULES if room(path) in PURE):
        used = list(imported([tree(module)]))
        assert not [one for one in used if one in wrong or one.startswith(tuple(f"{w}." for w in wrong))], name(module)
        assert not re.search(r"\b(datetime\.now|date\.today|datetime\.utcnow)\b", module.read_text("utf-8"))


@pytest.mark.parametrize("writer", WRITERS)
def test_each_writer_names_every_kind_of_node(writer: str) -> None:
    named = [set(patterns(path)) for path in (SOURCE / "writers" / writer).rglob("*.py")]
    assert any(kinds(nodes.Block) <= one for one in named)
    assert any(kinds(nodes.Inline) <= one for one in named)


def kinds(union: object) -> set[str]:
    """The names of the members of an annotated union of nodes."""
    return {member.__name__ for member in get_args(get_args(union)[0])}


def patterns(module: Path) -> Iterator[str]:
    """The classes that the cases of a module's match statements name."""
    for case in (node for node in ast.walk(tree(module)) if isinstance(node, ast.match_case)):
        for node in ast.walk(case.pattern):
            if isinstance(node, ast.MatchClass):
                yield ast.unparse(node.cls).split(".")[-1]


# ---------------------------------------------------------------- the Snakefile


def rules() -> dict[str, str]:
    """The text of each rule of the Snakefile."""
    parts = re.split(r"^rule (\w+):\n", (ROOT / "Snakefile").read_text("utf-8"), flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def stage_of(rule: str) -> str:
    """The stage that a rule runs."""
    found = re.search(r'"python -m report ([\w-]+) ', rules()[rule])
    assert found
    return found[1].replace("-", "_")


def follows(rule: str) -> set[str]:
    """The rule and all that it waits for."""
    return {rule}.union(*(follows(one) for one in set(re.findall(r"rules\.(\w+)\.output", rules()[rule])) - {rule}))


def listed(rule: str) -> set[str]:
    """The rooms whose code the rule lists."""
    return set(re.findall(r'CODE\["([\w/]+)"\]', rules()[rule]))


def entered(stage: str) -> set[str]:
    """The rooms whose modules a stage imports, directly or not."""
    bodies = [*tree(SOURCE / "stages.py").body, *tree(SOURCE / "opening.py").body]
    functions = {node.name: node for node in bodies if isinstance(node, ast.FunctionDef)}
    code = [functions[one] for one in called(functions, stage)]
    todo = {file for file in map(file_of, imported(code)) if file}
    seen: set[Path] = set()
    while todo:
        todo |= {file.parent / "__init__.py" for file in todo}  # a package runs before its modules
        seen |= todo
        runs = [node for module in todo for node in tree(module).body if "TYPE_CHECKING" not in ast.unparse(node)[:20]]
        todo = {file for file in map(file_of, imported(runs)) if file} - seen
    inside = [path.relative_to(SOURCE).parts for path in seen]
    return {"/".join(parts[: 2 if parts[0] == "writers" else 1]) for parts in inside if len(parts) > 1}


def called(functions: dict[str, ast.FunctionDef], start: str) -> set[str]:
    """The functions of stages.py and opening.py that one of them reaches."""
    seen, todo = set[str](), {start}
    while todo:
        seen |= todo
        used = {node.id for one in todo for node in ast.walk(functions[one]) if isinstance(node, ast.Name)}
        todo = (used & functions.keys()) - seen
    return seen


def test_every_stage_has_its_rule() -> None:
    assert [stage_of(rule) for rule in rules() if rule != "all"] == list(STAGES)


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule != "all"])
def test_a_rule_follows_from_the_code_it_runs(rule: str) -> None:
    rooms = entered(stage_of(rule))
    reached = set().union(*(listed(one) for one in follows(rule)))
    assert "BASE + " in rules()[rule]
    assert rooms <= reached, "a change in these would not rerun the rule"
    assert listed(rule) <= rooms, "a change in these would rerun the rule for nothing"


# ---------------------------------------------------------------- what is kept


def tracked() -> list[Path]:
    """The files that are kept, or would be at the next commit."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    return [ROOT / one for one in found if one and (ROOT / one).is_file()]


def test_nothing_kept_names_a_place_on_one_machine() -> None:
    wrong = re.compile(r"/work/|/tmp/|/home/\w|/root/|\.\./shared|localhost:\d|127\.0\.0\.1")
    for path in tracked():
        if path.suffix in (".lock", ".txt") or path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        assert not wrong.search(text), f"{path.relative_to(ROOT)}: {wrong.search(text)}"


def test_nothing_made_is_kept() -> None:
    kept = [str(path.relative_to(ROOT)) for path in tracked()]
    assert not [one for one in kept if one.startswith(("output/", ".venv/", ".snakemake/")) and "README" not in one]
    assert not [one for one in kept if "__pycache__" in one or one.endswith((".pyc", ".log"))]
