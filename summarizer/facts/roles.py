"""Who did what to whom, as far as the order of words shows it.

A word between two others is compared with the same word elsewhere; passives are turned round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.facts.names import root
from summarizer.facts.text import CACHE, Token, common_words, tokens

_CUT = frozenset('.;:?!"“”()')
_BE = frozenset("is are was were be been being get got".split())


@dataclass(frozen=True, slots=True)
class Relation:
    """A word and the content words before and after it in its clause, agents first.

    agents, patients: roots within reach, nearest first. subject, object: the capitalised
    word that stands right before or after, as one root, or None.
    """

    verb: str
    agents: tuple[str, ...]
    patients: tuple[str, ...]
    subject: str | None
    object: str | None


def _key(token: Token) -> str:
    return root(token.text) if token.text[0].isupper() else token.lemma


def _side(words: Sequence[Token], indices: range) -> tuple[list[str], str | None]:
    found: list[str] = []
    nearest: str | None = None
    between = 0
    for i in indices:
        word = words[i]
        if word.text in _CUT:
            break
        if not word.is_content or not word.is_word:
            between += word.text == ","
            continue
        key = _key(word)
        if not found and word.text[0].isupper() and not between and not word.lower.endswith("'s"):
            nearest = key
        found.append(key)
    return found, nearest


@lru_cache(maxsize=CACHE)
def relations(text: str) -> tuple[Relation, ...]:
    """Each lower-case common word of a sentence with what stands before and after it."""
    words = tokens(text)
    out: list[Relation] = []
    for i, word in enumerate(words):
        if not word.is_content or not word.text.islower() or word.lower not in common_words():
            continue
        left, subject = _side(words, range(i - 1, max(-1, i - 8), -1))
        right, obj = _side(words, range(i + 1, min(len(words), i + 8)))
        if not left or not right:
            continue
        follow = [w.lower for w in words[i + 1 : i + 4]]
        behind = [w.lower for w in words[max(0, i - 3) : i]]
        passive = "by" in follow and (
            word.lower.endswith("ed") or word.lower != word.lemma or bool(_BE & set(behind))
        )
        if passive:
            left, right, subject, obj = right, left, obj, subject
        out.append(Relation(word.lemma, tuple(left), tuple(right), subject, obj))
    return tuple(out)


def swapped(sentence: str, evidence: Sequence[str]) -> str | None:
    """A verb around which the sentence turns the evidence's order round, or None.

    The evidence must have the same verb with the nearest words of both sides exchanged, and
    nowhere in the sentence's own order.
    """
    theirs: dict[str, list[Relation]] = {}
    for text in evidence:
        for relation in relations(text):
            theirs.setdefault(relation.verb, []).append(relation)
    for mine in relations(sentence):
        others = theirs.get(mine.verb)
        if not others:
            continue
        agents, patients = mine.agents[:3], mine.patients[:3]
        straight = crossed = False
        for other in others:
            a = set(agents) - set(patients)
            p = set(patients) - set(agents)
            oa, op = set(other.agents), set(other.patients)
            if a & (oa - op) or p & (op - oa):
                straight = True
            if a & (op - oa) and p & (oa - op):
                crossed = True
        if crossed and not straight:
            return mine.verb
    return None
