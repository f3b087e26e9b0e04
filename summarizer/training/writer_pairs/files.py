"""Training pairs out of files: of stories with a reference, and ready ones.

Nothing is filtered here but by pair.is_carried; nothing is trained here.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from summarizer.backends.train_writer import Kind, Pair
from summarizer.errors import BadStory, UnreadableFile
from summarizer.schema import Story
from summarizer.training.writer_pairs.exercises import exercises
from summarizer.training.writer_pairs.pair import (
    MAX_EVIDENCE,
    evidence_for,
    is_carried,
    once,
    plain,
    sentences_of,
)


def read_pairs(path: Path) -> list[Pair]:
    """Pairs of a JSONL file: stories with a reference, or ready pairs, told apart by their fields.

    A ready pair is {"id", "sources": [text, …], "fused": text}, with "task": "title" for a headline
    and "kind": "own" for a writer's own draft that was verified, "refused": [text, …] for those of
    the same evidence that were not; an alignment is
    {"id", "summary_sentence", "sources": [{"sentence"}, …]}. All go through the same filter.
    Raises UnreadableFile, or BadStory naming file and line.
    """
    pairs: list[Pair] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path} cannot be read as UTF-8 text; give a JSONL file") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            pairs += _of_row(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            raise BadStory(
                f"{path} line {number} is neither a story nor a training pair "
                f"({type(error).__name__}); correct or remove it"
            ) from error
    return pairs


def _of_row(row: dict[str, Any]) -> Iterator[Pair]:
    if "articles" in row:
        story = Story.model_validate(row)
        yield from cut(story)
        yield from exercises(story)
        return
    target = row["fused"] if "fused" in row else row["summary_sentence"]
    sources = [s if isinstance(s, str) else s["sentence"] for s in row["sources"]]
    task: Literal["sentence", "title"] = "title" if row.get("task") == "title" else "sentence"
    kind: Kind = "own" if row.get("kind") == "own" else "fusion"
    refused = tuple(plain(str(draft)) for draft in row.get("refused", ()))
    pair = Pair(once(sources)[:MAX_EVIDENCE], plain(target), task, str(row["id"]), kind, refused)
    if is_carried(pair):
        yield pair


def cut(story: Story) -> Iterator[Pair]:
    """The pairs of one story: each reference sentence, and the title, that its articles carry."""
    if story.reference is None:
        return
    bodies = [sentences_of(a.text) for a in story.articles]
    titles = [plain(a.title) for a in story.articles if a.title]
    for target in sentences_of(story.reference.text):
        pair = Pair(evidence_for(target, bodies), target, "sentence", story.id)
        if is_carried(pair):
            yield pair
    if story.reference.title:
        target = plain(story.reference.title)
        pool = [[t] for t in titles] + [b[:3] for b in bodies]
        pair = Pair(evidence_for(target, pool), target, "title", story.id, "title")
        if is_carried(pair):
            yield pair


def split_held_out(pairs: Sequence[Pair], share: float, seed: int) -> tuple[list[Pair], list[Pair]]:
    """Training and held-out pairs; all pairs of a story fall on the same side. share in (0, 1)."""
    stories = sorted({p.story for p in pairs})
    random.Random(seed).shuffle(stories)  # noqa: S311 - not a secret
    kept_out = set(stories[: max(1, round(share * len(stories)))])
    return [p for p in pairs if p.story not in kept_out], [p for p in pairs if p.story in kept_out]
