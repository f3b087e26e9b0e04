"""What somebody is, and where from: not what a source says of another beside them.

Reads appositions, "is a …" and phrases on a noun; who does what to whom is for the reader.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from summarizer.nlp import Parsed
from summarizer.nlp.clauses import RELATIVES, SUBJECTS, children
from summarizer.types import Finding


class _Said(NamedTuple):
    """That `what` is said of `of`, both tokens; link: the preposition, or "" where they are one."""

    of: int
    what: int
    link: str


def attributes(sentence: Parsed, sources: Sequence[Parsed]) -> Iterator[Finding]:
    """What a source says of another, and no source of this one ("attributes.another").

    Only where that source says something else of this one. For names and what their bearers are
    that is enough; of others the sentence must speak of both.
    """
    own = list(_said(sentence))
    known = [(source, list(_said(source))) for source in sources]
    for one in own:
        alike = [
            (source, found, other)
            for source, found in known
            for other in found
            if _same(sentence, one.what, source, other.what)
        ]
        if any(_same(sentence, one.of, source, other.of) for source, _, other in alike):
            continue
        for source, found, other in alike:
            if other.link == one.link and _swapped(sentence, one, own, source, other, found):
                token, whose = sentence.tokens[one.what], source.cut([other.of])
                told = f"“{token.text}” is said of “{whose}” in the sources."
                yield Finding("attributes.another", "role", token.start, token.end, told)
                break


def _swapped(
    sentence: Parsed,
    one: _Said,
    own: Sequence[_Said],
    source: Parsed,
    other: _Said,
    found: Sequence[_Said],
) -> bool:
    """Whether two change places: what is said of the one here is said there of the other."""
    if any(
        _same(sentence, one.what, source, s.of) and _same(sentence, one.of, source, s.what)
        for s in found
    ):
        return True  # "Orr, a branch of Lund" for "Lund, a branch of Orr"
    named = sentence.tokens[one.of].pos == source.tokens[other.of].pos == "PROPN"
    return (
        (named and not one.link)
        or any(s.link == one.link and _same(sentence, s.of, source, other.of) for s in own)
    ) and any(s.link == one.link and _same(sentence, one.of, source, s.of) for s in found)


def _same(a: Parsed, i: int, b: Parsed, j: int) -> bool:
    one, other = a.tokens[i], b.tokens[j]
    return one.lemma == other.lemma or one.lower == other.lower


def _said(parsed: Parsed) -> Iterator[_Said]:
    tokens = parsed.tokens
    for i, token in enumerate(tokens):
        above = token.head
        if token.dep == "pobj" and token.pos == "PROPN":
            if tokens[tokens[above].head].pos in ("NOUN", "PROPN"):
                yield _Said(tokens[above].head, i, tokens[above].lower)
        elif token.pos not in ("NOUN", "NUM"):
            continue
        elif token.dep == "appos":
            while tokens[above].dep == "appos":
                above = tokens[above].head
            yield _Said(above, i, "")
        elif token.dep == "compound" and tokens[above].pos == "PROPN":
            yield _Said(above, i, "")
        elif token.dep == "attr" and not children(parsed, above, "neg"):
            for subject in children(parsed, above, *SUBJECTS):
                relative = tokens[subject].tag in RELATIVES and tokens[above].dep == "relcl"
                yield _Said(tokens[above].head if relative else subject, i, "")
