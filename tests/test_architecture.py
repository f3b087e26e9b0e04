"""The house's rules that a machine can see: who imports whom, what stays light, how files open.

docs/design/architecture.md says why. What a stage computes is in its own tests.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import summarizer
from benchmarks.imports import (
    IMPORTS,
    ORDER,
    PACKAGE,
    ROOT,
    SOURCES,
    backward,
    circle,
    home,
    module,
    nodes,
    tree,
)

HEAVY = {"torch", "transformers", "ctranslate2", "peft", "gguf", "tokenizers", "gradio", "spacy"}
"""What takes seconds to import: only backends/ (and gradio only page/) may, and only when asked."""

STAGES = {"text", *ORDER[5]}
"""Functions of their arguments: no files, clock, chance, network or environment."""

SPEAKERS = {"cli", "page", "outputs", "batch", "inputs", "training"}
"""Who may touch standard streams: the ends, and what carries lines for the command line."""


def _loaded_by(code: str) -> set[str]:
    """The top-level packages in sys.modules after `code` ran in a process of its own."""
    report = f"{code}\nimport sys; print(*{{m.partition('.')[0] for m in sys.modules}})"
    run = subprocess.run(
        [sys.executable, "-c", report], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(run.stdout.split())


def test_the_walk_seesimports() -> None:
    """The tests below rest on a walk that finds what is known to be there."""
    seen = {(i.by, i.name) for i in IMPORTS}
    assert ("summarizer.types", "summarizer.schema") in seen
    assert ("summarizer.config", "summarizer.errors") in seen
    assert {module(p) for p in SOURCES} >= {f"summarizer.{stage}" for stage in STAGES}


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
        if (top := i.name.split(".")[0]) in HEAVY and home(i.by) != allowed[top]
    ]
    assert strays == []


def test_every_part_of_the_package_has_its_place() -> None:
    """Each module and package at the top is in ORDER once, and ORDER names nothing else."""
    placed = [name for line in ORDER for name in line]
    there = {home(module(p)) for p in SOURCES} - {""}
    assert sorted(placed) == sorted(there)


def test_arrows_go_one_way() -> None:
    """Nothing imports what stands above it, or beside it: no backward arrow, so no circle."""
    assert backward() == []


def test_no_module_is_in_a_circle_of_imports() -> None:
    """Within a package, too, modules can be read one after the other."""
    assert circle() == []


def test_few_modules_at_the_top() -> None:
    """Whoever opens the package sees at most twelve modules beside its packages."""
    assert len(list(PACKAGE.glob("*.py"))) <= 12


def test_stages_are_functions_of_their_arguments() -> None:
    """No stage touches files, the clock, chance, the network or the environment."""
    world = {"os", "pathlib", "time", "random", "socket", "subprocess", "tempfile", "logging"}
    strays = [str(i) for i in IMPORTS if home(i.by) in STAGES and i.name.split(".")[0] in world]
    assert strays == []


def test_only_the_command_line_speaks() -> None:
    """Results, progress and warnings are returned: only the ends of the house print."""
    strays = [
        f"{module(path)}:{node.lineno}"
        for path in SOURCES
        if home(module(path)) not in SPEAKERS
        for node, _ in nodes(tree(path))
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


@pytest.mark.parametrize("path", OPENINGS, ids=module)
def test_a_file_opens_by_saying_what_lives_in_it(path: Path) -> None:
    """The first lines of a file say what lives there, and in a second sentence what does not."""
    opening = ast.get_docstring(tree(path)) or ""
    assert len([s for s in re.split(r"(?<=[.;:?])\s+", opening) if s]) >= 2


@pytest.mark.parametrize("path", OPENINGS, ids=module)
def test_a_file_can_be_read_at_one_sitting(path: Path) -> None:
    """Length follows the concept, up to 700 lines."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 700
