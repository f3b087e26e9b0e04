"""A name as a value, its folded words, and how two compare: one bearer, related, one office.

Nothing is read here; `entities` finds names in a parse.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from importlib import resources
from typing import Literal

from summarizer.nlp.lexicons.lists import listed, table

Kind = Literal["person", "place", "organisation", "other"]

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name, tokens [first, last), with what stands before it.

    words: its words without titles, honorifics and joining words, in lower case and without
    accents. title: what the bearer is called ("minister", "lt. gov."), or "". qualifier: "former",
    "deputy", "vice", … where it belongs to that office, or "". acronym: whether it is one.
    """

    first: int
    last: int
    words: tuple[str, ...]
    kind: Kind
    title: str = ""
    qualifier: str = ""
    acronym: bool = False


@lru_cache(1 << 15)
def folded(word: str) -> str:
    """A word as names are compared: lower case, no accents, points or possessive."""
    plain = unicodedata.normalize("NFD", word.lower().removesuffix("'s"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    return plain.replace(".", "").strip("'")


beside_names = partial(listed, "names", "words")
"""The list of that name of words that stand in and beside names ("honorifics", "bodies", …)."""


@cache
def titles() -> Mapping[tuple[str, ...], str]:
    """Forms of titles, as folded words → one form."""
    return {
        tuple(w for w in map(folded, form.split()) if w): title
        for title, forms in table("names")["titles"].items()
        for form in forms.split("|")
    }


@cache
def _wholes(lexicon: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Names of places or groups → one form; adjectives and people → the same form."""
    names: dict[str, str] = {}
    people: dict[str, str] = {}
    path = resources.files("summarizer.nlp") / "lexicons" / f"{lexicon}.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        own, _, others = line.partition(" | ")
        forms = own.split(", ")
        names |= {folded(f): forms[0] for f in forms}
        people |= {folded(f): forms[0] for f in others.split(", ") if f}
    return names, people


def _whole(words: Sequence[str], lexicon: str) -> str:
    names, people = _wholes(lexicon)
    joined = " ".join(words)
    single = joined.removesuffix("s")
    return names.get(joined) or people.get(joined) or people.get(single) or ""


def place_of(words: Sequence[str]) -> str:
    """The one form of a place for its name, adjective or people ("Russians"), or ""."""
    return _whole(words, "places")


def whole_of(words: Sequence[str]) -> str:
    """The one form of a place, or of a party or faith for its name or members, or ""."""
    return _whole(words, "places") or _whole(words, "groups")


def initials(words: Sequence[str]) -> str:
    """The first letters of a name's words."""
    return "".join(w[0] for w in words)


def abbreviates(short: Name, long: Name) -> bool:
    """Whether one is the acronym of the other's words."""
    return short.acronym and len(long.words) > 1 and short.words[0] == initials(long.words)


def _same_word(a: str, b: str) -> bool:
    """Equal, or one is the other's initial."""
    return a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b))


def _ends(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether the short name is the long one's surname, or both but for middle names."""
    if len(short) == 1:
        return short[0] == long[-1]
    if short[-1] != long[-1] or not _same_word(short[0], long[0]):
        return False
    rest = list(long[1:-1])
    return all(any(_same_word(w, r) for r in rest) or len(w) == 1 for w in short[1:-1])


def _begins(short: Name, long: Name) -> bool:
    """Whether the long name goes on from the short one: "Kestrel Motors" from "Kestrel"."""
    n = len(short.words)
    bodies = short.kind == long.kind == "organisation"
    return long.words[:n] == short.words or (bodies and long.words[-n:] == short.words)


def relation(a: Name, b: Name) -> Literal["same", "related", ""]:
    """How two names stand: they may be one; one is the other's adjective or people; neither.

    Same: equal words, a surname of a full name, initials and middle names left out, an acronym of
    the words, a body by its first words, two full names or long surnames in two spellings of one
    sound.
    """
    if a.words == b.words:
        return "same"
    one, other = whole_of(a.words), whole_of(b.words)
    if one and one == other:
        own = {**_wholes("places")[0], **_wholes("groups")[0]}
        both = " ".join(a.words) in own and " ".join(b.words) in own
        return "same" if both else "related"
    if abbreviates(a, b) or abbreviates(b, a):
        return "same"
    short, long = sorted((a, b), key=lambda n: len(n.words))
    kinds = {a.kind, b.kind}
    if kinds <= {"person", "other"} or ("person" in kinds and len(short.words) == 1):
        if _ends(short.words, long.words):
            return "same"
    elif "person" not in kinds and _begins(short, long):
        return "same"
    lone = kinds == {"person"} and min(len(a.words[0]), len(b.words[0])) >= _LONG
    if len(a.words) == len(b.words) and (len(a.words) > 1 or lone):
        return "same" if _sounds_as(a.words, b.words) else ""
    return ""


def same_name(a: Name, b: Name) -> bool:
    """Whether two names may be one's; see `relation`. Symmetric."""
    return relation(a, b) == "same"


_LONG = 7
"""Letters of a surname alone from which two spellings of one sound are one name."""

_SOUNDS = (
    ("kh", "h"), ("gh", "h"), ("ph", "f"), ("ck", "k"), ("ch", "c"), ("sch", "s"), ("sh", "s"),
    ("zh", "z"), ("x", "ks"), ("w", "v"), ("q", "k"), ("g", "h"), ("tz", "ts"), ("j", "y"),
)  # fmt: skip


@lru_cache(1 << 14)
def sound(word: str) -> str:
    """The consonants of a word, one for those that alphabets exchange."""
    for written, heard in _SOUNDS:
        word = word.replace(written, heard)
    consonants = [c for c in word if c not in "aeiouy'"]
    return "".join(c for i, c in enumerate(consonants) if i == 0 or c != consonants[i - 1])


def _sounds_as(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether full names are spellings of one sound; another last vowel alone is another name."""
    for one, other in zip(a, b, strict=True):
        if one == other:
            continue
        if sound(one) != sound(other) or min(len(one), len(other)) < 4:
            return False
        if one[:-1] == other[:-1]:
            return False
    return True


def same_title(a: str, b: str) -> bool:
    """Whether two titles may be one office: "secretary" and "secretary of state"."""
    return a == b or a.split(" of ")[0] == b or b.split(" of ")[0] == a or a.endswith(f" {b}")
