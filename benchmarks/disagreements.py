"""Precision and recall of `disagreements`: python -m benchmarks.disagreements [--half tune].

A pair a line in tests/data/disagreements.jsonl: two sentences, each an article of its own outlet.
Half "fresh" was written after the rules were tuned on the others, before they were changed again;
half "measured", amounts alone, by another hand after that.
Uses the real encoder; what a disagreement is, is in docs/design/disagreements.md.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figures import share
from summarizer.backends import Encoder
from summarizer.backends.embeddings import embed
from summarizer.backends.registry import load_encoder
from summarizer.config import Config
from summarizer.disagreements import disagreements, near_readings
from summarizer.evidence import group
from summarizer.schema import Article, Disagreement
from summarizer.text.sentences import split

PAIRS = Path(__file__).parents[1] / "tests" / "data" / "disagreements.jsonl"


@dataclass
class Count:
    """Decisions of one kind of pair."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    quiet: int = 0

    def row(self, name: str) -> str:
        """A table's row: pairs, precision, recall."""
        pairs = self.right + self.wrong + self.missed + self.quiet
        p = share(self.right, self.wrong)
        return f"| {name} | {pairs} | {p} | {share(self.right, self.missed)} |"


def find(pairs: Sequence[dict[str, Any]], encoder: Encoder) -> list[tuple[Disagreement, ...]]:
    """The disagreements of each pair, taken as a story of two articles."""
    stories = []
    for pair in pairs:
        when = pair.get("published", (None, None))
        stories.append(
            [Article(id=k, text=pair[k], published=p) for k, p in zip("ab", when, strict=True)]
        )
    config = Config()
    embedded = embed([[s for a in own for s in split(a, ())] for own in stories], encoder)
    return [
        disagreements(
            near_readings(
                group(e, ["a", "b"], config), config, published={a.id: a.published for a in own}
            )
        )
        for e, own in zip(embedded, stories, strict=True)
    ]


def main() -> None:
    """Print a table by kind, and with --show the pairs decided wrongly."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "unseen", "fresh", "measured"), default="tune")
    parser.add_argument("--show", action="store_true", help="print the pairs decided wrongly")
    options = parser.parse_args()
    pairs = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    pairs = [p for p in pairs if p["half"] == options.half]
    counts: dict[str, Count] = {"all": Count()}
    for pair, found in zip(pairs, find(pairs, load_encoder()), strict=True):
        kind = counts.setdefault(pair["kind"], Count())
        for count in (kind, counts["all"]):
            if found:
                count.right += pair["disagree"]
                count.wrong += not pair["disagree"]
            else:
                count.missed += pair["disagree"]
                count.quiet += not pair["disagree"]
        if options.show and bool(found) != pair["disagree"]:
            print("WRONG " if found else "MISSED", pair["id"], pair["a"], "|", pair["b"])
            for d in found:
                print("   ", d.kind, d.about, [(v.value, v.speaker) for v in d.values])
    print(f"half: {options.half}\n| kind | pairs | P | R |\n|---|---|---|---|")
    for name, count in counts.items():
        print(count.row(name))


if __name__ == "__main__":
    main()
