"""How closely a draft keeps to what its evidence puts together: which words stand near which.

Knows no meaning: a draft may say only what stands together, in that order, in some source.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from summarizer.facts import claims
from summarizer.facts.dates import MONTHS, WEEKDAYS
from summarizer.facts.text import Token, tokens

_REACH = 3
"""Content words apart up to which two words of a draft are taken to belong together."""

_SOURCE_REACH = 9
"""Content words apart up to which two words of a source stand together."""

_CLAUSE_END = re.compile(r"[;:—–]|,(?= (?:and|but|while)\b)")


MOVABLE = re.compile(rf"{'|'.join((*WEEKDAYS, *MONTHS))}|today|yesterday|week|month|year|\d+")
"""Lemmas that tell when: they stand before or behind what they date."""


@lru_cache(maxsize=8192)
def _lemmas(text: str) -> tuple[str, ...]:
    return tuple(t.lemma for t in tokens(text) if t.is_content)


@lru_cache(maxsize=4096)
def _ordered_pairs(text: str, reach: int = _SOURCE_REACH) -> frozenset[tuple[str, str]]:
    words = _lemmas(text)
    return frozenset(
        (a, b) for i, a in enumerate(words) for b in words[i + 1 : i + 1 + reach] if a != b
    )


def _without_speakers(sentence: str) -> str:
    """A sentence without the speakers of what it says is said."""
    for claim in reversed(claims(sentence)):
        if claim.speaker is not None:
            start, end = claim.speaker
            sentence = f"{sentence[:start]};{sentence[end:]}"
    return sentence


def _clauses(sentence: str) -> list[str]:
    return [part for part in _CLAUSE_END.split(sentence) if part]


@dataclass(frozen=True, slots=True)
class Together:
    """What a draft puts together that no source does.

    Of all pairs of content words within three of each other in one clause of the draft:
    apart: the share that stand together in no source sentence, in [0, 1].
    turned: the share that stand there only in the other order, in [0, 1].
    new: the draft's content words that no source has.
    """

    apart: float
    turned: float
    new: tuple[str, ...]


def unattested(sentence: str, evidence: Sequence[str]) -> Together:
    """Compare a draft with its evidence, pair of words by pair of words; shares are 0 for none."""
    held: frozenset[tuple[str, str]] = frozenset().union(*(_ordered_pairs(e) for e in evidence))
    known = frozenset(w for e in evidence for w in _lemmas(e))
    told = _without_speakers(sentence)  # who says it may stand before or behind: facts sees to it
    pairs = {
        (a, b)
        for clause in _clauses(told)
        for words in [_lemmas(clause)]
        for i, a in enumerate(words)
        for b in words[i + 1 : i + 1 + _REACH]
        if a != b
    }
    new = tuple(dict.fromkeys(w for w in _lemmas(sentence) if w not in known))
    if not pairs:
        return Together(0.0, 0.0, new)
    # "Harrow's assembly" may stand for "the assembly in Harrow": neighbours there and here.
    near: frozenset[tuple[str, str]] = frozenset().union(*(_ordered_pairs(e, 1) for e in evidence))
    # "campaign manager Jo Straka" may be "Jo Straka as campaign manager": a name and what it is.
    beside: frozenset[tuple[str, str]] = frozenset().union(
        *(_ordered_pairs(e, 3) for e in evidence)
    )
    named = frozenset(t.lemma for e in evidence for t in tokens(e) if t.is_capital and t.is_content)
    neighbours = {
        pair for clause in _clauses(told) for words in [_lemmas(clause)] for pair in pairwise(words)
    }
    turned = sum(
        (b, a) in held
        and (a, b) not in held
        and not ((a, b) in neighbours and (b, a) in near)
        and not (_apposed(a, b, named) and (b, a) in beside)
        and not (MOVABLE.fullmatch(a) or MOVABLE.fullmatch(b))
        for a, b in pairs
    )
    apart = sum((b, a) not in held and (a, b) not in held for a, b in pairs)
    return Together(apart / len(pairs), turned / len(pairs), new)


def _apposed(a: str, b: str, names: frozenset[str]) -> bool:
    """Whether one of two lemmas is a name's and the other a plain noun's, by its looks."""
    noun = b if a in names else a
    return (a in names) != (b in names) and noun.endswith(_OFFICES)


_OFFICES = tuple(
    "or er ist ant ent man woman leader chief head party campaign minister secretary mayor judge "
    "general spokesman group agency bank".split()
)
"""Endings of nouns that say what somebody or something is."""


def _runs_twice(text: str) -> set[tuple[str, ...]]:
    """Runs of four words that a text has twice."""
    words = [t.lower for t in tokens(text) if t.is_word]
    runs = Counter(zip(*(words[i:] for i in range(4)), strict=False))
    return {run for run, n in runs.items() if n > 1}


def repeats(sentence: str, evidence: Sequence[str]) -> tuple[str, ...]:
    """Words that a draft says again and no source does: names, and whatever runs into itself.

    A common word may come twice in a longer sentence ("checks"); a name that does is a loop or two
    people in one, as is a word that stands twice within three ("former former") and four words
    that run twice.
    """
    found = [t for t in tokens(sentence) if t.is_content]
    own = Counter(t.lemma for t in found)
    most: Counter[str] = Counter()
    for e in evidence:
        most |= Counter(_lemmas(e))
    named = {t.lemma for t in found if t.is_capital and t.start}
    close = {
        t.lemma for i, t in enumerate(found) for u in found[i + 1 : i + 3] if t.lemma == u.lemma
    }
    again = [w for w, n in own.items() if n > max(1, most[w])]
    runs = _runs_twice(sentence)
    for e in evidence:
        runs -= _runs_twice(e)
    if runs:
        return tuple(sorted(" ".join(run) for run in runs))
    loops = [w for w in again if w in named or w in close or own[w] > 2]
    return tuple(again if len(again) > 1 else loops)


_PREPOSITIONS = frozenset(
    "of for to by with from against about in on at over under between among into than".split()
)

DETERMINERS = frozenset("the a an this that these those its his her their my our your one".split())
"""What stands before a noun and says which, or whose."""


def promoted(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft opens with what its sources only name inside a phrase.

    "New claims for benefits fell" does not carry "Benefits fell": the draft's first content word
    stands in every source behind a preposition. False where some source has it otherwise.
    """
    # "Harrow's assembly" is about the assembly.
    opening = next(
        (t.lemma for t in tokens(sentence) if t.is_content and not _is_possessive(t, sentence)),
        None,
    )
    if opening is None or _behind_preposition(sentence, opening) is True:
        return False
    found = [b for e in evidence if (b := _behind_preposition(e, opening)) is not None]
    return bool(found) and all(found)


def _is_possessive(token: Token, text: str) -> bool:
    return re.match(r"['’]s?\b|['’] ", text[token.end :]) is not None or token.lower.endswith(
        ("'s", "’s", "s'", "s’")
    )


def _behind_preposition(text: str, lemma: str) -> bool | None:
    """Whether every `lemma` of `text` follows a preposition within its phrase; None if absent."""
    words = tokens(text)
    places = [i for i, t in enumerate(words) if t.lemma == lemma]
    if not places:
        return None
    return all(_preposition_before(words, i) for i in places)


def _preposition_before(words: Sequence[Token], i: int) -> bool:
    # Back over an article and at most one modifier: "for the new unemployment benefits".
    modifiers = 0
    for word in reversed(words[max(0, i - 3) : i]):
        if word.lower in _PREPOSITIONS:
            return True
        modifiers += word.is_content
        if modifiers > 1 or not (word.is_content or word.lower in DETERMINERS):
            return False
    return False


_GENDER = dict.fromkeys(("he", "him", "his", "himself"), "he")
_GENDER |= dict.fromkeys(("she", "her", "hers", "herself"), "she")


def crossed(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a pronoun does in the draft what only the other one does in its sources.

    "people whom she distrusts" does not carry "people whom he distrusts": of a pronoun and the next
    content word, within two words, every source has the other gender.
    """
    return any(
        (held := {g for e in evidence for g, other in _pronoun_deeds(e) if other == deed})
        and gender not in held
        for gender, deed in _pronoun_deeds(sentence)
    )


@lru_cache(maxsize=4096)
def _pronoun_deeds(text: str) -> frozenset[tuple[str, str]]:
    words = tokens(text)
    return frozenset(
        (_GENDER[word.lower], deed)
        for i, word in enumerate(words)
        if word.lower in _GENDER
        for deed in [next((t.lemma for t in words[i + 1 : i + 3] if t.is_content), None)]
        if deed is not None
    )


_HELD = (
    r"(?:said|says|ruled|found|finds|concluded|decided|determined|held|argued|argues|claimed|claims|"
    r"alleged|testified|wrote|writes|told|warned|insisted|believed?s?|estimated?s?|according to|"
    r"suggested|suggests|reported|reports|announced|showed|shows|indicated?s?|feared?s?|hoped?s?)"
)
_ASIDE = re.compile(
    rf",\s(?:[^,]{{0,70}}?\b{_HELD}\b[^,]{{0,40}}|according to [^,]{{2,80}})(?=[,.]|$)"
)
_HELD_WORD = re.compile(rf"\b{_HELD}\b")


def cut_off(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft states what its source has somebody say behind a comma.

    "The aide must appear, a judge ruled on Monday" does not carry "The aide must appear". False
    where the draft has a word of saying itself, or another source states it with no such aside.
    """
    if _HELD_WORD.search(sentence):
        return False
    own = frozenset(_lemmas(sentence))
    telling = [e for e in evidence if len(own & frozenset(_lemmas(e))) >= 0.7 * len(own)]
    return bool(telling) and all(
        (aside := _ASIDE.search(e)) is not None and not own & frozenset(_lemmas(aside[0]))
        for e in telling
    )


_HE_OR_SHE = re.compile(r"\b(?:he|she|his|her|him|himself|herself)\b")


def adrift(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft keeps a pronoun and drops a name that stood before it in its source.

    "If Harlan paid, Judge Moss ruled, he would go free" does not carry "Judge Moss said he would
    go free": whose the pronoun was is lost. False where some source has it as the draft does.
    """
    pronoun = _HE_OR_SHE.search(sentence)
    if pronoun is None:
        return False
    own = _last_names(sentence[: pronoun.start()])
    lemmas = frozenset(_lemmas(sentence))
    telling = [e for e in evidence if len(lemmas & frozenset(_lemmas(e))) >= 0.6 * len(lemmas)]
    found = [(e, m) for e in telling if (m := _HE_OR_SHE.search(e))]
    return bool(found) and all(_last_names(e[: m.start()]) - own for e, m in found)


_NAME_RUN = re.compile(r"[A-Z][\w'’-]*(?: [A-Z][\w.'’-]*)*")


def _last_names(text: str) -> set[str]:
    """The last word of each run of capitalised words: whom or what a pronoun may stand for."""
    return {m[0].split()[-1].removesuffix("’s") for m in _NAME_RUN.finditer(text)} - _OPENERS


_OPENERS = frozenset(
    "If The A An In On At When After Before While As But And President Senator Judge Justice "
    "Minister".split()
) | {d.title() for d in WEEKDAYS}


def other_speaker(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft has somebody say what no source has anybody, or only somebody else, say.

    "Officials said they will start in October" does not carry "Experts say they will start in
    October", whoever the experts of another sentence are; and a report that a minister thinks about
    a law is not her saying that she will lift it. Sources that say it of a pronoun decide nothing.
    """
    for claim in claims(sentence):
        if claim.speaker is None:
            continue
        speaker = frozenset(_lemmas(sentence[slice(*claim.speaker)]))
        said = frozenset(w for span in claim.claim for w in _lemmas(sentence[slice(*span)]))
        theirs = [
            frozenset(_lemmas(e[slice(*c.speaker)])) if c.speaker else frozenset()
            for e in evidence
            for c in claims(e)
            if len(said & {w for span in c.claim for w in _lemmas(e[slice(*span)])})
            >= 0.6 * len(said)
        ]
        if said and not theirs:
            return True
        if speaker and theirs and all(t and not t & speaker for t in theirs):
            return True
    return False


_QUOTATION = re.compile(r"[“\"][^”\"]+[”\"]")
_NAMING = re.compile(
    r"\b(?:call|label|describ|dub|accus|brand|term|nam|refer|denounc|prais|slam|blast|condemn|paint|"
    r"cit|entitl|titl|known|so-called)\w*|\b(?:as|to be|that it was|saying|chant|shout|read)\b",
    re.IGNORECASE,
)


def unspoken(sentence: str) -> bool:
    """Whether a draft quotes and does not say whose words they are.

    "Harlan called the vote a “show”" does not carry "The vote was a “show”".
    """
    return (
        _QUOTATION.search(sentence) is not None
        and not any(c.speaker is not None for c in claims(sentence))
        and _NAMING.search(sentence) is None
        and _HELD_WORD.search(sentence) is None
    )


_LEFT_HANGING = re.compile(
    r"\b(?:this|that|these|those|it|one|there|so)[.,;]|^(?:There|Here) (?:is|are|was|were) no\b|"
    r"\bthe (?:next|first|other|same|latter|former|latest)\."
)


def faceless(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft leaves out every name of a source that has some, or points at nothing.

    "The group is a set of theories" tells nobody which group; "There is no evidence for this" not
    what for.
    """
    if _LEFT_HANGING.search(sentence):
        return True
    own = [t for t in tokens(sentence) if t.is_capital and t.start and t.is_content]
    theirs = [t for e in evidence for t in tokens(e) if t.is_capital and t.start and t.is_content]
    return not own and bool(theirs) and re.match(r"(?:The|A|An|Its|There)\b", sentence) is not None
