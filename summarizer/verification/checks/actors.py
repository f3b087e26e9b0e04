"""Who acts: a noun that the sources have beside the one that acts does not act itself.

Everything else that is wrong with a role is for the reader and for `exchanged`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.nlp import Parsed
from summarizer.nlp.lexicons.lists import word_list
from summarizer.types import Finding

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_PARTS = frozenset({"of", "like", "including"})
"""Words behind which the one who acts may stand: "thousands of people", "members of the board"."""


def actors(sentence: Parsed, sources: Sequence[Parsed]) -> Iterator[Finding]:
    """The first subject that is only beside the sources' subject of its verb ("actors.beside").

    "The port began a strike" beside "tug crews at the port began a strike". Who speaks for whom is
    for the names; a verb of saying accuses nobody.
    """
    for verb, noun in _acting(sentence):
        token = sentence.tokens[noun]
        held = [
            (source, other)
            for source in sources
            for at, other in _acting(source)
            if source.tokens[at].lemma == sentence.tokens[verb].lemma
            and source.tokens[other].dep == token.dep
        ]
        if any(token.lemma in _heads(source, other) for source, other in held):
            continue
        beside = next((s.tokens[o].text for s, o in held if token.lemma in _beside(s, o)), None)
        if beside is not None:
            told = f"The sources say “{sentence.tokens[verb].text}” of “{beside}”."
            yield Finding("actors.beside", "role", token.start, token.end, told)
            return


def _acting(parsed: Parsed) -> list[tuple[int, int]]:
    """The verbs with a noun for their subject, verbs of saying left out: (verb, subject)."""
    return [
        (token.head, i)
        for i, token in enumerate(parsed.tokens)
        if token.dep in _SUBJECTS
        and token.pos in _NOUNS
        and parsed.tokens[token.head].pos == "VERB"
        and parsed.tokens[token.head].lemma not in word_list("reporting_verbs")
    ]


def _heads(parsed: Parsed, noun: int) -> set[str]:
    """The lemmas of a subject and of what is joined to it, part of it, or its name."""
    found, left = set[str](), [noun]
    while left:
        at = left.pop()
        found.add(parsed.tokens[at].lemma)
        for child in parsed.children[at]:
            dep = parsed.tokens[child].dep
            if dep in ("conj", "appos", "compound", "nmod"):
                left.append(child)
            elif dep == "prep" and parsed.tokens[child].lower in _PARTS:
                left += [c for c in parsed.children[child] if parsed.tokens[c].dep == "pobj"]
    return found


def _beside(parsed: Parsed, noun: int) -> set[str]:
    """The lemmas of nouns in phrases of place and the like that hang on a subject."""
    return {
        parsed.tokens[c].lemma
        for child in parsed.children[noun]
        if parsed.tokens[child].dep == "prep" and parsed.tokens[child].lower not in _PARTS
        for c in parsed.children[child]
        if parsed.tokens[c].dep == "pobj"
    }
