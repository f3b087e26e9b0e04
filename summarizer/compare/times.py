"""Dates and times of the same thing: what a date is said of, and which dates exclude each other.

Only words are compared; nothing is looked up in a calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.compare.reading import Point, Reading, opposed, overlap
from summarizer.facts import Date, dates, numbers, relation, supports_value
from summarizer.facts.polarity import OPPOSITES, is_past

_PARTS = ("minute", "weekday", "month", "year")
_HAPPENS = frozenset(
    """begin start open reopen close end happen occur expire resume leave arrive take hit strike
    collapse derail meet die vote launch land born set put cut shut fled""".split()
)
_MEANINGS = tuple(
    tuple(line.split())
    for line in (
        "happen occur take",
        "hit strike crash collide ram slam",
        "start begin break open launch erupt reopen",
        "die kill",
        "arrive land reach come",
        "close shut end",
        "arrest detain",
        "meet gather",
    )
)
_NOTHING = frozenset("time night morning evening afternoon early late hour people person".split())


_BOUNDS = {
    **dict.fromkeys(("since", "from", "after"), "after"),
    **dict.fromkeys(("before", "until", "till", "by", "through"), "before"),
}


@dataclass(frozen=True, slots=True)
class When:
    """A date, the content lemmas around it, and the other dates given.

    verb: lemma of the nearest verb before it, else after it, in one form for words of one meaning.
    bound: "after" for "since 2007", "before" for "until", "" for a point in time.
    """

    date: Date
    near: frozenset[str]
    verb: str | None
    bound: str
    others: tuple[Date, ...]


def points(reading: Reading) -> Iterator[Point]:
    """The dates of a sentence that tell when something was or will be.

    When somebody said something ("said on Monday") is no such date.
    """
    found = dates(reading.text)
    for date in found:
        parts = date.said()
        kind = next((p for p in _PARTS if p in parts), None)
        at = reading.token_at(date.start)
        if kind is None or reading.said_at(at):
            continue
        near = reading.around(at) - _NOTHING
        value = tuple(sorted((k, v) for k, v in parts.items() if k != "relative"))
        keys = tuple(f"{kind} {word}" for word in sorted(near))
        before = [w.lower for w in reading.words[max(0, at - 3) : at]]
        bound = next((_BOUNDS[w] for w in reversed(before) if w in _BOUNDS), "")
        if {"shortly", "just", "soon"} & set(before):
            bound = ""  # "shortly after 7 p.m." is a point in time
        when = When(date, near, _verb(reading, at), bound, found)
        yield Point(reading.row, date.start, date.end, value, keys, at, when)


def _verb(reading: Reading, at: int) -> str | None:
    """What happened at the date: the nearest verb, by its form, before it or else after it."""
    for indices in (
        range(at - 1, max(-1, at - 13), -1),
        range(at, min(len(reading.words), at + 9)),
    ):
        for i in indices:
            word = reading.words[i]
            if word.text in ";:":
                break
            if not reading.carries(i) or not word.text.islower():
                continue
            after_to = i > 0 and reading.words[i - 1].lower in ("to", "will", "would", "not")
            if is_past(word) or after_to or word.lemma in _HAPPENS:
                return _one_form(word.lemma)
    return None


def _one_form(lemma: str) -> str:
    for meaning in _MEANINGS:
        if lemma in meaning:
            return meaning[0]
    sides = OPPOSITES.get(lemma)
    return min(sides[0]) if sides else lemma


def same_thing(one: Point, other: Point, a: Reading, b: Reading, near: float) -> bool:
    """Whether two dates are said of one thing. near: cosine of the sentences."""
    x, y = one.detail, other.detail
    assert isinstance(x, When)
    assert isinstance(y, When)
    if x.bound != y.bound or opposed(a.content, b.content) or opposed(x.near, y.near):
        return False
    told = x.verb is not None and (x.verb == y.verb or "happen" in (x.verb, y.verb))
    # A time of day belongs to what the report is of; a weekday may belong to anything in it.
    clock = x.date.minute is not None and y.date.minute is not None
    if not told and not (clock and near >= 0.65):
        return False
    if near < 0.55 or _series(a, b):
        return False
    shared = x.near & y.near
    return len(shared) >= 2 and overlap(x.near, y.near) >= 0.5


_MEASURES = frozenset("metre meter kilometre kilometer mile foot inch degree point mph".split())


def _series(a: Reading, b: Reading) -> bool:
    """Whether both give another figure of one measure: then each is of its own day.

    "The river rose to 6.1 metres on Monday" and "to 6.8 metres on Tuesday" agree.
    """
    return any(
        x.noun == y.noun and x.unit == y.unit and (x.unit or x.noun in _MEASURES)
        and not supports_value(x, y) and not supports_value(y, x)
        for x in numbers(a.text) for y in numbers(b.text)
    )  # fmt: skip


def exclude(one: Point, other: Point) -> bool:
    """Whether two dates of one thing cannot both be true.

    A sentence that gives the other's date too, of whatever, leaves it open.
    """
    x, y = one.detail, other.detail
    assert isinstance(x, When)
    assert isinstance(y, When)
    if relation(x.date, y.date) != "contradict":
        return False
    return not any(relation(x.date, d) in ("agree", "refine") for d in y.others) and not any(
        relation(y.date, d) in ("agree", "refine") for d in x.others
    )


def about(one: Point, other: Point) -> str:
    """What both dates are said of, in a few words."""
    x, y = one.detail, other.detail
    assert isinstance(x, When)
    assert isinstance(y, When)
    return f"when ({', '.join(sorted(x.near & y.near)[:4])})"
