"""What the documents promise is there: commands parse, code runs, links lead somewhere.

Whether the prose is true is for people to read.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from summarizer import Summarizer
from summarizer.cli import app

ROOT = Path(__file__).parents[1]
DESIGN = ROOT / "docs" / "design"
DOCS = sorted(
    [
        *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / "models").rglob("*.md"),
    ]
)

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_INLINE = re.compile(r"`([^`\n]+)`")
_GENERAL = {"--help", "-h", "--version"}
_PLACEHOLDER = re.compile(r"\b[A-Z]{2,}\b|…|\.\.\.")


def name_of(path: Path) -> str:
    """The document's path below the project, for test ids."""
    return path.relative_to(ROOT).as_posix()


def blocks(path: Path, *languages: str) -> Iterator[str]:
    """The fenced blocks of a document in any of these languages."""
    for language, body in _BLOCK.findall(path.read_text(encoding="utf-8")):
        if language in languages:
            yield body


def commands(path: Path) -> Iterator[str]:
    """Each `summarizer …` line of a document's shell blocks, and each whole one inline."""
    text = path.read_text(encoding="utf-8")
    lines = [line for block in blocks(path, "sh", "console") for line in block.splitlines()]
    lines += _INLINE.findall(_BLOCK.sub("", text))
    for line in lines:
        command = line.strip().removeprefix("$ ").removeprefix(".venv/bin/")
        if command.startswith("summarizer ") and not _PLACEHOLDER.search(command):
            yield command


COMMANDS = sorted({(name_of(path), command) for path in DOCS for command in commands(path)})
MAKE = sorted(
    {
        (name_of(path), target)
        for path in DOCS
        for target in re.findall(r"(?:^|`)make (\w+)", path.read_text("utf-8"), re.MULTILINE)
    }
)


def test_the_documents_show_each_way_in() -> None:
    """The README shows the verbs of the command line, the two commands and Python."""
    shown = {command.split()[1] for doc, command in COMMANDS if doc == "README.md"}
    assert shown >= {"summarize", "batch", "attribute", "judge", "models", "schema"}
    assert {("README.md", "demo"), ("README.md", "test")} <= set(MAKE)
    assert list(blocks(ROOT / "README.md", "python"))


@pytest.mark.parametrize(("doc", "line"), COMMANDS)
def test_a_command_line_in_a_document_parses(doc: str, line: str) -> None:
    """Every command shown exists, with every option shown."""
    command: Any = get_command(app)
    _, *words = shlex.split(line, comments=True)
    if asks_for_help := bool(_GENERAL & set(words)):
        words = [word for word in words if not word.startswith("-")]
    while words and hasattr(command, "commands"):
        verb, *words = words
        assert verb in command.commands, f"{doc}: no {verb!r} in `{line}`"
        command = command.commands[verb]
    if not asks_for_help:
        command.make_context(command.name, words)


@pytest.mark.parametrize(("doc", "target"), MAKE)
def test_a_make_target_in_a_document_exists(doc: str, target: str) -> None:
    """Every `make X` shown is a target of the Makefile."""
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert target in targets, doc


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_python_in_a_document_compiles(path: Path) -> None:
    """Every Python block is Python."""
    for block in blocks(path, "python"):
        compile(block, name_of(path), "exec")


def test_the_readmes_python_runs(
    summarizer: Summarizer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The README's Python does what it says, here with models that need no weights."""
    monkeypatch.setattr(Summarizer, "load", lambda *_, **__: summarizer)
    for block in blocks(ROOT / "README.md", "python"):
        exec(compile(block, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "Twelve people were hurt" in printed
    assert "number" in printed


@pytest.mark.parametrize("path", DOCS, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    """Every link within the project names a file or folder that exists."""
    targets = _LINK.findall(_BLOCK.sub("", path.read_text(encoding="utf-8")))
    local = [t.partition("#")[0] for t in targets if not re.match(r"https?:|#|mailto:", t)]
    assert [t for t in local if not (path.parent / t).exists()] == []


@pytest.mark.parametrize("path", sorted(DESIGN.glob("[!R]*.md")), ids=name_of)
def test_a_design_page_is_listed_and_guarded(path: Path) -> None:
    """Every design page is in the index and names a test that guards its decision."""
    assert f"({path.name})" in (DESIGN / "README.md").read_text(encoding="utf-8")
    guards = re.findall(r"tests/test_\w+\.py", path.read_text(encoding="utf-8"))
    assert guards
    assert [g for g in guards if not (ROOT / g).exists()] == []
