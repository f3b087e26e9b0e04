"""Which day a date of a sentence is, by the day its article was published, where that is certain.

What the words say of a date is read in `dates`.
"""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta

from summarizer.nlp.dates import Date, said
from summarizer.nlp.dates import resolve as resolved
from summarizer.nlp.frames import frames
from summarizer.nlp.lexicons.wordnet import broader
from summarizer.nlp.name_values import beside_names
from summarizer.nlp.parse import Parsed
from summarizer.nlp.quotations import quotations


def moment(published: str | None) -> datetime | None:
    """An article's ISO 8601 time; UTC where it names no zone, None where it is no such time."""
    try:
        found = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


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
    near = published_day(published)
    if near is None:
        return None
    day = resolved(found, near)
    if day.year is None or day.month is None or day.day is None:
        return None
    return date(day.year, day.month, day.day)


def published_day(given: str | None) -> date | None:
    """The day of an ISO 8601 time of publication; None where it is none."""
    try:
        return date.fromisoformat((given or "")[:10])
    except ValueError:
        return None


def when(parsed: Parsed, found: Date, published: str | None) -> tuple[date, bool] | None:
    """The day that a date of a sentence is for certain, and whether it stands for its month.

    Certain is a date with its year, or with the weekday that fits one year near publication, and
    outside quotation marks a weekday or a month alone of what surely was or will be.
    """
    near = published_day(published)
    if (day := _full(found, near)) is not None:
        return day, False
    if any(a <= found.first < b for a, b in quotations(parsed)):
        return None
    if happened(parsed, found) and (day := day_of(found, published)) is not None:
        return day, False
    if near is None or found.relation:
        return None
    if (month := _month(parsed, found, near)) is not None:
        return month, True
    day = _next(parsed, found, near)
    return None if day is None else (day, False)


def _next(parsed: Parsed, found: Date, near: date) -> date | None:
    """The first such weekday after publication, if something will be done on it.

    None for the weekday of publication itself, which may be that day or a week later.
    """
    if not said(found).keys() <= {"weekday", "hour", "part"} or found.weekday is None:
        return None
    ahead = (found.weekday - near.weekday()) % 7
    if not ahead or not _tensed(parsed, found, "on", "future"):
        return None
    return near + timedelta(days=ahead)


def _month(parsed: Parsed, found: Date, near: date) -> date | None:
    """The first day of a month without a year: the last one of what was done, or the next one."""
    if found.month is None or said(found).keys() != {"month"}:
        return None
    if _tensed(parsed, found, "in", "past"):
        return date(near.year - (found.month > near.month), found.month, 1)
    if _tensed(parsed, found, "in", "future"):
        return date(near.year + (found.month < near.month), found.month, 1)
    return None


def _tensed(parsed: Parsed, found: Date, preposition: str, tense: str) -> bool:
    """Whether a date stands by a preposition on a verb that tells what was, or what will be."""
    tokens = parsed.tokens
    held = {tokens[i].head for i in range(found.first, found.last) if tokens[i].dep == "pobj"}
    verbs = {tokens[p].head for p in held if tokens[p].lower == preposition}
    if found.ahead is not (tense == "future") or len(verbs) != 1:
        return False
    modal = "future" if tense == "future" else ""
    return any(
        f.predicate in verbs and f.modal == modal and tense in (f.tense, f.modal)
        for f in frames(parsed)
        if not f.condition
    )


def _full(found: Date, near: date | None) -> date | None:
    """A date given with its year, or with a weekday that fits one year near `near` alone."""
    if found.month is None or found.day is None or found.decade:
        return None
    if found.year is not None:
        return _real(found.year, found.month, found.day)
    if found.weekday is None or near is None:
        return None
    years = (near.year - 1, near.year, near.year + 1)
    fitting = [d for y in years if (d := _real(y, found.month, found.day)) is not None]
    fitting = [d for d in fitting if d.weekday() == found.weekday]
    return fitting[0] if len(fitting) == 1 else None


def _real(year: int, month: int, day: int) -> date | None:
    valid = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    return date(year, month, day) if valid else None
