"""Where sources give different values for one thing: figures, dates, names in a role, denials.

Sentences of different articles with similar vectors are compared, and in them values of one thing.
Nothing is averaged and nothing is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np

from summarizer.config import Config
from summarizer.disagreements import counts, dates, names, polarity
from summarizer.disagreements.statements import AnyPoint, Reading
from summarizer.nlp import parse
from summarizer.nlp.publication_days import moment
from summarizer.schema import Citation, Disagreement, DisagreementValue
from summarizer.types import Grouped

_NEAR = 0.35
"""Cosine under which two sentences never report one thing, whatever their words."""


def _wording(point: AnyPoint) -> str:
    return point.wording


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of value is found, paired, told apart and named."""

    name: Literal["number", "date", "name", "claim"]
    points: Callable[[Reading], Iterator[AnyPoint]]
    same: Callable[[AnyPoint, AnyPoint, float], bool]
    exclude: Callable[[AnyPoint, AnyPoint], bool]
    about: Callable[[AnyPoint, AnyPoint], str]
    sole: Callable[[AnyPoint, AnyPoint], bool] | None = None  # of one thing, if each is alone
    joins: Callable[[AnyPoint, AnyPoint], bool] | None = None  # shown beside what excludes
    far: frozenset[str] = frozenset()  # keys whose sole points meet however far their sentences are
    worded: Callable[[AnyPoint], str] = _wording  # a value as a reader is shown it
    # Whether a point is a declared total, beside which its parts do not count.
    whole: Callable[[AnyPoint], bool] = lambda _: False


COUNTS = Kind(
    "number",
    counts.points,
    counts.same_thing,
    counts.exclude,
    counts.about,
    counts.sole,
    counts.both_tolls,
    frozenset(counts.TOLLS),
    whole=counts.is_whole,
)
_KINDS = (
    COUNTS,
    Kind("date", dates.points, dates.same_thing, dates.exclude, dates.about),
    Kind("name", names.points, names.same_thing, names.exclude, names.about),
    Kind(
        "claim",
        polarity.points,
        polarity.same_thing,
        polarity.exclude,
        polarity.about,
        worded=polarity.worded,
    ),
)

Pair = tuple[int, int]
"""Rows of two sentences."""

Two = tuple[AnyPoint, AnyPoint]


@dataclass(frozen=True, slots=True)
class NearReadings:
    """The sentences of a story, read once, and which of them are compared.

    cosines: of each two of different articles that are near each other, by their rows. readings:
    row -> the sentence, read.
    """

    cosines: Mapping[Pair, float]
    readings: Mapping[int, Reading]


def near_readings(
    grouped: Grouped, config: Config, *, published: Mapping[str, str | None] | None = None
) -> NearReadings:
    """Reads each sentence and finds the `Config.comparison.rows` nearest of others.

    published: article id -> ISO 8601 time where known; with it a later figure of the same count is
    told from a disagreement, and a weekday becomes a day. Outliers and titles are left out.
    """
    sentences = grouped.embedded.sentences
    rows = [
        r
        for r, s in enumerate(sentences)
        if s.field == "text" and s.article not in grouped.strangers
    ]
    readings = _readings_of(grouped, rows, published or {})
    return NearReadings(_near_rows(grouped, rows, config), readings)


def disagreements(near: NearReadings) -> tuple[Disagreement, ...]:
    """Where sources give different values for one thing: each value as worded, with who gives it.

    Values of different articles that are of one thing differ if they exclude each other and no
    article gives both. All sentences that give a value are listed with it. Figures first, then
    dates, names and claims, each in the order of the sentences.
    """
    found: list[Disagreement] = []
    taken: set[Pair] = set()
    for kind in _KINDS:
        points = {row: tuple(kind.points(reading)) for row, reading in near.readings.items()}
        for pair, members in _of_kind(kind, points, near.cosines):
            rows = sorted({p.reading.row for p in members})
            # What a figure or a date already shows is not shown again as a denial.
            if kind.name == "claim" and any(pair in taken for pair in combinations(rows, 2)):
                continue
            values = _values(members, kind.worded)
            if len({v.value.casefold() for v in values}) < len(values):
                continue  # what is worded alike differs in nothing that a reader could see
            taken |= set(combinations(rows, 2))
            about = kind.about(*pair)
            found.append(Disagreement(about=about, kind=kind.name, values=values))
    return tuple(found)


def _near_rows(grouped: Grouped, told: Sequence[int], config: Config) -> dict[Pair, float]:
    """Which of the rows are of different articles and near each other, with their cosine."""
    sentences, vectors = grouped.embedded.sentences, grouped.embedded.vectors
    rows = np.array(told, dtype=np.int64)
    articles = np.array([sentences[r].article for r in rows])
    found: dict[Pair, float] = {}
    for row, article in zip(rows, articles, strict=True):
        others = rows[articles != article]
        cosines = vectors[others] @ vectors[row]
        best = np.argsort(-cosines, kind="stable")[: config.comparison.rows]
        for k in best[cosines[best] >= _NEAR]:
            other = int(others[k])
            found[min(int(row), other), max(int(row), other)] = float(cosines[k])
    return dict(sorted(found.items()))


def _readings_of(
    grouped: Grouped, rows: Sequence[int], published: Mapping[str, str | None]
) -> dict[int, Reading]:
    """Each of the rows read, with the two sentences before it and its time of publication."""
    sentences = grouped.embedded.sentences
    at = {(s.article, s.position): s.text for s in sentences if s.field == "text"}
    parses = parse([sentences[r].text for r in rows])
    return {
        row: Reading(
            row,
            s := sentences[row],
            parsed,
            tuple(t for n in (2, 1) if (t := at.get((s.article, s.position - n)))),
            moment(published.get(s.article)),
        )
        for row, parsed in zip(rows, parses, strict=True)
    }


def _of_kind(
    kind: Kind, points: Mapping[int, Sequence[AnyPoint]], near: Mapping[Pair, float]
) -> Iterator[tuple[Two, list[AnyPoint]]]:
    """What differs, with every point that gives a value, in the order of the sentences."""
    given: dict[tuple[Hashable, str], set[str]] = defaultdict(set)
    for p in (p for own in points.values() for p in own):
        for k in p.keys:
            given[p.value, k].add(p.reading.sentence.article)
    apart: dict[Two, float] = {}
    linked: dict[AnyPoint, list[AnyPoint]] = defaultdict(list)
    for one, other, cosine in of_one_thing(kind, points, near):
        differ = one.value != other.value
        key = next(k for k in one.keys if k in other.keys)
        if differ and given[one.value, key] & given[other.value, key]:
            continue
        linked[one].append(other)
        linked[other].append(one)
        if differ and kind.exclude(one, other):
            apart[one, other] = cosine
    yield from _sides(apart, linked)


def of_one_thing(
    kind: Kind, points: Mapping[int, Sequence[AnyPoint]], near: Mapping[Pair, float]
) -> Iterator[tuple[AnyPoint, AnyPoint, float]]:
    """Points of different articles that are of one thing: equal, excluding, or shown together."""
    told = defaultdict[tuple[str, str, bool], set[Hashable]](set)
    for p in (p for own in points.values() for p in own):
        for k in p.keys:
            told[p.reading.sentence.article, k, kind.whole(p)].add(p.value)

    def alone(p: AnyPoint, key: str) -> bool:
        article, whole = p.reading.sentence.article, kind.whole(p)
        totals = told.get((article, key, True))
        return len(told[article, key, whole]) == 1 and (whole or not totals)

    pairs = dict(near)
    lone = {r: {k for p in own for k in p.keys if k in kind.far and alone(p, k)}
            for r, own in points.items()}  # fmt: skip
    for i, j in combinations(sorted(r for r, keys in lone.items() if keys), 2):
        if lone[i] & lone[j]:
            pairs.setdefault((i, j), 0.0)
    for (i, j), cosine in sorted(pairs.items()):
        for one in points[i]:
            for other in points[j]:
                key = next((k for k in one.keys if k in other.keys), None)
                if key is None or one.reading.sentence.article == other.reading.sentence.article:
                    continue
                # Cheap first: most pairs do not exclude each other.
                if (
                    one.value != other.value
                    and not kind.exclude(one, other)
                    and not (kind.joins and kind.joins(one, other))
                ):
                    continue
                if kind.same(one, other, cosine) or (
                    kind.sole is not None
                    and alone(one, key)
                    and alone(other, key)
                    and kind.sole(one, other)
                ):
                    yield one, other, cosine


def _sides(
    apart: Mapping[Two, float], linked: Mapping[AnyPoint, Sequence[AnyPoint]]
) -> list[tuple[Two, list[AnyPoint]]]:
    """Gather what differs about one thing: the nearest pair first, then what fits all of it.

    A further point joins if it was set side by side with a point of every value already there, or
    with one of its own value; so one accidental match cannot link two things.
    """
    used: set[tuple[int, Hashable]] = set()
    merged: dict[frozenset[Hashable], tuple[Two, list[AnyPoint]]] = {}
    for pair in sorted(apart, key=lambda p: (-apart[p], _place(p[0]), _place(p[1]))):
        if any((p.reading.row, p.value) in used for p in pair):
            continue
        members = list(pair)
        around = {p for own in pair for p in linked[own]}
        for p in sorted(around, key=_place):
            if p in members:
                continue
            met = {m.value for m in linked[p] if m in members}
            values = {m.value for m in members}
            if met == values or (p.value in values and p.value in met):
                members.append(p)
        used |= {(p.reading.row, p.value) for p in members}
        # The same values again are the same difference, told in further sentences.
        told = frozenset((p.value, *p.keys) for p in members)
        first, before = merged.get(told, (pair, []))
        merged[told] = first, [*before, *(m for m in members if m not in before)]
    found = [(pair, sorted(members, key=_place)) for pair, members in merged.values()]
    return sorted(found, key=lambda f: _place(f[1][0]))


def _place(point: AnyPoint) -> tuple[int, int]:
    return point.reading.row, point.first


def _values(
    members: Sequence[AnyPoint], worded: Callable[[AnyPoint], str]
) -> tuple[DisagreementValue, ...]:
    """One side for each value: the first wording, the first speaker named, every sentence.

    A wording that names its speaker ("Lee denied that …") has none beside it.
    """
    sides: dict[Hashable, list[AnyPoint]] = defaultdict(list)
    for p in members:
        sides[p.value].append(p)
    said = {
        value: next((s for p in own if (s := p.reading.speaker(p.at)) is not None), None)
        for value, own in sides.items()
    }
    return tuple(
        DisagreementValue(
            value=(words := worded(own[0])),
            speaker=None if (speaker := said[value]) and _names(words, speaker) else speaker,
            citations=tuple(
                Citation.of(s, 1.0) for s in dict.fromkeys(p.reading.sentence for p in own)
            ),
        )
        for value, own in sides.items()
    )


def _names(words: str, speaker: str) -> bool:
    return words.casefold().startswith(speaker.casefold())
