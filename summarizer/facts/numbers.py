"""Numbers of a text: figures, words, money, shares, ranges, bounds, and the noun each counts.

Years, days of the month and times of day are no numbers here: they belong to dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from summarizer.facts.dates import dates
from summarizer.facts.text import CACHE, FUNCTION_WORDS, IRREGULAR, Token, tokens

Bound = Literal["exact", "at least", "more than", "at most", "less than", "about"]


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity as the text gives it.

    start, end: the half-open span. low, high: its value, equal unless it is a range ("10 to 15"),
    a score ("6-3", as written) or vague ("dozens"). unit: "$", "€", "£", "¥", "%" or None.
    bound: what the words around say of the value. noun: lemma of what is counted, or None.
    from_to: whether a range is a change ("from 500 to 700"), of which each end is a value.
    """

    start: int
    end: int
    low: Fraction
    high: Fraction
    unit: str | None
    bound: Bound
    noun: str | None
    ordinal: bool = False
    vague: bool = False
    from_to: bool = False


_SMALL = {
    w: i
    for i, w in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
}
_TENS = {
    w: 10 * i
    for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALE = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12, "k": 1000, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12,
}  # fmt: skip
_ORDINALS = {
    w: i
    for i, w in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(),
        1,
    )
}
_PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}
_PARTS |= {w + "s": n for w, n in _PARTS.items() if w not in ("half", "halves")}
_VAGUE = {
    "dozens": (24, 120), "scores": (40, 200), "hundreds": (200, 2_000),
    "thousands": (2_000, 100_000), "millions": (2 * 10**6, 10**9), "billions": (2 * 10**9, 10**12),
}  # fmt: skip
_CURRENCY = {
    "dollar": "$", "euro": "€", "pound": "£", "yen": "¥", "$": "$", "€": "€", "£": "£", "¥": "¥",
}  # fmt: skip

_BASIC = "|".join([*_SMALL, *_TENS])
_FRACTION_WORD = "|".join(sorted(_PARTS, key=len, reverse=True))
_FEW = r"(?:one|two|three|four|five|six|seven|eight|nine|ten)"
_SCALES = "hundred|thousand|million|billion|trillion|dozen"
_FIGURE = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
_WORDED = (
    rf"(?:(?:{_BASIC})(?:[\s-](?:and\s+)?(?:{_BASIC}|{_SCALES}))*"
    rf"|(?:a|an)\s+(?:(?:half|couple)\s+)?(?:{_SCALES})(?:\s+(?:and\s+)?(?:{_BASIC}))*(?!s))"
)
_NUMBER = re.compile(
    rf"(?P<fraction>\b(?:a|an|one|two|three|four|nine)[\s-](?:{_FRACTION_WORD})\b(?=[\s-]+(?:of|as|majority)\b|-)"
    rf"|\b(?:one|two|three|four)[\s-](?:{_FRACTION_WORD})\b|\b(?:a\s+)?half\s+a\s+(?:{_SCALES})\b"
    rf"|\bhalf(?:[\s-]a[\s-](?:{_SCALES}))?\b"
    rf"|\b{_FEW}\s+(?:in|out\s+of)\s+(?:every\s+)?(?:{_FEW}|\d{{1,3}})\b(?!\s+(?:second|minute|hour|day|night|week|month|year)))"
    rf"|(?P<vague>\b(?:{'|'.join(_VAGUE)})\b(?=\s+of\b)|\b(?:dozens|hundreds|thousands|millions|billions)\b)"
    rf"|(?P<ordinal>\b(?:{'|'.join(_ORDINALS)})\b|(?<![\w.])\d+(?:st|nd|rd|th)\b)"
    rf"|(?P<worded>\b{_WORDED}\b)"
    rf"|(?P<money>(?:\b(?:US|A|C|HK|NZ))?[$€£¥]\s?)?(?<![\w.])(?<![A-Za-z][-–])(?P<figure>{_FIGURE})"
    rf"(?:[\s-]?(?P<scale>{_SCALES})s?\b|\s?(?P<short>bn|mn|tn|m|k|b)\b)?(?![A-Za-z])",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?[-–—]\s?[$€£¥]?|\s+(?:to|and|or)\s+[$€£¥]?", re.IGNORECASE)
_UNIT = re.compile(
    r"\s?%|[\s-](?:percent|per\s+cent|percentage)\b|[\s-](?:US\s+|U\.S\.\s+)?(dollar|euro|pound|yen)s?\b",
    re.IGNORECASE,
)
_CUES: tuple[tuple[Bound, str], ...] = (
    ("at most", r"no more than|at most|up to|as (?:many|much|long|high|late|far) as|a maximum of"),
    ("at least", r"at least|no fewer than|no less than|a minimum of|not less than"),
    (
        "more than",
        r"more than|over|above|in excess of|upwards? of|greater than|exceed(?:s|ed|ing)?",
    ),
    ("less than", r"less than|fewer than|under|below|nearly|almost|just short of"),
    ("about", r"about|around|some|roughly|approximately|an estimated|estimated|close to|circa"),
)
_BEFORE: tuple[tuple[Bound, re.Pattern[str]], ...] = tuple(
    (bound, re.compile(rf"\b(?:{cue})\s+(?:the\s+|a\s+|an\s+|another\s+)?[$€£¥]?$", re.IGNORECASE))
    for bound, cue in _CUES
)
_AFTER = re.compile(
    r"^\s*(?:[a-z]+\s+)?(?:(or more|plus\b|or above|or older)|(or so)|(or less|or fewer)|\+)", re.I
)
_OVER = re.compile(r"(?i)\bover\s+(?:the\s+)?$")
_TIME = re.compile(r"(?i)\s*-?(?:hour|day|night|week|month|year|decade)s?\b(?![\s-]+(?:old|ago))")
_FROM = re.compile(r"(?i)\bfrom\s+[$€£¥]?$")
_AGE_BEFORE = re.compile(r"(?:[A-Za-z]\s*,|\b(?:aged?|was|turned|is))\s*$")
_AGE_AFTER = re.compile(r"^\s*(?:[,.;)]|$)")
_YEAR_OLD = re.compile(r"^[\s-]years?[\s-](?:old|of age)")


def _worded(words: str) -> Fraction:
    total, current = 0, 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in _SMALL or word in _TENS:
            current += _SMALL.get(word, 0) + _TENS.get(word, 0)
        elif word in ("hundred", "dozen"):
            current = max(1, current) * _SCALE[word]
        elif word in _SCALE:
            total += max(1, current) * _SCALE[word]
            current = 0
        elif word == "couple":
            current = 2
    return Fraction(total + current)


def _fraction(words: str) -> tuple[Fraction, bool]:
    """The value, and whether it is a share ("a third") and not a count ("half a million")."""
    parts = re.split(r"[\s-]+", words.lower())
    if "in" in parts or "of" in parts:
        top, whole = _SMALL[parts[0]], int(_worded(parts[-1]) or int(parts[-1]))
        return Fraction(top, max(whole, top)), True
    if parts[-1] in _SCALE:
        return Fraction(_SCALE[parts[-1]], 2), False
    if parts == ["half"]:
        return Fraction(1, 2), True
    top = _SMALL.get(parts[0], 1)
    return Fraction(top, _PARTS[parts[-1]]), True


_NOT_NOUNS = FUNCTION_WORDS | {"least", "year", "old", "million", "billion", "percent", "worth"}
_SKIP = {
    "of",
    "the",
    "its",
    "their",
    "his",
    "her",
    "our",
    "those",
    "these",
    "more",
    "other",
    "new",
    "such",
}


def _noun(rest: Sequence[Token]) -> str | None:
    """The head of what is counted: the first plural among the next words, or else the first."""
    run: list[Token] = []
    for token in rest[:7]:
        if not token.is_word:
            if token.text == "-" and not run:
                continue
            break
        if token.lower in _SKIP and not run:
            continue
        if token.lower in _NOT_NOUNS and token.lower not in ("people",):
            break
        run.append(token)
        if len(run) == 4:
            break
    if not run:
        return None
    for token in run:
        word = token.lower
        plural = word.endswith("s") and not word.endswith(("ss", "us", "'s", "is"))
        if plural or (word in IRREGULAR and word in ("people", "men", "women", "children")):
            return token.lemma
        if word in ("police", "staff", "personnel", "dead", "troops", "crew"):
            return token.lemma
    return run[0].lemma


def _bound(before: str, after: str) -> Bound:
    if _OVER.search(before) and _TIME.match(after):
        return "about"  # "over 15 years" is as long as it took, or more
    for bound, cue in _BEFORE:
        if cue.search(before):
            return bound
    if match := _AFTER.match(after):
        return "about" if match[2] else "at most" if match[3] else "at least"
    return "exact"


@lru_cache(maxsize=CACHE)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text in reading order; what is part of a date is left out."""
    taken = [(d.start, d.end) for d in dates(text)]
    words = tokens(text)
    out: list[Number] = []
    matches = [
        m
        for m in _NUMBER.finditer(text)
        if not any(s < m.end() and m.start() < e for s, e in taken)
    ]
    for match in matches:
        start, end = match.span()
        unit = match["money"].strip()[-1] if match["money"] else None
        vague = ordinal = False
        if match["fraction"]:
            low, share = _fraction(match["fraction"])
            high = low
            if share:
                low, high, unit = low * 100, low * 100, "%"
        elif match["vague"]:
            low, high = (Fraction(v) for v in _VAGUE[match["vague"].lower()])
            vague = True
        elif match["ordinal"]:
            word = match["ordinal"].lower()
            low = high = Fraction(_ORDINALS[word] if word in _ORDINALS else int(word[:-2]))
            ordinal = True
        elif match["worded"]:
            low = high = _worded(match["worded"])
        else:
            scale = (match["scale"] or match["short"] or "").lower()
            low = Fraction(match["figure"].replace(",", "")) * _SCALE.get(scale, 1)
            high = low
        if unit_match := _UNIT.match(text, end):
            unit = _CURRENCY[unit_match[1].lower()] if unit_match[1] else "%"
            end = unit_match.end()
        noun: str | None
        if year_old := _YEAR_OLD.match(text[end:]):
            noun, end = "age", end + year_old.end()
        elif (
            unit is None and low == high and 0 < low < 115 and match["figure"]
            and _AGE_BEFORE.search(text[:start]) and _AGE_AFTER.match(text[end:])
        ):  # fmt: skip
            noun = "age"
        else:
            noun = _noun([t for t in words if t.start >= end][:7])
        number = Number(
            start, end, low, high, unit, _bound(text[:start], text[end:]), noun, ordinal, vague
        )
        previous = out[-1] if out else None
        if previous is not None and not (vague or ordinal or previous.vague or previous.ordinal):
            between = text[previous.end : start]
            joined = _RANGE.fullmatch(between)
            is_and = between.strip().lower() == "and"
            if unit is not None and previous.unit not in (None, unit):
                joined = None
            if (
                joined
                and (not is_and or re.search(r"(?i)\bbetween\s+[$€£¥]?$", text[: previous.start]))
                and previous.low == previous.high
                and low == high
            ):
                first = previous.low
                if unit == previous.unit or previous.unit is None or unit is None:
                    scale = next((s for s in (10**9, 10**6, 1000) if low % s == 0 and low >= s), 1)
                    if scale > 1 and first < 1000 and match["scale"]:
                        first *= scale
                out[-1] = Number(
                    previous.start, end, first, low, unit or previous.unit, "exact", noun,
                    from_to=bool(_FROM.search(text[: previous.start])),
                )  # fmt: skip
                continue
        out.append(number)
    return tuple(out)


def _rounds_to(value: Fraction, rounded: Fraction) -> bool:
    """Whether value gives rounded when cut to as many leading digits as rounded shows.

    50,516 gives 50,000, 51,000 and 50,500, but not 52,000. A fraction that no decimal writes, such
    as a third, is given by what lies within a tenth of it: 32 percent is about a third.
    """
    if not value or not rounded:
        return value == rounded
    if 10**9 % rounded.denominator:
        return abs(value - rounded) <= rounded / 10
    step = Fraction(1)
    while rounded % step:
        step /= 10
    while rounded % (step * 10) == 0:
        step *= 10
    return abs(value - rounded) <= min(step / 2, value * Fraction(3, 20))


def supports_value(claim: Number, evidence: Number) -> bool:
    """Whether the evidence's value makes the claim's true, whatever both count.

    "more than 750" is carried by 755, "at least 10" by "12", "dozens" by 40; the reverse is not,
    and a bound further than a fifth away says something else. "about" allows the value rounded to
    the digits that the claim shows. A range is carried by the same range only.
    """
    if claim.unit != evidence.unit or claim.ordinal != evidence.ordinal:
        return False
    if claim.vague or evidence.vague:
        if claim.vague:
            return claim.low <= evidence.high and evidence.low <= claim.high
        return claim.bound in ("at least", "more than") and claim.low <= evidence.low
    if claim.low != claim.high and evidence.low != evidence.high:
        return (claim.low, claim.high) == (evidence.low, evidence.high)
    if claim.low != claim.high:
        return False
    if evidence.low != evidence.high:
        v, (low, high) = claim.low, sorted((evidence.low, evidence.high))
        return (
            (claim.bound in ("at least", "more than") and low * Fraction(4, 5) <= v <= low)
            or (claim.bound in ("at most", "less than") and high <= v <= high * Fraction(6, 5))
            or (claim.bound == "about" and low <= v <= high)
            or (claim.bound == "exact" and evidence.from_to and v in (low, high))
        )
    v, e = claim.low, evidence.low
    if claim.bound == evidence.bound and v == e:
        return True
    exact = evidence.bound == "exact"
    if claim.bound == "exact":
        return v == e and evidence.bound in ("exact", "about")
    if claim.bound == "about":
        return _rounds_to(e, v)
    if claim.bound in ("at least", "more than"):
        if not e * Fraction(4, 5) <= v or not (exact or evidence.bound in _LOWER):
            return False
        return e > v or (e == v and (claim.bound == "at least" or evidence.bound == "more than"))
    if not v <= e * Fraction(6, 5) or not (exact or evidence.bound in _UPPER):
        return False
    return e < v or (e == v and (claim.bound == "at most" or evidence.bound == "less than"))


_LOWER = ("at least", "more than", "about")
_UPPER = ("at most", "less than", "about")


def contradicts(one: Number, other: Number) -> bool:
    """Whether two numbers of the same noun and unit cannot both be true of one count."""
    return (
        one.noun is not None
        and one.noun == other.noun
        and one.unit == other.unit
        and one.ordinal == other.ordinal
        and not supports_value(one, other)
        and not supports_value(other, one)
    )
