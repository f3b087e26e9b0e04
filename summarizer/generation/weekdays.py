"""A weekday gets its date, where the day on which its article was published makes it certain.

Which day it is, is read in `nlp.publication_days`; whether the longer wording may stand is for
verification.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping

from summarizer.nlp import parse
from summarizer.nlp.dates import dates
from summarizer.nlp.frames import frames
from summarizer.nlp.publication_days import certain, day_of
from summarizer.schema import CitedSentence


def resolve(
    sentence: CitedSentence, published: Mapping[str, str | None], known: Collection[str]
) -> tuple[str, str, str] | None:
    """The sentence with its first weekday's date, the date as written, and the weekday.

    published: article id → ISO 8601, or None where unknown. known: weekdays that need no date any
    more. None where a cited article that names the day has no date of its own, where they give
    different days, or where sentence or source leave it open whether the day is past: of the past,
    a weekday is the last one.
    """
    parsed, *cited = parse([sentence.text, *(c.text for c in sentence.citations)])
    if any(f.modal == "future" for f in frames(parsed)):
        return None
    for found in dates(parsed):
        name = calendar.day_name[found.weekday or 0]
        if name in known or not certain(parsed, found):
            continue
        held = [
            (citation.article, source, d)
            for citation, source in zip(sentence.citations, cited, strict=True)
            for d in dates(source)
            if d.weekday == found.weekday
        ]
        if not held or not all(certain(source, d) for _, source, d in held):
            continue
        days = {day_of(d, published.get(article)) for article, _, d in held}
        day = days.pop()
        if days or day is None:
            continue
        last = parsed.tokens[found.last - 1]
        text, end = sentence.text, last.end
        written = f"{name}, {calendar.month_name[day.month]} {day.day}"
        comma = "," if text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum() else ""
        return f"{text[: last.start]}{written}{comma}{text[end:]}", written, name
    return None
