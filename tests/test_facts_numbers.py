"""Rules for numbers: when evidence carries one, and when another thing is counted."""

from __future__ import annotations

from fractions import Fraction

import pytest

from summarizer.facts import numbers, problems_of

STAFF = ("The ministry ordered 755 staff to leave, and 35 houses were closed.",)


def _number(sentence: str, *evidence: str) -> bool:
    return "number" in {f.problem for f in problems_of(sentence, evidence)}


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("More than 750 staff were told to leave.", "The ministry told 755 staff to leave."),
        ("At least a dozen boats sank.", "Fourteen boats sank."),
        ("A dozen boats sank.", "Twelve boats sank."),
        ("Some 50,000 people marched.", "Police counted 50,516 people."),
        ("About 51,000 people marched.", "Police counted 50,516 people."),
        ("The mine costs $1.5 million.", "The mine costs 1.5 million dollars."),
        ("Half of the voters stayed home.", "Of the voters, 50 percent stayed home."),
        ("A meal costs between $90 and $120.", "A meal costs $90 to $120."),
        ("The price rose to 700 crowns.", "The price rose from 500 to 700 crowns."),
        ("Fewer than 900 votes decided it.", "It was decided by fewer than 900 votes."),
        ("The teacher, 58, won.", "The 58-year-old teacher won."),
        ("Both twins, two girls, survived.", "A pair of girls survived."),
        ("A fourth of farmers sold out.", "One in four farmers sold out."),
        ("The tram costs a third as much as the bus.", "The tram costs a third of the bus's fare."),
        ("He may be away for as long as 9 months.", "He may be away for up to 9 months."),
        ("Rents have fallen for three years.", "Rents fell for a third year."),
        ("A trial of 40 drugs over 6 years ended.", "The trial of 40 drugs ran for 6 years."),
    ],
)
def test_a_number_is_carried_by_its_other_forms(sentence: str, evidence: str) -> None:
    """Words, roundings, ages, money, shares and bounds below a figure say the same."""
    assert not _number(sentence, evidence)


@pytest.mark.parametrize(
    ("sentence", "evidence"),
    [
        ("The ministry told 755 staff to leave.", "More than 750 staff were told to leave."),
        ("Exactly 750 staff left.", "More than 750 staff left."),
        ("More than 750 staff left.", "In all, 1,400 staff left."),
        ("About 52,000 people marched.", "Police counted 50,516 people."),
        ("A meal costs between $90 and $150.", "A meal costs between $90 and $120."),
        ("Sales fell 6 percent.", "Sales fell 6 points."),
        ("The mine costs $1.5 billion.", "The mine costs $1.5 million."),
        ("Less than eight months remain.", "More than eight months remain."),
        ("Falk, 27, signed for 27 years.", "Falk, 27, signed for three years."),
    ],
)
def test_a_number_is_not_carried_by_another(sentence: str, evidence: str) -> None:
    """Bounds do not become figures, nor far bounds, other units, ranges and roundings."""
    assert _number(sentence, evidence)


def test_a_number_counts_what_the_evidence_counts() -> None:
    """A figure of the evidence that counts another thing does not carry the sentence's."""
    assert _number("The ministry ordered 35 staff to leave.", *STAFF)
    assert not _number("The ministry ordered 755 staff to leave.", *STAFF)


def test_the_same_people_may_be_called_otherwise() -> None:
    """A count is kept when its noun is replaced by a like one in the same words."""
    evidence = ("The trial has 900 volunteers.", "It stopped after two people fell ill.")
    assert not _number("The trial stopped after two volunteers fell ill.", *evidence)


def test_a_range_is_read_as_one_number() -> None:
    """ "10 to 15" is one number with two ends; "from 500 to 700" is a change."""
    assert [(n.low, n.high) for n in numbers("It takes 10 to 15 days.")] == [
        (Fraction(10), Fraction(15))
    ]
    assert numbers("It rose from 500 to 700 crowns.")[0].from_to


def test_about_a_third_ends_and_means_nearly_so() -> None:
    """A fraction that no decimal writes is compared, not divided for ever."""
    assert not problems_of("About one-third of homes flooded.", ["Some 32% of homes flooded."])
    assert problems_of("About one-third of homes flooded.", ["Some 44% of homes flooded."])


def test_an_amount_belongs_to_whoever_the_evidence_has_beside_it() -> None:
    """What one side asks for is not what the other side offers."""
    evidence = "The pilots want a raise of 9 percent; the airline, Norjet, has offered 4 percent."
    assert _number("Norjet has offered a raise of 9 percent.", evidence)
    assert not _number("Norjet has offered a raise of 4 percent.", evidence)


def test_two_counts_do_not_change_places() -> None:
    """Each number keeps the thing that it counts."""
    evidence = "The survey asked 900 nurses for 12 weeks."
    assert _number("The survey asked 12 nurses for 900 weeks.", evidence)
    assert not _number("For 12 weeks the survey asked 900 nurses.", evidence)
