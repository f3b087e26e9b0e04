"""Who did what to whom, as far as the order of words shows it.

A word between two others is compared with the same word elsewhere; passives are turned round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.facts.names import root
from summarizer.facts.text import CACHE, Token, tokens

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
        if not word.is_content or not word.text.islower():
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
    nowhere in the sentence's own order; or
    another name must stand where the sentence has one.
    """
    theirs: dict[str, list[Relation]] = {}
    for text in evidence:
        for relation in relations(text):
            theirs.setdefault(relation.verb, []).append(relation)
    for mine in relations(sentence):
        others = theirs.get(mine.verb)
        if not others:
            continue
        if _crossed(mine, others) or _replaced(mine, others):
            return mine.verb
    return None


def _crossed(mine: Relation, others: Sequence[Relation]) -> bool:
    """Whether the others have the nearest words of both sides exchanged, and none has them so."""
    if mine.subject and mine.object:
        agents, patients = {mine.subject}, {mine.object}
    else:
        agents, patients = set(mine.agents[:2]), set(mine.patients[:2])
    agents, patients = agents - patients, patients - agents
    found = False
    for other in others:
        a, p = set(other.agents), set(other.patients)
        if agents & (a - p) or patients & (p - a):
            return False
        crossed_agents = agents & (set(other.patients[:3]) - a)
        crossed_patients = patients & (set(other.agents[:3]) - p)
        found |= bool(crossed_agents and crossed_patients)
    return found


def _replaced(mine: Relation, others: Sequence[Relation]) -> bool:
    """Whether another name stands where the sentence has one, and that one stands nowhere near."""
    near = {word for o in others for word in (*o.agents, *o.patients)}
    for own, theirs, far in (
        (mine.subject, {o.subject for o in others} - {None}, set(mine.patients)),
        (mine.object, {o.object for o in others} - {None}, set(mine.agents)),
    ):
        shared = any(len(far & {*o.agents, *o.patients}) >= 3 for o in others)
        if own and theirs and own not in near and shared:
            return True
    return False
