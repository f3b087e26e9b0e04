"""Whether a sentence reports that somebody holds something not to be so.

What is denied, and whether it is what another sentence says, is not read here.
"""

from __future__ import annotations

from collections.abc import Collection

from summarizer.nlp.clauses import SUBJECTS, children, denial
from summarizer.nlp.frames import frames
from summarizer.nlp.lexicons.lists import word_list
from summarizer.nlp.parse import Parsed
from summarizer.nlp.reported_speech import reported_speech

_NO_SIDE = frozenset({"DATE", "TIME", "GPE", "LOC", "FAC"})
"""Kinds of names that stand for no side that speaks."""


def denies(parsed: Parsed) -> bool:
    """Whether somebody denies something: "rejected the claim", "called it baseless", "no truth"."""
    if any(report.denied for report in reported_speech(parsed)):
        return True
    return any(
        _disputes(parsed, i)
        or _untrue(parsed, i)
        or (token.dep in ("ccomp", "acl") and denial(parsed, i) is not None)
        for i, token in enumerate(parsed.tokens)
    )


def negated(parsed: Parsed) -> frozenset[str]:
    """The lemmas of what a speaker says did not happen: "said it had not released any acid"."""
    tokens = parsed.tokens
    said = {i for report in reported_speech(parsed) if report.speaker for i in report.content}
    return frozenset(
        tokens[f.predicate].lemma
        for f in frames(parsed)
        if f.negated and not f.modal and f.predicate in said
    )


def accused(parsed: Parsed) -> frozenset[str]:
    """The names, in lower case, of whom somebody else says something: the words of each.

    Of "The union said that Norlanda broke a law" it is "norlanda".
    """
    speakers, content = set[int](), set[int]()
    for report in reported_speech(parsed):
        if report.speaker:
            speakers.update(report.speaker)
            content.update(report.content)
    return _names(parsed, content) - _names(parsed, speakers)


def speaking(parsed: Parsed) -> frozenset[str]:
    """The words, in lower case, of the names of who speaks, and of whom they speak for."""
    speakers = {i for report in reported_speech(parsed) for i in report.speaker}
    return _names(parsed, speakers)


def _names(parsed: Parsed, at: Collection[int]) -> frozenset[str]:
    tokens = (parsed.tokens[i] for i in at)
    return frozenset(t.lower for t in tokens if t.pos == "PROPN" and t.entity not in _NO_SIDE)


def _disputes(parsed: Parsed, i: int) -> bool:
    """Whether a token is a finite verb of disputing with a subject: "contradicted the group"."""
    particles = (parsed.tokens[c].lower for c in children(parsed, i, "prt", "advmod"))
    lemmas = {parsed.tokens[i].lemma, *(f"{parsed.tokens[i].lemma}_{p}" for p in particles)}
    subject = children(parsed, i, *SUBJECTS)
    return bool(subject) and not lemmas.isdisjoint(word_list("disputing_verbs"))


def _untrue(parsed: Parsed, i: int) -> bool:
    """Whether a token calls something untrue: "baseless", the "true" of "not true", "no truth"."""
    token, tokens = parsed.tokens[i], parsed.tokens
    if token.lemma in word_list("denial_adjectives"):
        return token.dep in ("acomp", "oprd", "ccomp") or tokens[token.head].lower == "as"
    if token.lemma == "true":
        return token.dep == "acomp" and bool(children(parsed, token.head, "neg"))
    beside = (tokens[c].lower for c in parsed.children[i])
    return token.lemma == "truth" and any(word in ("no", "any") for word in beside)
