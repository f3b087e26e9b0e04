"""Who did what to whom: the events of a sentence held against those of its evidence.

How events are read is for events; whether a name stands in the evidence at all is for names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.facts.events import Event, Party, events
from summarizer.facts.names import HONORIFICS, TITLES, known_names
from summarizer.facts.places import ALIASES, PLACES
from summarizer.facts.text import content, lemma
from summarizer.story import Problem

_SAME = """
say tell announce add state declare
win defeat beat
buy acquire purchase
kill murder
fire dismiss sack
back support endorse
oppose reject
hit strike
die perish
resign quit
begin start
arrest detain
pass approve
""".strip()
_CLASS = {w: line.split()[0] for line in _SAME.splitlines() for w in line.split()}
_EMPTY_VERBS = frozenset("be have do make take get go come see give use include need want".split())
_SAYING = frozenset("say tell announce add state declare".split())
_MUTUAL = frozenset(
    """meet marry divorce join match agree talk collide clash differ compete play date face fight
    beat draw join split know share discuss negotiate""".split()
)
_BODIES = frozenset(
    """white house congress senate pentagon kremlin government administration court party union
    council team police army department ministry committee commission""".split()
)
_PLACE_NAMES = frozenset(PLACES.values()) | frozenset(ALIASES.values())
_NO_PERSON = frozenset(HONORIFICS) | frozenset(TITLES.values())


def _verb(event: Event) -> str:
    return _CLASS.get(event.verb, event.verb)


def _proper(parts: Sequence[str]) -> frozenset[str]:
    return frozenset(p for p in parts if p not in _NO_PERSON and len(p) > 1) or frozenset(parts)


def _initials(parts: Sequence[str]) -> str:
    return "".join(p[0] for p in parts if p)


@lru_cache(maxsize=1 << 14)
def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be one: a shared part, or one is the other's initials."""
    if {lemma(p) for p in _proper(one)} & {lemma(p) for p in _proper(other)}:
        return True
    return _initials(one) in other or _initials(other) in one


def _vague(parts: tuple[str, ...]) -> bool:
    """Whether a name is of a country, a place or a body, which stand for those who act for them."""
    return any(p in _PLACE_NAMES or p in _BODIES for p in parts)


def _comparable(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return _vague(one) == _vague(other)


def _holds(name: tuple[str, ...], party: Party) -> bool:
    return any(_same(name, head) for head in party.heads) or bool(
        {lemma(p) for p in _proper(name)} & {lemma(p) for p in party.related}
    )


def misattributed(sentence: str, evidence: Sequence[str]) -> Iterator[tuple[Problem, str]]:
    """The events of a sentence whose doer or object the evidence gives otherwise.

    evidence: single sentences. An event is held against the evidence's events of the same verb
    whose sentence has at least half of the event's other words. It is objected to where every one
    of those names someone else ("name"), or has the two sides exchanged or one name too few
    ("role"). An evidence party that no name heads (a pronoun, "the company") may be anyone.
    """
    known = known_names((sentence, *evidence))
    mine = events(sentence, known)
    if not any(e.subject.known or e.object.known for e in mine):
        return
    theirs = [(e, text) for text in evidence for e in events(text, known)]
    for event in mine:
        if event.verb in _EMPTY_VERBS:
            continue
        near = [
            (other, text)
            for other, text in theirs
            if _verb(other) == _verb(event) and _shares(event, other, text)
        ]
        if near:
            yield from _compare(event, near)


def _shares(event: Event, other: Event, text: str) -> bool:
    if _verb(event) in _SAYING:
        return len(event.words & other.words) >= max(2, 0.6 * len(event.words))
    if not event.words:
        return True
    return len(event.words & (content(text) | other.words)) >= 0.5 * len(event.words)


def _compare(event: Event, near: Sequence[tuple[Event, str]]) -> Iterator[tuple[Problem, str]]:
    others = [other for other, _ in near]
    for name in event.subject.heads:
        if any(_holds(name, o.subject) for o in others):
            continue
        if event.verb not in _MUTUAL and any(_holds(name, o.object) for o in others):
            if not any(_holds(name, o.subject) for o in others):
                yield "role", f"{' '.join(name)} {event.verb}"
                return
        if all(o.subject.known and any(_comparable(name, h) for h in o.subject.heads) for o in others):
            merged = len(event.subject.heads) > 1
            yield ("role" if merged else "name"), f"{' '.join(name)} {event.verb}"
            return
    for name in event.object.heads:
        if any(_holds(name, o.object) for o in others):
            continue
        if event.verb not in _MUTUAL and any(
            o.subject.known and any(_same(name, h) for h in o.subject.heads) for o in others
        ):
            yield "role", f"{event.verb} {' '.join(name)}"
            return
        if all(o.object.known and any(_comparable(name, h) for h in o.object.heads) for o in others):
            yield "name", f"{event.verb} {' '.join(name)}"
            return
