"""Counts that grew while the story ran: each earlier figure with the newest of the same counter.

What differs without being newer is for `pairing`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from summarizer.disagreements import counts
from summarizer.disagreements.counts import Count, value_of
from summarizer.disagreements.pairing import COUNTS, NearReadings, of_one_thing
from summarizer.disagreements.statements import Point
from summarizer.types import Update

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def updates(near: NearReadings) -> tuple[Update, ...]:
    """Each sentence with a figure that a report of another article gives anew, in their order.

    The newest is the one printed last, of those of one time the highest.
    """
    points = {row: tuple(counts.points(reading)) for row, reading in near.readings.items()}
    later: dict[Point[Count], list[Point[Count]]] = defaultdict(list)
    for one, other, _ in of_one_thing(COUNTS, points, near.cosines):
        if (states := counts.newer(one, other)) is not None:
            early, late = states
            later[early].append(late)
    found = []
    for early, known in sorted(later.items(), key=lambda kv: (kv[0].reading.row, kv[0].first)):
        late = max(known, key=lambda p: (p.reading.published or _LONG_AGO, value_of(p)))
        about = counts.heading(early)
        if about:
            rows = early.reading.row, late.reading.row
            values = value_of(early), value_of(late)
            found.append(Update(about, *rows, *values, early.wording))
    return tuple(found)
