"""Rules of short facts: what answers a told sentence is told right behind it."""

from __future__ import annotations

import pytest

from summarizer.api import Summarizer
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.schema import Article, Story


def told(text: str, words: int = 60) -> list[str]:
    story = Story(articles=(Article(id="a1", text=text),))
    made = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=words)
    return [s.text for s in made.sentences]


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        ("Two trams collided at the main station of Brunn on Monday morning.", "Nobody was hurt."),
        ("A warehouse burned down in the docks of Fyne on Sunday.", "No one was injured."),
        ("Prosecutors charged Tom and Erik Sand with fraud in Galt.", "Both deny it."),
        ("The former mayor of Ostrel was charged with taking bribes.", "He denies it."),
        ("The climber Mette Dahl fell 40 metres on the Kron on Saturday.", "She survived."),
    ],
)
def test_a_short_answer_stands_right_behind_what_it_answers(sentence: str, answer: str) -> None:
    """A denial and an outcome are told, however few their words."""
    texts = told(f"{sentence} {answer} The line carries 90 trains a day in the summer months.")
    assert texts[texts.index(sentence) + 1] == answer


@pytest.mark.parametrize("short", ["It rained.", "Who knows?", "We were happy.", "That was it."])
def test_what_answers_nothing_is_not_told(short: str) -> None:
    """Weather, questions and the author's own words are no answers."""
    texts = told(f"The zoo of Belm has bought a piece of land for its elephants. {short}")
    assert short not in texts


def test_an_answer_without_its_sentence_is_not_told() -> None:
    """ "He denies it" says nothing where the charge is not told."""
    texts = told("Is it true? He denies it. The zoo of Belm has bought land for its elephants.")
    assert "He denies it." not in texts
