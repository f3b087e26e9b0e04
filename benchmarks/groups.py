"""Pairwise precision and recall of `evidence.claims`: python -m benchmarks.groups STORIES.jsonl.

Two source sentences that people marked for one summary sentence belong together. Precision is over
pairs whose sentences were both marked for something; unmarked sentences do not count.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from summarizer.backends.embeddings import embed
from summarizer.backends.registry import load_encoder
from summarizer.config import Config
from summarizer.evidence import group
from summarizer.schema import Story
from summarizer.text import boilerplate
from summarizer.text.sentences import split
from summarizer.types import Embedded

Pairs = set[tuple[int, int]]


def gold_pairs(story: Story, embedded: Embedded) -> tuple[Pairs, set[int]]:
    """The pairs of rows marked for one summary sentence, and all rows marked for any.

    A row is marked if a span covers at least half of it, or it half of the span.
    """
    pairs: Pairs = set()
    marked: set[int] = set()
    for sentence in story.gold or ():
        rows = set()
        for span in sentence.evidence:
            for row in embedded.article_rows.get(span.article, ()):
                s = embedded.sentences[row]
                common = min(s.end, span.end) - max(s.start, span.start)
                if s.field == "text" and 2 * common >= min(s.end - s.start, span.end - span.start):
                    rows.add(row)
        marked |= rows
        pairs |= set(combinations(sorted(rows), 2))
    return pairs, marked


def our_pairs(story: Story, embedded: Embedded, config: Config) -> Pairs:
    """The pairs of rows that stand in one group."""
    grouped = group(embedded, [a.id for a in story.articles], config)
    return {p for e in grouped.evidence for p in combinations(sorted(e.rows), 2)}


def measure(
    stories: list[tuple[Story, Embedded]], config: Config
) -> Iterator[tuple[str, float, float, int]]:
    """(name, precision, recall, pairs) for all pairs, and for those of different articles."""
    for name, across in (("all pairs", False), ("pairs of different articles", True)):
        right = ours = gold = 0
        for story, embedded in stories:
            wanted, marked = gold_pairs(story, embedded)
            found = our_pairs(story, embedded, config)
            if across:
                article = [s.article for s in embedded.sentences]
                wanted = {(i, j) for i, j in wanted if article[i] != article[j]}
                found = {(i, j) for i, j in found if article[i] != article[j]}
            found = {(i, j) for i, j in found if i in marked and j in marked}
            right += len(found & wanted)
            ours += len(found)
            gold += len(wanted)
        yield name, right / max(1, ours), right / max(1, gold), gold


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=Path)
    options = parser.parse_args()
    with options.stories.open(encoding="utf-8") as file:
        stories = [Story.model_validate_json(line) for line in file]
    sentences = []
    for story in stories:
        repeated = boilerplate.repeated_lines(story.articles)
        sentences.append(
            [s for a in story.articles for s in split(a, boilerplate.mask(a, repeated))]
        )
    embedded = embed(sentences, load_encoder())
    print("| pairs | gold | P | R |\n|---|---|---|---|")
    for name, p, r, n in measure(list(zip(stories, embedded, strict=True)), Config()):
        print(f"| {name} | {n} | {100 * p:.1f} | {100 * r:.1f} |")


if __name__ == "__main__":
    main()
