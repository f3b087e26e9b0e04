"""Rules of spellings: one person has one spelling in a summary, the one that most articles have."""

from __future__ import annotations

import pytest

from summarizer.api import Summarizer
from summarizer.backends.embeddings import embed
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.config import Config
from summarizer.evidence import group
from summarizer.generation.spellings import Spelling, spelled, spellings
from summarizer.schema import Article, Story
from summarizer.text.sentences import split
from summarizer.types import Grouped


def grouped(*texts: str) -> Grouped:
    articles = [Article(id=f"a{i}", text=text) for i, text in enumerate(texts, 1)]
    embedded = embed([[s for a in articles for s in split(a, ())]], HashEncoder())[0]
    return group(embedded, [a.id for a in articles], Config())


FREED = "The editor Oksana {} was freed in Lenk on Tuesday after nine months in prison."


@pytest.mark.parametrize(
    ("kept", "other"),
    [("Hrytsenko", "Gritsenko"), ("Gritsenko", "Hrytsenko"), ("Zelensky", "Zelenskyy")],
)
def test_the_spelling_of_most_articles_is_kept(kept: str, other: str) -> None:
    """Two papers against one, wherever the one stands."""
    story = grouped(
        FREED.format(other),
        "Oksana " + kept + " left the prison in Lenk, her lawyer said.",
        "Colleagues met Oksana " + kept + " with flowers in Lenk.",
    )
    [found] = spellings(story)
    assert (found.kept, found.other) == (kept, other)
    assert kept in story.embedded.sentences[found.row].text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The chemist Anna Berg won a prize.", "The chemists Anna Berg and Anna Borg won a prize."),
        ("The judge Maria Lund spoke.", "The judge Mario Lund spoke."),
        ("Tom Reed left the yard.", "Ada Read left the yard."),
        ("The port of Odesa was hit.", "The port of Odessa was hit."),
    ],
)
def test_two_persons_are_no_two_spellings(one: str, other: str) -> None:
    """Two names of one article, another first name or another last vowel: nothing is respelled."""
    assert spellings(grouped(one, other)) == ()


def test_what_is_quoted_keeps_its_spelling() -> None:
    """Words in quotation marks stay as they were printed."""
    spelling = Spelling("Hrytsenko", "Gritsenko", 0)
    text = 'Gritsenko\'s friend said: "Gritsenko is free".'
    assert spelled(text, spelling) == 'Hrytsenko\'s friend said: "Gritsenko is free".'


def test_the_other_spelling_is_noted() -> None:
    """The summary has one spelling, and a warning names the other."""
    freed = FREED.format
    texts = (
        freed("Gritsenko"),
        "The editor Oksana Hrytsenko was freed in Lenk on Tuesday and met by colleagues in Lenk.",
        "In Lenk, the editor Oksana Hrytsenko was freed from prison on Tuesday after nine months.",
    )
    story = Story(articles=tuple(Article(id=f"a{i}", text=t) for i, t in enumerate(texts)))
    made = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=120)
    told = " ".join(s.text for s in made.sentences)
    assert "Oksana Hrytsenko" in told
    assert "Gritsenko" not in told
    assert any("'Gritsenko'" in w and "'Hrytsenko'" in w for w in made.warnings)
