"""Words before and after a figure that make it a bound or a guess, and the values it then allows.

Figures are read in `numerals`, their units in `units`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import inf

from summarizer.nlp.lexicons.lists import table
from summarizer.nlp.units import currency
from summarizer.nlp.units import words as listed

ROUNDED = 0.15
"""The most by which "about" may be off; less where the figure shows finer digits."""

NEARLY = 0.1
"""How far below its figure "nearly" begins."""


_TOPICS = (("over",), ("under",))
_ARTICLES = frozenset({"a", "an", "the"})


@cache
def _cues(where: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Cues before or after a figure with their bound, the longest first."""
    pairs = [
        (tuple(c.split()), bound) for bound, cues in table("numerals")[where].items() for c in cues
    ]
    return tuple(sorted(pairs, key=lambda p: -len(p[0])))


def bound_before(words: Sequence[str], first: int, unit: str) -> tuple[str, int]:
    """The bound that the words right before word `first` give, or "", and where they begin.

    "Over" before a time says how long, not more than how long; "split over an $8 charge", on what.
    """
    at, fillers = first, listed("between")
    while at > 0 and (words[at - 1] in fillers or currency(words[at - 1]) is not None):
        at -= 1
    for end in (first, at):
        for cue, bound in _cues("before"):
            if end >= len(cue) and tuple(words[end - len(cue) : end]) == cue:
                about = cue in _TOPICS and not _ARTICLES.isdisjoint(words[end:first])
                lasting = cue == ("over",) and unit in ("s", "month")
                return ("", first) if about or lasting else (bound, end - len(cue))
    return "", first


def bound_after(words: Sequence[str], last: int) -> tuple[str, int]:
    """The bound that begins at word `last` ("or more"), and the word after it."""
    for cue, bound in _cues("after"):
        if tuple(words[last : last + len(cue)]) == cue:
            return bound, last + len(cue)
    return "", last


def allowed(bound: str, low: float, high: float, step: float, unit: str) -> tuple[float, float]:
    """The values that a figure allows under a bound; `step` is the place of its last digit."""
    least = -inf if low < 0 or unit in ("C", "degree") else 0.0
    slack = min(step / 2, abs(low) * ROUNDED) if step else abs(low) * NEARLY
    match bound:
        case "more" | "at_least":
            return low, inf
        case "fewer" | "at_most":
            return least, high
        case "about" if low == high:
            return low - slack, high + slack
        case "nearly":
            return low - max(slack, abs(low) * NEARLY), high
    return low, high
