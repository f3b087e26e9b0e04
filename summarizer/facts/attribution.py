"""Claims that lose their speaker or change it between evidence and sentence.

Who says what in one text is read by speakers; whether two names are one is for roles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.facts.names import known_names, names
from summarizer.facts.quotes import quotes
from summarizer.facts.roles import matching, may_be_one, stands_for_others
from summarizer.facts.speakers import SAYING, Claim, claims, is_pronoun, said_spans
from summarizer.facts.text import CACHE, tokens

Spans = Sequence[tuple[int, int]]


@lru_cache(maxsize=CACHE)
def _parted(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The content lemmas of a sentence that someone in it says, and those that it states."""
    spans = said_spans(text)
    said: set[str] = set()
    stated: set[str] = set()
    for t in tokens(text):
        if t.is_content:
            (said if _within(t.start, spans) else stated).add(t.lemma)
    return frozenset(said), frozenset(stated)


def _within(at: int, spans: Spans) -> bool:
    return any(a <= at < b for a, b in spans)


def _lemmas(text: str, spans: Spans) -> frozenset[str]:
    return frozenset(t.lemma for t in tokens(text) if t.is_content and _within(t.start, spans))


def unattributed(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """What a sentence states as fact and its evidence has only as someone's claim.

    evidence: single sentences. Two ways: a sentence without any attribution of which six content
    words in ten are found, and most of them only in claims; and an event of which every match in
    the evidence stands in a claim. What a person says of himself may be stated of him.
    """
    if not any(said_spans(text) for text in evidence):
        return
    spans = said_spans(sentence)
    known = known_names((sentence, *evidence))
    subjects = [
        n.parts
        for n in names(sentence, known)
        if n.start == 0 and not n.text.endswith(("'s", "’s"))
    ]
    if not claims(sentence) and not any(len(q.text.split()) > 2 for q in quotes(sentence)):
        flat = _parted(sentence)[1]
        best = max(evidence, key=lambda text: len(_parted(text)[0] & flat))
        said = _parted(best)[0] & flat
        stated = frozenset().union(*(_parted(text)[1] for text in evidence))
        if (
            len(flat) >= 2
            and len(said) >= 0.6 * len(flat)
            and len(said - stated) >= 0.6 * len(flat)
        ) and not _of_himself(best, subjects[:1], known):
            yield "stated as fact"
            return
    words = tokens(sentence)
    for event, near in matching(sentence, evidence):
        token = words[event.index]
        if token.lemma in SAYING or _within(token.start, spans) or len(event.words) < 2:
            continue
        if not event.finite:
            continue
        if all(_within(tokens(t)[o.index].start, said_spans(t)) for o, t in near):
            share = max(len(event.words & (_parted(t)[0])) for _, t in near)
            if share >= max(2, 0.6 * len(event.words)) and not any(
                _of_himself(t, event.subject.heads or event.object.heads, known) for _, t in near
            ):
                yield token.text
                return


def _of_himself(text: str, heads: Sequence[tuple[str, ...]], known: frozenset[str]) -> bool:
    """Whether a claim's speaker is the one it is told of."""
    speakers = [n for c in claims(text) for n in _speaker(text, c, known)[-1:]]
    return any(may_be_one(h, s) for h in heads for s in speakers)


def misattributed_claims(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The speakers of a sentence whose claim the evidence gives to others.

    A claim of two content words or more is held against the evidence's claims that share half of
    them; speakers that no person's or body's name tells apart, and pronouns, may be anyone.
    """
    own = [c for c in claims(sentence) if c.speaker is not None]
    if not own:
        return
    theirs = [(text, c) for text in evidence for c in claims(text) if c.speaker]
    known = known_names((sentence, *evidence))
    for claim in own:
        said = _lemmas(sentence, claim.claim)
        speaker = _speaker(sentence, claim, known)
        if not speaker or len(said) < 2:
            continue
        scored = [(len(said & _lemmas(text, c.claim)), text, c) for text, c in theirs]
        best = max((n for n, *_ in scored), default=0)
        if best < max(2, 0.5 * len(said)):
            continue
        close = [(text, _speaker(text, c, known)) for n, text, c in scored if n >= 0.6 * best]
        if all(
            their
            and not any(may_be_one(s, t) for s in speaker for t in their)
            and not _elsewhere(speaker, text, known)
            for text, their in close
        ):
            yield sentence[slice(*claim.speaker)] if claim.speaker else ""


def _elsewhere(speaker: Sequence[tuple[str, ...]], text: str, known: frozenset[str]) -> bool:
    """Whether the sentence that holds the claim names the speaker too, in whatever place."""
    spans = [c.speaker for c in claims(text) if c.speaker]
    return any(
        may_be_one(s, n.parts)
        for s in speaker
        for n in names(text, known)
        if any(a <= n.start < b for a, b in spans)
    )


def _speaker(text: str, claim: Claim, known: frozenset[str]) -> list[tuple[str, ...]]:
    """The names that tell a speaker apart; none for a pronoun or a description."""
    if claim.speaker is None:
        return []
    phrase = text[slice(*claim.speaker)]
    if is_pronoun(phrase):
        return []
    last = tokens(phrase)[-1]
    if last.text.islower():
        return []
    found = names(f"so {phrase}", known)
    if any(n.text.endswith(("'s", "’s", "s'", "s’")) for n in found) or " of " in phrase:
        return []
    return [n.parts for n in found if not stands_for_others(n.parts)]
