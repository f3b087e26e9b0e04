"""Counts that grew while the story ran: each earlier figure with the newest of the same counter.

What differs without being newer is for `pairing`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime

from summarizer.config import Config
from summarizer.disagreements import counts
from summarizer.disagreements.counts import Count
from summarizer.disagreements.pairing import near_rows, readings_of
from summarizer.disagreements.statements import Point
from summarizer.nlp.quantities import compatible
from summarizer.types import Grouped, Update

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def updates(
    grouped: Grouped, config: Config, *, published: Mapping[str, str | None] | None = None
) -> tuple[Update, ...]:
    """Each sentence with a figure that a report of another article gives anew, in their order.

    published: article id -> ISO 8601 time where known. The newest is the one printed last, of
    those of one time the highest. A sentence that itself calls its figure an earlier one has none.
    """
    near = near_rows(grouped, config)
    readings = readings_of(grouped, sorted({r for pair in near for r in pair}), published or {})
    points = {row: tuple(counts.points(reading)) for row, reading in readings.items()}
    later: dict[Point[Count], list[Point[Count]]] = defaultdict(list)
    for (i, j), cosine in near.items():
        for one in points[i]:
            for other in points[j]:
                if not set(one.keys) & set(other.keys):
                    continue
                if compatible(one.detail.figure, other.detail.figure):
                    continue
                if counts.is_later_count(one, other) and counts.same_thing(one, other, cosine):
                    early, late = sorted((one, other), key=_value)
                    later[early].append(late)
    found = []
    for early, known in sorted(later.items(), key=lambda kv: (kv[0].reading.row, kv[0].first)):
        late = max(known, key=lambda p: (p.reading.published or _LONG_AGO, _value(p)))
        about = counts.heading(early)
        if about and not counts.earlier(early):
            rows = early.reading.row, late.reading.row
            values = _value(early), _value(late)
            found.append(Update(about, *rows, *values, early.wording, late.wording))
    return tuple(found)


def _value(point: Point[Count]) -> float:
    return point.detail.figure.value
