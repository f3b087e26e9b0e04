"""A date as a value, and how two compare: carried, contradicted, made certain by a publication day.

Nothing is read here; `dates` finds them in a parse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from summarizer.nlp.lexicons.lists import table


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day. minute: 0 to 1439 as written. zone: minutes east of Greenwich, None unknown.

    half: False where the words leave open whether it is morning or afternoon ("at 3 o'clock").
    """

    minute: int
    zone: int | None = None
    half: bool = True


@dataclass(frozen=True, slots=True)
class Date:
    """A date or time as the words give it, tokens [first, last); what they do not give is None.

    month: 1 to 12. weekday: 0 (Monday) to 6. decade: whether the year stands for ten ("1990s").
    quarter: 1 to 4. part: "morning", "afternoon", "evening", "night" or "". relative: "today",
    "yesterday", "tomorrow", "last week", "next year", "a year earlier", … or "". relation:
    "until", "since", "before", "after", "by", "from", "for" or "": how what is told stands to it.
    ahead: whether its own verb is about the future, or None where none says.
    """

    first: int
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    hour: Clock | None = None
    relative: str = ""
    decade: bool = False
    quarter: int | None = None
    part: str = ""
    relation: str = ""
    ahead: bool | None = None


def said(found: Date) -> dict[str, object]:
    """The parts that the words give, by name: "year", "month", "day", "weekday", "hour", …"""
    parts = {
        "year": found.year,
        "month": found.month,
        "day": found.day,
        "weekday": found.weekday,
        "hour": found.hour,
        "relative": found.relative or None,
        "decade": found.decade or None,
        "quarter": found.quarter,
        "part": found.part or None,
    }
    return {k: v for k, v in parts.items() if v is not None}


def resolve(found: Date, published: date) -> Date:
    """The date with its day where the day of publication makes it certain.

    Certain are "today" and its like, and a weekday alone of which the past is told: the last one
    up to `published`, that day included. Anything else stands as it is.
    """
    days = table("calendar")["near"]
    if found.relative in days:
        day = published + timedelta(days=days[found.relative])
    elif (
        found.weekday is not None
        and found.day is None
        and found.ahead is False
        and found.relation in ("", "since")
    ):
        day = published - timedelta(days=(published.weekday() - found.weekday) % 7)
    else:
        return found
    return replace(
        found, year=day.year, month=day.month, day=day.day, weekday=day.weekday(), relative=""
    )


def _same_hour(a: Clock, b: Clock) -> bool:
    if not (a.half and b.half):
        return a.minute % 720 == b.minute % 720
    if a.zone is None or b.zone is None:
        return a.minute == b.minute
    return (a.minute - a.zone) % 1440 == (b.minute - b.zone) % 1440


def _weekday(parts: Mapping[str, object]) -> int | None:
    """The weekday, as given or by the calendar."""
    given = parts.get("weekday")
    if isinstance(given, int):
        return given
    year, month, day = (parts.get(k) for k in ("year", "month", "day"))
    if isinstance(year, int) and isinstance(month, int) and isinstance(day, int):
        try:
            return date(year, month, day).weekday()
        except ValueError:
            return None
    return None


def contradicts_date(a: Date, b: Date) -> bool:
    """Whether two dates of one event cannot both be true. Symmetric.

    A part that both give differs; a weekday against a full date goes by the calendar. "Yesterday"
    and "today" of two reports do not differ: resolve them first. An hour without a zone is not
    set against one with a zone.
    """
    one, other = said(a), said(b)
    if a.decade != b.decade and a.year is not None and b.year is not None:
        return a.year // 10 != b.year // 10
    if any(
        one[k] != other[k] for k in ("year", "month", "day", "quarter") if k in one and k in other
    ):
        return True
    days = _weekday(one), _weekday(other)
    if None not in days and days[0] != days[1]:
        return True
    if a.hour is not None and b.hour is not None:
        known = (a.hour.zone is None) == (b.hour.zone is None)
        if known and not _same_hour(a.hour, b.hour):
            return True
    ways, periods = zip(*(_way(d.relative) for d in (a, b)), strict=True)
    return bool(periods[0]) and periods[0] == periods[1] and ways[0] != ways[1]


def _way(relative: str) -> tuple[str, str]:
    way, _, period = relative.partition(" ")
    return way, period


def carries_date(claim: Date, evidence: Sequence[Date]) -> bool:
    """Whether the evidence's dates make the claim's true.

    evidence: the dates of sentences that belong together; one may give the weekday and another the
    month and day, but day and month must come from one; a weekday gives these only once
    it is resolved. "This week" and the like need no evidence unless it has the same period
    elsewhere; a zone must be the evidence's.
    """
    parts = said(claim)
    if claim.relation in ("until", "since") and not any(
        e.relation == claim.relation and not contradicts_date(claim, e) for e in evidence
    ):
        return False
    way, period = _way(claim.relative)
    if claim.relative and (way == "this" or claim.relative == "today"):
        opposed = [e for e in evidence if period and _way(e.relative)[1] == period]
        if not opposed or any(e.relative == claim.relative for e in opposed):
            parts.pop("relative")
    if claim.decade:
        return any(e.year is not None and e.year // 10 == (claim.year or 0) // 10 for e in evidence)
    together = [k for k in ("month", "day") if k in parts]
    if together and not any(
        _gives(e, parts, together) and not contradicts_date(claim, e) for e in evidence
    ):
        return False
    rest = [k for k in parts if k not in together]
    return all(any(_gives(e, parts, [k]) for e in evidence) for k in rest)


def _gives(evidence: Date, parts: Mapping[str, object], keys: Sequence[str]) -> bool:
    """Whether the evidence gives these parts with these values."""
    held = said(evidence)
    for key in keys:
        want = parts[key]
        if key == "hour" and isinstance(want, Clock):
            if evidence.hour is None or not _same_hour(want, evidence.hour):
                return False
            if want.zone is not None and evidence.hour.zone is None:
                return False
        elif key == "weekday":
            if _weekday(held) != want:
                return False
        elif held.get(key) != want:
            return False
    return True
