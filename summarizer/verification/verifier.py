"""Sentences and their evidence to verdicts: supported or not, and which words are at fault.

Asks the checks, the alignment and the reader, in this order; weights are `verdict`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarizer.backends import Reader, Reading
from summarizer.nlp import Parsed, Token, normalise, parse
from summarizer.nlp.lexicons.lists import word_list
from summarizer.nlp.reported_speech import reported_speech
from summarizer.schema import Problem
from summarizer.types import Finding, Verdict
from summarizer.verification.alignment import CARRIED, Aligned, Alignment, Mismatch, align
from summarizer.verification.checks import findings
from summarizer.verification.verdict import calibration, numbers

_CLOSED = 0.03
"""Support by alignment alone up to which no reader is asked: it would not carry what is so far."""

_OUTWEIGHED = frozenset({"numbers.unmatched"})
"""Findings that a sure reader outweighs: a figure may be reckoned from what the sources say."""

_RESERVED = frozenset({"role", "negation", "speaker"})
"""Mismatches of clauses that are told of a supported sentence, too; so are words not carried."""

_SURE = 0.82
"""The chance that the evidence carries a sentence from which a reader is sure (log-odds of 1.5)."""

_DOUBT = 0.5
"""The chance of fault from which a word is named, where the sentence as a whole does not hold."""

_GRAMMAR = frozenset({"ADP", "AUX", "CCONJ", "DET", "INTJ", "PART", "PRON", "PUNCT", "SCONJ"})
"""Parts of speech of the words that no source need say."""

_PROBLEMS: dict[str, tuple[Problem, str]] = {
    "role": ("role", "who did it, or to whom, is otherwise in the sources"),
    "negation": ("negation", "the sources deny it, or tell as true what it denies"),
    "modality": ("modality", "the sources do not tell it as done or certain"),
    "condition": ("modality", "the sources tell it under a condition"),
    "degree": ("modality", "the sources do not tell it in full"),
    "speaker": ("speaker", "the sources give it as somebody's word"),
}


class Verifier:
    """Judges sentences against their evidence, by everything that is known of both.

    reader: None where its weights are not there; then alignment and exact checks decide.
    """

    def __init__(self, reader: Reader | None) -> None:
        self.reader = reader
        self.calibration = calibration(with_reader=reader is not None)

    @property
    def name(self) -> str:
        """Names the reader and its weights, for the summary's signature."""
        return "alignment" if self.reader is None else self.reader.name

    def support(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[float]:
        """The support in [0, 1] of each (sentence, evidence sentences)."""
        return [verdict.support for verdict in self.verify(pairs)]

    def verify(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Verdict]:
        """Judge each (sentence, evidence sentences); a verdict does not depend on the others.

        What stands in the evidence word for word, and what an exact check refuses, is not read.
        """
        parse([text for sentence, evidence in pairs for text in (sentence, *evidence)])
        opened = [_Open.of(sentence, evidence) for sentence, evidence in pairs]
        unread = [i for i, o in enumerate(opened) if not o.settled and o.alone > _CLOSED]
        readings: dict[int, Reading] = {}
        if self.reader is not None and unread:
            read = self.reader.read([pairs[i] for i in unread])
            readings = dict(zip(unread, read, strict=True))
        return [self._decide(o, readings.get(i)) for i, o in enumerate(opened)]

    def _decide(self, o: _Open, reading: Reading | None) -> Verdict:
        if o.copied:
            return Verdict(1.0, supported=True, findings=())
        if not o.sources:
            return Verdict(0.0, supported=False, findings=(whole(o.sentence, contradicted=False),))
        fitted = self.calibration if reading is not None else calibration(with_reader=False)
        support = o.alone if reading is None else fitted.support(numbers(o.alignment, reading))
        found = objections(o.found, reading)
        if not found and support >= fitted.least:
            return Verdict(support, True, (), _reserved(o), o.alignment.related)
        named = (*found, *_at_fault(o, reading))
        contradicted = reading is not None and reading.contradicted > reading.carried
        if not named:
            named = (whole(o.sentence, contradicted),)
        support = min(support, fitted.least)
        return Verdict(support, supported=False, findings=named, related=o.alignment.related)


@dataclass(frozen=True, slots=True)
class _Open:
    """A pair before the reader: what the checks find, and how its words are aligned."""

    sentence: Parsed
    sources: tuple[Parsed, ...]
    found: tuple[Finding, ...]
    alignment: Alignment
    copied: bool

    @property
    def settled(self) -> bool:
        return self.copied or bool(_firm(self.found)) or not self.sources

    @property
    def alone(self) -> float:
        """The support by alignment, without a reader."""
        return calibration(with_reader=False).support(numbers(self.alignment, None))

    @classmethod
    def of(cls, sentence: str, evidence: Sequence[str]) -> _Open:
        parsed, *held = parse([sentence, *evidence])
        plain = _plain(sentence)
        copied = any(plain == _plain(text) for text in evidence)
        alignment = align(parsed, held)
        exact = () if copied else (*findings(parsed, held), *_exchanged(parsed, held, alignment))
        return cls(parsed, tuple(held), exact, alignment, copied)


def _exchanged(sentence: Parsed, held: Sequence[Parsed], alignment: Alignment) -> Iterator[Finding]:
    """Figures in whose place the evidence has another: "one of them" for "three of them".

    The exact checks leave small counts to the reader, which overlooks them.
    """
    for word in alignment.words:
        if word.relation != "other" or word.counterpart is None:
            continue
        source, at = word.counterpart
        token, other = sentence.tokens[word.token], held[source].tokens[at]
        if token.pos == other.pos == "NUM":
            told = f"“{token.text}” is “{other.text}” in the sources."
            yield Finding("numbers.other", "number", token.start, token.end, told, other.text)


def objections(found: Sequence[Finding], reading: Reading | None) -> tuple[Finding, ...]:
    """What the exact checks find and a reading does not outweigh."""
    sure = reading is not None and reading.carried >= _SURE
    return _firm(found) if sure else tuple(found)


def _firm(found: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(f for f in found if f.rule not in _OUTWEIGHED)


def _plain(text: str) -> str:
    """A text as copies are compared: normalised, its spaces one, its last point away."""
    return " ".join(normalise(text).text.split()).rstrip(".")


# --- which words ---------------------------------------------------------------------------------


def _at_fault(o: _Open, reading: Reading | None) -> Iterator[Finding]:
    """The words that no source carries, as alignment and reader see them; none twice."""
    seen: set[int] = set()
    for mismatch in o.alignment.mismatches:
        if not seen.intersection(mismatch.tokens):
            seen.update(mismatch.tokens)
            yield _of_mismatch(o, mismatch)
    doubted = {
        i
        for i, token in enumerate(o.sentence.tokens)
        for start, end, chance in (reading.doubts if reading is not None else ())
        if chance >= _DOUBT and start < token.end and token.start < end
    }
    for word in o.alignment.words:
        missed = word.relation not in CARRIED and _is_content(o.sentence.tokens[word.token])
        if word.token in seen or not (missed and (reading is None or word.token in doubted)):
            continue
        seen.add(word.token)
        yield _of_word(o, word)
    tokens = o.sentence.tokens
    for first, last in _runs(sorted(doubted - seen)):
        held = [tokens[i] for i in range(first, last + 1) if _is_content(tokens[i])]
        if held:
            start, end = held[0].start, held[-1].end
            told = f"The sources do not carry “{o.sentence.text[start:end]}”."
            yield Finding("words.read", "unsupported", start, end, told)


def _is_content(token: Token) -> bool:
    """Whether a word says something that sources can lack: no grammar, and no "according"."""
    said = token.pos not in _GRAMMAR and token.lower not in word_list("function_words")
    return said and token.text[:1].isalnum()


def _reserved(o: _Open) -> tuple[Finding, ...]:
    """What alignment alone objects to in a sentence that is carried: clauses, and words."""
    apart = (_of_mismatch(o, m) for m in o.alignment.mismatches if m.kind in _RESERVED)
    words = (_of_word(o, w) for w in o.alignment.words if w.relation not in CARRIED)
    return (*apart, *words)


def _of_word(o: _Open, word: Aligned) -> Finding:
    token = o.sentence.tokens[word.token]
    instead = None
    if word.counterpart is not None:
        source, at = word.counterpart
        instead = o.sources[source].cut([at])
    told = f"the sources do not say “{token.text}”"
    problem: Problem = "unsupported"
    if instead is not None:
        told += f" but “{instead}”"
        problem = "contradiction" if word.relation in ("opposite", "other") else problem
    told = f"{told[0].upper()}{told[1:]}."
    return Finding(f"words.{word.relation}", problem, token.start, token.end, told, instead)


def _of_mismatch(o: _Open, mismatch: Mismatch) -> Finding:
    problem, what = _PROBLEMS[mismatch.kind]
    tokens = [o.sentence.tokens[i] for i in mismatch.tokens]
    start, end = min(t.start for t in tokens), max(t.end for t in tokens)
    source, at = mismatch.counterpart
    instead = o.sources[source].cut([at])
    if mismatch.kind == "speaker" and (speaker := _speaker(o.sources[source], at)):
        what = f"the sources give it as the word of “{speaker}”"
    told = f"“{o.sentence.text[start:end]}”: {what}."
    return Finding(f"clause.{mismatch.kind}", problem, start, end, told, instead)


def _speaker(source: Parsed, at: int) -> str | None:
    """Who is reported to say what token `at` stands in, in the source's words; None if nobody."""
    named = (s.speaker for s in reported_speech(source) if at in s.content and s.speaker)
    return next((source.cut(speaker) for speaker in named), None)


def _runs(indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring indices joined, as (first, last)."""
    first = last = -2
    for i in indices:
        if i != last + 1:
            if first >= 0:
                yield first, last
            first = i
        last = i
    if first >= 0:
        yield first, last


def whole(sentence: Parsed, contradicted: bool) -> Finding:
    """The finding that names no word: the sentence as a whole is not carried."""
    problem: Problem = "contradiction" if contradicted else "unsupported"
    told = "The sources say otherwise." if contradicted else "The sources do not carry this."
    return Finding(f"whole.{problem}", problem, 0, len(sentence.text), told)
