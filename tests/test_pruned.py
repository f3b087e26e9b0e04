"""What a sentence is told without when a part of it is not carried; what it cannot lose.

Whether a model is asked again is in test_compose.py.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.generation.pruned import pruned, without_repeated_day
from summarizer.pipeline.settlement import is_within


def _without(text: str, *faults: str) -> str | None:
    return pruned(text, [(text.index(f), text.index(f) + len(f)) for f in faults])


@pytest.mark.parametrize(
    ("text", "fault", "rest"),
    [
        (
            "The mayor, who had left in May, resigned on Tuesday in Harrow.",
            "Tuesday",
            "The mayor, who had left in May, resigned in Harrow.",
        ),
        (
            "The mayor, who had left his office, resigned on Tuesday in Harrow.",
            "office",
            "The mayor resigned on Tuesday in Harrow.",
        ),
        (
            "The mayor of Harrow resigned on Tuesday and moved to Spain.",
            "moved",
            "The mayor of Harrow resigned on Tuesday.",
        ),
        (
            "The judge issued a subpoena this year, and the clerk must appear before Congress.",
            "issued",
            "The clerk must appear before Congress.",
        ),
        (
            "The ferry hit a pier in Kellin, injuring 14 people, three of them seriously.",
            "three",
            "The ferry hit a pier in Kellin, injuring 14 people.",
        ),
        (
            "Four workers died on Monday, when a major fire broke out in Harrow.",
            "major",
            "Four workers died on Monday, when a fire broke out in Harrow.",
        ),
    ],
)
def test_a_part_that_is_not_carried_goes_with_its_marks(text: str, fault: str, rest: str) -> None:
    """Time, place, an aside, a joined clause: the rest stays as it was worded."""
    assert _without(text, fault) == rest


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("The company did not pay the fine on Monday in Harrow.", "not"),
        ("The company allegedly hid the losses from its owners in 2020.", "allegedly"),
        ("The council rejected the plan but approved the budget for 2020.", "approved"),
        ("The bridge will close in May if the council finds the money.", "money"),
        ("Police said on Monday that the car was stolen in Harrow.", "said"),
        ("The ferry hit the pier of the harbour of Kellin at noon.", "pier"),
        ("The mayor of Harrow, Ada Low said, resigned in May over the dam.", "Low"),
        ("The minister and the mayor opened the bridge in Harrow.", "mayor"),
    ],
)
def test_what_a_sentence_needs_is_not_cut(text: str, fault: str) -> None:
    """A negation, a hedge, a condition, the other side of a "but", whose word it is, who did it."""
    assert _without(text, fault) is None


def test_an_opening_connective_goes_without_being_a_fault() -> None:
    """What it points at stands in another sentence."""
    assert _without("However, the bridge in Harrow stayed open.") == (
        "The bridge in Harrow stayed open."
    )
    assert _without("The bridge in Harrow stayed open.") is None
    assert _without("However, the bridge in Harrow stayed open on Friday.", "Friday") == (
        "The bridge in Harrow stayed open."
    )


def test_too_little_is_nothing() -> None:
    """Five words left of a sentence tell nobody what happened."""
    assert (
        _without("The bridge closed, which nobody in the town had thought possible.", "town")
        is None
    )


LONG = (
    "However, the ferry, which had left Kellin at noon, hit a large pier in Harrow on Monday, "
    "injuring 14 people, three of them seriously, and the harbour was closed by the police."
)


@given(st.lists(st.tuples(st.integers(0, len(LONG)), st.integers(0, 12)), max_size=4))
def test_whatever_is_at_fault_no_word_is_added_and_no_mark_left_alone(
    faults: list[tuple[int, int]],
) -> None:
    """What is left is the sentence's own words in order, and no two commas meet."""
    rest = pruned(LONG, [(start, min(start + length, len(LONG))) for start, length in faults])
    if rest is not None:
        assert is_within(rest, LONG)
        assert rest.endswith(".")
        assert ", ," not in rest
        assert " ," not in rest


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "On Wednesday, the talks at the mill ended without agreement on Wednesday.",
            "The talks at the mill ended without agreement on Wednesday.",
        ),
        ("On Wednesday, the talks ended.", "On Wednesday, the talks ended."),
        (
            "On Wednesday, the talks ended that began on Monday.",
            "On Wednesday, the talks ended that began on Monday.",
        ),
        ("The talks ended on Wednesday.", "The talks ended on Wednesday."),
    ],
)
def test_a_day_is_told_once_in_a_sentence(text: str, told: str) -> None:
    """What a writer puts first and leaves at its end, too, goes from the front."""
    assert without_repeated_day(text) == told
