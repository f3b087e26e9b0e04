"""Rules of days: a weekday gets its date where the articles' own dates show it, and only there."""

from __future__ import annotations

import pytest

from summarizer.generation.weekdays import resolve
from summarizer.schema import Article, Citation, CitedSentence, Story
from summarizer.text.sentences import split

TEXT = "A ferry hit the harbour wall at Lindhaven on Tuesday in thick fog."


def sentence(text: str) -> CitedSentence:
    [source] = split(Story(articles=(Article(text=text),)).articles[0], ())
    return CitedSentence(
        text=text,
        method="quoted",
        support=1.0,
        independent_sources=1,
        citations=(Citation.of(source, 1.0),),
    )


@pytest.mark.parametrize(
    ("published", "written"),
    [
        ("2027-03-03", "Tuesday, March 2"),  # a Wednesday
        ("2027-03-02T18:00:00Z", "Tuesday, March 2"),
        ("2027-03-01", "Tuesday, February 23"),
    ],
)
def test_a_past_weekday_is_the_last_one_before_publication(published: str, written: str) -> None:
    """Of an article's own day and the six before it, one is that weekday."""
    found = resolve(sentence(TEXT), {"a1": published}, ())
    assert found is not None
    assert found == (TEXT.replace("Tuesday", f"{written},"), written, "Tuesday")


@pytest.mark.parametrize(
    "text",
    [
        "The ferry will sail again on Tuesday from Lindhaven.",
        "The ferry sailed last Tuesday from Lindhaven.",
        'The mayor said: "We met on Tuesday".',
        "The ferry sailed on Tuesday, March 9, from Lindhaven.",
        "The ferry sails on Tuesdays from Lindhaven.",
    ],
)
def test_a_day_that_is_not_certain_stays_as_written(text: str) -> None:
    """What lies ahead, a quotation and a day that has its date are left alone."""
    assert resolve(sentence(text), {"a1": "2027-03-03"}, ()) is None


@pytest.mark.parametrize("published", [None, "", "yesterday"])
def test_without_a_date_of_publication_nothing_is_resolved(published: str | None) -> None:
    """ "Monday" stays as written unless `published` lets it be resolved."""
    assert resolve(sentence(TEXT), {"a1": published}, ()) is None


def test_a_day_is_dated_once() -> None:
    """Later mentions of the day stay short."""
    assert resolve(sentence(TEXT), {"a1": "2027-03-03"}, {"Tuesday"}) is None
