"""pyproject.toml: what the package imports is installed with it, and what is listed has a use.

Whether the versions work together is for every other test to show.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROJECT = ROOT / "pyproject.toml"

EXTRAS = {"pypdf", "ray", "pyarrow"}
"""Imported only where it is asked for, with an error that says what to install."""


def canonical(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def listed() -> dict[str, str]:
    """The distributions that a user installs -> the line of pyproject.toml that lists each."""
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    lines = PROJECT.read_text(encoding="utf-8").splitlines()
    found = {}
    for requirement in project["dependencies"]:
        name = re.match(r"[\w.-]+", requirement)
        assert name is not None
        found[canonical(name[0])] = next(line for line in lines if f'"{requirement}"' in line)
    return found


def imported() -> set[str]:
    """The top-level modules of others that the package's files import."""
    found: set[str] = set()
    for path in (ROOT / "summarizer").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - {"summarizer", "_typeshed"} - set(sys.stdlib_module_names)


def test_what_is_imported_is_listed() -> None:
    """A user's environment has every library that a line of the package imports."""
    homes = packages_distributions()
    missing = {
        module
        for module in imported() - EXTRAS
        if not {canonical(name) for name in homes.get(module, [])} & set(listed())
    }
    assert missing == set()


def test_what_is_listed_is_imported_or_says_for_whom_it_is() -> None:
    """A dependency that no line imports has a comment beside it that says who needs it."""
    homes = packages_distributions()
    used = {canonical(name) for module in imported() for name in homes.get(module, [])}
    assert [name for name, line in listed().items() if name not in used and "#" not in line] == []


def test_every_dependency_is_pinned() -> None:
    """constraints.txt has the tested version of everything that is listed."""
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pinned = {canonical(line.partition("==")[0]) for line in text.splitlines() if "==" in line}
    assert set(listed()) <= pinned
