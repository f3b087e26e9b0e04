"""Rules of what is outdated: what an earlier article tells of its own hour is not told as news."""

from __future__ import annotations

import pytest

from summarizer import Article, Story, Summarizer
from summarizer.backends.standin import HashEncoder, OverlapJudge
from summarizer.evidence.outdated import latest, outdated
from summarizer.text.sentences import split

EARLY, LATE = "2027-05-10", "2027-05-12"


def _outdated(text: str, early: str | None = EARLY, late: str | None = LATE) -> list[str]:
    """The sentences of an article that are outdated beside one that is printed `late`."""
    articles = [Article(id="a1", text=text), Article(id="a2", text="The bridge fell in Orn.")]
    sentences = [s for a in articles for s in split(a, ())]
    rows = outdated(sentences, {"a1": early, "a2": late})
    return [sentences[r].text for r in sorted(rows)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor said that a woman under the bridge was presumed dead.",
        "Two men are still missing.",
        "Police have not yet named them.",
        "The firm expects a letter from the inspector within days.",
        "The firm said it would make a statement later in the day.",
        "More than 400 people stood at the gate today.",
        "Bells rang in Orn last night.",
        "Depositors will have access to their money on Wednesday.",
    ],
)
def test_what_was_so_at_an_earlier_hour_is_outdated(sentence: str) -> None:
    """What was open, expected or "today" two days before misleads a reader of the later report."""
    assert _outdated(sentence) == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Two men were killed on Monday.",
        "The council will close five libraries.",
        "The firm expects to open a new bridge in 2029.",
        "The sale is expected to close in July.",
        "Residents marched against the planned bridge.",
        "The council had expected 900 cars a day.",
        "The owner could still sell the bridge.",
        "Depositors will have access to their money on Thursday.",
        "Depositors had access to their money on Sunday.",
        'Ida Lund said: "I still hear the children today."',
    ],
)
def test_what_stands_is_not_outdated(sentence: str) -> None:
    """Events, standing plans, what is ahead of both reports and what somebody said stay."""
    assert _outdated(sentence) == []


@pytest.mark.parametrize(
    ("early", "late"),
    [
        (None, LATE),
        (EARLY, None),
        (LATE, LATE),
        (LATE, EARLY),
        ("2027-05-12T10:00:00Z", "2027-05-12T11:30:00Z"),
        ("soon", LATE),
    ],
)
def test_only_an_earlier_hour_is_over(early: str | None, late: str | None) -> None:
    """Without both times, or within three hours, nobody knows that it is over."""
    assert _outdated("Two men are still missing.", early, late) == []
    assert _outdated("Two men are still missing.", "2027-05-12T08:00:00Z", "2027-05-12T11:30:00Z")


def test_a_summary_does_not_tell_what_is_outdated() -> None:
    """A day later the missing have been found, whatever most of the articles said before."""
    early = (
        "A footbridge over the river Orn fell on Monday and two people were hurt. "
        "Three people are still missing in the river Orn, the mayor of Harrow said."
    )
    late = (
        "A footbridge that fell over the river Orn on Monday had been closed in 2025. "
        "The three people who were in the river Orn swam to a boat, the mayor of Harrow said."
    )
    story = Story(
        articles=(
            Article(id="a1", text=early, published=EARLY),
            Article(id="a2", text=late, published=LATE),
        )
    )
    told = Summarizer(HashEncoder(), None, OverlapJudge()).summarize(story, words=100)
    assert "swam to a boat" in told.text
    assert "still missing" not in told.text


@pytest.mark.parametrize(
    ("published", "last"),
    [
        (("2027-05-10", "2027-05-11", "2027-05-12"), {"a3"}),
        (("2027-05-12T20:00Z", "2027-05-12T19:00Z", "2027-05-10T08:00Z"), {"a1", "a2"}),
        (("2027-05-12T20:00Z", "2027-05-11T08:00Z", "2027-05-12T09:00Z"), {"a1", "a3"}),
        (("2027-05-12T20:00Z", "2027-05-11T09:00Z"), set()),
        (("2027-05-11", "2027-05-12"), set()),
        (("2027-05-10", None, "2027-05-13"), {"a3"}),
        ((None, None), set()),
        ((), set()),
    ],
)
def test_the_last_reports_are_of_a_story_that_runs_for_days(
    published: tuple[str | None, ...], last: set[str]
) -> None:
    """36 hours from the first to the newest, and what was printed in the last twelve of them."""
    assert latest({f"a{n}": at for n, at in enumerate(published, 1)}) == last


def test_a_story_of_days_leads_with_what_it_has_come_to() -> None:
    """Three outlets tell that the strike began; that it was called off is the news."""
    began = "Tug crews at the port of Orn began a strike on Monday over pay, the union said."
    over = "Tug crews at the port of Orn called off their strike on Friday after a deal on pay."
    articles = (
        Article(id="a1", title="Tug crews begin strike at Orn", text=began, published=EARLY),
        Article(id="a2", title="Tug crews on strike at port", text=began, published=EARLY),
        Article(id="a3", title="Tug strike called off at Orn", text=over, published="2027-05-14"),
    )
    summarizer = Summarizer(HashEncoder(), None, OverlapJudge())
    told = summarizer.summarize(Story(articles=articles), words=40)
    assert told.sentences[0].text.startswith("Tug crews at the port of Orn called off")
    assert told.title is not None
    assert told.title.text == "Tug strike called off at Orn"
    undated = tuple(a.model_copy(update={"published": None}) for a in articles)
    told = summarizer.summarize(Story(articles=undated), words=40)
    assert "began a strike" in told.sentences[0].text
