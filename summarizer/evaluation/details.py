"""Names and numbers of a sentence that its own cited sentences do not hold.

The extractor is this file's own, on purpose: the verifier's is another, so that the
measure does not share its blind spots. Nothing here decides what a summary may say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:[’'][^\W\d_]+)*", re.UNICODE
)  # U.S. · 1,200.5 · O’Brien's (hyphens part words: "Covid-19" is a name and a number)

_FUNCTION_WORDS = frozenset(
    """
    a about above according across after again against ago all almost along already also
    although always am among an and another any are around as at away back be because been
    before behind being below between both but by can could did do does down during each either
    else even ever every few for from further had has have having he her here hers herself him
    himself his how however i if in including indeed instead into is it its itself just last
    later least less like many may me meanwhile might mine more moreover most much must my
    neither never nevertheless next no nor not nothing now of off on once one only onto or other
    our ours out over own perhaps same she should since so some something soon still such than
    that the their theirs them then there these they this those though through thus to together
    too toward towards under unless until up upon us very was we were what when where whereas
    whether which while who whose why will with within without would yet you your yours mr mrs
    ms dr today yesterday tomorrow tonight
    """.split()
)
_CALENDAR = {
    full[:n]: full
    for full, lengths in {
        "january": (3,), "february": (3,), "march": (3,), "april": (3,), "june": (3,),
        "july": (3,), "august": (3,), "september": (3, 4), "october": (3,), "november": (3,),
        "december": (3,), "monday": (3,), "tuesday": (3, 4), "wednesday": (3,),
        "thursday": (3, 4, 5), "friday": (3,), "saturday": (3,), "sunday": (3,),
    }.items()
    for n in lengths
    if full[:n] not in {"mar", "sat", "sun"}  # also words or parts of names
}  # fmt: skip
_ENDINGS = frozenset("s n ns an ans ian ians ean eans ese i is ish ic ics ist ists".split())

_UNITS = {
    word: Fraction(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {
    word: Fraction(value)
    for value, word in zip(
        range(20, 100, 10),
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        strict=True,
    )
}
_SCALES = {
    "dozen": Fraction(12),
    "hundred": Fraction(100),
    "thousand": Fraction(1_000),
    "million": Fraction(10**6),
    "billion": Fraction(10**9),
    "trillion": Fraction(10**12),
    "m": Fraction(10**6),
    "bn": Fraction(10**9),
}
_WITHIN = frozenset({" ", "\u00a0", "-"})
"""What may part the words of a name."""
_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?:]\s+|[\n“\"‘(]\s*|[–—-]\s+)\W*$")


@dataclass(frozen=True, slots=True)
class Details:
    """What of a text can be checked letter by letter.

    names: each a run of capitalised words, lower-cased, possessive cut. numbers: values.
    """

    names: tuple[tuple[str, ...], ...]
    numbers: tuple[Fraction, ...]

    def __len__(self) -> int:
        return len(self.names) + len(self.numbers)


def _plain(token: str) -> str:
    token = re.sub(r"[’']s?$", "", token).replace("’", "'")
    if re.fullmatch(r"(?:[A-Z]\.)+", token):
        token = token.replace(".", "")
    lowered = token.casefold()
    return _CALENDAR.get(lowered, lowered)


def _is_function_word(token: str) -> bool:
    """Whether a word is one of the closed list; "WHO" and "US" in capitals are not."""
    if len(token) > 1 and token.isupper():
        return False
    return token.casefold().replace("’", "'").split("'")[0] in _FUNCTION_WORDS


def _numbers(tokens: Sequence[str]) -> list[Fraction]:
    """Values of figures and number words; "two and a half million" is read up to "two".

    A lone "one" is a pronoun more often than a number, a lone "hundred" or "dozen" is
    a rough word: neither is a number here.
    """
    found: list[Fraction] = []
    i = 0
    while i < len(tokens):
        token = tokens[i].casefold()
        if token[0].isdecimal():
            value = Fraction(token.replace(",", ""))
        elif token in _UNITS:
            value = _UNITS[token]
            if value >= 20 and i + 1 < len(tokens):
                unit = _UNITS.get(tokens[i + 1].casefold())
                if unit is not None and 0 < unit < 10:
                    value += unit
                    i += 1
        else:
            i += 1
            continue
        lone_one = value == 1 and not token.isdecimal()
        while i + 1 < len(tokens) and tokens[i + 1].casefold() in _SCALES:
            value *= _SCALES[tokens[i + 1].casefold()]
            lone_one = False
            i += 1
        if not lone_one:
            found.append(value)
        i += 1
    return found


def details(sentence: str, known: Iterable[str] = ()) -> Details:
    """The names and numbers of a sentence.

    A name is a run of capitalised words that are not function words. The first word of
    the sentence (or of a quotation) is capitalised anyhow: it counts where a capitalised
    word follows it, where it is an acronym, or where `known` holds it (lower-cased).
    Months and weekdays are names. What it cannot see: names written in lower case, and an
    unknown single name that opens a sentence.
    """
    held = frozenset(known)
    matches = list(_TOKEN.finditer(sentence))
    tokens = [m.group() for m in matches]
    capital = [t[0].isupper() and not _is_function_word(t) for t in tokens]
    names: list[tuple[str, ...]] = []
    run: list[str] = []
    for i, match in enumerate(matches):
        if capital[i] and _BEGINS_SENTENCE.search(sentence[: match.start()]):
            follows = i + 1 < len(tokens) and capital[i + 1]
            near = follows and sentence[match.end() : matches[i + 1].start()] in _WITHIN
            acronym = len(tokens[i]) > 1 and tokens[i].isupper()
            capital[i] = near or acronym or "." in tokens[i] or _plain(tokens[i]) in held
        gap = sentence[matches[i - 1].end() : match.start()] if i else ""
        if run and not (capital[i] and gap in {*_WITHIN, ". "}):
            names.append(tuple(run))
            run = []
        if capital[i]:
            run.append(_plain(tokens[i]))
            if re.search(r"[’']s?$", tokens[i]):  # "Iran's Khamenei" are two
                names.append(tuple(run))
                run = []
    if run:
        names.append(tuple(run))
    return Details(tuple(names), tuple(_numbers(tokens)))


def known_names(texts: Iterable[str]) -> frozenset[str]:
    """Words that the texts write with a capital inside a sentence and nowhere in lower case."""
    upper: set[str] = set()
    lower: set[str] = set()
    for text in texts:
        for match in _TOKEN.finditer(text):
            token = match.group()
            if token[0].islower():
                lower.add(_plain(token))
            elif token[0].isupper() and not _is_function_word(token):
                before = text[max(0, match.start() - 8) : match.start()]
                if before and not _BEGINS_SENTENCE.search(before):
                    upper.add(_plain(token))
    return frozenset(upper - lower)


def _same_word(a: str, b: str) -> bool:
    """Equal, or one made of the other by an ending of people and places (Iraq, Iraqi)."""
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    if len(short) < 4:
        return False
    stems = (short, short[:-1]) if short[-1] in "aeys" else (short,)
    return any(long.startswith(s) and long[len(s) :] in _ENDINGS for s in stems)


def unsupported(sentence: Details, sources: Sequence[str]) -> tuple[str, ...]:
    """Those details that no source sentence holds, in order; a name is shown by its words.

    A name is held if each of its words is in the sources in any case or as an adjective
    (China, Chinese), or if an acronym's letters begin a run of their words, or the other
    way round. A number is held if the sources hold its value in figures or words.
    """
    tokens = [m.group() for text in sources for m in _TOKEN.finditer(text)]
    words = {_plain(t) for t in tokens}
    values = set(_numbers(tokens))
    values |= {Fraction(t.replace(",", "")) for t in tokens if t[0].isdecimal()}
    capitals = "".join(
        t[0].casefold() if t[0].isupper() and not _is_function_word(t) else " " for t in tokens
    )
    missing: list[str] = []
    for name in sentence.names:
        initials = "".join(word[0] for word in name)
        acronym_held = len(name) == 1 and 2 <= len(name[0]) <= 6 and name[0] in capitals
        long_form_held = len(name) > 1 and initials in words
        if not (
            acronym_held
            or long_form_held
            or all(any(_same_word(word, other) for other in words) for word in name)
        ):
            missing.append(" ".join(name))
    missing += [
        str(n) if n.denominator == 1 else str(float(n)) for n in sentence.numbers if n not in values
    ]
    return tuple(missing)
