"""A sentence as differences are looked for in it: its words, what lies near a place, who says it.

Reads one sentence; two are set side by side in `counts`, `times`, `roles` and `denials`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from summarizer.facts import claims, dates, names, quotes
from summarizer.facts.names import TITLES
from summarizer.facts.polarity import OPPOSITES
from summarizer.facts.speakers import SAYING, is_pronoun
from summarizer.facts.text import FUNCTION_WORDS, Token, tokens
from summarizer.story import SourceSentence

_REACH = 8
_JOINS = frozenset("and while but".split())
_OPENS = FUNCTION_WORDS - frozenset("a an the his her its their some one many several both".split())
_SPEAKS = re.compile(r"\b(?:said|says|told|announced|reported|confirmed|found|warned)\b")


@dataclass(frozen=True, slots=True)
class Point:
    """A value that a sentence gives for something.

    row: the sentence. start, end: the half-open span of its wording in the sentence. value: what is
    compared for equality. keys: what the thing may be found under; two points can only differ if
    they share one. at: the index of the wording's first token.
    """

    row: int
    start: int
    end: int
    value: Hashable
    keys: tuple[str, ...]
    at: int
    detail: object


@dataclass(frozen=True, eq=False)
class Reading:
    """A source sentence, its row, and when its article was published, if that is known."""

    row: int
    sentence: SourceSentence
    published: datetime | None = None

    @property
    def text(self) -> str:
        """The sentence's text."""
        return self.sentence.text

    @cached_property
    def words(self) -> tuple[Token, ...]:
        """Its tokens."""
        return tokens(self.text)

    @cached_property
    def content(self) -> frozenset[str]:
        """The lemmas of its content words, without figures, dates and verbs of saying."""
        return frozenset(w.lemma for i, w in enumerate(self.words) if self.carries(i))

    @cached_property
    def _dated(self) -> frozenset[int]:
        spans = [(d.start, d.end) for d in dates(self.text)]
        return frozenset(
            i for i, w in enumerate(self.words) if any(a <= w.start < b for a, b in spans)
        )

    def carries(self, i: int) -> bool:
        """Whether word i says what the sentence is about."""
        word = self.words[i]
        return (
            word.is_content and word.is_word and word.lemma not in SAYING and i not in self._dated
        )

    def token_at(self, start: int) -> int:
        """The index of the token that begins at or after a code point."""
        return next((i for i, w in enumerate(self.words) if w.start >= start), len(self.words))

    def around(self, at: int, reach: int = _REACH, *, clause: bool = False) -> frozenset[str]:
        """The content lemmas within `reach` tokens of token `at`, in the same part of a sentence.

        A semicolon or colon ends the part; with `clause` so do "and" and "while", never a comma.
        """
        found: set[str] = set()
        for step in (1, -1):
            i = at + step if step > 0 else at - 1
            left = reach
            while 0 <= i < len(self.words) and left:
                if self.words[i].text in ";:" or (clause and self.words[i].lower in _JOINS):
                    break
                if self.carries(i):
                    found.add(self.words[i].lemma)
                left -= 1
                i += step
        return frozenset(found)

    def lemmas(self, start: int, end: int) -> list[str]:
        """The lemmas of tokens start to end, marks included."""
        return [w.lemma for w in self.words[max(0, start) : max(0, end)]]

    def said_at(self, at: int) -> bool:
        """Whether the word at token `at` stands right after a verb of saying ("said on Monday")."""
        before = [w.lemma for w in self.words[max(0, at - 4) : at] if w.is_word]
        return any(lemma in SAYING for lemma in before[-3:])

    @cached_property
    def names(self) -> tuple[tuple[int, frozenset[str]], ...]:
        """Its names: the code point where each begins, and its parts without titles."""
        known = frozenset(TITLES.values())
        found = ((n.start, frozenset(n.parts) - known) for n in names(self.text))
        return tuple((start, parts) for start, parts in found if parts)

    def speaker(self, at: int) -> str | None:
        """Who is said to say what stands at a code point, where the sentence names someone."""
        for claim in claims(self.text):
            if claim.speaker is None:
                continue
            who = self.text[slice(*claim.speaker)]
            if self._runs_on(claim.speaker, at):
                who = who.rsplit(", ", 1)[-1].strip()
            elif not any(a <= at < b for a, b in claim.claim):
                continue
            first = who.split(" ", 1)[0].lower()
            if not is_pronoun(who) and not _SPEAKS.search(who) and first not in _OPENS:
                return who
        return None

    def _runs_on(self, speaker: tuple[int, int], at: int) -> bool:
        """Whether a speaker's span holds what is said too ("The law takes effect, the court")."""
        return speaker[0] <= at < speaker[1] and ", " in self.text[at : speaker[1]]

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """The spans of its quotations."""
        return tuple((q.start, q.end) for q in quotes(self.text))


def moment(published: str | None) -> datetime | None:
    """An article's ISO 8601 time; UTC where it names no zone, None where it is no such time."""
    try:
        found = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set's words that both have, in [0, 1]; 0 if one is empty."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def opposed(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two contexts hold opposite words ("begin", "end"): then they tell of two things."""
    for word in one - other:
        sides = OPPOSITES.get(word)
        if sides and sides[1] & (other - one):
            return True
    return False
