"""Small words that a draft changes: an article, a deadline's preposition, the noun behind a name.

Surface rules for a writer's drafts, as those of `deeds`; each is a fault that was read in drafts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from summarizer.facts.events import events
from summarizer.facts.text import Token, tokens

_MONTH = (
    "january february march april may june july august september october november december".split()
)
_DAY = re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_LIMITS = frozenset("by before until till after since from".split())
_BETWEEN = frozenset("the early late this last next".split())
_AUXILIARIES = frozenset(
    "is are was were be been being has have had will would can could may might must should shall "
    "does do did".split()
)


def indefinite(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft opens with "a" thing that its sources only call "the" thing.

    "The ship was arriving from Tarrow" is of a ship that was named before; "A ship was arriving"
    is of another.
    """
    opening = tokens(sentence)[:2]
    if len(opening) < 2 or opening[0].lower not in ("a", "an"):
        return False
    found = [
        words[i - 1].lower
        for e in evidence
        for words in [tokens(e)]
        for i, t in enumerate(words)
        if i and t.lower == opening[1].lower
    ]
    return bool(found) and all(w in ("the", "this", "that") for w in found)


def unlimited(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft makes a deadline, or a beginning, into a time at which something happens.

    "must leave by September 1" does not carry "will leave in September".
    """
    held = [_times(e) for e in evidence]
    for name, preposition in _times(sentence):
        given = {p for found in held for n, p in found if n == name}
        if given and preposition not in given and given <= _LIMITS:
            return True
    return False


def _times(text: str) -> list[tuple[str, str]]:
    """Each month or weekday with the preposition, or other word, before it."""
    words = tokens(text)
    found = []
    for i, word in enumerate(words):
        if word.is_capital and (word.lower in _MONTH or _DAY.fullmatch(word.lower)):
            before = i - 1
            while before > 0 and (words[before].lower in _BETWEEN or words[before].text.isdigit()):
                before -= 1
            found.append((word.lower, words[before].lower if before >= 0 else ""))
    return found


def beheaded(sentence: str, evidence: Sequence[str]) -> bool:
    """Whether a draft lets a name act that in every source only goes before another noun.

    "The US embassy will have to cut its staff" does not carry "The US will have to cut its staff".
    """
    acting = {t.lower for t, after in _followed(sentence) if t.is_capital and _acts(after)}
    for name in acting:
        behind = [
            (after, _verbs(e)) for e in evidence for t, after in _followed(e) if t.lower == name
        ]
        if behind and all(
            after is not None
            and after.is_content
            and not after.is_capital
            and after.is_word
            and after.start not in verbs
            for after, verbs in behind
        ):
            return True
    return False


def _acts(after: Token | None) -> bool:
    return after is not None and after.lower in _AUXILIARIES


def _followed(text: str) -> list[tuple[Token, Token | None]]:
    words = tokens(text)
    return list(zip(words, [*words[1:], None], strict=True))


def _verbs(text: str) -> frozenset[int]:
    words = tokens(text)
    return frozenset(words[e.index].start for e in events(text))
