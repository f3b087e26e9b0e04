"""Cross-validates the shipped support judge by article: prints figures; trains no head.

    python -m benchmarks.judge_folds JUDGED.jsonl

JUDGED.jsonl: lines {"id", "article", "sentence", "consistent"}; the second part of an id names its
half. Heads are as shipped, and have seen none of it; combiner and threshold are of the other folds.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarizer import judged
from summarizer.backends import Scorer
from summarizer.backends.judge import load_adapter, reader
from summarizer.config import Config
from summarizer.weights import (
    DEFAULT_ENCODER,
    DEFAULT_JUDGE,
    DEFAULT_WRITER,
    describe,
    find,
    load_citer,
    load_writer,
)
from summarizer.weights import load_encoder as encoder_of

BASELINE = "met pairs of words"


def main(path: Path) -> None:
    """Print balanced accuracies of overlap, of the heads and of the judge, and its reliability.

    The judge with one threshold for all; with one for what mostly copies and one for the rest; and
    the latter with the default writer's reading of what mostly copies.
    """
    adapter = describe(DEFAULT_JUDGE).adapter
    if adapter is None:
        raise SystemExit(f"models/{DEFAULT_JUDGE} has no adapter")
    read = reader(find(DEFAULT_ENCODER), 1)
    heads, _, _ = load_adapter(adapter)
    rows = judged.read_judged(path, encoder_of(threads=1), load_citer())
    x = judged.table(rows, heads, read)
    print(judged.report("overlap", x[:, judged.NUMBERS.index(BASELINE)], None, rows))
    print(judged.report("heads", x[:, judged.NUMBERS.index("heads")], None, rows))
    near = judged.copied(rows, Config().judge_free)
    writer = load_writer(DEFAULT_WRITER)
    ways: dict[str, tuple[NDArray[np.bool_] | None, NDArray[np.float64] | None]] = {
        "one": (None, None),
        "two": (near, None),
    }
    if isinstance(writer, Scorer):
        ways["reading"] = (near, judged.reading_table(rows, writer))
    for name, (which, more) in ways.items():
        for seed in range(3):
            score, said = judged.cross_validated(x, rows, seed, which, more)
            print(judged.report(f"{name} {seed}", score, said, rows))
            print(judged.reliability(score, np.array([r.right for r in rows])))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
