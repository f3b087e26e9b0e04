"""What a cut may not lose: the only day, and among what something is the most."""

from __future__ import annotations

import pytest

from summarizer.nlp import parse
from summarizer.nlp.cuts import loses


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The council passed the law on Thursday after a debate.", "The council passed the law."),
        (
            "It was the highest turnout ever for a local vote in Hask.",
            "It was the highest turnout ever.",
        ),
        ("Low was the first woman to lead the Hask port board.", "Low was the first woman."),
    ],
)
def test_a_cut_that_says_more_than_its_source_is_known(source: str, text: str) -> None:
    """Without its day a vote is on no day; without its base a record is the record of all."""
    [parsed] = parse([source])
    assert loses(parsed, text)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The council met on Thursday after a debate.", "The council met on Thursday."),
        ("The mayor's office, which may close, said nothing.", "The mayor's office said nothing."),
        ("Low was the first to lead the board, she said.", "Low was the first to lead the board."),
    ],
)
def test_a_cut_that_keeps_these_is_none_of_them(source: str, text: str) -> None:
    """Asides, speakers and debates are cut without harm to a day or a superlative."""
    [parsed] = parse([source])
    assert not loses(parsed, text)
