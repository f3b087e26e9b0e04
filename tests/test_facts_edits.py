"""Rules of edits: what changes between a source's own words changes what is said.

Sentences with other words on both sides are for the tests of events, slots and scopes.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.facts import problems_of
from summarizer.facts.edits import edited, edits
from summarizer.facts.text import tokens

HARBOR = "The port of Lindhaven could reopen on Friday if the wreck of the ferry is raised in time."
UNION = "Members of the union did not accept the offer that Skerry Line made them on Tuesday."
RADAR = "At least seven captains told Ada Wynn that the radar in the harbor had failed before."
TOLLS = "Commissioner Ada Wynn praised the crew, and Commissioner Jon Reidl praised the pilots."


@pytest.mark.parametrize(
    ("source", "old", "new", "problem"),
    [
        (UNION, "did not accept", "did accept", "negation"),
        (UNION, "did not accept", "accepted", "negation"),
        (HARBOR, "is raised", "is not raised", "negation"),
        (HARBOR, "could reopen", "reopened", "modality"),
        (RADAR, "Ada Wynn", "Jon Reidl", "name"),
        (RADAR, "seven", "six", "number"),
        (RADAR, "before", "after", "negation"),
    ],
)
def test_one_change_among_a_source_s_own_words_is_found(
    source: str, old: str, new: str, problem: str
) -> None:
    """A "not" more or less, a "could" gone, another name or figure: the rest being the same."""
    changed = source.replace(old, new)
    assert changed != source
    assert problem in {f.problem for f in problems_of(changed, [source, TOLLS])}


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The union turned the offer down.", UNION),
        ("Members of the union declined to accept the offer that Skerry Line made them.", UNION),
        ("The port of Lindhaven may reopen on Friday if the wreck is raised in time.", HARBOR),
        ("Wynn praised the crew, and Reidl praised the pilots.", TOLLS),
        ("The reef, and not the fog, sank her.", "The reef sank her, and not the fog."),
    ],
)
def test_other_words_for_the_same_are_no_change(sentence: str, source: str) -> None:
    """A denial by another word, another cue of doubt, a part left out: all are carried."""
    assert problems_of(sentence, [source]) == ()


def test_what_another_source_says_so_is_carried() -> None:
    """Where one outlet writes "did not" and another "did", each wording has its source."""
    other = "The secretary said that members of the union did accept the offer on Tuesday."
    assert not list(edited(UNION.replace("did not accept", "did accept"), [UNION, other]))


def test_a_denied_phrase_may_be_left_out_whole() -> None:
    """Who cuts "not the fog" with its words denies nothing and affirms nothing."""
    source = "The coastguard blamed a failed radar, not the fog, for the crash on Monday."
    sentence = "The coastguard blamed a failed radar for the crash on Monday."
    assert problems_of(sentence, [source]) == ()


def test_a_quotation_may_not_begin_behind_its_not() -> None:
    """ "Not the time" must not be quoted as "the time"."""
    source = 'It is "not the time to cut the funds," Ada Wynn told the council of Lindhaven.'
    sentence = 'Ada Wynn told the council of Lindhaven that it is "the time to cut the funds."'
    assert "quotation" in {f.problem for f in problems_of(sentence, [source])}


@given(st.lists(st.sampled_from("the port not could reopen on Friday wreck 7 8".split())))
def test_a_sentence_has_no_change_against_itself(words: list[str]) -> None:
    """Whatever a source says, itself changes nothing of it."""
    text = " ".join(words)
    assert edits(tokens(text), tokens(text)) == ()
    assert list(edited(text, [text])) == []
