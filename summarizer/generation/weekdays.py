"""Which day a weekday was: resolved from the day its article was published, where that is certain.

Dates are read and resolved in `nlp`; whether the longer wording may stand is `verify`'s.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping
from datetime import date

from summarizer.nlp import Parsed, parse
from summarizer.nlp.dates import Date, dates, said
from summarizer.nlp.dates import resolve as resolved
from summarizer.nlp.frames import frames
from summarizer.nlp.quotations import quotations
from summarizer.schema import CitedSentence


def resolve(
    sentence: CitedSentence, published: Mapping[str, str | None], known: Collection[str]
) -> tuple[str, str, str] | None:
    """The sentence with its first weekday's date, the date as written, and the weekday.

    published: article id → ISO 8601, or None where unknown. known: weekdays that need no date any
    more. None where a cited article that names the day has no date of its own, where they give
    different days, or where anything in the sentence lies ahead: of the past, a weekday is the
    last one.
    """
    parsed, *cited = parse([sentence.text, *(c.text for c in sentence.citations)])
    if any(f.modal == "future" for f in frames(parsed)):
        return None
    for found in dates(parsed):
        if not _bare(parsed, found):
            continue
        name = calendar.day_name[found.weekday or 0]
        if name in known:
            continue
        days = {
            _day(found, published.get(citation.article))
            for citation, source in zip(sentence.citations, cited, strict=True)
            if any(d.weekday == found.weekday for d in dates(source))
        }
        if len(days) != 1 or None in days:
            continue
        [day] = days
        if day is None:
            continue
        end = parsed.tokens[_last(parsed, found)].end
        text = sentence.text
        written = f"{name}, {calendar.month_name[day.month]} {day.day}"
        comma = "," if text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum() else ""
        start = parsed.tokens[_last(parsed, found)].start
        return f"{text[:start]}{written}{comma}{text[end:]}", written, name
    return None


def _bare(parsed: Parsed, found: Date) -> bool:
    """Whether a date is a weekday alone: of one week, not quoted, with nothing to place it."""
    if found.weekday is None or not said(found).keys() <= {"weekday", "part"}:
        return False
    at = _last(parsed, found)
    if any(a <= at < b for a, b in quotations(parsed)):
        return False
    if at < 0:
        return False
    placed = any(parsed.tokens[c].dep in ("amod", "det") for c in parsed.children[at])
    after = parsed.tokens[at + 1].text if at + 1 < len(parsed.tokens) else ""
    return not placed and after[:1] not in ("-", "'", "’")


def _last(parsed: Parsed, found: Date) -> int:
    """The token of the weekday, -1 for a short or plural form."""
    days = calendar.day_name
    return next((i for i in range(found.first, found.last) if parsed.tokens[i].text in days), -1)


def _day(found: Date, published: str | None) -> date | None:
    """The day that a weekday of the past was, by the day of publication."""
    try:
        day = resolved(found, date.fromisoformat((published or "")[:10]))
    except ValueError:
        return None
    if day.year is None or day.month is None or day.day is None:
        return None
    return date(day.year, day.month, day.day)
