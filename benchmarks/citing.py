"""Cites sentences from the source sentences of cases that people wrote, and counts what is right.

    python -m benchmarks.citing CASES.jsonl [--no-reader] [--show]

A case: {"sentence", "sources": {article: [sentence]}, "carries": [[article, i]], "not": [[article,
i]], "full": [article]}. Printed: the share of the "not" sentences that are cited (aim: none), of
the "carries" that are found, and of the cases whose articles in "full" are exactly those found.
Nothing is fitted here.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from summarizer import citations
from summarizer.backends.embeddings import embed, encode
from summarizer.backends.registry import load_encoder, load_reader
from summarizer.schema import SourceSentence
from summarizer.types import Asked, Carried, Pair, Verdict, Verify
from summarizer.verification.verifier import Verifier

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence with its sources, and what a person says of them."""

    sentence: str
    sources: tuple[SourceSentence, ...]
    carries: frozenset[Place]
    never: frozenset[Place]
    full: frozenset[str]


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, one a line."""
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        sources = tuple(
            SourceSentence(article, "text", 1000 * i, 1000 * i + len(text), text, i)
            for article, texts in raw["sources"].items()
            for i, text in enumerate(texts)
        )
        carries, never = (frozenset((a, i) for a, i in raw[name]) for name in ("carries", "not"))
        cases.append(Case(raw["sentence"], sources, carries, never, frozenset(raw["full"])))
    return cases


def cited(cases: list[Case], verify: Verify, screen: Verify | None) -> list[Carried]:
    """What is cited for each case, by the shipped encoder and citer."""
    encoder = load_encoder(threads=1)
    asked = []
    for case in cases:
        [embedded] = embed([case.sources], encoder)
        [scores] = citations.cite([case.sentence], encode([case.sentence], encoder), embedded)
        rows = citations.candidates(scores, case.sources)
        asked.append(Asked(case.sentence, rows, case.sources))
    return citations.carriers(asked, verify, screen)


def main() -> None:
    """Read the cases, cite, print the shares."""
    parser = argparse.ArgumentParser()
    parser.add_argument("cases", type=Path)
    parser.add_argument("--no-reader", action="store_true")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    cases = read_cases(args.cases)
    reader = None if args.no_reader else load_reader(threads=1)
    alone, verifier = Verifier(None), Verifier(reader)
    calls: list[int] = []

    def verify(pairs: Sequence[Pair]) -> Sequence[Verdict]:
        calls.append(len(pairs))
        return verifier.verify(pairs)

    start = time.perf_counter()
    found = cited(cases, verify, None if reader is None else alone.verify)
    took = time.perf_counter() - start
    report(cases, found, show=args.show)
    print(f"{sum(calls) / len(cases):.1f} verdicts a case, {took / len(cases):.2f} s a case")


def report(cases: list[Case], found: list[Carried], *, show: bool) -> None:
    """Print the shares, and with `show` each case that is not as marked."""
    never = cited_never = carries = cited_carries = full = 0
    for case, carried in zip(cases, found, strict=True):
        rows = {(case.sources[r].article, case.sources[r].position) for r in carried.rows}
        never += len(case.never)
        cited_never += len(rows & case.never)
        carries += len(case.carries)
        cited_carries += len(rows & case.carries)
        full += set(carried.full) == case.full
        if show and (rows != case.carries or set(carried.full) != case.full):
            print(case.sentence)
            print(f"  cited {sorted(rows)} marked {sorted(case.carries)}")
            print(f"  of it never {sorted(rows & case.never)}")
            print(f"  full {sorted(carried.full)} marked {sorted(case.full)}")
    print(f"never to be cited, but cited  {cited_never} of {never}")
    print(f"carries, and found            {cited_carries} of {carries}")
    print(f"articles that carry all right {full} of {len(cases)}")


if __name__ == "__main__":
    main()
