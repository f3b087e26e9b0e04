"""Opposite claims: what one sentence states, another denies, or says by the opposite word.

Negation, modality and reported denials are read in `nlp.frames`; here two clauses are compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

from summarizer.disagreements import dates
from summarizer.disagreements.statements import (
    Point,
    Reading,
    Word,
    alike,
    clash,
    meets,
    named_apart,
    opposed,
    opposite,
    overlap,
    shared,
)
from summarizer.nlp.clauses import children
from summarizer.nlp.frames import Frame
from summarizer.nlp.lexicons.lists import word_list

_OPEN = frozenset({"possible", "conditional", "attempt", "obligation"})
_POS = {"AUX": "VERB", "PROPN": "NOUN"}


@dataclass(frozen=True, slots=True)
class Stated:
    """What a clause states or denies: its predicate, and the words of its participants.

    who: of the agent, or what is said to be so. rest: of the whole clause without the predicate.
    """

    frame: Frame
    said: Word
    who: frozenset[Word]
    rest: frozenset[Word]


def points(reading: Reading) -> Iterator[Point[Stated]]:
    """The clauses of a sentence that may be denied elsewhere, or said by their opposite."""
    tokens = reading.parsed.tokens
    said = {r.verb for r in reading.reports}
    denying = {f.denied_by for f in reading.frames if f.denied_by is not None}
    reporting = said | {i for i in denying if tokens[i].lemma in word_list("denial_verbs")}
    for frame in reading.frames:
        i = frame.predicate
        if frame.modal in _OPEN or frame.condition or i in reading.quoted or i in reporting:
            continue
        if _untold(reading, frame, said):
            continue
        predicate = tokens[i]
        word = _said(reading, frame)
        if word is None:
            continue
        rest = reading.clause(i) - {word, (predicate.lemma, word[1])}
        who = frozenset().union(
            *(reading.words(a.tokens) for a in frame.arguments if a.role in ("agent", "patient"))
        )
        stated = Stated(frame, word, who - {word}, rest)
        yield Point(reading, i, i + 1, i, (word[0], frame.negated), ("said",), stated)


def _untold(reading: Reading, frame: Frame, said: Set[int]) -> bool:
    """Whether nobody says that it is so or not so: "did not deny that", "no reports that".

    said: the verbs by which the sentence reports somebody to say something. Nor is it told where
    somebody denies it in a way that the parse does not show.
    """
    by, i = frame.denied_by, frame.predicate
    if by is not None:
        return bool(children(reading.parsed, by, "neg")) and reading.parsed.tokens[by].pos != "AUX"
    above = reading.frame(frame.reported_by) if frame.reported_by is not None else None
    if frame.reported_by is not None and (frame.reported_by not in said or above is None):
        return frame.reported_by not in said
    return (above is not None and above is not frame and above.negated) or any(
        i in r.content and r.lemma in word_list("denial_verbs") for r in reading.reports
    )


def _said(reading: Reading, frame: Frame) -> Word | None:
    """The word that is said to be so or not so: of "was safe" the adjective, else the verb."""
    tokens = reading.parsed.tokens
    token = tokens[frame.predicate]
    if token.lemma == "be":
        for c in reading.parsed.children[frame.predicate]:
            if tokens[c].dep in ("acomp", "attr") and tokens[c].pos in ("ADJ", "NOUN"):
                return tokens[c].lemma, tokens[c].pos
        return ("be", "VERB")
    return frame.lemma, _POS.get(token.pos, token.pos)


def same_thing(one: Point[Stated], other: Point[Stated], near: float) -> bool:
    """Whether two clauses are of one thing, whatever they say of it."""
    x, y = one.detail, other.detail
    if (x.frame.modal == "future") != (y.frame.modal == "future"):
        return False
    if not alike(x.rest, y.rest, near) or overlap(x.rest, y.rest) < 0.6:
        return False
    if x.who and y.who and not shared(x.who, y.who):
        return False
    a, b = one.reading, other.reading
    if clash(one, other) or dates.apart(one, other):
        return False
    if named_apart(a.others(one.at), b.others(other.at), a, b):
        return False
    # Of a verb alone ("received", in an admission that nothing was) nobody learns what differs.
    return not opposed(x.rest, y.rest) and all(" " in worded(p) for p in (one, other))


def exclude(one: Point[Stated], other: Point[Stated]) -> bool:
    """Whether one denies what the other states: by a negation or by the opposite word."""
    x, y = one.detail, other.detail
    if x.frame.negated != y.frame.negated:
        return meets(x.said, y.said) and not _again(one, other) and not _again(other, one)
    forms = (one.wording.lower(), "ADJ"), (other.wording.lower(), "ADJ")  # "armed", "unarmed"
    return opposite(x.said, y.said) or opposite(*forms)


def _again(one: Point[Stated], other: Point[Stated]) -> bool:
    """Whether the other sentence has a clause that says of the same word what the first says."""
    x = one.detail
    return any(
        p.detail.frame.negated == x.frame.negated and meets(p.detail.said, x.said)
        for p in points(other.reading)
    )


def about(one: Point[Stated], other: Point[Stated]) -> str:
    """What is stated and denied: "whether police have ruled out arson"."""
    x, y = one.detail, other.detail
    stated = other if x.frame.negated else one
    if words := stated.reading.core(stated.detail.frame, inside=True):
        return f"whether {words}"
    both = one.reading.nouns(shared(x.rest, y.rest))
    return f"what is said of {both}" if both else x.said[0].replace("_", " ")


def worded(point: Point[Stated]) -> str:
    """What one side says, so that it is understood alone: "Police have not ruled out arson".

    What is denied is told with its denial: "Lee denied that police had ruled out arson".
    """
    frame, tokens = point.detail.frame, point.reading.parsed.tokens
    by = frame.denied_by
    denial = point.reading.frame(by) if by is not None else None
    if words := point.reading.core(frame if denial is None else denial,
                                   holding=None if denial is None else point.at):  # fmt: skip
        return f"{words[:1].upper()}{words[1:]}"
    beside = (i for i in point.reading.parsed.children[point.at]
              if tokens[i].dep in ("aux", "auxpass", "neg", "prt"))  # fmt: skip
    return point.reading.parsed.cut(sorted({*beside, point.at}))
