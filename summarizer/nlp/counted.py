"""What a figure of a sentence counts: its noun, and which words name what befalls people.

What befalls those that are counted is for `fates`; how figures compare is for `quantities`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from summarizer.nlp.lexicons.lists import table
from summarizer.nlp.lexicons.wordnet import broader
from summarizer.nlp.parse import Parsed

_MODIFIERS = frozenset(
    {"nummod", "compound", "quantmod", "nmod", "amod", "npadvmod", "det", "poss"}
)
_NOUNS = frozenset({"NOUN", "PROPN"})
_UP = 6
"""Steps up in the lexicon within which a kind of person is found to be one."""


@dataclass(frozen=True, slots=True)
class Fates:
    """Words to the class of what befalls people, lemmas in lower case.

    objects: verbs that do it to their object ("wound"). subjects: verbs that tell it of their
    subject ("die"). nouns: nouns and adjectives ("death", "missing").
    """

    objects: Mapping[str, str]
    subjects: Mapping[str, str]
    nouns: Mapping[str, str]


@cache
def fates() -> Fates:
    """The lexicon of what befalls people."""
    tables: tuple[dict[str, str], ...] = ({}, {}, {})
    for name, lists in table("numerals")["fates"].items():
        for words, known in zip(lists, tables, strict=True):
            known |= dict.fromkeys(words.split(), name)
    return Fates(*tables)


@cache
def fate_classes() -> frozenset[str]:
    """The classes of fates that exclude each other: the killed are no count of the injured."""
    return frozenset(table("numerals")["fates"])


def fate_noun(lemma: str) -> bool:
    """Whether a noun or adjective says what befell people: death, injury, missing."""
    return lemma in fates().nouns


def is_person(lemma: str) -> bool:
    """Whether a noun names people: "farmer", "child", "American"."""
    return lemma in ("people", "person") or "person" in broader(lemma, "NOUN", _UP)


def counted_noun(parsed: Parsed, i: int) -> int | None:
    """The noun that the figure, or the unit, at token `i` counts; None if none is said."""
    at = i
    for _ in range(len(parsed.tokens)):
        token = parsed.tokens[at]
        head = parsed.tokens[token.head]
        if at != i and token.pos in _NOUNS and not (token.dep == "compound" and head.pos in _NOUNS):
            break
        if token.dep not in _MODIFIERS or token.head == at or head.pos in ("VERB", "AUX"):
            break
        if token.dep == "amod" and head.pos not in _NOUNS:
            break
        at = token.head
    token = parsed.tokens[at]
    if at != i and (token.pos in _NOUNS or (token.pos == "ADJ" and fate_noun(token.lemma))):
        return at
    return _of(parsed, i) or _next(parsed, i)


def _of(parsed: Parsed, i: int) -> int | None:
    """The noun behind "of", as in "two of the passengers"; None for "two of them"."""
    for child in parsed.children[i]:
        if parsed.tokens[child].lower == "of" and child > i:
            for below in parsed.children[child]:
                if parsed.tokens[below].dep == "pobj":
                    return below if parsed.tokens[below].pos in _NOUNS else None
    return None


def _next(parsed: Parsed, i: int) -> int | None:
    """The plural right behind a figure, or "dead" and its like, whatever the parse says."""
    for at in range(i + 1, min(i + 3, len(parsed.tokens))):
        token = parsed.tokens[at]
        if token.tag == "NNS":
            return at
        if token.pos != "ADJ":
            break
    if i + 1 < len(parsed.tokens):
        token = parsed.tokens[i + 1]
        if token.pos in ("ADJ", "NOUN") and fate_noun(token.lower):
            return i + 1
    return None
