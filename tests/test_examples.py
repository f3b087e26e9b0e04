"""The bundled stories hold what the demo and the tests need of them.

What the rooms make of them is in the rooms' tests.
"""

from __future__ import annotations

import pytest

from summarizer import examples
from summarizer.errors import BadOption
from summarizer.schema import Story


def shared_paragraphs(story: Story, one: str, other: str) -> set[str]:
    """The long lines that two articles both print."""
    a, b = (set(story.article(id).text.splitlines()) for id in (one, other))
    return {line for line in a & b if len(line.split()) >= 20}


@pytest.mark.parametrize("name", examples.names())
def test_an_example_is_full_length_news(name: str) -> None:
    """Each article has an outlet, a title, a date and the length of a news story."""
    story = examples.load(name)
    assert story.id == name
    assert len(story.articles) >= 3
    for article in story.articles:
        assert article.outlet
        assert article.title
        assert article.published
        assert 250 <= len(article.text.split()) <= 450


@pytest.mark.parametrize(
    ("name", "one", "other"), [("ferry", "ledger", "courier"), ("rents", "daily", "times")]
)
def test_two_outlets_print_one_agency(name: str, one: str, other: str) -> None:
    """In each example two outlets carry the same agency paragraphs, word for word."""
    assert len(shared_paragraphs(examples.load(name), one, other)) >= 4


def test_the_others_write_for_themselves() -> None:
    """The outlets that count as sources of their own share no paragraph with the agency's."""
    ferry, rents = examples.load("ferry"), examples.load("rents")
    assert shared_paragraphs(ferry, "ledger", "norrey") == set()
    assert shared_paragraphs(rents, "daily", "sentinel") == set()


def test_an_unknown_example_names_those_there_are() -> None:
    """Asking for an example that does not exist says which do, and the nearest."""
    with pytest.raises(BadOption, match=r"no example named 'fery'; have: ferry, rents\. Did you"):
        examples.load("fery")
