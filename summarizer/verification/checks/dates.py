"""Dates, days and hours: each must be given by the sources.

How dates are read and compared is `nlp.dates`'; figures that are no dates are for `numbers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.nlp import Parsed
from summarizer.nlp.date_values import carries_date, contradicts_date
from summarizer.nlp.dates import dates as dates_of
from summarizer.types import Finding


def dates(sentence: Parsed, sources: Sequence[Parsed]) -> Iterator[Finding]:
    """Dates that no source carries ("dates.missing"), with what the sources have instead."""
    held = [(found, source) for source in sources for found in dates_of(source)]
    for claim in dates_of(sentence):
        if carries_date(claim, [d for d, _ in held]):
            continue
        tokens = sentence.tokens[claim.first : claim.last]
        start, end = tokens[0].start, tokens[-1].end
        rival = next(
            (s.cut(range(d.first, d.last)) for d, s in held if contradicts_date(claim, d)),
            None,
        )
        told = f"“{sentence.text[start:end]}” is not a date of the sentences it was checked against"
        if rival is not None:
            told += f"; they have “{rival}”"
        yield Finding("dates.missing", "date", start, end, f"{told}.", rival)
