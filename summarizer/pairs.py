"""Cuts training pairs for a writer out of stories: evidence, and the neutral sentence it carries.

Plain text in, plain text out; the training itself is in backends/train_writer.py. What evidence
does not carry is left out here, because a pair that adds a fact teaches invention.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from nupunkt import sent_spans

from summarizer.backends.standin import content_words
from summarizer.errors import BadStory, UnreadableFile
from summarizer.facts import problems_of
from summarizer.story import Story

MAX_EVIDENCE = 4
MIN_WORDS, MAX_WORDS = 8, 45  # of a sentence; a headline has 4 to 16
_COVERED = 0.75  # share of the target's content words that the evidence holds
_GAIN = 2  # content words that one more evidence sentence must add, or one name or number
_COPIED = 0.8  # more of a target in one run of an evidence sentence teaches copying


@dataclass(frozen=True, slots=True)
class Pair:
    """Evidence sentences (1 to 4) and the one sentence or headline that says what they say."""

    evidence: tuple[str, ...]
    target: str
    task: Literal["sentence", "title"]
    story: str


def read_pairs(path: Path) -> list[Pair]:
    """Pairs of a JSONL file: stories with a reference, or ready pairs, told apart by their fields.

    A ready pair is {"id", "sources": [text, …], "fused": text}; an alignment is
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
        yield from cut(Story.model_validate(row))
        return
    target = row["fused"] if "fused" in row else row["summary_sentence"]
    sources = [s if isinstance(s, str) else s["sentence"] for s in row["sources"]]
    pair = Pair(_once(sources)[:MAX_EVIDENCE], _plain(target), "sentence", str(row["id"]))
    if is_carried(pair):
        yield pair


def cut(story: Story) -> Iterator[Pair]:
    """The pairs of one story: each reference sentence, and the title, that its articles carry."""
    if story.reference is None:
        return
    bodies = [_sentences(a.text) for a in story.articles]
    titles = [_plain(a.title) for a in story.articles if a.title]
    for target in _sentences(story.reference.text):
        pair = Pair(_evidence(target, bodies), target, "sentence", story.id)
        if is_carried(pair):
            yield pair
    if story.reference.title:
        target = _plain(story.reference.title)
        pool = [[t] for t in titles] + [b[:3] for b in bodies]
        pair = Pair(_evidence(target, pool), target, "title", story.id)
        if is_carried(pair):
            yield pair


def is_carried(pair: Pair) -> bool:
    """Whether the evidence holds all that the target says, and the target is not just a copy.

    Every number, name, date and quotation must stand in the evidence (summarizer.facts), and three
    quarters of the content words; longer runs of one evidence sentence than 80 % are copies.
    """
    words = content_words(pair.target)
    length = len(pair.target.split())
    low, high = (4, 16) if pair.task == "title" else (MIN_WORDS, MAX_WORDS)
    if not pair.evidence or not words or not low <= length <= high:
        return False
    if pair.task == "sentence" and not pair.target.rstrip("\"'”’)").endswith((".", "!", "?")):
        return False
    held = {w for e in pair.evidence for w in content_words(e)}
    if sum(w in held for w in words) < _COVERED * len(words):
        return False
    if any(_longest_run(pair.target, e) > _COPIED * length for e in pair.evidence):
        return False
    return not problems_of(pair.target, pair.evidence)


def _evidence(target: str, articles: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Greedy cover: sentences that add most of the target's words not yet held, rare ones first.

    The best sentence of another article is added even where it adds no word: what several outlets
    say is what the writer will be given to fuse.
    """
    pool = [(i, s, set(content_words(s))) for i, body in enumerate(articles) for s in body]
    often = Counter(w for _, _, words in pool for w in words)
    wanted = {w: 1 / (1 + often[w]) ** 0.5 for w in content_words(target)}
    chosen: list[tuple[int, str, set[str]]] = []
    missing = set(wanted)
    vital = {
        w for t in target.split() if t[:1].isupper() or t[:1].isdigit() for w in content_words(t)
    }
    while len(chosen) < MAX_EVIDENCE and missing:
        best = max(
            (p for p in pool if p not in chosen and len(p[1].split()) <= 80),
            key=lambda p: sum(wanted[w] for w in p[2] & missing),
            default=None,
        )
        gain = best[2] & missing if best else set()
        if best is None or not (len(gain) >= _GAIN or gain & vital or (gain and not chosen)):
            break
        chosen.append(best)
        missing -= gain
    used = {i for i, _, _ in chosen}
    others = [p for p in pool if p[0] not in used and len(p[1].split()) <= 80]
    also = max(others, key=lambda p: sum(wanted[w] for w in p[2] & set(wanted)), default=None)
    if also and len(chosen) < MAX_EVIDENCE and len(also[2] & set(wanted)) >= 0.4 * len(wanted):
        chosen.append(also)
    return _once(s for _, s, _ in chosen)


def _sentences(text: str) -> list[str]:
    return [
        _plain(line[start:end])
        for line in text.splitlines()
        for start, end in sent_spans(line)
        if line[start:end].strip()
    ]


def _plain(text: str) -> str:
    return " ".join(text.split())


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_plain(t) for t in texts if t.strip()))


def _longest_run(target: str, source: str) -> int:
    """Words of the longest run of `target` that stands in `source`."""
    a, b = target.casefold().split(), source.casefold().split()
    best, row = 0, [0] * (len(b) + 1)
    for word in a:
        row = [0, *(row[j] + 1 if word == other else 0 for j, other in enumerate(b))]
        best = max(best, *row)
    return best


def split_held_out(pairs: Sequence[Pair], share: float, seed: int) -> tuple[list[Pair], list[Pair]]:
    """Training and held-out pairs; all pairs of a story fall on the same side. share in (0, 1)."""
    stories = sorted({p.story for p in pairs})
    random.Random(seed).shuffle(stories)  # noqa: S311 - not a secret
    kept_out = set(stories[: max(1, round(share * len(stories)))])
    return [p for p in pairs if p.story not in kept_out], [p for p in pairs if p.story in kept_out]
