"""Rules of well_formed: what stands on its own, and what trimming may take away.

Facts of a sentence are tested elsewhere.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.nlp import well_formed


@pytest.mark.parametrize(
    "text",
    [
        "The council voted on Monday to close the bridge.",
        "It is unclear whether the bridge will reopen this year.",
        "There were no injuries, the fire service said.",
        "“We will rebuild it,” Mayor Ana Ruiz told reporters.",
        "On Monday, it was announced that the bridge would close to all traffic.",
        "This week the council voted to close the bridge.",
    ],
)
def test_a_whole_impersonal_sentence_stands(text: str) -> None:
    """A sentence that needs nothing before it stands on its own."""
    assert well_formed.stands(text)


@pytest.mark.parametrize(
    "text",
    [
        "He said the bridge would be closed.",
        "They were taken to hospital.",
        "“We will rebuild it,” he said.",
        "Everybody had been brought ashore by noon, she said.",
        "This was denied by the mayor.",
        "However, the mayor denied the report.",
        "As of now, it exceeds the number of staff in the other city.",
        "“We will rebuild it before the summer.”",
        "We think that the mayor is wrong about this.",
        "Is the mayor wrong about the bridge?",
        "Mayor wins vote on bridge",
        "“We will rebuild it, Mayor Ana Ruiz told reporters.",
        "the mayor said so on Monday.",
        "Readers were told that …",
        "Imagine if the mayor had lost the vote on the bridge.",
        "Read the full statement of the council.",
    ],
)
def test_what_points_elsewhere_or_is_broken_does_not_stand(text: str) -> None:
    """A dangling pronoun, a bare quotation, a stub, a question, an order: none opens a text."""
    assert not well_formed.stands(text)


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("However, the mayor denied it.", "The mayor denied it."),
        ("But the mayor denied it.", "The mayor denied it."),
        ("Now the mayor denies it.", "Now the mayor denies it."),
        ("The mayor (a former actor) denied it.", "The mayor denied it."),
        ("The mayor (elected in 2019) denied it.", "The mayor (elected in 2019) denied it."),
        ("“Costs (all of them) rose,” she said.", "“Costs (all of them) rose,” she said."),
        ("HARROW, April 16 (Concord) - The assembly met.", "The assembly met."),
        ("WASHINGTON — The assembly met.", "The assembly met."),
        ("NATO - the alliance - met.", "NATO - the alliance - met."),
    ],
)
def test_trimming_takes_openers_datelines_and_asides_only(text: str, trimmed: str) -> None:
    """An opening connective, a dateline and a bracket without figures go; all else stays."""
    assert well_formed.trim(text) == trimmed


@given(st.text(alphabet='aB \n(“”)".,1-', max_size=80))
def test_trimming_adds_no_word(text: str) -> None:
    """Every word that is left was there before, in the same order."""
    words = iter(w.lower() for w in well_formed.tokens(text))
    assert all(
        any(w == other for other in words)
        for w in map(str.lower, well_formed.tokens(well_formed.trim(text)))
    )


def test_quoted_share_counts_words_in_quotation_marks() -> None:
    """Two of four words in quotation marks are a half."""
    assert well_formed.quoted_share("“Never again,” she said.") == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("text", "trimmed"),
    [
        ("Why it matters: The dam is old.", "The dam is old."),
        ("Summary: The dam is old.", "The dam is old."),
        ("It asked about the the dam's role.", "It asked about the dam's role."),
        ("Varn Post (http://vp.example/1X4 ) has seen it.", "Varn Post has seen it."),
        ("Between the lines: “It held,” Low said.", "“It held,” Low said."),
        ("Police: The dam is old.", "Police: The dam is old."),
    ],
)
def test_a_label_is_trimmed(text: str, trimmed: str) -> None:
    """What heads a paragraph of a list-like report is no part of its sentence."""
    assert well_formed.trim(text) == trimmed


def test_a_day_does_not_say_who_spoke() -> None:
    """ "he told members on Thursday" points at somebody named before, day or not."""
    assert well_formed.dangles('"You cannot build a flat so," he told members on Thursday night.')
    assert not well_formed.dangles(
        '"You cannot build a flat so," he told members of the Harrow League.'
    )


def test_a_site_that_speaks_of_itself_is_personal() -> None:
    """A contraction at the start is no less a first person than one in the middle."""
    assert well_formed.personal("We're still looking into some of the claims that Ada Lund made.")
    assert well_formed.personal("Our own count gives 12.")
    assert not well_formed.personal('"We\'re still counting," said Ada Lund.')
    assert not well_formed.personal("The US embassy in Ostvale closed.")
