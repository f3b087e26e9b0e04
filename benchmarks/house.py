"""The package's size and order today, as a table; --list: every docstring that says too little.

    python -m benchmarks.house [--list] [--under summarizer/inputs ...]

A docstring is listed where a public function, method or class of summarizer (no underscore before
its name; none of summarizer/cli, where docstrings are what --help shows) breaks one of two rules;
they see words, not their truth:

- A signature (for a class: its fields) with an int, a float or an array, as a parameter or as what
  is returned, needs a measure: a unit or what is counted, a range, a shape or a value. It stands
  in the docstring, or in a comment in the class.
- A function that raises an exception by its class needs "Raises" or the name of that class.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.imports import PACKAGE, ROOT, SOURCES, backward, circle

_NUMBER = re.compile(r"\b(?:int|float|NDArray|Tensor)\b")
_MEASURE = re.compile(
    r"\d|\bhow (?:many|often|far|much|well|likely|alike|long)\b|[(\[][a-z_]+(?:, \w+)*[)\]]"
    r"|\b(?:seconds|bytes|words?|sentences?|lines?|rows?|code points?|characters|tokens|articles"
    r"|stories|cosines?|shares?|odds|likelihood|probability|ratio|mean|sum|numbers?|counts?|index"
    r"|place|position|offset|length|spans?|seed|port|threads|code|zero|one|time|F1|idf|total)\b",
    re.IGNORECASE,
)

Definition = ast.FunctionDef | ast.ClassDef


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; always 0, since tests/test_architecture.py is what refuses."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--under", nargs="+", type=Path, default=[PACKAGE])
    options = parser.parse_args(argv)
    under = [path.resolve() for path in options.under]
    listed = [
        f"{path.relative_to(ROOT)}:{line} {name}: {lack}"
        for path in SOURCES
        if "cli" not in path.parts and any(path.is_relative_to(folder) for folder in under)
        for line, name, lack in lacking(path.read_text(encoding="utf-8"))
    ]
    table = Table("what", "today")
    for what, count in (
        ("lines of the package", sum(map(_lines, SOURCES))),
        ("modules at its top", len(list(PACKAGE.glob("*.py")))),
        ("modules in a circle of imports", len(set(circle()))),
        ("backward arrows", len(backward())),
        ("docstrings that say too little", len(listed)),
        ("lines of docs/LOG.md", _lines(ROOT / "docs" / "LOG.md")),
    ):
        table.add_row(what, f"{count:,}")
    console = Console()
    console.print(table)
    if options.list:
        console.print(*listed, sep="\n", markup=False, highlight=False, soft_wrap=True)
    return 0


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def lacking(source: str) -> list[tuple[int, str, str]]:
    """(line, name, what is lacking) of each docstring in a module's source that says too little."""
    found = []
    for name, node in _public(ast.parse(source)):
        own = "\n".join(source.splitlines()[node.lineno - 1 : node.end_lineno])
        said = " ".join([ast.get_docstring(node) or "", *re.findall(r"  # (.*)", own)])
        if _NUMBER.search(_signature(node)) and not _MEASURE.search(said):
            found.append((node.lineno, name, "a unit, range or shape"))
        raised = set() if isinstance(node, ast.ClassDef) else set(_raised(node))
        if raised and "Raises" not in said and not any(error in said for error in raised):
            found.append((node.lineno, name, f"what raises {', '.join(sorted(raised))}"))
    return found


def _public(above: ast.Module | ast.ClassDef, within: str = "") -> Iterator[tuple[str, Definition]]:
    for node in above.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield within + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from _public(node, f"{within}{node.name}.")


def _signature(node: Definition) -> str:
    """The types of parameters and of what is returned, or of fields."""
    if isinstance(node, ast.ClassDef):
        known = [part.annotation for part in node.body if isinstance(part, ast.AnnAssign)]
    else:
        given = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        known = [part for part in (*(arg.annotation for arg in given), node.returns) if part]
    return " ".join(map(ast.unparse, known))


def _raised(node: ast.AST) -> Iterator[str]:
    """The names of the exception classes raised below a node, but in functions within it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise) and isinstance(child.exc, ast.Call):
            name = ast.unparse(child.exc.func).rpartition(".")[2]
            yield from [name] if name[:1].isupper() else []
        if not isinstance(child, ast.FunctionDef):
            yield from _raised(child)


if __name__ == "__main__":
    raise SystemExit(main())
