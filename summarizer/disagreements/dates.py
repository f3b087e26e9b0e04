"""Dates and times of one thing: what a date is said of, and which dates exclude each other.

How dates are read, resolved and compared is for `nlp.dates`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.disagreements.counts import series
from summarizer.disagreements.statements import (
    AnyPoint,
    Point,
    Reading,
    Word,
    alike,
    clash,
    cues,
    heads,
    meets,
    named_apart,
    opposed,
    shared,
)
from summarizer.nlp.dates import Date, carries_date, contradicts_date, resolve, said
from summarizer.nlp.frames import Frame


@dataclass(frozen=True, slots=True)
class When:
    """A date with the clause it is of.

    date: as the words give it. day: with its day where the day of publication makes it certain.
    event: the predicate of its clause. near: the clause's content words.
    """

    date: Date
    day: Date
    event: Word
    near: frozenset[Word]


def points(reading: Reading) -> Iterator[Point[When]]:
    """The dates of a sentence that tell when something was or will be.

    When somebody said something ("said on Monday") is no such date.
    """
    reporting = {r.verb for r in reading.reports}
    for d in reading.dates:
        frame = reading.frame(d.first)
        if frame is None or frame.predicate in reporting or not _kinds(d):
            continue
        if d.weekday is not None and reading.parsed.tokens[d.first].lower.endswith("s"):
            continue  # "on Mondays" is no day
        day = resolve(d, reading.day) if reading.day else d
        near = reading.clause(d.first)
        when = When(d, day, _event(reading, frame), near)
        value = tuple(sorted((k, str(v)) for k, v in said(d).items()))
        yield Point(reading, d.first, d.last, d.first, value, _kinds(d), when)


def _event(reading: Reading, frame: Frame) -> Word:
    token = reading.parsed.tokens[frame.predicate]
    pos = {"AUX": "VERB", "PROPN": "NOUN"}.get(token.pos, token.pos)
    return frame.lemma, pos


def _kinds(d: Date) -> tuple[str, ...]:
    parts = said(d)
    return tuple(k for k in ("hour", "weekday", "month", "year", "relative") if k in parts)


def same_thing(one: Point[When], other: Point[When], near: float) -> bool:
    """Whether two dates are said of one thing. near: cosine of the sentences."""
    x, y = one.detail, other.detail
    if _relation(one) != _relation(other) or clash(one, other):
        return False
    if opposed(x.near, y.near) or series(one.reading, other.reading):
        return False
    a, b = one.reading, other.reading
    if named_apart(a.others(one.at), b.others(other.at), a, b):
        return False
    bare = [
        _happened(happening, that)
        for happening, that in ((one, other), (other, one))
        if happening.detail.event[0] in cues("happening")
    ]
    clock = x.date.hour is not None and y.date.hour is not None and near >= 0.65
    if not meets(x.event, y.event) and not (any(bare) if bare else clock):
        return False
    done = frozenset(heads(one).values()) & frozenset(heads(other).values())
    both = shared(x.near, y.near)
    return bool(len(both) > 1 or done) and alike(
        x.near, y.near, near if len(both) > 1 else near + 0.1
    )


def _happened(happening: Point[When], other: Point[When]) -> bool:
    """Whether what "happened" or "took place" is what the other's clause tells of."""
    about = (other.detail.event, *heads(other).values())
    return any(meets(word, w) for word in heads(happening).values() for w in about)


def _relation(point: Point[When]) -> str:
    """How the event stands to the date; "shortly after 7 p.m." is as good as at it."""
    tokens = point.reading.parsed.tokens
    near = any(t.lower in cues("nearly") for t in tokens[max(0, point.first - 3) : point.first])
    return "" if near else point.detail.date.relation


def exclude(one: Point[When], other: Point[When]) -> bool:
    """Whether two dates of one thing cannot both be true.

    A sentence that gives the other's date too, of whatever, leaves it open.
    """
    x, y = one.detail, other.detail
    a, b = (x.day, y.day) if one.reading.day and other.reading.day else (x.date, y.date)
    if not contradicts_date(a, b):
        return False
    return not carries_date(x.date, other.reading.dates) and not carries_date(
        y.date, one.reading.dates
    )


def apart(one: AnyPoint, other: AnyPoint) -> bool:
    """Whether the clauses of two points have dates, and all of them contradict each other."""
    mine, yours = (
        [d for d in p.reading.dates if p.reading.frame(d.first) is p.reading.frame(p.at)]
        for p in (one, other)
    )
    return bool(mine and yours) and all(contradicts_date(x, y) for x in mine for y in yours)


def about(one: Point[When], other: Point[When]) -> str:
    """What both dates are said of: "when the trial opens"."""
    frame = one.reading.frame(one.at)
    if frame is not None and (words := one.reading.core(frame, inside=True)):
        return f"when {words}"
    both = one.reading.nouns(shared(one.detail.near, other.detail.near))
    return f"when ({both})" if both else "when"
