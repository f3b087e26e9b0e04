"""How often a sentence of a story is called carried by other ones of it, none of which tells it.

    python -m benchmarks.elsewhere STORIES.jsonl ... [-n 200] [--show]

What an article tells in another place is likely, on the topic and in its words, and so the nearest
thing to what a writer makes up. Each pair is drawn as `reader_data.elsewhere` draws them (few words
in common), so up to one in twenty is carried after all. Prints the share called carried by the
number of source sentences, the most similar ones.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from pathlib import Path

from benchmarks.reader_data import not_carrying, rows_of, sentences_of
from summarizer.backends.registry import load_reader
from summarizer.verification.verifier import Verifier

NUMBERS = (1, 2, 3, 4, 6, 8)
"""Of source sentences: each pair is judged with so many of the same eight."""


def main() -> None:
    """Print a line of percentages, and with --show what is called carried by eight."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=Path, nargs="+")
    parser.add_argument("-n", type=int, default=200, help="Sentences.")
    parser.add_argument("--threads", type=int, default=None)
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    rng = random.Random(11)
    stories = [sentences_of(row) for path in args.stories for row in rows_of(path)]
    asked: list[tuple[str, list[str]]] = []
    for _ in range(200 * args.n):
        texts = rng.choice(stories)
        sentence = rng.choice(texts)
        evidence = not_carrying(sentence, texts, NUMBERS[-1])
        if len(asked) < args.n and len(evidence) == NUMBERS[-1]:
            asked.append((sentence, evidence))
    judge = Verifier(load_reader(threads=args.threads))
    pairs = [(sentence, evidence[:n]) for sentence, evidence in asked for n in NUMBERS]
    carried = Counter[int]()
    for (sentence, evidence), verdict in zip(pairs, judge.verify(pairs), strict=True):
        carried[len(evidence)] += verdict.supported
        if args.show and verdict.supported and len(evidence) == NUMBERS[-1]:
            print(f"{verdict.support:.2f} {sentence}", *evidence, sep="\n      ")
    for n in NUMBERS:
        print(f"by {n}: {carried[n]} of {len(asked)} ({carried[n] / len(asked):.1%})")


if __name__ == "__main__":
    main()
