"""What happened on a day that a sentence gives, and whether two sentences tell it of one event.

Two leads word one event differently: "a footbridge collapsed", "the collapse that killed four". The
day of who speaks of it, or of what came after, is no day of the event. Dates as values are for
`dates`, which sentences are compared for `pairing`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.disagreements.statements import Reading, Word, cues, opposed, shared
from summarizer.nlp.counted import fates, is_person
from summarizer.nlp.dates import Date, contradicts_date, resolve
from summarizer.nlp.entities import relation
from summarizer.nlp.frames import Frame
from summarizer.nlp.lexicons.wordnet import is_kind_of
from summarizer.nlp.quantities import Quantity, compatible

_NEAR = 0.4
"""Cosine of two sentences from which they may tell one event in other words."""

_DAYS = 3
"""Days by which reports of one event may differ; those further apart tell of two."""

_LEAD = 2
"""Sentences at the top of an article that tell its main event."""

_TOLLS_APART = 2.0
"""Times by which the tolls of one event may differ, told in leads."""

_HAPPENINGS = ("happening", "act")
_WHEN = frozenset({"when", "as", "while"})


@dataclass(frozen=True, slots=True)
class Scene:
    """What is told to have happened on a day.

    events: what happened, verbs and nouns. fates: classes of what befell people. tolls: figures
    of those killed or injured then. words: content words of what tells it. around: tokens that may
    name the place and what was there: for a noun all of its sentence. lead: whether it stands at an
    article's top. noun: whether the day is of a noun and not of a clause.
    """

    events: frozenset[Word]
    fates: frozenset[str]
    tolls: tuple[Quantity, ...]
    words: frozenset[Word]
    around: frozenset[int]
    lead: bool
    noun: bool


def scene(reading: Reading, found: Date) -> Scene | None:
    """What happened on the day of a date; None for what is not told as past, or only reported.

    A date on a noun ("Monday's collision") is of that noun alone. A date on a verb is also of what
    happened as it did ("when a bridge fell"), and of the noun that the verb tells of ("the collapse
    that killed four").
    """
    if found.relation or not (found.weekday is not None or found.day is not None or found.relative):
        return None
    frame = reading.frame(found.first)
    noun = _governor(reading, found)
    if noun is not None and not (
        frame and _past(reading, frame) and noun in _causes(reading, frame)
    ):
        if _further(reading, noun) or not _surely(reading, noun, found):
            return None
        return _scene(reading, [noun], [], frozenset(reading.parsed.subtree(noun)))
    if frame is None or not _past(reading, frame):
        return None
    chain = _together(reading, frame)
    nouns = [n for f in chain for n in _causes(reading, f)]
    if any(_further(reading, n) for n in nouns):
        return None
    tokens = {i for f in chain for i in reading.parsed.subtree(_verb(reading, f))}
    if (above := _modified(reading, frame)) is not None:
        tokens |= set(reading.parsed.subtree(_of(reading, above)))
    return _scene(reading, nouns, chain, frozenset(tokens))


def _scene(
    reading: Reading, nouns: list[int], chain: list[Frame], tokens: frozenset[int]
) -> Scene | None:
    events: set[Word] = {(reading.parsed.tokens[n].lemma, "NOUN") for n in nouns}
    befell = {fates().nouns[w] for w, _ in events if w in fates().nouns}
    for frame in chain:
        befalls = _fate(frame)
        if befalls:
            befell.add(befalls)
        elif not _begins(frame):
            events.add((frame.lemma, "VERB"))
    tolls = tuple(
        q
        for q in _tolls(reading, tokens)
        if not chain or any(reading.frame(q.at) is frame for frame in chain)
    )
    befell |= {_befell(q) for q in tolls}
    lead = reading.sentence.field == "text" and reading.sentence.position < _LEAD
    words = reading.words(tokens)
    around = tokens if chain else frozenset(range(len(reading.parsed.tokens)))
    if not words:
        return None
    return Scene(frozenset(events), frozenset(befell), tolls, words, around, lead, not chain)


def _verb(reading: Reading, frame: Frame) -> int:
    tokens = reading.parsed.tokens
    above = tokens[frame.predicate].head
    return above if tokens[above].lemma == "be" else frame.predicate


def _past(reading: Reading, frame: Frame) -> bool:
    reporting = {r.verb for r in reading.reports}
    return (
        frame.tense == "past"
        and not frame.modal
        and not frame.negated
        and frame.predicate not in reporting
    )


def _governor(reading: Reading, found: Date) -> int | None:
    """The noun of an event that a date is set to: "the explosion on Monday", "Monday's vote"."""
    tokens, at = reading.parsed.tokens, found.first
    while tokens[at].head != at:
        at = tokens[at].head
        if found.first <= at < found.last or tokens[at].pos in ("ADP", "PART"):
            continue
        return at if tokens[at].pos == "NOUN" and _eventful(tokens[at].lemma) else None
    return None


def _surely(reading: Reading, noun: int, found: Date) -> bool:
    """Whether a date behind a noun is no date of the verb: "arrested over the blast on Monday".

    It is none as the noun's owner, in a subject, before a relative clause or under another tense.
    """
    parsed = reading.parsed
    below = [c for c in parsed.children[noun] if parsed.tokens[c].dep in ("relcl", "acl")]
    if found.first < noun or any(c > found.first for c in below):
        return True
    frame = reading.frame(noun)
    if frame is None:
        return False
    helpers = {parsed.tokens[c].lemma for c in parsed.children[_verb(reading, frame)]}
    return noun < _verb(reading, frame) or frame.tense != "past" or "have" in helpers


def _eventful(lemma: str) -> bool:
    return any(is_kind_of(lemma, "NOUN", kind) for kind in _HAPPENINGS)


def _fate(frame: Frame) -> str:
    return fates().objects.get(frame.lemma, "") or fates().subjects.get(frame.lemma, "")


def _begins(frame: Frame) -> bool:
    return frame.lemma.replace("_", " ") in cues("onset")


def _together(reading: Reading, frame: Frame) -> list[Frame]:
    """The clause of a date with those told as happening at that moment, each once."""
    frames_at = {_verb(reading, f): f for f in reading.frames}
    start = _verb(reading, frame)
    found, waiting = {start: frame}, [start]
    while waiting:
        verb = waiting.pop()
        for other in _beside(reading, verb):
            clause = frames_at.get(other)
            if clause is not None and other not in found and _past(reading, clause):
                found[other] = clause
                waiting.append(other)
    return list(found.values())


def _beside(reading: Reading, verb: int) -> Iterator[int]:
    """Verbs that tell the same moment: above or below by "when", a participle, a first verb."""
    parsed = reading.parsed
    tokens = parsed.tokens
    above = tokens[verb].head
    if above != verb and (
        (tokens[verb].dep == "advcl" and _at_once(reading, verb)) or _one_subject(reading, verb)
    ):
        yield above
    for c in parsed.children[verb]:
        if tokens[c].dep == "advcl" and _at_once(reading, c):
            yield c


def _one_subject(reading: Reading, verb: int) -> bool:
    """Whether a verb is joined to a toll: "three were killed and nine injured when ..."."""
    tokens = reading.parsed.tokens
    lemmas = tokens[verb].lemma, tokens[tokens[verb].head].lemma
    known = fates().objects.keys() | fates().subjects.keys()
    return tokens[verb].dep == "conj" and known.issuperset(lemmas)


def _at_once(reading: Reading, verb: int) -> bool:
    """Whether a clause below another tells the moment of it: "when it fell", "killing four"."""
    parsed = reading.parsed
    marks = {
        parsed.tokens[c].lower
        for c in parsed.children[verb]
        if parsed.tokens[c].dep in ("mark", "advmod", "prep") and c < verb
    }
    return bool(marks & _WHEN) or (parsed.tokens[verb].tag == "VBG" and not marks)


def _modified(reading: Reading, frame: Frame) -> int | None:
    """The noun that a relative clause tells of."""
    tokens, verb = reading.parsed.tokens, _verb(reading, frame)
    above = tokens[verb].head
    is_noun = tokens[above].pos in ("NOUN", "PROPN")
    return above if tokens[verb].dep in ("relcl", "acl") and is_noun else None


def _of(reading: Reading, noun: int) -> int:
    """The noun of the event that another stands under: the derailment "of a train"."""
    tokens, above = reading.parsed.tokens, noun
    while not _eventful(tokens[above].lemma):
        case = tokens[above].head
        if tokens[above].dep != "pobj" or tokens[tokens[case].head].pos != "NOUN":
            return noun
        above = tokens[case].head
    return above


def _causes(reading: Reading, frame: Frame) -> Iterator[int]:
    """Nouns of the event in a clause that tells how it began or what it did to people.

    "A fire broke out", "were killed in an explosion", "the collapse that killed four". What is put
    out a day later is the same fire, so with any other verb the noun is no event of the day.
    """
    if not _fate(frame) and not _begins(frame):
        return
    tokens = reading.parsed.tokens
    above = _modified(reading, frame)
    if above is not None and _eventful(tokens[_of(reading, above)].lemma):
        yield _of(reading, above)
    for a in frame.arguments:
        if a.role == "attribute" or tokens[a.head].pos != "NOUN":
            continue
        preposition = tokens[tokens[a.head].head].lower
        if a.role == "oblique" and preposition not in ("in", "by", "after", "from"):
            continue
        if _eventful(tokens[a.head].lemma):
            yield a.head


def _further(reading: Reading, noun: int) -> bool:
    """Whether a noun is of one more event: "a second blast", "another fire"."""
    parsed = reading.parsed
    return any(parsed.tokens[c].lower in cues("further") for c in parsed.children[noun])


def one_more(reading: Reading) -> bool:
    """Whether a sentence tells of one more event of a kind: "another fire", "a second blast"."""
    tokens = reading.parsed.tokens
    return any(
        t.lower in cues("further") and t.head != i and _eventful(tokens[t.head].lemma)
        for i, t in enumerate(tokens)
    )


def one_event(one: Reading, other: Reading, x: Scene, y: Scene, near: float) -> bool:
    """Whether two scenes are of one event, whatever their days. near: cosine of the sentences.

    They have an event in common, or a toll with the same figure; a name; and something else that
    is there: a bridge, a mill, a bar. Tolls that differ are of one event only in leads, and near.
    """
    if near < _NEAR or opposed(x.words, y.words) or not _named_alike(one, other, x, y):
        return False
    if _series(one, other, x, y):
        return False
    both = [(q, r) for q in x.tolls for r in y.tolls if _befell(q) == _befell(r)]
    agreed = any(compatible(q, r) for q, r in both)
    if both and not agreed and not (x.lead and y.lead and all(_close(q, r) for q, r in both)):
        return False
    events = shared(x.events, y.events)
    if not events and not (agreed and x.fates & y.fates):
        return False
    there = shared(one.words(x.around), other.words(y.around))
    things = {w for w in there - events if _thing(w)}
    names = {t.lemma for r in (one, other) for t in r.parsed.tokens if t.pos == "PROPN"}
    return any(w[0] not in names for w in things)


def _tolls(reading: Reading, told: frozenset[int]) -> list[Quantity]:
    """Figures of those killed or injured in what is told; "to bury five killed in a blast" is none.

    There the noun's own modifiers tell what befell them, on another day.
    """
    parsed = reading.parsed
    return [
        q
        for q in reading.quantities
        if q.at in told
        and not q.unit
        and _befell(q) in ("kill", "injure")
        and not any(
            parsed.tokens[c].dep in ("relcl", "acl")
            for c in parsed.children[q.at if q.noun is None else q.noun]
        )
    ]


def _series(one: Reading, other: Reading, x: Scene, y: Scene) -> bool:
    """Whether both give another figure of one measure that is no toll: each is of its own day."""
    mine = [q for q in one.quantities if q not in x.tolls]
    yours = [q for q in other.quantities if q not in y.tolls]
    return any(
        q.unit == r.unit and (q.unit or q.of) and q.of == r.of and not compatible(q, r)
        for q in mine
        for r in yours
    )


def _befell(q: Quantity) -> str:
    return q.fate.split(":")[0]


def _close(q: Quantity, r: Quantity) -> bool:
    low, high = sorted((q.value, r.value))
    return 0 < high <= _TOLLS_APART * low


def _thing(word: Word) -> bool:
    """Whether a word is of something that is there, and of no people and no event."""
    return word[1] == "NOUN" and not is_person(word[0]) and not _eventful(word[0])


def _named_alike(one: Reading, other: Reading, x: Scene, y: Scene) -> bool:
    mine = [n for n in one.names if n.first in x.around]
    yours = [n for n in other.names if n.first in y.around]
    return any(relation(n, m) for n in mine for m in yours)


def other_day(one: Reading, other: Reading, a: Date, b: Date) -> bool:
    """Whether two dates give days of one event that exclude each other, few days apart.

    A night and the day after it do not.
    """
    x, y = (resolve(d, r.day) if r.day else d for d, r in ((a, one), (b, other)))
    if not contradicts_date(_whole_day(x), _whole_day(y)):
        return False
    if one.day and other.day and abs((one.day - other.day).days) > 2 * _DAYS:
        return False
    if x.weekday is None or y.weekday is None:
        return x.day is not None and y.day is not None and x.month == y.month
    after = (y.weekday - x.weekday) % 7
    first = x if after <= _DAYS else y
    return min(after, 7 - after) <= _DAYS and not (
        first.part == "night" and min(after, 7 - after) == 1
    )


def _whole_day(d: Date) -> Date:
    return Date(d.first, d.last, d.year, d.month, d.day, d.weekday)
