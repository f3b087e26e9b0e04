"""How many swapped articles are found: python -m benchmarks.strangers STORIES.jsonl.

Found by evidence.outliers. One article of each story of three is swapped for one of the nearest
other story, by the vectors of the stories' centres; a false alarm is any article set aside in a
story as it was.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from summarizer.backends.embeddings import embed
from summarizer.backends.registry import load_encoder
from summarizer.config import Config
from summarizer.evidence import copies, passages, strangers
from summarizer.evidence.article_similarity import FEATURES, Head, alike
from summarizer.schema import Story
from summarizer.text import boilerplate
from summarizer.text.sentences import split
from summarizer.types import Embedded, unit_mean

SEED = 2
APART = 0.15
"""Share of weighted name parts under which a swapped article is plainly of another event."""

Part = tuple[Embedded, str]
"""A story's sentences, and the id of one of its articles."""


def put_together(parts: Sequence[Part]) -> Embedded:
    """The sentences of articles of several stories as one story's; ids are numbered anew."""
    sentences, vectors = [], []
    for n, (embedded, article) in enumerate(parts):
        for row in embedded.article_rows[article]:
            old = embedded.sentences[row]
            sentences.append(replace(old, article=f"x{n}"))
            vectors.append(embedded.vectors[row])
    return Embedded(tuple(sentences), np.stack(vectors))


def set_aside(story: Embedded, config: Config) -> set[str]:
    """The articles that are set aside."""
    passage = passages(story.sentences, config)
    copied = copies(story.sentences, passage, config)
    found, _ = strangers(story, list(story.article_rows), copied, config)
    return set(found)


def head(part: Part, config: Config) -> Head:
    """An article's head, as `evidence.outliers` reads it."""
    embedded, article = part
    rows = [
        r
        for r in embedded.article_rows[article]
        if embedded.sentences[r].position < config.outliers.sentences
    ]
    return Head.of([embedded.sentences[r] for r in rows], embedded.vectors[rows])


def main() -> None:
    """Print what is found, and the false alarms."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=Path)
    options = parser.parse_args()
    config = Config()
    with options.stories.open(encoding="utf-8") as file:
        stories = [Story.model_validate_json(line) for line in file]
    sentences = []
    for story in stories:
        repeated = boilerplate.repeated_lines(story.articles)
        sentences.append(
            [s for a in story.articles for s in split(a, boilerplate.mask(a, repeated))]
        )
    embedded = [e for e in embed(sentences, load_encoder()) if len(e.article_rows) == 3]
    centres = np.stack(
        [unit_mean(np.stack([unit_mean(e.vectors[list(r)]) for r in e.article_rows.values()]))
         for e in embedded]
    )  # fmt: skip
    nearness = centres @ centres.T
    np.fill_diagonal(nearness, -1.0)
    rng = random.Random(SEED)
    alarms, found, plain = 0, [], []
    for i, own in enumerate(embedded):
        kept = [(own, a) for a in own.article_rows]
        alarms += bool(set_aside(put_together(kept), config))
        other = embedded[int(nearness[i].argmax())]
        k = rng.randrange(3)
        swapped = list(kept)
        swapped[k] = (other, list(other.article_rows)[rng.randrange(3)])
        found.append(set_aside(put_together(swapped), config) == {f"x{k}"})
        likeness = [
            alike(head(swapped[k], config), head(kept[j], config)) for j in range(3) if j != k
        ]
        plain.append(max(x[FEATURES.index("names")] for x in likeness) < APART)
    apart = [f for f, p in zip(found, plain, strict=True) if p]
    print(f"stories {len(embedded)}: found {np.mean(found):.1%}, false alarms "
          f"{alarms / len(embedded):.1%}; sharing under {APART:.0%} of names ({len(apart)}): "
          f"found {np.mean(apart):.1%}")  # fmt: skip


if __name__ == "__main__":
    main()
