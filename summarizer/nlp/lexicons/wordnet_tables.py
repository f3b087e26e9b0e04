"""The file of WordNet's words and senses as tables, read once. What is asked of them: `wordnet`.

How the file (wordnet.txt.gz) is made: benchmarks/build_wordnet.py. Licence: WORDNET_LICENSE.txt.
"""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

DATA = "wordnet.txt.gz"
"""The lexicon, next to this file."""

COMMON = 3
"""Highest level of a sense that counts as common.

A sense has level 0 if it has more than half of its lemma's uses, 1 if more than a quarter, and so
on. Rarer ones are kept only where the word has an opposite in them.
"""

TAGS = ("NOUN", "VERB", "ADJ", "ADV")
"""Parts of speech in the order of the file."""

Word = tuple[str, str]
"""A lemma in lower case and its universal part of speech."""

Ints = NDArray[np.int32]


class Rows:
    """Lists of numbers of unequal length, one after another in `values`, each of its `length`."""

    def __init__(self, lengths: Ints, values: Ints) -> None:
        if lengths.sum() != len(values):
            raise ValueError(f"rows of {lengths.sum()} values in all, but {len(values)} are given")
        self._starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int32)
        self._values = values

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, i: int) -> list[int]:
        row: list[int] = self._values[self._starts[i] : self._starts[i + 1]].tolist()
        return row


def by_key(keys: Ints, values: Ints, n: int) -> Rows:
    """Row k has the values that stand beside key k, in order; there are n rows."""
    lengths = np.bincount(keys, minlength=n).astype(np.int32)
    return Rows(lengths, values[np.argsort(keys, kind="stable")])


@dataclass(frozen=True)
class Tables:
    """Words are numbered, and so are synsets: senses, each with the words that share it.

    words, number: words by their numbers, and back. topics: the lexicographer file of a synset, a
    coarse topic. members, member_levels: the words of a synset, and the level of the sense for
    each. senses, sense_levels: the synsets of a word, and the same levels. above, below: the
    synsets one step broader and narrower; for an adjective above is the head of its cluster.
    opposed, opposite_words, opposite_senses: by synset its words that have an opposite, the
    opposites, and the synsets of these. forms: the words related to a word by form.
    """

    words: Sequence[Word]
    number: Mapping[Word, int]
    topics: Sequence[int]
    members: Rows
    member_levels: Rows
    senses: Rows
    sense_levels: Rows
    above: Rows
    below: Rows
    opposed: Rows
    opposite_words: Rows
    opposite_senses: Rows
    forms: Rows

    def words_of(self, synset: int) -> Iterator[tuple[str, int]]:
        """The lemmas of a synset, by its number, each with the sense's level (see `COMMON`)."""
        for word, level in zip(self.members[synset], self.member_levels[synset], strict=True):
            yield self.words[word][0], level

    def senses_of(self, lemma: str, pos: str) -> dict[int, int]:
        """The synsets of a word with their levels; none if the word is unknown."""
        i = self.number.get((lemma, pos))
        if i is None:
            return {}
        return dict(zip(self.senses[i], self.sense_levels[i], strict=True))

    def opposites_of(self, synsets: Iterable[int]) -> Iterator[tuple[Word, Word, int]]:
        """Each word of the synsets that has an opposite, the opposite, and its synset."""
        for s in synsets:
            for word, other, sense in zip(
                self.opposed[s], self.opposite_words[s], self.opposite_senses[s], strict=True
            ):
                yield self.words[word], self.words[other], sense


def read(text: str) -> Tables:
    """The tables of the file: a column a line, in the order in which they are taken here.

    Four lines of lemmas (in the order of `TAGS`); of each synset its topic and its number of words;
    of each of these words its number and level; of each synset its number of broader ones; of each
    of these how far it stands before; word, synset, opposite and its synset (4 lines); word and
    form (2).
    """
    lines = iter(text.splitlines())

    def column() -> Ints:
        return np.fromstring(next(lines), dtype=np.int32, sep=",")

    words = [(lemma, pos) for pos in TAGS for lemma in next(lines).split(",")]
    topics, sizes, members, levels = column(), column(), column(), column()
    heights, steps = column(), column()
    numbers = np.arange(len(sizes), dtype=np.int32)
    lower = np.repeat(numbers, heights)
    upper = lower - steps
    a, a_sense, b, b_sense = column(), column(), column(), column()
    sense = np.concatenate((a_sense, b_sense))
    form, form_of = column(), column()
    return Tables(
        words=words,
        number={word: i for i, word in enumerate(words)},
        topics=topics.tolist(),
        members=Rows(sizes, members),
        member_levels=Rows(sizes, levels),
        senses=by_key(members, np.repeat(numbers, sizes), len(words)),
        sense_levels=by_key(members, levels, len(words)),
        above=Rows(heights, upper),
        below=by_key(upper, lower, len(sizes)),
        opposed=by_key(sense, np.concatenate((a, b)), len(sizes)),
        opposite_words=by_key(sense, np.concatenate((b, a)), len(sizes)),
        opposite_senses=by_key(sense, np.concatenate((b_sense, a_sense)), len(sizes)),
        forms=by_key(np.concatenate((form, form_of)), np.concatenate((form_of, form)), len(words)),
    )


_READING = threading.Lock()


@cache
def _read_file() -> Tables:
    packed = files(__package__).joinpath(DATA).read_bytes()
    return read(gzip.decompress(packed).decode("utf-8"))


def tables() -> Tables:
    """The tables of the shipped file, read when first asked, by one thread only."""
    with _READING:
        return _read_file()
