"""Rules of deeds: who does what, and when, stays as some source has it.

The drafts are faults that a small model really makes, in words of our own.
"""

from __future__ import annotations

from summarizer import deeds


def test_a_deed_keeps_its_doer_and_its_object() -> None:
    """Who urges and what is given are as some source has them."""
    source = (
        "Protesters demand that councils reopen the port, even as officials urge caution there."
    )
    assert deeds.misdone("Councils urge caution there.", [source])
    assert not deeds.misdone("Officials urge caution there.", [source])
    answer = "Candidates have given their answer to a warning by former mayor Ida Harlan on debt."
    assert deeds.misdone("Candidates have given Harlan a warning on debt.", [answer])
    highs = "A third of the districts reported record highs in new cases on Sunday."
    assert deeds.misdone("A third of the districts reported new cases on Sunday.", [highs])
    assert not deeds.misdone("A third of the districts reported record highs.", [highs])


def test_a_day_dates_what_it_dated() -> None:
    """A weekday that opens a draft belongs to its verb, as in some source."""
    source = "Kelbrook helped Harlan win two years ago, and on Tuesday voters there return."
    assert deeds.misdated("On Tuesday, Kelbrook helped Harlan win.", [source])
    said = "Mayor Ida Harlan on Tuesday opened the bridge."
    assert not deeds.misdated("On Tuesday, Mayor Ida Harlan opened the bridge.", [said])
    hurt = "Ten people were hurt when a ferry hit the wall on Tuesday, the hospital said."
    assert deeds.misdated("The hospital said on Tuesday that a ferry hit the wall.", [hurt])


def test_nothing_is_said_to_be_what_no_source_says_it_is() -> None:
    """One thing is another only where a source has a form of "be", or the two side by side."""
    source = "The Kelbrook senator's exit makes Harlan the presumptive nominee for mayor."
    assert deeds.equated("Kelbrook senator Harlan is the presumptive nominee.", [source])
    plain = "Ida Harlan is now the presumptive nominee of her party for mayor."
    assert not deeds.equated("Harlan is the presumptive nominee.", [plain])
    beside = "Judge Ida Harlan spoke first."
    assert not deeds.equated("Ida Harlan is a judge.", [beside])


def test_a_list_keeps_its_verbs() -> None:
    """What a law strips is not among what it funds."""
    source = "The bill funds the wall, strips hospital taxes and raises the age for smokers."
    assert deeds.unverbed("The bill funds the wall, taxes and raises the age.", [source])
    assert not deeds.unverbed("The bill funds the wall and strips hospital taxes.", [source])


def test_a_name_keeps_its_place() -> None:
    """Who was charged by the Assembly is not tried in it."""
    source = "The trial of Ida Harlan begins, a month after she was charged by the Assembly."
    assert deeds.misplaced("The trial of Ida Harlan begins in the Assembly.", [source])
    assert not deeds.misplaced("Ida Harlan was charged by the Assembly.", [source])
    order = "Belmar ordered Ostvale to cut its staff to equal the number of diplomats in Ostvale."
    assert deeds.misplaced("Belmar ordered Ostvale to cut its staff in Ostvale.", [order])


def test_somebody_says_a_sentence() -> None:
    """Nobody says a noun."""
    assert deeds.wordless("The Kelbrook candidate says council overreach.")
    assert not deeds.wordless("The Kelbrook candidate says the council is wrong.")


def test_a_headline_tells_something() -> None:
    """A headline has a verb, and gives no order."""
    assert deeds.tells("Council shuts Kelbrook bridge")
    assert not deeds.tells("Debate with the mayor")


def test_a_draft_is_a_sentence() -> None:
    """A noun with a relative clause, or with nothing, is none."""
    assert deeds.fragment("A deal that ends the strike at the port of Tarrow.")
    assert deeds.fragment("The third attack in two days in Kelbrook.")
    assert not deeds.fragment("The deal that ends the strike was signed in Tarrow.")


def test_an_article_is_not_lost() -> None:
    """What every source calls "the council leader" is not called "council leader"."""
    source = "The Kelbrook council has denied the report."
    assert deeds.bare("Kelbrook council denies the report.", [source])
    assert not deeds.bare("The Kelbrook council denies the report.", [source])
    said = "The bridge is safe, the Belmar president added on Monday."
    assert deeds.bare("The bridge is safe, Belmar president says.", [said])
    assert deeds.bare("The Belmar president says bridge is safe.", [said])


def test_nobody_is_given_an_office() -> None:
    """A title before a name stands near it in some source."""
    source = "Ida Harlan became the twentieth candidate on Monday."
    assert deeds.retitled("President Harlan became the twentieth candidate.", [source])
    assert not deeds.retitled("Mayor Ida Harlan spoke.", ["Ida Harlan, the mayor, spoke."])


def test_it_is_named() -> None:
    """Nobody speaks of an "it" that the sentence does not name."""
    assert deeds.unnamed("Ida Harlan argued it is entitled to the full text.")
    assert not deeds.unnamed("Ida Harlan argued the council is entitled to the full text.")


def test_an_object_is_not_lost() -> None:
    """To end it is not to end."""
    source = "On Tuesday, the vote in Kelbrook could end it."
    assert deeds.misdone("The vote in Kelbrook could end on Tuesday.", [source])


def test_nobody_is_called_what_another_is() -> None:
    """Of two names in a list, each keeps what it is called."""
    source = "Producer Ida Harlan, and comedy writer Jo Straka are other donors."
    assert deeds.respliced("Ida Harlan, the comedy writer, is another donor.", [source])
    beside = "Ida Harlan, a comedy writer, is a donor."
    assert not deeds.respliced("Ida Harlan, the comedy writer, gave money.", [beside])
