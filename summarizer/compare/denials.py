"""Opposite claims: what one sentence states, another denies, or says by the opposite word.

Polarity itself is for `facts`; here two sentences are set side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.compare.reading import Point, Reading, opposed, overlap
from summarizer.facts import claims
from summarizer.facts.polarity import NEGATIONS, OPPOSITES, Stance, stances
from summarizer.facts.speakers import SAYING
from summarizer.facts.text import Token, content

_DENIED = frozenset("deny refuse fail decline refute dispute".split())
_OPEN = frozenset("may might could whether if unclear perhaps possibly reportedly".split())
_BLIND = frozenset(
    """not no early earlier late later first last up down before after more most less fewer least
    north south east west good bad better worse high higher highest low lower lowest add remove
    fire head lead strike cut close start open begin end start stop top fight support back
    largest biggest smallest majority minority friend ally enemy foe success failure bar""".split()
)
"""Opposite words that stand side by side in agreeing reports too often to tell anything."""

_UP_DOWN = frozenset("rise fall increase decrease grow shrink climb drop gain decline".split())
_TOLD = frozenset("tell warn inform".split())
"""Verbs of saying whose having happened at all may be in dispute."""

_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_PLAIN = frozenset(
    """safe legal effective able aware armed likely fair known lawful popular usual willing stable
    reliable constitutional authorised authorized related harmed hurt damaged possible regular
    complete accurate adequate correct secure sufficient responsible proper honest agree approve
    prove obey connected""".split()
)
"""Words that a prefix turns into their denial."""


def _more_sides() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    found = dict(OPPOSITES)
    for line in (
        "accidental accident | deliberate intentional deliberately",
        "peaceful peacefully | violent violently",
        "true | false untrue",
        "innocent | guilty",
        "full | empty",
        "present | absent",
        "succeed success successful | fail failure unsuccessful",
        "alive | die",
        "voluntary voluntarily | force forced",
    ):
        one, other = (frozenset(side.split()) for side in line.split("|"))
        found |= {w: (one, other) for w in one if w not in found}
        found |= {w: (other, one) for w in other if w not in found}
    return found


_SIDES = _more_sides()
_VERBS = frozenset(
    """support oppose back fight open close begin end start stop fair safe attend happen know work
    check release sign approve accept meet resign vote win lose find use have carry tell warn
    inform see hold pay agree plan sell buy kill injure hurt hit fire shoot arrest charge""".split()
)


_PHRASAL = {
    ("turn", "down"): "reject",
    ("vote", "down"): "reject",
    ("throw", "out"): "reject",
    ("call", "off"): "cancel",
    ("step", "down"): "resign",
    ("pull", "out"): "withdraw",
    ("go", "up"): "rise",
    ("go", "down"): "fall",
}
"""Verbs of two words, and the one word that they stand for."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A word that a sentence states or denies, with the content lemmas right before and after.

    denied: whether a negation governs it. open: whether the sentence leaves it open.
    """

    word: str
    denied: bool
    open: bool
    before: tuple[str, ...]
    after: tuple[str, ...]


def points(reading: Reading) -> Iterator[Point]:
    """The words of a sentence that may be denied elsewhere, or said by their opposite."""
    words = reading.words
    lowered = [w.lower for w in words]
    open_ = any(w in _OPEN for w in lowered)
    negations = [i for i, w in enumerate(words) if w.lower in NEGATIONS or w.lemma in _DENIED]
    denials = [i for i, w in enumerate(words) if w.lemma == "deny"]
    for stance in stances(reading.text):
        i, word = stance.index, stance.token
        saying = word.lemma in SAYING and word.lemma not in _TOLD
        if saying or (word.text[0].isupper() and i):
            continue
        if any(a <= word.start < b for a, b in reading.quoted):
            continue
        verb = _verb(words, i)
        known = verb in _VERBS or verb in _SIDES or stance.negated
        known = known or _base(verb)[1] or verb in _PLAIN
        if not known and not word.lower.endswith("ed"):
            continue
        base, turned = _base(verb)
        stated = Stated(
            base,
            _denied(stance, negations, any(j < i for j in denials)) != turned,
            open_,
            _side(reading, range(i - 1, -1, -1)),
            _side(reading, range(i + 1, len(words))),
        )
        keys = [f"said {base}"]
        sides = _SIDES.get(base)
        if sides and verb not in _BLIND - {"support", "oppose", "back"}:
            keys.append("sides " + " ".join(sorted((min(sides[0]), min(sides[1])))))
        value = (base, stated.denied)
        yield Point(reading.row, word.start, word.end, value, tuple(keys), i, stated)


def _verb(words: Sequence[Token], i: int) -> str:
    """The lemma of word i, or what it means with the particle that follows it."""
    after = words[i + 1].lower if i + 1 < len(words) else ""
    return _PHRASAL.get((words[i].lemma, after), words[i].lemma)


def _base(word: str) -> tuple[str, bool]:
    """A word without a prefix that denies it, and whether it had one: "unsafe" is "safe" denied."""
    for prefix in _PREFIXES:
        rest = word.removeprefix(prefix)
        if rest != word and rest in _PLAIN:
            return rest, True
    return word, False


def _denied(stance: Stance, negations: list[int], denying: bool) -> bool:
    return denying or stance.negated or any(0 < stance.index - i <= 3 for i in negations)


def _side(reading: Reading, indices: range) -> tuple[str, ...]:
    found: list[str] = []
    for i in indices:
        if reading.words[i].text in '.;:“”"' and len(found) > 0:
            break
        if reading.carries(i) or reading.words[i].lower in ("first", "second", "third"):
            found.append(reading.words[i].lemma)
        if len(found) == 3:
            break
    return tuple(found)


def same_thing(one: Point, other: Point, a: Reading, b: Reading, near: float) -> bool:
    """Whether two words are said of the same thing by the same: by what stands beside them."""
    x, y = one.detail, other.detail
    assert isinstance(x, Stated)
    assert isinstance(y, Stated)
    if near < 0.6 or x.open or y.open:
        return False
    own = {x.word, y.word, *(verb for verb, _ in _PHRASAL)}
    mine, yours = (r.content - own - _speaker_words(r) for r in (a, b))
    shared = len(mine & yours)
    if shared < (2 if near < 0.7 else 1) or overlap(mine, yours) < 0.6:
        return False
    if opposed(mine, yours):
        return False
    # What stands right beside the word must be known to the other sentence, on both sides.
    return all(
        _known(side, own_reading, other_reading)
        for stated, own_reading, other_reading in ((x, a, b), (y, b, a))
        for side in (stated.before, stated.after)
    )


def _known(side: tuple[str, ...], own: Reading, other: Reading) -> bool:
    rest = [w for w in side if w not in _speaker_words(own)]
    return not rest or rest[0] in {w.lemma for w in other.words}


def _speaker_words(reading: Reading) -> frozenset[str]:
    """The lemmas of everybody who is said to say something in a sentence."""
    spans = [c.speaker for c in claims(reading.text) if c.speaker is not None]
    whole = (reading.text[a:b].rsplit(", ", 1)[-1] for a, b in spans)
    return frozenset().union(*(content(who) for who in whole))


def exclude(one: Point, other: Point, a: Reading, b: Reading) -> bool:
    """Whether one denies what the other states: by a negation or by the opposite word."""
    x, y = one.detail, other.detail
    assert isinstance(x, Stated)
    assert isinstance(y, Stated)
    if x.word == y.word:
        return x.denied != y.denied and _negations(a) != _negations(b)
    sides = _SIDES.get(x.word)
    if sides is None or y.word not in sides[1] or x.denied or y.denied:
        return False
    if _negations(a) > (x.word == "deny") or _negations(b) > (y.word == "deny"):
        return False
    said_a, said_b = {w.lemma for w in a.words}, {w.lemma for w in b.words}
    return not sides[1] & said_a and not sides[0] & said_b


def _negations(reading: Reading) -> int:
    return sum(
        w.lower in NEGATIONS or (w.lemma in _DENIED and w.text.islower()) or _base(w.lemma)[1]
        for w in reading.words
    )


def about(one: Point, other: Point) -> str:
    """What is stated and denied, in a few words."""
    x, y = one.detail, other.detail
    assert isinstance(x, Stated)
    assert isinstance(y, Stated)
    subject = " ".join(dict.fromkeys((*reversed(x.before[:2]), x.word, *x.after[:2])))
    return f"whether ({subject})"
