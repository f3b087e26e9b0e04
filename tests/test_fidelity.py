"""Rules of fidelity: a draft joins only what a source joins, in that order.

The drafts are faults that a small model really makes, in words of our own.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import fidelity

SOURCES = (
    "The number of Belmar diplomats in Ostvale was ordered to be reduced in order to equal the "
    "number of Ostvale envoys in Belmar by March 1.",
    "Ostvale's foreign ministry on Friday ordered the embassy to reduce its staff to 455.",
)


def test_a_tightened_sentence_is_attested() -> None:
    """What only leaves words out puts nothing new together."""
    together = fidelity.unattested(
        "Ostvale's ministry ordered the embassy to reduce its staff to 455.", SOURCES
    )
    assert (together.apart, together.turned, together.new) == (0.0, 0.0, ())


def test_a_subject_taken_from_elsewhere_is_turned_or_apart() -> None:
    """'Envoys … were ordered to be reduced': the source has them after, not before."""
    together = fidelity.unattested(
        "The number of Ostvale envoys in Belmar was ordered to be reduced by March 1.", SOURCES
    )
    assert together.turned > 0


def test_words_that_no_source_has_are_named() -> None:
    """An invented outrage is listed, word by word."""
    together = fidelity.unattested("The ministry's order sparked outrage in Belmar.", SOURCES)
    assert "outrage" in together.new
    assert together.apart > 0.1


@pytest.mark.parametrize(
    ("draft", "repeated"),
    [
        ("The ministry on Friday ordered the embassy on Friday to reduce staff.", ("friday",)),
        ("The ministry on Friday ordered the embassy to reduce staff.", ()),
    ],
)
def test_what_is_said_twice_is_named(draft: str, repeated: tuple[str, ...]) -> None:
    """A word more often than in any source is a loop, not a fusion."""
    assert fidelity.repeats(draft, SOURCES) == repeated


@pytest.mark.parametrize(
    ("draft", "promoted"),
    [
        ("Unemployment benefits fell last week.", True),
        ("The unemployment benefits fell last week.", True),
        ("Claims for unemployment benefits fell last week.", False),
        ("For unemployment benefits, claims fell last week.", False),
        ("Tulips fell last week.", False),
    ],
)
def test_what_a_source_names_inside_a_phrase_does_not_become_the_doer(
    draft: str, promoted: bool
) -> None:
    """'New claims for benefits fell' does not carry 'Benefits fell'."""
    source = "New claims for unemployment benefits fell last week, the ministry said."
    assert fidelity.promoted(draft, [source]) is promoted


@given(st.sampled_from(SOURCES))
def test_a_source_is_attested_by_itself(source: str) -> None:
    """A sentence against itself has nothing apart, turned, new or repeated."""
    together = fidelity.unattested(source, [source])
    assert (together.apart, together.turned, together.new) == (0.0, 0.0, ())
    assert fidelity.repeats(source, [source]) == ()


def test_what_somebody_said_behind_a_comma_keeps_its_speaker() -> None:
    """A draft may not state what a source has a judge rule in an aside."""
    source = "The aide must appear before the council this week, a judge ruled on Monday."
    assert fidelity.cut_off("The aide must appear before the council this week.", [source])
    assert not fidelity.cut_off("The aide must appear before the council, a judge ruled.", [source])
    plain = "The aide must appear before the council this week or pay a fine."
    bare = "The aide must appear before the council this week."
    assert not fidelity.cut_off(bare, [source, plain])


def test_a_pronoun_does_not_change_hands() -> None:
    """He may not do in a draft what only she does in the sources."""
    source = "Ida Harlan was asked whether her husband employs people whom she distrusts."
    assert fidelity.crossed("Ida Harlan was asked about people whom he distrusts.", [source])
    assert not fidelity.crossed("Ida Harlan was asked about people whom she distrusts.", [source])


def test_a_pronoun_keeps_its_owner() -> None:
    """Where the source names two before "he", a draft that keeps one of them is refused."""
    source = "If Harlan wanted to go free, Judge Moss ruled, he would have to appear in court."
    assert fidelity.adrift("Judge Moss said he would have to appear in court.", [source])
    kept = "Judge Moss ruled that if Harlan wanted to go free he would have to appear in court."
    assert not fidelity.adrift(kept, [source])


def test_a_claim_is_given_to_nobody_else() -> None:
    """Who is named in another sentence does not say what somebody else said."""
    sources = [
        "Experts are concerned about the bridge.",
        "Officials have said they plan to open the bridge in October.",
    ]
    draft = "{} say they plan to open the bridge in October."
    assert fidelity.other_speaker(draft.format("Experts"), sources)
    assert not fidelity.other_speaker(draft.format("Officials"), sources)


def test_a_name_and_its_office_may_change_places() -> None:
    """Who somebody is may stand before or behind the name; who does what may not."""
    source = "Mayor Ida Harlan replaced campaign manager Jo Straka on Monday."
    assert (
        fidelity.unattested("Harlan replaced Jo Straka as campaign manager.", [source]).turned == 0
    )
    assert fidelity.unattested("Straka replaced Mayor Ida Harlan.", [source]).turned > 0


def test_a_name_is_not_said_twice() -> None:
    """A common word may come again in a long sentence; a name, or a stutter, may not."""
    source = "The council is divided on payments of 400 crowns and will vote on checks in June."
    again = "The council is divided on checks, and will vote in June on whether to send checks."
    assert not fidelity.repeats(again, [source])
    assert fidelity.repeats("Former former officials of the council will vote in June.", [source])
    assert fidelity.repeats("Jo Straka will be replaced by Jo Straka.", ["It is Jo Straka."])


def test_a_thought_is_not_an_announcement() -> None:
    """Nobody is made to say what no source has anybody say."""
    source = "Minister Rosa Tennant is thinking about lifting the rent law for Harrow."
    assert fidelity.other_speaker("Tennant says she will lift the rent law for Harrow.", [source])


def test_a_quotation_has_somebody_who_says_it() -> None:
    """A judgement in quotation marks is not told as a fact with marks on it."""
    assert fidelity.unspoken("The vote on the rent law was a “pointless show”.")
    assert not fidelity.unspoken("Ida Harlan called the vote a “pointless show”.")
    assert not fidelity.unspoken("The vote was a “pointless show”, Ida Harlan said.")


def test_a_draft_says_whom_it_is_about() -> None:
    """A group, an attempt or a finding of which only the source says the name tells nothing."""
    source = "Harrow Watch is a set of theories that spread in Kelbrook."
    assert fidelity.faceless("The group is a set of theories that spread.", [source])
    assert not fidelity.faceless("The group Harrow Watch is a set of theories.", [source])
    assert fidelity.faceless("The council has found no evidence for this.", [source])
