"""Names of people, places and organisations, by capitals and context, without a model.

Says where names stand and whether evidence has a name; who did what is for roles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summarizer.facts.dates import MONTHS, WEEKDAYS
from summarizer.facts.places import ALIASES, PLACES
from summarizer.facts.text import CACHE, FUNCTION_WORDS, Token, common_words, lemma, tokens

TITLES = {
    "president": "president", "pres": "president", "senator": "senator", "sen": "senator",
    "sens": "senator", "representative": "representative", "rep": "representative",
    "reps": "representative", "congressman": "representative", "congresswoman": "representative",
    "governor": "governor", "gov": "governor", "secretary": "secretary", "minister": "minister",
    "chancellor": "chancellor", "general": "general", "gen": "general", "colonel": "colonel",
    "col": "colonel", "lieutenant": "lieutenant", "lt": "lieutenant", "captain": "captain",
    "capt": "captain", "sergeant": "sergeant", "sgt": "sergeant", "admiral": "admiral",
    "adm": "admiral", "judge": "judge", "justice": "justice", "professor": "professor",
    "prof": "professor", "king": "king", "queen": "queen", "prince": "prince",
    "princess": "princess", "pope": "pope", "mayor": "mayor", "speaker": "speaker",
    "leader": "leader", "chairman": "chairman", "chief": "chief", "prime": "prime",
    "ambassador": "ambassador", "attorney": "attorney", "detective": "detective",
    "officer": "officer", "reverend": "reverend", "rev": "reverend", "bishop": "bishop",
}  # fmt: skip
"""Words before a name that say what someone is, each under its full form."""

HONORIFICS = frozenset("mr mrs ms miss dr sir lord lady dame jr sr st ii iii".split())
"""Words that carry no fact of their own before or after a name."""

_PARTICLES = frozenset(
    "van von der den de del della di da dos du la le bin ibn al el abu ben y".split()
)
_CALENDAR = frozenset(
    (*WEEKDAYS, *MONTHS, *(m[:3] for m in MONTHS), "sept", "tues", "thurs", "weds")
)
_NEVER = frozenset("i i'm i've i'll i'd ok mr mrs ms tv ceo dna id pm am ad bc".split())
_PLURAL_AFTER = frozenset("have are were do say who in of on at will would can could may".split())
_OPENING = frozenset(".?!:;\"“”‘'(—–-…|•[`")
_BODY_WORDS = frozenset(
    "Party Union Association Federation Alliance League Guild Front Movement Club".split()
)
_JOINERS = frozenset(("of", "the", "and", "for", "&"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it stands: text[start:end], and its parts in lower case and one form.

    parts leave out joining words and honorifics; "America's" gives ("united states",).
    """

    start: int
    end: int
    text: str
    parts: tuple[str, ...]


@lru_cache(maxsize=1 << 15)
def root(word: str) -> str:
    """One form for the spellings of a word in a name: Russian and Russia, Sen. and Senator."""
    bare = word.lower().replace("’", "'").strip(".'")
    bare = bare.removesuffix("'s")
    dotless = bare.replace(".", "")
    if word.isupper() and len(dotless) > 1 and dotless in ALIASES:
        return ALIASES[dotless]
    if bare in PLACES:
        return PLACES[bare]
    if len(bare) > 4 and bare.endswith("s") and bare[:-1] in PLACES:
        return PLACES[bare[:-1]]
    if len(bare) > 5 and bare.endswith("ian"):
        return bare[:-1]  # one from Norvania is Norvanian
    return TITLES.get(bare, dotless)


def _opens(words: Sequence[Token], i: int) -> bool:
    """Whether word i opens a sentence, a quotation or a part after a colon."""
    return i == 0 or words[i - 1].text in _OPENING or words[i - 1].text[-1] in '"“'


def _is_title_case(words: Sequence[Token]) -> bool:
    long = [t for t in words if t.is_word and len(t.text) > 3 and t.lower not in FUNCTION_WORDS]
    if len(long) < 4 or sum(not t.is_capital for t in long) > 0.15 * len(long):
        return False
    every = [t for t in words if t.is_word]
    return sum(t.is_capital for t in every) >= 0.55 * len(every)


@lru_cache(maxsize=CACHE)
def _mid_sentence(text: str) -> frozenset[str]:
    """Words that stand capitalised inside a sentence of a text that is no headline."""
    words = tokens(text)
    if _is_title_case(words):
        return frozenset()
    return frozenset(
        t.lower.removesuffix("'s")
        for i, t in enumerate(words)
        if t.is_capital and not _opens(words, i)
    )


def _starts_name(words: Sequence[Token], i: int, headline: bool, known: frozenset[str]) -> bool:
    token = words[i]
    if not token.is_capital:
        return False
    bare = token.lower.removesuffix("'s").rstrip(".")
    if bare in _NEVER or bare in _CALENDAR:
        return False
    if bare in ALIASES and token.text.isupper():
        return True
    if token.text.isupper() and len(bare) > 1 and not headline:
        return True
    ordinary = bare in FUNCTION_WORDS or bare in common_words() or lemma(bare) in common_words()
    if headline:
        return not ordinary or (bare in known and bare not in FUNCTION_WORDS) or bare in PLACES
    if not _opens(words, i):
        return bare not in FUNCTION_WORDS
    if bare in FUNCTION_WORDS:
        return False
    if not ordinary or bare in known or bare in PLACES:
        return True
    after = words[i + 1] if i + 1 < len(words) else None
    return bare in TITLES and after is not None and after.is_capital


def _is_plural_noun(words: Sequence[Token], i: int, last: int, known: frozenset[str]) -> bool:
    """Whether a single capitalised word only opens the sentence, as "Abductors seized her"."""
    word = words[i].lower
    if i != last or not _opens(words, i) or word in known or not word.endswith("s"):
        return False
    after = words[i + 1].lower if i + 1 < len(words) else ""
    return (
        root(word) == word
        and word not in PLACES
        and not words[i].text.isupper()
        and (after.endswith("ed") or after in _PLURAL_AFTER)
    )


@lru_cache(maxsize=CACHE)
def _scan(text: str, known: frozenset[str]) -> tuple[Name, ...]:
    words = tokens(text)
    headline = _is_title_case(words)
    known = known | _mid_sentence(text)
    out: list[Name] = []
    i = 0
    while i < len(words):
        if not _starts_name(words, i, headline, known):
            i += 1
            continue
        last = i
        j = i + 1
        while j < len(words):
            token, gap = words[j], text[words[j - 1].end : words[j].start]
            possessive = words[last].lower.endswith("'s")
            if possessive and token.is_word:
                break
            if (
                token.is_capital
                and not _opens(words, j)
                and _starts_name(words, j, headline, known)
            ):
                last = j
            elif (
                token.text in "'’"
                and gap == ""
                and words[j - 1].lower.endswith("s")
                and last == j - 1
                and j + 1 < len(words)
                and words[j + 1].text in _BODY_WORDS
            ):
                last = j + 1  # "the Farmers' Party" is one name
                j += 1
            elif (
                token.text == "-"
                and gap == ""
                and j + 1 < len(words)
                and words[j + 1].is_capital
                and (words[j + 1].start == token.end)
            ) or (
                token.text == "."
                and gap == ""
                and (
                    len(words[j - 1].text) == 1
                    or root(words[j - 1].text) in TITLES.values()
                    or words[j - 1].lower in HONORIFICS
                )
                and j + 1 < len(words)
                and words[j + 1].is_capital
            ):
                last = j + 1
                j += 1
            elif (
                token.text == "."
                or token.lower not in _JOINERS | _PARTICLES
                or gap != " "
                or (token.lower in ("and", "the", "for") and (words[j - 1].lower != "of"))
            ):
                break
            j += 1
        while words[last].lower in _JOINERS and last > i:
            last -= 1
        span = [t for t in words[i : last + 1] if t.is_word and t.lower not in _JOINERS]
        if len(span) == 1 and _is_plural_noun(words, i, last, known):
            i = last + 1
            continue
        parts = tuple(root(t.text) for t in span if t.lower.rstrip(".") not in HONORIFICS)
        if parts:
            start, end = words[i].start, words[last].end
            out.append(Name(start, end, text[start:end], parts))
        i = last + 1
    return tuple(out)


def names(text: str, context: Sequence[str] | frozenset[str] = ()) -> tuple[Name, ...]:
    """The names of a text in reading order.

    context: other texts of the story; a word that stands capitalised inside a sentence there counts
    as a name where it opens a sentence here. Or those words themselves, as `known_names` gives.
    """
    known = context if isinstance(context, frozenset) else known_names(context)
    return _scan(text, relevant(text, known))


def relevant(text: str, known: frozenset[str]) -> frozenset[str]:
    """Those known words that stand capitalised in a text: what its names can depend on."""
    return known & _capitals(text)


@lru_cache(maxsize=CACHE)
def _capitals(text: str) -> frozenset[str]:
    return frozenset(t.lower.removesuffix("'s") for t in tokens(text) if t.is_capital)


def known_names(context: Sequence[str]) -> frozenset[str]:
    """The lower-case words that stand capitalised inside a sentence of the texts."""
    return frozenset().union(*(_mid_sentence(c) for c in context))


@dataclass(frozen=True, slots=True)
class NameIndex:
    """What a name can be looked up in: the evidence's names, words and acronyms."""

    names: tuple[tuple[str, ...], ...]
    words: frozenset[str]
    initials: frozenset[str]
    lower: frozenset[str]
    acronyms: frozenset[str]


def _initials(parts: Sequence[str]) -> str:
    return "".join(p[0] for p in parts if p)


@lru_cache(maxsize=CACHE)
def _index(text: str) -> NameIndex:
    found = tuple(n.parts for n in names(text))
    words = tokens(text)
    roots = {root(t.text) for t in words if t.is_word}
    lemmas = {t.lemma for t in words if t.is_word}
    lowers = {t.lower.removesuffix("'s").strip(".").replace(".", "") for t in words}
    pairs = {f"{a.lower} {b.lower.removesuffix(chr(39) + 's')}" for a, b in pairwise(words)}
    roots |= {PLACES[form] for p in pairs for form in (p, p.removesuffix("s")) if form in PLACES}
    initials: set[str] = set()
    for parts in found:
        initials |= {
            _initials(parts[a:b]) for a in range(len(parts)) for b in range(a + 2, len(parts) + 1)
        }
    lower = frozenset(t.lemma for t in words if t.text.islower())
    acronyms = frozenset(
        t.lower.removesuffix("'s").replace(".", "")
        for t in words
        if t.is_word and len(t.text) > 1 and t.text.removesuffix("'s").removesuffix("’s").isupper()
    )
    return NameIndex(
        found, frozenset(roots | lemmas | lowers), frozenset(initials), lower, acronyms
    )


def index(evidence: Sequence[str]) -> NameIndex:
    """Gather the names and words of evidence, to look names up in."""
    parts = [_index(text) for text in evidence]
    return NameIndex(
        tuple(n for p in parts for n in p.names),
        frozenset().union(*(p.words for p in parts)),
        frozenset().union(*(p.initials for p in parts)),
        frozenset().union(*(p.lower for p in parts)),
        frozenset().union(*(p.acronyms for p in parts)),
    )


def _is_ordinary(part: str) -> bool:
    return part in common_words() or lemma(part) in common_words()


def missing_part(name: Name, evidence: NameIndex) -> str | None:
    """The first part of a name that the evidence does not carry, or None.

    Places, titles and ordinary words ("House", "Court") may stand anywhere in the evidence; parts
    that are proper names must stand together in one evidence name: "Michael Flynn" is not carried
    by "Flynn" alone, nor by "Michael" here and "Flynn" there.
    """
    parts = _places(name.parts)
    whole = _initials(name.parts)
    if len(name.parts) > 1 and whole in evidence.acronyms:
        return None
    proper: list[str] = []
    for part in parts:
        if part in ALIASES.values() or part in PLACES.values() or part in TITLES.values():
            if part not in evidence.words and part.replace(" ", "") not in evidence.words:
                return part
            continue
        if part not in evidence.words and lemma(part) not in evidence.words:
            if len(part) > 1 and part in evidence.initials:
                continue
            if len(part) == 1:
                continue
            return part
        if not _is_ordinary(part) and len(part) > 1 and lemma(part) not in evidence.lower:
            proper.append(part)
    if len(proper) > 1 and not _composed(name.text, proper, evidence):
        return " ".join(proper)
    return None


def _composed(text: str, proper: Sequence[str], evidence: NameIndex) -> bool:
    """Whether the parts stand in one evidence name, or in several that "of" or a hyphen joins.

    A run of two parts or more may also be followed by another run, as in "White Sox Hall of Famer".
    """
    if any(_within(proper, other) for other in evidence.names):
        return True
    pieces = [root(w) for w in re.split(r"\s+of\s+|-", text) if w and " " not in w]
    if len(pieces) > 1 and len(pieces) == len(proper):
        return True
    for cut in range(1, len(proper)):
        runs = (proper[:cut], proper[cut:])
        joined = " of " in text and any(
            text.split(" of ")[1].lower().startswith(r[0]) for r in runs
        )
        if (joined or min(map(len, runs)) > 1) and all(
            any(_within(run, other) for other in evidence.names) for run in runs
        ):
            return True
    return False


def _places(parts: Sequence[str]) -> list[str]:
    """The parts with places of two words ("new york") joined."""
    out: list[str] = []
    for part in parts:
        if out and f"{out[-1]} {part}" in PLACES:
            out[-1] = PLACES[f"{out[-1]} {part}"]
        else:
            out.append(part)
    return out


def _within(parts: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the parts stand in the other name, in their order."""
    rest = iter(other)
    return all(any(part == o or lemma(part) == lemma(o) for o in rest) for part in parts)


def supports_name(name: str, evidence_names: Sequence[str]) -> bool:
    """Whether evidence names (or whole sentences) carry a name.

    "Putin" is carried by "Vladimir Putin"; "Michael Flynn" is not carried by "Flynn".
    """
    found = names(f"It is {name}")
    return all(missing_part(n, index(evidence_names)) is None for n in found)
