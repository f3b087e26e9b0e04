"""What goes to standard error: warnings, and progress where a person is watching.

Results never come through here.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from summarizer.types import Progress


def warn(warnings: Iterable[str], quiet: bool) -> None:
    """One line a warning."""
    if not quiet:
        for warning in warnings:
            sys.stderr.write(f"summarizer: warning: {_inert(warning)}\n")


def say(sentence: str, quiet: bool) -> None:
    """One line on how it went."""
    if not quiet:
        sys.stderr.write(f"summarizer: {_inert(sentence)}\n")


@contextmanager
def progress(quiet: bool) -> Iterator[Progress]:
    """A bar on a terminal, nothing elsewhere; it is wiped away at the end."""
    if quiet or not sys.stderr.isatty():
        from summarizer.types import silent  # not above: it brings numpy, which --help does without

        yield silent
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    from summarizer.model_store.download import terminal

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bar(*columns, console=terminal(), transient=True) as bar:
        task = bar.add_task("loading", total=None)

        def show(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total or None)

        yield show


def _inert(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))
