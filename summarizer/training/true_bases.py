"""True sentences with what carries them: of articles, of references, of fusions; what is held out.

Decides which sentences training pairs start from; what is made of them is in `reader_pairs`.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from nupunkt import sent_spans

from summarizer.evidence.disjoint_sets import DisjointSets
from summarizer.nlp import Parsed, parse

Read = Callable[[Sequence[str]], Sequence[Parsed]]
"""Texts to their parses, in order."""

HELD_OUT = "fusion_held_out.txt"
"""Ids of the fusions that nothing trains on, next to this file; made by `divide`."""

WORD = re.compile(r"[A-Za-z0-9$%]+(?:[.,]\d+)*")
"""A word or a figure."""


@dataclass(frozen=True, slots=True)
class Base:
    """A true sentence, what carries it, and other sentences near it. kind: where it is from."""

    sentence: Parsed
    evidence: tuple[Parsed, ...]
    story: str
    kind: str


def divide(rows: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The ids of about a third of the fusions, so that no source sentence is on both sides."""
    same, rows = DisjointSets[str](), list(rows)
    for row in rows:
        for source in row["sources"]:
            same.join(row["id"], f"text {source}")
    groups: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        groups[same.root(row["id"])].append(row["id"])
    out: set[str] = set()
    for group in groups.values():
        if int(sha256(min(group).encode()).hexdigest(), 16) % 3 == 0:
            out |= set(group)
    return frozenset(out)


@cache
def _listed() -> frozenset[str]:
    return frozenset((files(__package__) / HELD_OUT).read_text(encoding="utf-8").split())


def held_out(ids: Iterable[str]) -> frozenset[str]:
    """Those of the fusions' ids that nothing trains on."""
    return frozenset(ids) & _listed()


def carried(sentence: str, sources: Sequence[str], share: float = 0.85) -> bool:
    """Whether a sentence looks carried, by strings alone.

    Every figure and every capitalised word after the first stands in the sources, and so do the
    first five letters of at least `share` of its words of four letters and more.
    """
    there = " ".join(sources).lower()
    stems = {w.lower()[:5] for w in WORD.findall(there)}
    total = missing = 0
    for i, word in enumerate(WORD.findall(sentence)):
        low = word.lower()
        marked = any(c.isdigit() for c in word) or (word[0].isupper() and i > 0)
        if len(low) < 4 and not marked:
            continue
        total += 1
        found = low[:5] in stems or low in there
        if not found and marked:
            return False
        missing += not found
    return total >= 4 and missing <= (1 - share) * total + 1e-9


def sentences(text: str) -> list[str]:
    """The sentences of an article, white space made plain."""
    cut = (line[start:end] for line in text.splitlines() for start, end in sent_spans(line))
    return [" ".join(sentence.split()) for sentence in cut if sentence.strip()]


def nearest(sentence: str, pool: Sequence[str], most: int = 4) -> list[str]:
    """The sentences of the pool that together have most of the words, each adding at least two."""
    want = {w.lower()[:5] for w in WORD.findall(sentence) if len(w) > 3}
    chosen: list[str] = []
    while want and len(chosen) < most:
        gains = [len(want & {w.lower()[:5] for w in WORD.findall(p)}) for p in pool]
        best = max(range(len(pool)), key=gains.__getitem__, default=-1)
        if best < 0 or gains[best] < (2 if chosen else 3):
            break
        chosen.append(pool[best])
        want -= {w.lower()[:5] for w in WORD.findall(pool[best])}
    return chosen


def bases(
    stories: Sequence[Mapping[str, Any]],
    fusions: Sequence[Mapping[str, Any]],
    rng: random.Random,
    read: Read = parse,
    per_story: int = 6,
) -> list[Base]:
    """True sentences with their evidence, unrelated sentences among it, in random order.

    stories: rows of {"id", "articles": [{"text"}], "reference": {"text"}}. fusions: rows of
    {"id", "sources", "fused"}; those held out are passed over. per_story: most article sentences.
    """
    plans: list[tuple[str, list[str], str, str]] = []
    cut = {s["id"]: [list(sentences(a["text"]))[:12] for a in s["articles"]] for s in stories}
    every = [t for articles in cut.values() for article in articles for t in article]
    for story in stories:
        articles = cut[story["id"]]
        pool = [t for article in articles for t in article]
        places = [(a, i) for a, article in enumerate(articles) for i in range(len(article))]
        fit = [(a, i) for a, i in places if 8 <= len(articles[a][i].split()) <= 42]
        for a, i in rng.sample(fit, min(per_story, len(fit))):
            text, beside = articles[a][i], articles[a][max(0, i - 2) : i + 3]
            others = [t for t in (beside if rng.random() < 0.7 else pool) if t != text]
            plans.append((text, _with_strangers([text], others, every, rng), story["id"], "copy"))
        for text in sentences(story["reference"]["text"]):
            needed = nearest(text, pool)
            if 6 <= len(text.split()) <= 42 and needed and carried(text, needed, 0.95):
                evidence = _with_strangers(needed, pool, every, rng)
                plans.append((text, evidence, story["id"], "reference"))
    kept_out = held_out(f["id"] for f in fusions)
    for row in fusions:
        if row["id"] not in kept_out and carried(row["fused"], row["sources"]):
            evidence = _with_strangers(row["sources"], (), every, rng)
            plans.append((row["fused"], evidence, row["id"], "fusion"))
    texts = list(dict.fromkeys(t for text, near, _, _ in plans for t in (text, *near)))
    known = dict(zip(texts, read(texts), strict=True))
    rng.shuffle(plans)
    return [Base(known[t], tuple(known[n] for n in near), s, k) for t, near, s, k in plans]


def _with_strangers(
    needed: Sequence[str], near: Sequence[str], far: Sequence[str], rng: random.Random
) -> list[str]:
    """The needed sentences and up to three others, at most five in all unless more are needed."""
    room = max(0, 5 - len(needed))
    wanted = min(room, rng.choice((0, 1, 1, 2, 2, 3)))
    others = [t for t in dict.fromkeys(near) if t not in needed]
    strange = rng.sample(others, min(wanted, len(others)))
    if far and len(strange) < wanted and rng.random() < 0.5:
        strange.append(rng.choice(far))
    out = list(dict.fromkeys([*needed, *strange]))
    rng.shuffle(out)
    return out
