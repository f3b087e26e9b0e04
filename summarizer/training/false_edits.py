"""Hard false sentences: small edits of a true one after which its evidence carries it no more.

The kinds are in the other files `false_edits_*`; true rewrites live elsewhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from summarizer.nlp import Parsed
from summarizer.training import (
    false_edits_claims,
    false_edits_clauses,
    false_edits_figures,
    false_edits_names,
    false_edits_words,
)
from summarizer.training.false_edits_scene import Edit, Edits, Scene, Vocabulary

__all__ = ["DONORS", "KINDS", "Edit", "Scene", "Vocabulary", "false_edits"]

KINDS: Mapping[str, Callable[[Scene], Edits]] = {
    kind.__name__: kind
    for kind in (
        *false_edits_words.KINDS,
        *false_edits_figures.KINDS,
        *false_edits_names.KINDS,
        *false_edits_claims.KINDS,
        *false_edits_clauses.KINDS,
    )
}
"""Name of a kind to the function that makes it, so that kinds can be held out by name."""

DONORS = 40
"""Donor sentences looked at for one sentence, drawn at random."""


def false_edits(
    sentence: Parsed,
    evidence: Sequence[Parsed],
    rng: random.Random,
    donors: Sequence[Parsed] = (),
    *,
    vocabulary: Vocabulary | None = None,
    kinds: Collection[str] | None = None,
    each: int = 2,
) -> list[Edit]:
    """Make false sentences that differ little from a true one.

    sentence: what the evidence carries. evidence: all sentences it is read against. donors:
    sentences of other stories to borrow from. vocabulary: counts of a corpus, without which
    words and names are exchanged only for what these sentences show. kinds: which to make, all
    if None. each: most edits of a kind. Returns them in the order of `KINDS`; the same arguments
    and state of `rng` give the same edits. Raises KeyError for a kind that is not in `KINDS`.
    """
    for kind in kinds or ():
        if kind not in KINDS:
            raise KeyError(f"no false edit of the kind {kind!r}; have: {', '.join(KINDS)}")
    drawn = tuple(rng.sample(donors, DONORS)) if len(donors) > DONORS else tuple(donors)
    if vocabulary is None:
        vocabulary = Vocabulary.of((sentence, *evidence, *drawn))
    scene = Scene(sentence, tuple(evidence), drawn, vocabulary, rng)
    made: list[Edit] = []
    for name in KINDS if kinds is None else [k for k in KINDS if k in kinds]:
        edits = list({e.text: replace(e, kind=name) for e in KINDS[name](scene)}.values())
        made += rng.sample(edits, each) if len(edits) > each else edits
    return made
