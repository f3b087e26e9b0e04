"""Names of a sentence with kind, title and qualifier; which words of a name no evidence carries.

Where names stand is `name_spans`, whether two are one is `name_values`; who did what is for others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from summarizer.nlp.name_spans import Spans
from summarizer.nlp.name_values import (
    Kind,
    Name,
    abbreviates,
    beside_names,
    folded,
    initials,
    place_of,
    relation,
    same_name,
    same_title,
    titles,
    whole_of,
)
from summarizer.nlp.parse import Parsed

__all__ = [
    "Kind",
    "Name",
    "known_names",
    "missing_words",
    "names",
    "relation",
    "same_name",
]

_KINDS: Mapping[str, Kind] = {
    "PERSON": "person", "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation",
}  # fmt: skip
REMEMBERED = 4096
"""Sentences whose names and words stay in memory, the last asked."""

_ACRONYM = 6
"""The most letters of an acronym; longer words in capitals are headings and datelines."""


@lru_cache(REMEMBERED)
def names(parsed: Parsed, known_words: frozenset[str] = frozenset()) -> tuple[Name, ...]:
    """The names of a parse in order; days, months and titles without a name are none.

    known_words: what `known_names` gives of the story; in a headline and where a sentence opens a
    capital alone makes no name of a common word.
    """
    spans = Spans(parsed, known_words)
    found = [n for first, last in spans.runs() for n in _split(spans, first, last)]
    people = {n.words[-1] for n in found if n.kind == "person" and len(n.words) > 1}
    return tuple(
        replace(n, kind="person") if len(n.words) == 1 and n.words[0] in people else n
        for n in found
    )


def known_names(context: Sequence[Parsed]) -> frozenset[str]:
    """The folded words of names inside sentences: they are names where a sentence opens too."""
    return frozenset(
        word
        for parsed in context
        if not Spans(parsed).headline
        for name in names(parsed)
        if name.first > 0
        for word in name.words
    )


def _split(spans: Spans, first: int, last: int) -> list[Name]:
    """The names of one run: cut at titles and where a person begins."""
    cuts = [first]
    for i in range(first + 1, last):
        person = spans.parsed.tokens[i].tag != "POS" and spans.words[i] not in beside_names(
            "bodies"
        )
        title = spans.title_before(i) if person else None
        if title is not None and title[0] >= first and spans.title_before(i + 1) is None:
            if title[0] > cuts[-1]:
                cuts.append(title[0])
            cuts.append(i)
    start = _person_inside(spans, cuts[-1], last)
    if start is not None:
        cuts.append(start)
    found = []
    for a, b in pairwise([*cuts, last]):
        title = spans.title_before(b) if b < last else None
        name = _name(spans, a, b) if title is None or title[0] > a else None
        if name is not None:
            found.append(name)
    return found


def _person_inside(spans: Spans, first: int, last: int) -> int | None:
    """Where a person's entity begins in a run that begins otherwise: "Norland Milo Brandt"."""
    for e in spans.parsed.entities:
        if first < e.first < last and e.label == "PERSON" and e.last - e.first > 1:
            return e.first
    return None


def _name(spans: Spans, first: int, last: int) -> Name | None:
    """One name, or None where nothing is left without titles and honorifics."""
    tokens, words = spans.parsed.tokens, spans.words
    small = beside_names("honorifics") | beside_names("joiners")
    own = [
        i for i in range(first, last)
        if words[i] and words[i][0].isalnum() and words[i] not in small and tokens[i].tag != "POS"
    ]  # fmt: skip
    told = tuple(words[i] for i in own)
    if told in titles() or all(
        (w,) in titles() or w in beside_names("qualifiers") or len(w) == 1 for w in told
    ):
        return None
    first = min(own[0], next((i for i in range(first, last) if words[i] not in small), own[0]))
    before = first
    while before > 0 and words[before - 1] in beside_names("honorifics"):
        before -= 1
    ahead = spans.title_before(before) or spans.title_before(first)
    if words[own[-1]] in beside_names("bodies"):
        title, qualifier = "", ""
    elif ahead is not None:
        title, qualifier = ahead[1], spans.qualifier_before(ahead[0])
    else:
        title, qualifier = _apposed(spans, own[-1])
    letters = tokens[own[0]].text.replace(".", "")
    return Name(
        first, last, told, _kind(spans, own, bool(title) or before < first), title, qualifier,
        acronym=len(own) == 1 and 1 < len(letters) <= _ACRONYM and letters.isupper(),
    )  # fmt: skip


def _apposed(spans: Spans, i: int) -> tuple[str, str]:
    """Title and qualifier in apposition to token `i`: "Ina Fols, the former mayor of Gransee"."""
    if spans.parsed.tokens[i].entity not in ("PERSON", ""):
        return "", ""
    for child in spans.parsed.children[i]:
        if spans.parsed.tokens[child].dep == "appos":
            title = spans.title_before(child + 1)
            if title is not None:
                return title[1], spans.qualifier_before(title[0])
    return "", ""


def _kind(spans: Spans, own: Sequence[int], called: bool) -> Kind:
    words = [spans.words[i] for i in own]
    label = spans.parsed.tokens[own[-1]].entity
    if called and words[-1] not in beside_names("bodies"):
        return "person"
    if not beside_names("bodies").isdisjoint((words[0], words[-1])):
        return "organisation"
    if whole_of(words) and not place_of(words):
        return "other"
    if place_of(words) or (len(words) > 1 and words[-1] in beside_names("places")):
        return "place"
    if label in ("ORG", "") and _where(spans, own[-1]):
        return "place"
    return _KINDS.get(label, "other")


def _where(spans: Spans, i: int) -> bool:
    """Whether something is in or at token `i`."""
    token = spans.parsed.tokens[i]
    above = spans.parsed.tokens[token.head]
    return token.dep == "pobj" and above.lower in beside_names("where") and token.text.istitle()


@lru_cache(REMEMBERED)
def _words_of(parsed: Parsed) -> frozenset[str]:
    """The folded words and lemmas of a parse, and the words of the places that they stand for."""
    tokens = [folded(t.text) for t in parsed.tokens]
    lemmas = [folded(t.lemma) for t in parsed.tokens]
    wholes = [*(whole_of((t,)) for t in tokens), *(whole_of(p) for p in pairwise(tokens))]
    return frozenset({*tokens, *lemmas, *(w for p in wholes for w in p.split())})


def missing_words(name: Name, evidence: Sequence[Parsed]) -> tuple[str, ...]:
    """The words of a name that no evidence carries, then its title if nobody there bears it.

    The words of a person must stand in one name: "Ada" of one and "Falk" of another carry no "Ada
    Falk". Words of places and bodies may stand anywhere. An acronym is carried by the words that it
    stands for and they by it, a place by its adjective and its people. A title is missing where the
    evidence gives the bearer another, qualifies it ("retired"), or has it nowhere.
    """
    held = [n for p in evidence for n in names(p)]
    words = frozenset[str]().union(*(_words_of(p) for p in evidence))
    missing: Sequence[str]
    if any(abbreviates(name, n) or abbreviates(n, name) for n in held):
        missing = ()
    elif whole := whole_of(name.words):
        missing = () if words.issuperset(whole.split()) else name.words
    elif name.kind == "person" and len(name.words) > 1:
        missing = min((_lacking(name.words, n.words) for n in held), key=len, default=name.words)
    else:
        spelled = {initials(n.words) for n in held if len(n.words) > 1}
        missing = [w for w in name.words if not _has(w, words) and w not in spelled]
    return (*missing, *_missing_title(name, held, words))


def _has(word: str, words: frozenset[str]) -> bool:
    whole = whole_of((word,))
    return word in words or bool(whole and words.issuperset(whole.split()))


def _lacking(words: Sequence[str], other: Sequence[str]) -> Sequence[str]:
    """The words that another name does not have; an initial stands for a word."""
    return [w for w in words if not any(w == o or (len(w) == 1 and o[0] == w) for o in other)]


def _bears(held: Name, name: Name) -> bool:
    """Whether a name of the evidence bears another's title: a retired captain is no captain."""
    lost = held.qualifier and not name.qualifier
    return same_title(name.title, held.title) and not lost


def _missing_title(name: Name, held: Sequence[Name], words: frozenset[str]) -> Sequence[str]:
    if not name.title:
        return ()
    borne = [n for n in held if n.title and same_name(n, name)]
    if borne:
        return () if any(_bears(n, name) for n in borne) else (name.title,)
    forms = [f for f, title in titles().items() if title == name.title]
    forms.append(tuple(folded(w) for w in name.title.split()))
    return () if any(words.issuperset(form) for form in forms) else (name.title,)
