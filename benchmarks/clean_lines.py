"""Precision and recall of `text.boilerplate`: python -m benchmarks.clean_lines MARKS.jsonl.

A story a line: {"id", "half", "articles": [{"id", "text", …, "furniture": [[start, end]]}]}, or an
article a line: {"id", "half", "title", "lines": [[line, what of it is furniture]]}, as in
tests/data/clean_lines.jsonl. How to mark is in docs/design/boilerplate.md.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figures import share
from summarizer.schema import Article
from summarizer.text.boilerplate import mask, repeated_lines

Spans = list[tuple[int, int]]


@dataclass
class Count:
    """True and false decisions: on lines (boilerplate in it, or not) and on their characters."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    plain: int = 0
    right_chars: int = 0
    wrong_chars: int = 0
    missed_chars: int = 0

    def row(self, name: str) -> str:
        """Lines and characters: precision and recall."""
        lines = self.right + self.wrong + self.missed + self.plain
        p, r = share(self.right, self.wrong), share(self.right, self.missed)
        pc, rc = (
            share(self.right_chars, self.wrong_chars),
            share(self.right_chars, self.missed_chars),
        )
        marked = self.right + self.missed
        return f"| {name} | {lines} | {marked} | {p} | {r} | {pc} | {rc} |"


def _characters(text: str, spans: Spans, start: int, end: int) -> set[int]:
    return {i for a, b in spans for i in range(max(a, start), min(b, end)) if not text[i].isspace()}


def count_article(text: str, gold: Spans, ours: Spans, count: Count) -> list[tuple[str, str]]:
    """Add an article's lines to the count; return the lines where we and the marks differ."""
    differing: list[tuple[str, str]] = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip():
            g, o = _characters(text, gold, start, end), _characters(text, ours, start, end)
            both = len(g & o)
            count.right_chars += both
            count.wrong_chars += len(o - g)
            count.missed_chars += len(g - o)
            if g and both * 2 >= len(g):
                count.right += 1
            elif g:
                count.missed += 1
                differing.append(("missed", line.strip()))
            if o and both * 2 < len(o):
                count.wrong += 1
                differing.append(("wrong", line.strip()))
            if not g and not o:
                count.plain += 1
        start = end
    return differing


def marked_articles(row: dict[str, Any]) -> Iterator[tuple[Article, Spans]]:
    """The articles of one row of marks, each with the spans that are boilerplate."""
    if "lines" not in row:
        for a in row["articles"]:
            yield Article.model_validate(a), [(start, end) for start, end in a["furniture"]]
        return
    text, spans = "", []
    for line, furniture in row["lines"]:
        if furniture:
            start = len(text) + line.index(furniture)
            spans.append((start, start + len(furniture)))
        text += line + "\n"
    yield Article(id=row["id"], text=text, title=row["title"]), spans


def main() -> None:
    """Print a table, and with --show the lines where rules and marks differ."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("marks", type=Path)
    parser.add_argument("--show", metavar="HALF", help="print the differing lines of this half")
    options = parser.parse_args()
    counts: dict[str, Count] = defaultdict(Count)
    with options.marks.open(encoding="utf-8") as file:
        for line in file:
            story: dict[str, Any] = json.loads(line)
            marked = list(marked_articles(story))
            repeated = repeated_lines([article for article, _ in marked])
            for article, gold in marked:
                ours = [(m.start, m.end) for m in mask(article, repeated)]
                half = story["half"]
                for kind, text in count_article(article.text, gold, ours, counts[half]):
                    if options.show == half:
                        print(f"{kind}: {text[:150]}")
    print("| half | lines | furniture | line P | line R | character P | character R |")
    print("|---|---|---|---|---|---|---|")
    for half, count in sorted(counts.items()):
        print(count.row(half))


if __name__ == "__main__":
    main()
