"""Rules of wordings: what a draft may not do with an article, a deadline, or the noun of a name."""

from __future__ import annotations

import pytest

from summarizer.wordings import (
    beheaded,
    indefinite,
    misnamed,
    reframed,
    renumbered,
    requoted,
    saying_nothing,
    spliced,
    unarticled,
    unhedged,
    unlimited,
    unowned,
)

SHIP = "The ship was arriving from Tarrow with just over 200 people on board."


def test_the_thing_of_the_sources_is_not_any_thing() -> None:
    """What the sources only call "the" ship is not "a" ship, unless some source calls it so."""
    draft = "A ship was arriving from Tarrow with just over 200 people."
    assert indefinite(draft, [SHIP])
    assert not indefinite(draft, [SHIP, "A ship came in from Tarrow."])
    assert not indefinite("The ship was arriving from Tarrow.", [SHIP])
    assert not indefinite("A vessel was arriving from Tarrow.", [SHIP])
    assert not indefinite("A.", [SHIP])


@pytest.mark.parametrize(
    ("draft", "faulty"),
    [
        ("Ludmar will leave the treaty in September.", True),
        ("Ludmar will leave the treaty on September 1.", True),
        ("Ludmar must leave the treaty by September.", False),
        ("Ludmar must leave the treaty in October.", False),
    ],
)
def test_a_deadline_is_not_a_date(draft: str, faulty: bool) -> None:
    """By a day is not on it; days that no source has are left to the exact checks."""
    assert unlimited(draft, ["Ludmar must leave the treaty by September 1."]) is faulty


def test_a_date_that_some_source_gives_so_stands() -> None:
    """Where one source says "in", the draft may."""
    evidence = ["Ludmar must leave by September 1.", "It will leave in September, officials said."]
    assert not unlimited("Ludmar will leave in September.", evidence)
    assert not unlimited("The council met on Tuesday.", ["On Tuesday the council met."])


@pytest.mark.parametrize(
    ("draft", "evidence", "faulty"),
    [
        ("Ludmar will cut its staff.", "The Ludmar embassy will have to cut its staff.", True),
        ("Ludmar will cut its staff.", "Ludmar will cut its embassy's staff.", False),
        ("Ludmar has closed its border.", "Ludmar closed its border on Friday.", False),
        ("The Ludmar embassy will cut staff.", "The Ludmar embassy will cut staff.", False),
        ("Mara Sol was hurt.", "Driver Mara Sol, 41, was hurt.", False),
    ],
)
def test_a_name_before_a_noun_does_not_act(draft: str, evidence: str, faulty: bool) -> None:
    """The embassy's deed is not its country's."""
    assert beheaded(draft, [evidence]) is faulty


@pytest.mark.parametrize(
    ("draft", "evidence", "faulty"),
    [
        ("President makes comments on Tuesday.", "The president made the comments.", True),
        ("The team did not respond.", "Yang and his team did not respond.", True),
        ("The team did not respond.", "The team did not respond to requests.", False),
        ("Officials said the dam held.", "Officials said on Friday that the dam held.", False),
        ("President Mara Sol spoke.", "The crowd heard President Mara Sol.", False),
        ("Lawmakers left.", "Nobody mentions them here.", False),
        ("His team left.", "His team left early.", False),
        ("14 people left.", "14 people left early.", False),
    ],
)
def test_what_opens_a_draft_keeps_its_article(draft: str, evidence: str, faulty: bool) -> None:
    """A lost article, or "the" in the place of "his", leaves a reader to guess who is meant."""
    assert unarticled(draft, [evidence]) is faulty


def test_a_month_owns_what_a_source_gives_it() -> None:
    """ "April's pandemic" is not what happened in April."""
    evidence = ["The storm dealt shops another blow in April, after March's floods."]
    assert unowned("April's storm dealt shops another blow.", evidence)
    assert not unowned("March's floods came first.", evidence)
    assert not unowned("The storm dealt shops a blow in April.", evidence)


@pytest.mark.parametrize(
    ("draft", "faulty"),
    [
        ('Mara Sol had "case closed" on the inquiry.', True),
        ('Mara Sol declared "case closed" on the inquiry.', False),
        ('Mara Sol said "case closed" on Tuesday.', False),
        ('"Case open," Mara Sol said.', False),
    ],
)
def test_a_short_quotation_keeps_the_word_before_it(draft: str, faulty: bool) -> None:
    """What was done with quoted words is part of what the source says; saying them is always."""
    assert reframed(draft, ['Mara Sol declared "case closed" on Tuesday.']) is faulty


FARMERS = (
    "Critics said that most farmers would vote only as farmers, and therefore against Ada Lund."
)
NURSES = "Critics said nurses would vote first of all as nurses, and back Mara Sol."


def test_one_groups_deed_is_not_joined_to_another_group() -> None:
    """The beginning of one source goes on with another's verb only if both are of one doer."""
    assert spliced(
        "Critics said that most farmers would vote only as farmers, and back Mara Sol.",
        [FARMERS, NURSES],
    )
    assert not spliced(FARMERS, [FARMERS, NURSES])
    assert not spliced(
        "The council passed the law on Friday and sent it to Mara Sol.",
        ["The council passed the law on Friday.", "On Friday the council sent it to Mara Sol."],
    )
    assert not spliced("Critics said so.", [FARMERS, NURSES])


def test_several_do_not_become_one() -> None:
    """A verb keeps its number, since who does it is no longer the same otherwise."""
    evidence = ["The lawyers for Ada Lund have been fumbling the facts."]
    assert renumbered("Ada Lund has been fumbling the facts.", evidence)
    assert not renumbered("The lawyers have been fumbling the facts.", evidence)
    assert not renumbered("Ada Lund has fumbled the facts.", evidence)


@pytest.mark.parametrize(
    ("draft", "faulty"),
    [
        ('She filed a complaint, saying "he had hit her in 2013."', True),
        ('She filed a complaint, calling it "a war on us all."', False),
        ("She filed a complaint, saying he had hit her in 2013.", False),
        ('She filed a complaint in "Ostvale".', False),
    ],
)
def test_nobody_is_quoted_who_was_not(draft: str, faulty: bool) -> None:
    """Words that no source has in quotation marks are put in none; a single name may be."""
    evidence = [
        'She filed a complaint, saying he had hit her in 2013, and called it "a war on us all."'
    ]
    assert requoted(draft, evidence) is faulty


def test_a_quotation_that_goes_on_is_one() -> None:
    """Where a mark is opened and not closed, the rest of the source sentence is quoted."""
    assert not requoted('"We held the line," Sol said.', ['"We held the line, and we will again.'])
    assert not requoted('"So it was written," Sol said.', ['So it was written," Sol said.'])


@pytest.mark.parametrize(
    ("draft", "faulty"),
    [
        ('Sol said on Radio Norrey\'s "This Week."', True),
        ('Sol said on Radio Norrey\'s "This Week" that the law held.', False),
        ('"The law will hold for good," Sol said.', False),
        ("Sol said the law held.", False),
        ("The law held.", False),
    ],
)
def test_who_says_says_something(draft: str, faulty: bool) -> None:
    """A sentence from which what is said was cut tells nothing."""
    assert saying_nothing(draft) is faulty


@pytest.mark.parametrize(
    ("draft", "evidence", "faulty"),
    [
        (
            "Sol said that the court will find the law sound.",
            'Sol said the cabinet is "confident" that the court will find the law sound.',
            True,
        ),
        (
            "There was a struggle in the car.",
            "Police say there was a possible struggle in the car.",
            True,
        ),
        (
            "There was a possible struggle in the car.",
            "Police say there was a possible struggle in the car.",
            False,
        ),
        ("Sol met the mayor.", "Sol met the mayor, who may run again in the spring.", True),
        ("The bridge was closed.", "The bridge was closed on Friday.", False),
    ],
)
def test_a_hope_or_a_suspicion_stays_one(draft: str, evidence: str, faulty: bool) -> None:
    """What is hoped or suspected where it is told is not told as done; some true ones fall too."""
    assert unhedged(draft, [evidence]) is faulty


def test_an_owner_is_not_left_out_at_the_start() -> None:
    """ "Family told the paper" is of nobody where the source has "Sol's family"."""
    assert unarticled("Family told the paper.", ["Sol's family told the paper."])
    assert not unarticled("Family came first.", ["Family came first, Sol said."])


@pytest.mark.parametrize(
    ("draft", "evidence", "faulty"),
    [
        ("Ada granted the visas.", "Minister Ada Lund granted the visas.", True),
        ("Ada Lund granted the visas.", "Minister Ada Lund granted the visas.", False),
        ("Lund granted the visas.", "Minister Ada Lund granted the visas.", False),
        ("Ada granted the visas.", "Everybody calls her Ada. Ada Lund granted the visas.", False),
        ("President Ada Lund spoke.", "The former President Ada Lund spoke.", True),
        ("Former President Ada Lund spoke.", "The former President Ada Lund spoke.", False),
        ("President Ada Lund spoke.", "In the hall President Ada Lund spoke.", False),
    ],
)
def test_people_keep_their_names_and_offices(draft: str, evidence: str, faulty: bool) -> None:
    """A first name alone, or an office that somebody no longer holds, is another name."""
    assert misnamed(draft, [evidence]) is faulty
