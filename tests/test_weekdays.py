"""Rules of weekdays: one gets its date where the articles' own dates show it, and only there."""

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


CERTAIN = [
    "Two men were arrested late on Friday in Brenn.",
    "The council voted Friday to close the school.",
    "The bridge has been shut since a barge hit it on Friday.",
    "Four people were hurt in a protest in Brenn on Friday.",
]
OPEN = [
    "Voters in Brenn go to the polls on Friday.",
    "The prime minister called an election on Friday.",
    "The union proposed a strike on Friday at the port.",
    "They agreed to meet on Friday in Brenn.",
    "The line said it was cancelling all sailings on Friday.",
    "The trial was to begin on Friday in Brenn.",
    "The ban, which was passed by the council, takes effect on Friday.",
    "The final was postponed to Friday because of the rain.",
    "Schools were told to stay shut until Friday.",
    "The verdict was expected on Friday in Brenn.",
]
INSIDE = [
    "Thousands marched through Brenn on Friday night.",
    "A Friday meeting of the board ended without a vote.",
    "Friday's storm tore the roofs off 40 houses.",
    "The museum was closed from Monday to Friday.",
    "The shop was robbed on Thursday and Friday.",
    "The procession was held on Good Friday in Brenn.",
]


@pytest.mark.parametrize("text", CERTAIN)
def test_a_past_verb_makes_its_own_day_certain(text: str) -> None:
    """What a verb of the past happened on, with nothing between, was the last such day."""
    found = resolve(sentence(text), {"a1": "2027-03-03"}, ())
    assert found is not None
    assert found[1] == "Friday, February 26"


@pytest.mark.parametrize("text", OPEN)
def test_a_day_that_may_lie_ahead_has_no_date(text: str) -> None:
    """A bare present, an infinitive, plans and events that were called for may lie ahead."""
    assert resolve(sentence(text), {"a1": "2027-03-03"}, ()) is None


@pytest.mark.parametrize("text", INSIDE)
def test_no_date_is_put_inside_a_phrase(text: str) -> None:
    """ "Friday night", "a Friday meeting", "Monday to Friday" and feasts are left whole."""
    assert resolve(sentence(text), {"a1": "2027-03-03"}, ()) is None


def test_articles_of_two_weeks_date_no_day() -> None:
    """Where the articles that are cited mean two days, the weekday stands."""
    one = sentence(TEXT)
    other = one.citations[0].model_copy(update={"article": "a2"})
    both = one.model_copy(update={"citations": (one.citations[0], other)})
    assert resolve(both, {"a1": "2027-03-03", "a2": "2027-03-12"}, ()) is None
    assert resolve(both, {"a1": "2027-03-03", "a2": "2027-03-05"}, ()) is not None


def test_a_cut_sentence_is_dated_by_its_whole_source() -> None:
    """What was cut from a sentence about a plan is still about a plan."""
    whole = sentence("The talks, which officials said would begin on Tuesday, broke down.")
    cut = whole.model_copy(update={"text": "The talks broke down on Tuesday."})
    assert resolve(cut, {"a1": "2027-03-03"}, ()) is None
