"""Reads the hand-written fusions of tests/data: stories with true and false sentences.

Knows nothing of the checks; halves of fusions.txt are by position, so that tuning never saw the
second; fusions_unseen.txt is the third set, written later.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

PATH = Path(__file__).parents[1] / "tests" / "data" / "fusions.txt"
UNSEEN = PATH.with_name("fusions_unseen.txt")


@dataclass(frozen=True, slots=True)
class Fusion:
    """Source sentences, the true sentences fused of them, and false ones as (kind, sentence)."""

    half: Literal[1, 2]
    evidence: tuple[str, ...]
    true: tuple[str, ...]
    false: tuple[tuple[str, str], ...]


def read_fusions(path: Path = PATH) -> tuple[Fusion, ...]:
    """The stories in the file's order. Raises ValueError for a line that opens by no known mark."""
    out: list[Fusion] = []
    text = path.read_text(encoding="utf-8")
    blocks = [b for b in text.split("\n\n") if not b.startswith("#")]
    for i, block in enumerate(blocks):
        evidence, true, false = [], [], []
        for line in block.strip().splitlines():
            mark, _, rest = line.partition(": ")
            if mark == "E":
                evidence.append(rest)
            elif mark == "T":
                true.append(rest)
            elif mark.startswith("F "):
                false.append((mark[2:], rest))
            else:
                raise ValueError(f"{path.name}: {line!r} opens by neither E:, T: nor F kind:")
        half: Literal[1, 2] = 2 if i % 2 else 1
        out.append(Fusion(half, tuple(evidence), tuple(true), tuple(false)))
    return tuple(out)
