"""Rules of introduce: who is who at first mention, and never the wrong one."""

from __future__ import annotations

import pytest

from summarizer.backends.embeddings import embed
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.config import Config
from summarizer.evidence import group
from summarizer.generation.introductions import introductions
from summarizer.pipeline.settlement import extended
from summarizer.schema import Article, Citation, CitedSentence
from summarizer.text.sentences import split
from summarizer.types import Grouped
from summarizer.verification.judgement import verifying

OPENING = "Housing Minister Rosa Tennant opened the Arn bridge in Kelbrook on Tuesday."
SECOND = "Tennant said the bridge would carry 14,000 cars a day."


def grouped(*texts: str) -> Grouped:
    articles = [Article(id=f"a{i}", text=text) for i, text in enumerate(texts, 1)]
    embedded = embed([[s for a in articles for s in split(a, ())]], HashEncoder())[0]
    return group(embedded, [a.id for a in articles], Config())


def told(story: Grouped, *rows: int) -> list[CitedSentence]:
    """The source sentences themselves as a summary."""
    sentences = [story.embedded.sentences[r] for r in rows]
    return [
        CitedSentence(
            text=s.text,
            method="quoted",
            support=1.0,
            independent_sources=1,
            citations=(Citation.of(s, 1.0),),
        )
        for s in sentences
    ]


def test_a_bare_surname_gets_the_name_that_its_article_gives() -> None:
    """A reader who meets a surname first is told whose it is, and from which sentence."""
    story = grouped(f"{OPENING}\n{SECOND}")
    [found] = introductions(told(story, 1), story)
    assert found.text == SECOND.replace("Tennant", "Minister Rosa Tennant")
    assert (found.index, found.row) == (0, 0)


def test_who_was_introduced_stays_short() -> None:
    """Once the full name stands, later sentences keep the surname."""
    story = grouped(f"{OPENING}\n{SECOND}")
    assert not list(introductions(told(story, 0, 1), story))


@pytest.mark.parametrize(
    "text",
    [
        "President Harlan spoke first.\nIda Harlan, his daughter, thanked him.\nHarlan left early.",
        "Ida Harlan and Tom Harlan own the mill.\nHarlan left early for the coast.",
        "Nobody was named by the court.\nHarlan left early for the coast.",
        "Michelle Harrow lives there.\nA fire broke out in Harrow on Monday.",
        "The Senate Tuesday session was long.\nThe trial begins on Tuesday with a vote.",
        'Ida Harlan spoke.\nA clerk read out: "Harlan must leave the coast by noon".',
    ],
)
def test_no_name_is_guessed(text: str) -> None:
    """Two bearers, a place, a weekday, a quotation or no full name: the surname stays as it is."""
    story = grouped(text)
    last = len(story.embedded.sentences) - 1
    assert not list(introductions(told(story, last), story))


def test_an_introduction_cites_the_sentence_that_has_the_name() -> None:
    """The full name is carried by what is printed beside it, or the sentence stays as it was."""
    story = grouped(f"{OPENING}\n{SECOND}")
    [sentence] = told(story, 1)
    [found] = introductions([sentence], story)
    judged = verifying(OverlapJudge(), Config())
    longer = extended(sentence, found.text, found.row, story, judged)
    assert longer.method == "fused"
    assert {c.text for c in longer.citations} == {OPENING, SECOND}
    wrong = extended(sentence, found.text.replace("Rosa", "Irma"), 0, story, judged)
    assert wrong == sentence
