"""Dates and times of a sentence: what the words say of year, month, day, weekday, hour and period.

Figures that count something are for `quantities`; how dates compare is for `date_values`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from summarizer.nlp.bounds import bound_before
from summarizer.nlp.date_relations import placed
from summarizer.nlp.date_values import (
    Clock,
    Date,
    carries_date,
    contradicts_date,
    resolve,
    said,
)
from summarizer.nlp.lexicons.lists import table
from summarizer.nlp.parse import Parsed

__all__ = ["Clock", "Date", "carries_date", "contradicts_date", "dates", "resolve", "said"]

REMEMBERED = 4096
"""Sentences whose dates stay in memory, the last asked."""

_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_DECADE = re.compile(r"(?:mid-)?(?:(1[5-9]|20)?(\d)0)'?s")
_NO_YEAR = frozenset({"$", "£", "€", "#"})
_NTH = re.compile(r"(3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?")
_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.]([0-5]\d)(?::[0-5]\d)?([ap]\.?m\.?)?")
_HOUR = re.compile(r"(1[0-2]|0?[1-9])([ap]\.?m\.?)?")
_HALF = re.compile(r"[ap]\.?m\.?")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})|(\d{4})[/-](\d{1,2})[/-](\d{1,2})")
_JOINERS = frozenset({",", "on", "of", "the", "at", "in"})


@cache
def _index(kind: str) -> Mapping[str, int]:
    """Weekdays (from 0) or months (from 1) in all their forms."""
    lexicon = table("calendar")
    first = 0 if kind == "weekdays" else 1
    full = {w: n for n, w in enumerate(lexicon[kind].split(), first)}
    short = {s: full[w] for s, w in lexicon["short"].items() if w in full}
    return full | short | {f"{s}.": n for s, n in short.items()}


@dataclass(frozen=True)
class _Reader:
    """One pass over the tokens of a parse."""

    parsed: Parsed
    words: tuple[str, ...]

    def at(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def capital(self, i: int) -> bool:
        return self.parsed.tokens[i].text[:1].isupper()

    def read(self, i: int) -> Date | None:
        """The date that begins at token `i`, without what may stand beside it."""
        return (
            self.slashed(i)
            or self.month(i)
            or self.weekday(i)
            or self.clock(i)
            or self.period(i)
            or self.year(i)
        )

    def slashed(self, i: int) -> Date | None:
        text = self.at(i)
        if self.at(i + 1) == "-" and self.at(i + 3) == "-" and _YEAR.fullmatch(text):
            text, last = "".join(self.words[i : i + 5]), i + 5
        else:
            last = i + 1
        match = _SLASHED.fullmatch(text)
        if match is None:
            return None
        if match[4]:
            year, month, day = int(match[4]), int(match[5]), int(match[6])
            return Date(i, last, year, month, day) if _real(month, day) else None
        a, b, year = int(match[1]), int(match[2]), int(match[3])
        # Day and month are certain only where they agree or one of them can be no month.
        certain = {(m, d) for m, d in ((a, b), (b, a)) if _real(m, d)}
        if not certain:
            return None
        month, day = certain.pop() if len(certain) == 1 else (None, None)  # type: ignore[assignment]
        return Date(i, last, year, month, day)

    def month(self, i: int) -> Date | None:
        months = _index("months")
        if (nth := _NTH.fullmatch(self.at(i))) and self.at(i - 1) not in ("$", "£", "€"):
            at = i + 1
            if self.at(at) in ("st", "nd", "rd", "th"):
                at += 1
            at += self.at(at) == "of"
            if self.at(at) in months and self.capital(at):
                return self.with_year(Date(i, at + 1, month=months[self.at(at)], day=int(nth[1])))
            return None
        if self.at(i) not in months or not self.capital(i):
            return None
        found = Date(i, i + 1, month=months[self.at(i)])
        after = i + 2 if self.at(i + 1) == "." else i + 1
        if self.at(after) == "the" and _NTH.fullmatch(self.at(after + 1)):
            after += 1
        nth = _NTH.fullmatch(self.at(after))
        if nth and not (self.at(after + 1) in ("%", "percent") or self.at(after + 1) == ":"):
            last = after + 1 + (self.at(after + 1) in ("st", "nd", "rd", "th"))
            return self.with_year(replace(found, day=int(nth[1]), last=last))
        dated = self.with_year(found)
        if dated.year is None and not self.is_month(i):
            return None
        return dated

    def is_month(self, i: int) -> bool:
        lexicon = table("calendar")
        if self.at(i) in lexicon["doubtful"].split():
            return self.at(i - 1) in lexicon["before_months"].split()
        short = self.at(i).rstrip(".") in lexicon["short"]
        return not short or self.parsed.tokens[i].entity == "DATE"

    def with_year(self, found: Date) -> Date:
        at = found.last
        at += self.at(at) in (",", "of") or self.at(at) == "in"
        if _YEAR.fullmatch(self.at(at)) and not self.counts(at):
            return replace(found, year=int(self.at(at)), last=at + 1)
        return found

    def weekday(self, i: int) -> Date | None:
        days = _index("weekdays")
        word = self.at(i).removesuffix("s") if self.at(i).endswith("days") else self.at(i)
        if word not in days or not self.capital(i):
            return None
        if word in table("calendar")["short"] and self.at(i + 1) != ".":
            return None
        last = i + 1 + (word in table("calendar")["short"])
        return self.with_part(Date(i, last, weekday=days[word]))

    def with_part(self, found: Date) -> Date:
        part = table("calendar")["parts"].get(self.at(found.last))
        return replace(found, part=part, last=found.last + 1) if part else found

    def clock(self, i: int) -> Date | None:
        lexicon = table("calendar")
        word = self.at(i)
        if word in lexicon["words"]["noon"].split():
            return self.with_zone(Date(i, i + 1, hour=Clock(720)))
        if word == lexicon["words"]["midnight"]:
            return self.with_zone(Date(i, i + 1, hour=Clock(0)))
        zoned = re.fullmatch(r"([01]\d|2[0-3])([0-5]\d)", word)
        if zoned:  # "1430 GMT"
            found = self.with_zone(Date(i, i + 1, hour=Clock(int(zoned[1]) * 60 + int(zoned[2]))))
            if found.last > i + 1:
                return found
        match = _CLOCK.fullmatch(word)
        half = ""
        if match:
            hour, minute, half, last = int(match[1]), int(match[2]), match[3] or "", i + 1
        elif match := _HOUR.fullmatch(word):
            hour, minute, half, last = int(match[1]), 0, match[2] or "", i + 1
        else:
            return None
        if not half and _HALF.fullmatch(self.at(last)):
            half, last = self.at(last), last + 1
        clocked = half or ":" in word
        if not clocked and self.at(last) in ("o'clock", "o'clock."):
            return Date(i, last + 1, hour=Clock(hour * 60, half=False))
        if not clocked:
            return None
        if half:
            if hour > 12:
                return None
            hour = hour % 12 + (12 if half[0] == "p" else 0)
        return self.with_zone(Date(i, last, hour=Clock(hour % 24 * 60 + minute)))

    def with_zone(self, found: Date) -> Date:
        lexicon = table("calendar")
        at, word = found.last, self.at(found.last)
        bracket = word == "("
        if bracket:
            at, word = at + 1, self.at(at + 1)
        token = self.parsed.tokens[at] if at < len(self.words) else None
        if token is None or found.hour is None or not token.text[:1].isupper():
            return found
        zone = lexicon["zones"].get(word)
        if zone is None and word in lexicon["seasonal"]:
            # Summer or winter is not known: standard time stands for both.
            zone = lexicon["seasonal"][word][0]
            at += 1 + (self.at(at + 1) in ("time", "standard", "daylight"))
        elif zone is not None:
            at += 1
        else:
            return found
        at += bracket and self.at(at) == ")"
        return replace(found, hour=replace(found.hour, zone=zone), last=at)

    def period(self, i: int) -> Date | None:
        lexicon = table("calendar")
        words, word, after = lexicon["words"], self.at(i), self.at(i + 1)
        if word in lexicon["near"]:
            name = "today" if word in ("tonight", "overnight") else word
            part = "night" if word in ("tonight", "overnight") else ""
            return self.with_part(Date(i, i + 1, relative=name, part=part))
        if word in lexicon["which"] and after in words["periods"].split():
            way = {-1: "last", 0: "this", 1: "next"}[lexicon["which"][word]]
            return Date(i, i + 2, relative=f"{way} {after}")
        if word in lexicon["which"] and after in lexicon["parts"] and word in ("last", "this"):
            name = "yesterday" if word == "last" else "today"
            return Date(i, i + 2, relative=name, part=lexicon["parts"][after])
        ago = self.at(i + 2) in words["ago"].split()
        if word in ("a", "an", "one", "the") and after in words["periods"].split() and ago:
            return Date(i, i + 3, relative=f"a {after} earlier")
        last = i + 3 if after == "-" else i + 2
        if word in words["quarters"].split() and self.at(last - 1) == "quarter":
            found = Date(i, last, quarter=words["quarters"].split().index(word) + 1)
            return self.with_year(found)
        return None

    def year(self, i: int) -> Date | None:
        word = self.at(i)
        if match := _DECADE.fullmatch(word):
            century = match[1] or ("20" if match[2] in "012" else "19")
            if match[1] or self.at(i - 1) == "'":
                return Date(i, i + 1, year=int(century + match[2] + "0"), decade=True)
            return None
        if not _YEAR.fullmatch(word) or self.counts(i) or self.at(i - 1) in _NO_YEAR:
            return None
        if self.at(i - 1) == "-" and not _YEAR.fullmatch(self.at(i - 2)):
            return None
        recent = word[:2] in ("19", "20")
        placed = self.at(i - 1) in table("calendar")["before_months"].split()
        dated = recent or placed or self.parsed.tokens[i].entity == "DATE"
        return Date(i, i + 1, year=int(word)) if dated else None

    def counts(self, i: int) -> bool:
        """Whether a figure that looks like a year counts the noun behind it."""
        token = self.parsed.tokens[i]
        after = self.parsed.tokens[i + 1] if i + 1 < len(self.words) else None
        if after is None:
            return False
        recent = token.entity == "DATE" and token.text[:2] in ("19", "20")
        if recent and not bound_before(self.words, i, "")[0]:
            return False
        return (
            token.dep == "nummod" and token.head > i and after.tag == "NNS" and token.entity != ""
        )


def _real(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


@lru_cache(REMEMBERED)
def dates(parsed: Parsed) -> tuple[Date, ...]:
    """The dates and times of a parse in order; parts of one date that stand together are one."""
    reader = _Reader(parsed, tuple(t.lower for t in parsed.tokens))
    found: list[Date] = []
    i = 0
    while i < len(parsed.tokens):
        date_ = reader.read(i)
        if date_ is None:
            i += 1
            continue
        if found and (joined := _joined(reader, found[-1], date_)) is not None:
            found[-1] = joined
        else:
            found.append(date_)
        i = date_.last
    return tuple(placed(parsed, d) for d in found)


def _joined(reader: _Reader, one: Date, other: Date) -> Date | None:
    """Both as one date, if only joining words stand between and no part is given twice."""
    gap = reader.words[one.last : other.first]
    if len(gap) > 2 or not _JOINERS.issuperset(gap):
        return None
    if "," in gap and not (one.weekday is not None or other.weekday is not None):
        return None
    a, b = said(one), said(other)
    if a.keys() & b.keys() or "decade" in a.keys() | b.keys():
        return None
    if ("relative" in a or "relative" in b) and not ({"hour", "part"} & (a.keys() | b.keys())):
        return None
    parts = a | b
    return replace(one, last=other.last, **parts)  # type: ignore[arg-type]
