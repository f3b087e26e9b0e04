"""The house's rules that a machine can see: who imports whom, what stays light, how files open.

docs/design/house.md says why. What a room computes is in the room's own tests.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import summarizer

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "summarizer"

HEAVY = {"torch", "transformers", "ctranslate2", "peft", "gguf", "tokenizers", "gradio", "spacy"}
"""What takes seconds to import: only backends/ (and gradio only page/) may, and only when asked."""

ROOMS = {
    *("read", "clean", "split", "embed", "group", "compare", "plan", "write", "cite", "verify"),
    *("compose", "render"),
}
GROUND = {
    "story",
    "errors",
    "config",
    "nlp",
    "prose",
    "tone",
    "sources",
    "copying",
    "verification",
}
"""What rooms stand on; `nlp`, `prose` and `tone` know words, not stories."""

EXTRA_ARROWS = {("verify", "cite")}
"""The one room that knows another: what is printed is what was checked."""

SPEAKERS = {"cli", "page", "output", "lines", "training"}
"""Who writes to standard output or error: the ends, and what carries lines for the command line."""

CALL_TIME_ARROWS = {("story", "render", "_render")}
"""Summary.to_markdown() and the like: taken inside that one function, for Python callers."""


class Import(NamedTuple):
    """One import: the module (dotted, below ROOT) that has it, what it names, and where."""

    by: str
    name: str
    function: str | None
    line: int

    def __str__(self) -> str:
        return f"{self.by}:{self.line} imports {self.name}"


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _nodes(node: ast.AST, function: str | None = None) -> Iterator[tuple[ast.AST, str | None]]:
    """Every node below `node` with the name of the innermost function around it."""
    for child in ast.iter_child_nodes(node):
        inside = child.name if isinstance(child, ast.FunctionDef) else function
        yield child, inside
        yield from _nodes(child, inside)


def _imports(path: Path) -> Iterator[Import]:
    by = _module(path)
    package = by if path.name == "__init__.py" else by.rpartition(".")[0]
    for node, function in _nodes(_tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(by, alias.name, function, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                yield Import(by, _resolve(base, alias.name), function, node.lineno)


def _resolve(base: str, name: str) -> str:
    """`from summarizer import render` names a module; `from summarizer.story import X` does not."""
    target = ROOT.joinpath(*base.split("."), name)
    is_module = target.with_suffix(".py").exists() or (target / "__init__.py").exists()
    return f"{base}.{name}" if is_module else base


SOURCES = sorted(PACKAGE.rglob("*.py"))
IMPORTS = [i for path in SOURCES for i in _imports(path)]


def _home(module: str) -> str:
    """The room or package below summarizer that a dotted module belongs to."""
    return [*module.split("."), ""][1]


def _room_arrows() -> Iterator[tuple[str, str, Import]]:
    for i in IMPORTS:
        if i.name.split(".")[0] == "summarizer" and _home(i.by) != _home(i.name):
            yield _home(i.by), _home(i.name), i


def _loaded_by(code: str) -> set[str]:
    """The top-level packages in sys.modules after `code` ran in a process of its own."""
    report = f"{code}\nimport sys; print(*{{m.partition('.')[0] for m in sys.modules}})"
    run = subprocess.run(
        [sys.executable, "-c", report], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(run.stdout.split())


def test_the_walk_sees_imports() -> None:
    """The tests below rest on a walk that finds what is known to be there."""
    seen = {(i.by, i.name) for i in IMPORTS}
    assert ("summarizer.story", "summarizer.render") in seen
    assert ("summarizer.config", "summarizer.errors") in seen
    assert {_module(p) for p in SOURCES} >= {f"summarizer.{room}" for room in ROOMS}


@pytest.mark.parametrize("code", ["import summarizer", "import summarizer.cli"])
def test_importing_is_light(code: str) -> None:
    """A program that only imports us, or asks for --help, pays for no model library."""
    assert _loaded_by(code) & (HEAVY | {"pandas", "sklearn", "trafilatura"}) == set()


@pytest.mark.parametrize("name", summarizer.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Each name in summarizer.__all__ is found in the module that it is promised from."""
    assert getattr(summarizer, name) is not None


def test_model_libraries_stay_in_backends() -> None:
    """Only backends/ imports a model library, only page/ gradio, and only nlp/ the parser."""
    allowed = dict.fromkeys(HEAVY, "backends") | {"gradio": "page", "spacy": "nlp"}
    strays = [
        str(i)
        for i in IMPORTS
        if (top := i.name.split(".")[0]) in HEAVY and _home(i.by) != allowed[top]
    ]
    assert strays == []


def test_rooms_do_not_know_each_other() -> None:
    """A room imports the ground it stands on and the model protocols: arrows go one way."""
    strays = [
        str(i)
        for by, to, i in _room_arrows()
        if by in ROOMS
        and to not in GROUND
        and i.name != "summarizer.backends"
        and (by, to) not in EXTRA_ARROWS
    ]
    assert strays == []


def test_the_ground_knows_no_room() -> None:
    """Values, errors, tunables and word knowledge import nothing that stands on them."""
    strays = [
        str(i)
        for by, to, i in _room_arrows()
        if by in GROUND
        and to not in GROUND
        and i.name != "summarizer.backends"
        and (by, to, i.function) not in CALL_TIME_ARROWS
    ]
    assert strays == []


def test_backends_know_no_room() -> None:
    """Models are typed in plain values: a backend knows its files, not which room asks."""
    strays = [
        str(i)
        for by, to, i in _room_arrows()
        if by == "backends" and to not in {*GROUND, "weights", "pairs"}
    ]
    assert strays == []


def test_nobody_imports_the_front_doors() -> None:
    """The command line and the page are ends: only the command line opens the page."""
    strays = [
        str(i)
        for by, to, i in _room_arrows()
        if to in {"cli", "page"} and (by, to) not in {("cli", "page"), ("__main__", "cli")}
    ]
    assert strays == []


def test_rooms_are_functions_of_their_arguments() -> None:
    """No room but `read` touches files, the clock, chance, the network or the environment."""
    world = {"os", "pathlib", "time", "random", "socket", "subprocess", "tempfile", "logging"}
    strays = [
        str(i) for i in IMPORTS if _home(i.by) in ROOMS - {"read"} and i.name.split(".")[0] in world
    ]
    assert strays == []


def test_only_the_command_line_speaks() -> None:
    """Results, progress and warnings are returned: only the ends of the house print."""
    strays = [
        f"{_module(path)}:{node.lineno}"
        for path in SOURCES
        if _home(_module(path)) not in SPEAKERS
        for node, _ in _nodes(_tree(path))
        if (isinstance(node, ast.Name) and node.id == "print")
        or (isinstance(node, ast.Attribute) and node.attr in {"stdout", "stderr"}
            and isinstance(node.value, ast.Name) and node.value.id == "sys")
    ]  # fmt: skip
    assert strays == []


OPENINGS = sorted(
    path
    for top in ("summarizer", "tests", "benchmarks", "app.py")
    for path in ([ROOT / top] if top.endswith(".py") else (ROOT / top).rglob("*.py"))
    if path.exists()
)


@pytest.mark.parametrize("path", OPENINGS, ids=_module)
def test_a_file_opens_by_saying_what_lives_in_it(path: Path) -> None:
    """The first lines of a file say what lives there, and in a second sentence what does not."""
    opening = ast.get_docstring(_tree(path)) or ""
    assert len([s for s in re.split(r"(?<=[.;:?])\s+", opening) if s]) >= 2


@pytest.mark.parametrize("path", OPENINGS, ids=_module)
def test_a_file_can_be_read_at_one_sitting(path: Path) -> None:
    """Length follows the concept, up to 700 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 700
