"""Which day a weekday was: resolved from the day its article was published, where that is certain.

Knows the calendar and words; whether the longer wording may stand is `verify`'s.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from summarizer import prose
from summarizer.facts.dates import MONTHS, WEEKDAYS
from summarizer.story import CitedSentence

_DAY = re.compile(
    rf"(?P<on>\b[Oo]n |\b(?:late|early|that) )?\b(?P<day>{'|'.join(d.title() for d in WEEKDAYS)})\b"
    rf"(?!s\b|['’-]|,? (?:{'|'.join(m.title() for m in MONTHS)}|\w{{3,4}}\. \d|\d))"
)
_UNSURE = re.compile(
    r"\b(?:last|next|every|each|a|this|coming|following|previous|by|until)\s$", re.I
)
_AHEAD = re.compile(
    r"\b(?:will|would|shall|plan\w*|schedul\w+|expect\w*|upcoming|due|set to|going to|next|"
    r"tomorrow|deadline|may|could|should)\b",
    re.I,
)


def resolve(
    sentence: CitedSentence, published: Mapping[str, str | None], known: Collection[str]
) -> tuple[str, str, str] | None:
    """The sentence with its first weekday's date, the date as written, and the weekday.

    published: article id → ISO 8601, or None where unknown. known: weekdays that need no date any
    more. None where a cited article that names the day has no date of its own, where they give
    different days, or where the sentence looks ahead: of the past, a weekday is the last one.
    """
    text = sentence.text
    quoted = prose.quoted_spans(text)
    if _AHEAD.search(text):
        return None
    for match in _DAY.finditer(text):
        weekday, start, end = match["day"], match.start("day"), match.end("day")
        if weekday in known or any(a <= start < b for a, b in quoted):
            continue
        if _UNSURE.search(text[: match.start()]):
            continue
        named = [c.article for c in sentence.citations if re.search(rf"\b{weekday}\b", c.text)]
        days = {_last(weekday, published.get(article)) for article in named}
        if len(days) != 1 or None in days:
            continue
        [day] = days
        if day is None:
            continue
        written = f"{weekday}, {MONTHS[day.month - 1].title()} {day.day}"
        comma = "," if re.match(r" \w", text[end:]) else ""
        return f"{text[:start]}{written}{comma}{text[end:]}", written, weekday
    return None


def _last(weekday: str, published: str | None) -> date | None:
    """The last such weekday up to the day of publication, that day included."""
    try:
        day = date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
    return day - timedelta(days=(day.weekday() - WEEKDAYS.index(weekday.lower())) % 7)
