"""What a long run reports: how far it is, and the first warnings of reading.

The figures come from the modules that do the work.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

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
