"""What a reader is told of a sentence that is refused: few reasons, the certain ones first."""

from __future__ import annotations

import pytest

from summarizer.schema import Problem
from summarizer.types import Finding
from summarizer.verification.judgement import MOST_NAMED, faults

TEXT = "Around 500 people had to leave burning homes, according to the fire service."


def _finding(
    words: str, rule: str = "words.unknown", problem: Problem = "unsupported", text: str = TEXT
) -> Finding:
    start = text.index(words)
    told = f"The sources do not say “{words}”."
    return Finding(rule, problem, start, start + len(words), told)


def _named(*found: Finding, text: str = TEXT) -> list[str]:
    return [text[f.start : f.end] for f in faults(found)]


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("numbers.missing", "number"),
        ("dates.missing", "date"),
        ("names.missing", "name"),
        ("quotations.words", "quotation"),
        ("clause.negation", "negation"),
    ],
)
def test_what_an_exact_check_finds_is_told_alone(rule: str, problem: Problem) -> None:
    """Where a figure changed, the figure is marked, and none of the words around it."""
    exact = _finding("500", rule, problem)
    around = [_finding(w) for w in ("had", "leave", "according")]
    assert _named(exact, *around) == ["500"]


def test_few_reasons_are_told_and_clauses_first() -> None:
    """Who did it is told before opposites, and these before other words; three in all."""
    words = [_finding(w) for w in ("people", "leave", "homes")]
    opposite = _finding("burning", "words.opposite", "contradiction")
    clause = _finding("fire", "clause.role", "role")
    assert len(_named(*words, opposite, clause)) == MOST_NAMED
    assert set(_named(*words, opposite, clause)) == {"people", "burning", "fire"}


def test_nothing_found_is_no_fault() -> None:
    """A sentence that is carried has no fault."""
    assert faults(()) == ()
