"""Words of a text without a parse: for bags of words over many sentences and articles.

Lemmas go by spelling, irregular forms and the lexicon. What a sentence says is never read from
here: that needs the parse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import log, sqrt
from typing import NamedTuple

from summarizer.nlp.inflect import irregular_forms
from summarizer.nlp.lexicons.lists import word_list
from summarizer.nlp.lexicons.wordnet import known

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S., J.K.
    r"|[$€£¥]?\d(?:[\d,]*\d)?(?:\.\d+)?(?:st|nd|rd|th)?(?![A-Za-z])"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+"
)
_NEGATED = re.compile(r"(?i)^(.+?)(n['’]t)$")
_ENDINGS = {
    "ies": ("y", "ie"), "ied": ("y", "ie"), "es": ("e", ""), "s": ("",), "ed": ("e", ""),
    "ing": ("e", ""),
}  # fmt: skip
"""Endings, the longest first, and what may stand in their place in a lemma."""

REMEMBERED = 4096
"""Texts whose words stay in memory, the last used."""


class Word(NamedTuple):
    """A word or figure: text[start:end] as written, lower case, lemma, whether it has content."""

    text: str
    start: int
    end: int
    lower: str
    lemma: str
    content: bool


@cache
def _irregular() -> dict[str, str]:
    return irregular_forms()


@lru_cache(1 << 16)
def lemma(word: str) -> str:
    """The lemma of a word in lower case; of what no lexicon knows, the word without a plural s."""
    word = word.replace("’", "'").removesuffix("'s")
    if word in _irregular():
        return _irregular()[word]
    for ending in _ENDINGS:
        if word.endswith(("ss", "us", "is")):
            break
        if word.endswith(ending) and len(word) > len(ending) + 2:
            for candidate in _candidates(word.removesuffix(ending), ending):
                if any(known(candidate, pos) for pos in ("VERB", "NOUN")):
                    return candidate
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural and not known(word, "NOUN") else word


def _candidates(stem: str, ending: str) -> Iterator[str]:
    """What a word may be a form of: "stopp" of "stopped" is "stop"."""
    if ending in ("ed", "ing") and len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        yield stem[:-1]
    yield from (stem + end for end in _ENDINGS[ending])


@lru_cache(REMEMBERED)
def words(text: str) -> tuple[Word, ...]:
    """The words and figures of a text in order, without marks; "didn't" is "did" and "n't"."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        split = _NEGATED.match(word)
        for part in split.groups() if split else (word,):
            found.append(Word(part, start, start + len(part), *_kind(part)))
            start += len(part)
    return tuple(found)


@lru_cache(1 << 15)
def _kind(word: str) -> tuple[str, str, bool]:
    lower = word.lower().replace("’", "'")
    return lower, lemma(lower), lower not in word_list("function_words")


@lru_cache(REMEMBERED)
def content(text: str) -> frozenset[str]:
    """The lemmas of a text's content words."""
    return frozenset(w.lemma for w in words(text) if w.content)


def bag(text: str) -> Counter[str]:
    """The lemmas of a text's content words, with how often each stands there."""
    return Counter(w.lemma for w in words(text) if w.content)


def unit(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights of words as a vector of length 1; of zeros, zeros."""
    length = sqrt(sum(x * x for x in weights.values())) or 1.0
    return {w: x / length for w, x in weights.items()}


def tf_idf(bags: Sequence[Mapping[str, int]]) -> list[dict[str, float]]:
    """The words of each bag as a unit vector: (1 + log n) log(1 + bags / bags that have the word).

    One word of one bag weighs log(1 + bags); one that all have weighs log 2.
    """
    found_in = Counter(w for own in bags for w in own)
    return [
        unit({w: (1 + log(n)) * log(1 + len(bags) / found_in[w]) for w, n in own.items()})
        for own in bags
    ]
