"""Names in the same role: "mayor X" against "the mayor, Y", "scored by X" against "scored by Y".

Only roles that one person holds count; who a spokesman is differs from sentence to sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.compare.reading import Point, Reading, opposed, overlap
from summarizer.facts import claims
from summarizer.facts.names import HONORIFICS, TITLES, names
from summarizer.facts.polarity import is_past
from summarizer.facts.text import Token, content

_ROLES = frozenset(
    """mayor president premier chancellor governor captain pilot driver coach manager director
    chairman chairwoman chair chief executive secretary minister commander gunman shooter attacker
    suspect killer owner founder architect author winner goalkeeper principal headmaster conductor
    composer champion ceo editor head leader bishop sheriff master king queen pope ambassador
    victim skipper referee heir""".split()
)
"""Words for what one person is in a story."""

_NOT_THE = frozenset(
    "deputy vice former ex then assistant acting interim outgoing late previous new next co".split()
)
_IDENTIFIED = re.compile(
    r"(?i)\b(?P<role>\w+)\s+(?:was|has been|is|were)?\s*(?:identified|named)?\s*(?:as)\s+$"
)
_PREPOSITIONS = frozenset("from to by in near at off outside against".split())
_ONE_DOES = frozenset("win become succeed".split())
"""What only one does in a story: two names before it exclude each other."""
_BETWEEN = "between"
_PLACED = frozenset("in near at off outside".split())


@dataclass(frozen=True, slots=True)
class Held:
    """A name in a role. parts: of the name, without titles. role: None where a verb and a
    preposition before the name make the slot ("took off from"), which is then `slot`.
    field: words that say whose or what role it is ("housing" minister, mayor of "neustadt").
    """

    parts: frozenset[str]
    role: str | None
    slot: str | None
    field: frozenset[str]
    near: frozenset[str]


def points(reading: Reading) -> Iterator[Point]:
    """The names of a sentence that stand in a role or a slot."""
    titles = frozenset(TITLES.values())
    for name in names(reading.text):
        first, last = reading.token_at(name.start), reading.token_at(name.end) - 1
        held = _in_name(reading, first, last) or _beside(reading, first, last)
        if held is None:
            parts = frozenset(name.parts) - titles
            held = _slot(reading, first, last, parts)
        if held is None or not held.parts:
            continue
        key = f"role {held.role}" if held.role else f"slot {held.slot}"
        start, end = reading.words[first].start, reading.words[last].end
        yield Point(reading.row, start, end, held.parts, (key,), first, held)


def _name_parts(words: tuple[Token, ...]) -> frozenset[str]:
    return frozenset(
        w.lower.removesuffix("'s")
        for w in words
        if w.is_word and w.text[0].isupper() and w.lower.rstrip(".") not in HONORIFICS
    )


def _in_name(reading: Reading, first: int, last: int) -> Held | None:
    """ "Mayor Clara Holm", "Defence Minister Paul Ketter": the role is part of the name."""
    words = reading.words[first : last + 1]
    roles = [i for i, w in enumerate(words) if w.lower in _ROLES]
    if not roles or roles[-1] == len(words) - 1:
        return None
    at = first + roles[-1]
    if first > 0 and reading.words[first - 1].lower in _NOT_THE | {"-"}:
        return None
    # "Mayor Clara Holm of Neustadt": what follows "of" is whose mayor she is.
    end = next((i for i in range(at + 2, last + 1) if reading.words[i].lower == "of"), last + 1)
    parts = _name_parts(reading.words[at + 1 : end])
    return _held(reading, parts, at, first, end - 1)


def _beside(reading: Reading, first: int, last: int) -> Held | None:
    """ "The captain, Nils Aro", "captain Nils Aro", "Nils Aro, the captain", "identified as X"."""
    words = reading.words
    before = [w.lower for w in words[max(0, first - 2) : first]]
    parts = _name_parts(words[first : last + 1])
    if before and before[-1] in _ROLES:
        return _held(reading, parts, first - 1, first - 1, last)
    if len(before) == 2 and before[1] == "," and before[0] in _ROLES:
        return _held(reading, parts, first - 2, first - 2, last)
    if len(before) == 2 and before[1] == "as":
        for i in range(first - 2, max(-1, first - 8), -1):
            if words[i].lower in _ROLES:
                return _held(reading, parts, i, i, last)
    if last + 3 < len(words) and words[last + 1].text == "," and words[last + 2].lower == "the":
        for i in range(last + 3, min(len(words), last + 7)):
            if words[i].text in ",.;" or words[i].lower in _NOT_THE:
                return None
            if words[i].lower in _ROLES:
                after = words[i + 1].text if i + 1 < len(words) else "."
                if after in ",." or after == "of":
                    return _held(reading, parts, i, first, i)
    return None


def _held(reading: Reading, parts: frozenset[str], at: int, first: int, last: int) -> Held | None:
    """The role at token `at` with the words before it that name its field."""
    words = reading.words
    field: set[str] = set()
    for i in range(at - 1, max(-1, at - 4), -1):
        word = words[i]
        if word.lower in _NOT_THE:
            return None
        if not word.is_word or not word.is_content:
            break
        if word.lower not in ("chief", "managing", "general"):
            field.add(word.lower.removesuffix("'s"))
        if word.lower.endswith("'s"):
            break
    after = words[at + 1 : at + 6]
    if after and after[0].lower == "of":
        field |= {w.lower for w in after[1:] if w.is_word and w.is_content and w.text[0].isupper()}
    past = words[last + 1 : last + 4]
    if past and past[0].lower == "of":
        field |= {w.lower for w in past[1:] if w.is_word and w.is_content and w.text[0].isupper()}
    if not parts:
        return None
    role = {"ceo": "executive", "chairwoman": "chair", "chairman": "chair"}.get(
        words[at].lower, words[at].lower
    )
    return Held(parts, role, None, frozenset(field - parts), reading.around(at))


def _slot(reading: Reading, first: int, last: int, parts: frozenset[str]) -> Held | None:
    """ "went to X", "scored by X", "taken off from X": a name right after word and preposition."""
    words = reading.words
    if not parts:
        return None
    after = words[last + 1] if last + 1 < len(words) else None
    if after is not None and after.lemma in _ONE_DOES and after.text.islower():
        return Held(parts, None, f"{after.lemma} who", frozenset(), reading.around(first))
    if first > 3 and words[first - 1].lower == "and":
        return _between(reading, first, parts)
    if first < 2 or words[first - 1].lower not in _PREPOSITIONS:
        return None
    before = [
        i for i in range(max(0, first - 4), first - 1) if reading.carries(i) and is_past(words[i])
    ]
    if not before and words[first - 2].lower not in ("off", "up"):
        lemma = words[first - 2].lemma
        if lemma not in ("go", "take"):
            return None
        before = [first - 2]
    anchor = words[before[-1]].lemma if before else words[first - 3].lemma
    preposition = words[first - 1].lower
    preposition = "in" if preposition in _PLACED else preposition
    return Held(parts, None, f"{anchor} {preposition}", frozenset(), reading.around(first))


def _between(reading: Reading, first: int, parts: frozenset[str]) -> Held | None:
    """ "crashed between Lund and Tavel": both names are one place, at the second of them."""
    words = reading.words
    at = next(
        (i for i in range(first - 2, max(0, first - 6), -1) if words[i].lower == "between"), None
    )
    if at is None or not all(w.text[0].isupper() for w in words[at + 1 : first - 1]):
        return None
    both = parts | _name_parts(words[at + 1 : first - 1])
    before = [i for i in range(max(0, at - 6), at) if reading.carries(i)]
    if not before:
        return None
    slot = f"{words[before[-1]].lemma} {_BETWEEN}"
    return Held(both, None, slot, frozenset(), reading.around(first))


def same_thing(one: Point, other: Point, a: Reading, b: Reading, near: float) -> bool:
    """Whether two names stand for the holder of one role. near: cosine of the sentences."""
    x, y = one.detail, other.detail
    assert isinstance(x, Held)
    assert isinstance(y, Held)
    if x.role is not None:
        if x.field and y.field:
            return bool(x.field & y.field) and near >= 0.35
        return near >= 0.5 and overlap(x.near - x.parts, y.near - y.parts) >= 0.3
    mine, yours = a.content - x.parts - _who(a), b.content - y.parts - _who(b)
    shared = mine & yours
    # The name weighs most in a short sentence's vector: "led by X" is far from "led by Y".
    alike = 0.45 if (x.slot or "").endswith(" by") else 0.6
    return (
        near >= alike
        and len(shared) >= 2
        and overlap(mine, yours) >= 0.6
        and not opposed(mine, yours)
    )


def exclude(one: Point, other: Point, a: Reading, b: Reading) -> bool:
    """Whether two names cannot be one: no part is common, and neither sentence has the other's."""
    x, y = one.detail, other.detail
    assert isinstance(x, Held)
    assert isinstance(y, Held)
    if (x.slot or "").endswith(_BETWEEN):
        return bool(x.parts & y.parts) and bool(x.parts - y.parts) and bool(y.parts - x.parts)
    if x.parts & y.parts:
        return False
    return not x.parts & _words(b.text) and not y.parts & _words(a.text)


def _who(reading: Reading) -> frozenset[str]:
    """The lemmas of those whom a sentence names as saying it."""
    spans = [c.speaker for c in claims(reading.text) if c.speaker is not None]
    return frozenset().union(*(content(reading.text[a:b].rsplit(", ", 1)[-1]) for a, b in spans))


def _words(text: str) -> frozenset[str]:
    return frozenset(w.removesuffix("'s") for w in re.findall(r"[\w']+", text.lower()))


def about(one: Point, other: Point) -> str:
    """The role, in a few words."""
    x, y = one.detail, other.detail
    assert isinstance(x, Held)
    assert isinstance(y, Held)
    if x.role:
        return " ".join([*sorted(x.field & y.field or x.field | y.field)[:2], x.role])
    shared = sorted((x.near & y.near) - content(" ".join((*x.parts, *y.parts))))
    return f"who or where ({', '.join(shared[:4]) or x.slot})"
