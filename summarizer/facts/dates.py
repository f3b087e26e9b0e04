"""Dates and times of a text: weekdays, months, days, years, hours, and words such as "last week".

Only what the words say is read; no calendar is consulted and no publication date is known here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Literal

from summarizer.facts.text import CACHE

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)

Relation = Literal["agree", "refine", "contradict", "unrelated"]


@dataclass(frozen=True, slots=True)
class Date:
    """A date or time as the words give it; what they do not give is None.

    start, end: the half-open span. weekday: 0 (Monday) to 6. month: 1 to 12. day: 1 to 31.
    year: four digits. decade: whether the year stands for ten ("1990s"). minute: of the day.
    relative: (unit, offset), ("week", -1) for "last week".
    """

    start: int
    end: int
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    year: int | None = None
    decade: bool = False
    minute: int | None = None
    relative: tuple[str, int] | None = None

    def said(self) -> dict[str, object]:
        """The parts that the words give, by name."""
        parts = {f.name: getattr(self, f.name) for f in fields(self)[2:]}
        return {k: v for k, v in parts.items() if v is not None and v is not False}


_MONTH = (
    r"(?P<{0}>Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)"
    r"|Sept?(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DAY = r"(?P<{0}>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d,.]*\d|\s?%)"
_YEAR = r"(?P<{0}>1[5-9]\d\d|20\d\d)"
_PERIODS = (
    r"week|month|year|weekend|night|morning|afternoon|evening|summer|spring|fall|autumn|winter"
    r"|decade|century|quarter|season"
)
_DATE = re.compile(
    rf"\b{_MONTH.format('m1')}\s+{_DAY.format('d1')}\b(?:,?\s+{_YEAR.format('y1')}\b)?"
    rf"|\b{_DAY.format('d2')}\s+(?:of\s+)?{_MONTH.format('m2')}\b(?:,?\s+{_YEAR.format('y2')}\b)?"
    rf"|\b{_MONTH.format('m3')}(?:,|\s+of)?\s+{_YEAR.format('y3')}\b"
    rf"|\b{_YEAR.format('y4')}-(?P<m4>0[1-9]|1[0-2])-(?P<d4>0[1-9]|[12]\d|3[01])\b"
    rf"|\b(?P<relday>last|next|this|coming|past)?\s*\b"
    rf"(?P<weekday>(?:{'|'.join(w.capitalize() for w in WEEKDAYS)})"
    r"|(?:Mon|Tues?|Weds?|Thurs?|Fri|Sat)\.)"
    rf"(?![a-z])"
    rf"|\b(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<min>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    rf"|\b(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)\b|\b(?P<noon>noon|midnight)\b"
    rf"|\b(?P<near>yesterday|today|tomorrow|tonight|overnight)\b"
    rf"|\b(?P<which>last|next|this|past|previous|coming|following)\s+(?P<period>{_PERIODS})\b"
    rf"|\b(?P<decade>1[5-9]\d0|20\d0)['’]?s\b"
    rf"|(?<![\w$€£¥.,/-])(?P<year>1[5-9]\d\d|20\d\d)(?![\w%]|[.,]\d"
    rf"|\s?(?:percent|per cent|people|troops"
    rf"|soldiers|men|women|children|workers|jobs|miles|kilomet|feet|metres|meters|pounds|dollars"
    rf"|euros"
    rf"|times|others|members|homes|students|votes|tons|tonnes|million|billion|points))"
    rf"|\b{_MONTH.format('m5')}(?![a-z]|\s+\d)",
    re.IGNORECASE,
)
_NEARBY = {
    "yesterday": ("day", -1),
    "today": ("day", 0),
    "tomorrow": ("day", 1),
    "tonight": ("night", 0),
    "overnight": ("night", -1),
}
_OFFSET = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "this": 0,
    "next": 1,
    "coming": 1,
    "following": 1,
}
_DAYLIKE_MONTH = re.compile(
    r"(?i)\b(?:in|since|by|until|till|of|from|to|and|last|this|next|early|late|mid|before|after|through|"
    r"during|between|on|for|every)[\s-]+(?:early\s|late\s|mid-?)?$"
)


def _month(name: str) -> int:
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(name.lower().rstrip(".")[:3]))


def _read(match: re.Match[str], text: str) -> Date | None:
    g, span = match.groupdict(), match.span()
    for n in "1235":
        name = g.get(f"m{n}")
        if not name:
            continue
        if not name[0].isupper():
            return None
        bare = n == "5" and name.lower() in (
            "may",
            "march",
            "jun",
            "jul",
            "june",
            "august",
            "april",
        )
        if n == "5" and (name.endswith(".") and match.end() == len(text.rstrip())):
            bare = True
        if bare and not _DAYLIKE_MONTH.search(text[: match.start("m5")]):
            return None
        day, year = g.get(f"d{n}"), g.get(f"y{n}")
        return Date(
            *span,
            month=_month(name),
            day=int(day) if day else None,
            year=int(year) if year else None,
        )
    if g["m4"]:
        return Date(*span, year=int(g["y4"]), month=int(g["m4"]), day=int(g["d4"]))
    if g["weekday"]:
        if not g["weekday"][0].isupper():
            return None
        day_name = g["weekday"].lower().rstrip(".")[:3]
        index = next(i for i, w in enumerate(WEEKDAYS) if w.startswith(day_name))
        start = match.start("relday") if g["relday"] else match.start("weekday")
        return Date(start, span[1], weekday=index)
    if g["hour"]:
        hour = int(g["hour"]) % 12 + (12 if g["half"].lower() == "p" else 0)
        return Date(*span, minute=hour * 60 + int(g["min"] or 0))
    if g["h24"]:
        return Date(*span, minute=int(g["h24"]) * 60 + int(g["m24"]))
    if g["noon"]:
        return Date(*span, minute=12 * 60 if g["noon"].lower() == "noon" else 0)
    if g["near"]:
        return Date(*span, relative=_NEARBY[g["near"].lower()])
    if g["period"]:
        return Date(*span, relative=(g["period"].lower(), _OFFSET[g["which"].lower()]))
    if g["decade"]:
        return Date(*span, year=int(g["decade"]), decade=True)
    return Date(*span, year=int(g["year"]))


@lru_cache(maxsize=CACHE)
def dates(text: str) -> tuple[Date, ...]:
    """The dates and times of a text in reading order."""
    found = (_read(match, text) for match in _DATE.finditer(text))
    return tuple(d for d in found if d is not None)


def relation(one: Date, other: Date) -> Relation:
    """How two dates stand to each other.

    agree: the same parts with the same values. refine: what both give is the same, and one gives
    more. contradict: a part that both give differs. unrelated: no part is given by both.
    """
    a, b = one.said(), other.said()
    shared = a.keys() & b.keys()
    if "decade" in a.keys() ^ b.keys() and one.year and other.year:
        same_decade = one.year // 10 == other.year // 10
        return "refine" if same_decade else "contradict"
    if one.relative and other.relative and one.relative[0] != other.relative[0]:
        shared = shared - {"relative"}
    if any(a[k] != b[k] for k in shared):
        return "contradict"
    if not shared:
        return "unrelated"
    return "agree" if a == b else "refine"


def supports_date(claim: Date, evidence: Sequence[Date]) -> bool:
    """Whether every part that the claim gives stands in the evidence.

    One evidence date that gives all parts is enough; so are several that each give some, as
    "Monday" and "Sept. 3" do for "Monday, Sept. 3", as long as a day keeps its month.
    "this week" and the like need no support: they place the report, not the event.
    """
    said = claim.said()
    if claim.relative is not None and claim.relative[1] == 0:
        opposed = [e for e in evidence if e.relative and e.relative[0] == claim.relative[0]]
        return not opposed or any(e.relative == claim.relative for e in opposed)
    if claim.decade:
        return any(
            e.year is not None and claim.year is not None and e.year // 10 == claim.year // 10
            for e in evidence
        )
    parts: list[dict[str, object]]
    parts = [{k: said[k] for k in ("month", "day") if k in said}] if "month" in said else []
    parts += [{k: v} for k, v in said.items() if k not in ("month", "day") or not parts]
    return all(
        any(all(e.said().get(k) == v for k, v in part.items()) for e in evidence) for part in parts
    )
