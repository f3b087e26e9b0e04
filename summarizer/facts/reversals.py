"""Statements turned round: denied or affirmed, opposite words, and possibilities told as facts.

How a verb is held is read by events; single words without a verb are weighed by polarity.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from summarizer.facts.events import Event
from summarizer.facts.polarity import (
    ALLEGING,
    NEGATIONS,
    OPPOSITES,
    Stance,
    denied_near,
    has_negative,
    is_past,
    stances,
)
from summarizer.facts.roles import agreeable, matching
from summarizer.facts.text import CACHE, Token, content, tokens
from summarizer.story import Problem

_ORDER = frozenset("before after earlier later early late first last".split())
_HEDGES = frozenset(
    """may might could possibly perhaps potential potentially possible likely reportedly allegedly alleged
    suspected suspect accused accuse purported purportedly believe think fear apparent apparently claim
    would whether if plan propose expect aim consider threaten want seek hope try attempt intend urge
    promise vow pledge to""".split()
)
_EITHER_WAY = frozenset("only until unless despite except".split())


def turned(sentence: str, evidence: Sequence[str]) -> Iterator[tuple[Problem, str]]:
    """The events of a sentence that the evidence denies where it affirms, or leaves open.

    evidence: single sentences. An event is held against the evidence's events of the same verb
    that share at least half of its other words; one of them that agrees is enough.
    """
    words = tokens(sentence)
    lemmas = {w.lemma for w in words}
    for event, near in matching(sentence, evidence):
        near = [(o, text) for o, text in near if agreeable(event, o)]
        if not near:
            continue
        others = [other for other, _ in near]
        token = words[event.index]
        if all(o.denied != event.denied for o in others) and not _denies_otherwise(
            event, words, near, evidence
        ):
            yield "negation", f"{'not ' if event.denied else ''}{token.text}"
        if event.modal or not event.finite or not _states(words, event):
            continue
        if not all(o.modal for o in others):
            continue
        cue = others[0].modal
        if all(o.modal == "will" for o in others) and not is_past(token):
            continue
        if lemmas & ALLEGING and any(o.modal in _HEDGES for o in others):
            continue
        yield "modality", f"{cue} {token.text}"


def _states(words: Sequence[Token], event: Event) -> bool:
    """Whether the verb stands as a fact: past, passive or third person, under no hedge."""
    token = words[event.index]
    if not (
        is_past(token) or event.passive or token.lower.endswith("s") or token.lower == token.lemma
    ):
        return False
    near = words[max(0, event.index - 6) : event.index]
    return not any(w.lower in _HEDGES or w.lemma in _HEDGES for w in near)


def _denies_otherwise(
    event: Event,
    words: Sequence[Token],
    near: Sequence[tuple[Event, str]],
    evidence: Sequence[str],
) -> bool:
    """Whether the denial is told by other words on the side that has none at the verb."""
    if event.denied:
        behind = {w.lemma for w in words[max(0, event.index - 3) : event.index]} & _DENIALS
        if any(behind & _positive(text) for text in evidence):
            return True
        return any(_negatives(tokens(text)) - _negatives(words) for _, text in near)
    span = words[max(0, event.index - 7) : event.index + 6]
    around = _negatives(span)
    return any(around - _positive(text) for _, text in near) or any(
        w.lower in _EITHER_WAY for w in span
    )


_DENIALS = frozenset("deny refuse fail decline".split())
_DENYING = frozenset(
    """deny refuse reject fail decline dismiss prevent avoid lack refute dispute oppose block stop halt
    unable unlikely rarely absence instead cancel abandon unless barely seldom false impossible denial
    failure refusal rejection innocent never without nor neither not n't no none nobody nothing wo
    end ban halt drop""".split()
)


def _negatives(words: Sequence[Token]) -> frozenset[str]:
    return frozenset(w.lemma for w in words if w.lemma in _DENYING or w.lower in NEGATIONS)


@lru_cache(maxsize=CACHE)
def _positive(text: str) -> frozenset[str]:
    return frozenset(w.lemma for w in tokens(text))


# --- opposite words ------------------------------------------------------------------------------


@lru_cache(maxsize=CACHE)
def _sides(text: str) -> tuple[tuple[str, bool, frozenset[str], frozenset[str]], ...]:
    """Each word that has opposites: (word, denied, content before, content after)."""
    words = tokens(text)
    out = []
    for i, word in enumerate(words):
        if not word.text[0].isalpha() or (word.text[0].isupper() and i):
            continue
        key = word.lower if word.lower in OPPOSITES else word.lemma
        if key not in OPPOSITES:
            continue
        left = [w.lemma for w in words[:i] if w.is_content][-5:]
        right = [w.lemma for w in words[i + 1 :] if w.is_content][:5]
        before = words[max(0, i - 4) : i]
        denied = any(w.lower in NEGATIONS or w.lemma in ("refuse", "deny", "fail") for w in before)
        out.append((key, denied, frozenset(left), frozenset(right)))
    return tuple(out)


def opposed(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The words of a sentence in whose place the evidence has the opposite.

    Of the evidence's words of both sides, the one whose neighbours the sentence's word shares most
    decides, by two neighbours or more; denied on one side only, an opposite agrees.
    """
    mine = _sides(sentence)
    if not mine:
        return
    theirs = [side for text in evidence for side in _sides(text)]
    if not theirs:
        return
    whole = content(sentence)
    own_keys = {key for key, *_ in mine}
    for key, denied, left, right in mine:
        same, other = OPPOSITES[key]
        against, along, word = 0, 0, ""
        for their, their_denied, before, after in theirs:
            if (their not in same and their not in other) or (
                their == key and their_denied != denied
            ):
                continue
            if key in _ORDER and their not in same:
                if not (right & after or not (right or after)) or not left & before:
                    continue
            fit = len((left | right) & (before | after))
            agrees = (their in same) == (their_denied == denied)
            if agrees:
                along = max(along, fit)
            elif fit > against:
                against, word = fit, their
        if word in other and word in own_keys and word in whole:
            continue
        if against >= min(2, len(left | right)) and against > along + bool(along) and against:
            yield f"{key} for {word}"


def with_for_without(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The words that a sentence has with and the evidence only without, or the other way round."""
    whole = content(sentence)
    for mine, word in _pairs(sentence):
        if any((mine, word) in _pairs(text) for text in evidence):
            continue
        other = "without" if mine == "with" else "with"
        if any((other, word) in _pairs(t) and len(content(t) & whole) >= 3 for t in evidence):
            yield f"{mine} for {other}"


@lru_cache(maxsize=CACHE)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    words = tokens(text)
    return frozenset(
        (a.lower, b.lemma) for a, b in pairwise(words) if a.lower in ("with", "without")
    )


# --- single words ----------------------------------------------------------------------------------


def denied(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The words of a sentence that it denies and the evidence does not, or the other way round.

    For words that are no verbs of an event ("no suspect"), and verbs that the events overlook: each
    is held against the same word of the evidence that stands among most of the sentence's words.
    """
    whole = content(sentence)
    mine = stances(sentence)
    held: dict[str, list[tuple[int, Stance]]] = {}
    refused: set[str] = set()
    negative = False
    nearest = max((len(content(text) & whole) for text in evidence), default=0)
    for text in evidence:
        near = stances(text)
        lemmas = [s.token.lemma for s in near]
        close = len(content(text) & whole) >= 0.6 * nearest
        negative |= close and has_negative(text)
        for at, stance in enumerate(near):
            if stance.near_negation:
                refused.add(stance.token.lemma)
            window = set(lemmas[max(0, at - 6) : at + 7]) - {stance.token.lemma}
            held.setdefault(stance.token.lemma, []).append((len(window & whole), stance))
    scope = {s.token.lemma for s in mine if s.near_negation}
    for stance in mine:
        if not stance.token.text.islower():
            continue
        top = _closest(held.get(stance.token.lemma, ()))
        if stance.negated:
            if scope & refused:
                continue
            if (top and not any(s.near_negation for s in top) and not negative) or (
                not top and not negative
            ):
                yield f"not {stance.token.text}"
        elif top and all(s.negated for s in top) and not stance.near_negation and not stance.soft:
            if not denied_near(sentence, stance.index):
                yield stance.token.text


def _closest(found: Sequence[tuple[int, Stance]]) -> list[Stance]:
    best = max((shared for shared, _ in found), default=0)
    return [s for shared, s in found if shared >= max(1, 0.6 * best)] if best else []
