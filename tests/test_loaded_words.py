"""Rules of loaded_words: whose word a loaded word is. Which words are loaded is in test_tone.py.

Vectors are made by hand: what is an outlet's own does not depend on them.
"""

from __future__ import annotations

import numpy as np

from summarizer.config import Config
from summarizer.evidence import group
from summarizer.evidence.loaded_words import tone
from summarizer.schema import Article
from summarizer.text.sentences import split
from summarizer.types import Embedded, Grouped


def _grouped(*texts: str) -> Grouped:
    """Articles whose sentences all have a cosine of 0.8 to each other."""
    articles = [Article(id=f"a{i}", text=t) for i, t in enumerate(texts, 1)]
    sentences = tuple(s for a in articles for s in split(a, ()))
    own = np.eye(len(sentences)) * np.sqrt(0.2)
    vectors = np.concatenate([np.full((len(sentences), 1), np.sqrt(0.8)), own], axis=1)
    embedded = Embedded(sentences, vectors.astype(np.float32))
    return group(embedded, [a.id for a in articles], Config())


RUINOUS = "The mayor rammed her reckless plan through the council on Monday."
PLAIN = "The council of Harrow approved the mayor's plan on Monday."


def test_a_loaded_word_is_reported_with_its_sentence_and_outlet() -> None:
    """What one outlet alone says in heat is told apart from what all say."""
    found = tone(_grouped(PLAIN, RUINOUS))
    assert [(t.word, t.article) for t in found] == [("rammed", "a2"), ("reckless", "a2")]
    assert {t.citation.text for t in found} == {RUINOUS}


def test_a_word_that_all_use_is_no_outlets_own() -> None:
    """If both call it reckless, it is neither's word."""
    other = "The reckless plan of the mayor was approved by the council."
    assert [t.word for t in tone(_grouped(other, RUINOUS))] == ["rammed"]


def test_a_copy_shares_the_words_of_its_original() -> None:
    """Two outlets with one text are one voice, reported once."""
    text = RUINOUS + " It was a shambles, and nobody in the town of Harrow had wished for it."
    words = [t.word for t in tone(_grouped(PLAIN, text, text))]
    assert words == ["rammed", "reckless", "shambles"]


def test_a_story_of_nothing_has_no_loaded_word() -> None:
    """No sentence, no tone."""
    empty = group(Embedded((), np.zeros((0, 3), dtype=np.float32)), ["a1"], Config())
    assert tone(empty) == ()
