"""The house's rules that a machine can see: who imports whom, what stays light, how files open.

docs/design/architecture.md says why. What a stage computes is in its own tests.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import NamedTuple

import pytest

import summarizer

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "summarizer"

HEAVY = {"torch", "transformers", "ctranslate2", "peft", "gguf", "tokenizers", "gradio", "spacy"}
"""What takes seconds to import: only backends/ (and gradio only page/) may, and only when asked."""

ORDER = (
    ("schema", "errors"),
    ("types", "config"),
    ("nlp", "model_store"),
    ("text", "inputs", "examples"),
    ("backends",),
    ("evidence", "disagreements", "selection", "generation", "citations", "verification"),
    ("pipeline", "outputs"),
    ("attribution", "revision"),
    ("api",),
    ("batch", "evaluation", "training"),
    ("stories", "page"),
    ("cli",),
    ("__main__",),
)
"""The house from the ground up: a module or package imports only what stands below its line.

Nothing of one line knows another of it: stages are joined by `pipeline` alone.
"""

SIDEWAYS = {("inputs", "text"), ("types", "errors")}
"""Arrows within a line that are allowed."""

STAGES = {"text", *ORDER[5]}
"""Functions of their arguments: no files, clock, chance, network or environment."""

SPEAKERS = {"cli", "page", "outputs", "batch", "inputs", "training"}
"""Who may touch standard streams: the ends, and what carries lines for the command line."""


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
    """`from summarizer import schema` names a module, `from summarizer.schema import X` not."""
    target = ROOT.joinpath(*base.split("."), name)
    is_module = target.with_suffix(".py").exists() or (target / "__init__.py").exists()
    return f"{base}.{name}" if is_module else base


SOURCES = sorted(PACKAGE.rglob("*.py"))
IMPORTS = [i for path in SOURCES for i in _imports(path)]


def _home(module: str) -> str:
    """The room or package below summarizer that a dotted module belongs to."""
    return [*module.split("."), ""][1]


def _arrows() -> Iterator[tuple[str, str, Import]]:
    """Imports from one module or package below summarizer to another."""
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
    assert ("summarizer.types", "summarizer.schema") in seen
    assert ("summarizer.config", "summarizer.errors") in seen
    assert {_module(p) for p in SOURCES} >= {f"summarizer.{stage}" for stage in STAGES}


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


def test_every_part_of_the_package_has_its_place() -> None:
    """Each module and package at the top is in ORDER once, and ORDER names nothing else."""
    placed = [name for line in ORDER for name in line]
    there = {_home(_module(p)) for p in SOURCES} - {""}
    assert sorted(placed) == sorted(there)


def test_arrows_go_one_way() -> None:
    """Nothing imports what stands above it, or beside it: no backward arrow, so no circle."""
    height = {name: n for n, line in enumerate(ORDER) for name in line}
    strays = [
        str(i)
        for by, to, i in _arrows()
        if by and to and height[to] >= height[by] and (by, to) not in SIDEWAYS
    ]
    assert strays == []


def test_no_module_is_in_a_circle_of_imports() -> None:
    """Within a package, too, modules can be read one after the other."""
    names = {_module(p) for p in SOURCES}
    after: dict[str, set[str]] = {}
    for i in IMPORTS:
        if i.name in names and i.name != i.by:
            after.setdefault(i.by, set()).add(i.name)
    TopologicalSorter(after).prepare()


def test_few_modules_at_the_top() -> None:
    """Whoever opens the package sees at most twelve modules beside its packages."""
    assert len(list(PACKAGE.glob("*.py"))) <= 12


def test_stages_are_functions_of_their_arguments() -> None:
    """No stage touches files, the clock, chance, the network or the environment."""
    world = {"os", "pathlib", "time", "random", "socket", "subprocess", "tempfile", "logging"}
    strays = [str(i) for i in IMPORTS if _home(i.by) in STAGES and i.name.split(".")[0] in world]
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
