"""What the verifier says without a reader: by the exact checks and the alignment alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from summarizer.backends import Reading
from summarizer.verification.verifier import Verifier


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        (
            "12 men were hurt, one of them seriously.",
            "12 men were hurt, three of them seriously.",
        ),
        ("Both ships sank and one crew was lost.", "Both ships sank and two crews were lost."),
    ],
)
def test_a_small_count_in_the_place_of_another_is_refused(sentence: str, source: str) -> None:
    """Small counts are often told otherwise, but not one where the sources have another."""
    [verdict] = Verifier(None).verify([(sentence, [source])])
    assert not verdict.supported
    assert any(f.problem == "number" and f.instead for f in verdict.findings)


def test_a_word_without_a_counterpart_is_reserved() -> None:
    """What the sources do not have is named, even where the sentence as a whole holds."""
    sentence = "The old ferry Sula hit the harbour wall at Lindhaven in thick fog on Tuesday."
    source = "The ferry Sula hit the harbour wall at Lindhaven in thick fog on Tuesday."
    [verdict] = Verifier(None).verify([(sentence, [source])])
    named = [*verdict.findings, *verdict.reservations]
    assert "old" in {sentence[f.start : f.end] for f in named}


@pytest.mark.parametrize(
    ("sentence", "source", "wrong"),
    [
        ("Low resigned, underscoreding a divide.", "Low resigned, underscoring a divide.", True),
        (
            "Low resigned, underscoring a divide.",
            "Low resigned, underscoring a divide again.",
            False,
        ),
        ("They livestreamed the vote.", "They livestreamed the vote on Monday.", False),
        ("The harbour was closed by the coastgaurd.", "The coastguard closed the harbour.", True),
    ],
)
def test_a_misspelled_word_has_no_counterpart(sentence: str, source: str, wrong: bool) -> None:
    """A model's slip of the pen is named; a new word that its source has is none."""
    [verdict] = Verifier(None).verify([(sentence, [source])])
    assert bool(verdict.findings or verdict.reservations) is wrong


TEXT = "The fire had forced 300 people to leave burning homes, according to the mayor."
SOURCE = "A fire at the mill was put out on Monday, the mayor said of its 300 people."


@dataclass(frozen=True, slots=True)
class Doubting:
    """A reader that doubts some words of a sentence, wherever they stand, and does not carry it."""

    words: tuple[str, ...]
    name: str = "doubting"

    def read(self, pairs: Sequence[tuple[str, Sequence[str]]]) -> list[Reading]:
        return [
            Reading(0.01, 0.1, tuple((s.index(w), s.index(w) + len(w), 0.9) for w in self.words))
            for s, _ in pairs
        ]


def _named(*words: str) -> list[tuple[str, str]]:
    [verdict] = Verifier(Doubting(words)).verify([(TEXT, [SOURCE])])
    return [(TEXT[f.start : f.end], f.message) for f in verdict.findings]


def test_words_of_grammar_are_not_named() -> None:
    """Auxiliaries, prepositions and "according" are nobody's fault where a word of content is."""
    named = [words for words, _ in _named("had", "burning", "according to the")]
    assert "burning" in named
    assert not {"had", "according", "according to the", "to"} & set(named)


def test_words_of_grammar_are_cut_off_both_ends() -> None:
    """Of "to leave burning homes, according" only what has content is marked and said."""
    found = _named("to leave burning homes, according")
    assert all(w.split()[0] != "to" and not w.endswith("according") for w, _ in found)
    assert all(f"“{w}”" in said for w, said in found)
    assert {"leave", "burning", "homes"} <= {x for w, _ in found for x in w.split()}


def test_where_only_grammar_is_doubted_it_is_the_sentence() -> None:
    """An article or an auxiliary is not named; that the sentence is not carried is."""
    [(words, _)] = _named("had", "to")
    assert words == TEXT
