"""Rules of primary sources: what several outlets quote of one interview counts once, by its name.

What is one text word for word is in test_evidence.py.
"""

from __future__ import annotations

import numpy as np
import pytest

from summarizer.evidence import primaries
from summarizer.schema import Article, SourceSentence
from summarizer.text.sentences import split
from summarizer.types import independent_sources, shared_primary


def _sentences(*texts: str) -> tuple[SourceSentence, ...]:
    articles = [Article(id=f"a{i}", text=t) for i, t in enumerate(texts, 1)]
    return tuple(s for a in articles for s in split(a, ()))


def _independent(sentences: tuple[SourceSentence, ...]) -> int:
    rows = range(len(sentences))
    return independent_sources(rows, sentences, np.arange(len(rows)), {}, primaries(sentences))


INTERVIEW = (
    "Harbour master Ada Wynn said in an interview with Radio Norrey that the radar had failed.",
    "In an interview with Radio Norrey, Ada Wynn said that the port's radar was out of order.",
    "The radar in the port had failed, Ada Wynn told Radio Norrey.",
)


def test_three_papers_that_quote_one_interview_are_one_source() -> None:
    """What was said in one interview is confirmed by nobody who only repeats it."""
    sentences = _sentences(*INTERVIEW)
    assert set(primaries(sentences).values()) == {"an interview with Radio Norrey"}
    assert _independent(sentences) == 1
    shared = shared_primary(range(3), sentences, primaries(sentences))
    assert shared == "an interview with Radio Norrey"


def test_who_saw_for_himself_is_a_source_of_his_own() -> None:
    """An outlet that names no primary source adds one to those that do."""
    sentences = _sentences(*INTERVIEW, "The radar's dish stood still on Monday and Tuesday.")
    assert _independent(sentences) == 2
    assert shared_primary(range(4), sentences, primaries(sentences)) is None


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        (
            "The company said in a statement that the brakes had been checked.",
            "In a statement, the company said that it had checked the brakes.",
            "a statement by the company",
        ),
        (
            "A study by the University of Harrow found that rents would fall.",
            "Rents would fall, said a study published in May by the University of Harrow.",
            "a study by the University of Harrow",
        ),
        (
            "“We were told nothing about the fog at all,” Tom Reed said.",
            "Tom Reed said: “We were told nothing about the fog at all.”",
            "what Tom Reed said",
        ),
    ],
)
def test_statements_studies_and_quotations_are_named(one: str, other: str, name: str) -> None:
    """A primary source is called what the articles call it."""
    sentences = _sentences(one, other)
    assert set(primaries(sentences).values()) == {name}
    assert _independent(sentences) == 1


def test_two_guests_of_one_host_gave_two_interviews() -> None:
    """An interview is told apart by who gave it."""
    sentences = _sentences(
        "Ada Wynn told Radio Norrey that the radar had failed.",
        "Tom Reed told Radio Norrey that the radar was working.",
    )
    assert _independent(sentences) == 2


def test_a_few_common_words_are_no_shared_quotation() -> None:
    """Four words in quotation marks may be anybody's."""
    sentences = _sentences("“We are very sad,” said Reed.", "“We are very sad,” said Wynn.")
    assert _independent(sentences) == 2


def test_the_sentence_beside_an_interview_by_the_same_speaker_is_of_it() -> None:
    """An interview is named once and quoted twice."""
    sentences = _sentences(
        "Ada Wynn said that the fog was thick. Ada Wynn said in an interview with Radio Norrey "
        "that the radar had failed."
    )
    assert list(primaries(sentences).values()) == ["an interview with Radio Norrey"] * 2
