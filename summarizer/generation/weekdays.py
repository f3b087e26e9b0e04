"""Which day a weekday was: resolved from the day its article was published, where that is certain.

Dates are read and resolved in `nlp`; whether the longer wording may stand is for verification.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Mapping
from datetime import date

from summarizer.nlp import Parsed, parse
from summarizer.nlp.dates import Date, dates, said
from summarizer.nlp.dates import resolve as resolved
from summarizer.nlp.frames import frames
from summarizer.nlp.lexicons.wordnet import broader
from summarizer.nlp.name_values import beside_names
from summarizer.nlp.quotations import quotations
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


def certain(parsed: Parsed, found: Date) -> bool:
    """Whether a date is a weekday alone, outside quotation marks, and surely of the past."""
    return said(found).keys() == {"weekday"} and happened(parsed, found)


def happened(parsed: Parsed, found: Date) -> bool:
    """Whether a weekday, alone or with a time of that day, is surely of the past.

    Surely: "on" it or with it bare, some verb in a simple or perfect past happened, and nothing
    between the two may have a day of its own.
    """
    span = range(found.first, found.last)
    at = next((i for i in span if parsed.tokens[i].text in calendar.day_name), None)
    if at is None or not said(found).keys() <= {"weekday", "hour", "part"}:
        return False
    after = parsed.tokens[at + 1].text if at + 1 < len(parsed.tokens) else ""
    inside = after[:1] in ("-", "'", "’") or any(c < at for c in parsed.children[at])
    joined = any(parsed.tokens[c].dep in ("cc", "conj") for c in parsed.children[at])
    if inside or joined or any(a <= at < b for a, b in quotations(parsed)):
        return False
    if parsed.tokens[at].dep == "compound" and parsed.tokens[at].head in span:
        at = parsed.tokens[at].head  # "Monday night"
    token = parsed.tokens[at]
    if token.dep == "pobj" and parsed.tokens[token.head].lower == "on":
        verb, start = parsed.tokens[token.head].head, token.head
    elif token.dep == "npadvmod":
        verb, start = token.head, at
    else:
        return False
    if parsed.tokens[verb].pos == "ADV":  # "late on Friday"
        verb = parsed.tokens[verb].head
    past = parsed.tokens[verb].tag in ("VBD", "VBN") and found.ahead is False
    return past and not any(_planned(parsed, i) for i in range(verb + 1, start))


def _planned(parsed: Parsed, i: int) -> bool:
    """Whether the day behind a word may be that of the word and not of the verb before.

    So with an infinitive, a participle in -ing and an event: "called a vote on Friday". An event
    that something was done in or at was when it was done.
    """
    token = parsed.tokens[i]
    if (
        token.pos == "NOUN"
        and token.dep != "compound"
        and not _EVENTS.isdisjoint(broader(token.lemma, "NOUN", _STEPS))
    ):
        above = parsed.tokens[token.head].lower
        return token.dep != "pobj" or above not in beside_names("where")
    return token.tag in ("VB", "VBG")


_EVENTS = frozenset({"act", "activity", "event", "gathering", "social event"})
_STEPS = 6
"""Steps up in the lexicon from a noun to "act": a ferry strike takes five."""


def day_of(found: Date, published: str | None) -> date | None:
    """The day that a weekday of the past was, by the day of publication."""
    try:
        day = resolved(found, date.fromisoformat((published or "")[:10]))
    except ValueError:
        return None
    if day.year is None or day.month is None or day.day is None:
        return None
    return date(day.year, day.month, day.day)
