"""Dates, days and hours: each must be given by the sources, or follow from when they appeared.

How dates are read and compared is `nlp.dates`'; figures that are no dates are for `numbers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from summarizer.nlp import Parsed
from summarizer.nlp.date_values import carries_date, contradicts_date
from summarizer.nlp.dates import dates as dates_of
from summarizer.types import Finding
from summarizer.verification.checks.protocol import Source


def dates(sentence: Parsed, sources: Sequence[Source]) -> Iterator[Finding]:
    """Dates that no source carries ("dates.missing"), with what the sources have instead.

    A weekday or "today" of a source whose article has a date is carried by the day that it means.
    """
    held = [(found, source) for source in sources for found in dates_of(source.parsed)]
    by_day = {day: [d for d, s in held if _day(s.published) == day] for day in _days(sources)}
    for claim in dates_of(sentence):
        if any(carries_date(claim, found, day) for day, found in by_day.items()):
            continue
        if carries_date(claim, [d for d, _ in held]):
            continue
        tokens = sentence.tokens[claim.first : claim.last]
        start, end = tokens[0].start, tokens[-1].end
        rival = next(
            (s.parsed.cut(range(d.first, d.last)) for d, s in held if contradicts_date(claim, d)),
            None,
        )
        told = f"“{sentence.text[start:end]}” is not the sources' date"
        if rival is not None:
            told += f"; they have “{rival}”"
        yield Finding("dates.missing", "date", start, end, f"{told}.", rival)


def _days(sources: Sequence[Source]) -> list[date | None]:
    return list(dict.fromkeys(_day(s.published) for s in sources))


def _day(published: str | None) -> date | None:
    """The day of an ISO 8601 date; None where there is none or it is in another form."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
