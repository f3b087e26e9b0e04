"""What `cite` promises: which source sentences carry a text, and how surely."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.backends import Vectors
from summarizer.citations import choose, cite, features
from summarizer.schema import SourceSentence
from summarizer.types import Embedded

HARBOUR = (
    ("a", "The harbour at Lindvik was closed on Monday after a tanker ran aground."),
    ("a", "Pilots refused to bring in further ships until the channel was sounded."),
    ("a", "The town's summer fair opens next week."),
    ("b", "A tanker with 14 sailors ran aground off Lindvik, the coast guard said."),
    ("b", "Nobody was hurt."),
    ("b", "Bakeries in the region report a shortage of rye flour."),
)
TANKER = "A tanker carrying 14 sailors ran aground at Lindvik, closing the harbour on Monday."


def embedded(sentences: tuple[tuple[str, str], ...] = HARBOUR) -> Embedded:
    rows = []
    places: dict[str, int] = {}
    for article, text in sentences:
        place = places[article] = places.get(article, -1) + 1
        rows.append(SourceSentence(article, "text", 0, len(text), text, place))
    return Embedded(tuple(rows), vectors([t for _, t in sentences]))


def vectors(texts: list[str]) -> Vectors:
    """Unit rows of hashed letter triples: alike texts get alike rows."""
    out = np.full((len(texts), 64), 1e-3, dtype=np.float32)
    for row, text in zip(out, texts, strict=True):
        for triple in zip(text, text[1:], text[2:], strict=False):
            row[sum(map(ord, triple)) % 64] += 1
        row /= np.linalg.norm(row)
    return out


def scores(texts: list[str], story: Embedded) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return cite(texts, vectors(texts), story)


def test_both_articles_that_tell_it_come_first() -> None:
    """The sentences that carry a text outrank the rest, in every article."""
    (row,) = scores([TANKER], embedded())
    assert set(np.argsort(-row)[:2].tolist()) == {0, 3}


def test_a_copy_is_cited_and_a_stranger_is_not() -> None:
    """A text that is a source sentence cites it, and nothing that shares no word with it."""
    story = embedded()
    (row,) = scores([HARBOUR[3][1]], story)
    chosen = choose(row, 8, 0.29)
    assert chosen[0] == 3
    assert 5 not in chosen


def test_a_score_does_not_rest_on_the_other_texts() -> None:
    """A text gets the same scores alone as among others."""
    texts = [TANKER, "Nobody was hurt.", HARBOUR[5][1]]
    together = scores(texts, embedded())
    alone = np.concatenate([scores([t], embedded()) for t in texts])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_a_score_does_not_rest_on_the_order_of_articles() -> None:
    """Articles in another order give each sentence the same score."""
    turned = HARBOUR[3:] + HARBOUR[:3]
    here, there = scores([TANKER], embedded())[0], scores([TANKER], embedded(turned))[0]
    np.testing.assert_allclose(here, np.roll(there, 3), atol=1e-6)


def test_best_first_and_no_more_than_asked() -> None:
    """Chosen rows come best first, reach the threshold, and are never more than the most."""
    assert choose(np.array([0.1, 0.3, 0.9, 0.5]), 2, 0.2) == [2, 3]
    assert choose(np.array([0.1, 0.3]), 2, 0.2) == [1]
    assert choose(np.array([]), 2, 0.2) == []


@pytest.mark.parametrize("texts", [[], [TANKER]])
def test_nothing_to_cite_from_gives_an_empty_table(texts: list[str]) -> None:
    """No sentences, or no texts, give a table with no cells and not an error."""
    assert scores(texts, embedded(())).shape == (len(texts), 0)
    assert scores([], embedded()).shape == (0, len(HARBOUR))


@settings(deadline=None)
@given(
    st.lists(st.text(max_size=30), min_size=1, max_size=3),
    st.lists(st.tuples(st.sampled_from("ab"), st.text(max_size=30)), min_size=1, max_size=5),
)
def test_any_text_gets_scores_in_range(texts: list[str], source: list[tuple[str, str]]) -> None:
    """Whatever is written in it, every pair gets a score in [0, 1] and finite features."""
    story = embedded(tuple(source))
    out = scores(texts, story)
    assert out.shape == (len(texts), len(source))
    assert np.all((out >= 0) & (out <= 1))
    assert all(np.isfinite(m).all() for m in features(texts, vectors(texts), story).values())
