"""Who did what to whom: the events of a sentence held against those of its evidence.

How events are read is for events; whether a name stands in the evidence at all is for names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from summarizer.facts.events import Event, Party, events
from summarizer.facts.names import HONORIFICS, TITLES, known_names, names
from summarizer.facts.places import ALIASES, PLACES
from summarizer.facts.text import Token, content, lemma, tokens
from summarizer.facts.verbs import PREPOSITIONS
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
_EMPTY_VERBS = frozenset("be have do get go come".split())
_SAYING = frozenset("say tell announce add state declare".split())
_MUTUAL = frozenset(
    """meet marry divorce join match agree talk collide clash differ compete play date face fight
    draw join split know share discuss negotiate""".split()
)
_BODIES = frozenset(
    """house congress senate pentagon kremlin government administration court party union
    council team police army department ministry committee commission""".split()
)
_GROUPS = frozenset("alliance front movement federation league coalition".split())
"""Bodies that act by themselves, beside persons and other bodies."""
_PLACE_NAMES = frozenset(PLACES.values()) | frozenset(ALIASES.values())
_NO_PERSON = frozenset(HONORIFICS) | frozenset(TITLES.values())


def _verb(event: Event) -> str:
    if event.passive and event.verb == "tell":
        return "be told"
    return _CLASS.get(event.verb, event.verb)


def _proper(parts: Sequence[str]) -> frozenset[str]:
    return frozenset(p for p in parts if p not in _NO_PERSON and len(p) > 1) or frozenset(parts)


def _initials(parts: Sequence[str]) -> str:
    return "".join(p[0] for p in parts if p)


@lru_cache(maxsize=1 << 14)
def may_be_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be one: a shared part, or one is the other's initials."""
    if set(one) <= _NO_PERSON or set(other) <= _NO_PERSON:
        return True
    if {lemma(p) for p in _proper(one)} & {lemma(p) for p in _proper(other)}:
        return True
    return _initials(one) in other or _initials(other) in one


def stands_for_others(parts: tuple[str, ...]) -> bool:
    """Whether a name is of a country, a place or a body, which stand for those who act for them."""
    return any(p in _PLACE_NAMES or p in _BODIES for p in parts)


def _comparable(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return stands_for_others(one) == stands_for_others(other) or any(
        p in _GROUPS for p in (*one, *other)
    )


def _holds(name: tuple[str, ...], party: Party) -> bool:
    return any(may_be_one(name, head) for head in party.heads) or bool(
        {lemma(p) for p in _proper(name)} & {lemma(p) for p in party.related}
    )


def misattributed(sentence: str, evidence: Sequence[str]) -> Iterator[tuple[Problem, str]]:
    """The events of a sentence whose doer or object the evidence gives otherwise.

    evidence: single sentences. An event is held against the evidence's events of the same verb
    whose sentence has at least half of the event's other words. It is objected to where every one
    of those names someone else ("name"), or has the two sides exchanged or one name too few
    ("role"). An evidence party that no name heads (a pronoun, "the company") may be anyone.
    """
    for event, near in matching(sentence, evidence):
        if _sides_exchanged(event, near, tokens(sentence)):
            yield "role", event.verb
        elif event.subject.related or event.object.related or event.oblique:
            yield from _compare(event, near)


def matching(
    sentence: str, evidence: Sequence[str]
) -> Iterator[tuple[Event, list[tuple[Event, str]]]]:
    """The events of a sentence, each with those of the evidence that tell of the same thing.

    Those are events of the same verb whose sentence has at least half of its other words; each is
    given with its sentence. Events with none, and of verbs that say little, are left out.
    """
    known = known_names((sentence, *evidence))
    mine = events(sentence, known)
    if not mine:
        return
    theirs: dict[str, list[tuple[Event, str]]] = {}
    for text in evidence:
        for other in events(text, known):
            theirs.setdefault(_verb(other), []).append((other, text))
    for event in mine:
        if event.verb in _EMPTY_VERBS:
            continue
        near = [(o, text) for o, text in theirs.get(_verb(event), ()) if _shares(event, o, text)]
        if near:
            yield event, near


def agreeable(event: Event, other: Event) -> bool:
    """Whether two events may have the same doer and object: no named one differs."""
    return all(
        not (a.known and b.known)
        or any(may_be_one(x, y) or not _comparable(x, y) for x in a.heads for y in b.heads)
        for a, b in ((event.subject, other.subject), (event.object, other.object))
    )


def _shares(event: Event, other: Event, text: str) -> bool:
    if _verb(event) in _SAYING and not event.passive:
        return len(event.words & other.words) >= max(2, 0.6 * len(event.words))
    if not event.words or (other.denied and other.words == {"anything"}):
        return True
    shared = len(event.words & (content(text) | other.words))
    same = any(may_be_one(a, b) for a in event.subject.heads for b in other.subject.heads)
    return shared >= (0.3 if same else 0.5) * len(event.words)


def _compare(event: Event, near: Sequence[tuple[Event, str]]) -> Iterator[tuple[Problem, str]]:
    others = [other for other, _ in near]
    if event.verb not in _MUTUAL and _exchanged(event, others):
        yield "role", event.verb
        return
    yield from _subject(event, others, [text for _, text in near])
    yield from _object(event, others)
    yield from _place(event, others)


def _far(event: Event) -> frozenset[str]:
    """The parts of the names on the side of a verb that does not act."""
    return event.object.related.union(*(parts for _, parts in event.oblique))


def _exchanged(event: Event, others: Sequence[Event]) -> bool:
    """Whether the names of both sides stand exchanged in some event, and in none as they are."""
    near, far = event.subject.related, _far(event)
    if not near or not far:
        return False
    near, far = near - far, far - near
    crossed = False
    for other in others:
        their_near, their_far = other.subject.related, _far(other)
        if near & their_near or far & (their_far - their_near):
            return False
        crossed |= bool(near & their_far and far & their_near)
    return crossed


def _sides_exchanged(
    event: Event, near: Sequence[tuple[Event, str]], words: Sequence[Token]
) -> bool:
    """Whether doer and thing done stand exchanged in some event of the evidence, named or not.

    All words of the doer must be on the other side there and none on its own; no event may have
    them as they are. "A driver killed in the crash" is no doer.
    """
    behind = words[event.index + 1].lower if event.index + 1 < len(words) else "in"
    if event.verb in _MUTUAL or not event.near or not event.far:
        return False
    if not event.passive and (behind in PREPOSITIONS or not behind[0].isalnum()):
        return False
    # Of "Governor Walt Brennan" the office, against "the governor's order".
    doer = frozenset(w for w in event.near if w not in event.subject.related or w in _NO_PERSON)
    doer = doer or event.near
    crossed = False
    for other, _ in near:
        if event.near & other.near:
            return False
        crossed |= doer <= other.far and bool(other.near & event.far - event.near)
    return crossed


def _stands_in(name: tuple[str, ...], text: str) -> bool:
    """Whether a sentence names somebody, in whatever place."""
    return any(may_be_one(name, n.parts) for n in names(text))


def _subject(
    event: Event, others: Sequence[Event], texts: Sequence[str]
) -> Iterator[tuple[Problem, str]]:
    merged = len(event.subject.heads) > 1
    for name in event.subject.heads:
        if any(_holds(name, o.subject) for o in others):
            continue
        turned = any(_holds(name, o.object) for o in others)
        if event.verb in _MUTUAL and (turned or any(_stands_in(name, t) for t in texts)):
            continue
        headline = any(o.passive and not event.passive and not event.object.related for o in others)
        if turned and not headline:
            yield "role", f"{' '.join(name)} {event.verb}"
            return
        named = [o for o in others if o.subject.known or (merged and o.subject.related)]
        if len(named) == len(others) and (
            merged or all(any(_comparable(name, h) for h in o.subject.heads) for o in others)
        ):
            yield ("role" if merged else "name"), f"{' '.join(name)} {event.verb}"
            return
    mine = event.subject
    if not mine.known and mine.noun and mine.related and not event.passive and all(
        not o.subject.known and o.subject.noun == mine.noun
        and o.subject.related and not o.subject.related & mine.related
        for o in others
    ):  # fmt: skip
        yield "name", f"{mine.noun} of {' '.join(sorted(mine.related))}"


def _object(event: Event, others: Sequence[Event]) -> Iterator[tuple[Problem, str]]:
    for name in event.object.heads:
        if any(_holds(name, o.object) for o in others):
            continue
        turned = any(may_be_one(name, h) for o in others for h in o.subject.heads)
        if turned and event.verb in _MUTUAL:
            continue
        if turned:
            yield "role", f"{event.verb} {' '.join(name)}"
            return
        if all(
            o.object.known and any(_comparable(name, h) for h in o.object.heads) for o in others
        ):
            yield "name", f"{event.verb} {' '.join(name)}"
            return


def _place(event: Event, others: Sequence[Event]) -> Iterator[tuple[Problem, str]]:
    """A name behind a preposition where every event has another name behind the same one."""
    for preposition, parts in event.oblique:
        if preposition not in ("in", "at", "near", "to", "from", "of"):
            continue
        theirs = [[p for how, p in o.oblique if how == preposition] for o in others]
        known = any(parts & (o.subject.related | _far(o)) for o in others)
        if not known and all(len(p) == 1 for p in theirs):
            yield "name", f"{event.verb} {preposition} {' '.join(sorted(parts))}"
            return
