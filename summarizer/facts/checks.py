"""The exact checks: what a sentence asserts that its evidence does not carry, each by name.

Whether the sentence as a whole is supported is the judge's; nothing here is learned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from summarizer.facts.attribution import misattributed_claims, unattributed
from summarizer.facts.counted import of_another, uncarried
from summarizer.facts.dates import dates, supports_date
from summarizer.facts.edits import cut_denials, edited
from summarizer.facts.names import index, missing_part, names
from summarizer.facts.rebuttals import claimed_by_disputers, claimed_by_strangers, judged
from summarizer.facts.reversals import (
    denied,
    granted,
    opposed,
    turned,
    turned_over,
    unhedged,
    with_for_without,
)
from summarizer.facts.roles import misattributed
from summarizer.facts.slots import borrowed_titles, replaced
from summarizer.facts.text import CACHE, sentences
from summarizer.nlp.verbatim import is_verbatim, quotes
from summarizer.story import Problem


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a sentence, and the words that show it."""

    problem: Problem
    what: str


def problems_of(sentence: str, evidence: Sequence[str]) -> tuple[Finding, ...]:
    """What a sentence asserts that none of its evidence carries.

    sentence: one sentence. evidence: the source sentences or passages (titles too) it rests on; a
    fact found in any of them is carried. Returns findings in the order of the checks, one for each
    problem and place; an empty tuple says only that no exact check objects. With no evidence every
    number, date, name and quotation is a finding.
    """
    parts = tuple(s for text in evidence for s in sentences(text))
    # An aside ("(R-Ky.)") holds facts, and hides who does what from those who read on past it.
    told, plain = _told(sentence), tuple(map(_told, parts))
    found = (
        *_numbers(sentence, parts),
        *_dates(sentence, parts),
        *_names(sentence, parts, plain),
        *_quotations(sentence, parts),
        *_polarity(told, plain),
        *_roles(told, plain),
        *_speakers(told, plain),
    )
    problems = {f.problem for f in found}
    return (*found, *(f for f in _edits(told, plain) if f.problem not in problems))


_ASIDE = re.compile(r"\s?\([^()]{1,60}\)")


@lru_cache(maxsize=CACHE)
def _told(text: str) -> str:
    """A sentence without its short asides in parentheses."""
    return _ASIDE.sub(lambda m: "" if m.end() < len(text) and not text[m.end()].isalnum() else " ",
                      text)  # fmt: skip


# --- numbers, dates, names, quotations -----------------------------------------------------------


def _numbers(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    for number in (*uncarried(sentence, evidence), *of_another(sentence, evidence)):
        yield Finding("number", sentence[number.start : number.end])


def _dates(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    theirs = [d for text in evidence for d in dates(text)]
    for date in dates(sentence):
        if not supports_date(date, theirs):
            yield Finding("date", sentence[date.start : date.end])


def _names(sentence: str, evidence: Sequence[str], plain: Sequence[str]) -> Iterator[Finding]:
    found = names(sentence, evidence)
    if not found:
        return
    known = index((*evidence, *(text for text in plain if text not in evidence)))
    for name in found:
        if missing_part(name, known) is not None:
            yield Finding("name", name.text)
    for what in (*replaced(_told(sentence), plain), *borrowed_titles(_told(sentence), plain)):
        yield Finding("name", what)


def _quotations(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    for quote in quotes(sentence):
        if not is_verbatim(quote.text, evidence):
            yield Finding("quotation", quote.text)
    for what in cut_denials(sentence, evidence):
        yield Finding("quotation", what)


def _edits(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    for problem, what in edited(sentence, evidence):
        yield Finding(problem, what)


# --- negation and modality -----------------------------------------------------------------------


def _polarity(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    found = [Finding(problem, what) for problem, what in turned(sentence, evidence)]
    yield from found
    if not any(f.problem == "modality" for f in found):
        for what in (*unhedged(sentence, evidence), *granted(sentence, evidence)):
            yield Finding("modality", what)
    if not any(f.problem == "negation" for f in found):
        for what in (
            *opposed(sentence, evidence),
            *turned_over(sentence, evidence),
            *with_for_without(sentence, evidence),
        ):
            yield Finding("negation", what)
            break
        else:
            for what in denied(sentence, evidence):
                yield Finding("negation", what)


# --- roles and speakers --------------------------------------------------------------------------


def _roles(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    for problem, what in misattributed(sentence, evidence):
        yield Finding(problem, what)


def _speakers(sentence: str, evidence: Sequence[str]) -> Iterator[Finding]:
    for what in (*unattributed(sentence, evidence), *judged(sentence, evidence)):
        yield Finding("speaker", what)
    for speaker in (
        *misattributed_claims(sentence, evidence),
        *claimed_by_disputers(sentence, evidence),
        *claimed_by_strangers(sentence, evidence),
    ):
        yield Finding("speaker", speaker)
