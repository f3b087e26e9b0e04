"""Where sources give different values for one thing: figures, dates, names in a role, denials.

Points of all sentences are indexed by what they are of; only points that share a key are set side
by side. Nothing is averaged and nothing is chosen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from summarizer.compare import counts, denials, roles, times
from summarizer.compare.reading import Point, Reading, moment
from summarizer.config import Config
from summarizer.story import (
    Citation,
    Disagreement,
    DisagreementValue,
    Grouped,
)

Kind = Literal["number", "date", "name", "claim"]


def _apart(one: Point, other: Point, a: Reading, b: Reading) -> bool:
    return counts.exclude(one, other) and not counts.updates(one, other, a, b)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of value is found, paired, told apart and named."""

    name: Kind
    points: Callable[[Reading], Iterator[Point]]
    same: Callable[[Point, Point, Reading, Reading, float], bool]
    exclude: Callable[[Point, Point, Reading, Reading], bool]
    about: Callable[[Point, Point], str]


_KINDS = (
    _Kind("number", counts.points, counts.same_thing, _apart, counts.about),
    _Kind(
        "date", times.points, times.same_thing, lambda x, y, a, b: times.exclude(x, y), times.about
    ),
    _Kind("name", roles.points, roles.same_thing, roles.exclude, roles.about),
    _Kind("claim", denials.points, denials.same_thing, denials.exclude, denials.about),
)


def disagreements(
    grouped: Grouped, config: Config, *, published: Mapping[str, str | None] | None = None
) -> tuple[Disagreement, ...]:
    """Where sources give different values for one thing: each value as worded, with who gives it.

    published: article id -> ISO 8601 time where known; with it a later figure of the same count is
    told from a disagreement. Points of different articles (strangers and titles left out) that are
    of one thing differ if they exclude each other and no article gives both values for its part.
    Sentences that are one text stand together behind their value; so do all sentences that give
    it. Each key holds at most `compare_rows` points, the first of each article before second ones,
    so that time grows with the text. Figures first, then dates, names and claims, each in the
    order of the sentences.
    """
    when = published or {}
    readings = {
        row: Reading(row, s, moment(when.get(s.article)))
        for row, s in enumerate(grouped.embedded.sentences)
        if s.field == "text" and s.article not in grouped.strangers
    }
    found: list[Disagreement] = []
    taken: set[tuple[int, int]] = set()
    for kind in _KINDS:
        for disagreement, rows in _of_kind(kind, grouped, readings, config):
            # What a figure or a date already shows is not shown again as a denial.
            if kind.name == "claim" and any(pair in taken for pair in combinations(rows, 2)):
                continue
            taken |= set(combinations(rows, 2))
            found.append(disagreement)
    return tuple(found)


def _of_kind(
    kind: _Kind, grouped: Grouped, readings: Mapping[int, Reading], config: Config
) -> Iterator[tuple[Disagreement, tuple[int, ...]]]:
    points = [p for reading in readings.values() for p in kind.points(reading)]
    vectors = grouped.embedded.vectors
    given: dict[tuple[Hashable, str], set[str]] = defaultdict(set)
    for p in points:
        for k in p.keys:
            given[p.value, k].add(readings[p.row].sentence.article)
    apart: dict[tuple[int, int], float] = {}
    alike: set[tuple[int, int]] = set()
    for i, j in _pairs(points, readings, config):
        one, other = points[i], points[j]
        a, b = readings[one.row], readings[other.row]
        near = float(vectors[one.row] @ vectors[other.row])
        if not kind.same(one, other, a, b, near):
            continue
        if one.value == other.value:
            alike.add((i, j))
        elif (
            grouped.passages[one.row] != grouped.passages[other.row]
            and kind.exclude(one, other, a, b)
            and not any(
                given[one.value, k] & given[other.value, k] for k in {*one.keys} & {*other.keys}
            )
        ):
            apart[i, j] = near
    for (i, j), members in _sides(points, apart, alike):
        yield (
            Disagreement(
                about=kind.about(points[i], points[j]),
                kind=kind.name,
                values=_values([points[m] for m in members], readings),
            ),
            tuple(sorted({points[m].row for m in members})),
        )


def _sides(
    points: Sequence[Point], apart: Mapping[tuple[int, int], float], alike: set[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], list[int]]]:
    """Gather what differs about one thing: the nearest pair first, then what fits all of it.

    A further point joins if it was set side by side with a point of every value already there,
    and equals it or excludes it; so one chance likeness cannot chain two things together.
    Yields the pair and the indices of all points, in reading order; in the order of the pairs.
    """
    linked: dict[int, set[int]] = defaultdict(set)
    for i, j in (*apart, *alike):
        linked[i].add(j)
        linked[j].add(i)
    used: set[int] = set()
    found: list[tuple[tuple[int, int], list[int]]] = []
    for i, j in sorted(apart, key=lambda pair: (-apart[pair], pair)):
        if i in used or j in used:
            continue
        members = [i, j]
        for m in sorted((linked[i] | linked[j]) - used - {i, j}):
            values = {points[k].value for k in members}
            met = {points[k].value for k in members if k in linked[m]}
            if met == values or (points[m].value in values and points[m].value in met):
                members.append(m)
        used |= set(members)
        rows = {(points[k].row, points[k].value) for k in members}
        used |= {k for k, p in enumerate(points) if (p.row, p.value) in rows}
        found.append(((i, j), sorted(members)))
    # The same values for one key again are the same difference, told in further sentences.
    merged: dict[tuple[str, frozenset[Hashable]], tuple[tuple[int, int], list[int]]] = {}
    for (i, j), members in sorted(found):
        key = min({*points[i].keys} & {*points[j].keys})
        told = frozenset(points[m].value for m in members)
        pair, before = merged.get((key, told), ((i, j), []))
        merged[key, told] = pair, sorted({*before, *members})
    yield from merged.values()


def _pairs(
    points: Sequence[Point], readings: Mapping[int, Reading], config: Config
) -> Iterator[tuple[int, int]]:
    """The pairs of points of different articles that share a key, each once."""
    held: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, p in enumerate(points):
        article = readings[p.row].sentence.article
        for key in p.keys:
            held[key][article].append(i)
    seen: set[tuple[int, int]] = set()
    for by_article in held.values():
        if len(by_article) < 2:
            continue
        # The first of each article, then the second of each, …: no outlet crowds out another.
        depth = max(map(len, by_article.values()))
        turns = [own[n] for n in range(depth) for own in by_article.values() if n < len(own)]
        for i, j in combinations(sorted(turns[: config.compare_rows]), 2):
            other = readings[points[i].row].sentence.article
            if other != readings[points[j].row].sentence.article and (i, j) not in seen:
                seen.add((i, j))
                yield i, j


def _values(
    members: Sequence[Point], readings: Mapping[int, Reading]
) -> tuple[DisagreementValue, ...]:
    """One side for each value: the first wording, the first speaker named, every sentence."""
    sides: dict[Hashable, list[Point]] = defaultdict(list)
    for p in members:
        sides[p.value].append(p)
    values = []
    for own in sides.values():
        rows = dict.fromkeys(p.row for p in own)
        speakers = [s for p in own if (s := readings[p.row].speaker(p.start)) is not None]
        values.append(
            DisagreementValue(
                value=readings[own[0].row].text[own[0].start : own[0].end],
                speaker=speakers[0] if speakers else None,
                citations=tuple(Citation.of(readings[row].sentence, 1.0) for row in rows),
            )
        )
    return tuple(values)
