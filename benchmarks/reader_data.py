"""Draws the two files that the shipped reader was trained on, in this order, one after the other.

    python -m benchmarks.reader_data general ENTAILMENT.jsonl -o general.jsonl
    python -m summarizer.training.reader_pairs NEUS.jsonl FUSIONS.jsonl hard.jsonl
    python -m benchmarks.reader_data hard hard.jsonl general.jsonl -o mixed.jsonl

Then `summarizer train reader general.jsonl -o A` and `summarizer train reader mixed.jsonl -o B
--from A --rate 2.5e-4`. Seeded; nothing is trained here.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Row = dict[str, Any]

GENERAL = {
    "mnli": 17_000, "snli": 2_500, "breaking": 2_500, "conjnli": 5_500, "negation": 3_500,
    "factuality": 1_800, "veridicality": 1_200, "mpe": 1_500, "commitment_bank": 300,
    "rte": 2_600, "scitail": 1_500,
}  # fmt: skip
"""Pairs of each source; news is nearest to mnli, and the smaller ones teach one thing each."""

MOST_WORDS = 140  # of evidence and sentence of a general pair; of a hard one 100
KEPT = ("mnli", "rte", "negation", "scitail", "conjnli", "commitment_bank", "factuality", "snli",
        "breaking")  # fmt: skip
CAPS = {
    "copy": 350, "fixed_phrase": 600, "synonyms_many": 900, "synonym": 800, "drop_detail": 900,
    "shorter_name": 500, "date_form": 500, "number_form": 800, "move_speaker": 700, "broader": 700,
}  # fmt: skip
"""Most pairs of a true kind; 700 of others, 330 of a false one."""


def rows_of(path: Path) -> list[Row]:
    """The lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _words(row: Row) -> int:
    evidence = row["evidence"]
    text = evidence if isinstance(evidence, str) else " ".join(evidence)
    return len(text.split()) + len(str(row["sentence"]).split())


def general(rows: Sequence[Row], rng: random.Random) -> list[Row]:
    """Entailment pairs of each source; "neutral" of veridicality and factuality is not entailed."""
    by_source: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if _words(row) > MOST_WORDS + 40:
            continue
        if row["source"] in ("veridicality", "factuality") and row["label"] == "neutral":
            row = row | {"label": "not_entailed"}
        by_source[row["source"]].append(row)
    chosen = []
    for source, n in GENERAL.items():
        rng.shuffle(by_source[source])
        chosen += by_source[source][:n]
    rng.shuffle(chosen)
    return chosen


def mixed(hard: Sequence[Row], general_: Sequence[Row], rng: random.Random) -> list[Row]:
    """17,000 or so short hard pairs, no kind too many, and 7,000 general ones."""
    by_kind: dict[str, list[Row]] = defaultdict(list)
    for row in hard:
        if _words(row) <= 100:
            by_kind[row["kind"]].append(row)
    chosen = []
    for kind, rows in by_kind.items():
        rng.shuffle(rows)
        most = 700 if rows[0]["label"] == "entailment" else 330
        chosen += rows[: CAPS.get(kind, most)]
    kept = [row | {"kind": row["source"]} for row in general_ if row["source"] in KEPT]
    rng.shuffle(kept)
    chosen += kept[:7_000]
    rng.shuffle(chosen)
    return chosen[:24_000]


def main() -> None:
    """Write one of the two files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("general", "hard"))
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(11)
    found = [rows_of(path) for path in args.files]
    chosen = general(found[0], rng) if args.what == "general" else mixed(found[0], found[1], rng)
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in chosen)
    args.out.write_text("".join(lines), encoding="utf-8")
    print(f"{args.out}: {len(chosen)} pairs")


if __name__ == "__main__":
    main()
