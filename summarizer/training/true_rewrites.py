"""Sentences that say what a sentence says, or less, in other words: kinds, and a call for all.

The kinds themselves are in the other files `true_*`; false edits live in `false_edits`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.nlp import Parsed
from summarizer.training import true_clauses, true_numbers, true_words

Kind = Callable[[Parsed, Sequence[Parsed], random.Random], Iterator[str]]

KINDS: Mapping[str, Kind] = {
    kind.__name__: kind
    for kind in (
        true_words.synonym,
        true_words.synonyms_many,
        true_words.broader,
        true_words.neutral_saying,
        true_words.fixed_phrase,
        true_words.not_done,
        true_words.shorter_name,
        true_words.fuller_name,
        true_words.spelled_acronym,
        true_words.nominal,
        true_numbers.number_form,
        true_numbers.part_of_whole,
        true_numbers.looser_bound,
        true_numbers.bound_words,
        true_numbers.measure,
        true_numbers.date_form,
        true_clauses.to_passive,
        true_clauses.to_active,
        true_clauses.move_speaker,
        true_clauses.turn_apposition,
        true_clauses.split_relative,
        true_clauses.reorder,
        true_clauses.drop_detail,
        true_clauses.drop_conjunct,
        true_clauses.join,
    )
}
"""Name of a kind to what makes its sentences, so that kinds can be held out by name."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A true sentence made of a true one. kind: a name of `KINDS`."""

    text: str
    kind: str


def true_rewrites(
    sentence: Parsed,
    evidence: Sequence[Parsed],
    rng: random.Random,
    *,
    kinds: Collection[str] | None = None,
    each: int = 2,
) -> list[Rewrite]:
    """Make sentences that are true wherever the sentence is, given its evidence.

    sentence: what the evidence carries. evidence: all that it is read against; names are shortened
    and sentences joined by it. kinds: which to make, all if None. each: most of a kind. Returns
    them in the order of `KINDS`; the same arguments and state of `rng` give the same. Raises
    KeyError for a kind that is not in `KINDS`.
    """
    made: list[Rewrite] = []
    for name in KINDS if kinds is None else [k for k in KINDS if k in kinds]:
        texts = [
            t for t in dict.fromkeys(KINDS[name](sentence, evidence, rng)) if t != sentence.text
        ]
        chosen = rng.sample(texts, each) if len(texts) > each else texts
        made += [Rewrite(text, name) for text in chosen]
    return made
