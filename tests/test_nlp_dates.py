"""Rules for dates: how days, hours and periods are read, carried and contradicted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.nlp import parse
from summarizer.nlp.dates import (
    Clock,
    Date,
    carries_date,
    contradicts_date,
    dates,
    resolve,
    said,
)


def read(text: str) -> tuple[Date, ...]:
    """The dates of one text."""
    return dates(*parse([text]))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("They met on Friday, Sept. 7, 2018.", {"weekday": 4, "month": 9, "day": 7, "year": 2018}),
        ("They met on 7 September 2018.", {"month": 9, "day": 7, "year": 2018}),
        ("They met on the 7th of September.", {"month": 9, "day": 7}),
        ("They met on March 3rd.", {"month": 3, "day": 3}),
        ("They met in April 2024.", {"month": 4, "year": 2024}),
        ("They met in May.", {"month": 5}),
        ("They met on 2024-04-03.", {"year": 2024, "month": 4, "day": 3}),
        ("They met on 13/4/2024.", {"year": 2024, "month": 4, "day": 13}),
        ("They met on 3/4/2024.", {"year": 2024}),
        ("They met in 2016.", {"year": 2016}),
        ("The 2016 candidate met them.", {"year": 2016}),
        ("First-quarter sales rose.", {"quarter": 1}),
        ("They met at 1430 GMT.", {"hour": Clock(870, 0)}),
        ("They met a year earlier.", {"relative": "a year earlier"}),
        ("They met in the 1980s.", {"year": 1980, "decade": True}),
        ("They met on Sunday night.", {"weekday": 6, "part": "night"}),
        ("They met yesterday.", {"relative": "yesterday"}),
        ("They met last night.", {"relative": "yesterday", "part": "night"}),
        ("They met last month.", {"relative": "last month"}),
        ("Sales rose in the second quarter of 2019.", {"quarter": 2, "year": 2019}),
        ("They met at 4:30 p.m.", {"hour": Clock(990)}),
        ("They met at 4:30pm.", {"hour": Clock(990)}),
        ("They met at 15:00.", {"hour": Clock(900)}),
        ("They met at noon.", {"hour": Clock(720)}),
        ("They met at 3 o'clock.", {"hour": Clock(180, half=False)}),
        ("They met at 9 a.m. GMT on May 14.", {"hour": Clock(540, 0), "month": 5, "day": 14}),
        ("They met at 10 a.m. CET.", {"hour": Clock(600, 60)}),
        ("They met at 9 p.m. Eastern time.", {"hour": Clock(1260, -300)}),
    ],
)
def test_a_date_has_the_parts_that_its_words_give(text: str, parts: dict[str, object]) -> None:
    """Parts that stand together are one date; what is not certain is left out."""
    [found] = read(text)
    assert said(found) == parts


@pytest.mark.parametrize(
    "text",
    [
        "They may march against it.",
        "An august crowd came.",
        "Some 1,950 people came.",
        "They sold 12 boats.",
        "He sued under Section 1557.",
        "Some 2015 people came.",
        "The jury found that he sat in a chair.",
    ],
)
def test_other_words_are_no_dates(text: str) -> None:
    """Verbs, adjectives and counts that look like months or years are none."""
    assert read(text) == ()


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("The road is shut until Monday.", "until"),
        ("The road has been shut since Monday.", "since"),
        ("The road opens before Monday.", "before"),
        ("The road opens after the Monday rush.", "after"),
        ("The road must open by Monday.", "by"),
        ("The road opened on Monday.", ""),
    ],
)
def test_a_preposition_says_how_an_event_stands_to_a_time(text: str, relation: str) -> None:
    """ "Until Monday" and "since Monday" are not "on Monday"."""
    assert [d.relation for d in read(text)] == [relation]


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("They met on Sunday.", False),
        ("They have met since Sunday.", False),
        ("They will meet on Sunday.", True),
        ("They are to meet on Sunday.", True),
        ("The country goes to the polls on Sunday.", True),
    ],
)
def test_the_verb_says_whether_a_day_is_ahead(text: str, ahead: bool) -> None:
    """A past tense looks back; a modal, an infinitive and a bare present look ahead."""
    assert [d.ahead for d in read(text)] == [ahead]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The vote is on Monday.", ("The vote is on Monday, Sept. 3.",)),
        ("The vote is on September 3.", ("The vote is on Monday, Sept. 3, 2018.",)),
        ("The vote is on Monday, Sept. 3.", ("It is on Monday.", "The day is Sept. 3.")),
        ("The vote was on Monday.", ("The vote was on 3 September 2018.",)),
        ("He traded in the 1780s.", ("He traded in 1784.",)),
        ("It began at about 15:00.", ("It began at about 3 p.m.",)),
        ("It begins at 9 a.m. GMT.", ("It begins at 10 a.m. CET.",)),
        ("They meet this week.", ("They meet.",)),
        ("It has been shut since Monday.", ("It has been shut since Monday.",)),
    ],
)
def test_a_date_is_carried_by_its_parts(claim: str, evidence: tuple[str, ...]) -> None:
    """A shorter date is carried by a fuller one, its parts by several sentences, hours by zone."""
    held = [d for text in evidence for d in read(text)]
    assert all(carries_date(d, held) for d in read(claim))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The vote is on Tuesday.", "The vote is on Monday."),
        ("The vote is on September 4.", "The vote is on September 3."),
        ("The vote is on March 4, 2024.", "The vote is on April 3, 2024."),
        ("The mine opened in 2016.", "The mine opened in 2019."),
        ("The train left at 8:40 a.m.", "The train left at 6:40 a.m."),
        ("It begins at 9 a.m. EST.", "It begins at 9 a.m. GMT."),
        ("It begins at 9 a.m. EST.", "It begins at 9 a.m."),
        ("He traded in the 1750s.", "He traded in the 1780s."),
        ("They meet next month.", "They met last month."),
        ("The road is shut until Sunday.", "The road has been shut since Sunday."),
        ("It rose in the third quarter.", "It rose in the second quarter."),
        ("It began on Monday night.", "It began on Monday morning."),
    ],
)
def test_another_date_carries_nothing(claim: str, evidence: str) -> None:
    """Another day, month, year, hour, zone, period, part of the day or preposition."""
    assert not any(carries_date(d, read(evidence)) for d in read(claim))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("on Monday", "on Tuesday"),
        ("on 3 April 2024", "on 4 March 2024"),
        ("on Friday", "on 3 April 2024"),
        ("in 2016", "in 2019"),
        ("at 9:50 a.m.", "at 10:20 a.m."),
        ("at 9 a.m. EST", "at 9 a.m. GMT"),
        ("in the 1980s", "in 1975"),
        ("last month", "next month"),
    ],
)
def test_dates_of_one_event_contradict(one: str, other: str) -> None:
    """A part that both give differs, or a weekday is not that of the date."""
    [a], [b] = read(f"It happened {one}."), read(f"It happened {other}.")
    assert contradicts_date(a, b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("on Monday", "on 3 September"),
        ("on Wednesday", "on 3 April 2024"),
        ("on 3/4/2024", "on April 3, 2024"),
        ("at 9 a.m. GMT", "at 10 a.m. CET"),
        ("at 9 a.m. GMT", "at 10 a.m."),
        ("yesterday", "today"),
        ("in May", "on Monday"),
    ],
)
def test_dates_that_may_be_one_do_not_contradict(one: str, other: str) -> None:
    """No part in common, the same hour in two zones, or an order of day and month left open."""
    [a], [b] = read(f"It happened {one}."), read(f"It happened {other}.")
    assert not contradicts_date(a, b)


def test_a_past_weekday_is_resolved_by_the_day_of_publication() -> None:
    """The last such day up to the day of publication; a day that is ahead stays as written."""
    published = date(2024, 4, 5)  # a Friday
    [past], [ahead] = read("They met on Wednesday."), read("They will meet on Wednesday.")
    assert said(resolve(past, published)) == {"year": 2024, "month": 4, "day": 3, "weekday": 2}
    assert resolve(ahead, published) == ahead


def test_a_weekday_carries_a_date_once_it_is_resolved() -> None:
    """ "On Wednesday" is no date; of an article of 5 April 2024 it is 3 April."""
    [claim], [held] = read("They met on 3 April 2024."), read("They met on Wednesday.")
    assert not carries_date(claim, [held])
    assert carries_date(claim, [resolve(held, date(2024, 4, 5))])


_DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))


@settings(max_examples=25, deadline=None)
@given(_DAYS)
def test_a_written_day_is_read_and_carries_itself(day: date) -> None:
    """Day, month and year come back as written, and the weekday agrees with the calendar."""
    [found] = read(f"They met on {day.day} {day:%B} {day.year}.")
    assert (found.year, found.month, found.day) == (day.year, day.month, day.day)
    assert carries_date(found, [found])
    assert not contradicts_date(found, Date(0, 1, weekday=day.weekday()))
    assert contradicts_date(found, Date(0, 1, weekday=(day + timedelta(days=1)).weekday()))


_PARTS = st.builds(
    Date, st.just(0), st.just(1), year=st.none() | st.integers(1990, 1993),
    month=st.none() | st.integers(1, 2), day=st.none() | st.integers(1, 3),
    weekday=st.none() | st.integers(0, 1), decade=st.just(False),
    relative=st.sampled_from(["", "yesterday", "last week", "next week"]),
)  # fmt: skip


@given(_PARTS, _PARTS)
def test_contradiction_is_symmetric_and_no_date_contradicts_itself(a: Date, b: Date) -> None:
    """Two dates exclude each other or they do not, in whichever order."""
    assert contradicts_date(a, b) == contradicts_date(b, a)
    if a == b and None in (a.year, a.month, a.day, a.weekday):
        assert not contradicts_date(a, b)
