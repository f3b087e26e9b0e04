"""Rules of tone: words that judge are found, what happened is not judged, a quotation is another's.

Whose word it is alone is in test_loaded_words.py.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import examples
from summarizer.nlp.subjectivity import OPINION, loaded, loaded_spans, opinion
from summarizer.schema import Article
from summarizer.text.boilerplate import mask, repeated_lines
from summarizer.text.sentences import split


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("On a shameful Thursday the crumbling coalition gave way.", ("shameful", "crumbling")),
        ("They rammed the law through the house.", ("rammed",)),
        ("It is a draconian penalty for grasping tenants.", ("draconian", "grasping")),
        ("The minister recklessly squandered the money.", ("recklessly", "squandered")),
        ("Senator Prell slammed the plan.", ("slammed",)),
    ],
)
def test_words_that_judge_are_loaded(text: str, words: tuple[str, ...]) -> None:
    """Adjectives, adverbs, verbs and phrases that say what to think of it."""
    assert loaded(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "Two people were killed in a crash and eleven died of wounds.",
        "The ferry rammed the pier in fog.",
        "The crumbling wall of the church was taken down.",
        "Toxic smoke drifted over the harbour after the blast.",
        "A truck slammed into the wall of a bank.",
        "The Radical Party lost two seats to the Socialists.",
        "Firefighters were injured when the roof caved in.",
    ],
)
def test_what_happened_is_no_judgement(text: str) -> None:
    """However grim, a fact is told in the only words there are."""
    assert loaded(text) == ()


def test_words_in_quotation_marks_are_the_speakers() -> None:
    """An outlet that quotes heat has not taken it over."""
    assert loaded("“This is a disgraceful farce,” said Reed.") == ()
    assert loaded("The farce went on, “a disgrace”, said Reed.") == ("farce",)


@given(st.text(alphabet="reckless farce“”\"'’-. ", max_size=60))
def test_a_loaded_word_stands_where_it_is_said_to_stand(text: str) -> None:
    """Spans cut their own words out of any text, in order and apart."""
    found = loaded_spans(text)
    assert [text[w.start : w.end] for w in found] == [w.text for w in found]
    assert all(a.end <= b.start for a, b in pairwise(found))


def _opinion(article: Article) -> float:
    masks = mask(article, repeated_lines([article]))
    return opinion(
        article.title or "", [s.text for s in split(article, masks) if s.field == "text"]
    )


def test_an_opinion_piece_is_told_apart_from_reports() -> None:
    """Of the bundled articles one argues; the others report."""
    articles = [a for name in ("ferry", "rents") for a in examples.load(name).articles]
    assert {a.id for a in articles if _opinion(a) >= OPINION} == {"sentinel"}


@pytest.mark.parametrize("title", ["Opinion: Close the bridge", "Close the bridge | Editorial"])
def test_a_label_settles_it(title: str) -> None:
    """What calls itself opinion is opinion."""
    assert opinion(title, ["The bridge is old."]) >= OPINION
    assert opinion("Public opinion turns on the bridge", ["The bridge is old."]) < OPINION
