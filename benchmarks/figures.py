"""The arithmetic of a benchmark: medians over rounds, ratios, growth. Nothing is run here."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from statistics import linear_regression, median
from typing import Any

Measured = Mapping[str, Any]
"""What one process of `measure` or `peer_lexrank` wrote."""


def seconds(rounds: Sequence[Measured]) -> dict[str, float]:
    """Each story's median seconds over the rounds."""
    return {story: median(r["seconds"][story] for r in rounds) for story in rounds[0]["seconds"]}


def middle(rounds: Sequence[Measured], name: str) -> float | None:
    """The median of a figure over the rounds; None where no round has it."""
    values = [r[name] for r in rounds if r.get(name) is not None]
    return median(values) if values else None


def ratio(theirs: Mapping[str, float], ours: Mapping[str, float]) -> float:
    """How many times as long they take: the median over stories of their seconds over ours.

    Raises ValueError where they did not run on the same stories.
    """
    if theirs.keys() != ours.keys():
        raise ValueError(f"{len(theirs)} stories against {len(ours)}; the same ones are compared")
    return median(theirs[story] / ours[story] for story in ours)


def share(part: int, rest: int) -> str:
    """Part of part and rest, in per cent with one decimal; a dash where there is neither."""
    return f"{100 * part / (part + rest):.1f}" if part + rest else "–"


def exponent(sizes: Sequence[float], seconds: Sequence[float]) -> float:
    """The k of seconds = c · sizes^k, by least squares on the logarithms: 1 is linear, 2 square.

    What a run costs however small its input flattens the small sizes and lowers k.
    """
    return linear_regression([math.log(n) for n in sizes], [math.log(s) for s in seconds]).slope
