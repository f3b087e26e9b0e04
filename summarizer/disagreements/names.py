"""Names in one role: "mayor X" against "the mayor, Y", "scored by X" against "scored by Y".

Only roles that one person holds count; who a spokesman is differs from sentence to sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.disagreements.counts import series
from summarizer.disagreements.statements import (
    Point,
    Reading,
    Word,
    alike,
    cues,
    one_form,
    opposed,
    overlap,
    shared,
)
from summarizer.nlp.entities import Name, relation

_SLOTS = frozenset({"by", "from", "to", "in", "at", "near", "off", "outside", "between"})


@dataclass(frozen=True, slots=True)
class Held:
    """A name in a role ("mayor"), or in a slot of a clause ("score by").

    field: names and nouns that say whose or what role it is: "housing" minister, mayor of
    "neustadt". rest: content words of the clause without the name and its title.
    """

    name: Name
    role: str
    slot: str
    field: frozenset[str]
    rest: frozenset[Word]


def points(reading: Reading) -> Iterator[Point[Held]]:
    """The names of a sentence that stand in a role or a slot."""
    for name in reading.names:
        at = name.last - 1
        own = set(range(name.first, name.last))
        noun, role = _role(reading, name)
        if role:
            own.add(noun)
            held = Held(name, role, "", _field(reading, name, noun), _rest(reading, at, own))
            yield Point(reading, name.first, name.last, at, name.words, (f"role {role}",), held)
        elif slot := _slot(reading, at):
            held = Held(name, "", slot, frozenset(), _rest(reading, at, own))
            yield Point(reading, name.first, name.last, at, name.words, (f"slot {slot}",), held)


def _rest(reading: Reading, at: int, own: set[int]) -> frozenset[Word]:
    mine = reading.words(own)
    return (reading.clause(at) or reading.content) - mine


def _role(reading: Reading, name: Name) -> tuple[int, str]:
    """The noun of the role that a name is given, and the role in one form; ("" for none)."""
    parsed, head = reading.parsed, name.last - 1
    tokens = parsed.tokens
    near = [c for c in parsed.children[head] if tokens[c].dep in ("appos", "compound", "nmod")]
    if tokens[head].dep in ("appos", "npadvmod"):
        near.append(tokens[head].head)
    if name.first > 1 and tokens[name.first - 1].text == ",":
        near.append(name.first - 2)
    if tokens[head].dep in ("pobj", "oprd", "attr"):
        verb = tokens[head].head
        if tokens[head].dep == "pobj" and tokens[verb].lower == "as":
            while tokens[verb].pos not in ("VERB", "AUX") and tokens[verb].head != verb:
                verb = tokens[verb].head
        if tokens[verb].pos in ("VERB", "AUX") and (
            verb != tokens[head].head or tokens[head].dep != "pobj"
        ):
            frame = reading.frame(verb)
            near += [a.head for a in frame.arguments if a.role != "oblique"] if frame else []
            near += [
                c for c in parsed.children[verb] if tokens[c].dep in ("nsubj", "nsubjpass", "dobj")
            ]
            # "The victim, identified as X": a participle behind its noun.
            near += [tokens[verb].head] if tokens[verb].dep in ("acl", "relcl") else []
    for i in near:
        role = one_form().get(tokens[i].lemma, tokens[i].lemma)
        if role in cues("sole_roles") and not _qualified(reading, i):
            return i, role
    noun = name.first - 1
    titled = noun >= 0 and name.title in cues("sole_roles") and name.kind == "person"
    if titled and not name.qualifier and not _qualified(reading, noun):
        return noun, one_form().get(name.title, name.title)
    return -1, ""


def _qualified(reading: Reading, noun: int) -> bool:
    """Whether a role is a former, a deputy or an acting one."""
    tokens = reading.parsed.tokens
    near = {*reading.parsed.children[noun], *range(max(0, noun - 2), noun)}  # "vice-captain"
    return any(tokens[c].lower in cues("office_qualifiers") for c in near)


def _field(reading: Reading, name: Name, noun: int) -> frozenset[str]:
    """Whose role it is, and of what: modifiers, owners and "of" phrases of noun and name."""
    parsed = reading.parsed
    tokens = parsed.tokens
    found: set[str] = set()
    for i in {noun, name.last - 1}:
        for c in parsed.children[i]:
            if tokens[c].dep in ("compound", "poss", "nmod") and tokens[c].pos in ("NOUN", "PROPN"):
                found.add(tokens[c].lemma)
            if tokens[c].lower in ("of", "for"):
                found |= {
                    tokens[k].lemma for k in parsed.subtree(c) if tokens[k].pos in ("PROPN", "NOUN")
                }
    return frozenset(found) - set(name.words) - {tokens[noun].lemma} - cues("sole_roles")


def _slot(reading: Reading, at: int) -> str:
    """Verb and preposition above a name ("go to"), or what only one does ("win")."""
    parsed = reading.parsed
    tokens = parsed.tokens
    frame = reading.frame(at)
    if frame is None:
        return ""
    head = tokens[at].head
    before = {t.lower for t in tokens[max(0, at - 4) : at]}
    if "between" in before and "and" in before:
        return f"{frame.lemma} between"
    if tokens[at].dep == "pobj" and tokens[head].lower in _SLOTS - {"between"}:
        above = tokens[tokens[head].head]
        case = tokens[head].lower
        case = "in" if case in ("near", "at", "off", "outside") and above.lemma != "take" else case
        return f"{frame.lemma} {case}" if above.pos in ("VERB", "AUX", "ADP") else ""
    if tokens[at].dep == "nsubj" and frame.lemma in cues("sole_deeds"):
        return f"{frame.lemma} who"
    return ""


def same_thing(one: Point[Held], other: Point[Held], near: float) -> bool:
    """Whether two names stand for the holder of one role. near: cosine of the sentences."""
    x, y = one.detail, other.detail
    a, b = one.reading, other.reading
    if x.role:
        if x.field and y.field:
            return bool(x.field & y.field) and near >= 0.35
        mine, yours = a.content, b.content
        return near >= 0.5 and (len(shared(x.rest, y.rest)) > 1 or overlap(mine, yours) >= 0.5)
    f, g = a.frame(one.at), b.frame(other.at)
    if f is None or g is None or f.negated != g.negated:
        return False
    return (
        alike(x.rest, y.rest, near)
        and len(shared(x.rest, y.rest)) >= 2
        and overlap(x.rest, y.rest) >= 0.6
        and not opposed(x.rest, y.rest)
        and not series(a, b)
    )


def exclude(one: Point[Held], other: Point[Held]) -> bool:
    """Whether two names cannot be one's, and neither sentence has the other's."""
    x, y = one.detail, other.detail
    return not any(relation(x.name, n) for n in other.reading.names) and not any(
        relation(y.name, n) for n in one.reading.names
    )


def about(one: Point[Held], other: Point[Held]) -> str:
    """The role, in a few words."""
    x, y = one.detail, other.detail
    if x.role:
        return " ".join([*sorted(x.field & y.field or x.field | y.field)[:2], x.role])
    both = one.reading.nouns(shared(x.rest, y.rest))
    return f"who or where ({both or x.slot})"
