"""Events of a text by the order of words: a verb, who does it, to whom, and the words around it.

A shallow reading without a parser: where it cannot tell who is meant it says so (an unknown party).
Whether evidence carries an event is for roles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.facts.moods import BREAKS, denied_at, modal_of
from summarizer.facts.names import HONORIFICS, Name, names, relevant
from summarizer.facts.text import CACHE, Token, tokens
from summarizer.facts.verbs import (
    AUXILIARY,
    BE,
    DETERMINERS,
    PREPOSITIONS,
    is_participle,
    is_verb,
)

_CLAUSE = frozenset(
    """that because while when after before although though if unless until as but since whether
    where and or so yet once""".split()
)
_ENDS_OBJECT = PREPOSITIONS | _CLAUSE - {"and"}
_PREDICATES = frozenset(
    "guilty innocent liable responsible dead alive safe unfit unconscious unharmed".split()
)
_LANDS = frozenset(
    "state city town village island province region county republic kingdom port nation".split()
)
_NAMING = frozenset("identified known named".split())
_RELATIVE = frozenset("who which that whom whose".split())
_CONTROL = frozenset(
    """plan want try refuse threaten vow promise begin continue agree fail decline intend hope seek
    schedule expect attempt aim prepare offer decide need like start able ready due likely set go
    accuse have use rush return travel come""".split()
)


@dataclass(frozen=True, slots=True)
class Party:
    """Who stands beside a verb.

    heads: the names that head the phrase, each as its parts. related: parts of every name in it.
    known: whether a name heads it; a pronoun, a description or nothing leaves it unknown.
    noun: lemma of the first common noun of the phrase ("shares" of "shares of Corvane"), or None.
    """

    heads: tuple[tuple[str, ...], ...] = ()
    related: frozenset[str] = frozenset()
    known: bool = False
    noun: str | None = None


NOBODY = Party()


@dataclass(frozen=True, slots=True)
class Event:
    """A verb with its parties: `subject` acts (also in the passive), `object` is acted on.

    verb: its lemma. index: among the text's tokens. words: content lemmas that follow it in its
    clause (before it in the passive), names left out. denied: whether a negation governs it.
    modal: the cue that leaves it open or to come ("may", "plan", "accuse", "will"), None where it
    is stated. finite: whether it can be a statement (no infinitive, no -ing form). oblique: the
    names behind each preposition, as (preposition, parts). near, far: the content lemmas, names
    among them, on the side that acts and on the other.
    """

    verb: str
    index: int
    passive: bool
    subject: Party
    object: Party
    words: frozenset[str]
    denied: bool = False
    modal: str | None = None
    finite: bool = True
    oblique: tuple[tuple[str, frozenset[str]], ...] = ()
    near: frozenset[str] = frozenset()
    far: frozenset[str] = frozenset()


def _named(found: Sequence[Name], words: Sequence[Token], start: int, end: int) -> list[Name]:
    if start >= end:
        return []
    a, b = words[start].start, words[end - 1].end
    return [n for n in found if n.start >= a and n.end <= b]


def _party(found: Sequence[Name], words: Sequence[Token], start: int, end: int) -> Party:
    """The party that words start to end name."""
    inside = _named(found, words, start, end)
    if not inside:
        return NOBODY
    heads: list[tuple[str, ...]] = []
    last_head = -1
    for name in inside:
        first = next(i for i in range(start, end) if words[i].end > name.start)
        last = max(i for i in range(start, end) if words[i].start < name.end)
        before = first - 1
        while before >= start and (
            words[before].lower in DETERMINERS or words[before].lower.rstrip(".") in HONORIFICS
            or (words[before].is_content and words[before].text.islower())
        ):  # fmt: skip
            before -= 1
        prepositional = before >= start and words[before].lower in PREPOSITIONS
        if prepositional and words[before].lower == "as":
            prepositional = not any(w.lower in _NAMING for w in words[max(0, before - 2) : before])
        elif prepositional and words[before].lower == "of" and before > start:
            prepositional = words[before - 1].lower not in _LANDS  # "the state of Kande"
        after = words[last + 1] if last + 1 < end else None
        modifier = words[last].lower.endswith(("'s", "s'")) or (
            after is not None
            and (
                after.text in "'’-"
                or (after.is_content and after.text.islower() and after.lower not in _PREDICATES)
            )
        )
        if not prepositional and not modifier:
            if heads and not any(
                w.lower in ("and", "or", ",", "&") for w in words[last_head + 1 : first]
            ):
                heads.clear()
            heads.append(name.parts)
            last_head = last
    related = frozenset(p for n in inside for p in n.parts)
    noun = next(
        (
            w.lemma
            for i, w in enumerate(words[start:end], start)
            if w.is_content
            and w.is_word
            and (w.text.islower() or (i == 0 and not _in_name(w, found)))
        ),
        None,
    )
    return Party(tuple(heads), related, bool(heads), noun)


def _region(words: Sequence[Token], i: int, verbs: frozenset[int]) -> tuple[int, int]:
    """The tokens that hold the subject of the verb at i; empty where it is left out."""
    end = i
    while end > 0 and (
        words[end - 1].lower in AUXILIARY or (words[end - 1].lower.endswith("ly") and end > 1)
    ):
        end -= 1
    if end > 0 and words[end - 1].lower in _RELATIVE:
        end -= 1
        if end > 0 and words[end - 1].text == ",":
            end -= 1
    start, commas = end, 0
    while start > 0:
        before = words[start - 1]
        if before.text in BREAKS and not (before.text == "." and before.end == words[start].start):
            break
        if start - 1 in verbs or before.lower in _CLAUSE - {"and", "or"}:
            break
        if before.lower in ("and", "or") and _after_verb(words, start - 1, verbs):
            break
        if before.lower in ("and", "or") and (
            start < 2 or start == end or not _joins(words, start, end)
        ):
            break
        if before.text == ",":
            if start == end:
                # The subject stands before an apposition or a relative clause between commas.
                opening = _opening_comma(words, start - 1)
                if opening is None:
                    break
                if (
                    opening >= 2
                    and words[opening - 2].text == ","
                    and words[opening - 1].text.isdigit()
                ):
                    opening -= 2  # "Stan Ibbotson, 63, who has cancer, filed"
                return _region_end(words, opening, verbs), end
            commas += 1
            break
        start -= 1
        if end - start > 16:
            break
    return start, end


def _after_verb(words: Sequence[Token], at: int, verbs: frozenset[int]) -> bool:
    """Whether a verb stands before token `at` in its clause, so that what it joins is a clause."""
    for j in range(at - 1, max(-1, at - 9), -1):
        if j in verbs:
            return True
        if words[j].text in BREAKS:
            return False
    return False


def _joins(words: Sequence[Token], start: int, end: int) -> bool:
    """Whether an "and" before token start joins two names, and not two clauses."""
    left = words[start - 2]
    head = words[start]
    return left.text[0].isupper() and head.text[0].isupper() and end - start < 8


def _opening_comma(words: Sequence[Token], closing: int) -> int | None:
    for j in range(closing - 1, max(-1, closing - 16), -1):
        if words[j].text in BREAKS and not (
            words[j].text == "." and words[j].end == words[j + 1].start
        ):
            return None
        if words[j].text == ",":
            return j
    return None


def _region_end(words: Sequence[Token], end: int, verbs: frozenset[int]) -> int:
    start = end
    while start > 0:
        before = words[start - 1]
        if before.text in BREAKS or before.text == "," or start - 1 in verbs:
            break
        if before.lower in _CLAUSE and not (before.lower == "and" and _joins(words, start, end)):
            break
        start -= 1
    return start


def _right(words: Sequence[Token], i: int, verbs: frozenset[int]) -> int:
    """Where the clause of the verb at i ends."""
    j = i + 1
    while j < len(words) and j - i < 16:
        word = words[j]
        if word.text in BREAKS and not (
            word.text == "." and j + 1 < len(words) and words[j + 1].start <= word.end + 1
            and word.start == words[j - 1].end and len(words[j - 1].text) <= 4
        ):  # fmt: skip
            break
        if word.lower in ("who", "which", "because", "while", "although", "but"):
            break
        if j in verbs and j > i + 2 and words[j - 1].lower != "to":
            break
        j += 1
    return j


def events(text: str, known: frozenset[str] = frozenset()) -> tuple[Event, ...]:
    """The events of one sentence in reading order.

    known: lower-case words that count as names where they open the sentence.
    """
    return _events(text, relevant(text, known))


@lru_cache(maxsize=CACHE)
def _events(text: str, known: frozenset[str]) -> tuple[Event, ...]:
    words = tokens(text)
    found = names(text, known)
    verbs = frozenset(i for i in range(len(words)) if is_verb(words, i))
    out: list[Event] = []
    subject = NOBODY
    previous: int | None = None
    for i in sorted(verbs):
        word = words[i]
        before = words[i - 1]
        behind = {w.lower for w in words[max(0, i - 4) : i]}
        stop = _right(words, i, verbs)
        by = next((j for j in range(i + 1, stop) if words[j].lower == "by"), None)
        chain = i
        while chain > 0 and (
            words[chain - 1].lower in AUXILIARY
            or (words[chain - 1].lower.endswith("ly") and words[chain - 1].text.islower())
        ):
            chain -= 1
        between = {w.lower for w in words[chain:i]}
        bare_by = by == i + 1 and not between and word.lower != word.lemma
        if by is not None and words[min(by + 1, len(words) - 1)].text[0] in "0123456789$€£¥":
            bare_by = False  # "rose by 4 percent"
        passive = is_participle(word) and (bool(between & BE) or bare_by)
        infinitive = "to" in between
        leading = words[chain - 1] if chain else None
        if infinitive and previous is not None and chain - 1 == previous:
            mine = subject if words[previous].lemma in _CONTROL else NOBODY
        elif (
            leading is not None
            and previous is not None
            and leading.lower in ("and", "but", "or", "then")
        ):
            start, end = _region(words, i, verbs)
            mine = (
                subject
                if start >= end or leading.lower != "and"
                else _party(found, words, start, end)
            )
        elif word.lower.endswith("ing") and not between & BE:
            mine = NOBODY
        else:
            start, end = _region(words, i, verbs)
            mine = _party(found, words, start, end)
        if "by" in behind and not between and not bare_by and before.lower == "by":
            mine = NOBODY
        right_end = next(
            (j for j in range(i + 1, stop)
             if words[j].lower in _ENDS_OBJECT or words[j].text == "," or j in verbs),
            stop,
        )  # fmt: skip
        if passive:
            agent = (
                _party(found, words, by + 1, _agent_end(words, by + 1, stop, verbs))
                if by is not None
                else NOBODY
            )
            actor, acted = agent, mine
        else:
            acted = _party(found, words, i + 1, right_end)
            if not acted.heads and right_end < len(words) - 1 and words[right_end].text == ",":
                tail = _named(found, words, right_end + 1, min(len(words), right_end + 5))
                if tail and tail[0].start == words[right_end + 1].start:
                    acted = Party((tail[0].parts,), frozenset(tail[0].parts), True, acted.noun)
            actor = mine
        around = _around(words, range(i + 1, min(stop, i + 12)), found, word.lemma)
        if passive and not around and not actor.known:
            around = _around(words, range(max(0, i - 5), i), found, word.lemma)
        modal = modal_of(words, chain, i, previous, between)
        left, behind_it = _content(words, *_region(words, i, verbs)), _content(words, i + 1, stop)
        if mine is NOBODY and (infinitive or word.lower.endswith("ing")):
            left = frozenset()
        acting = _content(words, by + 1, _agent_end(words, by + 1, stop, verbs)) if by else None
        coordinate = before.lower in ("and", "or") and word.lower == word.lemma
        if modal is None and coordinate and out and out[-1].index == previous:
            modal = out[-1].modal
        out.append(
            Event(
                word.lemma, i, passive, actor, acted, around,
                denied_at(words, chain, i, previous, between),
                modal,
                not infinitive and not (word.lower.endswith("ing") and not between & BE),
                _oblique(words, i + 1, stop, found),
                (acting or frozenset()) if passive else left,
                left if passive else behind_it,
            )
        )  # fmt: skip
        if mine is not NOBODY or not (infinitive or word.lower.endswith("ing")):
            subject = mine
        previous = i
    return tuple(out)


def _around(
    words: Sequence[Token], indices: range, found: Sequence[Name], verb: str
) -> frozenset[str]:
    return frozenset(
        words[j].lemma
        for j in indices
        if words[j].is_content and words[j].lemma != verb and not _in_name(words[j], found)
    )


def _content(words: Sequence[Token], start: int, end: int) -> frozenset[str]:
    return frozenset(w.lemma for w in words[start:end] if w.is_content)


def _closes(words: Sequence[Token], end: int) -> bool:
    """Whether a comma or the sentence's end follows the word that ends there: an apposition."""
    after = next((w for w in words if w.start >= end), None)
    return after is None or after.text in ",.;"


def _oblique(
    words: Sequence[Token], start: int, stop: int, found: Sequence[Name]
) -> tuple[tuple[str, frozenset[str]], ...]:
    """The names of a clause after its verb, each with the nearest preposition before it."""
    if not found:
        return ()
    out: list[tuple[str, frozenset[str]]] = []
    preposition: str | None = None
    for j in range(start, stop):
        if words[j].lower in PREPOSITIONS:
            preposition = words[j].lower
        elif words[j].text == ",":
            after = words[j + 1].start if j + 1 < stop else -1
            if not any(n.start == after and _closes(words, n.end) for n in found):
                preposition = None
        elif preposition is not None:
            out += [(preposition, frozenset(n.parts)) for n in found if n.start == words[j].start]
    return tuple(out)


def _agent_end(words: Sequence[Token], start: int, stop: int, verbs: frozenset[int]) -> int:
    j = start
    while j < stop and words[j].text != "," and j not in verbs:
        if words[j].lower in PREPOSITIONS - {"of"} or words[j].lower in _CLAUSE - {"and"}:
            break
        j += 1
    return j


def _in_name(token: Token, found: Sequence[Name]) -> bool:
    return any(n.start <= token.start < n.end for n in found)
