"""What the values refuse to be: uncited sentences, drifted citations, doubled ids.

How stages fill them is in the stages' tests.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from summarizer.config import Config
from summarizer.errors import BadOption
from summarizer.schema import (
    Article,
    ArticleReport,
    Citation,
    CitedSentence,
    SourceSentence,
    Story,
    Summary,
    json_schema,
)
from summarizer.types import Embedded, independent_sources

TEXT = "A tram left the rails in Ostry on Monday. Nobody was hurt, the operator said."


def cited(text: str, start: int, end: int, article: str = "a1") -> CitedSentence:
    """A quoted sentence that cites `text[start:end]`."""
    citation = Citation(
        article=article, field="text", start=start, end=end, text=text[start:end], score=1.0
    )
    return CitedSentence(
        text="A tram derailed.",
        method="fused",
        support=0.9,
        independent_sources=1,
        citations=(citation,),
    )


def summary(text: str, sentence: CitedSentence) -> Summary:
    """A summary of one article, with its text."""
    report = ArticleReport(id="a1", used=True, text=text)
    return Summary(id="tram", sentences=(sentence,), articles=(report,))


def source(article: str, position: int = 0) -> SourceSentence:
    """A sentence of an article; only its place matters."""
    return SourceSentence(article, "text", 0, 2, "Ab", position)


def test_articles_without_an_id_are_numbered() -> None:
    """An article without an id gets its place, counted from one; others keep theirs."""
    story = Story(articles=(Article(text="x"), Article(text="y", id="bbc"), Article(text="z")))
    assert [a.id for a in story.articles] == ["a1", "bbc", "a3"]
    assert story.article("bbc").text == "y"
    with pytest.raises(KeyError, match="cnn"):
        story.article("cnn")


@pytest.mark.parametrize("ids", [("x", "x"), ("a2", "")])
def test_an_id_names_one_article(ids: tuple[str, str]) -> None:
    """Two articles of one id are refused, also where a default would make them so."""
    with pytest.raises(ValidationError, match="is given twice; give each article its own"):
        Story(articles=tuple(Article(text="t", id=i) for i in ids))


def test_an_article_is_labelled_by_its_outlet() -> None:
    """People read outlets; where none is known, the id serves."""
    assert Article(text="t", id="a1", outlet="Courier").label == "Courier"
    assert Article(text="t", id="a1").label == "a1"
    assert Article(text="t", id="a1").field("title") == ""


def test_values_do_not_change() -> None:
    """What one room made, no other room can alter."""
    story: Any = Story(articles=(Article(text="t"),))
    with pytest.raises(ValidationError, match="frozen"):
        story.id = "other"
    vectors = Embedded((source("a1"),), np.ones((1, 3), dtype=np.float32)).vectors
    with pytest.raises(ValueError, match="read-only"):
        vectors[0, 0] = 2.0


def test_a_sentence_without_a_source_cannot_be_built() -> None:
    """A sentence of ours has at least one citation, by type."""
    with pytest.raises(ValidationError, match="citations"):
        CitedSentence(text="x", method="fused", support=1, independent_sources=1, citations=())


def test_a_citation_that_drifted_is_refused() -> None:
    """A citation's text is the article's own at that span, or there is no summary."""
    good = cited(TEXT, 0, 41)
    assert summary(TEXT, good).sentences == (good,)
    with pytest.raises(ValidationError, match=r"a citation's text is not a1\.text\[0:41\]"):
        summary(" " + TEXT, good)


def test_a_citation_of_an_unknown_article_is_refused() -> None:
    """A citation names one of the summary's articles."""
    with pytest.raises(ValidationError, match="names article 'a9', not in articles"):
        summary(TEXT, cited(TEXT, 0, 41, article="a9"))


@given(st.text(min_size=1, max_size=60), st.data())
def test_a_summary_reads_back_as_it_was_written(text: str, data: st.DataObject) -> None:
    """from_json(to_json(x)) is x, whatever characters the article has."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    whole = summary(text, cited(text, start, end))
    assert Summary.from_json(whole.to_json()) == whole
    assert json.loads(whole.to_json())["sentences"][0]["citations"][0]["text"] == text[start:end]


@given(st.floats(0, 1))
def test_scores_leave_with_three_decimals(score: float) -> None:
    """A score is rounded where it leaves the house."""
    assert Citation.of(source("a1"), score).score == round(score, 3)


@pytest.mark.parametrize("support", [-0.1, 1.1, float("nan")])
def test_a_score_outside_its_range_is_refused(support: float) -> None:
    """A support is in [0, 1]; not-a-number is not a score."""
    good = cited(TEXT, 0, 41).model_dump()
    with pytest.raises(ValidationError, match="support"):
        CitedSentence.model_validate({**good, "support": support})


@pytest.mark.parametrize("shape", [(2, 3), (3,)])
def test_vectors_that_fit_no_sentence_are_refused(shape: tuple[int, ...]) -> None:
    """The error says how many sentences there are and which shape came."""
    with pytest.raises(ValueError, match=r"1 sentences but vectors have shape \("):
        Embedded((source("a1"),), np.zeros(shape, dtype=np.float32))


def test_one_text_in_many_papers_is_one_source() -> None:
    """Sentences that are one passage, or of copied articles, count once; others add up."""
    rows = tuple(source(a) for a in ("wire", "copy", "reprint", "own"))
    passages = np.array([0, 0, 1, 2])
    assert independent_sources([0, 1, 2, 3], rows, passages, {"reprint": "wire"}) == 2
    assert independent_sources([0, 3], rows, passages, {}) == 2
    assert independent_sources([0, 1], rows, passages, {}) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"words": 9}, "words is 9; a summary can have 10 to 5000 words"),
        ({"words": 5001}, "words is 5001; a summary can have 10 to 5000 words"),
        ({"sentences": 0}, "sentences is 0; a summary can have 1 to 500 sentences"),
    ],
)
def test_a_length_out_of_range_is_named(changes: dict[str, int], message: str) -> None:
    """The error gives the length asked for and the bounds."""
    with pytest.raises(BadOption, match=message):
        Config().with_(**changes)


def test_the_schema_describes_both_ends() -> None:
    """The schemas of what comes in and goes out name every field of the values."""
    schema = json_schema()
    assert set(schema["Story"]["properties"]) == set(Story.model_fields)
    assert set(schema["Summary"]["properties"]) == set(Summary.model_fields)
