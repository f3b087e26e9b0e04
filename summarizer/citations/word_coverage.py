"""Which of a text's words each source sentence has, by lemma and lexicon; and what contradicts.

Orders what the verifier is asked; whether a sentence carries a text is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from summarizer.nlp import Parsed, Token, parse
from summarizer.nlp.lexicons import wordnet
from summarizer.nlp.quantities import quantities
from summarizer.nlp.reported_speech import reported_speech
from summarizer.types import Finding, Verdict

_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM"})
_POS = {"PROPN": "NOUN", "NUM": "NOUN"}
_NEAR = frozenset({"same", "synonym", "derived", "narrower"})

FIGURE_ABOUT, ABOUT, DATE_ABOUT = 0.3, 0.5, 0.7
"""Share of a text's other words from which a sentence with another figure is not cited for it, and
from which it is of the same thing, so that another value in it contradicts the text. A day needs
more: news has the day of the event and that of whoever speaks of it side by side."""

Span = tuple[int, int]


@dataclass(frozen=True, eq=False, slots=True)
class Telling:
    """A text's content words, and which of them each row tells.

    words: their half-open code points. names, figures: which of them are words of names, and
    figures. told: row -> indices into words. speakers: code points of the speakers that the text
    names. held: the rows' parses.
    """

    text: Parsed
    words: tuple[Span, ...]
    names: frozenset[int]
    figures: frozenset[int]
    told: Mapping[int, frozenset[int]]
    speakers: tuple[Span, ...]
    held: Mapping[int, Parsed]

    @classmethod
    def of(cls, text: Parsed, rows: Mapping[int, Parsed]) -> Telling:
        """Look for each content word of a text in each row."""
        words = [t for t in text.tokens if _is_content(t)]
        speakers = (speech.speaker for speech in reported_speech(text) if speech.speaker)
        return cls(
            text,
            tuple((t.start, t.end) for t in words),
            frozenset(i for i, t in enumerate(words) if t.pos == "PROPN"),
            frozenset(i for i, t in enumerate(words) if t.pos == "NUM"),
            {r: frozenset(_told(words, parsed)) for r, parsed in rows.items()},
            tuple((text.tokens[s[0]].start, text.tokens[s[-1]].end) for s in speakers),
            rows,
        )

    def share(self, rows: Iterable[int]) -> float:
        """The share of the text's content words that the rows tell together, in [0, 1]."""
        if not self.words:
            return 1.0
        return len(frozenset[int]().union(*(self.told[r] for r in rows))) / len(self.words)

    def beside(self, row: int, start: int, end: int) -> float:
        """The share that a row tells of the words outside [start, end), in [0, 1].

        Of all of them or of those that are no names, whichever is less: two things that are said of
        the same people are not the same. Of all words where there is none outside.
        """
        others = {i for i, (a, b) in enumerate(self.words) if b <= start or a >= end}
        told = self.told[row]
        parts = [part for part in (others, others - self.names) if part]
        return min((len(part & told) / len(part) for part in parts), default=self.share((row,)))

    def contradicted(self, verdict: Verdict, row: int) -> bool:
        """Whether a row, judged alone, says otherwise than the text of the same thing.

        Another figure or date for it, or the opposite: not what is only missing, and not what the
        text says elsewhere. A figure is of the same thing where the same befalls what it counts:
        "300 people had to leave" does not contradict "it employs 410 people".
        """
        return any(
            self._otherwise(found, row, DATE_ABOUT if found.problem == "date" else ABOUT)
            and (found.problem != "number" or self._same_counter(found, row))
            for found in verdict.findings
        )

    def unfit(self, verdict: Verdict, row: int) -> bool:
        """Whether a row must not be cited for the text: it contradicts it, or another says it."""
        return any(
            self._otherwise(found, row, FIGURE_ABOUT) or self._another_speaker(found, row)
            for found in verdict.findings
        )

    def _otherwise(self, found: Finding, row: int, about: float) -> bool:
        beside = self.beside(row, found.start, found.end)
        match found.problem:
            case "number":
                return beside >= about and not self._figures(found.instead)
            case "date":
                other = found.instead is not None and found.instead not in self.text.text
                return beside >= about and other
            case "negation":
                return beside >= ABOUT
            case "contradiction":
                # A word in another's place may well mean the same: only the opposite may not.
                return beside >= ABOUT and not found.rule.endswith(".other")
            case _:
                return False

    def _another_speaker(self, found: Finding, row: int) -> bool:
        """Whether it is said by another; a speaker whom the text leaves out is no other one."""
        if found.problem not in ("speaker", "role"):
            return False
        said = any(a < found.end and found.start < b for a, b in self.speakers)
        return said and self.beside(row, found.start, found.end) >= ABOUT

    def _same_counter(self, found: Finding, row: int) -> bool:
        """Whether what befalls the figure at fault befalls another figure of a row, too."""
        fates = {
            q.fate.partition(":")[0]
            for q in quantities(self.text)
            if self.text.tokens[q.first].start < found.end
            and found.start < self.text.tokens[q.last - 1].end
        }
        there = {q.fate.partition(":")[0] for q in quantities(self.held[row])}
        return any(
            a == b or wordnet.relation(a, "VERB", b, "VERB") in _NEAR
            for a in fates - {""}
            for b in there - {""}
        )

    def _figures(self, instead: str | None) -> bool:
        """Whether the text has the figures that a row has instead, or it has none."""
        if instead is None:
            return True
        [parsed] = parse([instead])
        own = {value for q in quantities(self.text) for value in (q.value, q.high)}
        return {q.value for q in quantities(parsed)} <= own


def _is_content(token: Token) -> bool:
    return token.pos in _CONTENT and token.text[:1].isalnum()


def _told(words: Iterable[Token], held: Parsed) -> Iterator[int]:
    there = [t for t in held.tokens if _is_content(t)]
    forms = {t.lemma for t in there} | {t.lower for t in there}
    for i, word in enumerate(words):
        if word.lemma in forms or word.lower in forms or any(_near(word, t) for t in there):
            yield i


def _near(word: Token, other: Token) -> bool:
    if "PROPN" in (word.pos, other.pos):
        return False
    a, b = _POS.get(word.pos, word.pos), _POS.get(other.pos, other.pos)
    return wordnet.relation(word.lemma, a, other.lemma, b) in _NEAR
