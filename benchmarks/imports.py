"""Who imports whom in the package, and in which order its parts stand.

Read from the source, nothing is imported. docs/design/architecture.md says why;
tests/test_architecture.py holds it, benchmarks.house prints it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "summarizer"

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
"""The package from the bottom up: a module or package imports only what is on a lower line.

Nothing on one line imports another of it: stages are joined by `pipeline` alone.
"""

SIDEWAYS = {("inputs", "text"), ("types", "errors")}
"""Imports within a line that are allowed."""


class Import(NamedTuple):
    """One import: the module (dotted, below ROOT) that has it, what it names, and where."""

    by: str
    name: str
    function: str | None
    line: int

    def __str__(self) -> str:
        return f"{self.by}:{self.line} imports {self.name}"


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def nodes(node: ast.AST, function: str | None = None) -> Iterator[tuple[ast.AST, str | None]]:
    """Every node below `node` with the name of the innermost function around it."""
    for child in ast.iter_child_nodes(node):
        inside = child.name if isinstance(child, ast.FunctionDef) else function
        yield child, inside
        yield from nodes(child, inside)


def imports(path: Path) -> Iterator[Import]:
    by = module(path)
    package = by if path.name == "__init__.py" else by.rpartition(".")[0]
    for node, function in nodes(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(by, alias.name, function, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                yield Import(by, resolve(base, alias.name), function, node.lineno)


def resolve(base: str, name: str) -> str:
    """`from summarizer import schema` names a module, `from summarizer.schema import X` not."""
    target = ROOT.joinpath(*base.split("."), name)
    is_module = target.with_suffix(".py").exists() or (target / "__init__.py").exists()
    return f"{base}.{name}" if is_module else base


SOURCES = sorted(PACKAGE.rglob("*.py"))
IMPORTS = [i for path in SOURCES for i in imports(path)]


def home(module: str) -> str:
    """The module or package below summarizer that a dotted module belongs to."""
    return [*module.split("."), ""][1]


def arrows() -> Iterator[tuple[str, str, Import]]:
    """Imports from one module or package below summarizer to another."""
    for i in IMPORTS:
        if i.name.split(".")[0] == "summarizer" and home(i.by) != home(i.name):
            yield home(i.by), home(i.name), i


def backward() -> list[Import]:
    """The imports of what is on a higher line of ORDER, or on the same one and not in SIDEWAYS."""
    height = {name: n for n, line in enumerate(ORDER) for name in line}
    return [
        i
        for by, to, i in arrows()
        if by and to and height[to] >= height[by] and (by, to) not in SIDEWAYS
    ]


def circle() -> list[str]:
    """The modules of one circle of imports, the first again at its end; empty without one."""
    names = {module(p) for p in SOURCES}
    after: dict[str, set[str]] = {}
    for i in IMPORTS:
        if i.name in names and i.name != i.by:
            after.setdefault(i.by, set()).add(i.name)
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []
