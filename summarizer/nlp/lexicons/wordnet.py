"""WordNet's relations between words: same meaning, opposite, broader, narrower, of a kind, form.

Words are asked by lemma (lower case) and universal part of speech, and an unknown word has no
relations. Which of a word's senses a text has in mind is not known here: its common ones count.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from summarizer.nlp.lexicons.wordnet_tables import COMMON, Rows, Word, tables

Pos = Literal["NOUN", "VERB", "ADJ", "ADV"]
"""Universal parts of speech that have entries; with any other a word is unknown."""

Relation = Literal["same", "synonym", "broader", "narrower", "opposite", "sibling", "derived"]
"""What a second word is to a first, see `relation`."""

STEPS = 3
"""Steps up that `broader` and `relation` take: from nurse to professional two, to person four."""

SYNONYM, BROADER, SIBLING = 5, 4, 2
"""What the levels of two words in a sense may add up to (see `COMMON`) for it to relate them.

Words seldom meet in a sense that is rare for both: chosen by reading the answers for 240 words.
"""

OPPOSITE = {"VERB": 3, "ADJ": 2, "ADV": 2}
"""The same for words opposite by others that share their senses; nouns are so only by themselves.

Else a man were opposite to a civilian, as a serviceman is.
"""

_FAR = 12
"""Steps from any word of the lexicon to the top."""

CROWD = 60
"""Synsets under one up to which they are of a kind: not those under person."""

REMEMBERED = 16_384
"""Answers of each function that stay in memory, the last asked."""


def _common(lemma: str, pos: str) -> dict[int, int]:
    """The common senses of a word, with their levels."""
    return {s: n for s, n in tables().senses_of(lemma, pos).items() if n <= COMMON}


def _words(synsets: Mapping[int, int], most: int, but: str) -> frozenset[str]:
    """The lemmas of synsets but one, where the level there and the synset's add up to `most`."""
    return frozenset(
        lemma
        for synset, rarity in synsets.items()
        for lemma, level in tables().words_of(synset)
        if level <= COMMON and rarity + level <= most and lemma != but
    )


def _step(synsets: Mapping[int, int], rows: Rows) -> dict[int, int]:
    """The synsets in the rows of synsets, each with the least of their levels."""
    found: dict[int, int] = {}
    for synset, level in synsets.items():
        for target in rows[synset]:
            found[target] = min(level, found.get(target, level))
    return found


def _climb(synsets: Mapping[int, int], steps: int) -> list[dict[int, int]]:
    """The synsets one step above, two steps above, and so on."""
    layers = [dict(synsets)]
    for _ in range(steps):
        layers.append(_step(layers[-1], tables().above))
    return layers[1:]


def known(lemma: str, pos: str) -> bool:
    """Whether the lexicon has the word."""
    return (lemma, pos) in tables().number


@lru_cache(REMEMBERED)
def synonyms(lemma: str, pos: str) -> frozenset[str]:
    """Other words that share a common sense of the word."""
    return _words(_common(lemma, pos), SYNONYM, lemma)


@lru_cache(REMEMBERED)
def opposites(lemma: str, pos: str) -> frozenset[str]:
    """Words that WordNet calls opposite to this or, but for nouns, to one that shares a sense.

    What is a kind of another verb, or an adjective close to another, has that one's opposites too:
    to depart is to leave and so opposite to arrive, huge is large and so opposite to small.
    """
    found: set[str] = set()
    shared: dict[int, int] = {}
    for synset, level in tables().senses_of(lemma, pos).items():
        kinds = tables().above[synset] if level <= COMMON and pos in ("VERB", "ADJ") else ()
        near = [k for k in kinds if tables().topics[k] == tables().topics[synset]]
        for word, other, sense in tables().opposites_of([synset, *near]):
            if word == (lemma, pos):
                found.add(other[0])
            if level <= COMMON:
                shared[sense] = min(level, shared.get(sense, level))
    if pos in OPPOSITE:
        found |= _words(shared, OPPOSITE[pos], lemma)
    return frozenset(found)


@lru_cache(REMEMBERED)
def broader(lemma: str, pos: str, steps: int = STEPS) -> frozenset[str]:
    """More general words, at most `steps` steps up; for an adjective the head of its cluster."""
    layers = _climb(_common(lemma, pos), steps)
    return frozenset().union(*(_words(layer, BROADER, lemma) for layer in layers))


@lru_cache(REMEMBERED)
def narrower(lemma: str, pos: str) -> frozenset[str]:
    """More special words, one step down."""
    return _words(_step(_common(lemma, pos), tables().below), BROADER, lemma)


@lru_cache(REMEMBERED)
def is_kind_of(lemma: str, pos: str, general: str) -> bool:
    """Whether a word's commonest sense lies under one of the more general word, however far down.

    A spokeswoman is a person; a union is none, though "brotherhood" may be.
    """
    senses = _common(lemma, pos)
    if not senses:
        return False
    commonest = min(senses, key=lambda s: senses[s])
    above = _climb({commonest: 0}, _FAR)
    wanted = set(_common(general, pos))
    return any(wanted & layer.keys() for layer in above)


@lru_cache(REMEMBERED)
def siblings(lemma: str, pos: str) -> frozenset[str]:
    """Others of its kind: under the same broader word, which is one step up for both.

    Two steps for one of them if the broader word has few under it: a physician is a medical man,
    and so a health professional as a nurse is.
    """
    below = tables().below
    kin: dict[int, int] = {}
    for step, layer in enumerate(_climb(_common(lemma, pos), 2), 1):
        for synset, level in layer.items():
            near = below[synset]
            if len(near) > CROWD:
                continue
            far = [s for child in near for s in below[child]]
            few = len(near) + len(far) <= CROWD
            kind = [*(near if few or step == 1 else ()), *(far if few and step == 1 else ())]
            kin |= {s: min(level, kin.get(s, level)) for s in kind}
    found = _words(kin, SIBLING, lemma)
    return found - synonyms(lemma, pos) - broader(lemma, pos) - narrower(lemma, pos)


@lru_cache(REMEMBERED)
def derived(lemma: str, pos: str) -> frozenset[Word]:
    """Words related by form, with their part of speech: decide and decision, China and Chinese."""
    i = tables().number.get((lemma, pos))
    return frozenset() if i is None else frozenset(tables().words[f] for f in tables().forms[i])


def _by_form(a: Word, b: Word) -> bool:
    """Whether b is a form of a or of one of its synonyms."""
    lemma, pos = a
    return any(b in derived(word, pos) for word in (lemma, *synonyms(lemma, pos)))


@lru_cache(REMEMBERED)
def relation(a: str, a_pos: str, b: str, b_pos: str) -> Relation | None:
    """What b is to a: "broader" if b is more general than a; None if nothing is known.

    The first that holds of: same (one lemma, one part of speech), opposite, synonym, derived (by
    form, or the form of a synonym), broader or narrower (at most `STEPS` steps), sibling.
    """
    if (a, a_pos) == (b, b_pos):
        return "same"
    if a_pos == b_pos:
        if b in opposites(a, a_pos) or a in opposites(b, b_pos):
            return "opposite"
        if b in synonyms(a, a_pos):
            return "synonym"
    if _by_form((a, a_pos), (b, b_pos)) or _by_form((b, b_pos), (a, a_pos)):
        return "derived"
    if a_pos != b_pos:
        return None
    if b in broader(a, a_pos):
        return "broader"
    if a in broader(b, b_pos):
        return "narrower"
    return "sibling" if b in siblings(a, a_pos) else None
