"""What goes to standard error: warnings, and how far a run is, where a person is watching.

Results never come through here.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
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


WARNED = 5
"""Stories whose warnings of reading are said; more would hide everything else."""


class Counts:
    """How a batch goes: stories done, a second, left, failed."""

    def __init__(self, total: int) -> None:
        self.total = total
        self._begun = time.monotonic()
        self._done = self._kept = self._failed = 0

    def note(self, done: int, kept: int, failed: int) -> None:
        """Take the counts of now."""
        self._done, self._kept, self._failed = done, kept, failed

    def said(self) -> str:
        """The line of the progress bar."""
        parts = ["stories", f"{self._rate():.1f} a second"]
        if self.total:
            left = max(0, self.total - self._done - self._kept - self._failed)
            parts.append(f"{left:,} left")
        return ", ".join([*parts, f"{self._failed:,} failed"])

    def stopped(self) -> str:
        """The sentence after Ctrl-C."""
        there = self._done + self._kept
        return f"stopped: {there:,} stories are done, {self._done:,} of them now"

    def finished(self) -> str:
        """The sentence at the end."""
        seconds = time.monotonic() - self._begun
        return f"{self._done:,} stories done in {seconds:,.0f} s, {self._rate():.2f} a second"

    def _rate(self) -> float:
        return self._done / max(1e-9, time.monotonic() - self._begun)


class Warnings:
    """The first few warnings of reading, and a word that there may be more."""

    def __init__(self) -> None:
        self._taken: list[str] = []
        self._more = False

    def take(self, warnings: Sequence[str]) -> None:
        """Note the warnings of one story."""
        for warning in warnings:
            if len(self._taken) < WARNED:
                self._taken.append(warning)
            else:
                self._more = True

    def said(self) -> list[str]:
        """What is to be said in the end."""
        return [*self._taken, *(["more stories have such warnings"] if self._more else [])]
