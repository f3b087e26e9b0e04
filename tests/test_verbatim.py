"""Rules for quotations: what counts as one, and what word for word allows."""

from __future__ import annotations

import pytest

from summarizer.nlp.verbatim import is_verbatim, quotes

SAID = ("“We will never go back to our valley,” she said. The plan is “a costly surprise.”",)


@pytest.mark.parametrize(
    "quoted",
    [
        "We will never go back",
        "never go back to our valley.",
        "we will never ... our valley",
        "[They] will never go back",
        "a costly surprise",
    ],
)
def test_marks_case_brackets_and_gaps_do_not_matter(quoted: str) -> None:
    """What the writer marks as changed or left out may be; the last mark and case may differ."""
    assert is_verbatim(quoted, SAID)


@pytest.mark.parametrize(
    "quoted", ["We will go back", "We will gladly go back", "our valley ... never go back"]
)
def test_a_word_left_out_changed_or_moved_is_an_error(quoted: str) -> None:
    """Silent cuts, other words and another order are no quotation."""
    assert not is_verbatim(quoted, SAID)


def test_possessives_open_no_quotation() -> None:
    """Apostrophes of owners and of dropped letters are no marks."""
    assert quotes("The voters' choice wasn't the mayor's.") == ()
