"""Asking a verifier: each different pair once, and many searches in as many calls as one.

What is asked, and what follows from the verdicts, is for `carriers`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from typing import TypeVar

from summarizer.types import Pair, Verdict, Verify

T = TypeVar("T")

Rows = tuple[int, ...]
"""A set of a story's sentences, in the order in which they are read."""

Steps = Generator[list[Rows], Mapping[Rows, Verdict], T]
"""A search: it asks for verdicts on sets of rows, a list a step, and comes to a result."""


class Remembered:
    """A verifier that judges each different pair once. For one story: nothing is forgotten."""

    def __init__(self, verify: Verify) -> None:
        self._verify = verify
        self._known: dict[tuple[str, tuple[str, ...]], Verdict] = {}

    def __call__(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Verdict]:
        """Return a verdict for each (text, evidence sentences)."""
        keys = [(text, tuple(evidence)) for text, evidence in pairs]
        fresh = [k for k in dict.fromkeys(keys) if k not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._verify(fresh), strict=True))
        return [self._known[k] for k in keys]


def in_steps(
    searches: Sequence[tuple[Callable[[Rows], Pair], Steps[T]]], verify: Verify
) -> list[T]:
    """Run searches side by side: what all want to know at one step is asked in one call.

    searches: each with what makes a pair of a set of its rows. Returns their results in order.
    """
    running = {i: steps for i, (_, steps) in enumerate(searches)}
    answers: dict[int, Mapping[Rows, Verdict]] = {}
    done: dict[int, T] = {}
    while running:
        wanted: dict[int, list[Rows]] = {}
        for i, steps in list(running.items()):
            try:
                wanted[i] = steps.send(answers[i]) if i in answers else next(steps)
            except StopIteration as end:
                done[i] = end.value
                del running[i]
        pairs = [searches[i][0](rows) for i, sets in wanted.items() for rows in sets]
        found = iter(verify(pairs) if pairs else ())
        answers = {i: {rows: next(found) for rows in sets} for i, sets in wanted.items()}
    return [done[i] for i in range(len(searches))]
