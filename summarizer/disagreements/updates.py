"""Counts that grew while the story ran: each earlier figure with the newest of the same counter.

What differs without being newer is for `pairing`.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from summarizer.disagreements import counts
from summarizer.disagreements.counts import Count, value_of
from summarizer.disagreements.pairing import NearReadings
from summarizer.disagreements.statements import Point
from summarizer.nlp.quantities import compatible
from summarizer.types import Update

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def updates(near: NearReadings) -> tuple[Update, ...]:
    """Each sentence with a figure that a report of another article gives anew, in their order.

    The newest is the one printed last, of those of one time the highest. A sentence that itself
    calls its figure an earlier one has none.
    """
    points = {row: tuple(counts.points(reading)) for row, reading in near.readings.items()}
    later: dict[Point[Count], list[Point[Count]]] = defaultdict(list)
    for (i, j), cosine in near.cosines.items():
        for one in points[i]:
            for other in points[j]:
                if not set(one.keys) & set(other.keys):
                    continue
                if compatible(one.detail.figure, other.detail.figure):
                    continue
                if counts.is_later_count(one, other) and counts.same_thing(one, other, cosine):
                    early, late = sorted((one, other), key=value_of)
                    later[early].append(late)
    found = []
    for early, known in sorted(later.items(), key=lambda kv: (kv[0].reading.row, kv[0].first)):
        late = max(known, key=lambda p: (p.reading.published or _LONG_AGO, value_of(p)))
        about = counts.heading(early)
        if about and not counts.earlier(early):
            rows = early.reading.row, late.reading.row
            values = value_of(early), value_of(late)
            found.append(Update(about, *rows, *values, early.wording))
    return tuple(found)
