"""Rules for dates: what a day, month, year or hour of the evidence carries."""

from __future__ import annotations

import pytest

from summarizer.facts import dates, problems_of, relation


def _date(sentence: str, *evidence: str) -> bool:
    return "date" in {f.problem for f in problems_of(sentence, evidence)}


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The vote is on Monday.", ("The vote is on Monday, Sept. 3.",)),
        ("The vote is on September 3.", ("The vote is on Monday, Sept. 3, 2018.",)),
        ("The vote is on Monday, Sept. 3.", ("It is on Monday.", "The day is Sept. 3.")),
        ("He traded in the 1780s.", ("He traded in 1784.",)),
        ("They met last week.", ("They met last week in Palso.",)),
    ],
)
def test_a_date_is_carried_by_its_parts(sentence: str, evidence: tuple[str, ...]) -> None:
    """A shorter date is carried by a fuller one, and its parts by several sentences."""
    assert not _date(sentence, *evidence)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The vote is on Tuesday.", "The vote is on Monday."),
        ("The vote is on September 4.", "The vote is on September 3."),
        ("The mine opened in 2016.", "The mine opened in 2019."),
        ("The train left at 8:40 a.m.", "The train left at 6:40 a.m."),
        ("He traded in the 1750s.", "He traded in the 1780s."),
        ("They meet next month.", "They met last month."),
    ],
)
def test_another_day_is_a_date_error(sentence: str, evidence: str) -> None:
    """A weekday, day, year, hour or decade that the evidence lacks is named."""
    assert _date(sentence, evidence)


def test_a_weekday_and_a_day_of_the_month_do_not_contradict() -> None:
    """Dates with no part in common say nothing of each other."""
    monday, third = dates("On Monday")[0], dates("on Sept. 3")[0]
    assert relation(monday, third) == "unrelated"


def test_a_modal_is_no_month() -> None:
    """ "may" and "march" are months only where a month can stand."""
    assert dates("They may march against it.") == ()
    assert dates("They meet in May.")[0].month == 5
