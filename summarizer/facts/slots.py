"""Names put in another's place: the same words on both sides, and a different name between them.

Works without verbs, where events see nothing: lists, titles, appositions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.facts.names import TITLES, known_names, names, relevant, root
from summarizer.facts.roles import may_be_one
from summarizer.facts.text import CACHE, tokens

_OFFICES = frozenset(TITLES.values())


@dataclass(frozen=True, slots=True)
class Slot:
    """A name with the two content lemmas before it and the two behind it in its sentence."""

    parts: tuple[str, ...]
    left: tuple[str, ...]
    right: tuple[str, ...]


def slots(text: str, known: frozenset[str]) -> tuple[Slot, ...]:
    """The names of one sentence with what stands beside them; "" marks the sentence's ends."""
    return _slots(text, relevant(text, known))


@lru_cache(maxsize=CACHE)
def _slots(text: str, known: frozenset[str]) -> tuple[Slot, ...]:
    found = names(text, known)
    if not found:
        return ()
    words = [t for t in tokens(text) if t.is_content]
    out: list[Slot] = []
    for name in found:
        left = ["", *(t.lemma for t in words if t.end <= name.start)][-2:]
        right = [*(t.lemma for t in words if t.start >= name.end), ""][:2]
        out.append(Slot(name.parts, tuple(left), tuple(right)))
    return tuple(out)


def replaced(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The names of a sentence in whose place the evidence has another.

    Three of the four neighbours must agree, the nearest of both sides among them, and the
    sentence's own name must stand by neither of these anywhere in the evidence.
    """
    known = known_names((sentence, *evidence))
    mine = slots(sentence, known)
    if not mine:
        return
    theirs = [slot for text in evidence for slot in slots(text, known)]
    for own in mine:
        if not own.left[-1]:
            continue  # A subject that opens the sentence is for roles.
        rivals = []
        for other in theirs:
            near = (own.left[-1] == other.left[-1], own.right[0] == other.right[0])
            if may_be_one(own.parts, other.parts):
                if any(near):
                    break
                continue
            same = sum(a == b for a, b in zip(own.left[::-1], other.left[::-1], strict=False))
            same += sum(a == b for a, b in zip(own.right, other.right, strict=False))
            if all(near) and same >= 3 and not any(may_be_one(other.parts, m.parts) for m in mine):
                rivals.append(other)
        else:
            if rivals:
                yield f"{' '.join(own.parts)} for {' '.join(rivals[0].parts)}"


def borrowed_titles(sentence: str, evidence: Sequence[str]) -> Iterator[str]:
    """The names of a sentence with an office that the evidence gives to others alone.

    A sentence of the evidence that has the person and the office, however far apart, carries it.
    """
    known = known_names((sentence, *evidence))
    for name in names(sentence, known):
        offices = [p for p in name.parts if p in _OFFICES]
        person = tuple(p for p in name.parts if p not in _OFFICES)
        if not offices or len(person) < 2:
            continue
        holders = False
        for text in evidence:
            found = names(text, known)
            told = {root(t.text) for t in tokens(text)}
            if offices[0] in told and any(may_be_one(person, n.parts) for n in found):
                break
            holders |= any(
                offices[0] in n.parts and len(n.parts) > 1 and not may_be_one(person, n.parts)
                for n in found
            )
        else:
            if holders:
                yield name.text
