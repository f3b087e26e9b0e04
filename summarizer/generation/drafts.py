"""Planned claims to drafted sentences, all in one batch.

Asks the writer and nothing else: whether a draft is kept is decided in verification.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from summarizer.backends import Bounded, Brief, Writer
from summarizer.config import Config
from summarizer.types import Embedded, Planned


def seed_of(story_id: str, seed: int, evidence: Sequence[str]) -> int:
    """A seed in [0, 2**31) for one sentence: the same wherever it stands in a batch."""
    digest = hashlib.blake2b(digest_size=8)
    for part in (story_id, str(seed), *evidence):
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return int.from_bytes(digest.digest(), "big") % 2**31


def brief(story_id: str, embedded: Embedded, planned: Planned, config: Config) -> Brief:
    """What the writer is asked for one planned claim."""
    own = planned.rows[: max(1, config.selection.evidence_rows - len(planned.companions))]
    evidence = tuple(embedded.sentences[r].text for r in (*own, *planned.companions))
    return Brief(evidence, config.writing.words, seed_of(story_id, config.seed, evidence))


def title_brief(story_id: str, evidence: Sequence[str], config: Config) -> Brief:
    """What the writer is asked for a headline: titles of articles and the summary's lead."""
    given = tuple(evidence[: config.selection.evidence_rows])
    seed = seed_of(story_id, config.seed, given)
    return Brief(given, config.writing.title_words, seed, "title")


def write(briefs: Sequence[Brief], writer: Writer | None, n: int) -> list[list[str]]:
    """0 to `n` drafts a brief, most likely first; none at all where there is no writer."""
    if writer is None or not briefs:
        return [[] for _ in briefs]
    return writer.write(briefs, n)


def unread(briefs: Sequence[Brief], writer: Writer | None) -> list[int]:
    """For each brief, how many of its evidence sentences did not fit into what the writer reads."""
    if not isinstance(writer, Bounded):
        return [0 for _ in briefs]
    return [len(brief.evidence) - writer.reads(brief) for brief in briefs]
